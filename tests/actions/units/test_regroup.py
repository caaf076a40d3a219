"""Joining and splitting by commands, followed by updates, composing and merges."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from support.commands import done
from support.newsrooms import BRIDGES, SLUG, Clone, assert_sound, at, cloned, git, newsroom
from transflow.actions.units import steps
from transflow.integrity.repair import Evidence, read_damaged, repaired_units
from transflow.model.catalog import Catalog
from transflow.report import parse as parse_report
from transflow.stories import compose

FIRST, SECOND, THIRD = (
    "강변시의 다리 두 곳이 화요일 다시 열렸다.",
    "공사는 석 달 걸렸다.",
    "시장은 시민들에게 고맙다고 말했다.",
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone with a translated report and a story with accepted drafts."""
    folder = tmp_path_factory.mktemp("newsroom")
    origin, claire = newsroom(folder)
    for number in range(1, 8):
        claire.write(f"{SLUG}#{number}", f"One {number} and two {number}.", number)
    claire.compose(10, SLUG)
    steps.confirm(claire.actor(11, "eugene"), "story")
    claire.commit()
    claire.push()
    cloned(origin, folder / "leejin", "leejin")
    return folder


@pytest.fixture
def pair(original: Path, tmp_path: Path) -> tuple[Clone, Clone]:
    copytree(original, tmp_path, dirs_exist_ok=True)
    for who in ("claire", "leejin"):
        git(tmp_path / who, "remote", "set-url", "origin", str(tmp_path / "origin.git"))
    return Clone(tmp_path / "claire", "claire"), Clone(tmp_path / "leejin", "leejin")


@pytest.fixture
def claire(pair: tuple[Clone, Clone]) -> Clone:
    return pair[0]


def do(clone: Clone, *arguments: str, who: str = "claire") -> None:
    done(clone.root, *arguments, user=who)


def drafts(clone: Clone) -> list[str]:
    article = clone.load("story")
    placed = compose.placement(article, {SLUG: clone.load()})
    return [compose.draft(placed[unit.id], "en") for unit in article.units]


def stale(clone: Clone) -> list[int]:
    """Return the positions, from 1, of paragraphs that differ from the present reports."""
    article = clone.load("story")
    placed = compose.placement(article, {SLUG: clone.load()})
    return [i for i, unit in enumerate(article.units, 1) if compose.why_stale(unit, placed[unit.id], "en")]


def assert_nothing_is_loose(clone: Clone) -> None:
    article, reports = clone.load("story"), {SLUG: clone.load()}
    assert not compose.dangling(article, reports)
    assert not compose.unplaced(article, reports)


def assert_nothing_to_mend(clone: Clone) -> None:
    """Check that joins and splits are not reported as defects."""
    data = (clone.root / "sources" / "bridges.md").read_bytes()
    blocks = [block for block in parse_report(data, SLUG, "x")[0].blocks if block.text.strip()]
    catalog, faults = read_damaged(clone.path().read_bytes(), SLUG)
    earlier: list[Catalog] = [catalog]
    assert (faults, repaired_units(catalog, Evidence(at(500), "ko", blocks, earlier))) == ([], (catalog, []))


# Sentences


def test_joined_sentences_stay_joined_when_the_report_comes_again(claire: Clone) -> None:
    do(claire, "unit", "join", f"{SLUG}#2-3")
    joined = claire.unit(2)
    assert (joined.source, joined.target) == (f"{FIRST} {SECOND}", "One 2 and two 2. One 3 and two 3.")
    assert stale(claire) == []
    assert_nothing_is_loose(claire)
    claire.revise(BRIDGES.replace("가을에", "겨울에"), 20)
    assert claire.unit(2) == joined
    assert_nothing_to_mend(claire)


def test_a_change_in_one_half_of_a_join_is_a_change_of_the_whole(claire: Clone) -> None:
    do(claire, "unit", "join", f"{SLUG}#2-3")
    claire.revise(BRIDGES.replace("석 달", "넉 달"), 20)
    unit = claire.unit(2)
    assert unit.source == f"{FIRST} 공사는 넉 달 걸렸다."
    assert (unit.previous, unit.fuzzy, len(unit.joined)) == (f"{FIRST} {SECOND}", True, 1)
    assert unit.target == "One 2 and two 2. One 3 and two 3."
    assert stale(claire) == [2]
    assert_nothing_is_loose(claire)


def test_split_sentences_stay_split_and_only_the_changed_half_needs_another_look(claire: Clone) -> None:
    do(claire, "unit", "split", f"{SLUG}#2", "--source-at", "화요일", "--text-at", "and two 2.")
    assert [unit.target for unit in claire.load().units[1:3]] == ["One 2", "and two 2."]
    assert stale(claire) == []
    steps.confirm(claire.actor(15), f"{SLUG}#2-3")
    claire.revise(BRIDGES.replace("다시 열렸다", "다시 닫혔다"), 20)
    first, second = claire.load().units[1:3]
    assert (first.fuzzy, second.fuzzy) == (False, True)
    assert (second.split, second.source) == (first.id, "화요일 다시 닫혔다.")
    assert stale(claire) == [2]
    assert_nothing_is_loose(claire)
    assert_nothing_to_mend(claire)


def test_halves_joined_again_are_the_sentence_that_they_were(claire: Clone) -> None:
    whole = claire.unit(2)
    do(claire, "unit", "split", f"{SLUG}#2", "--source-at", "화요일", "--text-at", "and two 2.")
    half = claire.unit(3).id
    do(claire, "unit", "join", f"{SLUG}#2-3")
    again = claire.unit(2)
    assert (again.id, again.source, again.target, again.joined) == (whole.id, whole.source, whole.target, (half,))
    assert stale(claire) == []
    assert_nothing_to_mend(claire)


def test_a_paragraph_that_stands_on_the_swallowed_sentence_alone_follows_it(claire: Clone) -> None:
    """The paragraph of the second sentence joins that of the first."""
    do(claire, "article", "split", "story#2", "--text-at", "One 3 and two 3.", who="eugene")
    do(claire, "unit", "join", f"{SLUG}#2-3")
    assert_nothing_is_loose(claire)
    do(claire, "compose", "story", who="eugene")
    assert_nothing_is_loose(claire)
    placed = compose.placement(claire.load("story"), {SLUG: claire.load()})
    homes = {each.unit.id for behind in placed.values() for each in behind}
    assert homes == {unit.id for unit in claire.load().units}


# Paragraphs


def test_joined_paragraphs_stand_on_the_sentences_of_both(claire: Clone) -> None:
    do(claire, "article", "join", "story#2-3", who="eugene")
    assert len(claire.unit(2, "story").refs) == 5
    assert stale(claire) == []
    claire.write(f"{SLUG}#5", "The first is for buses only.", 20)
    assert stale(claire) == [2]
    do(claire, "compose", "story", who="eugene")
    unit = claire.unit(2, "story")
    assert "The first is for buses only." in unit.source
    assert (unit.fuzzy, "One 5 and two 5." in unit.previous) == (True, True)
    assert_nothing_is_loose(claire)


def test_both_halves_of_a_split_paragraph_know_when_their_draft_changes(claire: Clone) -> None:
    do(claire, "article", "split", "story#2", "--text-at", "One 4 and two 4.", who="eugene")
    assert [unit.target for unit in claire.load("story").units[1:3]] == [
        "One 2 and two 2. One 3 and two 3.",
        "One 4 and two 4.",
    ]
    assert stale(claire) == []
    claire.write(f"{SLUG}#4", "The mayor thanked the citizens.", 20)
    assert stale(claire) == [2, 3]
    do(claire, "compose", "story", who="eugene")
    assert [unit.fuzzy for unit in claire.load("story").units[1:3]] == [True, True]
    assert_nothing_is_loose(claire)


# Merges


def test_a_join_here_and_a_new_version_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    do(claire, "unit", "join", f"{SLUG}#2-3")
    claire.commit()
    claire.push()
    leejin.revise(BRIDGES.replace("석 달", "넉 달"), 20)
    leejin.commit()
    leejin.pull(fails=None)
    leejin.update(21)
    unit = leejin.unit(2)
    assert (unit.source, unit.fuzzy) == (f"{FIRST} 공사는 넉 달 걸렸다.", True)
    assert unit.target == "One 2 and two 2. One 3 and two 3."
    assert_nothing_is_loose(leejin)
    assert_sound(leejin)
    assert_nothing_to_mend(leejin)


def test_a_split_here_and_an_approval_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    do(claire, "unit", "split", f"{SLUG}#2", "--source-at", "화요일", "--text-at", "and two 2.")
    claire.commit()
    claire.push()
    leejin.approve(f"{SLUG}#2", 20)
    leejin.approve(f"{SLUG}#4", 21)
    leejin.commit()
    leejin.pull(fails=None)
    assert [bool(unit.approved) for unit in leejin.load().units] == [
        False,
        False,
        False,
        False,
        True,
        False,
        False,
        False,
    ]
    assert_nothing_is_loose(leejin)
    assert_sound(leejin)


def test_the_same_split_in_two_clones_is_one(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    for clone in pair:
        do(clone, "unit", "split", f"{SLUG}#2", "--source-at", "화요일", "--text-at", "and two 2.", who=clone.who)
    claire.commit()
    claire.push()
    leejin.write(f"{SLUG}#3", "and twice.", 20)
    leejin.commit()
    leejin.pull()
    assert [unit.target for unit in leejin.load().units[1:3]] == ["One 2", "and twice."]
    assert len(leejin.load().units) == 8
    assert_nothing_is_loose(leejin)


def test_a_half_whose_korean_went_meanwhile_leaves_its_text_and_its_remarks(pair: tuple[Clone, Clone]) -> None:
    """A joined sentence is split in one clone; the other deletes its first half from the report."""
    claire, leejin = pair
    do(claire, "unit", "join", f"{SLUG}#3-4")
    do(claire, "unit", "comment", f"{SLUG}#3", "Ask the mayor.")
    claire.commit()
    claire.push()
    leejin.pull()
    leejin.revise(BRIDGES.replace(SECOND + " ", ""), 20)
    leejin.commit()
    leejin.push()
    do(claire, "unit", "split", f"{SLUG}#3", "--source-at", "시장은", "--text-at", "One 4")
    claire.commit()
    claire.pull(fails=None)
    catalog = claire.load()
    texts = {text for unit in catalog.units for text in (unit.target, *(each.text for each in unit.conflicts))}
    assert {"One 3 and two 3.", "One 4 and two 4."} <= texts
    assert [unit.source for unit in catalog.units][1:3] == [FIRST, THIRD]
    assert any("Ask the mayor." in unit.comments for unit in catalog.units)
    assert_sound(claire)


def test_joins_that_overlap_hold_every_sentence_once(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    do(claire, "unit", "join", f"{SLUG}#2-3")
    claire.commit()
    claire.push()
    do(leejin, "unit", "join", f"{SLUG}#3-4", who="leejin")
    leejin.commit()
    leejin.pull(fails=None)
    text = " ".join(unit.source for unit in leejin.load().units)
    assert [text.count(sentence) for sentence in (FIRST, SECOND, THIRD)] == [1, 1, 1]
    assert_nothing_is_loose(leejin)
    assert_sound(leejin)


def test_a_split_paragraph_here_and_a_written_one_there(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    do(claire, "article", "split", "story#2", "--text-at", "One 4 and two 4.", who="eugene")
    claire.commit()
    claire.push()
    leejin.write("story#2", "After three months the bridges are open, and the mayor is grateful.", 20, "eugene")
    leejin.commit()
    leejin.pull(fails=None)
    texts = {
        text for unit in leejin.load("story").units for text in (unit.target, *(each.text for each in unit.conflicts))
    }
    assert "After three months the bridges are open, and the mayor is grateful." in texts
    assert_nothing_is_loose(leejin)
    assert_sound(leejin, ["story"])
