"""Subtitles that stand for too short a time: more than 20 characters of a cue in a second.

The translation is divided between the cues of its sentence as `render --format srt` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.cues import cue_times, time_text
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"cue_speed": "warning"}
MESSAGES = Messages(
    __name__,
    {"cue_speed": "{n} characters are to be read in a second, from {time} on; most people read {most}."},
)
_TWO_SECONDS = "00:00:01.000 --> 00:00:03.000"
PASSING = (
    Example("강변시는 다리를 열었다.", "The city opened its bridges.", kind="cue", variant=_TWO_SECONDS),
    Example("강변시는 다리를 열었다.", "The city opened its bridges. " * 3),
)
FAILING = (
    Example(
        "강변시는 다리를 열었다.", "The city opened its bridges again on Wednesday.", kind="cue", variant=_TWO_SECONDS
    ),
)
_MOST = 20
"""Characters that are read in a second."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    times = cue_times(unit.variant) if context.kind == "cue" else ()
    milliseconds = sum(each.end - each.start for each in times)
    if not times or len(unit.target) * 1000 <= _MOST * milliseconds:
        return
    speed = len(unit.target) * 1000 // milliseconds if milliseconds > 0 else len(unit.target)
    message = MESSAGES("cue_speed", n=speed, time=time_text(times[0].start)[:8], most=_MOST)
    yield Issue("cue_speed", IDS["cue_speed"], message)
