"""The `transflow sync` command."""

from __future__ import annotations

import time
from collections.abc import Iterator

import click

from transflow.actions import Actor
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.options import format_option
from transflow.cli.streams import write_json
from transflow.errors import RefusedError, TransflowError
from transflow.messages import Messages
from transflow.sync import syncing
from transflow.sync.clone import BusyError, Clone, open_clone
from transflow.sync.remote import LoginError, OfflineError
from transflow.sync.shown import lines
from transflow.sync.syncing import Exchange

MESSAGES = Messages(
    __name__,
    {
        "every": "Exchanging with the others every {seconds} seconds. Ctrl+C ends it.",
        "ended": "Ended. What was written is on the disk, and what was not sent yet waits for the next time.",
    },
)
_EVERY = 60
_LOOK = 5.0
"""Seconds between two looks for what people left alone for a while, to commit it."""


@click.command()
@click.option(
    "--every",
    is_flag=False,
    flag_value=_EVERY,
    type=click.IntRange(5, 86400),
    metavar="SECONDS",
    help=f"Go on until Ctrl+C, with so many seconds between two exchanges; {_EVERY} if no number is given.",
)
@format_option
@pass_actor
def sync(actor: Actor, every: int | None, form: str) -> int:
    """Send what you wrote, and bring in the others' work.

    Nothing of what anybody wrote is lost. Where two people wrote the same sentence, both texts
    stay, and both people are told. It may be stopped at any moment, and repeated: the next time
    completes it. Without a connection, what you wrote is kept and goes out later.

    \b
    Examples:
      transflow sync
      transflow sync --every            # every minute, until Ctrl+C
      transflow sync --every 300
      transflow sync --format json
    """
    clone = open_clone(actor.project)
    if every is None:
        return _show(clone, syncing.exchange(clone, actor.who, interactive=True, progress=notify), form)
    notify(MESSAGES("every", seconds=every))
    try:
        for number, _ in enumerate(_rounds(clone, actor.who, every)):
            _exchange_again(clone, actor.who, form, is_first=number == 0)
    except KeyboardInterrupt:
        notify(MESSAGES("ended"))
    return 0


def _rounds(clone: Clone, who: str, every: int) -> Iterator[None]:
    """Yield when it is time for an exchange; between two, commit what was left alone."""
    while True:
        begun = time.monotonic()
        yield
        while (rest := begun + every - time.monotonic()) > 0:
            time.sleep(min(rest, _LOOK))
            try:
                syncing.commit_due(clone, who)
            except TransflowError as error:
                print_error(error.message)


_PASSING = (OfflineError, LoginError, BusyError, RefusedError)
"""Errors that may be gone at the next exchange."""


def _exchange_again(clone: Clone, who: str, form: str, *, is_first: bool) -> None:
    """Exchange once, and say what happened, if anything did; the first time in any case."""
    try:
        done = syncing.exchange(clone, who)
    except _PASSING as error:
        print_error(error.message)
        return
    if is_first or done != Exchange():
        _show(clone, done, form)


def _show(clone: Clone, done: Exchange, form: str) -> int:
    """Print what an exchange did; return 1 if something waits for the user."""
    if form == "json":
        write_json(_values(done))
    else:
        for line in lines(clone, done):
            print_text(line)
        for each in done.waits:
            print_error(each.why)
    return 1 if done.waits else 0


def _values(done: Exchange) -> dict[str, object]:
    return {
        "received": list(done.received),
        "sent": list(done.sent),
        "committed": [{"who": who or None, "path": path} for who, path in done.committed],
        "two_texts": [
            {
                "ref": each.place.ref(each.number),
                "texts": [{"who": who or None, "text": text} for who, text in each.texts],
            }
            for each in done.two_texts
        ],
        "kept": [{"path": each.path, "commit": each.commit} for each in done.kept],
        "waits": [{"path": each.path, "why": str(each.why)} for each in done.waits],
        "notes": [str(each) for each in done.notes],
    }
