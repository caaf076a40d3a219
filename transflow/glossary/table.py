"""Import and export of a glossary as CSV: a column for each field, a row for each term.

Invariant: `parse(write(terms))` returns the terms. A file of another program needs a source and a
target only: the columns are named by the first line, or are source and target if that names none.
Several values in a cell are separated by `|`. No cell is a formula (see `transflow.csv_text`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from transflow.csv_text import quoted, unquoted
from transflow.errors import UnreadableError
from transflow.glossary.terms import Kind, Term
from transflow.messages import Messages
from transflow.text import clean_import

MESSAGES = Messages(
    __name__,
    {
        "encoding": "this is not UTF-8.",
        "encoding-way-out": "Save it as CSV UTF-8.",
        "no-csv": "this is no CSV: {error}.",
        "no-csv-way-out": "Export it again.",
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
_NAMES = {
    "korean": "source",
    "term": "source",
    "원어": "source",
    "english": "target",
    "translation": "target",
    "번역": "target",
    "category": "kind",
    "type": "kind",
    "note": _COMMENT,
    "notes": _COMMENT,
    "comments": _COMMENT,
}
"""Names of columns in other programs."""


def parse(data: bytes, name: str) -> tuple[Term, ...]:
    """Parse a CSV file, separated by commas, semicolons or tabs. Raise UnreadableError with the
    line.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(name, line, MESSAGES("encoding"), MESSAGES("encoding-way-out")) from None
    text = clean_import(text.replace("\r\n", "\n").replace("\r", "\n"), name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return tuple(_terms(reader, name))
    except csv.Error as error:
        problem = MESSAGES("no-csv", error=str(error))
        raise UnreadableError(name, reader.line_num, problem, MESSAGES("no-csv-way-out")) from None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _terms(reader: Any, name: str) -> Iterator[Term]:
    columns: list[str] | None = None
    for row in reader:
        cells = [unquoted(cell).strip() for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells)
            if columns:
                continue
            columns = ["source", "target"]
            if len(cells) < 2:
                way_out = MESSAGES("no-columns-way-out", columns=", ".join(COLUMNS[:3]))
                raise UnreadableError(name, reader.line_num, MESSAGES("no-columns"), way_out)
        values = dict(zip(columns, cells, strict=False))
        if not values.get("source"):
            raise UnreadableError(name, reader.line_num, MESSAGES("no-source"), MESSAGES("no-source-way-out"))
        yield _term(values, name, reader.line_num)


def _columns(cells: list[str]) -> list[str]:
    """Return the fields of the columns, empty for unknown ones; an empty list if the row is no
    header.
    """
    names = [_NAMES.get(cell.lower(), cell.lower()) for cell in cells]
    known = [each if each in COLUMNS or each == _COMMENT else "" for each in names]
    return known if "source" in known else []


def _term(values: dict[str, str], name: str, line: int) -> Term:
    fields: dict[str, Any] = {}
    for column in COLUMNS:
        value = values.get(column, "")
        if column in _FLAGS:
            fields[column] = value.lower() in _YES
        elif column in _MANY:
            fields[column] = tuple(filter(None, (each.strip() for each in value.split("|"))))
        elif column == "kind" and value:
            kind = {"organization": "organisation"}.get(value.lower(), value.lower())
            if kind not in get_args(Kind):
                way_out = MESSAGES("kind-way-out", known=", ".join(get_args(Kind)))
                raise UnreadableError(name, line, MESSAGES("kind", value=value), way_out)
            fields[column] = kind
        elif value:
            fields[column] = value
    comments = tuple(filter(None, (each.strip() for each in values.get(_COMMENT, "").splitlines())))
    return Term(**fields, comments=comments)


def write(terms: Iterable[Term]) -> bytes:
    """Return the terms as CSV in UTF-8 with a byte order mark, without which spreadsheets misread
    Korean.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow((*COLUMNS, _COMMENT))
    for term in terms:
        cells = [*(_cell(getattr(term, column)) for column in COLUMNS), "\n".join(term.comments)]
        writer.writerow(map(quoted, cells))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " | ".join(value) if isinstance(value, tuple) else str(value)
