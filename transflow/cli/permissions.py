"""Questions about what a project may send to other machines, asked once on a terminal.

Invariant: without a terminal, and in CI, nobody is asked, and nothing is allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from transflow.actions import Actor
from transflow.actions.engines.permissions import UndecidedError, decide
from transflow.actions.project.permissions import allow_memory, memory_permission, own_name
from transflow.cli.notices import ask, notify
from transflow.cli.streams import is_interactive
from transflow.memory.address import address
from transflow.messages import Messages
from transflow.project import Project
from transflow.project.cache import is_ci

Value = TypeVar("Value")

MESSAGES = Messages(
    __name__,
    {
        "engine": "May this project send its texts to {engine}?",
        "memory": "May this project write its translations to the shared memory, under the name “{name}”?",
        "kept": "The answer is kept in your projects.toml.",
    },
)


def may_ask() -> bool:
    """Return whether the user can be asked for a permission."""
    return is_interactive() and not is_ci()


def ask_about_memory(project: Project) -> None:
    """Ask whether a project may write to the shared memory, if the user has not decided yet."""
    if address() and may_ask() and memory_permission(project).is_undecided:
        allow_memory(project, allowed=ask(MESSAGES("memory", name=own_name(project))))
        notify(MESSAGES("kept"))


def with_permission(actor: Actor, use: Callable[[], Value]) -> Value:
    """Return the result of what uses an engine.

    If a permission is missing, the user is asked for it, and it is tried again.
    """
    try:
        return use()
    except UndecidedError as error:
        if not may_ask():
            raise
        decide(actor, error.engine, allowed=ask(MESSAGES("engine", engine=error.engine)))
        notify(MESSAGES("kept"))
        return use()
