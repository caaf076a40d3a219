"""Texts of mails: headers and bodies in the encodings that Korean programs write and name, and what
in a body is no text of a report.
"""

from __future__ import annotations

import codecs
import quopri
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from transflow.errors import UnreadableError
from transflow.readers.base.encodings import as_utf8
from transflow.text import one_line

_WESTERN = "cp1252"
_ALIASES = {
    **dict.fromkeys(
        "euc-kr euckr euc_kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc_5601 ksc5601 ks_x_1001 korean cp949 ms949 "
        "x-windows-949 windows-949 uhc x-uhc cseuckr".split(),
        "cp949",
    ),
    **dict.fromkeys("iso-2022-kr csiso2022kr iso2022kr".split(), "iso2022_kr"),
    **dict.fromkeys("johab ks_c_5601-1992 cp1361 ms1361".split(), "johab"),
    **dict.fromkeys("unicode-1-1-utf-7 utf7 utf-7".split(), "utf-7"),
    **dict.fromkeys("utf8 utf-8 unicode-1-1-utf-8 utf8mb4 cp65001".split(), "utf-8"),
    **dict.fromkeys("gb2312 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("iso-8859-1 latin1 us-ascii ascii ansi_x3.4-1968 windows-1252".split(), _WESTERN),
}
"""Name of an encoding in a mail, in small letters -> the codec that reads it."""
_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|fw|답장|회신|전달|전송)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)

_HEADER = re.compile(
    r"[>\s*]*\*?(?:from|to|cc|bcc|date|sent|subject|reply-to|보낸\s?사람|보낸\s?이|보내는\s?사람|받는\s?사람|받는\s?이|참조|숨은\s?참조|"
    r"제목|날짜|보낸\s?날짜|보낸\s?시간|받은\s?날짜|일시)\s*\*?\s*[:：]\s*(.*)",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"[>\s]*[-_=─]{2,}\s*(?:forwarded message|original message|original mail|원본\s?메[시세]지|원본\s?메일|전달된?\s?메[시세]지|"
    r"전달된?\s?메일)\s*[-_=─]{2,}.*|[>\s]*begin forwarded message:",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"[>\s]*(?:on\b.{5,120}\bwrote:|\d{4}년.{5,120}(?:작성|썼습니다|님의 말)\s*:?|\d{4}[-./]\s?\d.{5,120}(?:님이 작성|wrote)\s*:?)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.?!:。…\"'”’)\]]$")
_WRAPPED = range(58, 81)
"""Columns at which programs break lines."""


class HeadersInText(NamedTuple):
    """Headers of a forwarded or quoted mail within a body: its lines from `start` to `end`."""

    start: int
    end: int
    text: str
    subject: str = ""
    sender: str = ""
    date: str = ""


def decoded(data: bytes, charset: str) -> str:
    """Return the text of a body; by its bytes, where the named encoding does not fit them."""
    name = charset.strip().strip("\"'").lower()
    codec = _codec(name)
    if codec and codec != _WESTERN:  # which is what programs say that know nothing of Korean
        try:
            return data.decode(codec)
        except UnicodeError:
            pass
    try:
        return as_utf8(data, "").data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(codec or "utf-8", "replace")
    except UnreadableError:  # a picture, say, that is called a text
        return ""


def _codec(name: str) -> str:
    """Return the codec of an encoding's name; empty if it is none of text."""
    name = _ALIASES.get(name, name)
    try:
        return name if name and codecs.lookup(name)._is_text_encoding else ""
    except LookupError:
        return ""


def header_text(raw: str) -> str:
    """Return a header as people read it: encoded words, and bytes that were not encoded."""
    raw = _BETWEEN.sub(r"\1", re.sub(r"\r?\n[ \t]?", " ", raw))
    raw = _BETWEEN.sub(r"\1", raw)
    parts: list[str] = []
    end = 0
    for charset, words in groupby(_WORD.finditer(raw), key=lambda found: found[1].lower()):
        run: list[bytes] = []
        for word in words:
            if word.start() > end:
                parts += [*_flushed(run, charset), _raw_text(raw[end : word.start()])]
                run = []
            run.append(_bytes(word))
            end = word.end()
        parts += _flushed(run, charset)
    return one_line("".join([*parts, _raw_text(raw[end:])]))


def _flushed(run: list[bytes], charset: str) -> list[str]:
    """Return words of one encoding as one text: a syllable may be divided between two."""
    return [decoded(b"".join(run), charset)] if run else []


def _bytes(word: re.Match[str]) -> bytes:
    content = word[3].encode("ascii", "replace")
    if word[2] in "qQ":
        return quopri.decodestring(content, header=True)
    try:
        return b64decode(content + b"=" * (-len(content) % 4))
    except (Base64Error, ValueError):
        return content


def _raw_text(text: str) -> str:
    """Return a part of a header that may have bytes in it, which Python reads as surrogates."""
    return text if text.isascii() else decoded(text.encode("utf-8", "surrogateescape"), "")


def without_prefix(subject: str) -> str:
    """Return a subject without `Re:`, `Fwd:` and the like."""
    return _PREFIX.sub("", subject).strip()


def joined_lines(text: str, *, flowed: bool, delsp: bool) -> str:
    """Return a plain body with the lines joined that a program broke."""
    lines: list[str] = []
    is_open = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        is_soft = flowed and line.endswith(" ") and line != "-- "
        kept = line[:-1] if is_soft and delsp else line
        if is_open and line.strip():
            lines[-1] += kept if flowed else f" {kept.lstrip()}"
        else:
            lines.append(kept)
        is_open = is_soft if flowed else _is_broken(line)
    return "\n".join(lines)


def _is_broken(line: str) -> bool:
    """True for a line as long as programs make them, which does not end with a sentence."""
    line = line.rstrip()
    return not _SENTENCE.search(line) and not line.startswith(">") and _width(line) in _WRAPPED


def _width(line: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in line)


def headers_in(lines: Sequence[str]) -> Iterator[HeadersInText]:
    """Yield the headers of forwarded and quoted mails in the lines of a body."""
    at = 0
    while at < len(lines):
        if _WROTE.fullmatch(lines[at].strip()):
            yield HeadersInText(at, at + 1, one_line(lines[at]))
            at += 1
            continue
        is_marked = bool(_FORWARDED.fullmatch(lines[at].strip()))
        start, end = at + is_marked, at + is_marked
        while end < len(lines) and (_HEADER.fullmatch(lines[end]) or (end > start and not lines[end].strip())):
            end += 1
        while end > start and not lines[end - 1].strip():
            end -= 1
        if is_marked or end - start > 2:
            yield _headers(lines, at, end, start)
        at = max(end, at + 1)


def _headers(lines: Sequence[str], at: int, end: int, start: int) -> HeadersInText:
    values: dict[str, str] = {}
    for line in lines[start:end]:
        if found := _HEADER.fullmatch(line):
            name = re.sub(r"[\s>*]", "", line[: found.start(1)]).rstrip(":：").lower()
            values.setdefault(name, found[1].strip(" *"))
    return HeadersInText(
        at,
        end,
        one_line(" ".join(lines[at:end])),
        next((values[key] for key in ("subject", "제목") if key in values), ""),
        next((values[key] for key in ("from", "보낸사람", "보낸이", "보내는사람") if key in values), ""),
        next((values[key] for key in ("date", "sent", "날짜", "보낸날짜", "보낸시간", "일시") if key in values), ""),
    )
