"""Queries to git. Outside git, the answers are empty.

Invariant: nothing here changes files or commits; only `set_config` writes, and only the clone's own
configuration. Every command goes through `git_command.run`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from transflow.messages import Messages
from transflow.project.git_command import GitError, UntrustedRepositoryError, run, run_bytes, run_text
from transflow.project.git_objects import object_reader, objects

MESSAGES = Messages(__name__, {"no-git": "there is no git here."})


def identity(folder: Path) -> tuple[str, str]:
    """Return the name and email that git writes into commits; empty if not configured."""
    lines = (run_text(folder, "config", "--get-regexp", "^user\\.(name|email)$") or "").split("\n")
    values = dict(line.split(" ", 1) for line in lines if " " in line)
    return values.get("user.name", ""), values.get("user.email", "")


def user_email(folder: Path) -> str:
    """Return git's user.email; empty if not configured.

    The configuration of a repository that is not trusted is ignored.
    """
    try:
        return (run_text(folder, "config", "user.email") or "").strip()
    except UntrustedRepositoryError:
        return (run_text(Path(folder.anchor), "config", "user.email") or "").strip()


def is_inside(folder: Path) -> bool:
    """True if a folder is in a work tree of git."""
    return (run_text(folder, "rev-parse", "--is-inside-work-tree") or "").strip() == "true"


def config(folder: Path, key: str) -> str:
    """Return a value of the clone's own configuration; empty if it is not set."""
    return (run_text(folder, "config", "--local", "--get", key) or "").removesuffix("\n")


def user_config(folder: Path, key: str) -> str:
    """Return a value of the user's own configuration, never of a clone's; empty if unset."""
    return (run_text(folder, "config", "--global", "--get", key) or "").removesuffix("\n")


def set_config(folder: Path, key: str, value: str) -> None:
    """Set a value in the clone's own configuration. Raise GitError."""
    arguments = ("config", "--local", key, value)
    result = run(folder, *arguments)
    if result is None or result.returncode:
        raise GitError(arguments[:3], result.stderr.decode("utf-8", "replace") if result else MESSAGES("no-git"))


def attributes(folder: Path, names: Sequence[str], paths: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return git's attributes of paths.

    The result maps (path, name) to "set", "unset", "unspecified", or a value.
    """
    fields = (run_text(folder, "check-attr", "-z", *names, "--", *paths) or "").split("\0")
    return {(path, name): value for path, name, value in zip(fields[::3], fields[1::3], fields[2::3], strict=False)}


TrackedState = Literal["index", "HEAD", "sparse"]
"""Location of a tracked file: in the index, in the last commit only, or in the index but outside
a sparse checkout.
"""


def tracked_files(folder: Path) -> dict[str, TrackedState]:
    """Return the files under a folder that the index or the last commit has. Empty outside git."""
    output = run_text(folder, "ls-files", "-t", "-z", "--with-tree=HEAD")
    if output is None:  # there is no commit yet
        output = run_text(folder, "ls-files", "-t", "-z")
    tags: dict[str, TrackedState] = {"M": "HEAD", "S": "sparse"}
    return {line[2:]: tags.get(line[0], "index") for line in (output or "").split("\0") if line}


def is_shallow(folder: Path) -> bool:
    """True if the clone lacks a part of the history."""
    return (run_text(folder, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


def unmerged_files(folder: Path) -> frozenset[str]:
    """Return the files of a folder that have a conflict in an unfinished merge."""
    output = run_text(folder, "ls-files", "--unmerged", "-z") or ""
    return frozenset(line.partition("\t")[2] for line in output.split("\0") if line)


def stages(folder: Path, path: str) -> dict[int, bytes]:
    """Return the versions of a file in an unfinished merge: 1 base, 2 ours, 3 theirs.

    Empty if the file has no conflict.
    """
    output = run_text(folder, "ls-files", "--unmerged", "-z", "--", path) or ""
    versions_by_stage = {}
    for line in output.split("\0"):
        fields = line.partition("\t")[0].split()
        if len(fields) == 3 and (data := run_bytes(folder, "cat-file", "blob", fields[1])) is not None:
            versions_by_stage[int(fields[2])] = data
    return versions_by_stage


def versions(folder: Path, path: str, most: int = 50, *, renamed: bool = False, whole: bool = False) -> Iterator[str]:
    """Yield the committed texts of a file, newest first, up to about `most`.

    With `renamed`, also under its former names; with `whole`, also those of branches that a merge
    discarded. (`git log --follow` is no alternative: it follows copies too, and the catalog of
    another language is nearly one.)
    """
    since = "HEAD"
    while most > 0 and path:
        options = ["--full-history"] if whole else []
        revisions = (run_text(folder, "log", *options, f"-{most}", "--format=%H", since, "--", path) or "").split()
        with object_reader(folder) as reader:
            for _, data in reader.read(f"{revision}:./{path}" for revision in revisions):
                if data:
                    yield data.decode("utf-8", "replace")
        if not renamed or not revisions:
            return
        most -= len(revisions)
        since, path = f"{revisions[-1]}^", _former_name(folder, revisions[-1], path)


def _former_name(folder: Path, revision: str, path: str) -> str:
    """Return the name of a file before the commit that renamed it; empty if it was added."""
    return _renames(folder, revision).get(path, "")


@lru_cache(maxsize=64)
def _renames(folder: Path, revision: str) -> dict[str, str]:
    """Return new name -> old name in a commit. Cached: a commit often renames many catalogs."""
    output = run_text(
        folder, "show", "-M", "--relative", "--diff-filter=R", "--name-status", "-z", "--format=", revision, "--"
    )
    fields = (output or "").split("\0")
    return dict(zip(fields[2::3], fields[1::3], strict=False))


def prefix(folder: Path) -> str:
    """Return the folder's path in its repository with a final slash.

    Empty for the top, and outside git.
    """
    try:
        return (run_text(folder, "rev-parse", "--show-prefix") or "").removesuffix("\n")
    except UntrustedRepositoryError:
        return ""


def is_commit(folder: Path, revision: str) -> bool:
    """True if git knows a commit by this name."""
    return bool(commit_id(folder, revision))


def commit_id(folder: Path, revision: str) -> str:
    """Return the id of a commit; empty if git knows none by this name."""
    found = run_text(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return (found or "").strip()


def common_commit(folder: Path, first: str, second: str) -> str:
    """Return the last commit that is before two others; empty if there is none."""
    return (run_text(folder, "merge-base", first, second) or "").strip()


def count_commits(folder: Path, revision: str) -> int:
    """Count the commits before a revision, with itself."""
    return int((run_text(folder, "rev-list", "--count", revision, "--") or "0").strip())


def first_commit_with(folder: Path, path: str) -> str:
    """Return the first commit that has a file, on the main line of HEAD; empty if there is none."""
    options = ("--first-parent", "--diff-filter=A", "--no-renames", "--format=%H")
    added = (run_text(folder, "log", *options, "HEAD", "--", path) or "").split()
    return added[-1] if added else ""


def has_altered_history(folder: Path) -> bool:
    """True if objects of this clone are replaced by others (`git replace`, or a file of grafts)."""
    if (run_text(folder, "for-each-ref", "--count=1", "refs/replace") or "").strip():
        return True
    path = (run_text(folder, "rev-parse", "--git-path", "info/grafts") or "").removesuffix("\n")
    return bool(path) and (folder / path).exists()


def is_before_first_commit(folder: Path, revision: str) -> bool:
    """True if a revision stands for the state before the first commit.

    That is HEAD if there is no commit yet, or the zero id that hooks and code hosts pass.
    """
    if re.fullmatch("0{40,64}", revision):
        return is_inside(folder)
    return (
        revision in ("HEAD", "@")
        and run_text(folder, "symbolic-ref", "--quiet", "HEAD") is not None
        and not is_commit(folder, "HEAD")
    )


def text_at(folder: Path, revision: str, path: str) -> str | None:
    """Return the text of a file in a commit; None if it was not there."""
    return run_text(folder, "show", "--end-of-options", f"{revision}:./{path}")


def commits_with(folder: Path, pattern: str) -> int | None:
    """Count the commits of all branches that add or remove a line matching a pattern.

    The pattern is a POSIX extended regular expression. None outside git.
    """
    output = run_text(folder, "log", "--all", "--format=%h", "--extended-regexp", "-G", pattern)
    return None if output is None else len(output.split())


def commits_by(folder: Path, names: Sequence[str], ids: Sequence[str] = ()) -> int | None:
    """Count the commits of all branches that have one of these names, or one of the ids as a word.

    Author, committer and message are searched. None outside git.
    """
    output = run_text(folder, "log", "--all", "--format=%x01%an%x00%ae%x00%cn%x00%ce%x00%B")
    patterns = [re.escape(name.casefold()) for name in names]
    patterns += [rf"(?<![0-9a-z]){re.escape(each.casefold())}(?![0-9a-z])" for each in ids]
    if output is None or not patterns:
        return None if output is None else 0
    named = re.compile("|".join(patterns))
    return sum(bool(named.search(each)) for each in output.casefold().split("\1"))


def refs_with(folder: Path, names: Sequence[str]) -> int:
    """Count the branches, tags and other refs with one of these words in their name."""
    refs = (run_text(folder, "for-each-ref", "--format=%(refname)") or "").casefold().split("\n")
    forms = {form for name in names for form in (name.casefold(), name.casefold().replace(" ", "-"))}
    return sum(any(name in ref for name in forms) for ref in refs)


class FileVersion(NamedTuple):
    """A version of a file in a commit. `path` is its present path, if it was renamed since."""

    path: str
    committed: str
    """Commit time, UTC with seconds."""
    blob: str


def history(folder: Path, under: str) -> Iterator[FileVersion]:
    """Yield all versions of the files under a folder in the history of HEAD, newest commit first.

    Both sides of each change are given, so that versions that only a merge created are included. A
    commit with an invalid time gets the time of the commit before it in the log. Empty outside git.
    """
    output = run_text(folder, "log", "--format=%x00%ct", "--raw", "--no-abbrev", "-M40%", "--relative", "--", under)
    committed, present_paths = "0001-01-01T00:00:00Z", dict[str, str]()
    for line in (output or "").split("\n"):
        if line.startswith("\0"):
            committed = _utc(line[1:]) or committed
        elif line.startswith(":"):
            fields, *paths = line.split("\t")
            old, new = fields.split(" ")[2:4]
            path = present_paths.get(paths[-1], paths[-1])
            if len(paths) == 2:
                present_paths[paths[0]] = path
            yield from (FileVersion(path, committed, blob) for blob in (new, old) if blob.strip("0"))


def _utc(seconds: str) -> str:
    """Convert a commit's time; empty if it is invalid: commits can have any number there."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def committed_blobs(folder: Path, under: str, revision: str = "HEAD") -> dict[str, str]:
    """Return path -> blob of the files under a folder, in a commit."""
    listed = run_text(folder, "ls-tree", "-r", "-z", revision, "--", under) or ""
    rows = (line.partition("\t") for line in listed.split("\0") if line)
    return {path: fields.split(" ")[2] for fields, _, path in rows}


def has_blob_id(name: str, data: bytes) -> bool:
    """True if git gives these bytes this blob id, with CRLF line ends of a checkout or without.

    (`git status` would know, but runs the programs of `filter.*.clean`.)
    """
    algorithm = "sha256" if len(name) == 64 else "sha1"
    variants = (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
    return any(hashlib.new(algorithm, b"blob %d\0%s" % (len(each), each)).hexdigest() == name for each in variants)


def blob_texts(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (id, text) of blobs in the given order; the text of a missing one is empty."""
    for name, data in objects(folder, names):
        yield name, data.decode("utf-8", "replace")
