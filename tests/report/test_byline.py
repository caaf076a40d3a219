"""Bylines: the names in what newsrooms and agencies write."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.report.byline import reporters

KNOWN = frozenset({"이정은", "김하늘", "Jeong Eun Lee", "Haneul Kim", "Lee, Jeong Eun", "jeong"})
ONE = ["이정은"]
BOTH = ["이정은", "김하늘"]


def names(byline: str) -> list[str]:
    return [each.name for each in reporters(byline, KNOWN)]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("이정은", ONE),
        ("이정은 기자", ONE),
        ("이정은기자", ONE),
        ("기자 이정은", ONE),
        ("정치부 이정은 기자", ONE),
        ("이정은 정치부 기자", ONE),
        ("이정은 인턴기자", ONE),
        ("이정은 객원 기자", ONE),
        ("이정은 논설위원", ONE),
        ("이정은 베이징 특파원", ONE),
        ("이정은 특파원(베이징)", ONE),
        ("이정은 기자 jeong@rfa.org", ONE),
        ("이정은 기자 a@b", ONE),
        ("이정은 기자(jeong@rfa.org) 02-123-4567", ONE),
        ("이정은 기자 jeong(at)rfa.org", ONE),
        ("<jeong@rfa.org>", []),
        ("서울=이정은 기자", ONE),
        ("[베이징=AP/뉴시스] 이정은 기자", ONE),
        ("(서울=연합뉴스) 이정은 기자 =", ONE),
        ("서울=연합뉴스", ["연합뉴스"]),
        ("서울/이정은 기자", ONE),
        ("글·사진=이정은", ONE),
        ("글·사진 이정은 기자", ONE),
        ("글=이정은, 사진=김하늘", BOTH),
        ("글 이정은 사진 김하늘", BOTH),
        ("취재: 이정은, 김하늘", BOTH),
        ("취재/이정은 사진/김하늘", BOTH),
        ("[이정은, 김하늘]", BOTH),
        ("""["이정은", '김하늘']""", BOTH),
        ("이정은 기자·김하늘 인턴기자", BOTH),
        ("이정은 김하늘 기자", BOTH),
        ("이정은 및 김하늘", BOTH),
        ("베이징=이정은 특파원·김하늘 기자", BOTH),
        ("이정은 기자 외 1명", ONE),
        ("By Jeong Eun Lee and Haneul Kim", ["Jeong Eun Lee", "Haneul Kim"]),
        ("By By Jeong Eun Lee", ["Jeong Eun Lee"]),
        ("By: Jeong Eun Lee, Staff Writer", ["Jeong Eun Lee"]),
        ("Jeong Eun Lee in Seoul", ["Jeong Eun Lee"]),
        ("Lee, Jeong Eun", ["Lee, Jeong Eun"]),
        ("jeong", ["jeong"]),
        ("", []),
        (" · ", []),
    ],
)
def test_a_name_is_found_in_whatever_stands_around_it(byline: str, expected: list[str]) -> None:
    assert names(byline) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("박철수 오사카 특파원", ["박철수"]),
        ("오세훈 최민수", ["오세훈", "최민수"]),
        ("정은 리", ["정은 리"]),
        ("김 하늘", ["김 하늘"]),
        ("박기자단", ["박기자단"]),
        ("한국방송 박철수 기자", ["박철수"]),
        ("Sean O'Brien", ["Sean O'Brien"]),
        ("p-7k2m", ["p-7k2m"]),
    ],
)
def test_an_unknown_name_is_told_from_titles_places_and_departments(byline: str, expected: list[str]) -> None:
    assert names(byline) == expected


PIECES = (
    "이정은",
    "김하늘",
    "기자",
    " ",
    ",",
    "=",
    "·",
    "(",
    ")",
    "[",
    "서울",
    "a@b.org",
    "By ",
    "글",
    "사진",
    "/",
    '"',
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=9).map("".join))
def test_a_name_is_a_slice_of_the_byline_and_no_address(byline: str) -> None:
    found = reporters(byline, KNOWN)
    for each in found:
        assert each.name
        assert byline[each.start : each.end] == each.name
        assert "@" not in each.name
    assert all(one.end <= two.start for one, two in pairwise(found))
