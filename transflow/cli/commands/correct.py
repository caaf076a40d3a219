"""The `transflow correct` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.stories.correct import Corrected
from transflow.actions.stories.correct import correct as correct_text
from transflow.cli.actors import pass_actor
from transflow.cli.options import complete_catalogs
from transflow.stories.publications import CAUSES


@click.command()
@click.argument("ref", metavar="REPORT#N|STORY#N", shell_complete=complete_catalogs)
@click.option("--note", default="", metavar="TEXT", help="The whole note, where the drafted one is not wanted.")
@click.option("--old", default="", metavar="TEXT", help="What the page says, where transflow does not know it.")
@click.option(
    "--cause", type=click.Choice(CAUSES), default=None, help="Where the mistake was made, for the record of notices."
)
@click.option("--told", default="", metavar="TEXT", help="Which partners were told, with --cause.")
@click.option("--dry-run", is_flag=True, help="List what is touched, and change nothing.")
@pass_actor
def correct(actor: Actor, ref: str, note: str, old: str, cause: str | None, told: str, dry_run: bool) -> None:
    """Begin a correction: list what a mistake touches, open it, and draft the note for readers.

    Of REPORT#N, the sentence and every printed paragraph on it, in every language, need another
    look; of STORY#N, the one paragraph. Stories that were published get a correction note, which
    needs another look too. When the texts are right, do it again: the note then says what the page
    should have said. Confirm it, clear the story, update the page, and record that.

    \b
    Examples:
      transflow correct un-letter#3
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow correct un-letter#3
      transflow correct un-story#4 --note "An earlier version of this story misspelled a name."
      transflow correct un-letter#3 --cause translation --told "Yonhap, by phone"
    """
    done = correct_text(actor, ref, note, old, cause or "", told, dry_run=dry_run)
    for touched in (*done.sentences, *done.paragraphs):
        opened = "would need another look" if dry_run else "needs another look"
        click.echo(f"{touched.ref}: {opened if touched.opened else 'touched; ' + touched.why_not}")
    _print_notes(done, dry_run=dry_run)
    if done.same_mistake:
        click.echo("The same may be wrong here; if so, correct the sentence (`transflow correct REPORT#N`):")
        for other in done.same_mistake:
            click.echo(f"  {other}")
    if done.pages:
        click.echo(
            "Published; update these pages when the story is cleared, then record it with `transflow published`:"
        )
        for place, address in done.pages:
            click.echo(f"  {place}  {address}")


def _print_notes(done: Corrected, *, dry_run: bool) -> None:
    if done.is_continued:
        click.echo("The correction was begun before: only the note is brought up to date.")
    for note in done.notes:
        state = "drafted: correct it and confirm it" if note.is_fuzzy else "confirmed"
        click.echo(f"{note.ref}: correction note {'would be ' if dry_run else ''}{state}\n  {note.text}")
    if done.uncorrected:
        click.echo(f"Not corrected yet; these notes stay as they are:\n{done.uncorrected}", err=True, nl=False)
