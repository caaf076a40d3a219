"""The names of reports and articles, which are also the names of their files.

Invariant: a valid slug is lower-case ASCII, a safe file name on every system, and `slugify` makes no other.
"""

from __future__ import annotations

import re
from unicodedata import normalize

SLUG = re.compile(r"(?:[0-9]{4}/)?[a-z0-9][a-z0-9-]{0,79}")
"""To be matched against the whole name."""

_LONGEST = 80
_FEWEST_LETTERS = 3
_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": ""})
"""Latin letters that no Unicode decomposition takes to ASCII, and apostrophes, which part no words."""


def valid_slug(name: str) -> bool:
    return SLUG.fullmatch(name) is not None


def slugify(title: str, date: str) -> str | None:
    """A slug from a headline, under the year of `date` (ISO 8601, empty for none): `2024/un-asks-china`.

    None where the headline has too little to make a name from: fewer than three Latin letters, or more letters and
    digits of other scripts than of Latin. A Korean headline with an acronym in it is no good name.
    """
    folded = normalize("NFKC", title).lower().translate(_LETTERS)
    ascii_text = normalize("NFKD", folded).encode("ascii", "ignore").decode()
    usable = sum(map(str.isalnum, ascii_text))
    if sum(map(str.isalpha, ascii_text)) < _FEWEST_LETTERS or 2 * usable < sum(map(str.isalnum, folded)):
        return None
    slug = _shortened("-".join(re.findall(r"[a-z0-9]+", ascii_text)))
    return f"{date[:4]}/{slug}" if re.match(r"[0-9]{4}-", date) else slug


def _shortened(slug: str) -> str:
    """At most 80 characters, cut between words where there is a place."""
    if len(slug) <= _LONGEST:
        return slug
    whole_words, hyphen, _ = slug[: _LONGEST + 1].rpartition("-")
    return whole_words if hyphen else slug[:_LONGEST]
