"""Drafts of a story after its reports changed: messages say whether text or draft was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import done, refusal, transflow
from support.stories import actor, river, story
from transflow.actions.stories import article
from transflow.actions.units import regroup, steps
from transflow.model.unit import Unit
from tui.plain.test_plain import talk

RIVER = "en:river"
NEW = "Floods wreck three bridges"
OWN = "Raging flood takes bridges"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return the story `river` with a writer's paragraphs and two changed sentences."""
    folder = river(tmp_path / "room")
    steps.confirm(actor(folder, "eugene"), "en:river#1", OWN)
    for number, text in ((1, NEW), (3, "Nobody was injured.")):
        steps.confirm(actor(folder, "claire"), f"en:flood#{number}", text)
        steps.approve(actor(folder, "mina"), f"en:flood#{number}")
    return folder


def paragraph(folder: Path, number: int) -> Unit:
    return story(folder).units[number - 1]


def test_compose_says_of_each_paragraph_which_of_the_two_it_did(newsroom: Path) -> None:
    said = done(newsroom, "compose", RIVER, user="eugene")
    assert "river#2: took the new draft; it needs another look." in said
    assert "river#1: kept the standing text, though the draft changed" in said
    assert "transflow unit confirm en:river#1" in said
    assert "river#3:" not in said
    assert (paragraph(newsroom, 1).target, paragraph(newsroom, 1).fuzzy) == (OWN, True)
    assert paragraph(newsroom, 2).target.endswith("Nobody was injured.")
    assert (paragraph(newsroom, 2).fuzzy, paragraph(newsroom, 2).approved) == (True, None)
    assert "composed again" in (again := done(newsroom, "compose", RIVER, user="eugene"))
    assert "the new draft" not in again


def test_confirming_all_says_which_of_the_two_each_paragraph_has(newsroom: Path) -> None:
    done(newsroom, "compose", RIVER, user="eugene")
    assert done(newsroom, "unit", "confirm", RIVER, user="eugene").splitlines() == [
        "en:river#1 confirmed: kept the standing text",
        "en:river#2 confirmed: took the new draft",
    ]
    assert paragraph(newsroom, 1).target == OWN


def test_the_new_draft_is_taken_where_somebody_says_so(newsroom: Path) -> None:
    done(newsroom, "compose", RIVER, user="eugene")
    said = done(newsroom, "unit", "confirm", RIVER, "--take-new", user="eugene")
    assert said.splitlines() == [
        "en:river#1 confirmed: took the new draft",
        "en:river#2 confirmed: took the new draft",
    ]
    headline = paragraph(newsroom, 1)
    assert (headline.target, headline.fuzzy, headline.previous) == (NEW, False, "")
    assert [(each.who, each.words) for each in headline.translated] == [("claire", 4)]
    assert [(each.who, each.words) for each in headline.by] == [("eugene", 0)]


def test_of_many_paragraphs_only_those_with_a_new_draft_take_it(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene"), "en:river#3", "The writer's own words.")
    done(newsroom, "compose", RIVER, user="eugene")
    done(newsroom, "unit", "confirm", RIVER, "--take-new", user="eugene")
    assert paragraph(newsroom, 3).target == "The writer's own words."


def test_a_text_that_was_kept_by_mistake_is_changed_by_naming_it(newsroom: Path) -> None:
    done(newsroom, "compose", RIVER, user="eugene")
    done(newsroom, "unit", "confirm", RIVER, user="eugene")
    done(newsroom, "unit", "confirm", "en:river#1", "--take-new", user="eugene")
    assert (paragraph(newsroom, 1).target, paragraph(newsroom, 1).fuzzy) == (NEW, False)


def test_a_draft_that_is_not_composed_yet_is_not_taken(newsroom: Path) -> None:
    assert "compose the story again" in refusal(newsroom, "unit", "confirm", "en:river#1", "--take-new", user="eugene")


def test_a_text_that_is_kept_before_its_new_draft_is_composed_says_so(newsroom: Path) -> None:
    steps.send_back(actor(newsroom, "mina"), "en:river#2", "Is this right?")
    said = done(newsroom, "unit", "confirm", RIVER, user="eugene")
    assert said.splitlines() == ["en:river#2 confirmed: kept the standing text"]
    assert "the translations behind it changed" in refusal(newsroom, "ready", RIVER, user="eugene")


def test_only_paragraphs_that_stand_on_a_report_have_a_draft(newsroom: Path) -> None:
    article.add(actor(newsroom, "eugene"), RIVER, "It rained.", "0")
    assert "no report stands behind it" in refusal(
        newsroom, "unit", "confirm", "en:river#1", "--take-new", user="eugene"
    )
    assert "only a paragraph of a story" in refusal(
        newsroom, "unit", "confirm", "en:flood#1", "--take-new", user="eugene", code=2
    )


def test_a_half_whose_part_cannot_be_told_is_refused_and_keeps_its_text(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene"), "en:river#2", "Three bridges fell there. No one was hurt.")
    regroup.split(actor(newsroom, "eugene"), "en:river#2", "", "No one")
    done(newsroom, "compose", RIVER, user="eugene")
    assert paragraph(newsroom, 2).target == "Three bridges fell there."
    said = refusal(newsroom, "unit", "confirm", "en:river#3", "--take-new", user="eugene")
    assert "river#3" in said
    assert "transflow unit set" in said


def test_a_text_is_kept_in_one_step_with_bringing_its_draft_up_to_the_report(newsroom: Path) -> None:
    before = paragraph(newsroom, 2).target
    made = article.confirm_with_drafts(actor(newsroom, "eugene"), "en:river#1-2")
    assert set(made.outcomes.values()) == {"kept the standing text"}
    for number, text, source in ((1, OWN, NEW), (2, before, "Nobody was injured.")):
        unit = paragraph(newsroom, number)
        assert (unit.target, unit.fuzzy, unit.previous) == (text, False, "")
        assert unit.source.endswith(source)


def test_the_prompts_have_the_same_choice_and_say_the_same(newsroom: Path) -> None:
    done(newsroom, "compose", RIVER, user="eugene")
    said = talk(newsroom, "story", RIVER, user="eugene", lines=".1\n.s\n.2\n.s\n.q\n")
    assert "1 paragraph kept the standing text." in said
    assert "1 paragraph took the changed translations." in said
    said = talk(newsroom, "story", RIVER, user="eugene", lines=".1\n.d\n.q\n")
    assert "1 paragraph took the changed translations." in said
    assert paragraph(newsroom, 1).target == NEW
    assert "✗" in talk(newsroom, "story", "vi:river", user="eugene", lines=".4\n.q\n", code=1)
    assert transflow(newsroom, "unit", "confirm", "--help").out.count("--take-new") == 2
