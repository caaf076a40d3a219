"""Files among reports and catalogs that are neither, and reports that are there twice.

Both are silent otherwise: a report with another ending is in no list, and after a conflict of two
renames git leaves a report under both names.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from transflow.attribution.authorship import is_machine
from transflow.digests import digest
from transflow.integrity.repair import SEVERITY
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.project import CatalogRef, Project, files
from transflow.project.places import FOLDERS, is_slug

MESSAGES = Messages(
    __name__,
    {
        "stray-file": "this is no report, so nobody translates it: {command} makes one of it. If it is something else, "
        "move it out of sources/.",
        "stray-file/catalog": "nobody reads this file: a catalog has the name of its report or story, in small letters, "
        "digits and hyphens, and .po. Rename it with git, or move it elsewhere.",
        "doubled-report": (
            "{n} sentence was written once, and is here and in {other}: git kept both names of a report. Keep one, "
            "and delete the other with its catalogs.",
            "{n} sentences were written once, and are here and in {other}: git kept both names of a report. Keep one, "
            "and delete the other with its catalogs.",
        ),
    },
)
_LEAST = 2
"""Number of sentences from which on two reports may be one."""


def stray_files(project: Project) -> Iterator[Issue]:
    """Yield an issue for each file among reports and catalogs that is neither, and not hidden."""
    folders = [("sources", ".md")]
    folders += [(f"locales/{locale}/{each}", ".po") for locale in project.settings.locales for each in FOLDERS]
    for folder, suffix in folders:
        for path in files.files_below(project.root, folder) if files.has(project.root, folder) else ():
            name = path.removeprefix(f"{folder}/")
            is_hidden = any(part.startswith(".") for part in name.split("/"))
            if is_hidden or (name.endswith(suffix) and is_slug(name.removesuffix(suffix))):
                continue
            command = CommandRef(f"add {shlex.quote(path)}")
            message = MESSAGES("stray-file", command=command) if suffix == ".md" else MESSAGES("stray-file/catalog")
            yield _issue("record.stray-file", path, message)


def _issue(check: str, path: str, message: Message) -> Issue:
    return Issue(check, SEVERITY[check], message, location=Location(path, label=path))


def written_sentences(catalog: Catalog) -> tuple[str, ...]:
    """Return a digest of each sentence that people wrote, with their words and times."""
    written = (unit for unit in catalog.units if any(not is_machine(each.who) for each in unit.by))
    return tuple(digest(unit.id, unit.target, *(repr(tuple(each)) for each in unit.by)) for unit in written)


class DoubledReports:
    """Reports of a locale with the same sentences, by the same people, at the same second."""

    def __init__(self) -> None:
        self._places: defaultdict[str, list[CatalogRef]] = defaultdict(list)
        self._numbers: dict[CatalogRef, int] = {}

    def add(self, place: CatalogRef, written: Collection[str]) -> None:
        """Add the `written_sentences` of a report."""
        self._numbers[place] = len(written)
        for sentence in written:
            self._places[sentence].append(place)

    def issues(self) -> Iterator[Issue]:
        """Yield an issue for the later of two reports that have most of their sentences in common.

        A few may be the same by chance: a command that changes many reports stamps one time.
        """
        common = Counter(
            (first, second)
            for places in self._places.values()
            for number, first in enumerate(places)
            for second in places[number + 1 :]
        )
        for (first, second), n in common.items():
            if first != second and n >= max(_LEAST, min(self._numbers[first], self._numbers[second]) / 2):
                yield _issue("record.doubled-report", second.path, MESSAGES("doubled-report", n=n, other=first.path))
