"""Pairs of text files with one sentence per line, the oldest format of a memory.

Invariant: line n of one file translates line n of the other; files of different lengths are
refused, since nobody knows at which line they diverge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from transflow.bilingual_table import decoded
from transflow.errors import UnreadableError
from transflow.memory.entries import MemoryEntry
from transflow.memory.index import IndexedEntry
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "lengths": "it has {n} lines, and {other} has {others}.",
        "lengths-way-out": "A pair of files has a line for each line.",
    },
)


def entries(source: bytes, target: bytes, names: tuple[str, str]) -> Iterator[MemoryEntry]:
    """Yield the translations in two files, skipping pairs with an empty line.

    Raise UnreadableError if the files do not match.
    """
    sources, targets = _lines(source, names[0]), _lines(target, names[1])
    if len(sources) != len(targets):
        problem = MESSAGES("lengths", n=len(targets), other=names[0], others=len(sources))
        raise UnreadableError(names[1], 0, problem, MESSAGES("lengths-way-out"))
    for number, (source_line, target_line) in enumerate(zip(sources, targets, strict=True), 1):
        if source_line.strip() and target_line.strip():
            yield MemoryEntry(str(number), source_line.strip(), target_line.strip(), "translated", "", "")


def _lines(data: bytes, name: str) -> list[str]:
    return decoded(data, name).removesuffix("\n").split("\n")


def to_lines(entries: Iterable[IndexedEntry]) -> tuple[str, str]:
    """Return the contents of the two files."""
    pairs = [(" ".join(each.entry.source.split()), " ".join(each.entry.target.split())) for each in entries]
    return tuple("".join(f"{side}\n" for side in sides) for sides in zip(*pairs, strict=True)) if pairs else ("", "")  # type: ignore[return-value]
