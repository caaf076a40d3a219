"""Settings of git for merging and line ends, in real clones with and without Windows line ends."""

from __future__ import annotations

from importlib.resources import files as resources
from pathlib import Path

import pytest

from support.commands import done
from support.newsrooms import BRIDGES, SLUG, Clone, assert_sound, cloned, git, newsroom
from transflow.actions.project.git_merge import ATTRIBUTES, merge_files, set_up
from transflow.actions.reports import intake
from transflow.actions.reports.current import is_current
from transflow.actions.stories import article
from transflow.actions.units import steps
from transflow.integrity.repair import read_damaged
from transflow.units.workflow import is_approved, state

CHANGED = BRIDGES.replace("석 달", "넉 달")
LINES = [f"{pattern} {attributes}" for pattern, attributes in ATTRIBUTES.items()]


def _pair(folder: Path, slug: str) -> tuple[Clone, Clone]:
    """Return clones of claire and leejin with a second report, partly translated."""
    origin, claire = newsroom(folder)
    (claire.root / "sources" / f"{slug}.md").parent.mkdir(parents=True, exist_ok=True)
    (claire.root / "sources" / f"{slug}.md").write_text(BRIDGES, encoding="utf-8")
    claire.update(1, slug)
    for number, text in ((1, "Two bridges reopen"), (3, "It took three months.")):
        claire.write(f"{slug}#{number}", text, 2)
    claire.commit()
    claire.push()
    return claire, cloned(origin, folder / "leejin", "leejin")


@pytest.mark.parametrize("slug", ["glossary", "un-glossary", "2024/glossary", "2024/the-glossary"])
def test_a_report_is_merged_sentence_by_sentence_whatever_its_slug(tmp_path: Path, slug: str) -> None:
    claire, leejin = _pair(tmp_path, slug)
    claire.revise(CHANGED, 10, slug)
    claire.commit()
    claire.push()
    leejin.write(f"{slug}#3", "The work took three months.", 12)
    leejin.approve(f"{slug}#3", 13)
    leejin.commit()
    leejin.pull()
    assert_sound(leejin, [slug])
    assert [unit.source for unit in leejin.load(slug).units].count("공사는 넉 달 걸렸다.") == 1
    unit = leejin.unit(3, slug)
    assert (unit.source, unit.previous) == ("공사는 넉 달 걸렸다.", "공사는 석 달 걸렸다.")
    assert (unit.target, state(unit), is_approved(unit)) == ("The work took three months.", "needs-work", False)


def test_a_story_is_merged_paragraph_by_paragraph_whatever_its_slug(tmp_path: Path) -> None:
    claire, leejin = _pair(tmp_path, "spans")
    for number in (2, 4, 5, 6, 7):
        claire.write(f"spans#{number}", f"Sentence number {number}.", 3)
    article.compose_article(claire.actor(20, "eugene"), "glossary", ["spans"])
    claire.commit()
    claire.push()
    leejin.pull()
    claire.write("spans#3", "It lasted three months.", 21)
    article.compose_article(claire.actor(22, "eugene"), "glossary", ["spans"])
    claire.commit()
    claire.push()
    steps.confirm(leejin.actor(23, "eugene"), "glossary#2", "The work took three months.")
    leejin.commit()
    leejin.pull()
    assert_sound(leejin, ["spans", "glossary"])
    unit = leejin.unit(2, "glossary")
    assert (unit.source, unit.target, unit.fuzzy) == (
        "Sentence number 2. It lasted three months. Sentence number 4.",
        "The work took three months.",
        True,
    )


def test_a_project_in_a_subfolder_has_its_glossary_merged_by_entries_and_its_reports_by_sentences(
    tmp_path: Path,
) -> None:
    text = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "이정은"\nmsgstr "Jeong Eun Lee"\n'
    sides = base, ours, theirs = tmp_path / "base", tmp_path / "ours", tmp_path / "theirs"
    more = ["", '\nmsgid "강변시"\nmsgstr "Riverside"\n', '\nmsgid "화요일"\nmsgstr "Tuesday"\n']
    for side, added in zip(sides, more, strict=True):
        side.write_text(text + added, encoding="utf-8")
    assert not merge_files(base, ours, theirs, "desks/seoul/locales/en/glossary.po").conflict
    merged = ours.read_text(encoding="utf-8")
    assert [merged.count(word) for word in ("Jeong Eun Lee", "Riverside", "Tuesday")] == [1, 1, 1]


@pytest.mark.parametrize("path", ["locales/en/glossary.po", "", "desks/locales/en/glossary.po"])
def test_what_has_sentences_is_no_glossary_wherever_it_lies(tmp_path: Path, path: str) -> None:
    claire, leejin = _pair(tmp_path, "spans")
    base, ours, theirs = (tmp_path / name for name in ("base.po", "ours.po", "theirs.po"))
    base.write_bytes(claire.path("spans").read_bytes())
    claire.write("spans#3", "The work took three months.", 3)
    ours.write_bytes(claire.path("spans").read_bytes())
    leejin.revise(CHANGED, 4, "spans")
    theirs.write_bytes(leejin.path("spans").read_bytes())
    merge_files(base, ours, theirs, path)
    catalog, faults = read_damaged(ours.read_bytes(), "ours.po")
    assert not faults
    assert len(catalog.units) == 7
    assert (catalog.units[2].source, catalog.units[2].fuzzy) == ("공사는 넉 달 걸렸다.", True)


def test_a_glossary_may_speak_of_catalogs(tmp_path: Path) -> None:
    text = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "X-Report: 보고서"\nmsgstr "X-Article: a story"\n'
    sides = base, ours, theirs = tmp_path / "base", tmp_path / "ours", tmp_path / "theirs"
    for side, added in zip(sides, ("", '\nmsgid "강변시"\nmsgstr "Riverside"\n', ""), strict=True):
        side.write_text(text + added, encoding="utf-8")
    assert not merge_files(base, ours, theirs, "locales/en/glossary.po").conflict
    assert "Riverside" in ours.read_text(encoding="utf-8")


# Line ends


def _windows_clone(origin: Path, root: Path, who: str) -> Clone:
    git(root.parent, "clone", "-q", "-c", "core.autocrlf=true", str(origin), str(root))
    clone = Clone(root, who)
    clone.git("config", "user.email", f"{who}@example.org")
    clone.git("config", "user.name", who)
    return clone


def test_a_clone_with_windows_line_ends_has_the_same_reports_and_nothing_to_update(tmp_path: Path) -> None:
    origin, claire = newsroom(tmp_path)
    (claire.root / ".gitattributes").write_text("locales/**/*.po merge=transflow text eol=lf\n", encoding="utf-8")
    claire.commit("attributes of old")
    claire.push()
    leejin = _windows_clone(origin, tmp_path / "leejin", "leejin")
    report = leejin.root / "sources" / f"{SLUG}.md"
    assert b"\r\n" in report.read_bytes()
    assert is_current(leejin.project, SLUG, "en")
    before = leejin.path().read_bytes()
    leejin.update(10)
    assert leejin.path().read_bytes() == before
    assert not leejin.git("status", "--porcelain")
    assert "record" not in done(leejin.root, "check", "--locale", "en", "--min", "0")


def test_setting_up_in_a_second_clone_brings_what_the_first_one_lacked(tmp_path: Path) -> None:
    origin, claire = newsroom(tmp_path)
    attributes = claire.root / ".gitattributes"
    attributes.write_text("*.png binary\nlocales/**/*.po merge=transflow text\n*.pdf binary\n", encoding="utf-8")
    assert sum(".gitattributes" in line for line in set_up(claire.project)) == 1
    assert attributes.read_text(encoding="utf-8").splitlines() == ["*.png binary", "*.pdf binary", *LINES]
    claire.commit()
    claire.push()
    leejin = _windows_clone(origin, tmp_path / "leejin", "leejin")
    assert not any(".gitattributes" in line for line in set_up(leejin.project))
    assert not list(set_up(leejin.project))
    for name in (f"sources/{SLUG}.md", leejin.place().path):
        assert (leejin.root / name).read_bytes() == (claire.root / name).read_bytes()
    new = CHANGED.replace("\n", "\r\n").encode()
    intake.new_version(leejin.actor(20), SLUG, new, "new.md")
    leejin.commit()
    leejin.push()
    claire.pull()
    assert b"\r" not in (claire.root / "sources" / f"{SLUG}.md").read_bytes()
    assert is_current(claire.project, SLUG, "en")


def test_a_new_project_says_the_same_from_the_start() -> None:
    template = (resources("transflow") / "settings" / "templates" / "gitattributes").read_text(encoding="utf-8")
    assert set(LINES) <= set(template.splitlines())


def test_setting_up_adds_only_the_line_that_is_missing(tmp_path: Path) -> None:
    _, claire = newsroom(tmp_path)
    attributes = claire.root / ".gitattributes"
    attributes.write_text(f"{LINES[0]}\n# ours\n{LINES[2]}\n{LINES[3]}\n", encoding="utf-8")
    assert any(LINES[1] in line and LINES[0] not in line for line in set_up(claire.project))
    assert attributes.read_text(encoding="utf-8") == f"{LINES[0]}\n# ours\n{LINES[2]}\n{LINES[3]}\n{LINES[1]}\n"


@pytest.mark.parametrize(
    "text",
    [
        "* text=auto eol=lf\nlocales/** merge=transflow\n*.sigs merge=union\n*.txt merge=union\n",
        "* eol=lf text merge=transflow\n*.sigs merge=union\n*.txt merge=union\n",
    ],
)
def test_what_says_the_same_in_other_words_is_enough(tmp_path: Path, text: str) -> None:
    _, claire = newsroom(tmp_path)
    attributes = claire.root / ".gitattributes"
    attributes.write_text(text, encoding="utf-8")
    list(set_up(claire.project))
    assert attributes.read_text(encoding="utf-8") == text
