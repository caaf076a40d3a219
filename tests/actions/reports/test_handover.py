"""The handover of a shift: every open item once, each with an owner afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project, refusal, transflow
from transflow.project import CatalogRef, Project


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = new_project(tmp_path / "room")
    done(folder, "person", "edit", "leejin", "--zone", "America/New_York")
    done(folder, "assign", "flood", "--to", "claire", "--units", "2-3", "--due", "2099-01-10 18:00", user="mina")
    done(folder, "unit", "ask", "flood#1", "Which town?", "--to", "jeong", user="claire")
    return folder


def items(room: Path) -> list[tuple[str, str, str | None]]:
    found = json.loads(done(room, "handover", "--format", "json", user="claire"))
    return [(item["ref"], item["task"], item["owner"]) for item in found]


def test_every_open_item_is_listed_once(room: Path) -> None:
    assert items(room) == [
        ("en:flood#2-3", "translate", "claire"),
        ("en:flood#1", "question", "jeong"),
        ("en:flood#4-5", "translate", None),
    ]


def test_everything_has_an_owner_afterwards_and_keeps_its_deadline(room: Path) -> None:
    said = done(room, "handover", "--to", "leejin", user="claire")
    assert "flood#2-3  2 to translate  leejin  due 2099-01-10 18:00 KST / 04:00 EST" in said
    assert items(room) == [("en:flood#2-5", "translate", "leejin"), ("en:flood#1", "question", "jeong")]


def test_a_dry_run_and_a_person_who_cannot_have_it_change_nothing(room: Path) -> None:
    before = items(room)
    assert "leejin" in done(room, "handover", "--to", "leejin", "--dry-run", user="claire")
    refusal(room, "handover", "--to", "nobody", user="claire", code=2)
    done(room, "person", "leave", "leejin", "--on", "2024-01-01")
    refusal(room, "handover", "--to", "leejin", user="claire")
    assert items(room) == before


def test_a_story_is_handed_over_from_its_first_draft_to_its_page(room: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "answer", "flood#1", "Riverside.", user="jeong")
    assert items(room) == []
    done(room, "compose", "floods", "--from", "flood", user="eugene")
    assert items(room) == [("en:floods#1-3", "write", "eugene")]
    done(room, "unit", "confirm", "floods", user="eugene")
    assert items(room) == [("en:floods", "ready", "eugene")]
    done(room, "ready", "floods", user="eugene")
    done(room, "handover", "--to", "juno", user="mina")
    assert items(room) == [("en:floods", "clear", "juno")]
    done(room, "clear", "floods", user="mina")
    assert items(room) == []
    assert "Nothing is open" in transflow(room, "handover", user="mina").err


def test_a_story_that_nobody_has_touched_is_of_whoever_made_it_live_or_of_the_only_writer(room: Path) -> None:
    done(room, "unit", "answer", "flood#1", "Riverside.", user="jeong")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "floods", "--from", "flood", user="mina")
    assert items(room) == [("en:floods#1-3", "write", "eugene")]
    done(room, "person", "edit", "juno", "--role", "editor,writer", user="mina")
    assert items(room) == [("en:floods#1-3", "write", None)]
    done(room, "handover", "--to", "juno", user="mina")
    assert items(room) == [("en:floods#1-3", "write", "juno")]


def test_the_finished_sentences_of_a_live_story_are_to_be_brought_in(room: Path) -> None:
    done(room, "unit", "answer", "flood#1", "Riverside.", user="jeong")
    for number, text in enumerate(TEXTS[:2], 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "floods", "--from", "flood", "--live", "--ready", user="claire")
    done(room, "clear", "floods", user="mina")
    done(room, "published", "floods", "--url", "https://news.example.org/floods", user="mina")
    rest = [("en:flood#3-5", "translate", "leejin")]
    done(room, "assign", "flood", "--to", "leejin", "--units", "3-5", user="mina")
    assert items(room) == rest
    done(room, "unit", "set", "flood#3", TEXTS[2], user="leejin")
    assert items(room) == [("en:floods", "compose", "claire"), ("en:flood#4-5", "translate", "leejin")]
    done(room, "compose", "floods", user="claire")
    assert [each[1] for each in items(room)].count("compose") == 0


def test_everything_of_a_story_without_a_printed_paragraph_has_an_owner_too(room: Path) -> None:
    done(room, "unit", "answer", "flood#1", "Riverside.", user="jeong")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "floods", "--from", "flood", user="eugene")
    done(room, "article", "cut", "floods#1-3", "not our story", user="eugene")
    done(room, "person", "edit", "juno", "--role", "editor,writer", user="mina")
    done(room, "handover", "--to", "juno", user="mina")
    assert items(room) == [("en:floods", "write", "juno")]


def test_no_words_are_touched(room: Path) -> None:
    place = CatalogRef("en", "reports", "flood")
    before = Project(room).load(place)
    done(room, "handover", "--to", "leejin", user="claire")
    after = Project(room).load(place)
    assert [unit.replace(assigned=None) for unit in after.units] == [
        unit.replace(assigned=None) for unit in before.units
    ]


def test_approvals_that_composing_requires_are_listed(room: Path) -> None:
    done(room, "unit", "set", "flood#5", TEXTS[4], user="claire")
    assert "approve" not in {task for _, task, _ in items(room)}
    settings = room / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('compose = "translated"', 'compose = "approved"'), encoding="utf-8")
    assert ("en:flood#5", "approve", None) in items(room)


def test_what_a_person_cannot_have_stays_and_the_rest_is_given(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    done(folder, "person", "edit", "leejin", "--locales", "vi")
    ran = transflow(folder, "handover", "--to", "leejin", user="claire")
    assert items(folder) == [("en:flood#1-5", "translate", None), ("vi:flood#1-5", "translate", "leejin")]
    assert "1 item stays where it is: leejin does not work in its language." in ran.err
