"""Subtitles in the format SubRip: the cues of the report with their times and the translation.

A translation is divided between the cues of its sentence, and into lines of 42 characters. A last
cue has the credit line and the label; on a draft, it says so. Paragraphs without times are left
out. Only on request.
"""

from __future__ import annotations

from jinja2 import Environment

from transflow.model.cues import CueTime, cue_lines, time_text
from transflow.model.story import Story
from transflow.renderers.formatting.timed import closing, timed_texts

SUFFIX = ".srt"
ON_REQUEST = True


def render(story: Story, environment: Environment) -> str:
    """Return the cues, numbered from 1."""
    texts = timed_texts(story)
    last = closing(story, texts)
    cues = ["\n".join((str(number), _times(time), *cue_lines(text))) for number, (time, text) in enumerate(texts, 1)]
    if last:
        cues.append(f"{len(cues) + 1}\n{_times(last.time)}\n{last.text}")
    return "\n\n".join(cues) + "\n"


def _times(time: CueTime) -> str:
    return f"{time_text(time.start, ',')} --> {time_text(time.end, ',')}"
