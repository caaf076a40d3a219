"""The clone that is shared: its branch and the place where the others' work comes from.

Invariant: whatever keeps a clone from being shared is said before anything is changed, with the way
out. One process at a time shares a clone.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from transflow.errors import TransflowError
from transflow.messages import Message, Messages
from transflow.project import Project, git
from transflow.project.git_command import run_text, version
from transflow.project.git_writing import Branch
from transflow.project.writes import WriteQueue

MESSAGES = Messages(
    __name__,
    {
        "no-git": "{folder} is not shared through git yet, so there are no others' work to bring and nobody to send to. "
        "`git init` there begins it, or `git clone` brings a project that is shared already.",
        "old-git": "git {version} is too old to bring in the others' work safely: install git 2.38 or newer.",
        "bare": "{folder} is a repository without files (bare). Work in a clone of it: git clone {folder}",
        "detached": "this folder shows an old state of the project (git: detached HEAD), so nothing can be added to it. "
        "`git switch {branch}` goes back to the present one.",
        "shallow": "this folder has only the last part of the history (a shallow clone), so the work of others cannot be "
        "brought in safely. `git fetch --unshallow` brings the rest.",
        "merge": "git is in the middle of a {what} here. End it first, or give it up with `git {command} --abort`; then "
        "do this again.",
        "busy": "another transflow is sharing this project just now. Nothing was lost: wait a moment, and do it again.",
        "several-remotes": "this project has several places to share it at ({remotes}), and none is chosen. `git branch "
        "--set-upstream-to={remote}/{branch}` chooses one.",
        "no-remote": "this project has no place yet where others find it (git: no remote). What was written here is kept "
        "safe on this computer. Who looks after the project gives it one: `git remote add origin ADDRESS`",
    },
)
NEEDED_VERSION = (2, 38)
_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}


class NotSharedError(TransflowError):
    """A clone that cannot be shared as it is; `exit_code` 2: it has to be set up."""


class BusyError(TransflowError):
    """git or another process is in the way just now; nothing was changed."""

    exit_code = 1


class Clone(NamedTuple):
    """A clone of the project."""

    project: Project
    branch: Branch
    prefix: str
    """Path of the project's folder in the repository, with a final slash; empty for the top."""

    @property
    def root(self) -> Path:
        return self.project.root

    @property
    def top(self) -> Path:
        """The top folder of the work tree."""
        return self.root.parents[self.prefix.count("/") - 1] if self.prefix else self.root

    @property
    def queue(self) -> WriteQueue:
        return WriteQueue(self.root)

    @property
    def name(self) -> str:
        """The name of the branch."""
        return self.branch.ref.removeprefix("refs/heads/")

    def inside(self, path: str) -> str:
        """Return a path from the top relative to the project's folder; empty if it is outside."""
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else ""


def open_clone(project: Project) -> Clone:
    """Return the clone of a project. Raise NotSharedError, BusyError."""
    root = project.root
    answers = (run_text(root, "rev-parse", "--is-bare-repository", "--is-inside-work-tree") or "").split()
    if answers[:1] == ["true"]:
        raise NotSharedError(MESSAGES("bare", folder=str(root)))
    if answers[1:] != ["true"]:
        raise NotSharedError(MESSAGES("no-git", folder=str(root)))
    if version() < NEEDED_VERSION:
        raise NotSharedError(MESSAGES("old-git", version=".".join(map(str, version()))))
    git_dir = Path((run_text(root, "rev-parse", "--absolute-git-dir") or "").removesuffix("\n"))
    _check_nothing_under_way(git_dir)
    ref = (run_text(root, "symbolic-ref", "--quiet", "HEAD") or "").strip()
    if not ref:
        raise NotSharedError(MESSAGES("detached", branch=quote(_main_branch(root))))
    if git.is_shallow(root):
        raise NotSharedError(MESSAGES("shallow"))
    return Clone(project, Branch(root, git_dir, ref), git.prefix(root))


def _check_nothing_under_way(git_dir: Path) -> None:
    for name, what in _UNDER_WAY.items():
        if (git_dir / name).exists():
            raise BusyError(MESSAGES("merge", what=what, command=quote(what)))


def _main_branch(root: Path) -> str:
    listed = (run_text(root, "for-each-ref", "--format=%(refname:short)", "refs/heads") or "").split()
    return next((each for each in ("main", "master") if each in listed), (listed or ["main"])[0])


class Upstream(NamedTuple):
    """The branch of another repository that this one is shared with."""

    remote: str
    branch: str
    tracking: str
    """The ref of what was fetched last."""
    is_new: bool = False
    """True if it is not set in this clone yet."""


def upstream(clone: Clone) -> Upstream:
    """Return where the branch is shared: as git is set, or at the only place that there is.

    Raise NotSharedError.
    """
    root = clone.root
    remote = git.config(root, f"branch.{clone.name}.remote")
    merged = git.config(root, f"branch.{clone.name}.merge").removeprefix("refs/heads/")
    if remote and remote != "." and merged:
        return Upstream(remote, merged, f"refs/remotes/{remote}/{merged}")
    remotes = (run_text(root, "remote") or "").split()
    if not remotes:
        raise NotSharedError(MESSAGES("no-remote"))
    if len(remotes) > 1:
        message = MESSAGES("several-remotes", remotes=", ".join(remotes), remote=remotes[0], branch=quote(clone.name))
        raise NotSharedError(message)
    return Upstream(remotes[0], clone.name, f"refs/remotes/{remotes[0]}/{clone.name}", is_new=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl+C and the request to end wait until a step is whole. Loads signal."""
    from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, SIGTERM, pthread_sigmask

    before = pthread_sigmask(SIG_BLOCK, {SIGINT, SIGTERM})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, before)


@contextmanager
def sharing(clone: Clone) -> Iterator[None]:
    """Be the only process that shares the clone. Raise BusyError."""
    clone.queue.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (clone.queue.folder / "sharing.lock").open("ab") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(busy()) from None
        clone.branch.recover()
        yield


def busy() -> Message:
    return MESSAGES("busy")
