"""A newsroom with SSH keys, made once, and steps that people take in clones of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.keys import computer, make_key, public_key
from support.newsrooms import SLUG, Clone, git, newsroom
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.units import steps
from transflow.project import Project

PEOPLE = ("mina", "noah", "leejin")
TEXTS = ("Two bridges in the city reopened on Tuesday.", "The work took three months.", "The mayor thanked the people.")


@dataclass(frozen=True)
class Newsroom:
    """A repository in which everybody works, each under their own address."""

    root: Path
    keys: Path

    def clone(self, who: str) -> Clone:
        return Clone(self.root, who)

    def git(self, *arguments: str, who: str = "claire", fails: bool | None = False) -> str:
        return git(self.root, *_identity(who), *arguments, fails=fails)

    def commit(self, who: str, *options: str, author: str = "", key: str = "") -> str:
        """Commit everything as a person, whose key signs if one is named. Return the commit."""
        self.git("add", "-A")
        signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys / key}") if key else ()
        more = (*(["-S"] if key else []), *([f"--author={author} <{author}@example.org>"] if author else []))
        git(self.root, *_identity(who), *signing, "commit", "-q", "-m", "work", *more, *options)
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    @contextmanager
    def keys_of(self, who: str) -> Iterator[None]:
        """Work on a computer whose only key, in ~/.ssh, is a person's; none for an empty name."""
        with computer(self.keys / f"home-{who}"):
            yield

    def signatures(self, name: str = SLUG) -> Path:
        return self.root / "locales" / "en" / "approvals" / f"{name}.sigs"

    def approve(self, number: int, minute: int = 100, who: str = "mina", *, again: bool = False) -> None:
        steps.approve(self.clone(who).actor(minute), f"{SLUG}#{number}", again=again)

    def path(self) -> Path:
        return self.root / "locales" / "en" / "reports" / f"{SLUG}.po"

    def faults(self, level: str = "author", since: str = "", locales: tuple[str, ...] = ("en",)) -> list[str]:
        """Return the messages of `check --proof`, with the place of each."""
        project = Project(self.root)
        checker = ProofChecker(project, level, since, locales)
        return [
            f"{place.slug}#{[unit.id for unit in catalog.units].index(issue.location.unit) + 1}: {issue.message}"
            if issue.location.unit
            else f"{place.slug}: {issue.message}"
            for place in project.all_catalogs()
            if place.locale in locales
            for catalog in [project.load(place)]
            for issue in checker.issues(place, catalog)
        ]

    def public_key(self, name: str) -> str:
        return public_key(self.keys / name)


def _identity(who: str) -> tuple[str, ...]:
    return ("-c", f"user.name={who}", "-c", f"user.email={who}@example.org")


def edit_settings(root: Path, old: str, new: str) -> None:
    path = root / "transflow.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def person_line(who: str, line: str) -> tuple[str, str]:
    """Return what to replace in transflow.toml, so that a person's entry begins with a line."""
    return f'id = "{who}"\n', f'id = "{who}"\n{line}\n'


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A newsroom in which claire translated three sentences, and nobody has approved anything."""
    folder = tmp_path_factory.mktemp("newsroom")
    _, claire = newsroom(folder)
    keys = folder / "keys"
    keys.mkdir()
    for name in (*PEOPLE, "server"):
        make_key(keys / name)
        home = keys / f"home-{name}" / ".ssh"
        home.mkdir(parents=True)
        for each in (f"{name}", f"{name}.pub"):
            shutil.copy(keys / each, home / each)
    room = Newsroom(claire.root, keys)
    edit_settings(room.root, "format = 1", "format = 2")
    for who in PEOPLE:
        edit_settings(room.root, *person_line(who, f'keys = ["{room.public_key(who)}"]'))
    edit_settings(room.root, "\n[[people]]", f'\n[proof]\nservers = ["{room.public_key("server")}"]\n\n[[people]]')
    for number, text in enumerate(TEXTS, 1):
        claire.write(f"{SLUG}#{number}", text, number)
    claire.git("config", "--unset", "user.email")
    room.commit("claire", "--amend", "--reset-author")
    return room


@pytest.fixture
def room(original: Newsroom, tmp_path: Path) -> Newsroom:
    shutil.copytree(original.root, tmp_path / "room")
    return Newsroom(tmp_path / "room", original.keys)


@pytest.fixture
def branch(room: Newsroom) -> Callable[[str], None]:
    """Return a function that changes to a branch, which begins at main."""

    def change(name: str) -> None:
        room.git("checkout", "-q", "-b", name, "main") if name != "main" else room.git("checkout", "-q", "main")

    return change
