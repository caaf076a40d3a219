"""One run of a room's tests for each change, in a copy of the checkout.

Each run is a fork of a process that has loaded the libraries of the tests, but nothing of the
package. It ends at the first test that fails, or is killed when it takes too long.
"""

from __future__ import annotations

import importlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest

from scripts.mutation.baseline import Baseline, read
from scripts.mutation.changes import changed
from scripts.mutation.sample import Mutant

Verdict = Literal["killed", "timeout", "survived", "not executed"]

_COPIED = ("transflow", "tests", "scripts", "bench", "docs", "sources", "locales", "pyproject.toml", "transflow.toml")
_LIBRARIES = (
    "babel.core", "click", "hypothesis.strategies", "jinja2", "markdown_it", "polib", "rapidfuzz", "requests", "rich.console",
    "sentencex", "tomlkit",
)  # fmt: skip
_OPTIONS = ("-x", "-q", "-n0", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
"""Options of pytest. It warns that modules that were loaded before it are not rewritten."""
_LEAST_SECONDS = 20.0
_MEMORY = 3 * 2**30


def copy(root: Path, folder: Path) -> Path:
    """Copy a checkout, and compile the copy."""
    for name in _COPIED:
        source, target = root / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for path in root.glob("*.md"):
        shutil.copy(path, folder)
    subprocess.run([sys.executable, "-m", "compileall", "-q", "transflow", "tests"], cwd=folder, check=True)
    return folder


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{folder}:{folder}/tests", "PYTHONDONTWRITEBYTECODE": "1"}


def baseline(folder: Path, room: str) -> Baseline:
    """Run the tests of a room in a copy of the checkout. Raise RuntimeError if any fails."""
    out = folder / "baseline.json"
    command = [sys.executable, "-m", "scripts.mutation.baseline", str(folder), str(out), f"tests/{room}"]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the tests of {room} fail without any change:\n{done.stdout}{done.stderr}")
    return read(out)


def load_libraries() -> None:
    """Load what the tests need besides the package, so that forks have it."""
    for name in _LIBRARIES:
        importlib.import_module(name)


def check_unchanged(folder: Path, known: Baseline) -> None:
    """Raise RuntimeError if a trial of the unchanged room does not pass."""
    if _verdict(folder, list(known.durations), _limit(known, list(known.durations))) != "survived":
        raise RuntimeError("the tests fail in a trial without any change")


def verdict(folder: Path, mutant: Mutant, known: Baseline) -> Verdict:
    """Test one mutant: change its module in the copy, run the tests, and put the module back."""
    change, path = mutant.change, folder / mutant.path
    tests = known.tests_for(mutant.path, range(change.line, change.line + 1 + change.before.count("\n")))
    if not tests:
        return "not executed"
    source = path.read_text(encoding="utf-8")
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()
    path.write_text(changed(source, change.number), encoding="utf-8")
    try:
        return _verdict(folder, tests, _limit(known, tests))
    finally:
        path.write_text(source, encoding="utf-8")


def _limit(known: Baseline, tests: Sequence[str]) -> float:
    """Return the seconds that tests may take."""
    return max(_LEAST_SECONDS, 5 * sum(known.durations.get(test, 0.0) for test in tests))


def _verdict(folder: Path, tests: Sequence[str], limit: float) -> Verdict:
    child = os.fork()
    if not child:
        os._exit(_run(folder, tests))
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "killed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _run(folder: Path, tests: Sequence[str]) -> int:
    """Run tests in a new process, and return its exit code."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    os.chdir(folder)
    os.environ |= environment(folder)
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(folder), str(folder / "tests")]
    for name in [each for each in sys.modules if each == "scripts" or each.startswith("scripts.")]:
        del sys.modules[name]
    try:
        return int(pytest.main([*_OPTIONS, *tests]))
    except BaseException:  # noqa: BLE001 - a mutant may raise anything, also where pytest does not expect it
        return 1
