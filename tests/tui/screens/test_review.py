"""Review: keys of an editor, and the resulting files."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.screens import (
    CHANGED,
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    send,
    settled,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.presenters.assistants import Assistants, Checks
from transflow.project import Project
from transflow.tui.screens.review import ReviewScreen
from transflow.units.workflow import is_approved, state

MENDED = "Groups say returnees are punished harshly."


def actor(root: Path, who: str, now: str = "2022-03-25T15:35:00Z") -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


def checked(root: Path) -> Assistants:
    return Assistants(checker=Checks(Project(root)))


def to_review(root: Path) -> Path:
    """Return the sample with two new translations, an untranslated and a changed sentence."""
    with_work_left(root)
    steps.confirm(actor(root, "leejin"), "un-letter#4", "Groups say returnees are punished.")
    steps.confirm(actor(root, "leejin"), "un-letter#6", "The U.N. published the letter 단체 on March 11.")
    return root


def file_of(root: Path) -> bytes:
    return (root / "locales/en/reports/un-letter.po").read_bytes()


def at(pilot: App) -> int:
    assert isinstance(pilot.app.screen, ReviewScreen)
    unit = opened(pilot).sheet.unit
    assert unit is not None
    return opened(pilot).view.number(unit.id)


def test_approves_and_goes_on_and_takes_it_back(sample: Path) -> None:
    before = file_of(to_review(sample))

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina") as pilot:
            assert at(pilot) == 4
            assert "0 to read" not in painted(pilot)
            await press(pilot, "a")
            unit = unit_of(sample, 4)
            assert unit.approved is not None
            assert (unit.approved.who, is_approved(unit)) == ("mina", True)
            assert at(pilot) == 6
            await press(pilot, "z")
            assert file_of(sample) == before
            assert at(pilot) == 4
            await press(pilot, "ㅁ", "ㅋ")
            assert file_of(sample) == before

    played(play())


def test_a_step_is_not_taken_back_over_what_somebody_else_did_since(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina") as pilot:
            await press(pilot, "a")
            steps.comment(actor(sample, "claire"), "un-letter#9", "Elsewhere.")
            await press(pilot, "z")
            assert state(unit_of(sample, 4)) == "translated"
            assert unit_of(sample, 9).comments == ("Elsewhere.",)
            await press(pilot, "a")
            steps.comment(actor(sample, "claire"), "un-letter#4", "Here.")
            await press(pilot, "z")
            assert state(unit_of(sample, 4)) == "approved"
            assert "✗" in said(pilot)

    played(play())


def test_many_are_approved_after_a_count_and_what_cannot_be_is_named(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina", helpers=checked(sample)) as pilot:
            await press(pilot, "f7")
            assert "Mark sentences first" in said(pilot)
            await press(pilot, "v", "n", "n", "v", "f7")
            text = painted(pilot)
            assert "Is 1 sentence reviewed?" in text
            assert "5: the Korean changed" in text
            assert "6: " in text
            await press(pilot, "enter")
            assert [state(unit_of(sample, number)) for number in (4, 5, 6)] == ["approved", "needs-work", "translated"]

    played(play())


def test_sends_back_only_with_a_comment(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina") as pilot:
            await press(pilot, "x", "enter", "escape")
            assert state(unit_of(sample, 4)) == "translated"
            await press(pilot, "ㅌ", "=Which groups?", "enter")
            unit = unit_of(sample, 4)
            assert unit.returned is not None
            assert (unit.returned.who, unit.returned.reason, unit.fuzzy) == ("mina", "Which groups?", True)
            assert at(pilot) == 6

    played(play())


def test_waives_a_warning_with_a_reason(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter#6", who="mina", helpers=checked(sample)) as pilot:
            await until(pilot, lambda: "1 warning" in painted(pilot) and "waive it with a reason" in painted(pilot))
            await press(pilot, "a")
            assert "✗" in said(pilot)
            await press(pilot, "i", "=A name.", "enter")
            waiver = unit_of(sample, 6).waivers[0]
            assert (waiver.who, waiver.reason) == ("mina", "A name.")
            await press(pilot, "a")
            assert state(unit_of(sample, 6)) == "approved"
            await press(pilot, "i")
            assert "no warning" in said(pilot)

    played(play())


def test_a_text_is_still_right_under_a_changed_source(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", f"un-letter#{CHANGED}", who="mina") as pilot:
            assert "[-3명이-] [+2명이" in painted(pilot)
            assert "the Korean changed: say first that the text is right." in painted(pilot)
            await press(pilot, "s")
            unit = unit_of(sample, CHANGED)
            assert (unit.fuzzy, unit.previous, state(unit)) == (False, "", "translated")
            await press(pilot, "a")
            assert state(unit_of(sample, CHANGED)) == "approved"

    played(play())


@pytest.mark.parametrize("keys", [("ctrl+s",), ("escape", "a")])
def test_a_small_mend_is_saved_and_approved_in_one_go(sample: Path, keys: tuple[str, ...]) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina") as pilot:
            await press(pilot, "e", "backspace", "= harshly.", *keys)
            unit = unit_of(sample, 4)
            assert (unit.target, state(unit)) == (MENDED, "approved")
            assert [each.who for each in unit.by] == ["leejin", "mina"]
            assert at(pilot) == 6

    played(play())


def test_four_eyes_stand_beside_the_sentence(sample: Path) -> None:
    to_review(sample)
    steps.confirm(actor(sample, "mina"), "un-letter#9", "So nobody knows who is held, or where.")

    async def play() -> None:
        async with running(sample, "review", "un-letter#9", who="mina") as pilot:
            assert "most of it is by mina" in painted(pilot)
            await press(pilot, "a")
            assert "four eyes" in said(pilot)
            assert state(unit_of(sample, 9)) == "translated"
        async with running(sample, "review", "un-letter#4", who="claire", lang="ko") as pilot:
            assert "claire" in painted(pilot)
            await press(pilot, "a")
            assert state(unit_of(sample, 4)) == "translated"

    played(play())


def test_a_refusal_is_korean_and_names_the_key_that_is_the_way_out(sample: Path) -> None:
    to_review(sample)
    steps.ask(actor(sample, "leejin"), "un-letter#4", "누구 말입니까?")

    async def play() -> None:
        async with running(
            sample, "review", "un-letter#4", who="mina", lang="ko", keys={"review.list.comment": "k"}
        ) as pilot:
            assert "leejin 님의 질문: “누구 말입니까?” 먼저 답하십시오: (k)." in painted(pilot)
            await press(pilot, "a")
            assert said(pilot).startswith("✗ “UN asks China not to force 7 North Korean refug…” 4: ")
            assert said(pilot).endswith("leejin 님의 질문: “누구 말입니까?” 먼저 답하십시오: (k).")

    played(play())


def test_the_text_is_compared_with_what_was_approved_last(sample: Path) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-qm", "first")):
        subprocess.run(["git", *command], cwd=sample, check=True)
    old = unit_of(sample, 12).target
    steps.confirm(actor(sample, "leejin"), "un-letter#12", old.replace("present", "current"))

    async def play() -> None:
        async with running(sample, "review", "un-letter#12", who="mina") as pilot:
            await until(pilot, lambda: "Since Mina Park reviewed it" in painted(pilot))
            assert "[-present-] [+current+]" in painted(pilot)
            await press(pilot, "a", "p")
            assert "[-present-]" not in painted(pilot)

    played(play())


@pytest.mark.parametrize("size", [(45, 20), (80, 24), (160, 48)])
def test_it_reads_in_every_size_and_in_korean(sample: Path, size: tuple[int, int]) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter#5", who="mina", size=size, lang="ko") as pilot:
            text = painted(pilot)
            for word in ("감수", "UN asks", "감수 완료", "원문이 바"):
                assert word in text
            assert all(len(line) <= size[0] for line in text.splitlines())

    played(play())


def test_what_was_written_in_one_mode_is_there_in_the_other(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter#4", who="mina") as pilot:
            await press(pilot, "f3", "e", "= Yes.", "ctrl+s", "ctrl+up", "f4")
            unit = opened(pilot).sheet.unit
            assert unit is not None
            assert unit == unit_of(sample, 4)
            assert unit.target.endswith("Yes.")

    played(play())


def test_a_report_in_which_nothing_waits_says_so(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "review", "rights-groups", who="mina") as pilot:
            assert said(pilot) == "Nothing more waits for review here."

    played(play())


def test_approvals_as_fast_as_keys_are_pressed_are_each_of_the_sentence_that_follows(sample: Path) -> None:
    to_review(sample)

    async def play() -> None:
        async with running(sample, "review", "un-letter", who="mina", helpers=checked(sample)) as pilot:
            await until(pilot, lambda: not opened(pilot).view.unchecked())
            send(pilot, "a", "a", "a")
            await settled(pilot)
            assert is_approved(unit_of(sample, 4))
            assert not is_approved(unit_of(sample, 6))
            assert said(pilot).startswith("✗ ")
            assert "reviewed" not in said(pilot)

    played(play())
