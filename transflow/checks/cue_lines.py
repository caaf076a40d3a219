"""Subtitles that need more than two lines of 42 characters in one of their cues.

The translation is divided between the cues of its sentence as `render --format srt` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.cues import LINE, LINES, cue_lines, cue_times, divided, time_text
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"cue_lines.many": "warning", "cue_lines.long": "warning"}
MESSAGES = Messages(
    __name__,
    {
        "cue_lines.many": "the cue at {time} needs {n} lines of {characters} characters; players show {lines}.",
        "cue_lines.long": "“{word}” is longer than a line of {characters} characters.",
    },
)
_TWO_SECONDS = "00:00:01.000 --> 00:00:03.000"
PASSING = (
    Example("강변시는 다리를 열었다.", "The city opened its bridges.", kind="cue", variant=_TWO_SECONDS),
    Example("강변시는 다리를 열었다.", "The city opened its bridges. " * 4),
    Example(
        "강변시는 다리를 열었다.",
        "The city opened its bridges. " * 4,
        kind="cue",
        variant=f"{_TWO_SECONDS}; 00:00:03.000 --> 00:00:05.000",
    ),
)
FAILING = (
    Example(
        "강변시는 다리를 열었다.",
        "The city opened its bridges. " * 4,
        id="cue_lines.many",
        kind="cue",
        variant=_TWO_SECONDS,
    ),
    Example("강변시는 다리를 열었다.", f"{'a' * 43} b", id="cue_lines.long", kind="cue", variant=_TWO_SECONDS),
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    times = cue_times(unit.variant) if context.kind == "cue" else ()
    if not times:
        return
    for time, text in zip(times, divided(unit.target, times), strict=True):
        lines = cue_lines(text)
        if len(lines) > LINES:
            clock = time_text(time.start)[:8]
            message = MESSAGES("cue_lines.many", time=clock, n=len(lines), characters=LINE, lines=LINES)
            yield Issue("cue_lines.many", IDS["cue_lines.many"], message)
        if word := next((line for line in lines if len(line) > LINE), ""):
            yield Issue("cue_lines.long", IDS["cue_lines.long"], MESSAGES("cue_lines.long", word=word, characters=LINE))
