"""Renderers: a finished story as a file, one module for each format, named like its id.

Invariant: the output depends only on the story and the templates, and is byte for byte the same in
every run. Text of the story is always text: it never becomes markup, a script, or an address of
another scheme.

    formatting   what renderers share: the Jinja2 environment, inline markup, blocks of a body
    templates    the built-in templates
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from transflow.errors import RefusedError
from transflow.messages import Messages
from transflow.model.corrections_page import CorrectionsPage
from transflow.model.story import Story
from transflow.registry import Registry
from transflow.text import without_controls

if TYPE_CHECKING:
    from jinja2 import Environment

Templates = Callable[[str], tuple[bytes, str] | None]
"""Loader of a project's templates by name: returns (bytes, display name), or None if missing."""


class Renderer(Protocol):
    """Interface of a renderer module."""

    SUFFIX: str
    """Ending of the output's file name, with the dot."""
    ON_REQUEST: bool = False
    """True for a format that only some stories have."""

    @staticmethod
    def render(story: Story, environment: Environment) -> str:
        """Return the whole file, ending in a newline.

        `environment` is the Jinja2 environment of `transflow.renderers.formatting.environment`.
        """
        ...


registry = Registry(__name__, __path__, "output format", Renderer)
names, load = registry.names, registry.load


def usual() -> tuple[str, ...]:
    """Return the formats that every story has."""
    return tuple(name for name in names() if not load(name).ON_REQUEST)


def prints_cancellations(name: str) -> bool:
    """Return whether a format has a form of its own for a story that was withdrawn (`CANCELS`)."""
    return bool(getattr(load(name), "CANCELS", False))


MESSAGES = Messages(
    __name__,
    {
        "no-label": "the project's own template for the format {format} does not print the label of a story with a "
        "machine's words: put {field} into it.",
    },
)


def corrections_files(page: CorrectionsPage, templates: Templates | None = None) -> dict[str, str]:
    """Return the public page of corrections by suffix: `.html` and `.json`.

    Raise UnreadableError as `render` does. Loads Jinja2.
    """
    from transflow.renderers.formatting import corrections_page
    from transflow.renderers.formatting.environment import environment, template_errors
    from transflow.renderers.formatting.limits import limited

    def rendered() -> str:
        with template_errors():
            return corrections_page.as_html(page, environment(templates))

    html = limited(rendered) if templates else rendered()
    return {".html": without_controls(html), ".json": corrections_page.as_json(page)}


def render(story: Story, to: str, templates: Templates | None = None) -> str:
    """Return the story in the format `to`; a project's templates override the built-in ones.

    Raise UnknownNameError for an unknown format, UnreadableError for an invalid template, or one
    that takes too much memory or time, and RefusedError if it lacks the label that the story
    prints. Loads Jinja2.
    """
    from transflow.renderers.formatting.environment import environment, template_errors
    from transflow.renderers.formatting.label import is_label_printed
    from transflow.renderers.formatting.limits import limited

    renderer = load(to)

    def rendered() -> str:
        with template_errors():
            return renderer.render(story, environment(templates))

    text = limited(rendered) if templates else rendered()
    if templates and story.label and not is_label_printed(text, story.label):
        raise RefusedError(MESSAGES("no-label", format=to, field="{{ story.label }}"))
    return text if renderer.SUFFIX.endswith(".json") else without_controls(text)  # JSON has escapes of its own
