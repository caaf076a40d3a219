"""Repetitions that are never entered again from behind, in all releases of Python."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.patterns import possessive

SOURCES = sorted((Path(__file__).parent.parent / "transflow").rglob("*.py"))
FORMS = [False, *([True] if sys.version_info >= (3, 11, 5) else [])]
"""Forms of a repetition here: as an atomic group, and as Python has it."""
OF_A_GROUP = re.compile(r"(?<!\\)[)}](?:[*+?]|\{\{?[0-9,]+\}?\})\+")


@pytest.mark.parametrize("known", FORMS)
@pytest.mark.parametrize(
    ("pattern", "repeat", "text", "end"),
    [
        ("ab?c", "*", "a", 0),
        ("ab?c", "*", "acabca", 5),
        (r"# .*\n(?!x)", "*", "# a\n# b\nx", 4),
        (r"\s?(?:X|Y)", "{0,2}", "X Y X", 3),
        ("a(?!b)", "?", "ab", 0),
    ],
)
def test_ends_after_the_last_whole_repetition(known: bool, pattern: str, repeat: str, text: str, end: int) -> None:
    found = re.match(possessive(pattern, repeat, known=known), text)
    assert found is not None
    assert found.end() == end


@pytest.mark.parametrize("known", FORMS)
def test_gives_nothing_back(known: bool) -> None:
    assert re.match(possessive("ab|a", "*", known=known) + "a", "aba") is None
    assert re.match(possessive("(a)b", "?", known=known) + "abc", "abc") is None


@pytest.mark.parametrize("known", FORMS)
@given(st.text("abc\n", max_size=12))
def test_takes_what_the_greedy_repetition_takes_first(known: bool, text: str) -> None:
    greedy, found = (re.match(each, text) for each in (r"(?:ab?c\n|b)*", possessive(r"ab?c\n|b", "*", known=known)))
    assert greedy is not None
    assert found is not None
    assert found.end() == greedy.end()


def test_no_other_module_repeats_a_group_in_the_way_that_early_releases_misread() -> None:
    found = [path.name for path in SOURCES if OF_A_GROUP.search(path.read_text(encoding="utf-8"))]
    assert found == ["patterns.py"]
