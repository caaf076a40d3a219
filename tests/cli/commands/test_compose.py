"""`transflow compose`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import REPORT, done, new_project, refusal
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import state

STORY = CatalogRef("en", "articles", "bridges")
TEXTS = ("Bridges out", "Three bridges failed.", "Nobody was hurt.", "The city began repairs.", "They take two months.")


def article(folder: Path, place: CatalogRef = STORY) -> Catalog:
    return Project(folder).load(place)


def units(folder: Path) -> tuple[Unit, ...]:
    return tuple(article(folder).units)


def texts(folder: Path) -> list[str]:
    """Return the texts that would be printed, drafts included, in order."""
    return [unit.target or unit.source for unit in units(folder) if not unit.cut]


def translate(folder: Path, slug: str = "flood", who: str = "claire") -> None:
    for number, text in enumerate(TEXTS, 1):
        done(folder, "unit", "set", f"{slug}#{number}", text, user=who)


def test_a_story_is_composed_paragraph_by_paragraph(story: Path) -> None:
    assert texts(story) == [
        "Bridges out",
        "Three bridges failed. Nobody was hurt.",
        "The city began repairs. They take two months.",
    ]
    assert {state(unit) for unit in units(story)} == {"untranslated"}


def test_composing_shows_the_paragraphs(room: Path) -> None:
    translate(room)
    lines = done(room, "compose", "bridges", "--from", "flood", user="eugene").splitlines()
    assert lines[0] == "en:bridges: 3 paragraphs."
    assert lines[1].endswith("untranslated       [headline] Bridges out")


def test_a_second_report_joins_in_with_its_headline_cut(story: Path) -> None:
    (story.parent / "second.md").write_text(REPORT.replace("홍수로", "비로"), encoding="utf-8")
    done(story, "add", str(story.parent / "second.md"))
    translate(story, "second", "leejin")
    out = done(story, "compose", "bridges", "--from", "second", user="eugene")
    assert out.splitlines()[0] == "en:bridges: 6 paragraphs, composed again."
    assert [(unit.kind, bool(unit.cut)) for unit in units(story)][3] == ("headline", True)
    assert article(story).header.get("X-Reports") == "flood second"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["bridges"], 2, "en:bridges is new: say from which reports"),
        (["bridges", "--from", "floot"], 2, "Did you mean flood?"),
        (["flood", "--from", "flood"], 2, "there is a report “flood”: give the story another name"),
        (["Bridges", "--from", "flood"], 2, "cannot be its name"),
        (["../bridges", "--from", "flood"], 2, "cannot be its name"),
        (["fr:bridges", "--from", "flood"], 2, "no language “fr”"),
        (["bridges", "--from", "flood"], 1, "flood#2-5 are not translated yet"),
    ],
)
def test_what_cannot_be_composed_is_refused(room: Path, arguments: list[str], code: int, message: str) -> None:
    done(room, "unit", "set", "flood#1", "Bridges out", user="claire")
    assert message in refusal(room, "compose", *arguments, user="eugene", code=code)


@pytest.mark.parametrize(("wanted", "enough"), [("nothing", 0), ("translated", 5), ("approved", 10)])
def test_a_project_says_how_far_reports_must_be(room: Path, wanted: str, enough: int) -> None:
    settings = room / "transflow.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('compose = "translated"', f'compose = "{wanted}"'),
        encoding="utf-8",
    )
    assert f'compose = "{wanted}"' in settings.read_text(encoding="utf-8")
    steps: list[tuple[str, ...]] = [("unit", "set", f"flood#{number}", text) for number, text in enumerate(TEXTS, 1)]
    steps += [("unit", "approve", f"flood#{number}") for number in range(1, 6)]
    for words in steps[:enough]:
        if enough > 0:
            assert "not " + wanted in refusal(room, "compose", "bridges", "--from", "flood", user="eugene")
        done(room, *words, user="claire" if words[1] == "set" else "mina")
    done(room, "compose", "bridges", "--from", "flood", user="eugene")


def test_what_is_written_stays_when_a_draft_changes(written: Path) -> None:
    done(written, "unit", "set", "flood#2", "Four bridges failed.", user="claire")
    done(written, "compose", "bridges", user="eugene")
    assert units(written)[1].target == "Floods took three bridges in one night, and nobody was hurt."
    assert units(written)[1].source == "Four bridges failed. Nobody was hurt."
    assert state(units(written)[1]) == "needs-work"


def test_a_story_belongs_to_one_language(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    translate(folder, "vi:flood")
    assert "say which, as in en:SLUG" in refusal(folder, "compose", "cau", "--from", "flood", user="eugene", code=2)
    done(folder, "compose", "vi:cau", "--from", "flood", user="eugene")
    assert (folder / "locales/vi/articles/cau.po").is_file()
    assert "is not translated" in refusal(folder, "compose", "en:cau", "--from", "flood", user="eugene").replace(
        "are", "is"
    )
