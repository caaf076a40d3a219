"""Output of the history of units: lines for people, and plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transflow.actions.stories.blame import PrintedText
from transflow.actions.units.unit_events import UnitEvent
from transflow.cli.formatting import local_time
from transflow.messages import NOTHING, Message, Messages, joined

MESSAGES = Messages(
    __name__,
    {
        "wrote": "  {time}  {commit}  written by {who}{recorded}",
        "changed": "  {time}  {commit}  changed by {who}{recorded}; before: {old}",
        "removed-text": "  {time}  {commit}  text removed{recorded}; before: {old}",
        "source": "  {time}  {commit}  source changed{recorded}; before: {old}",
        "approved": "  {time}  {commit}  approved by {who}{recorded}",
        "withdrew": "  {time}  {commit}  approval withdrawn{recorded}",
        "returned": "  {time}  {commit}  sent back by {who}{recorded}: {new}",
        "omitted": "  {time}  {commit}  omitted by {who}{recorded}: {new}",
        "cut": "  {time}  {commit}  cut by {who}{recorded}: {new}",
        "waived": "  {time}  {commit}  waived by {who}{recorded}: {old}: {new}",
        "redacted": "  {time}  {commit}  redacted by {who}{recorded}",
        "added": "  {time}  {commit}  added{recorded}",
        "renamed": "  {time}  {commit}  moved from {old}{recorded}",
        "removed": "  {time}  {commit}  removed{recorded}",
        "recorded": " (from the computer of {who})",
        "stranger": " (by a commit of nobody in transflow.toml)",
        "uncommitted": "not committed",
        "nobody": "somebody (not recorded)",
        "hidden": "(not told: it was redacted, or is off the record)",
        "unknown": "  nobody is known: the history does not show this text",
        "unapproved": "  not approved",
        "now": "  changed since it was published; now: {text}",
        "text": "{ref}  {text}",
        "empty": "(no text)",
    },
)
_ID = 10
"""Digits of a commit's id that are shown."""


def event_line(event: UnitEvent, timezone: str) -> Message:
    """Return an event as a line."""
    return MESSAGES(
        event.kind,
        time=local_time(event.time, timezone) if event.time else "–",
        commit=event.commit[:_ID] or MESSAGES("uncommitted"),
        who=event.who or MESSAGES("nobody"),
        recorded=_recorder(event),
        old=one_line(event.old) or MESSAGES("hidden"),
        new=one_line(event.new),
    )


def _recorder(event: UnitEvent) -> Message:
    """Return whose commit it is, or `NOTHING` if it is that of the person whom the event names."""
    if event.by_stranger:
        return MESSAGES("stranger")
    return MESSAGES("recorded", who=event.recorded_by) if event.recorded_by else NOTHING


def one_line(text: str) -> str:
    """Return a text without its line breaks: none of its lines can look like one of ours."""
    return "⏎".join(text.splitlines())


def event_values(event: UnitEvent) -> dict[str, Any]:
    """Return an event as plain values, with an empty value where nothing is known."""
    return event._asdict()


def printed_lines(printed: PrintedText, timezone: str, indent: str = "") -> Iterator[Message]:
    """Yield a printed text, who wrote, changed and approved it, and the sentences behind it."""
    yield joined([indent, MESSAGES("text", ref=printed.ref, text=one_line(printed.text) or MESSAGES("empty"))], "")
    lines = [event_line(each, timezone) for each in (printed.written, *printed.changed, printed.approved) if each]
    if printed.text and not printed.written:
        lines.insert(0, MESSAGES("unknown"))
    if printed.text and not printed.approved:
        lines.append(MESSAGES("unapproved"))
    if printed.now:
        lines.append(MESSAGES("now", text=one_line(printed.now)))
    yield from (joined([indent, line], "") for line in lines)
    for sentence in printed.sentences:
        yield from printed_lines(sentence, timezone, f"{indent}    ")


def printed_values(printed: PrintedText) -> dict[str, Any]:
    """Return a printed text as plain values."""
    return {
        "ref": printed.ref,
        "text": printed.text,
        "now": printed.now or printed.text,
        "written": printed.written and event_values(printed.written),
        "changed": [event_values(each) for each in printed.changed],
        "approved": printed.approved and event_values(printed.approved),
        "sentences": [printed_values(each) for each in printed.sentences],
    }
