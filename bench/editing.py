"""One changed unit in a catalog of 5,000: opened, changed and saved, against rspolib and msgcat.

rspolib is a PO library in Rust, whose load and save build and write every entry; msgcat is GNU
gettext's program.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

import rspolib

from bench import Figure, cpu_in, cpu_of, in_turns, projects
from transflow.model.catalog import Catalog
from transflow.po.catalog import load, serialize
from transflow.po.header import with_counts
from transflow.units.workflow import confirm

_NOW = "2024-03-27T09:00:00Z"
_UNITS = 5000
_ROUNDS = 10


def _edited(catalog: Catalog, target: str) -> Catalog:
    unit_id = catalog.units[_UNITS // 2].id
    return catalog.map_unit(unit_id, lambda unit: confirm(unit, target, "claire", _NOW))


def _written(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def _ours(path: Path) -> None:
    catalog = _edited(load(path.read_bytes(), path.name), "The U.N. said so.")
    _written(path.with_suffix(".ours"), serialize(catalog).encode())


def _theirs(path: Path) -> None:
    file = rspolib.pofile(str(path))
    file[_UNITS // 2].msgstr = "The U.N. said so."
    file.save(str(path.with_suffix(".rspolib")))


def _gettext() -> str:
    first, *_ = subprocess.run(["msgcat", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()
    return f"gettext {first.rpartition(' ')[2]}"


def measure() -> Iterator[Figure]:
    text = serialize(with_counts(projects.catalog(_UNITS)))
    project, place = projects.with_report(text)
    path = project.root / place.path
    numbers = iter(range(10**6))

    def save() -> None:
        project.change(place, lambda catalog: _edited(catalog, f"The U.N. said so {next(numbers)} times."))

    def msgcat() -> float:
        return cpu_of(["msgcat", "--no-wrap", "-o", str(path.with_suffix(".msgcat")), str(path)])

    measures: list[Callable[[], float]] = [
        partial(cpu_in, partial(_ours, path)),
        partial(cpu_in, partial(_theirs, path)),
        partial(cpu_in, save),
    ]
    if shutil.which("msgcat"):
        measures.append(msgcat)
    ours, theirs, saved, *gettext = in_turns(_ROUNDS, *measures)
    rust = f"rspolib {version('rspolib')}"
    yield Figure("open, change and save 1 of 5,000 units / rspolib's load and save", ours / theirs, 1, note=rust)
    yield Figure("the same, locked, compared and fsynced, / rspolib's load and save", saved / theirs, 1, note=rust)
    if gettext:
        yield Figure("open, change and save 1 of 5,000 units / msgcat", ours / gettext[0], 0.1, note=_gettext())
