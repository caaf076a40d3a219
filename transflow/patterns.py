"""Regular expressions that every supported release of Python reads alike."""

from __future__ import annotations

import sys

_KNOWS_POSSESSIVE = sys.version_info >= (3, 11, 5)


def possessive(pattern: str, repeat: str, *, known: bool = _KNOWS_POSSESSIVE) -> str:
    """Return the pattern of a group that is repeated, and that is never entered again from behind.

    `repeat` is `*`, `+`, `?` or `{m,n}`. Before Python 3.11.5, `(?:…)*+` goes on from the middle of
    a last repetition that failed (CPython's issue 100061), so that it matches what `(?:…)*` does
    not. An atomic group says the same and is right everywhere, but takes half as long again.
    """
    return f"(?:{pattern}){repeat}+" if known else f"(?>(?:{pattern}){repeat})"
