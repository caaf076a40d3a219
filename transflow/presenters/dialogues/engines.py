"""Dialogue about an engine on another machine that the project names, and the user did not."""

from __future__ import annotations

from transflow.actions import Actor
from transflow.actions.engines.permissions import decide
from transflow.presenters.dialogues.requests import Dialogue, choose, perform
from transflow.presenters.i18n import _


def ask_about_engine(engine: str) -> Dialogue[bool]:
    """Ask whether the project may use an engine, keep the answer, and return it."""
    about = _("The answer is kept in your projects.toml.")
    question = _("May this project send its texts to {engine}?").format(engine=engine)
    chosen = yield from choose(question, [_("Yes"), _("No")], about)
    if chosen is None:
        return False
    yield from perform(_decide, engine, chosen == 0)
    return chosen == 0


def _decide(actor: Actor, engine: str, allowed: bool) -> None:
    decide(actor, engine, allowed=allowed)
