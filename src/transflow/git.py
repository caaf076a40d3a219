"""What is asked of git. A project outside git simply gets no answer.

Invariant: nothing here changes a file or a commit; `set_config` alone writes, and only the clone's own configuration.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from transflow.errors import TransflowError

_BLOBS_AT_ONCE = 200


class GitError(TransflowError):
    """git refused something that it was asked to do."""

    def __init__(self, arguments: Sequence[str], said: str) -> None:
        super().__init__(f"git {' '.join(arguments)}: {said.strip() or 'failed without a word'}")


def _environment() -> dict[str, str]:
    """The environment without the relative paths that git gives to hooks: they hold in the folder of the hook only."""
    names = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
    return {
        key: value for key, value in os.environ.items() if key not in names or (value and Path(value).is_absolute())
    }


def _asked(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """A finished git command; None where there is no git, or no such folder."""
    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=_environment(), input=given, capture_output=True, check=False
        )
    except (FileNotFoundError, NotADirectoryError):
        return None


def _bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """The output of a git command, or None where it fails or there is no git."""
    done = _asked(folder, *arguments, given=given)
    return done.stdout if done and done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> str | None:
    output = _bytes(folder, *arguments)
    return None if output is None else output.decode("utf-8", "replace")


def user_email(folder: Path) -> str:
    """git's user.email; empty where there is none."""
    return (_run(folder, "config", "user.email") or "").strip()


def is_inside(folder: Path) -> bool:
    """Whether a folder is in a work tree of git."""
    return (_run(folder, "rev-parse", "--is-inside-work-tree") or "").strip() == "true"


def config(folder: Path, key: str) -> str:
    """A value of the clone's own configuration; empty where it has none."""
    return (_run(folder, "config", "--local", "--get", key) or "").removesuffix("\n")


def set_config(folder: Path, key: str, value: str) -> None:
    """Writes a value into the clone's own configuration. Raises GitError."""
    arguments = ("config", "--local", key, value)
    done = _asked(folder, *arguments)
    if done is None or done.returncode:
        raise GitError(arguments[:3], done.stderr.decode("utf-8", "replace") if done else "there is no git here.")


def attribute(folder: Path, name: str, path: str) -> str:
    """What the attributes files say of a path: a value, or "unspecified"."""
    output = _run(folder, "check-attr", "-z", name, "--", path) or ""
    return (output.split("\0") + [""] * 3)[2]


def stages(folder: Path, path: str) -> dict[int, bytes]:
    """The versions of a file in an unfinished merge: 1 base, 2 ours, 3 theirs. Empty where the file has no conflict."""
    listed = _run(folder, "ls-files", "--unmerged", "-z", "--", path) or ""
    found = {}
    for line in listed.split("\0"):
        fields = line.partition("\t")[0].split()
        if len(fields) == 3 and (data := _bytes(folder, "cat-file", "blob", fields[1])) is not None:
            found[int(fields[2])] = data
    return found


_AT_ONCE = 25
"""Versions of a file that are asked for together."""


def versions(folder: Path, path: str, most: int = 50, *, renamed: bool = False) -> Iterator[str]:
    """The committed texts of a file, newest first; with `renamed`, under the names too that it had before.

    (`git log --follow` follows copies besides: the catalog of another language is nearly one.)
    """
    since = "HEAD"
    while most > 0 and path:
        revisions = (_run(folder, "log", f"-{most}", "--format=%H", since, "--", path) or "").split()
        for start in range(0, len(revisions), _AT_ONCE):
            wanted = "".join(f"{revision}:./{path}\n" for revision in revisions[start : start + _AT_ONCE])
            yield from _blobs(_bytes(folder, "cat-file", "--batch", given=wanted.encode()) or b"")
        if not renamed or not revisions:
            return
        most -= len(revisions)
        since, path = f"{revisions[-1]}^", _former_name(folder, revisions[-1], path)


def _former_name(folder: Path, revision: str, path: str) -> str:
    """What a file was called before the commit that gave it its name; empty where it was not there."""
    shown = _run(
        folder, "show", "-M", "--relative", "--diff-filter=R", "--name-status", "-z", "--format=", revision, "--"
    )
    words = (shown or "").split("\0")
    return next((old for old, new in zip(words[1::3], words[2::3], strict=False) if new == path), "")


def _blobs(output: bytes) -> Iterator[str]:
    """The texts in what `git cat-file --batch` answers."""
    while output:
        head, _, output = output.partition(b"\n")
        found = re.fullmatch(rb"[0-9a-f]+ blob ([0-9]+)", head)
        if found:
            size = int(found[1])
            yield output[:size].decode("utf-8", "replace")
            output = output[size + 1 :]


def prefix(folder: Path) -> str:
    """The folder as its repository calls it, with a slash at the end; empty for the top, and outside git."""
    return (_run(folder, "rev-parse", "--show-prefix") or "").removesuffix("\n")


def is_commit(folder: Path, revision: str) -> bool:
    """Whether git knows a commit by this name."""
    return _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is not None


def is_before_all(folder: Path, revision: str) -> bool:
    """Whether it stands for the time before the first commit: HEAD before there is one, and the id of zeros that hooks and code hosts
    give."""
    if re.fullmatch("0{40,64}", revision):
        return is_inside(folder)
    return (
        revision in ("HEAD", "@")
        and _run(folder, "symbolic-ref", "--quiet", "HEAD") is not None
        and not is_commit(folder, "HEAD")
    )


def text_at(folder: Path, revision: str, path: str) -> str | None:
    """A file's text as of a commit; None where it was not there."""
    return _run(folder, "show", "--end-of-options", f"{revision}:./{path}")


def commits_with(folder: Path, pattern: str) -> int | None:
    """How many commits of any branch brought in or took out a line that matches (POSIX extended); None outside git."""
    found = _run(folder, "log", "--all", "--format=%h", "--extended-regexp", "-G", pattern)
    return None if found is None else len(found.split())


def commits_by(folder: Path, names: Sequence[str]) -> int | None:
    """How many commits of any branch name one of these as author or committer; None outside git."""
    found = _run(folder, "log", "--all", "--format=%an%x00%ae%x00%cn%x00%ce")
    return None if found is None else sum(any(name in line for name in names) for line in found.split("\n"))


class Change(NamedTuple):
    """A file as a commit left it. `path` is its present one, where it was renamed since."""

    path: str
    committed: str
    """UTC, to the second."""
    blob: str


def history(folder: Path, under: str) -> Iterator[Change]:
    """Every version that the files under a folder had in the history of HEAD, the newest commit first; both sides of each
    change, so that what only a merge made is among them too. Nothing outside git."""
    output = _run(
        folder,
        "-c",
        "core.quotePath=false",
        "log",
        "--format=%x00%ct",
        "--raw",
        "--no-abbrev",
        "-M40%",
        "--relative",
        "--",
        under,
    )
    committed, now_at = "", dict[str, str]()
    for line in (output or "").split("\n"):
        if line.startswith("\0"):
            committed = datetime.fromtimestamp(int(line[1:]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        elif line.startswith(":"):
            fields, *paths = line.split("\t")
            old, new = fields.split(" ")[2:4]
            path = now_at.get(paths[-1], paths[-1])
            if len(paths) == 2:
                now_at[paths[0]] = path
            yield from (Change(path, committed, blob) for blob in (new, old) if blob.strip("0"))


def uncommitted(folder: Path, under: str) -> list[str]:
    """The paths under a folder whose files differ from the last commit, or are not in it."""
    output = _run(folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", under) or ""
    top = (_run(folder, "rev-parse", "--show-prefix") or "").strip()
    return [line[3:].removeprefix(top) for line in output.split("\0") if line]


def blobs(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, text) of blobs, in the order that is asked for; the text of what is not there is empty."""
    waiting = list(names)
    for start in range(0, len(waiting), _BLOBS_AT_ONCE):
        some = waiting[start : start + _BLOBS_AT_ONCE]
        output = _bytes(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in some).encode()) or b""
        for name in some:
            head, _, output = output.partition(b"\n")
            found = re.fullmatch(rb"[0-9a-f]+ blob ([0-9]+)", head)
            size = int(found[1]) if found else 0
            yield name, output[:size].decode("utf-8", "replace")
            output = output[size + 1 :] if found else output
