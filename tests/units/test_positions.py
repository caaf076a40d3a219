"""Positions of units in a catalog."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UsageError
from transflow.units.positions import format_positions, parse_positions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", (3,)),
        ("1-4", (1, 2, 3, 4)),
        ("1-3,7", (1, 2, 3, 7)),
        (" 7 , 1 - 2 ", (1, 2, 7)),
        ("1-3,2-4", (1, 2, 3, 4)),
        ("2–3", (2, 3)),
        ("2~3", (2, 3)),
        ("5-5", (5,)),
    ],
)
def test_positions_are_ascending_and_each_there_once(text: str, expected: tuple[int, ...]) -> None:
    assert parse_positions(text, 9) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "does not say which sentences"),
        ("1,,2", "does not say which sentences"),
        ("a", "does not say which sentences"),
        ("1-", "does not say which sentences"),
        ("-3", "does not say which sentences"),
        ("1.5", "does not say which sentences"),
        ("9" * 5000, "does not say which sentences"),
        ("5-2", "“5-2” runs backwards: write 2-5"),
        ("0-3", "no sentence 0: they go from 1 to 9"),
        ("8-10", "no sentence 10: they go from 1 to 9"),
        ("1-999999999", "no sentence 999999999"),
    ],
)
def test_what_is_no_list_of_positions_is_an_error_that_says_so(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        parse_positions(text, 9)


def test_a_report_without_sentences_has_no_positions() -> None:
    with pytest.raises(UsageError, match="there are no sentences here"):
        parse_positions("1", 0)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_spelling_positions_and_reading_them_are_inverse(wanted: set[int]) -> None:
    assert parse_positions(format_positions(wanted), 60) == tuple(sorted(wanted))


def test_neighbours_are_spelled_as_a_range() -> None:
    assert format_positions((7, 1, 2, 3, 9, 10)) == "1-3,7,9-10"
