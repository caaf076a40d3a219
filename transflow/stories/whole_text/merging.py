"""Three-way merge of a story's text, line by line: a draft, and the story as it is by now.

Invariant: no line that either side wrote is lost: where both changed the same lines, the clash has
those of the other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transflow.similarity import common_opcodes


class MergedStoryText(NamedTuple):
    """Text with the changes of both sides, and what the other side has where both changed."""

    text: str
    clashes: tuple[str, ...]


class _Hunk(NamedTuple):
    """Lines that replace those from `start` to `end` of the base."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge_texts(base: str, mine: str, theirs: str) -> MergedStoryText:
    """Return `theirs` with the changes from `base` to `mine`; where both changed, with mine.

    The first line, which says from which state a text was exported, is that of `theirs`.
    """
    state, *their_lines = theirs.split("\n")
    base_lines, my_lines = base.split("\n")[1:], mine.split("\n")[1:]
    merged, clashes, at = [state], [], 0
    for group in _groups(_hunks(base_lines, my_lines), _hunks(base_lines, their_lines)):
        start, end = (
            min(each.start for side in group for each in side),
            max(each.end for side in group for each in side),
        )
        merged += base_lines[at:start]
        own, other = (_applied(base_lines, side, start, end) for side in group)
        at = end
        if not group[1] or own == other:
            merged += own
        elif not group[0]:
            merged += other
        elif start == end:  # both inserted something here
            merged += [*own, *other]
        else:
            merged += own
            clashes.append("\n".join(other).strip())
    return MergedStoryText("\n".join([*merged, *base_lines[at:]]), tuple(clashes))


def _hunks(base: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    """Return the changes of a side; lines that were deleted and inserted at one place are one."""
    found: list[_Hunk] = []
    for each in common_opcodes(base, new):
        if each.tag == "equal":
            continue
        lines = tuple(new[each.dest_start : each.dest_end])
        if found and found[-1].end == each.src_start:
            found[-1] = _Hunk(found[-1].start, each.src_end, found[-1].lines + lines)
        else:
            found.append(_Hunk(each.src_start, each.src_end, lines))
    return found


def _groups(mine: Sequence[_Hunk], theirs: Sequence[_Hunk]) -> Iterator[tuple[list[_Hunk], list[_Hunk]]]:
    """Yield the hunks of both sides that are about the same lines, together, in order."""
    queue = sorted([(each, 0) for each in mine] + [(each, 1) for each in theirs])
    while queue:
        first, side = queue.pop(0)
        group: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        group[side].append(first)
        start, end = first.start, first.end
        while queue and (queue[0][0].start < end or (start, end) == queue[0][0][:2]):
            other, side = queue.pop(0)
            group[side].append(other)
            end = max(end, other.end)
        yield group


def _applied(base: Sequence[str], hunks: Sequence[_Hunk], start: int, end: int) -> list[str]:
    """Return the lines of the base from `start` to `end` with the changes of one side."""
    lines: list[str] = []
    for hunk in hunks:
        lines += [*base[start : hunk.start], *hunk.lines]
        start = hunk.end
    return [*lines, *base[start:end]]
