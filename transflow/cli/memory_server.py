"""The commands of `transflow memory` about the shared memory: the user's permission, and the
owner's work.
"""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.project.permissions import allow_memory
from transflow.cli.notices import notify, print_text
from transflow.cli.options import format_option, pass_anonymous_actor
from transflow.cli.session import now
from transflow.cli.streams import write_json
from transflow.errors import UsageError
from transflow.memory import upkeep
from transflow.memory.address import VARIABLE, address
from transflow.messages import CommandRef, Messages

MESSAGES = Messages(
    __name__,
    {
        "allowed": "This project may write to the shared memory as “{name}”.",
        "forbidden": "This project may not write to the shared memory.",
        "no-address": "there is no shared memory: set {variable}, or url in memory.toml.",
        "set-up": "The tables are made (version {version}). Let roles use them with {command}.",
        "upgraded": "The tables are upgraded from version {old} to {version}; no text is lost. Let roles use them again "
        "with {command}.",
        "current": "The tables are of this version ({version}) already.",
        "may-read": "{role} may read.",
        "may-write": "{role} may read, and write as {names}.",
        "may-nothing": "{role} may do nothing any more.",
        "no-longer": "{role} may not write as {names} any more.",
        "withheld": "{project}/{locale}:{report}: withheld by {who} since {time}",
        "withheld/until": "{project}/{locale}:{report}: withheld until {until} by {who} since {time}",
        "unknown": "somebody (not recorded)",
        "nothing": "Nothing is withheld.",
    },
)


def _address() -> str:
    url = address()
    if not url:
        raise UsageError(MESSAGES("no-address", variable=VARIABLE))
    return url


@click.command()
@click.option("--no", "forbidden", is_flag=True, help="Forbid it instead.")
@pass_anonymous_actor
def allow(actor: Actor, forbidden: bool) -> None:
    """Let this project write to the shared memory under its name.

    The answer is kept in your projects.toml, for this path and this remote.

    \b
    Examples:
      transflow memory allow
      transflow memory allow --no
    """
    name = allow_memory(actor.project, allowed=not forbidden)
    print_text(MESSAGES("forbidden") if forbidden else MESSAGES("allowed", name=name))


@click.command()
def setup() -> None:
    """Make or upgrade the tables of the shared memory.

    Run it as the role that shall own them. It needs the right to create a schema; roles that work
    every day need none.

    \b
    Example:
      TRANSFLOW_MEMORY=postgresql://owner@db.example.org/newsroom transflow memory setup
    """
    before, version = upkeep.set_up(_address())
    key = "current" if before == version else "upgraded" if before else "set-up"
    print_text(MESSAGES(key, old=before, version=version, command=CommandRef("memory grant")))


_role = click.argument("role")
_names = click.argument("names", nargs=-1, metavar="[NAME]...")


@click.command()
@_role
@_names
def grant(role: str, names: tuple[str, ...]) -> None:
    """Let a database role use the shared memory.

    It may read, and write under the NAMEs of projects. Run this as the role that owns the tables.

    \b
    Examples:
      transflow memory grant claire Herald
      transflow memory grant guest
    """
    upkeep.grant(_address(), role, names)
    print_text(MESSAGES("may-write", role=role, names=", ".join(names)) if names else MESSAGES("may-read", role=role))


@click.command()
@_role
@_names
def revoke(role: str, names: tuple[str, ...]) -> None:
    """Take rights to the shared memory from a database role.

    With NAMEs: those to write under them. Without a NAME: all.

    \b
    Examples:
      transflow memory revoke claire Herald
      transflow memory revoke guest
    """
    upkeep.revoke(_address(), role, names)
    key = "no-longer" if names else "may-nothing"
    print_text(MESSAGES(key, role=role, names=", ".join(names)))


@click.command()
@format_option
def withheld(form: str) -> None:
    """List what is withheld from the shared memory, and by whom.

    A report is withheld when it becomes confidential, or until its embargo ends.

    \b
    Examples:
      transflow memory withheld
      transflow memory withheld --format json
    """
    found = upkeep.withheld(_address(), now())
    if form == "json":
        write_json([each._asdict() for each in found])
        return
    for each in found:
        key = "withheld/until" if each.until else "withheld"
        who = each.who or MESSAGES("unknown")
        place = {"project": each.project, "locale": each.locale, "report": each.catalog}
        print_text(MESSAGES(key, **place, until=each.until, who=who, time=each.time or "–"))
    if not found:
        notify(MESSAGES("nothing"))
