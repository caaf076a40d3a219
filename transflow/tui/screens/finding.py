"""Search: the filter of the list, and a search of the whole project."""

from __future__ import annotations

from collections.abc import Callable

from transflow.errors import UsageError
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.dialogues.searching import ask_filter, search_project
from transflow.presenters.filtering import Filter, parse
from transflow.presenters.i18n import _, count, say
from transflow.text import one_line
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.sheet import Sheet
from transflow.tui.widgets.editor import Editor


class Finding:
    """Commands for filtering and searching."""

    def __init__(self, sheet: Sheet, editor: Editor, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self._editor, self._dialogues = sheet, sheet.screen, editor, dialogues

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        return {"find": self.find, "to_list": self.to_list}

    def find(self) -> None:
        """Ask for a filter, or for words to look up in the whole project."""
        self._dialogues.run(self._ask())

    def _ask(self) -> Dialogue[None]:
        sheet, before = self._sheet, self._sheet.view.filter
        unit = sheet.current
        text = yield from ask_filter(self._asked_first(before.text), self._preview)
        if sheet.view.filter.text != before.text:
            self._show(before)
            sheet.go_to(unit)
        if text is not None and text.startswith("="):
            yield from search_project(text[1:].strip())
        elif text is not None:
            self.filter_by(text)

    def _asked_first(self, before: str) -> str:
        """Return the text of the question at first: the selected words, or the present filter."""
        selected = one_line(self._editor.selected_text or self._screen.get_selected_text() or "")
        return f"={selected}" if selected else before

    def _preview(self, text: str) -> str:
        """Show what a typed filter lets through; return how much that is, or why it is none."""
        if text.startswith("="):
            return _("Enter looks it up in the whole project.")
        try:
            self._show(parse(text))
        except UsageError as error:
            return say(error.message)
        return count("{n} sentence is shown.", "{n} sentences are shown.", len(self._sheet.view.visible))

    def _show(self, wanted: Filter) -> None:
        """Display the units that match a filter, if they are others than now."""
        sheet, view = self._sheet, self._sheet.view
        if wanted.text != view.filter.text:
            view.apply(wanted)
            sheet.show_list(view.row(sheet.current))
            sheet.paint_title()

    def toggle_mine(self) -> None:
        """Display only the units of the person, or all again."""
        self.filter_by("" if self._sheet.view.filter.text == "mine" else "mine")

    def filter_by(self, text: str) -> None:
        """Display only the units that match a filter; if there are none, keep the list."""
        sheet, view = self._sheet, self._sheet.view
        old_filter = view.filter
        try:
            view.apply(parse(text))
        except UsageError as error:
            self._screen.refuse(error)
            return
        if not view.visible:
            view.apply(old_filter)
            message = _("No sentence is so: {filter}").format(filter=text)
            self._screen.say(" ".join(filter(None, (message, sheet.pending_checks_message()))))
            return
        sheet.show_list(view.row(sheet.current))
        sheet.lines.focus()
        sheet.show_unit()
        sheet.paint_title()
        if text:
            self._screen.say(
                count("{n} sentence. Esc: all again.", "{n} sentences. Esc: all again.", len(view.visible))
            )

    def to_list(self) -> None:
        """Move the focus to the list; in the list, display all units again."""
        lines = self._sheet.lines
        if lines.has_focus and self._sheet.view.filter.text:
            self.filter_by("")
        self._screen.set_focus(lines)
