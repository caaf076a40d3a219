"""Parts of the merge: groups of units, order of words, and accepted drafts."""

from __future__ import annotations

import pytest

from transflow.merge.sides import Side
from transflow.merge.structure import groups
from transflow.merge.texts import is_accepted_draft
from transflow.merge.words import SourceToken, _with_ascending_units
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import Authorship, Ref, Share, Unit

A, B, HALF = "aaaaaaaa", "bbbbbbbb", "hhhhhhhh"


def side(*units: Unit) -> Side:
    return Side.of(Catalog(Header(), units))


def test_a_half_that_is_only_in_a_join_groups_both_sentences() -> None:
    """It was split off one sentence and joined to the other since: only its words show that."""
    base = side(Unit(A, "다리가 열렸다 그리고 닫혔다"), Unit(B, "시장이 섰다"))
    later = side(Unit(A, "다리가 열렸다"), Unit(B, "그리고 닫혔다 시장이 섰다", joined=(HALF,)))
    assert groups(base, later, base) == groups(base, base, later) == [frozenset({A, B, HALF})]
    known = side(Unit(A, "다리가 열렸다 그리고 닫혔다"), Unit(B, "그리고 닫혔다 시장이 섰다", joined=(HALF,)))
    assert groups(base, known, base) == [frozenset({B, HALF})], "the sentence still has these words"


def test_sentences_whose_words_changed_are_no_group() -> None:
    base = side(Unit(A, "다리가 열렸다"), Unit(B, "시장이 섰다"))
    later = side(Unit(A, "길이 열렸다"), Unit(B, "다리가 섰다"))
    assert groups(base, later, base) == []


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("0! 1? 1!", [0, 1, 1]),
        ("0! 2? 1!", [0, 1, 1]),
        ("1! 0? 2!", [1, 1, 2]),
        ("0! 1? 1? 2? 2!", [0, 1, 1, 2, 2]),
        ("1? 0!", [0, 0]),
        ("0! 3?", [0, 0]),
        ("1! 0!", [1, 0]),
        ("2? 1?", [0, 0]),
        ("", []),
    ],
)
def test_words_of_uncertain_place_stay_between_those_around_them(places: str, expected: list[int]) -> None:
    tokens = [SourceToken("word", None, int(each[0]), each[1] == "!") for each in places.split()]
    assert [token.unit_index for token in _with_ascending_units(tokens)] == expected


def test_a_draft_is_accepted_only_if_nobody_wrote_a_word_of_it() -> None:
    base = Unit(A, "One ran.", "One ran.", refs=(Ref("letter", B),))
    taken = base.replace(source="One sat. Two.", target="One sat.", fuzzy=True, translated=(Share("claire", 2),))
    assert is_accepted_draft(base, taken.replace(by=(Authorship("eugene", "2024-03-26T03:00:00Z", 0),)))
    for change in (
        {"by": (Authorship("eugene", "2024-03-26T03:00:00Z", 1),)}, {"refs": ()}, {"fuzzy": False}, {"translated": ()},
        {"source": "One ran."}, {"target": "Three."},
    ):  # fmt: skip
        assert not is_accepted_draft(base, taken.replace(**change))
