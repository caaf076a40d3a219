"""Entries as transflow writes them, as regular expressions: the fast path of `catalog.parse` and of `scan`.

Invariant: where a pattern matches at the start of an entry, and `text` is content with its strings, the line reader in
`transflow.po.syntax` finds the same texts in it and the same end. Everything else (foreign wrapping, flags, damage) goes
to the reader, which alone says what is wrong.
"""

from __future__ import annotations

import re
from functools import cache

from transflow.model.unit import KINDS
from transflow.po.strings import unescape

_BODY = r'[^"\\\n]*(?:\\[nt"\\][^"\\\n]*)*'
_STRING = re.compile(_BODY)
_STRINGS = re.compile(rf'(?:[^"\n]*"{_BODY}"\n)*')
_QUOTED = re.compile(r'"(.*)"\n')
_KIND = "|".join(KINDS)
_END = r"\n*+(?=# |#[.,:] |#\| msg|#~\|? msg|msgctxt |\Z)"
"""Where an entry is over for sure: another begins, or the file ends."""

HEADER = re.compile(rf'((?:# .*\n)*+)msgid ""\nmsgstr "()"\n((?:".*"\n)*+){_END}')
"""Comment lines; first line and more of the fields."""


def _entry(mark: str, previous: str) -> re.Pattern[str]:
    """Groups: comment lines, what `#.` says, the fuzzy flag, previous source (first line, more), id, source (first line,
    more), target (first line, more)."""

    def string(keyword: str, mark: str) -> str:
        return rf'{mark}{keyword} "(.*)"\n((?:{mark}".*"\n)*+)'

    return re.compile(
        rf"((?:# .*\n)*+)(?:#\. ((?:{_KIND})(?:, .*)?)\n)?+(#, fuzzy\n)?+(?:{string('msgid', previous)})?+"
        rf'{mark}msgctxt "([0-9a-z]+)"\n{string("msgid", mark)}{string("msgstr", mark)}{_END}'
    )


LIVE = _entry("", r"#\| ")


@cache
def obsolete() -> re.Pattern[str]:
    """The pattern of a deleted unit. Compiled when the first is read: most files that are counted have none."""
    return _entry("#~ ", r"#~\| ")


def text(first: str | None, more: str | None) -> str | None:
    """The text of a string whose first line holds `first`, and whose further lines, as they stand in the file, are `more`.

    Empty where there is none, None where it is not well-formed.
    """
    if first and ("\\" in first or '"' in first) and not _STRING.fullmatch(first):
        return None
    if more:
        if not _STRINGS.fullmatch(more):
            return None
        first = (first or "") + "".join(_QUOTED.findall(more))
    return unescape(first or "")


def comment_lines(notes: str) -> list[str]:
    """The lines of a block of comments, without "# "."""
    return notes[2:-1].split("\n# ") if notes else []
