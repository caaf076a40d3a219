"""Speed, as ratios side by side in one run: `make bench`, or `python -m bench NAME…` for some.

Every module here but `segment` (which measures quality on a folder of text) has `measure() -> Iterator[Figure]`. Figures are
ratios of CPU time (of time, where one side uses several processors), taken in turns in the same run, because machines are
shared and noisy.
"""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SCRATCH = Path(".bench")
"""Where projects to measure on are made; may be deleted at any time."""


class Figure(NamedTuple):
    """One line of the table. `ratio` is what is judged: at most `wanted`, or at least, by `at_least`."""

    what: str
    ratio: float
    wanted: float
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        return self.ratio >= self.wanted if self.at_least else self.ratio <= self.wanted

    def __str__(self) -> str:
        bound = f"{'≥' if self.at_least else '≤'} {self.wanted:g}"
        return f"{'ok  ' if self.met else 'MISS'}  {self.what:<64} {self.ratio:8.2f}  ({bound})  {self.note}"


def cpu_of(command: Sequence[str], cwd: Path | None = None) -> float:
    """Seconds of CPU that a command and its children use."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wall_of(command: Sequence[str], cwd: Path | None = None) -> float:
    """Seconds that pass while a command runs: for what uses more than one processor."""
    before = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - before


def cpu_in(work: Callable[[], object]) -> float:
    """Seconds of CPU that a call uses in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def in_turns(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The least of several rounds for each measure, taken in turns, so that a busy moment hits all alike."""
    least = [float("inf")] * len(measures)
    for _ in range(rounds):
        for i, measure in enumerate(measures):
            least[i] = min(least[i], measure())
    return least
