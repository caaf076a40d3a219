"""The tests that execute each line, and their durations, from one run of the unchanged room."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from coverage import Coverage


class Baseline(NamedTuple):
    """One run of a room's tests."""

    seconds: float
    durations: dict[str, float]
    """Test id -> seconds."""
    tests_by_line: dict[str, dict[int, list[str]]]
    """Path of a module -> line -> the tests that execute it."""

    def tests_for(self, path: str, lines: range) -> list[str]:
        """Return the tests that execute one of these lines, quickest first.

        Lines that are executed outside of tests, by importing, are tested by all.
        """
        known = self.tests_by_line.get(path, {})
        found = {test for line in lines for test in known.get(line, ())}
        if "" in found:  # importing the tests executes it too: any of them may use the result
            found = set(self.durations)
        return sorted(found - {""}, key=lambda test: (self.durations.get(test, 0.0), test))


class _Recorder:
    """A plug-in of pytest that names the running test to coverage."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.durations: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.coverage.switch_context(item.nodeid)
        begun = time.perf_counter()
        result = yield
        self.durations[item.nodeid] = time.perf_counter() - begun
        self.coverage.switch_context("")
        return result


def record(root: Path, tests: list[str], out: Path) -> int:
    """Run tests in this process, write their `Baseline` to a file, and return the exit code."""
    coverage = Coverage(source=[str(root / "transflow")], data_file=None, config_file=False, messages=False)
    recorder = _Recorder(coverage)
    coverage.start()
    begun = time.perf_counter()
    code = pytest.main(["-n0", "-q", "-p", "no:cacheprovider", *tests], plugins=[recorder])
    seconds = time.perf_counter() - begun
    coverage.stop()
    data = coverage.get_data()
    lines = {Path(path).relative_to(root).as_posix(): data.contexts_by_lineno(path) for path in data.measured_files()}
    out.write_text(json.dumps([seconds, recorder.durations, lines]), encoding="utf-8")
    return int(code)


def read(path: Path) -> Baseline:
    seconds, durations, lines = json.loads(path.read_text(encoding="utf-8"))
    return Baseline(
        seconds, durations, {name: {int(line): tests for line, tests in each.items()} for name, each in lines.items()}
    )


if __name__ == "__main__":
    root, out, *tests = sys.argv[1:]
    os.chdir(root)
    sys.exit(record(Path(root), tests, Path(out)))
