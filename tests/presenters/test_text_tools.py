"""Words, case and completion of the text in the editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.presenters.assistants import Suggestion, TermHint
from transflow.presenters.text_tools import completion, completions, next_case, word_span


def test_case_goes_round_three_forms() -> None:
    forms = ["north korea", "North Korea", "NORTH KOREA", "north korea"]
    assert [next_case(form) for form in forms] == [*forms[1:], forms[1]]
    assert next_case("nOrTh") == "north"


@given(st.text("abcDEF ’-.é", max_size=20))
def test_case_changes_nothing_but_case(text: str) -> None:
    assert next_case(text).casefold() == text.casefold()


def test_a_word_is_found_at_its_beginning_and_its_end() -> None:
    assert [word_span("The U.N. said", at) for at in (0, 3, 5, 7, 13)] == [(0, 3), (0, 3), (4, 7), (4, 7), (9, 13)]
    assert word_span("a  b", 2) == (2, 2)


@pytest.mark.parametrize(
    ("before", "after", "rest"),
    [
        ("He met Ki", "", "m Jong Un"),
        ("He met Kim J", " again", "ong Un"),
        ("Ki", "m", ""),
        ("He met K", "", ""),
        ("taKi", "", ""),
        ("refo", "", "ulement"),
        ("Kim Jong Un", "", ""),
    ],
)
def test_what_is_typed_is_completed_by_a_term_or_a_long_word(before: str, after: str, rest: str) -> None:
    found = completions(
        [TermHint("김정은", "Kim Jong Un"), TermHint("밥", "–")], [Suggestion(90, "", "no refoulement")]
    )
    assert found == ("Kim Jong Un", "refoulement")
    assert completion(before + after, len(before), found) == rest
