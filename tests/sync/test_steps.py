"""The commits that the writes of a file become: in order, each by who wrote it."""

from __future__ import annotations

import pytest

from transflow.project.writes import QueuedWrite
from transflow.sync.steps import Step, since, steps, until


def writes(*lines: str) -> list[QueuedWrite]:
    """Return writes such as "claire a b": what claire found and what she left; "claire a b K" if
    what she found was kept under the name K.
    """
    found = []
    for time, line in enumerate(lines, 1):
        who, before, after, *kept = line.split()
        found.append(QueuedWrite("path", before, after, who, float(time), "".join(kept)))
    return found


def short(step: Step) -> str:
    others = f" with {','.join(step.with_others)}" if step.with_others else ""
    return f"{step.who or 'outside'}: {step.content or 'disk'}{others}"


@pytest.mark.parametrize(
    ("head", "disk", "lines", "expected"),
    [
        ("a", "a", ["claire a b"], []),
        ("a", "b", ["claire a b"], ["claire: disk"]),
        ("a", "c", ["claire a b", "claire b c"], ["claire: disk"]),
        ("a", "c", ["claire a b", "mina b c B"], ["claire: B", "mina: disk"]),
        ("a", "d", ["claire a b", "mina b c B", "claire c d C"], ["claire: B", "mina: C", "claire: disk"]),
        ("a", "c", ["claire a b", "mina b c"], ["mina: disk with claire"]),
        ("a", "x", [], ["outside: disk"]),
        ("a", "x", ["claire a b"], ["outside: disk with claire"]),
        ("a", "c", ["claire x c X"], ["outside: X", "claire: disk"]),
        ("a", "d", ["claire a b", "claire c d C"], ["outside: C with claire", "claire: disk"]),
        ("b", "c", ["claire a b", "mina b c B"], ["mina: disk"]),
        ("b", "d", ["claire a b", "mina c d C"], ["outside: C with claire", "mina: disk"]),
        ("a", "d", ["claire a b", "mina a d"], ["mina: disk"]),
        ("a", "b", ["claire a b", "mina b c B"], ["claire: disk"]),
    ],
    ids=[
        "nothing",
        "one write",
        "several by one person are one commit",
        "another person follows",
        "and the first one again",
        "what could not be kept has a co-author",
        "another program",
        "another program after a write",
        "another program before a write",
        "another program between two writes",
        "the first was committed by hand",
        "the first was committed by hand, and another program followed",
        "a checkout undid the first",
        "a write that is about to happen",
    ],
)
def test_each_content_is_committed_as_that_of_who_wrote_it(
    head: str, disk: str, lines: list[str], expected: list[str]
) -> None:
    assert [short(step) for step in steps(head, disk, writes(*lines))] == expected


def test_what_nobody_wrote_is_of_the_person_at_the_first_exchange() -> None:
    assert [short(step) for step in steps("a", "b", [], unknown="claire")] == ["claire: disk"]


def test_writes_before_the_last_commit_are_over() -> None:
    lines = writes("claire a b", "claire b c", "claire c b", "claire b d")
    assert since("b", lines) == lines[3:]
    assert since("x", lines) == lines
    assert until("c", lines) == lines[:2]
