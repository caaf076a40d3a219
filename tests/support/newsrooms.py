"""Newsrooms in clones of real git repositories, for tests of sharing.

Times are arguments: every step happens at the time that the test gives, because merges compare
times.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from transflow.actions import Actor
from transflow.actions.project.git_merge import set_up
from transflow.actions.reports import intake
from transflow.actions.stories import article
from transflow.actions.units import regroup, steps
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.po.catalog import serialize
from transflow.project import CatalogRef, Project

SETTINGS = """format = 1
name = "Test Newsroom"
source = "ko"
locales = ["en"]
timezone = "Asia/Seoul"

[[people]]
id = "jeong"
name = "Jeong Eun Lee"
roles = ["reporter"]
aliases = ["이정은"]
""" + "".join(
    f'\n[[people]]\nid = "{who}"\nname = "{name}"\nroles = {roles}\nemails = ["{who}@example.org"]\n'
    for who, name, roles in (
        ("claire", "Claire Lee", '["translator"]'),
        ("leejin", "Leejin Jun", '["translator"]'),
        ("minho", "Minho Kim", '["translator"]'),
        ("sora", "Sora Choi", '["translator"]'),
        ("eugene", "Eugene Whong", '["writer"]'),
        ("mina", "Mina Park", '["editor"]'),
        ("noah", "Noah Ahn", '["editor"]'),
    )
)
BRIDGES = """---
title: 강변시 다리 두 곳 다시 열려
byline: Jeong Eun Lee
date: 2024-03-26
---

강변시의 다리 두 곳이 화요일 다시 열렸다. 공사는 석 달 걸렸다. 시장은 시민들에게 고맙다고 말했다.

첫 다리는 버스만 지난다. 둘째 다리는 누구나 건널 수 있다.

다음 공사는 가을에 시작된다.
"""
SLUG = "bridges"


def at(minute: int) -> str:
    """Return a time on the day of the tests."""
    return f"2024-03-26T{minute // 60:02}:{minute % 60:02}:00Z"


def quiet_git() -> dict[str, str]:
    """Return the environment for git: no user settings, no editor, no virtual environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "VIRTUAL_ENV", "PYTHON"))}
    return kept | {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_EDITOR": "true",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


def git(folder: Path, *arguments: str, fails: bool | None = False) -> str:
    """Return the output of a git command. `fails` says whether it must fail; None allows both."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=quiet_git(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    said = done.stdout + done.stderr
    assert fails is None or (done.returncode != 0) == fails, f"git {' '.join(arguments)}: {said}"
    return said


@dataclass(frozen=True)
class Clone:
    """A person's clone of the newsroom."""

    root: Path
    who: str

    @property
    def project(self) -> Project:
        return Project(self.root)

    def git(self, *arguments: str, fails: bool | None = False) -> str:
        return git(self.root, *arguments, fails=fails)

    def actor(self, minute: int, who: str = "") -> Actor:
        person = self.project.settings.person(who or self.who)
        assert isinstance(person, Person)
        return Actor(self.project, person, at(minute))

    # Work

    def write(self, ref: str, text: str, minute: int, who: str = "") -> None:
        steps.confirm(self.actor(minute, who), ref, text)

    def approve(self, ref: str, minute: int, who: str = "mina") -> None:
        steps.approve(self.actor(minute, who), ref)

    def join(self, ref: str, minute: int) -> None:
        regroup.join(self.actor(minute), ref)

    def split(self, ref: str, source_at: str, text_at: str, minute: int) -> None:
        regroup.split(self.actor(minute), ref, source_at, text_at)

    def revise(self, body: str, minute: int, slug: str = SLUG) -> None:
        """Write a new version of a report to its file."""
        intake.new_version(self.actor(minute), slug, body.encode(), f"{slug}.md")

    def update(self, minute: int, slug: str = SLUG) -> None:
        intake.update(self.actor(minute), slug, "en")

    def compose(self, minute: int, *slugs: str, name: str = "story") -> None:
        article.compose_article(self.actor(minute, "eugene"), name, slugs)

    # State

    def place(self, name: str = SLUG) -> CatalogRef:
        return self.project.find_catalog(name)

    def load(self, name: str = SLUG) -> Catalog:
        return self.project.load(self.place(name))

    def path(self, name: str = SLUG) -> Path:
        return self.root / self.place(name).path

    def targets(self, name: str = SLUG) -> list[str]:
        return [unit.target for unit in self.load(name).units]

    def unit(self, number: int, name: str = SLUG) -> Unit:
        return self.load(name).units[number - 1]

    # Sharing

    def commit(self, message: str = "work") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def push(self) -> None:
        self.git("push", "-q", "origin", "HEAD:main")

    def pull(self, *, fails: bool | None = False) -> str:
        return self.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main", fails=fails)


def cloned(origin: Path, root: Path, who: str, *, driver: bool = True) -> Clone:
    git(root.parent, "clone", "-q", str(origin), str(root))
    clone = Clone(root, who)
    clone.git("config", "user.email", f"{who}@example.org")
    clone.git("config", "user.name", who)
    if driver:
        list(set_up(clone.project))
    return clone


def newsroom(folder: Path, report: str = BRIDGES) -> tuple[Path, Clone]:
    """Create a bare repository, and claire's clone of it, with one report and its empty catalog."""
    origin = folder / "origin.git"
    git(folder, "init", "-q", "--bare", "-b", "main", str(origin))
    root = folder / "claire"
    root.mkdir()
    (root / "transflow.toml").write_text(SETTINGS, encoding="utf-8")
    (root / ".gitignore").write_text(".transflow/\nbuild/\n.*.tmp\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", str(origin))
    claire = Clone(root, "claire")
    claire.git("config", "user.email", "claire@example.org")
    claire.git("config", "user.name", "claire")
    (root / "sources").mkdir()
    (root / "sources" / f"{SLUG}.md").write_text(report, encoding="utf-8")
    list(set_up(claire.project))
    claire.update(0)
    claire.commit("begin")
    claire.push()
    return origin, claire


def copied(original: Path, folder: Path) -> Clone:
    """Copy a newsroom that `newsroom` created, and return claire's clone in it."""
    shutil.copytree(original, folder, dirs_exist_ok=True)
    git(folder / "claire", "remote", "set-url", "origin", str(folder / "origin.git"))
    git(folder / "claire", "update-index", "-q", "--refresh")  # git also identifies its files by inode
    return Clone(folder / "claire", "claire")


def assert_sound(clone: Clone, names: Sequence[str] = (SLUG,)) -> None:
    """Check that every catalog is readable, has every id once, and has the layout of transflow."""
    for name in names:
        catalog = clone.load(name)
        ids = [unit.id for unit in (*catalog.units, *catalog.obsolete)]
        assert len(ids) == len(set(ids))
        anew = Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)
        assert serialize(anew) == clone.path(name).read_text(encoding="utf-8")
