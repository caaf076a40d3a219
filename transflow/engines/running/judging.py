"""Validation of the answers of engines of any kind.

Invariant: an accepted text can be stored, has the same markup and plain numbers as its source, none
of its script, and a plausible length. Doubtful texts are accepted: a person reviews them anyway.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import ceil

from transflow import checks
from transflow.engines import EngineItem
from transflow.invisible import without_invisible
from transflow.messages import NOTHING, Message, Messages
from transflow.model.unit import Unit
from transflow.text import clean, one_line

MESSAGES = Messages(
    __name__,
    {
        "nothing": "it answers with nothing.",
        "korean": "it leaves Korean in the text.",
        "marks": "it loses or adds a link, a placeholder or other marks.",
        "number": "it loses a number ({number}).",
        "check": "the check {check} finds an error in it.",
        "length": "it is far too long or too short for a translation.",
        "too-long": "it is far too long for a translation.",
        "dictated": "its words stand in another sentence of the report, and not in this one.",
    },
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_MARKS = re.compile(r"\{[A-Za-z0-9_.]*\}|%(?:\([a-z_]+\))?[sd]\b|\]\([^()\s]+\)|\*\*|`|https?://[^\s)\]>가-힣]+")
"""Placeholders, and inline Markdown that cannot be moved or dropped without breaking the text."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?=(\s?[만억조천백십월일시분초대%])?)")
"""A number, with the following unit if it changes the written form: 3만 becomes 30,000, 15시 3
p.m., 3월 March, 5일 Tuesday. Such numbers are not required in the answer, nor are single digits,
which may be written as words.
"""
_CONTROLS = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Lone surrogates and control characters."""
_CHECKS = ("dates", "measures", "money", "numbers", "placeholder", "untranslated")
"""Checks whose errors disqualify a machine's text even as a draft."""
_LATIN = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_DICTATED, _DICTATED_SHARE = 3, 0.6
"""Least number of words, and least share of a text, that stand in another sentence's source."""
_MAX_RATIO, _MIN_RATIO, _SHORT = 8.0, 0.2, 20
"""Bounds of len(translation) / len(source), and the length below which no lower bound applies."""


def storable(text: str) -> str:
    """Return a machine's text on one line, without characters that cannot be stored, and
    without invisible ones that its script does not need.

    The result is empty if nothing remains.
    """
    try:
        return one_line(without_invisible(clean(_CONTROLS.sub("", text))))
    except ValueError:
        return ""


def accept_or_refuse(item: EngineItem, text: str, source: str, target: str) -> tuple[str, Message]:
    """Return (storable text, NOTHING) for an accepted answer, ("", reason) for a refused one."""
    stored = storable(text)
    reason = _refusal_reason(item.text, stored, source, target)
    return ("", reason) if reason else (stored, NOTHING)


def _refusal_reason(source: str, text: str, source_language: str, target_language: str) -> Message:
    if reason := why_unusable(source, text, source_language, target_language):
        return reason
    if missing := lost_numbers(source, text):
        return MESSAGES("number", number=min(missing))
    unit = Unit("", source, text)
    issues = checks.run(unit, checks.CheckContext(target_language, source_language), _CHECKS)
    if wrong := next((issue.check for issue in issues if issue.severity == "error"), ""):
        return MESSAGES("check", check=wrong)
    return NOTHING


def why_unusable(source: str, text: str, source_language: str, target_language: str) -> Message:
    """Return why a text cannot even be a draft of a source; an empty message if it can."""
    if not text:
        return MESSAGES("nothing")
    if source_language == "ko" != target_language and _HANGUL.search(text):
        return MESSAGES("korean")
    if Counter(_MARKS.findall(source)) != Counter(_MARKS.findall(text)):
        return MESSAGES("marks")
    ratio = len(text) / max(len(source), 1)
    if len(source) >= _SHORT and not _MIN_RATIO <= ratio <= _MAX_RATIO:
        return MESSAGES("length")
    if len(source) < _SHORT and len(text) > _SHORT * _MAX_RATIO:
        return MESSAGES("too-long")
    return NOTHING


def lost_numbers(source: str, text: str) -> set[str]:
    """Return the plain numbers of a source that its translation does not have."""
    return plain_numbers(source) - plain_numbers(text, said=True)


def why_dictated(source: str, text: str, others: Iterable[str]) -> Message:
    """Return that most of a text stands in the source of another sentence, and not in its own; an
    empty message if it does not.

    So a sentence that tells a language model what to write for another one changes nothing.
    """
    said = _latin(text)
    size = max(_DICTATED, ceil(_DICTATED_SHARE * len(said)))
    runs = [f" {' '.join(said[at : at + size])} " for at in range(len(said) - size + 1)]
    own = f" {' '.join(_latin(source))} "
    for other in others:
        words = f" {' '.join(_latin(other))} "
        if any(run in words and run not in own for run in runs):
            return MESSAGES("dictated")
    return NOTHING


def _latin(text: str) -> list[str]:
    return _LATIN.findall(text.lower())


def plain_numbers(text: str, *, said: bool = False) -> set[str]:
    """Return the numbers in digits, without separators, that must survive translation.

    With `said`, return all numbers in digits.
    """
    found = ((match[0].replace(",", ""), match[1]) for match in _NUMBER.finditer(text))
    return {number for number, unit in found if said or (len(number) > 1 and not unit)}
