"""Readings of the checks in a unit, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transflow.actions.checks.explain import ExplainedUnit
from transflow.findings.precision import Precision, precisions
from transflow.messages import Joined, Message, Messages
from transflow.model.explanation import CheckReading, Explanation
from transflow.model.issue import Issue

MESSAGES = Messages(
    __name__,
    {
        "in-source": "{family}, read in the source:",
        "in-target": "{family}, read in the translation:",
        "accounted": "  “{text}” is {meaning}, accounted for by “{others}”",
        "unaccounted": "  “{text}” is {meaning}, and nothing accounts for it",
        "optional": "  “{text}” is {meaning}, and nothing has to account for it",
        "nothing-read": "The checks read no figure, date, quotation or name here.",
        "no-issue": "No check reports an issue.",
        "error": "Error: {message} ({check})",
        "warning": "Warning: {message} ({check})",
        "hint": "Hint: {message} ({check})",
        "precision": "  {check} was right in {right} of {judged} judged cases ({date}).",
        "unmeasured": "  How often {check} is right is not measured yet.",
    },
)


def lines(explained: ExplainedUnit, findings: Sequence[Issue] = ()) -> Iterator[Message]:
    """Yield what the checks report about a unit, and what they read in it, one line each.

    `findings` are those of judges, which come first.
    """
    unit = explained.unit
    for issue in findings:
        yield MESSAGES(issue.severity, message=issue.message, check=issue.check)
    for issue in explained.issues:
        yield MESSAGES(issue.severity, message=issue.message, check=issue.check)
        yield _precision_line(issue)
    if not (explained.issues or findings):
        yield MESSAGES("no-issue")
    for explanation in explained.explanations:
        yield from _side("in-source", explanation, unit.source, unit.target, is_source=True)
        yield from _side("in-target", explanation, unit.target, unit.source, is_source=False)
    if not explained.explanations:
        yield MESSAGES("nothing-read")


def _side(key: str, explanation: Explanation, text: str, other_text: str, *, is_source: bool) -> Iterator[Message]:
    ours, theirs = explanation.source, explanation.target
    if not is_source:
        ours, theirs = theirs, ours
    if ours:
        yield MESSAGES(key, family=explanation.family)
    for reading in ours:
        words = _without_marks(text[reading.start : reading.end])
        counterparts = tuple(_without_marks(other_text[theirs[i].start : theirs[i].end]) for i in reading.counterparts)
        if counterparts:
            yield MESSAGES("accounted", text=words, meaning=reading.meaning, others=Joined(counterparts, "”, “"))
        else:
            yield MESSAGES("unaccounted" if reading.required else "optional", text=words, meaning=reading.meaning)


def _without_marks(words: str) -> str:
    """Return words without quotation marks around them: the message has its own."""
    return words[1:-1] if len(words) > 2 and words[0] in "“‘\"'" and words[-1] in "”’\"'" else words


def _precision_line(issue: Issue) -> Message:
    measured = precisions().get(issue.check)
    if measured is None:
        return MESSAGES("unmeasured", check=issue.check)
    return MESSAGES("precision", check=issue.check, right=measured.right, judged=measured.judged, date=measured.date)


def values(ref: str, explained: ExplainedUnit) -> dict[str, Any]:
    """Return the same for scripts."""
    unit = explained.unit
    return {
        "ref": ref,
        "id": unit.id,
        "source": unit.source,
        "target": unit.target,
        "families": [
            {
                "family": each.family,
                "source": _reading_values(each.source, unit.source),
                "target": _reading_values(each.target, unit.target),
            }
            for each in explained.explanations
        ],
        "issues": [_issue_values(issue) for issue in explained.issues],
    }


def _reading_values(readings: Sequence[CheckReading], text: str) -> list[dict[str, Any]]:
    return [
        {
            "span": [each.start, each.end],
            "text": text[each.start : each.end],
            "meaning": str(each.meaning),
            "counterparts": list(each.counterparts),
            "required": each.required,
        }
        for each in readings
    ]


def _issue_values(issue: Issue) -> dict[str, Any]:
    return {
        "check": issue.check,
        "severity": issue.severity,
        "message": str(issue.message),
        "source_span": issue.source_span,
        "target_span": issue.target_span,
        "precision": _precision_values(precisions().get(issue.check)),
    }


def _precision_values(measured: Precision | None) -> dict[str, Any] | None:
    return measured._asdict() if measured else None
