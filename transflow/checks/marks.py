"""Marks: brackets and quotation marks left open, doubled marks, full-width marks.

Only for languages in Latin letters, as far as a mark is wrong in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"marks.open": "warning", "marks.doubled": "warning", "marks.fullwidth": "warning"}
MESSAGES = Messages(
    __name__,
    {
        "marks.open": "“{mark}” has no partner.",
        "marks.doubled": "“{mark}” stands twice.",
        "marks.fullwidth": "“{mark}” is a mark of East Asian text.",
    },
)
PASSING = (
    Example("그는 (웃으며) 갔다.", "He (smiling) went away... [1] :)"),
    Example("첫째는 1)이다.", "a) first, 2) second."),
    Example("“간다”고 했다.", "He said: “I’m going.” Really?!"),
    Example("그는 갔다(그리고", "He went away (and"),
    Example("漢字", "the word (漢字, “hanja”)"),
    Example("첫째(a)와 둘째", "(a) first, (b) [second], and the U.S.,"),
)
FAILING = (
    Example("그는 (웃으며) 갔다.", "He (smiling went away.", "(", "marks.open"),
    Example("그는 (웃으며) 갔다.", "He smiling) went away.", ")", "marks.open"),
    Example("그는 ‘적’이다.", "He is an ‘enemy.", "‘", "marks.open"),
    Example("그는 갔다.", "He went away,, quickly.", ",,", "marks.doubled"),
    Example("그는 갔다.", "He went away..", "..", "marks.doubled"),
    Example("그는 갔다.", "““He went.”", "““", "marks.doubled"),
    Example("그는 갔다.", "He went away，quickly。", "，", "marks.fullwidth"),
    Example("10㎞를 갔다.", "He went 10㎞.", "㎞", "marks.fullwidth"),
)
_LATIN = ("en", "vi", "de", "fr", "es", "it", "pt", "id", "ms", "nl", "pl", "sv", "tr")
_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“"}
_BRACKET = re.compile(r"\\.|[()\[\]{}]")
_OPENING_OR_CLOSING = re.compile(r"[()\[\]{}‘]")
_SMILEY = re.compile(r"[:;=][-o^']?[()\[\]]|\(\^[_.]?\^\)")
_ENUMERATION = re.compile(r"(?:(?<=\s)|^)(?:[0-9]{1,2}|[a-zA-Z]|[ivx]{1,4})\)(?![A-Za-z])")
_DOUBLED = re.compile(r",,+|;;+|::+|(?<!\.)\.\.(?!\.)|،،|,\.(?!\.)|““|””|‘‘|’’")
_FULLWIDTH = re.compile("[\u3000-\u3002\u3008-\u3011\u3200-\u33ff\uff01-\uff5e\uffe0-\uffe6]")
"""Marks, digits and letters of full width, East Asian brackets, and words in one sign: ㈜ ㎞"""
_VERBATIM = re.compile(r"`[^`]{0,2000}`|\]\([^)]{0,2000}\)|https?://\S+|<[^<>\s]{0,2000}>")


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if context.locale.partition("_")[0] not in _LATIN:
        return
    target = unit.target
    if "`" in target or "](" in target or "://" in target or "<" in target:
        target = _VERBATIM.sub(
            lambda found: found[0][0] * found[0].startswith("]") + " " * (len(found[0]) - found[0].startswith("]")),
            target,
        )
    if _OPENING_OR_CLOSING.search(target):
        target = _SMILEY.sub(_blank, target)
        yield from _open(target, unit.source)
    for check_id, pattern in (("marks.doubled", _DOUBLED), ("marks.fullwidth", _FULLWIDTH)):
        if found := pattern.search(target):
            yield Issue(check_id, IDS[check_id], MESSAGES(check_id, mark=found[0]), None, found.span())


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _open(target: str, source: str) -> Iterator[Issue]:
    """Yield an issue for the first bracket without a partner, unless the original has such too."""
    stray = _stray(target)
    if stray is None or _stray(source) is not None:
        return
    yield Issue("marks.open", IDS["marks.open"], MESSAGES("marks.open", mark=target[stray]), None, (stray, stray + 1))


def _stray(text: str) -> int | None:
    """Return the offset of the first bracket without a partner; one after a number needs none."""
    numbered = {found.end() - 1 for found in _ENUMERATION.finditer(text)}
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        mark = found[0]
        if mark in "([{":
            opened.append((mark, found.start()))
        elif mark in _PAIRS:
            if opened and opened[-1][0] == _PAIRS[mark]:
                opened.pop()
            elif found.start() not in numbered:
                return found.start()
    single = text.rfind("‘")
    return opened[0][1] if opened else single if single >= 0 and "’" not in text[single:] else None
