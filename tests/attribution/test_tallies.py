"""Word counts and times: correct records are consistent, and a repair removes no author."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from support.commands import done, transflow
from support.newsrooms import Clone, at, newsroom
from support.strategies import catalogs, people
from transflow.actions.units import review, steps
from transflow.attribution import stamps, tallies
from transflow.attribution.authorship import is_attributed
from transflow.digests import approval, digest
from transflow.errors import RefusedError
from transflow.model.catalog import Catalog
from transflow.model.unit import Answer, Approval, Authorship, Meta, Question, Share, Unit
from transflow.po.catalog import new_header, parse
from transflow.text import words
from transflow.units.workflow import is_approved, open_questions, state

pytestmark = pytest.mark.slow

NOW, END = "2024-03-26T05:00:00Z", "2100-01-01T00:00:00Z"
TEXT = "The U.N. made the letter public on March 11 in Geneva."  # 11 words
UNIT = Unit("k7f3q2mx", "원문", TEXT, by=(Authorship("claire", NOW, 11),), text=digest(TEXT))


def of(*found: Unit, **fields: str) -> Catalog:
    return Catalog(new_header("en", "ko", X_Report="un-letter").replace(**fields), found)


def named(catalog: Catalog, now: str = NOW) -> list[str]:
    return [each.check for each in tallies.find_defects(catalog, now)]


def put_right(catalog: Catalog, *, is_editor: bool = False) -> Catalog:
    return tallies.repair(catalog, NOW, is_editor=is_editor)[0]


@given(catalogs())
def test_what_honest_people_do_is_in_order(catalog: Catalog) -> None:
    assert [each for each in named(catalog, END) if each != "time-order"] == []


def test_the_sample_is_in_order_and_none_of_its_approvals_is_void() -> None:
    files = sorted((paths.ROOT / "locales").rglob("*.po"))
    found = [parse(path.read_text(encoding="utf-8"), path.name) for path in files]
    assert [each for catalog in found for each in tallies.find_defects(catalog, END)] == []
    every = [unit for catalog in found for unit in (*catalog.units, *catalog.obsolete)]
    assert [unit.id for unit in every if stamps.why_void(unit)] == []
    assert sum(state(unit) == "approved" for unit in every) > 20


@given(
    st.lists(st.tuples(people, st.integers(0, 999)), min_size=1, max_size=4, unique_by=lambda each: each[0]),
    st.lists(st.tuples(people, st.integers(0, 30)), max_size=2, unique_by=lambda each: each[0]),
)
def test_counts_that_do_not_add_up_are_counted_anew_and_nobody_is_lost(
    by: list[tuple[str, int]], translated: list[tuple[str, int]]
) -> None:
    unit = UNIT.replace(
        by=tuple(Authorship(who, NOW, count) for who, count in by),
        translated=tuple(Share(who, count) for who, count in translated),
    )
    (new,) = put_right(of(unit)).units
    assert named(of(new)) == []
    assert [each.who for each in new.by] == [each.who for each in unit.by]
    assert all(after.words or not before.words for before, after in zip(unit.by, new.by, strict=True))
    assert put_right(of(new)) == of(new)


def test_counts_of_an_old_version_add_up_once_the_catalog_is_written(room: Path) -> None:
    done(room, "unit", "set", "flood#1", "Floods cut off towns", user="claire")
    done(room, "unit", "set", "flood#2", "Three bridges.", user="claire")
    path = room / "locales/en/reports/flood.po"
    text = path.read_text(encoding="utf-8").replace('"X-Transflow-Format: 2\\n"', '"X-Transflow-Format: 1\\n"')
    path.write_text(re.sub(r"(# @by claire \S+) 4", r"\1 7", text), encoding="utf-8")
    assert "record.shares" in transflow(room, "check", "--all").out
    done(room, "unit", "set", "flood#2", "Three bridges fell.", user="claire")
    assert "X-Transflow-Format: 2" in path.read_text(encoding="utf-8")
    assert "record.shares" not in transflow(room, "check", "--all").out


def test_a_text_that_was_changed_outside_keeps_the_counts_of_what_its_authors_wrote() -> None:
    """Nobody knows whose the new words are: writing an old catalog divides them among nobody."""
    outside, wrong = UNIT.replace(target="Changed in another program."), UNIT.replace(id="rx4wn8vb")
    wrong = wrong.replace(by=(Authorship("claire", NOW, 7),))
    new = tallies.ready_to_write(of(outside, wrong, X_Transflow_Format="1"))
    assert [each.by[0].words for each in new.units] == [11, 11]
    assert new.units[0] == outside


def test_a_text_whose_authors_were_taken_out_can_be_claimed_afterwards() -> None:
    (new,) = put_right(of(UNIT.replace(by=()))).units
    assert not is_attributed(new)


# Future times

FAST = UNIT.replace(
    by=(Authorship("claire", "2024-03-26T06:00:00Z", 11),),
    approved=Approval("mina", "2024-03-26T06:05:00Z", approval(UNIT.id, UNIT.source, TEXT)),
    questions=tuple(Question("leejin", f"2024-03-26T06:0{n}:00Z", "", f"{n}?") for n in (1, 2)),
    answers=(Answer("claire", "2024-03-26T06:03:00Z", "leejin@2024-03-26T06:01:00Z", "1!"),),
    moved="2024-03-26T04:00:00Z",
)


def test_times_to_come_are_left_to_an_editor() -> None:
    assert put_right(of(FAST)) == of(FAST)
    assert named(of(FAST)) == ["future"]


def test_times_that_an_editor_takes_back_keep_their_order() -> None:
    (new,) = put_right(of(FAST), is_editor=True).units
    assert named(of(new)) == []
    assert is_approved(new)
    assert [question.text for question in open_questions(new)] == ["2?"]
    assert new.moved == FAST.moved
    assert new.by[0].time < new.questions[0].time < new.questions[1].time < new.answers[0].time < new.approved.time  # type: ignore[union-attr]


def test_the_word_of_a_story_goes_back_with_the_approvals_that_stand_on_it() -> None:
    time = FAST.approved.time if FAST.approved else ""
    new = put_right(of(FAST, X_Cleared=f"mina {time} 0123456789abcdef alone in a hurry"), is_editor=True)
    assert new.units[0].approved
    assert new.header.get("X-Cleared") == f"mina {new.units[0].approved.time} 0123456789abcdef alone in a hurry"


def test_a_wrong_clock_locks_a_sentence_until_an_editor_repairs_it(room: Path) -> None:
    done(room, "unit", "set", "flood#1", "Floods", user="leejin")
    path = room / "locales/en/reports/flood.po"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("# @by leejin ")
    path.write_text(f"{head}# @by leejin 2098{rest[4:]}", encoding="utf-8")
    refused = transflow(room, "unit", "set", "flood#1", "Flooding", user="claire")
    assert refused.code == 1
    assert "flood#1: leejin's step on " in refused.err
    assert "is of 2098-" in refused.err
    checked = transflow(room, "check", "--locale", "en").out
    assert "en:flood#1" in checked
    assert "record.future" in checked
    assert transflow(room, "repair", user="claire").code == 1
    assert transflow(room, "repair", user="mina").code == 0
    done(room, "unit", "set", "flood#1", "Flooding", user="claire")


# Withdrawn approvals


@pytest.fixture
def claire(tmp_path: Path) -> Clone:
    """Return a clone with one translated and committed sentence."""
    _, clone = newsroom(tmp_path)
    clone.write("bridges#2", "Two bridges reopened Tuesday.", 1)
    clone.commit("translated")
    return clone


def undone_by(claire: Clone, what: str) -> None:
    """Approve a sentence and withdraw the approval, by sending it back or by an edit."""
    if what == "send-back":
        steps.send_back(claire.actor(20, "noah"), "bridges#2", "Which bridges?")
        steps.confirm(claire.actor(30), "bridges#2")
    else:
        claire.write("bridges#2", "Both bridges reopened Tuesday.", 20, "leejin")
        claire.write("bridges#2", "Two bridges reopened Tuesday.", 30, "leejin")


@pytest.mark.parametrize("what", ["send-back", "edit"])
def test_a_branch_that_is_squashed_again_does_not_bring_a_withdrawn_approval_back(claire: Clone, what: str) -> None:
    claire.git("switch", "-q", "-c", "branch")
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    claire.git("switch", "-q", "main")
    claire.git("merge", "-q", "--squash", "branch")
    claire.commit("squashed")
    assert is_approved(claire.unit(2))
    undone_by(claire, what)
    claire.commit("withdrawn")
    claire.git("switch", "-q", "branch")
    claire.write("bridges#3", "It took three months.", 40)
    claire.commit("more")
    claire.git("switch", "-q", "main")
    claire.git("merge", "-q", "--squash", "branch")
    assert (claire.unit(3).target, claire.unit(2).approved) == ("It took three months.", None)


@pytest.mark.parametrize("what", ["send-back", "edit"])
def test_the_revert_of_what_withdrew_an_approval_does_not_bring_it_back(claire: Clone, what: str) -> None:
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    if what == "send-back":
        steps.send_back(claire.actor(20, "noah"), "bridges#2", "Which bridges?")
    else:
        claire.write("bridges#2", "Both bridges reopened Tuesday.", 20, "leejin")
    withdrawn = claire.commit("withdrawn")
    if what == "send-back":
        steps.confirm(claire.actor(30), "bridges#2")
    else:
        claire.write("bridges#2", "Two bridges reopened Tuesday.", 30, "leejin")
    claire.commit("confirmed")
    claire.git("revert", "--no-edit", withdrawn, fails=None)
    unit = claire.unit(2)
    assert (is_approved(unit), unit.approved) == (False, None)


@pytest.mark.parametrize("what", ["send-back", "edit"])
def test_a_revert_right_after_it_is_found_in_history(claire: Clone, what: str) -> None:
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    undone_by(claire, what)
    withdrawn = claire.commit("withdrawn")
    claire.git("revert", "--no-edit", withdrawn)
    assert claire.unit(2).approved
    checked = transflow(claire.root, "check", "--all").out
    assert "en:bridges#2" in checked
    assert "record.void-approval" in checked
    transflow(claire.root, "repair")
    assert claire.unit(2).approved is None


def test_another_name_does_not_hide_what_a_revert_brought_back(claire: Clone) -> None:
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    undone_by(claire, "send-back")
    claire.git("revert", "--no-edit", claire.commit("withdrawn"))
    done(claire.root, "mv", "bridges", "spans", user="mina")
    claire.commit("renamed")
    assert "record.void-approval" in transflow(claire.root, "check", "--all").out


def test_a_merge_that_takes_one_side_whole_does_not_hide_what_the_other_withdrew(claire: Clone) -> None:
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    claire.git("switch", "-q", "-c", "desk")
    undone_by(claire, "send-back")
    claire.commit("withdrawn")
    claire.git("switch", "-q", "main")
    claire.git("merge", "-q", "-s", "ours", "--no-edit", "desk")
    assert claire.unit(2).approved
    assert "record.void-approval" in transflow(claire.root, "check", "--all").out


def test_the_way_out_of_what_a_revert_brought_back_is_one_that_works(claire: Clone) -> None:
    claire.approve("bridges#2", 10)
    claire.commit("approved")
    undone_by(claire, "send-back")
    claire.git("revert", "--no-edit", claire.commit("withdrawn"))
    said = next(line for line in transflow(claire.root, "check", "--all").out.splitlines() if "void-approval" in line)
    assert "`transflow repair` removes the approval" in said
    done(claire.root, "repair", user="noah")
    done(claire.root, "unit", "approve", "bridges#2", user="noah")
    assert "record.void-approval" not in transflow(claire.root, "check", "--all").out


def test_a_step_taken_back_leaves_the_sentence_as_it_was(claire: Clone) -> None:
    claire.approve("bridges#2", 10)
    before = claire.load()
    claire.write("bridges#2", "Both bridges reopened on Tuesday.", 20, "mina")
    review.undo(claire.actor(21, "mina"), claire.place(), before, claire.load())
    assert claire.load() == before
    assert is_approved(claire.unit(2))


def test_an_approval_by_a_slow_clock_is_as_late_as_the_text(claire: Clone) -> None:
    claire.write("bridges#3", "It took three months.", 60)
    claire.approve("bridges#3", 55)
    assert claire.unit(3).approved
    assert (is_approved(claire.unit(3)), claire.unit(3).approved.time) == (True, at(60))  # type: ignore[union-attr]
    with pytest.raises(RefusedError, match="mina's step"):
        steps.send_back(claire.actor(40, "noah"), "bridges#3", "No.")


def test_all_words_of_a_catalog_are_somebodys_after_a_day_of_work(claire: Clone) -> None:
    for minute, (who, text) in enumerate(
        (
            ("leejin", "Two big bridges reopened on Tuesday."),
            ("claire", "Two bridges opened Tuesday."),
            ("minho", "Two."),
        )
    ):
        claire.write("bridges#2", text, 10 + minute, who)
    for unit in claire.load().units:
        shares = [each.words for each in unit.by]
        assert sum(shares) == len(words(unit.target))


# What counts as a defect


@pytest.mark.parametrize("field", ["X_Ready", "X_Cleared", "X_Killed"])
def test_a_story_signed_in_the_future_is_a_defect_of_the_whole_file(field: str) -> None:
    late, soon = "2024-03-26T05:10:01Z", "2024-03-26T05:10:00Z"
    (found,) = tallies.find_defects(of(UNIT, **{field: f"mina {late} 0123456789abcdef"}), NOW)
    assert (found.check, found.unit) == ("future", "")
    assert late in found.message
    assert named(of(UNIT, **{field: f"mina {soon}"})) == []


def test_an_answer_is_early_only_for_the_question_that_it_answers() -> None:
    early, late = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
    first, second = Question("claire", early, "", "Who?"), Question("claire", late, "", "When?")
    asked = UNIT.replace(questions=(first, second))
    assert named(of(asked.replace(answers=(Answer("mina", early, first.reference, "Ms. Su."),)))) == []
    (found,) = tallies.find_defects(of(asked.replace(answers=(Answer("mina", early, second.reference, "Now."),))), NOW)
    assert (found.check, found.unit) == ("time-order", UNIT.id)


@pytest.mark.parametrize(("version", "severity"), [("1", "warning"), ("2", "error")])
def test_wrong_counts_may_come_from_an_old_version_and_are_an_error_since(version: str, severity: str) -> None:
    wrong = of(UNIT.replace(by=(Authorship("claire", NOW, 3),)), X_Transflow_Format=version)
    assert [(each.check, each.severity) for each in tallies.find_defects(wrong, NOW)] == [("shares", severity)]


@pytest.mark.parametrize("key", ["by", "translated"])
def test_counts_are_not_judged_where_a_note_of_them_cannot_be_read(key: str) -> None:
    unread = UNIT.replace(by=(Authorship("claire", NOW, 3),), other=(Meta(key, "somebody"),))
    assert named(of(unread)) == []
    assert named(of(unread.replace(other=(Meta("later-key", "1"),)))) == ["shares"]


@pytest.mark.parametrize("change", [{"target": "", "text": ""}, {"target": "Changed outside."}])
def test_counts_are_not_judged_without_a_text_or_where_it_is_nobodys(change: dict[str, str]) -> None:
    assert named(of(UNIT.replace(**change))) == []


def test_an_old_catalog_is_counted_anew_when_it_is_written_also_among_its_obsolete_units() -> None:
    wrong, right = UNIT.replace(by=(Authorship("claire", NOW, 3),)), UNIT.replace(id="b4tq9z2a")
    old = Catalog(new_header("en", "ko", X_Report="r").replace(X_Transflow_Format="1"), (right, wrong), (wrong,))
    written = tallies.ready_to_write(old)
    assert written.units == (right, UNIT)
    assert written.obsolete == (UNIT,)


def test_an_editor_who_repairs_counts_leaves_times_alone_that_are_in_order() -> None:
    wrong = UNIT.replace(by=(Authorship("claire", "2024-03-26T05:09:00Z", 3),))
    repaired = put_right(of(wrong), is_editor=True)
    assert repaired.units[0].by == (Authorship("claire", "2024-03-26T05:09:00Z", 11),)
    assert put_right(of(UNIT), is_editor=True) == of(UNIT)


def test_only_what_was_repaired_has_a_note_about_it() -> None:
    late = UNIT.replace(by=(Authorship("claire", "2024-03-27T05:00:00Z", 11),))
    early = UNIT.replace(
        id="b4tq9z2a",
        questions=(Question("claire", NOW, "", "Who?"),),
        answers=(Answer("mina", "2024-03-26T01:00:00Z", f"claire@{NOW}", "Ms. Su."),),
    )
    for is_editor in (True, False):
        notes = {each.check: bool(note) for each, note in tallies.repair(of(late, early), NOW, is_editor=is_editor)[1]}
        assert notes == {"future": is_editor, "time-order": False}
