"""Whether the shares of a record add up and its times can be true, and putting them right.

Invariant: what is put right loses nobody: whoever has words keeps some, and what came before what stays so; no text and no approval is
made valid by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow.attribution import stamps
from transflow.attribution.authorship import is_attributed, recounted
from transflow.model.catalog import Catalog, Header
from transflow.model.issue import Severity
from transflow.model.unit import Unit
from transflow.po import header
from transflow.text import words

_SIGNED = ("X-Ready", "X-Cleared", "X-Killed")
"""Header fields that say who did something to a story, and when."""
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class Wrong(NamedTuple):
    check: str
    """Without its family."""
    what: str
    """A clause without a full stop."""
    severity: Severity = "error"
    unit: str = ""
    """Empty where it is about the whole catalog."""


def wrong(catalog: Catalog, now: str, told: Callable[[str], str] = str) -> Iterator[Wrong]:
    """What is wrong with shares and times. `told` gives the name under which a person may be named."""
    latest, counted = stamps.horizon(now), header.version(catalog.header) > 1
    for name, time in _signed(catalog.header):
        if time > latest:
            yield Wrong("future", f"{name} is of {time}, which is still to come")
    for unit in catalog.units:
        yield from _wrong_shares(unit, counted=counted)
        last = stamps.newest(unit)
        if last.time > latest:
            whose = f"{told(last.who)}'s step" if last.who else "a step"
            yield Wrong("future", f"{whose} on it is of {last.time}, which is still to come", unit=unit.id)
        for answer in unit.answers:
            if any(answer.re == question.name and answer.time < question.time for question in unit.questions):
                yield Wrong("time-order", f"{told(answer.who)}'s answer is older than its question", unit=unit.id)


def _wrong_shares(unit: Unit, *, counted: bool) -> Iterator[Wrong]:
    """In records of format 1 counts that do not add up may have been written by an old version."""
    unread = any(meta.key in ("by", "translated") for meta in unit.other)
    if not unit.target or not is_attributed(unit) or unread:
        return
    if not unit.by:
        yield Wrong("no-author", "its words are said to be counted, and nobody is named as their author", unit=unit.id)
        return
    shares = sum(each.words for each in unit.by) + sum(each.words for each in unit.translated)
    if shares != (whole := len(words(unit.target))):
        severity: Severity = "error" if counted else "warning"
        yield Wrong("shares", f"its authors have {shares} words, and the text has {whole}", severity, unit.id)


def stamped(catalog: Catalog) -> Catalog:
    """The catalog as it is to be written: see `po.header`. One of format 1 has counts that add up from then on."""
    if header.version(catalog.header) == 1:
        units, gone = (
            tuple(recounted(unit) if any(_wrong_shares(unit, counted=False)) else unit for unit in group)
            for group in (catalog.units, catalog.obsolete)
        )
        if (units, gone) != (catalog.units, catalog.obsolete):
            catalog = catalog.replace(units=units, obsolete=gone)
    return header.stamped(catalog)


def _signed(head: Header) -> Iterator[tuple[str, str]]:
    for name in _SIGNED:
        yield from ((name, time) for time in _TIME.findall(head.get(name))[:1])


def mended(catalog: Catalog, now: str, *, is_editor: bool) -> tuple[Catalog, list[tuple[Wrong, str]]]:
    """The catalog with counts that add up, and for an editor without times to come; what was wrong, and what became of it, empty
    where it is left to people."""
    found: list[tuple[Wrong, str]] = []
    units = {unit.id: unit for unit in catalog.units}
    for each in wrong(catalog, now, lambda _: "somebody"):
        done = ""
        if each.check == "shares":
            units[each.unit] = recounted(units[each.unit])
            done = "counted anew"
        elif each.check == "no-author":
            units[each.unit] = units[each.unit].replace(text="")
            done = "it is nobody's now: `transflow unit claim`"
        elif each.check == "future" and is_editor:
            done = "taken back to now"
        found.append((each, done))
    catalog = catalog.replace(units=tuple(units.values())) if found else catalog
    is_late = is_editor and any(each.check == "future" for each, _ in found)
    return (_without_future(catalog, now) if is_late else catalog), found


def _without_future(catalog: Catalog, now: str) -> Catalog:
    """With times to come taken back to now: each to a second of its own as far as they go, so that their order stays."""
    latest = stamps.horizon(now)
    every = {stamp.time for unit in catalog.units for stamp in stamps.every(unit)}
    late = sorted(time for time in every | {time for _, time in _signed(catalog.header)} if time > latest)
    moved = {time: stamps.later(now, min(place, stamps.AHEAD * 60)) for place, time in enumerate(late)}
    head = catalog.header
    for name, time in _signed(head):
        value = head.get(name).replace(time, moved.get(time, time), 1)
        head = head.replace(**{name.replace("-", "_"): value})
    return catalog.replace(header=head, units=tuple(stamps.moved(unit, moved) for unit in catalog.units))
