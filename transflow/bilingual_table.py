"""Tables of two languages from other programs: encoding, delimiter, and the names of columns.

Invariant: every row is yielded with its line; a line that names columns is never a row.

The delimiter is the character, of tab, semicolon and comma, that stands in the most lines outside
quotation marks. Columns are recognised by role (source, 원어, tgt), by language (ko, en_US,
한국어), or by both (Source term [ko]).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from shlex import quote
from typing import NamedTuple
from unicodedata import normalize

from transflow.csv_text import unquoted
from transflow.errors import UnreadableError
from transflow.file_kinds import check_text
from transflow.language_tags import agree, named
from transflow.messages import Messages
from transflow.text import clean_import

MESSAGES = Messages(
    __name__,
    {
        "utf-16": "this is UTF-16 without its mark.",
        "cp949": "this is not UTF-8; it looks like CP949 (EUC-KR).",
        "encoding": "this is not UTF-8.",
        "way-out": "Save it as UTF-8.",
        "cp949-way-out": "Convert it with: iconv -f CP949 -t UTF-8 {path} > NEW",
        "utf-16-way-out": "Convert it with: iconv -f UTF-16{order} -t UTF-8 {path} > NEW",
        "no-csv": "this is no CSV: {error}.",
        "no-csv-way-out": "Export it again.",
    },
)
ENDINGS = ("csv", "tsv", "tab", "txt", "utf8")
"""Endings of the names of such files."""
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_QUOTED = re.compile('"[^"]*"')
_QUOTED_IN_LINE = re.compile(r'"[^"\n]*"')
_SAMPLE = 200
"""Lines that are looked at for the delimiter."""
_TITLE_LINES = 3
"""Lines that may stand before the names of columns."""
SOURCE, TARGET = "source", "target"
_ROLES = {
    SOURCE: "source src sl original term headword 원어 원문 원문어 원어명 출발어 출발언어 기점언어 용어 단어 표제어",
    TARGET: "target tgt tl trg translation translated 역어 역문 번역 번역어 번역문 번역명 대역어 대역 도착어 도착언어 목표언어 뜻 "
    "표기 외국어",
}
_ROLE_OF = {name: role for role, names in _ROLES.items() for name in names.split()}
_NOUN = re.compile(r"(?<=.)(?:\s(?:term|text|word|name|language|lang|segment|string|용어|명칭|표기|단어|언어|이름)s?)$")
_IN_BRACKETS = re.compile(r"^(.*?)\s*[\[(（【]\s*([^\[\]()（）【】]*?)\s*[\])）】]\s*$")


class TableRow(NamedTuple):
    """The cells of a row, and its line."""

    line: int
    cells: list[str]


def decoded(data: bytes, name: str) -> str:
    """Decode a text of another program, UTF-8 or with a byte order mark, to LF line ends.

    Raise UnreadableError, which says what the encoding looks like, or what kind of file it is.
    """
    check_text(data, name)
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(name, line, *_encoding_problem(data, name)) from None
    if encoding == "utf-8-sig" and "\0" in text[:1000]:
        raise UnreadableError(name, 1, *_encoding_problem(data, name))
    return clean_import(text.replace("\r\n", "\n").replace("\r", "\n"), name)


def _encoding_problem(data: bytes, name: str) -> tuple[str, str]:
    """Return what is wrong with an encoding, and the way out."""
    if b"\0" in data[:1000]:
        order = "BE" if data[:1000:2].count(0) > data[1:1000:2].count(0) else "LE"
        return MESSAGES("utf-16"), MESSAGES("utf-16-way-out", order=order, path=quote(name))
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        return MESSAGES("encoding"), MESSAGES("way-out")
    if re.search("[가-힣]{2}", text):
        return MESSAGES("cp949"), MESSAGES("cp949-way-out", path=quote(name))
    return MESSAGES("encoding"), MESSAGES("way-out")


def rows(text: str, name: str) -> Iterator[TableRow]:
    """Yield the rows that have a cell; lines of remarks (`# …`) before the first are skipped.

    Raise UnreadableError, with the line, for quotation marks that are wrong. In a table with tabs,
    such marks are part of the text.
    """
    separator = delimiter(text)
    if separator == "\t" and not _has_valid_quotes(text, separator):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    is_first = True
    try:
        for cells in reader:
            values = [unquoted(cell).strip() for cell in cells]
            if any(values) and not (is_first and values[0].startswith("#") and not any(values[1:])):
                is_first = False
                yield TableRow(reader.line_num, values)
    except csv.Error as error:
        problem = MESSAGES("no-csv", error=str(error))
        raise UnreadableError(name, reader.line_num, problem, MESSAGES("no-csv-way-out")) from None


def _has_valid_quotes(text: str, separator: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True


def delimiter(text: str) -> str:
    """Return the character between the columns: of tab, semicolon and comma, if the first line has
    one, of those that it has, the one that the most lines have; of several, the first of these.
    """
    text = text[:100_000]
    text = (_QUOTED if text.count('"') % 2 == 0 else _QUOTED_IN_LINE).sub("", text)
    lines = [line for line in text.split("\n") if line.strip() and line[0] != "#"][:_SAMPLE]
    candidates = [each for each in "\t;," if lines and each in lines[0]] or "\t;,"
    found = max(candidates, key=lambda each: sum(each in line for line in lines))
    return found if found in text else ","


class Heading(NamedTuple):
    """Names of the columns of a table."""

    columns: list[str]
    """Role of each column, empty for unknown ones; an empty list if no line names them."""
    unread: tuple[str, ...]
    """Names that are not known, and titles before them."""


def heading(
    rows: Iterator[TableRow], source: str, locale: str, others: Mapping[str, str]
) -> tuple[Heading, Iterator[TableRow]]:
    """Return the names of the columns, and the rows behind them.

    Lines with one cell, such as a title, may stand before the names.
    """
    first = list(islice(rows, _TITLE_LINES + 1))
    for index, row in enumerate(first):
        if found := columns(row.cells, source, locale, others):
            titles = [cell for before in first[:index] for cell in before.cells if cell]
            unread = (cell for cell, role in zip(row.cells, found, strict=True) if cell and not role)
            return Heading(found, (*titles, *unread)), chain(first[index + 1 :], rows)
        if sum(map(bool, row.cells)) > 1:
            break
    return Heading([], ()), chain(first, rows)


def columns(cells: list[str], source: str, locale: str, others: Mapping[str, str]) -> list[str]:
    """Return the roles of the columns that a row names, empty for unknown ones; an empty list if it
    names none.

    `others` are the names of further columns, with their roles. A row names columns if it has a
    source and a target, or a source and known roles only.
    """
    headings = [_heading(cell) for cell in cells]
    languages = [_language(name, source, locale) for name in headings]
    found = [
        language or _role(name) or others.get(name[0].replace("_", " "), "")
        for name, language in zip(headings, languages, strict=True)
    ]
    if SOURCE in languages:  # a language says more than a role: “id, source, ko, en”
        found = ["" if role == SOURCE != language else role for role, language in zip(found, languages, strict=True)]
    if TARGET in languages:
        found = ["" if role == TARGET != language else role for role, language in zip(found, languages, strict=True)]
    if found.count(SOURCE) > 1 and found.count(TARGET):  # “source, target, term”: the first of a role counts
        found = [role if role != SOURCE or index == found.index(SOURCE) else "" for index, role in enumerate(found)]
    is_header = found.count(SOURCE) == 1 and (found.count(TARGET) == 1 or all(found))
    return found if is_header and len([each for each in found if each]) > int(len(cells) > 1) else []


def _heading(cell: str) -> tuple[str, str]:
    """Return the name of a column, and the language in brackets behind it."""
    text = " ".join(normalize("NFC", cell).replace("\ufeff", "").casefold().strip("*:：").split())
    in_brackets = _IN_BRACKETS.match(text)
    return (in_brackets[1], in_brackets[2]) if in_brackets else (text, "")


def _language(name: tuple[str, str], source: str, locale: str) -> str:
    """Return the role of a column that names a language."""
    text, in_brackets = name
    role, _, last = text.replace("_", " ").rpartition(" ")
    if role and not in_brackets and named(last) and _role((role, "")):  # term_ko
        return _language((role, last), source, locale)
    plain = _NOUN.sub("", text.replace("_", " ") if " " in text or not named(text) else text)
    first = plain.partition(" ")[0]
    is_text = text in ("",) or _role((text, "")) or named(plain)
    tag = (named(in_brackets) if is_text else "") or named(plain) or (named(first) if _NOUN.search(text) else "")
    return SOURCE if tag and agree(tag, source) else TARGET if tag and agree(tag, locale) else ""


def _role(name: tuple[str, str]) -> str:
    text = name[0].replace("_", " ").replace("-", " ")
    if name[1] and named(name[1]):  # a column of another language
        return ""
    for each in (text, _NOUN.sub("", text), text.removeprefix("term ")):
        if each in _ROLE_OF:
            return _ROLE_OF[each]
    return ""
