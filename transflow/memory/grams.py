"""Texts as the memory compares them, and the character 3-grams that it finds them by.

Invariant: texts that `normalised` makes equal have equal keys; every substring of a normalised text, of any length, is found
through its grams: a gram begins at each character, the last two filled up with an end mark.
"""

from __future__ import annotations

from hashlib import blake2b
from unicodedata import normalize
from zlib import crc32

SIZE = 3
END = "\ue003"
"""What fills up the last grams of a text; of the private use area, so in no text of the record that means anything."""


class _Folded(dict[int, int]):
    """A table for `str.translate` that remembers what it leaves alone: a miss costs an exception, for every letter of Hangul."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_FOLDED = _Folded(
    {code: (code | 32 if 65 <= code <= 90 else code if chr(code).isalnum() else 0xE000 + code) for code in range(128)}
)
"""SQLite's ascii tokenizer keeps letters, digits and everything beyond ASCII in a token: so spaces and punctuation move there.
It also takes A for a; so do we."""


def normalised(text: str) -> str:
    """NFC, with single spaces and none at the ends."""
    return normalize("NFC", " ".join(text.split()))


def key(text: str) -> int:
    """What a normalised text is looked up by: 64 bits, signed."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def folded(text: str) -> str:
    """A text with each character as the index has it; as long as before."""
    return text.translate(_FOLDED)


def grams(text: str) -> list[str]:
    """The gram that begins at each character of a normalised text, in order, repeated ones too."""
    padded = folded(text) + END * (SIZE - 1)
    return [padded[at : at + SIZE] for at in range(len(text))]


def inner_grams(text: str) -> list[str]:
    """The grams of a part of a text: those that lie inside it. None for one or two characters."""
    inner = folded(text)
    return [inner[at : at + SIZE] for at in range(len(inner) - SIZE + 1)]


def number(gram: str) -> int:
    """A gram as a signed 32-bit number: what PostgreSQL indexes."""
    return crc32(gram.encode("utf-8", "surrogatepass")) - (1 << 31)


def numbers(text: str) -> list[int]:
    """The grams of a text as numbers, each once."""
    return [number(gram) for gram in dict.fromkeys(grams(text))]
