"""Specification of the steps of units where front ends need more than a command says: marks, two texts, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import STAFF, TEXTS, contents
from transflow import workflow
from transflow.actions import Desk, articles, units
from transflow.actions.units import ChangedMeanwhileError
from transflow.errors import RefusedError, UsageError
from transflow.marks import mark, text_mark
from transflow.model import Unit
from transflow.project import Place, Project

FLOOD = Place("en", "reports", "flood")
NOW, LATER = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"


def desk(folder: Path, who: str = "claire", now: str = NOW) -> Desk:
    return Desk(Project(folder), next(person for person in STAFF if person.id == who), now)


def unit(folder: Path, number: int = 1, place: Place = FLOOD) -> Unit:
    return Project(folder).load(place).units[number - 1]


def test_what_was_done_names_the_units_asked_for_and_those_that_changed(room: Path) -> None:
    ids = [each.id for each in Project(room).load(FLOOD).units]
    units.omit(desk(room), "flood#2", "an advertisement")
    done = units.omit(desk(room), "flood#1-3", "an advertisement")
    assert (done.place, done.ids, done.changed) == (FLOOD, tuple(ids[:3]), (ids[0], ids[2]))
    assert done.catalog == Project(room).load(FLOOD)


def test_a_text_is_not_confirmed_over_what_its_writer_had_not_read(room: Path) -> None:
    read = mark(unit(room))
    units.confirm(desk(room, "leejin"), "flood#1", "Floods", seen=(read,))
    before = contents(room)
    with pytest.raises(ChangedMeanwhileError, match="not what was seen: it changed after that") as error:
        units.confirm(desk(room), "flood#1", "Bridges out", seen=(read,))
    assert error.value.unit.target == "Floods"
    assert contents(room) == before
    units.confirm(desk(room), "flood#1", "Bridges out", seen=(mark(unit(room)),))
    assert unit(room).target == "Bridges out"


def test_an_approval_or_comment_meanwhile_is_no_change_of_what_was_read(room: Path) -> None:
    units.confirm(desk(room), "flood#1", "Bridges out")
    read = mark(unit(room))
    units.approve(desk(room, "mina"), "flood#1")
    units.comment(desk(room, "mina"), "flood#1", "Good.")
    units.confirm(desk(room), "flood#1", "Bridges down", seen=(read,))
    assert unit(room).target == "Bridges down"


def test_both_of_two_texts_are_kept_once_and_people_decide(room: Path) -> None:
    units.confirm(desk(room, "leejin"), "flood#1", "Floods")
    for _ in range(2):
        units.keep_both(desk(room, now=LATER), "flood#1", "Bridges out")
    assert (unit(room).target, [each.text for each in unit(room).conflicts]) == ("Floods", ["Bridges out"])
    assert unit(room).fuzzy
    with pytest.raises(RefusedError, match="decide first"):
        units.confirm(desk(room), "flood#1")
    units.resolve(desk(room, now=LATER), "flood#1", 1)
    assert (unit(room).target, unit(room).conflicts, unit(room).by[-1].who) == ("Bridges out", (), "claire")


def test_a_text_that_is_kept_beside_anothers_leaves_them_the_words_that_both_have(room: Path) -> None:
    units.confirm(desk(room, "leejin"), "flood#1", "Floods cut off two towns")
    drafted = units.Drafted("mt:deepl/v2", "Floods cut two towns off")
    units.keep_both(desk(room, now=LATER), "flood#1", "Floods cut off three towns on Monday", drafted)
    shares = {share.who: share.words for share in unit(room).conflicts[0].shares}
    assert sum(shares.values()) == 7
    assert shares["claire"] == 4
    units.resolve(desk(room, "mina", LATER), "flood#1", 1)
    assert {each.who: each.words for each in unit(room).by if each.words} == {k: n for k, n in shares.items() if n}


def test_a_refusal_for_one_of_many_names_it_and_changes_none(room: Path) -> None:
    for number in (1, 2, 4):
        units.confirm(desk(room), f"flood#{number}", TEXTS[number - 1])
    before = contents(room)
    with pytest.raises(RefusedError, match="flood#3: it has no text yet"):
        units.approve(desk(room, "mina"), "flood#1-4")
    assert contents(room) == before


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_is_said_with_an_empty_word(room: Path, text: str) -> None:
    for step in (units.comment, units.ask, units.answer, units.send_back):
        with pytest.raises(UsageError, match="say"):
            step(desk(room), "flood#1", text)


def test_a_changed_paragraph_takes_the_clearance_of_its_story(room: Path) -> None:
    story = Place("en", "articles", "bridges")
    for number in range(1, 6):
        units.confirm(desk(room), f"flood#{number}", TEXTS[number - 1])
    articles.make(desk(room, "eugene"), "bridges", ["flood"])
    units.confirm(desk(room, "eugene"), "bridges")
    articles.ready(desk(room, "eugene"), "bridges")
    articles.clear(desk(room, "mina"), "bridges")
    assert Project(room).load(story).header.get("X-Cleared")
    units.comment(desk(room, "mina"), "bridges#1", "Good.")
    units.confirm(desk(room, "eugene", LATER), "bridges#1", "Bridges out")
    assert not Project(room).load(story).header.get("X-Cleared")
    assert Project(room).load(story).header.get("X-Ready")


def test_a_draft_that_is_taken_belongs_to_its_translators(room: Path) -> None:
    for number, who in enumerate(("claire", "claire", "leejin", "leejin", "leejin"), 1):
        units.confirm(desk(room, who), f"flood#{number}", f"Sentence {number} of {who}")
    articles.make(desk(room, "eugene"), "bridges", ["flood"])
    units.confirm(desk(room, "eugene"), "bridges#2")
    paragraph = unit(room, 2, Place("en", "articles", "bridges"))
    assert [(share.who, share.words) for share in paragraph.translated] == [("claire", 4), ("leejin", 4)]
    assert [(each.who, each.words) for each in paragraph.by] == [("eugene", 0)]


class TestWhoSawAMachinesText:
    """`@seen`: a machine's text was on a person's screen, by itself, when they judged it."""

    @pytest.fixture
    def drafted(self, room: Path) -> Path:
        """The first two sentences of `flood`, drafted by a machine."""
        for number in (1, 2):
            text = TEXTS[number - 1]
            Project(room).change(
                FLOOD,
                lambda now, number=number, text=text: now.changing(  # type: ignore[misc] # of this round
                    now.units[number - 1].id, lambda unit: workflow.draft(unit, text, "mt:deepl/m", NOW)
                ),
            )
        return room

    def test_who_confirms_and_who_approves_one_that_they_saw_is_noted_with_that_text(self, drafted: Path) -> None:
        read = unit(drafted)
        units.confirm(desk(drafted), "flood#1", seen=(mark(read),))
        read = unit(drafted)
        units.approve(desk(drafted, "mina", LATER), "flood#1", (mark(read),))
        found = unit(drafted)
        assert [(each.who, each.time) for each in found.seen] == [("claire", NOW), ("mina", LATER)]
        assert {each.digest for each in found.seen} == {text_mark(found)}
        assert workflow.is_approved(found)

    def test_what_was_mended_is_noted_as_the_machine_had_it(self, drafted: Path) -> None:
        read = unit(drafted)
        units.confirm(desk(drafted), "flood#1", "Three bridges gone in floods", (mark(read),))
        assert [each.digest for each in unit(drafted).seen] == [text_mark(read)]

    def test_a_suggestion_that_was_written_on_from_was_seen_too(self, room: Path) -> None:
        read = unit(room)
        given = units.Drafted("mt:deepl/m", "Three bridges out")
        units.confirm(desk(room), "flood#1", "Three bridges out now", (mark(read),), given)
        assert [each.digest for each in unit(room).seen] == [text_mark(read.having(target="Three bridges out"))]

    def test_what_nobody_saw_by_itself_is_not_noted(self, drafted: Path) -> None:
        units.confirm(desk(drafted), "flood#1")  # a script
        seen = (mark(unit(drafted, 1)), mark(unit(drafted, 2)))
        units.confirm(desk(drafted), "flood#1-2", seen=seen)  # many at once
        assert [unit(drafted, number).seen for number in (1, 2)] == [(), ()]

    def test_a_persons_text_is_not_noted_nor_one_twice(self, drafted: Path) -> None:
        units.confirm(desk(drafted), "flood#3", TEXTS[2], (mark(unit(drafted, 3)),))
        units.approve(desk(drafted, "mina"), "flood#3", (mark(unit(drafted, 3)),))
        assert unit(drafted, 3).seen == ()
        units.send_back(desk(drafted, "mina"), "flood#1", "No.", (mark(unit(drafted)),))
        units.send_back(desk(drafted, "mina", LATER), "flood#1", "Still no.", (mark(unit(drafted)),))
        assert [each.who for each in unit(drafted).seen] == ["mina"]
