"""The queue of a person: whose turn it is, and the order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from support.commands import STAFF, TEXTS
from transflow.actions import Actor
from transflow.actions.reports import handover
from transflow.actions.reports.intake import assign
from transflow.actions.reports.queue import Waiting, queue
from transflow.actions.stories import article, clearance, publish
from transflow.actions.units import steps
from transflow.errors import UnreadableError
from transflow.model.settings import Person
from transflow.project import CatalogRef, Project

FLOOD = CatalogRef("en", "reports", "flood")
DAYS = tuple(f"2024-03-{day}T03:00:00Z" for day in (26, 27, 28, 29))


def actor(folder: Path, who: str, now: str = DAYS[0]) -> Actor:
    return Actor(Project(folder), next(person for person in STAFF if person.id == who), now)


def waiting(folder: Path, who: str, now: str = DAYS[0]) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(each.place.slug, each.reason, each.numbers) for each in queue(actor(folder, who, now))]


def translate(folder: Path, *numbers: int, who: str = "claire") -> None:
    for number in numbers:
        steps.confirm(actor(folder, who), f"flood#{number}", TEXTS[number - 1])


def test_what_is_assigned_waits_for_its_translator_only(room: Path) -> None:
    assign(actor(room, "mina"), "flood", ["claire"], "1-3")
    assert waiting(room, "claire") == [("flood", "translate", (1, 2, 3))]
    assert waiting(room, "leejin") == []


def test_what_is_late_comes_first_and_says_so(room: Path) -> None:
    assign(actor(room, "mina"), "flood", ["claire"], "4-5", "2024-03-28 12:00")
    assign(actor(room, "mina"), "flood", ["claire"], "1-3")
    steps.ask(actor(room, "leejin"), "flood#1", "Sure?", "claire")
    assert [what for _, what, _ in waiting(room, "claire")] == ["translate", "question"]
    found = queue(actor(room, "claire", DAYS[3]))
    assert found[0] == Waiting(FLOOD, "translate", (1, 2, 3, 4, 5), "2024-03-28T03:00:00Z", overdue=True)


def test_a_question_to_nobody_waits_for_everybody_but_who_asked(room: Path) -> None:
    steps.ask(actor(room, "claire"), "flood#2", "Three?")
    assert waiting(room, "claire") == []
    for who in ("leejin", "jeong", "mina"):
        assert waiting(room, who)[:1] == [("flood", "question", (2,))]


def test_what_was_sent_back_waits_for_its_author_or_whom_it_is_assigned_to(room: Path) -> None:
    translate(room, 1, 2)
    steps.send_back(actor(room, "mina"), "flood#1-2", "Again.")
    assert waiting(room, "claire") == [("flood", "returned", (1, 2))]
    assign(actor(room, "mina"), "flood", ["leejin"], "2")
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
    steps.approve(actor(room, "mina"), "flood")
    article.compose_article(actor(room, "eugene"), "bridges", ["flood"])
    steps.confirm(actor(room, "eugene"), "bridges")
    assert waiting(room, "mina") == []
    clearance.ready(actor(room, "eugene"), "bridges")
    assert waiting(room, "mina") == [("bridges", "clear", ())]
    assert waiting(room, "eugene") == []
    clearance.clear(actor(room, "mina"), "bridges")
    assert waiting(room, "mina") == []


def test_what_is_assigned_to_nobody_waits_for_editors_to_assign_in_one_line_a_report(room: Path) -> None:
    assign(actor(room, "mina"), "flood", ["claire"], "1-2")
    steps.draft(Actor(Project(room), Person("mt:deepl"), DAYS[0]), "flood#4", "They began.")
    assert waiting(room, "mina") == waiting(room, "juno") == [("flood", "assign", (3, 4, 5))]
    assert waiting(room, "leejin") == []
    elsewhere = replace(actor(room, "mina").user, locales=("vi",))
    assert queue(Actor(Project(room), elsewhere, DAYS[0])) == []
    assign(actor(room, "mina"), "flood", ["claire"], "3-5")
    assert waiting(room, "mina") == []


def test_a_published_story_that_reads_otherwise_now_waits_for_editors_to_look_at_and_clear(room: Path) -> None:
    composed(room)
    steps.confirm(actor(room, "eugene"), "bridges")
    clearance.ready(actor(room, "eugene"), "bridges")
    clearance.clear(actor(room, "mina"), "bridges")
    publish.record_publication(actor(room, "mina"), "bridges", ["https://example.org/bridges"])
    assert waiting(room, "mina") == []
    steps.confirm(actor(room, "claire", DAYS[1]), "flood#3", "No one was hurt.")
    assert ("bridges", "look", (2,)) in waiting(room, "mina", DAYS[1])
    assert waiting(room, "eugene", DAYS[1]) == []
    article.compose_article(actor(room, "eugene", DAYS[1]), "bridges", [])
    assert ("bridges", "look", (2,)) in waiting(room, "mina", DAYS[1])  # composed, and nobody has looked at it yet
    assert waiting(room, "eugene", DAYS[1]) == [("bridges", "look", (2,))]
    steps.confirm(actor(room, "eugene", DAYS[1]), "bridges#2", "Nobody was hurt that night.")
    assert ("bridges", "clear", ()) in waiting(room, "mina", DAYS[1])
    clearance.clear(actor(room, "mina", DAYS[1]), "bridges")
    assert ("bridges", "update", ()) in waiting(room, "mina", DAYS[1])
    assert "update" not in [what for _, what, _ in waiting(room, "eugene", DAYS[1])]


def composed(folder: Path) -> None:
    translate(folder, 1, 2, 3, 4, 5)
    steps.approve(actor(folder, "mina"), "flood")
    article.compose_article(actor(folder, "eugene"), "bridges", ["flood"])


def test_a_story_waits_for_its_writer_from_the_first_draft_to_ready(room: Path) -> None:
    composed(room)
    assert waiting(room, "eugene") == [("bridges", "write", (1, 2, 3))]
    assert waiting(room, "claire") == []
    steps.confirm(actor(room, "eugene"), "bridges#1-2")
    assert waiting(room, "eugene") == [("bridges", "write", (3,))]
    steps.confirm(actor(room, "eugene"), "bridges#3")
    assert waiting(room, "eugene") == [("bridges", "ready", ())]
    clearance.ready(actor(room, "eugene"), "bridges")
    assert waiting(room, "eugene") == []


def test_a_changed_translation_takes_its_paragraph_to_the_writer_and_not_to_whose_words_it_has(room: Path) -> None:
    composed(room)
    steps.confirm(actor(room, "eugene"), "bridges")
    clearance.ready(actor(room, "eugene"), "bridges")
    clearance.clear(actor(room, "mina"), "bridges")
    steps.confirm(actor(room, "claire"), "flood#3", "No one was hurt.")
    assert waiting(room, "eugene") == [("bridges", "compose", (2,))]
    article.compose_article(actor(room, "eugene"), "bridges", [])
    assert waiting(room, "eugene") == [("bridges", "look", (2,))]
    assert waiting(room, "claire") == []


def test_a_paragraph_that_is_assigned_waits_for_whom_it_was_given_to(room: Path) -> None:
    composed(room)
    assign(actor(room, "mina"), "bridges", ["juno"], "2")
    assert waiting(room, "juno") == [("bridges", "write", (2,))]
    assert waiting(room, "eugene") == [("bridges", "write", (1, 3))]


def test_a_killed_story_waits_for_nobody(room: Path) -> None:
    composed(room)
    place = CatalogRef("en", "articles", "bridges")
    Project(room).change(place, lambda old: old.replace(header=old.header.replace(X_Killed=f"mina {DAYS[0]}")))
    assert waiting(room, "eugene") == []


def test_a_catalog_that_cannot_be_read_stops_only_who_does_not_want_to_know(room: Path) -> None:
    (room / FLOOD.path).write_text("junk\n", encoding="utf-8")
    told: list[UnreadableError] = []
    assert queue(actor(room, "claire"), told.append) == []
    assert [error.path for error in told] == [FLOOD.path]
    with pytest.raises(UnreadableError):
        queue(actor(room, "claire"))


def test_a_killed_story_waits_for_editors_until_its_page_is_gone(room: Path) -> None:
    composed(room)
    steps.confirm(actor(room, "eugene"), "bridges")
    clearance.ready(actor(room, "eugene"), "bridges")
    clearance.clear(actor(room, "mina"), "bridges")
    page = "https://example.org/bridges"
    publish.record_publication(actor(room, "mina"), "bridges", [page])
    publish.kill(actor(room, "mina", DAYS[1]), "bridges", "The source took it back.")
    assert ("bridges", "take-down", ()) in waiting(room, "mina", DAYS[1])
    assert ("bridges", "take-down", ()) not in waiting(room, "eugene", DAYS[1])
    items = handover.open_items(actor(room, "mina", DAYS[1]))
    assert [each.task for each in items if each.place.slug == "bridges"] == ["take-down"]
    publish.record_removal(actor(room, "mina", DAYS[1]), "bridges", [page])
    assert [each for each in waiting(room, "mina", DAYS[1]) if each[0] == "bridges"] == []
    assert [each for each in handover.open_items(actor(room, "mina", DAYS[1])) if each.place.slug == "bridges"] == []
