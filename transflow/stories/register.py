"""Register of mistakes in a story: its corrections, clarifications and withdrawals.

Invariant: every correction that was begun and every withdrawal is an entry, also those whose cause
nobody recorded. Versions and addresses are derived from the publications.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.model.catalog import Catalog
from transflow.stories import corrections, publications
from transflow.stories.printed import printed_units
from transflow.stories.publications import NO_ADDRESS, Notice, Publication


class ToldAddress(NamedTuple):
    """An address that had the mistake."""

    address: str
    time: str = ""
    """Time when the page was updated or removed, UTC; empty if it was not yet."""
    is_gone: bool = False
    """True if it was removed then."""


class RegisterEntry(NamedTuple):
    """A correction, clarification or withdrawal of a story."""

    time: str
    """UTC."""
    kind: str
    """A member of `transflow.stories.publications.VERSIONS`."""
    cause: str
    """A member of `transflow.stories.publications.CAUSES`; empty if nobody recorded it."""
    who: str
    """Id of the person who decided; empty if nobody recorded it."""
    partners: str
    """Free text that says which partners were told."""
    version: int
    """Number of the version that readers got, or that was withdrawn; 0 for one to come."""
    addresses: tuple[ToldAddress, ...]


def entries(article: Catalog) -> list[RegisterEntry]:
    """Return the entries of a story in order of time."""
    decided = list(publications.notices(article))
    decided += _unrecorded_notes(article, decided)
    if kill := _unrecorded_kill(article, decided):
        decided.append(kill)
    decided += _unrecorded_removals(article, decided)
    return sorted(_entry(article, each) for each in decided)


def _unrecorded_notes(article: Catalog, known: list[Notice]) -> list[Notice]:
    """Return the corrections and clarifications whose cause nobody recorded, by their notes."""
    times = {each.time for each in known}
    found: dict[str, Notice] = {}
    for note in printed_units(article):
        about = corrections.subject(note) if note.is_note else None
        if about and about.time not in times:
            who = note.by[0].who if note.by else ""
            found.setdefault(about.time, Notice(about.time, who, "", about.kind, ""))
    return list(found.values())


def _unrecorded_kill(article: Catalog, known: list[Notice]) -> Notice | None:
    """Return the kill of a story that was published, if no notice is about it."""
    act = publications.kill_record(article)
    is_out = act and any(each.time <= act.time for each in publications.publications(article))
    if act is None or not is_out or any(each.kind == "withdrawn" and each.time == act.time for each in known):
        return None
    return Notice(act.time, act.who, "", "withdrawn", "")


def _unrecorded_removals(article: Catalog, known: list[Notice]) -> list[Notice]:
    """Return the removals of pages that no earlier withdrawal is about."""
    decided = [each.time for each in known if each.kind == "withdrawn"]
    found: dict[str, Notice] = {}
    for each in publications.publications(article):
        if each.kind == "withdrawn" and not any(_is_about(article, time, each) for time in decided):
            found.setdefault(each.time, Notice(each.time, "", "", "withdrawn", ""))
    return list(found.values())


def _is_about(article: Catalog, decided: str, removal: Publication) -> bool:
    """Return True if a page was removed because of a decision: it was not published in between."""
    between = (
        each.address == removal.address and each.kind != "withdrawn" and decided < each.time <= removal.time
        for each in publications.publications(article)
    )
    return decided <= removal.time and not any(between)


def _entry(article: Catalog, notice: Notice) -> RegisterEntry:
    version = _withdrawn_version if notice.kind == "withdrawn" else _next_version
    return RegisterEntry(
        notice.time,
        notice.kind,
        notice.cause,
        notice.who,
        notice.text,
        version(article, notice.time),
        tuple(_told(article, notice)),
    )


def _next_version(article: Catalog, time: str) -> int:
    """Return the first version that was published after a time and not before; 0 for none."""
    records = [each for each in publications.publications(article) if each.kind != "withdrawn"]
    known, before = publications.versions(article), {each.digest for each in records if each.time <= time}
    return min((known[each.digest][0] for each in records if each.digest not in before), default=0)


def _withdrawn_version(article: Catalog, time: str) -> int:
    """Return the version that was published last before a time; 0 for none."""
    records = [each for each in publications.publications(article) if each.kind != "withdrawn" and each.time <= time]
    known = publications.versions(article)
    return known[max(records, key=lambda each: each.time).digest][0] if records else 0


def _told(article: Catalog, notice: Notice) -> list[ToldAddress]:
    """Return the addresses that had the mistake, with when each was updated or removed."""
    records = sorted(publications.publications(article), key=lambda each: each.time)
    found = []
    for address in dict.fromkeys(each.address for each in records if each.address != NO_ADDRESS):
        here = [each for each in records if each.address == address]
        answers = [(each.time, each.kind == "withdrawn") for each in here if _is_answer(each, notice)]
        before = [each for each in here if each.time <= notice.time and not _is_answer(each, notice)]
        if before and before[-1].kind != "withdrawn":
            found.append(ToldAddress(address, *(answers[0] if answers else ())))
    return found


def _is_answer(record: Publication, notice: Notice) -> bool:
    """Return True if a record shows that a page was changed as decided, or got another version."""
    is_removal = notice.kind == record.kind == "withdrawn"
    return record.time >= notice.time if is_removal else record.time > notice.time
