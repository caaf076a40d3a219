"""Base of the kinds of files that can hold text of the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.actions import Actor
from transflow.actions.privacy.transform import Change
from transflow.messages import NOTHING, Message
from transflow.project import Project
from transflow.project import files as disk

if TYPE_CHECKING:
    from transflow.actions.privacy.rewrite import RewritePlan


class Holder:
    """A kind of file. The base holds nothing, and writes changes as they are planned."""

    id = ""
    is_reported = True
    """False for holders whose changes commands do not report."""

    def paths(self, project: Project) -> Iterator[Path]:  # noqa: ARG002 - of the interface
        """Yield the existing files."""
        yield from ()

    def plan(self, plan: RewritePlan) -> Iterator[Change]:  # noqa: ARG002
        """Yield what the transform of a plan changes. Nothing is written."""
        yield from ()

    def write(self, actor: Actor, change: Change) -> Message:
        """Carry out a change, and return the reason if that is impossible.

        A change that was carried out before, by an interrupted run, changes nothing more.
        """
        root = actor.project.root
        old, new = root / change.path, root / (change.new_path or change.path)
        if change.data is not None and (not new.is_file() or disk.read(new, new.name) != change.data):
            disk.write(root, new, change.data)
        if (change.is_removed or new != old) and old.exists():
            disk.remove(root, old)
        return NOTHING
