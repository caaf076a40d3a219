"""Steps of units beyond the commands: marks, two texts, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import STAFF, TEXTS, contents
from support.machines import set_rule
from transflow.actions import Actor
from transflow.actions.stories import article, clearance
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.seen import ChangedMeanwhileError
from transflow.errors import RefusedError, UsageError
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units import workflow
from transflow.units.marks import state_digest, text_digest

FLOOD = CatalogRef("en", "reports", "flood")
NOW, LATER = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"


def actor(folder: Path, who: str = "claire", now: str = NOW) -> Actor:
    return Actor(Project(folder), next(person for person in STAFF if person.id == who), now)


def unit(folder: Path, number: int = 1, place: CatalogRef = FLOOD) -> Unit:
    return Project(folder).load(place).units[number - 1]


def test_what_was_done_names_the_units_asked_for_and_those_that_changed(room: Path) -> None:
    ids = [each.id for each in Project(room).load(FLOOD).units]
    steps.omit(actor(room), "flood#2", "an advertisement")
    done = steps.omit(actor(room), "flood#1-3", "an advertisement")
    assert (done.place, done.ids, done.changed) == (FLOOD, tuple(ids[:3]), (ids[0], ids[2]))
    assert done.catalog == Project(room).load(FLOOD)


def test_a_text_is_not_confirmed_over_what_its_writer_had_not_read(room: Path) -> None:
    read = state_digest(unit(room))
    steps.confirm(actor(room, "leejin"), "flood#1", "Floods", seen=(read,))
    before = contents(room)
    with pytest.raises(ChangedMeanwhileError, match="not what was seen: it changed after that") as error:
        steps.confirm(actor(room), "flood#1", "Bridges out", seen=(read,))
    assert error.value.unit.target == "Floods"
    assert contents(room) == before
    steps.confirm(actor(room), "flood#1", "Bridges out", seen=(state_digest(unit(room)),))
    assert unit(room).target == "Bridges out"


def test_an_approval_or_comment_meanwhile_is_no_change_of_what_was_read(room: Path) -> None:
    steps.confirm(actor(room), "flood#1", "Bridges out")
    read = state_digest(unit(room))
    steps.approve(actor(room, "mina"), "flood#1")
    steps.comment(actor(room, "mina"), "flood#1", "Good.")
    steps.confirm(actor(room), "flood#1", "Bridges down", seen=(read,))
    assert unit(room).target == "Bridges down"


def test_both_of_two_texts_are_kept_once_and_people_decide(room: Path) -> None:
    steps.confirm(actor(room, "leejin"), "flood#1", "Floods")
    for _ in range(2):
        steps.keep_both(actor(room, now=LATER), "flood#1", "Bridges out")
    assert (unit(room).target, [each.text for each in unit(room).conflicts]) == ("Floods", ["Bridges out"])
    assert unit(room).fuzzy
    with pytest.raises(RefusedError, match="decide first"):
        steps.confirm(actor(room), "flood#1")
    steps.resolve(actor(room, now=LATER), "flood#1", 1)
    assert (unit(room).target, unit(room).conflicts, unit(room).by[-1].who) == ("Bridges out", (), "claire")


def test_a_text_that_is_kept_beside_anothers_leaves_them_the_words_that_both_have(room: Path) -> None:
    steps.confirm(actor(room, "leejin"), "flood#1", "Floods cut off two towns")
    drafted = MachineDraft("mt:deepl/v2", "Floods cut two towns off")
    steps.keep_both(actor(room, now=LATER), "flood#1", "Floods cut off three towns on Monday", drafted)
    shares = {share.who: share.words for share in unit(room).conflicts[0].shares}
    assert sum(shares.values()) == 7
    assert shares["claire"] == 4
    steps.resolve(actor(room, "mina", LATER), "flood#1", 1)
    assert {each.who: each.words for each in unit(room).by if each.words} == {k: n for k, n in shares.items() if n}


def test_a_refusal_for_one_of_many_names_it_and_changes_none(room: Path) -> None:
    for number in (1, 2, 4):
        steps.confirm(actor(room), f"flood#{number}", TEXTS[number - 1])
    before = contents(room)
    with pytest.raises(RefusedError, match="flood#3: it has no text yet"):
        steps.approve(actor(room, "mina"), "flood#1-4")
    assert contents(room) == before


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_is_said_with_an_empty_word(room: Path, text: str) -> None:
    for step in (steps.comment, steps.ask, steps.answer, steps.send_back):
        with pytest.raises(UsageError, match="say"):
            step(actor(room), "flood#1", text)


def test_a_changed_paragraph_takes_the_clearance_of_its_story(room: Path) -> None:
    story = CatalogRef("en", "articles", "bridges")
    for number in range(1, 6):
        steps.confirm(actor(room), f"flood#{number}", TEXTS[number - 1])
    article.compose_article(actor(room, "eugene"), "bridges", ["flood"])
    steps.confirm(actor(room, "eugene"), "bridges")
    clearance.ready(actor(room, "eugene"), "bridges")
    clearance.clear(actor(room, "mina"), "bridges")
    assert Project(room).load(story).header.get("X-Cleared")
    steps.comment(actor(room, "mina"), "bridges#1", "Good.")
    steps.confirm(actor(room, "eugene", LATER), "bridges#1", "Bridges out")
    assert not Project(room).load(story).header.get("X-Cleared")
    assert Project(room).load(story).header.get("X-Ready")


def test_a_draft_that_is_taken_belongs_to_its_translators(room: Path) -> None:
    for number, who in enumerate(("claire", "claire", "leejin", "leejin", "leejin"), 1):
        steps.confirm(actor(room, who), f"flood#{number}", f"Sentence {number} of {who}")
    article.compose_article(actor(room, "eugene"), "bridges", ["flood"])
    steps.confirm(actor(room, "eugene"), "bridges#2")
    paragraph = unit(room, 2, CatalogRef("en", "articles", "bridges"))
    assert [(share.who, share.words) for share in paragraph.translated] == [("claire", 4), ("leejin", 4)]
    assert [(each.who, each.words) for each in paragraph.by] == [("eugene", 0)]


class TestWhoSawAMachinesText:
    """The note `@seen`: a person judged a machine's text that was on their screen by itself."""

    @pytest.fixture
    def drafted(self, room: Path) -> Path:
        """Draft the first two sentences of `flood` by a machine."""
        set_rule(room, one_by_one=False)
        for number in (1, 2):
            text = TEXTS[number - 1]
            Project(room).change(
                FLOOD,
                lambda now, number=number, text=text: now.map_unit(  # type: ignore[misc] # of this round
                    now.units[number - 1].id, lambda unit: workflow.draft(unit, text, "mt:deepl/m", NOW)
                ),
            )
        return room

    def test_who_confirms_and_who_approves_one_that_they_saw_is_noted_with_that_text(self, drafted: Path) -> None:
        read = unit(drafted)
        steps.confirm(actor(drafted), "flood#1", seen=(state_digest(read),))
        read = unit(drafted)
        steps.approve(actor(drafted, "mina", LATER), "flood#1", (state_digest(read),))
        found = unit(drafted)
        assert [(each.who, each.time) for each in found.seen] == [("claire", NOW), ("mina", LATER)]
        assert {each.digest for each in found.seen} == {text_digest(found)}
        assert workflow.is_approved(found)

    def test_what_was_mended_is_noted_as_the_machine_had_it_and_as_it_is_now(self, drafted: Path) -> None:
        read = unit(drafted)
        steps.confirm(actor(drafted), "flood#1", "Three bridges gone in floods", (state_digest(read),))
        assert [each.digest for each in unit(drafted).seen] == [text_digest(read), text_digest(unit(drafted))]

    def test_a_suggestion_that_was_written_on_from_was_seen_too(self, room: Path) -> None:
        read = unit(room)
        given = MachineDraft("mt:deepl/m", "Three bridges out")
        steps.confirm(actor(room), "flood#1", "Three bridges out now", (state_digest(read),), given)
        shown = read.replace(target="Three bridges out")
        assert [each.digest for each in unit(room).seen] == [text_digest(shown), text_digest(unit(room))]

    def test_what_nobody_saw_by_itself_is_not_noted(self, drafted: Path) -> None:
        steps.confirm(actor(drafted), "flood#1")  # a script
        seen = (state_digest(unit(drafted, 1)), state_digest(unit(drafted, 2)))
        steps.confirm(actor(drafted), "flood#1-2", seen=seen)  # several at once
        assert [unit(drafted, number).seen for number in (1, 2)] == [(), ()]

    def test_a_persons_text_is_not_noted_nor_one_twice(self, drafted: Path) -> None:
        steps.confirm(actor(drafted), "flood#3", TEXTS[2], (state_digest(unit(drafted, 3)),))
        steps.approve(actor(drafted, "mina"), "flood#3", (state_digest(unit(drafted, 3)),))
        assert unit(drafted, 3).seen == ()
        steps.send_back(actor(drafted, "mina"), "flood#1", "No.", (state_digest(unit(drafted)),))
        steps.send_back(actor(drafted, "mina", LATER), "flood#1", "Still no.", (state_digest(unit(drafted)),))
        assert [each.who for each in unit(drafted).seen] == ["mina"]
