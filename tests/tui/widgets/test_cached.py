"""Widgets that are painted again only if they changed."""

from __future__ import annotations

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip

from support.screens import painted, played, press, settled
from transflow.presenters.list_rows import ListRow
from transflow.tui.widgets.cached import CachedStatic
from transflow.tui.widgets.editor import Editor
from transflow.tui.widgets.line_list import LineList


class Counting(Editor):
    """A widget that counts how often its lines are rendered."""

    rendered = 0

    def render_fresh_lines(self, crop: Region) -> list[Strip]:
        self.rendered += 1
        return super().render_fresh_lines(crop)


class Parts(App[None]):
    CSS = """
    .warm { background: red; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def compose(self) -> ComposeResult:
        yield LineList()
        yield Counting(lambda unit, text: None, id="text")
        yield CachedStatic(id="line")

    def on_mount(self) -> None:
        self.lines.show(50, self.row)
        self.lines.focus()

    @property
    def lines(self) -> LineList:
        return self.query_one(LineList)

    @property
    def text(self) -> Counting:
        return self.query_one(Counting)

    @property
    def line(self) -> CachedStatic:
        return self.query_one(CachedStatic)

    def row(self, number: int, width: int) -> ListRow:
        self.asked.append(number)
        return ListRow([(f"sentence {number}", "good")])


def test_a_neighbour_that_changes_has_nothing_else_painted() -> None:
    async def play() -> None:
        app = Parts()
        async with app.run_test(size=(40, 20)) as pilot:
            app.line.set_text(Text("one"))
            await settled(pilot)
            app.asked.clear()
            before = app.text.rendered
            app.line.set_text(Text("two"))
            app.line.refresh()
            await settled(pilot)
            assert "two" in painted(pilot)
            app.text.refresh()
            await settled(pilot)
            assert (app.asked, app.text.rendered) == ([], before + 1)

    played(play())


@pytest.mark.parametrize("doing", ["theme", "focus", "scroll", "mark", "repaint", "resize", "style"])
def test_whatever_changes_a_list_is_painted(doing: str) -> None:
    async def play() -> None:
        app = Parts()
        async with app.run_test(size=(40, 20)) as pilot:
            await settled(pilot)
            if doing == "theme":
                app.theme = "textual-light"
            elif doing == "focus":
                app.text.focus()
            elif doing == "scroll":
                await press(pilot, "end")
            elif doing == "mark":
                app.lines.toggle_mark()
            elif doing == "repaint":
                app.lines.repaint()
            elif doing == "resize":
                await pilot.resize_terminal(50, 25)
            else:
                app.lines.add_class("warm")
                app.text.add_class("warm")
            await settled(pilot)
            for part in (app.lines, app.text):
                crop = part.outer_size.region
                assert part._kept_lines.rendered_at == (crop, part.scroll_offset)
                shown = part.render_lines(crop)
                part.notify_style_update()  # which clears the cache
                part._styles_cache.clear()
                assert shown == part.render_lines(crop), doing

    played(play())


def test_a_text_that_stands_there_already_is_not_laid_out() -> None:
    async def play() -> None:
        app = Parts()
        async with app.run_test(size=(40, 20)) as pilot:
            app.line.set_text(Text("one", style="bold"))
            await settled(pilot)
            app.line.set_text(Text("one", style="bold"))
            assert not app.line._layout_required
            assert not app.line._repaint_required
            app.line.set_text(Text("one"))
            needs = (app.line._repaint_required, app.line._layout_required)
            assert needs == (True, False), "it is no longer bold, and has as many lines"

    played(play())


def test_a_text_with_more_lines_is_laid_out() -> None:
    async def play() -> None:
        app = Parts()
        async with app.run_test(size=(40, 20)) as pilot:
            app.line.set_text(Text("one"))
            await settled(pilot)
            app.line.set_text(Text("one\ntwo"))
            assert app.line._layout_required

    played(play())
