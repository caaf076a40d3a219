"""Translate: what saves typing, from the dictionary to find and replace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from support.screens import (
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    sheet,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.assistants import Assistants, Checks, TermHint, UnitContext
from transflow.project import Project
from transflow.tui.widgets.editor import Editor


def editor(pilot: App) -> Editor:
    return sheet(pilot).editor


def at(pilot: App) -> int:
    unit = opened(pilot).sheet.unit
    assert unit is not None
    return opened(pilot).view.number(unit.id)


def checked(root: Path) -> Assistants:
    return Assistants(checker=Checks(Project(root)))


class Terms:
    def terms(self, unit: Unit, context: UnitContext) -> Sequence[TermHint]:
        return [TermHint("서한", "letter of intent"), TermHint("유엔", "–")]

    def add(self, actor: Actor, locale: str, source: str, target: str) -> None:
        raise AssertionError


def with_twin(root: Path) -> None:
    """Make sentence 9 the same as sentence 4; both have no text."""
    project = with_work_left(root)

    def change(catalog: Catalog) -> Catalog:
        source = catalog.units[3].source
        return catalog.replace(
            units=tuple(unit.replace(source=source) if i == 8 else unit for i, unit in enumerate(catalog.units))
        )

    project.change(project.find_catalog("un-letter"), change)


def shares(unit: Unit) -> list[tuple[str, int]]:
    return [(each.who, each.words) for each in unit.by if each.words]


# Spelling


def test_a_misspelled_word_is_underlined_until_it_is_in_the_dictionary(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", helpers=checked(sample)) as pilot:
            await press(pilot, "e", "=The goverment said so.")
            await until(pilot, lambda: editor(pilot).underlined == [(4, 13)])
            assert "1 warning" not in painted(pilot)
            await press(pilot, "home", "=Yes. ")
            assert editor(pilot).underlined == [(9, 18)]
            await press(pilot, "f7", "w")
            assert "› goverment" in painted(pilot)
            await press(pilot, "enter")
            await until(pilot, lambda: editor(pilot).underlined == [])
            assert (sample / "locales" / "en" / "words.txt").read_text(encoding="utf-8") == "goverment\n"
            await press(pilot, "f7", "z")
            assert said(pilot) == "Taken back: In the dictionary now: goverment"
            assert (sample / "locales" / "en" / "words.txt").read_text(encoding="utf-8") == ""
            await until(pilot, lambda: editor(pilot).underlined != [])

    played(play())


@pytest.mark.soak
def test_the_next_warning_leads_to_misspelled_words_too(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", helpers=checked(sample)) as pilot:
            await press(pilot, "e", "=The goverment said so.")
            await until(pilot, lambda: bool(editor(pilot).underlined))
            await press(pilot, "ctrl+g")
            assert editor(pilot).selected_text == "goverment"
            assert "“goverment” is not in the dictionary." in said(pilot)

    played(play())


# The same sentence elsewhere


def test_the_same_sentence_is_offered_and_filled_where_the_person_says(sample: Path) -> None:
    with_twin(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Groups say so.", "ctrl+s")
            assert "The same sentence stands at 9: F7 i puts the text there." in said(pilot)
            assert unit_of(sample, 9).target == ""
            await press(pilot, "f7", "i")
            assert "[x] 9" in painted(pilot)
            await press(pilot, "enter")
            filled = unit_of(sample, 9)
            assert (filled.target, filled.fuzzy, filled.by) == ("Groups say so.", True, unit_of(sample, 4).by)
            await press(pilot, "escape", "z")
            assert "Taken back: 1 sentence is filled" in said(pilot)
            assert unit_of(sample, 9).target == ""

    played(play())


@pytest.mark.soak
def test_nothing_is_filled_where_nothing_is_chosen(sample: Path) -> None:
    with_twin(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Groups say so.", "ctrl+s", "f7", "i", "space", "enter")
            assert unit_of(sample, 9).target == ""
            await press(pilot, "escape", "j", "=12", "enter", "i")
            assert "[x] 9" in painted(pilot)  # of the sentence that was offered
            await press(pilot, "escape")

    played(play())


# Terms


def test_a_term_is_inserted_and_completed(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        helpers = Assistants(terms=Terms())
        async with running(sample, "translate", "un-letter#6", helpers=helpers, size=(120, 40)) as pilot:
            await until(pilot, lambda: bool(editor(pilot).completions))
            await press(pilot, "e", "=The le")
            assert editor(pilot).suggestion == "tter of intent"
            await press(pilot, "right", "=s")
            assert editor(pilot).text == "The letter of intents"
            await press(pilot, "ctrl+o", "1")
            assert editor(pilot).text == "The letter of intents letter of intent"

    played(play())


# Finding


@pytest.mark.soak
def test_a_number_leads_to_its_sentence_also_behind_a_filter(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "slash", "=untranslated", "enter", "j", "=12", "enter")
            assert at(pilot) == 12
            await press(pilot, "e", "f7", "j", "=26", "enter")
            assert "They go from 1 to 25." in said(pilot)
            assert at(pilot) == 12

    played(play())


@pytest.mark.soak
def test_ones_own_sentences_only_and_all_again(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", who="leejin") as pilot:
            await press(pilot, "m")
            shown = opened(pilot).view.visible
            assert 0 < len(shown) < 25
            await press(pilot, "m")
            assert len(opened(pilot).view.visible) == 25

    played(play())


def test_a_filter_shows_while_it_is_typed_what_it_lets_through(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            view = opened(pilot).view
            await press(pilot, "slash", "=@claire unt")
            assert "▸ untranslated" in painted(pilot)
            await press(pilot, "tab")
            await until(pilot, lambda: len(view.visible) == 3)
            assert "3 sentences are shown." in painted(pilot)
            await press(pilot, "escape")
            assert (len(view.visible), at(pilot)) == (25, 4)
            await press(pilot, "slash", "=/(/")
            await until(pilot, lambda: "no regular expression" in painted(pilot))
            assert len(view.visible) == 25
            await press(pilot, "escape")

    played(play())


@pytest.mark.soak
def test_the_selection_is_looked_up_in_the_project(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#3") as pilot:
            await press(pilot, "e", "= rapporteurs", "ctrl+shift+left", "ctrl+f")
            assert "› =rapporteurs" in painted(pilot)
            await press(pilot, "escape")

    played(play())


# Find and replace


def test_chosen_places_are_replaced_and_others_are_not(sample: Path) -> None:
    with_work_left(sample)
    before = [unit_of(sample, number) for number in range(1, 26)]
    places = [number for number, unit in enumerate(before, 1) if "refugees" in unit.target]

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "y", "=refugees", "enter", "=escapees", "enter")
            assert "[-refugees-] [+escapees+]" in painted(pilot)
            await press(pilot, "space", "enter")
            assert f"{len(places) - 1} places are replaced." in said(pilot)
            assert "escapees" not in unit_of(sample, places[0]).target
            for number in places[1:]:
                unit = unit_of(sample, number)
                assert "escapees" in unit.target
                assert shares(unit) == shares(before[number - 1])
            await press(pilot, "z")
            assert [unit_of(sample, number).target for number in places] == [before[each - 1].target for each in places]

    played(play())


def test_a_regular_expression_is_replaced_with_its_groups_and_drafts_stay_drafts(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=On 11 March 2022.", "escape")
            await press(pilot, "y", "=/(1\\d) (March)/", "enter", "=\\2 \\1,", "enter", "enter")
            assert editor(pilot).text == "On March 11, 2022."
            assert unit_of(sample, 4).target == ""
            await press(pilot, "y", "=/(/", "enter", "=x", "enter")
            assert "no regular expression" in said(pilot)
            await press(pilot, "y", "=nowhere at all", "enter", "=x", "enter")
            assert "stands in no text" in said(pilot)

    played(play())


# The text itself


def test_source_case_and_the_text_so_far(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "b")
            assert editor(pilot).text == unit_of(sample, 4).source
            await press(pilot, "ctrl+z")
            assert editor(pilot).text == ""
            await press(pilot, "=the u.n. says", "ctrl+a", "f7", "l")
            assert editor(pilot).text == "The U.n. Says"
            await press(pilot, "f7", "l")
            assert editor(pilot).text == "THE U.N. SAYS"
            await press(pilot, "f7", "t")
            assert "▸THE U.N. SAYS◂" in painted(pilot)
            await press(pilot, "escape", "f7", "u")
            assert at(pilot) == 6
            assert editor(pilot).has_focus

    played(play())


@pytest.mark.soak
def test_the_menu_takes_letters_of_hangul_mode_and_the_arrows(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "f7")
            assert "u ㅕ" in painted(pilot)
            await press(pilot, "ㅕ")
            assert at(pilot) == 6
            await press(pilot, "f7", "enter")  # the first one
            assert at(pilot) == 9

    played(play())


# Joining and splitting with unsaved texts


def test_unsaved_texts_are_joined_and_split_with_their_sentences_and_z_takes_it_back(sample: Path) -> None:
    with_work_left(sample)
    sources = [unit_of(sample, number).source for number in (6, 7)]
    target = unit_of(sample, 7).target

    async def play() -> None:
        async with running(sample, "translate", "un-letter#6") as pilot:
            await press(pilot, "e", "=Made public March 11.", "ctrl+k")
            assert "→ Made public March 11." in painted(pilot)
            await press(pilot, "enter")
            assert unit_of(sample, 6).source == " ".join(sources)
            assert editor(pilot).text == f"Made public March 11. {target}"
            assert opened(pilot).view.orphaned_drafts() == {}
            await press(pilot, "ctrl+x")
            assert "⏐  토마스" in painted(pilot)
            await press(pilot, "enter")
            assert [unit_of(sample, number).source for number in (6, 7)] == sources
            assert editor(pilot).text == "Made public March 11."
            await press(pilot, "ctrl+down")
            assert editor(pilot).text == target
            await press(pilot, "escape", "z")
            assert "Taken back: One sentence is two." in said(pilot)
            assert unit_of(sample, 6).source == " ".join(sources)

    played(play())


@pytest.mark.soak
def test_the_text_can_stay_whole_on_the_left(sample: Path) -> None:
    with_work_left(sample)
    target = unit_of(sample, 7).target

    async def play() -> None:
        async with running(sample, "translate", "un-letter#7") as pilot:
            await press(pilot, "ctrl+x", "home", "tab", "end", "enter")
            first, second = unit_of(sample, 7), unit_of(sample, 8)
            assert (first.target, second.target) == (target, "")
            assert len(first.source.split()) == 1

    played(play())


@pytest.mark.soak
@pytest.mark.parametrize("size", [(120, 40), (45, 24)], ids=str)
def test_dialogs_show_their_fields_by_a_sign(sample: Path, size: tuple[int, int]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=size) as pilot:
            await press(pilot, "slash", "=letter")
            assert "› letter" in painted(pilot)
            await press(pilot, "escape", "j", "=12")
            assert "› 12" in painted(pilot)

    played(play())
