"""Time stamps: a later step has a later stamp, and a wrong clock blocks nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.strategies import units
from transflow.attribution import stamps
from transflow.attribution.authorship import with_confirmation, with_respelled_target, with_target
from transflow.errors import RefusedError
from transflow.model.unit import Act, Approval, Assignment, Authorship, Question, Unit
from transflow.units import workflow

NOW, SOON, LATER = "2024-03-26T05:00:00Z", "2024-03-26T05:10:00Z", "2024-03-26T05:10:01Z"
END = "2100-01-01T00:00:00Z"
DONE = workflow.confirm(Unit("k7f3q2mx", "유엔은 서한을 공개했다."), "The U.N. released it.", "claire", NOW)
STEPS: list[Callable[[Unit, str], Unit]] = [
    lambda unit, now: workflow.confirm(unit, f"{unit.target} more", "leejin", now),
    lambda unit, now: workflow.draft(unit, f"{unit.target} more", "leejin", now),
    lambda unit, now: workflow.approve(unit, "mina", now),
    lambda unit, now: workflow.send_back(unit, "mina", now, "?"),
    lambda unit, now: workflow.ask(unit, "leejin", now, "Who?"),
    lambda unit, now: workflow.answer(unit, "leejin", now, "She."),
    lambda unit, now: workflow.waive(unit, "numbers", "mina", now, "fine"),
    lambda unit, now: workflow.resolve(unit, f"{unit.target} more", "mina", now),
    lambda unit, now: unit.replace(omitted=workflow.act(unit, "mina", now, "no")),
    lambda unit, now: workflow.claim(unit, "leejin", now, None),
    lambda unit, now: with_target(unit, f"{unit.target} more", "leejin", now),
    lambda unit, now: with_confirmation(unit, "leejin", now),
    lambda unit, now: with_respelled_target(unit, f"{unit.target} more", "leejin", now),
]


@given(units(), st.sampled_from(STEPS))
def test_every_step_is_stamped_after_what_was_done_before(unit: Unit, step: Callable[[Unit, str], Unit]) -> None:
    assert stamps.newest_stamp(step(unit, END)).time == END


@pytest.mark.parametrize("step", STEPS)
def test_a_step_within_the_reach_of_clocks_gets_the_newest_stamp(step: Callable[[Unit, str], Unit]) -> None:
    ahead = DONE.replace(by=(Authorship("claire", SOON, 4),))
    assert {each.time for each in stamps.all_stamps(step(ahead, NOW))} == {SOON}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_on_what_is_further_ahead_is_refused_with_who_and_when(step: Callable[[Unit, str], Unit]) -> None:
    with pytest.raises(RefusedError, match=rf"claire's step on k7f3q2mx is of {LATER}.*transflow repair"):
        step(DONE.replace(by=(Authorship("claire", LATER, 4),)), NOW)


def test_a_deadline_is_no_stamp() -> None:
    due = DONE.replace(assigned=Assignment("leejin", END))
    assert stamps.newest_stamp(due) == (NOW, "claire")
    approved = workflow.approve(due, "mina", NOW).approved
    assert approved
    assert approved.time == NOW


def test_a_new_place_is_refused_to_nobody() -> None:
    asked = DONE.replace(questions=(Question("claire", LATER, "", "Who?"),))
    assert stamps.stamp_for_move(asked, NOW) == LATER


@given(units())
def test_an_approval_is_void_before_the_last_word_and_valid_after_it(unit: Unit) -> None:
    approved = workflow.approve(unit.replace(target="a", by=(*unit.by, Authorship("sora", END, 0))), "mina", END)
    assert stamps.why_void(approved) == ""
    assert approved.approved
    early = approved.replace(approved=approved.approved._replace(time="2099-12-31T23:59:59Z"))
    assert stamps.why_void(early) == "approved it before it was last written, confirmed or sent back"
    assert workflow.state(early.replace(fuzzy=False, cut=None, omitted=None)) == "translated"
    assert stamps.why_void(workflow.send_back(approved, "noah", END, "?").replace(approved=early.approved))


def test_an_approval_of_another_text_says_so() -> None:
    unit = Unit("k7f3q2mx", "원문", "A text.", approved=Approval("mina", "2024-03-26T05:00:00Z", "0123456789abcdef"))
    assert stamps.why_void(unit) == "approved another text"
    assert stamps.why_void(unit.replace(approved=None)) == ""


def test_the_newest_stamp_names_its_author_and_a_move_names_nobody() -> None:
    unit = Unit("k7f3q2mx", "원문", moved="2024-03-26T06:00:00Z", omitted=Act("mina", "2024-03-26T05:00:00Z"))
    assert stamps.newest_stamp(unit) == stamps.Stamp("2024-03-26T06:00:00Z", "")
    assert stamps.newest_stamp(unit.replace(moved="")) == stamps.Stamp("2024-03-26T05:00:00Z", "mina")
    assert stamps.newest_stamp(Unit("k7f3q2mx", "원문")) == stamps.Stamp("", "")
