"""Names of protected and withheld people in what commands print and write.

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

from support.commands import done
from support.newsrooms import git
from support.shares import share
from support.sweeps import Invocation, Runner, invocations, newsroom

SEED = int(os.environ.get("SWEEP_SEED", "1"))
SAMPLE = 15
ID, SPELLINGS = "claire", "xaviera|quillfeather|이클레"
"""Id of the protected person; and name, addresses, alias and comment of the key."""
WITHHELD = re.compile("leejin", re.IGNORECASE)
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl xaviera@laptop"
ENTRY = f"""name = "Xaviera Quillfeather"
roles = ["translator"]
emails = ["xaviera@example.org"]
aliases = ["이클레"]
keys = ["{KEY}"]

"""
SCREENS = ((), ("story",), ("review",), ("translate",))
EXAMPLES = {("init",), ("help",)}
"""Commands whose output has an example, with the id."""


def commit(room: Path, name: str, address: str) -> None:
    git(room, "add", "-A")
    git(room, "-c", f"user.name={name}", "-c", f"user.email={address}", "commit", "-qm", "Work", "--allow-empty")


class Newsroom:
    """A newsroom that named a translator everywhere, and protected her then; and copies of it."""

    def __init__(self, folder: Path) -> None:
        self.work, self.kept = folder / "work", folder / "kept"
        self.work.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
                patch.setenv(name, str(self.work / name))
            self.room = newsroom(self.work)
            self._name_everywhere()
            self.said = done(self.room, "person", "protect", ID, "--yes", user="mina")
            done(self.room, "credit", "withhold", "leejin", "river", user="mina")
            self._clean()
            done(self.room, "render", "river", "--to", "html", user="mina")
        commit(self.room, "Mina Park", "mina@example.org")
        self.keep()

    def keep(self) -> None:
        """Make copies of the newsroom as it is now."""
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.work, self.kept)
        self._before = self._stamps()

    def renew(self) -> None:
        if self._stamps() != self._before:
            shutil.rmtree(self.work)
            shutil.copytree(self.kept, self.work)

    def written(self) -> Iterator[Path]:
        """Yield the files that the last command wrote."""
        yield from (path for path, stamp in self._stamps().items() if self._before.get(path) != stamp)

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from ((path, path.read_bytes().decode("utf-8", "replace")) for path in self._files())

    def bring_back(self) -> None:
        """Record the old id again, as the merge of an old branch does."""
        (opaque,) = set(re.findall("p-[0-9a-z]{4}", self.said))
        for path in (self.room / "locales").rglob("*.po"):
            text = path.read_text(encoding="utf-8")
            path.write_text(
                re.sub(rf"(?m)^(# @.*){opaque}", rf"\1{ID}", text).replace(f": {opaque} ", f": {ID} "), encoding="utf-8"
            )
        commit(self.room, "Mina Park", "mina@example.org")
        self.keep()

    def _name_everywhere(self) -> None:
        settings = self.room / "transflow.toml"
        text = re.sub("(?m)^#.*(?:laire|이클).*\n", "", settings.read_text(encoding="utf-8"))
        start = text.index(f'id = "{ID}"\n') + len(f'id = "{ID}"\n')
        settings.write_text(text[:start] + ENTRY + text[text.index("[[people]]", start) :], encoding="utf-8")
        done(self.room, "unit", "comment", "flood#2", "Ask claire, or Xaviera Quillfeather.", user="leejin")
        done(self.room, "unit", "ask", "flood#4", "Sure?", "--to", ID, user="mina")
        done(self.room, "unit", "return", "flood#5", "Claire: not so.", user="mina")
        done(self.room, "glossary", "add", "홍수", "flood", "--note", "As CLAIRE and 이클레 say.", user=ID)
        git(self.room, "init", "-q", "-b", "main", "--template=")
        commit(self.room, ID, "xaviera@example.org")
        git(self.room, "branch", "claire-draft")
        git(self.room, "config", "user.name", "Claire")
        git(self.room, "config", "user.email", "xaviera@example.org")
        (self.room / "templates" / "story.css").write_text("/* CLAIRE */ h1 { color: teal }\n", encoding="utf-8")

    def _clean(self) -> None:
        """Do what `person protect` tells people to do."""
        (self.room / "templates" / "story.css").write_text("h1 { color: teal }\n", encoding="utf-8")
        git(self.room, "branch", "-m", "claire-draft", "draft")
        git(self.room, "config", "user.name", "Mina Park")
        git(self.room, "config", "user.email", "mina@example.org")
        import_file = self.work / "new.tmx"  # of another program, outside the project
        import_file.write_text(import_file.read_text(encoding="utf-8").replace(ID, "leejin"), encoding="utf-8")

    def _files(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.work):
            folders[:] = [each for each in folders if each != ".git"]
            yield from (Path(folder, name) for name in names)

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        return {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in self._files()}


def swept(
    room: Newsroom, runner: Runner, each: Invocation, *, terminal: bool = False, is_recorded: bool = False
) -> None:
    """Run a command, and look for the people in what it prints and in the files that it writes.

    The record itself `is_recorded` with the old id.
    """
    room.renew()
    _, out = runner.run(room.room, *each.arguments, terminal=terminal)
    run = f"SWEEP_SEED={SEED}: transflow {each}"
    is_typed = ID in each.arguments or each.arguments[:1] in EXAMPLES
    names = re.compile(SPELLINGS if is_typed else f"{SPELLINGS}|{ID}", re.IGNORECASE)
    assert not names.search(out), f"{run}: {out}"
    for path in room.written():
        if (path.suffix in (".po", ".toml") or ".db" in path.name) and (is_recorded or is_typed):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        assert not names.search(text), f"{run}: {path}: {text}"
        if not path.is_relative_to(room.room / "locales") and "river" in path.name:
            assert not WITHHELD.search(text), f"{run}: {path}: {text}"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("names"))


@pytest.fixture(scope="module")
def runner(room: Newsroom) -> Iterator[Runner]:
    with Runner(room.work) as server:
        yield server


def test_no_file_has_the_name_and_what_cannot_be_cleaned_is_listed(room: Newsroom) -> None:
    names = re.compile(f"{SPELLINGS}|{ID}", re.IGNORECASE)
    assert [path for path, text in room.texts() if names.search(text)] == []
    assert "  templates/story.css:1\n" in room.said
    assert "1 branches or tags have the name" in room.said
    assert "in the files of 1 commits, and as author or committer, or in the message, of 1." in room.said
    assert "git config user.name p-" in room.said
    assert not names.search(room.said)


def test_a_sample_names_nobody(room: Newsroom, runner: Runner) -> None:
    quick = [each for each in invocations() if each.arguments[:1] not in SCREENS]
    for each in random.Random(SEED).sample(quick, SAMPLE):
        swept(room, runner, each)


@pytest.mark.soak
@pytest.mark.timeout(20_000)
def test_no_command_names_anybody(room: Newsroom, runner: Runner, pytestconfig: pytest.Config) -> None:
    for number, each in enumerate(share(pytestconfig, "names", list(invocations()), SEED)):
        swept(room, runner, each, terminal=each.arguments[:1] in SCREENS or number % 2 == 1)


@pytest.mark.soak
@pytest.mark.timeout(20_000)
def test_no_command_prints_an_old_id_that_a_merge_brought_back(
    room: Newsroom, runner: Runner, pytestconfig: pytest.Config
) -> None:
    room.bring_back()
    for each in share(pytestconfig, "names brought back", list(invocations()), SEED):
        swept(room, runner, each, terminal=each.arguments[:1] in SCREENS, is_recorded=True)
