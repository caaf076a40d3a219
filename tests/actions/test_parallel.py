"""Work by several processes, and what Ctrl+C and kills do to `transflow check`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.commands import TEXTS, command, done, new_project
from support.terminals import Terminal
from transflow.actions.parallel import mapped, processors

needs_processors = pytest.mark.skipif(processors() < 2, reason="one processor")
ITEMS = list(range(40))


@needs_processors
class TestMapped:
    def test_other_processes_do_the_work_and_the_results_are_in_order(self) -> None:
        found = list(mapped(lambda number: (number, os.getpid()), ITEMS, 2, 3))
        assert [number for number, _ in found] == ITEMS
        assert os.getpid() not in {process for _, process in found}

    def test_few_items_are_worked_on_here(self) -> None:
        assert set(mapped(lambda _: os.getpid(), ITEMS, 41, 3)) == {os.getpid()}

    def test_a_thread_of_a_server_copies_no_process(self) -> None:
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(lambda: list(mapped(lambda _: os.getpid(), ITEMS, 2, 3))).result()
        assert set(found) == {os.getpid()}

    def test_where_a_process_is_killed_this_one_does_what_is_left(self) -> None:
        here = os.getpid()

        def work(number: int) -> tuple[int, bool]:
            if number == 17 and os.getpid() != here:
                os.kill(os.getpid(), signal.SIGKILL)
            return number, os.getpid() == here

        found = list(mapped(work, ITEMS, 2, 3))
        assert [number for number, _ in found] == ITEMS
        assert found[17] == (17, True)

    def test_an_error_is_raised_after_the_results_before_it(self) -> None:
        def work(number: int) -> int:
            if number == 20:
                raise ValueError(number)
            return number

        results = mapped(work, ITEMS, 2, 4)
        assert [next(results) for _ in range(20)] == ITEMS[:20]
        with pytest.raises(ValueError, match="20"):
            next(results)
        assert children(os.getpid()) == []

    def test_nothing_is_printed_where_the_results_are_not_wanted_any_more(
        self, capfd: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(12):  # the thread of a pool printed a traceback in every third one
            results = mapped(lambda number: str(number) * 200, range(900), 2, 20)
            assert next(results) == "0" * 200
            results.close()  # type: ignore[attr-defined]
        assert capfd.readouterr() == ("", "")

    def test_no_process_is_left_where_the_results_are_not_wanted_any_more(self) -> None:
        results = mapped(lambda _: time.sleep(0.2), ITEMS, 2, 1)
        next(results)
        results.close()  # type: ignore[attr-defined]
        assert children(os.getpid()) == []


def children(process: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [int(each) for each in found]


CATALOGS = 250
CHECK = ("check", "--all", "--hints", "--format", "json")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom of so many catalogs that all processors judge them for seconds."""
    room = new_project(tmp_path_factory.mktemp("many") / "room")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text.replace("3", "4"), user="claire")
    report, catalog = room / "sources" / "flood.md", room / "locales" / "en" / "reports" / "flood.po"
    text = catalog.read_text(encoding="utf-8")
    for number in range(CATALOGS):
        shutil.copy(report, report.with_name(f"flood-{number}.md"))
        own = re.sub(r'msgctxt "(\w{5})\w{3}"', rf'msgctxt "\g<1>{number:03}"', text).replace(
            "X-Report: flood", f"X-Report: flood-{number}"
        )
        catalog.with_name(f"flood-{number}.po").write_text(own, encoding="utf-8")
    return room


@pytest.fixture
def room(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy, with a cache of its own that is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("CI", "TRANSFLOW_NO_CACHE"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(original, tmp_path / "room")
    return tmp_path / "room"


def start(room: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(*CHECK), cwd=room, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def workers(process: int) -> list[int]:
    """Wait for the processes that judge, and return them."""
    end = time.monotonic() + 60
    while len(found := children(process)) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(processes: list[int]) -> bool:
    end = time.monotonic() + 20
    while any(map(is_running, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(is_running, processes))


@pytest.mark.slow
@pytest.mark.timeout(300)
@needs_processors
class TestCheck:
    def test_a_worker_that_is_killed_changes_nothing_of_the_verdict(self, room: Path) -> None:
        whole = ended(start(room))
        shutil.rmtree(os.environ["XDG_CACHE_HOME"])
        process = start(room)
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        assert ended(process) == whole
        assert ended(start(room)) == whole

    def test_ctrl_c_ends_all_and_leaves_terminal_and_cache_whole(self, room: Path) -> None:
        whole = ended(start(room))
        shutil.rmtree(os.environ["XDG_CACHE_HOME"])
        with Terminal(room, *CHECK) as terminal:
            running = workers(terminal.process.pid)
            terminal.type("\x03")
            assert terminal.ended() == 130
            assert "Interrupted." in terminal.said
            assert "Traceback" not in terminal.said
            assert terminal.raw.count(b"\x1b[?25h") >= terminal.raw.count(b"\x1b[?25l")  # the cursor
        assert gone(running)
        assert ended(start(room)) == whole

    def test_two_at_once_give_the_same_verdict(self, room: Path) -> None:
        first, second = [ended(each) for each in (start(room), start(room))]
        assert first == second == ended(start(room))

    def test_a_killed_process_leaves_no_worker(self, room: Path) -> None:
        process = start(room)
        running = workers(process.pid)
        process.kill()
        ended(process)
        assert len(running) > 1
        assert gone(running)
