"""Answers of judges as JSON: `{"findings": [{"id": …, "quote": …, …}]}`.

Invariant: an answer in another form is refused as a whole. A finding is about an item that was
asked about, and quotes a part of its translation; others are left out, because nobody could look at
the place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from transflow.errors import TransflowError
from transflow.json_text import decode_json
from transflow.judges import KINDS, SEVERITIES, JudgeFinding, JudgeItem
from transflow.messages import Messages
from transflow.text import one_line, without_controls

MESSAGES = Messages(
    __name__,
    {
        "form": "the judge {judge} answers in another form than was asked for.",
        "option": "judges.toml: {option} = “{value}” is no number.",
    },
)
MOST = 20
"""Number of findings about one item that count."""
MOST_REASON = 300
"""Characters of a reason that are kept."""


class JudgeError(TransflowError):
    """A judge that does not work, or whose answer cannot be read."""

    exit_code = 3


def number(options: Mapping[str, str], option: str, usual: float) -> float:
    """Return the number of an option, or the usual one. Raise JudgeError for another value."""
    value = options.get(option) or str(usual)
    try:
        return float(value)
    except ValueError:
        raise JudgeError(MESSAGES("option", option=option, value=value)) from None


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "quote": {"type": "string"},
                    "severity": {"enum": [*SEVERITIES]},
                    "kind": {"enum": [*KINDS]},
                    "confidence": {"type": "number"},
                    "reason": {"type": "string"},
                    "repair": {"type": "string"},
                },
                "required": ["id", "quote", "severity", "kind", "confidence", "reason", "repair"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["findings"],
    "additionalProperties": False,
}


def findings(text: str, items: Sequence[JudgeItem], judge: str) -> list[JudgeFinding]:
    """Return the findings in an answer. Raise JudgeError for one in another form."""
    try:
        entries = decode_json(text)["findings"]
        if not isinstance(entries, list):
            raise TypeError
        read = [_read(entry) for entry in entries]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise JudgeError(MESSAGES("form", judge=judge)) from None
    targets = {item.id: item.target for item in items}
    counts = dict.fromkeys(targets, 0)
    found = []
    for each, quote in read:
        start = targets.get(each.item, "").find(quote) if quote else -1
        if start >= 0 and counts[each.item] < MOST:
            counts[each.item] += 1
            found.append(each._replace(span=(start, start + len(quote))))
    return found


def _read(entry: Any) -> tuple[JudgeFinding, str]:
    """Return a finding without its span, and what it quotes. Raise TypeError, KeyError."""
    values = [entry[name] for name in ("id", "quote", "reason", "kind", "severity")]
    repair, confidence = entry.get("repair") or "", entry["confidence"]
    if not all(isinstance(each, str) for each in (*values, repair)) or isinstance(confidence, bool):
        raise TypeError
    item, quote, reason, kind, severity = values
    if kind not in KINDS or severity not in SEVERITIES or not isinstance(confidence, int | float):
        raise TypeError
    if math.isnan(confidence):
        raise ValueError
    sure = min(1.0, max(0.0, float(confidence)))
    why = one_line(without_controls(reason))[:MOST_REASON]
    return JudgeFinding(item, (0, 0), severity, kind, sure, why, repair), quote
