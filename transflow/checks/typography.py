"""Spaces and quotation marks: misplaced or double spaces, straight marks, misplaced punctuation.

Only for English, whose newspapers use curly quotation marks, with commas and full stops inside
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
PAIR = ("", "en")
IDS: Mapping[str, Severity] = {
    "typography.space": "warning",
    "typography.spaces": "hint",
    "typography.straight": "hint",
    "typography.inside": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "typography.space": "there is a space before this punctuation mark.",
        "typography.spaces": "there are two spaces.",
        "typography.straight": "quotation marks and apostrophes are curly: “ ” ’.",
        "typography.inside": "the full stop or comma goes inside the quotation mark.",
    },
)
PASSING = (
    Example("“간다”고 했다.", "“I’m going,” he said in the ’90s."),
    Example("값은 .5다.", "It is worth .5 points ... or so."),
    Example("그는 웃었다.", "He laughed :) at transflow .com"),
)
FAILING = (
    Example("그는 떠났다.", "He left , and nobody saw it.", " ,", "typography.space", "He left, and nobody saw it."),
    Example("그는 떠났다.", "He  left.", "  ", "typography.spaces", "He left."),
    Example("“간다”고 했다.", '"I\'m going," he said.', '"', "typography.straight", "“I’m going,” he said."),
    Example("“간다”고 했다.", "He said “I am going”.", "”.", "typography.inside", "He said “I am going.”"),
)
_SPACE = re.compile(r"(?<=[\w)”’\"']) +(?=[,;?!](?:[\s”\"’']|$)|\.(?:[”\"’'\s]*$|\s+[“\"]?[A-Z]))")
_MARK_AFTER_SPACE = re.compile(" [,;?!.]")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_STRAIGHT = re.compile("[\"']")
_OUTSIDE = re.compile(r"(?<=[^\s.,?!…”])”([.,])(?![.\d])")
_VERBATIM = re.compile(r"`[^`]{0,2000}`|\]\([^)]{0,2000}\)|https?://\S+|<[^>]{0,2000}>")
"""Pattern for code, addresses and tags, to which typography does not apply."""
_OPENS_AFTER = frozenset(" \n\t([{—–/“‘*_-")
"""Characters before an opening quotation mark."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.locale.startswith("en"):
        return
    target = unit.target
    for found in _SPACE.finditer(target) if _MARK_AFTER_SPACE.search(target) else ():
        fixed = target[: found.start()] + target[found.end() :]
        span = found.start(), found.end() + 1
        message = MESSAGES("typography.space")
        yield Issue("typography.space", IDS["typography.space"], message, None, span, fixed)
    for found in _SPACES.finditer(target) if "  " in target else ():
        fixed = target[: found.start()] + " " + target[found.end() :]
        message = MESSAGES("typography.spaces")
        yield Issue("typography.spaces", IDS["typography.spaces"], message, None, found.span(), fixed)
    if '"' in target or "'" in target:
        yield from _straight(target, [found.span() for found in _VERBATIM.finditer(target)])
    for found in _OUTSIDE.finditer(target) if "”" in target else ():
        fixed = f"{target[: found.start()]}{found[1]}”{target[found.end() :]}"
        message = MESSAGES("typography.inside")
        yield Issue("typography.inside", IDS["typography.inside"], message, None, found.span(), fixed)


def _straight(target: str, verbatim: list[tuple[int, int]]) -> Iterator[Issue]:
    hidden = {index for span in verbatim for index in range(*span)}
    marks = [found.start() for found in _STRAIGHT.finditer(target) if found.start() not in hidden]
    if marks:
        message = MESSAGES("typography.straight")
        span = marks[0], marks[0] + 1
        yield Issue("typography.straight", IDS["typography.straight"], message, None, span, _curly(target, marks))


def _curly(target: str, marks: list[int]) -> str | None:
    """Return the text with curly marks, or None if a mark is ambiguous.

    Inches and quotations that are not closed make it ambiguous.
    """
    letters, is_open, last = list(target), False, target.rfind("'")
    for index in marks:
        before, after = letters[index - 1] if index else "", target[index + 1 : index + 2]
        if before.isdigit():
            return None
        opens = not before or before in _OPENS_AFTER
        if target[index] == "'":
            opens = opens and not after.isdigit()
            if opens and index == last:
                return None
            letters[index] = "‘" if opens else "’"
        else:
            if opens == is_open:
                return None
            is_open = opens
            letters[index] = "“" if opens else "”"
    return None if is_open else "".join(letters)
