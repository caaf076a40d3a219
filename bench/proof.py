"""The proof of 9,657 approvals in 10,000 commits, against one `git log --raw` of the same range."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import Figure, cpu_of, cpu_with_children, histories, in_turns
from transflow.actions.checks.proof import ProofChecker
from transflow.project import Project
from transflow.project.cache import OFF

_LOG = ("git", "log", "--raw")


def _prove(root: Path) -> None:
    project = Project(root.resolve())
    proof = ProofChecker(project, "author", "", ("en",))
    place = next(project.all_catalogs())
    assert not list(proof.issues(place, project.load(place)))


def measure() -> Iterator[Figure]:
    os.environ[OFF] = "1"  # otherwise only commits since the last run are searched
    few, many = histories.of_commits(5000), histories.of_commits(10000)
    log, proof, half = in_turns(
        5,
        lambda: cpu_of(_LOG, many),
        partial(cpu_with_children, partial(_prove, many)),
        partial(cpu_with_children, partial(_prove, few)),
    )
    yield Figure("proof of 10,000 commits / git log --raw, CPU", proof / log, 10, note=f"git {log:.2f} s")
    yield Figure("proof of 10,000 commits / 2 × 5,000, CPU", proof / half / 2, 1.2)
    del os.environ[OFF]
