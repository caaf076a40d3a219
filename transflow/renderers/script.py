"""Script for the studio: each paragraph with the time at which it is spoken, the credits last.

A paragraph without times stands without them. Only on request.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.cues import cue_times, time_text
from transflow.model.story import Story
from transflow.renderers.formatting import markup
from transflow.renderers.formatting.timed import closing_lines

SUFFIX = ".script.txt"
ON_REQUEST = True


def render(story: Story, environment: Environment) -> str:
    """Return the headline, and a line for each paragraph."""
    lines = [markup.plain(story.headline)]
    for paragraph in story.paragraphs:
        times = cue_times(paragraph.variant) if paragraph.kind == "cue" else ()
        time = f"{time_text(times[0].start)[:8]}  " if times else ""
        lines.append(time + markup.plain(paragraph.text))
    return "\n\n".join(filter(None, (*lines, *map(markup.plain, closing_lines(story))))) + "\n"
