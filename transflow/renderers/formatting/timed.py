"""The cues of a story in the order of their times: each translation divided between its cues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.model.cues import CueTime, cue_times, divided
from transflow.model.story import Story
from transflow.renderers.formatting import markup
from transflow.renderers.formatting.environment import stamp

_CREDIT_TIME = 4000
"""Milliseconds that the credits are shown after the last cue."""


class TimedText(NamedTuple):
    """A text with its time."""

    time: CueTime
    text: str


def timed_texts(story: Story) -> list[TimedText]:
    """Return the text of each cue of a story."""
    found = (
        each for paragraph in story.paragraphs if (times := cue_times(paragraph.variant)) and paragraph.kind == "cue"
        for each in zip(times, divided(markup.plain(paragraph.text), times), strict=True)
    )  # fmt: skip
    return sorted((TimedText(time, text) for time, text in found), key=lambda each: each.time.start)


def closing_lines(story: Story) -> Iterator[str]:
    """Yield what every format of a story says: the stamp of a draft, credits, and label."""
    yield from filter(None, (stamp(story), story.credit_line, story.label))


def closing(story: Story, texts: list[TimedText]) -> TimedText | None:
    """Return the cue with the credits, behind the last one; None if there is nothing to say."""
    lines = " ".join(map(markup.plain, closing_lines(story)))
    end = max((each.time.end for each in texts), default=0)
    return TimedText(CueTime(end, end + _CREDIT_TIME), lines) if lines else None
