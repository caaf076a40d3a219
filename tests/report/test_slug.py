"""Slugs, the names of reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.report import slugify, valid_slug


@pytest.mark.parametrize(
    ("title", "date", "slug"),
    [
        ("UN asks China not to return 7 refugees", "", "un-asks-china-not-to-return-7-refugees"),
        ("Kim’s letter: what it says", "2024-03-26", "2024/kims-letter-what-it-says"),
        ("Đà Nẵng đón khách", "", "da-nang-don-khach"),
        ("ＮＫ News", "어제", "nk-news"),
        ("유엔, 중국에 서한", "2024-03-26", None),
        ("G7 정상회의 내일 열려", "", None),
        ("BTS 컴백", "", "bts"),
        ("2024-03-26", "", None),
        ("", "", None),
        ("!!!", "", None),
    ],
)
def test_a_headline_in_latin_letters_makes_a_slug(title: str, date: str, slug: str | None) -> None:
    assert slugify(title, date) == slug


def test_a_long_headline_is_cut_between_words() -> None:
    assert slugify("word " * 30, "") == "-".join(["word"] * 16)
    assert slugify("w" * 100, "") == "w" * 80


@given(st.one_of(st.text(), st.text("abcXYZ 019-'é")), st.sampled_from(["", "2024-03-26", "x"]))
def test_a_slug_that_is_made_is_valid(title: str, date: str) -> None:
    slug = slugify(title, date)
    assert slug is None or valid_slug(slug)


@pytest.mark.parametrize("name", ["un-letter", "2024/un-letter", "7", "a" * 80, "a--b-"])
def test_lower_case_ascii_is_a_valid_slug(name: str) -> None:
    assert valid_slug(name)


@pytest.mark.parametrize(
    "name",
    ["", "-a", "Un-letter", "a b", "a/b", "24/a", "2024/", "2024/a/b", "../a", "a.md", "a" * 81, "a\n", "유엔", "２"],
)
def test_anything_else_is_no_slug(name: str) -> None:
    assert not valid_slug(name)
