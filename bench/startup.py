"""Start-up time, against starting Python with click."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench import Figure, cpu_of, in_turns


def measure() -> Iterator[Figure]:
    transflow = str(Path(sys.executable).with_name("transflow"))
    sample = Path()
    click, version, status = in_turns(
        15,
        lambda: cpu_of([sys.executable, "-c", "import click"]),
        lambda: cpu_of([transflow, "--version"]),
        lambda: cpu_of([transflow, "status"], sample),
    )
    yield Figure("transflow --version / python -c 'import click'", version / click, 1.3, note=f"{version * 1e3:.0f} ms")
    yield Figure("transflow status on the sample / the same", status / click, 2.0, note=f"{status * 1e3:.0f} ms")
