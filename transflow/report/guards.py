r"""Guards: backslashes that keep a line of text from being Markdown block syntax.

Invariant: `unguarded(guarded(text)) == text` for every single-spaced text, and `guarded(text)` is a
paragraph in Markdown. Only the beginning of a line needs a guard, and inline Markdown is
unaffected: "\# 1" and "# 1" print the same.
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
"""Beginnings of lines that are not paragraphs; numbers of list items are handled separately."""

# A text that already begins with backslashes gets, and loses, one more.
_GUARDABLE = re.compile(rf"(?=\\*(?:{_CONSTRUCT}))")
_GUARDABLE_NUMBER = re.compile(r"([0-9]{1,9})(?=\\*[.)](?: |$))")
_GUARDED = re.compile(rf"\\(?=\\*(?:{_CONSTRUCT}))")
_GUARDED_NUMBER = re.compile(r"([0-9]{1,9})\\(?=\\*[.)](?: |$))")


def guarded(text: str) -> str:
    """Return a single-spaced text as a paragraph of Markdown."""
    if _GUARDABLE.match(text):
        return "\\" + text
    return _GUARDABLE_NUMBER.sub(r"\1\\", text, count=1) if _GUARDABLE_NUMBER.match(text) else text


def unguarded(text: str) -> str:
    """Return a single-spaced paragraph of Markdown without its guard."""
    if _GUARDED.match(text):
        return text[1:]
    return _GUARDED_NUMBER.sub(r"\1", text, count=1) if _GUARDED_NUMBER.match(text) else text


_TAG_LIKE = r"<(?=[A-Za-z/!?])|%%|\{(?=[%{])"
_BEFORE_TAG = re.compile(rf"(?<!\\)(\\*)(?={_TAG_LIKE})")


def with_escaped_tags(text: str) -> str:
    """Return a text in which everything that looks like a tag or a comment is text to Markdown.

    An odd number of backslashes does that: each number has one of its own.
    """
    return _BEFORE_TAG.sub(lambda found: "\\" * (2 * len(found[1]) + 1), text)


def without_escaped_tags(text: str) -> str:
    """Return a text without the backslashes that `with_escaped_tags` adds."""
    return _BEFORE_TAG.sub(lambda found: "\\" * (len(found[1]) // 2), text)
