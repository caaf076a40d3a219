"""Confirmation of decisions about whole stories: by the mark of what was read, or by a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import Reading, StoryChangedError, load_reading, numbered_lines, story_mark
from transflow.cli.judging import confirm, print_warnings
from transflow.cli.notices import notify
from transflow.cli.streams import is_interactive
from transflow.messages import Joined, Messages

MESSAGES = Messages(
    __name__,
    {
        "clear": "May it go out, as it reads now?",
        "ready": "Is it ready for an editor, as it reads now?",
        "refused": (
            "This keeps it from being cleared; correct it, or waive it with a reason: {issues}.",
            "These keep it from being cleared; correct each, or waive it with a reason: {issues}.",
        ),
        "blocking": "{ref} ({check})",
        "now": "There now:",
    },
)


@contextmanager
def reading_story(actor: Actor, name: str, seen: str | None, question: str) -> Iterator[str | None]:
    """Yield the mark of the story that is decided about, and print the warnings about it.

    Without --seen, a terminal is shown the story, and asked, before anything is done.
    """
    read = load_reading(actor, name)
    asks = seen is None and is_interactive()
    if asks:
        click.echo("\n".join(numbered_lines(actor, read.place, read.article)), err=True)
        _print_warnings(read, question)
        confirm(MESSAGES(question))
    try:
        yield read.mark if asks else seen
    except StoryChangedError as error:
        context = load_print_context(actor.project, error.place.locale, error.article)
        current = numbered_lines(actor, error.place, error.article)
        notify(MESSAGES("now"))
        click.echo("\n".join([*current, f"mark {story_mark(error.article, context)}"]), err=True)
        raise
    if not asks:
        _print_warnings(read, question)


def _print_warnings(read: Reading, question: str) -> None:
    """Print the warnings about a story; before an editor reads it, those too that bar clearance."""
    print_warnings(str(read.place), read.warnings)
    blocking = [issue for issue in read.warnings if issue.severity == "error" and not issue.sentence]
    if blocking and question == "ready":
        issues = [
            MESSAGES("blocking", ref=each.location.label or str(read.place), check=each.check) for each in blocking
        ]
        notify(MESSAGES("refused", n=len(issues), issues=Joined(tuple(issues))))
