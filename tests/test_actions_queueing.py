"""Specification of a person's list: whose turn it is, and in which order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands import STAFF, TEXTS
from transflow.actions import Desk, articles, publishing, units
from transflow.actions.queueing import Waiting, queue
from transflow.actions.reports import share_out
from transflow.errors import UnreadableError
from transflow.model import Person
from transflow.project import Place, Project

FLOOD = Place("en", "reports", "flood")
DAYS = tuple(f"2024-03-{day}T03:00:00Z" for day in (26, 27, 28, 29))


def desk(folder: Path, who: str, now: str = DAYS[0]) -> Desk:
    return Desk(Project(folder), next(person for person in STAFF if person.id == who), now)


def waiting(folder: Path, who: str, now: str = DAYS[0]) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(each.place.slug, each.what, each.numbers) for each in queue(desk(folder, who, now))]


def translate(folder: Path, *numbers: int, who: str = "claire") -> None:
    for number in numbers:
        units.confirm(desk(folder, who), f"flood#{number}", TEXTS[number - 1])


def test_what_is_assigned_waits_for_its_translator_only(room: Path) -> None:
    share_out(desk(room, "mina"), "flood", ["claire"], "1-3")
    assert waiting(room, "claire") == [("flood", "translate", (1, 2, 3))]
    assert waiting(room, "leejin") == []


def test_what_is_late_comes_first_and_says_so(room: Path) -> None:
    share_out(desk(room, "mina"), "flood", ["claire"], "4-5", "2024-03-28 12:00")
    share_out(desk(room, "mina"), "flood", ["claire"], "1-3")
    units.ask(desk(room, "leejin"), "flood#1", "Sure?", "claire")
    assert [what for _, what, _ in waiting(room, "claire")] == ["translate", "question"]
    found = queue(desk(room, "claire", DAYS[3]))
    assert found[0] == Waiting(FLOOD, "translate", (1, 2, 3, 4, 5), "2024-03-28T03:00:00Z", overdue=True)


def test_a_question_to_nobody_waits_for_everybody_but_who_asked(room: Path) -> None:
    units.ask(desk(room, "claire"), "flood#2", "Three?")
    assert waiting(room, "claire") == []
    for who in ("leejin", "jeong", "mina"):
        assert waiting(room, who)[:1] == [("flood", "question", (2,))]


def test_what_was_sent_back_waits_for_its_author_or_whom_it_is_assigned_to(room: Path) -> None:
    translate(room, 1, 2)
    units.send_back(desk(room, "mina"), "flood#1-2", "Again.")
    assert waiting(room, "claire") == [("flood", "returned", (1, 2))]
    share_out(desk(room, "mina"), "flood", ["leejin"], "2")
    assert waiting(room, "claire") == [("flood", "returned", (1,))]
    assert waiting(room, "leejin") == [("flood", "returned", (2,))]


def test_what_may_be_approved_waits_for_editors_who_did_not_write_it(room: Path) -> None:
    translate(room, 1, 2)
    translate(room, 3, who="mina")
    assert waiting(room, "mina")[:1] == [("flood", "approve", (1, 2))]
    assert waiting(room, "juno")[:1] == [("flood", "approve", (1, 2, 3))]
    assert waiting(room, "claire") == []


def test_a_ready_story_waits_for_an_editor_who_may_clear_it(room: Path) -> None:
    translate(room, 1, 2, 3, 4, 5)
    units.approve(desk(room, "mina"), "flood")
    articles.make(desk(room, "eugene"), "bridges", ["flood"])
    units.confirm(desk(room, "eugene"), "bridges")
    assert waiting(room, "mina") == []
    articles.ready(desk(room, "eugene"), "bridges")
    assert waiting(room, "mina") == [("bridges", "clear", ())]
    assert waiting(room, "eugene") == []
    articles.clear(desk(room, "mina"), "bridges")
    assert waiting(room, "mina") == []


def test_what_is_assigned_to_nobody_waits_for_editors_to_assign_in_one_line_a_report(room: Path) -> None:
    share_out(desk(room, "mina"), "flood", ["claire"], "1-2")
    units.draft(Desk(Project(room), Person("mt:deepl"), DAYS[0]), "flood#4", "They began.")
    assert waiting(room, "mina") == waiting(room, "juno") == [("flood", "assign", (3, 4, 5))]
    assert waiting(room, "leejin") == []
    elsewhere = replace(desk(room, "mina").user, locales=("vi",))
    assert queue(Desk(Project(room), elsewhere, DAYS[0])) == []
    share_out(desk(room, "mina"), "flood", ["claire"], "3-5")
    assert waiting(room, "mina") == []


def test_a_published_story_that_reads_otherwise_now_waits_for_editors_to_be_corrected(room: Path) -> None:
    composed(room)
    units.confirm(desk(room, "eugene"), "bridges")
    articles.ready(desk(room, "eugene"), "bridges")
    articles.clear(desk(room, "mina"), "bridges")
    publishing.published(desk(room, "mina"), "bridges", ["https://example.org/bridges"])
    assert waiting(room, "mina") == []
    units.confirm(desk(room, "claire", DAYS[1]), "flood#3", "No one was hurt.")
    assert ("bridges", "correct", (2,)) in waiting(room, "mina", DAYS[1])
    articles.make(desk(room, "eugene", DAYS[1]), "bridges", [])
    assert ("bridges", "correct", (2,)) in waiting(room, "mina", DAYS[1])  # composed, and nobody looked at it yet
    units.confirm(desk(room, "eugene", DAYS[1]), "bridges#2", "Nobody was hurt that night.")
    assert ("bridges", "correct", ()) in waiting(room, "mina", DAYS[1])
    assert "correct" not in [what for _, what, _ in waiting(room, "eugene", DAYS[1])]


def composed(folder: Path) -> None:
    translate(folder, 1, 2, 3, 4, 5)
    units.approve(desk(folder, "mina"), "flood")
    articles.make(desk(folder, "eugene"), "bridges", ["flood"])


def test_a_story_waits_for_its_writer_from_the_first_draft_to_ready(room: Path) -> None:
    composed(room)
    assert waiting(room, "eugene") == [("bridges", "write", (1, 2, 3))]
    assert waiting(room, "claire") == []
    units.confirm(desk(room, "eugene"), "bridges#1-2")
    assert waiting(room, "eugene") == [("bridges", "write", (3,))]
    units.confirm(desk(room, "eugene"), "bridges#3")
    assert waiting(room, "eugene") == [("bridges", "ready", ())]
    articles.ready(desk(room, "eugene"), "bridges")
    assert waiting(room, "eugene") == []


def test_a_changed_translation_takes_its_paragraph_to_the_writer_and_not_to_whose_words_it_has(room: Path) -> None:
    composed(room)
    units.confirm(desk(room, "eugene"), "bridges")
    articles.ready(desk(room, "eugene"), "bridges")
    articles.clear(desk(room, "mina"), "bridges")
    units.confirm(desk(room, "claire"), "flood#3", "No one was hurt.")
    assert waiting(room, "eugene") == [("bridges", "compose", (2,))]
    articles.make(desk(room, "eugene"), "bridges", [])
    assert waiting(room, "eugene") == [("bridges", "look", (2,))]
    assert waiting(room, "claire") == []


def test_a_paragraph_that_is_assigned_waits_for_whom_it_was_given_to(room: Path) -> None:
    composed(room)
    share_out(desk(room, "mina"), "bridges", ["juno"], "2")
    assert waiting(room, "juno") == [("bridges", "write", (2,))]
    assert waiting(room, "eugene") == [("bridges", "write", (1, 3))]


def test_a_killed_story_waits_for_nobody(room: Path) -> None:
    composed(room)
    place = Place("en", "articles", "bridges")
    Project(room).change(place, lambda old: old.having(header=old.header.having(X_Killed=f"mina {DAYS[0]}")))
    assert waiting(room, "eugene") == []


def test_a_catalog_that_cannot_be_read_stops_only_who_does_not_want_to_know(room: Path) -> None:
    (room / FLOOD.path).write_text("junk\n", encoding="utf-8")
    told: list[UnreadableError] = []
    assert queue(desk(room, "claire"), told.append) == []
    assert [error.path for error in told] == [FLOOD.path]
    with pytest.raises(UnreadableError):
        queue(desk(room, "claire"))
