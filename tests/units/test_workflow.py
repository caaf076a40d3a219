"""Steps of units: states are derived, changed texts never approved, refusals explained."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.strategies import units
from transflow.attribution.authorship import as_conflict
from transflow.attribution.credits import main_author
from transflow.digests import approval, digest
from transflow.messages import joined
from transflow.model.issue import Issue
from transflow.model.settings import Person, Role
from transflow.model.unit import (
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    Question,
    Share,
    Sighting,
    Unit,
    Waiver,
)
from transflow.units import workflow

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"
LATER = "2100-01-01T00:00:00Z"
"""A time after all times of units from the strategies."""
EDITOR = Person("eugene", roles=(Role("editor"),))
CLAIRE = Person("claire", roles=(Role("translator"),))
ACT = Act("eugene", T1)
EMPTY = Unit("k7f3q2mx", "유엔은 서한을 공개했다.")
DONE = workflow.confirm(EMPTY, "The U.N. released the letter.", "claire", T1)
APPROVED = workflow.approve(DONE, "eugene", T2)
DOUBTFUL = DONE.replace(source="유엔은 편지를 공개했다.", previous=DONE.source, fuzzy=True)
ERROR = Issue("numbers", "error", joined(["11 is missing."]))
WARNING = Issue("style", "warning", joined(["Too long."]))


class TestState:
    def test_follows_from_the_entry_alone(self) -> None:
        assert [workflow.state(each) for each in (EMPTY, DONE, APPROVED, DOUBTFUL)] == [
            "untranslated",
            "translated",
            "approved",
            "needs-work",
        ]

    def test_what_is_left_out_outranks_all(self) -> None:
        assert workflow.state(DOUBTFUL.replace(omitted=ACT)) == "omitted"
        assert workflow.state(DOUBTFUL.replace(cut=ACT)) == "cut"
        assert workflow.state(EMPTY.replace(omitted=ACT, cut=ACT)) == "omitted"

    def test_fuzzy_outranks_an_approval(self) -> None:
        assert workflow.state(APPROVED.replace(fuzzy=True)) == "needs-work"

    @pytest.mark.parametrize("change", [{"id": "b4tq9z2a"}, {"source": "다른 문장"}, {"target": "Another text."}])
    def test_an_approval_of_another_id_source_or_target_counts_for_nothing(self, change: dict[str, str]) -> None:
        assert workflow.state(APPROVED.replace(**change)) == "translated"

    @given(units())
    def test_is_never_needs_work_without_a_text(self, unit: Unit) -> None:
        assert workflow.state(unit.replace(target="", fuzzy=True)) in ("untranslated", "omitted", "cut")


class TestConfirming:
    def test_settles_a_changed_source_in_one_step(self) -> None:
        settled = workflow.confirm(DOUBTFUL, DOUBTFUL.target, "leejin", T2)
        assert (settled.fuzzy, settled.previous, settled.target) == (False, "", DOUBTFUL.target)
        assert settled.by == (Authorship("claire", T1, 5), Authorship("leejin", T2, 0))

    def test_changes_nothing_where_all_is_in_order(self) -> None:
        assert workflow.confirm(DONE, DONE.target, "leejin", T2) is DONE
        assert workflow.confirm(APPROVED, APPROVED.target, "leejin", T3) is APPROVED

    def test_settles_what_was_sent_back(self) -> None:
        back = workflow.send_back(DONE, "eugene", T2, "“Letter” or “note”?")
        assert workflow.confirm(back, "The U.N. released the note.", "claire", T3).returned is None

    def test_takes_away_an_approval_of_another_text(self) -> None:
        void = DONE.replace(approved=Approval("eugene", T2, "0" * 16))
        confirmed = workflow.confirm(void, void.target, "leejin", T3)
        assert confirmed.approved is None
        assert confirmed.by[-1] == Authorship("leejin", T3, 0)

    def test_is_refused_without_a_text_to_confirm(self) -> None:
        assert workflow.why_not_confirm(EMPTY, " \n") == "there is no text yet."

    def test_is_refused_while_there_are_two_texts(self) -> None:
        two = DONE.replace(conflicts=(Conflict("leejin", T2, "The U.N. published it."),))
        assert "unit resolve" in workflow.why_not_confirm(two, "The U.N. published it.")

    @pytest.mark.parametrize("text", ["changed outside", "changed outside and here"])
    def test_is_refused_while_nobody_owns_the_text(self, text: str) -> None:
        assert "unit claim" in workflow.why_not_confirm(DONE.replace(target="changed outside"), text)

    def test_is_else_allowed(self) -> None:
        assert workflow.why_not_confirm(DOUBTFUL, "Any text.") == ""


class TestADraft:
    def test_needs_another_look(self) -> None:
        drafted = workflow.draft(EMPTY, "A machine's text.", "mt:deepl/v2", T1)
        assert workflow.state(drafted) == "needs-work"
        assert drafted.by == (Authorship("mt:deepl/v2", T1, 3),)

    def test_without_a_text_is_an_untranslated_unit(self) -> None:
        emptied = workflow.draft(DOUBTFUL, "", "claire", T2)
        assert (emptied.fuzzy, emptied.previous, workflow.state(emptied)) == (False, "", "untranslated")


class TestApproving:
    def test_covers_just_these_texts(self) -> None:
        assert APPROVED.approved == Approval("eugene", T2, approval(DONE.id, DONE.source, DONE.target))
        assert workflow.is_approved(APPROVED)

    def test_is_for_editors_who_are_so_now(self) -> None:
        former = Person("eugene", roles=(Role("editor", until="2024-03-26"),))
        gone = Person("eugene", roles=(Role("editor"),), left="2024-03-26")
        assert workflow.why_not_approve(DONE, EDITOR, T2) == ""
        for person in (Person("leejin", roles=(Role("writer"),)), former, gone):
            assert workflow.why_not_approve(DONE, person, T2) == f"{person.id} is no editor."

    @pytest.mark.parametrize(
        ("unit", "why"),
        [
            (EMPTY, "no text yet"),
            (DONE.replace(omitted=ACT), "left out"),
            (DONE.replace(cut=ACT), "left out"),
            (DONE.replace(fuzzy=True), "it needs another look"),
            (DOUBTFUL, "the Korean changed"),
            (DONE.replace(conflicts=(Conflict("leejin", T2, "x"),)), "two texts"),
            (DONE.replace(target="changed outside"), "unit claim"),
            (DONE.replace(questions=(Question("claire", T2, "", "Which letter?"),)), "claire asks: “Which letter?”"),
        ],
    )
    def test_is_refused_with_the_reason(self, unit: Unit, why: str) -> None:
        assert why in workflow.why_not_approve(unit, EDITOR, T3)

    def test_waits_for_errors_but_not_for_warnings(self) -> None:
        assert workflow.why_not_approve(DONE, EDITOR, T3, [WARNING]) == ""
        assert workflow.why_not_approve(DONE, EDITOR, T3, [WARNING, ERROR]).startswith("numbers: 11 is missing.")

    def test_accepts_an_error_that_was_waived_for_just_this_text(self) -> None:
        waived = workflow.waive(DONE, "numbers", "eugene", T2, "It is in the headline.")
        assert workflow.why_not_approve(waived, EDITOR, T3, [ERROR]) == ""
        changed = workflow.confirm(waived, "The U.N. published the letter.", "claire", T2)
        assert workflow.why_not_approve(changed, EDITOR, T3, [ERROR]) != ""


class TestFourEyes:
    """Nobody approves a text that is mostly their own."""

    def by(self, *shares: tuple[str, int, str]) -> Unit:
        return DONE.replace(by=tuple(Authorship(who, time, count) for who, count, time in shares))

    def test_keep_the_main_author_from_approving(self) -> None:
        unit = self.by(("claire", 2, T1), ("eugene", 3, T2))
        assert "four eyes" in workflow.why_not_approve(unit, EDITOR, T3)
        assert workflow.why_not_approve(unit, EDITOR, T3, alone=True) == ""

    def test_let_an_editor_mend_what_they_approve(self) -> None:
        assert workflow.why_not_approve(self.by(("claire", 3, T1), ("eugene", 2, T2)), EDITOR, T3) == ""

    def test_see_in_the_first_of_equals_the_main_author(self) -> None:
        assert "four eyes" in workflow.why_not_approve(self.by(("eugene", 2, T2), ("claire", 2, T1)), EDITOR, T3)
        assert workflow.why_not_approve(self.by(("claire", 2, T1), ("eugene", 2, T2)), EDITOR, T3) == ""

    def test_see_in_the_newest_the_author_of_a_machines_text(self) -> None:
        confirmed = self.by(("mt:deepl/v2", 5, T1), ("claire", 0, T1), ("eugene", 0, T2))
        assert "four eyes" in workflow.why_not_approve(confirmed, EDITOR, T3)
        other = self.by(("mt:deepl/v2", 5, T1), ("eugene", 0, T1), ("claire", 0, T2))
        assert workflow.why_not_approve(other, EDITOR, T3) == ""

    def test_overlook_who_has_no_words_while_another_has(self) -> None:
        assert workflow.why_not_approve(self.by(("claire", 5, T1), ("eugene", 0, T2)), EDITOR, T3) == ""

    def test_count_a_translators_words_in_an_article(self) -> None:
        paragraph = self.by(("claire", 4, T2)).replace(translated=(Share("eugene", 5),))
        assert "four eyes" in workflow.why_not_approve(paragraph, EDITOR, T3)


class TestSendingBack:
    def test_asks_for_another_look_with_a_reason(self) -> None:
        back = workflow.send_back(APPROVED, "eugene", T3, "“Letter” or “note”?")
        assert workflow.state(back) == "needs-work"
        assert back.approved is None
        assert back.returned == Act("eugene", T3, "“Letter” or “note”?")

    def test_never_makes_an_empty_unit_fuzzy(self) -> None:
        assert not workflow.send_back(EMPTY, "eugene", T3, "?").fuzzy


STEPS: list[Callable[[Unit], Unit]] = [
    lambda unit: workflow.confirm(unit, unit.target + " more", "claire", LATER),
    lambda unit: workflow.draft(unit, unit.target + " more", "claire", LATER),
    lambda unit: workflow.draft(unit, unit.target, "claire", LATER),
    lambda unit: workflow.send_back(unit, "eugene", LATER, "?"),
    lambda unit: workflow.claim(unit, "claire", LATER, None),
    lambda unit: workflow.resolve(unit, unit.target + " more", "claire", LATER),
]


class TestEveryStep:
    @given(units(), st.sampled_from(STEPS))
    def test_that_changes_a_text_or_asks_for_another_look_removes_the_approval(
        self, unit: Unit, step: Callable[[Unit], Unit]
    ) -> None:
        changed = step(unit)
        assert changed.approved is None
        assert not (changed.fuzzy and not changed.target)
        assert changed.id == unit.id
        assert changed.source == unit.source

    @given(units())
    def test_confirming_leaves_only_an_approval_of_these_texts(self, unit: Unit) -> None:
        confirmed = workflow.confirm(unit, unit.target, "claire", LATER)
        assert confirmed.approved is None or workflow.is_approved(confirmed)
        assert not confirmed.fuzzy
        assert not confirmed.previous


class TestQuestions:
    ASKED = DONE.replace(questions=(Question("claire", T1, "", "Who?"), Question("leejin", T2, "claire", "When?")))

    def test_are_open_until_they_are_answered_oldest_first(self) -> None:
        once = workflow.answer(self.ASKED, "eugene", T3, "Ms. Su.")
        assert [question.text for question in workflow.open_questions(once)] == ["When?"]
        assert workflow.open_questions(workflow.answer(once, "eugene", T3, "In March.")) == ()

    def test_an_answer_that_names_none_answers_what_was_asked_before(self) -> None:
        answered = self.ASKED.replace(answers=(Answer("eugene", T1, "", "Ms. Su."),))
        assert [question.text for question in workflow.open_questions(answered)] == ["When?"]

    def test_are_asked_of_somebody_or_anyone(self) -> None:
        assert workflow.ask(DONE, "claire", T2, "Who?", "eugene").questions == (
            Question("claire", T2, "eugene", "Who?"),
        )


class TestWaiving:
    def test_is_for_editors_who_are_no_author(self) -> None:
        mended = DONE.replace(by=(Authorship("claire", T1, 4), Authorship("eugene", T2, 1)))
        assert workflow.why_not_waive(DONE, CLAIRE, T2) == "claire is no editor."
        assert workflow.why_not_waive(DONE, EDITOR, T2) == ""
        assert "among its authors" in workflow.why_not_waive(mended, EDITOR, T2)

    def test_again_replaces_the_waiver_of_the_same_check(self) -> None:
        twice = workflow.waive(workflow.waive(DONE, "numbers", "eugene", T1, "a"), "numbers", "mina", T2, "b")
        assert twice.waivers == (Waiver("numbers", "mina", T2, approval(DONE.id, DONE.source, DONE.target), "b"),)


class TestClaiming:
    def test_gives_the_claimer_the_words_that_are_new_where_the_old_text_is_known(self) -> None:
        outside = DONE.replace(target="The U.N. released the long letter.")
        claimed = workflow.claim(outside, "leejin", T2, DONE.target)
        assert [(each.who, each.words) for each in claimed.by] == [("claire", 5), ("leejin", 1)]
        assert claimed.text == digest(outside.target)

    def test_gives_the_claimer_all_words_where_it_is_not(self) -> None:
        claimed = workflow.claim(DONE.replace(target="Released."), "leejin", T2, None)
        assert [(each.who, each.words) for each in claimed.by] == [("claire", 0), ("leejin", 1)]

    def test_leaves_the_translators_what_is_from_their_draft(self) -> None:
        outside = Unit("w5h2c8de", "The U.N. released it.", "The U.N. released it Monday.")
        claimed = workflow.claim(outside, "eugene", T2, None, (Share("claire", 4),))
        assert claimed.translated == (Share("claire", 4),)
        assert claimed.by == (Authorship("eugene", T2, 1),)

    def test_does_not_settle_what_needs_another_look(self) -> None:
        claimed = workflow.claim(DOUBTFUL.replace(target="x"), "leejin", T2, None)
        assert (claimed.fuzzy, claimed.previous) == (True, DOUBTFUL.previous)


class TestResolvingAConflict:
    TWO = DONE.replace(
        conflicts=(Conflict("leejin", T2, "The U.N. published the letter."), Conflict("mina", T1, "Out.")), fuzzy=True
    )

    @pytest.mark.parametrize("text", [DONE.target, "The U.N. published the letter.", "The U.N. sent a letter."])
    def test_leaves_one_text_that_is_confirmed(self, text: str) -> None:
        one = workflow.resolve(self.TWO, text, "eugene", T3)
        assert (one.target, one.conflicts, one.fuzzy, one.previous) == (text, (), False, "")
        assert one.by[-1].who == "eugene"

    def test_leaves_the_present_text_to_its_authors(self) -> None:
        one = workflow.resolve(self.TWO, DONE.target, "eugene", T3)
        assert one.by == (Authorship("claire", T1, 5), Authorship("eugene", T3, 0))

    def test_gives_another_text_to_the_one_who_wrote_it(self) -> None:
        one = workflow.resolve(self.TWO, "The U.N. published the letter.", "eugene", T3)
        assert one.by == (Authorship("claire", T1, 4), Authorship("leejin", T2, 1), Authorship("eugene", T3, 0))

    def test_gives_a_third_text_to_the_one_who_decides(self) -> None:
        one = workflow.resolve(self.TWO, "A U.N. letter is out.", "eugene", T3)
        assert [(each.who, each.words) for each in one.by] == [("claire", 2), ("eugene", 3)]

    def test_gives_a_text_back_to_all_who_made_it(self) -> None:
        lost = workflow.confirm(DONE, "The U.N. published the letter.", "leejin", T2)
        two = DONE.replace(target="Out.", by=(Authorship("mina", T2, 1),), text=digest("Out."), fuzzy=True)
        one = workflow.resolve(two.replace(conflicts=(as_conflict(lost),)), lost.target, "eugene", T3)
        assert {each.who: each.words for each in one.by} == {"mina": 0, "claire": 4, "leejin": 1, "eugene": 0}
        assert (one.text, main_author(one)) == (digest(lost.target), "claire")

    def test_gives_back_a_text_that_somebody_only_confirmed_to_who_wrote_it(self) -> None:
        confirmed = workflow.confirm(DONE.replace(fuzzy=True), DONE.target, "mina", T2)
        two = EMPTY.replace(conflicts=(as_conflict(confirmed),), fuzzy=True)
        one = workflow.resolve(workflow.draft(two, "Out.", "leejin", T2), DONE.target, "eugene", T3)
        assert main_author(one) == "claire"
        assert {each.who: each.words for each in one.by if each.words} == {"claire": 5}

    def test_gives_the_words_that_a_third_text_takes_from_both_to_those_who_wrote_them(self) -> None:
        other = as_conflict(workflow.confirm(EMPTY, "An envoy published it Monday.", "leejin", T2))
        one = workflow.resolve(
            DONE.replace(conflicts=(other,)), "The U.N. released the letter Monday, at last.", "mina", T3
        )
        assert {each.who: each.words for each in one.by} == {"claire": 5, "leejin": 1, "mina": 2}

    def test_gives_a_paragraph_its_translators_back(self) -> None:
        paragraph = Unit("w5h2c8de", "The U.N. released it.")
        taken = workflow.confirm(paragraph, "The U.N. released it.", "eugene", T1, (Share("claire", 4),))
        other = workflow.confirm(paragraph, "Released.", "mina", T2).replace(conflicts=(as_conflict(taken),))
        one = workflow.resolve(other, taken.target, "mina", T3)
        assert one.translated == (Share("claire", 4),)
        assert {each.who: each.words for each in one.by} == {"mina": 0, "eugene": 0}


class TestComments:
    def test_are_kept_a_line_each(self) -> None:
        assert workflow.comment(DONE, " One.\n\nTwo. ").comments == ("One.", "Two.")

    def test_are_never_taken_for_notes(self) -> None:
        assert workflow.comment(DONE, "@by me").comments == ("- @by me",)


class TestAnswers:
    def test_are_to_the_question_that_is_named_else_to_the_oldest_open_one(self) -> None:
        first, second = Question("claire", T1, "", "Who?"), Question("leejin", T2, "", "When?")
        asked = DONE.replace(questions=(first, second))
        assert workflow.answer(asked, "mina", T3, "In March.", second).answers == (
            Answer("mina", T3, second.reference, "In March."),
        )
        assert workflow.answer(asked, "mina", T3, "Ms. Su.").answers[0].re == first.reference

    def test_to_no_question_name_none(self) -> None:
        assert workflow.answer(DONE, "mina", T2, "It is right.").answers == (Answer("mina", T2, "", "It is right."),)


class TestAssigning:
    def test_gives_a_unit_to_somebody_with_a_deadline_or_to_nobody(self) -> None:
        given = workflow.assign(EMPTY, "claire", T2)
        assert given.assigned == Assignment("claire", T2)
        assert workflow.assign(given, "").assigned is None


class TestASighting:
    MACHINES = workflow.draft(EMPTY, "The U.N. released the letter.", "mt:deepl/v2", T1)

    def test_is_recorded_of_a_machines_text_once_for_each_person(self) -> None:
        mark = approval(EMPTY.id, EMPTY.source, self.MACHINES.target)
        seen = workflow.with_sighting(self.MACHINES, self.MACHINES, "claire", T2)
        assert seen.seen == (Sighting("claire", T2, mark),)
        assert workflow.with_sighting(seen, self.MACHINES, "claire", T3) is seen
        assert [each.who for each in workflow.with_sighting(seen, self.MACHINES, "mina", T3).seen] == ["claire", "mina"]

    def test_is_of_the_text_that_was_shown_whatever_became_of_it(self) -> None:
        after = workflow.confirm(self.MACHINES, "The U.N. published it.", "claire", T2)
        mark = approval(EMPTY.id, EMPTY.source, self.MACHINES.target)
        assert [each.digest for each in workflow.with_sighting(after, self.MACHINES, "claire", T2).seen] == [mark]

    def test_is_recorded_of_a_text_with_some_words_of_a_machine(self) -> None:
        mixed = workflow.confirm(self.MACHINES, "The U.N. released a letter.", "claire", T2)
        assert workflow.with_sighting(mixed, mixed, "mina", T3).seen
        drafted = DONE.replace(translated=(Share("mt:deepl/v2", 2),))
        assert workflow.with_sighting(drafted, drafted, "mina", T3).seen

    def test_is_not_recorded_without_a_text_or_of_a_persons(self) -> None:
        gone = DONE.replace(translated=(Share("mt:deepl/v2", 0),))
        for unit in (EMPTY, DONE, gone, self.MACHINES.replace(target="")):
            assert workflow.with_sighting(unit, unit, "mina", T3) is unit


class TestWhatATextWaitsFor:
    def test_is_a_person_after_a_machine_or_whoever_it_was_sent_back_to(self) -> None:
        machines = DONE.replace(by=(Authorship("mt:deepl/v2", T1, 5),))
        assert workflow.why_unconfirmed(machines) == "a machine wrote it"
        assert workflow.why_unconfirmed(DONE.replace(returned=ACT)) == "an editor sent it back"

    def test_is_nothing_for_a_persons_text_or_none(self) -> None:
        with_draft = DONE.replace(by=(Authorship("mt:deepl/v2", T1, 3),), translated=(Share("claire", 2),))
        for unit in (DONE, EMPTY.replace(returned=ACT), DONE.replace(by=()), with_draft):
            assert workflow.why_unconfirmed(unit) == ""


class TestWaivedIssues:
    def test_are_left_out_for_the_text_that_the_waiver_was_given_to(self) -> None:
        waived = workflow.waive(DONE, "numbers", "eugene", T2, "said above")
        assert workflow.unwaived(waived, [ERROR, WARNING]) == [WARNING]
        assert workflow.unwaived(waived.replace(target="Another."), [ERROR, WARNING]) == [ERROR, WARNING]


class TestClaimedTexts:
    def test_lose_an_approval_of_the_text_before(self) -> None:
        outside = APPROVED.replace(target="The U.N. released the long letter.")
        for before in (DONE.target, None, ""):
            claimed = workflow.claim(outside, "leejin", T3, before)
            assert claimed.approved is None
            assert sum(each.words for each in claimed.by) == 6


class TestNewAnswers:
    ASKED = DONE.replace(questions=(Question("claire", T1, "", "Who?"),))

    def answered(self, time: str = T2, who: str = "mina") -> Unit:
        return self.ASKED.replace(answers=(Answer(who, time, f"claire@{T1}", "Ms. Su."),))

    def test_are_those_of_others_to_ones_own_questions(self) -> None:
        unit = self.answered()
        assert workflow.new_answers(unit, "claire") == unit.answers
        assert workflow.new_answers(unit, "mina") == ()
        assert workflow.new_answers(self.answered(who="claire"), "claire") == ()
        other = unit.replace(answers=(Answer("mina", T2, f"leejin@{T1}", "No."),))
        assert workflow.new_answers(other, "claire") == ()

    def test_are_old_once_whoever_asked_did_something_or_an_editor_approved(self) -> None:
        unit = self.answered()
        later = Question("claire", T3, "", "And when?")
        assert workflow.new_answers(unit.replace(questions=(*unit.questions, later)), "claire") == ()
        assert workflow.new_answers(workflow.approve(unit, "eugene", T3), "claire") == ()
        assert workflow.new_answers(unit.replace(omitted=ACT), "claire") == ()

    def test_of_the_second_of_the_last_step_are_new_and_of_an_approval_are_not(self) -> None:
        again = self.answered(T2).replace(by=(Authorship("claire", T2, 5),))
        assert workflow.new_answers(again, "claire") == again.answers
        approved = self.answered(T2).replace(approved=Approval("eugene", T2, "0123456789abcdef"))
        assert workflow.new_answers(approved, "claire") == ()


def test_a_decision_needs_no_reason() -> None:
    assert workflow.act(DONE, "mina", T2) == Act("mina", T2, "")
