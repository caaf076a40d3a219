"""One process of an agent: who it is, for whom it works, and what it changed.

Invariant: each call looks anew at what the user allows and at what is withheld now.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from transflow.actions import Actor, utc_now
from transflow.actions.agents.desk import AgentProject, agent_actor, agent_name
from transflow.actions.agents.sessions import AgentSession, new_session
from transflow.actions.agents.whole import WholeProject
from transflow.actions.engines.permissions import engine_permission, is_local_only
from transflow.engines.setup import settings
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Person

MESSAGES = Messages(
    __name__,
    {
        "local-only": "this project's texts go to programs on this machine only, and an agent sends what it reads to its "
        "model. Nothing was read. If the model runs on this machine too, start {command}.",
    },
)
ENGINE = "agent"
"""Name under which the user's own files allow or refuse agents, like an engine."""


class Desk:
    """The desk of an agent in one project."""

    def __init__(
        self, root: Path, person: Person, name: str = "", *, is_local: bool = False, clock: Callable[[], str] = utc_now
    ) -> None:
        """`name` is that of the agent; without one, `introduce` gives it."""
        self.root, self.person, self.clock = root, person, clock
        self._named, self._is_local = name, is_local
        self._session: AgentSession | None = None
        self._whole = WholeProject(root)

    @property
    def whole(self) -> WholeProject:
        """The project with its present settings."""
        if not self._whole.is_current:
            self._whole = WholeProject(self.root)
        return self._whole

    def introduce(self, name: str) -> None:
        """Take the name that the agent gives itself, unless the user named it."""
        if self._session is None and not self._named:
            self._named = name

    @property
    def agent(self) -> str:
        """The author name of the agent: `mt:agent/NAME`."""
        return agent_name(self._named)

    @property
    def session(self) -> AgentSession:
        """The changes of this process."""
        if self._session is None:
            self._session = new_session(self.root, self.agent, self.person.id, self.clock())
        return self._session

    def enter(self, *, dry_run: bool = True) -> tuple[Actor, AgentProject]:
        """Return the agent as an actor, and its project, for one call. Raise RefusedError."""
        self.check_allowed()
        now = self.clock()
        project = AgentProject(self.whole, self.session.agent, now, self.session.note, dry_run=dry_run)
        project.own_locales = lambda: self.person.locales
        return agent_actor(project, self.person, now), project

    def check_allowed(self) -> None:
        """Raise RefusedError if texts of the project must not go to an agent."""
        if self._is_local:
            return
        own, project = settings.load(), self.whole
        if project.settings.engines_local_only or is_local_only(project, own):
            raise RefusedError(MESSAGES("local-only", command=CommandRef("mcp --local")))
        verdict, why = engine_permission(project, own, ENGINE, is_named=True, is_local=False)
        if verdict != "allowed":
            raise RefusedError(why)
