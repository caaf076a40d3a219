"""`transflow published`, `kill`, `credit`, `correct`."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories.publish import PublishedStory
from transflow.cli.session import (
    acting,
    actor,
    complete_articles,
    complete_catalogs,
    complete_people,
    local_time,
    project,
)
from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.stories.publications import CAUSES, VERSIONS

_STORY = click.argument("name", metavar="STORY", shell_complete=complete_articles)


@click.command()
@_STORY
@click.option("--url", "addresses", multiple=True, metavar="URL", help="Where it stands. May be given more than once.")
@click.option("--at", default="", metavar="WHEN", help="“2024-03-26 18:00”; default: now.")
@click.option(
    "--kind",
    type=click.Choice(VERSIONS),
    default=None,
    help="As what it went out. Default: first, correction where a note came since, else update.",
)
@click.option("--gone", is_flag=True, help="It stands at this address no longer.")
@click.option("--as", "as_id", metavar="ID", default="", help="Who you are.", shell_complete=complete_people)
@click.pass_context
def published(
    ctx: click.Context, name: str, addresses: tuple[str, ...], at: str, kind: str | None, gone: bool, as_id: str
) -> None:
    """Record where a story was published, or list where.

    What readers see there is compared with the story from now on: `transflow status` and `transflow check` tell when they differ.
    When a page was brought up to date, record it again.

    \b
    Examples:
      transflow published un-story --url https://news.example.org/un-story --at "2024-03-26 18:00"
      transflow published un-story
      transflow published un-story --url https://news.example.org/un-story --kind refile
      transflow published un-story --url https://news.example.org/old --gone
    """
    from transflow.actions.stories import publish

    shown = project(ctx)
    gone = gone or kind == "withdrawn"
    if (gone or kind) and not addresses:
        raise UsageError("say at which address: --url URL.")
    if addresses:
        who = actor(ctx, as_id)
        recorded = (
            publish.taken_down(who, name, addresses)
            if gone
            else publish.published(who, name, addresses, at, kind or "")
        )
        article = recorded.article
        for address in recorded.already:
            click.echo(f"{address}: nothing to do, this is recorded already.", err=True)
    else:  # to read it, nobody has to say who they are
        article = shown.load(shown.place(name, "articles"))
    _show_pages(name, article, shown.settings.timezone)


def _show_pages(name: str, article: Catalog, timezone: str) -> None:
    """Where a story stands, and in which version; then what was decided about mistakes in it."""
    from transflow.stories.publications import addresses, notices, versions

    pages, known = addresses(article), versions(article)
    for page in pages:
        number, kind = known[page.digest]
        click.echo(f"{local_time(page.time, timezone)}  {page.address}  version {number}, {page.kind or kind}")
    if not pages:
        click.echo(f"{name} stands nowhere.", err=True)
    for each in notices(article):
        told = f"; told: {each.text}" if each.text else ""
        click.echo(f"{local_time(each.time, timezone)}  {each.kind} by {each.who}, cause: {each.cause}{told}")


@click.command()
@_STORY
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="It may go out after all.")
@acting
def kill(actor: Actor, name: str, reason: str, undo: bool) -> None:
    """An editor's word that a story does not go out. What was rendered of it is removed.

    \b
    Examples:
      transflow kill un-story "the source took it back"
      transflow kill un-story --undo
    """
    from transflow.actions.stories.publish import kill as killed

    told = killed(actor, name, reason, undo=undo)
    click.echo(f"{told.stories[0].place} {'may go out again' if undo else 'is killed'}.")
    _tell(told, "Take these pages down:" if not undo else "Look at these pages:")


@click.group()
def credit() -> None:
    """Whose names are printed.

    \b
    Examples:
      transflow credit withhold claire un-story
    """


@credit.command()
@click.argument("person", metavar="PERSON", shell_complete=complete_people)
@click.argument("name", metavar="[STORY]", default="", shell_complete=complete_articles)
@click.option("--undo", is_flag=True, help="Print the name again.")
@acting
def withhold(actor: Actor, person: str, name: str, undo: bool) -> None:
    """Take a person's name out of what is printed of a story, metadata included; without STORY, of every story.

    What is in build/ is rendered anew. Who made the story stays in the record. Somebody who must not be named in later stories either
    is protected: `transflow person protect`.

    \b
    Examples:
      transflow credit withhold claire un-story
      transflow credit withhold claire
      transflow credit withhold claire un-story --undo
    """
    from transflow.actions.stories.publish import withhold as withheld

    told = withheld(actor, person, name, undo=undo)
    for each in told.stories:
        click.echo(f"{each.place}: {'prints the name again' if undo else 'does not print the name'}")
    if not told.stories:
        click.echo("No story would print it.", err=True)
    _tell(told, "Change these pages, then record it with `transflow published`:")
    if told.mentions and not undo:
        click.echo("The text itself has the name here; edit it, or redact it:")
        for ref in told.mentions:
            click.echo(f"  {ref}")


def _tell(told: PublishedStory, head: str) -> None:
    for path in told.output.rendered:
        click.echo(f"{path}: rendered anew")
    for path in told.output.removed:
        click.echo(f"{path}: removed")
    addresses = [address for each in told.stories for address in each.addresses]
    if addresses:
        click.echo(head)
        for address in addresses:
            click.echo(f"  {address}")


@click.command()
@click.argument("ref", metavar="REPORT#N|STORY#N", shell_complete=complete_catalogs)
@click.option("--note", default="", metavar="TEXT", help="The whole note, where the drafted one is not wanted.")
@click.option("--old", default="", metavar="TEXT", help="What the page says, where transflow does not know it.")
@click.option(
    "--cause", type=click.Choice(CAUSES), default=None, help="Where the mistake was made, for the record of notices."
)
@click.option("--told", default="", metavar="TEXT", help="Which partners were told, with --cause.")
@click.option("--dry-run", is_flag=True, help="List what is touched, and change nothing.")
@acting
def correct(actor: Actor, ref: str, note: str, old: str, cause: str | None, told: str, dry_run: bool) -> None:
    """Begin a correction: list what a mistake touches, open it, and draft the note for readers.

    Of REPORT#N, the sentence and every printed paragraph on it, in every language, need another look; of STORY#N, the one paragraph.
    Stories that were published get a correction note, which needs another look too. When the texts are right, do it again: the note
    then says what the page should have said. Confirm it, clear the story, update the page, and record that.

    \b
    Examples:
      transflow correct un-letter#3
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow correct un-letter#3
      transflow correct un-story#4 --note "An earlier version of this story misspelled Su Bo Bae's name."
      transflow correct un-letter#3 --cause translation --told "Yonhap, by phone"
    """
    from transflow.actions.stories.correct import correct as corrected

    done = corrected(actor, ref, note, old, cause or "", told, dry_run=dry_run)
    for touched in (*done.sentences, *done.paragraphs):
        what = "would need another look" if dry_run else "needs another look"
        click.echo(f"{touched.ref}: {what if touched.opened else 'touched; ' + touched.why_not}")
    if done.going_on:
        click.echo("The correction was begun before: only the note is brought up to date.")
    for each in done.notes:
        state = "drafted: correct it and confirm it" if each.needs_look else "confirmed"
        click.echo(f"{each.ref}: correction note {'would be ' if dry_run else ''}{state}\n  {each.text}")
    if done.uncorrected:
        click.echo(f"Not corrected yet; these notes stay as they are:\n{done.uncorrected}", err=True, nl=False)
    if done.alike:
        click.echo("The same may be wrong here; if so, correct the sentence (`transflow correct REPORT#N`):")
        for other in done.alike:
            click.echo(f"  {other}")
    if done.pages:
        click.echo(
            "Published; update these pages when the story is cleared, then record it with `transflow published`:"
        )
        for place, address in done.pages:
            click.echo(f"  {place}  {address}")
