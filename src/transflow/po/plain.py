"""The entries of a report's catalog as nearly all are, in one search over the bytes of the file: for counting very many.

Invariant: `entries` answers only for a file of which every byte is understood; what it finds is then what `scan` finds.
Everything else (articles, omitted units, questions, texts of several lines, damage) is left to `scan`.
"""

from __future__ import annotations

import re
from hashlib import sha256

from transflow.model import State
from transflow.po import shape
from transflow.po.header import FORMAT

_NOTES = rb"(?:# (?:@assigned |(?!@[acoq])).*\n)*+"
"""None that begins as those do which decide on a state or are counted: approved, omitted, cut, question, conflict."""
_ENTRY = re.compile(
    rb"(" + _NOTES + rb"(?:# @approved [!#-~]+ [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z ([0-9a-f]{16})\n"
    rb"(?!# @\+))?+" + _NOTES + rb"(?:#\. .*\n)?+(#, fuzzy\n)?+"
    rb'(?:#\| msgid "(.+)"\n(?!#\| "))?+msgctxt "([0-9a-z]+)"\nmsgid "(.+)"\nmsgstr "(.*)"\n'
    rb"(?:\n(?=# |#[.,] |#\| msg|msgctxt )|\n?\Z))"
)
"""The whole; the digest of an approval; fuzzy; previous source; id, source, target as they are escaped."""
_HEADER = re.compile(rb'msgid ""\nmsgstr ""\n(?:"(?!X-Article:)[A-Za-z-]+: [^"\\\n]*\\n"\n)+\n')
_READABLE = (b'; charset=UTF-8\\n"\n', b'\n"X-Transflow-Format: %d\\n"\n' % FORMAT)
_LANGUAGE = re.compile(rb'\n"X-Source-Language: ([A-Za-z_-]+)\\n"\n')


Plain = tuple[bytes, State, bytes, bool, bool]
"""What counting needs of a live unit: its source and the whole entry, as UTF-8, whether the source changed, whether an
approval is void."""


def language(data: bytes) -> tuple[str, int] | None:
    """The source language of a report's catalog, and where its header ends; None for a header that is to be looked at closely."""
    head = _HEADER.match(data)
    known = _LANGUAGE.search(data, 0, head.end()) if head else None
    if not head or not known or not all(field in head[0] for field in _READABLE):
        return None
    return known[1].decode(), head.end()


def entries(data: bytes, position: int) -> list[Plain] | None:
    """The units behind the header, which ends at `position` in bytes; None for a file that is not understood whole."""
    found = _ENTRY.findall(data, position)
    if sum([len(entry[0]) for entry in found]) != len(data) - position:
        return None
    if len({entry[4] for entry in found}) != len(found):  # an id is there twice
        return None
    # Nothing to unescape anywhere, where no quote is inside a string: asked once, not of every text
    quotes = 6 * len(found) + 2 * sum([bool(entry[3]) for entry in found])
    is_bare = data.find(b"\\", position) < 0 and data.count(b'"', position) == quotes
    units: list[Plain] = []
    for entry, mark, fuzzy, previous, unit_id, source, target in found:
        if not is_bare and (b"\\" in source or b"\\" in target or b'"' in source or b'"' in target or previous):
            known, text = _unescaped(source), _unescaped(target)
            if not known or text is None or not (_unescaped(previous) or not previous):
                return None
            source, target = known, text
        right = mark and sha256(b"%b\0%b\0%b\0" % (unit_id, source, target)).hexdigest()[:16] == mark.decode()
        state: State = "untranslated"
        if target:
            state = "needs-work" if fuzzy else "approved" if right else "translated"
        units.append((source, state, entry, bool(previous), bool(mark) and not right))
    return units


def _unescaped(string: bytes) -> bytes | None:
    """The text of a string; None where it is not well-formed."""
    text = shape.text(string.decode(), None)
    return None if text is None else text.encode()
