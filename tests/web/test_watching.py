"""Events of a page: whoever changes a catalog, by whatever program, it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import TEXTS, done
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.web import watching
from transflow.web.office import Office
from transflow.web.watching import Watched, events, stamp_text

FLOOD = CatalogRef("en", "reports", "flood")


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SECONDS", 0.02)
    monkeypatch.setattr(watching, "_STEP", 0.01)


def watched(office: Office, who: str, place: CatalogRef = FLOOD) -> Watched:
    return Watched(office, office.sessions.begin(who, ""), place, "translate", "en")


def told(page: Watched, change: Callable[[], object], most: int = 200) -> list[str]:
    """Return what a page is told after a change, until an event comes or the stream ends."""
    before = stamp_text(page.office.project(), page.place)

    async def listen() -> list[str]:
        found: list[str] = []
        stream = events(page, before)
        assert await anext(stream) == "retry: 2000\n\n"
        change()
        async for event in stream:
            found.append(event)
            if event.startswith("event:") or len(found) > most:
                break
        await stream.aclose()  # type: ignore[attr-defined]
        return found

    return asyncio.run(listen())


def test_a_change_by_a_command_is_told_with_the_new_marks(room: Path, office: Office) -> None:
    events_told = told(watched(office, "mina"), lambda: done(room, "unit", "set", "flood#1", TEXTS[0], user="claire"))
    data = json.loads(events_told[-1].partition("data: ")[2])
    units = Project(room).load(FLOOD).units
    assert data["marks"] == {unit.id: state_digest(unit) for unit in units}
    assert data["progress"].startswith("1 of 5 done")


def test_a_change_by_another_program_is_told(room: Path, office: Office) -> None:
    path = room / FLOOD.path
    text = path.read_text(encoding="utf-8")

    def change() -> None:
        path.write_text(text.replace('msgstr ""\n\n', 'msgstr "Floods"\n\n', 1) + "\n", encoding="utf-8")

    assert told(watched(office, "mina"), change)[-1].startswith("event: marks")


def test_a_story_is_told_of_its_reports_too(room: Path, office: Office) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "approve", "flood", user="mina")
    done(room, "compose", "flood-story", "--from", "flood", user="eugene")
    page = watched(office, "eugene", CatalogRef("en", "articles", "flood-story"))
    assert told(page, lambda: done(room, "unit", "set", "flood#1", "Floods", user="leejin"))[-1].startswith(
        "event: story"
    )


def test_a_stream_ends_with_the_session(room: Path, office: Office) -> None:
    page = watched(office, "mina")

    def change() -> None:
        office.sessions.end(page.token)
        done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")

    assert [each for each in told(page, change) if each.startswith("event:")] == []


def test_a_stream_ends_with_the_server(office: Office) -> None:
    page = watched(office, "mina")

    def change() -> None:
        office.is_ending = lambda: True

    assert told(page, change) == []
