"""The commits that the writes of one file become.

Invariant: the contents are committed in the order in which they stood on the disk, each as that of
who wrote it. What nobody wrote through transflow is nobody's. If what somebody wrote could not be
kept before it was changed again, they are a co-author of the next content.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.project.writes import QueuedWrite

OUTSIDE = ""
"""Id of whoever changed a file without transflow."""


class Step(NamedTuple):
    """One commit of a file."""

    who: str
    """Id of the author, or `OUTSIDE`."""
    content: str = ""
    """Name of the content in git; empty for the one on the disk."""
    with_others: tuple[str, ...] = ()
    """Ids of the co-authors."""
    time: float = 0.0
    """Time of the write; 0 if it is unknown."""


def steps(head: str, disk: str, writes: Sequence[QueuedWrite], unknown: str = OUTSIDE) -> list[Step]:
    """Return the commits for a file, of which the last commit and the disk have these digests.

    `unknown` is the author of what is in no write.
    """
    if head == disk:
        return []
    writes = until(disk, writes)
    found: list[Step] = []
    digest, who, time, others = head, OUTSIDE, 0.0, list[str]()
    begun = len(writes) - len(since(head, writes))
    for number, each in enumerate(writes[begun:], begun):
        if is_gap := each.before != digest:
            others += (earlier.who for earlier in writes[:number])  # git may have put their words aside
        if is_gap or (who and who != each.who):
            if each.kept and each.before != head:
                found.append(
                    Step(unknown if is_gap else who, each.kept, _named(others, unknown if is_gap else who), time)
                )
                others = []
            else:
                others.append(who)
        others += each.with_others
        digest, who, time = each.after, each.who, each.time
    if digest == disk:
        return [*found, Step(who, "", _named(others, who), time)]
    return [*found, Step(unknown, "", _named([*(each.who for each in writes), *others], unknown))]


def since(head: str, writes: Sequence[QueuedWrite]) -> Sequence[QueuedWrite]:
    """Return the writes after the file was last as it is in the last commit; all, if it never was.

    A commit by hand, a pull and a checkout end what was written before them.
    """
    for number in range(len(writes) - 1, -1, -1):
        if writes[number].after == head:
            return writes[number + 1 :]
        if writes[number].before == head:
            return writes[number:]
    return writes


def until(disk: str, writes: Sequence[QueuedWrite]) -> Sequence[QueuedWrite]:
    """Return the writes up to the one that the disk has; all, if it has none of them.

    What follows is about to be written, or its process was killed before.
    """
    last = max((number for number, each in enumerate(writes, 1) if each.after == disk), default=len(writes))
    return writes[:last]


def _named(others: Sequence[str], author: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in others if each and each != author))
