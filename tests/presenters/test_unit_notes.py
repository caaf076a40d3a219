"""Notes beside a unit: whose words are in it."""

from __future__ import annotations

from transflow.model.unit import Authorship, Share, Unit
from transflow.presenters.unit_notes import lines

NOW, MACHINE = "2024-03-26T03:00:00Z", "mt:deepl/quality"
PEOPLE = {"claire": "Claire Lee", "eugene": "Eugene Whong"}
ACCEPTED = "Machine draft (deepl/quality), accepted unchanged by {}."


def said(unit: Unit) -> list[str]:
    return lines(unit, str, lambda who: PEOPLE.get(who, who))


def sentence(machine: int, claire: int) -> Unit:
    return Unit(
        "aaaaaaaa", "예.", "Yes, he said.", by=(Authorship(MACHINE, NOW, machine), Authorship("claire", NOW, claire))
    )


def test_a_machines_draft_that_somebody_took_as_it_was_says_just_that() -> None:
    assert said(sentence(3, 0)) == [ACCEPTED.format("Claire Lee")]
    paragraph = Unit(
        "bbbbbbbb", "a", "Yes, he said.", by=(Authorship("eugene", NOW, 0),), translated=(Share(MACHINE, 3),)
    )
    assert said(paragraph) == [ACCEPTED.format("Eugene Whong")]


def test_a_draft_in_which_a_person_has_words_names_both_and_one_that_nobody_took_its_machine() -> None:
    assert [line.partition(",")[0] for line in said(sentence(2, 1))] == [
        f"written by {MACHINE}",
        "written by Claire Lee",
    ]
    bare = Unit("aaaaaaaa", "예.", "Yes, he said.", by=(Authorship(MACHINE, NOW, 3),))
    assert said(bare) == [f"written by {MACHINE}, {NOW}: 3 words"]
