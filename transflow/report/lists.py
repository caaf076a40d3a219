"""Lines that look like list items but are text: dates, figures, wrapped lines.

Markdown removes the number or the minus of `2024. 3. 11. …`, `6. 25 …` and `- 5도`, so that a
translator never sees it.

Invariant: a number is removed only from an item of a consecutively numbered list, and a minus never
from a temperature or a percentage. A doubtful line is text, since that loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from transflow.messages import Message, Messages

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

MOST = 999
"""Greatest number of a list item: a larger one is a year or a figure."""

_NUMBER = re.compile(r"([0-9]{1,9})([.)])(?:[ \t]+(.*)|$)")
_ORDERED = re.compile(r"[0-9]{1,9}[.)](?:[ \t]|$)")
_DAY = re.compile(r"[0-9]|\(?[월화수목금토일]\)|$")
"""Remainder of a line whose number may belong to it: `6. 25 전쟁`, `11. (월)`, or a number
alone.
"""
_ENUMERATED = re.compile(r"((?:[ \t>]|[-+*](?=[ \t]))*)([0-9]{1,3})[.)](?:[ \t]+(.*)|[ \t]*$)")

_DATE = re.compile(
    r"(?:[1-9]|[12][0-9]|3[01])(?![0-9]|[,.][0-9]|\s?[%％㎞㎡℃]"
    r"|[명개년월일시분초회차번건곳억만천백십조원톤세살대배도장권호층여주인국당종]|가지|달러|위안|킬로|미터|마리|가구|단계|퍼센트)"
)
"""A number that may be a day of a month, and is not a count of anything. One-sided: a counter that
is missing here only makes a line a date without need.
"""

_SIGNED = re.compile(r"[-+][ \t]+[0-9][0-9.,]*\s?(?:도(?!민|청|지사|의회)|[℃℉°˚%％]|퍼센트|포인트)")
_BELOW_ZERO = re.compile(r"-[ \t]+([0-9][0-9.,]*\s?(?:도|[℃℉°˚]))")
_BULLET = re.compile(r"((?:[ \t>]|(?:[-+*]|[0-9]{1,9}[.)])[ \t]+(?=[-+*]))*)([-+*])(?:[ \t]|$)")
"""The innermost marker of a line: the content of an item may be an item itself."""
_REACH = 20
"""Lines above and below a signed figure that are searched for other items of its list."""

MESSAGES = Messages(
    __name__,
    {
        "joined": "This numbered list is read as the text of the paragraph above it. Leave a line empty between them.",
        "ambiguous": "“{number}. {text}” is read as an item of a list, without its number. If it is a date, write "
        "{number}\\. {text}",
        "minus": "“{text}” is read as an item of a list, without its minus. If it is below zero, write -{figure}",
    },
)

_ENVIRONMENT_KEY = "transflow.lines"
"""Key of the `_Lines` in the parser's environment."""


class _Numbered(NamedTuple):
    """A line that begins with a number, and whether number and text may be month and day."""

    line: int
    number: int
    may_be_date: bool


class _Mark(NamedTuple):
    """The innermost marker of a line, and whether it follows the marker of another item."""

    indent: str
    sign: str
    is_inside: bool


class _Lines(NamedTuple):
    """The lines of a text, those that are numbered items, and messages for the reporter by line."""

    lines: list[str]
    counted: frozenset[int]
    notes: dict[int, Message]


def add_list_rules(parser: MarkdownIt) -> None:
    """Make a parser treat such lines as text."""
    parser.block.ruler.before("list", "text of a list", _ends_list, {"alt": ["list"]})
    # the same `alt` as in markdown-it
    parser.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


def may_have_text_lines(text: str) -> bool:
    """True if a text may contain such a line; fast, with false positives."""
    return _CANDIDATE.search("\n" + text) is not None


def needs_other_mark(text: str, *, numbered: bool) -> bool:
    """True if the text of an item would not be read as an item after "1." or, alone, after "-"."""
    return bool(_DAY.match(text) if numbered else _SIGNED.match(f"- {text}"))


_CANDIDATE = re.compile(  # begins with a literal, which `re` finds quickly
    r"\n(?=[ \t>*+0-9-])(?:(?:[ \t>]|[-+*][ \t]|[0-9]{1,9}[.)][ \t])*"
    r"(?:[0-9]{4,9}[.)]|[0-9]{1,3}(?:\.(?:[ \t]+[0-9(월화수목금토일]|[ \t]*$)|\)(?:[ \t]+[0-9]{1,9}[.)]|[ \t]*$))|[-+][ \t]+[0-9])"
    r"|(?<=[^\n]\n)[ \t>]*0*1[.)](?:[ \t]|$))",
    re.M,
)


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Parse a list as markdown-it does, unless the line is text. Loads markdown-it's own rule."""
    from markdown_it.rules_block import list_block

    if state.is_code_block(line):
        return False
    if text := _interrupting(state, line, silent):
        if line in _lines(state).counted and int(text[1]) <= 1:
            _lines(state).notes[line] = MESSAGES("joined")
        return False
    return not _is_text(state, line, end) and list_block(state, line, end, silent)


def _ends_list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """True if a line between two items of a list is text, which ends the list."""
    return silent and not state.is_code_block(line) and _is_text(state, line, end)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _interrupting(state: StateBlock, line: int, silent: bool) -> re.Match[str] | None:
    """Match a number that begins a line inside a paragraph.

    Not in a list, where it may begin a nested list.
    """
    in_paragraph = silent and state.parentType == "paragraph" and state.sCount[line] >= state.blkIndent
    return _NUMBER.match(_line(state, line)) if in_paragraph and state.listIndent < 0 else None


def _is_text(state: StateBlock, line: int, end: int) -> bool:
    text = _line(state, line)
    if _SIGNED.match(text):
        is_text = _is_only_item(_lines(state).lines, line)
        if not is_text and (below_zero := _BELOW_ZERO.match(text)):
            _lines(state).notes[line] = MESSAGES("minus", text=below_zero[0], figure=below_zero[1])
        return is_text
    number = _NUMBER.match(text)
    if number is None:
        return False
    content = (number[3] or "").strip()
    if int(number[1]) > MOST or _ORDERED.match(content):
        return True
    if not content and line + 1 < end and state.sCount[line + 1] > state.sCount[line]:
        return _ORDERED.match(_line(state, line + 1)) is not None
    if content and (number[2] == ")" or not _DAY.match(content)):
        return False
    is_item = line in _lines(state).counted
    if is_item and int(number[1]) <= 12 and _DATE.match(content):
        _lines(state).notes[line] = MESSAGES("ambiguous", number=number[1], text=content[:20].rstrip())
    return not is_item


def notes(environment: MutableMapping[str, Any]) -> Mapping[int, Message]:
    """Return 0-based line -> message for the reporter, collected in a parser's environment."""
    return environment[_ENVIRONMENT_KEY].notes if _ENVIRONMENT_KEY in environment else {}


def _lines(state: StateBlock) -> _Lines:
    """Return the lines of the whole text, computed once."""
    if _ENVIRONMENT_KEY not in state.env:
        lines = state.src.split("\n")
        state.env[_ENVIRONMENT_KEY] = _Lines(lines, frozenset(numbered_items(lines)), {})
    lines_of_text: _Lines = state.env[_ENVIRONMENT_KEY]
    return lines_of_text


def numbered_items(lines: Sequence[str]) -> Iterator[int]:
    """Yield the 0-based lines of items that are numbered consecutively.

    Dates can be consecutive too, month by month: a list is skipped if each of its items may be a
    date, or if some may be and it does not begin with 1.
    """
    open_runs: dict[tuple[str, int], list[_Numbered]] = {}
    runs: list[list[_Numbered]] = []
    for index, line in enumerate(lines):
        if not (found := _ENUMERATED.match(line)):
            continue
        indent, number = re.sub(r"[-+*]", " ", found[1]).expandtabs(4), int(found[2])
        if (run := open_runs.pop((indent, number - 1), None)) is None:
            runs.append(run := [])
        run.append(_Numbered(index, number, number <= 12 and _DATE.match(found[3] or "") is not None))
        open_runs[indent, number] = run
    for run in runs:
        dates = sum(each.may_be_date for each in run)
        if len(run) > 1 and dates < len(run) and (not dates or run[0].number <= 1):
            yield from (each.line for each in run)


def _is_only_item(lines: Sequence[str], line: int) -> bool:
    """True if there is no other item of the same list above or below."""
    mark = _mark(lines[line])
    above = _neighbour(lines, range(line - 1, max(-1, line - _REACH), -1))
    below = _neighbour(lines, range(line + 1, min(len(lines), line + _REACH)))
    return mark is None or not (_continues(mark, above) or _continues(below, mark))


def _continues(later: _Mark | None, earlier: _Mark | None) -> bool:
    """True if an item continues the list of the previous one; the first in another item begins a
    list.
    """
    return bool(later and earlier and not later.is_inside and later[:2] == earlier[:2])


def _neighbour(lines: Sequence[str], numbers: range) -> _Mark | None:
    """Return the marker of the next item, if only continuation lines come before it."""
    for number in numbers:
        if mark := _mark(lines[number]):
            return mark
        if lines[number].strip(" \t>") and not lines[number].startswith((" ", "\t", ">")):
            return None
    return None


def _mark(line: str) -> _Mark | None:
    if not (found := _BULLET.match(line)):
        return None
    before = re.sub(r"[^ \t>]", " ", found[1])
    return _Mark(before.expandtabs(4), found[2], before != found[1])
