"""Review by risk: `r` goes to the unread sentence that most speaks against, and says what."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project
from support.screens import App, opened, painted, played, press, running, said, until
from transflow.actions import utc_now
from transflow.actions.judges.known import Judged, KnownJudgements
from transflow.judges import JudgeFinding
from transflow.presenters.assistants import installed_assistants
from transflow.project import CatalogRef, Project, cache

FLOOD = CatalogRef("en", "reports", "flood")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv(cache.OFF, raising=False)
    room = new_project(tmp_path / "room")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#2", "Thirty bridges failed on the night of the 5th.", user="claire")
    project = Project(room)
    units = project.load(FLOOD).units
    with closing(KnownJudgements(project)) as known:
        for number, weight in ((3, "critical"), (4, "minor")):
            unit = units[number - 1]
            finding = JudgeFinding("", (0, 3), weight, "accuracy", 1.0, f"Reason {number}.")  # type: ignore[arg-type]
            known.add(
                FLOOD, unit.id, Judged("openai/m", "1", unit.source, unit.target, "2024-03-26T03:00:00Z", (finding,))
            )
        known.save()
    return room


def unread(pilot: App) -> str:
    """Return the beginning of the source under the cursor."""
    unit = opened(pilot).sheet.unit
    return unit.source[:4] if unit else ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_riskiest_unread_sentence_comes_first_with_the_reason(room: Path, size: tuple[int, int]) -> None:
    async def play() -> None:
        helpers = installed_assistants(Project(room))
        async with running(room, "review", "flood#1", who="mina", size=size, helpers=helpers, clock=utc_now) as pilot:
            await until(pilot, lambda: not opened(pilot).view.unchecked())
            seen = []
            for _ in range(5):
                await press(pilot, "r")
                seen.append((unread(pilot), said(pilot)))
            assert [place for place, _ in seen[:3]] == ["다친 사", "강변시 ", "시는 6"]
            assert seen[0][1] == "1 of 5 by risk: openai/m (100% sure): Reason 3."
            assert seen[2][1] == "3 of 5 by risk: openai/m (100% sure): Reason 4."
            assert seen[3][1] == "4 of 5 by risk: no warning; no judge has read it"
            await press(pilot, "r")
            assert "Reason 3." in painted(pilot)
            await press(pilot, "a", "r")
            assert seen[1][0] == unread(pilot)
            assert "1 of 4 by risk" in said(pilot)

    played(play())


def test_what_has_no_room_beside_a_sentence_is_shown_whole_by_a_key(room: Path) -> None:
    project, long = Project(room), "One of many words that say what is wrong, why, and what to write. " * 3
    unit = project.load(FLOOD).units[0]
    with closing(KnownJudgements(project)) as known:
        finding = JudgeFinding("", (0, 3), "major", "style", 1.0, f"{long}The end of it.")
        known.add(FLOOD, unit.id, Judged("openai/m", "1", unit.source, unit.target, "2024-03-26T03:00:00Z", (finding,)))
        known.save()

    async def play() -> None:
        helpers = installed_assistants(Project(room))
        async with running(room, "review", "flood#1", who="mina", size=(80, 24), helpers=helpers) as pilot:
            await until(pilot, lambda: "d shows all of this" in painted(pilot))
            assert "The end of it." not in painted(pilot)
            await press(pilot, "d")
            await until(pilot, lambda: "end of it." in painted(pilot))

    played(play())


def test_a_finding_is_waived_where_it_is_shown(room: Path) -> None:
    async def play() -> None:
        helpers = installed_assistants(Project(room))
        async with running(
            room, "review", "flood#3", who="mina", size=(120, 40), helpers=helpers, clock=utc_now
        ) as pilot:
            await until(pilot, lambda: "Reason 3." in painted(pilot))
            await press(pilot, "i", "=It is right.", "enter")
            await until(pilot, lambda: "Reason 3." not in painted(pilot))

    played(play())
    assert [each.check for each in Project(room).load(FLOOD).units[2].waivers] == ["judge.accuracy"]
