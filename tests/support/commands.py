"""Commands as people type them, and a project to run them in."""

from __future__ import annotations

import fcntl
import io
import math
import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from transflow.actions.project.people import add_person, init
from transflow.cli import run
from transflow.model.settings import Person, Role

NOW = "2024-03-26T03:00:00Z"
STAFF = (
    Person("jeong", "Jeong Eun Lee", (Role("reporter"),), aliases=("이정은",)),
    Person("claire", "Claire Lee", (Role("translator"),), emails=("claire@example.org",)),
    Person("leejin", "Leejin Jun", (Role("translator"),)),
    Person("eugene", "Eugene Whong", (Role("writer"),)),
    Person("mina", "Mina Park", (Role("editor"),)),
    Person("juno", "Juno Han", (Role("editor"),)),
)
REPORT = """\
---
title: 홍수로 다리 3곳 끊겨
byline: 이정은
date: 2024-03-26
dateline: Riverside
---

강변시 다리 3곳이 5일 밤 끊겼다. 다친 사람은 없다.

시는 6일 복구를 시작했다. 공사는 두 달 걸린다.
"""
"""A report of five units: a headline and two paragraphs of two sentences."""
TEXTS = (
    "Three bridges out in floods",
    "Three bridges failed on the night of the 5th.",
    "Nobody was hurt.",
    "The city began repairs on the 6th.",
    "They take two months.",
)
"""Its translation, in which no check finds an issue."""


class Ran(NamedTuple):
    """The result of a command."""

    code: int
    out: str
    err: str


def new_project(folder: Path, locales: tuple[str, ...] = ("en",)) -> Path:
    """Create a project like `transflow init`, with `STAFF` and the untranslated report `flood`."""
    for name, data in _new_project(locales).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@cache
def _new_project(locales: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of the project, created once."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "room")
        made = init(folder, name="Herald", timezone="Asia/Seoul", locales=locales, source="ko", sample=False, now=NOW)
        for person in STAFF:
            add_person(made, person)
        (folder / "sources" / "flood.md").write_text(REPORT, encoding="utf-8")
        assert transflow(folder, "update", user="claire").code == 0
        return contents(folder)


def office(user: str) -> dict[str, str]:
    """Return variables for a shared computer, where a person says who they are.

    git's e-mail address there belongs to nobody, whatever the clone says.
    """
    value = ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "user.email"), ("GIT_CONFIG_VALUE_0", "office@example.org")
    return dict(value) if user else {}


def transflow(folder: Path, *arguments: str, user: str = "", stdin: bytes | str = b"") -> Ran:
    """Run a command in this process, in a folder, and return its exit code and output.

    `user` is passed as --as, before the command, on a shared computer.
    """
    whole = ["-C", str(folder), *(["--as", user] if user else []), *arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    given = stdin.encode() if isinstance(stdin, str) else stdin
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    try:
        with patch.dict(os.environ, office(user)), redirect_stdout(out), redirect_stderr(err):
            code = run(whole)
    finally:
        sys.stdin = before
    texts = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    return Ran(code, *texts)


def command(*arguments: str) -> list[str]:
    """Return the installed program with its arguments, for `subprocess`."""
    return [str(Path(sys.executable).with_name("transflow")), *arguments]


def program(
    folder: Path, *arguments: str, user: str = "", stdin: str = "", env: Mapping[str, str] | None = None
) -> Ran:
    """Run the installed program in a folder."""
    done = subprocess.run(
        command(*(["--as", user] if user else []), *arguments),
        cwd=folder,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **office(user), **(env or {})},
        check=False,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def in_terminal(
    folder: Path, *arguments: str, user: str = "", answers: Mapping[str, str] | None = None, columns: int = 120
) -> tuple[int, str]:
    """Run the program in a terminal, and type each answer when its question appears, in order.

    Ctrl+C is typed again until the program ends: Python's `input` discards one that arrives while
    it flushes standard error. Return the exit code and everything that was on the screen.
    """
    environment = {**os.environ, **office(user), "TERM": "xterm-256color", "COLUMNS": str(columns), "LANG": "C.UTF-8"}
    own_end, its_end = pty.openpty()
    process = subprocess.Popen(
        command(*(["--as", user] if user else []), *arguments),
        cwd=folder,
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl+C reaches it
    )
    os.close(its_end)
    waiting = list((answers or {}).items())
    screen, end, again = b"", time.monotonic() + 60, math.inf
    try:
        while time.monotonic() < end:
            if select.select([own_end], [], [], 0.05)[0]:
                try:
                    read = os.read(own_end, 65536)
                except OSError:  # the other end is closed
                    break
                screen += read
            if waiting and waiting[0][0].encode() in screen:
                answer = waiting.pop(0)[1]
                os.write(own_end, answer.encode() + b"\n")
                again = time.monotonic() + 1 if answer == "\x03" else math.inf
            if time.monotonic() > again:
                with suppress(OSError):  # it has ended
                    os.write(own_end, b"\x03")
                again += 1
    finally:
        if time.monotonic() >= end:
            process.kill()
        process.wait(timeout=60)
        os.close(own_end)
    return process.returncode, screen.decode("utf-8", "replace")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a project except its cache, for comparisons."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".transflow" not in path.parts and ".git" not in path.parts
    }


def refusal(folder: Path, *arguments: str, user: str = "", code: int = 1) -> str:
    """Run a command that must be refused and change nothing, and return its message."""
    before = contents(folder)
    ran = transflow(folder, *arguments, user=user)
    assert (ran.code, ran.out) == (code, ""), ran
    assert contents(folder) == before
    assert "Traceback" not in ran.err
    return ran.err


def done(folder: Path, *arguments: str, user: str = "", stdin: str = "") -> str:
    """Run a command that must succeed, and return its output."""
    ran = transflow(folder, *arguments, user=user, stdin=stdin)
    assert ran.code == 0, ran
    return ran.out
