"""Consistency of word counts and times in a catalog, and its repair.

Invariant: a repair drops nobody: whoever has words keeps some, and the order of stamps is kept; no
text and no approval becomes valid by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow.attribution import stamps
from transflow.attribution.authorship import is_attributed, with_fitted_shares
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.catalog import Catalog, Header
from transflow.model.issue import Severity
from transflow.model.unit import Unit
from transflow.po import header
from transflow.text import words

MESSAGES = Messages(
    __name__,
    {
        "header-future": "{field} is of {time}, which is still to come",
        "step-future": "{who}'s step on it is of {time}, which is still to come",
        "step-future/nobody": "a step on it is of {time}, which is still to come",
        "early-answer": "{who}'s answer is older than its question",
        "no-author": "its words are said to be counted, and nobody is named as their author",
        "somebody": "somebody",
        "no-author/repair": "it is nobody's now: {command}",
        "future/repair": "taken back to now",
        "shares/repair": "counted anew",
        "shares": "its authors have {shares} words, and the text has {whole}",
    },
)

_SIGNED = ("X-Ready", "X-Cleared", "X-Killed")
"""Header fields that name a person and a time."""
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class TallyDefect(NamedTuple):
    check: str
    """Check id without its family."""
    message: Message
    """A clause without a full stop."""
    severity: Severity = "error"
    unit: str = ""
    """Unit id; empty if the whole catalog is concerned."""


def find_defects(catalog: Catalog, now: str, display_name: Callable[[str], str] = str) -> Iterator[TallyDefect]:
    """Yield the defects in shares and times. `display_name` maps a person's id to a name."""
    latest, counts_are_exact = stamps.latest_time(now), header.format_version(catalog.header) > 1
    for name, time in _signature_times(catalog.header):
        if time > latest:
            yield TallyDefect("future", MESSAGES("header-future", field=name, time=time))
    for unit in catalog.units:
        yield from _wrong_shares(unit, counts_are_exact=counts_are_exact)
        last = stamps.newest_stamp(unit)
        if last.time > latest:
            key = "step-future" if last.who else "step-future/nobody"
            message = MESSAGES(key, who=display_name(last.who), time=last.time)
            yield TallyDefect("future", message, unit=unit.id)
        for answer in unit.answers:
            if any(answer.re == question.reference and answer.time < question.time for question in unit.questions):
                message = MESSAGES("early-answer", who=display_name(answer.who))
                yield TallyDefect("time-order", message, unit=unit.id)


def _wrong_shares(unit: Unit, *, counts_are_exact: bool) -> Iterator[TallyDefect]:
    """Yield the defects in the shares of a unit.

    In format 1 (`counts_are_exact` is false) wrong counts may come from an old version: a warning.
    """
    has_unread_shares = any(meta.key in ("by", "translated") for meta in unit.other)
    if not unit.target or not is_attributed(unit) or has_unread_shares:
        return
    if not unit.by:
        yield TallyDefect("no-author", MESSAGES("no-author"), unit=unit.id)
        return
    shares = sum(each.words for each in unit.by) + sum(each.words for each in unit.translated)
    if shares != (whole := len(words(unit.target))):
        severity: Severity = "error" if counts_are_exact else "warning"
        yield TallyDefect("shares", MESSAGES("shares", shares=shares, whole=whole), severity, unit.id)


def ready_to_write(catalog: Catalog) -> Catalog:
    """Return the catalog ready to be written: see `po.header`. In format 1, wrong word counts are
    corrected.
    """
    if header.format_version(catalog.header) == 1:
        units, obsolete = (
            tuple(
                with_fitted_shares(unit) if any(_wrong_shares(unit, counts_are_exact=False)) else unit for unit in group
            )
            for group in (catalog.units, catalog.obsolete)
        )
        if (units, obsolete) != (catalog.units, catalog.obsolete):
            catalog = catalog.replace(units=units, obsolete=obsolete)
    return header.with_counts(catalog)


def _signature_times(head: Header) -> Iterator[tuple[str, str]]:
    for name in _SIGNED:
        yield from ((name, time) for time in _TIME.findall(head.get(name))[:1])


def repair(catalog: Catalog, now: str, *, is_editor: bool) -> tuple[Catalog, list[tuple[TallyDefect, Message]]]:
    """Return the repaired catalog, and each defect with a note of its repair.

    Word counts are corrected; for an editor, stamps in the future are too. The note is empty if the
    defect is left to people.
    """
    defects: list[tuple[TallyDefect, Message]] = []
    units = {unit.id: unit for unit in catalog.units}
    for each in find_defects(catalog, now, lambda _: MESSAGES("somebody")):
        repair_note = NOTHING
        if each.check == "shares":
            units[each.unit] = with_fitted_shares(units[each.unit])
            repair_note = MESSAGES("shares/repair")
        elif each.check == "no-author":
            units[each.unit] = units[each.unit].replace(text="")
            repair_note = MESSAGES("no-author/repair", command=CommandRef("unit claim"))
        elif each.check == "future" and is_editor:
            repair_note = MESSAGES("future/repair")
        defects.append((each, repair_note))
    catalog = catalog.replace(units=tuple(units.values())) if defects else catalog
    is_late = is_editor and any(each.check == "future" for each, _ in defects)
    return (_without_future(catalog, now) if is_late else catalog), defects


def _without_future(catalog: Catalog, now: str) -> Catalog:
    """Return the catalog with future stamps set to now.

    Each gets a second of its own as far as `stamps.AHEAD` allows, so that their order is kept.
    """
    latest = stamps.latest_time(now)
    times = {stamp.time for unit in catalog.units for stamp in stamps.all_stamps(unit)}
    late = sorted(time for time in times | {time for _, time in _signature_times(catalog.header)} if time > latest)
    new_times = {time: stamps.later(now, min(index, stamps.AHEAD * 60)) for index, time in enumerate(late)}
    head = catalog.header
    for name, time in _signature_times(head):
        value = head.get(name).replace(time, new_times.get(time, time), 1)
        head = head.replace(**{name.replace("-", "_"): value})
    return catalog.replace(header=head, units=tuple(stamps.moved(unit, new_times) for unit in catalog.units))
