"""Markdown (CommonMark with GitHub's tables), for a repository, a newsletter or another CMS.

Invariant: text of the story is text to any Markdown program, even one that passes raw HTML.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.story import Story
from transflow.renderers.formatting import markup
from transflow.renderers.formatting.environment import context

SUFFIX = ".md"


def render(story: Story, environment: Environment) -> str:
    """Return the story rendered with `story.md`; the credit line comes last."""
    return markup.with_single_blank_lines(environment.get_template("story.md").render(context(story)))
