"""Story: keys of a writer and an editor, and the resulting files."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from support.screens import (
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    settled,
    state_folder,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.stories import article as articles
from transflow.actions.stories import clearance
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.dialogues.whole_text import KEY
from transflow.presenters.journal import Journal
from transflow.project import CatalogRef, Project
from transflow.stories.clearance import article_state
from transflow.tui.screens.one_text import OneText
from transflow.tui.screens.story import StoryScreen
from transflow.tui.screens.translate import TranslateScreen
from transflow.units.workflow import state

NAME = "un-china-refugees"
PLACE = CatalogRef("en", "articles", NAME)
WIDE = (120, 40)


def actor(root: Path, who: str, now: str = "2022-03-25T15:36:00Z") -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


def article(root: Path, name: str = NAME) -> Catalog:
    return Project.find(root).load(CatalogRef("en", "articles", name))


def paragraph(root: Path, number: int, name: str = NAME) -> Unit:
    return article(root, name).units[number - 1]


def file_of(root: Path) -> bytes:
    return (root / PLACE.path).read_bytes()


def page(pilot: App) -> StoryScreen:
    assert isinstance(pilot.app.screen, StoryScreen)
    return pilot.app.screen


def composed(root: Path) -> str:
    """Return a new story whose drafts nobody accepted yet."""
    articles.compose_article(actor(root, "eugene"), "new-story", ["un-letter"])
    return "new-story"


def retranslated(root: Path, text: str) -> None:
    """Translate and approve a sentence behind paragraph 4 again."""
    steps.confirm(actor(root, "leejin"), "un-letter#6", text)
    steps.approve(actor(root, "mina"), "un-letter#6")


def shown_state(root: Path) -> str:
    project = Project.find(root)
    return article_state(article(root), load_print_context(project, "en", article(root)))


# Reading


def test_the_page_reads_as_it_prints(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="mina", size=(160, 48)) as pilot:
            text = painted(pilot)
            assert "cleared" in text.splitlines()[0]
            assert "UN presses China to spare" in text
            assert "By Jeong Eun Lee" in text
            assert "• Their legal status." in text
            await press(pilot, "end")
            assert "Translated by Claire Lee and Leejin Jun. Written in English by Eugene Whong." in painted(pilot)

    played(play())


def test_the_korean_behind_the_paragraph_stands_beside_it_and_leads_there_and_back(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", f"{NAME}#4", who="eugene", size=WIDE) as pilot:
            assert "“UN asks China not to fo…” 5" in painted(pilot).replace("\n", " ")
            assert "2월 15일 자" in painted(pilot)
            await press(pilot, "f3")
            assert isinstance(pilot.app.screen, TranslateScreen)
            sentence = opened(pilot).sheet.unit
            assert sentence is not None
            assert sentence.id == paragraph(sample, 4).refs[0].unit
            await press(pilot, "down", "f8")
            unit = opened(pilot).sheet.unit
            assert unit is not None
            assert unit.id == paragraph(sample, 4).id

    played(play())


def test_the_paragraph_that_it_opens_at_is_whole_in_view(sample: Path) -> None:
    """The byline is read after the paragraphs, and is inserted above them."""

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#4", who="eugene") as pilot:
            text = " ".join(line.lstrip("▌ ") for line in painted(pilot).split("\n") if line.startswith("▌"))
            assert text.split()[2:] == paragraph(sample, 4).target.split()

    played(play())


def test_a_report_leads_to_its_story(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "translate", "un-letter#5", who="eugene") as pilot:
            await press(pilot, "f8")
            unit = opened(pilot).sheet.unit
            assert unit is not None
            assert unit.id == paragraph(sample, 4).id

    played(play())


# Writing


def test_a_draft_is_taken_or_rewritten_and_the_next_one_shown(sample: Path) -> None:
    name = composed(sample)

    async def play() -> None:
        async with running(sample, "story", name, who="eugene", size=WIDE) as pilot:
            await press(pilot, "ctrl+s")
            first = paragraph(sample, 1, name)
            assert (first.target, [share.who for share in first.translated]) == (first.source, ["claire"])
            assert sum(each.words for each in first.by) == 0
            await press(pilot, "e", "= Indeed.", "ctrl+s")
            second = paragraph(sample, 2, name)
            assert second.target == second.source + " Indeed."
            assert [(each.who, each.words) for each in second.by] == [("eugene", 1)]
            await press(pilot, "= Later.", "f10")
            assert state(paragraph(sample, 3, name)) == "needs-work"
            unit = opened(pilot).sheet.unit
            assert unit is not None
            assert unit.id == paragraph(sample, 4, name).id

    played(play())


def test_a_paragraph_that_somebody_else_changed_is_asked_about(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", f"{NAME}#3", who="eugene", size=WIDE) as pilot:
            await press(pilot, "e", "= Mine.")
            steps.confirm(actor(sample, "mina"), f"{NAME}#3", "Theirs.")
            await press(pilot, "ctrl+s")
            assert "Theirs." in painted(pilot)
            await press(pilot, "3")
            unit = paragraph(sample, 3)
            assert unit.target == "Theirs."
            assert [each.text.endswith("Mine.") for each in unit.conflicts] == [True]

    played(play())


def test_cuts_moves_adds_cites_and_takes_all_of_it_back(sample: Path) -> None:
    steps.comment(actor(sample, "eugene"), f"{NAME}#1", "Written once, it is in the present format.")
    before = file_of(sample)
    ids = [unit.id for unit in article(sample).units]

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#5", who="eugene") as pilot:
            await press(pilot, "o", "=said above", "enter")
            cut = paragraph(sample, 5).cut
            assert cut is not None
            assert (cut.who, cut.reason) == ("eugene", "said above")
            assert "cut: " in painted(pilot)
            await press(pilot, "o")
            assert paragraph(sample, 5).cut is None
            await press(pilot, "m", "home", "enter")
            assert paragraph(sample, 1).id == ids[4]
            await press(pilot, "i", "3", "=One.", "enter", "enter", "=Two.", "ctrl+s")
            added = article(sample).units[1:3]
            assert [(unit.target, unit.kind, unit.refs) for unit in added] == [
                ("One.", "quote", ()),
                ("Two.", "quote", ()),
            ]
            await press(pilot, "l", "=https://example.org/r", "enter")
            assert paragraph(sample, 1).cites == ("https://example.org/r",)
            await press(pilot, "z", "z", "z", "z", "z")
            assert file_of(sample) == before
            await press(pilot, "z")
            assert "nothing to take back" in said(pilot)

    played(play())


def test_a_new_paragraph_that_is_left_is_there_the_next_time(sample: Path) -> None:
    count = len(article(sample).units)

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#5", who="eugene") as pilot:
            await press(pilot, "i", "1", "=Beijing has not", "escape")
            assert len(article(sample).units) == count
        async with running(sample, "story", f"{NAME}#5", who="eugene") as pilot:
            await press(pilot, "i", "1")
            assert "Beijing has not" in painted(pilot)
            await press(pilot, "ctrl+s")
            assert paragraph(sample, 6).target == "Beijing has not"

    played(play())
    journal = Journal(state_folder(sample, "eugene"))
    assert journal.drafts == {}
    journal.close()


def test_paragraphs_are_joined_and_split_with_a_preview(sample: Path) -> None:
    texts = [paragraph(sample, number).target for number in (5, 6)]

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#5", who="eugene") as pilot:
            await press(pilot, "ctrl+k")
            assert "Join these two paragraphs?" in painted(pilot)
            await press(pilot, "enter")
            assert paragraph(sample, 5).target == " ".join(texts)
            await press(pilot, "ctrl+x", "right", "right", "enter")
            halves = [paragraph(sample, number) for number in (5, 6)]
            assert " ".join(each.target for each in halves) == " ".join(texts)
            assert halves[1].split == halves[0].id
            assert halves[0].refs == halves[1].refs

    played(play())


# As one text


def screen_of(pilot: App) -> OneText:
    assert isinstance(pilot.app.screen, OneText)
    return pilot.app.screen


def test_beside_one_text_are_the_korean_and_the_warnings_of_the_paragraph_that_is_written(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            area = screen_of(pilot).query_one(TextArea)
            assert "“UN asks China not to fo…” 1 ✓ 유엔," in painted(pilot)
            lead = "{new ← un-letter#3 un-letter#6}\nSome 3,400 of them are held; the letter is of March 11.\n\n"
            at = area.text.index("{" + paragraph(sample, 3).id)
            area.text = area.text[:at] + lead + area.text[at:]
            area.move_cursor((area.text[:at].count("\n") + 1, 0))
            await until(pilot, lambda: "“3,400” is" in painted(pilot))
            await until(pilot, lambda: " 6 ✓ 유엔은" in painted(pilot))
            await press(pilot, "ctrl+end")
            assert area.cursor_location == area.document.end
            await press(pilot, "ctrl+home")
            assert area.cursor_location == (0, 0)
            await press(pilot, "ctrl+s")
            assert "New, at 3: Some 3,400 of them" in painted(pilot)
            assert "! 3: “3,400” is" in painted(pilot)
            await press(pilot, "enter")
            assert [ref.unit for ref in paragraph(sample, 3).refs] == [unit_of(sample, number).id for number in (3, 6)]

    played(play())


def test_a_draft_of_one_text_takes_in_what_was_confirmed_on_the_page(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            area = screen_of(pilot).query_one(TextArea)
            area.text = area.text.replace("UN presses China", "U.N. presses China")
            await settled(pilot)
            await press(pilot, "escape")
            steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "Another state.")
            steps.confirm(actor(sample, "mina"), f"{NAME}#4", "Mina's paragraph.")
            await press(pilot, "t")
            text = screen_of(pilot).text
            assert all(each in text for each in ("U.N. presses China", "Another state.", "Mina's paragraph."))
            await press(pilot, "ctrl+s")
            assert "1 is changed" in painted(pilot)
            assert "3 is changed" not in painted(pilot)
            await press(pilot, "enter")
            assert "1 change saved." in said(pilot)

    played(play())
    assert paragraph(sample, 1).target.startswith("U.N. presses China")
    assert paragraph(sample, 4).target == "Mina's paragraph."


def test_where_both_changed_a_paragraph_the_draft_of_one_text_shows_theirs_and_asks(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            area = screen_of(pilot).query_one(TextArea)
            area.text = area.text.replace("UN presses China", "U.N. presses China")
            await settled(pilot)
            await press(pilot, "escape")
            steps.confirm(actor(sample, "mina"), f"{NAME}#1", "Mina's headline")
            await press(pilot, "t")
            assert "The story changed since" in painted(pilot)
            assert "Mina's headline" in painted(pilot)
            await press(pilot, "1", "ctrl+s")
            assert "1 is changed: [-Mina's headline-] [+U.N. presses" in painted(pilot)

    played(play())


def test_the_story_is_edited_as_one_text(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            screen = pilot.app.screen
            assert isinstance(screen, OneText)
            area = screen.query_one(TextArea)
            area.text = screen.text.replace("UN presses China", "U.N. presses China") + "\n{new}\nNot a word.\n"
            await settled(pilot)
            await press(pilot, "ctrl+s")
            assert "Save the story like this?" in painted(pilot)
            assert "1 is changed: [-UN-] [+U.N.+] presses China" in painted(pilot)
            assert ": Not a word." in painted(pilot)
            await press(pilot, "enter")
            assert "changes saved" in said(pilot)
            assert paragraph(sample, 1).target.startswith("U.N. presses China")
            own = next(unit for unit in article(sample).units if unit.target == "Not a word.")
            assert own.cut
            await press(pilot, "z")
            assert paragraph(sample, 1).target.startswith("UN presses China")

    played(play())


def test_one_text_in_which_a_paragraph_is_gone_is_saved_only_when_that_is_meant(sample: Path) -> None:
    before = file_of(sample)
    old = article(sample).units

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            screen = pilot.app.screen
            assert isinstance(screen, OneText)
            start, end = (screen.text.index("{" + old[number].id) for number in (2, 3))
            screen.query_one(TextArea).text = screen.text[:start] + screen.text[end:]
            await settled(pilot)
            await press(pilot, "ctrl+s")
            assert "Save the story like this?" in painted(pilot)
            assert f"3 is cut: {old[2].target[:20]}" in painted(pilot)
            await press(pilot, "escape")
            assert pilot.app.screen is screen
            assert file_of(sample) == before
            await press(pilot, "ctrl+s", "enter")
            assert "1 change saved" in said(pilot)
            assert paragraph(sample, 3).cut

    played(play())


def test_one_text_without_a_head_over_a_paragraph_that_stands_changes_nothing(sample: Path) -> None:
    before = article(sample)

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            screen = pilot.app.screen
            assert isinstance(screen, OneText)
            head = next(line for line in screen.text.split("\n") if line.startswith("{" + before.units[2].id))
            screen.query_one(TextArea).text = screen.text.replace(head + "\n", "")
            await settled(pilot)
            await press(pilot, "ctrl+s")
            assert article(sample) == before

    played(play())


def test_a_whole_text_pasted_over_the_story_asks_what_a_paragraph_without_korean_stands_on(sample: Path) -> None:
    before = article(sample).units
    own = "A ministry in Oslo, which has no part in the matter, declined to comment on Friday."
    texts = [unit.target or unit.source for unit in before if not unit.cut]

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            screen = pilot.app.screen
            assert isinstance(screen, OneText)
            screen.query_one(TextArea).text = "\n\n".join([*texts[:3], own, *texts[3:]])
            await settled(pilot)
            await press(pilot, "ctrl+s")
            assert f"New, at 4: {own[:30]}" in painted(pilot)
            await press(pilot, "enter")
            assert "What does it stand on?" in painted(pilot)
            await press(pilot, "down", "enter")
            await press(pilot, *"https://example.org/oslo", "enter")

    played(play())
    after = article(sample).units
    refs = {unit.id: unit.refs for unit in before}
    assert [unit.target for unit in after if unit.id not in refs] == [own]
    assert all(unit.refs == refs[unit.id] for unit in after if unit.id in refs)
    assert after[3].cites == ("https://example.org/oslo",)


def test_one_text_that_is_refused_or_left_is_kept(sample: Path) -> None:
    before = file_of(sample)

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            screen = pilot.app.screen
            assert isinstance(screen, OneText)
            screen.query_one(TextArea).text = screen.text + "\n{wrong}\n"
            await settled(pilot)
            await press(pilot, "ctrl+s")
            assert isinstance(pilot.app.screen, OneText)
            assert "is no head" in painted(pilot)
            await press(pilot, "escape")
            assert file_of(sample) == before
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t")
            assert isinstance(pilot.app.screen, OneText)
            assert "{wrong}" in pilot.app.screen.text
            await press(pilot, "escape")
            steps.confirm(actor(sample, "mina"), f"{NAME}#3", "Another state.")
            await press(pilot, "t")
            assert isinstance(pilot.app.screen, OneText)
            assert "{wrong}" in pilot.app.screen.text
            assert "Another state." in pilot.app.screen.text

    played(play())
    journal = Journal(state_folder(sample, "eugene"))
    assert "{wrong}" in journal.drafts[PLACE.path, KEY].text
    journal.close()


# Changes of reports


def test_old_and_new_draft_stand_beside_my_text_and_it_is_still_right(sample: Path) -> None:
    with_work_left(sample)
    retranslated(sample, "The U.N. published it on March 11.")
    for number, text in ((4, "Groups say they are punished."), (5, None), (9, "Nobody can tell.")):
        steps.confirm(actor(sample, "leejin"), f"un-letter#{number}", text)
    steps.approve(actor(sample, "mina"), "un-letter#1-24")

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#4", who="eugene", size=(120, 60)) as pilot:
            text = painted(pilot)
            for words in (
                "The translations said",
                "The translations say now",
                "Your text",
                "[+published+]",
                "the translations behind it",
            ):
                assert words in text
            await press(pilot, "s")
            unit = paragraph(sample, 4)
            assert "published it on March 11." in unit.source
            assert (unit.fuzzy, unit.previous) == (False, "")
            assert "1 paragraph kept the standing text." in painted(pilot)
            await press(pilot, "d")
            assert paragraph(sample, 4).target == unit.source
            assert "1 paragraph took the changed translations." in painted(pilot)
            await press(pilot, "z")
            assert paragraph(sample, 4) == unit
            await press(pilot, "ctrl+r", "ctrl+s")
            assert paragraph(sample, 4).target == unit.source

    played(play())


def test_taking_in_what_changed_says_which_texts_are_new(sample: Path) -> None:
    retranslated(sample, "The U.N. published it on March 11.")
    steps.confirm(actor(sample, "leejin"), "un-letter#1", "UN asks China to spare 7 refugees")
    steps.approve(actor(sample, "mina"), "un-letter#1")

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            before = paragraph(sample, 1).target
            await press(pilot, "g")
            assert "1 paragraph took the changed translations. 1 paragraph kept the standing text." in painted(pilot)
            assert "The U.N. published it on March 11." in paragraph(sample, 4).target
            assert paragraph(sample, 1).target == before
            await press(pilot, "z")
            assert not paragraph(sample, 4).fuzzy

    played(play())


def test_what_somebody_translates_meanwhile_is_shown(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", f"{NAME}#4", who="eugene", size=(120, 60)) as pilot:
            retranslated(sample, "The U.N. published it on March 11.")
            page(pilot).check_for_changes()
            await until(pilot, lambda: "the translations behind it changed" in painted(pilot))
            await press(pilot, "g")
            assert paragraph(sample, 4).previous
            assert state(paragraph(sample, 4)) == "needs-work"

    played(play())


@pytest.mark.parametrize(
    ("keys", "answer"),
    [(("a",), ("enter",)), (("o",), ("=said above", "enter"))],
    ids=["clear", "cut"],
)
def test_what_is_judged_is_what_stood_there_when_it_was_asked_however_long_the_question_stands(
    sample: Path, keys: tuple[str, ...], answer: tuple[str, ...]
) -> None:
    steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "China is asked not to force six refugees back.")

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#3", who="mina", size=WIDE) as pilot:
            screen = page(pilot)
            await press(pilot, *keys)
            before = file_of(sample)
            steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "China is asked not to force seven refugees back.")
            changed = file_of(sample)
            screen.check_for_changes()
            await settled(pilot)
            await press(pilot, *answer)
            assert file_of(sample) == changed != before
            assert "[-six-] [+seven+]" in painted(pilot)
            await press(pilot, "escape")
            screen.check_for_changes()
            await until(pilot, lambda: "seven refugees" in painted(pilot))

    played(play())


# Ready and clear


def test_ready_and_cleared_by_an_editor_who_reads_it_whole(sample: Path) -> None:
    steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "China is asked not to force seven refugees back.")

    async def writer() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            assert "r Take back" in painted(pilot)
            await press(pilot, "r", "escape")
            assert shown_state(sample) == "ready"
            await press(pilot, "r", "enter")
            assert shown_state(sample) == "composing"
            assert "r Hand to editor" in painted(pilot)
            await press(pilot, "r")
            assert shown_state(sample) == "ready"
            await press(pilot, "a")
            assert "no editor" in said(pilot)
            assert isinstance(pilot.app.screen, StoryScreen)

    async def editor() -> None:
        async with running(sample, "story", NAME, who="mina", size=WIDE) as pilot:
            await press(pilot, "a")
            assert "Clear this story to publish" in painted(pilot)
            await press(pilot, "escape")
            assert shown_state(sample) == "ready"
            await press(pilot, "a", "enter")
            assert shown_state(sample) == "cleared"
            assert "cleared" in painted(pilot).splitlines()[0]
            assert "Show the page: (b). Record its address: (x)." in said(pilot)
            await press(pilot, "r", "escape")
            assert shown_state(sample) == "cleared"
            await press(pilot, "r", "enter")
            assert shown_state(sample) == "composing"

    played(writer())
    played(editor())


def test_after_clearing_one_key_renders_and_opens_the_page_and_one_records_its_address(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setenv("DISPLAY", ":9")

    async def play() -> None:
        async with running(sample, "story", NAME, who="mina", size=WIDE) as pilot:
            monkeypatch.setattr(pilot.app, "open_url", pages.append)
            steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "China is asked not to force seven refugees back.")
            await until(pilot, lambda: "with editor" in painted(pilot).splitlines()[0])
            await press(pilot, "b")
            assert "is the page, marked as unpublished" in said(pilot)
            await press(pilot, "x")
            assert "not cleared" in said(pilot)
            clearance.ready(actor(sample, "eugene"), NAME)
            clearance.clear(actor(sample, "mina", "2022-03-25T15:37:00Z"), NAME)
            await until(pilot, lambda: "cleared" in painted(pilot).splitlines()[0])
            await press(pilot, "b")
            assert f"build/en/{NAME}.html" in said(pilot)
            await press(pilot, "x", "=nowhere", "enter")
            assert "nowhere" in painted(pilot)
            await press(pilot, "ctrl+u", "=https://news.example.org/refugees", "enter")
            assert said(pilot) == "Recorded: https://news.example.org/refugees"

    played(play())
    assert [Path(page).name for page in pages] == [f"{NAME}.html"] * 2
    assert shown_state(sample) == "published"


def test_f7_takes_the_drafts_that_nobody_took_after_showing_them(sample: Path) -> None:
    name = composed(sample)

    async def play() -> None:
        async with running(sample, "story", name, who="eugene", size=WIDE) as pilot:
            await press(pilot, "space", "n", "space", "f7")
            assert "Accept 2 paragraphs from the translations?" in painted(pilot)
            await press(pilot, "enter", "f7")
            assert "2 paragraphs are accepted." in said(pilot)
            await press(pilot, "enter", "f7")
            assert said(pilot) == "Every paragraph here has a text already."

    played(play())
    assert all(unit.target or unit.omitted for unit in article(sample, name).units)


def test_every_screen_has_its_keys_at_f1_and_redraws(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "t", "f1")
            assert all(
                each in painted(pilot) for each in ("leave it, not saved yet", "Ctrl+Z", "Select the whole text")
            )
            await press(pilot, "escape", "ctrl+l")
            assert isinstance(pilot.app.screen, OneText)
            await press(pilot, "escape", "i", "f1")
            assert "Esc: leave it" in painted(pilot)
            await press(pilot, "escape", "escape", "ctrl+l")
            assert "Story" in painted(pilot)

    played(play())


def test_what_keeps_a_story_back_is_named(sample: Path) -> None:
    steps.draft(actor(sample, "eugene"), f"{NAME}#3", "Half a")
    clearance.ready(actor(sample, "eugene"), NAME, undo=True)

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE) as pilot:
            await press(pilot, "r")
            assert "Not yet" in painted(pilot)
            assert "” 3: it needs another look." in painted(pilot)
            await press(pilot, "escape")
            assert shown_state(sample) == "composing"
            assert page(pilot).lines.cursor == 2, "the paragraph that it is about"
            assert "it needs another look" in said(pilot)
            await press(pilot, "e", "= more", "escape", "r")
            assert "not saved yet: 3" in said(pilot)

    played(play())


def test_what_keeps_a_story_back_is_named_in_korean(sample: Path) -> None:
    steps.draft(actor(sample, "eugene"), f"{NAME}#3", "Half a")
    clearance.ready(actor(sample, "eugene"), NAME, undo=True)

    async def play() -> None:
        async with running(sample, "story", NAME, who="eugene", size=WIDE, lang="ko") as pilot:
            await press(pilot, "r")
            assert "” 3: 다시 볼 글입니다." in painted(pilot)
            assert "it needs" not in painted(pilot)
            assert "Write or confirm" not in painted(pilot)

    played(play())


def test_what_would_be_refused_is_not_asked_and_leads_to_its_paragraph(sample: Path) -> None:
    steps.confirm(actor(sample, "eugene"), f"{NAME}#3", "China is asked not to force seven 탈북민 back.")
    clearance.ready(actor(sample, "eugene"), NAME)

    async def play() -> None:
        async with running(sample, "story", NAME, who="mina", size=WIDE) as pilot:
            await press(pilot, "a")
            assert "Not yet" in painted(pilot)
            assert "Clear this story to publish" not in painted(pilot)
            await press(pilot, "escape")
            assert shown_state(sample) == "ready"
            assert page(pilot).lines.cursor == 2
            assert "Correct it, or waive it with a reason." in said(pilot)

    played(play())


def test_sentences_with_errors_have_their_mark_before_their_drafts_are_taken(sample: Path) -> None:
    name = composed(sample)
    place = CatalogRef("en", "articles", name)
    steps.confirm(actor(sample, "claire"), "un-letter#6", "The U.N. made it public on March 12.")

    async def play() -> None:
        async with running(sample, "story", name, who="eugene", size=WIDE) as pilot:
            await until(pilot, lambda: "warning" in painted(pilot).splitlines()[0])
            view = page(pilot).state.view  # type: ignore[attr-defined] # the open one
            unit = next(each for each in view.units if any(issue.sentence for issue in view.issues(each)))
            page(pilot).open(place, unit.id)
            await settled(pilot)
            assert "6 +! " in painted(pilot)
            assert "! “UN asks China not to force 7 North Korean" in painted(pilot)
            await press(pilot, "w")
            assert (
                "This is a warning of “UN asks China not to force 7 North Korean refug…” 6: correct or waive it there."
                in said(pilot)
            )

    played(play())


def test_each_field_is_copied_to_the_clipboard(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", NAME, who="mina", size=WIDE) as pilot:
            found = []
            for choice in "1345":
                await press(pilot, "y", choice)
                found.append(pilot.app.clipboard)
            headline, byline, body, credit = found
            assert headline == paragraph(sample, 1).target
            assert byline == "By Jeong Eun Lee"
            assert body.startswith("The U.N. has asked China")
            assert headline not in body
            assert "Written in English" not in body
            assert credit.endswith("Written in English by Eugene Whong.")

    played(play())


@pytest.mark.parametrize("size", [(45, 20), (80, 24), (160, 48)])
def test_it_reads_in_every_size_and_in_korean(sample: Path, size: tuple[int, int]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "story", f"{NAME}#4", who="eugene", size=size, lang="ko") as pilot:
            text = painted(pilot)
            for word in (
                "기사",
                "번역문이 바뀌었습니다",
                *(("바탕이 된 원문", "“UN asks China not to fo…” 5") if size[1] > 30 else ()),
            ):
                assert word in text
            assert all(len(line) <= size[0] for line in text.splitlines())

    played(play())
