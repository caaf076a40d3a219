"""Fast counting of report catalogs: one regular expression over the bytes of the file.

Invariant: `plain_units` gives a result only for a file of which it understands every byte; that
result is then the one that `scan` gives. Everything else (story catalogs, omitted units, questions,
texts of several lines, damage) is left to `scan`.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from hashlib import sha256
from typing import NamedTuple

from transflow.model.unit import FORMAT, KINDS, State, live_state
from transflow.patterns import possessive
from transflow.po import shape

_NOTES = possessive(r"# (?:@assigned |(?!@[abcoqr])).*\n", "*")
"""Notes, except those with an initial of a key that decides on the state or is counted:
approved, by, conflict, cut, omitted, question, returned.
"""
_TIME = r"0000-00-00T00:00:00Z".replace("0", "[0-9]")  # faster than with repeats
_BY = possessive(rf"# @by [!#-~]+ {_TIME} [0-9]+\n(?!# @\+)", "*")
_APPROVED = possessive(rf"# @approved [!#-~]+ ({_TIME} [0-9a-f]{{16}})\n(?!# @\+)", "?")
_KIND = possessive(rf"#\. (?:{'|'.join(KINDS)})(?:, .*)?\n", "?")
_PREVIOUS = possessive(r'#\| msgid "(.+)"\n(?!#\| ")', "?")
_ENTRY = re.compile(
    (
        rf"({_NOTES}({_BY}){_NOTES}{_APPROVED}{_NOTES}{_KIND}(#, fuzzy\n)?{_PREVIOUS}"
        r'msgctxt "([0-9a-z]+)"\nmsgid "(.+)"\nmsgstr "(.*)"\n'
        r"(?:\n(?=# |#[.,] |#\| msg|msgctxt )|\n?\Z))"
    ).encode()
)
"""Groups: the whole entry; its @by lines; time and digest of its approval; fuzzy flag; previous
source; id, source and target, all escaped.
"""
_HEADER = re.compile(rb'msgid ""\nmsgstr ""\n(?:"[A-Za-z-]+: [^"\\\n]*\\n"\n)+\n')
_CHARSET = b'; charset=UTF-8\\n"\n'
_FORMAT = re.compile(rb'\n(?:"X-Units: ([0-9]{1,9}) [0-9]{1,9}\\n"\n)?"X-Transflow-Format: ([0-9])\\n"\n')
_LANGUAGE = re.compile(rb'\n"X-Source-Language: ([A-Za-z_-]+)\\n"\n')


CountedUnit = tuple[bytes, State, bytes, bool, bool]
"""(source, state, whole entry, whether the source changed, whether an approval is void) of a
live unit, texts as UTF-8.
"""


class PlainHeader(NamedTuple):
    """The header of a report's catalog: source language, expected number of units, end in bytes."""

    language: str
    units: int
    end: int


def plain_header(data: bytes) -> PlainHeader | None:
    """Return the header of a report's catalog; None if `scan` has to read the file."""
    header_match = _HEADER.match(data)
    language_match = _LANGUAGE.search(data, 0, header_match.end()) if header_match else None
    format_match = _FORMAT.search(data, 0, header_match.end()) if header_match else None
    if not header_match or not language_match or not format_match or _CHARSET not in header_match[0]:
        return None
    units, version = format_match.groups()
    names = header_match[0].lower()
    if (names.count(b'"x-transflow-format:'), names.count(b'"x-units:')) != (1, bool(units)) or b'"x-article:' in names:
        return None
    if int(version) > FORMAT or not (units or version == b"1"):
        return None
    return PlainHeader(language_match[1].decode(), int(units or 0), header_match.end())


def plain_units(data: bytes, header: PlainHeader) -> list[CountedUnit] | None:
    """Return the units after the header; None if any part of the file was not understood."""
    position = header.end
    matches = _ENTRY.findall(data, position)
    if len(matches) < header.units or sum([len(entry[0]) for entry in matches]) != len(data) - position:
        return None
    if len({entry[5] for entry in matches}) != len(matches):  # duplicate ids
        return None
    # Without a quote inside a string there is nothing to unescape: counted once, not in every text
    quotes = 6 * len(matches) + 2 * sum([bool(entry[4]) for entry in matches])
    is_bare = data.find(b"\\", position) < 0 and data.count(b'"', position) == quotes
    units: list[CountedUnit] = []
    for entry, by, approved, fuzzy, previous, unit_id, source, target in matches:
        if not is_bare and (b"\\" in source or b"\\" in target or b'"' in source or b'"' in target or previous):
            plain_source, plain_target = _unescaped(source), _unescaped(target)
            if not plain_source or plain_target is None or not (_unescaped(previous) or not previous):
                return None
            source, target = plain_source, plain_target
        is_approved = (
            approved and unhexlify(approved[21:]) == sha256(b"%b\0%b\0%b\0" % (unit_id, source, target)).digest()[:8]
        )
        if is_approved and by:  # lines "# @by WHO TIME WORDS": every fourth word is a time
            is_approved = approved[:20] >= max(by.split(b" ")[3::4])
        state = live_state(target, fuzzy, is_approved)
        units.append((source, state, entry, bool(previous), bool(approved) and not is_approved))
    return units


def _unescaped(string: bytes) -> bytes | None:
    """Return the text of a string; None if it is malformed."""
    text = shape.text(string.decode(), None)
    return None if text is None else text.encode()
