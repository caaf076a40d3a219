"""The `transflow unit` commands: each step of a sentence or paragraph."""

from __future__ import annotations

from functools import partial

import click

from transflow.actions import Actor
from transflow.actions.refs import parse_ref, unit_ref
from transflow.actions.units import pasted, regroup, steps
from transflow.actions.units.history import attributed_text
from transflow.actions.units.seen import Seen
from transflow.actions.units.steps import StepResult
from transflow.cli.actors import pass_actor
from transflow.cli.formatting import pluralize
from transflow.cli.judging import judging, print_issues_of
from transflow.cli.notices import notify, print_text
from transflow.cli.options import format_option, ref_argument
from transflow.cli.session import argument_text, find_project
from transflow.cli.streams import write_json
from transflow.cli.unit_limits import record
from transflow.cli.unit_output import print_unknown_pair, unit_text, unit_values
from transflow.errors import UsageError
from transflow.messages import CommandRef, Message, Messages, joined
from transflow.model.unit import STATES
from transflow.project import Project
from transflow.units.workflow import state

MESSAGES = Messages(
    __name__,
    {
        "result": "{ref} {label}",
        "result/detail": "{ref} {label}: {detail}",
        "sum": "In all: {units} {label}.",
        "nothing-to-do": "Nothing to do: it is so already.",
        "passed-over": (
            "{n} is left out: there is nothing to approve in it.",
            "{n} are left out: there is nothing to approve in them.",
        ),
        "nothing-here": "{ref}: nothing here.",
        "nothing-here/states": "{ref}: nothing here is {states}.",
        "empty": "the text is empty, and a text is never cleared: {send_back} sends the present one back, {omit} "
        "leaves a sentence out (of a story: {cut}).",
        "resolve": "say one of --keep, --take N, --text TEXT.",
        "needs another look": "needs another look",
        "written": "written",
        "confirmed": "confirmed",
        "approved": "approved",
        "sent back": "sent back",
        "commented": "commented",
        "asked": "asked",
        "answered": "answered",
        "back": "back",
        "omitted": "omitted",
        "decided": "decided",
        "joined": "joined",
        "split": "split",
        "claimed": "is now {who}'s",
        "waived": "waived {check}",
    },
)


@click.group()
def unit() -> None:
    """Show, write and judge sentences and paragraphs.

    REF is [LANGUAGE:]SLUG#N: a position (un-letter#12), several (un-letter#3-9,14), an id
    (un-letter#k7f3q2mx), or a slug alone for all.

    \b
    Examples:
      transflow unit show un-letter#3-5
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow unit approve un-letter#1-9
      transflow unit ask vi:un-letter#12 "Is this her maiden name?" --to jeong
    """


def _print_result(project: Project, done: StepResult, label: Message) -> None:
    """Print what was done, one line for each unit, and the sum of several."""
    for unit_id in done.changed:
        ref = unit_ref(project, done.catalog, done.place, unit_id)
        if detail := done.outcomes.get(unit_id):
            print_text(MESSAGES("result/detail", ref=ref, label=label, detail=detail))
        else:
            print_text(MESSAGES("result", ref=ref, label=label))
    if len(done.changed) > 1:
        noun = "paragraph" if done.place.folder == "articles" else "sentence"
        notify(MESSAGES("sum", units=pluralize(len(done.changed), noun), label=label))
    if done.passed_over:
        notify(MESSAGES("passed-over", n=done.passed_over))
    if not done.changed:
        notify(MESSAGES("nothing-to-do"))
    if done.unsigned:
        notify(done.unsigned)


@unit.command()
@ref_argument
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only units in this state; needs-work: those that need another look. May be given more than once.",
)
@format_option
@click.pass_context
def show(ctx: click.Context, ref: str, states: tuple[str, ...], form: str) -> None:
    """Show units: texts, state, history and mark.

    Other commands take the mark with --seen.

    \b
    Examples:
      transflow unit show un-letter
      transflow unit show un-letter#3-5 --format json
      transflow unit show un-letter --state untranslated --state needs-work
    """
    project = find_project(ctx)
    goal = parse_ref(project, ref)
    catalog = project.load(goal.place)
    ids = goal.ids(catalog)
    units = [
        (number, each)
        for number, each in enumerate(catalog.units, 1)
        if each.id in ids and (not states or state(each) in states)
    ]
    if form == "json":
        write_json([unit_values(project.settings, goal.place, number, each) for number, each in units])
    elif units:
        place, settings = goal.place, project.settings
        texts = [unit_text(settings, place, project.ref(place, number), each) for number, each in units]
        print_text(joined(texts, "\n\n"))
        print_unknown_pair(catalog)
        print_issues_of(project, place, catalog, {each.id for _, each in units})
    else:
        notify(
            MESSAGES("nothing-here/states", ref=ref, states=" or ".join(states))
            if states
            else MESSAGES("nothing-here", ref=ref)
        )


@unit.command("set")
@ref_argument
@click.argument("text")
@click.option("--needs-look", is_flag=True, help="The text is unfinished: it needs another look.")
@click.option("--with", "machine", default=None, metavar="NAME", help="The text is pasted from this machine.")
@judging()
def set_text(actor: Actor, ref: str, text: str, needs_look: bool, machine: str | None, seen: Seen) -> None:
    """Write the text of one unit ("-" reads standard input).

    Errors and warnings of the new text are printed.

    \b
    Examples:
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow unit set un-letter#3 --needs-look "The U.N. released the letter."
      transflow unit set un-letter#3 "The U.N. released the letter." --with chatgpt/gpt-5
      transflow unit set un-letter#3 "The U.N. released it." --seen "$mark"  only over what you read
    """
    written = argument_text(text)
    if not written.strip():
        send_back, omit = CommandRef(f"unit return {ref} COMMENT"), CommandRef(f"unit omit {ref} REASON")
        raise UsageError(MESSAGES("empty", send_back=send_back, omit=omit, cut=CommandRef("article cut")))
    if machine is not None:
        done = pasted.write(actor, ref, written, machine, seen, needs_look=needs_look)
    else:
        done = (steps.draft if needs_look else steps.confirm)(actor, ref, written, seen)
    _print_result(actor.project, done, MESSAGES("needs another look" if needs_look else "written"))
    print_issues_of(actor.project, done.place, done.catalog, done.changed)


@unit.command()
@ref_argument
@click.option("--take-new", is_flag=True, help="If the draft of a paragraph changed, make the new draft its text.")
@click.option("--with", "machine", default=None, metavar="NAME", help="Your words there are pasted from this machine.")
@judging("confirm")
def confirm(actor: Actor, ref: str, seen: Seen, take_new: bool, machine: str | None) -> None:
    """Confirm the present text of units.

    A translation is still right although its source changed; or a paragraph takes its draft
    unchanged.

    For a paragraph whose draft changed, the command says whether it kept the standing text or took
    the new draft. Errors and warnings of the text are printed, and those of the sentences behind a
    paragraph. What you pasted from a machine is recorded as that machine's with --with.

    \b
    Examples:
      transflow unit confirm un-letter#3
      transflow unit confirm un-story#2-9      takes the drafts of paragraphs that have no text yet
      transflow unit confirm un-story#4 --take-new
      transflow unit confirm un-letter#3 --seen "$mark"     as `unit show` printed it
      transflow unit confirm un-letter#3 --with chatgpt/gpt-5
    """
    done = (
        pasted.confirm(actor, ref, machine, seen)
        if machine is not None
        else steps.confirm(actor, ref, seen=seen, take_new=take_new)
    )
    _print_result(actor.project, done, MESSAGES("confirmed"))
    print_issues_of(actor.project, done.place, done.catalog, done.changed)


@unit.command()
@ref_argument
@click.option("--again", is_flag=True, help="Approve in your name what is approved already, so that it can be proved.")
@judging("approve")
def approve(actor: Actor, ref: str, again: bool, seen: Seen) -> None:
    """Approve units: all of REF or none. Of several, those that are left out are passed over.

    In a terminal, the units are shown first, and you are asked once. A script names the versions
    that were read with --seen; without it, the present texts are approved.

    \b
    Examples:
      transflow unit approve un-letter#3
      transflow unit approve un-letter#1-9,14
      transflow unit approve un-letter#3 --again
      mark=$(transflow unit show un-letter#3 --format json | jq -r '.[].mark')
      transflow unit approve un-letter#3 --seen "$mark"
    """
    _print_result(actor.project, steps.approve(actor, ref, seen, again=again), MESSAGES("approved"))


@unit.command("return")
@ref_argument
@click.argument("comment")
@judging("return")
def send_back(actor: Actor, ref: str, comment: str, seen: Seen) -> None:
    """Send units back to their translators, with a comment.

    \b
    Examples:
      transflow unit return un-letter#3 "Two rapporteurs, not one."
      transflow unit return un-letter#3 "Two rapporteurs, not one." --seen "$mark"
    """
    _print_result(actor.project, steps.send_back(actor, ref, comment, seen), MESSAGES("sent back"))


@unit.command()
@ref_argument
@click.argument("text")
@pass_actor
def comment(actor: Actor, ref: str, text: str) -> None:
    """Add a comment ("-" reads standard input).

    \b
    Examples:
      transflow unit comment un-letter#3 "Ms. Su spells her name so herself."
    """
    _print_result(actor.project, steps.comment(actor, ref, argument_text(text)), MESSAGES("commented"))


@unit.command()
@ref_argument
@click.argument("text")
@click.option("--to", default="", metavar="ID", help="The person to ask. Default: anyone.")
@pass_actor
def ask(actor: Actor, ref: str, text: str, to: str) -> None:
    """Ask a question about a unit.

    The unit cannot be approved until the question is answered.

    \b
    Examples:
      transflow unit ask un-letter#3 "Is this the first letter?" --to jeong
      transflow unit ask un-letter#3 "Who has the video?"
    """
    _print_result(actor.project, steps.ask(actor, ref, argument_text(text), to), MESSAGES("asked"))


@unit.command()
@ref_argument
@click.argument("text")
@judging()
def answer(actor: Actor, ref: str, text: str, seen: Seen) -> None:
    """Answer the oldest open question.

    \b
    Examples:
      transflow unit answer un-letter#3 "The second; the first was in 2012."
      transflow unit answer un-letter#3 "The second; the first was in 2012." --seen "$mark"
    """
    _print_result(actor.project, steps.answer(actor, ref, argument_text(text), seen=seen), MESSAGES("answered"))


@unit.command()
@ref_argument
@click.argument("check")
@click.argument("reason")
@judging("waive")
def waive(actor: Actor, ref: str, check: str, reason: str, seen: Seen) -> None:
    """Waive a warning for the present text, with a reason.

    \b
    Examples:
      transflow unit waive un-letter#3 untranslated "The Korean word is the point."
      transflow unit waive un-letter#3 untranslated "The Korean word is the point." --seen "$mark"
    """
    _print_result(actor.project, steps.waive(actor, ref, check, reason, seen), MESSAGES("waived", check=check))


@unit.command()
@ref_argument
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Translate it after all.")
@judging("omit")
def omit(actor: Actor, ref: str, reason: str, undo: bool, seen: Seen) -> None:
    """Leave sentences out on purpose, with a reason.

    \b
    Examples:
      transflow unit omit un-letter#21 "The agency's own notice."
      transflow unit omit un-letter#21 --undo
      transflow unit omit un-letter#21 "The agency's own notice." --seen "$mark"
    """
    if undo:
        _print_result(actor.project, steps.restore(actor, ref, seen), MESSAGES("back"))
    else:
        _print_result(actor.project, steps.omit(actor, ref, reason, seen), MESSAGES("omitted"))


@unit.command()
@ref_argument
@judging("claim")
def claim(actor: Actor, ref: str, seen: Seen) -> None:
    """Record that a text changed outside transflow is yours.

    \b
    Examples:
      transflow unit claim un-letter#3
      transflow unit claim un-letter          every such text of the report
      transflow unit claim un-letter#3 --seen "$mark"
    """
    claimed = steps.claim(actor, ref, partial(attributed_text, actor.project), seen)
    _print_result(actor.project, claimed, MESSAGES("claimed", who=actor.who))


@unit.command()
@ref_argument
@click.option(
    "--take", "number", type=int, default=None, metavar="N", help="Take the nth other text (see `unit show`)."
)
@click.option("--keep", is_flag=True, help="Keep the present text.")
@click.option("--text", default=None, help="Write another text.")
@judging("resolve")
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
        raise UsageError(MESSAGES("resolve"))
    _print_result(actor.project, steps.resolve(actor, ref, chosen[0], seen), MESSAGES("decided"))


@unit.command()
@ref_argument
@pass_actor
def join(actor: Actor, ref: str) -> None:
    """Join two neighbouring units of a paragraph.

    \b
    Examples:
      transflow unit join un-letter#3-4
    """
    _print_result(actor.project, regroup.join(actor, ref), MESSAGES("joined"))


@unit.command()
@ref_argument
@click.option("--source-at", default="", metavar="WORDS", help="The first words of the second half of the source.")
@click.option("--text-at", default="", metavar="WORDS", help="The first words of the second half of the text.")
@pass_actor
def split(actor: Actor, ref: str, source_at: str, text_at: str) -> None:
    """Split a unit in two.

    \b
    Examples:
      transflow unit split un-letter#3 --source-at "유엔은" --text-at "The U.N."
    """
    _print_result(actor.project, regroup.split(actor, ref, source_at, text_at), MESSAGES("split"))


unit.add_command(record)
