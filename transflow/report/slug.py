"""Names of reports and stories, which are also their file names.

Invariant: a valid slug is lower-case ASCII and a safe file name on every system; `slugify` returns
only valid ones.
"""

from __future__ import annotations

import re
from unicodedata import normalize

SLUG = re.compile(r"(?:[0-9]{4}/)?[a-z0-9][a-z0-9-]{0,79}")
"""To be matched against the whole name."""

_LONGEST = 80
_FEWEST_LETTERS = 3
_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": ""})
"""Latin letters without a decomposition to ASCII, and apostrophes, which do not separate words."""


def valid_slug(name: str) -> bool:
    return SLUG.fullmatch(name) is not None


def slugify(title: str, date: str) -> str | None:
    """Return a slug from a headline, under the year of `date` (ISO 8601 or empty):
    `2024/un-asks-china`.

    None if the headline has fewer than three Latin letters, or more letters and digits of other
    scripts than of Latin: a Korean headline with an acronym in it makes no good name.
    """
    folded = normalize("NFKC", title).lower().translate(_LETTERS)
    ascii_text = normalize("NFKD", folded).encode("ascii", "ignore").decode()
    usable = sum(map(str.isalnum, ascii_text))
    if sum(map(str.isalpha, ascii_text)) < _FEWEST_LETTERS or 2 * usable < sum(map(str.isalnum, folded)):
        return None
    slug = _shortened("-".join(re.findall(r"[a-z0-9]+", ascii_text)))
    return f"{date[:4]}/{slug}" if re.match(r"[0-9]{4}-", date) else slug


def _shortened(slug: str) -> str:
    """Return at most 80 characters, cut between words if possible."""
    if len(slug) <= _LONGEST:
        return slug
    whole_words, hyphen, _ = slug[: _LONGEST + 1].rpartition("-")
    return whole_words if hyphen else slug[:_LONGEST]
