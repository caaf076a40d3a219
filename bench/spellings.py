"""Spellings of public people's names that are accepted, and people taken for others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from bench import Figure
from transflow.language.romanisation.names import is_spelling
from transflow.language.romanisation.surnames import parts

NAMES = Path(__file__).parents[1] / "tests" / "data" / "names.tsv"
_NORTHERN = "리림류로라량렴려"
"""First letters of family names in the North, where the South drops or changes them."""


def measure() -> Iterator[Figure]:
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    people = [(korean, english) for korean, english in (line.split("\t") for line in lines if line[0] != "#")]
    northern = [person for person in people if person[0][0] in _NORTHERN]
    for what, some in (("all", people), ("with a family name as in the North", northern)):
        accepted = sum(is_spelling(*person) for person in some)
        note = f"{accepted} of {len(some)}"
        yield Figure(f"names, {what}: percent accepted", 100 * accepted / len(some), 98, True, note)
    pairs = [
        (one, spelling)
        for (one, _), (other, spelling) in permutations(people, 2)
        if one != other and {family for family, _ in parts(one)} & {family for family, _ in parts(other)}
    ]
    wrong = sum(is_spelling(*pair) for pair in pairs)
    note = f"{wrong} of {len(pairs)}"
    yield Figure("names: percent of others with the family name accepted", 100 * wrong / len(pairs), 0.05, note=note)
