"""The adding of reports by commands: of files, addresses and standard input, one after the other.

Invariant: questions are asked only in a terminal, and an answer that cannot be used is asked for
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple

import click

from transflow.actions import Actor
from transflow.actions.reports import arrivals, intake, proposals
from transflow.actions.reports.intake import AddedReport
from transflow.actions.reports.origins import ReportOrigins
from transflow.cli import streams
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.reading import Sources, print_issues
from transflow.cli.streams import is_interactive
from transflow.errors import RefusedError, TransflowError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.presenters import i18n
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.project.places import report_path
from transflow.readers import IncomingReport, Piece, is_address
from transflow.report import slugify, valid_slug, when

MESSAGES = Messages(
    __name__,
    {
        "title": "Headline",
        "byline": "Byline",
        "date": "Date (YYYY-MM-DD)",
        "one-slug": "--slug names one report: add the files one by one.",
        "slug": "Slug (small letters, digits, hyphens)",
        "bad-answer": "“{answer}” is no date; write 2024-03-26, or nothing.",
        "added": "{place}: {sentences} to translate.",
        "added/own-language": "{place}: {sentences} in the language of the story; nothing to translate.",
        "there": "{path} is there already, with this text.",
        "same": "{path} is there already: it came from this same file, {file}.",
        "earlier": "{file} was added before as {path}, and has changed since. {command} takes it as its new version; "
        "--slug NAME adds it as a report of its own.",
        "adding": "Adding",
        "stopped": "{added} added. The same command goes on from here.",
        "of-file": "{file}: {why}",
        "sum": "{added} added, {there} there already, {failed} not added.",
        "no-headline": "{file} has no headline: say --title.",
        "standard-input": "standard input",
    },
)

_MANY = 5
"""Files from which on progress is shown."""
NO_FIELDS: Mapping[str, str] = {"title": "", "byline": "", "date": ""}
_ASKED = ("title", "byline", "date")
"""Fields of the front matter that a terminal is asked for, in this order."""


def add_sources(
    actor: Actor,
    files: tuple[str, ...],
    reader: str = "",
    *,
    slug: str = "",
    fields: Mapping[str, str] = NO_FIELDS,
    with_attachments: bool = False,
    anew: bool = False,
) -> int:
    """Add the reports in files and at addresses, and print them. Return the exit code.

    Raise what keeps out a single one; of several, it is printed.
    """
    run = _Run(actor, slug, fields, anew=anew)
    return run.add_all(_pieces(files, reader, with_attachments=with_attachments), len(files))


class _Source(NamedTuple):
    """A report to add: its file, or what is wrong with it."""

    file: str
    piece: Piece = Piece("", b"")
    number: int = 0
    """Its number among the reports in its file; 0 for the only one."""
    error: TransflowError | None = None


def _pieces(files: tuple[str, ...], reader: str, *, with_attachments: bool) -> Iterator[_Source]:
    """Yield the reports in files and at addresses, which are read one after the other."""
    reading = Sources()
    for file in files:
        try:
            data = reading.read(file)
            pieces = [*arrivals.opened(data, file, reader, with_attachments=with_attachments)]
        except TransflowError as error:
            yield _Source(file, error=error)
            continue
        several = len(pieces) > 1
        yield from (_Source(file, piece, number * several) for number, piece in enumerate(pieces, 1))


class _Run:
    """The adding of several reports: what was added, was there, and failed."""

    def __init__(self, actor: Actor, slug: str, fields: Mapping[str, str], *, anew: bool) -> None:
        self._actor, self._slug, self._fields, self._anew = actor, slug, fields, anew
        self._origins = ReportOrigins(actor.project)
        self._done: list[bool] = []
        self._failed: list[TransflowError] = []

    def add_all(self, sources: Iterator[_Source], files: int) -> int:
        """Add every report that can be added, and print which cannot. Return the exit code."""
        waiting = [next(sources), *islice(sources, 1)]
        if len(waiting) == 1 and files == 1:
            self._add_only(waiting[0])
            return 0
        if self._slug:
            raise UsageError(MESSAGES("one-slug"))
        hidden = files < _MANY
        with streams.progress_bar(length=files, label=i18n.say(MESSAGES("adding")), hidden=hidden) as bar:
            try:
                last = waiting[0].file
                for source in chain(waiting, sources):
                    self._try(source)
                    if source.file != last:
                        bar.update(1)
                    last = source.file
            except KeyboardInterrupt:
                notify(MESSAGES("stopped", added=self._done.count(True)))
                raise
        there, failed = self._done.count(False), len(self._failed)
        notify(MESSAGES("sum", added=self._done.count(True), there=there, failed=failed))
        return max((each.exit_code for each in self._failed), default=0)

    def _add_only(self, source: _Source) -> None:
        if source.error:
            raise source.error
        _add(self._actor, source, self._origins, self._slug, self._fields, anew=self._anew)

    def _try(self, source: _Source) -> None:
        try:
            self._done.append(self._added(source))
        except TransflowError as error:
            name = source.piece.name or source.file
            is_named = name in error.message
            print_error(error.message if is_named else MESSAGES("of-file", file=name, why=error.message))
            self._failed.append(error)

    def _added(self, source: _Source) -> bool:
        if source.error:
            raise source.error
        return _add(self._actor, source, self._origins, "", self._fields, anew=self._anew)


def _add(
    actor: Actor, source: _Source, origins: ReportOrigins, slug: str, fields: Mapping[str, str], *, anew: bool
) -> bool:
    """Add a report, and print it. Return False if it is there already.

    Raise RefusedError for a new version of one that is there.
    """
    path, piece = source.piece.name, source.piece
    report = intake.with_fields(intake.read_incoming(piece.data, path, piece.reader), title=fields["title"])
    report = intake.with_fields(intake.with_headline(report), byline=fields["byline"], date=fields["date"])
    known = origins.known(report)
    if known and known.relation == "same" and not intake.lacks_catalog(actor.project, known.slug):
        notify(MESSAGES("same", path=report_path(known.slug), file=MESSAGES("standard-input") if path == "-" else path))
        return False
    if known and known.relation == "earlier" and not slug:
        command = CommandRef(f"update {known.slug} {source.file}")
        raise RefusedError(MESSAGES("earlier", file=path, path=report_path(known.slug), command=command))
    report = _complete(report, path)
    slug = slug or (known.slug if known and known.relation == "same" else "")
    if there := intake.is_added(actor.project, report, slug or _slug_of(source, report)):
        notify(MESSAGES("there", path=report_path(there)))
        return False
    chosen_slug = _choose_slug(actor, report, slug, source)
    _print_added(actor, path, report, chosen_slug, intake.add(actor, report, chosen_slug, anew=anew))
    origins.add(chosen_slug, report.front)
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


def _choose_slug(actor: Actor, report: IncomingReport, wanted: str, source: _Source) -> str:
    """Return the slug: the one given, else that of the file or the headline, else an answer.

    Raise UsageError for one that is not valid or is taken, where no question can be asked.
    """
    try:
        return intake.slug_for(actor.project, report, wanted or _slug_of(source, report))
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


def _slug_of(source: _Source, report: IncomingReport) -> str:
    """Return the slug of a file's name, else that of the headline, else nothing.

    Of a page, and of a report among others in its file, the headline is asked first.
    """
    stem = arrivals.short_name(source.piece.name)
    named = stem if valid_slug(stem) else slugify(stem, "")
    titled = slugify(report.front.title, report.front.date)
    if is_address(source.file):
        return titled or slugify(arrivals.name_of_page(source.file), "") or ""
    if source.number and source.piece.name.startswith(source.file):
        return titled or slugify(f"{arrivals.short_name(source.file)}-{source.number}", "") or ""
    return named or titled or slugify(f"{arrivals.short_name(source.file)}-{source.number}", "") or ""
