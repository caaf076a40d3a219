"""How a unit is shown: for people, and for machines."""

from __future__ import annotations

from typing import Any

from transflow.cli.session import local_time
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.marks import mark


def values_of(place: CatalogRef, number: int, each: Unit) -> dict[str, Any]:
    """A unit as plain values: its reference, id and state, and every field that says something."""
    from transflow.units.workflow import state

    values: dict[str, Any] = {"ref": f"{place}#{number}", "id": each.id, "state": state(each), "mark": mark(each)}
    for name in Unit.__slots__:
        value = getattr(each, name)
        if value and name not in ("id", "foreign", "other"):
            values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    """Records as plain values."""
    if hasattr(value, "_asdict"):
        return {key: _plain(each) for key, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def shown(place: CatalogRef, number: int, each: Unit, timezone: str) -> str:
    """A unit with its texts, state and history, on lines; times are in the project's zone."""
    from transflow.digests import approval
    from transflow.units.workflow import holds, is_approved, open_questions, state

    def at(time: str) -> str:
        return local_time(time, timezone)

    label = ", ".join(filter(None, (each.kind, each.variant, "continued" if each.continued else "")))
    words = {"needs-work": "needs another look"}
    lines = [f"{place.slug}#{number}  {each.id}  {label}  {words.get(state(each), state(each))}"]
    if each.previous:
        lines += [f"  was  {each.previous}"]
    lines += [
        f"  {place.locale if place.folder == 'articles' else 'src'}   {each.source}",
        f"  ->   {each.target or '(no text yet)'}",
    ]
    if each.refs:
        lines += ["  from " + " ".join(map(str, each.refs))]
    lines += [f"  words of {share.who}: {share.words} (translated)" for share in each.translated]
    lines += [f"  words of {author.who}: {author.words}, {at(author.time)}" for author in each.by]
    if each.approved:
        lines += [
            f"  approved by {each.approved.who}, {at(each.approved.time)}"
            + ("" if is_approved(each) else " (changed since)")
        ]
    for word, act in (("omitted", each.omitted), ("cut", each.cut), ("sent back", each.returned)):
        lines += [f"  {word} by {act.who}, {at(act.time)}: {act.reason}"] if act else []
    if each.record:
        lines += [f"  record: {each.record.how}, {each.record.who} said, {at(each.record.time)}"]
    for look in each.seen:
        stale = "" if look.digest == approval(each.id, each.source, each.target) else " (another text)"
        lines += [f"  seen by {look.who}, {at(look.time)}{stale}"]
    if each.assigned:
        lines += [
            f"  assigned to {each.assigned.who}" + (f", due {at(each.assigned.due)}" if each.assigned.due else "")
        ]
    lines += [
        f"  other text {i}, by {other.who}, {at(other.time)}: {other.text}" for i, other in enumerate(each.conflicts, 1)
    ]
    still = open_questions(each)
    lines += [
        f"  {'?' if asked in still else '✓'} {asked.who}{' to ' + asked.to if asked.to else ''}: {asked.text}"
        for asked in each.questions
    ]
    lines += [f"  ! {given.who}: {given.text}" for given in each.answers]
    lines += [
        f"  waived {waiver.check} by {waiver.who}{'' if holds(waiver, each) else ', for another text'}: {waiver.reason}"
        for waiver in each.waivers
    ]
    lines += [f"  note: {line}" for line in each.comments]
    lines += [f"  mark {mark(each)}"]
    return "\n".join(lines)
