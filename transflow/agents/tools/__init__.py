"""Tools of agents: one module for each, named like it.

Invariant: no tool decides anything, and none is needed to keep an agent from it: the actions refuse
(`actions.agents`).
"""

from __future__ import annotations

from typing import Any, Protocol

from transflow.agents.desk import Desk
from transflow.agents.parameters import Parameter
from transflow.registry import Registry


class Tool(Protocol):
    """Interface of a tool module. Its docstring describes the tool to agents."""

    PARAMETERS: tuple[Parameter, ...]
    WRITES: bool
    """True if the tool changes something, unless `dry_run` is set."""

    @staticmethod
    def call(desk: Desk, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the answer. `arguments` are judged and complete."""
        ...


DRY_RUN = Parameter(
    "dry_run", "true: say what would happen, and change nothing. Pass false to do it.", "flag", default=True
)
registry = Registry(__name__, __path__, "tool", Tool)
names, load = registry.names, registry.load
