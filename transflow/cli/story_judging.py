"""Confirmation of decisions about whole stories: by the mark of what was read, or by a question."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import StoryChangedError, load_reading, numbered_lines, story_mark
from transflow.cli.judging import confirm, print_warnings
from transflow.cli.notices import notify
from transflow.cli.streams import is_interactive
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "clear": "May it go out, as it reads now?",
        "ready": "Is it ready for an editor, as it reads now?",
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
        print_warnings(str(read.place), read.warnings)
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
        print_warnings(str(read.place), read.warnings)
