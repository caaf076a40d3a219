"""What `transflow add` asks for in a terminal: the fields that a report lacks, and a name for its file.

Invariant: nobody is asked where nobody can answer, and an answer that cannot be used is asked for again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.reports.intake import Incoming
from transflow.errors import UsageError

_QUESTIONS = {"title": "Headline", "byline": "Byline", "date": "Date (YYYY-MM-DD)"}


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def completed(new: Incoming, path: str) -> Incoming:
    """A report with what it lacked, as answered. Raises UsageError for one without a headline where nobody can be asked."""
    if not can_ask():
        if not new.front.title:
            raise UsageError(f"{'standard input' if path == '-' else path} has no headline: say --title.")
        return new
    missing = [field for field in _QUESTIONS if not getattr(new.front, field)]
    return intake.with_fields(new, **{field: _answer(field) for field in missing})


def _answer(field: str) -> str:
    """An empty answer is one: the field stays empty; but a report has a headline."""
    return str(
        click.prompt(
            _QUESTIONS[field],
            default=None if field == "title" else "",
            show_default=False,
            err=True,
            value_proc=_date if field == "date" else str.strip,
        )
    )


def _date(answer: str) -> str:
    from transflow.report.front import when

    answer = answer.strip()
    if answer and when(answer, "UTC") is None:
        raise click.BadParameter(f"“{answer}” is no date; write 2024-03-26, or nothing.")
    return answer


def slug(actor: Actor, new: Incoming, wanted: str, path: str) -> str:
    """The report's name: as told, else its file's or its headline's, else as answered. Raises UsageError."""
    try:
        return intake.slug_for(actor.project, new, wanted or _of_file(path, new))
    except UsageError as error:
        if wanted or not can_ask():
            raise
        click.echo(f"{error}", err=True)
    return str(
        click.prompt(
            "Slug (small letters, digits, hyphens)", err=True, value_proc=lambda answer: _free(actor, new, answer)
        )
    )


def _free(actor: Actor, new: Incoming, answer: str) -> str:
    try:
        return intake.slug_for(actor.project, new, answer.strip())
    except UsageError as error:
        raise click.BadParameter(str(error)) from None


def _of_file(path: str, new: Incoming) -> str:
    """A file that is named like a slug gives its name, where the headline gives none."""
    from transflow.report import slugify, valid_slug

    stem = Path(path).stem
    return stem if path != "-" and valid_slug(stem) and not slugify(new.front.title, new.front.date) else ""
