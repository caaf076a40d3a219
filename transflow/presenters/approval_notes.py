"""Approval state of a unit, as Review shows it beside the text.

Invariant: the reason why a unit cannot be approved is displayed before anybody tries.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from transflow.actions.units.review import Approved
from transflow.model.unit import Unit
from transflow.presenters.i18n import _
from transflow.presenters.source_view import pieces
from transflow.presenters.word_diff import diff, marked
from transflow.units import workflow


def approval_text(
    unit: Unit,
    problem: str,
    last_approved: Approved | None,
    person: Callable[[str], str],
    format_time: Callable[[str], str],
) -> Text:
    """Return the approval state of a unit, and its changes since the last approval.

    `problem` is the reason why it cannot be approved.
    """
    text = Text()
    if unit.approved is not None and workflow.is_approved(unit):
        words = _("reviewed by {who}, {time}")
        approved = words.format(who=person(unit.approved.who), time=format_time(unit.approved.time))
        text.append("✓ " + approved, "bold")
    elif problem:
        text.append("✗ " + problem, "bold")
    else:
        text.append(_("→ a: reviewed"), "bold")
    if last_approved is not None and last_approved.target != unit.target:
        words = _("Since {who} reviewed it, {time}:").format(
            who=person(last_approved.who), time=format_time(last_approved.time)
        )
        changes = pieces(marked(diff(last_approved.target, unit.target)))
        text.append("\n").append_text(Text(style="not dim").append(words + " ", "dim").append_text(changes))
    return text
