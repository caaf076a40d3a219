"""Effort: the work on each unit, computed from the versions of its catalog.

Invariant: times are those of the record, so that neither the order of versions matters, nor that
some are missing between others. A unit is first confirmed once, however often it is changed
afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transflow.attribution.authorship import is_machine, newest_authorship, surviving_words
from transflow.attribution.machines import is_engine, is_unconfirmed
from transflow.model.unit import Authorship, State, Unit
from transflow.text import words
from transflow.units.workflow import why_unconfirmed


class Version(NamedTuple):
    """A unit in one version of its catalog."""

    committed: str
    """Commit time (UTC); empty if it is not committed."""
    unit: Unit
    state: State


class Confirmed(NamedTuple):
    """The first confirmation of a unit's target by a person."""

    who: str
    time: str
    words: int
    """Number of words of the target at that time; characters in scripts without spaces."""
    written: Mapping[str, int]
    """Person -> number of their words in it."""
    began: str = ""
    """UTC time at which the unit was assigned to this person, else at which it was added. Empty
    if the history does not have it.
    """
    engine: str = ""
    """Machine that drafted it, as in `@by`; empty for none."""
    drafted: int = 0
    """Number of words of the machine's draft."""
    survived: int = 0
    """Number of those words that are in the confirmed target."""


class DoneWork(NamedTuple):
    """A review or correction by `who` of a target that `confirmed_by` confirmed.

    `words` is the length of the target.
    """

    who: str
    confirmed_by: str
    time: str
    words: int


class Effort(NamedTuple):
    """The work on one unit."""

    confirmed: Confirmed | None = None
    reviewed: tuple[DoneWork, ...] = ()
    corrected: DoneWork | None = None
    """First change by somebody else after it was confirmed."""
    sent_back: tuple[DoneWork, ...] = ()


def efforts(versions: Mapping[str, Sequence[Version]]) -> dict[str, Effort]:
    """Return unit id -> effort, for all units that a catalog ever had."""
    first = {unit_id: version for unit_id, each in versions.items() if (version := _first_confirmed(each))}
    counted = {unit_id: version for unit_id, version in first.items() if not _was_counted(version, first)}
    return {unit_id: _effort(each, counted.get(unit_id)) for unit_id, each in versions.items()}


def _first_confirmed(versions: Sequence[Version]) -> Version | None:
    """Return the version in which a unit was first confirmed.

    Versions are ordered by the record's time, then by commit time: a split unit keeps the record's.
    """
    confirmed = [each for each in versions if _is_confirmed(each)]
    return min(confirmed, key=lambda each: (_last_author(each.unit).time, each.committed or "9"), default=None)


def _was_counted(version: Version, first: Mapping[str, Version]) -> bool:
    """True if a unit was split from one that was confirmed with these words in it."""
    parent = first.get(version.unit.split)
    return parent is not None and version.unit.target in parent.unit.target


def _effort(versions: Sequence[Version], first: Version | None) -> Effort:
    if first is None:
        return Effort(reviewed=_reviewed(versions, ""), sent_back=_sent_back_unseen(versions))
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


def _last_author(unit: Unit) -> Authorship:
    """Return the person who changed it last; of several at one time, the one listed last."""
    return max(enumerate(_people(unit)), key=lambda pair: (pair[1].time, pair[0]))[1]


def _confirmed(first: Version, versions: Sequence[Version]) -> Confirmed:
    unit, last = first.unit, _last_author(first.unit)
    words_by_person = {each.who: each.words for each in _people(unit)}
    for share in unit.translated:
        if not is_machine(share.who):
            words_by_person[share.who] = words_by_person.get(share.who, 0) + share.words
    engine, drafted, survived = _draft(versions, first)
    return Confirmed(
        last.who, last.time, len(words(unit.target)), words_by_person, _began(versions, last), engine, drafted, survived
    )


def _draft(versions: Sequence[Version], first: Version) -> tuple[str, int, int]:
    """Return the machine that drafted a target, and the numbers of words of its draft, and of those
    that are left.

    They are those of the version before anybody changed it; if there is none, those of the
    confirmed target, whose length is similar. Words of the memory are counted in the texts, because
    they stay with their authors.
    """
    drafts = [each.unit for each in versions if each.unit.target and _is_bare_draft(each.unit)]
    last = max(drafts, key=lambda unit: newest_authorship(unit).time, default=None)
    unit, whole = first.unit, len(words(first.unit.target))
    machine = newest_authorship(last).who if last else next((each.who for each in unit.by if is_machine(each.who)), "")
    left = sum(each.words for each in unit.by if each.who == machine)
    if machine and not is_engine(machine):
        draft = words(last.target) if last else words(unit.target)
        left = max(left, sum(surviving_words(draft, words(unit.target))))
    return machine, len(words(last.target)) if last else whole if machine else 0, left


def _is_bare_draft(unit: Unit) -> bool:
    """True if nobody has changed a machine's draft, or a text of the memory."""
    is_alone = len(unit.by) == 1 and is_machine(unit.by[0].who)
    return is_alone or (is_unconfirmed(unit) and not is_engine(newest_authorship(unit).who))


def _began(versions: Sequence[Version], last: Authorship) -> str:
    """Return the time since which a unit waited for its confirmer.

    Empty if it was not in the history before it was confirmed.
    """
    assigned_commits = [
        each.committed for each in versions if each.unit.assigned and each.unit.assigned.who == last.who
    ]
    all_commits = [each.committed for each in versions]
    began = min(filter(None, assigned_commits or all_commits), default="")
    return began if began and began <= last.time else ""


def _reviewed(versions: Sequence[Version], whom: str) -> tuple[DoneWork, ...]:
    approvals = {
        (each.unit.approved.who, each.unit.approved.time): len(words(each.unit.target))
        for each in versions
        if each.state == "approved" and each.unit.approved
    }
    return tuple(DoneWork(who, whom, time, count) for (who, time), count in sorted(approvals.items()))


def _is_after(time: str, version: Version, confirmed: Confirmed, first: Version) -> bool:
    """True if something was done after a target was first confirmed.

    If both have the same time because a clock was slow, commit times decide.
    """
    return (time, version.committed or "9") > (confirmed.time, first.committed or "9")


def _corrected(confirmed: Confirmed, first: Version, later: Sequence[Version]) -> DoneWork | None:
    changes = [
        DoneWork(last.who, confirmed.who, last.time, len(words(each.unit.target)))
        for each in later
        if _people(each.unit)
        for last in (_last_author(each.unit),)
        if last.who != confirmed.who and _is_after(last.time, each, confirmed, first)
    ]
    return min(changes, key=lambda each: each.time, default=None)


def _sent_back(versions: Sequence[Version], first: Version, confirmed: Confirmed) -> tuple[DoneWork, ...]:
    returns = {
        (each.unit.returned.who, each.unit.returned.time)
        for each in versions
        if each.unit.returned and _is_after(each.unit.returned.time, each, confirmed, first)
    }
    return tuple(DoneWork(who, confirmed.who, time, confirmed.words) for who, time in sorted(returns))


def _sent_back_unseen(versions: Sequence[Version]) -> tuple[DoneWork, ...]:
    """Return how often a text was sent back of which no confirmed version was recorded."""
    returns = {
        (each.unit.returned.who, each.unit.returned.time): each.unit
        for each in versions
        if each.unit.returned and _people(each.unit)
    }
    return tuple(
        DoneWork(who, _last_author(unit).who, time, len(words(unit.target)))
        for (who, time), unit in sorted(returns.items())
    )
