"""Import and export of a glossary as CSV: a column for each field, a row for each term.

Invariant: `parse(write(terms))` returns the terms. A file of another program needs a source and a
target only: the columns are named by the first line (see `transflow.bilingual_table`), or are
source, target and comment if that names none. Several values in a cell are separated by `|`. No
cell is a formula (see `transflow.csv_text`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from transflow import bilingual_table
from transflow.bilingual_table import TableRow
from transflow.csv_text import quoted
from transflow.errors import UnreadableError
from transflow.glossary.imported import MESSAGES as IMPORTED
from transflow.glossary.imported import ImportedTerm, Spelling, with_spellings
from transflow.glossary.terms import KINDS, Term
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "no-columns": "neither the names of columns nor a source with its target.",
        "no-columns-way-out": "Begin with a line of names: {columns} …",
        "no-source": "a row without a source.",
        "no-source-way-out": "Fill it in, or delete the row.",
        "kind": "“{value}” is no kind of term.",
        "kind-way-out": "There are: {known}.",
    },
)

COLUMNS = (
    "source",
    "target",
    "kind",
    "context",
    "forced",
    "allowed",
    "forbidden",
    "short",
    "homograph",
    "also",
    "open",
)
_COMMENT = "comment"
_MANY = frozenset({"allowed", "forbidden", "also"})
_FLAGS = frozenset({"forced", "homograph", "open"})
_YES = frozenset({"yes", "true", "1", "x", "y", "예"})
_STATUS, _CATEGORY = "status", "category"
_NAMES = {
    **{column: column for column in COLUMNS[2:]},
    **dict.fromkeys(
        (
            "comment",
            "comments",
            "note",
            "notes",
            "description",
            "definition",
            "explanation",
            "translator comments",
            "developer comments",
            "메모",
            "비고",
            "설명",
        ),
        _COMMENT,
    ),
    **dict.fromkeys(("category", "type", "분류", "종류", "구분"), _CATEGORY),
    **dict.fromkeys(("status", "usage status", "usage", "administrative status", "상태"), _STATUS),
    "fuzzy": "open",
    **dict.fromkeys(("synonyms", "synonym", "variants", "허용"), "allowed"),
    **dict.fromkeys(("deprecated", "금지"), "forbidden"),
}
"""Names of columns, ours and those of other programs, with the field that they mean."""
_SEPARATOR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED = re.compile(r"\\([\\|])")


def parse(data: bytes, name: str, source_language: str = "ko", locale: str = "en") -> tuple[ImportedTerm, ...]:
    """Parse a table with commas, semicolons or tabs. Raise UnreadableError with the line."""
    return tuple(_terms(bilingual_table.rows(bilingual_table.decoded(data, name), name), name, source_language, locale))


def _terms(rows: Iterable[TableRow], name: str, source_language: str, locale: str) -> Iterator[ImportedTerm]:
    (columns, unread), rows = bilingual_table.heading(iter(rows), source_language, locale, _NAMES)
    remarks = (IMPORTED("columns", columns=", ".join(unread)),) if unread else ()
    for line, cells in rows:
        if not columns:
            columns = ["source", "target", _COMMENT]
            if len(cells) < 2:
                way_out = MESSAGES("no-columns-way-out", columns=", ".join(COLUMNS[:3]))
                raise UnreadableError(name, line, MESSAGES("no-columns"), way_out)
        values: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=False):
            values[column] = values.get(column) or cell
        if not values.get("source"):
            raise UnreadableError(name, line, MESSAGES("no-source"), MESSAGES("no-source-way-out"))
        term = _term(values, name, line)
        yield term._replace(remarks=(*remarks, *term.remarks))
        remarks = ()


def _term(values: dict[str, str], name: str, line: int) -> ImportedTerm:
    fields: dict[str, Any] = {}
    for column in COLUMNS:
        value = values.get(column, "")
        if column in _FLAGS:
            fields[column] = value.lower() in _YES
        elif column in _MANY:
            fields[column] = _split(value)
        elif column == "kind" and value:
            fields[column] = _kind(value)
            if not fields[column]:
                way_out = MESSAGES("kind-way-out", known=", ".join(KINDS))
                raise UnreadableError(name, line, MESSAGES("kind", value=value), way_out)
        elif value:
            fields[column] = value
    comments = [each.strip() for each in values.get(_COMMENT, "").splitlines()]
    if category := values.get(_CATEGORY, ""):
        fields["kind"] = _kind(category) or fields.get("kind", "term")
        comments += [category] * (not _kind(category))
    term = Term(**fields, comments=tuple(filter(None, comments)))
    if not values.get(_STATUS):
        return ImportedTerm(term, line)
    judged, remarks = with_spellings(term, [Spelling(term.target, values[_STATUS])] * bool(term.target))
    lists = {each: getattr(term, each) + getattr(judged, each) for each in ("allowed", "forbidden")}
    return ImportedTerm(replace(judged, **lists), line, remarks)


def _kind(value: str) -> str:
    """Return the kind of term that a value names; empty for another value."""
    kind = {"organization": "organisation"}.get(value.lower(), value.lower())
    return kind if kind in KINDS else ""


def _split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which are separated by `|`; `\\|` is part of a value."""
    parts = _SEPARATOR.sub("\\1\0", cell).split("\0")
    return tuple(filter(None, (_ESCAPED.sub(r"\1", each.strip()) for each in parts)))


def write(terms: Iterable[Term], delimiter: str = ",") -> bytes:
    """Return the terms as CSV in UTF-8 with a byte order mark, without which spreadsheets misread
    Korean.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow((*COLUMNS, _COMMENT))
    for term in terms:
        cells = [*(_cell(getattr(term, column)) for column in COLUMNS), "\n".join(term.comments)]
        writer.writerow(map(quoted, cells))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return " | ".join(each.replace("\\", "\\\\").replace("|", "\\|") for each in value)
    return str(value)
