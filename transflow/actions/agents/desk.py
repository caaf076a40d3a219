"""The project as an agent has it, and the agent as an actor.

Invariant: every read and write of an agent goes through `AgentProject`, whichever action it is made
by: catalogs and reports that the agent does not see are not there, and each write is judged by
`guard` and noted in the agent's session before it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from transflow.actions import Actor
from transflow.actions.agents import guard
from transflow.actions.agents.settled import why_settled
from transflow.actions.agents.sight import is_seen
from transflow.actions.agents.whole import WholeProject
from transflow.attribution.machines import agent_author
from transflow.attribution.tallies import ready_to_write
from transflow.errors import RefusedError, UnreadableError
from transflow.messages import NOTHING, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Person, Settings
from transflow.project import CatalogRef, Project
from transflow.project.places import Folder

MESSAGES = Messages(__name__, {"withheld": "there is no such file that an agent may read."})
Note = Callable[[CatalogRef, Catalog, Catalog], None]
"""Notes a change in the agent's session: the place, and the catalog before and after."""
_CATALOG = re.compile(r"locales/([^/]+)/(reports|articles)/(.+)\.po")
_REPORT = re.compile(r"sources/(.+)\.md")


class AgentProject(Project):
    """A project as an agent has it, for one call."""

    def __init__(
        self, whole: WholeProject, agent: str, now: str, note: Note | None = None, *, dry_run: bool = True
    ) -> None:
        """`note` is required for a project that is not only tried (`dry_run`)."""
        super().__init__(whole.root)
        self.whole, self.agent = whole, agent
        self._now, self._note, self._dry_run = now, note, dry_run
        self._seen: dict[CatalogRef, bool] = {}

    @property
    def settings(self) -> Settings:
        return self.whole.settings

    # What it sees

    def sees(self, place: CatalogRef) -> bool:
        """True if the agent sees a catalog, or the report of one."""
        if place not in self._seen:
            self._seen[place] = is_seen(self.whole, place, self._now)
        return self._seen[place]

    def has(self, name: str) -> bool:
        return super().has(name) and self._may_read(name)

    def read(self, name: str) -> bytes:
        self._check_seen(name)
        return super().read(name)

    def _check_seen(self, name: str) -> None:
        if not self._may_read(name):
            raise UnreadableError(name, 0, MESSAGES("withheld"))

    def _may_read(self, name: str) -> bool:
        if found := _REPORT.fullmatch(name):
            return self.sees(CatalogRef("", "reports", found[1]))
        if found := _CATALOG.fullmatch(name):
            return self.sees(CatalogRef(found[1], "reports" if found[2] == "reports" else "articles", found[3]))
        return True

    def load(self, place: CatalogRef) -> Catalog:
        self._check_seen(place.path)
        return self.whole.load(place)

    def report_slugs(self) -> list[str]:
        return [slug for slug in super().report_slugs() if self.sees(CatalogRef("", "reports", slug))]

    def catalogs(self, locale: str, folder: Folder) -> list[CatalogRef]:
        return [place for place in super().catalogs(locale, folder) if self.sees(place)]

    # What it changes

    def write_report(self, slug: str, data: bytes) -> None:  # noqa: ARG002 - the interface of Project
        guard.check_person(self)

    def write_file(self, name: str, data: bytes, before: bytes | None) -> None:  # noqa: ARG002 - as above
        guard.check_person(self)

    def create(self, place: CatalogRef, catalog: Catalog) -> None:  # noqa: ARG002 - as above
        raise guard.refused("catalog")

    def write(self, place: CatalogRef, catalog: Catalog, old: Catalog | None, *, anew: bool = False) -> Catalog:
        if old is None or anew:
            raise guard.refused("catalog")
        if catalog == old:
            return old
        base, new = ready_to_write(old), ready_to_write(catalog)
        guard.check_change(base, new, self.agent)
        rewritten = {
            each.id for before, each in zip(base.units, new.units, strict=True) if each.target != before.target
        }
        if why := why_settled(self.whole, place, base, rewritten) if rewritten else NOTHING:
            raise RefusedError(why)
        if self._dry_run:
            return new
        assert self._note is not None
        self._note(place, base, new)
        return super().write(place, new, old)


def agent_actor(project: AgentProject, person: Person, now: str) -> Actor:
    """Return an agent that works for a person: it has their languages, and none of their roles."""
    return Actor(project, Person(project.agent, locales=person.locales), now)


def agent_name(name: str) -> str:
    """Return the author name of an agent that calls itself so."""
    return agent_author(name)
