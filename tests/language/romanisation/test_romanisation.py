"""Romanised spellings of Korean names, tested on names of public people."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import paths
from transflow.language.romanisation.names import is_given, is_spelling, judge_spelling
from transflow.language.romanisation.surnames import parts, spellings
from transflow.language.romanisation.syllables import could_be

NAMES = paths.TESTS / "data" / "names.tsv"


@cache
def people() -> list[tuple[str, str]]:
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(korean, english) for korean, english in rows]


@cache
def families(korean: str) -> set[str]:
    return {family for family, _ in parts(korean)}


def test_there_are_enough_names_and_each_once() -> None:
    assert len(people()) >= 430
    assert len(set(people())) == len(people())


def test_nearly_every_real_spelling_is_accepted() -> None:
    refused = [pair for pair in people() if not is_spelling(*pair)]
    assert len(refused) <= 0.02 * len(people()), refused


def test_hardly_anybody_is_taken_for_another_with_the_same_family_name() -> None:
    pairs = [
        (one, spelling)
        for (one, _), (other, spelling) in permutations(people(), 2)
        if one != other and families(one) & families(other)
    ]
    assert len(pairs) > 9_000
    wrong = [pair for pair in pairs if is_spelling(*pair)]
    assert len(wrong) <= 0.0005 * len(pairs), wrong


def test_nobody_is_taken_for_somebody_with_another_family_name() -> None:
    sample = people()[::6]
    wrong = [
        (one, spelling)
        for one, _ in sample
        for other, spelling in people()
        if not families(one) & families(other) and is_spelling(one, spelling)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("korean", "english", "verdict"),
    [
        ("김대중", "Kim Dae-jung", "same"),
        ("김대중", "Dae Jung Kim", "same"),
        ("김대중", "KIM Dae Jung", "same"),
        ("김정은", "Kim Chŏng-ŭn", "same"),
        ("리설주", "Lee Seol-ju", "same"),
        ("남궁원", "Namgoong Won", "same"),
        ("김대중", "Kim Young-sam", "given"),
        ("김대중", "Kim Station", "other"),
        ("김대중", "Park Dae-jung", "other"),
        ("김대중", "Kim", "other"),
    ],
)
def test_a_name_is_judged_by_family_and_given_name(korean: str, english: str, verdict: str) -> None:
    assert judge_spelling(korean, english) == verdict


def test_every_family_name_in_the_table_is_hangul_with_spellings_in_small_letters() -> None:
    for name, latin in spellings().items():
        assert all("가" <= letter <= "힣" for letter in name)
        assert latin
        assert all(each.isascii() and each.islower() for each in latin)


@given(st.text(), st.text())
@settings(max_examples=100)
def test_any_text_is_judged(korean: str, english: str) -> None:
    assert judge_spelling(korean, english) in ("same", "given", "other")


def test_letters_that_no_syllables_spell_are_no_given_name() -> None:
    assert not could_be("station", 2)
    assert could_be("youngsam", 2)
    assert not is_given("대중", "x")
