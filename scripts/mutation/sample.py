"""A seeded sample of the changes of a room."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import NamedTuple

from scripts.mutation.changes import Change, changes


class Mutant(NamedTuple):
    """A change of a module, whose path is relative to the checkout."""

    path: str
    change: Change

    @property
    def name(self) -> str:
        return f"{self.path}:{self.change.number}"

    def __str__(self) -> str:
        before, after = (" ".join(text.split())[:160] for text in (self.change.before, self.change.after))
        return f"{self.name} line {self.change.line}, {self.change.function or 'module'}: {before}  ->  {after}"


def mutants(root: Path, room: str) -> list[Mutant]:
    """Return all changes of the modules of a room, in a fixed order."""
    paths = sorted((root / "transflow" / room).rglob("*.py"))
    return [
        Mutant(path.relative_to(root).as_posix(), change)
        for path in paths
        for change in changes(path.read_text(encoding="utf-8"))
    ]


def sample(found: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return `size` mutants in random order. A smaller sample of the same seed is its beginning."""
    return sorted(found, key=lambda each: Random(f"{seed} {each.name}").random())[:size]
