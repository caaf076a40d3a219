"""Locks: one writer at a time, also after the lock folder is deleted, and clear messages."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from support.commands import command, program, transflow
from transflow.errors import RefusedError
from transflow.project import waiting
from transflow.project.locks import IGNORED, is_held, lock_path, locked

HOLD = """
import sys, time
from pathlib import Path
from transflow.project.locks import locked
with locked(Path(sys.argv[1]), "a.po"):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(root: Path) -> subprocess.Popen[str]:
    """Start another process that holds the lock of a.po until it reads a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def taken_by(root: Path) -> tuple[threading.Thread, threading.Event]:
    """Start a thread that takes the lock of a.po, and return it with an event for success."""
    had = threading.Event()

    def take() -> None:
        with locked(root, "a.po"):
            had.set()

    thread = threading.Thread(target=take)
    thread.start()
    return thread, had


def test_whoever_comes_second_waits_until_the_first_is_done(tmp_path: Path) -> None:
    first = holder(tmp_path)
    thread, had = taken_by(tmp_path)
    assert not had.wait(0.2)
    first.communicate("\n")
    thread.join(30)
    assert had.is_set()


def test_threads_of_one_process_wait_for_each_other_too(tmp_path: Path) -> None:
    with locked(tmp_path, "a.po"):
        thread, had = taken_by(tmp_path)
        assert not had.wait(0.2)
    thread.join(30)
    assert had.is_set()


def test_locks_of_different_files_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with locked(tmp_path, "locales/en/reports/a.po"), locked(tmp_path, "locales/en/reports/b.po"):
        assert is_held(tmp_path, "locales/en/reports/a.po")


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.kill()
    first.wait()
    with locked(tmp_path, "a.po"):
        assert is_held(tmp_path, "a.po")
    for stream in (first.stdin, first.stdout):
        assert stream is not None
        stream.close()


def test_a_lock_is_let_go_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path, "a.po"):
        _ = 1 / 0
    with locked(tmp_path, "a.po"):
        assert is_held(tmp_path, "a.po")
    assert not is_held(tmp_path, "a.po")


# The holder of a lock

WAIT = """
import sys
from pathlib import Path
from transflow.errors import RefusedError
from transflow.project.locks import locked
from transflow.project.waiting import WaitLimits, process
process.command, process.tell = "transflow unit set", lambda text: print(text, flush=True)
try:
    with locked(Path(sys.argv[1]), "a.po", WaitLimits(float(sys.argv[2]), float(sys.argv[3]))):
        print("had it", flush=True)
        if sys.argv[4:]:
            sys.stdin.readline()
except RefusedError as error:
    print(error, flush=True)
    sys.exit(error.exit_code)
"""


def waiter(root: Path, told: float, ended: float, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WAIT, str(root), str(told), str(ended), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_a_wait_is_told_with_who_is_waited_for_and_ends_when_that_is_done(tmp_path: Path) -> None:
    first = holder(tmp_path)
    second = waiter(tmp_path, 0.1, 60)
    assert line_of(second) == f"waiting for a.po, which is in use by process {first.pid} on this machine (transflow).\n"
    first.communicate("\n")
    assert second.communicate()[0] == "\nhad it\n"  # the empty line: the wait is over
    assert second.returncode == 0


def test_a_wait_is_given_up_with_the_way_out(tmp_path: Path) -> None:
    first = waiter(tmp_path, 1, 1, "hold")
    assert line_of(first) == "had it\n"
    second = waiter(tmp_path, 60, 0.2)
    told = second.communicate()[0]
    assert told == (
        f"a.po is in use by process {first.pid} on this machine (transflow unit set). Nothing was written. Do it again when "
        "that is done, or end that process first.\n"
    )
    assert second.returncode == 1
    first.communicate("\n")


def test_a_short_wait_says_nothing(tmp_path: Path) -> None:
    first = holder(tmp_path)
    second = waiter(tmp_path, 60, 60)
    time.sleep(0.1)
    first.communicate("\n")
    assert second.communicate()[0] == "had it\n"


def test_what_a_killed_process_left_in_a_lock_file_holds_nobody_up(tmp_path: Path) -> None:
    first = holder(tmp_path)
    first.kill()
    first.communicate()
    assert lock_path(tmp_path, "a.po").read_text(encoding="utf-8").startswith(f"{first.pid} ")
    assert waiter(tmp_path, 0, 0).communicate()[0] == "had it\n"
    assert lock_path(tmp_path, "a.po").read_bytes() == b""


def test_a_holder_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    first = holder(tmp_path)
    path = lock_path(tmp_path, "a.po")
    heirs = "import fcntl, sys; fcntl.flock(int(sys.argv[1]), fcntl.LOCK_EX); print('held', flush=True); sys.stdin.readline()"
    with path.open("r+b") as file:
        said = file.read()
        first.kill()
        first.communicate()
        heir = subprocess.Popen(
            [sys.executable, "-c", heirs, str(file.fileno())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[file.fileno()],
            text=True,
        )
        assert line_of(heir) == "held\n"
        assert path.read_bytes() == said
    told = waiter(tmp_path, 60, 0).communicate()[0]
    heir.communicate("\n")
    assert f"a program that process {first.pid} started (transflow), which itself is gone" in told


def test_a_lock_of_another_program_is_told_as_such(tmp_path: Path) -> None:
    with locked(tmp_path, "a.po"):
        lock_path(tmp_path, "a.po").write_bytes(b"\x00\xff no number\n" * 100)
        assert "in use by another program." in waiter(tmp_path, 60, 0).communicate()[0]
        lock_path(tmp_path, "a.po").write_bytes(b"1 elsewhere transflow mv\n")
        assert "process 1 on elsewhere (transflow mv)." in waiter(tmp_path, 60, 0).communicate()[0]


def test_a_lock_says_the_command_and_nothing_that_was_typed(room: Path) -> None:
    path = "locales/en/reports/flood.po"
    with locked(room, path):
        process = subprocess.Popen(
            command("-C", str(room), "--as", "claire", "unit", "set", "flood#1", "Secret Name"),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        told = process.stderr.readline()
        holder = f"process {os.getpid()} on this machine ({waiting.process.command})"
        assert told == f"transflow: waiting for {path}, which is in use by {holder}.\n"
        process.kill()
        process.communicate()
    seen = []
    waited = waiting.process.command, waiting.process.tell
    try:
        for arguments in (
            ["unit", "set", "flood#1", "Secret"],
            ["--as", "mina", "replace", "no such text", "Secret", "--yes"],
        ):
            transflow(room, *arguments, user="claire")
            seen.append(waiting.process.command)
    finally:
        waiting.process.command, waiting.process.tell = waited
    assert seen == ["transflow unit set", "transflow replace"]


def test_whoever_is_about_to_end_waits_no_longer(tmp_path: Path) -> None:
    leaving = "from transflow.project.waiting import process; process.end_within(0.1)\n"
    with locked(tmp_path, "a.po"):
        ran = subprocess.run(
            [sys.executable, "-c", leaving + WAIT, str(tmp_path), "60", "60"],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert (ran.returncode, "is in use by" in ran.stdout) == (1, True)


def test_many_processes_that_want_one_lock_all_get_it(tmp_path: Path) -> None:
    waiters = [waiter(tmp_path, 60, 60) for _ in range(6)]
    assert [each.communicate()[0] for each in waiters] == ["had it\n"] * 6


@pytest.mark.soak
def test_a_command_gives_up_after_half_a_minute(room: Path) -> None:
    with locked(room, "locales/en/reports/flood.po"):
        start = time.monotonic()
        ran = program(room, "unit", "set", "flood#1", "Floods", user="claire")
    assert 29 < time.monotonic() - start < 45
    assert ran.code == 1
    assert "Nothing was written. Do it again when that is done" in ran.err


# A deleted lock folder


def forget_locks(root: Path) -> None:
    for path in (root / ".transflow" / "locks").iterdir():
        path.unlink()
    (root / ".transflow" / "locks").rmdir()


def test_whoever_waits_on_a_deleted_lock_tries_again_with_the_new_one(tmp_path: Path) -> None:
    first = holder(tmp_path)
    thread, had = taken_by(tmp_path)
    time.sleep(0.1)  # it waits for the first file, or will find none: both are right
    forget_locks(tmp_path)
    with locked(tmp_path, "a.po"):
        first.communicate("\n")
        assert not had.wait(0.2), "the lock that it got is not the one that everybody else asks for"
    thread.join(30)
    assert had.is_set()


def test_whoever_held_a_deleted_lock_can_see_that_it_is_worth_nothing(tmp_path: Path) -> None:
    with locked(tmp_path, "a.po"):
        forget_locks(tmp_path)
        assert not is_held(tmp_path, "a.po")
        thread, had = taken_by(tmp_path)
        thread.join(30)
        assert had.is_set()
        assert not is_held(tmp_path, "a.po")


def test_a_lock_folder_that_is_deleted_all_the_time_only_delays(tmp_path: Path) -> None:
    over = threading.Event()
    deleted: list[int] = []

    def delete() -> None:
        while not over.is_set():
            for path in (tmp_path / ".transflow" / "locks").glob("*"):
                path.unlink(missing_ok=True)
            try:
                (tmp_path / ".transflow" / "locks").rmdir()
                deleted.append(1)
            except OSError:
                time.sleep(0)

    thread = threading.Thread(target=delete)
    thread.start()
    entered = 0
    try:
        while entered < 100 or not deleted:
            with locked(tmp_path, "a.po"):
                entered += 1
    finally:
        over.set()
        thread.join(30)
    assert not thread.is_alive()
    assert not is_held(tmp_path, "a.po")


# Places without locks


WITHOUT_FLOCK = """
import errno, fcntl, os, sys
from pathlib import Path
def flock(descriptor, how):
    raise OSError(getattr(errno, sys.argv[2]), os.strerror(getattr(errno, sys.argv[2])))
fcntl.flock = flock
from transflow.cli import run
sys.exit(run(["-C", sys.argv[1], "--as", "claire", "unit", "set", "flood#1", "Flood"]))
"""


@pytest.mark.parametrize("reason", ["ENOLCK", "ENOTSUP", "ENOSYS", "EINVAL"])
def test_a_file_system_without_flock_is_refused_with_the_way_out(room: Path, reason: str) -> None:
    before = (room / "locales/en/reports/flood.po").read_bytes()
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_FLOCK, str(room), reason], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "no file locks (flock)" in ran.stderr
    assert "share it through git" in ran.stderr
    assert (room / "locales/en/reports/flood.po").read_bytes() == before


def test_a_cache_folder_that_is_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "room"
    root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (root / ".transflow").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="symbolic link"), locked(root, "a.po"):
        pass
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("what", [".transflow/locks", ".transflow/locks/a.po.lock"])
def test_a_link_further_down_is_refused_too(tmp_path: Path, what: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / what).parent.mkdir(parents=True)
    (tmp_path / what).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="cannot be used") as error, locked(tmp_path, "a.po"):
        pass
    assert error.value.exit_code == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_pipe_in_place_of_a_lock_is_named(tmp_path: Path) -> None:
    path = lock_path(tmp_path, "x")
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    with pytest.raises(RefusedError, match="it is no ordinary file"), locked(tmp_path, "x"):
        pass


def test_a_file_in_place_of_the_cache_folder_is_an_error_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / ".transflow").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match="Not a directory"), locked(tmp_path, "a.po"):
        pass
    assert (tmp_path / ".transflow").read_text(encoding="utf-8") == "mine"


def test_a_project_that_is_gone_is_an_error_and_no_endless_wait(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="No such file"), locked(tmp_path / "gone", "a.po"):
        pass


# Lock files are hidden from git


def test_the_cache_folder_keeps_itself_out_of_git(tmp_path: Path) -> None:
    with locked(tmp_path, "a.po"):
        pass
    assert (tmp_path / ".transflow" / ".gitignore").read_text(encoding="utf-8") == IGNORED
    assert lock_path(tmp_path, "locales/en/a.po").parent == lock_path(tmp_path, "a.po").parent
