"""The `transflow handover` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.reports.handover import OpenItem, for_person, hand_over, open_items
from transflow.attribution.clocks import on_clocks
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_people, format_option, names_locale_option
from transflow.cli.streams import write_json
from transflow.messages import CommandRef, Message, Messages
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "nothing": "Nothing is open.",
        "line": "{place}  {what}  {owner}",
        "line/due": "{place}  {what}  {owner}  due {time}",
        "nobody": "nobody",
        "counted": "{n} {what}",
        "question": "to answer",
        "translate": "to translate",
        "look": "to look again",
        "approve": "to approve",
        "write": "to write",
        "compose": "to bring in finished sentences",
        "ready": "to call ready",
        "clear": "to read and clear",
        "take-down": "killed: its page is to be taken down",
        "correct": "to correct",
        "update": "to update on its page",
        "kept": (
            "{n} item stays where it is: {who} does not work in its language.",
            "{n} items stay where they are: {who} does not work in their languages.",
        ),
        "without": (
            "{n} item has nobody: {command} gives it to a person.",
            "{n} items have nobody: {command} gives them to a person.",
        ),
    },
)


@click.command()
@click.option(
    "--to",
    default="",
    metavar="ID",
    help="Give your own items, and those that nobody has, to this person.",
    shell_complete=complete_people,
)
@click.option("--dry-run", is_flag=True, help="Show what --to would do, without doing it.")
@format_option
@names_locale_option
@pass_actor
def handover(actor: Actor, to: str, dry_run: bool, form: str) -> None:
    """List everything that is open, once, with whoever has it, for the next shift.

    Sentences to translate, questions, stories to write, clear or update. Deadlines are shown on the
    clocks of the newsroom and of the person.

    \b
    Examples:
      transflow handover
      transflow handover --to leejin
      transflow handover --to leejin --dry-run
      transflow handover --format json
    """
    items = open_items(actor)
    own: list[OpenItem] = []
    mine: list[OpenItem] = []
    if to:
        own = [item for item in items if item.owner in ("", actor.who)]
        mine = for_person(actor, own, to)
        after = [item._replace(owner=to) for item in mine] if dry_run else hand_over(actor, mine, to)
        items = [after.pop(0) if item in mine else item for item in items]
    if form == "json":
        write_json(list(map(_values, items)))
        return
    for item in items:
        print_text(_line(actor, item))
    if len(mine) < len(own):
        notify(MESSAGES("kept", n=len(own) - len(mine), who=to))
    if not items:
        notify(MESSAGES("nothing"))
    elif without := sum(not item.owner for item in items):
        notify(MESSAGES("without", n=without, command=CommandRef("handover --to ID")))


def _values(item: OpenItem) -> dict[str, object]:
    ref = item.place.ref(format_positions(item.numbers))
    return {"ref": ref, "task": item.task, "owner": item.owner or None, "due": item.due or None}


def _line(actor: Actor, item: OpenItem) -> Message:
    place, what = actor.project.ref(item.place, format_positions(item.numbers)), MESSAGES(item.task)
    if item.numbers:
        what = MESSAGES("counted", n=len(item.numbers), what=what)
    owner = item.owner or MESSAGES("nobody")
    if not item.due:
        return MESSAGES("line", place=place, what=what, owner=owner)
    time = on_clocks(item.due, actor.project.settings.zones(item.owner or actor.who))
    return MESSAGES("line/due", place=place, what=what, owner=owner, time=time)
