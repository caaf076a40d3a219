"""Who else has a catalog open: a file for each person and process under `.transflow/open`, locked while it lives.

Invariant: a file that nobody holds locked says nothing and is removed, so a killed process never seems present. The
folder is a cache: deleting it loses the knowledge until the next catalog is opened, and nothing else. Where it cannot be used, nobody
is told of anybody.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from transflow.errors import RefusedError, UnreadableError
from transflow.project import CatalogRef, files
from transflow.project.locks import cache_folder


class Presence:
    """This process in the folder. `enter` another catalog leaves the one before."""

    def __init__(self, root: Path, who: str) -> None:
        self._root, self._who = root, who
        self._file: tuple[int, Path] | None = None

    def enter(self, place: CatalogRef) -> None:
        self.leave()
        folder = _folder(self._root, place)
        if folder is None:
            return
        path = folder / f"{self._who}~{os.getpid()}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not path.exists():  # somebody looked just before the lock, and removed it
            os.close(descriptor)
            self.enter(place)
            return
        self._file = descriptor, path

    def leave(self) -> None:
        if self._file is not None:
            descriptor, path = self._file
            path.unlink(missing_ok=True)
            os.close(descriptor)
            self._file = None

    def others(self, place: CatalogRef) -> tuple[str, ...]:
        """The ids of the people who have the catalog open in other processes, this person among them."""
        folder = _folder(self._root, place)
        if folder is None:
            return ()
        mine = self._file[1].name if self._file else ""
        names = sorted(path.name for path in folder.iterdir() if path.name != mine and _is_held(path))
        return tuple(dict.fromkeys(name.rpartition("~")[0] for name in names))


def _folder(root: Path, place: CatalogRef) -> Path | None:
    """The folder of a catalog, made where it is missing; None where it cannot be used. What nobody holds in it is removed, so it must
    not be another one by a symbolic link."""
    try:
        folder = cache_folder(root) / "open" / f"{place.locale}~{place.folder}~{place.slug.replace('/', '~')}"
        files.check_way(root, f"{folder.relative_to(root).as_posix()}/")
        folder.mkdir(parents=True, exist_ok=True)
    except (RefusedError, UnreadableError, OSError):
        return None
    return folder


def _is_held(path: Path) -> bool:
    """Whether a process that lives holds the file; one that nobody holds is removed."""
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
