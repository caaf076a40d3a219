"""`transflow check`: unchanged against `status`, cold against its checks as pairs; and `repair`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import SCRATCH, Figure, cpu_in, cpu_of, histories, in_turns
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


def _command(root: Path, *arguments: str) -> float:
    """Return the CPU time of a command that may find issues."""
    command = [str(Path(sys.executable).with_name("transflow")), *arguments]
    return cpu_of(["sh", "-c", '"$@" || test $? = 1', "sh", *command], root)


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
    os.environ.clear()
    os.environ.update(before)
