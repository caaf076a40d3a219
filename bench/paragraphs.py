"""Hard paragraphs split into sentences: `python -m bench paragraphs [FILE.jsonl…]`.

A line of a file is a paragraph: `text`, its `sentences`, `kind`, and perhaps `half`: `kept` is the
half that nobody looked at while the splitter was changed. Without files, `bench/sets/paragraphs` is
measured. For each kind, the table counts the paragraphs whose sentences are all right, and gives
F1 of the boundaries. `-v` lists the wrong ones, of any half but `kept`; `-vv` lists them of all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import Figure
from transflow.language.segment import split

SETS = Path(__file__).parent / "sets" / "paragraphs"
KEPT = "kept"


class Tally(NamedTuple):
    """Paragraphs that are right, and boundaries: correctly found, found, and existing."""

    paragraphs: int = 0
    right: int = 0
    met: int = 0
    found: int = 0
    wanted: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(*map(sum, zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        return 2 * self.met / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def line(self, name: str) -> str:
        return f"{name:<28} right {self.right:4}/{self.paragraphs:<4} F1 {self.f1:.4f} of {self.wanted} boundaries"


def judge(text: str, sentences: list[str]) -> Tally:
    """Compare the splitter's sentences of a text with the right ones."""
    ends, offset = set(), 0
    for sentence in sentences:
        offset = text.index(sentence, offset) + len(sentence)
        ends.add(offset)
    wanted = ends - {offset}
    found = {segment.end for segment in split(text)[:-1]}
    return Tally(1, int(found == wanted), len(found & wanted), len(found), len(wanted))


def measure() -> Iterator[Figure]:
    paths = [Path(each) for each in sys.argv[1:] if each.endswith(".jsonl")] or sorted(SETS.glob("*.jsonl"))
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for half in sorted({row.get("half", "") for row in rows}):
            title = f"{path.stem} ({half})" if half else path.stem
            yield _of_half(title, half, [row for row in rows if row.get("half", "") == half])


def _of_half(title: str, half: str, rows: list[dict[str, object]]) -> Figure:
    print(f"\n{title}: {len(rows)} paragraphs")
    tallies: dict[str, Tally] = {}
    for row in rows:
        kind, text, sentences = str(row["kind"]), str(row["text"]), row["sentences"]
        assert isinstance(sentences, list)
        tally = judge(text, sentences)
        tallies[kind] = tallies.get(kind, Tally()).plus(tally)
        if not tally.right and ("-vv" in sys.argv or ("-v" in sys.argv and half != KEPT)):
            print(f"  WRONG {kind}: {' ⏐ '.join(segment.source for segment in split(text))}")
    total = Tally()
    for kind, tally in sorted(tallies.items()):
        print(" ", tally.line(kind))
        total = total.plus(tally)
    print(" ", total.line("all"))
    share = 100 * total.right / max(1, total.paragraphs)
    return Figure(f"{title}, percent of paragraphs right", share, 90, True, f"{total.right} of {total.paragraphs}")
