"""Modal questions with typed answers.

Invariant: Escape always leaves without an answer (None), and has no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from transflow.presenters.i18n import _
from transflow.presenters.list_rows import ListRow
from transflow.tui.controls import visible_text
from transflow.tui.held_keys import HeldKeys, is_late_syllable, run_own_binding
from transflow.tui.widgets.line_list import LineList

Answer = TypeVar("Answer")


IME_DELAY_SECONDS = 0.03
"""Seconds before an answer is read: a syllable pending in the input method arrives after Enter."""


class DialogLine(Input):
    """Input of one line."""

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True)

    async def _on_key(self, event: events.Key) -> None:
        """Run before the handler of `Input`, which types what is not prevented."""
        if not _kept_after_answer(self, event):
            await run_own_binding(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        _kept_after_answer(self, event)

    async def action_submit(self) -> None:
        """Submit the line. What is typed from now on is for what follows the dialog."""
        if isinstance(self.screen, Dialog):
            self.screen.await_syllable()
        await super().action_submit()


class LongText(TextArea):
    """Text area of a dialog."""

    BINDINGS = [Binding("ctrl+a", "select_all", show=False)]  # noqa: RUF012 - Textual's own declaration

    async def _on_key(self, event: events.Key) -> None:
        """Run before the handler of `TextArea`, which types what is not prevented."""
        if _kept_after_answer(self, event):
            return
        if event.key == "escape" and isinstance(self.screen, Dialog):  # after the letters before it
            self.screen.action_give_up()
            event.stop()
            event.prevent_default()
            return
        await run_own_binding(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        _kept_after_answer(self, event)


def _kept_after_answer(widget: Widget, event: events.Key | events.Paste) -> bool:
    """Keep what a text gets after the answer, but for a late syllable; return whether it was."""
    dialog = widget.screen
    if not isinstance(dialog, Dialog) or not dialog.is_answered or is_late_syllable(event):
        return False
    if dialog.held_keys:
        dialog.held_keys.keep(event)
    event.stop()
    event.prevent_default()
    return True


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """Box with a question, details, the widgets to answer in, and a line about its keys."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical {
        width: 90%; max-width: 90; height: auto; max-height: 90%; padding: 0 1; background: $surface; border: round $primary;
    }
    Dialog .question { height: auto; }
    Dialog .about { height: auto; max-height: 14; }
    Dialog .hint { color: $text-muted; height: auto; }
    Dialog Input, Dialog TextArea { border: none; border-left: outer $accent; background: $panel; }
    Dialog Input { height: 1; padding: 0 1; width: 1fr; border-left: none; }
    Dialog .field { height: 1; background: $panel; } Dialog .prompt { width: 2; color: $accent; text-style: bold; }
    Dialog TextArea { height: 12; max-height: 45vh; }
    Dialog LineList { background: $surface; }
    Agree > Vertical, Tell > Vertical { max-width: 100; }
    Agree .about { max-height: 18; } Tell .about { max-height: 80vh; }
    """
    AUTO_FOCUS = "DialogLine, TextArea, LineList"
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape", "give_up", show=False, priority=True),
        Binding("f1", "app.help", show=False),
        Binding("ctrl+l", "app.redraw", show=False),
    ]

    def __init__(self, question: str, about: Text | str = "", hint: str = "") -> None:
        super().__init__()
        self._question, self._about, self._hint = question, about, hint
        self.waiter: object = None
        """Holder of what is typed behind the answer, which is for what it shows next."""
        self.is_answered = False
        self.is_closing = False
        """True once it was answered, while it waits for a late syllable."""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(visible_text(Text(self._question, style="bold")), classes="question")
            if self._about:
                with VerticalScroll(classes="about"):
                    yield Static(visible_text(self._about if isinstance(self._about, Text) else Text(self._about)))
            yield from self.answer_widgets()
            yield Static(Text(self._hint), classes="hint")

    @property
    def would_be_lost(self) -> str:
        """Typed text that ending the program would lose."""
        return ""

    @property
    def keys_hint(self) -> str:
        """Line about the keys, with ` · ` between them."""
        return self._hint

    def answer_widgets(self) -> ComposeResult:
        """Yield the widgets to answer in."""
        yield from ()

    # What is typed before the dialog is open, and after it was answered

    @property
    def held_keys(self) -> HeldKeys | None:
        """Keys that the application holds; None in another application."""
        held: HeldKeys | None = getattr(self.app, "held_keys", None)
        return held

    def on_screen_resume(self) -> None:
        self.call_next(self._take_keys)

    def _take_keys(self) -> None:
        """Take the keys that were typed while the dialog opened."""
        if self.focused is None and (widgets := [each for each in self.query(self.AUTO_FOCUS) if each.focusable]):
            self.set_focus(widgets[0])  # the terminal had not the focus
        if self.held_keys:
            self.held_keys.release(self)

    def await_syllable(self) -> None:
        """Hold all keys but a late syllable, because the dialog is answered."""
        self.is_answered = True
        if self.held_keys:
            self.held_keys.hold(self.waiter or self, but_syllables=True)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        self.is_answered = True
        if self.held_keys:
            if self.waiter:
                self.held_keys.hold(self.waiter)
            self.held_keys.release(self)
        return super().dismiss(result)

    def say_missing(self) -> None:
        """Say why an empty answer does nothing."""
        self.is_answered = False
        if self.held_keys:
            self.held_keys.release(self.waiter or self)
        self.query_one(".hint", Static).update(_("✗ Nothing is written here yet. Esc: leave it"))

    def action_give_up(self) -> None:
        self.dismiss(None)


class Ask(Dialog[str | None]):
    """Question whose answer is a text of one line."""

    def __init__(
        self, question: str, about: Text | str = "", *, text: str = "", hint: str = "", allow_empty: bool = False
    ) -> None:
        """Set `allow_empty` to accept an empty answer."""
        super().__init__(question, about, hint or _("Enter: done · Esc: leave it"))
        self._text, self._allow_empty = text, allow_empty

    def answer_widgets(self) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Static("› ", classes="prompt")
            yield DialogLine(self._text)

    @property
    def would_be_lost(self) -> str:
        typed = self.query_one(DialogLine).value.strip()
        return typed if typed != self._text.strip() else ""

    def on_input_submitted(self) -> None:
        if not self.is_closing:
            self.is_closing = True
            self.set_timer(IME_DELAY_SECONDS, self._answer)

    def _answer(self) -> None:
        self.is_closing = False
        text = self.query_one(DialogLine).value.strip()
        if text or self._allow_empty:
            self.dismiss(text)
        else:
            self.say_missing()


class Write(Dialog[str | None]):
    """Question whose answer is a text of several lines, such as a pasted report.

    `typed` is called with the text on every edit.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("ctrl+s", "done", show=False, priority=True),
        Binding("escape", "give_up", show=False),  # runs in the text, after the letters before it
    ]

    def __init__(
        self,
        question: str,
        about: Text | str = "",
        text: str = "",
        typed: Callable[[str], None] = lambda text: None,  # noqa: ARG005
    ) -> None:
        super().__init__(question, about, _("Ctrl+S: done · Ctrl+A: select all · Esc: leave it"))
        self._text, self._on_typed = text, typed

    def answer_widgets(self) -> ComposeResult:
        text = LongText(self._text, tab_behavior="focus")
        text.cursor_location = text.document.end
        yield text

    def on_text_area_changed(self) -> None:
        self._on_typed(self.query_one(TextArea).text)

    def action_done(self) -> None:
        if self.is_closing:
            return
        self.is_closing = True
        if self.held_keys:  # the text may not have handled the keys before this one yet
            self.held_keys.hold(self.waiter or self, but_syllables=True)
        self.set_timer(IME_DELAY_SECONDS, self._answer)

    def _answer(self) -> None:
        self.is_closing = False
        text = self.query_one(TextArea).text
        if text.strip():
            self.dismiss(text)
        else:
            self.say_missing()


def cursor_sign(lines: LineList, row: int) -> str:
    """Return the sign before a row: that of the cursor, or a space."""
    return "▸" if row == lines.cursor else " "


class Choose(Dialog[int | None]):
    """Choice of one item from a list; the answer is its index. Digits choose at once."""

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("enter", "choose", show=False, priority=True),
        *(Binding(str(digit), f"choose({digit - 1})", show=False, priority=True) for digit in range(1, 10)),
    ]

    def __init__(self, question: str, choices: Sequence[str], about: Text | str = "", *, at: int = 0) -> None:
        super().__init__(question, about, _("↑ ↓ Enter, or the digit · Esc: leave it"))
        self._choices, self._at = choices, at

    def answer_widgets(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        lines = self.query_one(LineList)
        lines.styles.height = min(len(self._choices), 12)
        lines.show(len(self._choices), self._row, self._at)

    def _row(self, number: int, width: int) -> ListRow:  # noqa: ARG002 - the signature of LineList
        sign = cursor_sign(self.query_one(LineList), number)
        return ListRow([(f"{sign}{number + 1} " if number < 9 else f"{sign}  ", "faint"), (self._choices[number], "")])

    def action_choose(self, number: int | None = None) -> None:
        chosen = self.query_one(LineList).cursor if number is None else number
        if 0 <= chosen < len(self._choices):
            self.dismiss(chosen)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.dismiss(event.row)


class Select(Dialog[tuple[int, ...] | None]):
    """Choice of some items of a list, all of them at first; the answer is their indexes."""

    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("enter", "done", show=False, priority=True),
        Binding("space", "switch", show=False, priority=True),
        Binding("a,ㅁ", "switch_all", show=False, priority=True),
    ]

    def __init__(self, question: str, choices: Sequence[str], about: Text | str = "") -> None:
        super().__init__(question, about, _("Space: this one or not · a: all or none · Enter: do it · Esc: leave it"))
        self._choices, self._chosen = choices, set(range(len(choices)))

    def answer_widgets(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        lines = self.query_one(LineList)
        lines.styles.height = min(len(self._choices), 14)
        lines.show(len(self._choices), self._row, 0)

    def _row(self, number: int, width: int) -> ListRow:  # noqa: ARG002 - the signature of LineList
        is_chosen = number in self._chosen
        box = f"{cursor_sign(self.query_one(LineList), number)}{'[x]' if is_chosen else '[ ]'} "
        return ListRow([(box, "strong"), (self._choices[number], "" if is_chosen else "faint")])

    def action_switch(self) -> None:
        lines = self.query_one(LineList)
        self._chosen ^= {lines.cursor}
        lines.repaint(lines.cursor)

    def action_switch_all(self) -> None:
        self._chosen = set() if self._chosen else set(range(len(self._choices)))
        self.query_one(LineList).repaint()

    def action_done(self) -> None:
        self.dismiss(tuple(sorted(self._chosen)))


class Agree(Dialog[bool | None]):
    """Question to be agreed to, with a preview of the effect.

    Whoever goes on typing over a text did not mean to ask: nothing is done, and the text gets the
    letters.
    """

    # Without priority: Enter comes after letters that say that nobody meant to be asked
    BINDINGS = [Binding("enter", "agree", show=False)]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, question: str, about: Text | str = "") -> None:
        super().__init__(question, about, _("Enter: do it · Esc: leave it"))
        self._typed = ""

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and self._text_below:
            event.stop()
            event.prevent_default()
            if not self._typed:
                self.is_closing = True
                self.set_timer(IME_DELAY_SECONDS, self._give_back)
            self._typed += event.character

    @property
    def _text_below(self) -> TextArea | None:
        """The text that was written when the question was asked."""
        stack = self.app.screen_stack
        below = stack[-2].focused if len(stack) > 1 else None
        return below if isinstance(below, TextArea) else None

    def _give_back(self) -> None:
        self.is_closing = False
        text = self._text_below
        self.dismiss(None)
        if text is not None:
            text.insert(self._typed)

    def on_mount(self) -> None:
        for about in self.query(".about"):
            about.focus()  # so that a long preview can be scrolled before it is agreed to

    def action_agree(self) -> None:
        if not self._typed:
            self.dismiss(True)


class Tell(Dialog[None]):
    """Text to read."""

    BINDINGS = [Binding("enter,f1,question_mark,q,h", "give_up", show=False, priority=True)]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, title: str, text: Text) -> None:
        super().__init__(title, text, _("↑ ↓: read on · Esc: back"))

    def on_mount(self) -> None:
        self.query_one(".about").focus()
