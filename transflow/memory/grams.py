"""Normalised texts, and the character 3-grams that the memory finds them by.

Invariant: texts that are equal after `normalised` have equal keys; every substring of a normalised
text, of any length, is found through its grams: a gram begins at each character, the last two
padded with an end mark.
"""

from __future__ import annotations

from hashlib import blake2b
from unicodedata import normalize
from zlib import crc32

SIZE = 3
END = "\ue003"
"""Padding of the last grams of a text; a private use character, so no meaningful text contains
it.
"""


class _Folded(dict[int, int]):
    """Table for `str.translate` that caches unmapped characters.

    Without it each miss, so each letter of Hangul, costs an exception.
    """

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_FOLDED = _Folded(
    {code: (code | 32 if 65 <= code <= 90 else code if chr(code).isalnum() else 0xE000 + code) for code in range(128)}
)
"""SQLite's ascii tokenizer keeps only letters, digits and non-ASCII characters in a token, so
spaces and punctuation are mapped to private use characters. It also folds A to a; so does this
table.
"""


def normalised(text: str) -> str:
    """Return a text in NFC, with single spaces and none at the ends."""
    return normalize("NFC", " ".join(text.split()))


def key(text: str) -> int:
    """Return the lookup key of a normalised text: 64 bits, signed."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def folded(text: str) -> str:
    """Return a text with each character mapped to its form in the index; the length is
    unchanged.
    """
    return text.translate(_FOLDED)


def grams(text: str) -> list[str]:
    """Return the gram that begins at each character of a normalised text, with repetitions."""
    padded = folded(text) + END * (SIZE - 1)
    return [padded[at : at + SIZE] for at in range(len(text))]


def inner_grams(text: str) -> list[str]:
    """Return the grams inside a part of a text; none for one or two characters."""
    inner = folded(text)
    return [inner[at : at + SIZE] for at in range(len(inner) - SIZE + 1)]


def gram_number(gram: str) -> int:
    """Return a gram as a signed 32-bit number, which PostgreSQL indexes."""
    return crc32(gram.encode("utf-8", "surrogatepass")) - (1 << 31)


def distinct_gram_numbers(text: str) -> list[int]:
    """Return the distinct grams of a text as numbers."""
    return [gram_number(gram) for gram in dict.fromkeys(grams(text))]
