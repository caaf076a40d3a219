"""Control characters in texts: the screen shows them, and the terminal does not obey them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.color import Color
from textual.widgets import Input, Static

from support.screens import painted, played, running, settled, with_work_left
from transflow.presenters.cells import fitted, wrapped
from transflow.text import has_hidden, visible
from transflow.tui.controls import ControlFilter, visible_text
from transflow.tui.dialogs import Agree, Ask
from transflow.tui.widgets.cached import CachedStatic

EVIL = "x\x1b]52;c;aGFja2Vk\x1b\\\x9b31m\u202ey"
SEEN = "x^[]52;c;aGFja2Vk^[\\<9B>31m<U+202E>y"
BLACK = Color(0, 0, 0)


class TestALine:
    @given(st.lists(st.text()))
    def test_holds_no_control_and_keeps_its_width(self, texts: list[str]) -> None:
        segments = [Segment(text, Style(bold=True)) for text in texts]
        seen = ControlFilter().apply(segments, BLACK)
        assert not any(has_hidden(text) for text, _, _ in seen)
        assert sum(each.cell_length for each in seen) == sum(each.cell_length for each in segments)

    def test_is_the_same_where_nothing_is_hidden(self) -> None:
        segments = [Segment("한글 👩‍👩‍👧")]
        assert ControlFilter().apply(segments, BLACK) is segments


class TestAText:
    @given(st.text())
    def test_is_shown_before_it_is_laid_out(self, text: str) -> None:
        assert visible_text(Text(text)).plain == visible(Text(text).plain)

    def test_keeps_its_looks(self) -> None:
        seen = visible_text(Text("ab\x1bcd", style="dim").append("e\u202e", "bold"))
        assert (seen.plain, seen.style) == ("ab^[cde<U+202E>", "dim")
        assert {seen.plain[each.start : each.end] for each in seen.spans if each.style == "bold"} == {"e", "<U+202E>"}

    def test_is_cut_and_wrapped_by_what_is_seen(self) -> None:
        assert fitted("a\x1bb\nc", 20).text == "a^[b c"
        assert wrapped("a\u202e b", 9) == ["a<U+202E>", "b"]


def test_widgets_of_every_kind_show_it(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=(120, 40)) as pilot:
            screen = pilot.app.screen
            await screen.mount(Static(EVIL, markup=False), CachedStatic(id="evil"))
            screen.query_one("#evil", CachedStatic).set_text(Text(EVIL))
            pilot.app.notify(EVIL, title=EVIL, markup=False, timeout=60)
            await settled(pilot)
            await pilot.pause(0.1)
            assert SEEN in painted(pilot)
            for dialog in (Agree(EVIL, EVIL), Ask(EVIL, EVIL, text="z\u202e")):
                await pilot.app.push_screen(dialog)
                await settled(pilot)
                assert not has_hidden(painted(pilot)), dialog
                assert SEEN in painted(pilot)
            assert pilot.app.screen.query_one(Input).value == "z\u202e"  # the editor contains the unchanged text

    played(play())
