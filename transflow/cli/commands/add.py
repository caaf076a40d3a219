"""The `transflow add` command.

Invariant: questions are asked only in a terminal, and an answer that cannot be used is asked for
again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.reports import intake, proposals
from transflow.actions.reports.intake import AddedReport
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.options import pass_anonymous_actor
from transflow.cli.reading import print_issues, reader_option
from transflow.cli.session import read_input
from transflow.cli.streams import is_interactive
from transflow.errors import TransflowError, UsageError
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
        "there": "{path} is there already, with this text.",
        "of-file": "{file}: {why}",
        "sum": "{added} added, {there} there already, {failed} not added.",
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
@click.option("--plain/--markdown", "plain", default=None, hidden=True)
@click.option(
    "--anew", is_flag=True, help="Create a new report although git has one of this name that is missing here."
)
@pass_anonymous_actor
def add(
    actor: Actor, files: tuple[str, ...], slug: str, reader: str, plain: bool | None, anew: bool, **fields: str
) -> int:
    """Add reports to the project.

    A report is Markdown with front matter, or plain text: each line is a paragraph, the first one
    the headline.

    "-" reads standard input. In a terminal, what is missing is asked for. Nothing is ever
    overwritten: a report that is there already is passed over, and one that differs is named.
    `transflow readers` lists the kinds of files that are read. Of a flash, a later version or a
    correction, by [속보], [종합] or [정정] in its headline, it is said what can be done with it.

    The name of a report, its slug, is that of its file in small letters and hyphens (un-letter.md
    becomes un-letter); where the file has no such name, that of its headline in Latin letters,
    under the year of its date; otherwise --slug gives it. Of several files, one that cannot be
    added keeps out no other.

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
    if (date := fields["date"]) and when(date, actor.project.settings.timezone) is None:
        raise UsageError(MESSAGES("bad-date", date=date))
    if reader and plain is not None:
        raise UsageError(MESSAGES("two-readers"))
    reader = reader or {None: "", True: "text", False: "markdown"}[plain]
    return _add_all(files, lambda path: _add(actor, path, reader, slug, fields, anew=anew))


def _add_all(files: tuple[str, ...], add_one: Callable[[str], bool]) -> int:
    """Add every file that can be added, and print which cannot. Return the exit code."""
    done: list[bool] = []
    code = 0
    for path in files:
        try:
            done.append(add_one(path))
        except TransflowError as error:
            if len(files) == 1:
                raise
            print_error(error.message if path in error.message else MESSAGES("of-file", file=path, why=error.message))
            code = max(code, error.exit_code)
    if len(files) > 1:
        failed = len(files) - len(done)
        notify(MESSAGES("sum", added=done.count(True), there=done.count(False), failed=failed))
    return code


def _add(actor: Actor, path: str, reader: str, slug: str, fields: dict[str, str], *, anew: bool) -> bool:
    """Add the report of a file, and print it. Return False if it is there already."""
    report = intake.with_fields(intake.read_incoming(read_input(path), path, reader), title=fields["title"])
    report = intake.with_fields(intake.with_headline(report), byline=fields["byline"], date=fields["date"])
    report = _complete(report, path)
    if there := intake.is_added(actor.project, report, slug or _slug_of(path, report)):
        notify(MESSAGES("there", path=report_path(there)))
        return False
    chosen_slug = _choose_slug(actor, report, slug, path)
    _print_added(actor, path, report, chosen_slug, intake.add(actor, report, chosen_slug, anew=anew))
    if found := proposals.proposal(actor, report.front.title, chosen_slug):
        notify(proposals.proposal_words(actor, found, chosen_slug, path))
    return True


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
    """Return the slug: the one given, else that of the file or the headline, else an answer.

    Raise UsageError for one that is not valid or is taken, where no question can be asked.
    """
    try:
        return intake.slug_for(actor.project, report, wanted or _slug_of(path, report))
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


def _slug_of(path: str, report: IncomingReport) -> str:
    """Return the slug of a file's name, else that of the headline, else nothing."""
    stem = "" if path == "-" else Path(path).stem
    named = stem if valid_slug(stem) else slugify(stem, "")
    return named or slugify(report.front.title, report.front.date) or ""
