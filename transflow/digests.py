"""Digests that the record holds, and ids of units.

Invariant: a digest is the first 16 hex digits of SHA-256 over UTF-8 strings after unescaping, each
followed by NUL; two different lists of strings never share an input.
"""

from __future__ import annotations

from collections.abc import Container
from hashlib import sha256

LETTERS = "abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 alphabet in lower case, without digits: the first character of an id."""
ALPHABET = "0123456789" + LETTERS


def digest(*texts: str) -> str:
    return sha256("".join(f"{text}\0" for text in texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def approval(unit_id: str, source: str, target: str) -> str:
    """Return the digest of the id, source and target that an approval or a waiver covers."""
    # same input as `digest`, inlined: status verifies every approval
    whole = f"{unit_id}\0{source}\0{target}\0"
    try:
        data = whole.encode()
    except UnicodeEncodeError:  # a lone surrogate; passing the error handler every time is slower
        data = whole.encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()[:16]


def new_id(seed: str, taken: Container[str], tried: dict[str, int] | None = None) -> str:
    """Return a free unit id: a letter and seven characters of SHA-256(seed, n), for the least n.

    `tried` stores the last n for each seed, for callers whose `taken` only grows: the ids are the
    same with it, and many units with one seed take linear time.
    """
    n = tried.get(seed, 0) if tried else 0
    while True:
        number = int.from_bytes(sha256(f"{seed}\0{n}\0".encode("utf-8", "surrogatepass")).digest()[:8], "big")
        number, first = divmod(number, len(LETTERS))
        characters = [LETTERS[first]]
        for _ in range(7):
            number, digit = divmod(number, 32)
            characters.append(ALPHABET[digit])
        unit_id = "".join(characters)
        if unit_id not in taken:
            if tried is not None:
                tried[seed] = n
            return unit_id
        n += 1
