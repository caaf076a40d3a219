"""Exchange with a team's shared memory: questions to it, and the changes of a project.

Invariant: no text of a report that may not leave is sent, not even in a question; nothing is
written of a project that the user did not allow to write. While the shared memory is asked, other
threads may use the index.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from threading import Lock
from time import monotonic
from typing import TypeVar

from transflow.actions.project.permissions import MemoryPermission, memory_permission
from transflow.memory.address import address
from transflow.memory.entries import MemoryEntry
from transflow.memory.errors import MemoryUnavailableError
from transflow.memory.index import Index
from transflow.memory.shared import CatalogUpdate, SharedMemory, why_not_written
from transflow.project import CatalogRef, Project
from transflow.project.index_sync import may_leave, redacted_units, withheld_until
from transflow.report.front import NEVER

_T = TypeVar("_T")
PREFIX = "memory/"
"""Begins the catalog names of imported memories; no slug can have it."""
_NAME = "="
"""Takes the place of a catalog for the name under which a project was sent; no slug is so."""
_SENT_PER_QUERY = 20
"""Maximum number of catalogs that a query sends to the shared memory.

Otherwise the first query would wait for all.
"""
_RETRY_AFTER = 60.0
"""Seconds until an unavailable shared memory is tried again."""


class Sharing:
    """The shared memory as one project uses it in one locale; does nothing if there is none."""

    def __init__(
        self,
        project: Project,
        locale: str,
        clock: Callable[[], str],
        index_lock: AbstractContextManager[object],
    ) -> None:
        """`index_lock` is held while the index is used. Raise ConfigError."""
        self._project, self._locale, self._clock = project, locale, clock
        self._index_lock, self._connection_lock = index_lock, Lock()
        self._url = address()
        self._permission = memory_permission(project) if self._url else MemoryPermission()
        self.unavailable_reason = ""
        self.unsent_reason = ""
        self._tried_at = float("-inf")
        self._shared: SharedMemory | None = None

    def ask(self, question: Callable[[SharedMemory], list[_T]], report: str) -> list[_T]:
        """Return the answer of the shared memory; empty while it is unavailable.

        It is not asked for a report that may not leave, because the question has its text.
        """
        if report and not may_leave(self._project, report, self._clock()):
            return []
        with self._connection_lock:
            shared = self._connected()
            if shared is None:
                return []
            try:
                return question(shared)
            except MemoryUnavailableError as error:
                self._disconnect(error)
                return []

    def send(self, index: Index, most: int = 0) -> None:
        """Send changes to the shared memory: first catalogs to withhold, then others.

        At most `most` catalogs are sent, by default as many as a query may wait for. If the shared
        memory is unavailable, or another thread uses it, a later query sends them.
        """
        if self._url and self._connection_lock.acquire(blocking=most == sys.maxsize):
            try:
                self._send(index, most)
            finally:
                self._connection_lock.release()

    def _send(self, index: Index, most: int) -> None:
        with self._index_lock:
            self._begin_anew_under_another_name(index)
            pending = self._pending(index)
        if pending and not self._permission.name:
            self.unsent_reason = self._permission.why_not
            return
        for name, stamp_now, stamp_sent in pending[: most or _SENT_PER_QUERY]:
            shared = self._connected()
            if shared is None:
                return
            if not shared.may_write:
                self.unsent_reason = why_not_written(shared.project)
                return
            try:
                self._send_catalog(shared, index, name, stamp_now, stamp_sent)
            except MemoryUnavailableError as error:
                self._disconnect(error)

    def _begin_anew_under_another_name(self, index: Index) -> None:
        """Forget what was sent under a former name: there is none of it under the present one."""
        name = self._permission.name
        if name and index.sent_stamps().get(_NAME) != name:
            for catalog in index.sent_stamps():
                index.record_sent(catalog, "")
            index.record_sent(_NAME, name)

    def send_all(self, index: Index) -> None:
        self.send(index, sys.maxsize)

    def close(self) -> None:
        with self._connection_lock:
            self._close()

    def _close(self) -> None:
        if self._shared is not None:
            self._shared.close()
            self._shared = None

    def _connected(self) -> SharedMemory | None:
        if self._shared is None and self._url and monotonic() - self._tried_at >= _RETRY_AFTER:
            self._tried_at = monotonic()
            try:
                self._shared = SharedMemory(self._url, self._permission.name, self._locale)
                self.unavailable_reason = ""
            except MemoryUnavailableError as error:
                self._disconnect(error)
        return self._shared

    def _disconnect(self, error: MemoryUnavailableError) -> None:
        self.unavailable_reason, self._tried_at = error.message, monotonic()
        self._close()

    @staticmethod
    def _pending(index: Index) -> list[tuple[str, str, str]]:
        """Return the changed catalogs with their stamps now and when they were sent.

        Catalogs that must not be there any more come first.
        """
        stamps, sent = index.stamps(), index.sent_stamps()
        sent.pop(_NAME, None)
        removed = [name for name in sent if name not in stamps]
        changed = [name for name, now in stamps.items() if sent.get(name) != now and not name.startswith(PREFIX)]
        pending = [(name, stamps.get(name, ""), sent.get(name, "")) for name in (*removed, *changed)]
        return sorted(pending, key=lambda each: not withheld_until(each[1]))

    def _send_catalog(self, shared: SharedMemory, index: Index, name: str, stamp_now: str, sent: str) -> None:
        if not stamp_now:
            shared.remove(name)
        elif until := withheld_until(stamp_now):
            shared.withhold(name, "" if until == NEVER else until)
        else:
            released = bool(withheld_until(sent))
            with self._index_lock:
                entries = index.entries_of(name)
            shared.put(
                CatalogUpdate(
                    name,
                    self._anonymous_entries(entries),
                    released,
                    redacted_units(self._project, CatalogRef(self._locale, "reports", name)),
                    self._clock(),
                )
            )
        with self._index_lock:
            index.record_sent(name, stamp_now)

    def _anonymous_entries(self, catalog_entries: Sequence[MemoryEntry]) -> list[MemoryEntry]:
        """Return entries without the ids of people that a server of others need not know."""
        known_ids = {each.id for each in self._project.settings.people if not each.protected}
        return [each if each.who in known_ids else each._replace(who="") for each in catalog_entries]
