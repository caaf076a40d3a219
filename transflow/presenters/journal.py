"""The journal of unsaved texts: what people typed and have not confirmed yet.

Invariant: a text passed to `put` is written within 300 ms, and survives `kill -9`; a draft leaves
the journal only when it is dropped by name. It is fsynced as soon as possible by another thread, so
that a slow disk does not delay writing. Each process writes its own file, locked while it lives; at
the start the files of dead processes are taken over.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from threading import Condition, Thread
from typing import Any, NamedTuple

from transflow.json_text import decode_json

PAUSE = 0.05
"""Seconds between two writes: well below the 300 ms that may be lost."""
_COMPACT_AT = 512 * 1024
"""Bytes of a journal above which it is rewritten with the present drafts only."""


_MOST_BYTES = 64 * 2**20
"""Largest journal that is taken over: it is a hundred times of what `_COMPACT_AT` leaves."""
VERSION = 2
"""Version of the journal, stated in its first line. A file of a later version is left alone."""


class UnsavedText(NamedTuple):
    """A typed text. `since` is the digest of the unit when it was begun: see
    `units.marks.text_digest`.
    """

    text: str
    since: str
    time: str = ""
    source: str = ""
    """The source when it was begun; empty in a journal of version 1."""


Key = tuple[str, str]
"""Path of the catalog in the project, and id of the unit."""


class Journal:
    """The drafts of one person in one project. `put` and `drop` return at once; a thread writes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / f"{os.getpid()}-{secrets.token_hex(4)}.jsonl"
        self._file = _create(self._path)
        self.drafts: dict[Key, UnsavedText] = {}
        self.error = ""
        """Reason why the journal cannot be written; empty while it can."""
        self._pending: dict[Key, UnsavedText | None] = {}
        self._busy = self._closing = self._unsynced = self._syncing = False
        self._changed = Condition()
        self._take_over(folder)
        self._threads = [
            Thread(target=self._write_loop, name="drafts", daemon=True),
            Thread(target=self._sync_loop, name="drafts to disk", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def get(self, catalog: str, unit: str) -> UnsavedText | None:
        return self.drafts.get((catalog, unit))

    def drafts_of(self, catalog: str) -> dict[str, UnsavedText]:
        """Return the drafts of one catalog, by unit."""
        return {unit: draft for (path, unit), draft in self.drafts.copy().items() if path == catalog}

    def put(self, catalog: str, unit: str, draft: UnsavedText) -> None:
        self.drafts[catalog, unit] = draft
        self._enqueue((catalog, unit), draft)

    def drop(self, catalog: str, unit: str) -> None:
        if self.drafts.pop((catalog, unit), None) is not None:
            self._enqueue((catalog, unit), None)

    def flush(self) -> None:
        """Wait until everything is on the disk."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._pending or self._busy or self._unsynced or self._syncing))

    def close(self) -> None:
        """Write the rest. The file stays for the next start unless it has no drafts. Idempotent."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        if not self.drafts and not self.error:
            self._path.unlink(missing_ok=True)
        os.close(self._file)

    def _enqueue(self, key: Key, draft: UnsavedText | None) -> None:
        with self._changed:
            self._pending[key] = draft
            self._changed.notify_all()

    # The threads

    def _write_loop(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._pending or self._closing)
                if not self._pending or (self._closing and self.error):
                    return
                batch, self._pending, self._busy = self._pending, {}, True
            self._write(batch)
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closing, timeout=PAUSE)

    def _write(self, batch: dict[Key, UnsavedText | None]) -> None:
        try:
            _append(self._file, batch.items())
            if os.fstat(self._file).st_size > _COMPACT_AT:
                self._compact()
            self.error = ""
        except OSError as error:
            self.error = str(error.strerror)
            with self._changed:
                self._pending = batch | self._pending
        else:
            with self._changed:
                self._unsynced = True

    def _compact(self) -> None:
        """Replace the file by a shorter one with the present drafts."""
        new = _create(self._path, list(self.drafts.items()))
        with self._changed:
            old, self._file = self._file, new
        os.close(old)

    def _is_written(self) -> bool:
        """True if nothing more will be written."""
        return self._closing and not self._busy and (not self._pending or bool(self.error))

    def _sync_loop(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._unsynced or self._is_written())
                if not self._unsynced:
                    return
                self._unsynced, self._syncing = False, True
                # the file may be replaced by a shorter one meanwhile
                descriptor = os.dup(self._file)
            try:
                os.fsync(descriptor)
            except OSError as error:
                self.error = str(error.strerror)
            os.close(descriptor)
            with self._changed:
                self._syncing = False
                self._changed.notify_all()

    # The start

    def _take_over(self, folder: Path) -> None:
        """Take over the drafts of dead processes, newest last, and write them to our file first."""
        found: list[tuple[Path, int, dict[Key, UnsavedText]]] = []
        for path in sorted(folder.glob("*.jsonl"), key=lambda path: (_modified(path), path.name)):
            if path == self._path or (descriptor := _lock_orphan(path)) is None:
                continue
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES or _version(data) > VERSION:
                os.close(descriptor)
            else:
                found.append((path, descriptor, replay(data)))
        for _, _, drafts in found:
            for key, draft in drafts.items():
                if key not in self.drafts or self.drafts[key].time <= draft.time:
                    self.drafts[key] = draft
        if self.drafts:
            _append(self._file, self.drafts.items())
            os.fsync(self._file)
        for path, descriptor, _ in found:
            path.unlink(missing_ok=True)
            os.close(descriptor)


def replay(data: bytes) -> dict[Key, UnsavedText]:
    """Return the drafts that a journal ends with. A line truncated by a crash is skipped."""
    drafts: dict[Key, UnsavedText] = {}
    for line in data.split(b"\n"):
        try:
            record: Any = decode_json(line)
            key = (str(record["place"]), str(record["unit"]))
            text = record["text"]
        except (ValueError, KeyError, TypeError):
            continue
        if text is None:
            drafts.pop(key, None)
        else:
            drafts[key] = UnsavedText(str(text), *(str(record.get(name, "")) for name in ("since", "time", "source")))
    return drafts


def _version(data: bytes) -> int:
    """Return the version in a journal's first line; 1 if there is none."""
    first = next((line for line in data.split(b"\n") if line), b"")
    try:
        found = decode_json(first).get("version", 1)
    except (ValueError, AttributeError):
        return 1
    return found if isinstance(found, int) else 1


def _append(descriptor: int, records: Iterable[tuple[Key, UnsavedText | None]]) -> None:
    lines = []
    for (catalog, unit), draft in records:
        values = draft._asdict() if draft else {"text": None}
        lines.append(json.dumps({"place": catalog, "unit": unit, **values}, ensure_ascii=False))
    remaining = memoryview(("\n" + "\n".join(lines) + "\n").encode("utf-8", "surrogatepass"))
    while remaining:
        remaining = remaining[os.write(descriptor, remaining) :]


def _create(path: Path, drafts: Iterable[tuple[Key, UnsavedText]] = ()) -> int:
    """Create a private file with these drafts, open for appending.

    It is locked before it gets its name, so that no process takes it for one of a dead process.
    """
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.write(descriptor, json.dumps({"version": VERSION}).encode() + b"\n")
    _append(descriptor, drafts)
    os.fsync(descriptor)
    temporary.replace(path)
    return descriptor


def _lock_orphan(path: Path) -> int | None:
    """Open and lock a file that no process holds; return None if one does."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
