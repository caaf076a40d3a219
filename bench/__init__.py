"""Measurements of speed, as ratios within one run: `make bench` or `python -m bench NAME…`.

Modules that measure have `measure() -> Iterator[Figure]`. Figures are ratios of CPU time (or of
elapsed time, if one side uses several processors), and shares of what is right. Both sides of a
ratio are measured in turns in the same run, because machines are shared and noisy.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SCRATCH = Path(".bench")
"""Folder for projects to measure; may be deleted at any time."""


class Figure(NamedTuple):
    """A line of the table. `at_least` says whether `wanted` is a minimum or a maximum."""

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


def _run(command: Sequence[str], cwd: Path | None, environment: Mapping[str, str]) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=cwd, check=True, stdout=quiet, stderr=quiet, env={**os.environ, **environment})


def cpu_of(command: Sequence[str], cwd: Path | None = None, **environment: str) -> float:
    """Return the CPU seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(command, cwd, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wall_of(command: Sequence[str], cwd: Path | None = None, **environment: str) -> float:
    """Return the elapsed seconds of a command, for commands that use more than one processor."""
    before = time.perf_counter()
    _run(command, cwd, environment)
    return time.perf_counter() - before


def cpu_with_children(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a call in this process and of the programs that it runs."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def cpu_in(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a call in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def in_turns(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """Return the lowest of several rounds for each measure, taken in turns.

    So a busy moment of the machine affects all of them.
    """
    least = [float("inf")] * len(measures)
    for _ in range(rounds):
        for i, measure in enumerate(measures):
            least[i] = min(least[i], measure())
    return least
