"""The `transflow notices` command."""

from __future__ import annotations

import csv
from collections.abc import Sequence

import click

from transflow.actions import Actor
from transflow.actions.stories import corrections_page
from transflow.actions.stories.notices import StoryNotice
from transflow.actions.stories.notices import notices as list_notices
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify, print_text
from transflow.cli.options import locale_option, pass_anonymous_actor
from transflow.cli.streams import machine_stream, write_json
from transflow.csv_text import quoted
from transflow.errors import UsageError
from transflow.messages import CommandRef, Message, Messages

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing was corrected, clarified or withdrawn.",
        "nothing/month": "Nothing was corrected, clarified or withdrawn in {month}.",
        "line": "{time}  {place}  {kind}, version {version}  cause: {cause}  decided by {who}",
        "line/open": "{time}  {place}  {kind}, not published yet  cause: {cause}  decided by {who}",
        "unknown": "not recorded",
        "correction": "correction",
        "clarification": "clarification",
        "withdrawn": "withdrawal",
        "update": "update",
        "refile": "refile",
        "first": "first",
        "updated": "  {address}  updated {time}",
        "removed": "  {address}  removed {time}",
        "waiting": "  {address}  not updated yet: record it with {command}",
        "waiting/withdrawn": "  {address}  not removed yet: record it with {command}",
        "told": "  told: {partners}",
        "page-month": "The public page has all corrections: leave --month out.",
    },
)
FIELDS = ("time", "story", "kind", "version", "cause", "who", "addresses", "addresses_not_updated", "partners")
"""Columns of the CSV."""


@click.command()
@click.option("--month", default="", metavar="YYYY-MM", help="The month. Default: all.")
@locale_option
@click.option("--page", is_flag=True, help="Write the public page of corrections to build/ instead.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@pass_anonymous_actor
def notices(actor: Actor, month: str, locale: str, page: bool, form: str) -> None:
    """List corrections, clarifications and withdrawals.

    For each: when it was decided, the story and its version, the cause (--cause of `transflow
    correct`, `kill` and `published --gone`), who decided, which addresses were updated, and which
    partners were told.

    --page writes build/<language>/corrections.html and corrections.json for readers: the notes of
    published stories, newest first. Nothing confidential or under embargo is on it.

    \b
    Examples:
      transflow notices
      transflow notices --month 2024-03 --format csv > march.csv
      transflow notices --page
    """
    if locale:
        locale = actor.project.locale(locale)
    if page:
        if month:
            raise UsageError(MESSAGES("page-month"))
        for path in corrections_page.write(actor, locale):
            click.echo(path.relative_to(actor.project.root).as_posix())
        return
    found = list_notices(actor, month, locale)
    if form == "json":
        write_json([_values(each) for each in found])
    elif form == "csv":
        _write_csv(found)
    else:
        _print(actor, found, month)


def _values(each: StoryNotice) -> dict[str, object]:
    entry = each.entry
    return {
        "time": entry.time,
        "story": str(each.place),
        "kind": entry.kind,
        "version": entry.version or None,
        "cause": entry.cause or None,
        "who": entry.who or None,
        "addresses": [{"address": told.address, "time": told.time or None} for told in entry.addresses],
        "partners": entry.partners,
    }


def _write_csv(found: Sequence[StoryNotice]) -> None:
    writer = csv.writer(machine_stream(), lineterminator="\n")
    writer.writerow(FIELDS)
    for each in found:
        entry = each.entry
        told = " ".join(page.address for page in entry.addresses if page.time)
        waiting = " ".join(page.address for page in entry.addresses if not page.time)
        head = (entry.time, str(each.place), entry.kind, str(entry.version or ""), entry.cause, entry.who)
        writer.writerow([quoted(cell) for cell in (*head, told, waiting, entry.partners)])


def _print(actor: Actor, found: Sequence[StoryNotice], month: str) -> None:
    for each in found:
        print_text(_line(actor, each))
        for told in each.entry.addresses:
            if told.time:
                print_text(
                    MESSAGES(
                        "removed" if told.is_gone else "updated", address=told.address, time=_time(actor, told.time)
                    )
                )
            else:
                is_withdrawn = each.entry.kind == "withdrawn"
                gone, key = (" --gone", "waiting/withdrawn") if is_withdrawn else ("", "waiting")
                command = CommandRef(f"published {actor.project.ref(each.place)} --url {told.address}{gone}")
                print_text(MESSAGES(key, address=told.address, command=command))
        if each.entry.partners:
            print_text(MESSAGES("told", partners=each.entry.partners))
    if not found:
        notify(MESSAGES("nothing/month" if month else "nothing", month=month))


def _line(actor: Actor, each: StoryNotice) -> Message:
    entry, unknown = each.entry, MESSAGES("unknown")
    return MESSAGES(
        "line" if entry.version else "line/open",
        time=_time(actor, entry.time),
        place=actor.project.ref(each.place),
        kind=MESSAGES(entry.kind),
        version=entry.version,
        cause=entry.cause or unknown,
        who=entry.who or unknown,
    )


def _time(actor: Actor, time: str) -> str:
    return local_time(time, actor.project.settings.timezone)
