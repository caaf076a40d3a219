"""Start and end of the linear mode.

Invariant: however it ends (`.q`, the end of the input, Ctrl+C, a signal), typed text is in the
journal.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from transflow.actions import Actor
from transflow.presenters import headlines, i18n, preferences
from transflow.presenters.assistants import installed_assistants
from transflow.presenters.i18n import _
from transflow.presenters.journal import Journal
from transflow.project import CatalogRef
from transflow.tui.plain.queue import MODES, QueuePrompts
from transflow.tui.plain.session import Session
from transflow.tui.plain.talk import Talk
from transflow.user_folders import drafts_folder


class Signalled(BaseException):
    """Arrival of a signal that ends programs."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def run(
    actor: Actor, clock: Callable[[], str], mode: str, place: CatalogRef | None = None, unit: str = "", lang: str = ""
) -> int:
    """Run the linear mode until the person leaves, and return the exit code.

    Without a terminal, the exit code is 1 if something was refused.
    """
    stored = preferences.load(preferences.config_path())
    i18n.use(i18n.chosen(lang or stored.lang, os.environ))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="replace")  # characters that the terminal cannot encode become "?"
    headlines.use(actor.project)
    talk = Talk()
    journal = Journal(drafts_folder(actor.project.root) / actor.who)
    session = Session(actor.project, actor.user, clock, journal, talk, installed_assistants(actor.project, clock))
    previous_handlers = {number: signal.signal(number, _raise) for number in (signal.SIGHUP, signal.SIGTERM)}
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
        headlines.use(None)
        for number, handler in previous_handlers.items():
            signal.signal(number, handler)
    return int(bool(session.refusals) and not talk.is_terminal)


def _raise(number: int, _frame: FrameType | None) -> None:
    """Raise Signalled once.

    A hang-up often sends two signals, and the second must not interrupt the cleanup that the first
    started.
    """
    for each in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise Signalled(number)
