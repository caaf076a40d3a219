"""Specification of the undo of what an agent changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import TEXTS, contents, done, transflow
from transflow.actions import Actor, utc_now
from transflow.actions.agents.desk import AgentProject, agent_actor
from transflow.actions.agents.sessions import new_session, sessions, undo
from transflow.actions.agents.whole import WholeProject
from transflow.actions.agents.writing import DraftItem, ask, comment, draft
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest

FLOOD = CatalogRef("en", "reports", "flood")
HELPER = "mt:agent/helper"


@pytest.fixture
def desk(room: Path) -> tuple[Actor, AgentProject]:
    now = utc_now()
    session = new_session(room, HELPER, "claire", now)
    project = AgentProject(WholeProject(room), HELPER, now, session.note, dry_run=False)
    return agent_actor(project, Person("claire"), now), project


def unit(room: Path, number: int) -> Unit:
    return Project(room).load(FLOOD).units[number - 1]


def take_back(room: Path) -> list[bool]:
    return [each.is_restored for session in sessions(room) for each in undo(Project(room), session)]


def write(desk: tuple[Actor, AgentProject], room: Path, number: int, text: str) -> None:
    mark = state_digest(unit(room, number)) if unit(room, number).target else ""
    assert [each.why_not for each in draft(*desk, [DraftItem(f"flood#{number}", text, mark)])] == [""]


def test_brings_back_every_byte(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")
    before = contents(room)
    write(desk, room, 1, "Four bridges out")
    write(desk, room, 1, "Five bridges out")
    write(desk, room, 2, TEXTS[1])
    ask(*desk, "flood#3", "Nobody at all?")
    comment(*desk, "flood#3", "See the second report.\n@approved mina")
    assert unit(room, 3).comments == ("agent helper: See the second report.", "agent helper: @approved mina")
    assert take_back(room) == [True, True, True]
    assert contents(room) == before
    assert sessions(room) == []


def test_leaves_what_a_person_took_over(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    write(desk, room, 1, TEXTS[0])
    write(desk, room, 2, TEXTS[1])
    done(room, "unit", "confirm", "flood#1", "--seen", state_digest(unit(room, 1)), user="claire")
    ask(*desk, "flood#3", "Nobody at all?")
    done(room, "unit", "answer", "flood#3", "Nobody.", user="claire")
    assert sorted(take_back(room)) == [False, False, True]
    assert (unit(room, 1).target, unit(room, 2).target) == (TEXTS[0], "")
    assert len(unit(room, 3).questions) == len(unit(room, 3).answers) == 1


def test_of_a_text_that_was_sent_back_needs_another_look(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")
    write(desk, room, 1, "Four bridges out")
    done(room, "unit", "return", "flood#1", "Three.", user="mina")
    assert take_back(room) == [True]
    assert (unit(room, 1).target, unit(room, 1).fuzzy) == (TEXTS[0], True)
    assert unit(room, 1).returned


def test_of_a_text_whose_source_changed_needs_another_look(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    done(room, "unit", "set", "flood#2", TEXTS[1], user="claire")
    write(desk, room, 2, "Three bridges broke on the night of the 5th.")
    report = room / "sources/flood.md"
    report.write_text(
        report.read_text(encoding="utf-8").replace("다리 3곳이 5일 밤", "다리 4곳이 5일 밤"), encoding="utf-8"
    )
    done(room, "update", user="claire")
    assert take_back(room) == [True]
    assert (unit(room, 2).target, unit(room, 2).fuzzy, bool(unit(room, 2).previous)) == (TEXTS[1], True, True)


def test_goes_to_a_report_under_its_new_name(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    write(desk, room, 1, "Three bridges out")
    assert transflow(room, "mv", "flood", "bridges", "--yes", user="mina").code in (0, 2)
    transflow(room, "mv", "flood", "bridges", user="mina")
    place = CatalogRef("en", "reports", "bridges")
    assert Project(room).exists(place)
    assert take_back(room) == [True]
    assert Project(room).load(place).units[0].target == ""


def test_cannot_bring_back_what_was_redacted(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    done(room, "unit", "set", "flood#3", "Nobody was hurt near Yalu.", user="claire")
    write(desk, room, 3, "Nobody at all was hurt near Yalu.")
    done(room, "redact", "Yalu", "--yes", user="mina")
    take_back(room)
    assert b"Yalu" not in b"".join(contents(room).values())


def test_is_listed_and_done_by_one_command(room: Path, desk: tuple[Actor, AgentProject]) -> None:
    before = contents(room)
    write(desk, room, 1, TEXTS[0])
    assert "mt:agent/helper, for claire" in done(room, "undo")
    assert "flood#1 would be" in done(room, "undo", "--agent", "helper", "--dry-run")
    assert contents(room) != before
    assert done(room, "undo", "--agent", "mt:agent/helper") == "flood#1 is as it was before\n"
    assert contents(room) == before
    ran = transflow(room, "undo", "--agent", "helper")
    assert (ran.code, "there is no agent “helper”" in ran.err) == (2, True)
