"""Specification of any calls at all, in any order, while people work beside the agent."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.agents import agent
from support.random_calls import RandomCalls

pytestmark = pytest.mark.slow


def assert_sound(folder: Path, seed: int, number: int) -> None:
    with agent(folder) as helper:
        calls = RandomCalls(folder, helper, seed)
        calls.run(number)
        calls.undo()
    calls.watch.assert_cleared()
    assert calls.counts["draft done"] > number / 10
    assert calls.counts["other refused"] > 0 == calls.counts["other done"]


def test_some_calls(desk_room: Path) -> None:
    assert_sound(desk_room, 1, 300)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_thousand_calls(desk_room: Path, seed: int) -> None:
    assert_sound(desk_room, seed, 10_000)
