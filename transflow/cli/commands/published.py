"""The `transflow published` command."""

from __future__ import annotations

import shlex
from types import ModuleType
from typing import Any, NamedTuple

import click

from transflow.actions import Actor
from transflow.actions.reports import proposals
from transflow.actions.stories import publish
from transflow.cli.actors import as_option, current_actor
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify, print_text
from transflow.cli.options import cause_option, complete_people, format_option, story_argument, told_option
from transflow.cli.session import find_project, now
from transflow.cli.story_output import MESSAGES as RENEWED
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.messages import NOTHING, CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.stories import publications

MESSAGES = Messages(
    __name__,
    {
        "no-address": "say at which address: --url URL.",
        "two-things": "--look and --take record no publication: leave out --at, --kind and --gone.",
        "cause": "--cause and --told are for a page that was removed (--gone). For a mistake: {command}.",
        "behind": "{time}  {address}  version {number}, {kind}; has not version {present} yet",
        "with-take": "--by, --dry-run and --yes go with --take.",
        "two-people": "--by says {by}, and --as says {other}.",
        "first": "{time}  first published",
        "no-known-address": "no address",
        "at": "The time of its first publication is set without --url: {command}.",
        "recorded": "{address}: nothing to do, this is recorded already.",
        "page": "{time}  {address}  version {number}, {kind}",
        "figure": "{ref} said “{before}” on the page until now, and says “{after}”. If that was wrong, and not news, readers get a "
        "correction: {command}",
        "figures": (
            "{n} more paragraph has another figure than its page had.",
            "{n} more paragraphs have other figures than their page had.",
        ),
        "nowhere": "{name} is recorded on no page.",
        "notice": "{time}  {kind} by {who}, cause: {cause}",
        "notice/told": "{time}  {kind} by {who}, cause: {cause}; told: {told}",
    },
)


_MOST_FIGURES = 3
"""Number of changed figures that are told one by one."""


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
@cause_option
@told_option
@click.option(
    "--look",
    "page",
    is_flag=False,
    flag_value="",
    default=None,
    metavar="[FILE|-]",
    help="Compare the recorded pages, or a saved one, with the record.",
)
@click.option(
    "--take", "taken", default="", metavar="N", help="Take paragraphs as the page has them: 4, 4,7-9 or “all”."
)
@click.option(
    "--by", "by_id", default="", metavar="ID", help="Who takes them: as --as.", shell_complete=complete_people
)
@click.option("--dry-run", is_flag=True, help="With --take: only show what would be taken.")
@click.option("--yes", is_flag=True, help="With --take: do not ask.")
@format_option
@as_option
@click.pass_context
def published(ctx: click.Context, /, name: str, **values: Any) -> int:
    """Record or list the pages of a published story.

    From then on, the published text is compared with the story: `transflow status` and `transflow
    check` report a difference. When you have updated a page, record it again.

    The page prints the time of the first publication. --at without --url sets it, also for a story
    that has no address, such as one in print.

    --look fetches the recorded pages, or those of --url, and names each paragraph that differs.
    Exit code 0: nothing differs; 1: something does; 3: a page could not be read. --take writes what
    the page has into the record, as an edit by the person of --by; the story has to be cleared
    again.

    \b
    Examples:
      transflow published un-story --url https://news.example.org/un-story --at "2024-03-26 18:00"
      transflow published un-story --at "2024-03-26 17:30"
      transflow published un-story
      transflow published un-story --url https://news.example.org/un-story --kind refile
      transflow published un-story --url https://news.example.org/old --gone --cause reporting
      transflow published un-story --look
      transflow published un-story --look page.html
      transflow published un-story --take 4 --by mina
      transflow published un-story --look page.html --take all --by mina --dry-run
    """
    options = _Options(**values)
    _check(options)
    done = _take if options.taken else _look if options.page is not None else _record_or_list
    return done(ctx, name, options)


def _record_or_list(ctx: click.Context, name: str, options: _Options) -> int:
    """Record where a story was published, and list its pages."""
    project, kind = find_project(ctx), options.kind or ""
    if options.is_removal:
        cause, told = options.cause or "", options.told
        actor = current_actor(ctx, options.as_id)
        article = _reported(publish.record_removal(actor, name, options.addresses, cause, told))
    elif options.addresses:
        article = _record(current_actor(ctx, options.as_id), name, options.addresses, options.at, kind)
    elif options.at:
        article = publish.set_first_publication(current_actor(ctx, options.as_id), name, options.at)
    else:  # the list needs no user
        article = project.load(project.find_catalog(name, "articles"))
    _print_pages(name, article, project.settings.timezone, options.form)
    return 0


class _Options(NamedTuple):
    """The options as they were given."""

    addresses: tuple[str, ...]
    at: str
    kind: str | None
    gone: bool
    cause: str | None
    told: str
    page: str | None
    """File of a saved page; empty for the recorded addresses, None without --look."""
    taken: str
    by_id: str
    dry_run: bool
    yes: bool
    form: str
    as_id: str

    @property
    def is_removal(self) -> bool:
        return self.gone or self.kind == "withdrawn"


def _check(options: _Options) -> None:
    """Raise UsageError for options that do not fit each other."""
    if (options.gone or options.kind) and not options.addresses:
        raise UsageError(MESSAGES("no-address"))
    is_look = options.page is not None or bool(options.taken)
    if is_look and (options.at or options.kind or options.gone):
        raise UsageError(MESSAGES("two-things"))
    if (options.cause or options.told) and not options.is_removal:
        raise UsageError(MESSAGES("cause", command=CommandRef("correct STORY#N --cause …")))
    if (options.by_id or options.dry_run or options.yes) and not options.taken:
        raise UsageError(MESSAGES("with-take"))
    if options.by_id and options.as_id and options.by_id != options.as_id:
        raise UsageError(MESSAGES("two-people", by=options.by_id, other=options.as_id))


def _look(ctx: click.Context, name: str, options: _Options) -> int:
    """Print how the pages of a story differ from the record, and return the exit code."""
    actor = Actor(find_project(ctx), Person(""), now())  # looking needs no user
    live_pages = _live_pages()
    found = live_pages.look(actor, name, options.page or "", options.addresses)
    if options.form == "json":
        write_json({**_values(found.article), "look": live_pages.look_values(found)})
    else:
        live_pages.print_look(found)
    code: int = live_pages.exit_code(found)
    return code


def _live_pages() -> ModuleType:
    """Return the module that looks at pages. Loads requests, for --look and --take only."""
    from transflow.cli import live_pages

    return live_pages


def _take(ctx: click.Context, name: str, options: _Options) -> int:
    """Take paragraphs from a page into the record."""
    actor = current_actor(ctx, options.by_id or options.as_id, records=not options.dry_run)
    _live_pages().take(
        actor,
        name,
        options.taken,
        options.page or "",
        options.addresses,
        dry_run=options.dry_run,
        yes=options.yes,
    )
    return 0


def _reported(recorded: publish.Recorded) -> Catalog:
    """Return the story, after naming what was recorded before, and what follows from the record."""
    for address in recorded.unchanged:
        notify(MESSAGES("recorded", address=address))
    for path in (*recorded.output.rendered, *recorded.output.removed):
        notify(RENEWED("rendered" if path in recorded.output.rendered else "removed", path=path))
    for each in recorded.figures[:_MOST_FIGURES]:
        command = CommandRef(f"correct {each.ref} --old {shlex.quote(each.published)}")
        notify(MESSAGES("figure", ref=each.ref, before=each.before, after=each.after, command=command))
    if more := len(recorded.figures[_MOST_FIGURES:]):
        notify(MESSAGES("figures", n=more))
    return recorded.article


def _record(actor: Actor, name: str, addresses: tuple[str, ...], at: str, kind: str) -> Catalog:
    """Record a publication and return the story."""
    recorded = publish.record_publication(actor, name, addresses, at, kind)
    _reported(recorded)
    if at and recorded.unchanged:
        notify(MESSAGES("at", command=CommandRef(f"published {name} --at {shlex.quote(at)}")))
    proposed = NOTHING if kind else proposals.proposed_kind(actor, name, addresses[0])
    if proposed:
        notify(proposed)
    return recorded.article


def _values(article: Catalog) -> dict[str, object]:
    """Return the pages of a story and the notices about mistakes as plain values."""
    known = publications.versions(article)
    newest = publications.newest_version(article)
    pages = [
        {
            "time": page.time,
            "address": "" if page.address == publications.NO_ADDRESS else page.address,
            "version": known[page.digest][0],
            "kind": page.kind or known[page.digest][1],
            "is_newest": known[page.digest][0] == newest,
        }
        for page in publications.addresses(article)
    ]
    notices = [each._asdict() for each in publications.notices(article)]
    behind = [page["address"] for page in pages if not page["is_newest"]]
    first = publications.first_published(article)
    return {"first": first, "version": newest, "behind": behind, "pages": pages, "notices": notices}


def _print_pages(name: str, article: Catalog, timezone: str, form: str) -> None:
    """Print the pages of a story with their versions, and the notices about mistakes in it."""
    if form == "json":
        write_json(_values(article))
        return
    pages, known = publications.addresses(article), publications.versions(article)
    newest = publications.newest_version(article)
    if any(each.address == publications.NO_ADDRESS for each in publications.publications(article)):
        print_text(MESSAGES("first", time=local_time(publications.first_published(article), timezone)))
    for page in pages:
        number, kind = known[page.digest]
        time = local_time(page.time, timezone)
        address = MESSAGES("no-known-address") if page.address == publications.NO_ADDRESS else page.address
        key, kind = "page" if number == newest else "behind", page.kind or kind
        print_text(MESSAGES(key, time=time, address=address, number=number, kind=kind, present=newest))
    if not pages:
        notify(MESSAGES("nowhere", name=name))
    for notice in publications.notices(article):
        values = {"kind": notice.kind, "who": notice.who, "cause": notice.cause, "told": notice.text}
        time = local_time(notice.time, timezone)
        print_text(MESSAGES("notice/told" if notice.text else "notice", time=time, **values))
