"""Invisible characters in a text that does not need them, such as an override of the direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.invisible import unneeded, without_invisible
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
IDS: Mapping[str, Severity] = {"invisible": "warning"}
MESSAGES = Messages(__name__, {"invisible": "The invisible character U+{code} stands here. Take it out."})
PASSING = (
    Example("그는 떠났다.", "He left: “Bye.” 👩‍💻"),
    Example("그는 떠났다.", "គាត់\u200bបាន\u200bចាកចេញ។"),
    Example("그는 떠났다.", "He said \u2067سلام\u2069 and left."),
)
FAILING = (
    Example("그는 떠났다.", "He \u202eleft.", "\u202e"),
    Example("그는 떠났다.", "He\u200b left.", "\u200b"),
    Example("그는 떠났다.", "He de\u00adparted.", "\u00ad"),
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:  # noqa: ARG001 - any language
    if not (found := unneeded(unit.target)):
        return
    fix = without_invisible(unit.target)
    for at in found:
        message = MESSAGES("invisible", code=f"{ord(unit.target[at]):04X}")
        yield Issue("invisible", IDS["invisible"], message, None, (at, at + 1), fix)
