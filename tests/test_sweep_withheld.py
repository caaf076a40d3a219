"""Texts of a report under embargo, and of its story, in what commands print in CI and write.

The commands are enumerated from click, each with every format and every option. The normal run
takes a sample, with a seed that it prints; `make soak` goes on with all of them where it ended
last.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.newsrooms import git
from support.shares import share
from support.sweeps import Invocation, Runner, invocations, newsroom
from transflow import renderers

SEED = int(os.environ.get("SWEEP_SEED", "1"))
SAMPLE = 20
UNTIL = "2099-03-26"
CI = {"CI": "true", "GITHUB_ACTIONS": "true"}
DRAFTS = ("--draft",)
"""Words of commands that write files with the texts, which say until when they are embargoed."""
OWN = ("--withheld", "--export")
"""Words of commands that write files with the texts, because somebody asks for just that."""
OUTSIDE = re.compile(r"^(?!room/(?:sources|locales|\.git|\.transflow/repair)/|XDG_STATE_HOME/|.*/verdicts\.db)")
"""Files that are neither the record, nor the user's own drafts and results of checks."""


class Newsroom:
    """A newsroom whose report is under embargo, as are the story and everything made from it."""

    def __init__(self, folder: Path) -> None:
        self.work, self.kept = folder / "work", folder / "kept"
        self.work.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
                patch.setenv(name, str(self.work / name))
            self.room = newsroom(self.work)
        (self.work / "new.tmx").write_text(_another(self.work / "new.tmx"), encoding="utf-8")
        (self.room / "locales/en/memory/new.tmx").write_text(_another(self.work / "new.tmx"), encoding="utf-8")
        report = self.room / "sources" / "flood.md"
        report.write_text(
            report.read_text(encoding="utf-8").replace("embargo: 2024-03-26", f"embargo: {UNTIL}"), "utf-8"
        )
        self.texts = self._texts()
        (self.work / "new.md").write_text(report.read_text(encoding="utf-8"), encoding="utf-8")
        shutil.rmtree(self.room / "build")
        shutil.rmtree(self.work / "XDG_CACHE_HOME")
        git(self.room, "init", "-q")
        git(self.room, "add", "-A")
        git(self.room, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "-qm", "one")
        shutil.copytree(self.work, self.kept)
        self._before = self._stamps()

    def renew(self) -> None:
        """Make a new copy, unless the last command changed nothing."""
        if self._stamps() != self._before:
            shutil.rmtree(self.work)
            shutil.copytree(self.kept, self.work)
            self._before = self._stamps()

    def written(self) -> Iterator[tuple[Path, str]]:
        """Yield path and text of the files that the last command wrote, outside the record."""
        for path, stamp in self._stamps().items():
            if self._before.get(path) != stamp and OUTSIDE.match(path.relative_to(self.work).as_posix()):
                yield path, path.read_bytes().decode("utf-8", "replace")

    def _texts(self) -> re.Pattern[str]:
        """Return a pattern for the first words of each text that is under embargo."""
        catalogs = [each for each in (self.room / "locales").rglob("*.po") if each.name != "glossary.po"]
        found = {match[:14] for each in catalogs for match in re.findall('msg(?:id|str) "(.{14,})"', each.read_text())}
        assert len(found) > 5
        return re.compile("|".join(map(re.escape, sorted(found))))

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        files = (path for path in self.work.rglob("*") if path.is_file() and ".git" not in path.parts)
        return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def _another(memory: Path) -> str:
    """Return a memory that has no sentence of the report."""
    return (
        memory.read_text(encoding="utf-8")
        .replace("다친 사람은 없다.", "비가 왔다.")
        .replace("Nobody was hurt.", "It rained.")
    )


def swept(room: Newsroom, runner: Runner, each: Invocation, *, is_ci: bool) -> None:
    """Run a command, and look for the texts in what it prints in CI, and in what it writes."""
    room.renew()
    _, out = runner.run(room.room, *each.arguments, environment=CI if is_ci else {})
    run = f"SWEEP_SEED={SEED}: {'CI=true ' if is_ci else ''}transflow {each}"
    if is_ci:
        assert not room.texts.search(out), f"{run}: {out}"
    for path, text in room.written():
        if set(OWN) & set(each.arguments):
            continue
        if set(DRAFTS) & set(each.arguments) and ".draft." in path.name:
            assert "March 26, 2099" in text, f"{run}: {path}: {text}"
            continue
        assert not room.texts.search(text), f"{run}: {path}: {text}"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("withheld"))


@pytest.fixture(scope="module")
def runner(room: Newsroom) -> Iterator[Runner]:
    with Runner(room.work) as server:
        yield server


def test_a_sample_gives_no_text_before_its_time(room: Newsroom, runner: Runner) -> None:
    chance = random.Random(SEED)
    for each in chance.sample(list(invocations()), SAMPLE):
        swept(room, runner, each, is_ci=chance.random() < 0.7)


@pytest.mark.parametrize("form", renderers.names())
def test_no_renderer_does_but_in_drafts_that_say_so(room: Newsroom, runner: Runner, form: str) -> None:
    for arguments in (("render", "river", "--format", form), ("render", "river", "--format", form, "--draft")):
        swept(room, runner, Invocation(arguments), is_ci=False)
    assert [path.name for path, _ in room.written()] == [f"river.draft{renderers.load(form).SUFFIX}"]


@pytest.mark.soak
@pytest.mark.timeout(20_000)
@pytest.mark.parametrize("is_ci", [True, False])
def test_no_command_gives_a_text_before_its_time(
    room: Newsroom, runner: Runner, pytestconfig: pytest.Config, is_ci: bool
) -> None:
    for each in share(pytestconfig, f"withheld {is_ci}", list(invocations()), SEED):
        swept(room, runner, each, is_ci=is_ci)
