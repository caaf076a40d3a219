"""Merges in other clones: everybody who merges two versions gets the same file.

People who merge the same commits with different versions of transflow, or on different machines,
must not get two catalogs: these would be merged again, and never agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from support import recorded


@pytest.mark.parametrize(
    ("path", "merged"),
    [(recorded.CATALOGS, recorded.merged_catalogs), (recorded.GLOSSARIES, recorded.merged_glossaries)],
)
def test_a_merge_gives_what_it_gave_before(path: Path, merged: Callable[[Iterable[int]], Iterator[str]]) -> None:
    expected = path.read_text(encoding="ascii").splitlines(keepends=True)
    found = list(merged(int(each.split()[0]) for each in expected))
    assert [f"{new.strip()} was {old}" for old, new in zip(expected, found, strict=True) if old != new] == []
