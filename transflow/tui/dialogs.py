"""Modal questions with typed answers.

Invariant: Escape always leaves without an answer (None), and has no effect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from transflow.presenters.i18n import _
from transflow.presenters.list_rows import ListRow
from transflow.tui.controls import visible_text
from transflow.tui.widgets.line_list import LineList

Answer = TypeVar("Answer")


IME_DELAY_SECONDS = 0.03
"""Seconds before an answer is read: a syllable pending in the input method arrives after Enter."""


class DialogLine(Input):
    """Input of one line.

    Once it is submitted, plain keys are kept: they are meant for what follows the dialog.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, compact=True)
        self.kept_keys: list[events.Key] | None = None

    async def _on_key(self, event: events.Key) -> None:
        """Run before the handler of `Input`, which types what is not prevented."""
        if self.kept_keys is not None and (event.character is None or event.character.isascii()):
            self.kept_keys.append(event)
            event.stop()
            event.prevent_default()


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
    Dialog .field { height: 1; background: $panel; }
    Dialog .prompt { width: 2; color: $accent; text-style: bold; }
    Dialog TextArea { height: 12; max-height: 45vh; }
    Dialog LineList { background: $surface; }
    Agree > Vertical, Tell > Vertical { max-width: 100; }
    Agree .about { max-height: 18; }
    Tell .about { max-height: 80vh; }
    """
    AUTO_FOCUS = "DialogLine, TextArea, LineList"
    BINDINGS = [  # noqa: RUF012 - Textual's own declaration
        Binding("escape", "give_up", show=False),
        Binding("f1", "app.help", show=False),
        Binding("ctrl+l", "app.redraw", show=False),
    ]

    def __init__(self, question: str, about: Text | str = "", hint: str = "") -> None:
        super().__init__()
        self._question, self._about, self._hint = question, about, hint
        self._early: list[events.Key] = []
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
    def keys_hint(self) -> str:
        """Line about the keys, with ` · ` between them."""
        return self._hint

    def answer_widgets(self) -> ComposeResult:
        """Yield the widgets to answer in."""
        yield from ()

    def on_key(self, event: events.Key) -> None:
        """Keep keys that arrive before a widget has the focus."""
        if self.focused is None and event.is_printable:
            self._early.append(event)
            event.stop()

    def on_descendant_focus(self) -> None:
        early, self._early = self._early, []
        for event in early:
            self.app.post_message(events.Key(event.key, event.character))

    def say_missing(self) -> None:
        """Say why an empty answer does nothing."""
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

    def on_input_submitted(self) -> None:
        line = self.query_one(DialogLine)
        if line.kept_keys is None:
            line.kept_keys, self.is_closing = [], True
            self.set_timer(IME_DELAY_SECONDS, self._answer)

    def _answer(self) -> None:
        line = self.query_one(DialogLine)
        kept, line.kept_keys, self.is_closing = line.kept_keys or [], None, False
        if line.value.strip() or self._allow_empty:
            self.dismiss(line.value.strip())
        else:
            self.say_missing()
        for event in kept:
            self.app.post_message(events.Key(event.key, event.character))


class Write(Dialog[str | None]):
    """Question whose answer is a text of several lines, such as a pasted report.

    `typed` is called with the text on every edit.
    """

    BINDINGS = [Binding("ctrl+s", "done", show=False, priority=True)]  # noqa: RUF012 - Textual's own declaration

    def __init__(
        self,
        question: str,
        about: Text | str = "",
        text: str = "",
        typed: Callable[[str], None] = lambda text: None,  # noqa: ARG005
    ) -> None:
        super().__init__(question, about, _("Ctrl+S: done · Esc: leave it"))
        self._text, self._on_typed = text, typed

    def answer_widgets(self) -> ComposeResult:
        yield TextArea(self._text, tab_behavior="focus")

    def on_text_area_changed(self) -> None:
        self._on_typed(self.query_one(TextArea).text)

    def action_done(self) -> None:
        self.is_closing = True
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
        Binding("enter", "choose", show=False),
        *(Binding(str(digit), f"choose({digit - 1})", show=False) for digit in range(1, 10)),
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
        Binding("space", "switch", show=False),
        Binding("a,ㅁ", "switch_all", show=False),
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

    BINDINGS = [Binding("enter,f1,question_mark,q,h", "give_up", show=False)]  # noqa: RUF012 - Textual's own declaration

    def __init__(self, title: str, text: Text) -> None:
        super().__init__(title, text, _("↑ ↓: read on · Esc: back"))

    def on_mount(self) -> None:
        self.query_one(".about").focus()
