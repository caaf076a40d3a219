"""Output of changes everywhere: the lines about rendered files, and plain values for JSON."""

from __future__ import annotations

from typing import Any

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


def rewritten_values(done: Rewritten) -> dict[str, Any]:
    """Return the result of a change everywhere as plain values."""
    owed = done.owed
    return {
        "files": [
            {"holder": each.holder, "path": each.path, "new_path": each.new_path, "removed": each.is_removed}
            for each in done.files
        ],
        "approve": list(owed.approve),
        "renew": list(owed.renew),
        "translations": list(owed.translations),
        "paragraphs": list(owed.paragraphs),
        "clear": list(owed.clear),
        "pages": [{"story": str(place), "address": address} for place, address in owed.pages],
        "engines": list(owed.engines),
        "residues": [{"path": each.path, "line": each.line, "exact": each.is_exact} for each in done.residues],
        "out_of_reach": [
            {"holder": each.holder, "path": each.path, "why": str(each.why)} for each in done.out_of_reach
        ],
        "history": dict(done.history),
    }
