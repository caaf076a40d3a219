"""What is asked of git. Every call is one run of the `git` program; a project outside git simply gets no answer."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


def _run(folder: Path, *arguments: str) -> str | None:
    """The output of a git command, or None where it fails or there is no git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def user_email(folder: Path) -> str:
    """git's user.email; empty where there is none."""
    return (_run(folder, "config", "user.email") or "").strip()


def versions(folder: Path, path: str, most: int = 50) -> Iterator[str]:
    """The committed texts of a file, newest first."""
    revisions = (_run(folder, "log", f"-{most}", "--format=%H", "--", path) or "").split()
    for revision in revisions:
        text = _run(folder, "show", f"{revision}:./{path}")
        if text is not None:
            yield text
