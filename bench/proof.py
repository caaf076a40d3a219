"""The proof of 9,657 approvals in 10,000 commits, and the history of their sentences, against one
`git log --raw` of the same range.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import Figure, cpu_of, cpu_with_children, histories, in_turns
from transflow.actions import Actor, utc_now
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.stories.blame import history
from transflow.project import Project
from transflow.project.cache import OFF

_LOG = ("git", "log", "--raw")


def _prove(root: Path) -> None:
    project = Project(root.resolve())
    proof = ProofChecker(project, "author", "", ("en",))
    place = next(project.all_catalogs())
    assert not list(proof.issues(place, project.load(place)))


def _tell(root: Path) -> None:
    project = Project(root.resolve())
    place = next(project.all_catalogs())
    units, _ = history(Actor(project, project.settings.people[0], utc_now()), str(place))
    assert all(each.events for each in units)


def measure() -> Iterator[Figure]:
    os.environ[OFF] = "1"  # otherwise only commits since the last run are searched
    few, many = histories.of_commits(5000), histories.of_commits(10000)
    log, proof, half, told = in_turns(
        5,
        lambda: cpu_of(_LOG, many),
        partial(cpu_with_children, partial(_prove, many)),
        partial(cpu_with_children, partial(_prove, few)),
        partial(cpu_with_children, partial(_tell, many)),
    )
    yield Figure("proof of 10,000 commits / git log --raw, CPU", proof / log, 10, note=f"git {log:.2f} s")
    yield Figure("proof of 10,000 commits / 2 × 5,000, CPU", proof / half / 2, 1.2)
    yield Figure("history of all sentences in 10,000 commits / git log --raw, CPU", told / log, 10)
    del os.environ[OFF]
