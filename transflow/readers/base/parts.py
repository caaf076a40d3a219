"""Parts of a document as the body of a report.

Invariant: every visible character of the parts is in one block of the body, and every loss is an
issue that names its place; what looks like Markdown, HTML or a template tag in a part stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from transflow.messages import Message, Messages, joined
from transflow.model.issue import Issue, Severity
from transflow.model.report import Block, FrontMatter
from transflow.model.unit import Kind
from transflow.readers import IncomingReport
from transflow.readers.base.runs import Run, is_kept, lines, markdown, visible_text
from transflow.report import to_markdown
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "beginning": "beginning",
        "page": "page {page}",
        "paragraph": "paragraph {n}",
        "table": "table {n}",
        "more": ("{places} and {n} more place", "{places} and {n} more places"),
        "emphasis": "the emphasis in “{text}” is not kept.",
        "link": "the link to {address} is not kept.",
        "private": "“{character}” (U+{code}) is a character of certain fonts only, and may look different elsewhere.",
        "half": "half a character stands here, and is read as “\ufffd”.",
        "date": "the date “{date}” is not kept: it is not written as 2024-03-26.",
    },
)

_LINED = ("paragraph", "quote")
"""Kinds in which a line break begins another block; elsewhere it is a space."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_HALF = re.compile("[\ud800-\udfff]")
_LAST_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_SHOWN_PLACES = 12
_SHOWN = 40
"""Characters of a text in a message."""


class TextPart(NamedTuple):
    """A text of any kind but a table cell. An empty one is nothing, and has no number."""

    runs: Sequence[Run]
    kind: Kind = "paragraph"
    variant: str = ""
    """"numbered" for an item of a numbered list."""


class TablePart(NamedTuple):
    """A table by rows of cells. The first `heads` rows are its header."""

    rows: Sequence[Sequence[Sequence[Run]]]
    heads: int = 0


class Loss(NamedTuple):
    """Something that is not kept; its place is the paragraph or table before it."""

    message: Message
    severity: Severity = "warning"


class PageStart(NamedTuple):
    """The beginning of a page."""

    number: int


DocumentPart: TypeAlias = TextPart | TablePart | Loss | PageStart


def plain(text: str, kind: Kind = "paragraph") -> TextPart:
    """Return a paragraph without formats."""
    return TextPart((Run(text),), kind)


def incoming_report(
    reader: str, front: FrontMatter, parts: Iterable[DocumentPart], *, begins_with_headline: bool = False
) -> IncomingReport:
    """Return the report of a document, of the parts in their order.

    `reader` is the check of the issues. Texts of the front matter are plain texts; a date that is
    not ISO 8601 becomes an issue.
    """
    found = _Found(reader)
    front = _stored_front(front, found)
    for part in parts:
        found.add(part)
    body = to_markdown(FrontMatter(), found.blocks).strip("\n") + "\n"
    return IncomingReport(front, body, tuple(found.issues()), begins_with_headline)


def _stored_front(front: FrontMatter, found: _Found) -> FrontMatter:
    for text in (front.title, front.deck, front.byline):
        found.name_characters(text)
    if front.date and not _DATE.fullmatch(front.date):
        found.lose(MESSAGES("date", date=front.date), "warning")
        front = replace(front, date="")
    title, deck = (markdown([Run(text)]).markdown for text in (front.title, front.deck))
    return replace(front, title=title, deck=deck, byline=one_line(visible_text(front.byline)))


def _shown(text: str) -> str:
    text = one_line(visible_text(text))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class _Found:
    """The blocks of the parts so far, and the places of each message."""

    def __init__(self, reader: str) -> None:
        self.blocks: list[Block] = []
        self._reader = reader
        self._paragraphs = self._tables = self._page = 0
        self._in_table = False
        self._places: dict[tuple[Message, Severity], list[Message]] = {}

    def add(self, part: DocumentPart) -> None:
        match part:
            case TextPart():
                self._add_paragraph(part)
            case TablePart():
                self._add_table(part)
            case Loss():
                self.lose(part.message, part.severity)
            case PageStart():
                self._page = part.number

    def _add_paragraph(self, part: TextPart) -> None:
        texts = [[*part.runs]] if part.kind not in _LINED else lines(part.runs)
        for given in texts:
            # the description of a picture has no links
            runs = [each._replace(address="") for each in given] if part.kind == "caption" else given
            text, has_all = markdown(runs)
            if part.kind == "caption" and _LAST_BACKSLASH.search(text):
                text += "\\"  # it would escape the bracket behind the description
            if not text:
                continue
            self._paragraphs, self._in_table = self._paragraphs + 1, False
            if self._is_read_as_caption(text, part.kind):
                text, has_all = markdown([Run(each.text) for each in runs]).markdown, False
            self.blocks.append(Block(part.kind, text, part.variant))
            self._name_runs(given, has_all, has_links=part.kind != "caption")

    def _is_read_as_caption(self, text: str, kind: Kind) -> bool:
        """True for emphasis below a picture, which the parser of reports takes for a caption."""
        return kind == "paragraph" and text[0] in "*_" and self.blocks[-1:] != [] and self.blocks[-1].kind == "caption"

    def _add_table(self, part: TablePart) -> None:
        rows = [(number, [markdown(cell) for cell in row]) for number, row in enumerate(part.rows)]
        rows = [(number, row) for number, row in rows if any(cell.markdown for cell in row)]
        if not rows:
            return
        self._tables, self._in_table = self._tables + 1, True
        for number, row in rows:
            place = "head row" if number < part.heads and number == rows[0][0] else "row"
            self.blocks += [
                Block("table cell", cell.markdown, "" if column else place) for column, cell in enumerate(row)
            ]
            for cell, runs in zip(row, part.rows[number], strict=True):
                self._name_runs(runs, cell.has_all)

    def _name_runs(self, runs: Sequence[Run], has_all: bool, *, has_links: bool = True) -> None:
        text = "".join(run.text for run in runs)
        if not has_all:
            self.lose(MESSAGES("emphasis", text=_shown(text)), "hint")
        addresses = (run.address for run in runs if run.address and not (has_links and is_kept(run.address)))
        for address in dict.fromkeys(addresses):
            self.lose(MESSAGES("link", address=_shown(address)), "warning")
        self.name_characters(text)

    def name_characters(self, text: str) -> None:
        for character in dict.fromkeys(_PRIVATE.findall(text)):
            self.lose(MESSAGES("private", character=character, code=f"{ord(character):04X}"), "warning")
        if _HALF.search(text):
            self.lose(MESSAGES("half"), "warning")

    def lose(self, message: Message, severity: Severity) -> None:
        places = self._places.setdefault((message, severity), [])
        place = self._place()
        if place not in places[-1:]:
            places.append(place)

    def _place(self) -> Message:
        pages = [MESSAGES("page", page=self._page)] if self._page else []
        if self._in_table:
            return joined([*pages, MESSAGES("table", n=self._tables)])
        if self._paragraphs:
            return joined([*pages, MESSAGES("paragraph", n=self._paragraphs)])
        return joined(pages or [MESSAGES("beginning")])

    def issues(self) -> Iterator[Issue]:
        """Yield an issue for each message, with all its places."""
        for (message, severity), places in self._places.items():
            shown: Message = joined(places[:_SHOWN_PLACES])
            if (more := len(places) - _SHOWN_PLACES) > 0:
                shown = MESSAGES("more", places=shown, n=more)
            yield Issue(self._reader, severity, joined([shown, message], ": "))
