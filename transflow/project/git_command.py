"""Safe runs of git.

Invariant: no program that comes with a clone is run, whatever its configuration and attributes say,
and git contacts no other machine, except for `sync.remote`, when somebody asked for it. A
repository that could still run programs is refused.
"""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

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
MOST_SETTINGS = 16 * 2**20
"""Bytes of the largest file of settings in a repository."""
_SMALL_FILES = (
    "HEAD",
    "config",
    "shallow",
    "commondir",
    "info/attributes",
    "info/exclude",
    "info/grafts",
    "objects/info/alternates",
)
MOST_OUTPUT = 512 * 2**20
"""Bytes of the longest answer of git: a small repository can hold objects of gigabytes."""
_ASKING_VARIABLES = ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
"""Variables that let programs of OpenSSH ask for a passphrase in a window."""
_LOGIN_VARIABLES = (
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_ASKPASS",
    "GIT_SSL_CAINFO",
    "GIT_SSL_NO_VERIFY",
)
"""Variables with which a user says how git reaches other machines."""
_CHECKS_OWNERS_SINCE = (2, 35, 2)


MESSAGES = Messages(
    __name__,
    {
        "failed": "git {arguments}: {why}",
        "large": "it answers with more than {most} MB, which no project needs.",
        "silent": "failed without a word",
        "partial": "this clone is partial: `git fetch --refetch --no-filter` brings the rest.",
        "foreign": "{folder}: its git repository belongs to somebody else, whose configuration could run programs, so git is "
        "not asked about it. If you trust it: `git config --global --add safe.directory {quoted}` (the repository's own "
        "folder).",
        "bare": "{folder}: it looks like a bare repository of git (HEAD, objects, refs), whose configuration could run "
        "programs, so git is not asked about it. Remove these files, or move the project out of there.",
        "pipe": "{path} is a pipe, for which git would wait without end. Clone anew, or remove it.",
        "huge": "{path} is larger than {most} MB, and git would read all of it. Clone anew, or remove it.",
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


def run(
    folder: Path, *arguments: str, stdin: bytes = b"", more: Mapping[str, str] | None = None
) -> CompletedProcess[bytes] | None:
    """Run a git command; None if git or the folder does not exist.

    `more` are variables of its environment. Raise UntrustedRepositoryError, GitError.
    """
    _check_repository(folder)
    try:
        result = execute(_safe_command(arguments), folder, stdin, more)
    except (FileNotFoundError, NotADirectoryError):
        return None
    check_answer(folder, arguments, result.returncode, result.stderr)
    return result


def _safe_command(arguments: Sequence[str]) -> list[str]:
    command, *rest = arguments
    no_programs = ("--no-ext-diff", "--no-textconv") if command in _DIFF_COMMANDS else ()
    return ["git", *_SAFE_OPTIONS, command, *no_programs, *rest]


def execute(
    command: list[str], folder: Path | None = None, stdin: bytes = b"", more: Mapping[str, str] | None = None
) -> CompletedProcess[bytes]:
    """Run a program in git's environment. Raises FileNotFoundError if there is none.

    Loads subprocess, which a command that asks git nothing does not need.
    """
    import subprocess

    pipe = subprocess.PIPE
    environment = {**_environment(), **(more or {})}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
    with process:
        said: list[bytes] = []
        helpers = [
            Thread(target=_write, args=(process.stdin, stdin)),
            Thread(target=_read_some, args=(process.stderr, said)),
        ]
        for helper in helpers:
            helper.start()
        assert process.stdout
        output = process.stdout.read(MOST_OUTPUT + 1)
        if len(output) > MOST_OUTPUT:
            process.kill()
        for helper in helpers:
            helper.join()
    if len(output) > MOST_OUTPUT:
        raise GitError(command[len(_SAFE_OPTIONS) + 1 :][:1], MESSAGES("large", most=MOST_OUTPUT // 2**20))
    return subprocess.CompletedProcess(command, process.returncode, output, b"".join(said))


def _write(pipe: IO[bytes], data: bytes) -> None:
    with suppress(BrokenPipeError), pipe:
        pipe.write(data)


def _read_some(pipe: IO[bytes], found: list[bytes]) -> None:
    """Read a stream to its end, and keep the beginning."""
    found.append(pipe.read(2**20))
    while pipe.read(2**20):
        pass


def execute_without_terminal(
    command: list[str], folder: Path | None, stdin: bytes, timeout: float
) -> CompletedProcess[bytes]:
    """Run a program that could ask the user something, so that it fails instead.

    It gets a session of its own, which has no terminal. Raises FileNotFoundError if there is no
    such program, TimeoutError if it takes longer than `timeout` seconds. Loads subprocess.
    """
    import subprocess

    environment = {key: value for key, value in _environment().items() if key not in _ASKING_VARIABLES}
    environment["SSH_ASKPASS_REQUIRE"] = "never"
    options: dict[str, Any] = {"env": environment, "input": stdin, "timeout": timeout, "start_new_session": True}
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, check=False, **options)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


def run_online(
    folder: Path, arguments: Sequence[str], ssh: str, *, interactive: bool, timeout: float
) -> CompletedProcess[bytes]:
    """Run a git command with access to other machines, by common protocols only.

    `ssh` is the user's command for it; how they log in also counts as set in their environment. A
    run that is not interactive asks nothing, and has no terminal. Raise UntrustedRepositoryError,
    TimeoutError. Loads subprocess.
    """
    import subprocess

    _check_repository(folder)
    environment = _environment() | {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh"}
    environment |= {key: os.environ[key] for key in _LOGIN_VARIABLES if key in os.environ}
    if "GIT_SSH" not in environment:
        quiet = "" if interactive else " -oBatchMode=yes"
        command = environment.get("GIT_SSH_COMMAND", ssh)
        environment["GIT_SSH_COMMAND"] = f"{command}{quiet} -oConnectTimeout=20 -oServerAliveInterval=15"
    if interactive:
        environment["GIT_TERMINAL_PROMPT"] = "1"
    else:
        environment |= {"GIT_ASKPASS": "true", "SSH_ASKPASS_REQUIRE": "never"}
    options: dict[str, Any] = {"env": environment, "stdin": subprocess.DEVNULL, "timeout": timeout}
    options["start_new_session"] = not interactive
    try:
        return subprocess.run(_safe_command(arguments), cwd=folder, capture_output=True, check=False, **options)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


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
            UntrustedRepositoryError(MESSAGES("foreign", folder=str(folder), quoted=shlex.quote(str(folder))))
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
            if not _is_owned_by_user(each) and version() < _CHECKS_OWNERS_SINCE:
                raise UntrustedRepositoryError(MESSAGES("foreign", folder=str(each), quoted=shlex.quote(str(each))))
            _check_no_pipe(each / ".git")
            return
        if _looks_bare(each):
            raise _embedded_error(each)


@lru_cache(maxsize=16)
def _check_no_pipe(repository: Path) -> None:
    """Raise UntrustedRepositoryError if a file of the repository is a pipe, a device, or huge.

    git would wait for it, or read it, without end. An archive can contain one. Cached if there is
    none.
    """
    pending = [str(repository)]
    while pending:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif not entry.is_file(follow_symlinks=False) and _is_endless(entry.path):
                    raise UntrustedRepositoryError(MESSAGES("pipe", path=entry.path))
    for name in _SMALL_FILES:
        with suppress(OSError):
            if (repository / name).stat().st_size > MOST_SETTINGS:
                raise UntrustedRepositoryError(
                    MESSAGES("huge", path=str(repository / name), most=MOST_SETTINGS // 2**20)
                )


def _is_endless(path: str) -> bool:
    """Return whether a file, or what a link leads to, is a pipe or a device."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path of a scan
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


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
def version() -> tuple[int, ...]:
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
