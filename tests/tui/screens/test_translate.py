"""Translate: keys of a translator, and the resulting files."""

from __future__ import annotations

from pathlib import Path

from support.screens import (
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    send,
    settled,
    sheet,
    state_folder,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.presenters.journal import Journal
from transflow.tui.widgets.editor import Editor
from transflow.units.workflow import state

LATER = "2022-03-25T11:00:00Z"


def editor(pilot: App) -> Editor:
    return sheet(pilot).editor


def at(pilot: App) -> int:
    """Return the position of the sentence under the cursor."""
    unit = opened(pilot).sheet.unit
    assert unit is not None
    return opened(pilot).view.number(unit.id)


def test_opens_at_the_first_unfinished_sentence(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            assert at(pilot) == 4
            assert "인권 단체들은" in painted(pilot).replace(" ", " ")

    played(play())


def test_opens_at_a_sentence_that_is_named(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#12") as pilot:
            assert at(pilot) == 12

    played(play())


def test_confirming_writes_the_text_and_goes_to_the_next_unfinished(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Groups say so.", "ctrl+s")
            unit = unit_of(sample, 4)
            assert (unit.target, state(unit)) == ("Groups say so.", "translated")
            assert [(each.who, each.words) for each in unit.by] == [("claire", 3)]
            assert at(pilot) == 5
            await press(pilot, "ctrl+s")
            assert state(unit_of(sample, 5)) == "translated"
            assert unit_of(sample, 5).previous == ""
            assert at(pilot) == 6

    played(play())


def test_keys_that_are_pressed_while_a_text_is_saved_go_into_the_next_one(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e")
            send(pilot, "=One.", "ctrl+s", "= X", "ctrl+s", "=Two.", "ctrl+s")
            await settled(pilot)
            assert unit_of(sample, 4).target == "One."
            assert unit_of(sample, 5).target.endswith("X")
            assert unit_of(sample, 6).target == "Two."

    played(play())


def test_a_syllable_that_arrives_after_the_key_that_ended_it_belongs_to_the_text_before(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Kim (김")
            send(pilot, "ctrl+s", "한")
            await settled(pilot)
            assert unit_of(sample, 4).target == "Kim (김한"
            assert editor(pilot).text == unit_of(sample, 5).target

    played(play())


def test_needs_another_look_keeps_the_text_and_says_so(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Half a", "f10")
            unit = unit_of(sample, 4)
            assert (unit.target, state(unit)) == ("Half a", "needs-work")
            assert at(pilot) == 5

    played(play())


def test_nothing_is_confirmed_without_a_text_and_the_refusal_is_said(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "ctrl+s")
            assert "✗" in said(pilot)
            assert "no text" in said(pilot)
            assert at(pilot) == 4

    played(play())


def test_a_text_that_is_left_is_a_draft_and_not_in_the_record(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Not yet", "ctrl+down")
            assert at(pilot) == 5
            assert unit_of(sample, 4).target == ""
            assert "✎" in painted(pilot)
            await press(pilot, "ctrl+up")
            assert editor(pilot).text == "Not yet"

        async with running(sample, "translate", "un-letter#4") as pilot:
            assert editor(pilot).text == "Not yet"
            assert "1 text of yours is not saved yet" in said(pilot)
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "Not yet"
        assert list(state_folder(sample, "claire").iterdir()) == []

    played(play())


def test_undo_works_in_each_sentence_across_moves(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=One", "ctrl+down", "ctrl+down", "=Six", "ctrl+up", "ctrl+up", "ctrl+z")
            assert editor(pilot).text == ""
            await press(pilot, "ctrl+y", "ctrl+down", "ctrl+down", "ctrl+z")
            assert editor(pilot).text == ""
            assert at(pilot) == 6
            await press(pilot, "ctrl+up", "ctrl+up")
            assert editor(pilot).text == "One"

    played(play())


def test_undo_brings_the_text_before_confirming_back(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#3") as pilot:
            before = unit_of(sample, 3).target
            await press(pilot, "e", "=!!", "ctrl+s", "ctrl+up", "ctrl+z")
            assert at(pilot) == 3
            assert editor(pilot).text == before
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 3).target == before

    played(play())


def test_letters_of_the_list_work_in_hangul_mode(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "ㅜ")
            assert at(pilot) == 5
            await press(pilot, "ㅔ")
            assert at(pilot) == 4
            await press(pilot, "ㅞ")  # n and p, combined by the input method
            assert at(pilot) == 4
            await press(pilot, "ㅕ")
            assert at(pilot) == 6

    played(play())


def test_jumping_goes_round_and_turns_with_f6(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            found = []
            for key in ("u", "u", "u", "f", "f6", "u", "f6", "f"):
                await press(pilot, key)
                found.append(at(pilot))
            assert found == [6, 9, 4, 5, 5, 4, 4, 5]
            await press(pilot, "r")
            assert "There is none" in said(pilot)

    played(play())


def test_the_filter_shows_only_what_it_lets_through(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            view = opened(pilot).view
            for text, count in (
                ("untranslated", 3),
                ("changed", 1),
                ("@claire unfinished", 4),
                ("/^유엔/", 4),
                ("번역전", 3),
            ):
                await press(pilot, "slash", "ctrl+u", f"={text}", "enter")
                assert len(view.visible) == count, text
            await press(pilot, "slash", "ctrl+u", "=/(/", "enter")
            assert "no regular expression" in said(pilot)
            await press(pilot, "escape")
            assert len(view.visible) == 25
            await press(pilot, "slash", "=changed", "enter", "slash", "ctrl+u", "=nothing at all", "enter")
            assert said(pilot) == "No sentence is so: nothing at all"
            assert len(view.visible) == 1

    played(play())


def test_words_are_found_in_the_whole_project_and_opened_there(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "ctrl+f", "==서한", "enter")
            text = painted(pilot)
            assert "“Rights groups fear for…” " in text
            assert "“UN asks China not to fo…” " in text

    played(play())


def test_an_omission_needs_a_reason_and_is_taken_back_with_the_same_key(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "space", "u", "space", "o", "enter", "=desk note", "enter")
            for number in (4, 6):
                omitted = unit_of(sample, number).omitted
                assert omitted is not None
                assert omitted.reason == "desk note"
            await press(pilot, "f", "p", "o")
            assert unit_of(sample, 4).omitted is None

    played(play())


def test_a_question_to_a_person_is_asked_and_answered(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "c", "3", "=Which groups?", "enter")
            question = unit_of(sample, 4).questions[0]
            assert (question.who, question.to, question.text) == ("claire", "jeong", "Which groups?")
        async with running(sample, "translate", "un-letter#4", who="jeong") as pilot:
            await press(pilot, "c", "1", "=Both of them.", "enter")
            assert unit_of(sample, 4).answers[0].text == "Both of them."
            opened(pilot).check_for_changes()
            await settled(pilot)
            assert said(pilot) == "Answered."
        async with running(sample, "translate", "un-letter#4", who="jeong", size=(120, 40)) as pilot:
            assert "✓ Claire Lee asks" in painted(pilot)

    played(play())


def test_a_comment_is_kept(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "c", "1", "=See the letter.", "enter")
            assert unit_of(sample, 4).comments == ("See the letter.",)

    played(play())


def test_two_sentences_are_joined_after_a_preview(sample: Path) -> None:
    with_work_left(sample)
    sources = [unit_of(sample, number).source for number in (6, 7)]

    async def play() -> None:
        async with running(sample, "translate", "un-letter#6") as pilot:
            await press(pilot, "ctrl+k")
            assert "another look" in painted(pilot)
            await press(pilot, "enter")
            assert unit_of(sample, 6).source == " ".join(sources)
            assert len(opened(pilot).view.units) == 24

    played(play())


def test_a_question_that_a_writer_did_not_mean_gives_the_letters_back_to_the_text(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#6") as pilot:
            await press(pilot, "e", "=The envoys ", "ctrl+k", "y", "e", "s")
            await until(pilot, lambda: "The envoys yes" in painted(pilot))
            assert sheet(pilot).editor.text == "The envoys yes"
            assert len(opened(pilot).view.units) == 25

    played(play())


def test_sentences_of_two_paragraphs_are_not_joined(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "ctrl+k")
            assert "begins a paragraph" in said(pilot)

    played(play())


def test_a_sentence_is_split_where_the_person_says(sample: Path) -> None:
    with_work_left(sample)
    source = unit_of(sample, 7).source

    async def play() -> None:
        async with running(sample, "translate", "un-letter#7") as pilot:
            await press(pilot, "ctrl+x", "right", "left", "enter")
            first, second = unit_of(sample, 7), unit_of(sample, 8)
            assert f"{first.source} {second.source}" == source
            assert second.split == first.id
            assert first.target
            assert second.target

    played(play())


# Two people


def test_a_sentence_that_somebody_else_changed_is_asked_about_and_both_texts_live(sample: Path) -> None:
    project = with_work_left(sample)
    mina = project.settings.person("leejin")
    assert mina is not None

    async def play(choice: str) -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "e", "=Mine.")
            steps.confirm(Actor(project, mina, LATER), "un-letter#4", "Theirs.")
            await press(pilot, "ctrl+s")
            assert "Theirs." in painted(pilot)
            assert unit_of(sample, 4).target == "Theirs."
            await press(pilot, choice)
            if choice == "1":
                assert editor(pilot).text == "Mine."
                await press(pilot, "ctrl+s")
                assert unit_of(sample, 4).target == "Mine."
            elif choice == "2":
                assert editor(pilot).text == "Theirs."
                await press(pilot, "ctrl+z")
                assert editor(pilot).text == "Mine."
            else:
                unit = unit_of(sample, 4)
                assert (unit.target, [each.text for each in unit.conflicts]) == ("Theirs.", ["Mine."])
                assert unit.fuzzy

    played(play("1"))
    with_work_left(sample)
    played(play("2"))
    with_work_left(sample)
    Journal(state_folder(sample, "claire")).drop("locales/en/reports/un-letter.po", unit_of(sample, 4).id)
    played(play("3"))


def test_what_somebody_else_saves_elsewhere_is_kept_and_shown(sample: Path) -> None:
    project = with_work_left(sample)
    leejin = project.settings.person("leejin")
    assert leejin is not None

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "e", "=Mine.")
            steps.confirm(Actor(project, leejin, LATER), "un-letter#6", "Theirs.")
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "Mine."
            assert unit_of(sample, 6).target == "Theirs."
            assert opened(pilot).view.units[5].target == "Theirs."

    played(play())


def test_it_is_shown_who_else_has_the_catalog_open(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=(110, 30)):  # noqa: SIM117 - one is inside the other
            async with running(sample, "translate", "un-letter", who="leejin", size=(110, 30)) as pilot:
                assert "also open: Claire Lee" in painted(pilot)

    played(play())
