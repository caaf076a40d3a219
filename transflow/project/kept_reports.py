"""Files whose texts a cache of the user holds, with their stamps: `.transflow/kept-reports`.

A report may become confidential, or vanish, in any program. The list shows every command cheaply
whether a file on it changed since, so that the caches are looked through.

Invariant: the list holds paths and stamps, no text. A list that is missing or not writable is no
error.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from transflow.errors import TransflowError
from transflow.project import files
from transflow.project.locks import cache_folder
from transflow.project.stamps import file_stamp

NAME = ".transflow/kept-reports"
_MOST_BYTES = 64 * 1024
"""Size from which on the list is written anew, without outdated lines."""


def note(root: Path, paths: Iterable[str]) -> None:
    """Add files, or their new stamps."""
    paths = {*paths}
    if not paths:
        return
    lines = "".join(f"{file_stamp(root / path) or '-'} {path}\n" for path in sorted(paths))
    with suppress(OSError, TransflowError):
        cache_folder(root)
        is_long = (root / NAME).is_file() and (root / NAME).stat().st_size > _MOST_BYTES
        if is_long:
            lines = "".join(f"{stamp} {path}\n" for path, stamp in _noted(root).items()) + lines
        flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_TRUNC if is_long else os.O_APPEND)
        with os.fdopen(os.open(root / NAME, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(lines)


def changed(root: Path) -> list[str]:
    """Return the files on the list that changed since they were noted, or are gone."""
    return [path for path, stamp in _noted(root).items() if (file_stamp(root / path) or "-") != stamp]


def _noted(root: Path) -> dict[str, str]:
    """Return path -> stamp."""
    try:
        lines = files.read_own(root, NAME).decode("utf-8").splitlines() if files.has(root, NAME) else []
    except (OSError, ValueError, TransflowError):
        return {}
    return {path: stamp for stamp, _, path in (line.partition(" ") for line in lines) if path}
