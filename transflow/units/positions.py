"""Positions of units in a catalog, as people write them: "1-3,7"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from transflow.errors import UsageError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "sentence/malformed": "“{text}” does not say which sentences: write positions such as 1-9, 3 or 1-3,7.",
        "paragraph/malformed": "“{text}” does not say which paragraphs: write positions such as 1-9, 3 or 1-3,7.",
        "backwards": "“{text}” runs backwards: write {last}-{first}.",
        "sentence/missing": "There is no sentence {position}: they go from 1 to {count}.",
        "paragraph/missing": "There is no paragraph {position}: they go from 1 to {count}.",
        "sentence/none": "There is no sentence {position}: there are no sentences here.",
        "paragraph/none": "There is no paragraph {position}: there are no paragraphs here.",
    },
)
UnitNoun = Literal["sentence", "paragraph"]
"""Unit of a report, or of a story."""


def parse_positions(text: str, count: int, noun: UnitNoun = "sentence") -> tuple[int, ...]:
    """Parse "1-9", "3" or "1-3,7" into ascending, distinct, 1-based positions.

    `count` is the number of sentences, and `noun` names them in messages. Raise UsageError for a
    malformed list, a range that runs backwards, or a position out of range.
    """
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,9})\s*(?:[-–~]\s*([0-9]{1,9})\s*)?", part)
        if not match:
            raise UsageError(MESSAGES(f"{noun}/malformed", text=text))
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise UsageError(MESSAGES("backwards", text=part.strip(), first=first, last=last))
        if first < 1 or last > count:
            position = first if first < 1 else last
            raise UsageError(MESSAGES(f"{noun}/{'missing' if count else 'none'}", position=position, count=count))
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def format_positions(numbers: Iterable[int]) -> str:
    """Format positions as "1-3,7": the inverse of `parse_positions`."""
    runs: list[list[int]] = []
    for position in sorted(set(numbers)):
        if runs and position == runs[-1][-1] + 1:
            runs[-1][1:] = [position]
        else:
            runs.append([position])
    return ",".join("-".join(map(str, run)) for run in runs)
