"""A machine's draft that was replaced and comes back is the machine's again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.machines import ENGINE
from support.newsrooms import Clone, at, newsroom
from transflow.actions.units import steps
from transflow.attribution.machines import engine_words
from transflow.units import workflow

DRAFT = "Two bridges in Riverside reopened on Tuesday."


@pytest.fixture
def claire(tmp_path: Path) -> Clone:
    """Return a clone whose sentence 2 was a machine's committed draft, and is claire's now."""
    _, claire = newsroom(tmp_path)
    unit_id = claire.unit(2).id
    place = claire.place()
    claire.project.change(
        place, lambda now: now.map_unit(unit_id, lambda unit: workflow.draft(unit, DRAFT, ENGINE, at(1)))
    )
    claire.commit("draft")
    claire.write("bridges#2", "After months of work, people can cross again.", 2)
    claire.commit("by hand")
    assert engine_words(claire.unit(2)) == 0
    return claire


@pytest.mark.parametrize("step", [steps.confirm, steps.draft])
def test_whoever_writes_it(claire: Clone, step: Callable[..., object]) -> None:
    step(claire.actor(3, "leejin"), "bridges#2", DRAFT.replace("Tuesday", "the 26th"))
    assert engine_words(claire.unit(2)) == 6
    assert {each.who: each.words for each in claire.unit(2).by}["leejin"] == 2


def test_another_text_is_that_of_whoever_wrote_it(claire: Clone) -> None:
    claire.write("bridges#2", "On Tuesday the mayor cut a ribbon, and both crossings were open.", 3)
    assert engine_words(claire.unit(2)) == 0
