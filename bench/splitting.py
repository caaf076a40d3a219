"""Splitting Korean reports into sentences: characters a second on one core, on the reports of the sample project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import Figure, cpu_in, in_turns
from transflow.report import markdown_blocks
from transflow.segment import split

_ROUNDS = 20


def measure() -> Iterator[Figure]:
    texts = [
        block.text
        for path in Path("sample/sources").glob("*.md")
        for block in markdown_blocks(path.read_text("utf-8"))[0]
    ]

    def work() -> None:
        for _ in range(_ROUNDS):
            for text in texts:
                split(text)

    (least,) = in_turns(40, lambda: cpu_in(work))
    yield Figure("segment: millions of characters a second", sum(map(len, texts)) * _ROUNDS / least / 1e6, 1.5, True)
