"""Folding: texts without the differences that a CMS makes, with the place of each character.

Quotes, dashes and spaces of all kinds are equal, and so are compatible characters (NFKC).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from transflow.text import HIDDEN

_QUOTES = "'\"`´‘’‚‛“”„‟′″‹›«»「」『』〝〞＂＇"
_DASHES = "\\-‐‑‒–—―−﹘﹣－"
_TOKEN = re.compile(
    rf"(?P<dash>[\s{HIDDEN[1:]}*[{_DASHES}](?:[\s{HIDDEN[1:]}|[{_DASHES}])*)"
    rf"|(?P<quotes>[{_QUOTES}]+)"
    rf"|(?P<space>(?:\s|{HIDDEN})+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_CLOSING = re.compile(r"[,.;:!?%)\]]")


class Folded(NamedTuple):
    """A folded text, and the index in the original for each of its characters and its end."""

    text: str
    offsets: tuple[int, ...]


def fold(text: str) -> str:
    return folded(text).text


def folded(text: str) -> Folded:
    """Return a text (in NFC) folded, without spaces at its ends."""
    parts: list[str] = []
    offsets: list[int] = []
    for found in _TOKEN.finditer(text):
        piece = _piece(found, text, is_first=not parts)
        parts.append(piece)
        offsets += [found.start()] * len(piece)
    result = "".join(parts)
    end = len(result.rstrip(" "))
    return Folded(result[:end], (*offsets[:end], len(text.rstrip())))


def _piece(found: re.Match[str], text: str, *, is_first: bool) -> str:
    if found["dash"]:
        return "-"
    if found["quotes"]:
        return "'"
    if found["space"]:
        after = text[found.end() : found.end() + 1]
        is_needed = any(each.isspace() for each in found["space"]) and not is_first and not _CLOSING.match(after)
        return " " if is_needed else ""
    return normalize("NFKC", found["other"])


def lowered(text: str) -> str:
    """Return a text in lower case with the same length."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
