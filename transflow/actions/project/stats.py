"""Monthly statistics: `transflow stats`.

Invariant: every figure is derived from the record and its git history, by the times in the record;
nothing is counted twice, whatever was merged, renamed or split. A user who is not an editor sees
only their own figures. The former id of a protected person is never shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from statistics import median
from typing import NamedTuple

from transflow import timezones
from transflow.actions import Actor
from transflow.attribution.authorship import is_machine
from transflow.attribution.machines import machine_label
from transflow.attribution.shown_people import is_shown
from transflow.errors import UnreadableError, UsageError
from transflow.messages import Messages
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.po.notes import read
from transflow.po.scan import ScannedUnit, header_field, scan
from transflow.project import CatalogRef, Project, git
from transflow.units.effort import Effort, Version, efforts

MESSAGES = Messages(
    __name__,
    {
        "no-month": "{name} is no month: write it as in 2024-03.",
    },
)

OTHERS = "(others)"
"""Row of all ids without a person in transflow.toml, such as a protected person's former id."""
ENOUGH = 30
"""Number of units below which an engine's share is not reported."""
_PATH = re.compile(r"locales/([^/]+)/(reports|articles)/(.+)\.po")


class Month(NamedTuple):
    """The time from `start` up to, but not including, `end`, in UTC."""

    name: str
    start: str
    end: str

    def __contains__(self, time: object) -> bool:
        return isinstance(time, str) and self.start <= time < self.end


class EffortRow(NamedTuple):
    """Figures of one person or one story."""

    name: str
    sentences: int
    """Sentences first confirmed in the month."""
    words: int
    """Words of those sentences at that time."""
    written: int
    """Those of the words that the person wrote; for a story, those that any person wrote."""
    reviewed: int
    """Words approved."""
    corrected: int
    """Confirmed sentences that somebody else changed in the month."""
    sent_back: int
    turnaround: float | None
    """Hours.

    For a person, the median from waiting to confirmed; for a story, from its reports to its
    clearance.
    """


class EngineRow(NamedTuple):
    """Figures of one engine."""

    name: str
    sentences: int
    """Sentences that it drafted and that were first confirmed in the month."""
    drafted: int
    survived: int
    """Words of the drafts that are in the confirmed texts."""
    share: float | None
    """Percentage of the drafted words that survived; None below `ENOUGH` sentences."""


class _Catalog(NamedTuple):
    place: CatalogRef
    efforts: Mapping[str, Effort]
    first_seen: str
    cleared: str
    """Time of an article's first clearance."""


def month(name: str, timezone: str, now: str) -> Month:
    """Return the month with a name like `2024-03`, or the current month for an empty name.

    Raise UsageError.
    """
    zone = timezones.zone(timezone)
    name = name or datetime.fromisoformat(now).astimezone(zone).strftime("%Y-%m")
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", name) or not "1000" < name < "9999":
        raise UsageError(MESSAGES("no-month", name=name))
    year, number = map(int, name.split("-"))
    start, end = (
        datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for month in (number - 1, number)
    )
    return Month(name, start, end)


# Reading of catalogs and their history


def _catalogs(project: Project, period: Month, locale: str) -> Iterator[_Catalog]:
    """Yield the catalogs that may have changed in the month, with their whole history."""
    changes = list(git.history(project.root, "locales"))
    existing = {place.path: place for place in project.all_catalogs()}
    changed_paths = {change.path for change in changes if change.committed >= period.start}
    changed_paths |= set(_uncommitted(project, existing, changed_paths)) if changes else existing.keys()
    for path in [path for path in changed_paths if path in existing and existing[path].folder == "articles"]:
        reports = header_field(_text(project, existing[path]), "X-Reports").split()
        changed_paths |= {CatalogRef(existing[path].locale, "reports", slug).path for slug in reports}
    versions: defaultdict[str, list[git.FileVersion]] = defaultdict(list)
    for change in changes:
        if change.path in changed_paths and _PATH.fullmatch(change.path):
            versions[change.path].append(change)
    places = {
        path: place for path in sorted(changed_paths) if (place := _catalog_ref(path)) and locale in ("", place.locale)
    }
    times = {path: _times(versions.get(path, [])) for path in places}
    texts = git.blob_texts(project.root, (blob for path in places for blob in times[path]))  # one git for all
    for path, place in places.items():
        yield _catalog(project, place, [(times[path][blob], text) for blob, text in islice(texts, len(times[path]))])


def _uncommitted(project: Project, existing: Mapping[str, CatalogRef], skipped: Collection[str]) -> Iterator[str]:
    """Yield the paths of catalogs that differ from the last commit, are not in it, or are gone."""
    committed = git.committed_blobs(project.root, "locales")
    yield from committed.keys() - existing.keys()
    for path in existing.keys() - set(skipped):
        name = committed.get(path)
        try:
            if name is None or not git.has_blob_id(name, project.raw_bytes(existing[path])):
                yield path
        except UnreadableError:
            yield path


def _catalog_ref(path: str) -> CatalogRef | None:
    found = _PATH.fullmatch(path)
    return CatalogRef(found[1], "articles" if found[2] == "articles" else "reports", found[3]) if found else None


def _catalog(project: Project, place: CatalogRef, committed: Iterable[tuple[str, str]]) -> _Catalog:
    """Return the history of a catalog; `committed` has (time, text) pairs, the oldest first."""
    scanned: list[tuple[str, ScannedUnit]] = []
    seen_keys: set[tuple[str, str, str]] = set()
    first, cleared = "", ""
    for time, text in [*committed, ("", _text(project, place))]:
        first = first or time
        if stamp := header_field(text, "X-Cleared").split(" ")[1:2]:
            cleared = min(filter(None, (cleared, stamp[0])))
        try:
            for unit in scan(text, place.path, torn_ok=True) if text else ():
                if (key := (unit.id, unit.notes + unit.state, unit.target)) not in seen_keys:
                    seen_keys.add(key)
                    scanned.append((time, unit))
        except UnreadableError:  # an unreadable version counts for nothing
            continue
    current_ids = _current_ids(project.settings, (unit for _, unit in scanned))
    versions: defaultdict[str, list[Version]] = defaultdict(list)
    for time, unit in scanned:
        versions[unit.id].append(_version(unit, time, current_ids))
    return _Catalog(place, efforts(versions), first, cleared)


_STAMP = re.compile(r"^(# @[a-z]+) (\S+) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z)", re.MULTILINE)


def _current_ids(settings: Settings, scanned: Iterable[ScannedUnit]) -> dict[str, str]:
    """Return the former ids of protected people -> their opaque ids.

    Recognized by notes of the record that are equal but for the id.
    """
    protected = {person.id for person in settings.people if person.protected}
    if not protected:
        return {}
    stamped: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for unit in scanned:
        for key, who, time in _STAMP.findall(unit.notes):
            stamped[unit.id, key, time].add(who)
    ids: dict[str, str] = {}
    for everybody in stamped.values():
        opaque = everybody & protected
        before = [who for who in everybody - opaque if settings.person(who) is None and not is_machine(who)]
        if len(opaque) == len(before) == 1:
            ids[before[0]] = next(iter(opaque))
    return ids


def _times(changes: Iterable[git.FileVersion]) -> dict[str, str]:
    """Return blob -> time of its first commit, the oldest first."""
    oldest = list(changes)
    oldest.reverse()  # commits of the same second stay in git's order
    oldest.sort(key=lambda change: change.committed)
    times: dict[str, str] = {}
    for change in oldest:
        times.setdefault(change.blob, change.committed)
    return times


def _text(project: Project, place: CatalogRef) -> str:
    try:
        return project.text(place) if project.exists(place) else ""
    except UnreadableError:
        return ""


def _version(unit: ScannedUnit, committed: str, current_ids: Mapping[str, str]) -> Version:
    """Return a version of a unit, with former ids replaced by those in `current_ids`."""
    notes = unit.notes
    if current_ids:
        notes = _STAMP.sub(lambda stamp: f"{stamp[1]} {current_ids.get(stamp[2], stamp[2])} {stamp[3]}", notes)
    fields = read(line[2:] for line in notes.splitlines())
    fuzzy = unit.state == "needs-work"
    return Version(committed, Unit(unit.id, unit.source, unit.target, fuzzy=fuzzy, **fields), unit.state)


# Tables


def _only_person(actor: Actor) -> str:
    """Return the id of the only person whose figures the user may see; empty for all."""
    return "" if actor.user.has_role("editor", actor.now) else actor.who


def by_person(actor: Actor, period: Month, locale: str = "") -> list[EffortRow]:
    """Return a row for each person with figures in the month."""
    tables: defaultdict[str, _Table] = defaultdict(_Table)
    for catalog in _catalogs(actor.project, period, locale):
        for effort in catalog.efforts.values():
            _count_people(tables, effort, period, is_article=catalog.place.folder == "articles")
    only_person = _only_person(actor)
    shown: defaultdict[str, _Table] = defaultdict(_Table)
    for who, table in tables.items():
        if not only_person or who == only_person:
            shown[who if who == only_person or is_shown(actor.project.settings, who) else OTHERS].add(table)
    return [table.row(who) for who, table in sorted(shown.items()) if table.is_something]


def _count_people(tables: Mapping[str, _Table], effort: Effort, period: Month, *, is_article: bool) -> None:
    confirmed = effort.confirmed
    if confirmed and confirmed.time in period:
        tables[confirmed.who].confirm(confirmed.words, confirmed.began, confirmed.time)
        for who, count in confirmed.written.items():
            # Translators' words in a story were counted in their reports.
            if not is_article or who == confirmed.who:
                tables[who].written += count
    for step in effort.reviewed:
        if step.time in period:
            tables[step.who].reviewed += step.words
    if effort.corrected and effort.corrected.time in period:
        tables[effort.corrected.confirmed_by].corrected += 1
    for step in effort.sent_back:
        if step.time in period:
            tables[step.confirmed_by].sent_back += 1


def by_story(actor: Actor, period: Month, locale: str = "") -> list[EffortRow]:
    """Return a row for each story, including the work on its reports.

    Reports that no story uses have their own rows. A report of two stories counts in both.
    """
    catalogs = {catalog.place: catalog for catalog in _catalogs(actor.project, period, locale)}
    reports_of: dict[CatalogRef, list[CatalogRef]] = {}
    for place in catalogs:
        if place.folder == "articles":
            reports = header_field(_text(actor.project, place), "X-Reports").split()
            reports_of[place] = [CatalogRef(place.locale, "reports", slug) for slug in reports]
    used = {report for reports in reports_of.values() for report in reports}
    rows = []
    for place, catalog in catalogs.items():
        if place in used:
            continue
        parts = [catalogs[each] for each in reports_of.get(place, []) if each in catalogs]
        table = _story_table(_only_person(actor), period, catalog, parts)
        if table.is_something:
            rows.append(table.row(str(place)))
    return sorted(rows)


def _story_table(only_person: str, period: Month, catalog: _Catalog, reports: list[_Catalog]) -> _Table:
    table = _Table()
    for part in (catalog, *reports):
        for effort in part.efforts.values():
            people: defaultdict[str, _Table] = defaultdict(_Table)
            _count_people(people, effort, period, is_article=part.place.folder == "articles")
            for who, each in people.items():
                if not only_person or who == only_person:
                    table.add(each)
    began = min(filter(None, (part.first_seen for part in reports)), default="")
    is_known = bool(began) and began <= catalog.cleared  # the git history may begin after the story
    table.hours = _hours(began, catalog.cleared) if is_known and catalog.cleared in period else []
    return table


def by_engine(actor: Actor, period: Month, locale: str = "") -> list[EngineRow]:
    """Return a row for each engine whose drafts were confirmed in the month."""
    only_person = _only_person(actor)
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for catalog in _catalogs(actor.project, period, locale):
        for effort in catalog.efforts.values():
            confirmed = effort.confirmed
            if (
                confirmed
                and confirmed.engine
                and confirmed.time in period
                and (not only_person or confirmed.who == only_person)
            ):
                for at, value in enumerate((1, confirmed.drafted, min(confirmed.survived, confirmed.drafted))):
                    sums[machine_label(confirmed.engine)][at] += value
    return [_engine_row(name, *counts) for name, counts in sorted(sums.items())]


def _engine_row(name: str, sentences: int, drafted: int, survived: int) -> EngineRow:
    share = round(100 * survived / drafted, 1) if sentences >= ENOUGH and drafted else None
    return EngineRow(name, sentences, drafted, survived, share)


class _Table:
    """The sums for one row."""

    def __init__(self) -> None:
        self.sentences = self.words = self.written = self.reviewed = self.corrected = self.sent_back = 0
        self.hours: list[float] = []

    def confirm(self, words: int, began: str, time: str) -> None:
        self.sentences += 1
        self.words += words
        if began:
            self.hours += _hours(began, time)

    def add(self, other: _Table) -> None:
        for name in ("sentences", "words", "written", "reviewed", "corrected", "sent_back"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.hours += other.hours

    @property
    def is_something(self) -> bool:
        return bool(self.sentences or self.written or self.reviewed or self.corrected or self.sent_back or self.hours)

    def row(self, name: str) -> EffortRow:
        hours = round(median(self.hours), 1) if self.hours else None
        return EffortRow(
            name, self.sentences, self.words, self.written, self.reviewed, self.corrected, self.sent_back, hours
        )


def _hours(began: str, ended: str) -> list[float]:
    """Return the hours between two times in a list; an empty one for an invalid date."""
    try:
        return [(datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds() / 3600]
    except ValueError:
        return []
