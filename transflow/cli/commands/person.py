"""The `transflow person` commands: add, list, protect."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.privacy.protect import protect, resume_protection
from transflow.actions.privacy.rewrite import Rewritten
from transflow.actions.project.people import add_person
from transflow.cli.actors import pass_actor
from transflow.cli.options import comma_separated, complete_people
from transflow.cli.rewritten import print_output
from transflow.cli.session import find_project
from transflow.errors import UsageError
from transflow.model.settings import Person, Role


@click.group()
def person() -> None:
    """List, add and protect the people of the newsroom.

    \b
    Examples:
      transflow person list
      transflow person add claire --name "Claire Lee" --role translator
    """


def _split_roles(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of --role, which may be given several times and take lists."""
    allowed = click.Choice(["reporter", "translator", "writer", "editor"])
    return tuple(allowed.convert(role, option, ctx) for value in values for role in comma_separated(value))


@person.command("add")
@click.argument("person_id", metavar="ID")
@click.option("--name", default="", help="The name as credited: “Claire Lee”.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE,ROLE",
    callback=_split_roles,
    help="One or more of reporter, translator, writer and editor.",
)
@click.option("--email", "emails", multiple=True, help="The user.email of git. May be given more than once.")
@click.option("--alias", "aliases", multiple=True, help="Another spelling of the name, as in bylines: 이정은.")
@click.option("--locales", default="", metavar="L,L", help="The languages that they work in. Default: all.")
@click.option("--protected", is_flag=True, help="A person in danger: printed nowhere, and recorded without a name.")
@click.pass_context
def person_add(
    ctx: click.Context,
    person_id: str,
    name: str,
    roles: tuple[str, ...],
    emails: tuple[str, ...],
    aliases: tuple[str, ...],
    locales: str,
    protected: bool,
) -> None:
    """Add a person to transflow.toml.

    \b
    Examples:
      transflow person add claire --name "Claire Lee" --role translator --email claire@example.org
      transflow person add jeong --name "Jeong Eun Lee" --role reporter,writer --alias 이정은
      transflow person add p-7k2m --protected --role reporter
    """
    new = Person(person_id, name, tuple(map(Role, roles)), comma_separated(locales), emails, aliases, "", protected)
    add_person(find_project(ctx), new)
    click.echo(f"{person_id} is in transflow.toml.")


@person.command("list")
@click.pass_context
def person_list(ctx: click.Context) -> None:
    """List the people with their roles.

    \b
    Examples:
      transflow person list
      transflow person list | grep editor
    """
    people = find_project(ctx).settings.people
    width = max((len(each.id) for each in people), default=0)
    for each in people:
        roles = ", ".join(role.name for role in each.roles)
        notes = [f"left {each.left}"] * bool(each.left) + ["protected"] * each.protected
        named = () if each.protected else (each.name, ", ".join(each.emails))
        click.echo("  ".join(filter(None, (each.id.ljust(width), *named[:1], roles, *named[1:], "; ".join(notes)))))
    if not people:
        click.echo("Nobody yet: `transflow person add ID --name … --role …`.", err=True)


@person.command("protect")
@click.argument("person_id", metavar="ID", shell_complete=complete_people)
@click.option(
    "--known-as", "opaque", default="", metavar="ID", help="The opaque id, if a branch brought the old one back."
)
@click.option("--dry-run", is_flag=True, help="List what would be changed; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_actor
def person_protect(actor: Actor, person_id: str, opaque: str, dry_run: bool, yes: bool) -> None:
    """Remove a person's name from the project for good.

    An opaque id replaces it everywhere.

    Name, e-mail addresses and aliases are removed from transflow.toml, bylines, notes, glossaries
    and output. The person remains the author of what they wrote. Texts of reports and stories that
    contain the name are listed, and left to you.

    \b
    Examples:
      transflow person protect claire
      transflow person protect claire --dry-run
      transflow person protect claire --known-as p-7k2m
    """
    if opaque:
        for each in resume_protection(actor, person_id, opaque, dry_run=dry_run).done.of("catalogs"):
            click.echo(f"{each.path}: would be {opaque} again" if dry_run else f"{each.path}: {opaque} again")
        return
    is_asked = not dry_run and not yes and sys.stdin.isatty()
    if is_asked and not click.confirm(f"Take the name of {person_id} out for good?", err=True):
        raise UsageError("nothing was changed.")
    protected = protect(actor, person_id, secrets.randbelow(2**20), dry_run=dry_run)
    if dry_run:
        _print_plan(protected.done)
    else:
        _print_protected(protected.new_id, protected.done)
    _print_leftovers(protected.done, protected.new_id)


def _print_plan(done: Rewritten) -> None:
    catalogs = done.of("catalogs")
    click.echo(f"The person would get an opaque id, in transflow.toml and in {len(catalogs)} catalogs.")
    for each in catalogs:
        click.echo(f"{each.path}: the id would be changed")
    for each in done.of("reports"):
        click.echo(f"{each.path}: the byline would be changed")


def _print_protected(new_id: str, done: Rewritten) -> None:
    click.echo(f"The person is {new_id} now, in transflow.toml and in {len(done.of('catalogs'))} catalogs.")
    click.echo(f"Whoever it is works with: transflow --as {new_id} … (or TRANSFLOW_USER={new_id})")
    for each in done.of("reports"):
        click.echo(f"{each.path}: byline changed")
    print_output(done)


def _print_leftovers(done: Rewritten, new_id: str) -> None:
    """Print where the name still is. The name itself is printed nowhere."""
    for place, address in done.owed.pages:
        click.echo(f"Published, of {place}; change the page:\n  {address}")
    if done.residues:
        click.echo("The name still stands here; edit these files, or take it out of texts with `transflow redact -`:")
        for trace in done.residues:
            click.echo(f"  {trace}")
    if why := done.shared():
        click.echo(f"The shared memory still has the old id: {why} When it is back: `transflow memory rebuild`.")
    for folder in dict.fromkeys(str(Path(path).parent) for path in done.busy()):
        click.echo(f"An open terminal UI holds drafts of the person: close it, then rename or remove\n  {folder}")
    _print_git_commands(done.history, new_id)


def _print_git_commands(history: Mapping[str, int | None], new_id: str) -> None:
    commits, signed, branches = (history[name] or 0 for name in ("commits", "signed", "branches"))
    if history["signed"] is None:
        return
    if history["identity"]:
        click.echo(
            "Commits that are made here name the person, from the next one on. Before it:\n"
            f"  git config user.name {new_id} && git config user.email {new_id}@invalid"
        )
    if branches:
        click.echo(
            f"{branches} branches or tags have the name or the old id in their own: `git for-each-ref` lists all; "
            "rename or delete these, with the host too."
        )
    if not commits and not signed:
        click.echo("git: no commit has the name or the old id.")
        return
    click.echo(
        f"git's history still has the name or the old id, in the files of {commits} commits, and the name as author or committer, or in "
        f"the message, of {signed}."
    )
    click.echo("When this is committed, all have pushed and nobody works:")
    for line in (
        "git clone --mirror URL history && cd history",
        f"printf '%s==>%s\\n' 'THE NAME' '{new_id}' > ../names   # a line for every spelling and address, and for the old id",
        f"printf '%s\\n' '{new_id} <{new_id}@invalid> <THEIR@ADDRESS>' > ../mailmap",
        "git filter-repo --replace-text ../names --replace-message ../names --mailmap ../mailmap",
        "git push --mirror --force URL && rm ../names ../mailmap",
    ):
        click.echo(f"  {line}")
    click.echo(
        "  Then everybody clones anew and deletes the old clone; the host empties its caches, forks and pull requests."
    )
