"""Questions to somebody new, in a terminal: a new project, and who they are in a project.

Invariant: every question has a default or can be left with Ctrl+C, and nothing is written before
the last answer that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from transflow import report
from transflow.actions.identity import remember
from transflow.actions.project.git_merge import is_shared, set_up
from transflow.actions.project.languages import check_language
from transflow.actions.project.people import add_person, check_new
from transflow.actions.project.people import init as create_project
from transflow.cli.notices import ask, ask_text, notify, print_text, tell
from transflow.cli.options import comma_separated
from transflow.cli.screen import open_screen
from transflow.cli.session import now
from transflow.cli.streams import is_terminal
from transflow.errors import UsageError
from transflow.language.romanisation.syllables import spellings
from transflow.messages import Messages
from transflow.model.settings import Person, Role
from transflow.presenters import i18n
from transflow.project import Project, git

MESSAGES = Messages(
    __name__,
    {
        "you": "Who are you? Your name as credits print it, and your e-mail address if you like",
        "no-name": "a name, such as Claire Lee <claire@example.org>",
        "alone": "Do you work alone, so that you clear your own stories, with a reason?",
        "source": "The language of the reports",
        "locales": "The languages to translate into, with commas",
        "no-language": "codes of languages, such as en or en,vi",
        "sample": "Begin with a sample report?",
        "open": "{folder} is a project now. Open it?",
        "who": "Who are you in {name}?",
        "number": "Your number; or your name, if it is not in the list",
        "no-number": "a number of the list, or a name",
        "role": "What do you do? translator, writer or editor; several with commas",
        "no-role": "one or more of translator, writer and editor",
        "remembered": "This is kept for you; --as ID names somebody else.",
    },
)
ROLES = ("translator", "writer", "editor")
"""Roles that a person may take who adds themselves; the first one of a project takes all."""


class NewProject(NamedTuple):
    """Answers about a new project."""

    person: Person
    source: str
    locales: tuple[str, ...]
    sample: bool
    clear_alone: bool


def ask_and_open(
    ctx: click.Context, root: Path, timezone: str = "Asia/Seoul", locales: str = "en", source: str = "ko"
) -> int:
    """Ask for what a new project needs, create it, and open it on the screen if that is wanted."""
    check_new(root)
    answers = ask_new_project(root, source, locales)
    project = create_project(
        root,
        name=root.name,
        timezone=timezone,
        locales=answers.locales,
        source=answers.source,
        sample=answers.sample,
        clear_alone=answers.clear_alone,
        now=now(),
    )
    add_person(project, answers.person)
    remember(Project(root), answers.person.id)
    set_up_git(project)
    if is_terminal() and ask(MESSAGES("open", folder=str(root)), default=True):
        ctx.find_root().obj["folder"] = str(root)
        return open_screen(ctx, "queue")
    return 0


def set_up_git(project: Project) -> None:
    """Set up the clone that a new project is in, if it is in one."""
    for line in set_up(project) if is_shared(project) else ():
        print_text(line)


def ask_new_project(folder: Path, source: str, locales: str) -> NewProject:
    """Ask for what a new project needs. The other arguments are the defaults."""
    person = ask_text(MESSAGES("you"), _named_in_git(folder), lambda text: _person(text, ROLES, ()))
    clear_alone = ask(MESSAGES("alone"), default=True)
    source = ask_text(MESSAGES("source"), source, lambda text: _languages(text)[0])
    into = ask_text(MESSAGES("locales"), locales, _languages)
    return NewProject(person, source, into, source == "ko" and ask(MESSAGES("sample"), default=True), clear_alone)


def choose_person(project: Project) -> Person:
    """Ask who the user is: a person of the project, or a new one. The choice is remembered."""
    people = [each for each in project.settings.people if not each.left]
    tell(MESSAGES("who", name=project.settings.name or project.root.name))
    for number, each in enumerate(people, 1):
        click.echo(
            f"  {number}  {each.name or each.id}  {', '.join(role.name for role in each.roles)}".rstrip(), err=True
        )
    taken = {each.id for each in project.settings.people}

    def read(text: str) -> Person:
        if text.strip().isdecimal():
            if 1 <= int(text) <= len(people):
                return people[int(text) - 1]
            raise _again("no-number")
        return _person(text, (), taken)

    question, default = (MESSAGES("number"), "") if people else (MESSAGES("you"), _named_in_git(project.root))
    person = ask_text(question, default, read)
    if person not in people:
        roles = ask_text(MESSAGES("role"), ROLES[0] if people else ",".join(ROLES), _roles)
        person = replace(person, roles=roles)
        add_person(project, person)
    remember(project, person.id)
    notify(MESSAGES("remembered"))
    return person


def _again(key: str) -> click.UsageError:
    return click.UsageError(i18n.say(MESSAGES(key)))


def _named_in_git(folder: Path) -> str:
    """Return the name and e-mail address that git has for the user: "Claire <c@example.org>"."""
    existing = next(each for each in (folder, *folder.parents) if each.is_dir())
    name, email = git.identity(existing)
    return f"{name} <{email}>" if name and email else name


def _person(text: str, roles: tuple[str, ...], taken: Container[str]) -> Person:
    """Read "Name <address>", with an id that nobody has."""
    matched = re.fullmatch(r"\s*([^<>@]*[^<>@\s])\s*(?:<\s*([^<>\s]+@[^<>\s]+)\s*>|\s(\S+@\S+))?\s*", text)
    if not matched:
        raise _again("no-name")
    name, email = matched[1], matched[2] or matched[3]
    return Person(_id_of(name, taken), name, tuple(map(Role, roles)), emails=(email,) if email else ())


def _id_of(name: str, taken: Container[str]) -> str:
    """Return an id from the first word of a name, in Latin letters."""
    latin = "".join(_romanised(each) if "가" <= each <= "힣" else each for each in name)
    first = (report.slugify(latin, "") or "person").split("-")[0]
    ids = (first, *(f"{first}-{number}" for number in range(2, 1000)))
    return next(each for each in ids if each not in taken)


def _romanised(syllable: str) -> str:
    known = spellings(syllable)
    return min(known, key=known.__getitem__)


def _languages(text: str) -> tuple[str, ...]:
    codes = comma_separated(text.replace(" ", ","))
    if not codes or not all(re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", code) for code in codes):
        raise _again("no-language")
    try:
        for code in codes:
            check_language(code)
    except UsageError as error:
        raise click.UsageError(i18n.say(error.message)) from None
    return codes


def _roles(text: str) -> tuple[Role, ...]:
    names = comma_separated(text.replace(" ", ","))
    if not names or not set(names) <= set(ROLES):
        raise _again("no-role")
    return tuple(map(Role, names))
