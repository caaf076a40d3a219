"""The `transflow add` command.

Invariant: questions are asked only in a terminal, and an answer that cannot be used is asked for
again.
"""

from __future__ import annotations

from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.reports.intake import AddedReport
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import pass_anonymous_actor
from transflow.cli.reading import print_issues, reader_option
from transflow.cli.session import read_input
from transflow.cli.streams import is_interactive
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.presenters import i18n
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.project.places import report_path
from transflow.readers import IncomingReport
from transflow.report import slugify, valid_slug, when

MESSAGES = Messages(
    __name__,
    {
        "two-readers": "--reader names the reader: leave --plain and --markdown out.",
        "title": "Headline",
        "byline": "Byline",
        "date": "Date (YYYY-MM-DD)",
        "slug": "Slug (small letters, digits, hyphens)",
        "one-slug": "--slug names one report: add the files one by one.",
        "bad-date": "--date: “{date}” is no date; write 2024-03-26 or 2024-03-26T09:00:00+09:00.",
        "bad-answer": "“{answer}” is no date; write 2024-03-26, or nothing.",
        "added": "{place}: {sentences} to translate.",
        "added/own-language": "{place}: {sentences} in the language of the story; nothing to translate.",
        "no-headline": "{file} has no headline: say --title.",
        "standard-input": "standard input",
    },
)

_ASKED = ("title", "byline", "date")
"""Fields of the front matter that a terminal is asked for, in this order."""


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--slug", default="", help="The report's name: small letters, digits, hyphens.")
@click.option("--title", default="", help="The headline, if the file has none.")
@click.option("--byline", default="", help="The reporter, if the file names none.")
@click.option("--date", default="", help="ISO date or time, if the file has none.")
@reader_option
@click.option("--plain/--markdown", "plain", default=None, help="The same as --reader text, and as --reader markdown.")
@click.option(
    "--anew", is_flag=True, help="Create a new report although git has one of this name that is missing here."
)
@pass_anonymous_actor
def add(
    actor: Actor,
    files: tuple[str, ...],
    slug: str,
    title: str,
    byline: str,
    date: str,
    reader: str,
    plain: bool | None,
    anew: bool,
) -> None:
    """Add reports to the project.

    A report is Markdown with front matter, or plain text: each line is a paragraph, the first one
    the headline.

    "-" reads standard input. In a terminal, what is missing is asked for. Nothing is ever
    overwritten. `transflow readers` lists the kinds of files that are read.

    \b
    Examples:
      transflow add un-letter.md
      transflow add report.txt --slug un-letter --byline 이정은 --date 2024-03-26
      pbpaste | transflow add - --slug un-letter
      transflow add notes.md --reader text      as plain text, whatever it looks like
      transflow add un-letter.md --anew         although the last commit still has one
    """
    if slug and len(files) > 1:
        raise UsageError(MESSAGES("one-slug"))
    if date and when(date, actor.project.settings.timezone) is None:
        raise UsageError(MESSAGES("bad-date", date=date))
    if reader and plain is not None:
        raise UsageError(MESSAGES("two-readers"))
    reader = reader or {None: "", True: "text", False: "markdown"}[plain]
    for path in files:
        report = intake.with_fields(intake.read_incoming(read_input(path), path, reader), title=title)
        report = _complete(intake.with_fields(intake.with_headline(report), byline=byline, date=date), path)
        chosen_slug = _choose_slug(actor, report, slug, path)
        _print_added(actor, path, report, chosen_slug, intake.add(actor, report, chosen_slug, anew=anew))


def _print_added(actor: Actor, path: str, report: IncomingReport, slug: str, added: AddedReport) -> None:
    click.echo(f"{report_path(slug)}: “{report.front.title}”")
    print_issues(path, report.issues)
    print_issues(report_path(slug), added.issues)
    for locale, change in added.changes.items():
        place = CatalogRef(locale, "reports", slug)
        key = "added/own-language" if source_of(actor.project, place) == locale else "added"
        print_text(MESSAGES(key, place=str(place), sentences=pluralize(len(change.added), "sentence")))


def _complete(report: IncomingReport, path: str) -> IncomingReport:
    """Return the report with its missing fields asked for.

    Raise UsageError for one without a headline where no questions can be asked.
    """
    if not is_interactive():
        if not report.front.title:
            raise UsageError(MESSAGES("no-headline", file=MESSAGES("standard-input") if path == "-" else path))
        return report
    missing = [field for field in _ASKED if not getattr(report.front, field)]
    return intake.with_fields(report, **{field: _ask(field) for field in missing})


def _ask(field: str) -> str:
    """Ask for a field. An empty answer leaves it empty, but for the headline."""
    return str(
        click.prompt(
            i18n.say(MESSAGES(field)),
            default=None if field == "title" else "",
            show_default=False,
            err=True,
            value_proc=_valid_date if field == "date" else str.strip,
        )
    )


def _valid_date(answer: str) -> str:
    answer = answer.strip()
    if answer and when(answer, "UTC") is None:
        raise click.BadParameter(i18n.say(MESSAGES("bad-answer", answer=answer)))
    return answer


def _choose_slug(actor: Actor, report: IncomingReport, wanted: str, path: str) -> str:
    """Return the slug: the one given, else that of the file's name or the headline, else an answer.

    Raise UsageError for one that is not valid or is taken, where no question can be asked.
    """
    try:
        return intake.slug_for(actor.project, report, wanted or _slug_of_file(path, report))
    except UsageError as error:
        if wanted or not is_interactive():
            raise
        notify(error.message)
    return str(
        click.prompt(
            i18n.say(MESSAGES("slug")),
            err=True,
            value_proc=lambda answer: _valid_slug(actor, report, answer),
        )
    )


def _valid_slug(actor: Actor, report: IncomingReport, answer: str) -> str:
    try:
        return intake.slug_for(actor.project, report, answer.strip())
    except UsageError as error:
        raise click.BadParameter(i18n.say(error.message)) from None


def _slug_of_file(path: str, report: IncomingReport) -> str:
    """Return the file's stem where it is a slug and the headline gives none, else nothing."""
    stem = Path(path).stem
    return stem if path != "-" and valid_slug(stem) and not slugify(report.front.title, report.front.date) else ""
