"""Changes that no test can notice, listed in equivalent.txt with their reasons."""

from __future__ import annotations

from pathlib import Path

from scripts.mutation.sample import Mutant

LIST = Path(__file__).with_name("equivalent.txt")


def key(mutant: Mutant) -> tuple[str, str, str, str]:
    """Return path, function and texts of a mutant: they stay when lines move."""
    before, after = (" ".join(text.split()) for text in (mutant.change.before, mutant.change.after))
    return mutant.path, mutant.change.function, before, after


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """Return the listed mutants with the reasons why they are equivalent.

    A paragraph of the list has path, function, old text, new text and reason, a line each.
    """
    found = {}
    for paragraph in LIST.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line and not line.startswith("#")]
        if lines:
            path, function, before, after, why = lines
            found[path, function.removeprefix("-"), before, after] = why
    return found
