"""Commands on the text of Translate: the menu, numbers, source, case, dictionary, earlier texts.

Invariant: each of them changes the text in the editor by one edit, which can be undone, or asks by
a dialogue before it changes the record.
"""

from __future__ import annotations

from collections.abc import Callable

from transflow.actions.language import own_words
from transflow.model.unit import Unit
from transflow.presenters.dialogues import reusing, wording
from transflow.presenters.dialogues.requests import Dialogue
from transflow.presenters.i18n import _
from transflow.presenters.text_tools import next_case
from transflow.tui import keymap
from transflow.tui.keys import Key
from transflow.tui.menu import CommandMenu
from transflow.tui.screens.open_catalog import OpenCatalog


class TextCommands:
    """Commands on the text of one open report. `words_changed` is called after a new word."""

    def __init__(self, opened: OpenCatalog, words_changed: Callable[[], None]) -> None:
        self._opened, self._screen, self._words_changed = opened, opened.screen, words_changed
        self._view, self._sheet, self._editing = opened.view, opened.sheet, opened.editing
        opened.editing.offer_after = self._offer_same
        self._offered = ""
        """Id of the unit whose text was offered last for the same sentences."""
        on_unit = opened.sheet.on_unit
        self.commands: dict[str, Callable[..., object]] = {
            "more": self.show_menu,
            "take_back": opened.changes.take_back,
            "go_to_number": lambda: self._run(self._go_to_number()),
            "copy_source": on_unit(lambda unit: self._put(unit.source)),
            "change_case": self.change_case,
            "add_word": self.add_word,
            "earlier_texts": on_unit(lambda unit: self._run(self._take_earlier(unit))),
            "fill_same": on_unit(self.fill_same),
            "replace": lambda: self._run(reusing.replace_texts(self._view, self._editing.editor.selected_text)),
            "preview": lambda: self._run(wording.show_text_so_far(self._view, self._sheet.current)),
        }

    def _run(self, dialogue: Dialogue[None]) -> None:
        self._opened.run(dialogue)

    def _put(self, text: str) -> None:
        """Put a text into the editor, and go on writing it."""
        self._editing.put(text)
        self._editing.edit()

    def _offer_same(self, unit_id: str) -> str:
        """Return the offer to put a saved text under the same sentence elsewhere."""
        ids = (f"{self._screen.NAME}.{name}" for name in ("more", "list.same"))
        keys = [keymap.key_label(self._screen.app.keys, each) for each in ids]
        offer = reusing.same_offer(self._view, unit_id, " ".join(keys))
        self._offered = unit_id if offer else ""
        return offer

    def fill_same(self, unit: Unit) -> None:
        """Use the text of a unit for the same sentences; without any, that of the last offer."""
        has_own = reusing.origin_and_places(self._view, unit) is not None
        offered = self._view.find(self._offered) if self._offered and not has_own else None
        self._run(reusing.fill_same(self._view, offered or unit))

    def show_menu(self) -> None:
        """Show the commands of the list, and run the chosen one."""
        screen = self._screen

        def chosen(key: Key | None) -> None:
            screen.call_later(run, key)

        async def run(key: Key | None) -> None:
            if key is not None:
                await screen.run_action(keymap.action(key))
            screen.app.held_keys.release(menu.waiter)

        menu = CommandMenu(screen.app.keys, f"{screen.NAME}.list")
        menu.waiter = object()
        screen.app.held_keys.hold(menu)
        screen.app.push_screen(menu, chosen)

    def _go_to_number(self) -> Dialogue[None]:
        number = yield from wording.ask_number(self._view)
        if number:
            if self._view.row_of_index(number - 1) is None:
                self._opened.show_all()
            self._sheet.go_to(str(number))

    def change_case(self) -> None:
        """Change the case of the selection, or of the word at the cursor."""
        self._editing.editor.replace_selection(next_case)
        self._editing.edit()

    def add_word(self) -> None:
        """Add a word to the dictionary, and check everything again."""
        word = self._editing.editor.word_at_cursor()
        self._opened.changes.dialogues.run(wording.add_word(self._view, word), self._word_added)

    def _word_added(self, word: str) -> None:
        if word:
            self._words_changed()
            locale = self._view.place.locale
            self._opened.changes.remember(
                _("In the dictionary now: {word}").format(word=word),
                lambda actor: own_words.remove_word(actor, locale, word),
                self._words_changed,
            )

    def _take_earlier(self, unit: Unit) -> Dialogue[None]:
        text = yield from reusing.earlier_text(self._view, unit)
        if text is not None:
            self._put(text)
            self._screen.say(_("It is in the text; nothing is saved yet."))
