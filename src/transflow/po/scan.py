"""One pass over the text of a catalog, for counting: no entries are built, and nothing but `re` and `hashlib` is needed.

Invariant: for every file that `transflow.po.catalog.parse` reads, the ids, texts and states found here are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.model import State
from transflow.po.strings import unescape

_BODY = r'[^"\\\n]*(?:\\.[^"\\\n]*)*'
_LIVE = re.compile(
    r"((?:# .*\n)*)(?:#\. .*\n)?(#, .*\n)?(#\| .*\n(?:#\| \".*\n)*)?"
    rf'msgctxt "([a-z0-9]+)"\nmsgid "({_BODY})"\n((?:".*"\n)*)msgstr "({_BODY})"\n((?:".*"\n)*)\n*'
)
_OBSOLETE = re.compile(r"(?:#[ .,~].*\n)*#~ msgctxt \"(?P<id>[a-z0-9]+)\"\n(?:#~ .*\n)+\n*")
_APPROVED = re.compile(r"\S+ \S+ ([0-9a-f]{16})\n")


class Seen(NamedTuple):
    """A live unit, as counting needs it. Texts are unescaped."""

    id: str
    source: str
    target: str
    state: State
    notes: str
    """Its comment lines as they stand in the file."""
    changed: bool
    """Whether it has a previous source: its source changed since the target was confirmed."""
    void: bool
    """Whether it has an approval that its texts do not match."""


def header_field(text: str, name: str) -> str:
    """A field of the header, read off the raw text of a file that transflow wrote; empty where it is missing."""
    match = re.compile(rf'^"{re.escape(name)}: ((?:[^"\\\n]|\\.)*?)\\n"$', re.MULTILINE).search(text, 0, 8192)
    return unescape(match[1]) if match else ""


def scan(text: str, path: str) -> Iterator[Seen]:
    """The live units of a catalog in order. Raises UnreadableError like `parse` for what is no catalog.

    Entries that are not written as transflow writes them (another program's wrapping, say) are left to `parse`.
    """
    position = _after_header(text)
    match_at, end = _LIVE.match, len(text)
    while position < end:
        match = match_at(text, position)
        if match is not None:
            yield _seen(*match.groups())
        else:
            match = _OBSOLETE.match(text, position)
            if match is None:
                yield from _slowly(text, path, position)
                return
        position = match.end()


def _after_header(text: str) -> int:
    """The position after the header entry; 0 where it is not written as ours are."""
    if not text.startswith('msgid ""\nmsgstr ""\n"'):
        return 0
    return (text.find("\n\n") + 2) if "\n\n" in text else len(text)


def _joined(first: str, more: str) -> str:
    if more:
        first += "".join(line[1:-1] for line in more.split("\n"))
    return unescape(first) if "\\" in first else first


def _seen(
    notes: str,
    flags: str | None,
    previous: str | None,
    unit_id: str,
    source: str,
    more_source: str,
    target: str,
    more_target: str,
) -> Seen:
    if more_source or "\\" in source:
        source = _joined(source, more_source)
    if more_target or "\\" in target:
        target = _joined(target, more_target)
    state: State = "translated" if target else "untranslated"
    void = False
    if (at := notes.find("# @approved ")) >= 0 and (match := _APPROVED.match(notes, at + 12)):
        whole = f"{unit_id}\0{source}\0{target}\0".encode("utf-8", "surrogatepass")
        void = not sha256(whole).hexdigest().startswith(match[1])
        state = "approved" if target and not void else state
    if flags and "fuzzy" in flags:
        state = "needs-work"
    if "# @omitted " in notes:
        state = "omitted"
    elif "# @cut " in notes:
        state = "cut"
    return Seen(unit_id, source, target, state, notes, previous is not None, void)


def _slowly(text: str, path: str, position: int) -> Iterator[Seen]:
    """The units from a position on, through the full reader (which also finds what is wrong)."""
    from transflow.po.catalog import parse
    from transflow.po.notes import written
    from transflow.po.strings import escape

    catalog = parse(text, path)
    before = {match[4] for match in _LIVE.finditer(text, _after_header(text), position)}
    for unit in catalog.units:
        if unit.id not in before:
            notes = "".join(f"# {line}\n" for line in written(unit))
            flags = "#, fuzzy\n" if unit.fuzzy else None
            yield _seen(notes, flags, unit.previous or None, unit.id, escape(unit.source), "", escape(unit.target), "")


def check_header(text: str, path: str) -> None:
    """Raises UnreadableError where the header is none of ours, or of a newer format."""
    version = header_field(text, "X-Transflow-Format")
    if version != "1":
        from transflow.po.catalog import parse

        parse(text, path)
        raise UnreadableError(path, 1, f"the format “{version}” is not known.")
