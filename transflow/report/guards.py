r"""Guards: the backslash that keeps a line of text from being a heading, a list item and so on in Markdown.

Invariant: `unguarded(guarded(text)) == text` for every single-spaced text, and `guarded(text)` is a paragraph in
Markdown. A guard is never needed inside a line, and inline Markdown does not miss it: "\# 1" and "# 1" print the same.
"""

from __future__ import annotations

import re

_CONSTRUCT = (
    r"#{1,6}(?: |$)"  # heading
    r"|>"  # quote
    r"|[-+*](?: |$)"  # list item
    r"|(?:- ?){3,}$|(?:\* ?){3,}$|(?:_ ?){3,}$"  # thematic break
    r"|`{3,}[^`]*$|~{3,}"  # code
    r"|\[.*\]:"  # link definition
    r"|\[?!\[.*\)$"  # image
)
"""What makes a line that begins so something else than a paragraph; a number of a list is treated apart."""

# A text that has backslashes there already gets, and loses, one more.
_GUARDABLE = re.compile(rf"(?=\\*(?:{_CONSTRUCT}))")
_GUARDABLE_NUMBER = re.compile(r"([0-9]{1,9})(?=\\*[.)](?: |$))")
_GUARDED = re.compile(rf"\\(?=\\*(?:{_CONSTRUCT}))")
_GUARDED_NUMBER = re.compile(r"([0-9]{1,9})\\(?=\\*[.)](?: |$))")


def guarded(text: str) -> str:
    """A single-spaced text as it must be written to be a paragraph of Markdown."""
    if _GUARDABLE.match(text):
        return "\\" + text
    return _GUARDABLE_NUMBER.sub(r"\1\\", text, count=1) if _GUARDABLE_NUMBER.match(text) else text


def unguarded(text: str) -> str:
    """A paragraph of Markdown, single-spaced, without its guard."""
    if _GUARDED.match(text):
        return text[1:]
    return _GUARDED_NUMBER.sub(r"\1", text, count=1) if _GUARDED_NUMBER.match(text) else text
