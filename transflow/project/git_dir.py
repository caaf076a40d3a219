"""The folder of git for a project, found without a process."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_MOST_CHARACTERS = 4096
"""Longest content of a file `.git`, which is a path."""


def index_lock(folder: Path) -> str:
    """Return the path that `git rev-parse --git-path index.lock` prints, without a process.

    Empty outside git.
    """
    git_dir = os.environ.get("GIT_DIR", "")
    if Path(git_dir).is_absolute():
        return f"{git_dir}/index.lock"
    folder = folder.resolve()
    for each in (folder, *folder.parents):
        dot_git = each / ".git"
        if (dot_git / "HEAD").exists():
            return f"{dot_git}/index.lock"
        if dot_git.is_file():  # a worktree or a submodule
            with suppress(OSError):
                with dot_git.open(encoding="utf-8", errors="surrogateescape") as file:
                    target = file.read(_MOST_CHARACTERS).removeprefix("gitdir:").strip()
                return f"{each / target}/index.lock"
    return ""
