r"""Formatted text as inline Markdown.

Invariant: the visible characters of `markdown(runs)`, as readers of a story see them, are those of
the runs: what Markdown would take for markup gets a backslash, and emphasis or a link that
Markdown could not show there is left out. Only as much is escaped as is needed: `[속보] 1 * 2`
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import category, normalize

from transflow.invisible import without_invisible
from transflow.language.segment import split
from transflow.renderers.formatting import markup
from transflow.text import one_line, without_controls

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\`*_\[\]<&]")
_CLASSES = ("*_", "`", "[]", "&", "<", "\\", "*_[]", "\\`*_[]<&")
"""Characters to escape, tried in this order."""
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)


class Run(NamedTuple):
    """A text of one format. "\n" in it is a line break; other white space is a space."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    """Address of a link, with its scheme; others than those of the web and of mail are left out."""


class Inline(NamedTuple):
    """Spans as inline Markdown on one line."""

    markdown: str
    has_all: bool
    """False if emphasis is left out that Markdown cannot show there."""


class _Format(NamedTuple):
    strong: bool
    emphasis: bool
    address: str


_NO_FORMAT = _Format(False, False, "")


def visible_text(text: str) -> str:
    """Return a text as the record can hold it: NFC, without controls and invisible characters."""
    text = _SURROGATE.sub("\ufffd", text)
    return normalize("NFC", without_controls(without_invisible(text)))


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs of each line."""
    found: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(re.split(r"\r\n|[\n\r]", run.text)):
            if number:
                found.append([])
            if text:
                found[-1].append(run._replace(text=text))
    return found


def markdown(runs: Sequence[Run]) -> Inline:
    """Return runs as inline Markdown on one line."""
    if not any(run.strong or run.emphasis or run.address for run in runs):
        return Inline(escaped(one_line(visible_text("".join(run.text for run in runs)))), True)
    text, formats = _folded(runs)
    formats = _without_emphasis_of_gaps(text, formats)
    links = [_Format(False, False, each.address) for each in formats]
    for kept in (formats, links):
        for escape in (escaped, _all_escaped):
            found = _written(text, kept, escape)
            if markup.plain(found) == text:
                return Inline(found, kept == formats)
    return Inline(escaped(text), False)


def escaped(text: str) -> str:
    """Return a text on one line as inline Markdown that shows exactly these characters."""
    if not _SPECIAL.search(text) or markup.plain(text) == text:
        return text
    for characters in _CLASSES:
        found = re.sub(rf"[{re.escape(characters)}]", r"\\\g<0>", text)
        if markup.plain(found) == text:
            return found
    return found


def _all_escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _folded(runs: Iterable[Run]) -> tuple[str, list[_Format]]:
    """Return the text of the runs on one line, and the format of each character.

    A space has the format that both of its sides have.
    """
    characters: list[str] = []
    formats: list[_Format] = []
    for run in runs:
        address = run.address.strip() if is_kept(run.address) else ""
        for each in visible_text(run.text):
            if not each.isspace():
                characters.append(each)
                formats.append(_Format(run.strong, run.emphasis, address))
            elif characters and characters[-1] != " ":
                characters.append(" ")
                formats.append(_NO_FORMAT)
    if characters[-1:] == [" "]:
        del characters[-1], formats[-1]
    for at in range(1, len(characters) - 1):
        if characters[at] == " ":
            formats[at] = _shared(formats[at - 1], formats[at + 1])
    return "".join(characters), formats


def _shared(one: _Format, other: _Format) -> _Format:
    address = one.address if one.address == other.address else ""
    return _Format(one.strong and other.strong, one.emphasis and other.emphasis, address)


def is_kept(address: str) -> bool:
    """True for an address that a link in Markdown can have, and for none."""
    return not address or _WEB.fullmatch(address.strip()) is not None


def _without_emphasis_of_gaps(text: str, formats: Sequence[_Format]) -> list[_Format]:
    """Return the formats so that each sentence has its own marks: a unit is one sentence."""
    found = list(formats)
    for segment in split(text):
        for at in range(segment.end, min(segment.end + len(segment.gap), len(text))):
            found[at] = _Format(False, False, found[at].address)
    return found


def _written(text: str, formats: Sequence[_Format], escape: Callable[[str], str]) -> str:
    """Return Markdown with marks around each run of one format; links are outside of emphasis."""
    parts = []
    for address, places in groupby(range(len(text)), key=lambda at: formats[at].address):
        link = [*places]
        inside = "".join(_emphasised(text, formats, range(link[0], link[-1] + 1), escape))
        parts.append(f"[{inside}]({_destination(address)})" if address else inside)
    return "".join(parts)


def _emphasised(text: str, formats: Sequence[_Format], places: range, escape: Callable[[str], str]) -> Iterator[str]:
    for (strong, emphasis), run in groupby(places, key=lambda at: formats[at][:2]):
        start, *more = run
        end = more[-1] + 1 if more else start + 1
        mark = "**" * strong + "*" * emphasis
        first, last = _flanked(text, start, end, places) if mark else (end, end)
        yield escape(text[start:first])
        yield f"{mark}{escape(text[first:last])}{mark}" if last > first else ""
        yield escape(text[last:end])


def _flanked(text: str, start: int, end: int, places: range) -> tuple[int, int]:
    """Return the part of an emphasised run at whose ends marks are read as such: in `"서한"이` they
    stand inside of the quotation marks.
    """
    if _can_flank(text, start, start - 1, places) and _can_flank(text, end - 1, end, places):
        return start, end
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    return start, end


def _can_flank(text: str, at: int, beside: int, places: range) -> bool:
    """True if a mark between two characters belongs to the first one (flanking, in CommonMark)."""
    return not _is_mark(text[at]) or beside not in places or _is_mark(text[beside])


def _is_mark(character: str) -> bool:
    """True for a space, a punctuation mark or a sign."""
    return category(character)[0] in "PSZ"


def _destination(address: str) -> str:
    return f"<{address}>" if re.search(r"[()\\]", address) else address
