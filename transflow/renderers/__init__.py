"""Renderers: a finished story as a file, one module for each format, named like its id.

Invariant: the output depends only on the story and the templates, and is byte for byte the same in
every run. Text of the story is always text: it never becomes markup, a script, or an address of
another scheme.

A renderer is a module with `SUFFIX` and `render`; adding its file is enough to add it. `SHARED`
names the modules here that are not renderers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from transflow.errors import UnknownNameError
from transflow.model.story import Story
from transflow.text import without_controls

if TYPE_CHECKING:
    from jinja2 import Environment

Templates = Callable[[str], tuple[bytes, str] | None]
"""Loader of a project's templates by name: returns (bytes, display name), or None if missing."""
SHARED = frozenset({"blocks", "environment", "markup"})


class Renderer(Protocol):
    """Interface of a renderer module."""

    SUFFIX: str
    """Ending of the output's file name, with the dot."""

    @staticmethod
    def render(story: Story, environment: Environment) -> str:
        """Return the whole file, ending in a newline.

        `environment` is the Jinja2 environment of `transflow.renderers.environment`.
        """
        ...


@cache
def names() -> tuple[str, ...]:
    """Return the ids of all renderers in alphabetical order, without importing them."""
    modules = (each.name for each in iter_modules(__path__) if not each.ispkg)
    return tuple(sorted(name for name in modules if name not in SHARED))


def load(name: str) -> Renderer:
    """Return the renderer with this id. Raises UnknownNameError."""
    if name not in names():
        raise UnknownNameError("output format", name, names())
    return cast(Renderer, import_module(f"{__name__}.{name}"))


def render(story: Story, to: str, templates: Templates | None = None) -> str:
    """Return the story in the format `to`; a project's templates override the built-in ones.

    Raises UnknownNameError for an unknown format, UnreadableError for an invalid template. Loads
    Jinja2.
    """
    from transflow.renderers.environment import environment, template_errors

    renderer = load(to)
    with template_errors():
        text = renderer.render(story, environment(templates))
    return text if renderer.SUFFIX.endswith(".json") else without_controls(text)  # JSON has escapes of its own
