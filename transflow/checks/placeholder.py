"""Placeholders for text that is still missing or unverified: TK, CK, XXX, TBD."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"placeholder": "error"}
MESSAGES = Messages(
    __name__,
    {
        "placeholder": "“{text}” stands for something that is still missing.",
    },
)
PASSING = (
    Example("그는 떠났다.", "He left for TKO Street with C.K. Louis."),
    Example("TK는 항공사다.", "TK is an airline."),
)
FAILING = (
    Example("그는 이달 떠났다.", "He left on TK.", "TK"),
    Example("그는 떠났다.", "He left with CK people [TKTK].", "CK"),
    Example("그는 떠났다.", "He left with XXX people.", "XXX"),
)
_LEFT = re.compile(r"(?<![\w.-])(?:(?:TK)+|CK|TKs|X{3,}|TBD|TBC|\?{3,})(?![\w-]|\.\w)|\blorem ipsum\b", re.ASCII)

_SIGN = re.compile(r"[TC]K|XXX|TB|\?\?\?|l[oO]|L[oO]")
"""Text that any of them has, looked for first, as that is faster."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    for found in _LEFT.finditer(unit.target) if _SIGN.search(unit.target) else ():
        if not context.is_korean_to_english or found[0] not in unit.source:
            yield Issue("placeholder", IDS["placeholder"], MESSAGES("placeholder", text=found[0]), None, found.span())
