"""Subtitles in the format WebVTT: the cues of the report with their times and the translation.

Headline, credit line and label stand in a note, and the label in a last cue too; so does the stamp
of a draft. Paragraphs without times are left out. Only on request.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.cues import CueTime, cue_lines, time_text
from transflow.model.story import Story
from transflow.renderers.formatting import markup
from transflow.renderers.formatting.timed import closing, timed_texts

SUFFIX = ".vtt"
ON_REQUEST = True


def render(story: Story, environment: Environment) -> str:
    """Return the file: its mark, a note with the headline, and the cues."""
    texts = timed_texts(story)
    blocks = ["WEBVTT", f"NOTE {_safe(markup.plain(story.headline))}".rstrip()]
    blocks += ["\n".join((_times(time), *map(_safe, cue_lines(text)))) for time, text in texts]
    if last := closing(story, texts):
        blocks.append(f"{_times(last.time)}\n{_safe(last.text)}")
    return "\n\n".join(blocks) + "\n"


def _times(time: CueTime) -> str:
    return f"{time_text(time.start)} --> {time_text(time.end)}"


def _safe(text: str) -> str:
    """Return a text that is no markup of WebVTT, and no time."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
