"""Entries as transflow writes them, as regular expressions.

They are the fast path of `catalog.parse` and `scan`.

Invariant: if a pattern matches at the start of an entry, and `text` accepts its strings, the line
reader in `transflow.po.syntax` finds the same texts and the same end. Everything else (other
wrapping, flags, damage) is left to that reader, and only it reports errors.
"""

from __future__ import annotations

import re
from functools import cache

from transflow.model.unit import KINDS
from transflow.patterns import possessive
from transflow.po.strings import unescape

_BODY = r'[^"\\\n]*(?:\\[nt"\\][^"\\\n]*)*'
_STRING = re.compile(_BODY)
_STRINGS = re.compile(rf'(?:[^"\n]*"{_BODY}"\n)*')
_QUOTED = re.compile(r'"(.*)"\n')
_EXACT_LINE = r'[^"\\\n]*+' + possessive(r'\\[nt"\\][^"\\\n]*+', "*")
_END = r"\n*+(?=# |#[.,:] |#\| msg|#~\|? msg|msgctxt |\Z)"
"""Certain end of an entry: another one begins, or the file ends."""
_NOTES = possessive(r"# .*\n", "*")
_KINDS = "|".join(KINDS)


def _strings(prefix: str, line: str) -> str:
    """Return the pattern of the further lines of a string."""
    return possessive(rf'{prefix}"{line}"\n', "*")


HEADER = re.compile(rf'({_NOTES})msgid ""\nmsgstr "()"\n({_strings("", ".*")}){_END}')
"""Groups: comment lines, first line of the fields, further lines of the fields."""


def _entry(prefix: str, previous: str) -> str:
    """Return the pattern of an entry.

    Groups: comment lines, the `#.` comment, the fuzzy flag, previous source (first line, further
    lines), id, source (first line, further lines), target (first line, further lines).
    """

    def string(keyword: str, prefix: str) -> str:
        return rf'{prefix}{keyword} "(.*)"\n({_strings(prefix, ".*")})'

    kind = possessive(rf"#\. ((?:{_KINDS})(?:, .*)?)\n", "?")
    return (
        rf"({_NOTES}){kind}(#, fuzzy\n)?{possessive(string('msgid', previous), '?')}"
        rf'{prefix}msgctxt "([0-9a-z]+)"\n{string("msgid", prefix)}{string("msgstr", prefix)}{_END}'
    )


LIVE = re.compile(_entry("", r"#\| "))


@cache
def exact() -> re.Pattern[str]:
    """Return the pattern of a live unit whose strings `text` accepts, with a source.

    Groups: the whole entry, and the id. It is compiled on first use.
    """
    strings = rf'"{_EXACT_LINE}"\n' + _strings("", _EXACT_LINE)
    kind = possessive(rf"#\. (?:{_KINDS})(?:, .*)?\n", "?")
    previous = possessive(rf'#\| msgid "{_EXACT_LINE}"\n' + _strings(r"#\| ", _EXACT_LINE), "?")
    return re.compile(
        rf'({_NOTES}{kind}(?:#, fuzzy\n)?{previous}msgctxt "([0-9a-z]+)"\n'
        rf'msgid (?!""\n{_strings("", "")}msgstr){strings}msgstr {strings}{_END})'
    )


@cache
def obsolete() -> re.Pattern[str]:
    """Return the pattern of an obsolete unit, compiled on first use: most files have none."""
    return re.compile(_entry("#~ ", r"#~\| "))


def text(first: str | None, more: str | None) -> str | None:
    """Return the text of a string, given its first line and its further lines as in the file.

    Empty if there is none, None if it is malformed.
    """
    if first and ("\\" in first or '"' in first) and not _STRING.fullmatch(first):
        return None
    if more:
        if not _STRINGS.fullmatch(more):
            return None
        first = (first or "") + "".join(_QUOTED.findall(more))
    return unescape(first or "")


def comment_lines(notes: str) -> list[str]:
    """Return the lines of a block of comments, without "# "."""
    return notes[2:-1].split("\n# ") if notes else []
