"""Fetching and pushing, and what their failures mean.

Invariant: no program that comes with a clone is run: programs to log in with count only from the
user's own settings. Nothing is ever forced: a push that would take something from others is
refused, and merged first.
"""

from __future__ import annotations

import re
from shlex import quote
from typing import NamedTuple

from transflow.errors import RefusedError, TransflowError
from transflow.messages import Message, Messages
from transflow.project.git_command import run_online, run_text
from transflow.sync.clone import Clone, NotSharedError, Upstream

MESSAGES = Messages(
    __name__,
    {
        "offline": "the others cannot be reached just now ({why}). What was written here is kept, and is sent when you do "
        "this again with a connection.",
        "login": "the place where the project is shared did not let you in ({why}). What was written here is kept. Ask who "
        "looks after the project whether you may enter; `git fetch` shows whether it works.",
        "unknown": "the place where the project is shared is not there ({why}). What was written here is kept. `git remote "
        "-v` shows the address; who looks after the project knows the right one.",
        "refused": "the place where the project is shared did not take what was written here ({why}). It is kept here. Ask "
        "who looks after the project whether you may send to “{branch}”.",
        "failed": "git could not do it: {why} What was written here is kept.",
        "slow": "there was no answer for {seconds} seconds",
        "no-word": "it said nothing",
        "program": "the settings of this folder name a program that git would run to reach the others ({key} = {value}). If "
        "it is yours, put it into your own settings: git config --global {key} {value}; then `git config --unset {key}`",
    },
)
_TIMEOUT = 600
_PROGRAMS = re.compile(
    r"core\.(?:sshcommand|askpass|gitproxy)|credential\.(?:.*\.)?helper|remote\..*\.(?:uploadpack|receivepack|vcs)"
)
"""Settings with which git runs a program."""
_HARMLESS = re.compile(r"|[a-z0-9-]+|ssh(?: -i \S+| -p [0-9]+| -o ?IdentitiesOnly=yes)*")
"""A helper of git by its name, or ssh with a key."""
_OPTIONS = (
    "fetch.recurseSubmodules=no",
    "push.recurseSubmodules=no",
    "push.gpgSign=false",
    "push.followTags=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "fetch.writeCommitGraph=false",
)
_LOGIN = (
    "permission denied",
    "authentication failed",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "host key verification failed",
    "error: 403",
    "error: 401",
    "access denied",
    "invalid username",
)
_UNKNOWN = (
    "does not appear to be a git repository",
    "repository not found",
    "not found",
    "does not exist",
    "no such file or directory",
    "not a git repository",
)
_OFFLINE = (
    "could not resolve",
    "unable to access",
    "connection refused",
    "connection timed out",
    "operation timed out",
    "network is unreachable",
    "no route to host",
    "connection reset",
    "connection closed",
    "could not connect",
    "early eof",
    "hung up unexpectedly",
    "temporary failure",
    "unable to connect",
)


class OfflineError(TransflowError):
    """The others cannot be reached. Nothing was lost."""

    exit_code = 3


class LoginError(TransflowError):
    """The host did not let the user in."""

    exit_code = 3


class PushRefusedError(RefusedError):
    """The host does not take what is pushed."""


class _Answer(NamedTuple):
    code: int
    output: str
    errors: str


def check_programs(clone: Clone) -> None:
    """Raise NotSharedError if the clone's configuration names a program for the network."""
    listed = run_text(clone.root, "config", "--list", "--show-scope", "-z") or ""
    fields = listed.split("\0")
    for scope, setting in zip(fields[::2], fields[1::2], strict=False):
        key, _, value = setting.partition("\n")
        if scope in ("local", "worktree") and _PROGRAMS.fullmatch(key) and not _HARMLESS.fullmatch(value):
            raise NotSharedError(MESSAGES("program", key=quote(key), value=quote(value)))


def fetch(clone: Clone, place: Upstream, *, interactive: bool) -> str:
    """Fetch the branch of the others, and return its commit; empty if it is not there yet.

    Raise OfflineError, LoginError, NotSharedError.
    """
    refspec = f"+refs/heads/{place.branch}:{place.tracking}"
    answer = _run(clone, interactive, "fetch", "--no-tags", "--no-write-fetch-head", "--quiet", place.remote, refspec)
    if answer.code and "couldn't find remote ref" in answer.errors.lower():
        return ""
    if answer.code:
        raise _error(answer)
    return (run_text(clone.root, "rev-parse", "--verify", "--quiet", f"{place.tracking}^{{commit}}") or "").strip()


def push(clone: Clone, place: Upstream, commit: str, *, interactive: bool) -> bool:
    """Push a commit; return False if the others have something that it lacks.

    Raise OfflineError, LoginError, PushRefusedError, NotSharedError.
    """
    answer = _run(clone, interactive, "push", "--porcelain", place.remote, f"{commit}:refs/heads/{place.branch}")
    if not answer.code:
        return True
    said = f"{answer.output}\n{answer.errors}"
    if re.search(r"^!.*\[rejected\]|\(fetch first\)|\(non-fast-forward\)|\(stale info\)", said, re.MULTILINE) or (
        "failed to update ref" in said or "cannot lock ref" in said
    ):
        return False
    if refused := re.search(r"\[remote rejected\] \((.*)\)", said) or re.search(r"\[remote rejected\](.*)", said):
        raise PushRefusedError(MESSAGES("refused", why=_said(answer.errors) or refused[1], branch=place.branch))
    raise _error(answer)


def _run(clone: Clone, interactive: bool, *arguments: str) -> _Answer:
    """Run git with access to the network. A run that may not ask fails instead."""
    check_programs(clone)
    ssh = (run_text(clone.root, "config", "core.sshCommand") or "ssh").strip()
    options = [word for each in _OPTIONS for word in ("-c", each)]
    try:
        done = run_online(clone.root, [*options, *arguments], ssh, interactive=interactive, timeout=_TIMEOUT)
    except TimeoutError:
        raise OfflineError(MESSAGES("offline", why=MESSAGES("slow", seconds=_TIMEOUT))) from None
    return _Answer(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def _error(answer: _Answer) -> TransflowError:
    """Return the error that a failure of git means."""
    said, why = answer.errors.lower(), _said(answer.errors)
    if any(each in said for each in _LOGIN):
        return LoginError(MESSAGES("login", why=why))
    if any(each in said for each in _UNKNOWN):
        return NotSharedError(MESSAGES("unknown", why=why))
    if any(each in said for each in _OFFLINE) or not answer.errors.strip():
        return OfflineError(MESSAGES("offline", why=why or MESSAGES("no-word")))
    return OfflineError(MESSAGES("failed", why=why))


_NOISE = ("please make sure", "and the repository exists", "hint:", "error: failed to push", "to ")


def _said(errors: str) -> str | Message:
    """Return the first line of git that says what is wrong, without its label and full stop."""
    lines = [line.strip() for line in errors.splitlines()]
    lines = [line.removeprefix("remote: ").strip() for line in lines if not line.lower().startswith(_NOISE)]
    told = [line for line in lines if line and not line.startswith("!")]
    return re.sub(r"^(?:fatal|error|ssh): ", "", told[0]).rstrip(".") if told else ""
