"""The office: everything that all visits to a project share while the server runs.

Invariant: what is kept here is derived, or a person's unsaved texts, which are on disk too. Each
visit reads settings and catalogs anew, or by the stamps of their files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from transflow.actions import Actor
from transflow.model.settings import Person, Settings
from transflow.presenters.assistants import Assistants, installed_assistants
from transflow.presenters.headlines import Headlines
from transflow.presenters.journal import Journal
from transflow.project import Project
from transflow.user_folders import drafts_folder
from transflow.web.people import Entrances, Sessions
from transflow.web.queue_reading import QueueReading


class Office:
    """Shared state of one server. Its methods may be called from any thread."""

    def __init__(self, root: Path, clock: Callable[[], str], sessions: Sessions, cookie: str) -> None:
        self.root, self.clock, self.sessions, self.cookie = root, clock, sessions, cookie
        self.entrances = Entrances()
        self.headlines = Headlines(Project(root))
        self.is_ending: Callable[[], bool] = lambda: False
        """Return whether the server ends, which open streams must not hold up."""
        self._lock = Lock()
        self._journals: dict[str, Journal] = {}
        self._queues: dict[str, QueueReading] = {}
        self._assistants: tuple[Settings, Assistants] | None = None

    def actor(self, person_id: str) -> Actor | None:
        """Return the person as the project has them now; None if they are not in it any more."""
        project, now = Project(self.root), self.clock()
        person = project.settings.person(person_id)
        return Actor(project, person, now) if person is not None and not _has_left(person, now) else None

    def journal(self, who: str) -> Journal:
        """Return the unsaved texts of a person."""
        with self._lock:
            if who not in self._journals:
                self._journals[who] = Journal(drafts_folder(self.root) / who)
            return self._journals[who]

    def queue(self, who: str) -> QueueReading:
        """Return the queue of a person, as it was read last."""
        with self._lock:
            return self._queues.setdefault(who, QueueReading())

    def assistants(self, project: Project) -> Assistants:
        """Return the assistants, made anew after a change of the settings."""
        with self._lock:
            if self._assistants is None or self._assistants[0] != project.settings:
                self._assistants = project.settings, installed_assistants(Project(self.root), self.clock)
            return self._assistants[1]

    def close(self) -> None:
        """Write what was typed to the disk."""
        with self._lock:
            for journal in self._journals.values():
                journal.close()


def _has_left(person: Person, now: str) -> bool:
    return bool(person.left) and person.left <= now[:10]
