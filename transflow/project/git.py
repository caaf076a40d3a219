"""Queries to git. Outside git, the answers are empty.

Invariant: nothing here changes files or commits; only `set_config` writes, and only the clone's own
configuration. No program that comes with a clone is run, whatever its configuration and attributes
say: every command goes through `_asked`.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from transflow.errors import TransflowError

_BLOBS_AT_ONCE = 200
_LOCKED = (
    "--no-pager",
    *("-c", "safe.bareRepository=explicit"),  # git 2.38; `_check_repository` holds it for older ones
    *("-c", "core.fsmonitor="),  # empty is off in every version: before 2.36, `false` was taken for a program
    *("-c", "core.hooksPath=/dev/null"),  # 2.9
    *("-c", "log.showSignature=false"),  # 2.10; it runs gpg.program
    *("-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
)
"""Options that keep a clone's configuration from running programs. `_environment` forbids
network access.
"""
_DIFFING = ("log", "show")
"""Commands that would run the programs of diff.external, and of a driver's `command` and
`textconv`.
"""
_MEANT = frozenset(
    (
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT", "GIT_ATTR_NOSYSTEM"),
        *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
    )
)
"""Variables with the location of the user's settings, and the limits of the search for a
repository.
"""
_PLACES = ("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
"""Variables that git sets for hooks. Relative paths are valid in the folder of the hook only."""
_OWNERS_ARE_CHECKED = (2, 35, 2)


class GitError(TransflowError):
    """git failed."""

    def __init__(self, arguments: Sequence[str], said: str) -> None:
        super().__init__(f"git {' '.join(arguments)}: {said.strip() or 'failed without a word'}")


class UntrustedRepositoryError(TransflowError):
    """A repository in which git must not be run: it could run programs that somebody else put
    there.
    """

    exit_code = 3


def _environment() -> dict[str, str]:
    """Return the environment without variables that change git's answers.

    It also forbids access to other machines: in a partial clone, git would otherwise fetch what is
    missing with the programs that the clone's configuration names.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_")
        or key in _MEANT
        or key.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"))
        or (key in _PLACES and Path(value).is_absolute())
    }
    kept |= {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",  # 2.45; the next line is for older versions
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "LANGUAGE": "C",  # messages are parsed
    }
    folders = os.get_exec_path()
    return {**kept, "PATH": os.pathsep.join(each for each in folders if Path(each).is_absolute())}


def _asked(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Run a git command; None if git or the folder does not exist.

    Raises UntrustedRepositoryError, GitError.
    """
    _check_repository(folder)
    command, *rest = arguments
    safe = ("--no-ext-diff", "--no-textconv") if command in _DIFFING else ()
    try:
        done = subprocess.run(
            ["git", *_LOCKED, command, *safe, *rest],
            cwd=folder,
            env=_environment(),
            input=given,
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError):
        return None
    _check_answer(folder, done)
    return done


def _check_answer(folder: Path, done: subprocess.CompletedProcess[bytes]) -> None:
    """Raise an error for failures that must not count as an empty answer.

    Raises UntrustedRepositoryError if git refused the repository, and GitError if it would have had
    to fetch objects.
    """
    if done.returncode and (b"safe.directory" in done.stderr or b"safe.bareRepository" in done.stderr):
        raise UntrustedRepositoryError(_OWNED.format(folder)) if b"safe.directory" in done.stderr else _embedded(folder)
    if b"promisor remote" in done.stderr or b"lazy fetching disabled" in done.stderr:
        raise GitError(
            done.args[len(_LOCKED) + 1 :][:1],
            "this clone is partial: `git fetch --refetch --no-filter` brings the rest.",
        )


_OWNED = (
    "{0}: its git repository belongs to somebody else, whose configuration could run programs, so git is not asked about it. "
    "If you trust it: `git config --global --add safe.directory '{0}'` (the repository's own folder)."
)


def _embedded(folder: Path) -> UntrustedRepositoryError:
    return UntrustedRepositoryError(
        f"{folder}: it looks like a bare repository of git (HEAD, objects, refs), whose configuration could run programs, so git is "
        "not asked about it. Remove these files, or move the project out of there."
    )


def _check_repository(folder: Path) -> None:
    """Raise UntrustedRepositoryError if the repository of a folder must not be used.

    That is an embedded bare repository, or one that belongs to somebody else. git checks both
    itself since 2.38 and 2.35.2, and knows which ones the user trusts.
    """
    if Path(os.environ.get("GIT_DIR", "")).is_absolute():
        return
    folder = folder.resolve()
    for each in (folder, *folder.parents):
        if (each / ".git" / "HEAD").exists() or (each / ".git").is_file():
            if not _is_own(each) and _version() < _OWNERS_ARE_CHECKED:
                raise UntrustedRepositoryError(_OWNED.format(each))
            _check_no_pipe(each / ".git")
            return
        if _looks_bare(each):
            raise _embedded(each)


def _check_no_pipe(repository: Path) -> None:
    """Raise UntrustedRepositoryError if a file of the repository is a pipe, which would block git.

    An archive can contain one.
    """
    for name in ("HEAD", "config", "index", "packed-refs", "shallow", "info/attributes", "objects/info/alternates"):
        if (repository / name).is_fifo():
            raise UntrustedRepositoryError(
                f"{repository / name} is a pipe, for which git would wait without end. Clone anew, or remove it."
            )


def _looks_bare(folder: Path) -> bool:
    there = {name for name in ("HEAD", "objects", "refs", "commondir") if os.path.lexists(folder / name)}
    return "HEAD" in there and ("commondir" in there or there >= {"objects", "refs"})


def _is_own(top: Path) -> bool:
    own = {os.geteuid()} | ({int(os.environ["SUDO_UID"])} if os.environ.get("SUDO_UID", "").isdecimal() else set())
    try:
        return all(each.stat().st_uid in own for each in (top, top / ".git"))
    except OSError:
        return True


@cache
def _version() -> tuple[int, ...]:
    """Return git's version; empty if it is unknown."""
    try:
        said = subprocess.run(["git", "version"], env=_environment(), capture_output=True, check=False).stdout
    except OSError:
        return ()
    found = re.search(rb"[0-9]+(\.[0-9]+)+", said)
    return tuple(int(part) for part in found[0].split(b".")) if found else ()


def _bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """Return the output of a git command; None if it fails or there is no git."""
    done = _asked(folder, *arguments, given=given)
    return done.stdout if done and done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> str | None:
    output = _bytes(folder, *arguments)
    return None if output is None else output.decode("utf-8", "replace")


def identity(folder: Path) -> tuple[str, str]:
    """Return the name and email that git writes into commits; empty if not configured."""
    said = (_run(folder, "config", "--get-regexp", "^user\\.(name|email)$") or "").split("\n")
    found = dict(line.split(" ", 1) for line in said if " " in line)
    return found.get("user.name", ""), found.get("user.email", "")


def user_email(folder: Path) -> str:
    """Return git's user.email; empty if not configured.

    The configuration of a repository that is not trusted is ignored.
    """
    try:
        return (_run(folder, "config", "user.email") or "").strip()
    except UntrustedRepositoryError:
        return (_run(Path(folder.anchor), "config", "user.email") or "").strip()


def is_inside(folder: Path) -> bool:
    """True if a folder is in a work tree of git."""
    return (_run(folder, "rev-parse", "--is-inside-work-tree") or "").strip() == "true"


def config(folder: Path, key: str) -> str:
    """Return a value of the clone's own configuration; empty if it is not set."""
    return (_run(folder, "config", "--local", "--get", key) or "").removesuffix("\n")


def set_config(folder: Path, key: str, value: str) -> None:
    """Set a value in the clone's own configuration. Raises GitError."""
    arguments = ("config", "--local", key, value)
    done = _asked(folder, *arguments)
    if done is None or done.returncode:
        raise GitError(arguments[:3], done.stderr.decode("utf-8", "replace") if done else "there is no git here.")


def attributes(folder: Path, names: Sequence[str], paths: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return git's attributes of paths: (path, name) -> "set", "unset", "unspecified", or a
    value.
    """
    fields = (_run(folder, "check-attr", "-z", *names, "--", *paths) or "").split("\0")
    return {(path, name): said for path, name, said in zip(fields[::3], fields[1::3], fields[2::3], strict=False)}


Kept = Literal["index", "HEAD", "sparse"]
"""Location of a tracked file: in the index, in the last commit only, or in the index but outside
a sparse checkout.
"""


def kept(folder: Path) -> dict[str, Kept]:
    """Return the files under a folder that the index or the last commit has. Empty outside git."""
    listed = _run(folder, "ls-files", "-t", "-z", "--with-tree=HEAD")
    if listed is None:  # there is no commit yet
        listed = _run(folder, "ls-files", "-t", "-z")
    tags: dict[str, Kept] = {"M": "HEAD", "S": "sparse"}
    return {line[2:]: tags.get(line[0], "index") for line in (listed or "").split("\0") if line}


def is_shallow(folder: Path) -> bool:
    """True if the clone lacks a part of the history."""
    return (_run(folder, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


def stages(folder: Path, path: str) -> dict[int, bytes]:
    """Return the versions of a file in an unfinished merge: 1 base, 2 ours, 3 theirs.

    Empty if the file has no conflict.
    """
    listed = _run(folder, "ls-files", "--unmerged", "-z", "--", path) or ""
    found = {}
    for line in listed.split("\0"):
        fields = line.partition("\t")[0].split()
        if len(fields) == 3 and (data := _bytes(folder, "cat-file", "blob", fields[1])) is not None:
            found[int(fields[2])] = data
    return found


_AT_ONCE = 25
"""Number of versions of a file read with one command."""


def versions(folder: Path, path: str, most: int = 50, *, renamed: bool = False, whole: bool = False) -> Iterator[str]:
    """Yield the committed texts of a file, newest first, up to about `most`.

    With `renamed`, also under its former names; with `whole`, also those of branches that a merge
    discarded. (`git log --follow` is no alternative: it follows copies too, and the catalog of
    another language is nearly one.)
    """
    since = "HEAD"
    while most > 0 and path:
        every = ["--full-history"] if whole else []
        revisions = (_run(folder, "log", *every, f"-{most}", "--format=%H", since, "--", path) or "").split()
        for start in range(0, len(revisions), _AT_ONCE):
            wanted = "".join(f"{revision}:./{path}\n" for revision in revisions[start : start + _AT_ONCE])
            yield from _blobs(_bytes(folder, "cat-file", "--batch", given=wanted.encode()) or b"")
        if not renamed or not revisions:
            return
        most -= len(revisions)
        since, path = f"{revisions[-1]}^", _former_name(folder, revisions[-1], path)


def _former_name(folder: Path, revision: str, path: str) -> str:
    """Return the name of a file before the commit that renamed it; empty if it was added."""
    return _renames(folder, revision).get(path, "")


@lru_cache(maxsize=64)
def _renames(folder: Path, revision: str) -> dict[str, str]:
    """Return new name -> old name in a commit. Cached, since one commit often renames many
    catalogs.
    """
    shown = _run(
        folder, "show", "-M", "--relative", "--diff-filter=R", "--name-status", "-z", "--format=", revision, "--"
    )
    words = (shown or "").split("\0")
    return dict(zip(words[2::3], words[1::3], strict=False))


def _blobs(output: bytes) -> Iterator[str]:
    """Yield the texts in the output of `git cat-file --batch`."""
    while output:
        head, _, output = output.partition(b"\n")
        found = re.fullmatch(rb"[0-9a-f]+ blob ([0-9]+)", head)
        if found:
            size = int(found[1])
            yield output[:size].decode("utf-8", "replace")
            output = output[size + 1 :]


def prefix(folder: Path) -> str:
    """Return the folder's path in its repository with a final slash; empty for the top, and outside
    git.
    """
    try:
        return (_run(folder, "rev-parse", "--show-prefix") or "").removesuffix("\n")
    except UntrustedRepositoryError:
        return ""


def is_commit(folder: Path, revision: str) -> bool:
    """True if git knows a commit by this name."""
    return _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is not None


def is_before_all(folder: Path, revision: str) -> bool:
    """True if a revision stands for the state before the first commit.

    That is HEAD if there is no commit yet, or the zero id that hooks and code hosts pass.
    """
    if re.fullmatch("0{40,64}", revision):
        return is_inside(folder)
    return (
        revision in ("HEAD", "@")
        and _run(folder, "symbolic-ref", "--quiet", "HEAD") is not None
        and not is_commit(folder, "HEAD")
    )


def text_at(folder: Path, revision: str, path: str) -> str | None:
    """Return the text of a file in a commit; None if it was not there."""
    return _run(folder, "show", "--end-of-options", f"{revision}:./{path}")


def commits_with(folder: Path, pattern: str) -> int | None:
    """Count the commits of all branches that add or remove a line matching a POSIX extended
    pattern.

    None outside git.
    """
    found = _run(folder, "log", "--all", "--format=%h", "--extended-regexp", "-G", pattern)
    return None if found is None else len(found.split())


def commits_by(folder: Path, names: Sequence[str]) -> int | None:
    """Count the commits of all branches with one of these names as author or committer, or in the
    message.

    None outside git.
    """
    found = _run(folder, "log", "--all", "--format=%x01%an%x00%ae%x00%cn%x00%ce%x00%B")
    wanted = [name.casefold() for name in names]
    return None if found is None else sum(any(name in each for name in wanted) for each in found.casefold().split("\1"))


def refs_with(folder: Path, names: Sequence[str]) -> int:
    """Count the branches, tags and other refs with one of these words in their name."""
    found = (_run(folder, "for-each-ref", "--format=%(refname)") or "").casefold().split("\n")
    wanted = {form for name in names for form in (name.casefold(), name.casefold().replace(" ", "-"))}
    return sum(any(name in ref for name in wanted) for ref in found)


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
    output = _run(folder, "log", "--format=%x00%ct", "--raw", "--no-abbrev", "-M40%", "--relative", "--", under)
    committed, now_at = "0001-01-01T00:00:00Z", dict[str, str]()
    for line in (output or "").split("\n"):
        if line.startswith("\0"):
            committed = _utc(line[1:]) or committed
        elif line.startswith(":"):
            fields, *paths = line.split("\t")
            old, new = fields.split(" ")[2:4]
            path = now_at.get(paths[-1], paths[-1])
            if len(paths) == 2:
                now_at[paths[0]] = path
            yield from (FileVersion(path, committed, blob) for blob in (new, old) if blob.strip("0"))


def _utc(seconds: str) -> str:
    """Convert a commit's time; empty if it is invalid: commits can have any number there."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def committed(folder: Path, under: str) -> dict[str, str]:
    """Return path -> blob of the files under a folder, in the last commit."""
    listed = _run(folder, "ls-tree", "-r", "-z", "HEAD", "--", under) or ""
    rows = (line.partition("\t") for line in listed.split("\0") if line)
    return {path: fields.split(" ")[2] for fields, _, path in rows}


def is_blob(name: str, data: bytes) -> bool:
    """True if git gives these bytes this blob id, with CRLF line ends of a checkout or without.

    (`git status` would know, but runs the programs of `filter.*.clean`.)
    """
    kind = "sha256" if len(name) == 64 else "sha1"
    texts = (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
    return any(hashlib.new(kind, b"blob %d\0%s" % (len(each), each)).hexdigest() == name for each in texts)


def blobs(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (id, text) of blobs in the given order; the text of a missing one is empty."""
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
