"""Texts as the record holds them, and how their words are counted.

Invariant: `clean` is idempotent, and what it returns can be written to any file of the record.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

_LINE_BREAKS = re.compile("[\u2028\u2029\u0085]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Han and kana: scripts that do not put spaces between words."""


def clean(text: str) -> str:
    """`text` in NFC, with Unicode's own line separators as spaces and CR LF as LF.

    Raises ValueError, with the character's name in words, for controls other than newline and tab.
    """
    text = normalize("NFC", _LINE_BREAKS.sub(" ", text.replace("\r\n", "\n")))
    if found := _CONTROLS.search(text):
        raise ValueError(
            f"the control character U+{ord(found[0]):04X} at position {found.start() + 1} cannot be stored"
        )
    return text


def one_line(text: str) -> str:
    """`text` with every run of white space as one space, and none at the ends."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """`text` without any white space: what is compared where white space does not count."""
    return "".join(text.split())


def words(text: str) -> list[str]:
    """The words of `text` in order, without punctuation; single characters in scripts without spaces."""
    return _word().findall(text)


@cache
def _word() -> re.Pattern[str]:
    """Compiled when words are first counted: it takes as long as a small command does, and most commands count none."""
    return re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:[-'’.,·/][^\W{_UNSPACED}]+)*")
