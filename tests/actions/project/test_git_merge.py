"""Catalogs under real git, with and without the driver: merge, rebase, stash, revert and others."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from support.newsrooms import BRIDGES, SLUG, Clone, assert_sound, at, cloned, git, newsroom
from transflow.actions.project.git_merge import ATTRIBUTES
from transflow.actions.stories import article as articles
from transflow.actions.units import regroup, steps
from transflow.attribution import credits
from transflow.attribution.credits import main_author
from transflow.cli import run
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.project.merge_driver import DRIVER, driver_command
from transflow.stories import compose
from transflow.units.workflow import is_approved, state


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a newsroom with clones of claire and leejin, and three translated sentences."""
    folder = tmp_path_factory.mktemp("newsroom")
    origin, claire = newsroom(folder)
    for number, text in (
        (1, "Two bridges reopen"),
        (2, "Two bridges reopened on Tuesday."),
        (3, "It took three months."),
    ):
        claire.write(f"{SLUG}#{number}", text, number)
    claire.commit("first texts")
    claire.push()
    cloned(origin, folder / "leejin", "leejin")
    return folder


@pytest.fixture
def pair(original: Path, tmp_path: Path) -> tuple[Clone, Clone]:
    """Return two clones of one newsroom, which know only each other's folder."""
    copytree(original, tmp_path, dirs_exist_ok=True)
    for who in ("claire", "leejin"):
        git(tmp_path / who, "remote", "set-url", "origin", str(tmp_path / "origin.git"))
    return Clone(tmp_path / "claire", "claire"), Clone(tmp_path / "leejin", "leejin")


# The git commands that combine the work of two people


def test_two_people_translate_different_sentences(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.approve("bridges#2", 11)
    claire.commit()
    claire.push()
    leejin.write("bridges#5", "The first bridge is for buses only.", 12)
    leejin.commit()
    leejin.pull()
    assert leejin.targets()[3:5] == ["The mayor thanked residents.", "The first bridge is for buses only."]
    assert is_approved(leejin.unit(2))
    assert_sound(leejin)
    assert "Merge" in leejin.git("log", "-1", "--format=%s")


def test_the_same_sentence_gets_both_texts_and_waits_for_a_decision(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked the citizens.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#4", "The mayor thanked residents.", 12)
    leejin.write("bridges#6", "Anyone may cross the second one.", 13)
    leejin.commit()
    said = leejin.pull(fails=True)
    assert "transflow unit resolve en:bridges#4" in said
    assert_sound(leejin)
    unit = leejin.unit(4)
    assert (unit.target, [each.text for each in unit.conflicts]) == (
        "The mayor thanked residents.",
        ["The mayor thanked the citizens."],
    )
    assert state(unit) == "needs-work"
    assert leejin.unit(6).target == "Anyone may cross the second one."
    steps.resolve(leejin.actor(20), "bridges#4", 1)
    leejin.commit("decided")
    leejin.push()
    claire.pull()
    assert claire.unit(4).target == "The mayor thanked the citizens."
    assert "claire" in [author.who for author in claire.unit(4).by if author.words]
    assert not claire.unit(4).conflicts


def test_whoever_confirmed_a_text_that_lost_gets_no_credit_for_it(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked all the citizens of the town.", 10)
    steps.send_back(claire.actor(11, "mina"), "bridges#4", "Really all?")
    steps.confirm(claire.actor(12, "minho"), "bridges#4")
    claire.commit()
    claire.push()
    leejin.write("bridges#4", "The mayor thanked residents.", 13)
    leejin.commit()
    leejin.pull(fails=True)
    assert "# @conflict claire" in leejin.path().read_text(encoding="utf-8")
    steps.resolve(leejin.actor(20, "noah"), "bridges#4", 1)
    assert main_author(leejin.unit(4)) == "claire"
    assert {each.who: each.words for each in leejin.unit(4).by if each.words} == {"claire": 9}
    for number in (5, 6, 7):
        leejin.write(f"bridges#{number}", f"Sentence {number}.", 21)
    leejin.compose(22, SLUG)
    steps.confirm(leejin.actor(23, "eugene"), "story")
    owed = [who for _, who in credits.owed_credits(leejin.load("story"), leejin.project.settings)]
    assert owed == ["claire", "leejin"]


def test_the_same_text_typed_in_both_is_divided(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    for clone in pair:
        clone.write("bridges#4", "The mayor thanked all the citizens there.", 10)
        clone.commit()
    claire.push()
    leejin.pull()
    assert {each.who: each.words for each in leejin.unit(4).by} == {"claire": 4, "leejin": 3}


def test_rebase(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    for number, text in ((5, "The first is for buses only."), (6, "Anyone may cross the second.")):
        leejin.write(f"bridges#{number}", text, 10 + number)
        leejin.commit()
    leejin.git("pull", "-q", "--rebase", "origin", "main")
    assert leejin.targets()[3:6] == [
        "The mayor thanked residents.",
        "The first is for buses only.",
        "Anyone may cross the second.",
    ]
    assert_sound(leejin)


def test_a_conflict_in_a_rebase_is_one_text_and_a_note(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked the citizens.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#4", "The mayor thanked residents.", 12)
    leejin.commit()
    leejin.git("pull", "-q", "--rebase", "origin", "main", fails=True)
    assert_sound(leejin)
    leejin.git("add", "-A")
    leejin.git("rebase", "--continue")
    unit = leejin.unit(4)
    assert {unit.target, *(each.text for each in unit.conflicts)} == {
        "The mayor thanked residents.",
        "The mayor thanked the citizens.",
    }


def test_cherry_pick(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.write("bridges#5", "The first is for buses only.", 11)
    wanted = claire.commit()
    claire.push()
    leejin.write("bridges#3", "The work took three months.", 12)
    leejin.commit()
    leejin.git("fetch", "-q")
    leejin.git("cherry-pick", wanted)
    assert leejin.targets()[2:5] == ["The work took three months.", "", "The first is for buses only."]
    assert_sound(leejin)


def test_stash_pop(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#5", "The first is for buses only.", 12)
    leejin.git("stash")
    assert leejin.unit(5).target == ""
    leejin.pull()
    leejin.git("stash", "pop")
    assert leejin.targets()[3:5] == ["The mayor thanked residents.", "The first is for buses only."]
    assert_sound(leejin)


def test_revert_takes_one_change_back_and_leaves_what_came_after(pair: tuple[Clone, Clone]) -> None:
    claire, _ = pair
    claire.write("bridges#2", "Two bridges have reopened.", 10)
    reverted = claire.commit()
    claire.write("bridges#4", "The mayor thanked residents.", 11)
    claire.commit()
    claire.git("revert", "--no-edit", reverted)
    assert claire.targets()[1] == "Two bridges reopened on Tuesday."
    assert claire.targets()[3] == "The mayor thanked residents."
    assert_sound(claire)


def test_a_renamed_catalog(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    for old, new in (("sources/bridges.md", "sources/spans.md"), ("reports/bridges.po", "reports/spans.po")):
        folder = "" if old.startswith("sources") else "locales/en/"
        claire.git("mv", folder + old, folder + new)
    claire.commit("renamed")
    claire.push()
    leejin.write("bridges#4", "The mayor thanked residents.", 12)
    leejin.commit()
    leejin.pull()
    assert leejin.unit(4, "spans").target == "The mayor thanked residents."
    assert_sound(leejin, ["spans"])


def test_a_merge_of_merges_keeps_everything(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "Claire on four.", 10)
    one = claire.commit()
    leejin.write("bridges#5", "Leejin on five.", 11)
    two = leejin.commit()
    claire.git("fetch", "-q", str(leejin.root), "main")
    leejin.git("fetch", "-q", str(claire.root), "main")
    claire.git("merge", "-q", "--no-edit", two)
    leejin.git("merge", "-q", "--no-edit", one)
    claire.write("bridges#6", "Claire on six.", 12)
    claire.commit()
    leejin.write("bridges#7", "Leejin on seven.", 13)
    leejin.commit()
    claire.git("pull", "-q", "--no-rebase", "--no-edit", str(leejin.root), "main")
    assert claire.targets()[3:7] == ["Claire on four.", "Leejin on five.", "Claire on six.", "Leejin on seven."]
    assert_sound(claire)


# Updates on both sides

LONGER = BRIDGES.replace("공사는 석 달 걸렸다.", "공사는 석 달 걸렸다. 눈 때문에 두 번 멈췄다.").replace(
    "첫 다리는 버스만 지난다.", "첫 다리는 버스와 자전거만 지난다."
)


def test_the_same_new_version_in_two_clones_doubles_no_sentence(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#5", "The first is for buses only.", 5)
    claire.commit()
    claire.push()
    leejin.pull()
    for clone, minute in ((claire, 10), (leejin, 11)):
        clone.revise(LONGER, minute)
    claire.write("bridges#4", "Snow stopped it twice.", 12)
    claire.commit()
    claire.push()
    leejin.write("bridges#6", "The first is for buses and bicycles.", 13)
    leejin.commit()
    leejin.pull()
    catalog = leejin.load()
    assert len(catalog.units) == 8
    assert catalog.units[3].target == "Snow stopped it twice."
    assert (catalog.units[5].target, catalog.units[5].fuzzy) == ("The first is for buses and bicycles.", False)
    assert_sound(leejin)
    before = leejin.path().read_bytes()
    leejin.update(20)
    assert leejin.path().read_bytes() == before


def test_two_clones_that_add_sentences_at_once_get_no_doubled_ids(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.revise(BRIDGES.replace("다음 공사는", "비용은 시가 냈다.\n\n다음 공사는"), 10)
    claire.write("bridges#7", "The city paid.", 11)
    claire.commit()
    claire.push()
    leejin.revise(BRIDGES.replace("강변시의 다리 두 곳이", "비용은 시가 냈다.\n\n강변시의 다리 두 곳이"), 12)
    leejin.commit()
    leejin.pull()
    assert_sound(leejin)
    assert [unit.target for unit in leejin.load().units].count("The city paid.") == 1
    leejin.update(20)
    sources = [unit.source for unit in leejin.load().units]
    assert sources.count("비용은 시가 냈다.") == 2
    assert_sound(leejin)


def test_a_sentence_that_changed_here_and_was_translated_there_needs_another_look(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.revise(BRIDGES.replace("석 달", "넉 달"), 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#3", "The work took three months.", 12)
    leejin.approve("bridges#3", 13)
    leejin.commit()
    leejin.pull()
    unit = leejin.unit(3)
    assert (unit.source, unit.previous) == ("공사는 넉 달 걸렸다.", "공사는 석 달 걸렸다.")
    assert (unit.target, unit.fuzzy, unit.approved) == ("The work took three months.", True, None)


# Joins and splits


def test_joined_here_and_edited_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.join("bridges#2-3", 10)
    claire.commit()
    claire.push()
    swallowed = leejin.unit(3).id
    leejin.write("bridges#3", "The work lasted for a quarter of a year.", 12)
    leejin.commit()
    leejin.pull(fails=True)
    unit = leejin.unit(2)
    assert unit.source == "강변시의 다리 두 곳이 화요일 다시 열렸다. 공사는 석 달 걸렸다."
    assert swallowed in unit.joined
    assert [each.text for each in unit.conflicts] == ["The work lasted for a quarter of a year."]
    assert_sound(leejin)


def test_split_here_and_edited_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.split("bridges#2", "화요일", "on Tuesday.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#2", "Two of the bridges opened again.", 12)
    leejin.commit()
    leejin.pull(fails=None)
    catalog = leejin.load()
    assert catalog.units[2].split == catalog.units[1].id
    assert "".join(unit.source for unit in catalog.units[1:3]).replace(" ", "") == "강변시의다리두곳이화요일다시열렸다."
    texts = {text for unit in catalog.units for text in (unit.target, *(each.text for each in unit.conflicts))}
    assert "Two of the bridges opened again." in texts
    assert_sound(leejin)


def _drafts(clone: Clone, name: str = "story") -> dict[str, str]:
    """Return paragraph id -> its draft from the present reports."""
    article = clone.load(name)
    catalogs = {slug: clone.load(slug) for slug in compose.report_slugs(article)}
    return {key: compose.draft(behind, "en") for key, behind in compose.placement(article, catalogs).items()}


def _translated_story(claire: Clone, leejin: Clone) -> None:
    for number in range(4, 8):
        claire.write(f"bridges#{number}", f"Sentence number {number}.", number)
    claire.compose(8, SLUG)
    steps.confirm(claire.actor(9, "eugene"), "story")
    claire.commit()
    claire.push()
    leejin.pull()


def test_references_follow_a_join_and_a_split_through_a_merge(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    _translated_story(claire, leejin)
    claire.join("bridges#2-3", 10)
    claire.split("bridges#4", "다리는", "number", 11)
    claire.commit()
    claire.push()
    leejin.write("bridges#7", "The next work begins in the fall.", 12)
    leejin.commit()
    leejin.pull()
    drafts = _drafts(leejin)
    assert not compose.dangling(leejin.load("story"), {SLUG: leejin.load()})
    assert not compose.unplaced(leejin.load("story"), {SLUG: leejin.load()})
    assert list(drafts.values())[1:] == [
        "Two bridges reopened on Tuesday. It took three months. Sentence number 4.",
        "Sentence number 5. Sentence number 6.",
        "The next work begins in the fall.",
    ]


def test_a_split_of_a_join_still_leads_every_reference_home(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    _translated_story(claire, leejin)
    claire.join("bridges#2-3", 10)
    claire.split("bridges#2", "공사는", "It took", 11)
    claire.revise(LONGER, 12)
    article, catalog = claire.load("story"), claire.load()
    assert not compose.dangling(article, {SLUG: catalog})
    for number in (4, 6):
        claire.write(f"bridges#{number}", f"Sentence number {number} now.", 13)
    claire.compose(14)
    assert not compose.unplaced(claire.load("story"), {SLUG: claire.load()})
    refs = [ref.unit for unit in claire.load("story").units for ref in unit.refs]
    assert len(refs) == len(set(refs))


def test_a_story_composed_again_here_and_edited_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    _translated_story(claire, leejin)
    claire.write("bridges#4", "The mayor thanked everybody.", 20)
    claire.compose(21)
    claire.commit()
    claire.push()
    leejin.write("story#2", "The bridges are open again after three months of work.", 22, "eugene")
    leejin.commit()
    leejin.pull()
    unit = leejin.unit(2, "story")
    assert unit.target == "The bridges are open again after three months of work."
    assert unit.source.endswith("The mayor thanked everybody.")
    assert unit.previous.endswith("Sentence number 4.")
    assert unit.fuzzy
    assert_sound(leejin, [SLUG, "story"])


def test_paragraphs_joined_here_and_moved_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    _translated_story(claire, leejin)
    regroup.join(claire.actor(20, "eugene"), "story#2-3")
    claire.commit()
    claire.push()
    articles.move(leejin.actor(21, "eugene"), "story#4", "1")
    leejin.commit()
    leejin.pull()
    article = leejin.load("story")
    assert len(article.units) == 3
    assert article.units[1].target == "Sentence number 7."
    assert len({ref for unit in article.units for ref in unit.refs}) == 7
    assert_sound(leejin, ["story"])


# The driver itself


def test_the_driver_runs_in_hooks_and_without_the_environment_on_the_path(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#5", "The first is for buses only.", 12)
    leejin.commit()
    leejin.git("fetch", "-q")
    hook = leejin.root / ".git" / "hooks" / "pre-push"
    hook.write_text("#!/bin/sh\ngit merge -q --no-edit origin/main >&2\n", encoding="utf-8")
    hook.chmod(0o755)
    leejin.git("push", "-q", "origin", "HEAD:elsewhere")
    assert leejin.targets()[3:5] == ["The mayor thanked residents.", "The first is for buses only."]


def test_without_a_working_transflow_git_writes_its_own_markers(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    leejin.git("config", DRIVER, driver_command("/nowhere/python"))
    leejin.write("bridges#4", "The mayor thanked the citizens.", 12)
    leejin.commit()
    said = leejin.pull(fails=True)
    assert "git setup" in said
    text = leejin.path().read_text(encoding="utf-8")
    assert all(part in text for part in ("<<<<<<<", "thanked residents.", "thanked the citizens."))


def test_a_side_that_cannot_be_read_is_left_to_gits_own_merge(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    text = leejin.path().read_text(encoding="utf-8")
    leejin.path().write_text(text.replace('msgstr "It took', "msgstr It took"), encoding="utf-8")
    leejin.commit()
    said = leejin.pull(fails=True)
    assert "bridges.po (ours)" in said
    merged = leejin.path().read_text(encoding="utf-8")
    assert "msgstr It took" in merged
    assert "The mayor thanked residents." in merged


def test_foreign_wrapping_ends_in_the_driver(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    text = leejin.path().read_text(encoding="utf-8")
    wrapped = text.replace(
        'msgstr "Two bridges reopened on Tuesday."', 'msgstr ""\n"Two bridges reopened "\n"on Tuesday."'
    )
    assert wrapped != text
    leejin.path().write_text(wrapped, encoding="utf-8")
    leejin.commit()
    leejin.pull()
    assert leejin.targets()[1:4:2] == ["Two bridges reopened on Tuesday.", "The mayor thanked residents."]
    assert_sound(leejin)


def test_a_catalog_that_both_made_has_no_base(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    for clone, minute in ((claire, 10), (leejin, 11)):
        (clone.root / "sources" / "second.md").write_text(BRIDGES.replace("두 곳", "세 곳"), encoding="utf-8")
        clone.update(minute, "second")
    claire.write("second#1", "Three bridges reopen", 12)
    claire.commit()
    claire.push()
    leejin.write("second#2", "Three bridges reopened on Tuesday.", 13)
    leejin.commit()
    leejin.pull()
    assert leejin.targets("second")[:2] == ["Three bridges reopen", "Three bridges reopened on Tuesday."]
    assert_sound(leejin, ["second"])


GLOSSARY = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "이정은"\nmsgstr "Jeong Eun Lee"\n'
)


def test_two_people_add_to_the_glossary(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    path = "locales/en/glossary.po"
    (claire.root / path).write_text(GLOSSARY + '\nmsgid "강변시"\nmsgstr "Riverside"\n', encoding="utf-8")
    claire.commit()
    claire.push()
    (leejin.root / path).write_text(GLOSSARY + '\nmsgid "화요일"\nmsgstr "Tuesday"\n', encoding="utf-8")
    leejin.commit()
    leejin.pull()
    text = (leejin.root / path).read_text(encoding="utf-8")
    assert [text.count(word) for word in ("Jeong Eun Lee", "Riverside", "Tuesday")] == [1, 1, 1]


# Setting up


def test_setting_up_twice_changes_nothing(pair: tuple[Clone, Clone], capsys: pytest.CaptureFixture[str]) -> None:
    claire, _ = pair
    before = (claire.root / ".git" / "config").read_bytes(), (claire.root / ".gitattributes").read_bytes()
    assert run(["-C", str(claire.root), "git", "setup"]) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert before == ((claire.root / ".git" / "config").read_bytes(), (claire.root / ".gitattributes").read_bytes())


def test_setting_up_keeps_what_people_wrote_into_gitattributes(pair: tuple[Clone, Clone]) -> None:
    claire, _ = pair
    path = claire.root / ".gitattributes"
    path.write_text("*.png binary", encoding="utf-8")
    assert run(["-C", str(claire.root), "git", "setup"]) == 0
    lines = "".join(f"{pattern} {attributes}\n" for pattern, attributes in ATTRIBUTES.items())
    assert path.read_text(encoding="utf-8") == f"*.png binary\n{lines}"


def test_init_sets_git_up_where_there_is_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(tmp_path, "init", "-q", "repository")
    assert run(["init", str(tmp_path / "repository")]) == 0
    assert DRIVER in capsys.readouterr().out
    assert run(["init", str(tmp_path / "plain")]) == 0
    assert "transflow git setup" in capsys.readouterr().out
    assert DRIVER in git(tmp_path / "repository", "config", "--get-regexp", "merge.*")


def test_setting_up_outside_git_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "transflow.toml").write_text("format = 1\n", encoding="utf-8")
    assert run(["-C", str(tmp_path), "git", "setup"]) == 2
    assert "git init" in capsys.readouterr().err


def test_the_driver_exits_with_0_1_and_3(tmp_path: Path) -> None:
    _, claire = newsroom(tmp_path)
    base, ours, theirs = (tmp_path / name for name in ("base.po", "ours.po", "theirs.po"))
    base.write_bytes(claire.path().read_bytes())
    claire.write("bridges#1", "One", 1)
    ours.write_bytes(claire.path().read_bytes())
    theirs.write_bytes(base.read_bytes())
    arguments = ["merge", str(base), str(ours), str(theirs), "--path", "locales/en/reports/bridges.po"]
    assert run(arguments) == 0
    claire.write("bridges#1", "Another", 2)
    theirs.write_bytes(claire.path().read_bytes())
    base.write_bytes(b"")
    assert run(arguments) == 1
    merged = ours.read_bytes()
    theirs.write_bytes(b"no catalog")
    assert run(arguments) == 3
    assert ours.read_bytes() == merged
    assert isinstance(claire.load(), Catalog)
    assert at(61) == "2024-03-26T01:01:00Z"


def test_the_driver_counts_and_never_merges_a_count(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.revise(BRIDGES.replace("첫 다리는 버스만 지난다. ", ""), 30)
    claire.commit()
    claire.push()
    leejin.revise(BRIDGES.replace("시장은 시민들에게 고맙다고 말했다.", ""), 31)
    leejin.commit()
    leejin.pull(fails=None)
    merged = leejin.load()
    assert merged.header.get("X-Units") == f"{len(merged.units)} {sum(bool(unit.target) for unit in merged.obsolete)}"
    assert_sound(leejin)


def test_the_driver_leaves_a_torn_side_to_gits_own_merge(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    path = leejin.path()
    path.write_text("\n\n".join(path.read_text(encoding="utf-8").split("\n\n")[:4]) + "\n", encoding="utf-8")
    leejin.commit("somebody saved half a file")
    leejin.pull(fails=None)
    with pytest.raises(UnreadableError):
        leejin.load()


def test_the_driver_brings_catalogs_of_the_old_format_into_the_present_one(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    for clone in pair:
        text = clone.path().read_text(encoding="utf-8")
        clone.path().write_text(re.sub('"X-Units: .*\n', "", text).replace("Format: 2", "Format: 1"), encoding="utf-8")
        clone.commit("as 0.1.0 wrote it")
    claire.push()
    leejin.pull()
    claire.write("bridges#4", "The mayor thanked residents.", 10)
    claire.commit()
    claire.push()
    leejin.write("bridges#5", "The first bridge is for buses only.", 12)
    leejin.commit()
    leejin.pull()
    assert leejin.load().header.get("X-Transflow-Format") == "2"
    assert leejin.load().header.get("X-Units") == "7 0"
