"""The `transflow correct` command."""

from __future__ import annotations

from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.stories.correct import Corrected
from transflow.actions.stories.correct import correct as correct_text
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import cause_option, complete_catalogs, format_option, shown_argument, told_option
from transflow.cli.streams import write_json
from transflow.messages import CommandRef, Messages
from transflow.presenters import i18n
from transflow.stories.corrections import CLARIFICATION, NoteKind
from transflow.stories.publications import NOTED

MESSAGES = Messages(
    __name__,
    {
        "opened": "{ref}: needs another look",
        "opened/planned": "{ref}: would need another look",
        "touched": "{ref}: touched; {why}",
        "same": "The same may be wrong here; if so, correct the sentence ({command}):",
        "pages": "Published; update these pages when the story is cleared, then record it with {command}:",
        "continued": "The correction was begun before: only the note is brought up to date.",
        "note": "{ref}: correction note {state}\n  {text}",
        "note/planned": "{ref}: correction note would be {state}\n  {text}",
        "clarification": "{ref}: clarification {state}\n  {text}",
        "clarification/planned": "{ref}: clarification would be {state}\n  {text}",
        "drafted": "drafted: correct it and confirm it",
        "confirmed": "confirmed",
        "uncorrected": "Not corrected yet; these notes stay as they are:",
    },
)


@click.command()
@shown_argument("ref", metavar="REPORT#N|STORY#N", shell_complete=complete_catalogs)
@click.option("--note", default="", metavar="TEXT", help="The whole note, instead of the drafted one.")
@click.option("--old", default="", metavar="TEXT", help="The published text, if transflow does not know it.")
@click.option(
    "--kind",
    type=click.Choice(NOTED),
    default=None,
    help="What the note is. Default: correction; clarification if the text was unclear, not wrong.",
)
@cause_option
@told_option
@click.option("--dry-run", is_flag=True, help="List what is affected; change nothing.")
@format_option
@pass_actor
def correct(
    actor: Actor,
    ref: str,
    note: str,
    old: str,
    kind: NoteKind | None,
    cause: str | None,
    told: str,
    dry_run: bool,
    form: str,
) -> None:
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
      transflow correct un-story#4 --kind clarification
      transflow correct un-letter#3 --cause translation --told "Yonhap, by phone"
    """
    done = correct_text(actor, ref, note, old, cause or "", told, kind=kind, dry_run=dry_run)
    if form == "json":
        write_json({"dry_run": dry_run, **_values(done)})
    else:
        _print_corrected(done, dry_run=dry_run)


def _values(done: Corrected) -> dict[str, Any]:
    """Return what a correction touches as plain values."""
    touched = [
        {"ref": each.ref, "opened": each.opened, "why_not": str(each.why_not)}
        for each in (*done.sentences, *done.paragraphs)
    ]
    notes = [
        {"ref": each.ref, "kind": each.kind, "text": each.text, "new": each.is_new, "fuzzy": each.is_fuzzy}
        for each in done.notes
    ]
    return {
        "touched": touched,
        "notes": notes,
        "continued": done.is_continued,
        "same_mistake": list(done.same_mistake),
        "pages": [{"story": str(place), "address": address} for place, address in done.pages],
        "uncorrected": str(done.uncorrected),
    }


def _print_corrected(done: Corrected, *, dry_run: bool) -> None:
    for touched in (*done.sentences, *done.paragraphs):
        key = ("opened/planned" if dry_run else "opened") if touched.opened else "touched"
        print_text(MESSAGES(key, ref=touched.ref, why=touched.why_not))
    _print_notes(done, dry_run=dry_run)
    if done.same_mistake:
        print_text(MESSAGES("same", command=CommandRef("correct REPORT#N")))
        for other in done.same_mistake:
            click.echo(f"  {other}")
    if done.pages:
        print_text(MESSAGES("pages", command=CommandRef("published")))
        for place, address in done.pages:
            click.echo(f"  {place}  {address}")


def _print_notes(done: Corrected, *, dry_run: bool) -> None:
    if done.is_continued:
        print_text(MESSAGES("continued"))
    for note in done.notes:
        state = MESSAGES("drafted" if note.is_fuzzy else "confirmed")
        key = "clarification" if note.kind == CLARIFICATION else "note"
        print_text(MESSAGES(f"{key}/planned" if dry_run else key, ref=note.ref, state=state, text=note.text))
    if done.uncorrected:
        notify(MESSAGES("uncorrected"))
        click.echo(i18n.say(done.uncorrected), err=True, nl=False)
