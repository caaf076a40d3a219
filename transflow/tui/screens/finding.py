"""Search: the filter of the list, and a search of the whole project."""

from __future__ import annotations

from collections.abc import Callable

from transflow.errors import UsageError
from transflow.presenters.dialogues.requests import Dialogue, ask
from transflow.presenters.dialogues.searching import search_project
from transflow.presenters.filtering import parse
from transflow.presenters.i18n import _, count
from transflow.tui.screens.dialogue_runner import DialogueRunner
from transflow.tui.screens.sheet import Sheet


class Finding:
    """Commands for filtering and searching."""

    def __init__(self, sheet: Sheet, dialogues: DialogueRunner) -> None:
        self._sheet, self._screen, self._dialogues = sheet, sheet.screen, dialogues

    @property
    def commands(self) -> dict[str, Callable[..., object]]:
        return {"find": self.find, "to_list": self.to_list}

    def find(self) -> None:
        """Ask for a filter, or for words to look up in the whole project."""
        self._dialogues.run(self._ask())

    def _ask(self) -> Dialogue[None]:
        hint = _(
            "Words, /regular expression/, @person; unfinished untranslated again translated approved omitted "
            "changed question conflict warning comment draft. With = before it, words are looked up in the whole project. "
            "Empty: all sentences."
        )
        filter_text = self._sheet.view.filter.text
        text = yield from ask(_("Which sentences?"), hint, text=filter_text, allow_empty=True)
        if text is None:
            return
        if text.startswith("="):
            yield from search_project(text[1:].strip(), self._screen.app.project.settings)
        else:
            self.filter_by(text)

    def filter_by(self, text: str) -> None:
        """Display only the units that match a filter; if there are none, keep the list."""
        sheet, view = self._sheet, self._sheet.view
        try:
            new_filter = parse(text)
        except UsageError as error:
            self._screen.refuse(error)
            return
        old_filter = view.filter
        view.apply(new_filter)
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
