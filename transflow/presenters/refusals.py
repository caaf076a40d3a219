"""Reasons of refusals, in the phrases and the language of the screen.

Invariant: an unknown reason is shown as the workflow gives it: no refusal is lost or softened.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from transflow.messages import CommandRef, Message
from transflow.presenters.i18n import _, mark, say

_REASONS: tuple[tuple[str, str], ...] = (
    (
        r"waiting for (?P<path>\S+), which is in use by (?P<who>.+)\.",
        mark("Waiting for {path}, which is in use by {who}."),
    ),
    (
        r"(?P<path>\S+) is in use by (?P<who>.+)\. Nothing was written\. Do it again when that is done, or end that process first\.",
        mark("{path} is in use by {who}. Nothing was saved: do it again when that is done, or end that process first."),
    ),
    (r"process (?P<number>\d+) on this machine \((?P<command>.+)\)", mark("process {number} on this machine ({command})")),
    (r"process (?P<number>\d+) on (?P<machine>\S+) \((?P<command>.+)\)", mark("process {number} on {machine} ({command})")),
    (
        r"a program that process (?P<number>\d+) started \((?P<command>.+)\), which itself is gone",
        mark("a program that process {number} started ({command}), which itself is gone"),
    ),
    (r"another program", mark("another program")),
    (
        r"waiting for git, which is changing this folder \((?P<path>.+)\)\.",
        mark("Waiting for git, which is changing this folder ({path})."),
    ),
    (
        r"git is changing this folder.*? \((?P<path>\S+index\.lock) is there\).*",
        mark(
            "Git is changing this folder ({path} is there), so nothing was saved: let it end, and do it again. "
            "If no git runs, remove that file."
        ),
    ),
)  # fmt: skip
_NUMBERED = re.compile(r"[a-z0-9][a-z0-9/-]*#(?P<number>\S+): (?P<rest>.+)", re.DOTALL)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), phrase) for pattern, phrase in _REASONS)


def shown_refusal(reason: str, command: Callable[[CommandRef], str] = str) -> str:
    """Return a reason of the workflow in the language of the screen.

    A number of a unit at its beginning is kept.
    """
    if isinstance(reason, Message):
        return say(reason, command)
    for pattern, phrase in _patterns():
        if found := pattern.fullmatch(reason):
            fields = found.groupdict()
            return _(phrase).format(**fields | ({"who": shown_refusal(fields["who"])} if "who" in fields else {}))
    if found := _NUMBERED.fullmatch(reason):
        translated = shown_refusal(found["rest"])
        if translated != found["rest"]:
            return f"{found['number']}: {translated}"
    return reason
