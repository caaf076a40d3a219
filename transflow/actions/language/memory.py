"""The translation memory of a locale, kept up to date with its catalogs.

Invariant: answers reflect the catalogs as they are now. Each query first looks at time and size of
every catalog, and reads those that changed, whether a command, the terminal UI, git or another
program changed them. Text of a confidential or embargoed report is in no index:
it is matched directly from its catalog, and offered within that report only.

The index is in the user's cache folder. If that is not writable, and in CI, an index in memory is
used. A shared memory is queried as well; while it is unavailable, the index serves alone, and
`unavailable_reason` has the reason.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from transflow.actions import utc_now
from transflow.actions.language.glossary import matcher
from transflow.actions.language.imported_memories import imported_folder, imported_paths
from transflow.actions.language.sharing import PREFIX, Sharing
from transflow.attribution.shown_people import is_shown, shown_id
from transflow.errors import TransflowError, UnreadableError
from transflow.memory.concordance import concordance, concordance_among
from transflow.memory.entries import CatalogEntries, entries
from transflow.memory.index import BATCH, Index, IndexedEntry
from transflow.memory.lookup import LIMIT, THRESHOLD, Query, lookup, lookup_among, merge_matches
from transflow.memory.match import Match
from transflow.memory.repair import repaired
from transflow.memory.tmx import entries as tmx_entries
from transflow.messages import Messages
from transflow.project import CatalogRef, Project
from transflow.project.cache import ensure_private_file
from transflow.project.index_sync import (
    base_stamp,
    catalog_stamp,
    current_entries,
    free_from,
    index_path,
    may_write,
    update_index,
    withheld_until,
)
from transflow.project.stamps import file_stamp

MESSAGES = Messages(
    __name__,
    {
        "failed": "the memory cannot be used: {why} ({path}). Mend that, or delete the file: it is made again from the "
        "catalogs.",
    },
)

Progress = Callable[[int, int], None]
"""Called with the number of catalogs done, and the total."""
_IN_MEMORY = Path(":memory:")


class MemoryFailedError(TransflowError):
    """Raised if the index cannot be used; the record is not touched."""

    exit_code = 3

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(MESSAGES("failed", why=why, path=str(path)))


class _File(NamedTuple):
    """A file that the memory is derived from."""

    name: str
    stamp: str
    place: CatalogRef | None
    """None for an imported memory."""


class Memory:
    """The translation memory of one locale. It is thread-safe, and raises MemoryFailedError."""

    def __init__(
        self, project: Project, locale: str, *, refresh_interval: float = 0.0, clock: Callable[[], str] = utc_now
    ) -> None:
        """Create a memory without opening it.

        Changed catalogs are read again after `refresh_interval` seconds. `clock` decides whether an
        embargo is over.
        """
        self._clock = clock
        self.project, self.locale = project, project.locale(locale)
        self._lock = threading.RLock()
        """Held while the index is used, never while the shared memory is asked."""
        self._sharing = Sharing(project, self.locale, clock, self._lock)
        self._refresh_interval, self._refreshed_at = refresh_interval, float("-inf")
        self._index: Index | None = None

    @property
    def unavailable_reason(self) -> str:
        """Reason why the shared memory is unavailable; empty if it answers, or if there is none."""
        return self._sharing.unavailable_reason

    @property
    def unsent_reason(self) -> str:
        """Reason why changes were not sent to it although it answers; empty if there is none."""
        return self._sharing.unsent_reason

    @property
    def path(self) -> Path:
        """Path of the index; `:memory:` if caches are disabled."""
        return index_path(self.project, self.locale) or _IN_MEMORY

    def lookup(
        self,
        source: str,
        threshold: int = THRESHOLD,
        limit: int = LIMIT,
        *,
        report: str = "",
        unit: str = "",
        neighbours: tuple[str, str] | None = None,
    ) -> list[Match]:
        """Return the matches for a source text, best first.

        `report` and `unit` are those of the text, if it is in the project.
        """
        query = Query(source, threshold, limit, neighbours, (report, unit) if unit else None)
        with self._lock, self._converting_errors():
            found = lookup(self._current_index(), query)
            confidential = lookup_among(self._confidential_entries(report), query)
        with self._converting_errors():
            self._send()
            from_shared = self._sharing.ask(lambda memory: memory.lookup(query), report)
        return [
            self._anonymized(self._repaired(each, source))
            for each in merge_matches((confidential, found, from_shared), limit)
        ]

    def concordance(self, text: str, limit: int = 50, *, report: str = "") -> list[IndexedEntry]:
        """Return the entries that contain a text on either side."""
        with self._lock, self._converting_errors():
            confidential = concordance_among(self._confidential_entries(report), text)
            found = concordance(self._current_index(), text, limit)
        with self._converting_errors():
            self._send()
            from_shared = self._sharing.ask(lambda memory: memory.concordance(text, limit), report)
        known = {(held.catalog, held.entry.unit) for held in (*confidential, *found)}
        all_entries = [
            *confidential,
            *found,
            *(held for held in from_shared if (held.catalog, held.entry.unit) not in known),
        ]
        settings = self.project.settings
        return [
            each._replace(entry=each.entry._replace(who=each.entry.who and shown_id(settings, each.entry.who)))
            for each in all_entries[:limit]
        ]

    def exportable_entries(self) -> list[IndexedEntry]:
        """Return all entries that may be exported."""
        with self._lock, self._converting_errors():
            found = list(self._current_index().all_entries())
        with self._converting_errors():
            self._send()
        return found

    def refresh(self, progress: Progress | None = None) -> None:
        """Read the catalogs that changed, and send them to the shared memory."""
        with self._converting_errors():
            with self._lock:
                index = self._open_index()
                self._refresh(index, progress)
            self._sharing.send_all(index)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Rebuild the index, and return its number of sources.

        If interrupted, the index has what was read so far; the next query reads the rest.
        """
        with self._converting_errors():
            with self._lock:
                index = self._open_index()
                index.clear()
                self._refresh(index, progress)
                index.recount_if_needed(whole=True)
                number = index.count()
            self._sharing.send_all(index)
            return number

    def close(self) -> None:
        with self._lock:
            if self._index:
                self._index.close()
            self._index = None
        self._sharing.close()

    def _converting_errors(self) -> _ErrorConversion:
        return _ErrorConversion(self.path)

    def _repaired(self, match: Match, source: str) -> Match:
        """Return a match with figures and names replaced where that is certain.

        Only figures are replaced if the glossary cannot be read.
        """
        if match.score >= 100:
            return match
        try:
            return repaired(match, source, self.locale, matcher(self.project, self.locale))
        except UnreadableError:
            return repaired(match, source, self.locale)

    def _anonymized(self, match: Match) -> Match:
        """Return a match without an id that would identify a person."""
        if not match.origin.who or is_shown(self.project.settings, match.origin.who):
            return match
        return replace(match, origin=match.origin._replace(who=shown_id(self.project.settings, match.origin.who)))

    def _open_index(self) -> Index:
        if self.path != _IN_MEMORY and not may_write(self.path):
            why = "its permissions do not let you write it (chmod u+w, or ask whose folder it is)"
            raise MemoryFailedError(self.path, why)
        if self._index is None:
            self._index = Index(self.path if self.path == _IN_MEMORY else ensure_private_file(self.path))
        return self._index

    def _current_index(self) -> Index:
        index = self._index = self._open_index() if may_write(self.path) else self._index or Index(_IN_MEMORY)
        if monotonic() - self._refreshed_at >= self._refresh_interval:
            self._refresh(index)
            self._refreshed_at = monotonic()
        return index

    # Sources of the index

    def _refresh(self, index: Index, progress: Progress | None = None) -> None:
        if index.is_unclean:
            index.clean()
        stamps = index.stamps()
        files = list(self._files())
        now = self._clock()
        outdated = [file for file in files if _is_outdated(stamps.get(file.name, ""), file.stamp, now)]
        removed = stamps.keys() - {file.name for file in files}
        if removed:
            index.remove(removed)
        unsaved: list[CatalogEntries] = []
        for done, file in enumerate(outdated, 1):
            new = self._read(file, stamps.get(file.name, ""), now)
            if new and withheld_until(new.stamp):
                update_index(index, new, stamps.get(file.name, ""))
            elif new:
                unsaved.append(new)
            if sum(len(each.entries) for each in unsaved) >= BATCH or done == len(outdated):
                index.replace_entries(unsaved)
                unsaved = []
                if progress:
                    progress(done, len(outdated))
        if outdated:
            index.recount_if_needed()

    def _send(self) -> None:
        """Send changes to the shared memory; the index records what was sent."""
        if (index := self._index) is not None and may_write(self.path):
            self._sharing.send(index)

    def _files(self) -> Iterator[_File]:
        for place in self.project.catalogs(self.locale, "reports"):
            yield _File(place.slug, catalog_stamp(self.project, place), place)
        for name in imported_paths(self.project, self.locale):
            yield _File(PREFIX + name.rpartition("/")[2], file_stamp(self.project.root / name), None)

    def _read(self, file: _File, indexed: str, now: str) -> CatalogEntries | None:
        """Return the entries of a file, or None if it is unreadable.

        The index keeps the old entries then.
        """
        try:
            if file.place is not None:
                return current_entries(self.project, file.place, indexed, now)
            data = self.project.read(f"{imported_folder(self.locale)}/{file.name.removeprefix(PREFIX)}")
            languages = self.project.settings.source, self.locale
            return CatalogEntries(file.name, file.stamp, tmx_entries(data, file.name, *languages, or_other=True))
        except (UnreadableError, OSError):
            return None

    def _confidential_entries(self, report: str) -> Sequence[IndexedEntry]:
        """Return the entries of a report that must not leave it, from its catalog.

        Empty for a report that is not confidential.
        """
        place = CatalogRef(self.locale, "reports", report)
        if not report or not self.project.exists(place) or free_from(self.project, report) <= self._clock():
            return ()
        return [IndexedEntry(report, entry) for entry in entries(self.project.load(place))]


def _is_outdated(indexed: str, current: str, now: str) -> bool:
    """Return whether a file changed after it was indexed, or its embargo is over."""
    return base_stamp(indexed) != current or "" < withheld_until(indexed) <= now


class _ErrorConversion:
    """Context manager that converts errors of SQLite and the disk to MemoryFailedError."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error | OSError):
            raise MemoryFailedError(self.path, str(error)) from error
