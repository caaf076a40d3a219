"""Limits of size: files, streams and lines that are too large are refused at once."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from support.commands import transflow
from transflow.actions.checks import pairs
from transflow.errors import UnreadableError
from transflow.findings.selection import Selection
from transflow.presenters.journal import Journal
from transflow.project import Project, cache, files
from transflow.user_folders import config_folder

GIGABYTES = 64 * 2**30
"""Size of the files here, which take no space on the disk."""


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("transflow.toml", ("status",)),
        ("sources/flood.md", ("update",)),
        ("locales/en/reports/flood.po", ("unit", "show", "flood")),
        ("locales/en/glossary.po", ("glossary", "list")),
    ],
)
def test_a_file_of_a_project_is_named(room: Path, name: str, arguments: tuple[str, ...]) -> None:
    (room / name).touch()
    os.truncate(room / name, GIGABYTES)
    ran = transflow(room, *arguments, user="mina")
    assert ran.code == 3
    assert f"{name}: it is larger than 64 MB." in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "FILE.md"),
        ("glossary", "import", "FILE.csv"),
        ("memory", "import", "FILE.tmx"),
        ("check", "--baseline", "FILE.json"),
        ("update", "flood", "FILE.md"),
    ],
)
def test_a_file_that_somebody_names_is_refused(
    room: Path, tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transflow.cli.memory_files.LARGEST_MEMORY", 2**20)
    name = arguments[-1]
    (tmp_path / name).touch()
    os.truncate(tmp_path / name, GIGABYTES)
    ran = transflow(room, *arguments[:-1], str(tmp_path / name), user="mina")
    assert ran.code == 3
    assert "it is larger than" in ran.err


def test_a_stream_without_end_is_left_at_the_limit() -> None:
    with Path("/dev/zero").open("rb") as endless, pytest.raises(UnreadableError, match="larger than 1 MB"):
        files.read_limited(endless, "-", 2**20)
    assert files.read_limited(io.BytesIO(b"a" * 2**20), "-", 2**20) == b"a" * 2**20


def test_a_settings_file_of_the_user_is_refused(room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    config_folder().mkdir(parents=True)
    (config_folder() / "engines.toml").touch()
    os.truncate(config_folder() / "engines.toml", GIGABYTES)
    ran = transflow(room, "suggest", "flood", user="mina")
    assert (ran.code, "engines.toml: it is larger than 1 MB." in ran.err) == (2, True)


def test_a_cache_is_as_if_there_were_none(room: Path) -> None:
    project = Project(room)
    assert project.cache
    cache.write(project, "checks/x.json", {"a": 1})
    os.truncate(project.cache / "checks/x.json", GIGABYTES)
    assert cache.read(project, "checks/x.json") == {}


def test_a_journal_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").touch()
    os.truncate(tmp_path / "old.jsonl", GIGABYTES)
    journal = Journal(tmp_path)
    assert journal.drafts == {}
    journal.close()
    assert (tmp_path / "old.jsonl").stat().st_size == GIGABYTES


def test_a_line_of_pairs_is_answered_and_the_next_is_read() -> None:
    good = b'{"id": 1, "source": "\xea\xb0\x80.", "target": "A."}\n'
    long = b'{"source": "' + b"a" * (3 * pairs.MOST_BYTES) + b'"}\n'
    found = list(pairs.results(io.BytesIO(good + long + good), None, Selection()))
    assert [each.wrong for each in found] == [False, True, False]
    assert "line 2: it is longer than" in found[1].text


def test_folders_that_are_nested_too_deep_are_named(room: Path) -> None:
    (room / "sources" / Path(*["d"] * 250)).mkdir(parents=True)
    ran = transflow(room, "check")
    assert ran.code == 3
    assert "folders are nested more than 200 deep here. Move them elsewhere." in ran.err + ran.out


def test_settings_have_a_limit_of_their_own(room: Path) -> None:
    with (room / "transflow.toml").open("a", encoding="utf-8") as file:
        file.write(f"# {'x' * 2**20 * 4}\n")
    ran = transflow(room, "status")
    assert ran.code == 2
    assert "transflow.toml: it is larger than 4 MB. Take out what does not belong there." in ran.err
