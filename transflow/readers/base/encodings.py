"""The encoding of a Korean text, from its bytes: a mark, UTF-8, UTF-16 by its zero bytes,
ISO-2022-KR by its escapes, CP949 (EUC-KR) or Johab by the syllables that come out.

Invariant: a text that is not Korean is never read as Korean; an encoding other than UTF-8 is named.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from transflow.file_kinds import check_text
from transflow.messages import Messages
from transflow.model.issue import Issue

MESSAGES = Messages(__name__, {"encoding": "it is read as {encoding}."})

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_KOREAN = (("cp949", "CP949 (EUC-KR)"), ("johab", "Johab"))
_ISO_2022_KR = b"\x1b$)C"
_FREQUENT = frozenset(
    "다이에는고의을지은가한하사로했서를들기인라대시리있그자도스국일해부수아것나어전으정보장주제상게명과말러위신오만할미동"
)
"""Syllables that are more than half of those in Korean texts."""
_LEAST_FREQUENT = 0.2
"""Part of the syllables that are frequent ones, in a Korean text."""
_FEW = 12
"""Number of syllables up to which their frequencies say nothing."""
_USUAL = re.compile("[\t-\x7e가-힣]")
_HANGUL = re.compile("[가-힣]")
_FOREIGN = re.compile("[^\x00-\x7f가-힣ㄱ-ㆎ\u2010-\u2044\u2190-\u22ff\u2460-\u27bf\u3000-\u301f\uff01-\uff5e·ⓒ°±×]")
"""Characters that Korean texts have few of."""


class DecodedText(NamedTuple):
    """A text as UTF-8, and the encoding that it was in."""

    data: bytes
    encoding: str
    """Name for people; empty for UTF-8, and for an encoding that is not known."""

    def issues(self, reader: str) -> tuple[Issue, ...]:
        """Return the issue that names the encoding, if it is not UTF-8."""
        return (Issue(reader, "hint", MESSAGES("encoding", encoding=self.encoding)),) if self.encoding else ()


def as_utf8(data: bytes, name: str) -> DecodedText:
    """Return a text in UTF-8; as it is, if its encoding is not known.

    Raise UnreadableError for a document or picture.
    """
    check_text(data, name)
    encoding, label = found if (found := _encoding(data)) else ("utf-8", "")
    if encoding == "utf-8":
        return DecodedText(data, "")
    return DecodedText(data.decode(encoding).removeprefix("\ufeff").encode(), label)


def _encoding(data: bytes) -> tuple[str, str] | None:
    """Return the codec of a text and its name for people; None if no encoding fits."""
    for mark, codec, label in _MARKS:
        if data.startswith(mark) and _decodes(data, codec):
            return codec, label
    if data.startswith(b"\x1b$)C") or (data.isascii() and _ISO_2022_KR in data):
        return ("iso2022_kr", "ISO-2022-KR") if _decodes(data, "iso2022_kr") else None
    if b"\0" in data:
        codec = _utf16(data)
        return (codec, "UTF-16") if codec else None
    return ("utf-8", "UTF-8") if _decodes(data, "utf-8") else _korean(data)


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec).encode()
    except UnicodeError:
        return False
    return True


def _utf16(data: bytes) -> str:
    """Return the codec of UTF-16 without a mark; empty if it is none."""
    found = [codec for codec in ("utf-16-le", "utf-16-be") if not len(data) % 2 and _decodes(data, codec)]
    best = max(found, key=lambda codec: len(_USUAL.findall(data.decode(codec))), default="")
    return best if best and all(each.isprintable() or each.isspace() for each in data.decode(best)) else ""


def _korean(data: bytes) -> tuple[str, str] | None:
    """Return the codec of Korean with two bytes for a syllable whose text is Korean, if one is."""
    found = [(_korean_share(data.decode(codec)), codec, label) for codec, label in _KOREAN if _decodes(data, codec)]
    share, codec, label = max(found, key=lambda each: each[0], default=(0.0, "", ""))
    return (codec, label) if share >= _LEAST_FREQUENT else None


def _korean_share(text: str) -> float:
    """Return the part of the syllables of a text that are frequent in Korean; 0 for another
    language.
    """
    syllables, foreign = _HANGUL.findall(text), len(_FOREIGN.findall(text))
    if not syllables or foreign > len(syllables) / 2:
        return 0.0
    share = sum(each in _FREQUENT for each in syllables) / len(syllables)
    if len(syllables) > _FEW:
        return share
    is_plausible = not foreign and all(_is_common(each) for each in syllables)
    return max(share, _LEAST_FREQUENT) if is_plausible else 0.0


def _is_common(syllable: str) -> bool:
    """True for a syllable that the national standard has: Python writes others as eight bytes."""
    return len(syllable.encode("euc_kr")) == len("가".encode("euc_kr"))
