"""Output of units: as text for people, and as plain values for JSON."""

from __future__ import annotations

from typing import Any

from transflow.attribution.clocks import on_clocks
from transflow.checks import families_knowing, families_not_knowing
from transflow.cli.formatting import local_time
from transflow.cli.notices import notify
from transflow.digests import approval
from transflow.messages import Message, Messages, joined
from transflow.model.catalog import Catalog, source_language
from transflow.model.references import reference
from transflow.model.settings import Settings
from transflow.model.unit import KINDS, STATES, Unit
from transflow.privacy.pseudonyms import shown_unit
from transflow.project import CatalogRef
from transflow.units.marks import state_digest
from transflow.units.workflow import is_approved, is_waiver_valid, open_questions, state

MESSAGES = Messages(
    __name__,
    {
        "pair": "{source} → {target}: these checks look at it: {known}. These do not know the two languages: {unknown}.",
        "no-text": "(no text yet)",
        "was": "  was  {text}",
        "source": "  src   {text}",
        "from": "  from {refs}",
        "mark": "  mark {mark}",
        "continued": "continued",
        "translated": "  words of {who}: {n} (translated)",
        "written": "  words of {who}: {n}, {time}",
        "approved": "  approved by {who}, {time}",
        "approved/void": "  approved by {who}, {time} (changed since)",
        "omitted": "  omitted by {who}, {time}: {reason}",
        "cut": "  cut by {who}, {time}: {reason}",
        "sent back": "  sent back by {who}, {time}: {reason}",
        "record": "  record: {allowance}, {who} said, {time}",
        "seen": "  seen by {who}, {time}",
        "seen/stale": "  seen by {who}, {time} (another text)",
        "assigned": "  assigned to {who}",
        "assigned/due": "  assigned to {who}, due {time}",
        "other": "  other text {n}, by {who}, {time}: {text}",
        "waived": "  waived {check} by {who}: {reason}",
        "waived/stale": "  waived {check} by {who}, for another text: {reason}",
        "note": "  note: {text}",
    },
)


LABELS = Messages(
    __name__,
    {name: name for name in (*KINDS, "correction", *STATES)} | {"needs-work": "needs another look"},
)
"""Kinds, variants and states of units, as people read them."""


def unit_values(settings: Settings, place: CatalogRef, number: int, unit: Unit) -> dict[str, Any]:
    """Return a unit as plain values: reference, id, state, mark, and its fields but empty ones."""
    values: dict[str, Any] = {
        "ref": place.ref(number),
        "id": unit.id,
        "state": state(unit),
        "mark": state_digest(unit),
    }
    unit = shown_unit(settings, unit)
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


def state_name(unit: Unit) -> Message:
    """Return the state of a unit as people read it."""
    return LABELS(state(unit))


def label(name: str) -> str:
    """Return a kind or variant as people read it; one that is not known unchanged."""
    return LABELS(name) if name in LABELS else name


def unit_text(settings: Settings, place: CatalogRef, ref: str, unit: Unit) -> Message:
    """Return a unit as lines: texts, state, history, discussion, with times in the time zone."""
    mark, timezone = state_digest(unit), settings.timezone
    unit = shown_unit(settings, unit)
    labels = [label(unit.kind), *filter(None, (label(unit.variant),))]
    labels += [MESSAGES("continued")] if unit.continued else []
    lines: list[str] = [joined([ref, unit.id, joined(labels), state_name(unit)], "  ")]
    if unit.previous:
        lines += [MESSAGES("was", text=unit.previous)]
    is_story = place.folder == "articles"
    lines += [f"  {place.locale}   {unit.source}" if is_story else MESSAGES("source", text=unit.source)]
    lines += [joined(["  ->   ", unit.target or MESSAGES("no-text")], "")]
    if unit.refs:
        locale = place.locale if len(settings.locales) > 1 else ""
        lines += [MESSAGES("from", refs=" ".join(reference(each.report, each.unit, locale) for each in unit.refs))]
    lines += [*_history(unit, timezone), *_discussion(unit, settings)]
    lines += [MESSAGES("mark", mark=mark)]
    return joined(lines, "\n")


def print_unknown_pair(catalog: Catalog) -> None:
    """Print which checks know the languages of a report, unless all do."""
    source, target = source_language(catalog), catalog.header.get("Language")
    unknown = families_not_knowing(source, target) if catalog.header.get("X-Report") else []
    if unknown:
        known = ", ".join(families_knowing(source, target))
        notify(MESSAGES("pair", source=source, target=target, known=known, unknown=", ".join(unknown)))


def _history(unit: Unit, timezone: str) -> list[Message]:
    """Return the lines about who wrote, approved, left out, recorded and read the text."""

    def at(time: str) -> str:
        return local_time(time, timezone)

    lines = [MESSAGES("translated", who=share.who, n=share.words) for share in unit.translated]
    lines += [MESSAGES("written", who=author.who, n=author.words, time=at(author.time)) for author in unit.by]
    if unit.approved:
        key = "approved" if is_approved(unit) else "approved/void"
        lines.append(MESSAGES(key, who=unit.approved.who, time=at(unit.approved.time)))
    for verb, decision in (("omitted", unit.omitted), ("cut", unit.cut), ("sent back", unit.returned)):
        if decision:
            lines.append(MESSAGES(verb, who=decision.who, time=at(decision.time), reason=decision.reason))
    if record := unit.record:
        lines.append(MESSAGES("record", allowance=record.allowance, who=record.who, time=at(record.time)))
    for reading in unit.seen:
        key = "seen" if reading.digest == approval(unit.id, unit.source, unit.target) else "seen/stale"
        lines.append(MESSAGES(key, who=reading.who, time=at(reading.time)))
    return lines


def _discussion(unit: Unit, settings: Settings) -> list[str]:
    """Return the lines about assignment, other texts, questions, waivers and comments."""
    lines: list[str] = []
    if unit.assigned:
        due = on_clocks(unit.assigned.due, settings.zones(unit.assigned.who)) if unit.assigned.due else ""
        lines.append(MESSAGES("assigned/due" if due else "assigned", who=unit.assigned.who, time=due))
    lines += [
        MESSAGES("other", n=number, who=other.who, time=local_time(other.time, settings.timezone), text=other.text)
        for number, other in enumerate(unit.conflicts, 1)
    ]
    unanswered = open_questions(unit)
    lines += [
        f"  {'?' if question in unanswered else '✓'} {question.who}"
        f"{' to ' + question.to if question.to else ''}: {question.text}"
        for question in unit.questions
    ]
    lines += [f"  ! {answer.who}: {answer.text}" for answer in unit.answers]
    for waiver in unit.waivers:
        key = "waived" if is_waiver_valid(waiver, unit) else "waived/stale"
        lines.append(MESSAGES(key, check=waiver.check, who=waiver.who, reason=waiver.reason))
    return [*lines, *(MESSAGES("note", text=comment) for comment in unit.comments)]
