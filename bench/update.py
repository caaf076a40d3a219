"""`transflow update` of 1,000 reports: unchanged ones against reading and hashing the files, and
changed ones against `msgmerge` of the same catalogs.

Changed reports are compared by CPU time, with the processes that are started: an update waits until
the disk has the file and its folder, which msgmerge does not, so elapsed time would measure the
disk. About 38% of
our CPU time compares the sentences, 31% writes the catalog safely, 23% parses the report, and 8%
reads the catalog; most of that of msgmerge is the start of a process for each catalog.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench import SCRATCH, Figure, cpu_in, cpu_with_children, in_turns, projects
from transflow.actions import Actor
from transflow.actions.reports.current import CurrentCatalogs
from transflow.actions.reports.intake import update
from transflow.model.settings import Person
from transflow.project import Project

_NOW = "2024-03-27T03:12:00Z"
_CHANGED = 200
"""Number of changed reports."""


def measure() -> Iterator[Figure]:
    yield from _unchanged(projects.of_reports(1000).resolve())
    yield from _changed(projects.of_reports(1000).resolve())


def _unchanged(root: Path) -> Iterator[Figure]:
    slugs = Project(root).report_slugs()

    def plain() -> None:
        for path in sorted((root / "sources").iterdir()):
            hashlib.sha256(path.read_bytes()).hexdigest()

    def ours(number: int) -> None:
        catalogs = CurrentCatalogs(Project(root), number)
        assert all(catalogs.has(slug, "en") for slug in slugs)
        catalogs.save()

    ours(len(slugs))  # as an earlier run did
    reading, known, anew = in_turns(
        5, lambda: cpu_in(plain), lambda: cpu_in(lambda: ours(len(slugs))), lambda: cpu_in(lambda: ours(1))
    )
    what = "update of 1,000 unchanged reports / reading and hashing, "
    yield Figure(what + "known from an earlier run", known / reading, 2, note=f"{known:.3f} s")
    yield Figure(what + "for the first time", anew / reading, 6, note=f"{anew:.3f} s")


def _changed(master: Path) -> Iterator[Figure]:
    """Yield the figure for reports in each of which a sentence changed.

    `msgmerge` is given our catalogs as they were, and templates of those that we made of them.
    """
    root = SCRATCH / "reports-changed"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(master, root)
    actor = Actor(Project(root), Person("bench"), _NOW)
    slugs = actor.project.report_slugs()[:_CHANGED]
    for slug in slugs:
        path = root / "sources" / f"{slug}.md"
        path.write_text(path.read_text(encoding="utf-8").replace("유엔은", "어제 유엔은", 1), encoding="utf-8")
        shutil.copy(root / f"locales/en/reports/{slug}.po", root / f"{slug}.old.po")
    update(actor, slugs[0], "en")  # loads what an update needs

    def updates() -> None:
        for slug in slugs[1:]:
            assert update(actor, slug, "en").changes.changed

    ours = cpu_with_children(updates)
    for slug in slugs[1:]:
        text = (root / f"locales/en/reports/{slug}.po").read_text(encoding="utf-8")
        head, _, units = re.sub(r"(?m)^#.*\n", "", text).partition("\n\n")
        empty = re.sub(r"(?ms)^msgstr .*?(?=\n\n|\Z)", 'msgstr ""', units)
        (root / f"{slug}.pot").write_text(f"{head}\n\n{empty}", encoding="utf-8")

    def merges() -> None:
        for slug in slugs[1:]:
            files = (root / f"{slug}.old.po", root / f"{slug}.pot")
            subprocess.run(["msgmerge", "--quiet", "--previous", "--output-file", os.devnull, *files], check=True)

    theirs = cpu_with_children(merges)
    version = subprocess.run(["msgmerge", "--version"], capture_output=True, text=True, check=True)
    name = " ".join(version.stdout.split()[:4:3])
    yield Figure(f"update of a changed report / {name}", ours / theirs, 0.2, note=f"{ours / len(slugs) * 1000:.1f} ms")
