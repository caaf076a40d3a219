"""Caches in the user's own folder: no file of a project influences the results of other users."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from support.commands import TEXTS, contents, done, new_project, transflow
from support.newsrooms import git
from transflow.project import Project, cache
from transflow.project.cache import ensure_private_file, folder

ASKED = (("check", "--all"), ("memory", "find", "다리"), ("status",), ("queue",), ("unit", "show", "flood"))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a project with a text that has an issue, and filled caches."""
    made = new_project(tmp_path / "room")
    done(made, "unit", "set", "flood#2", "Three 다리 failed on the night of the 5th.", user="claire")
    done(made, "unit", "set", "flood#3", TEXTS[2], user="claire")
    asked(made)
    return made


def asked(project: Path, *options: str) -> list[str]:
    return [transflow(project, *options, *arguments, user="mina").out for arguments in ASKED]


def poison(found: Path) -> None:
    """Make every cached result a passed one, and change every cached text."""
    for path in found.rglob("verdicts.db"):
        with closing(sqlite3.connect(path)) as database, database:
            rows = database.execute("SELECT key, value FROM verdict").fetchall()
            assert any('"untranslated"' in value for _, value in rows)
            passed = [(json.dumps(without_issues(json.loads(value))), key) for key, value in rows]
            database.executemany("UPDATE verdict SET value = ? WHERE key = ?", passed)
    for path in (found / "memory").rglob("*.db"):
        path.write_bytes(path.read_bytes().replace(TEXTS[2].encode(), TEXTS[2].replace("Nobody", "Dozens").encode()))


def without_issues(value: list[Any]) -> list[Any]:
    """Return a cached result of a unit or of a catalog, without issues."""
    is_of_catalog = bool(value) and isinstance(value[0], str)
    return [value[0], [], *value[2:]] if is_of_catalog else []


def test_what_a_clone_brings_along_changes_nothing(room: Path, tmp_path: Path) -> None:
    honest = asked(room)
    for name in (
        "checks",
        "memory",
        "cache/checks",
        "engines",
    ):  # former places of caches, and others where they might be searched
        shutil.copytree(folder(room), room / ".transflow" / name, dirs_exist_ok=True)
    shutil.copytree(folder(room), room / ".transflow", dirs_exist_ok=True)
    poison(room / ".transflow")
    git(room, "init", "-q")
    git(room, "add", "-fA")
    git(room, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "poison")
    git(tmp_path, "clone", "-q", str(room), "clone")
    assert (tmp_path / "clone" / ".transflow" / "checks" / "verdicts.db").is_file()
    assert asked(tmp_path / "clone") == honest


@pytest.mark.parametrize("how", ["CI", "TRANSFLOW_NO_CACHE", "--no-cache"])
def test_ci_reads_and_writes_none(room: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    honest = asked(room)
    poison(folder(room))
    assert asked(room) != honest, "the user's own cache is read"
    before = contents(folder(room))
    if how.isupper():
        monkeypatch.setenv(how, "true")
    assert asked(room, *([] if how.isupper() else [how])) == honest
    assert contents(folder(room)) == before


@pytest.mark.parametrize("value", ["", "false", "0"])
def test_what_is_no_ci_uses_them(room: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("CI", value)
    assert Project(room).cache == folder(room)


def test_they_are_the_users_alone(room: Path) -> None:
    done(room, "memory", "rebuild")
    ensure_private_file(folder(room) / "engines" / "answers.db")
    found = [folder(room), *folder(room).rglob("*")]
    assert len([path for path in found if path.is_file()]) >= 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()} == {0o600}


def test_nothing_of_them_is_in_the_projects_folder(room: Path) -> None:
    done(room, "memory", "rebuild")
    for path in (room / ".transflow").rglob("*"):
        assert path.is_dir() or path.name == ".gitignore" or path.suffix == ".lock"


def test_two_projects_have_two_and_one_project_has_one_by_any_way_to_it(room: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(room)
    assert folder(tmp_path / "way") == folder(room) != folder(tmp_path)


@pytest.mark.parametrize("content", [b"", b"junk", b"[]", b"[" * 100_000, b"\xff"])
def test_one_that_is_broken_holds_nothing(tmp_path: Path, content: bytes) -> None:
    project = Project(tmp_path / "room")
    ensure_private_file(folder(project.root) / "x.json").write_bytes(content)
    assert cache.read(project, "x.json") == {}
    cache.write(project, "x.json", {"a": 1})
    assert cache.read(project, "x.json") == {"a": 1}


def test_a_home_that_cannot_be_written_is_no_error(room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = asked(room)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert asked(room) == honest
