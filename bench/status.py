"""`transflow status` over 2,000 catalogs and 20,000.

It is measured against pocount, msgfmt --statistics, and the least work possible: reading and
hashing the same files, and, where nothing changed, a walk that asks for the stamp of each file.
All are whole processes, with their start.

Where the CPU time of a cold status goes, in multiples of reading and hashing a file of 25 kB
with 50 units in a process that runs:

    one regular expression over the bytes        5.5
    checking 50 approvals against their texts    1.5
    counting states, words and deadlines         1
    control characters, and decoding             1.7
    a safe read beside git                       1.3
    looking for a newer report                   1.9
    printing the row, and the rest               1

Several processors share all but the last. Of an unchanged status, three tenths are the start of the
program, four tenths loading modules and listing the files, and three tenths stamps and rows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench import Figure, cpu_of, in_turns, projects, wall_of

_HASHING = "import hashlib, sys\nfor path in sys.argv[1:]: hashlib.sha256(open(path, 'rb').read()).digest()"
_WALK = (
    "import os, sys\nfor folder, _, names in os.walk(sys.argv[1]):\n  for name in names: os.stat(f'{folder}/{name}')"
)


def measure() -> Iterator[Figure]:
    root = projects.of_catalogs(2000, 50)
    transflow = str(Path(sys.executable).with_name("transflow"))
    pocount = str(Path(sys.executable).with_name("pocount"))
    files = sorted(map(str, (root / "locales/en/reports").glob("*.po")))

    def cold() -> float:
        return wall_of([transflow, "status"], root, TRANSFLOW_NO_CACHE="1")

    def msgfmt() -> float:
        return sum(wall_of(["msgfmt", "--statistics", "-o", "/dev/null", file]) for file in files)

    ours, hashed, unchanged, walked = in_turns(
        5,
        cold,
        lambda: wall_of([sys.executable, "-c", _HASHING, *files]),
        lambda: wall_of([transflow, "status"], root),
        lambda: wall_of([sys.executable, "-c", _WALK, str(root)]),
    )
    counted = wall_of([pocount, "--csv", *files])
    yield Figure("status of 2,000 catalogs of 50 units / reading and hashing them", ours / hashed, 2.5)
    yield Figure("the same, nothing changed / a walk that stats the files", unchanged / walked, 3)
    note = f"translate-toolkit {version('translate-toolkit')}"
    yield Figure("pocount / status, 2,000 catalogs of 50 units", counted / ours, 10, True, note)
    if shutil.which("msgfmt"):
        yield Figure("msgfmt --statistics per file / status", msgfmt() / ours, 10, True)
    many = projects.of_catalogs(20000, 50)
    measures = (partial(cpu_of, [transflow, "status"], each, TRANSFLOW_NO_CACHE="1") for each in (root, many))
    few, most = in_turns(2, *measures)
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
