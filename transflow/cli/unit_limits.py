"""The command `transflow unit record`: how sentences may be used."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.units import limits
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import ref_argument
from transflow.messages import CommandRef, Messages
from transflow.model.unit import ALLOWANCES, UNPRINTED, Allowance

MESSAGES = Messages(
    __name__,
    {
        "nothing-to-do": "Nothing to do: it is so already.",
        "limited": "{ref} {allowance}",
        "on": "on the record",
        "background": "on background: without the speaker's name",
        "hold": "on hold: it is not printed until somebody consents",
        "off": "off the record: it is printed nowhere",
        "made-from-it": "{refs} made from it: {command} drafts them without it, or they are cut.",
        "copies": "The same sentence is in another report and may be printed there: {command} limits it too.",
    },
)


@click.command()
@ref_argument
@click.argument("allowance", type=click.Choice(ALLOWANCES))
@pass_actor
def record(actor: Actor, ref: str, allowance: Allowance) -> None:
    """Set how sentences may be used, in every language of the report.

    \b
      on           as usual
      background   without the name of anybody in the report
      hold         not until the speaker consents: translated, and not printed
      off          never: in no story, memory, export or engine; it needs no translation

    A slug alone changes the front matter of the report. Anybody can make a limit stricter; whoever
    set it, or an editor, can make it looser.

    \b
    Examples:
      transflow unit record un-letter#3 off
      transflow unit record un-letter#3-5 hold
      transflow unit record un-letter#3 on          its speaker consented
      transflow unit record un-letter background    the whole report
    """
    done = limits.limit(actor, ref, allowance)
    for changed in done.changed:
        print_text(MESSAGES("limited", ref=changed, allowance=MESSAGES(allowance)))
    if not done.changed:
        notify(MESSAGES("nothing-to-do"))
    if done.paragraphs and allowance in UNPRINTED:
        stories = dict.fromkeys(each.partition("#")[0] for each in done.paragraphs)
        commands = CommandRef("; transflow ".join(f"compose {story}" for story in stories))
        notify(MESSAGES("made-from-it", refs=", ".join(done.paragraphs), command=commands))
    for copy in done.copies:
        notify(MESSAGES("copies", command=CommandRef(f"unit record {copy} {allowance}")))
