"""Code in ARCHITECTURE.md and CONTRIBUTING.md: paths and names exist, and examples run."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from support import paths
from transflow.checks import CheckContext
from transflow.model.unit import Unit

MAP = (paths.ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
RECIPES = (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = sorted(path.parent.name for path in (paths.ROOT / "transflow").glob("*/__init__.py"))
INVENTED = {"transflow/tui/screens/people.py", "transflow.actions.reports.length"}
"""Paths and modules that a recipe creates."""


def code_spans() -> list[str]:
    """Return the text of all code spans outside of code blocks."""
    text = re.sub(r"^ *```.*?^ *```$", "", MAP + RECIPES, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text)


def examples(start: str) -> list[str]:
    """Return the Python examples of the recipe with this heading."""
    section = RECIPES.partition(f"### {start}\n")[2].partition("\n### ")[0]
    return re.findall(r"^```python\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


def resolves(name: str) -> bool:
    """Return whether a dotted name below the package is a module, or an attribute of one."""
    value: Any = import_module("transflow")
    for part in name.split(".")[1:]:
        with suppress(ModuleNotFoundError):
            if isinstance(value, ModuleType) and not hasattr(value, part):
                import_module(f"{value.__name__}.{part}")
        if not hasattr(value, part):
            return False
        value = getattr(value, part)
    return True


def test_every_path_exists() -> None:
    named = {span for span in code_spans() if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?(\.py|\.po|\.toml|/)", span)}
    assert len(named) > 30
    written = {span for span in named if not re.search(r"\b(NAME|FOLDER|demo)\b", span)} - INVENTED
    roots = (paths.ROOT, paths.ROOT / "transflow", paths.ROOT / "transflow" / "checks")
    assert sorted(span for span in written if not any((root / span).exists() for root in roots)) == []


def test_every_dotted_name_exists() -> None:
    named = {span for span in code_spans() if re.fullmatch(rf"({'|'.join(ROOMS)})(\.\w+)+", span)}
    assert len(named) > 20
    assert sorted(span for span in named if not resolves(f"transflow.{span}")) == []


def test_the_example_of_a_check_runs() -> None:
    module: dict[str, Any] = {}
    exec(examples("A check of one unit")[0], module)
    context = CheckContext("en")
    for example in (*module["PASSING"], *module["FAILING"]):
        issues = list(
            module["check"](Unit("k7f3q2mx", example.source, example.target, variant=example.variant), context)
        )
        assert [issue.check in module["IDS"] for issue in issues] == [True] * (example in module["FAILING"])
        assert [example.target[slice(*issue.target_span)] for issue in issues] == [example.at] * len(issues)


@pytest.mark.parametrize("recipe", ["A check of one unit", "A command", "A message to users"])
def test_the_examples_import_what_exists(recipe: str) -> None:
    for example in examples(recipe):
        for each in ast.walk(ast.parse(example)):
            if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("transflow"):
                names = {f"{each.module}.{alias.name}" for alias in each.names}
                assert [name for name in names - INVENTED if not resolves(name)] == []
