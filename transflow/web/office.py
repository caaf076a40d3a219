"""The office: everything that all visits to a project share while the server runs.

Invariant: what is kept here is derived, or a person's unsaved texts, which are on disk too. Each
visit reads settings and catalogs anew, or by the stamps of their files.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from transflow.actions import Actor
from transflow.model.catalog import Catalog
from transflow.model.settings import Person, Settings
from transflow.presenters.assistants import Assistants, installed_assistants
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.headlines import Headlines
from transflow.presenters.journal import Journal
from transflow.project import CatalogRef, Project
from transflow.project.kept import KeptCatalogs
from transflow.user_folders import drafts_folder
from transflow.web.drafts import TypedTexts
from transflow.web.people import Entrances, Sessions
from transflow.web.queue_reading import QueueReading

_MOST_VIEWS = 64
"""Number of open catalogs whose checks are kept."""


class Office:
    """Shared state of one server. Its methods may be called from any thread."""

    def __init__(self, root: Path, clock: Callable[[], str], sessions: Sessions, cookie: str) -> None:
        self.root, self.clock, self.sessions, self.cookie = root, clock, sessions, cookie
        self.entrances = Entrances()
        self.headlines = Headlines(Project(root))
        self.is_ending: Callable[[], bool] = lambda: False
        """Return whether the server ends, which open streams must not hold up."""
        self.told: dict[str, Sequence[tuple[str, str]]] = {}
        """Person -> lines that their next page shows once, each with an address or none."""
        self._lock = Lock()
        self._kept = KeptCatalogs()
        self._drafts: dict[str, TypedTexts] = {}
        self._views: OrderedDict[tuple[str, CatalogRef], CatalogView] = OrderedDict()
        self._shown: OrderedDict[str, Catalog] = OrderedDict()
        self._queues: dict[str, QueueReading] = {}
        self._assistants: tuple[Settings, Assistants] | None = None

    def project(self) -> Project:
        """Return the project for one visit."""
        project = Project(self.root)
        project.kept = self._kept
        return project

    def actor(self, person_id: str) -> Actor | None:
        """Return the person as the project has them now; None if they are not in it any more."""
        project, now = self.project(), self.clock()
        person = project.settings.person(person_id)
        return Actor(project, person, now) if person is not None and not _has_left(person, now) else None

    def drafts(self, who: str) -> TypedTexts:
        """Return the unsaved texts of a person."""
        with self._lock:
            if who not in self._drafts:
                self._drafts[who] = TypedTexts(Journal(drafts_folder(self.root) / who))
            return self._drafts[who]

    def view(self, actor: Actor, place: CatalogRef) -> CatalogView:
        """Return a catalog as the person has it open, as the disk has it now."""
        catalog, journal, key = actor.project.load(place), self.drafts(actor.who).journal, (actor.who, place)
        with self._lock:
            known = self._views.get(key)
        if known is None or known.catalog is not catalog:
            known = known.renewed(catalog) if known else CatalogView(place, catalog, journal, actor.who)
        with self._lock:
            self._views[key] = known
            self._views.move_to_end(key)
            while len(self._views) > _MOST_VIEWS:
                self._views.popitem(last=False)
        return known

    def queue(self, who: str) -> QueueReading:
        """Return the queue of a person, as it was read last."""
        with self._lock:
            return self._queues.setdefault(who, QueueReading())

    def assistants(self, project: Project) -> Assistants:
        """Return the assistants, made anew after a change of the settings."""
        with self._lock:
            if self._assistants is None or self._assistants[0] != project.settings:
                self._assistants = project.settings, installed_assistants(self.project(), self.clock)
            return self._assistants[1]

    def remember_story(self, mark: str, article: Catalog) -> None:
        """Remember a story as a page shows it, to say what changed since."""
        with self._lock:
            self._shown[mark] = article
            while len(self._shown) > _MOST_VIEWS:
                self._shown.popitem(last=False)

    def story_as_shown(self, mark: str) -> Catalog | None:
        """Return the story that a page showed with this mark; None if it is forgotten."""
        with self._lock:
            return self._shown.get(mark)

    def close(self) -> None:
        """Write what was typed to the disk."""
        with self._lock:
            for drafts in self._drafts.values():
                drafts.journal.close()


def _has_left(person: Person, now: str) -> bool:
    return bool(person.left) and person.left <= now[:10]
