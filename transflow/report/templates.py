"""Template tags of site generators in Markdown: Liquid's of Jekyll, and shortcodes of Hugo.

They show readers something that the file does not have. A line of tags alone is no text; in a line
with words they stay where they are.

Invariant: every tag is named, and every other character stays on its line. In code, and behind a
backslash, there are no tags.
"""

from __future__ import annotations

import re
from functools import cache

from transflow.messages import Messages
from transflow.model.issue import Issue, Location
from transflow.report.comments import CODE, FENCED
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "alone": "{tag} is a template tag, and no text: write in Markdown what it shows. If it is text, write \\{tag}",
        "inside": "{tag} is a template tag in a sentence: write what it shows, or delete it.",
    },
)
_TAG = r"\{%(?:(?!\n[ \t]*\n|%\}).){0,1000}%\}|\{\{(?:(?!\n[ \t]*\n|\}\}).){0,1000}\}\}"
_SHOWN = 60
"""Characters of a tag in a message."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"{FENCED}|{CODE}|\\.|(?P<tag>{_TAG})", re.DOTALL | re.MULTILINE)


def without_templates(text: str) -> tuple[str, list[Issue]]:
    """Return a Markdown text without lines of tags, on the same lines, and issues about tags."""
    if "{%" not in text and "{{" not in text:
        return text, []
    found = [each for each in _pattern().finditer(text) if each["tag"]]
    outside = _blanked(text, [each.span() for each in found])
    issues, alone = [], []
    for each in found:
        is_alone = not _lines(outside, *each.span()).strip(" \t\n>")
        alone += [each.span()] if is_alone else []
        tag = one_line(each[0])
        shown = tag if len(tag) <= _SHOWN else f"{tag[:_SHOWN]}…"
        message = MESSAGES("alone" if is_alone else "inside", tag=shown)
        issues.append(Issue("markdown", "warning", message, location=Location(line=text.count("\n", 0, each.start()))))
    return _blanked(text, alone), issues


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text with spaces in place of what the spans have, and the same line ends."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], re.sub(r"[^\n]", " ", text[start:stop])]
        end = stop
    return "".join((*parts, text[end:]))


def _lines(text: str, start: int, end: int) -> str:
    """Return the whole lines that a span touches."""
    last = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else len(text)]
