"""Answers of judges as JSON: `{"findings": [{"id": …, "quote": …, …}]}`.

Invariant: an answer in another form is refused as a whole, and so is one of more text than findings
need. A finding is about an item that was asked about, and quotes a part of its translation; others
are left out, because nobody could look at the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transflow.errors import TransflowError
from transflow.json_text import decode_json
from transflow.judges import KINDS, SEVERITIES, JudgeFinding, JudgeItem
from transflow.messages import Message, Messages
from transflow.text import one_line, without_controls

MESSAGES = Messages(
    __name__,
    {
        "form": "the judge {judge} answers in another form than was asked for: {what}.",
        "large": "the judge {judge} answers with more than {most} MB. Nothing of it is kept.",
        "many": "the judge {judge} has {n} findings about {items}. Nothing of it is kept.",
        "no-json": "it is no JSON document",
        "no-list": "“findings” is no list",
        "no-object": "finding {n} is no object",
        "no-text": "“{field}” of finding {n} is no text",
        "no-reason": "“reason” of finding {n} is empty",
        "no-choice": "“{field}” of finding {n} is none of: {known}",
        "no-share": "“confidence” of finding {n} is no number from 0 to 1",
        "items": ("{n} sentence", "{n} sentences"),
    },
)
MOST = 20
"""Number of findings about one item that count."""
MOST_SENT = 100
"""Number of findings per item from which on an answer is refused."""
MOST_REASON = 300
"""Characters of a reason that are kept."""
MOST_REPAIR = 2000
"""Characters of a repair; what proposes more proposes nothing."""
LARGEST = 2 * 2**20
"""Characters of an answer."""


class JudgeError(TransflowError):
    """A judge that does not work, or whose answer cannot be read."""

    exit_code = 3


class JudgeMissingError(JudgeError):
    """A judge that is not there, so that the user's settings are wrong."""

    exit_code = 2


class _FormError(ValueError):
    """An answer in another form; the message says what is wrong."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


def number(options: Mapping[str, str], option: str, usual: float) -> float:
    """Return the number of an option, which the settings have checked, or the usual one."""
    return float(options.get(option) or usual)


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
    """Return the findings in an answer, each once. Raise JudgeError for one in another form."""
    if len(text) > LARGEST:
        raise JudgeError(MESSAGES("large", judge=judge, most=LARGEST // 2**20))
    try:
        entries = _entries(text)
        if len(entries) > MOST_SENT * len(items):
            raise JudgeError(MESSAGES("many", judge=judge, n=len(entries), items=MESSAGES("items", n=len(items))))
        read = [_read(entry, position) for position, entry in enumerate(entries, 1)]
    except _FormError as error:
        raise JudgeError(MESSAGES("form", judge=judge, what=error.what)) from None
    targets = {item.id: item.target for item in items}
    found: dict[tuple[str, tuple[int, int], str], JudgeFinding] = {}
    counts = dict.fromkeys(targets, 0)
    for each, quote in read:
        span = _place(targets.get(each.item, ""), quote)
        key = (each.item, span, each.kind)
        if span[1] and key not in found and counts[each.item] < MOST:
            counts[each.item] += 1
            found[key] = each._replace(span=span)
    return list(found.values())


def _place(target: str, quote: str) -> tuple[int, int]:
    """Return where a text is quoted, whole words rather than parts of others; else (0, 0)."""
    starts = [at for at in range(len(target)) if target.startswith(quote, at)] if quote else []
    start = next((at for at in starts if _is_whole(target, at, at + len(quote))), starts[0] if starts else -1)
    return (start, start + len(quote)) if start >= 0 else (0, 0)


def _is_whole(text: str, start: int, end: int) -> bool:
    edges = (text[start - 1 : start + 1], text[end - 1 : end + 1])
    return not any(len(edge) == 2 and edge.isalnum() for edge in edges)


def _entries(text: str) -> list[Any]:
    try:
        document = decode_json(text)
    except (ValueError, OverflowError, RecursionError):
        raise _FormError(MESSAGES("no-json")) from None
    entries = document.get("findings") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise _FormError(MESSAGES("no-list"))
    return entries


def _read(entry: Any, n: int) -> tuple[JudgeFinding, str]:
    """Return a finding without its span, and what it quotes. Raise _FormError."""
    if not isinstance(entry, dict):
        raise _FormError(MESSAGES("no-object", n=n))
    entry = {"repair": "", **entry}
    for field in ("id", "quote", "reason", "repair"):
        if not isinstance(entry.get(field), str):
            raise _FormError(MESSAGES("no-text", field=field, n=n))
    for field, known in (("kind", KINDS), ("severity", SEVERITIES)):
        if entry.get(field) not in known:
            raise _FormError(MESSAGES("no-choice", field=field, n=n, known=", ".join(known)))
    confidence = entry.get("confidence")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise _FormError(MESSAGES("no-share", n=n))
    why = one_line(without_controls(entry["reason"]))[:MOST_REASON].strip()
    if not why:
        raise _FormError(MESSAGES("no-reason", n=n))
    repair = entry["repair"] if len(entry["repair"]) <= MOST_REPAIR else ""
    return JudgeFinding(entry["id"], (0, 0), entry["severity"], entry["kind"], float(confidence), why, repair), entry[
        "quote"
    ]
