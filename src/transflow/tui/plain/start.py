"""Beginning and end of the linear mode.

Invariant: however it ends (Enter on `.q`, the end of the input, Ctrl+C, a signal), what was typed is in the journal.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from transflow.actions import Desk
from transflow.project import Place
from transflow.tui import preferences, words
from transflow.tui.installed import found
from transflow.tui.journal import Journal, folder
from transflow.tui.plain.queue import MODES, Queue
from transflow.tui.plain.session import Session
from transflow.tui.plain.talk import Talk
from transflow.tui.words import _


class Signalled(BaseException):
    """A signal that ends programs arrived."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def run(
    desk: Desk, clock: Callable[[], str], mode: str, place: Place | None = None, unit: str = "", lang: str = ""
) -> int:
    """Talks until the person leaves. Returns the exit code: without a terminal, 1 where something was refused."""
    wanted = preferences.load(preferences.place())
    words.use(words.chosen(lang or wanted.lang, os.environ))
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="replace")  # a terminal that cannot show a letter shows a question mark
    talk = Talk()
    journal = Journal(folder(desk.project.root, desk.who))
    session = Session(desk.project, desk.user, clock, journal, talk, found(desk.project, clock))
    before = {number: signal.signal(number, _raise) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        (Queue(session) if place is None else MODES[mode](session, place, unit)).run()
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
