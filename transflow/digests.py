"""The digests that the record holds.

Invariant: a digest is the first 16 hex digits of SHA-256 over UTF-8 strings as they are after unescaping, each
followed by NUL; two different lists of strings never share an input.
"""

from __future__ import annotations

from collections.abc import Container
from hashlib import sha256

LETTERS = "abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 alphabet in lower case, without the digits: the first character of an id."""
ALPHABET = "0123456789" + LETTERS


def digest(*texts: str) -> str:
    return sha256("".join(f"{text}\0" for text in texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def approval(unit_id: str, source: str, target: str) -> str:
    """What an approval or a waiver was given to."""
    whole = f"{unit_id}\0{source}\0{target}\0"  # as `digest` has it, without the loop: status verifies every approval
    try:
        data = whole.encode()
    except UnicodeEncodeError:  # a lone surrogate: looking up how to pass it takes longer than the rest
        data = whole.encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()[:16]


def new_id(seed: str, taken: Container[str], tried: dict[str, int] | None = None) -> str:
    """A unit id: one letter and seven characters of SHA-256(seed, n), n rising from 0 until the id is free.

    `tried` remembers for every seed where the search stopped, for callers whose `taken` only grows: the ids are the same
    with it, and many units of one seed take no longer than as many of different ones.
    """
    n = tried.get(seed, 0) if tried else 0
    while True:
        number = int.from_bytes(sha256(f"{seed}\0{n}\0".encode("utf-8", "surrogatepass")).digest()[:8], "big")
        number, first = divmod(number, len(LETTERS))
        characters = [LETTERS[first]]
        for _ in range(7):
            number, place = divmod(number, 32)
            characters.append(ALPHABET[place])
        unit_id = "".join(characters)
        if unit_id not in taken:
            if tried is not None:
                tried[seed] = n
            return unit_id
        n += 1
