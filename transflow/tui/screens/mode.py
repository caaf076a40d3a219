"""Base of the modes: title line, body, message line, key line, commands, and running actions.

Invariant: an action runs in the saver thread, and its result is handled in the UI thread; a refusal
is displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from transflow.errors import TransflowError
from transflow.messages import CommandRef
from transflow.presenters.cells import fitted
from transflow.presenters.formatting import Formats, format_person, format_time
from transflow.presenters.i18n import _, say
from transflow.privacy.pseudonyms import shown_unit
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.keys import Key
from transflow.tui.saving import Saver
from transflow.tui.screens.step_queue import StepQueue
from transflow.tui.widgets.cached import CachedStatic

if TYPE_CHECKING:
    from transflow.tui.app import TransflowApp

Commands: TypeAlias = Mapping[str, Callable[..., object]]
Value = TypeVar("Value")


class Mode(Screen[None]):
    """Base of the modes.

    A subclass defines `NAME`, `body` and its `commands`; its keys are in `transflow.tui.keys`.
    """

    NAME: ClassVar[str] = ""
    """Name of the mode, as in the ids of its keys."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (100, "-wide"), (140, "-very-wide")]  # noqa: RUF012 - Textual's declaration
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - Textual's declaration
    DEFAULT_CSS = """
    Mode { background: $background; layers: base; }
    Mode > .title { height: 1; background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    Mode > .message { height: auto; min-height: 1; max-height: 4; padding: 0 1; color: $foreground; }
    Mode > .message.-refused { color: $text-error; text-style: bold; }
    Mode > .keys { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    Mode ScrollView, Mode VerticalScroll { scrollbar-size-vertical: 1; }
    Mode * { scrollbar-color: $panel-lighten-2; scrollbar-background: $surface; scrollbar-color-hover: $primary; }
    Mode:ansi > .title, Mode:ansi > .keys { text-style: reverse; }
    """

    app: TransflowApp

    class Computed(Message):
        """Message that a job in a thread is done; `call_handler` handles its value."""

        def __init__(self, call_handler: Callable[[], None]) -> None:
            super().__init__()
            self.call_handler = call_handler

    def __init__(self) -> None:
        super().__init__()
        self.actions_in_progress = 0
        """Number of actions in progress in the saver thread."""
        self.steps = StepQueue(self.set_timer)
        self.key_words: dict[str, str] = {}
        """Words of the line of keys that are other ones now, by the id of the key."""
        self.message = ""
        """Message that is displayed."""

    def __init_subclass__(cls, **options: Any) -> None:
        if cls.NAME:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *keymap.bindings(cls.NAME)]
        super().__init_subclass__(**options)

    # Rendering

    def compose(self) -> ComposeResult:
        # Textual sets these classes after the first layout, which would then be done twice
        for cells, points in zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            self.add_class(max(each for each in points if each[0] <= cells)[1])
        yield CachedStatic(classes="title", one_line=True)
        yield from self.body()
        yield CachedStatic(classes="message")
        yield CachedStatic(classes="keys", one_line=True)

    def body(self) -> ComposeResult:
        """Yield the widgets between the title and the message line."""
        yield from ()

    def show_title(self, left: str, right: str = "") -> None:
        """Display the title: open catalog on the left, progress and other people on the right."""
        width = max(self.app.size.width - 2, 10)
        part = fitted(right, max(width // 2, width - cell_len(left) - 2))
        text = Text(fitted(left, width - part.width - 1, fill=True).text + " " + part.text, no_wrap=True)
        self.query_one(".title", CachedStatic).set_text(text)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Display a message; a refusal has a sign too, besides its colour."""
        self.message = text
        line = self.query_one(".message", CachedStatic)
        line.set_class(refused, "-refused")
        line.set_text(Text(("✗ " if refused else "") + text))

    def show_keys(self, scope: str) -> None:
        """Display the keys of a scope and of the application, as many as fit."""
        width = max(self.app.size.width - 2, 10)
        line = Text(no_wrap=True)
        for keys, entry in _keys_to_show(self.app.keys, scope):
            label = f"{keymap.key_labels(keys.split(',')[0]).split(' ')[0]} {self.key_words.get(entry.id) or _(entry.label)}  "
            if Text(line.plain + label).cell_len > width:
                continue
            key, _space, words = label.partition(" ")
            line.append(key, "bold").append(f" {words}")
        self.query_one(".keys", CachedStatic).set_text(line)

    def key_scopes(self) -> tuple[str, ...]:
        """Return the scopes of keys for the help."""
        return (self.NAME, f"{self.NAME}.list", "app")

    # Commands and the open catalog

    @property
    def commands(self) -> Commands:
        """Commands that are available now, by the name of the action of their key."""
        return {"help": self.app.action_help, "leave": self._leave}

    def action_command(self, name: str, *arguments: Any) -> None:
        """Run the command of a key; a command that is not available now does nothing."""
        command = self.commands.get(name)
        if command is not None:
            command(*arguments)

    def on_screen_resume(self) -> None:
        self.open(*self.app.take_request(self.NAME))

    def open(self, place: CatalogRef | None, unit: str) -> None:
        """Display a catalog at a unit (id or number); without a catalog, as it was left."""

    def position_for(self, mode: str) -> tuple[CatalogRef | None, str]:  # noqa: ARG002 - for subclasses
        """Return the catalog and unit to show in another mode; (None, "") for its last one."""
        return None, ""

    def _leave(self) -> None:
        self.app.call_later(self.app.action_quit)

    # Actions and background work

    def perform_action(
        self,
        action: Callable[..., Value],
        *arguments: Any,
        then: Callable[[Value], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        **options: Any,
    ) -> None:
        """Run an action of `transflow.actions` in the saver thread.

        The action gets the present `Actor` as its first argument. The handlers are called in the UI
        thread. Without `failed`, a refusal is displayed on the message line.
        """
        actor = self.app.actor()
        self.actions_in_progress += 1
        self.app.saver.run(
            self, lambda: action(actor, *arguments, **options), then, failed if failed is not None else self.refuse
        )

    def run_in_thread(self, job: Callable[[], Value], then: Callable[[Value], None], group: str) -> None:
        """Call `job` in a thread, then `then` with its value in the UI thread.

        `job` handles every error. A later job of the same group replaces an earlier one.
        """

        def run() -> None:
            self.post_message(self.Computed(partial(then, job())))

        self.run_worker(run, thread=True, group=group, exclusive=True)

    def on_mode_computed(self, message: Computed) -> None:
        message.stop()
        message.call_handler()

    def on_saver_done(self, done: Saver.Done) -> None:
        done.stop()
        self.actions_in_progress -= 1
        done.call_handler()

    def refuse(self, error: Exception) -> None:
        """Display why something was not done.

        An error that is no TransflowError or OSError is a bug: it is raised, and ends the
        application with a traceback. Unsaved texts are in the journal.
        """
        if not isinstance(error, TransflowError | OSError):
            raise error
        message = error.message if isinstance(error, TransflowError) else str(error)
        self.say(say(message, self.command_label), refused=True)

    # Values for the person

    @property
    def formats(self) -> Formats:
        """Formats of times, people and commands."""
        return Formats(
            self.format_time, self.person_name, self.command_label, partial(shown_unit, self.app.project.settings)
        )

    def command_label(self, command: CommandRef) -> str:
        """Return the key of this mode that does what a command does; without one, the command."""
        return keymap.command_label(command, self.app.keys, self.key_scopes())

    def format_time(self, time: str) -> str:
        """Format a UTC time in the time zone of the project."""
        return format_time(time, self.app.project.settings.timezone, self.app.actor().now)

    def person_name(self, who: str) -> str:
        return format_person(self.app.project.settings, who)


def _keys_to_show(overrides: Mapping[str, str], scope: str) -> list[tuple[str, Key]]:
    """Return the keys for the key line; help and commands first, to be visible in a narrow window
    too.
    """
    shown = [(keys, key) for each in (scope, "app") for keys, key in keymap.active_keys(overrides, each) if key.label]
    return sorted(shown, key=lambda each: each[1].id not in ("app.help", "app.palette"))
