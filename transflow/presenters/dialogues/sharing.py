"""Dialogue that sends what was written here, and brings in the others' work.

Invariant: it asks nothing; whatever stops it is said, and what was written stays.
"""

from __future__ import annotations

from transflow.actions import Actor
from transflow.messages import joined
from transflow.presenters import i18n
from transflow.presenters.dialogues.reports import WorkDone
from transflow.presenters.dialogues.requests import Dialogue, perform
from transflow.sync import syncing
from transflow.sync.clone import open_clone
from transflow.sync.shown import lines


def exchange_work() -> Dialogue[WorkDone]:
    """Exchange once, and return what came and went, in words."""
    words = yield from perform(_exchanged)
    return WorkDone(words)


def _exchanged(actor: Actor) -> str:
    clone = open_clone(actor.project)
    done = syncing.exchange(clone, actor.who)
    return i18n.say(joined([*lines(clone, done), *(each.why for each in done.waits)], " "))
