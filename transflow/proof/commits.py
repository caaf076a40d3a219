"""Commit objects, and the differences between commits, as git stores them.

Invariant: authors, committers and signatures are read from the object itself, never from git's
formats, which follow mail maps and run the programs of a signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from transflow.messages import Messages
from transflow.project import git_objects
from transflow.project.git_command import GitError, run
from transflow.project.git_history import LOG_OPTIONS, RAW_OPTIONS, CommitChanges, FileChange, file_change, log_changes

MESSAGES = Messages(__name__, {"no-answer": "git gave no answer"})
_PERSON = re.compile(rb"[^<>]*<([^<>]*)> ([0-9]{1,12}) [+-][0-9]{4}")


class CommitObject(NamedTuple):
    """Author, committer and SSH signature of a commit, as the object states them."""

    author: str = ""
    """E-mail address in lower case, as is that of the committer."""
    committer: str = ""
    time: str = ""
    """Time of the commit, UTC."""
    signature: bytes = b""
    payload: bytes = b""
    """The signed bytes: the object without its signature."""


def objects(folder: Path, commits: Iterable[str]) -> Iterator[tuple[str, CommitObject]]:
    """Yield commit -> object."""
    for commit, data in git_objects.objects(folder, commits):
        yield commit, parse_object(data)


def parse_object(data: bytes) -> CommitObject:
    """Return the parts of a commit object; without a signature if it has none, or several."""
    head, separator, message = data.partition(b"\n\n")
    fields: list[tuple[bytes, bytes]] = []
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if not name and fields:  # a continuation line begins with a space
            fields[-1] = fields[-1][0], fields[-1][1] + b"\n" + value
        else:
            fields.append((name, value))
    signatures = [value for name, value in fields if name.startswith(b"gpgsig")]
    unsigned = b"\n".join(
        name + b" " + value.replace(b"\n", b"\n ") for name, value in fields if not name.startswith(b"gpgsig")
    )
    values = dict(reversed(fields))
    author, committer = (_PERSON.fullmatch(values.get(name, b"")) for name in (b"author", b"committer"))
    return CommitObject(
        _address(author),
        _address(committer),
        _time(int(committer[2])) if committer else "",
        signatures[0] + b"\n" if len(signatures) == 1 else b"",
        unsigned + separator + message,
    )


def _address(match: re.Match[bytes] | None) -> str:
    return match[1].decode("utf-8", "replace").strip().lower() if match else ""


def _time(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def parents(folder: Path, since: str, head: str) -> dict[str, tuple[str, ...]]:
    """Return commit -> parents for the commits after `since`, oldest first."""
    output = _output(folder, "rev-list", "--topo-order", "--reverse", "--parents", f"^{since}", head, "--")
    rows = (line.split() for line in output.decode("ascii").splitlines())
    return {commit: tuple(others) for commit, *others in rows}


def changes(folder: Path, since: str, head: str, path: str = "") -> Iterator[CommitChanges]:
    """Yield the commits after `since` that change files, all or those at a path, newest first.

    With an empty `since`, from the first commit on.
    """
    paths = [path] if path else []
    revisions = [f"^{since}", head] if since else [head]
    return log_changes(_output(folder, "log", "--topo-order", *LOG_OPTIONS, *revisions, "--", *paths))


def changes_by_parent(folder: Path, commit: str, path: str) -> list[tuple[FileChange, ...]]:
    """Return the changed files of a merge, compared with each of its parents."""
    output = _output(folder, "diff-tree", "-r", "-m", *RAW_OPTIONS, commit, "--", path)
    tokens = iter(output.split(b"\0"))
    found: list[list[FileChange]] = []
    for token in tokens:
        token = token.strip(b"\n")
        if token.startswith(b":"):
            found[-1].append(file_change(token, next(tokens)))
        elif token:  # the commit, before the comparison with each parent
            found.append([])
    return [tuple(each) for each in found]


def _output(folder: Path, *arguments: str) -> bytes:
    """Return the output of git. Raises GitError if it fails: no answer is never an empty one."""
    result = run(folder, *arguments)
    if result is None or result.returncode:
        why = result.stderr.decode("utf-8", "replace") if result else MESSAGES("no-answer")
        raise GitError(arguments[:1], why)
    return result.stdout
