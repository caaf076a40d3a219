"""Reasons of refusals, in the phrases and the language of the screen.

Invariant: an unknown reason is shown as the workflow gives it: no refusal is lost or softened.
"""

from __future__ import annotations

import re
from functools import cache

from transflow.presenters.i18n import _, mark

_REASONS: tuple[tuple[str, str], ...] = (
    (r"(?P<who>\S+) is no editor\.", mark("{who} is no editor: only editors do this.")),
    (r"it is left out; there is nothing to approve\.", mark("It is left out; there is nothing to approve.")),
    (r"it has no text yet\.", mark("It has no text yet.")),
    (r"it has no text to send back\.", mark("It has no text to send back.")),
    (r"there is no text to confirm\.", mark("There is no text to confirm.")),
    (
        r"two people gave it two texts(?:: decide first with `transflow unit resolve`\.)?",
        mark("Two people gave it two texts: somebody decides first."),
    ),
    (
        r"the draft behind it changed: confirm the text first\.",
        mark("The draft behind it changed: confirm the text first."),
    ),
    (r"the Korean changed: confirm the text first\.", mark("The Korean changed: confirm the text first.")),
    (r"it needs another look: confirm the text first\.", mark("It needs another look: confirm the text first.")),
    (
        r"the text was changed outside transflow: whoever wrote it says so first with `transflow unit claim`\.",
        mark("The text was changed outside transflow: whoever wrote it says so first (`transflow unit claim`)."),
    ),
    (
        r"(?P<who>\S+) asks: “(?P<text>.*)” Answer first with `transflow unit answer`\.",
        mark("{who} asks: “{text}” Answer first (c)."),
    ),
    (
        r"(?P<check>\S+): (?P<text>.*) Correct it, or waive it with a reason\.",
        mark("{text} Correct it, or waive it with a reason."),
    ),
    (
        r"most of it is by (?P<who>\S+): somebody else approves it \(four eyes\)\.",
        mark("Most of it is by {who}: somebody else approves it (four eyes)."),
    ),
    (r"(?P<who>\S+) is among its authors: another editor waives it\.", mark("{who} is among its authors: another editor waives it.")),
    (
        r"it reads as it was published, and the note (?P<ref>\S+) corrects it: .*",
        mark(
            "It reads as it was published, and the note {ref} corrects it: take the new draft (d), or write it. "
            "Where nothing was wrong, cut the note (o)."
        ),
    ),
    (
        r"the note (?P<ref>\S+) says that it should have said “(?P<text>.*)”, which does not stand in it: .*",
        mark("The note {ref} says that it should have said “{text}”, which does not stand in it."),
    ),
    (r"its draft is not taken yet", mark("Its draft is not taken yet.")),
    (r"it needs another look", mark("It needs another look.")),
    (r"the draft behind it changed", mark("The draft behind it changed.")),
    (r"nothing is left of the sentences behind it", mark("Nothing is left of the sentences behind it.")),
    (r"the Korean of (?P<ref>\S+) changed", mark("The Korean of {ref} changed.")),
    (r"(?P<ref>\S+) has two texts", mark("{ref} has two texts.")),
    (
        r"the story has another (?P<kind>\S+): cut one of the two",
        mark("The story has another {kind}: cut one of the two."),
    ),
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
    (
        r"the draft behind it changed: compose the story again first\.",
        mark("The draft behind it changed: take in what changed first (g)."),
    ),
)  # fmt: skip
_NUMBERED = re.compile(r"[a-z0-9][a-z0-9/-]*#(?P<number>\S+): (?P<rest>.+)", re.DOTALL)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), phrase) for pattern, phrase in _REASONS)


def shown_refusal(reason: str) -> str:
    """Return a reason of the workflow in the language of the screen.

    A number of a unit at its beginning is kept.
    """
    for pattern, phrase in _patterns():
        if found := pattern.fullmatch(reason):
            fields = found.groupdict()
            return _(phrase).format(**fields | ({"who": shown_refusal(fields["who"])} if "who" in fields else {}))
    if found := _NUMBERED.fullmatch(reason):
        translated = shown_refusal(found["rest"])
        if translated != found["rest"]:
            return f"{found['number']}: {translated}"
    return reason
