"""Clones of one repository: real git, at the simulated time, with the merge driver in this process.

git starts the driver as a program. Here that program only passes its arguments on through a pipe,
and waits for the exit code of the real driver, which runs in a thread of the simulation.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simulation.world import Clock
from support.newsrooms import quiet_git
from transflow.actions import Actor
from transflow.actions.project.git_merge import merge_files
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

_SCRIPT = """printf '%s\\n' "$PWD" "$@" "$(env | grep ^GITHEAD_ | head -1)" > "$0.in"
read -r code < "$0.out"
[ "$code" = kill ] && exec kill -KILL -- -"$(ps -o pgid= -p $$ | tr -d ' ')"
exit "$code"
"""
_TEXT_MERGE = "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B"


class Driver:
    """The merge driver, which all clones share."""

    def __init__(self, folder: Path) -> None:
        self.script = folder / "driver.sh"
        self.script.write_text(_SCRIPT, encoding="utf-8")
        self.merges = 0
        self.kill_at = -1
        """Number of files that git may still merge before it is killed; -1 for any number."""
        self.errors: list[BaseException] = []

    @property
    def command(self) -> str:
        # As in the real one: an exit status that is neither 0 nor 1 makes git's own merge run.
        return f"sh {self.script} %O %A %B %P; s=$?; if [ $s -gt 1 ]; then {_TEXT_MERGE}; s=1; fi; exit $s"

    @contextmanager
    def running(self) -> Iterator[None]:
        pipes = [self.script.with_name(f"{self.script.name}.{end}") for end in ("in", "out")]
        for each in pipes:
            os.mkfifo(each)
        thread = threading.Thread(target=self._serve, args=pipes, daemon=True)
        thread.start()
        try:
            yield
        finally:
            pipes[0].write_text("quit\n", encoding="utf-8")
            thread.join()

    def _serve(self, requests: Path, answers: Path) -> None:
        while (lines := requests.read_text(encoding="utf-8").splitlines()) != ["quit"]:
            folder, *names = lines
            code = self._merged(Path(folder), names)
            with suppress(BrokenPipeError):
                answers.write_text(f"{code}\n", encoding="utf-8")

    def _merged(self, folder: Path, names: list[str]) -> str:
        if self.kill_at == 0:
            return "kill"
        self.kill_at -= self.kill_at > 0
        self.merges += 1
        base, ours, theirs = (folder / name for name in names[:3])
        try:
            return "1" if merge_files(base, ours, theirs, names[3], is_ancestor=bool(names[4])).conflict else "0"
        except UnreadableError:
            return "3"
        except BaseException as error:  # noqa: BLE001 - the simulation reports it
            self.errors.append(error)
            return "3"


class Clone:
    """A person's clone, or that of a machine."""

    def __init__(self, root: Path, who: str, clock: Clock, driver: Driver, *, has_driver: bool = True) -> None:
        self.root, self.who, self.clock, self.driver = root, who, clock, driver
        self.has_driver = has_driver
        """False for somebody who never ran `transflow git setup`: git merges catalogs as texts."""
        self.aliases: dict[str, str] = {}
        self.acts_as = who
        self.skew = 0
        """Seconds by which the clock of this machine is ahead."""
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        if self._project is None:
            self._project = Project(self.root)
        return self._project

    def forget_settings(self) -> None:
        self._project = None

    def actor(self, who: str = "") -> Actor:
        known, name = self.project.settings.person, who or self.acts_as
        person = known(name) or known(self.aliases.get(name, ""))
        assert isinstance(person, Person)
        self.clock.advance(7)
        return Actor(self.project, person, self.clock.stamp(self.skew))

    # Catalogs

    def place(self, name: str) -> CatalogRef:
        return self.project.find_catalog(name)

    def load(self, name: str) -> Catalog:
        return self.project.load(self.place(name))

    def path(self, name: str) -> Path:
        return self.root / self.place(name).path

    def unit(self, name: str, number: int) -> Unit:
        return self.load(name).units[number - 1]

    # git

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run git at the simulated time, in a group of processes of its own if it may be killed."""
        times = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), self.clock.stamp())
        return subprocess.run(
            ["git", *arguments], cwd=self.root, env=quiet_git() | times, capture_output=True, text=True,
            encoding="utf-8", check=False, start_new_session=self.driver.kill_at >= 0,
        )  # fmt: skip

    def git(self, *arguments: str, fails: bool | None = False) -> str:
        done = self.run(*arguments)
        said = done.stdout + done.stderr
        assert fails is None or bool(done.returncode) == fails, f"git {' '.join(arguments)}: {said}"
        return done.stdout

    @property
    def head(self) -> str:
        return tip(self.root / ".git")

    def has_commit(self, commit: str) -> bool:
        """Return whether a commit is in the history of this clone."""
        return self.run("merge-base", "--is-ancestor", commit, "HEAD").returncode == 0

    def commit(self, message: str) -> bool:
        """Commit everything. Return whether there was something to commit."""
        self.git("add", "-A")
        return self.run("commit", "-q", "-m", message).returncode == 0

    def is_merging(self) -> bool:
        return (self.root / ".git" / "MERGE_HEAD").exists()

    def is_rebasing(self) -> bool:
        return any((self.root / ".git" / name).exists() for name in ("rebase-merge", "rebase-apply"))

    def conflicted(self) -> list[str]:
        return self.git("diff", "--name-only", "--diff-filter=U").split()

    def recover(self) -> None:
        """Clean up after git was killed. Everything was committed before."""
        for lock in (self.root / ".git").rglob("*.lock"):
            lock.unlink()
        self.git("reset", "-q", "--hard", "HEAD")
        self.git("clean", "-qfd")


def tip(repository: Path) -> str:
    """Return the commit of the main branch: git keeps it in a file until it packs."""
    return (repository / "refs/heads/main").read_text(encoding="ascii").strip()


def new_repository(folder: Path, write: Callable[[Path], None], clock: Clock, driver: Driver) -> Path:
    """Create a bare repository with one commit that has the files that `write` writes."""
    origin, first = folder / "origin.git", Clone(folder / "first", "mina", clock, driver)
    first.root.mkdir()
    first.git("init", "-q", "-b", "main")
    write(first.root)
    _configure(first, has_driver=True)
    first.commit("begin")
    first.git("init", "-q", "--bare", "-b", "main", str(origin))
    first.git("push", "-q", str(origin), "main")
    return origin


def clone(origin: Path, root: Path, who: str, clock: Clock, driver: Driver, *, has_driver: bool = True) -> Clone:
    made = Clone(root, who, clock, driver, has_driver=has_driver)
    subprocess.run(["git", "clone", "-q", str(origin), str(root)], env=quiet_git(), check=True)
    _configure(made, has_driver=has_driver)
    return made


def _configure(made: Clone, *, has_driver: bool) -> None:
    lines = [
        "[user]", f"name = {made.who}", f"email = {made.who}@example.org", "[gc]", "auto = 0", "[maintenance]",
        "auto = false", "[core]", "fsync = none", "[commit]", "gpgsign = false", '[remote "origin"]',
        "url = ../origin.git",  # git writes it into the messages of merges
    ]  # fmt: skip
    if has_driver:
        command = made.driver.command.replace("\\", "\\\\").replace('"', '\\"')
        lines += ['[merge "transflow"]', "name = transflow", f'driver = "{command}"']
    config = made.root / ".git" / "config"
    text = "".join(line for line in config.read_text(encoding="utf-8").splitlines(True) if "url = " not in line)
    config.write_text(text + "\n".join([*lines, ""]), encoding="utf-8")
