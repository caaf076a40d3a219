"""The kept queue: what waits now, whoever changed which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import STAFF, TEXTS, done
from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.reports.kept_queue import KeptQueue
from transflow.actions.reports.queue import queue
from transflow.errors import UnreadableError
from transflow.model.settings import Person
from transflow.project import CatalogRef, Project

FLOOD = CatalogRef("en", "reports", "flood")
NOW = "2024-03-26T03:00:00Z"


class Desk:
    """A project that stays open, with the kept queue of one person, compared with a fresh one."""

    def __init__(self, folder: Path, who: str) -> None:
        self.project, self.kept, self.who = Project(folder), KeptQueue(), who

    def actor(self, now: str = NOW) -> Actor:
        user = self.project.settings.person(self.who)
        assert isinstance(user, Person)
        return Actor(self.project, user, now)

    def waiting(self, now: str = NOW) -> list[tuple[str, str]]:
        found = self.kept.entries(self.actor(now))
        assert found == queue(self.actor(now))
        return [(each.place.slug, each.reason) for each in found]


def assign(folder: Path, due: str = "") -> None:
    mina = next(each for each in STAFF if each.id == "mina")
    intake.assign(Actor(Project(folder), mina, NOW), "flood", ["claire"], due=due)


def test_a_change_by_any_program_is_seen(room: Path) -> None:
    desk = Desk(room, "claire")
    assert desk.waiting() == []
    done(room, "assign", "flood", "--to", "claire", "--as", "mina")
    assert desk.waiting() == [("flood", "translate")]
    (room / FLOOD.path).unlink()
    assert desk.waiting() == []


def test_a_deadline_passes_although_no_file_changes(room: Path) -> None:
    assign(room, "2024-03-28 12:00")
    desk = Desk(room, "claire")
    assert [each.overdue for each in desk.kept.entries(desk.actor())] == [False]
    desk.waiting("2024-03-29T03:00:00Z")
    assert [each.overdue for each in desk.kept.entries(desk.actor("2024-03-29T03:00:00Z"))] == [True]


def test_a_role_that_was_taken_away_takes_its_work_with_it(room: Path) -> None:
    desk = Desk(room, "mina")
    assert desk.waiting() == [("flood", "assign")]
    settings = room / "transflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"editor"', '"writer"'), encoding="utf-8")
    assert desk.waiting() == []


def test_a_corrected_report_concerns_its_story(room: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, "--as", "claire")
    done(room, "compose", "story", "--from", "flood", "--as", "eugene")
    desk = Desk(room, "eugene")
    before = desk.waiting()
    done(room, "unit", "set", "flood#2", "Something else.", "--as", "claire")
    done(room, "glossary", "add", "홍수", "flood", "--as", "mina")
    assert before
    desk.waiting()


def test_unchanged_catalogs_are_not_read_again(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(room, "mina")
    desk.kept.entries(desk.actor())
    monkeypatch.setattr(desk.project, "load", lambda place: pytest.fail(f"{place} was read"))
    assert [each.reason for each in desk.kept.entries(desk.actor())] == ["assign"]


def test_an_unreadable_catalog_is_named_each_time(room: Path) -> None:
    (room / FLOOD.path).write_bytes(b"what?")
    desk, named = Desk(room, "mina"), list[UnreadableError]()
    for _ in range(2):
        assert desk.kept.entries(desk.actor(), named.append) == []
    assert [each.path for each in named] == [FLOOD.path] * 2
    with pytest.raises(UnreadableError):
        desk.kept.entries(desk.actor())


def test_it_is_kept_for_one_person(room: Path) -> None:
    assign(room)
    assert [Desk(room, who).waiting() for who in ("claire", "leejin")] == [[("flood", "translate")], []]
