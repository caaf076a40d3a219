"""Who did what to a unit, and when, from the versions of its catalog.

Invariant: the times are those of the record, so it does not matter in which order versions come, or which of them are missing
between two others; a unit is first confirmed once, however often it is changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transflow.attribution.authorship import is_machine
from transflow.model.unit import Authorship, State, Unit
from transflow.text import words
from transflow.units.workflow import why_unconfirmed


class Version(NamedTuple):
    """A unit as it stood in one version of its catalog."""

    committed: str
    """UTC time since which history has it; empty for what is not committed."""
    unit: Unit
    state: State


class Confirmed(NamedTuple):
    """The first time that a person said of a unit's text that it is right."""

    who: str
    time: str
    words: int
    """Of the text then; characters in scripts without spaces."""
    written: Mapping[str, int]
    """Person -> those of the words that are theirs."""
    began: str = ""
    """UTC time since which it waited for this person: since it was assigned to them, else since it was there. Empty where
    history does not tell."""
    engine: str = ""
    """The machine that drafted it, as in `@by`; empty for none."""
    drafted: int = 0
    """Words of the machine's draft."""
    survived: int = 0
    """Those that were left."""


class DoneWork(NamedTuple):
    """Something that `who` did to `whom`'s text at a time. `words` are those of the text."""

    who: str
    whom: str
    time: str
    words: int


class Effort(NamedTuple):
    """What happened to one unit."""

    confirmed: Confirmed | None = None
    reviewed: tuple[DoneWork, ...] = ()
    corrected: DoneWork | None = None
    """The first change by somebody else after it was confirmed."""
    sent_back: tuple[DoneWork, ...] = ()


def efforts(versions: Mapping[str, Sequence[Version]]) -> dict[str, Effort]:
    """Unit id -> what happened to it, for all units that a catalog ever had."""
    first = {unit_id: found for unit_id, each in versions.items() if (found := _first(each))}
    counted = {unit_id: found for unit_id, found in first.items() if not _was_counted(found, first)}
    return {unit_id: _effort(each, counted.get(unit_id)) for unit_id, each in versions.items()}


def _first(versions: Sequence[Version]) -> Version | None:
    """The version in which it was confirmed first: by the record's time, then by history's (a split keeps the former)."""
    confirmed = [each for each in versions if _is_confirmed(each)]
    return min(confirmed, key=lambda each: (_last(each.unit).time, each.committed or "9"), default=None)


def _was_counted(version: Version, first: Mapping[str, Version]) -> bool:
    """Whether a unit is the half of one that was confirmed with these words in it."""
    parent = first.get(version.unit.split)
    return parent is not None and version.unit.target in parent.unit.target


def _effort(versions: Sequence[Version], first: Version | None) -> Effort:
    if first is None:
        return Effort(reviewed=_reviewed(versions, ""))
    confirmed = _confirmed(first, versions)
    later = [each for each in versions if each.unit.target != first.unit.target]
    return Effort(
        confirmed,
        _reviewed(versions, confirmed.who),
        _corrected(confirmed, first, later),
        _sent_back(versions, first, confirmed),
    )


def _is_confirmed(version: Version) -> bool:
    return (
        version.state in ("translated", "approved")
        and bool(_people(version.unit))
        and not why_unconfirmed(version.unit)
    )


def _people(unit: Unit) -> list[Authorship]:
    return [each for each in unit.by if not is_machine(each.who)]


def _last(unit: Unit) -> Authorship:
    """The person who touched it last; of several at one time, the last to come."""
    return max(enumerate(_people(unit)), key=lambda pair: (pair[1].time, pair[0]))[1]


def _confirmed(first: Version, versions: Sequence[Version]) -> Confirmed:
    unit, last = first.unit, _last(first.unit)
    written = {each.who: each.words for each in _people(unit)}
    for share in unit.translated:
        if not is_machine(share.who):
            written[share.who] = written.get(share.who, 0) + share.words
    engine, drafted = _draft(versions, first)
    survived = next((each.words for each in unit.by if each.who == engine), 0)
    return Confirmed(
        last.who, last.time, len(words(unit.target)), written, _began(versions, last), engine, drafted, survived
    )


def _draft(versions: Sequence[Version], first: Version) -> tuple[str, int]:
    """The machine that drafted a text, and the words of its draft: of the version before anybody touched it, where there is
    one, else of the confirmed text, whose length is close."""
    drafts = [
        each.unit.by[0]
        for each in versions
        if each.unit.target and len(each.unit.by) == 1 and is_machine(each.unit.by[0].who)
    ]
    if drafts:
        last = max(drafts, key=lambda each: each.time)
        return last.who, last.words
    machine = next((each.who for each in first.unit.by if is_machine(each.who)), "")
    return machine, len(words(first.unit.target)) if machine else 0


def _began(versions: Sequence[Version], last: Authorship) -> str:
    """When it began to wait for the person who confirmed it; empty where it was not in history before that."""
    assigned = [each.committed for each in versions if each.unit.assigned and each.unit.assigned.who == last.who]
    there = [each.committed for each in versions]
    began = min(filter(None, assigned or there), default="")
    return began if began and began <= last.time else ""


def _reviewed(versions: Sequence[Version], whom: str) -> tuple[DoneWork, ...]:
    found = {
        (each.unit.approved.who, each.unit.approved.time): len(words(each.unit.target))
        for each in versions
        if each.state == "approved" and each.unit.approved
    }
    return tuple(DoneWork(who, whom, time, count) for (who, time), count in sorted(found.items()))


def _is_after(time: str, version: Version, confirmed: Confirmed, first: Version) -> bool:
    """Whether something was done after a text was first confirmed. Where a clock is behind both have one time: then history tells."""
    return (time, version.committed or "9") > (confirmed.time, first.committed or "9")


def _corrected(confirmed: Confirmed, first: Version, later: Sequence[Version]) -> DoneWork | None:
    changes = [
        DoneWork(last.who, confirmed.who, last.time, len(words(each.unit.target)))
        for each in later
        if _people(each.unit)
        for last in (_last(each.unit),)
        if last.who != confirmed.who and _is_after(last.time, each, confirmed, first)
    ]
    return min(changes, key=lambda each: each.time, default=None)


def _sent_back(versions: Sequence[Version], first: Version, confirmed: Confirmed) -> tuple[DoneWork, ...]:
    found = {
        (each.unit.returned.who, each.unit.returned.time)
        for each in versions
        if each.unit.returned and _is_after(each.unit.returned.time, each, confirmed, first)
    }
    return tuple(DoneWork(who, confirmed.who, time, confirmed.words) for who, time in sorted(found))
