"""Commands killed before each of their steps and run again: files, output and printed lines are
those of an undisturbed run.
"""

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
from support.keys import computer, make_key, with_key
from support.stories import actor, river
from transflow.actions.stories import article, render
from transflow.actions.units import steps as units
from transflow.cli import actors
from transflow.project import CatalogRef, Project, cache
from transflow.user_folders import drafts_folder

STEPS = {
    "a report gets another name": ("claire", "mv", "flood", "2024/high-water"),
    "a story gets another name": ("claire", "mv", "river", "stream"),
    "a story gets another name in one language": ("claire", "mv", "vi:river", "stream"),
    "a text is redacted": ("mina", "redact", "다친 사람", "--with", "[redacted]", "--yes"),
    "a text is redacted in a translation": ("mina", "redact", "Nobody", "--with", "[redacted]", "--yes"),
    "a translator is protected": ("mina", "person", "protect", "claire", "--yes"),
    "a reporter is protected": ("mina", "person", "protect", "jeong", "--yes"),
    "an editor is protected": ("juno", "person", "protect", "mina", "--yes"),
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
    with_key(folder, "mina", make_key(tmp_path / "home" / ".ssh" / "mina"))
    with computer(tmp_path / "home"):
        units.approve(actor(folder, "mina", "2024-03-26T03:00:30Z"), "en:flood", again=True)
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
    """Return all files: record, output, notes, drafts and caches; and the folders of drafts."""
    found = contents(folder)
    for name, own in (
        ("drafts", drafts_folder(folder)),
        ("cache", cache.folder(folder)),
        ("work", folder / ".transflow"),
    ):
        for path in sorted(own.rglob("*")):
            if name == "drafts" or path.is_file():
                found[f"{name}/{path.relative_to(own)}"] = path.read_bytes() if path.is_file() else b""
    return {path: data for path, data in found.items() if not path.startswith("work/locks/")}


def prepared(folder: Path) -> None:
    """Write what is in the user's own folders: drafts and a cache."""
    shutil.rmtree(drafts_folder(folder), ignore_errors=True)
    shutil.rmtree(cache.folder(folder), ignore_errors=True)
    journal(folder)
    cache.ensure_private_file(cache.folder(folder) / "engines" / "answers.db").write_bytes(b"Claire Lee, Nobody")


def again(folder: Path, arguments: tuple[str, ...]) -> str:
    """Run the command to its end, and return what it prints, without paths of the folder."""
    ran = transflow(folder, *arguments[1:], user=arguments[0])
    assert ran.code == 0, ran
    return (ran.out + ran.err).replace(str(drafts_folder(folder)), "DRAFTS")


def died_everywhere(newsroom: Path, tmp_path: Path, arguments: tuple[str, ...]) -> int:
    """Kill the command at every change of the disk, and return the number of kills."""
    done = Path(shutil.copytree(newsroom, tmp_path / "copy" / newsroom.name))
    prepared(done)
    wanted_lines = again(done, arguments)
    wanted = whole(done)
    assert wanted != whole(newsroom) or arguments[1] == "credit"
    shutil.rmtree(done)
    is_rewrite = arguments[1] in ("mv", "redact", "person")
    steps = 0
    for step, copy in deaths(
        newsroom,
        tmp_path,
        prepared,
        lambda copy: again(copy, arguments),
        drafts_folder(done).parent,
        cache.folder(done),
    ):
        steps += 1
        lines = again(copy, arguments) if is_rewrite or whole(copy) != wanted else wanted_lines
        assert lines == wanted_lines or not is_rewrite, f"died before change {step}"
        found = whole(copy)
        assert not [path for path in found if path.endswith(".tmp")], f"died before change {step}"
        assert found.keys() == wanted.keys(), f"died before change {step}"
        differing = [path for path in wanted if found[path] != wanted[path]]
        assert differing == [], f"died before change {step}"
    return steps


OFTEN = (
    "a report gets another name",
    "a story gets another name",
    "a text is redacted",
    "a text is redacted in a translation",
    "a translator is protected",
)


@pytest.fixture
def small(newsroom: Path) -> Path:
    """Return the newsroom in one language, with the output of two formats."""
    for folder in ("locales", "build"):
        shutil.rmtree(newsroom / folder / "vi")
    for path in (newsroom / "build" / "en").iterdir():
        if path.suffix not in (".txt", ".html"):
            path.unlink()
    settings = newsroom / "transflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(', "vi"]', "]"), encoding="utf-8")
    return newsroom


@pytest.mark.parametrize("what", OFTEN)
def test_in_a_small_newsroom(small: Path, tmp_path: Path, what: str) -> None:
    assert Project(small).settings.locales == ("en",)
    assert died_everywhere(small, tmp_path, STEPS[what]) >= 15


@pytest.mark.parametrize(
    "what", ["a report gets another name", "a story gets another name", "a translator is protected"]
)
def test_a_change_is_completed_even_if_its_note_is_lost(small: Path, tmp_path: Path, what: str) -> None:
    done = Path(shutil.copytree(small, tmp_path / "copy" / small.name))
    again(done, STEPS[what])
    wanted = contents(done)
    shutil.rmtree(done)
    for step, copy in deaths(small, tmp_path, prepared, lambda copy: again(copy, STEPS[what]), every=3):
        shutil.rmtree(copy / ".transflow")
        if contents(copy) != wanted:
            again(copy, STEPS[what])
        assert contents(copy) == wanted, f"died before change {step}"


def test_a_protection_goes_on_with_the_id_that_was_drawn_first(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _, copy in deaths(
        small, tmp_path, prepared, lambda copy: again(copy, STEPS["a reporter is protected"]), every=6
    ):
        begun = Project(copy).read(".transflow/protecting") if Project(copy).has(".transflow/protecting") else b""
        monkeypatch.setattr(secrets, "randbelow", lambda _: 815)
        lines = again(copy, STEPS["a reporter is protected"])
        monkeypatch.setattr(secrets, "randbelow", lambda _: 4711)
        assert not begun or lines.split()[3].encode() in begun


@pytest.mark.soak
@pytest.mark.parametrize("arguments", STEPS.values(), ids=STEPS)
def test_in_two_languages(newsroom: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert died_everywhere(newsroom, tmp_path, arguments) >= 6


KILLED = f"""
import os, secrets, signal, sys
from pathlib import Path
from support.dying import dying
from transflow.cli import actors, main
actors.now, secrets.randbelow = lambda: "{NOW}", lambda _: 4711
with dying(int(sys.argv[1]), Path(sys.argv[2]), die=lambda: os.kill(os.getpid(), signal.SIGKILL)):
    main(["-C", *sys.argv[2:]])
"""


@pytest.mark.soak
@pytest.mark.parametrize("what", OFTEN)
def test_with_kill_9(newsroom: Path, tmp_path: Path, what: str) -> None:
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
