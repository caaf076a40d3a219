"""People and new projects: the actions that write transflow.toml."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib.resources import files as resources
from pathlib import Path

from transflow.actions import Actor
from transflow.actions.reports.intake import update
from transflow.errors import UnknownNameError, UsageError
from transflow.messages import Messages
from transflow.model.settings import Person, Role
from transflow.privacy import pseudonyms
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.beside_git import LocalGit
from transflow.project.project import CONFIG
from transflow.settings import config, editing
from transflow.units.workflow import state

MESSAGES = Messages(
    __name__,
    {
        "inside": "{folder} is inside the project {outer}, whose commands would not see it: choose a folder outside.",
        "there": "{folder} is a project already: it has a {file}.",
    },
)

SAMPLE_REPORTER = Person("haneul", "Haneul Kim", (Role("reporter"),), aliases=("김하늘",))
"""The reporter in the byline of the sample report."""


def add_person(project: Project, person: Person) -> None:
    """Add a person to transflow.toml, keeping comments.

    Raise UsageError if the id exists already.
    """
    with project.locked(CONFIG):
        pseudonyms.check_new(person, {each.id for each in project.settings.people}, secrets.randbelow(2**20))
        before = project.read(CONFIG)
        project.write_file(CONFIG, editing.add_person(before.decode("utf-8"), CONFIG, person).encode("utf-8"), before)


def check_new(root: Path) -> None:
    """Raise UsageError if the folder is a project already, or inside one."""
    if disk.has(root, CONFIG):
        raise UsageError(MESSAGES("there", folder=str(root), file=CONFIG))
    if outer := next((each for each in root.parents if disk.has(each, CONFIG)), None):
        raise UsageError(MESSAGES("inside", folder=str(root), outer=str(outer)))
    LocalGit(root).check_not_tracked(CONFIG)


def edit_person(project: Project, person_id: str, change: Callable[[Person], Person]) -> Person:
    """Change the entry of a person in transflow.toml, and return it. Other bytes stay.

    Raise UnknownNameError for a person who is not in it, and UsageError for an entry that does not
    fit, or would identify a protected person.
    """
    with project.locked(CONFIG):
        before = project.read(CONFIG)
        people = config.parse(before.decode("utf-8"), CONFIG).people
        old = next((each for each in people if each.id == person_id), None)
        if old is None:
            raise UnknownNameError("person", person_id, [each.id for each in people], CONFIG)
        new = change(old)
        if not pseudonyms.is_identified(old):
            pseudonyms.check_new(new, {each.id for each in people}, secrets.randbelow(2**20))
        text = editing.with_person(before.decode("utf-8"), CONFIG, new)
        project.write_file(CONFIG, text.encode("utf-8"), before)
    return new


def assigned_sentences(project: Project, person_id: str) -> dict[CatalogRef, int]:
    """Return the number of unfinished sentences that are assigned to a person, by report."""
    found = {}
    for place in project.all_catalogs():
        if place.folder == "reports" and f"@assigned {person_id}" in project.text(place):
            units = [each for each in project.load(place).units if each.assigned and each.assigned.who == person_id]
            found[place] = sum(state(each) in ("untranslated", "needs-work") for each in units)
    return {place: count for place, count in found.items() if count}


def init(
    root: Path,
    *,
    name: str,
    timezone: str,
    locales: tuple[str, ...],
    source: str,
    sample: bool,
    now: str,
    clear_alone: bool = False,
) -> Project:
    """Create a project that can be used at once.

    Raise UsageError if the folder is a project already, or inside one.
    """
    check_new(root)
    text = editing.default_text(name, timezone, locales, source, clear_alone=clear_alone)
    config.parse(text, CONFIG)
    templates = resources("transflow") / "settings" / "templates"
    root.mkdir(parents=True, exist_ok=True)
    for folder in ("sources", *(f"locales/{locale}/{each}" for locale in locales for each in ("reports", "articles"))):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for target, template in ((".gitignore", "gitignore"), (".gitattributes", "gitattributes")):
        if not disk.has(root, target):
            disk.write(root, root / target, (templates / template).read_bytes())
    if sample and source == "ko" and not disk.has(root, "sources/welcome.md"):
        disk.write(root, root / "sources" / "welcome.md", (templates / "welcome.md").read_bytes())
        text = editing.add_person(text, CONFIG, SAMPLE_REPORTER)
    disk.write(root, root / CONFIG, text.encode("utf-8"))
    project = Project(root)
    for slug in project.report_slugs():
        for locale in locales:
            update(Actor(project, Person("init"), now), slug, locale)
    return project
