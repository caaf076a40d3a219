"""Calls of git: programs that a clone names are never run, and a refused repository is reported."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import done, new_project, program, transflow
from support.newsrooms import git, quiet_git
from support.terminals import Terminal
from support.traps import Traps, committed, embedded, set_traps
from transflow.errors import TransflowError
from transflow.project import git as door
from transflow.project import git_command

LOOKING = (
    ("status",),
    ("check",),
    ("check", "--all"),
    ("check", "--format", "github"),
    ("check", "--changed-since", "HEAD"),
    ("stats",),
    ("stats", "--by", "story"),
    ("stats", "--by", "engine"),
    ("repair", "--dry-run"),
    ("repair",),
    ("queue",),
    ("unit", "show", "flood", "--format", "json"),
    ("unit", "show", "flood#2"),
    ("unit", "claim", "flood#2"),
    ("update",),
    ("memory", "find", "다리"),
    ("glossary", "list"),
    ("redact", "끊겼다", "--dry-run", "--yes"),
    ("git", "setup"),
    ("--plain",),
)


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    return Traps(tmp_path / "traps")


def looked_at(folder: Path) -> dict[tuple[str, ...], int]:
    """Run every reading command in a folder, and return the exit codes."""
    codes = dict[tuple[str, ...], int]()
    for arguments in LOOKING:
        ran = transflow(folder, *arguments, user="mina", stdin=b"q\n")
        assert ran.code != 2 or "Usage" not in ran.err, (arguments, ran.err)
        assert "Traceback" not in ran.err, (arguments, ran.err)
        codes[arguments] = ran.code
    return codes


class TestAClonesOwnConfiguration:
    def test_the_traps_are_real(self, tmp_path: Path, traps: Traps) -> None:
        clone = committed(tmp_path / "room")
        set_traps(clone, traps)
        for arguments in (("status",), ("log", "-1"), ("log", "-p", "--ext-diff"), ("log", "-G", "x", "--oneline")):
            git(clone, *arguments, fails=None)
        git(clone, "cat-file", "-p", "1" * 40, fails=None)
        assert traps.went_off() >= {"fsmonitor", "gpg", "clean", "process", "textconv", "external", "remote"}

    def test_runs_nothing(self, tmp_path: Path, traps: Traps) -> None:
        clone = committed(tmp_path / "room")
        set_traps(clone, traps)
        codes = looked_at(clone)
        assert traps.went_off() == set()
        assert {codes[name,] for name in ("status", "stats", "queue", "update")} == {0}

    def test_runs_nothing_on_the_screen(self, tmp_path: Path, traps: Traps) -> None:
        clone = committed(tmp_path / "room")
        set_traps(clone, traps)
        with Terminal(clone, "review", "flood", user="mina", env=quiet_git()) as terminal:
            terminal.wait_for("강변시")
            terminal.read(0.3)
        assert traps.went_off() == set()

    def test_runs_nothing_from_a_folder_that_looks_like_a_bare_repository(self, tmp_path: Path, traps: Traps) -> None:
        project = embedded(tmp_path / "clone", traps)
        git(project, "status", fails=None)
        assert "fsmonitor" in traps.went_off()
        for path in traps.marks.iterdir():
            path.unlink()
        looked_at(project)
        assert traps.went_off() == set()

    def test_says_why_such_a_folder_has_no_history(self, tmp_path: Path, traps: Traps) -> None:
        project = embedded(tmp_path / "clone", traps)
        for arguments in (("stats",), ("git", "setup"), ("check", "--changed-since", "HEAD")):
            ran = transflow(project, *arguments, user="mina")
            assert (ran.code, ran.out) == (3, "")
            assert "looks like a bare repository" in ran.err

    def test_holds_for_a_git_that_knows_nothing_of_it(
        self, tmp_path: Path, traps: Traps, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project = embedded(tmp_path / "clone", traps)
        monkeypatch.setattr(git_command, "_SAFE_OPTIONS", ())
        with pytest.raises(git_command.UntrustedRepositoryError):
            door.is_inside(project / "locales")
        (project / "objects").rename(project / "elsewhere")
        (project / "refs").rename(project / "others")
        (project / "commondir").write_text(".\n")
        with pytest.raises(git_command.UntrustedRepositoryError):
            door.is_inside(project)
        assert traps.went_off() == set()


@pytest.mark.parametrize("time", ["999999999999999", "18446744073709551614", "-5", "yesterday"])
def test_a_time_that_no_clock_says_ends_no_command(tmp_path: Path, time: str) -> None:
    clone = committed(tmp_path / "clone")
    path = tmp_path / "commit"
    path.write_text(re.sub(r"> [0-9]+ ", f"> {time} ", git(clone, "cat-file", "commit", "HEAD")))
    name = git(clone, "hash-object", "--literally", "-t", "commit", "-w", str(path)).strip()
    git(clone, "update-ref", "HEAD", name)
    assert transflow(clone, "stats", "--month", "2026-11", user="mina").code == 0
    times = {each.committed for each in door.history(clone, "locales")}
    assert {time[:4] for time in times} > {"0001"}


@pytest.mark.parametrize(
    "name", ["HEAD", "config", "index", "packed-refs", "shallow", "refs/heads/x", "objects/aa/x", "info/exclude"]
)
def test_a_pipe_in_a_repository_is_not_waited_for(tmp_path: Path, name: str) -> None:
    clone = committed(tmp_path / "clone")
    (clone / ".git" / name).unlink(missing_ok=True)
    (clone / ".git" / name).parent.mkdir(exist_ok=True)
    os.mkfifo(clone / ".git" / name)
    git_command._check_no_pipe.cache_clear()  # each command is a process of its own
    for arguments in (("stats",), ("git", "setup")):
        ran = transflow(clone, *arguments, user="mina")
        assert (ran.code, "is a pipe, for which git would wait" in ran.err) == (3, True), (arguments, ran)
    assert transflow(clone, "check", "--all", user="mina").code != 70


def test_a_repository_of_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = committed(tmp_path / "clone")
    (clone / ".git/info/exclude").touch()
    os.truncate(clone / ".git/info/exclude", 2**36)
    git_command._check_no_pipe.cache_clear()
    assert "is larger than 16 MB" in transflow(clone, "stats", user="mina").err
    (clone / ".git/info/exclude").unlink()
    monkeypatch.setattr(git_command, "MOST_OUTPUT", 1_000)
    with pytest.raises(git_command.GitError, match="git log: it answers with more than"):
        git_command.run_bytes(clone, "log", "-p")


class TestMissingObjects:
    def test_of_a_partial_clone_are_not_fetched_but_named(self, tmp_path: Path) -> None:
        full = committed(tmp_path / "full")
        git(full, "config", "uploadpack.allowFilter", "true")
        git(full, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{full}", "part")
        with pytest.raises(TransflowError, match="partial"):
            list(door.versions(tmp_path / "part", "locales/en/reports/flood.po"))
        ran = transflow(tmp_path / "part", "check", "--all", "--changed-since", "HEAD^", user="mina")
        assert (ran.code, ran.out) == (2, "")
        assert "git fetch --refetch" in ran.err


class TestSomebodyElsesRepository:
    @pytest.fixture
    def foreign(self, tmp_path: Path) -> Path:
        if os.geteuid():
            pytest.skip("only root can give a folder to somebody else")
        clone = committed(tmp_path / "room")
        os.chown(clone / ".git", 12345, 12345)
        return clone

    def test_is_named_with_the_way_out(self, foreign: Path) -> None:
        for arguments in (("stats",), ("git", "setup"), ("check", "--changed-since", "HEAD"), ("check", "--all")):
            ran = program(foreign, *arguments, user="mina")
            assert (ran.code, ran.out) == (3, "")
            assert "safe.directory" in ran.err

    def test_does_not_keep_anybody_from_working(self, foreign: Path) -> None:
        done(foreign, "status", user="mina")
        done(foreign, "unit", "set", "flood#3", "Nobody was hurt.", user="claire")
        assert transflow(foreign, "check", "--format", "github", user="mina").code == 0

    def test_is_asked_where_the_user_trusts_it(self, foreign: Path, tmp_path: Path) -> None:
        settings = tmp_path / "trusting"
        settings.write_text(f"[safe]\n\tdirectory = {foreign}\n")
        ran = program(
            foreign, "check", "--changed-since", "HEAD", user="mina", env={"GIT_CONFIG_GLOBAL": str(settings)}
        )
        assert ran.code == 0, ran.err

    def test_is_refused_here_where_git_is_too_old_to(self, foreign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(git_command, "version", lambda: (2, 34, 1))
        with pytest.raises(git_command.UntrustedRepositoryError, match="belongs to somebody else"):
            door.is_inside(foreign)


class TestTheEnvironment:
    def test_says_only_where_things_are(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, traps: Traps) -> None:
        clone = committed(tmp_path / "room")
        (clone / "git").write_text(f"#!/bin/sh\ntouch {traps.marks}/git\n")
        (clone / "git").chmod(0o755)
        monkeypatch.chdir(clone)
        monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
        for name in ("GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_PAGER", "GIT_PROXY_COMMAND"):
            monkeypatch.setenv(name, str(traps.program))
        monkeypatch.setenv("GIT_DIR", ".git")
        monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
        assert len(list(door.versions(clone, "locales/en/reports/flood.po"))) == 2
        assert traps.went_off() == set()


def tree_and_disk(clone: Path) -> set[str]:
    names = door.committed_blobs(clone, "locales")
    return {path for path, name in names.items() if not door.has_blob_id(name, (clone / path).read_bytes())}


class TestWhatIsNotCommitted:
    @pytest.mark.parametrize("form", ["sha1", "sha256"])
    def test_is_told_without_the_programs_of_filters(self, tmp_path: Path, form: str) -> None:
        clone = new_project(tmp_path / "room")
        git(clone, "init", "-q", f"--object-format={form}")
        git(clone, "add", "-A")
        git(clone, "-c", "user.name=C", "-c", "user.email=c@x", "commit", "-qm", "one")
        path = clone / "locales" / "en" / "reports" / "flood.po"
        assert tree_and_disk(clone) == set()
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        assert tree_and_disk(clone) == set()
        path.write_bytes(path.read_bytes() + b"\n")
        assert tree_and_disk(clone) == {"locales/en/reports/flood.po"}


def questions() -> list[Callable[[Path], object]]:
    return [door.is_inside, door.prefix, door.user_email, lambda folder: list(door.history(folder, "locales"))]


@pytest.mark.parametrize("asked", questions())
def test_a_folder_outside_git_simply_has_no_answer(tmp_path: Path, asked: Callable[[Path], object]) -> None:
    assert not asked(tmp_path)
