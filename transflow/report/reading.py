"""Parsing of a whole report file.

Invariant: the blocks of a report are its headline, its deck if any, then its body in the order of
the file; none of them is empty.
"""

from __future__ import annotations

from dataclasses import replace

from transflow.messages import Messages
from transflow.model.issue import Issue, Location
from transflow.model.report import Block, FrontMatter, Report
from transflow.report.blocks import begins_with_title, markdown_blocks
from transflow.report.encoding import decode, digest, named_breaks
from transflow.report.fields import CHECK, read_fields
from transflow.report.front import front_matter
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "conflict": "{path} has a conflict of git ({marker}): decide, and delete the marker lines.",
        "no-headline": "{path} has no headline; write title: … between --- lines at its top.",
        "no-text": "{path} has no text below its headline.",
    },
)


def parse(data: bytes, slug: str, path: str) -> tuple[Report, list[Issue]]:
    """Return the report in a file, and issues about it; `path` is used in messages.

    A first-level heading at the beginning of the body is the title if the front matter has none.
    Raise UnreadableError, with path and line, for bytes that are not UTF-8 text.
    """
    text = decode(data, path)
    front, offset, issues = front_matter(text, path)
    body = text[offset:]
    blocks, found = markdown_blocks(body, text.count("\n", 0, offset) + 1)
    head = _head(text, path, front)
    if not front.title and begins_with_title(body):
        title, *blocks = blocks
        front = replace(front, title=title.text)
        head.insert(0, title._replace(kind="headline"))
    report = Report(slug, front, (*head, *blocks), digest(data))
    return report, [*issues, *found, *_missing(report, path), *_unmerged(text, path), *named_breaks(data)]


def _unmerged(text: str, path: str) -> list[Issue]:
    """Return issues for git's conflict markers: these lines and one of the two sides are not
    text.
    """
    return [
        Issue(
            "conflict-markers",
            "error",
            MESSAGES("conflict", path=path, marker=line[:7]),
            location=Location(line=number),
        )
        for number, line in enumerate(text.split("\n"), 1)
        if line.startswith(("<<<<<<< ", ">>>>>>> "))
    ]


def _head(text: str, path: str, front: FrontMatter) -> list[Block]:
    """Return the headline and deck of the front matter."""
    fields = read_fields(text, path)
    headline = Block("headline", one_line(front.title), line=fields.line_of("title"))
    deck = Block("deck", one_line(front.deck), line=fields.line_of("deck"))
    return [block for block in (headline, deck) if block.text]


def _missing(report: Report, path: str) -> list[Issue]:
    if not one_line(report.front.title):
        return [Issue(CHECK, "warning", MESSAGES("no-headline", path=path), location=Location(line=1))]
    if all(block.kind in ("headline", "deck") for block in report.blocks):
        return [Issue(CHECK, "warning", MESSAGES("no-text", path=path), location=Location(line=1))]
    return []
