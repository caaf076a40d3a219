"""Keys of results of checks: digests of everything that a result depends on."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import transflow
from transflow.language.spelling import SYSTEM


def key_of(*parts: str | bytes) -> bytes:
    """Return the key of these parts. Nobody can find others with the same key."""
    found = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.digest()


@cache
def program_key() -> bytes:
    """Return a key that changes with the program: its modules, dictionaries and libraries."""
    stamps = [transflow.__version__]
    for folder, _, names in os.walk(Path(transflow.__file__).parent):
        stamps += [_stamp(f"{folder}/{name}") for name in names if name.endswith((".py", ".toml", ".txt"))]
    libraries = {each for each in sys.path if each.endswith("-packages")}
    stamps += map(_stamp, (*libraries, *map(str, SYSTEM)))
    return key_of(sys.version, *sorted(stamps))


def _stamp(path: str) -> str:
    try:
        status = os.lstat(path)
    except OSError:
        return path
    return f"{path} {status.st_size} {status.st_mtime_ns}"
