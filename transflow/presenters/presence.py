"""People who have a catalog open: a file per person and process under `.transflow/open`, locked
while the process lives.

Invariant: an unlocked file is ignored and removed, so a killed process never seems present. The
folder is a cache: deleting it loses nothing but the presence of others until they open the next
catalog. If it cannot be used, nobody is shown as present.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from transflow.errors import RefusedError, UnreadableError
from transflow.project import CatalogRef, files
from transflow.project.locks import cache_folder


class Presence:
    """The presence of this process. Entering a catalog leaves the previous one."""

    def __init__(self, root: Path, who: str) -> None:
        self._root, self._who = root, who
        self._file: tuple[int, Path] | None = None

    def enter(self, place: CatalogRef) -> None:
        self.leave()
        folder = _folder(self._root, place)
        if folder is None:
            return
        path = folder / f"{self._who}~{os.getpid()}"
        descriptor = _open_locked(path)
        if descriptor is None:
            return
        if not path.exists():  # another process removed it just before the lock
            os.close(descriptor)
            self.enter(place)
            return
        self._file = descriptor, path

    def leave(self) -> None:
        if self._file is not None:
            descriptor, path = self._file
            with suppress(OSError):
                path.unlink()
            os.close(descriptor)
            self._file = None

    def others(self, place: CatalogRef) -> tuple[str, ...]:
        """Return the ids of people who have the catalog open in other processes, including this
        person.
        """
        folder = _folder(self._root, place)
        if folder is None:
            return ()
        own_name = self._file[1].name if self._file else ""
        try:
            paths = list(folder.iterdir())
        except OSError:
            return ()
        names = sorted(path.name for path in paths if path.name != own_name and _is_locked(path))
        return tuple(dict.fromkeys(name.rpartition("~")[0] for name in names))


def _folder(root: Path, place: CatalogRef) -> Path | None:
    """Return the folder of a catalog, created if missing; None if it cannot be used.

    Unlocked files in it are removed, so it must not lead elsewhere by a symbolic link.
    """
    try:
        folder = cache_folder(root) / "open" / f"{place.locale}~{place.folder}~{place.slug.replace('/', '~')}"
        files.check_no_links(root, f"{folder.relative_to(root).as_posix()}/")
        folder.mkdir(parents=True, exist_ok=True)
    except (RefusedError, UnreadableError, OSError):
        return None
    return folder


def _open_locked(path: Path) -> int | None:
    """Open and lock a file, created if missing; return None if that is not possible."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _is_locked(path: Path) -> bool:
    """True if a live process holds the file; an unlocked file is removed."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink(missing_ok=True)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
