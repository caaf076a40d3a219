"""The `transflow add` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.cli.adding import add_sources
from transflow.cli.options import pass_anonymous_actor
from transflow.cli.reading import reader_option
from transflow.cli.streams import is_interactive
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.report import when

MESSAGES = Messages(
    __name__,
    {
        "two-readers": "--reader names the reader: leave --plain and --markdown out.",
        "one-slug": "--slug names one report: add the files one by one.",
        "bad-date": "--date: “{date}” is no date; write 2024-03-26 or 2024-03-26T09:00:00+09:00.",
        "no-file": "name a file, or pipe one in.",
    },
)


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1)
@click.option("--slug", default="", help="The report's name: small letters, digits, hyphens.")
@click.option("--title", default="", help="The headline, if the file has none.")
@click.option("--byline", default="", help="The reporter, if the file names none.")
@click.option("--date", default="", help="ISO date or time, if the file has none.")
@reader_option
@click.option("--attachments", is_flag=True, help="Add the files that are attached to mails, too.")
@click.option("--plain/--markdown", "plain", default=None, hidden=True)
@click.option(
    "--anew", is_flag=True, help="Create a new report although git has one of this name that is missing here."
)
@pass_anonymous_actor
def add(
    actor: Actor,
    files: tuple[str, ...],
    slug: str,
    reader: str,
    attachments: bool,
    plain: bool | None,
    anew: bool,
    **fields: str,
) -> int:
    """Add reports to the project.

    A report is a file of any kind that `transflow readers` lists, or the address of a page. What
    its reader cannot keep is listed, with its place. "-" reads standard input, as does no FILE
    where something is piped in. In a terminal, what is missing is asked for. Nothing is ever
    overwritten: a report that is there is passed over, and of a new version, `update` is offered.
    Of a flash, a later version or a correction, by [속보], [종합] or [정정] in its headline, it is
    said what can be done.

    The name of a report, its slug, is that of its file (un-letter.md becomes un-letter), or that of
    its headline in Latin letters under the year of its date, or what --slug gives. Of several
    files, one that cannot be added keeps out no other; the same command goes on after Ctrl+C.

    \b
    Examples:
      transflow add report.txt --slug un-letter --byline 이정은 --date 2024-03-26
      transflow add https://www.example.org/news/1 --slug un-letter
      transflow add letter.eml --attachments    the mail, and the files that came with it
      pbpaste | transflow add - --slug un-letter
      transflow add notes.md --reader text      as plain text, whatever it looks like
      transflow add un-letter.md --anew         although the last commit still has one
    """
    files = files or _standard_input()
    _check_options(actor, files, slug, fields["date"], has_two_readers=bool(reader) and plain is not None)
    reader = reader or {None: "", True: "text", False: "markdown"}[plain]
    wanted = {"with_attachments": attachments, "anew": anew}
    return add_sources(actor, files, reader, slug=slug, fields=fields, **wanted)


def _check_options(actor: Actor, files: tuple[str, ...], slug: str, date: str, *, has_two_readers: bool) -> None:
    """Raise UsageError for options that do not go together."""
    if slug and len(files) > 1:
        raise UsageError(MESSAGES("one-slug"))
    if date and when(date, actor.project.settings.timezone) is None:
        raise UsageError(MESSAGES("bad-date", date=date))
    if has_two_readers:
        raise UsageError(MESSAGES("two-readers"))


def _standard_input() -> tuple[str, ...]:
    """Return the name of standard input, if something is piped in. Raise UsageError if not."""
    if is_interactive():
        raise UsageError(MESSAGES("no-file"))
    return ("-",)
