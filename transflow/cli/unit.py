"""`transflow unit …`: every step of a sentence or paragraph."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from transflow.actions import Actor
from transflow.actions.refs import numbered, target
from transflow.actions.units import regroup, steps
from transflow.actions.units.steps import Seen, StepResult
from transflow.cli.judging import judging
from transflow.cli.session import acting, complete_catalogs
from transflow.cli.showing import shown, values_of
from transflow.cli.streams import json_out
from transflow.errors import UsageError
from transflow.model.unit import STATES, Unit
from transflow.project import CatalogRef

_REF = click.argument("ref", metavar="REF", shell_complete=complete_catalogs)


@click.group()
def unit() -> None:
    """Sentences of reports and paragraphs of stories: show, write, approve, ask …

    REF is [LANGUAGE:]SLUG#N: a position (un-letter#12), several (un-letter#3-9,14), an id (un-letter#k7f3q2mx), or a slug
    alone for all.

    \b
    Examples:
      transflow unit show un-letter#3-5
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow unit approve un-letter#1-9
      transflow unit ask vi:un-letter#12 "Is this her maiden name?" --to jeong
    """


def _report(done: StepResult, what: str) -> None:
    """Says what was done, a line a unit."""
    for unit_id in done.changed:
        told = f": {done.told[unit_id]}" if done.told.get(unit_id) else ""
        click.echo(f"{done.place.locale}:{numbered(done.catalog, done.place, unit_id)} {what}{told}")
    if not done.changed:
        click.echo("Nothing to do: it is so already.", err=True)


def _text(text: str) -> str:
    """A text from the command line, or from standard input for "-"."""
    return sys.stdin.read().rstrip("\n") if text == "-" else text


@unit.command()
@_REF
@click.option(
    "--state", "states", multiple=True, type=click.Choice(STATES), help="Only these. May be given more than once."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def show(ctx: click.Context, ref: str, states: tuple[str, ...], form: str) -> None:
    """Show units with their texts, state and history, and the mark that --seen of other commands takes.

    \b
    Examples:
      transflow unit show un-letter
      transflow unit show un-letter#3-5 --format json
      transflow unit show un-letter --state untranslated --state needs-work
    """
    from transflow.cli.session import project
    from transflow.units.workflow import state

    found = project(ctx)
    wanted = target(found, ref)
    catalog = found.load(wanted.place)
    ids = wanted.ids(catalog)
    wanted_units = [
        (i, each) for i, each in enumerate(catalog.units, 1) if each.id in ids and (not states or state(each) in states)
    ]
    if form == "json":
        json_out([values_of(wanted.place, i, each) for i, each in wanted_units])
    elif wanted_units:
        click.echo("\n\n".join(shown(wanted.place, i, each, found.settings.timezone) for i, each in wanted_units))
    else:
        click.echo(f"{ref}: nothing here{' is ' if states else ''}{' or '.join(states)}.", err=True)


@unit.command("set")
@_REF
@click.argument("text")
@click.option("--needs-look", is_flag=True, help="The text is unfinished: it needs another look.")
@judging()
def set_text(actor: Actor, ref: str, text: str, needs_look: bool, seen: Seen) -> None:
    """Write the text of one unit ("-" reads standard input).

    \b
    Examples:
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow unit set un-letter#3 --needs-look "The U.N. released the letter."
      transflow unit set un-letter#3 "The U.N. released it." --seen "$mark"     not over another text than you read
    """
    written = _text(text)
    if not written.strip():
        raise UsageError(
            f"the text is empty, and a text is never cleared: `transflow unit return {ref} COMMENT` sends the present one "
            f"back, `transflow unit omit {ref} REASON` leaves a sentence out (of a story: `transflow article cut`)."
        )
    if needs_look:
        _report(steps.draft(actor, ref, written, seen), "needs another look")
    else:
        _report(steps.confirm(actor, ref, written, seen), "written")


@unit.command()
@_REF
@click.option("--take-new", is_flag=True, help="Where a paragraph's draft changed, take the new draft for its text.")
@judging("Confirm")
def confirm(actor: Actor, ref: str, seen: Seen, take_new: bool) -> None:
    """The present text is right: still right under a changed sentence, or a paragraph's draft taken as it is.

    Of a paragraph whose draft changed it says whether the standing text was kept or the new draft taken.

    \b
    Examples:
      transflow unit confirm un-letter#3
      transflow unit confirm un-story#2-9      takes the drafts of paragraphs that have no text yet
      transflow unit confirm un-story#4 --take-new
      transflow unit confirm un-letter#3 --seen "$mark"     as `unit show` printed it
    """
    _report(steps.confirm(actor, ref, seen=seen, take_new=take_new), "confirmed")


@unit.command()
@_REF
@judging("Approve")
def approve(actor: Actor, ref: str, seen: Seen) -> None:
    """An editor's word on units: on all of the REF, or on none.

    In a terminal, they are shown first, and you are asked once. A script gives the marks of what was read with --seen; without, it
    approves what stands there now.

    \b
    Examples:
      transflow unit approve un-letter#3
      transflow unit approve un-letter#1-9,14
      transflow unit approve un-letter#3 --seen "$(transflow unit show un-letter#3 --format json | jq -r '.[].mark')"
    """
    _report(steps.approve(actor, ref, seen), "approved")


@unit.command("return")
@_REF
@click.argument("comment")
@judging("Send back")
def send_back(actor: Actor, ref: str, comment: str, seen: Seen) -> None:
    """Send units back with a comment.

    \b
    Examples:
      transflow unit return un-letter#3 "Two rapporteurs, not one."
      transflow unit return un-letter#3 "Two rapporteurs, not one." --seen "$mark"
    """
    _report(steps.send_back(actor, ref, comment, seen), "sent back")


@unit.command()
@_REF
@click.argument("text")
@acting
def comment(actor: Actor, ref: str, text: str) -> None:
    """Add a comment ("-" reads standard input).

    \b
    Examples:
      transflow unit comment un-letter#3 "Ms. Su spells her name so herself."
    """
    _report(steps.comment(actor, ref, _text(text)), "commented")


@unit.command()
@_REF
@click.argument("text")
@click.option("--to", default="", metavar="ID", help="Whom you ask. Default: anyone.")
@acting
def ask(actor: Actor, ref: str, text: str, to: str) -> None:
    """Ask a question. The unit is not approved before it is answered.

    \b
    Examples:
      transflow unit ask un-letter#3 "Is this the first letter?" --to jeong
      transflow unit ask un-letter#3 "Who has the video?"
    """
    _report(steps.ask(actor, ref, _text(text), to), "asked")


@unit.command()
@_REF
@click.argument("text")
@judging()
def answer(actor: Actor, ref: str, text: str, seen: Seen) -> None:
    """Answer the oldest open question.

    \b
    Examples:
      transflow unit answer un-letter#3 "The second; the first was in 2012."
      transflow unit answer un-letter#3 "The second; the first was in 2012." --seen "$mark"
    """
    _report(steps.answer(actor, ref, _text(text), seen=seen), "answered")


@unit.command()
@_REF
@click.argument("check")
@click.argument("reason")
@judging("Waive this warning of")
def waive(actor: Actor, ref: str, check: str, reason: str, seen: Seen) -> None:
    """Let a warning pass, with a reason, for just this text.

    \b
    Examples:
      transflow unit waive un-letter#3 untranslated "The Korean word is the point."
      transflow unit waive un-letter#3 untranslated "The Korean word is the point." --seen "$mark"
    """
    _report(steps.waive(actor, ref, check, reason, seen), f"waived {check}")


@unit.command()
@_REF
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Translate it after all.")
@judging("Leave out")
def omit(actor: Actor, ref: str, reason: str, undo: bool, seen: Seen) -> None:
    """Leave sentences out on purpose, with a reason.

    \b
    Examples:
      transflow unit omit un-letter#21 "The agency's own notice."
      transflow unit omit un-letter#21 --undo
      transflow unit omit un-letter#21 "The agency's own notice." --seen "$mark"
    """
    if undo:
        _report(steps.restore(actor, ref, seen), "back")
    else:
        _report(steps.omit(actor, ref, reason, seen), "omitted")


@unit.command()
@_REF
@judging("Take as your own")
def claim(actor: Actor, ref: str, seen: Seen) -> None:
    """A text that was changed outside transflow is mine.

    \b
    Examples:
      transflow unit claim un-letter#3
      transflow unit claim un-letter          every such text of the report
      transflow unit claim un-letter#3 --seen "$mark"
    """
    _report(steps.claim(actor, ref, _before(actor), seen), f"is now {actor.who}'s")


def _before(actor: Actor) -> Callable[[CatalogRef, Unit], str | None]:
    """Finds in git's history the text that a unit's authors are counted for."""
    from transflow.actions.units.history import attributed_text

    return lambda place, each: attributed_text(actor.project, place, each)


@unit.command()
@_REF
@click.option("--take", "number", type=int, default=None, metavar="N", help="The nth other text (see `unit show`).")
@click.option("--keep", is_flag=True, help="The present text.")
@click.option("--text", default=None, help="Another text.")
@judging("Decide so for")
def resolve(actor: Actor, ref: str, number: int | None, keep: bool, text: str | None, seen: Seen) -> None:
    """Decide between two texts of one unit.

    \b
    Examples:
      transflow unit resolve un-letter#3 --keep
      transflow unit resolve un-letter#3 --take 1
      transflow unit resolve un-letter#3 --take 1 --seen "$mark"
    """
    chosen: list[str | int] = [each for each in (number, 0 if keep else None, text) if each is not None]
    if len(chosen) != 1:
        raise UsageError("say one of --keep, --take N, --text TEXT.")
    _report(steps.resolve(actor, ref, chosen[0], seen), "decided")


@unit.command()
@_REF
@acting
def join(actor: Actor, ref: str) -> None:
    """Join two neighbours in a block into one unit.

    \b
    Examples:
      transflow unit join un-letter#3-4
    """
    _report(regroup.join(actor, ref), "joined")


@unit.command()
@_REF
@click.option("--source-at", default="", metavar="WORDS", help="The first words of the second half of the source.")
@click.option("--text-at", default="", metavar="WORDS", help="The first words of the second half of the text.")
@acting
def split(actor: Actor, ref: str, source_at: str, text_at: str) -> None:
    """Split a unit in two.

    \b
    Examples:
      transflow unit split un-letter#3 --source-at "유엔은" --text-at "The U.N."
    """
    _report(regroup.split(actor, ref, source_at, text_at), "split")
