"""`transflow status` over 2,000 catalogs, against msgfmt --statistics and pocount; over 20,000."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import Figure, cpu_of, in_turns, projects, wall_of


def measure() -> Iterator[Figure]:
    root = projects.of_catalogs(2000, 50)
    transflow = str(Path(sys.executable).with_name("transflow"))
    pocount = str(Path(sys.executable).with_name("pocount"))
    files = sorted(map(str, (root / "locales/en/reports").glob("*.po")))

    def msgfmt() -> float:
        return sum(wall_of(["msgfmt", "--statistics", "-o", "/dev/null", file]) for file in files)

    ours, counted = in_turns(
        5, lambda: wall_of([transflow, "status"], root), lambda: wall_of([pocount, "--csv", *files])
    )
    yield Figure("pocount / status, 2,000 catalogs of 50 units", counted / ours, 10, True, f"ours {ours:.2f} s")
    if shutil.which("msgfmt"):
        yield Figure("msgfmt --statistics per file / status", msgfmt() / ours, 10, True)
    many = projects.of_catalogs(20000, 50)
    few, most = in_turns(2, lambda: cpu_of([transflow, "status"], root), lambda: cpu_of([transflow, "status"], many))
    yield Figure("status: 20,000 catalogs / 10 × 2,000, CPU", most / few / 10, 1.2)
    yield Figure("status: memory at 20,000 / at 2,000", _peak(transflow, many) / _peak(transflow, root), 1.3)


def _peak(transflow: str, root: Path) -> float:
    """Return the peak resident memory of a run in kilobytes, measured in a separate process."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, transflow, "-C", str(root), "status"], capture_output=True, check=True
    )
    return float(done.stdout)
