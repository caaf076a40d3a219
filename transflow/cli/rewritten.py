"""Lines that commands print about output that a change rendered again or removed."""

from __future__ import annotations

from transflow.actions.privacy.rewrite import Rewritten
from transflow.cli.notices import print_text
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "rendered": "{path}: rendered anew",
        "removed": "{path}: removed; render it again when the story is cleared",
    },
)


def print_output(done: Rewritten) -> None:
    for path in done.rendered:
        print_text(MESSAGES("rendered", path=str(path)))
    for path in done.removed:
        print_text(MESSAGES("removed", path=str(path)))
