"""`transflow update` of 1,000 unchanged reports, against reading and hashing the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bench import Figure, cpu_in, in_turns, projects
from transflow.actions.reports.intake import is_current
from transflow.project import Project


def measure() -> Iterator[Figure]:
    root = projects.of_reports(1000).resolve()
    project = Project(root)

    def plain() -> None:
        for path in sorted((root / "sources").glob("*.md")):
            hashlib.sha256(path.read_bytes()).hexdigest()

    def ours() -> None:
        assert all(is_current(project, slug, "en") for slug in project.report_slugs())

    reading, checking = in_turns(5, lambda: cpu_in(plain), lambda: cpu_in(ours))
    yield Figure(
        "update of 1,000 unchanged reports / reading and hashing", checking / reading, 3, note=f"{checking:.3f} s"
    )
