"""Generated parts of documents: the lines between `<!-- KIND: NAME -->` and `<!-- end -->`.

Invariant: all other lines stay unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {kind}: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def filled(text: str, kind: str, part: Callable[[str], str]) -> str:
    """Return the document with the parts of a kind written anew; `part` returns one by name."""
    return _pattern(kind).sub(lambda found: found[1] + part(found[2]) + found[4], text)


def cell(text: str) -> str:
    """Return a text for a table cell, without markup."""
    return "".join(f"\\{char}" if char in "\\|*_`[]<>&~" else char for char in text)


def names_in(text: str, kind: str) -> list[str]:
    """Return the names of the parts of a kind, in order."""
    return [found[2] for found in _pattern(kind).finditer(text)]
