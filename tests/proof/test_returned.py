"""Approvals that were withdrawn and came back with a merge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proof.conftest import TEXTS, Newsroom
from proof.test_signature_files import BACK, approve, note, send_back
from support.newsrooms import SLUG

Branch = Callable[[str], None]
RETURNED = [f"{SLUG}#1: {BACK}"]


@pytest.fixture
def divided(room: Newsroom, branch: Branch) -> Newsroom:
    """A newsroom in which an approval was sent back on main, while a branch still has it."""
    room.approve(1)
    room.commit("mina")
    branch("side")
    note(room)
    branch("main")
    with room.keys_of("noah"):
        send_back(room, 1)
    room.commit("noah")
    return room


def test_a_merge_that_leaves_out_a_send_back_is_found(divided: Newsroom) -> None:
    divided.git("checkout", "-q", "side")
    divided.git("merge", "-q", "-s", "ours", "--no-edit", "main", who="leejin")
    assert divided.faults() == RETURNED
    assert divided.faults("signed") == RETURNED


def test_it_is_found_after_a_run_that_knew_nothing_of_it_and_in_every_later_one(divided: Newsroom) -> None:
    divided.git("checkout", "-q", "side")
    assert divided.faults() == []
    divided.git("merge", "-q", "-s", "ours", "--no-edit", "main", who="leejin")
    assert divided.faults() == divided.faults() == RETURNED
    (divided.root / "more.txt").write_text("More.\n", encoding="utf-8")
    divided.commit("claire")
    assert divided.faults() == RETURNED


def test_it_is_found_from_a_commit_that_had_the_approval(divided: Newsroom) -> None:
    since = divided.git("rev-parse", "side").strip()
    divided.git("checkout", "-q", "side")
    divided.git("merge", "-q", "-s", "ours", "--no-edit", "main", who="leejin")
    assert divided.faults(since=since) == RETURNED


def test_a_signature_does_not_prove_it(room: Newsroom, branch: Branch) -> None:
    approve(room, 1)
    room.commit("leejin")
    branch("side")
    note(room)
    branch("main")
    send_back(room, 1)
    room.commit("noah")
    room.git("checkout", "-q", "side")
    room.git("merge", "-q", "-s", "ours", "--no-edit", "main", who="leejin")
    assert room.faults() == RETURNED


def test_a_merge_that_keeps_it_withdrawn_gives_no_finding(divided: Newsroom) -> None:
    divided.git("merge", "-q", "--no-edit", "side", who="leejin")
    assert divided.clone("mina").unit(1).approved is None
    assert divided.faults() == []


def test_an_approval_after_it_counts_whatever_is_merged(divided: Newsroom) -> None:
    divided.clone("claire").write(f"{SLUG}#1", TEXTS[0].replace("Two", "Both"), 130)
    divided.approve(1, minute=140)
    divided.commit("mina")
    divided.git("merge", "-q", "--no-edit", "side", who="leejin")
    assert divided.faults() == []
