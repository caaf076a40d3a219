"""What was computed once of a project and need not be computed again: in the user's own cache folder, never in the project's,
which a clone brings along. On the path of every command, so JSON is imported where it is read.

Invariant: a cache that is missing, broken or cannot be written is no error: it holds nothing. No file of a project decides what is
in it, and CI reads none. It holds texts of the record, so it is the user's alone.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transflow.project.project import Project

OFF = "TRANSFLOW_NO_CACHE"
"""The variable by which a user does without caches."""


def is_wanted() -> bool:
    """Whether caches are used: not in CI, whose machine may keep those of other branches."""
    return all(os.environ.get(name, "").lower() in ("", "0", "false", "no") for name in ("CI", OFF))


def folder(root: Path) -> Path:
    """The cache folder of a project, by its place on this machine; it need not be there."""
    import platformdirs

    mark = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return platformdirs.user_cache_path("transflow", appauthor=False) / mark


def made(path: Path) -> Path:
    """The folder of a file in the cache, made where it is missing, for the user alone. Raises OSError."""
    for each in reversed([parent for parent in path.parents if not parent.exists()]):
        each.mkdir(mode=0o700, exist_ok=True)
    return path.parent


def private(path: Path) -> Path:
    """A file in the cache that other programs open, made where it is missing, for the user alone. Raises OSError."""
    made(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    return path


def read(project: Project, name: str) -> dict[str, Any]:
    """What a cache holds; empty where there is none that can be read."""
    from transflow.json_text import parsed

    try:
        found = parsed((project.cache / name).read_bytes()) if project.cache else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(project: Project, name: str, content: dict[str, Any]) -> None:
    """Keeps a cache, whole or not at all. Not durable: what is lost is computed again."""
    if project.cache is None:
        return
    import json

    with suppress(OSError):
        path = project.cache / name
        made(path)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        with open(temporary, "w", encoding="utf-8", errors="surrogatepass", opener=_private) as file:
            json.dump(content, file, ensure_ascii=False)
        temporary.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)
