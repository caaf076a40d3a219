"""Commands killed before each of their steps and run again: the result is always the same."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import paths
from support.commands import NOW, contents, transflow
from support.dying import deaths
from support.stories import actor, river
from transflow.actions.privacy.residue import drafts_folder
from transflow.actions.stories import article, render
from transflow.actions.units import steps as units
from transflow.cli import actors
from transflow.project import CatalogRef, Project

STEPS = {
    "a report gets another name": ("claire", "mv", "flood", "2024/high-water"),
    "a story gets another name": ("claire", "mv", "river", "stream"),
    "a story gets another name in one language": ("claire", "mv", "vi:river", "stream"),
    "a text is redacted": ("mina", "redact", "다친 사람", "--with", "[redacted]"),
    "a text is redacted in a translation": ("mina", "redact", "Nobody", "--with", "[redacted]"),
    "a translator is protected": ("mina", "person", "protect", "claire"),
    "a reporter is protected": ("mina", "person", "protect", "jeong"),
    "an editor is protected": ("juno", "person", "protect", "mina"),
    "a story is killed": ("mina", "kill", "en:river", "It is wrong."),
    "a name is withheld": ("mina", "credit", "withhold", "claire"),
}


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a story published in two languages, with everything that commands may change.

    The English story is rendered with its names and also as a draft. There are unsaved drafts of a
    translator, and clock and random numbers are fixed.
    """
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(actors, "now", lambda: NOW)
    monkeypatch.setattr(secrets, "randbelow", lambda _: 4711)
    folder = river(tmp_path / "room")
    units.comment(actor(folder, "mina"), "en:flood#1", "Claire Lee knows; or ask 이정은.")
    article.compose_article(actor(folder, "eugene"), "en:late", ["flood"])
    render.render(Project(folder), CatalogRef("en", "articles", "late"), ["txt"], NOW, as_draft=True)
    (folder / "build" / "en" / "old.html").write_text("<p>Claire Lee, 이정은, Nobody was hurt</p>", encoding="utf-8")
    return folder


def journal(folder: Path) -> None:
    path = drafts_folder(folder) / "claire" / "1-a.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    for place in ("reports/flood", "articles/river"):
        draft = {"place": f"locales/en/{place}.po", "unit": "k7f3q2mx", "text": "Nobody, says Claire Lee"}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(draft) + "\n")


def whole(folder: Path) -> dict[str, bytes]:
    """Return all files: record, output and drafts."""
    drafts = drafts_folder(folder)
    kept = {
        path.relative_to(drafts).as_posix(): path.read_bytes() for path in sorted(drafts.rglob("*")) if path.is_file()
    }
    return contents(folder) | {f"drafts/{path}": data for path, data in kept.items()}


def prepared(folder: Path) -> None:
    shutil.rmtree(drafts_folder(folder), ignore_errors=True)
    journal(folder)


def again(folder: Path, arguments: tuple[str, ...]) -> None:
    ran = transflow(folder, *arguments[1:], user=arguments[0])
    assert ran.code == 0, ran


def died_everywhere(newsroom: Path, tmp_path: Path, arguments: tuple[str, ...], every: int = 1) -> int:
    """Kill the command at every change of the disk, and return the number of kills."""
    done = Path(shutil.copytree(newsroom, tmp_path / "copy" / newsroom.name))
    prepared(done)
    again(done, arguments)
    wanted = whole(done)
    assert wanted != whole(newsroom) or arguments[1] == "credit"
    shutil.rmtree(done)
    steps = 0
    for step, copy in deaths(
        newsroom, tmp_path, prepared, lambda copy: again(copy, arguments), drafts_folder(done).parent
    ):
        steps += 1
        if step % every:
            continue
        if whole(copy) != wanted:  # a command that is killed after its last step is complete, and may report this
            again(copy, arguments)
        found = whole(copy)
        assert not [path for path in found if path.endswith(".tmp")], f"died before change {step}"
        assert found.keys() == wanted.keys(), f"died before change {step}"
        differing = [path for path in wanted if found[path] != wanted[path]]
        assert differing == [], f"died before change {step}"
    return steps


OFTEN = ("a story gets another name", "a text is redacted", "a translator is protected")


@pytest.mark.parametrize("what", OFTEN)
def test_what_died_before_some_step_is_completed_by_doing_it_again(newsroom: Path, tmp_path: Path, what: str) -> None:
    assert died_everywhere(newsroom, tmp_path, STEPS[what], every=12) >= 3


@pytest.mark.soak
@pytest.mark.parametrize("arguments", STEPS.values(), ids=STEPS)
def test_what_died_before_any_step_is_completed_by_doing_it_again(
    newsroom: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert died_everywhere(newsroom, tmp_path, arguments) >= 6


KILLED = """
import os, signal, sys
from pathlib import Path
from support.dying import dying
from transflow.cli import main
with dying(int(sys.argv[1]), Path(sys.argv[2]), die=lambda: os.kill(os.getpid(), signal.SIGKILL)):
    main(["-C", *sys.argv[2:]])
"""


@pytest.mark.soak
@pytest.mark.parametrize("what", ["a report gets another name", "a story gets another name"])
def test_what_was_killed_with_kill_9_is_completed_by_doing_it_again(newsroom: Path, tmp_path: Path, what: str) -> None:
    user, *arguments = STEPS[what]
    done = Path(shutil.copytree(newsroom, tmp_path / "done" / "room"))
    again(done, STEPS[what])
    wanted = contents(done)
    for step in range(0, 1000, 3):
        copy = Path(shutil.copytree(newsroom, tmp_path / "copy" / "room"))
        environment = {**os.environ, "PYTHONPATH": str(paths.TESTS)}
        line = [sys.executable, "-c", KILLED, str(step), str(copy), "--as", user, *arguments]
        killed = subprocess.run(line, capture_output=True, env=environment, check=False)
        if killed.returncode == 0:
            assert step > 20
            return
        assert killed.returncode == -9, killed.stderr
        if contents(copy) != wanted:
            again(copy, STEPS[what])
        assert contents(copy) == wanted, f"killed before change {step}"
        shutil.rmtree(copy)
