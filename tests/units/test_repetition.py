"""The same sentence at several places."""

from __future__ import annotations

from hypothesis import given

from support.strategies import units
from transflow.attribution.authorship import is_attributed
from transflow.model.unit import Unit
from transflow.units.repetition import same_without_text, with_text_of


def test_only_the_same_sentence_without_a_text_is_found() -> None:
    origin = Unit("00000001", "같은 문장이다.", "The same.")
    twin, done, other = Unit("00000002", "같은  문장이다."), origin.replace(id="00000003"), Unit("00000004", "다르다.")
    assert same_without_text((origin, twin, done, other), origin) == [twin]


@given(units())
def test_a_text_that_is_used_again_keeps_its_shares(origin: Unit) -> None:
    filled = with_text_of(Unit("00000002", origin.source), origin)
    assert (filled.by, filled.translated, filled.target) == (origin.by, origin.translated, origin.target)
    assert is_attributed(filled) == is_attributed(origin)
    assert filled.fuzzy
    assert filled.id == "00000002"
