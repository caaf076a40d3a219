"""The text of a project's own dictionary: one word a line; lines that begin with # are comments."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8)
def words_in(text: str) -> frozenset[str]:
    """Return the words of a dictionary, casefolded."""
    lines = map(str.strip, text.splitlines())
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))
