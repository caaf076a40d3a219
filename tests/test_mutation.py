"""Mutation testing: each change of a module is one, and can be told from the others."""

from __future__ import annotations

import ast

from scripts.mutation.changes import changed, changes

SOURCE = '''
"""A module."""
LIMIT: int = 3
NAMES = ("one", "two")


def keep(found: list[str], least: int = 0, *, whole: bool = False, name: str = "") -> list[str]:
    """Keep what is long enough."""
    if whole and not found or len(found) < least:
        return []
    for each in sorted(found):
        if each is None:
            continue
        least += 1
    return [each.strip() for each in found[1:] if len(each) > LIMIT and each != name]


class Holder:
    """A class."""

    size = 2

    def grow(self, by: int = 1) -> None:
        self.size = max(self.size, self.size + by)
'''


def test_every_change_makes_another_module() -> None:
    made = [changed(SOURCE, each.number) for each in changes(SOURCE)]
    assert len({*made, ast.unparse(ast.parse(SOURCE)) + "\n"}) == len(made) + 1
    for each in made:
        compile(each, "changed", "exec")


def test_defaults_of_arguments_are_changed_and_texts_are_not() -> None:
    found = {(each.function, each.before, each.after) for each in changes(SOURCE)}
    assert {("keep", "0", "1"), ("keep", "False", "True"), ("keep", "''", "'x'"), ("Holder.grow", "1", "2")} <= found
    assert not any("A class" in before or "module" in before for _, before, _ in found)
