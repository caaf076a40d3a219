"""The entries of a report's catalog as nearly all are, in one search over the bytes of the file: for counting very many.

Invariant: `entries` answers only for a file of which every byte is understood; what it finds is then what `scan` finds.
Everything else (articles, omitted units, questions, texts of several lines, damage) is left to `scan`.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from hashlib import sha256
from typing import NamedTuple

from transflow.model.unit import FORMAT, KINDS, State
from transflow.po import shape

_NOTES = rb"(?:# (?:@assigned |(?!@[abcoqr])).*\n)*+"
"""None that begins as those do which decide on a state or are counted: approved, by, conflict, cut, omitted, question, returned."""
_KIND = b"(?:" + "|".join(KINDS).encode() + b")"
_TIME = rb"0000-00-00T00:00:00Z".replace(b"0", b"[0-9]")  # quicker than with repeats
_ENTRY = re.compile(
    rb"(" + _NOTES + rb"((?:# @by [!#-~]+ " + _TIME + rb" [0-9]+\n(?!# @\+))*+)" + _NOTES + rb"(?:# @approved [!#-~]+ "
    rb"(" + _TIME + rb" [0-9a-f]{16})\n(?!# @\+))?+" + _NOTES + rb"(?:#\. " + _KIND + rb"(?:, .*)?+\n)?+(#, fuzzy\n)?+"
    rb'(?:#\| msgid "(.+)"\n(?!#\| "))?+msgctxt "([0-9a-z]+)"\nmsgid "(.+)"\nmsgstr "(.*)"\n'
    rb"(?:\n(?=# |#[.,] |#\| msg|msgctxt )|\n?\Z))"
)
"""The whole; its authors' lines; time and digest of an approval; fuzzy; previous source; id, source, target as they are
escaped."""
_HEADER = re.compile(rb'msgid ""\nmsgstr ""\n(?:"[A-Za-z-]+: [^"\\\n]*\\n"\n)+\n')
_CHARSET = b'; charset=UTF-8\\n"\n'
_FORMAT = re.compile(rb'\n(?:"X-Units: ([0-9]{1,9}) [0-9]{1,9}\\n"\n)?+"X-Transflow-Format: ([0-9])\\n"\n')
_LANGUAGE = re.compile(rb'\n"X-Source-Language: ([A-Za-z_-]+)\\n"\n')


Plain = tuple[bytes, State, bytes, bool, bool]
"""What counting needs of a live unit: its source and the whole entry, as UTF-8, whether the source changed, whether an
approval is void."""


class Head(NamedTuple):
    """The header of a report's catalog: the source language, how many units are said to follow, where it ends in bytes."""

    language: str
    units: int
    end: int


def head(data: bytes) -> Head | None:
    """The header of a report's catalog; None for one that is to be looked at closely."""
    found = _HEADER.match(data)
    known = _LANGUAGE.search(data, 0, found.end()) if found else None
    written = _FORMAT.search(data, 0, found.end()) if found else None
    if not found or not known or not written or _CHARSET not in found[0]:
        return None
    units, version = written.groups()
    names = found[0].lower()
    if (names.count(b'"x-transflow-format:'), names.count(b'"x-units:')) != (1, bool(units)) or b'"x-article:' in names:
        return None
    if int(version) > FORMAT or not (units or version == b"1"):
        return None
    return Head(known[1].decode(), int(units or 0), found.end())


def entries(data: bytes, header: Head) -> list[Plain] | None:
    """The units behind the header; None for a file that is not understood whole."""
    position = header.end
    found = _ENTRY.findall(data, position)
    if len(found) < header.units or sum([len(entry[0]) for entry in found]) != len(data) - position:
        return None
    if len({entry[5] for entry in found}) != len(found):  # an id is there twice
        return None
    # Nothing to unescape anywhere, where no quote is inside a string: asked once, not of every text
    quotes = 6 * len(found) + 2 * sum([bool(entry[4]) for entry in found])
    is_bare = data.find(b"\\", position) < 0 and data.count(b'"', position) == quotes
    units: list[Plain] = []
    for entry, by, approved, fuzzy, previous, unit_id, source, target in found:
        if not is_bare and (b"\\" in source or b"\\" in target or b'"' in source or b'"' in target or previous):
            known, text = _unescaped(source), _unescaped(target)
            if not known or text is None or not (_unescaped(previous) or not previous):
                return None
            source, target = known, text
        right = (
            approved and unhexlify(approved[21:]) == sha256(b"%b\0%b\0%b\0" % (unit_id, source, target)).digest()[:8]
        )
        if right and by:  # "# @by WHO TIME WORDS" a line: every fourth word is a time
            right = approved[:20] >= max(by.split(b" ")[3::4])
        state: State = "untranslated"
        if target:
            state = "needs-work" if fuzzy else "approved" if right else "translated"
        units.append((source, state, entry, bool(previous), bool(approved) and not right))
    return units


def _unescaped(string: bytes) -> bytes | None:
    """The text of a string; None where it is not well-formed."""
    text = shape.text(string.decode(), None)
    return None if text is None else text.encode()
