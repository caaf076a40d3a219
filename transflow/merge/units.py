"""Merge of one unit.

Invariant: a field that only one side changed has that side's value. A merged unit is not fuzzy only
if somebody confirmed this target against this source. An approval or a waiver stays only if its
digest matches the result; an approval only if nobody wrote, confirmed or sent back the target after
it.

Fields mostly move together with the target or source that they describe. There are three
exceptions, so that nothing is lost:

- `@translated` counts words of the present target, so it stays with the target, and with the
  draft only if both sides have the same target. Otherwise a new draft on one side would take
  the credit for the other side's words.
- `@from` stays with the draft, but a list that the other side changed too is merged as a set.
  The draft is then no longer the join of these sentences, and the paragraph is stale, as it
  should be.
- A unit is not fuzzy only because its source changed on one side, if the other side confirmed
  the target against that source: two clones that run the same update do not undo each other's
  work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from transflow.attribution.stamps import why_void
from transflow.digests import approval
from transflow.merge.order import merged_set
from transflow.merge.texts import MergedText, confirmed_source, merged_text
from transflow.messages import Message, Messages
from transflow.model.issue import Issue
from transflow.model.unit import Act, Approval, Conflict, Unit, Use, Waiver
from transflow.units.regroup import strictest

MESSAGES = Messages(
    __name__,
    {
        "conflict": "{unit}: {why}",
        "redacted": "redacted on one side; the translation written on the other is not kept.",
        "redacted-twice": "redacted on both sides, and the newer one stands. Redact again what the other side redacted.",
        "two-translations": "two translations met. The one by {winner} is in place, the one by {loser} is kept as @conflict.",
    },
)
SETS = ("comments", "refs", "cites", "joined", "seen", "conflicts", "questions", "answers", "other", "foreign")
ACTS = ("omitted", "cut", "returned", "redacted")


class MergedUnit(NamedTuple):
    """A merged unit and its issues."""

    unit: Unit
    issues: tuple[Issue, ...] = ()


def conflict_issue(unit_id: str, why: Message) -> Issue:
    return Issue("conflict", "error", MESSAGES("conflict", unit=unit_id, why=why))


def merged_unit(
    base: Unit | None, one: Unit, two: Unit, *, source: str | None = None, leading: Unit | None = None
) -> MergedUnit:
    """Merge one unit. A unit that is not in the base counts as changed from an empty one.

    `source` is the source of the result, if joins and splits have determined it already; for
    `leading` see `merged_text`.
    """
    before = base or Unit(one.id, "")
    redacted = [unit for unit in (one, two) if unit.redacted and unit.redacted != before.redacted]
    if redacted and one.redacted != two.redacted:
        return _redacted(before, one, two, redacted)
    return _merged(before, one, two, source, leading)


def _redacted(base: Unit, one: Unit, two: Unit, new: Sequence[Unit]) -> MergedUnit:
    """Return the unit of the side that redacted: the other could still hold the redacted text."""
    kept = max(new, key=lambda unit: act_key(unit.redacted))
    other = two if kept is one else one
    if len(new) == 2:
        return MergedUnit(kept, (conflict_issue(one.id, MESSAGES("redacted-twice")),))
    return MergedUnit(kept, redaction_warning(base, other))


def redaction_warning(base: Unit | None, other: Unit) -> tuple[Issue, ...]:
    """Return a warning if the other side wrote a translation that the redaction discards."""
    if not other.target or other.target == (base.target if base else ""):
        return ()
    return (Issue("conflict", "warning", MESSAGES("conflict", unit=other.id, why=MESSAGES("redacted"))),)


def act_key(act: Act | None) -> tuple[str, Sequence[str]]:
    return (act.time, act) if act else ("", ())


def _merged(base: Unit, one: Unit, two: Unit, source: str | None, leading: Unit | None) -> MergedUnit:
    keeps_source = source is None or source == one.source
    if keeps_source and (one == two or two == base):
        return MergedUnit(one)
    if one == base and (source is None or source == two.source):
        return MergedUnit(two)
    text = merged_text(base, one, two, leading)
    merged = _sourced(base, one, two, text, source).replace(
        target=text.target,
        by=text.by,
        text=text.text_digest,
        translated=text.translated,
        **_plain_fields(base, one, two),
    )
    if text.lost and all(each.text != text.lost.text for each in merged.conflicts):
        merged = merged.replace(conflicts=(*merged.conflicts, text.lost))
    both_drafted = source is None and base.source != one.source != two.source != base.source
    doubtful = text.is_conflict or (both_drafted and bool(text.target))
    merged = _with_status(base, one, two, merged.replace(fuzzy=doubtful))
    return MergedUnit(merged, (_two_targets_issue(merged.id, text),) if text.lost else ())


def _two_targets_issue(unit_id: str, text: MergedText) -> Issue:
    return conflict_issue(unit_id, MESSAGES("two-translations", winner=text.winner, loser=text.loser))


def _sourced(base: Unit, one: Unit, two: Unit, text: MergedText, source: str | None) -> Unit:
    """Return a unit with the id, source and previous source of the result."""
    both = base.source != one.source != two.source != base.source
    if source is None:
        source = max(one.source, two.source) if both else merged_value(base.source, one.source, two.source)
        confirmed = (confirmed_source(base) or text.confirmed) if both else text.confirmed
    else:
        confirmed = text.confirmed
    if not text.target:
        confirmed = merged_value(base.previous, one.previous, two.previous)
    return Unit(one.id, source, previous="" if confirmed == source else confirmed)


def merged_value(base: Any, one: Any, two: Any) -> Any:
    """Return the value of the side that changed it; the greater if both did."""
    if one == two or two == base:
        return one
    return two if one == base else max(one, two)


def _plain_fields(base: Unit, one: Unit, two: Unit) -> dict[str, Any]:
    """Return the fields that do not depend on which target or source was chosen."""
    fields: dict[str, Any] = {}
    for name in SETS:
        fields[name] = merged_set(*(getattr(unit, name) for unit in (base, one, two)))
    fields["conflicts"] = _each_text_once(fields["conflicts"])
    for name in ACTS:
        fields[name] = _newest_act(*(getattr(unit, name) for unit in (base, one, two)))
    kind = merged_value(*((unit.kind, unit.variant, unit.continued) for unit in (base, one, two)))
    fields["kind"], fields["variant"], fields["continued"] = kind
    fields["assigned"] = _newest(base.assigned, one.assigned, two.assigned, lambda each: each or ("", ""))
    fields["record"] = _use(base, one, two)
    fields["split"] = merged_value(base.split, one.split, two.split)
    fields["moved"] = merged_value(base.moved, one.moved, two.moved)
    return fields


def _each_text_once(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Keep one conflict of each text: one with shares before one without, then the newer."""
    best: dict[str, Conflict] = {}
    for each in conflicts:
        best[each.text] = max(
            each, best.get(each.text, each), key=lambda found: (bool(found.shares), found.time, found)
        )
    return tuple(best.values())


def _newest(base: Any, one: Any, two: Any, age: Any) -> Any:
    if one == two or two == base:
        return one
    return two if one == base else max(one, two, key=age)


def _use(base: Unit, one: Unit, two: Unit) -> Use | None:
    """Return the limits of use of the side that changed them; the stricter if both did."""
    if one.record == two.record or two.record == base.record:
        return one.record
    return two.record if one.record == base.record else strictest(one.record, two.record)


def _newest_act(base: Act | None, one: Act | None, two: Act | None) -> Act | None:
    act: Act | None = _newest(base, one, two, act_key)
    return act


def _with_status(base: Unit, one: Unit, two: Unit, merged: Unit) -> Unit:
    """Return the unit with its fuzzy flag, approval and waivers.

    `merged.fuzzy` is true on entry if the merge itself makes the target doubtful.
    """
    sides = (one, two)
    finished = [each for each in sides if not each.fuzzy and _has_texts_of(each, merged)]
    unconfirmed = bool(merged.target) and bool(merged.previous)
    sent_back = any(_newly_fuzzy(base, each) and not _superseded(base, each, finished) for each in sides)
    still_fuzzy = base.fuzzy and not finished
    fuzzy = merged.fuzzy or unconfirmed or sent_back or still_fuzzy
    merged, text_digest = merged.replace(fuzzy=fuzzy), approval(merged.id, merged.source, merged.target)
    waivers: tuple[Waiver, ...] = () if fuzzy and not base.fuzzy else merged_set(base.waivers, one.waivers, two.waivers)
    return merged.replace(
        approved=None if fuzzy else _approval(merged, base, one, two),
        waivers=tuple(each for each in waivers if each.digest == text_digest),
    )


def _has_texts_of(side: Unit, merged: Unit) -> bool:
    return (side.source, side.target) == (merged.source, merged.target)


def _newly_fuzzy(base: Unit, side: Unit) -> bool:
    return side.fuzzy and (not base.fuzzy or _is_newly_doubted(base, side))


def _is_newly_doubted(base: Unit, side: Unit) -> bool:
    """True if somebody sent the unit back, or another text was recorded as a conflict."""
    return side.returned not in (base.returned, None) or not set(side.conflicts) <= set(base.conflicts)


def _superseded(base: Unit, side: Unit, finished: Sequence[Unit]) -> bool:
    """True if a side is fuzzy only because its source changed, and the other confirmed it."""
    only_source = bool(side.previous) and side.source != base.source
    return only_source and not _is_newly_doubted(base, side) and any(each.source == side.source for each in finished)


def _approval(merged: Unit, base: Unit, one: Unit, two: Unit) -> Approval | None:
    """Return the newest valid approval of the result that no side withdrew."""
    known = [each.approved for each in (one, two) if each.approved]
    valid = [each for each in known if not why_void(merged.replace(approved=each))]
    taken_back = base.approved if None in (one.approved, two.approved) else None
    return max((each for each in valid if each != taken_back), key=lambda each: (each.time, each), default=None)
