"""Marks: changes that produce another mark, and changes that do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from support.strategies import units
from transflow.model.unit import Act, Approval, Assignment, Authorship, Conflict, Question, Unit, Waiver
from transflow.units.marks import state_digest, text_digest, text_part

TIME = "2024-03-26T03:00:00Z"
UNIT = Unit("k7f3q2mx", "유엔은 서한을 공개했다.", "The U.N. released the letter.")


@pytest.mark.parametrize("field", ["id", "source", "target"])
def test_another_text_is_another_mark_of_both_kinds(field: str) -> None:
    other = UNIT.replace(**{field: "another"})
    assert text_digest(other) != text_digest(UNIT)
    assert state_digest(other) != state_digest(UNIT)


@pytest.mark.parametrize(
    "change",
    [
        {"fuzzy": True},
        {"previous": "유엔은 서한을 보냈다."},
        {"omitted": Act("mina", TIME, "said above")},
        {"cut": Act("mina", TIME, "said above")},
        {"returned": Act("mina", TIME, "Which letter?")},
        {"approved": Approval("mina", TIME, "0" * 16)},
        {"conflicts": (Conflict("leejin", TIME, "The UN published it."),)},
        {"questions": (Question("leejin", TIME, "", "Which letter?"),)},
        {"waivers": (Waiver("figures", "mina", TIME, "0" * 16, "A name."),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_judged_besides_the_texts_changes_the_whole_mark_only(change: dict[str, Any]) -> None:
    other = UNIT.replace(**change)
    assert text_digest(other) == text_digest(UNIT)
    assert state_digest(other) != state_digest(UNIT)


def test_comments_assignments_and_shares_are_no_change_of_what_was_read() -> None:
    other = UNIT.replace(
        comments=("Good.",), assigned=Assignment("claire"), by=(Authorship("claire", TIME, 5),), moved=TIME
    )
    assert state_digest(other) == state_digest(UNIT)


@given(units())
def test_the_text_mark_can_be_read_off_the_whole_one(unit: Unit) -> None:
    assert text_part(state_digest(unit)) == text_part(text_digest(unit)) == text_digest(unit)


@given(units(), units())
def test_units_that_differ_in_their_texts_never_share_a_mark(one: Unit, other: Unit) -> None:
    same = (one.id, one.source, one.target) == (other.id, other.source, other.target)
    assert (text_digest(one) == text_digest(other)) is same
