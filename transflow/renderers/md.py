"""Markdown (CommonMark, and GitHub's tables): for a repository, a newsletter, another CMS.

Invariant: what is text in the story is text to any Markdown program, one that lets raw HTML through included.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.story import Story
from transflow.renderers import markup
from transflow.renderers.environment import context

SUFFIX = ".md"


def render(story: Story, environment: Environment) -> str:
    """The story by the template `story.md`; the credit line is the last line."""
    return markup.spaced(environment.get_template("story.md").render(context(story)))
