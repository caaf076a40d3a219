"""Renderers: a finished story as a file. One module in this folder is one renderer, its file name is its id.

Invariant: output depends on the story and the templates alone, so that it is the same, byte for byte, from run to
run; and text of the story is text everywhere: it never becomes markup, script, or an address of another scheme.

A renderer is a module with `SUFFIX` and `render`; adding its file is all there is to adding one. `SHARED` names the
modules here that renderers share and that are none themselves.
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
"""A project's own templates: the bytes of one, and its name for people; None where it has none of this name."""
SHARED = frozenset({"blocks", "environment", "markup"})


class Renderer(Protocol):
    """What a module in this folder offers."""

    SUFFIX: str
    """What the output's file name ends with, dot included."""

    @staticmethod
    def render(story: Story, environment: Environment) -> str:
        """The whole file, ending in a newline. `environment` is that of `transflow.renderers.environment`."""
        ...


@cache
def names() -> tuple[str, ...]:
    """The ids of all renderers, in alphabetical order. Imports none of them."""
    modules = (each.name for each in iter_modules(__path__) if not each.ispkg)
    return tuple(sorted(name for name in modules if name not in SHARED))


def load(name: str) -> Renderer:
    """The renderer with this id. Raises UnknownNameError."""
    if name not in names():
        raise UnknownNameError("output format", name, names())
    return cast(Renderer, import_module(f"{__name__}.{name}"))


def render(story: Story, to: str, templates: Templates | None = None) -> str:
    """The story in the format `to`, with the project's own templates before ours.

    Raises UnknownNameError for a format that is not there, UnreadableError for a template that does not work.
    """
    from transflow.renderers.environment import environment, template_errors

    renderer = load(to)
    with template_errors():
        text = renderer.render(story, environment(templates))
    return text if renderer.SUFFIX.endswith(".json") else without_controls(text)  # JSON has escapes of its own
