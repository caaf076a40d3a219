"""Commits of what was written and not committed yet.

Invariant: only whole files of the record are committed, and only by their content on the disk or as
it was kept. A file that the user has staged in part, one that cannot be read, and one that is gone
without a word, wait, and it is said why.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from shlex import quote
from typing import NamedTuple

from transflow.errors import TransflowError, UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.po.catalog import load
from transflow.project import Project, files, git, git_objects
from transflow.project.git_command import run_text
from transflow.project.git_writing import (
    BranchMovedError,
    changed_tree,
    head_commit,
    index_entries,
    output,
    tree_of,
    write_blob,
)
from transflow.project.project import parse_settings
from transflow.project.writes import QueuedWrite, digest, is_record
from transflow.sync import commits
from transflow.sync.clone import Clone
from transflow.sync.steps import OUTSIDE, Step, steps, until

QUIET = 20.0
"""Seconds after the last write of a file until it is committed."""
LONGEST = 300.0
"""Seconds after the first write of a file until it is committed, however busy people are."""
_ABOUT_TO_HAPPEN = 60.0
"""Seconds for which a write of the queue may not have reached its file yet."""
_PLACES = ("sources", "locales", "templates", "transflow.toml", ".gitattributes", ".gitignore")
MESSAGES = Messages(
    __name__,
    {
        "staged": "{path}: you have chosen a part of its changes for a commit of your own (git add -p), so it is not sent. "
        "Commit that part, or give it up with `git restore --staged {path}`; then do this again.",
        "unreadable": "{path} cannot be read, so it is not sent: {why} {command} mends it, or take it back from git.",
        "markers": "git has put two versions of the same lines here.",
        "choose": "Keep one of them, and remove the lines <<<<<<<, ======= and >>>>>>>.",
        "gone": "{path} is not here any more, and nothing says that anybody removed it, so the others keep theirs. "
        "`git checkout HEAD -- {path}` takes it back; if it is meant, `git rm {path}` and a commit of your own remove it.",
    },
)


class Waits(NamedTuple):
    """A file that is not committed, and why."""

    path: str
    why: Message


class Committed(NamedTuple):
    """Files that were committed, by author, and what waits."""

    files: tuple[tuple[str, str], ...] = ()
    """(id of the author, path), in order."""
    waits: tuple[Waits, ...] = ()


class _State(NamedTuple):
    """A file in the last commit and on the disk."""

    path: str
    head: tuple[str, str]
    """Mode and name of the content in the last commit."""
    data: bytes | None


def commit(clone: Clone, user: str, *, due_only: bool = False, unknown: str = OUTSIDE) -> Committed:
    """Commit what people wrote; the caller holds `clone.sharing`.

    With `due_only`, only files in the queue that were left alone for a while; without it, whatever
    differs in the record. `user` is the person at this computer, `unknown` the author of what is in
    no write. Raise GitError, GitLockedError.
    """
    for attempts_left in (2, 1, 0):
        try:
            return _commit(clone, user, unknown, _due(clone) if due_only else None)
        except BranchMovedError:
            if not attempts_left:
                raise
    raise AssertionError("the last try returns or raises")


def _due(clone: Clone) -> list[str]:
    now = time.time()
    return [
        path
        for path, writes in clone.queue.pending().items()
        if now - writes[-1].time >= QUIET or now - writes[0].time >= LONGEST
    ]


def _commit(clone: Clone, user: str, unknown: str, paths: Sequence[str] | None) -> Committed:
    if paths is not None and not paths:
        return Committed()
    head = head_commit(clone.root)
    states = _differing(clone, head, paths if paths is not None else _candidates(clone, clone.queue.pending()))
    pending = clone.queue.pending()  # after the files were read: it has all that led to them
    waits, ready = _sorted_out(clone, states, pending)
    contents = _contents(clone, [state.head[1] for state in ready])
    planned: list[tuple[_State, Step, str]] = []
    for state in ready:
        writes, before = pending.get(state.path, []), digest(contents.get(state.head[1]))
        blob = "" if state.data is None else write_blob(clone.root, _as_committed(state.data))
        planned += [(state, each, each.content or blob) for each in steps(before, digest(state.data), writes, unknown)]
    made = _make(clone, head, user, planned)
    if made:
        clone.branch.move(head, made)
    done = {state.path: digest(state.data) for state in ready}
    past = _past(pending, done, {state.path for state in states}, paths)
    clone.queue.replace(partial(_without, past=past, settled=done))
    return Committed(tuple((step.who, state.path) for state, step, _ in planned), tuple(waits))


def _candidates(clone: Clone, pending: Mapping[str, object]) -> list[str]:
    """Return the files of the record that may differ from the last commit."""
    listed = "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *_PLACES
    names = (run_text(clone.root, *listed) or "").split("\0")
    known = git.committed_blobs(clone.root, ".", "HEAD") if head_commit(clone.root) else {}
    named = {*names, *known, *pending} - {""}
    return sorted(each for each in named if is_record(each) and (each in known or not _is_litter(each)))


def _is_litter(path: str) -> bool:
    """Return whether a file is one of those that editors and crashes leave, not of the record."""
    name = path.rpartition("/")[2]
    return name.endswith(("~", ".tmp", ".orig", ".rej", ".swp", ".bak")) or (
        name.startswith(".") and path not in _PLACES
    )


def _differing(clone: Clone, head: str, paths: Sequence[str]) -> list[_State]:
    entries = _head_entries(clone, head)
    found = []
    for path in paths:
        entry = entries.get(path, ("000000", ""))
        data = _on_disk(clone.project, path)
        if not (entry[1] and data is not None and git.has_blob_id(entry[1], data)) and (entry[1] or data is not None):
            found.append(_State(path, entry, data))
    return found


def _head_entries(clone: Clone, head: str) -> dict[str, tuple[str, str]]:
    if not head:
        return {}
    listed = output(clone.root, "ls-tree", "-r", "-z", head, "--", *_PLACES).decode("utf-8", "surrogateescape")
    rows = (line.partition("\t") for line in listed.split("\0") if line)
    return {path: (info.split(" ")[0], info.split(" ")[2]) for info, _, path in rows}


def _on_disk(project: Project, path: str) -> bytes | None:
    """Return a file; None if it is not there. Raise UnreadableError for what is no file."""
    return files.read_own(project.root, path) if project.has(path) else None


def _sorted_out(
    clone: Clone, states: Sequence[_State], pending: Mapping[str, Sequence[QueuedWrite]]
) -> tuple[list[Waits], list[_State]]:
    """Return the files that wait, and those that can be committed."""
    staged = index_entries(clone.root, [clone.prefix + state.path for state in states])
    waits, ready = [], []
    for state in states:
        entry = staged.get(clone.prefix + state.path, ("000000", ""))
        if why := _why_not(state, entry, is_known=bool(pending.get(state.path))):
            waits.append(Waits(state.path, why))
        else:
            ready.append(state)
    return waits, ready


def _why_not(state: _State, staged: tuple[str, str], *, is_known: bool) -> Message | None:
    if state.data is None:
        if is_known or staged == ("000000", ""):  # removed by transflow, or with `git rm`
            return None
        return MESSAGES("gone", path=quote(state.path))
    if staged != state.head and not git.has_blob_id(staged[1], state.data):
        return MESSAGES("staged", path=quote(state.path))
    try:
        _check_readable(state.path, state.data)
    except TransflowError as error:
        return MESSAGES("unreadable", path=state.path, why=error.message, command=CommandRef("repair"))
    return None


def _check_readable(path: str, data: bytes) -> None:
    """Raise UnreadableError or ConfigError for a file that would break the project of everybody."""
    if path == "transflow.toml":
        parse_settings(data)
    elif path.endswith(".po") and ("/reports/" in path or "/articles/" in path):
        load(data, path)
    elif b"\n<<<<<<< " in data and b"\n>>>>>>> " in data:
        number = data.count(b"\n", 0, data.index(b"\n<<<<<<< ") + 1) + 1
        raise UnreadableError(path, number, MESSAGES("markers"), MESSAGES("choose"))


def _contents(clone: Clone, blobs: Iterable[str]) -> dict[str, bytes]:
    return dict(git_objects.objects(clone.root, [each for each in blobs if each]))


def _as_committed(data: bytes) -> bytes:
    """Return a content as git stores it: .gitattributes says that lines end in LF."""
    return data.replace(b"\r\n", b"\n")


def _make(clone: Clone, head: str, user: str, planned: Sequence[tuple[_State, Step, str]]) -> str:
    """Make a commit for each step, one after the other; return the last one."""
    last, tree = head, tree_of(clone.root, head)
    for state, step, blob in planned:
        mode = state.head[0] if state.head[1] else "100644"
        change = {clone.prefix + state.path: (mode, blob) if blob else ("0", "")}
        new = changed_tree(clone.root, tree, change, clone.branch.own_index)
        if new == tree:
            continue
        trailers = [commits.co_author(clone.project, each) for each in step.with_others]
        text = commits.CommitText(
            new, [last] if last else [], step.who, subject(state.path, step), user, step.time, trailers
        )
        last, tree = commits.make(clone.project, text), new
    return last if last != head else ""


def subject(path: str, step: Step) -> str:
    """Return the first line of the message of a commit."""
    return f"Changed outside transflow: {path}" if step.who == OUTSIDE else f"Work on {path}"


def _past(
    pending: Mapping[str, Sequence[QueuedWrite]],
    done: Mapping[str, str],
    differing: set[str],
    paths: Sequence[str] | None,
) -> set[QueuedWrite]:
    """Return the writes that are committed, or were committed or undone by hand.

    One that is about to happen is none of them, nor are those of files that wait.
    """
    past = {each for path in done for each in until(done[path], pending.get(path, ()))}
    looked_at = pending.keys() if paths is None else pending.keys() & set(paths)
    undone = (each for path in looked_at - differing for each in pending[path])
    return past | {each for each in undone if each.time < time.time() - _ABOUT_TO_HAPPEN}


def _without(lines: Iterable[QueuedWrite], past: set[QueuedWrite], settled: Mapping[str, str]) -> list[QueuedWrite]:
    """Return the queue without past writes, and with the contents that are committed now."""
    kept = [each for each in lines if each not in past]
    others = [each for each in kept if each.settled and each.path not in settled]
    new = [QueuedWrite(path, "", after, "", 0.0, settled=True) for path, after in settled.items()]
    return [*others, *new, *(each for each in kept if not each.settled)]
