"""Files with texts outside the record can be read by their user only, whatever the umask is.

Exports too: they are made to be given to somebody, and who gives them away decides whom. The record
and rendered pages are shared and served, so that the umask decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import program
from support.sweeps import newsroom
from transflow.actions.engines.response_cache import open_cache
from transflow.engines.setup.spending import Ledger, ledger_folder
from transflow.project import Project
from transflow.user_folders import cache_folder, state_folder


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    return tmp_path


def modes(folder: Path) -> dict[str, int]:
    """Return the modes of files and folders, for others than the user."""
    return {path.relative_to(folder).as_posix(): path.lstat().st_mode & 0o077 for path in folder.rglob("*")}


EXPORTS = (
    ("export", "--to", "po", "--output", "OUT/po"),
    ("export", "--to", "mo", "--output", "OUT/mo"),
    ("export", "--to", "omegat", "--output", "OUT/omegat"),
    ("memory", "export", "OUT/all.tmx"),
    ("memory", "export", "OUT/all.ko", "OUT/all.en"),
    ("glossary", "export", "OUT/terms.csv"),
    ("article", "edit", "river", "--export", "OUT/river.txt"),
    ("check", "--all", "--output", "OUT/found.txt"),
    ("check", "--all", "--write-baseline", "OUT/known.json"),
    ("check", "--pairs", "PAIRS", "--output", "OUT/pairs.jsonl"),
)


@pytest.mark.usefixtures("open_umask")
def test_exports_caches_drafts_and_what_an_edit_leaves(home: Path) -> None:
    room, out = newsroom(home), home / "out"
    out.mkdir()
    (home / "pairs").write_text('{"source": "가.", "target": "A."}\n', encoding="utf-8")
    for arguments in EXPORTS:
        told = program(
            room,
            *(each.replace("OUT", str(out)).replace("PAIRS", str(home / "pairs")) for each in arguments),
            user="mina",
        )
        assert told.code in (0, 1), (arguments, told)
    editor = home / "editor"
    editor.write_text("#!/bin/sh\nprintf 'a\\033b' >> \"$1\"\n", encoding="utf-8")
    editor.chmod(0o755)
    program(out, "-C", str(room), "article", "edit", "river", user="mina", env={"EDITOR": str(editor)})
    program(room, "repair", user="mina")  # puts the leftover away
    answers = open_cache(Project(room), "2024-03-26T03:00:00Z")
    assert answers
    answers.store([(b"key", "flood", "Nobody was hurt.")])
    answers.close()
    Ledger(ledger_folder(), "project", 1.0, "EUR").book("deepl", 0.1, 10)
    assert len(modes(out)) > 15
    kept = list((room / ".transflow/repair").rglob("*.tmp"))
    assert [path.stat().st_mode & 0o077 for path in kept] == [0]
    assert any(name.endswith(".edited.txt") for name in modes(state_folder()))
    for folder in (out, cache_folder(), state_folder()):
        found = modes(folder)
        files = {name: mode for name, mode in found.items() if (folder / name).is_file()}
        assert files
        assert {name for name, mode in files.items() if mode} == set(), folder
