"""Plain text: each paragraph on one line, separated by blank lines, the credit line last.

Invariant: no markup is left; the address of a link follows its text in parentheses.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.story import Story
from transflow.renderers.formatting import markup
from transflow.renderers.formatting.environment import context

SUFFIX = ".txt"


def render(story: Story, environment: Environment) -> str:
    """Return the story rendered with `story.txt`."""
    return markup.with_single_blank_lines(environment.get_template("story.txt").render(context(story)))
