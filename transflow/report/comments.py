"""Comments in Markdown, which are no text: HTML's, and those of Obsidian, Jekyll and Hugo.

Invariant: nothing of a comment is in the result, wherever it begins and whatever lies inside, and
every other character stays on its line. In code there are no comments.
"""

from __future__ import annotations

import re
from functools import cache

from transflow.messages import Messages
from transflow.model.issue import Issue, Location

MESSAGES = Messages(
    __name__,
    {
        "comment": "This comment ({mark} …) is no text, and is printed nowhere. It stays in the file of the report.",
        "no-end": "This comment ({mark}) has no end, so that the text below it would be lost. Put {end} behind it.",
    },
)
_SILENT = frozenset({"more", "truncate", "excerpt"})
"""Comments that only mark the end of an introduction."""

FENCED = (
    r"(?:^[ \t>]*(?:[-+*]|[0-9]+[.)])?[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n"
    r"(?:(?![ \t>]*(?P=fence))[^\n]*\n)*(?:[ \t>]*(?P=fence)[^\n]*)?)"
)
CODE = r"(?:(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=ticks)(?!`))"
"""Patterns of code, in which nothing is a comment; their groups are `fence` and `ticks`."""
_COMMENT = (
    r"<!--(?P<html>.*?)--!?>|(?<![0-9%])%%(?!\s*%)(?P<obsidian>(?:(?!%%).){1,5000}?)%%|\{%-?\s*comment\s*-?%\}(?P<jekyll>.*?)\{%-?\s*endcomment\s*-?%\}"
    r"|\{\{[<%]?\s*/\*(?P<hugo>.*?)\*/\s*[%>]?\}\}"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"{FENCED}|{CODE}|\\.|{_COMMENT}|(?P<open><!--)", re.DOTALL | re.MULTILINE)


def without_comments(text: str) -> tuple[str, list[Issue]]:
    """Return a Markdown text without comments, on the same lines, and issues with 0-based lines."""
    if not any(mark in text for mark in ("<!--", "%%", "comment", "/*")):
        return text, []
    issues: list[Issue] = []
    parts: list[str] = []
    end = 0
    for found in _pattern().finditer(text):
        kind = found.lastgroup
        if kind in (None, "fence", "ticks"):
            continue
        parts.append(text[end : found.start()])
        line, mark = (
            text.count("\n", 0, found.start()),
            found[0][:4].rstrip() if kind in ("html", "open") else found[0][:2],
        )
        if kind == "open":
            issues.append(
                Issue("markdown", "error", MESSAGES("no-end", mark=mark, end="-->"), location=Location(line=line))
            )
            end = len(text)
            parts.append("\n" * text.count("\n", found.start()))
            break
        if found[kind].strip() not in _SILENT:
            issues.append(Issue("markdown", "hint", MESSAGES("comment", mark=mark), location=Location(line=line)))
        parts.append("\n" * found[0].count("\n"))
        end = found.end()
    return "".join((*parts, text[end:])), issues
