"""A terminal that is closed ends the program, without losing a draft."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.commands import command, new_project
from support.screens import played, running, said, unit_of, until, with_work_left
from support.terminals import Terminal
from transflow.presenters.journal import Journal
from transflow.project.locks import locked
from transflow.user_folders import drafts_folder

LONGEST = 5.0
"""Seconds within which a program without a terminal ends."""


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return a state folder of the test, for the program and for this process."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return {"XDG_STATE_HOME": str(tmp_path / "state")}


def typing(root: Path, env: dict[str, str], text: str = "Zqx") -> Terminal:
    """Open Translate in a terminal, and type a text long enough ago for the journal to have it."""
    terminal = Terminal(root, "translate", "un-letter#4", user="claire", env=env)
    terminal.wait_for("words left")
    terminal.wait_for("F1")
    terminal.type("e")
    terminal.type(text)
    terminal.wait_for(text)
    time.sleep(0.3)
    return terminal


def draft(root: Path) -> str:
    journal = Journal(drafts_folder(root) / "claire")
    found = journal.get("locales/en/reports/un-letter.po", unit_of(root, 4).id)
    journal.close()
    return found.text if found else ""


def threads_of(terminal: Terminal) -> list[str]:
    """Return the system call that each thread of the program waits in, if the system tells them."""
    return [
        (each / "syscall").read_text(encoding="utf-8") for each in Path(f"/proc/{terminal.process.pid}/task").glob("*")
    ]


def readers_in(terminal: Terminal) -> int:
    """Return how many threads wait for a file; an idle thread of a pool waits for a lock."""
    futex = {"x86_64": "202", "aarch64": "98"}.get(platform.machine(), "")
    return sum(not each.startswith((futex, "running")) for each in threads_of(terminal))


def soon(holds: Callable[[], bool], seconds: float = LONGEST) -> bool:
    """Return whether something holds within some seconds."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def gone_within(terminal: Terminal, seconds: float = LONGEST) -> float:
    start = time.monotonic()
    try:
        terminal.process.wait(seconds + 20)
    except subprocess.TimeoutExpired:
        threads = threads_of(terminal)
        raise AssertionError(threads) from None
    return time.monotonic() - start


def rarely(*endings: str) -> list[Any]:
    return [pytest.param(each, marks=pytest.mark.soak) for each in endings]


class TestTheScreen:
    @pytest.mark.parametrize(
        "ending",
        [
            "hang-up and on",
            *rarely("closed", "told nothing", "SIGTERM"),
        ],
    )
    def test_ends_with_its_terminal_and_keeps_the_draft(self, sample: Path, env: dict[str, str], ending: str) -> None:
        with_work_left(sample)
        with typing(sample, env) as terminal:
            if ending == "hang-up and on":  # the kernel's signal for every closed terminal, many times over
                for _ in range(20):
                    terminal.process.send_signal(signal.SIGCONT)
            if ending == "told nothing":
                terminal.process.send_signal(signal.SIGSTOP)
            if ending == "SIGTERM":
                terminal.process.terminate()
            else:
                terminal.hang_up()
            if ending == "told nothing":
                terminal.process.send_signal(signal.SIGCONT)
            assert gone_within(terminal) < LONGEST
            assert terminal.process.returncode in (128 + signal.SIGHUP, 128 + signal.SIGTERM)
        assert draft(sample) == "Zqx"

    def test_ends_where_a_step_waits_for_a_lock(self, sample: Path, env: dict[str, str]) -> None:
        with_work_left(sample)
        with locked(sample, "locales/en/reports/un-letter.po"), typing(sample, env) as terminal:
            terminal.type("\x13")
            time.sleep(0.3)
            terminal.hang_up()
            assert gone_within(terminal) < LONGEST
        assert draft(sample) == "Zqx"
        assert unit_of(sample, 4).target == ""

    def test_goes_on_after_a_stop_with_one_thread_that_reads(self, sample: Path, env: dict[str, str]) -> None:
        with_work_left(sample)
        with typing(sample, env) as terminal:
            before = readers_in(terminal)
            for _ in range(3):
                terminal.process.send_signal(signal.SIGSTOP)
                terminal.process.send_signal(signal.SIGCONT)
                terminal.wait_for("Zqx")
            terminal.type_until_shown("ŵ")  # a terminal may drop text that is typed while the program continues
            assert soon(lambda: readers_in(terminal) == before), threads_of(terminal)
            terminal.type("\x11")
            assert terminal.ended() == 0
        assert draft(sample).rstrip("ŵ") == "Zqx" != draft(sample)

    def test_says_who_holds_a_lock_and_stays_alive(self, sample: Path) -> None:
        with_work_left(sample)

        async def play() -> None:
            async with running(sample, "translate", "un-letter#4") as pilot:
                with locked(sample, "locales/en/reports/un-letter.po"):
                    await pilot.press("e", "Z", "q", "ctrl+s")
                    await until(pilot, lambda: "which is in use by process" in said(pilot))
                    assert f"process {os.getpid()} on this machine" in said(pilot)
                await until(pilot, lambda: unit_of(sample, 4).target == "Zq")

        played(play())


class TestPrompts:
    @pytest.mark.parametrize("ending", ["closed", *rarely("SIGHUP", "SIGTERM")])
    def test_end_with_their_terminal_and_keep_what_is_typed(
        self, sample: Path, env: dict[str, str], ending: str
    ) -> None:
        with_work_left(sample)
        with Terminal(sample, "--plain", "translate", "un-letter#4", user="claire", env=env) as terminal:
            terminal.wait_for("Text:")
            terminal.type("Zqx")
            terminal.wait_for("Zqx")
            time.sleep(0.5)
            if ending == "closed":
                terminal.hang_up()
            else:
                for _ in range(3):  # both the kernel and the shell report a closed terminal
                    terminal.process.send_signal(signal.Signals[ending])
            assert gone_within(terminal) < LONGEST
        assert draft(sample) == "Zqx"

    def test_end_where_their_input_ends(self, room: Path, env: dict[str, str]) -> None:
        ran = subprocess.run(
            command("-C", str(room), "--as", "claire", "--plain"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, **env},
            timeout=30,
            check=False,
        )
        assert ran.returncode == 0

    def test_of_commands_end_with_their_terminal(self, tmp_path: Path) -> None:
        room = new_project(tmp_path / "room")
        before = (room / "transflow.toml").read_bytes()
        with Terminal(room, "person", "protect", "jeong", user="mina") as terminal:
            terminal.wait_for("for good?")
            terminal.hang_up()
            assert gone_within(terminal) < LONGEST
        assert (room / "transflow.toml").read_bytes() == before


@pytest.mark.soak
def test_a_hundred_closed_terminals_leave_nobody_behind(sample: Path, env: dict[str, str]) -> None:
    with_work_left(sample)
    busy = [subprocess.Popen(["nice", "sh", "-c", "while :; do :; done"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        for number in range(20):
            terminals = [Terminal(sample, "translate", "un-letter#4", user="claire", env=env) for _ in range(5)]
            for terminal in terminals:
                terminal.wait_for("F1", seconds=120)
            for each in terminals:
                each.hang_up()
            assert max(map(gone_within, terminals)) < LONGEST, number
    finally:
        for loop in busy:
            loop.kill()
            loop.wait()
