"""Textual application: its modes, and everything that lives as long as it does.

Invariant: however it ends (Ctrl+Q, a signal, a closed terminal), the journal is flushed and steps
in progress are finished first; after a crash, the unsaved texts are in the journal.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen

from transflow.actions import Actor
from transflow.errors import TransflowError
from transflow.invisible import without_invisible
from transflow.model.settings import Person
from transflow.presenters import headlines, preferences
from transflow.presenters.assistants import Assistants
from transflow.presenters.i18n import _, say
from transflow.presenters.journal import Journal
from transflow.presenters.presence import Presence
from transflow.project import CatalogRef, Project
from transflow.project.waiting import process
from transflow.text import pasted
from transflow.tui import keymap, keys, themes
from transflow.tui.controls import ControlFilter
from transflow.tui.dialogs import Agree, Dialog, Tell
from transflow.tui.ending import exit_within
from transflow.tui.held_keys import HeldKeys
from transflow.tui.help import help_text
from transflow.tui.saving import Saver
from transflow.tui.screens.mode import Mode
from transflow.tui.screens.one_text import OneText
from transflow.tui.settings_watch import SECONDS, SettingsWatch
from transflow.tui.widgets.editor import Editor

MODES_AT = {
    "queue": "transflow.tui.screens.queue:QueueScreen",
    "translate": "transflow.tui.screens.translate:TranslateScreen",
    "review": "transflow.tui.screens.review:ReviewScreen",
    "story": "transflow.tui.screens.story:StoryScreen",
}
"""Mode -> module and class of its screen."""
_CONTROLS = ControlFilter()
_MODIFIERS = ("alt+", "ctrl+", "meta+", "super+", "hyper+")
_SIGNALS = (signal.SIGHUP, signal.SIGTERM)


def _screen(mode: str) -> Callable[[], Screen[None]]:
    def create() -> Screen[None]:
        module, _, name = MODES_AT[mode].partition(":")
        screen: Screen[None] = getattr(import_module(module), name)()
        return screen

    return create


class TransflowApp(App[None]):
    """Textual application of one person in one project.

    It opens in mode `first`, at the catalog `place` and the unit `unit`. `clock` returns the time
    in UTC, to the second.
    """

    TITLE = "transflow"
    MODES = {mode: _screen(mode) for mode in MODES_AT}  # noqa: RUF012 - Textual's declaration
    BINDINGS = keymap.bindings("app", priority=False)
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    Tooltip { display: none; }
    """

    def __init__(
        self,
        project: Project,
        user: Person,
        clock: Callable[[], str],
        journal: Journal,
        helpers: Assistants = Assistants(),  # noqa: B008 - a value
        *,
        first: str = "queue",
        place: CatalogRef | None = None,
        unit: str = "",
        theme: str = preferences.THEMES[0],
        keys: Mapping[str, str] = {},
    ) -> None:
        self.DEFAULT_MODE = first  # type: ignore[misc] # per instance, so that no other screen is rendered first
        super().__init__()
        self.project, self.user, self.clock = project, user, clock
        headlines.use(project)
        self.journal, self.assistants, self.keys = journal, helpers, keys
        self._is_ending = False
        self._previous_tell = process.tell
        self.saver, self.presence = Saver(), Presence(project.root, user.id)
        self.settings_watch = SettingsWatch(self)
        self.held_keys = HeldKeys(self._deliver, self.call_later, self.set_timer)
        self._requested: dict[str, tuple[CatalogRef | None, str]] = {first: (place, unit)}
        # Errors are printed without colours once the screen is gone: standard error may display
        # escape sequences as text.
        self.error_console = Console(markup=False, highlight=False, stderr=True, color_system=None)
        for each in themes.custom_themes():
            self.register_theme(each)
        self.theme = theme
        self.set_keymap({name: keymap.with_hangul(value) for name, value in keys.items()})

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), _CONTROLS]

    def actor(self) -> Actor:
        return Actor(self.project, self.user, self.clock())

    async def on_event(self, event: events.Event) -> None:
        """Handle an event of the terminal, so that no widget gets what is not to be typed.

        A letter with Alt is a key and no text, and a pasted text has no control characters.
        """
        if isinstance(event, events.Key) and event.key.startswith(_MODIFIERS):
            event.character = None
        elif isinstance(event, events.Paste):
            event.text = without_invisible(pasted(event.text))
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            is_quit = isinstance(event, events.Key) and event.key in self._quit_keys()
            if is_quit and isinstance(self.screen, ModalScreen):
                self._quit_from_dialog()
                return
            if not is_quit and self.held_keys.takes(event):
                return
        await self._deliver(event)

    async def _deliver(self, event: events.Event) -> None:
        """Handle an event as Textual does."""
        await super().on_event(event)

    # Start and end

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, self.hang_up, 128 + number)
        self._previous_tell, process.tell = process.tell, self._show_waiting
        self.set_interval(SECONDS, self.settings_watch.check)

    def on_unmount(self) -> None:
        self.close()

    def hang_up(self, code: int = 128 + signal.SIGHUP) -> None:
        """Exit because of a signal, or because the terminal is gone."""
        if not self._is_ending:
            self._is_ending = True
            exit_within(self.journal, code)
            self.exit(return_code=code)

    def get_driver_class(self) -> type[Driver]:
        """Return our driver for terminals. Loads it where Textual has one for POSIX."""
        driver_class = super().get_driver_class()
        if driver_class.__name__ != "LinuxDriver":
            return driver_class
        from transflow.tui.driver import Driver as Terminal

        return Terminal

    def _handle_exception(self, error: Exception) -> None:
        """Exit after an error that no screen could display.

        A TransflowError or OSError is printed like in the other commands. Any other error is a bug,
        printed with its traceback.
        """
        super()._handle_exception(error)
        if isinstance(error, TransflowError | OSError):
            self._return_code = error.exit_code if isinstance(error, TransflowError) else 3
            problem = say(error.message) if isinstance(error, TransflowError) else str(error)
            self._exit_renderables[:] = [Text(f"transflow: {problem}")]

    def close(self) -> None:
        """Finish what is in progress. Called at every orderly end; a second call does nothing."""
        self.saver.close()
        self.presence.leave()
        self.journal.close()
        process.tell = self._previous_tell

    def _show_waiting(self, text: str) -> None:
        """Display a message about waiting for a lock. Called in the saver thread."""
        self.call_later(self._say, say(text))

    async def action_quit(self) -> None:
        """Exit, once the input method has delivered its pending syllable."""
        if isinstance(self.screen, Mode):
            self.screen.steps.enqueue(self.exit)
        else:
            self.exit()

    def _quit_keys(self) -> list[str]:
        """Return the keys that quit; a dialog takes no other key of the application."""
        keys = next(keys for keys, entry in keymap.active_keys(self.keys, "app") if entry.id == "app.quit")
        return keys.split(",")

    def _quit_from_dialog(self) -> None:
        """Exit from a question or a text; ask first if something typed would be lost."""
        screen = self.screen
        typed = screen.would_be_lost if isinstance(screen, Dialog) else ""
        if not typed:
            self.exit()
            return

        def answered(agreed: bool | None) -> None:
            if agreed:
                self.exit()

        self.push_screen(Agree(_("Quit? What you typed here is lost."), typed), answered)

    def action_help_quit(self) -> None:
        """Say which key quits, on Ctrl+C with nothing selected: many programs quit then."""
        text = f"{keymap.key_labels(','.join(self._quit_keys()))}: {_('Quit; texts that are not saved are kept')}"
        if isinstance(self.screen, Mode):
            self.screen.say(text)
        else:
            self.notify(text)

    def action_redraw(self) -> None:
        """Draw every line again, after something else wrote into the terminal."""
        self.clear_terminal()
        self.refresh(layout=True)

    def clear_terminal(self) -> None:
        """Erase the terminal, for lines that are drawn only where they change."""
        if self._driver is not None:
            self._driver.write("\x1b[2J")

    def open_file(self, path: Path) -> None:
        """Open a file in the user's browser; without a desktop, it would take the terminal."""
        if sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
            self.open_url(path.as_uri())

    # Modes

    def take_request(self, mode: str) -> tuple[CatalogRef | None, str]:
        """Return the catalog and unit that a mode was asked to show, and forget them."""
        return self._requested.pop(mode, (None, ""))

    def show(self, mode: str, place: CatalogRef | None = None, unit: str = "") -> None:
        """Show a mode at a catalog and unit; without a catalog, as it was left."""
        if mode not in MODES_AT:
            self._say(_("That mode is not installed."))
        elif mode == self.current_mode:
            self._open(place, unit)
        else:
            self._say("")  # what was said is of no use to whoever comes back
            self._requested[mode] = (place, unit)
            self.switch_mode(mode)

    async def show_queue(self, reason: str) -> None:
        """Show the Queue, and say why."""
        await self.switch_mode("queue")
        self._say(reason)

    def _open(self, place: CatalogRef | None, unit: str) -> None:
        if isinstance(self.screen, Mode) and place is not None:
            self.screen.open(place, unit)

    def action_mode(self, mode: str) -> None:
        screen = self.screen
        if not isinstance(screen, Mode):
            return

        def leave() -> None:
            place, unit = screen.position_for(mode) if mode != screen.NAME else (None, "")
            screen.steps.finish()
            self.show(mode, place, unit)

        screen.steps.enqueue(leave)

    def refuse(self, error: TransflowError) -> None:
        """Display an error that no step of the screen raised."""
        if isinstance(self.screen, Mode):
            self.screen.refuse(error)

    def _say(self, text: str) -> None:
        if isinstance(self.screen, Mode):
            self.screen.say(text)

    # Help and commands

    def action_help(self) -> None:
        """Show the keys of the screen; those of a question or a text stand above those of texts."""
        screen = self.screen
        if isinstance(screen, Mode):
            self.push_screen(Tell(_("Keys"), help_text(self.keys, screen.key_scopes(), self._help_width())))
        elif isinstance(screen, Dialog | OneText):
            text = Text(screen.keys_hint.replace(" · ", "\n") + "\n\n")
            self.push_screen(Tell(_("Keys"), text + help_text(self.keys, ("text",), self._help_width(), signs=False)))

    def _help_width(self) -> int:
        return min(self.size.width * 9 // 10, 100) - 6

    def action_command_palette(self) -> None:
        """Open the palette of Textual, with its placeholder in the language of the screen."""
        if not CommandPalette.is_open(cast("App[object]", self)):
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield a palette command for each key in force here, and for each theme."""
        scopes = screen.key_scopes() if isinstance(screen, Mode) else ("app",)
        pairs = [pair for scope in scopes for pair in keymap.active_keys(self.keys, scope)]
        for description in dict.fromkeys(entry.description for _value, entry in pairs):
            same = [(value, entry) for value, entry in pairs if entry.description == description]
            entry = same[0][1]
            owner = self if entry.scope == "app" else screen.query_one(Editor) if entry.scope == "text" else screen
            labels = ", ".join(keymap.key_labels(value) for value, _entry in same)
            yield SystemCommand(_(description), labels, self._runner(owner, entry))
        for name in preferences.THEMES:
            yield SystemCommand(_("Colours: {name}").format(name=name), "", self._theme_setter(name))

    def _runner(self, owner: DOMNode, entry: keys.Key) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, keymap.action(entry), owner)

        return run

    def _theme_setter(self, name: str) -> Callable[[], None]:
        def run() -> None:
            self.theme = name

        return run
