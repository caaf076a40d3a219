"""The virtual list: it paints only visible rows, and the cursor is on a selectable row."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from support.screens import painted, played, press, settled
from transflow.presenters.list_rows import ListRow
from transflow.tui.widgets.line_list import LineList


class Lists(App[None]):
    def __init__(self, headings: frozenset[int], count: int) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.chosen: list[int] = []
        self._headings, self._count = headings, count

    def compose(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        self.lines.show(self._count, self.row)
        self.lines.focus()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.chosen.append(event.row)

    @property
    def lines(self) -> LineList:
        return self.query_one(LineList)

    def row(self, number: int, width: int) -> ListRow:
        self.asked.append(number)
        return ListRow(
            [(f"{number} ", "faint"), ("유엔이 서한을 공개했다. " * 20, "")], heading=number in self._headings
        )


def test_only_what_is_in_view_is_asked_for() -> None:
    async def play() -> None:
        app = Lists(frozenset(), 100_000)
        async with app.run_test(size=(40, 10)) as pilot:
            await settled(pilot)
            assert max(app.asked) < 20
            app.asked.clear()
            await press(pilot, "down")
            assert set(app.asked) <= {0, 1}
            await press(pilot, "end")
            assert app.lines.cursor == 99_999
            assert "99999" in painted(pilot)

    played(play())


def test_every_line_is_as_wide_as_the_list_whatever_stands_in_it() -> None:
    async def play() -> None:
        app = Lists(frozenset(), 5)
        async with app.run_test(size=(41, 10)) as pilot:
            await settled(pilot)
            assert {app.lines.render_line(y).cell_length for y in range(10)} == {app.lines.line_width}

    played(play())


@settings(max_examples=8)
@given(
    st.frozensets(st.integers(0, 11), max_size=12),
    st.lists(st.sampled_from(["up", "down", "pageup", "pagedown", "home", "end"]), max_size=8),
)
def test_the_cursor_is_never_on_a_heading(headings: frozenset[int], keys: list[str]) -> None:
    async def play() -> None:
        app = Lists(headings, 12)
        async with app.run_test(size=(40, 5)) as pilot:
            for key in keys:
                await press(pilot, key)
                cursor = app.lines.cursor
                assert cursor not in headings
                assert (cursor == -1) == (len(headings) == 12)

    played(play())


def test_a_range_is_marked_from_both_ends_and_leaves_headings_out() -> None:
    async def play() -> None:
        app = Lists(frozenset({2}), 6)
        async with app.run_test(size=(40, 10)) as pilot:
            await settled(pilot)
            app.lines.move_to(4)
            assert app.lines.mark_range() == -1
            app.lines.move_to(1)
            assert app.lines.mark_range() == 3
            assert app.lines.selected_rows() == [1, 3, 4]

    played(play())


def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    async def play() -> None:
        app = Lists(frozenset(), 6)
        async with app.run_test(size=(40, 10)) as pilot:
            await settled(pilot)
            await pilot.click(LineList, offset=(3, 2))
            await settled(pilot)
            assert (app.lines.cursor, app.chosen) == (2, [])
            await pilot.click(LineList, offset=(3, 2))
            await settled(pilot)
            assert app.chosen == [2]

    played(play())
