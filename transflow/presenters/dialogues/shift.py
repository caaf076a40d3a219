"""Dialogue at the end of a shift: everything that is open goes to somebody.

Invariant: what somebody else has stays with them; what cannot go to the person is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions import Actor
from transflow.actions.reports.handover import OpenItem, for_person, hand_over, open_items
from transflow.model.settings import Settings
from transflow.presenters.dialogues.reports import WorkDone
from transflow.presenters.dialogues.requests import Dialogue, Say, agree, choose, perform
from transflow.presenters.formatting import format_deadline, format_person
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, count
from transflow.presenters.queue_lines import WAITS, units_text

_MOST = 12
"""Number of open items that are listed at most."""


def hand_over_shift(settings: Settings, who: str, now: str) -> Dialogue[WorkDone]:
    """Ask who takes over, show what they get, and give it to them."""
    items = yield from perform(_own_items)
    if not items:
        yield Say(_("Nothing is open that is yours, or nobody's."))
        return WorkDone()
    people = [each for each in settings.people if each.id != who and each.has_role("translator", now)]
    names = [f"{format_person(settings, each.id)} ({each.id})" for each in people]
    chosen = yield from choose(_("Who takes over?"), names, _listed(items, settings, who, now))
    if chosen is None:
        return WorkDone()
    to = people[chosen].id
    theirs, name = (yield from perform(for_person, items, to)), format_person(settings, to)
    if not theirs:
        yield Say(_("{name} works in other languages: nothing of it can go there.").format(name=name), refused=True)
        return WorkDone()
    question = count("Give {n} open item to {name}?", "Give {n} open items to {name}?", len(theirs), name=name)
    if not (yield from agree(question, _listed(theirs, settings, to, now))):
        return WorkDone()
    yield from perform(hand_over, theirs, to)
    words = count("{name} has {n} open item more now.", "{name} has {n} open items more now.", len(theirs), name=name)
    if kept := len(items) - len(theirs):
        words += " " + count("{n} stays here: another language.", "{n} stay here: other languages.", kept)
    return WorkDone(words)


def _own_items(actor: Actor) -> list[OpenItem]:
    """Return what is open and belongs to the person, or to nobody."""
    return [item for item in open_items(actor) if item.owner in ("", actor.who)]


def _listed(items: Sequence[OpenItem], settings: Settings, who: str, now: str) -> str:
    """Return a line for each item, with its deadline on the clocks of a person."""
    lines = []
    for item in items[:_MOST]:
        due = format_deadline(settings, who, item.due, now) if item.due else ""
        lines.append(" · ".join(filter(None, (_(WAITS[item.task]), title(item.place), units_text(item), due))))
    more = len(items) - _MOST
    return "\n".join([*lines, *([_("… and {n} more").format(n=more)] if more > 0 else [])])
