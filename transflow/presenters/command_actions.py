"""Actions of the screen and the prompts that do the same as a command that a message names.

Both call the method of an action by the same name, so one table serves both.
"""

from __future__ import annotations

from transflow.messages import CommandRef

_ACTIONS = (
    ("unit answer", ("comment",)),
    ("unit ask", ("comment",)),
    ("unit comment", ("comment",)),
    ("unit approve", ("approve",)),
    ("unit return", ("send_back",)),
    ("unit waive", ("waive",)),
    ("unit omit", ("omit",)),
    ("unit record", ("limit",)),
    ("unit set", ("edit",)),
    ("unit split", ("split",)),
    ("unit join", ("join",)),
    ("article cut", ("cut",)),
    ("article move", ("move",)),
    ("article cite", ("cite",)),
    ("compose", ("take_in", "compose")),
    ("settle", ("switch_live",)),
    ("ready", ("ready",)),
    ("clear", ("clear",)),
    ("assign", ("assign",)),
    ("render", ("show_page",)),
    ("published", ("record_publication",)),
    ("correct", ("mend_page",)),
    ("kill", ("mend_page",)),
    ("handover", ("hand_over",)),
    ("add", ("add_report",)),
    ("glossary add", ("add_term",)),
)
"""First words of a command, and its actions: a mode has one of them at most."""


def actions_of(command: CommandRef) -> tuple[str, ...]:
    """Return the actions that do what a command does; empty if there are none."""
    if command.words.startswith("unit confirm "):
        return ("take_new",) if "--take-new" in command.words.split() else ("confirm",)
    return next((actions for words, actions in _ACTIONS if f"{command.words} ".startswith(f"{words} ")), ())
