"""Dialogue that waives a warning of a unit, for its present text only.

Invariant: a warning is waived only with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transflow.actions.units import steps
from transflow.messages import CommandRef
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, Say, ask, choose
from transflow.presenters.headlines import named
from transflow.presenters.i18n import _, say


def waive(
    view: CatalogView,
    unit: Unit,
    issues: Sequence[Issue],
    command: Callable[[CommandRef], str] = str,
    *,
    reason: str | None = "",
    asks_always: bool = False,
) -> Dialogue[None]:
    """Waive one of the issues of a unit; `asks_always` asks which, even if there is only one.

    `command` formats the commands that their messages name. An issue of a sentence behind a
    paragraph is waived at the sentence.
    """
    repeated = dict.fromkeys(named("ref", issue.sentence) for issue in issues if issue.sentence)
    issues = [issue for issue in issues if not issue.sentence]
    if repeated and not issues:
        words = _("This is a warning of {sentence}: correct or waive it there.")
        yield Say(words.format(sentence=", ".join(repeated)), refused=True)
        return
    if not issues:
        yield Say(_("There is no warning here."), spoken=_("There is no warning."))
        return
    chosen: int | None = 0
    if asks_always or len(issues) > 1:
        messages = [say(issue.message, command) for issue in issues]
        chosen = yield from choose(_("Which warning is wrong here?"), messages, prompt=_("Which warning?"))
    if chosen is None:
        return
    issue = issues[chosen]
    about = f"{say(issue.message, command)} ({issue.check})"
    reason = reason or (yield from ask(_("Why is this no fault here?"), about, prompt=_("Why? ")))
    if reason:
        yield ChangeCatalog(
            steps.waive,
            (view.ref(unit.id), issue.check, reason),
            _("The warning is waived."),
            _("Waived."),
            seen_ids=[unit.id],
        )
