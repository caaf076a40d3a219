"""Commits made without the work tree, and branches moved beside the user's own git.

Invariant: git's index is only replaced under its lock, and only by one that differs in the files of
the commit; what the user has staged stays staged. A branch is only moved from the commit that it
was at. No hook and no program of the clone is run.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from transflow.messages import Messages
from transflow.project.beside_git import GIVE_UP_AFTER, GitLockedError, LocalGit
from transflow.project.git_command import GitError, run

MESSAGES = Messages(__name__, {"no-git": "there is no git here.", "moved": "the branch moved meanwhile."})
_ABSENT = ("000000", "")
_ZEROS = {"0" * 40, "0" * 64}
_MANY = 300
"""Number of paths from which on all entries of an index are listed."""


class BranchMovedError(GitError):
    """Another program moved the branch, or changed the index, meanwhile. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(("update-ref",), MESSAGES("moved"))


class ChangedEntry(NamedTuple):
    """A file that differs between two commits. Paths are relative to the top of the repository."""

    path: str
    old: tuple[str, str]
    """Mode and name of the content; ("000000", "") if the file is missing."""
    new: tuple[str, str]


def output(folder: Path, *arguments: str, stdin: bytes = b"", more: Mapping[str, str] | None = None) -> bytes:
    """Return the output of a git command. Raise GitError if it fails."""
    result = run(folder, *arguments, stdin=stdin, more=more)
    if result is None or result.returncode:
        why = result.stderr.decode("utf-8", "replace") if result else MESSAGES("no-git")
        raise GitError(arguments[:1], why)
    return result.stdout


def _line(folder: Path, *arguments: str, stdin: bytes = b"", more: Mapping[str, str] | None = None) -> str:
    return output(folder, *arguments, stdin=stdin, more=more).decode("ascii").strip()


def write_blob(folder: Path, data: bytes) -> str:
    """Store a content in git as it is, and return its name. Raise GitError."""
    return _line(folder, "hash-object", "-w", "--stdin", "--no-filters", stdin=data)


def tree_of(folder: Path, commit: str) -> str:
    """Return the tree of a commit; the empty one for no commit."""
    return _line(folder, "rev-parse", f"{commit}^{{tree}}") if commit else _line(folder, "mktree")


def changed_tree(folder: Path, tree: str, changes: Mapping[str, tuple[str, str]], index: Path) -> str:
    """Return a tree with some entries replaced: path from the top -> mode and name.

    `index` is an index of our own, which git reuses from one tree to the next. Raise GitError.
    """
    more = {"GIT_INDEX_FILE": str(index)}
    remembered = index.with_name(f"{index.name}.tree")
    if _text(remembered) != tree or not index.exists():
        index.unlink(missing_ok=True)
        output(folder, "read-tree", tree, more=more)
    remembered.unlink(missing_ok=True)
    output(folder, "update-index", "-z", "--index-info", stdin=_index_info(changes), more=more)
    new = _line(folder, "write-tree", more=more)
    remembered.write_text(new, encoding="ascii")
    return new


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _index_info(changes: Mapping[str, tuple[str, str]]) -> bytes:
    lines = (f"{mode} {blob or '0' * 40}\t{path}\0" for path, (mode, blob) in changes.items())
    return "".join(lines).encode("utf-8", "surrogateescape")


def write_commit(folder: Path, data: bytes) -> str:
    """Store a commit object, and return its name. Raise GitError."""
    return _line(folder, "hash-object", "-w", "-t", "commit", "--stdin", stdin=data)


def changed_entries(folder: Path, old: str, new: str) -> list[ChangedEntry]:
    """Return the files that differ between two commits or trees."""
    fields = output(folder, "diff-tree", "-r", "-z", "--no-renames", "--full-index", old, new).split(b"\0")
    return [
        ChangedEntry(os.fsdecode(path), _entry(words[0], words[2]), _entry(words[1], words[3]))
        for info, path in zip(fields[::2], fields[1::2], strict=False)
        for words in [info.decode("ascii").lstrip(":").split(" ")]
    ]


def _entry(mode: str, blob: str) -> tuple[str, str]:
    return _ABSENT if blob in _ZEROS else (mode, blob)


def index_entries(folder: Path, paths: Sequence[str], index: Path | None = None) -> dict[str, tuple[str, str]]:
    """Return the entries of an index, git's own by default, for paths from the top.

    A file with a conflict has an entry that is like no other.
    """
    if not paths:
        return {}
    more = {"GIT_INDEX_FILE": str(index)} if index else {}
    named = [f":(top,literal){path}" for path in paths] if len(paths) < _MANY else [":/"]
    listed = output(folder, "ls-files", "-s", "-z", "--full-name", "--", *named, more=more)
    found: dict[str, tuple[str, str]] = {}
    for line in filter(None, listed.split(b"\0")):
        info, _, name = line.partition(b"\t")
        mode, blob, stage = info.decode("ascii").split(" ")
        found[os.fsdecode(name)] = (mode, blob) if stage == "0" else ("unmerged", "")
    return found


class Branch(NamedTuple):
    """The branch of a clone, and the folders of git for it."""

    folder: Path
    git_dir: Path
    ref: str

    @property
    def own_index(self) -> Path:
        """The index of our own, for trees."""
        return self.git_dir / "transflow-index"

    @property
    def _new_index(self) -> Path:
        return self.git_dir / "transflow-index.new"

    @property
    def _target(self) -> Path:
        """The file with the commit that the new index is for."""
        return self.git_dir / "transflow-index.target"

    def move(self, old: str, new: str) -> None:
        """Move the branch from one commit to another, and the user's index with it.

        Entries that the user staged stay as they are. A process that is killed leaves nothing that
        `recover` does not finish. Raise BranchMovedError, GitLockedError, GitError.
        """
        index, lock = self.git_dir / "index", self.git_dir / "index.lock"
        changes = changed_entries(self.folder, tree_of(self.folder, old), tree_of(self.folder, new))
        for _ in range(5):
            stamp = _stamp(index)
            self._prepare(index, changes)
            self._target.write_text(new, encoding="ascii")
            with _taken(self.folder, self._new_index, lock):
                if _stamp(index) != stamp:
                    continue
                move_ref(self.folder, self.ref, old, new)
                lock.replace(index)
                self._new_index.unlink(missing_ok=True)
                return
        raise BranchMovedError

    def _prepare(self, index: Path, changes: Sequence[ChangedEntry]) -> None:
        """Make the next index: that of the user with the changes that they did not stage."""
        new_index = self._new_index
        new_index.unlink(missing_ok=True)
        more = {"GIT_INDEX_FILE": str(new_index)}
        if index.exists():
            shutil.copyfile(index, new_index)
        else:
            output(self.folder, "read-tree", "--empty", more=more)
        present = index_entries(self.folder, [each.path for each in changes], new_index)
        wanted = {each.path: each.new for each in changes if present.get(each.path, _ABSENT) == each.old}
        if wanted:
            output(self.folder, "update-index", "-z", "--index-info", stdin=_index_info(wanted), more=more)

    def recover(self) -> None:
        """Finish what a process of ours left that was killed while it moved the branch."""
        lock = self.git_dir / "index.lock"
        with suppress(OSError):
            if lock.samefile(self._new_index):
                if head_commit(self.folder) == _text(self._target):
                    lock.replace(self.git_dir / "index")
                else:
                    lock.unlink()
        self._new_index.unlink(missing_ok=True)


def move_ref(folder: Path, ref: str, old: str, new: str) -> None:
    """Move a branch. Raise BranchMovedError if it is not at `old`."""
    result = run(folder, "update-ref", "-m", "transflow sync", ref, new, old or "0" * len(new))
    if result is None or result.returncode:
        raise BranchMovedError


def head_commit(folder: Path) -> str:
    """Return the commit of HEAD; empty if there is none yet."""
    result = run(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return result.stdout.decode("ascii").strip() if result and not result.returncode else ""


@contextmanager
def _taken(folder: Path, prepared: Path, lock: Path) -> Iterator[None]:
    """Hold git's lock, whose content is the prepared index, so that it is known as ours."""
    begun = time.monotonic()
    while True:
        try:
            os.link(prepared, lock)
            break
        except FileExistsError:
            if time.monotonic() - begun > GIVE_UP_AFTER:
                raise GitLockedError(str(lock)) from None
            LocalGit(folder).wait()
    try:
        yield
    finally:
        with suppress(OSError):
            if lock.samefile(prepared):
                lock.unlink()


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_mtime_ns, status.st_ino, status.st_size
