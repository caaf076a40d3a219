"""Limits of use as the screen says them: on or off the record, on background, on hold.

Invariant: every limit has its own sign and its own words, readable without colours.
"""

from __future__ import annotations

from transflow.model.unit import Allowance, Unit
from transflow.presenters.i18n import _, mark

LIMITS: dict[Allowance, str] = {
    "on": mark("on the record"),
    "background": mark("on background: without the speaker's name"),
    "hold": mark("on hold: it is not printed until somebody consents"),
    "off": mark("off the record: it is printed nowhere"),
}
LIMIT_SIGNS: dict[Allowance, tuple[str, str]] = {
    "background": ("◦", mark("on background")),
    "hold": ("‖", mark("on hold")),
    "off": ("⊘", mark("off the record")),
}
"""Limit -> sign in lists, words."""


def limit_of(unit: Unit) -> Allowance:
    """Return how a unit may be used; "on" for one without a limit."""
    return unit.record.allowance if unit.record else "on"


def limit_phrase(unit: Unit) -> str:
    """Return the limit of a unit; "" if it has none."""
    return _(LIMIT_SIGNS[limit_of(unit)][1]) if limit_of(unit) in LIMIT_SIGNS else ""
