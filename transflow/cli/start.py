"""`transflow init`, `transflow person`, `transflow completion`."""

from __future__ import annotations

from pathlib import Path

import click

from transflow.actions import Actor
from transflow.cli.session import acting, complete_people, names, now, project


@click.command()
@click.argument("folder", metavar="DIR", default=".")
@click.option("--name", default="", help="The newsroom's name, as printed. Default: the folder's.")
@click.option("--timezone", default="Asia/Seoul", show_default=True, help="Of dates without an offset.")
@click.option("--locales", default="en", show_default=True, metavar="L,L", help="The languages to translate into.")
@click.option("--source", default="ko", show_default=True, help="The language of the reports.")
@click.option("--sample/--no-sample", default=True, help="Whether to put a sample report in.", show_default=True)
def init(folder: str, name: str, timezone: str, locales: str, source: str, sample: bool) -> None:
    """Make a project that works at once.

    \b
    Examples:
      transflow init newsroom
      transflow init . --name "Radio Free Asia" --locales en,vi
    """
    from transflow.actions.project.git_merge import is_shared, set_up
    from transflow.actions.project.people import init as make

    root = Path(folder).resolve()
    found = make(
        root, name=name or root.name, timezone=timezone, locales=names(locales), source=source, sample=sample, now=now()
    )
    click.echo(f"{found.root} is a project now.")
    for line in set_up(found) if is_shared(found) else ():
        click.echo(line)
    click.echo("Next:")
    if folder != ".":
        click.echo(f"  cd {folder}")
    if not is_shared(found):
        click.echo("  git init; transflow git setup    to share it, merged sentence by sentence")
    click.echo('  transflow person add claire --name "Claire Lee" --role translator --email claire@example.org')
    if found.report_slugs():
        click.echo(f"  transflow unit show {found.report_slugs()[0]}")
    click.echo("  transflow add REPORT.md")


@click.group()
def person() -> None:
    """The people of the newsroom.

    \b
    Examples:
      transflow person list
      transflow person add claire --name "Claire Lee" --role translator
    """


def _roles(ctx: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Roles in commas, as all lists are given here, or by the option again and again."""
    allowed = click.Choice(["reporter", "translator", "writer", "editor"])
    return tuple(allowed.convert(each, option, ctx) for part in given for each in names(part))


@person.command("add")
@click.argument("person_id", metavar="ID")
@click.option("--name", default="", help="As credited: “Claire Lee”.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE,ROLE",
    callback=_roles,
    help="Of reporter, translator, writer and editor.",
)
@click.option("--email", "emails", multiple=True, help="As in git's user.email. May be given more than once.")
@click.option("--alias", "aliases", multiple=True, help="Another spelling, as bylines have it: 이정은.")
@click.option("--locales", default="", metavar="L,L", help="The languages that they work in. Default: all.")
@click.option("--protected", is_flag=True, help="Never printed anywhere, and without a name here.")
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
    """Add somebody to transflow.toml.

    \b
    Examples:
      transflow person add claire --name "Claire Lee" --role translator --email claire@example.org
      transflow person add jeong --name "Jeong Eun Lee" --role reporter,writer --alias 이정은
      transflow person add p-7k2m --protected --role reporter
    """
    from transflow.actions.project.people import add_person
    from transflow.model.settings import Person, Role

    new = Person(person_id, name, tuple(map(Role, roles)), names(locales), emails, aliases, "", protected)
    add_person(project(ctx), new)
    click.echo(f"{person_id} is in transflow.toml.")


@person.command("list")
@click.pass_context
def person_list(ctx: click.Context) -> None:
    """Who is who.

    \b
    Examples:
      transflow person list
      transflow person list | grep editor
    """
    people = project(ctx).settings.people
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
    "--known-as", "opaque", default="", metavar="ID", help="The opaque id, where a branch brought the old one back."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@acting
def person_protect(actor: Actor, person_id: str, opaque: str, yes: bool) -> None:
    """Take somebody's name out of the project for good: an opaque id stands everywhere instead.

    The name, e-mails and aliases leave transflow.toml, bylines, notes, glossaries and output. What was written stays the same
    person's. Where the name stands in the text of a report or a story is told, and left to you.

    \b
    Examples:
      transflow person protect claire
      transflow person protect claire --known-as p-7k2m
    """
    import secrets
    import sys

    from transflow.actions.privacy.protect import protect, resume_protection
    from transflow.cli import protection
    from transflow.errors import UsageError

    if opaque:
        for path in resume_protection(actor, person_id, opaque).catalogs:
            click.echo(f"{path}: {opaque} again")
        return
    if not yes and sys.stdin.isatty() and not click.confirm(f"Take the name of {person_id} out for good?", err=True):
        raise UsageError("nothing was changed.")
    protection.show(protect(actor, person_id, secrets.randbelow(2**20)))


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print completion for a shell.

    \b
    Examples:
      transflow completion bash >> ~/.bashrc
      transflow completion zsh >> ~/.zshrc
      transflow completion fish > ~/.config/fish/completions/transflow.fish
    """
    from click.shell_completion import get_completion_class

    from transflow.cli import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "transflow", "_TRANSFLOW_COMPLETE").source())
