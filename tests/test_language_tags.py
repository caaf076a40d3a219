"""Tags and names of languages as other programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.language_tags import agree, is_same_language, named, normalised


@pytest.mark.parametrize("tag", ["ko", "KO", "kor", "ko-KR", "ko_KR", "KOR-kr"])
def test_spellings_of_a_tag_are_one_language(tag: str) -> None:
    assert is_same_language(tag, "ko")
    assert agree(tag, "ko")
    assert not is_same_language(tag, "en")


def test_regions_must_agree_if_both_are_named() -> None:
    assert agree("eng", "en_US")
    assert agree("en_US", "en")
    assert not agree("pt-PT", "pt_BR")
    assert not agree("", "")


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Korean", "ko"), ("한국어", "ko"), ("ENG", "en"), ("en_US", "en-us"), ("영어", "en"), ("evil", ""), ("is", "")],
)
def test_a_language_is_known_by_tag_and_by_name(text: str, tag: str) -> None:
    assert named(text) == tag


@given(st.text(max_size=12))
def test_a_normalised_tag_stays(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
