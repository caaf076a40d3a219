"""Search for words in any order, and for phrases in quotation marks.

Invariant: a text that has the words as they are typed, in any order and case, is found; words in
Korean are found too where a compound is written with spaces or without.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from transflow.text import one_line

_PART = re.compile(r'["“”]([^"“”]+)["“”]?|[^\s"“”]+')
_HANGUL = re.compile("[가-힣]")


class WordSearch(NamedTuple):
    """Words and phrases that a text must have."""

    parts: tuple[str, ...]
    """Case-folded, with single spaces."""

    def is_in(self, *texts: str) -> bool:
        """True if each part is in one of the texts."""
        folded = [_folded(text) for text in texts]
        return all(any(has_part(text, part) for text in folded) for part in self.parts)


def parse_words(text: str) -> WordSearch:
    """Parse what a person typed. The last quotation mark may be missing."""
    found = (_folded(each[1] or each[0]) for each in _PART.finditer(text))
    return WordSearch(tuple(dict.fromkeys(filter(None, found))))


def phrase(text: str) -> WordSearch:
    """Return the search for a text as it stands."""
    return WordSearch(tuple(filter(None, (_folded(text),))))


def is_korean(part: str) -> bool:
    """True if a part may be written with other spaces."""
    return len(_HANGUL.findall(part)) > 1


def with_any_case(part: str, wildcard: str) -> str:
    """Return a part with a wildcard for each letter whose case a database may not ignore."""
    return "".join(wildcard if not each.isascii() and each.lower() != each.upper() else each for each in part)


def has_part(text: str, part: str) -> bool:
    """True if a case-folded text has a part; of a Korean one, the spaces may differ, from the
    beginning of a word on.
    """
    if part in text:
        return True
    if not is_korean(part):
        return False
    compact = part.replace(" ", "")
    return compact in text or (
        compact in text.replace(" ", "")
        and re.search(r"(?<!\w)" + r"\s?".join(map(re.escape, compact)), text) is not None
    )


def _folded(text: str) -> str:
    return normalize("NFC", one_line(text)).casefold()
