"""Texts in terminal cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from transflow.presenters.cells import fitted


@given(st.text(alphabet="ab 한국漢\u0301\t", max_size=30), st.integers(0, 20), st.booleans())
def test_a_text_is_never_wider_than_asked_and_fills_where_it_should(text: str, width: int, fill: bool) -> None:
    part = fitted(text, width, fill=fill)
    assert cell_len(part.text) == part.width <= width
    if fill:
        assert part.width == width


def test_a_syllable_that_does_not_fit_is_cut_whole() -> None:
    assert fitted("유엔이", 4).text == "유…"
    assert fitted("유엔이", 4, fill=True).text == "유… "
    assert fitted("유엔이", 6).text == "유엔이"
