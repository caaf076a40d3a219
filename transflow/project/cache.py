"""Caches of a project: data that can be computed again.

They are in the user's cache folder, never in the project's, whose content comes with a clone. This
module is imported by every command, so JSON is imported only where it is needed.

Invariant: a cache that is missing, broken or not writable is no error: it counts as empty. No file
of a project determines the content of a cache, and CI uses none. Caches have texts of the record,
so only the user may read them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transflow.errors import UnreadableError
from transflow.json_text import decode_json, encode_json
from transflow.project.files import read as read_file
from transflow.project.files import temporary_path
from transflow.user_folders import cache_folder

if TYPE_CHECKING:
    from transflow.project.project import Project

OFF = "TRANSFLOW_NO_CACHE"
"""Environment variable that turns caches off."""


def is_enabled() -> bool:
    """True if caches are used: not in CI, where they may come from other branches."""
    return not (is_ci() or _is_set(OFF))


def is_ci() -> bool:
    """True if the program runs in CI, where nobody answers a question."""
    return _is_set("CI")


def _is_set(variable: str) -> bool:
    return os.environ.get(variable, "").lower() not in ("", "0", "false", "no")


def folder(root: Path) -> Path:
    """Return the cache folder of a project, derived from its path. It need not exist."""
    path_digest = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return cache_folder() / path_digest


def usable_folder(root: Path) -> Path | None:
    """Return the cache folder of a project; None if caches are off, or if it is in the project,
    where it could come with a clone.
    """
    found = folder(root) if is_enabled() else None
    return None if found is None or found.is_relative_to(root.resolve()) else found


def ensure_folder(path: Path) -> Path:
    """Create the folder of a file in the cache, for the user alone, and return it.

    Raise OSError.
    """
    for each in reversed([parent for parent in path.parents if not parent.exists()]):
        each.mkdir(mode=0o700, exist_ok=True)
    return path.parent


def ensure_private_file(path: Path) -> Path:
    """Create a file in the cache that other programs open, for the user alone. Raise OSError."""
    ensure_folder(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    return path


def read(project: Project, name: str) -> dict[str, Any]:
    """Return the content of a cache; empty if there is none that can be read."""
    try:
        content = decode_json(read_file(project.cache / name, name)) if project.cache else {}
    except (OSError, ValueError, UnreadableError):
        return {}
    return content if isinstance(content, dict) else {}


def write(project: Project, name: str, content: dict[str, Any]) -> None:
    """Write a cache atomically. It is not synced to disk, since it can be computed again."""
    if project.cache is None:
        return
    with suppress(OSError):
        path = project.cache / name
        ensure_folder(path)
        temporary = temporary_path(path)
        with open(temporary, "w", encoding="utf-8", errors="surrogatepass", opener=_private) as file:
            file.write(encode_json(content))
        temporary.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
