"""The queue of a person, kept while the files that it depends on are unchanged.

Invariant: it is what `queue` would return now. Only catalogs whose files changed are read again,
and all of them if settings, the person's entry there, or the day changed: roles have days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock

from transflow.actions import Actor
from transflow.actions.project.changed_files import Stamps, catalog_stamps, outdated
from transflow.actions.reports.queue import Waiting, queue, urgency
from transflow.errors import UnreadableError
from transflow.project import CatalogRef
from transflow.project.places import glossary_path, report_path
from transflow.project.stamps import file_stamp


class KeptQueue:
    """The queue of one person; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: object = None
        self._beside: Mapping[str, str] = {}
        """Path -> stamp of the glossaries and reports, on which stories depend."""
        self._stamps: Stamps = {}
        self._found: dict[CatalogRef, list[Waiting]] = {}
        self._errors: dict[CatalogRef, UnreadableError] = {}

    def entries(self, actor: Actor, broken: Callable[[UnreadableError], None] | None = None) -> list[Waiting]:
        """Return what waits for the person, most urgent first. `broken` is as in `queue`."""
        with self._lock:
            self._renew(actor)
            for error in self._errors.values():
                if broken is None:
                    raise error
                broken(error)
            found = [each for waiting in self._found.values() for each in waiting]
        return sorted((each._replace(overdue=bool(each.due) and each.due < actor.now) for each in found), key=urgency)

    def _renew(self, actor: Actor) -> None:
        key = (actor.project.settings, actor.user, actor.project.listed_locales, actor.now[:10])
        stamps, beside = catalog_stamps(actor), _stamps_beside(actor)
        if key != self._key:
            self._stamps, self._beside, self._found, self._errors = {}, {}, {}, {}
        places = outdated(self._stamps, stamps)
        if beside != self._beside:
            places = [*places, *(each for each in stamps if each.folder == "articles" and each not in places)]
        for place in [*(self._found.keys() | self._errors.keys()) - stamps.keys(), *places]:
            self._found.pop(place, None)
            self._errors.pop(place, None)
        for place in places:
            try:
                if found := queue(actor, None, [place]):
                    self._found[place] = found
            except UnreadableError as error:
                self._errors[place] = error
        self._key, self._stamps, self._beside = key, stamps, beside


def _stamps_beside(actor: Actor) -> Mapping[str, str]:
    project = actor.project
    paths = [*map(report_path, project.report_slugs()), *map(glossary_path, project.settings.locales)]
    return {path: file_stamp(f"{project.root}/{path}") for path in paths}
