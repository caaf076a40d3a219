"""Translations that are much too short or too long, or that break off.

A text certainly breaks off only if its last word cannot end a sentence (“the”, “of”). A missing
full stop is a hint, and so is an unusual length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "length.cut-off": "warning",
    "length.no-end": "hint",
    "length.short": "hint",
    "length.long": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "length.cut-off": "the English breaks off after “{word}”.",
        "length.no-end": "the Korean ends its sentence, the English does not.",
        "length.short": "the English is very short for what the Korean says.",
        "length.long": "the English is very long for what the Korean says.",
    },
)
PASSING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11."),
    Example("유엔, 서한 공개", "UN releases the letter it was waiting for"),
)
FAILING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the", "the", "length.cut-off"),
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11", "", "length.no-end"),
    Example(
        "유엔은 지난 3월 11일 탈북민의 처지를 묻는 서한을 중국 정부에 보냈다.", "The U.N. asked.", "", "length.short"
    ),
    Example("유엔은 어제 서한을 공개했다.", "The U.N. released the letter. " * 6 + "It did.", "", "length.long"),
)
_SHORT, _LONG = 0.75, 5.5
"""Letters of English for a letter of Korean; reliable translations have 1.2 to 3.5."""
_MIN_LENGTH = 12
"""Minimum length of the source, in letters, for which lengths are compared."""
_ENDS = re.compile("[.?!…:;][\"”’'»)\\]*_]*$|[\"”’')\\]]$")
_CANNOT_END = frozenset(
    """
    the a an of and or to for with from by at as but if that which who whose their his its is was were are than into
    """.split()
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    source, target = unit.source.strip(), unit.target.strip()
    if unit.kind in ("paragraph", "quote") and _ENDS.search(source) and not _ENDS.search(target):
        yield _broken_off(unit.target)
    source_length, target_length = (sum(map(str.isalnum, text)) for text in (source, target))
    if source_length >= _MIN_LENGTH and target_length < _SHORT * source_length:
        yield Issue("length.short", IDS["length.short"], MESSAGES("length.short"))
    elif source_length >= _MIN_LENGTH and target_length > _LONG * source_length:
        yield Issue("length.long", IDS["length.long"], MESSAGES("length.long"))


def _broken_off(target: str) -> Issue:
    words = list(re.finditer(r"\w+", target))
    if words and words[-1][0] in _CANNOT_END:
        message = MESSAGES("length.cut-off", word=words[-1][0])
        return Issue("length.cut-off", IDS["length.cut-off"], message, None, words[-1].span())
    return Issue("length.no-end", IDS["length.no-end"], MESSAGES("length.no-end"))
