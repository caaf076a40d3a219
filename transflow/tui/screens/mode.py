"""What every mode is: a title line, a body, a message line and a line of keys; and how it acts on the record.

Invariant: one step is under way at a time. Keys that are pressed meanwhile wait and then act on what is shown by then, so
that a fast typist never confirms, or writes into, another text than the one they see.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen

from transflow.actions import Actor
from transflow.errors import TransflowError
from transflow.presenters.cells import fitted
from transflow.presenters.formatting import format_person, format_time
from transflow.presenters.i18n import _
from transflow.presenters.journal import UnsavedText
from transflow.presenters.refusals import shown_refusal
from transflow.project import CatalogRef
from transflow.tui import keymap
from transflow.tui.saving import Saver
from transflow.tui.widgets.cached import Still

if TYPE_CHECKING:
    from transflow.tui.app import TransflowApp

IME_FLUSH_SECONDS = 0.03
"""Seconds for which a step waits: an input method delivers its pending syllable about 1 ms after the key that ended it."""
_LONG = "new"
"""Of a new text in the journal. No id of a unit is so short."""
Value = TypeVar("Value")


class Mode(Screen[None]):
    """Base of the modes. A subclass gives `NAME`, `body`, and its `action_…`; its keys are in `transflow.tui.keys`."""

    NAME: ClassVar[str] = ""
    """As in the ids of its keys."""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal"), (100, "-wide")]  # noqa: RUF012 - Textual's declaration
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - Textual's declaration
    DEFAULT_CSS = """
    Mode { background: $background; layers: base; }
    Mode > .title { height: 1; background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    Mode > .message { height: auto; max-height: 4; padding: 0 1; color: $foreground; }
    Mode > .message.-refused { color: $text-error; text-style: bold; }
    Mode > .keys { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
    Mode ScrollView, Mode VerticalScroll { scrollbar-size-vertical: 1; }
    Mode * { scrollbar-color: $panel-lighten-2; scrollbar-background: $surface; scrollbar-color-hover: $primary; }
    Mode:ansi > .title, Mode:ansi > .keys { text-style: reverse; }
    """

    app: TransflowApp

    def __init__(self) -> None:
        super().__init__()
        self.acts = 0
        """Actions that are under way in the saving thread."""
        self._busy = False
        self._queued: deque[Callable[[], None]] = deque()

    def __init_subclass__(cls, **options: Any) -> None:
        if cls.NAME:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *keymap.bindings(cls.NAME)]
        super().__init_subclass__(**options)

    # What is painted

    def compose(self) -> ComposeResult:
        # Textual sets these classes after the first layout, which would then be a wasted one
        for cells, points in zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            self.add_class(max(each for each in points if each[0] <= cells)[1])
        yield Still(classes="title", one_line=True)
        yield from self.body()
        yield Still(classes="message")
        yield Still(classes="keys", one_line=True)

    def body(self) -> ComposeResult:
        """The widgets between the title and the messages."""
        yield from ()

    def title_line(self, left: str, right: str = "") -> None:
        """Shows the title: what is open, and at the right how far it is and who else is there."""
        width = max(self.app.size.width - 2, 10)
        part = fitted(right, max(width // 2, width - cell_len(left) - 2))
        text = Text(fitted(left, width - part.width - 1, fill=True).text + " " + part.text, no_wrap=True)
        self.query_one(".title", Still).tell(text)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Says something on the message line; a refusal begins with a sign, so that it is not told by its colour."""
        line = self.query_one(".message", Still)
        line.set_class(refused, "-refused")
        line.tell(Text(("✗ " if refused else "") + text))
        line.display = bool(text)

    def show_keys(self, scope: str) -> None:
        """Shows the keys of a scope and of the application, as many as there is room for."""
        width = max(self.app.size.width - 2, 10)
        line = Text(no_wrap=True)
        for keys, entry in self._keys_to_show(scope):
            label = f"{keymap.shown(keys.split(',')[0]).split(' ')[0]} {_(entry.short)}  "
            if Text(line.plain + label).cell_len > width:
                continue
            key, _space, words = label.partition(" ")
            line.append(key, "bold").append(f" {words}")
        self.query_one(".keys", Still).tell(line)

    def _keys_to_show(self, scope: str) -> list[tuple[str, Any]]:
        """Help first: whoever does not know the keys must find it in a narrow window too."""
        scopes = (scope, "app")
        shown = [(keys, key) for each in scopes for keys, key in keymap.in_force(self.app.keys, each) if key.short]
        return sorted(shown, key=lambda each: each[1].id != "app.help")

    def scopes(self) -> tuple[str, ...]:
        """The scopes of the table that the help shows."""
        return (self.NAME, f"{self.NAME}.list", "app")

    def action_help(self) -> None:
        self.app.action_help()

    # The place that is open

    def on_screen_resume(self) -> None:
        self.open(*self.app.wanted(self.NAME))

    def open(self, place: CatalogRef | None, unit: str) -> None:
        """Shows a catalog, at a unit (its id, or its number); without a place, what was shown before."""

    def here(self, mode: str) -> tuple[CatalogRef | None, str]:  # noqa: ARG002 - for subclasses
        """What another mode should show when it is chosen from here; None for what it showed before."""
        return None, ""

    def action_leave(self) -> None:
        self.app.call_later(self.app.action_quit)

    # Steps

    @property
    def is_busy(self) -> bool:
        return self._busy

    def step(self, step: Callable[[], None]) -> None:
        """Does a step that leaves a text, once the input method has had its time. The step ends with `step_done`, at once
        or after an action."""
        if self._busy:
            self._queued.append(step)
            self.queued()
            return
        self._busy = True
        self.hold(lambda: self.set_timer(IME_FLUSH_SECONDS, step))

    def step_done(self) -> None:
        self._busy = False
        self.release()
        if self._queued:
            self.step(self._queued.popleft())

    def hold(self, then: Callable[[], object]) -> None:
        """Called when a step begins. A mode with an editor lets it keep its keys, once it has had those that were pressed
        before, and calls `then` after that."""
        then()

    def queued(self) -> None:
        """Called when a step was asked for while another one is under way."""

    def release(self) -> None:
        """Called when a step ends."""

    def act(
        self,
        action: Callable[..., Value],
        *arguments: Any,
        then: Callable[[Value], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        **options: Any,
    ) -> None:
        """Runs an action of `transflow.actions` in the saving thread, with a desk of now as its first argument. The handlers
        are called in the UI's thread. Without `failed`, a refusal is said on the message line."""
        actor = self.app.actor()
        self.acts += 1
        self.app.saver.run(
            self, lambda: action(actor, *arguments, **options), then, failed if failed is not None else self.refuse
        )

    def on_saver_done(self, done: Saver.Done) -> None:
        done.stop()
        self.acts -= 1
        done.settle()

    def refuse(self, error: Exception) -> None:
        """Says why something was not done. An error that is none of ours is a bug, and ends the application with a report;
        the drafts are in the journal."""
        if not isinstance(error, TransflowError | OSError):
            raise error
        self.say(shown_refusal(str(error)), refused=True)

    # Long texts

    def ask_long(self, question: str, about: str, key: str, answered: Callable[[str | None], None]) -> None:
        """Asks for a text of several lines. What is typed is in the journal under `key` until `forget_long`: whoever leaves
        it, or is refused, finds it when they are asked again."""
        from transflow.tui.dialogs import Write

        journal = self.app.journal
        kept = journal.get(key, _LONG)

        def typed(text: str) -> None:
            if text.strip():
                journal.put(key, _LONG, UnsavedText(text, "", self.app.clock()))
            else:
                journal.drop(key, _LONG)

        self.app.push_screen(Write(question, about, kept.text if kept else "", typed), answered)

    def forget_long(self, key: str) -> None:
        """The text was taken."""
        self.app.journal.drop(key, _LONG)

    # Times and people

    def at(self, time: str) -> str:
        """A UTC time as people in the project's zone read it."""
        return format_time(time, self.app.project.settings.timezone, self.app.actor().now)

    def person(self, who: str) -> str:
        return format_person(self.app.project.settings, who)


def desk_free(action: Callable[..., Value]) -> Callable[..., Value]:
    """An action that takes no desk, as one that does."""

    def wrapped(actor: Actor, *arguments: Any, **options: Any) -> Value:  # noqa: ARG001 - the desk is what it does without
        return action(*arguments, **options)

    return wrapped
