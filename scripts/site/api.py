"""Reference of the Python API: the room `language`, and the class `Project`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from scripts.site.text import docstring

MODULES = (
    "transflow.language.segment",
    "transflow.language.quantities.korean",
    "transflow.language.quantities.english",
    "transflow.language.quantities.compare",
    "transflow.language.quantities.compare_dates",
    "transflow.language.quantities.quantity",
    "transflow.language.romanisation.names",
    "transflow.language.romanisation.surnames",
    "transflow.language.scripts",
    "transflow.language.spelling",
    "transflow.language.style",
)
PROJECT = "transflow.project.project"


def page() -> str:
    """Return the page of the Python API."""
    parts = [
        "# Python API\n\n`transflow.language` knows sentences, figures, names and house style, and no files. "
        "`transflow.project.Project` reads and writes a newsroom's folder. Other modules may change in any version.\n\n"
        "```python\nfrom transflow.language import segment\n\n"
        'assert [each.source for each in segment.split("비가 왔다. 길이 막혔다.")] == ["비가 왔다.", "길이 막혔다."]\n'
        "```\n"
    ]
    for name in (PROJECT, *MODULES):
        module = import_module(name)
        parts.append(f"\n## {name}\n\n{docstring(module.__doc__)}")
        parts += [_entry(each, value) for each, value in public(module)]
    return "".join(parts)


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the public functions and classes that a module defines itself, in its order."""
    for name, value in vars(module).items():
        is_own = getattr(value, "__module__", "") == module.__name__
        if is_own and not name.startswith("_") and (inspect.isclass(value) or inspect.isroutine(value)):
            yield name, value


def _entry(name: str, value: object) -> str:
    text = f"\n### {name}\n\n{_signature(name, value)}{docstring(inspect.getdoc(value))}"
    if not inspect.isclass(value):
        return text
    own = [each for each in value.__mro__ if each.__module__.startswith("transflow.")]
    for method, function in {name: what for each in reversed(own) for name, what in vars(each).items()}.items():
        function = getattr(function, "__func__", function)
        if method.startswith("_") or not inspect.isfunction(function):
            continue
        text += f"\n#### {name}.{method}\n\n{_signature(method, function)}{docstring(inspect.getdoc(function))}"
    return text


def _signature(name: str, value: object) -> str:
    """Return the line of a call, as a code block; nothing for a class without one of its own."""
    try:
        signature = inspect.signature(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""
    return f"```python\n{name}{signature}\n```\n\n".replace("'", "")
