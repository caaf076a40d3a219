"""Merge of catalog headers.

Invariant: a field has the value of the side that changed it, and `X-Report-Digest` never names a
report whose sentences the merged units do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transflow.merge.order import merged_order, merged_set
from transflow.model.catalog import Header
from transflow.model.unit import Unit
from transflow.stories.publications import RECORD, parse_publication, without_repeats

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?")
DIGEST = "x-report-digest"
REPORTS = "x-reports"
WITHHELD = "x-withheld"
UNITS = "x-units"
RECORDS = ("x-published", "x-notice", "x-sent")
_TIMESTAMP = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_RECORD = re.compile(rf'{_TIMESTAMP}(?: (?:"(?:[^"\\]|\\.)*"|(?!{_TIMESTAMP}(?: |$))[^\s"]\S*))*')
"""One of several records in a field: a time, and the words up to the next time."""
ID = "x-id"


def merged_header(base: Header, one: Header, two: Header) -> Header:
    """Merge two headers field by field.

    A field that both sides changed takes the newest value, then the greater; a field with a list
    takes the items of both. Does not check the report digest: see `without_stale_digest`.
    """
    old, first, second = (dict(_lowered(each)) for each in (base, one, two))
    values = {name: _value(name, old.get(name), first.get(name), second.get(name)) for name in first | second}
    kept = {name: value for name, value in values.items() if value is not None}
    spelled = {name.lower(): name for header in (two, one, base) for name, _ in header.fields}
    order = merged_order(list(old), (list(first), list(second)), kept.keys())
    comments = merged_set(base.comments, one.comments, two.comments)
    return Header(tuple((spelled[name], kept[name]) for name in order), comments)


def without_stale_digest(
    header: Header, units: Iterable[Unit], sides: Iterable[tuple[Header, Iterable[Unit]]]
) -> Header:
    """Return the header, without its report digest if the merged units do not match it.

    The digest is kept only if a side with the same digest has these live sources in this order.
    Without a digest the catalog counts as behind its report, so that the next update adds the
    missing sentences.
    """
    digest = header.get(DIGEST)
    if not digest:
        return header
    text = _sources(units)
    if any(side.get(DIGEST) == digest and _sources(live) == text for side, live in sides):
        return header
    return Header(tuple(each for each in header.fields if each[0].lower() != DIGEST), header.comments)


def _sources(units: Iterable[Unit]) -> list[tuple[str, str]]:
    return [(unit.id, unit.source) for unit in units]


def _lowered(header: Header) -> Iterable[tuple[str, str]]:
    return ((name.lower(), value) for name, value in header.fields)


def _value(name: str, base: str | None, one: str | None, two: str | None) -> str | None:
    """Return the merged value of a field; None if the field is removed."""
    if one == two or two == base or name == UNITS:  # X-Units is counted anew when the catalog is written
        return one
    if one == base:
        return two
    if name in (REPORTS, WITHHELD):
        return _merged_slugs(base or "", one or "", two or "") or None
    if name == ID:  # the id that other systems may know stays; of two new ids, either will do
        return base or min(filter(None, (one, two)))
    if name in RECORDS:
        merged = merged_set(*(tuple(_RECORD.findall(value or "")) for value in (base, one, two)))
        return " ".join(_unrepeated(merged) if name == "x-published" else merged) or None
    return max(one, two, key=_age_key)


def _unrepeated(records: Sequence[str]) -> list[str]:
    """Return records of publications without those that two people recorded alike."""
    known = {each: parse_publication(match) for each in records if (match := RECORD.fullmatch(each))}
    kept = set(without_repeats(known.values()))
    return [each for each in records if each not in known or known[each] in kept]


def _age_key(value: str | None) -> tuple[bool, str, str]:
    times = _TIME.findall(value or "")
    return value is not None, max(times, default=""), value or ""


def _merged_slugs(base: str, one: str, two: str) -> str:
    slugs = merged_set(*(re.findall(r"[^\s,]+", value) for value in (base, one, two)))
    return (", " if "," in one + two else " ").join(slugs)
