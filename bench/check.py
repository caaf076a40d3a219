"""`transflow check` and `repair`.

An unchanged project is measured against `status`, a cold run against its checks as pairs, and
against pofilter.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bench import SCRATCH, Figure, cpu_in, cpu_of, histories, in_turns, wall_of
from transflow import checks
from transflow.actions.checks.check_context import CheckContexts
from transflow.project import Project
from transflow.project.cache import OFF


def _as_pairs(root: Path) -> None:
    """Run the functions of the checks alone, over the units of all catalogs."""
    project = Project(root.resolve())
    for locale in project.settings.locales:
        contexts = CheckContexts(project, locale)
        for place in project.catalogs(locale, "reports"):
            for unit, context in contexts.contexts(place, project.load(place)):
                checks.run(unit, context)


def _any_result(*arguments: str) -> list[str]:
    """Return a command that succeeds also if it finds issues."""
    return ["sh", "-c", '"$@" || test $? = 1', "sh", str(Path(sys.executable).with_name("transflow")), *arguments]


def _command(root: Path, *arguments: str) -> float:
    """Return the CPU time of a command that may find issues."""
    return cpu_of(_any_result(*arguments), root)


def _without_history(root: Path) -> Path:
    """Return a copy of the files of a project, without its git history."""
    folder = SCRATCH / "units-without-history"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "locales", folder / "locales")
    shutil.copy(root / "transflow.toml", folder)
    return folder


def _against_pofilter(root: Path) -> Figure:
    """Compare cold runs over the same units, with all our checks and all tests of pofilter."""
    folder = _without_history(root)
    pofilter = str(Path(sys.executable).with_name("pofilter"))
    arguments = ("-i", str(folder / "locales"), "-o", str(SCRATCH / "pofilter"), "--progress=none")
    ours, theirs = in_turns(
        2,
        lambda: wall_of(_any_result("check", "--all"), folder, **{OFF: "1"}),
        lambda: wall_of([pofilter, *arguments]),
    )
    note = f"translate-toolkit {version('translate-toolkit')}; `bench checks` has the recall of both"
    return Figure("check --all, cold: 10,000 units / pofilter", ours / theirs, 1 / 3, note=note)


def measure() -> Iterator[Figure]:
    root = histories.of_commits(10000)
    before = dict(os.environ)
    caches = (SCRATCH / "caches").resolve()
    shutil.rmtree(caches, ignore_errors=True)
    os.environ["XDG_CACHE_HOME"] = str(caches)
    for name in ("CI", OFF):
        os.environ.pop(name, None)
    run = partial(_command, root)
    for everything in ("check", "check --all"):
        run(*everything.split())
        status, check = in_turns(5, partial(run, "status"), partial(run, *everything.split()))
        yield Figure(f"{everything}, unchanged: 10,000 units / status, CPU", check / status, 3, note=f"{check:.2f} s")
    os.environ[OFF] = "1"
    checking, pairs = in_turns(2, partial(run, "check", "--all"), lambda: cpu_in(partial(_as_pairs, root)))
    yield Figure("check --all, cold / the same checks as pairs, CPU", checking / pairs, 4, note=f"pairs {pairs:.2f} s")
    repair, record = in_turns(3, partial(run, "repair", "--dry-run"), partial(run, "check", "--select", "record"))
    yield Figure("repair --dry-run / check --select record, CPU", repair / record, 3)
    yield _against_pofilter(root)
    os.environ.clear()
    os.environ.update(before)
