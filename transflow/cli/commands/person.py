"""The `transflow person` commands: add, edit, leave, list, protect."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.privacy.protect import Protected, protect, resume_protection
from transflow.actions.privacy.rewrite import Rewritten
from transflow.actions.project.people import add_person
from transflow.cli.actors import pass_actor
from transflow.cli.notices import ask, notify, print_text
from transflow.cli.options import comma_separated, complete_people, format_option
from transflow.cli.person_editing import (
    aliases_option,
    edit,
    emails_option,
    leave,
    locales_option,
    name_option,
    roles_option,
    zone_option,
)
from transflow.cli.rewritten import print_output, rewritten_values
from transflow.cli.session import find_project
from transflow.cli.streams import is_interactive, write_json
from transflow.errors import UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Person, Role

MESSAGES = Messages(
    __name__,
    {
        "added": "{person} is in transflow.toml.",
        "nobody": "Nobody yet: {command}.",
        "again/planned": "{path}: would be {person} again",
        "again": "{path}: {person} again",
        "confirm": "Take the name of {person} out for good?",
        "unchanged": "nothing was changed.",
        "say-yes": "no question can be asked here, and nothing was changed. --dry-run lists the places, --yes protects "
        "the person.",
        "renamed": "The person is {person} now, in transflow.toml and in {n} catalogs.",
        "works-with": "Whoever it is works with: transflow --as {person} … (or TRANSFLOW_USER={person})",
        "renamed/planned": "The person would get an opaque id, in transflow.toml and in {n} catalogs.",
        "catalog/planned": "{path}: the id would be changed",
        "byline/planned": "{path}: the byline would be changed",
        "byline": "{path}: byline changed",
        "page": "Published, of {place}; change the page:\n  {address}",
        "renew": (
            "Under the new id, {n} approval or clearance counts as recorded by whoever commits it: where approvals are "
            "proved ({check}), it has to be given again.",
            "Under the new id, {n} approvals and clearances count as recorded by whoever commits them: where approvals "
            "are proved ({check}), they have to be given again.",
        ),
        "residues": "The name still stands here; edit these files, or take it out of texts with {command}:",
        "shared": "The shared memory still has the old id: {why} When it is back: {command}.",
        "busy": "An open terminal UI holds drafts of the person: close it, then rename or remove\n  {path}",
        "identity": "Commits that are made here name the person, from the next one on. Before it:\n"
        "  git config user.name {person} && git config user.email {person}@invalid",
        "branches": "{n} branches or tags have the name or the old id in their own: `git for-each-ref` lists all; rename "
        "or delete these, with the host too.",
        "no-commit": "git: no commit has the name or the old id.",
        "commits": "git's history still has the name or the old id: in the files of {files} commits, and as author or "
        "committer, or in the message, of {signed}.",
        "rewrite": "When this is committed, all have pushed and nobody works:\n"
        "  git clone --mirror URL history && cd history\n"
        "  printf '%s==>%s\\n' 'THE NAME' '{person}' > ../names   # a line for every spelling and address, "
        "and for the old id\n"
        "  printf '%s\\n' '{person} <{person}@invalid> <THEIR@ADDRESS>' > ../mailmap\n"
        "  git filter-repo --replace-text ../names --replace-message ../names --mailmap ../mailmap\n"
        "  git push --mirror --force URL && rm ../names ../mailmap\n"
        "  Then everybody clones anew and deletes the old clone; the host empties its caches, forks and pull "
        "requests.",
    },
)

_PLANNED_ID = "p-…"
"""Stands for the opaque id in the plan of a dry run: it is drawn when the person is protected."""


@click.group()
def person() -> None:
    """List, add, edit and protect the people of the newsroom.

    \b
    Examples:
      transflow person list
      transflow person add claire --name "Claire Lee" --role translator
      transflow person edit claire --role translator,editor
      transflow person leave claire
    """


for _command in (edit, leave):
    person.add_command(_command)


@person.command("add")
@click.argument("person_id", metavar="ID")
@name_option
@roles_option
@emails_option
@aliases_option
@locales_option
@zone_option
@click.option("--protected", is_flag=True, help="A person in danger: printed nowhere, and recorded without a name.")
@click.pass_context
def person_add(
    ctx: click.Context,
    person_id: str,
    name: str | None,
    roles: tuple[str, ...],
    emails: tuple[str, ...],
    aliases: tuple[str, ...],
    locales: str | None,
    zone: str | None,
    protected: bool,
) -> None:
    """Add a person to transflow.toml.

    \b
    Examples:
      transflow person add claire --name "Claire Lee" --role translator --email claire@example.org
      transflow person add jeong --name "Jeong Eun Lee" --role reporter --role writer --alias 이정은
      transflow person add p-7k2m --protected --role reporter
    """
    spoken = comma_separated(locales or "")
    new = Person(
        person_id, name or "", tuple(map(Role, roles)), spoken, emails, aliases, "", protected, zone=zone or ""
    )
    add_person(find_project(ctx), new)
    print_text(MESSAGES("added", person=person_id))


@person.command("list")
@format_option
@click.pass_context
def person_list(ctx: click.Context, form: str) -> None:
    """List the people with their roles.

    \b
    Examples:
      transflow person list
      transflow person list | grep editor
      transflow person list --format json
    """
    people = find_project(ctx).settings.people
    if form == "json":
        write_json(list(map(_person_values, people)))
        return
    width = max((len(each.id) for each in people), default=0)
    for each in people:
        roles = ", ".join(role.name for role in each.roles)
        notes = [f"left {each.left}"] * bool(each.left) + ["protected"] * each.protected
        named = () if each.protected else (each.name, ", ".join(each.emails))
        click.echo("  ".join(filter(None, (each.id.ljust(width), *named[:1], roles, *named[1:], "; ".join(notes)))))
    if not people:
        notify(MESSAGES("nobody", command=CommandRef("person add ID --name … --role …")))


def _person_values(each: Person) -> dict[str, object]:
    """Return a person as plain values; of a protected one nothing that names them."""
    roles = [
        {key: value for key, value in (("role", role.name), ("since", role.since), ("until", role.until)) if value}
        for role in each.roles
    ]
    values: dict[str, object] = {"id": each.id, "roles": roles, "locales": list(each.locales), "left": each.left}
    if not each.protected:
        values |= {"name": each.name, "emails": list(each.emails), "aliases": list(each.aliases)}
    return values | {"protected": each.protected}


@person.command("protect")
@click.argument("person_id", metavar="ID", shell_complete=complete_people)
@click.option(
    "--known-as", "opaque", default="", metavar="ID", help="The opaque id, if a branch brought the old one back."
)
@click.option("--dry-run", is_flag=True, help="List what would be changed; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask. Where no question can be asked, this is needed.")
@format_option
@pass_actor
def person_protect(actor: Actor, person_id: str, opaque: str, dry_run: bool, yes: bool, form: str) -> None:
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
        resumed = resume_protection(actor, person_id, opaque, dry_run=dry_run)
        if form == "json":
            write_json(_values(resumed, dry_run=dry_run))
            return
        for each in resumed.done.of("catalogs"):
            print_text(MESSAGES("again/planned" if dry_run else "again", path=each.path, person=opaque))
        return
    if not dry_run and not yes:
        if not is_interactive():
            raise UsageError(MESSAGES("say-yes"))
        if not ask(MESSAGES("confirm", person=person_id)):
            raise UsageError(MESSAGES("unchanged"))
    protected = protect(actor, person_id, secrets.randbelow(2**20), dry_run=dry_run)
    if form == "json":
        write_json(_values(protected, dry_run=dry_run))
    else:
        _print_result(protected, dry_run=dry_run)


def _values(protected: Protected, *, dry_run: bool) -> dict[str, object]:
    """Return a protection as plain values. A dry run has no id: the next one would be another."""
    return {"dry_run": dry_run, "id": "" if dry_run else protected.new_id, **rewritten_values(protected.done)}


def _print_result(protected: Protected, *, dry_run: bool) -> None:
    if dry_run:
        _print_plan(protected.done)
    else:
        _print_protected(protected.new_id, protected.done)
    if owed := protected.done.owed.renew:
        print_text(MESSAGES("renew", n=len(owed), check=CommandRef("check --proof")))
    _print_leftovers(protected.done, _PLANNED_ID if dry_run else protected.new_id)


def _print_plan(done: Rewritten) -> None:
    catalogs = done.of("catalogs")
    print_text(MESSAGES("renamed/planned", n=len(catalogs)))
    for each in catalogs:
        print_text(MESSAGES("catalog/planned", path=each.path))
    for each in done.of("reports"):
        print_text(MESSAGES("byline/planned", path=each.path))


def _print_protected(new_id: str, done: Rewritten) -> None:
    print_text(MESSAGES("renamed", person=new_id, n=len(done.of("catalogs"))))
    print_text(MESSAGES("works-with", person=new_id))
    for each in done.of("reports"):
        print_text(MESSAGES("byline", path=each.path))
    print_output(done)


def _print_leftovers(done: Rewritten, new_id: str) -> None:
    """Print where the name still is. The name itself is printed nowhere."""
    for place, address in done.owed.pages:
        print_text(MESSAGES("page", place=str(place), address=address))
    if done.residues:
        print_text(MESSAGES("residues", command=CommandRef("redact -")))
        for trace in done.residues:
            click.echo(f"  {trace}")
    if why := done.shared():
        print_text(MESSAGES("shared", why=why, command=CommandRef("memory rebuild")))
    for folder in dict.fromkeys(str(Path(path).parent) for path in done.busy()):
        print_text(MESSAGES("busy", path=folder))
    _print_git_commands(done.history, new_id)


def _print_git_commands(history: Mapping[str, int | None], new_id: str) -> None:
    commits, signed, branches = (history[name] or 0 for name in ("commits", "signed", "branches"))
    if history["signed"] is None:
        return
    if history["identity"]:
        print_text(MESSAGES("identity", person=new_id))
    if branches:
        print_text(MESSAGES("branches", n=branches))
    if not commits and not signed:
        print_text(MESSAGES("no-commit"))
        return
    print_text(MESSAGES("commits", files=commits, signed=signed))
    print_text(MESSAGES("rewrite", person=new_id))
