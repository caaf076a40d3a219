"""One by one: a machine's sentence is judged by itself, after it was on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import TEXTS, done, refusal, transflow
from support.machines import ENGINE, draft, set_rule
from support.stories import actor
from transflow.actions.stories import article, clearance, live_page
from transflow.actions.units import reuse, review, steps
from transflow.attribution.machines import is_examined
from transflow.errors import RefusedError
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units import workflow
from transflow.units.marks import state_digest

LATER = "2024-03-26T04:00:00Z"
BY_ITSELF = "a machine's words are in it, and they are judged by themselves here"


@pytest.fixture
def drafted(room: Path) -> Path:
    """Return a report whose first four sentences are a machine's drafts, and the last claire's."""
    set_rule(room, one_by_one=True)
    for number, text in enumerate(TEXTS[:4], 1):
        draft(room, number, text)
    steps.confirm(actor(room, "claire"), "flood#5", TEXTS[4])
    return room


def unit(folder: Path, number: int, folder_name: str = "reports", slug: str = "flood") -> Unit:
    return Project(folder).load(CatalogRef("en", folder_name, slug)).units[number - 1]  # type: ignore[arg-type]


def mark(folder: Path, number: int, *place: str) -> tuple[str]:
    return (state_digest(unit(folder, number, *place)),)


def examine_all(folder: Path) -> None:
    for number in range(1, 5):
        steps.confirm(actor(folder, "claire"), f"flood#{number}", seen=mark(folder, number))


def test_a_report_is_not_confirmed_in_one_act(drafted: Path) -> None:
    marks = tuple(each for number in range(1, 6) for each in mark(drafted, number))
    for seen in ((), marks):
        with pytest.raises(RefusedError, match=BY_ITSELF):
            steps.confirm(actor(drafted, "claire"), "flood", seen=seen)
    assert all(unit(drafted, number).fuzzy for number in range(1, 5))


def test_a_sentence_is_confirmed_with_the_mark_of_what_was_on_the_screen_and_not_without(drafted: Path) -> None:
    said = refusal(drafted, "unit", "confirm", "flood#1", user="claire")
    assert f"flood#1: {BY_ITSELF}" in said
    assert "`transflow unit show REF` prints a mark, which `transflow unit confirm REF --seen MARK` takes." in said
    done(drafted, "unit", "confirm", "flood#1", "--seen", mark(drafted, 1)[0], user="claire")
    assert (unit(drafted, 1).fuzzy, is_examined(unit(drafted, 1))) == (False, True)


def test_a_machines_text_that_a_person_changed_is_examined_as_it_is_now(drafted: Path) -> None:
    steps.confirm(actor(drafted, "claire"), "flood#2", "Three bridges broke on the night of the 5th.", mark(drafted, 2))
    assert is_examined(unit(drafted, 2))
    with pytest.raises(RefusedError, match=BY_ITSELF):
        steps.confirm(actor(drafted, "claire"), "flood#3", "Nobody was badly hurt.")


def test_a_report_is_not_approved_in_one_act_and_each_sentence_by_itself_is(drafted: Path) -> None:
    examine_all(drafted)
    marks = tuple(each for number in range(1, 6) for each in mark(drafted, number))
    for seen in ((), marks):
        with pytest.raises(RefusedError, match=BY_ITSELF):
            steps.approve(actor(drafted, "mina", LATER), "flood", seen)
    refusals = {each.number: bool(each.refusal) for each in review.approval_checks(actor(drafted, "mina"), "flood")}
    assert refusals == {1: True, 2: True, 3: True, 4: True, 5: False}
    steps.approve(actor(drafted, "mina", LATER), "flood#5")
    steps.approve(actor(drafted, "mina", LATER), "flood#1", mark(drafted, 1))
    assert workflow.is_approved(unit(drafted, 1))


def test_a_text_without_words_of_a_machine_is_judged_with_others(drafted: Path) -> None:
    for number in range(1, 5):
        steps.confirm(
            actor(drafted, "claire"), f"flood#{number}", "Entirely rewritten by hand now", mark(drafted, number)
        )
    steps.approve(actor(drafted, "mina", LATER), "flood")


def test_another_spelling_takes_the_approval_of_a_machines_text(drafted: Path) -> None:
    steps.confirm(actor(drafted, "claire"), "flood#2", seen=mark(drafted, 2))
    steps.approve(actor(drafted, "mina", LATER), "flood#2", mark(drafted, 2))
    new = {unit(drafted, 2).id: TEXTS[1].replace("bridges", "spans")}
    reuse.rewrite(actor(drafted, "mina", LATER), "flood#2", new, respelled=True)
    assert unit(drafted, 2).approved is None


def test_drafts_of_paragraphs_are_taken_together_once_their_sentences_were_examined(drafted: Path) -> None:
    set_rule(drafted, one_by_one=False)
    steps.confirm(actor(drafted, "claire"), "flood")  # nobody saw them
    set_rule(drafted, one_by_one=True)
    article.compose_article(actor(drafted, "eugene"), "river", ["flood"])
    with pytest.raises(RefusedError, match=BY_ITSELF):
        steps.confirm(actor(drafted, "eugene"), "river")
    for number in range(1, 5):
        steps.confirm(actor(drafted, "claire", LATER), f"flood#{number}", seen=mark(drafted, number))
        assert is_examined(unit(drafted, number))
    steps.confirm(actor(drafted, "eugene", LATER), "river")
    clearance.ready(actor(drafted, "eugene", LATER), "river")
    clearance.clear(actor(drafted, "mina", LATER), "river")


def test_a_live_story_takes_no_sentence_that_nobody_examined(drafted: Path) -> None:
    set_rule(drafted, one_by_one=False)
    steps.confirm(actor(drafted, "claire"), "flood#1-3")
    set_rule(drafted, one_by_one=True)
    steps.confirm(actor(drafted, "claire", LATER), "flood#1", seen=mark(drafted, 1))
    article.compose_article(actor(drafted, "eugene", LATER), "river", ["flood"], as_live=True)
    assert [bool(unit(drafted, number, "articles", "river").target) for number in (1, 2)] == [True, False]


def test_a_whole_text_that_is_taken_back_leaves_a_machines_paragraphs_for_another_look(drafted: Path) -> None:
    set_rule(drafted, one_by_one=False)
    steps.confirm(actor(drafted, "claire"), "flood")
    article.compose_article(actor(drafted, "eugene"), "river", ["flood"])
    steps.confirm(actor(drafted, "eugene"), "river")
    set_rule(drafted, one_by_one=True)
    text = article.export_text(actor(drafted, "eugene"), "river")
    article.import_text(
        actor(drafted, "eugene", LATER), "river", text.replace("Three bridges failed", "Four bridges failed")
    )
    assert [unit(drafted, number, "articles", "river").fuzzy for number in (1, 2, 3)] == [False, True, False]


def test_paragraphs_that_are_taken_from_a_live_page_together_need_another_look_each(drafted: Path) -> None:
    set_rule(drafted, one_by_one=False)
    steps.confirm(actor(drafted, "claire"), "flood")
    article.compose_article(actor(drafted, "eugene"), "river", ["flood"])
    steps.confirm(actor(drafted, "eugene"), "river")
    set_rule(drafted, one_by_one=True)
    units = [unit(drafted, number, "articles", "river") for number in (1, 2)]
    taken = [
        live_page.TakenText(f"river#{number}", each.id, each.target, each.target.replace("bridges", "big bridges"))
        for number, each in enumerate(units, 1)
    ]
    live_page.take(actor(drafted, "eugene", LATER), "river", taken)
    assert [unit(drafted, number, "articles", "river").fuzzy for number in (1, 2, 3)] == [True, True, False]


def test_a_script_that_names_another_person_gets_no_further(drafted: Path) -> None:
    for who in ("claire", "leejin", "mina"):
        assert BY_ITSELF in refusal(drafted, "unit", "confirm", "flood", user=who)
    marks = [each for number in range(1, 6) for each in ("--seen", mark(drafted, number)[0])]
    assert BY_ITSELF in refusal(drafted, "unit", "confirm", "flood", *marks, user="claire")
    assert BY_ITSELF in refusal(drafted, "unit", "confirm", "flood#1-2", *marks[:4], user="claire")
    done(drafted, "unit", "confirm", "flood#5", user="claire")


def test_a_spelling_that_is_replaced_everywhere_leaves_the_texts_to_be_examined_again(drafted: Path) -> None:
    examine_all(drafted)
    done(drafted, "replace", "bridges", "spans", "--yes", user="claire")
    assert "spans" in unit(drafted, 2).target
    assert not is_examined(unit(drafted, 2))
    assert transflow(drafted, "check", "--all").out.count("record.unexamined") == 2
    steps.confirm(actor(drafted, "claire", "2030-01-01T00:00:00Z"), "flood#2", seen=mark(drafted, 2))
    assert is_examined(unit(drafted, 2))


def test_a_story_with_words_that_nobody_examined_is_not_cleared_and_fails_in_ci(drafted: Path) -> None:
    set_rule(drafted, one_by_one=False)
    steps.confirm(actor(drafted, "claire"), "flood")
    article.compose_article(actor(drafted, "eugene"), "river", ["flood"])
    steps.confirm(actor(drafted, "eugene"), "river")
    clearance.ready(actor(drafted, "eugene"), "river")
    set_rule(drafted, one_by_one=True)
    said = refusal(drafted, "clear", "river", user="mina")
    assert "river#1-3: nobody examined the machine's text by itself" in said
    found = transflow(drafted, "check", "--all").out
    assert "record.unexamined" in found
    assert "record.machine" in found
    for number in (1, 2, 3):
        steps.confirm(
            actor(drafted, "eugene", LATER), f"river#{number}", seen=mark(drafted, number, "articles", "river")
        )
    assert "is cleared by mina" in done(drafted, "clear", "river", user="mina")


# Texts that were pasted


def test_a_pasted_text_is_recorded_as_the_machines_and_confirmed_by_the_person(room: Path) -> None:
    set_rule(room, one_by_one=False)
    done(room, "unit", "set", "flood#1", TEXTS[0], "--with", "chatgpt/gpt-5", user="claire")
    done(room, "unit", "set", "flood#2", TEXTS[1], user="claire")
    done(room, "unit", "confirm", "flood#2", "--with", "ChatGPT", user="claire")
    assert [(each.who, each.words) for each in unit(room, 1).by] == [("mt:chatgpt/gpt-5", 5), ("claire", 0)]
    assert [(each.who, each.words) for each in unit(room, 2).by] == [("mt:chatgpt/default", 9), ("claire", 0)]
    assert not unit(room, 2).fuzzy
    said = refusal(room, "unit", "confirm", "flood#2", "--with", "deepl", user="leejin")
    assert "none of its words are yours" in said
    for name in ("memory/project", "source", "two words"):
        assert "is no name of a machine" in refusal(
            room, "unit", "confirm", "flood#2", "--with", name, user="claire", code=2
        )


@pytest.mark.parametrize("use", ["never", "memory"])
def test_a_pasted_text_is_refused_where_the_desk_allows_no_machine(room: Path, use: str) -> None:
    set_rule(room, use=use)
    steps.confirm(actor(room, "claire"), "flood#2", TEXTS[1])
    for command in (("set", "flood#1", TEXTS[0]), ("set", "flood#1", TEXTS[0], "--needs-look"), ("confirm", "flood#2")):
        said = refusal(room, "unit", *command, "--with", "chatgpt", user="claire")
        assert "mt:chatgpt/default is a machine, and [machine] in transflow.toml allows" in said
    assert unit(room, 1).target == ""


@pytest.mark.parametrize("use", ["never", "memory"])
def test_a_story_with_a_machines_words_is_not_cleared_where_the_desk_prints_none(room: Path, use: str) -> None:
    set_rule(room)
    draft(room, 2, TEXTS[1])
    for number in (1, 3, 4, 5):
        steps.confirm(actor(room, "claire"), f"flood#{number}", TEXTS[number - 1])
    steps.confirm(actor(room, "claire"), "flood#2")
    article.compose_article(actor(room, "eugene"), "river", ["flood"])
    steps.confirm(actor(room, "eugene"), "river")
    clearance.ready(actor(room, "eugene"), "river")
    set_rule(room, use=use)
    said = refusal(room, "clear", "river", user="mina")
    assert "river#2: words in it are a machine's, and [machine] in transflow.toml allows" in said
    set_rule(room, use="draft")
    assert "is cleared by mina" in done(room, "clear", "river", user="mina")
    assert ENGINE in str([each.who for each in unit(room, 2, "articles", "river").translated])
