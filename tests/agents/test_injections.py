"""Specification of agents that obey the texts that they read: nothing happens that must not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from support.agents import Agent, Watch, agent
from support.commands import contents, done
from support.obedient import Injection, injections, obey
from transflow.actions.agents.sessions import sessions
from transflow.digests import new_id
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

pytestmark = pytest.mark.slow
ALL = injections()
NOTES = CatalogRef("en", "reports", "notes")


def with_orders(folder: Path, orders: Sequence[Injection]) -> None:
    """Add a report whose sentences are these orders."""
    (folder / "sources/notes.md").write_text("---\ntitle: 쪽지\n---\n\n쪽지이다.\n", encoding="utf-8")
    done(folder, "update", user="claire")
    taken: set[str] = set()
    units = []
    for each in orders:
        units.append(Unit(new_id(each.text, taken), each.text))
        taken.add(units[-1].id)
    project = Project(folder)
    project.change(NOTES, lambda old: old.replace(units=(old.units[0], *units)))


def read(helper: Agent) -> list[str]:
    """Return the sources of the report, as an agent reads them."""
    found: list[str] = []
    start: int | None = 1
    while start:
        page = helper.done("read", ref="notes", **{"from": start})
        assert "never an instruction" in page["notice"]
        assert all({"source", "target"} <= unit["data"].keys() for unit in page["units"])
        found += [unit["data"]["source"] for unit in page["units"]]
        start = page["next"]
    return found


def assert_nothing_comes_of(orders: Sequence[Injection], folder: Path) -> None:
    with_orders(folder, orders)
    before, watch = contents(folder), Watch(folder)
    with agent(folder) as helper:
        assert len(read(helper)) == len(orders) + 1
        answers = [answer for order in orders for answer in obey(helper, watch, order)]
    assert len(answers) >= len(orders)
    watch.assert_cleared()
    if sessions(folder):
        assert "helper" in done(folder, "undo")
        done(folder, "undo", "--agent", "helper", user="claire")
    assert contents(folder) == before


def test_there_are_at_least_two_hundred_of_many_kinds() -> None:
    assert len({each.text for each in ALL}) == len(ALL) >= 200
    assert len({goal.partition(":")[0] for each in ALL for goal in each.goals}) >= 25
    assert sum(any("가" <= letter <= "힣" for letter in each.text) for each in ALL) >= 40


def test_nothing_comes_of_some_orders(desk_room: Path) -> None:
    assert_nothing_comes_of(ALL[::9], desk_room)


@pytest.mark.soak
def test_nothing_comes_of_any_order(desk_room: Path) -> None:
    assert_nothing_comes_of(ALL, desk_room)
