"""The commands of `transflow person` that change an entry of transflow.toml, and their options."""

from __future__ import annotations

from dataclasses import replace

import click

from transflow import timezones
from transflow.actions.project.people import assigned_sentences, edit_person
from transflow.cli.formatting import pluralize
from transflow.cli.notices import notify, print_text
from transflow.cli.options import comma_separated, complete_people
from transflow.cli.session import find_project, now
from transflow.errors import UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Person, Role
from transflow.report import when

MESSAGES = Messages(
    __name__,
    {
        "changed": "{person} is changed in transflow.toml.",
        "nothing": "say what to change: --name, --role, --email, --alias, --locales or --zone.",
        "left": "{person} leaves on {date}; what they wrote keeps their name.",
        "back": "{person} is back.",
        "no-date": "“{date}” is no date: write 2024-03-26.",
        "assigned": "{place}: {sentences} assigned to {person}: {command}.",
    },
)
ROLES = ("reporter", "translator", "writer", "editor")


def _split_roles(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of --role, which may be given several times and take lists."""
    allowed = click.Choice(ROLES)
    return tuple(allowed.convert(role, option, ctx) for value in values for role in comma_separated(value))


def _complete_roles(_ctx: click.Context, _option: click.Parameter, incomplete: str) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{role}" for role in ROLES if role.startswith(last)]


name_option = click.option("--name", default=None, help="The name as credited: “Claire Lee”.")
roles_option = click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE",
    callback=_split_roles,
    shell_complete=_complete_roles,
    help="reporter, translator, writer or editor. May be given more than once, or as a list with commas.",
)
emails_option = click.option(
    "--email", "emails", multiple=True, help="The user.email of git. May be given more than once."
)
aliases_option = click.option(
    "--alias", "aliases", multiple=True, help="Another spelling of the name, as in bylines: 이정은. As --email."
)
locales_option = click.option(
    "--locales", default=None, metavar="L,L", help="The languages that they work in. Default: all."
)
zone_option = click.option(
    "--zone", default=None, metavar="ZONE", help="Their time zone, if it is not the newsroom's: America/New_York."
)
_person_argument = click.argument("person_id", metavar="ID", shell_complete=complete_people)


@click.command()
@_person_argument
@name_option
@roles_option
@emails_option
@aliases_option
@locales_option
@zone_option
@click.pass_context
def edit(
    ctx: click.Context,
    person_id: str,
    name: str | None,
    roles: tuple[str, ...],
    emails: tuple[str, ...],
    aliases: tuple[str, ...],
    locales: str | None,
    zone: str | None,
) -> None:
    """Change the entry of a person in transflow.toml.

    What an option names replaces what the entry has: all roles, all addresses, all spellings. A
    role that stays keeps its dates. An empty value, as in --locales "", removes it. The id stays.

    \b
    Examples:
      transflow person edit claire --role translator --role editor
      transflow person edit claire --name "Claire Lee" --email claire@example.org
      transflow person edit leejin --zone America/New_York
    """

    def change(old: Person) -> Person:
        dated = {each.name: each for each in old.roles}
        new = old if name is None else replace(old, name=name)
        new = replace(new, locales=comma_separated(locales)) if locales is not None else new
        new = replace(new, zone=zone) if zone is not None else new
        new = replace(new, emails=tuple(filter(None, emails))) if emails else new
        new = replace(new, aliases=tuple(filter(None, aliases))) if aliases else new
        return replace(new, roles=tuple(dated.get(role, Role(role)) for role in roles)) if _given(ctx, "roles") else new

    if not any(_given(ctx, option) for option in ("name", "roles", "emails", "aliases", "locales", "zone")):
        raise UsageError(MESSAGES("nothing"))
    edit_person(find_project(ctx), person_id, change)
    print_text(MESSAGES("changed", person=person_id))


def _given(ctx: click.Context, option: str) -> bool:
    return ctx.get_parameter_source(option) is click.core.ParameterSource.COMMANDLINE


@click.command()
@_person_argument
@click.option("--on", "day", default="", metavar="DATE", help="The first day without them. Default: today.")
@click.option("--undo", is_flag=True, help="The person is back.")
@click.pass_context
def leave(ctx: click.Context, person_id: str, day: str, undo: bool) -> None:
    """Record that a person leaves the newsroom.

    From that day on they have no role, and nothing is assigned to them. What they wrote, approved
    and cleared stays theirs, and their name stays in the credits.

    \b
    Examples:
      transflow person leave claire
      transflow person leave claire --on 2024-06-30
      transflow person leave claire --undo
    """
    project = find_project(ctx)
    timezone = project.settings.timezone
    moment = when(day or now(), timezone)
    if moment is None or (day and len(day) != len("2024-03-26")):
        raise UsageError(MESSAGES("no-date", date=day))
    left = "" if undo else day or moment.astimezone(timezones.zone(timezone)).date().isoformat()
    edit_person(project, person_id, lambda old: replace(old, left=left))
    print_text(MESSAGES("back", person=person_id) if undo else MESSAGES("left", person=person_id, date=left))
    for place, count in {} if undo else assigned_sentences(project, person_id).items():
        command = CommandRef(f"assign {place} --to ID")
        sentences = pluralize(count, "sentence")
        notify(MESSAGES("assigned", place=str(place), sentences=sentences, person=person_id, command=command))
