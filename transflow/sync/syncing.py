"""One exchange with the others: commit, fetch, merge, place the files, push.

Invariant: at any moment, what people wrote is on the disk or in the history. A process that is
killed is completed by the next exchange; doing it twice changes nothing more.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import NamedTuple

from transflow.messages import NOTHING, Message, Messages
from transflow.project.git import set_config
from transflow.project.git_command import run, run_text
from transflow.project.git_writing import BranchMovedError, changed_entries, head_commit, tree_of
from transflow.sync import commits, committing, placing, remote, told
from transflow.sync.clone import BusyError, Clone, Upstream, busy, sharing, undisturbed, upstream
from transflow.sync.committing import Committed, Waits
from transflow.sync.merging import merge
from transflow.sync.steps import OUTSIDE

MESSAGES = Messages(
    __name__,
    {
        "committing": "keeping what was written here …",
        "fetching": "bringing the others’ work …",
        "placing": "putting it into the files …",
        "sending": "sending what was written here …",
        "nothing": "there is nothing here yet to share: add a report first.",
    },
)
_ATTEMPTS = 8
"""Number of attempts to send, if others send at the same time."""
_PAUSE = 0.2

Progress = Callable[[Message], None]


class Exchange(NamedTuple):
    """Result of one exchange."""

    committed: tuple[tuple[str, str], ...] = ()
    """(id of the author, path) of what was written here and committed now."""
    received: tuple[str, ...] = ()
    """Paths that came from the others, relative to the project's folder."""
    sent: tuple[str, ...] = ()
    """Paths of what was sent to the others."""
    two_texts: tuple[told.DoubleText, ...] = ()
    kept: tuple[told.Kept, ...] = ()
    waits: tuple[Waits, ...] = ()
    notes: tuple[Message, ...] = ()

    def plus(self, other: Exchange) -> Exchange:
        """Return both, one after the other."""
        return Exchange(
            (*self.committed, *other.committed),
            tuple(dict.fromkeys((*self.received, *other.received))),
            tuple(dict.fromkeys((*self.sent, *other.sent))),
            (*self.two_texts, *other.two_texts),
            (*self.kept, *other.kept),
            other.waits or self.waits,
            (*self.notes, *other.notes),
        )


class NothingToShareError(BusyError):
    """The clone has no commit and nothing to commit."""


def exchange(
    clone: Clone, user: str, *, interactive: bool = False, progress: Progress = lambda _text: None
) -> Exchange:
    """Share what was written, and bring in the others' work.

    `user` is the id of the person at this computer. Whatever stops it (no connection, a host that
    refuses) is raised after what was written here is committed. Raise TransflowError.
    """
    with sharing(clone):
        unknown = user if clone.queue.start() else OUTSIDE
        with undisturbed():
            done = Exchange(notes=placing.finish(clone).told)
        progress(MESSAGES("committing"))
        done = done.plus(_committed(committing.commit(clone, user, unknown=unknown)))
        place = upstream(clone)
        for attempt in range(_ATTEMPTS):
            progress(MESSAGES("fetching"))
            theirs = remote.fetch(clone, place, interactive=interactive)
            done = done.plus(_take_in(clone, user, theirs, done.waits, progress))
            sent, is_sent = _send(clone, place, theirs, interactive=interactive, progress=progress)
            if is_sent:
                _remember(clone, place)
                return done.plus(Exchange(sent=sent))
            time.sleep(random.uniform(0, _PAUSE * 2**attempt))
        raise BusyError(busy())


def commit_due(clone: Clone, user: str) -> Committed:
    """Commit what people left alone for a while, without the others; nothing while one shares.

    For a program that runs all day. Raise TransflowError.
    """
    if not clone.queue.is_on:
        return Committed()
    try:
        with sharing(clone):
            placing.finish(clone)
            return committing.commit(clone, user, due_only=True)
    except BusyError:
        return Committed()


def _committed(made: Committed) -> Exchange:
    return Exchange(committed=made.files, waits=made.waits)


def _take_in(clone: Clone, user: str, theirs: str, waits: tuple[Waits, ...], progress: Progress) -> Exchange:
    """Bring a commit of the others into the branch and the files."""
    for _ in range(_ATTEMPTS):
        ours = head_commit(clone.root)
        if not ours and not theirs:
            raise NothingToShareError(MESSAGES("nothing"))
        if not theirs or (ours and _is_ancestor(clone, theirs, ours)):
            return Exchange()
        new, kept = _combined(clone, user, ours, theirs)
        entries = changed_entries(clone.root, tree_of(clone.root, ours), tree_of(clone.root, new))
        placing.check_free(clone, entries, [each.path for each in waits])
        progress(MESSAGES("placing"))
        try:
            with undisturbed():
                placing.plan(clone, ours, new)
                clone.branch.move(ours, new)
                placed = placing.finish(clone)
        except BranchMovedError:
            continue
        received = tuple(clone.inside(each.path) or each.path for each in entries)
        texts = tuple(told.two_texts(clone, entries))
        others = tuple(told.kept_in(clone, ours, theirs)) if ours else ()
        return Exchange(received=received, two_texts=texts, kept=(*kept, *others), notes=placed.told)
    raise BusyError(busy())


def _is_ancestor(clone: Clone, first: str, second: str) -> bool:
    result = run(clone.root, "merge-base", "--is-ancestor", first, second)
    return result is not None and result.returncode == 0


def _combined(clone: Clone, user: str, ours: str, theirs: str) -> tuple[str, tuple[told.Kept, ...]]:
    """Return the commit that has both sides, and the files of which ours were kept."""
    if not ours or _is_ancestor(clone, ours, theirs):
        return theirs, ()
    merged = merge(clone, ours, theirs)
    text = commits.CommitText(
        merged.tree,
        (ours, theirs),
        user,
        "Bring together the work of several people",
        user,
        trailers=told.trailers(merged.kept, theirs),
    )
    name = commits.author(clone.project, user).name
    kept = tuple(told.Kept(clone.inside(each) or each, theirs, name) for each in merged.kept)
    return commits.make(clone.project, text), kept


def _send(
    clone: Clone, place: Upstream, theirs: str, *, interactive: bool, progress: Progress
) -> tuple[tuple[str, ...], bool]:
    """Send the branch; return the files, and False if others sent something first."""
    ours = head_commit(clone.root)
    if ours == theirs:
        return (), True
    progress(MESSAGES("sending"))
    entries = changed_entries(clone.root, tree_of(clone.root, theirs), tree_of(clone.root, ours))
    files = tuple(clone.inside(each.path) or each.path for each in entries)
    return files, remote.push(clone, place, ours, interactive=interactive)


def _remember(clone: Clone, place: Upstream) -> None:
    """Keep where the branch is shared, for git too, if it was not set."""
    if place.is_new:
        set_config(clone.root, f"branch.{clone.name}.remote", place.remote)
        set_config(clone.root, f"branch.{clone.name}.merge", f"refs/heads/{place.branch}")


class Unsent(NamedTuple):
    """Changes of a clone that the others have not, for the foot of a screen."""

    files: int = 0
    """Number of files that were written and not committed."""
    commits: int = 0
    """Number of commits that were not sent."""
    is_interrupted: bool = False
    """True if an exchange was killed: the next one completes it."""

    def message(self) -> Message:
        """Return one line; `NOTHING` if nothing waits."""
        if self.is_interrupted:
            return WORDS("interrupted")
        return WORDS("waits", n=self.files + self.commits) if self.files or self.commits else NOTHING


WORDS = Messages(
    f"{__name__}.waiting",
    {
        "waits": ("{n} change waits to be sent", "{n} changes wait to be sent"),
        "interrupted": "an exchange with the others was interrupted",
    },
)


def waiting(clone: Clone) -> Unsent:
    """Return what waits to be sent. Nothing where sync was never used."""
    if not clone.queue.is_on:
        return Unsent()
    counted = run_text(clone.root, "rev-list", "--count", "@{upstream}..HEAD", "--")
    files = sum(bool(each[-1].after != each[0].before) for each in clone.queue.pending().values())
    return Unsent(files, int((counted or "0").strip()), placing.is_pending(clone))
