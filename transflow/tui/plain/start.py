"""Beginning and end of the linear mode.

Invariant: however it ends (Enter on `.q`, the end of the input, Ctrl+C, a signal), what was typed is in the journal.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from transflow.actions import Actor
from transflow.presenters import i18n, preferences
from transflow.presenters.assistants import found
from transflow.presenters.i18n import _
from transflow.presenters.journal import Journal, folder
from transflow.project import CatalogRef
from transflow.tui.plain.queue import MODES, QueuePrompts
from transflow.tui.plain.session import Session
from transflow.tui.plain.talk import Talk


class Signalled(BaseException):
    """A signal that ends programs arrived."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def run(
    actor: Actor, clock: Callable[[], str], mode: str, place: CatalogRef | None = None, unit: str = "", lang: str = ""
) -> int:
    """Talks until the person leaves. Returns the exit code: without a terminal, 1 where something was refused."""
    wanted = preferences.load(preferences.place())
    i18n.use(i18n.chosen(lang or wanted.lang, os.environ))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    talk = Talk()
    journal = Journal(folder(actor.project.root, actor.who))
    session = Session(actor.project, actor.user, clock, journal, talk, found(actor.project, clock))
    before = {number: signal.signal(number, _raise) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        (QueuePrompts(session) if place is None else MODES[mode](session, place, unit)).run()
    except EOFError:
        talk.say("")
    except KeyboardInterrupt:
        talk.say("", _("What you typed is kept."))
        return 130
    except Signalled as signalled:
        return signalled.code
    finally:
        journal.close()
        for number, handler in before.items():
            signal.signal(number, handler)
    return int(bool(session.refusals) and not talk.is_terminal)


def _raise(number: int, _frame: FrameType | None) -> None:
    """Once: a hang-up is often told twice, and the second must not stop what the first began."""
    for each in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise Signalled(number)
