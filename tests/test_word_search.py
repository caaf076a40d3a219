"""Words in any order, phrases, and Korean with other spaces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.word_search import parse_words

LETTER = "유엔 인권이사회는 서한을 냈다."


@pytest.mark.parametrize(
    "wanted",
    ["인권이사회", "인권 이사회", '"인권 이사회"', "서한을 유엔", "유엔인권이사회", "“서한을 냈다”", '"서한을 냈'],
)
def test_korean_is_found_with_and_without_spaces(wanted: str) -> None:
    assert parse_words(wanted).is_in(LETTER)
    assert parse_words("인권이사회").is_in("유엔 인권 이사회의 서한")


def test_letters_that_meet_across_words_are_no_compound() -> None:
    assert not parse_words("나라면").is_in("하나 라면")
    assert not parse_words("서한 대표").is_in(LETTER)


def test_words_stand_in_any_order_on_any_side_and_phrases_as_they_are() -> None:
    english = "The U.N. Human Rights Council sent a letter."
    assert parse_words("letter COUNCIL 서한").is_in(LETTER, english)
    assert parse_words('"human rights" letter').is_in(LETTER, english)
    assert not parse_words('"rights human"').is_in(LETTER, english)
    assert not parse_words("letters").is_in(english)
    assert parse_words(' "" ').parts == ()


@given(st.text("가나 ab", max_size=20))
def test_a_text_is_found_by_its_words_and_by_itself(text: str) -> None:
    assert parse_words(" ".join(reversed(text.split()))).is_in(text)
    assert parse_words(f'"{text}"').is_in(text)
