"""Safe runs of git.

Invariant: no program that comes with a clone is run, whatever its configuration and attributes say,
and git contacts no other machine. A repository that could still run programs is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.errors import TransflowError
from transflow.messages import Message, Messages

if TYPE_CHECKING:
    from subprocess import CompletedProcess, Popen
    from typing import IO

    GitProcess = Popen[bytes]

_SAFE_OPTIONS = (
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
_DIFF_COMMANDS = ("log", "show")
"""Commands that would run the programs of diff.external, and of a driver's `command` and
`textconv`.
"""
_KEPT_VARIABLES = frozenset(
    (
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT", "GIT_ATTR_NOSYSTEM"),
        *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
    )
)
"""Variables with the location of the user's settings, and the limits of the search for a
repository.
"""
_REPOSITORY_VARIABLES = ("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY")
"""Variables that git sets for hooks. Relative paths are valid in the folder of the hook only."""
_CHECKS_OWNERS_SINCE = (2, 35, 2)


MESSAGES = Messages(
    __name__,
    {
        "failed": "git {arguments}: {why}",
        "silent": "failed without a word",
        "partial": "this clone is partial: `git fetch --refetch --no-filter` brings the rest.",
        "foreign": "{folder}: its git repository belongs to somebody else, whose configuration could run programs, so git is "
        "not asked about it. If you trust it: `git config --global --add safe.directory '{folder}'` (the repository's own "
        "folder).",
        "bare": "{folder}: it looks like a bare repository of git (HEAD, objects, refs), whose configuration could run "
        "programs, so git is not asked about it. Remove these files, or move the project out of there.",
        "pipe": "{path} is a pipe, for which git would wait without end. Clone anew, or remove it.",
    },
)


class GitError(TransflowError):
    """git failed."""

    def __init__(self, arguments: Sequence[str], message: str) -> None:
        why = message if isinstance(message, Message) else message.strip() or MESSAGES("silent")
        super().__init__(MESSAGES("failed", arguments=" ".join(arguments), why=why))


class UntrustedRepositoryError(TransflowError):
    """A repository in which git could run programs that somebody else put there."""

    exit_code = 3


def _environment() -> dict[str, str]:
    """Return the environment without variables that change git's answers.

    It also forbids access to other machines: in a partial clone, git would otherwise fetch what is
    missing with the programs that the clone's configuration names.
    """
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_")
        or key in _KEPT_VARIABLES
        or key.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"))
        or (key in _REPOSITORY_VARIABLES and Path(value).is_absolute())
    }
    environment |= {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",  # 2.45; the next line is for older versions
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "LANGUAGE": "C",  # messages are parsed
    }
    folders = os.get_exec_path()
    return {**environment, "PATH": os.pathsep.join(each for each in folders if Path(each).is_absolute())}


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> CompletedProcess[bytes] | None:
    """Run a git command; None if git or the folder does not exist.

    Raise UntrustedRepositoryError, GitError.
    """
    _check_repository(folder)
    try:
        result = execute(_safe_command(arguments), folder, stdin)
    except (FileNotFoundError, NotADirectoryError):
        return None
    check_answer(folder, arguments, result.returncode, result.stderr)
    return result


def _safe_command(arguments: Sequence[str]) -> list[str]:
    command, *rest = arguments
    no_programs = ("--no-ext-diff", "--no-textconv") if command in _DIFF_COMMANDS else ()
    return ["git", *_SAFE_OPTIONS, command, *no_programs, *rest]


def execute(command: list[str], folder: Path | None = None, stdin: bytes = b"") -> CompletedProcess[bytes]:
    """Run a program in git's environment. Raises FileNotFoundError if there is none.

    Loads subprocess, which a command that asks git nothing does not need.
    """
    import subprocess

    return subprocess.run(command, cwd=folder, env=_environment(), input=stdin, capture_output=True, check=False)


def start(folder: Path, errors: IO[bytes], *arguments: str) -> GitProcess | None:
    """Start a git command that answers questions, with its errors in a file; None without git.

    Raise UntrustedRepositoryError. Loads subprocess, as `execute` does.
    """
    import subprocess

    _check_repository(folder)
    command, pipe = _safe_command(arguments), subprocess.PIPE
    try:
        return subprocess.Popen(command, cwd=folder, env=_environment(), stdin=pipe, stdout=pipe, stderr=errors)
    except (FileNotFoundError, NotADirectoryError):
        return None


def check_answer(folder: Path, command: Sequence[str], code: int, errors: bytes) -> None:
    """Raise an error for failures that must not count as an empty answer.

    Raise UntrustedRepositoryError if git refused the repository, and GitError if it would have had
    to fetch objects.
    """
    if code and (b"safe.directory" in errors or b"safe.bareRepository" in errors):
        raise (
            UntrustedRepositoryError(MESSAGES("foreign", folder=str(folder)))
            if b"safe.directory" in errors
            else _embedded_error(folder)
        )
    if b"promisor remote" in errors or b"lazy fetching disabled" in errors:
        raise GitError(command[:1], MESSAGES("partial"))


def _embedded_error(folder: Path) -> UntrustedRepositoryError:
    return UntrustedRepositoryError(MESSAGES("bare", folder=str(folder)))


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
            if not _is_owned_by_user(each) and _version() < _CHECKS_OWNERS_SINCE:
                raise UntrustedRepositoryError(MESSAGES("foreign", folder=str(each)))
            _check_no_pipe(each / ".git")
            return
        if _looks_bare(each):
            raise _embedded_error(each)


def _check_no_pipe(repository: Path) -> None:
    """Raise UntrustedRepositoryError if a file of the repository is a pipe, which would block git.

    An archive can contain one.
    """
    for name in ("HEAD", "config", "index", "packed-refs", "shallow", "info/attributes", "objects/info/alternates"):
        if (repository / name).is_fifo():
            raise UntrustedRepositoryError(MESSAGES("pipe", path=str(repository / name)))


def _looks_bare(folder: Path) -> bool:
    names = {name for name in ("HEAD", "objects", "refs", "commondir") if os.path.lexists(folder / name)}
    return "HEAD" in names and ("commondir" in names or names >= {"objects", "refs"})


def _is_owned_by_user(top: Path) -> bool:
    own = {os.geteuid()} | ({int(os.environ["SUDO_UID"])} if os.environ.get("SUDO_UID", "").isdecimal() else set())
    try:
        return all(each.stat().st_uid in own for each in (top, top / ".git"))
    except OSError:
        return True


@cache
def _version() -> tuple[int, ...]:
    """Return git's version; empty if it is unknown."""
    try:
        output = execute(["git", "version"]).stdout
    except OSError:
        return ()
    match = re.search(rb"[0-9]+(\.[0-9]+)+", output)
    return tuple(int(part) for part in match[0].split(b".")) if match else ()


def run_bytes(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes | None:
    """Return the output of a git command; None if it fails or there is no git."""
    result = run(folder, *arguments, stdin=stdin)
    return result.stdout if result and result.returncode == 0 else None


def run_text(folder: Path, *arguments: str) -> str | None:
    """Return the output of a git command as text; None if it fails or there is no git."""
    output = run_bytes(folder, *arguments)
    return None if output is None else output.decode("utf-8", "replace")
