"""People who share a newsroom with `transflow sync` beside their own git, also killed."""

from __future__ import annotations

import atexit
import os
import random
import shutil
import signal
import sys
import tempfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

from support.newsrooms import SLUG, Clone, cloned, newsroom
from transflow.project import writes
from transflow.sync import committing, syncing
from transflow.sync.clone import open_clone
from transflow.sync.committing import Committed
from transflow.sync.syncing import Exchange

_CHANGES = {"os.rename", "os.remove", "os.link", "subprocess.Popen", "os.symlink", "os.mkdir", "os.rmdir"}


class Sharer:
    """A person with a clone, who knows `transflow sync` and, sometimes, git."""

    def __init__(self, clone: Clone) -> None:
        self.clone, self.who = clone, clone.who
        self.git, self.targets, self.root = clone.git, clone.targets, clone.root
        self._minute = 0

    def write(self, number: int, text: str, minute: int = 0, who: str = "") -> None:
        """Confirm a text. It is later than the last one, unless a minute is given."""
        self._minute = minute or self._minute + 1
        writes.write_as(who or self.who)
        self.clone.write(f"{SLUG}#{number}", text, self._minute, who)

    def approve(self, number: int, minute: int) -> None:
        writes.write_as(self.who)
        self.clone.approve(f"{SLUG}#{number}", minute, self.who)

    def sync(self) -> Exchange:
        writes.write_as(self.who)
        return syncing.exchange(open_clone(self.clone.project), self.who)

    def commit(self) -> Committed:
        return committing.commit(open_clone(self.clone.project), self.who)

    def status(self) -> str:
        return self.git("status", "--porcelain", "--branch").partition("\n")[2]

    def edit(self, old: str, new: str) -> None:
        """Change the catalog with another program."""
        path = self.clone.path()
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    def texts(self) -> set[str]:
        """Return all texts that the catalog has, also those that stand beside another one."""
        units = self.clone.load().units
        return {text for unit in units for text in (unit.target, *(each.text for each in unit.conflicts)) if text}

    def is_killed(self, step: int) -> bool:
        """Exchange in a process that is killed before its nth change; return whether it was."""
        sys.stdout.flush()
        child = os.fork()
        if not child:
            try:
                die_before(step)
                self.sync()
            except BaseException:  # noqa: BLE001 - the process ends here
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, -signal.SIGKILL)
        return code != 0


def die_before(step: int) -> None:
    """Kill this process before its nth change of the disk, or start of a program."""
    left = step

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        is_writing = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND)
        if event in _CHANGES or is_writing:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


@lru_cache(maxsize=1)
def _original() -> Path:
    """Make a newsroom with clones of some people, who exchanged once."""
    folder = Path(tempfile.mkdtemp(prefix="shared-newsroom-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    origin, claire = newsroom(folder)
    for each in (claire, *(cloned(origin, folder / who, who, driver=False) for who in ("leejin", "mina"))):
        Sharer(each).sync()
    return folder


def shared_newsroom(folder: Path, *others: str) -> tuple[Sharer, ...]:
    """Return claire and others, of leejin and mina, who all exchanged once."""
    for name in ("origin.git", "claire", *others):
        shutil.copytree(_original() / name, folder / name, symlinks=True)
        config = folder / name / ("config" if name == "origin.git" else ".git/config")
        config.write_text(config.read_text(encoding="utf-8").replace(str(_original()), str(folder)), encoding="utf-8")
    return tuple(Sharer(Clone(folder / who, who)) for who in ("claire", *others))


def settle(*people: Sharer) -> None:
    """Exchange until all have the same."""
    for _ in range(2):
        for each in people:
            each.sync()
    assert len({each.git("rev-parse", "HEAD") for each in people}) == 1
    assert [each.status() for each in people] == [""] * len(people)


def first_authors(clone: Sharer) -> dict[str, str]:
    """Return text -> the addresses of author and co-authors of the commit that has it first."""
    found: dict[str, str] = {}
    log = "--format=%H %ae %(trailers:key=Co-authored-by,valueonly,separator=%x20)"
    for line in clone.git("log", "--reverse", "--topo-order", "--no-merges", log).splitlines():
        commit, _, author = line.partition(" ")
        shown = clone.git("show", f"{commit}:locales/en/reports/{SLUG}.po", fails=None)
        for text in shown.split('"')[1::2]:
            found.setdefault(text, author)
    return found


class Day:
    """Random work of some people: each writes, exchanges and uses git as people do."""

    def __init__(self, seed: int, *people: Sharer) -> None:
        self.random, self.people = random.Random(seed), people
        self.written: dict[str, str] = {}
        """Text -> who wrote it."""
        self.replaced: set[str] = set()
        """Texts that somebody had before them when they wrote another one in their place."""
        self.done: Counter[str] = Counter()

    def run(self, rounds: int) -> None:
        for number in range(rounds):
            person = self.random.choice(self.people)
            act = self.random.choice(["write", "write", "write", "sync", "sync", "commit", "stash", "rebase", "add"])
            self.done[act] += 1
            getattr(self, f"_{act}")(person, number)

    def lost(self) -> dict[str, str]:
        """Return the texts that nobody replaced and that are in no commit of their writers."""
        authors = first_authors(self.people[0])
        return {
            text: authors.get(text, "")
            for text, who in self.written.items()
            if f"{who}@example.org" not in authors.get(text, "") and (text in authors or text not in self.replaced)
        }

    def _write(self, person: Sharer, number: int) -> None:
        text = f"{person.who} wrote {number}."
        units = person.clone.load().units
        chosen = self.random.choice([place for place, unit in enumerate(units, 1) if not unit.conflicts] or [1])
        self.replaced.add(units[chosen - 1].target)
        person.write(chosen, text, 10 + number)
        self.written[text] = person.who

    def _sync(self, person: Sharer, _: int) -> None:
        person.sync()

    def _commit(self, person: Sharer, number: int) -> None:
        person.git("commit", "-aqm", f"by hand {number}", fails=None)

    def _add(self, person: Sharer, number: int) -> None:
        note = person.root / "notes.txt"
        note.write_text(f"{number}\n", encoding="utf-8")
        person.git("add", "notes.txt")
        self._write(person, number)
        person.git("commit", "-qm", f"a note {number}")
        note.unlink()
        person.git("rm", "-q", "notes.txt")
        person.git("commit", "-qm", f"no note {number}")

    def _stash(self, person: Sharer, number: int) -> None:
        if "No local changes" not in person.git("stash"):
            self._write(person, number)
            person.git("commit", "-aqm", f"beside the stash {number}")
            person.git("stash", "pop", fails=None)
            if "UU" in person.git("status", "--porcelain"):
                person.git("add", "-A")
                person.git("stash", "drop")
            person.git("reset", "-q")

    def _rebase(self, person: Sharer, _: int) -> None:
        if not person.git("status", "--porcelain"):
            person.git("pull", "--rebase", "-q", fails=None)
            while (person.root / ".git/rebase-merge").exists():
                person.git("add", "-A")
                person.git("rebase", "--continue", fails=None)
