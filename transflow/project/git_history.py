"""Changes of files in the history, found in one walk through it.

Invariant: paths are relative to the top of the repository, since git gives those of merges in no
other way; a merge changes the files that differ from those of all its parents.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from transflow.project import git
from transflow.project.git_command import run_bytes
from transflow.project.git_objects import ObjectReader, object_reader

RAW_OPTIONS = ("--root", "--raw", "--no-abbrev", "-z", "--no-renames", "--no-relative")
_REGULAR = (b"100644", b"100755")


class FileChange(NamedTuple):
    """A file that differs from all parents of a commit; a missing file has an empty blob."""

    path: str
    old: tuple[str, ...]
    """Blob of each parent."""
    new: str


class CommitChanges(NamedTuple):
    commit: str
    files: tuple[FileChange, ...]


def log_changes(output: bytes) -> Iterator[CommitChanges]:
    """Yield the commits in the output of `git log` with LOG_OPTIONS."""
    tokens = iter(output.split(b"\0"))
    commit, files = "", list[FileChange]()
    for token in tokens:
        token = token.lstrip(b"\n")
        if token.startswith(b"\1"):
            if commit:
                yield CommitChanges(commit, tuple(files))
            commit, files = token[1:].decode("ascii"), []
        elif token.startswith(b":"):
            files.append(file_change(token, next(tokens)))
    if commit:
        yield CommitChanges(commit, tuple(files))


LOG_OPTIONS = ("--full-history", "-c", *RAW_OPTIONS, "--format=%x01%H")


def file_change(fields: bytes, path: bytes) -> FileChange:
    """Return the change in a record of git's raw format."""
    count = len(fields) - len(fields.lstrip(b":"))
    parts = fields[count:].split(b" ")
    modes, blobs = parts[: count + 1], parts[count + 1 : 2 * count + 2]
    names = [blob.decode("ascii") if mode in _REGULAR else "" for mode, blob in zip(modes, blobs, strict=True)]
    return FileChange(path.decode("utf-8", "surrogateescape"), tuple(names[:-1]), names[-1])


class _PathHistory:
    """Blobs of a path, newest first."""

    def __init__(self) -> None:
        self.blobs: list[str] = []
        self.may_be_renamed = False
        """True if the first of these commits also deleted a file, which may be the same one."""


class CommittedVersions:
    """Committed versions of the files of a folder, for many files at once. To be closed.

    Outside git, and before the first commit, there are none. What is committed later is not seen.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._stack = folder, ExitStack()
        self._reader: ObjectReader | None = None

    def close(self) -> None:
        self._stack.close()

    def texts(self, path: str, most: int = 50) -> Iterator[str]:
        """Yield what `git.versions` does, also under former names and of merged branches.

        Merges that took the file of one side are left out: its text is that of another commit.
        """
        history = self._by_path.get(f"{self._prefix}{path}")
        if history is None:
            return
        if history.may_be_renamed and len(history.blobs) < most:
            yield from git.versions(self._folder, path, most, renamed=True, whole=True)
            return
        self._reader = self._reader or self._stack.enter_context(object_reader(self._folder))
        for _, data in self._reader.read(filter(None, islice(history.blobs, most))):
            if data:
                yield data.decode("utf-8", "replace")

    def deleted(self, folder: str, present: Container[str], most: int) -> Iterator[tuple[str, list[str]]]:
        """Yield (path, last texts) of the files of a folder that are not in `present`."""
        self._reader = self._reader or self._stack.enter_context(object_reader(self._folder))
        for name, history in self._by_path.items():
            path = name.removeprefix(self._prefix)
            if name.startswith(f"{self._prefix}{folder}") and path not in present:
                blobs = list(islice(filter(None, history.blobs), most))
                yield path, [data.decode("utf-8", "replace") for _, data in self._reader.read(blobs)]

    def key(self, path: str) -> str:
        """Return a text that is equal as long as `texts` yields the same."""
        history = self._by_path.get(f"{self._prefix}{path}", _PathHistory())
        if history.may_be_renamed:
            return git.commit_id(self._folder, "HEAD")
        return " ".join(history.blobs)

    def share(self) -> None:
        """Read the log, before copies of this process read versions of their own."""
        self._by_path  # noqa: B018 - it is cached
        self._stack, self._reader = ExitStack(), None

    @cached_property
    def _prefix(self) -> str:
        return git.prefix(self._folder)

    @cached_property
    def _by_path(self) -> dict[str, _PathHistory]:
        found: dict[str, _PathHistory] = {}
        output = run_bytes(self._folder, "log", *LOG_OPTIONS, "HEAD", "--") or b""
        for step in log_changes(output):
            deletes = any(not change.new for change in step.files)
            for change in step.files:
                history = found.setdefault(change.path, _PathHistory())
                history.blobs.append(change.new)
                history.may_be_renamed = deletes and bool(change.new)
        return found
