"""What is asked of git. A project outside git simply gets no answer.

Invariant: nothing here changes a file or a commit; `set_config` alone writes, and only the clone's own configuration. Nothing
that a clone brings along is run, whatever its configuration and attributes say: every question goes through `_asked`.
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
    *("-c", "core.fsmonitor="),  # empty is no for every version: `false` was the name of a program before 2.36
    *("-c", "core.hooksPath=/dev/null"),  # 2.9
    *("-c", "log.showSignature=false"),  # 2.10; it runs gpg.program
    *("-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
)
"""What stands between git and the configuration of a clone. What it may ask of other machines, `_environment` forbids."""
_DIFFING = ("log", "show")
"""Commands that would run what diff.external, a driver's `command` and `textconv` name."""
_MEANT = frozenset(
    (
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT", "GIT_ATTR_NOSYSTEM"),
        *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
    )
)
"""Variables that say where the user's own settings are, and where a repository may be looked for."""
_PLACES = ("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
"""Variables that git gives to hooks. Relative ones hold in the folder of the hook only."""
_OWNERS_ARE_CHECKED = (2, 35, 2)


class GitError(TransflowError):
    """git refused something that it was asked to do."""

    def __init__(self, arguments: Sequence[str], said: str) -> None:
        super().__init__(f"git {' '.join(arguments)}: {said.strip() or 'failed without a word'}")


class UntrustedRepositoryError(TransflowError):
    """A repository that git must not be asked about: what somebody else put there could run."""

    exit_code = 3


def _environment() -> dict[str, str]:
    """The environment without what changes git's answers, and without ways to other machines: in a partial clone git would
    otherwise fetch what is missing, by whatever means the clone's configuration names."""
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
        "GIT_NO_LAZY_FETCH": "1",  # 2.45; the next line holds older ones back
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "LANGUAGE": "C",  # messages are looked at
    }
    folders = os.get_exec_path()
    return {**kept, "PATH": os.pathsep.join(each for each in folders if Path(each).is_absolute())}


def _asked(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """A finished git command; None where there is no git, or no such folder. Raises UntrustedError."""
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
    """Raises UntrustedError where git refused, and GitError where it would have had to fetch: neither is "no answer"."""
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
    """Raises UntrustedError where the repository that a folder is in is a bare one that lies among other files, or somebody
    else's. git says both itself from 2.38 and 2.35.2 on, and knows which ones the user trusts."""
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
    """Raises UntrustedError where git would wait for a pipe that nobody writes to. (An archive can bring one along.)"""
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
    """git's version; nothing where it does not say."""
    try:
        said = subprocess.run(["git", "version"], env=_environment(), capture_output=True, check=False).stdout
    except OSError:
        return ()
    found = re.search(rb"[0-9]+(\.[0-9]+)+", said)
    return tuple(int(part) for part in found[0].split(b".")) if found else ()


def _bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """The output of a git command, or None where it fails or there is no git."""
    done = _asked(folder, *arguments, given=given)
    return done.stdout if done and done.returncode == 0 else None


def _run(folder: Path, *arguments: str) -> str | None:
    output = _bytes(folder, *arguments)
    return None if output is None else output.decode("utf-8", "replace")


def identity(folder: Path) -> tuple[str, str]:
    """The name and the e-mail that git writes into commits here; empty where nobody said."""
    said = (_run(folder, "config", "--get-regexp", "^user\\.(name|email)$") or "").split("\n")
    found = dict(line.split(" ", 1) for line in said if " " in line)
    return found.get("user.name", ""), found.get("user.email", "")


def user_email(folder: Path) -> str:
    """git's user.email; empty where there is none. A repository that is not trusted has no say."""
    try:
        return (_run(folder, "config", "user.email") or "").strip()
    except UntrustedRepositoryError:
        return (_run(Path(folder.anchor), "config", "user.email") or "").strip()


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


def attributes(folder: Path, names: Sequence[str], paths: Sequence[str]) -> dict[tuple[str, str], str]:
    """What the attributes files say of paths: (path, name) -> "set", "unset", "unspecified", or a value."""
    fields = (_run(folder, "check-attr", "-z", *names, "--", *paths) or "").split("\0")
    return {(path, name): said for path, name, said in zip(fields[::3], fields[1::3], fields[2::3], strict=False)}


Kept = Literal["index", "HEAD", "sparse"]
"""Where git has a file: in its index, in the last commit alone, or in the index as one that is left out of the work tree."""


def kept(folder: Path) -> dict[str, Kept]:
    """The files under a folder that the index or the last commit has. Nothing outside git."""
    listed = _run(folder, "ls-files", "-t", "-z", "--with-tree=HEAD")
    if listed is None:  # before the first commit
        listed = _run(folder, "ls-files", "-t", "-z")
    tags: dict[str, Kept] = {"M": "HEAD", "S": "sparse"}
    return {line[2:]: tags.get(line[0], "index") for line in (listed or "").split("\0") if line}


def is_shallow(folder: Path) -> bool:
    """Whether a clone lacks a part of history."""
    return (_run(folder, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


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


def versions(folder: Path, path: str, most: int = 50, *, renamed: bool = False, whole: bool = False) -> Iterator[str]:
    """The committed texts of a file, newest first; with `renamed`, under the names too that it had before; with `whole`, of
    branches too of which a merge took nothing.

    (`git log --follow` follows copies besides: the catalog of another language is nearly one.)
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
    """What a file was called before the commit that gave it its name; empty where it was not there."""
    return _renames(folder, revision).get(path, "")


@lru_cache(maxsize=64)
def _renames(folder: Path, revision: str) -> dict[str, str]:
    """New name -> old name, of a commit: one commit often brings many catalogs."""
    shown = _run(
        folder, "show", "-M", "--relative", "--diff-filter=R", "--name-status", "-z", "--format=", revision, "--"
    )
    words = (shown or "").split("\0")
    return dict(zip(words[2::3], words[1::3], strict=False))


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
    try:
        return (_run(folder, "rev-parse", "--show-prefix") or "").removesuffix("\n")
    except UntrustedRepositoryError:
        return ""


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
    """How many commits of any branch name one of these as author or committer, or in their message; None outside git."""
    found = _run(folder, "log", "--all", "--format=%x01%an%x00%ae%x00%cn%x00%ce%x00%B")
    wanted = [name.casefold() for name in names]
    return None if found is None else sum(any(name in each for name in wanted) for each in found.casefold().split("\1"))


def refs_with(folder: Path, names: Sequence[str]) -> int:
    """How many branches, tags and other refs have one of these in their name."""
    found = (_run(folder, "for-each-ref", "--format=%(refname)") or "").casefold().split("\n")
    wanted = {form for name in names for form in (name.casefold(), name.casefold().replace(" ", "-"))}
    return sum(any(name in ref for name in wanted) for ref in found)


class FileVersion(NamedTuple):
    """A file as a commit left it. `path` is its present one, where it was renamed since."""

    path: str
    committed: str
    """UTC, to the second."""
    blob: str


def history(folder: Path, under: str) -> Iterator[FileVersion]:
    """Every version that the files under a folder had in the history of HEAD, the newest commit first; both sides of each
    change, so that what only a merge made is among them too. A commit with an impossible time has that of the next one. Nothing outside
    git."""
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
    """A commit's time; empty for what no clock says: whoever makes a commit can write anything there."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return ""


def committed(folder: Path, under: str) -> dict[str, str]:
    """Path -> blob of the files under a folder, in the last commit."""
    listed = _run(folder, "ls-tree", "-r", "-z", "HEAD", "--", under) or ""
    rows = (line.partition("\t") for line in listed.split("\0") if line)
    return {path: fields.split(" ")[2] for fields, _, path in rows}


def is_blob(name: str, data: bytes) -> bool:
    """Whether git gives bytes this name; also where a checkout made each end of line CRLF. (`git status` would know, but asks the
    programs of `filter.*.clean`.)"""
    kind = "sha256" if len(name) == 64 else "sha1"
    texts = (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
    return any(hashlib.new(kind, b"blob %d\0%s" % (len(each), each)).hexdigest() == name for each in texts)


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
