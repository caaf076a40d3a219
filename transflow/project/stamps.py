"""Stamps of files, to see cheaply whether one changed."""

from __future__ import annotations

import os
from pathlib import Path


def file_stamp(path: Path | str) -> str:
    """Return a string that changes when a file does; empty if it does not exist."""
    try:
        status = os.stat(path)  # noqa: PTH116 - takes a third of the time of Path.stat, and runs a thousand times
    except OSError:
        return ""
    return f"{status.st_mtime_ns}.{status.st_size}.{status.st_ino}"
