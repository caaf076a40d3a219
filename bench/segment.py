"""Quality of the Korean sentence splitter: `TRANSFLOW_CORPUS=FOLDER python -m bench segment`.

Every `*.ko` file of the folder contains one sentence per line. Lines without final punctuation, or
with a possible boundary inside, are dropped. The others are joined into paragraphs, and the
paragraphs are split again. A boundary is right if two lines were joined there. The output per file
is precision, recall and F1, then the speed beside sentencex.

sentencex is native code that knows no quotations, bylines or lists; it is about eight times as
fast. Of our time, two fifths go to stops, a fifth to the pairing of marks, a sixth to making the
segments, and the rest to the search for characters that may matter.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import sentencex

from bench import Figure, cpu_in, in_turns
from transflow.language.segment import split
from transflow.po.catalog import parse

SIZE = 5
"""Sentences of a paragraph."""
LEAST = 0.98

FINISHED = re.compile(r"[.?!…][\"”’'」』》)\]]*$")
STRICT = re.compile(r"[.?!…][\"”’'」』》)\]]*\s")
"""A possible boundary anywhere."""
BARE = re.compile(r"[.?!…]\s")
"""A possible boundary outside closing marks: lines with quoted sentences are kept."""
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|《[^《》]*》|\([^()]*\)")
NOT_A_STOP = re.compile(r"(?<![A-Za-z])[A-Z]\.\s|\d\.\s(?=\d)")
"""Initials and dates, which are no boundaries."""


class Score(NamedTuple):
    """Boundaries inside paragraphs: correctly found, found, and existing."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {self.f1:.4f}  ({self.wanted} boundaries)"


def sentences(lines: Iterable[str], strict: bool) -> list[str]:
    """Return the lines that are certainly one whole sentence."""
    return [line for line in map(str.strip, lines) if FINISHED.search(line) and not _has_boundary(line, strict)]


def _has_boundary(line: str, strict: bool) -> bool:
    line = NOT_A_STOP.sub("", line)
    return bool(STRICT.search(line)) if strict else bool(BARE.search(QUOTED.sub("", line)))


def paragraphs(lines: list[str], size: int = SIZE) -> Iterator[tuple[str, set[int]]]:
    """Return each paragraph with the offsets at which its sentences end, except the last."""
    for first in range(0, len(lines), size):
        group = lines[first : first + size]
        ends, at = set(), 0
        for line in group[:-1]:
            at += len(line)
            ends.add(at)
            at += 1
        yield " ".join(group), ends


def judge(lines: list[str], size: int = SIZE) -> Score:
    right = found = wanted = 0
    for text, ends in paragraphs(lines, size):
        cuts = {segment.end for segment in split(text)[:-1]}
        right, found, wanted = right + len(cuts & ends), found + len(cuts), wanted + len(ends)
    return Score(right, found, wanted)


def _all(work: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        work(text)


def _speed(texts: list[str]) -> Figure:
    """Compare the characters per second with those of sentencex, over the same texts."""
    ours, theirs = in_turns(
        5,
        lambda: cpu_in(partial(_all, split, texts)),
        lambda: cpu_in(partial(_all, partial(sentencex.segment, "ko"), texts)),
    )
    note = f"{sum(map(len, texts)) / ours / 1e6:.1f} million characters per second"
    return Figure(f"splitter's speed / sentencex {version('sentencex')}", theirs / ours, 1 / 3, True, note)


def measure() -> Iterator[Figure]:
    folder = os.environ.get("TRANSFLOW_CORPUS")
    if not folder:
        print("No corpus (TRANSFLOW_CORPUS): only the sentences of the sample are looked at.")
    paths = sorted(Path(folder).glob("*.ko")) if folder else []
    texts = {path.name: path.read_text("utf-8").split("\n") for path in paths} or {"sample": _of_sample()}
    for name, lines in texts.items():
        for strict in (True, False):
            score = judge(sentences(lines, strict))
            yield Figure(
                f"boundaries of {name}, {'strict' if strict else 'with quotes'}, F1",
                score.f1,
                LEAST,
                at_least=True,
                note=str(score),
            )
    whole = [text for lines in texts.values() for text, _ in paragraphs(sentences(lines, False))]
    yield _speed(whole)


def _of_sample() -> list[str]:
    """Return the sentences of the sample's reports, as its catalogs have them."""
    return [
        unit.source
        for place in Path("locales/en/reports").glob("*.po")
        for unit in parse(place.read_text("utf-8"), str(place)).units
    ]
