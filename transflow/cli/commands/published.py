"""The `transflow published` command."""

from __future__ import annotations

import shlex

import click

from transflow.actions import Actor
from transflow.actions.reports import proposals
from transflow.actions.stories import publish
from transflow.cli.actors import as_option, current_actor
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify, print_text
from transflow.cli.options import format_option, story_argument
from transflow.cli.session import find_project
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.messages import NOTHING, CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.stories import publications

MESSAGES = Messages(
    __name__,
    {
        "no-address": "say at which address: --url URL.",
        "first": "{time}  first published",
        "no-known-address": "no address",
        "at": "The time of its first publication is set without --url: {command}.",
        "recorded": "{address}: nothing to do, this is recorded already.",
        "page": "{time}  {address}  version {number}, {kind}",
        "nowhere": "{name} is recorded on no page.",
        "notice": "{time}  {kind} by {who}, cause: {cause}",
        "notice/told": "{time}  {kind} by {who}, cause: {cause}; told: {told}",
    },
)


@click.command()
@story_argument
@click.option(
    "--url", "addresses", multiple=True, metavar="URL", help="The address of the page. May be given more than once."
)
@click.option(
    "--at",
    default="",
    metavar="WHEN",
    help="The time of publication: “2024-03-26 18:00”. Default: now. Without --url: of the first publication.",
)
@click.option(
    "--kind",
    type=click.Choice(publications.VERSIONS),
    default=None,
    help="The kind of publication. Default: first; correction if a note was added since; else update.",
)
@click.option("--gone", is_flag=True, help="The page at this address was removed.")
@format_option
@as_option
@click.pass_context
def published(
    ctx: click.Context,
    name: str,
    addresses: tuple[str, ...],
    at: str,
    kind: str | None,
    gone: bool,
    form: str,
    as_id: str,
) -> None:
    """Record or list the pages of a published story.

    From then on, the published text is compared with the story: `transflow status` and `transflow
    check` report a difference. When you have updated a page, record it again.

    The page prints the time of the first publication. --at without --url sets it, also for a story
    that has no address, such as one in print.

    \b
    Examples:
      transflow published un-story --url https://news.example.org/un-story --at "2024-03-26 18:00"
      transflow published un-story --at "2024-03-26 17:30"
      transflow published un-story
      transflow published un-story --url https://news.example.org/un-story --kind refile
      transflow published un-story --url https://news.example.org/old --gone
    """
    project = find_project(ctx)
    gone = gone or kind == "withdrawn"
    if (gone or kind) and not addresses:
        raise UsageError(MESSAGES("no-address"))
    if addresses:
        article = _record(current_actor(ctx, as_id), name, addresses, at, kind or "", gone=gone)
    elif at:
        article = publish.set_first_publication(current_actor(ctx, as_id), name, at)
    else:  # the list needs no user
        article = project.load(project.find_catalog(name, "articles"))
    _print_pages(name, article, project.settings.timezone, form)


def _record(actor: Actor, name: str, addresses: tuple[str, ...], at: str, kind: str, *, gone: bool) -> Catalog:
    """Record a publication, or its removal, and return the story."""
    recorded = (
        publish.record_removal(actor, name, addresses)
        if gone
        else publish.record_publication(actor, name, addresses, at, kind)
    )
    for address in recorded.unchanged:
        notify(MESSAGES("recorded", address=address))
    if at and recorded.unchanged and not gone:
        notify(MESSAGES("at", command=CommandRef(f"published {name} --at {shlex.quote(at)}")))
    proposed = NOTHING if kind or gone else proposals.proposed_kind(actor, name, addresses[0])
    if proposed:
        notify(proposed)
    return recorded.article


def _values(article: Catalog) -> dict[str, object]:
    """Return the pages of a story and the notices about mistakes as plain values."""
    known = publications.versions(article)
    pages = [
        {
            "time": page.time,
            "address": "" if page.address == publications.NO_ADDRESS else page.address,
            "version": known[page.digest][0],
            "kind": page.kind or known[page.digest][1],
        }
        for page in publications.addresses(article)
    ]
    notices = [each._asdict() for each in publications.notices(article)]
    return {"first": publications.first_published(article), "pages": pages, "notices": notices}


def _print_pages(name: str, article: Catalog, timezone: str, form: str) -> None:
    """Print the pages of a story with their versions, and the notices about mistakes in it."""
    if form == "json":
        write_json(_values(article))
        return
    pages, known = publications.addresses(article), publications.versions(article)
    if any(each.address == publications.NO_ADDRESS for each in publications.publications(article)):
        print_text(MESSAGES("first", time=local_time(publications.first_published(article), timezone)))
    for page in pages:
        number, kind = known[page.digest]
        time = local_time(page.time, timezone)
        address = MESSAGES("no-known-address") if page.address == publications.NO_ADDRESS else page.address
        print_text(MESSAGES("page", time=time, address=address, number=number, kind=page.kind or kind))
    if not pages:
        notify(MESSAGES("nowhere", name=name))
    for notice in publications.notices(article):
        values = {"kind": notice.kind, "who": notice.who, "cause": notice.cause, "told": notice.text}
        time = local_time(notice.time, timezone)
        print_text(MESSAGES("notice/told" if notice.text else "notice", time=time, **values))
