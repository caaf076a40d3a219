"""Plain text: paragraphs with an empty line between them, a line each, the credit line last.

Invariant: no mark-up is left; an address stands in parentheses after the words that linked to it.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.story import Story
from transflow.renderers import markup
from transflow.renderers.environment import context

SUFFIX = ".txt"


def render(story: Story, environment: Environment) -> str:
    """The story by the template `story.txt`."""
    return markup.spaced(environment.get_template("story.txt").render(context(story)))
