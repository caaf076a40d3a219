"""Files under `.transflow` that may go at any time: what was computed once and need not be computed again.

Invariant: a cache that is missing, broken or cannot be written is no error: it holds nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from transflow.errors import RefusedError
from transflow.project.locks import cache_folder

_FOLDER = "cache"


def read(root: Path, name: str) -> dict[str, Any]:
    """What a cache holds; empty where there is none that can be read."""
    try:
        found = json.loads((root / ".transflow" / _FOLDER / name).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(root: Path, name: str, content: dict[str, Any]) -> None:
    """Keeps a cache, whole or not at all. Not durable: what is lost is computed again."""
    with suppress(OSError, RefusedError):
        path = cache_folder(root) / _FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")
        temporary.replace(path)
