"""Help text (F1): the keys in force, and the meaning of the signs in the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from transflow.presenters.i18n import _
from transflow.presenters.unit_lines import FLAGS, KIND_SIGNS, KINDS, SIGNS
from transflow.tui import keymap

_SHOWN = 16
"""Width of the column of keys, in cells."""


def help_text(overrides: Mapping[str, str], scopes: Sequence[str], width: int = 100, *, signs: bool = True) -> Text:
    """Return the help for these scopes: keys with the ids that tui.toml takes, and signs.

    An id that does not fit behind its description has a line of its own.
    """
    text = Text()
    titles = {
        "": _("Anywhere in this mode"),
        "list": _("In the list"),
        "text": _("In the text"),
        "app": _("Everywhere"),
    }
    for scope in scopes:
        lines = keymap.help_entries(overrides, [scope])
        if lines:
            kind = scope if scope in ("app", "text") else "list" if scope.endswith(".list") else ""
            text.append(("\n" if text else "") + titles[kind] + "\n", "bold")
        for shown, words, name in lines:
            keys = shown + " " * max(1, _SHOWN - cell_len(shown))
            fits = cell_len(keys) + cell_len(words) + 2 + len(name) <= width
            text.append(keys, "bold").append(words).append(("  " if fits else "\n" + " " * _SHOWN) + f"{name}\n", "dim")
    if any(scope.endswith(".list") and scope != "queue.list" for scope in scopes):
        text.append_text(_undo(overrides, scopes))
    return text.append_text(_questions()).append_text(_signs()) if signs else text


def _undo(overrides: Mapping[str, str], scopes: Sequence[str]) -> Text:
    """Return what undo takes back."""
    key = next((keymap.key_label(overrides, f"{scope}.undo") for scope in scopes if scope.endswith(".list")), "")
    words = _(
        "{key} takes back what you did last in this window, and after that the step before it. "
        "What others did since stays; where they changed the same text, nothing is taken back."
    )
    return Text("\n" + _("Taking back") + "\n", "bold").append(words.format(key=key) + "\n", "not bold")


def _questions() -> Text:
    """Return the keys that questions take, such as that about a colleague's text."""
    text = Text("\n" + _("In a question") + "\n", "bold")
    lines = (
        _("Enter: do it · Esc: leave it"),
        _("↑ ↓ Enter, or the digit · Esc: leave it"),
        _("Space: this one or not · a: all or none · Enter: do it · Esc: leave it"),
        _("Ctrl+S: done · Esc: leave it"),
    )
    return text.append("\n".join(lines) + "\n", "not bold")


def _signs() -> Text:
    text = Text()
    text.append("\n" + _("Signs") + "\n", "bold")
    for sign, _look, word in dict.fromkeys(SIGNS.values()):
        text.append(f"{sign} {_(word)}   ")
    text.append("\n")
    for sign, word in FLAGS.items():
        text.append(f"{sign} {_(word)}   ")
    text.append("\n")
    for kind, sign in KIND_SIGNS.items():
        text.append(f"{sign} {_(KINDS[kind])}   ")
    text.append(
        "\n\n" + _("Your own keys go into {path}:").format(path="tui.toml") + '\n[keys]\n"translate.confirm" = "f7"\n'
    )
    return text
