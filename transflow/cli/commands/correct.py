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
@click.option("--note", default="", metavar="TEXT", help="The whole note, instead of the drafted one.")
@click.option("--old", default="", metavar="TEXT", help="The published text, if transflow does not know it.")
@click.option("--cause", type=click.Choice(CAUSES), default=None, help="Where the mistake was made, for your records.")
@click.option("--told", default="", metavar="TEXT", help="The partners who were informed; needs --cause.")
@click.option("--dry-run", is_flag=True, help="List what is affected; change nothing.")
@pass_actor
def correct(actor: Actor, ref: str, note: str, old: str, cause: str | None, told: str, dry_run: bool) -> None:
    """Correct a mistake after publication.

    The command lists everything that the mistake affects, marks it “needs another look”, and drafts
    the note for readers.

    For REPORT#N, these are the sentence and every printed paragraph made from it, in every
    language; for STORY#N, only that paragraph. Every published story gets a correction note, which
    also needs another look. When the texts are right, run the command again: the note then says
    what the page should have said. Confirm the note, clear the story, update the page, and record
    it with `transflow published`.

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
