"""Cues of subtitles: their times, and texts divided between them and into lines.

Invariant: a text that is divided has all its words, in order; `cue_times(variant_of(times))`
returns the times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_TIME = r"(\d{2,4}):(\d{2}):(\d{2})\.(\d{3})"
_SPAN = re.compile(f"{_TIME} --> {_TIME}")
VARIANT = re.compile("{0}(?:; {0})*".format(_SPAN.pattern.replace("(", "(?:")))
"""The variant of a unit of the kind "cue": the times of its cues."""
LINE = 42
"""Characters of a line, as players show it."""
LINES = 2
NO_WORD = "…"
"""Text of a cue for which a text has no word."""


class CueTime(NamedTuple):
    """Start and end of a cue, in milliseconds."""

    start: int
    end: int


def cue_times(variant: str) -> tuple[CueTime, ...]:
    """Return the times in a variant; none for any other variant."""
    if not VARIANT.fullmatch(variant):
        return ()
    spans = (tuple(map(int, found.groups())) for found in _SPAN.finditer(variant))
    return tuple(CueTime(_milliseconds(*each[:4]), _milliseconds(*each[4:])) for each in spans)


def variant_of(times: Sequence[CueTime]) -> str:
    """Return the variant of a unit with these cues."""
    return "; ".join(f"{time_text(each.start)} --> {time_text(each.end)}" for each in times)


def _milliseconds(hours: int, minutes: int, seconds: int, rest: int) -> int:
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def time_text(milliseconds: int, point: str = ".") -> str:
    """Return a time as subtitles have it: `00:01:02.500`."""
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def divided(text: str, times: Sequence[CueTime]) -> list[str]:
    """Return the text of each cue: the words in order, as many as its time has room for."""
    words = text.split()
    if len(words) < len(times):
        return [*words, *[NO_WORD] * (len(times) - len(words))]
    total = sum(max(each.end - each.start, 1) for each in times)
    ends = [*accumulate(len(word) + 1 for word in words)]
    shares = [share / total * ends[-1] for share in accumulate(max(each.end - each.start, 1) for each in times)]
    cuts = [0]
    for number, share in enumerate(shares[:-1], 1):
        least, most = cuts[-1] + 1, len(words) - (len(times) - number)
        cuts.append(min(range(least, most + 1), key=lambda cut: abs(ends[cut - 1] - share)))
    cuts.append(len(words))
    return [" ".join(words[start:end]) for start, end in pairwise(cuts)]


def cue_lines(text: str) -> list[str]:
    """Return the lines of a cue: one, or two of about the same length, or as many as it needs."""
    words = text.split()
    if len(text) <= LINE or len(words) < 2:
        return [text] if text else []
    if len(text) <= LINES * LINE:
        cuts = ((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
        first, second = min(cuts, key=lambda each: (max(map(len, each)), len(each[0])))
        if max(len(first), len(second)) <= LINE:
            return [first, second]
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
