"""People and new projects: the actions that write transflow.toml."""

from __future__ import annotations

import secrets
from importlib.resources import files as resources
from pathlib import Path

from transflow.actions import Actor
from transflow.actions.reports.intake import update
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.settings import Person, Role
from transflow.privacy import pseudonyms
from transflow.project import Project
from transflow.project import files as disk
from transflow.project.beside_git import LocalGit
from transflow.project.project import CONFIG
from transflow.settings import config, editing

MESSAGES = Messages(
    __name__,
    {
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
    """Raise UsageError if the folder is a project already."""
    if disk.has(root, CONFIG):
        raise UsageError(MESSAGES("there", folder=str(root), file=CONFIG))
    LocalGit(root).check_not_tracked(CONFIG)


def init(
    root: Path, *, name: str, timezone: str, locales: tuple[str, ...], source: str, sample: bool, now: str
) -> Project:
    """Create a project that can be used at once.

    Raise UsageError if the folder is a project already.
    """
    check_new(root)
    text = editing.default_text(name, timezone, locales, source)
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
