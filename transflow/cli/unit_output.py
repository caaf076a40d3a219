"""Output of units: as text for people, and as plain values for JSON."""

from __future__ import annotations

from typing import Any

from transflow.cli.formatting import local_time
from transflow.digests import approval
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import state_digest
from transflow.units.workflow import is_approved, is_waiver_valid, open_questions, state


def unit_values(place: CatalogRef, number: int, unit: Unit) -> dict[str, Any]:
    """Return a unit as plain values: reference, id, state, mark, and its fields but empty ones."""
    values: dict[str, Any] = {
        "ref": f"{place}#{number}",
        "id": unit.id,
        "state": state(unit),
        "mark": state_digest(unit),
    }
    for name in Unit.__slots__:
        value = getattr(unit, name)
        if value and name not in ("id", "foreign", "other"):
            values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    """Return a value with named tuples as dicts and tuples as lists."""
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def unit_text(place: CatalogRef, number: int, unit: Unit, timezone: str) -> str:
    """Return a unit as lines: texts, state, history, discussion, with times in the time zone."""
    label = ", ".join(filter(None, (unit.kind, unit.variant, "continued" if unit.continued else "")))
    shown_state = "needs another look" if state(unit) == "needs-work" else state(unit)
    lines = [f"{place.slug}#{number}  {unit.id}  {label}  {shown_state}"]
    if unit.previous:
        lines += [f"  was  {unit.previous}"]
    lines += [
        f"  {place.locale if place.folder == 'articles' else 'src'}   {unit.source}",
        f"  ->   {unit.target or '(no text yet)'}",
    ]
    if unit.refs:
        lines += ["  from " + " ".join(map(str, unit.refs))]
    lines += [*_history(unit, timezone), *_discussion(unit, timezone)]
    lines += [f"  mark {state_digest(unit)}"]
    return "\n".join(lines)


def _history(unit: Unit, timezone: str) -> list[str]:
    """Return the lines about who wrote, approved, left out, recorded and read the text."""

    def at(time: str) -> str:
        return local_time(time, timezone)

    lines = [f"  words of {share.who}: {share.words} (translated)" for share in unit.translated]
    lines += [f"  words of {author.who}: {author.words}, {at(author.time)}" for author in unit.by]
    if unit.approved:
        void = "" if is_approved(unit) else " (changed since)"
        lines += [f"  approved by {unit.approved.who}, {at(unit.approved.time)}{void}"]
    for verb, decision in (("omitted", unit.omitted), ("cut", unit.cut), ("sent back", unit.returned)):
        lines += [f"  {verb} by {decision.who}, {at(decision.time)}: {decision.reason}"] if decision else []
    if unit.record:
        lines += [f"  record: {unit.record.allowance}, {unit.record.who} said, {at(unit.record.time)}"]
    for reading in unit.seen:
        stale = "" if reading.digest == approval(unit.id, unit.source, unit.target) else " (another text)"
        lines += [f"  seen by {reading.who}, {at(reading.time)}{stale}"]
    return lines


def _discussion(unit: Unit, timezone: str) -> list[str]:
    """Return the lines about assignment, other texts, questions, waivers and comments."""
    lines = []
    if unit.assigned:
        due = f", due {local_time(unit.assigned.due, timezone)}" if unit.assigned.due else ""
        lines += [f"  assigned to {unit.assigned.who}{due}"]
    lines += [
        f"  other text {number}, by {other.who}, {local_time(other.time, timezone)}: {other.text}"
        for number, other in enumerate(unit.conflicts, 1)
    ]
    unanswered = open_questions(unit)
    lines += [
        f"  {'?' if question in unanswered else '✓'} {question.who}"
        f"{' to ' + question.to if question.to else ''}: {question.text}"
        for question in unit.questions
    ]
    lines += [f"  ! {answer.who}: {answer.text}" for answer in unit.answers]
    lines += [
        f"  waived {waiver.check} by {waiver.who}{'' if is_waiver_valid(waiver, unit) else ', for another text'}: {waiver.reason}"
        for waiver in unit.waivers
    ]
    return [*lines, *(f"  note: {comment}" for comment in unit.comments)]
