"""Actions that do the same as a command which a message names."""

from __future__ import annotations

import pytest

from transflow.messages import CommandRef
from transflow.presenters import command_actions
from transflow.presenters.command_actions import actions_of
from transflow.tui import keys


@pytest.mark.parametrize(
    ("words", "actions"),
    [
        ("unit answer", ("comment",)),
        ("unit answer un-letter#3", ("comment",)),
        ("unit confirm un-story#…", ("confirm",)),
        ("unit confirm un-story#3 --take-new", ("take_new",)),
        ("add REPORT.md", ("add_report",)),
        ("unit answered", ()),
        ("git setup", ()),
    ],
)
def test_a_command_has_the_actions_of_its_first_words(words: str, actions: tuple[str, ...]) -> None:
    assert actions_of(CommandRef(words)) == actions


def test_every_action_has_a_key() -> None:
    known = {key.action for key in keys.TABLE}
    assert {action for _, actions in command_actions._ACTIONS for action in actions} - known == set()
