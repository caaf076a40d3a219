"""Splitting the sample's Korean reports into sentences, against sentencex on the same text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sentencex

from bench import Figure, cpu_in, in_turns
from transflow.language.segment import split
from transflow.report import markdown_blocks

_ROUNDS = 20


def measure() -> Iterator[Figure]:
    texts = [
        block.text for path in Path("sources").glob("*.md") for block in markdown_blocks(path.read_text("utf-8"))[0]
    ]

    def work() -> None:
        for _ in range(_ROUNDS):
            for text in texts:
                split(text)

    def peer() -> None:
        for _ in range(_ROUNDS):
            for text in texts:
                list(sentencex.segment("ko", text))

    least, theirs = in_turns(40, lambda: cpu_in(work), lambda: cpu_in(peer))
    note = f"{sum(map(len, texts)) * _ROUNDS / least / 1e6:.1f} million characters per second"
    yield Figure("segment / sentencex, CPU", least / theirs, 13, note=note)
