"""Quality and speed of the Korean sentence splitter: `python bench/segment.py FOLDER`.

Every `*.ko` file of the folder contains one sentence per line. Lines without final punctuation, or
with a possible boundary inside, are dropped. The others are joined into paragraphs, and the
paragraphs are split again. A boundary is right if two lines were joined there. The output per file
is precision, recall and F1, then characters per second on one core.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from transflow.language.segment import split

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


def sentences(path: Path, strict: bool) -> list[str]:
    """Return the lines of a file that are certainly one whole sentence."""
    lines = (line.strip() for line in path.read_text("utf-8").split("\n"))
    return [line for line in lines if FINISHED.search(line) and not _has_boundary(line, strict)]


def _has_boundary(line: str, strict: bool) -> bool:
    line = NOT_A_STOP.sub("", line)
    return bool(STRICT.search(line)) if strict else bool(BARE.search(QUOTED.sub("", line)))


def paragraphs(lines: list[str], size: int) -> Iterator[tuple[str, set[int]]]:
    """Return each paragraph with the offsets at which its sentences end, except the last."""
    for first in range(0, len(lines), size):
        group = lines[first : first + size]
        ends, at = set(), 0
        for line in group[:-1]:
            at += len(line)
            ends.add(at)
            at += 1
        yield " ".join(group), ends


def judge(lines: list[str], size: int, show: bool) -> Score:
    right = found = wanted = 0
    for text, ends in paragraphs(lines, size):
        cuts = {segment.end for segment in split(text)[:-1]}
        right, found, wanted = right + len(cuts & ends), found + len(cuts), wanted + len(ends)
        if show:
            for at in sorted(cuts ^ ends):
                print(f"  {'missed' if at in ends else 'wrong '} {text[max(0, at - 60) : at]} ⏐ {text[at : at + 30]}")
    return Score(right, found, wanted)


def speed(texts: list[str], seconds: float = 2.0) -> float:
    """Return the characters per second, over as many rounds as fit in the time."""
    characters, begun = 0, time.process_time()
    while time.process_time() - begun < seconds:
        for text in texts:
            split(text)
        characters += sum(map(len, texts))
    return characters / (time.process_time() - begun)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with *.ko files, a sentence a line")
    parser.add_argument("--size", type=int, default=5, help="sentences to a paragraph (default 5)")
    parser.add_argument("--errors", action="store_true", help="print every boundary that is wrong or missed")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.ko"))
    if not paths:
        print(f"{options.folder}: there are no *.ko files in it", file=sys.stderr)
        return 2
    everything: list[str] = []
    for path in paths:
        for strict in (True, False):
            lines = sentences(path, strict)
            print(f"{path.name:14} {'strict' if strict else 'quotes'}  {judge(lines, options.size, options.errors)}")
        everything += [text for text, _ in paragraphs(sentences(path, False), options.size)]
    print(f"{speed(everything) / 1e6:.2f} million characters a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
