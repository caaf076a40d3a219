"""Paragraphs, tables and shapes of a DOCX file, as parts of a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from transflow.model.unit import Kind
from transflow.readers.base import losses
from transflow.readers.base.layout import Piece, PlacedCell, boxed, flowed, losses_of, table_parts, text_of
from transflow.readers.base.parts import DocumentPart, TextPart
from transflow.readers.base.runs import Run
from transflow.readers.word.package import WordFormat, WordPackage, format_of, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SKIPPED = ("sectPr", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "Fallback")
"""Layout of pages, formats before a change, and what old programs show in place of a shape."""
_AROUND = (
    "sdt",
    "sdtContent",
    "ins",
    "moveTo",
    "smartTag",
    "customXml",
    "fldSimple",
    "dir",
    "bdo",
    "AlternateContent",
    "Choice",
)
"""Elements around what is read as if they were not there."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PLAIN_NUMBERS = ("bullet", "none", "")


class WordBody:
    """Reader of the body of one file."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._notes = {
            "footnote": package.notes("footnotes", "footnote"),
            "endnote": package.notes("endnotes", "endnote"),
            "comment": package.notes("comments", "comment"),
        }
        self._fields: list[list[str]] = []
        """Instructions of open fields, the innermost last; their results are text."""
        self._in_instruction = False
        self._address = ""
        self._deleted: list[str] | None = None
        self._readers: dict[str, Callable[[Element], Iterator[Piece]]] = {
            "drawing": self._drawing,
            "pict": self._drawing,
            "object": self._drawing,
            "fldChar": self._field,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentReference": self._comment,
            "ruby": self._ruby,
        }

    def parts(self, element: Element) -> Iterator[DocumentPart]:
        """Yield the parts of a paragraph or a table."""
        return self._paragraph(element) if element.tag == "p" else self._table(element)

    def inner(self, element: Element) -> list[DocumentPart]:
        """Return the parts of the paragraphs and tables in an element."""
        return [part for each in _flat(element) if each.tag in ("p", "tbl") for part in self.parts(each)]

    def _paragraph(self, paragraph: Element) -> Iterator[DocumentPart]:
        properties = paragraph.find("pPr")
        style = self._package.style(value(properties, "pStyle"))
        numbered = properties.find("numPr") if properties is not None else None
        number = value(numbered, "numId") or style.number
        pieces = [*self._inline(paragraph, style.form if style.kind is None else WordFormat(hidden=style.form.hidden))]
        kind, variant = self._kind(style.kind, number)
        return flowed(pieces, kind, variant)

    def _kind(self, kind: Kind | None, number: str) -> tuple[Kind, str]:
        if kind is not None and kind not in ("paragraph", "list item"):
            return kind, ""
        if number in self._package.numbering:
            return "list item", "" if self._package.numbering[number] in _PLAIN_NUMBERS else "numbered"
        return kind or "paragraph", ""

    # Inline

    def _inline(self, element: Element, form: WordFormat) -> Iterator[Piece]:
        for each in _flat(element):
            if each.tag == "r":
                yield from self._run(each, form)
            elif each.tag == "hyperlink":
                outside, self._address = self._address, self._target(each)
                yield from self._inline(each, form)
                self._address = outside
            elif each.tag in ("del", "moveFrom"):
                yield from self._deletion(each, form)
            elif each.tag in ("oMath", "oMathPara"):
                yield from losses.left_out("equation", "".join(text.text or "" for text in each.iter("t")))

    def _target(self, link: Element) -> str:
        kind, address = self._package.targets.get(link.get("id", ""), ("", ""))
        return address if kind == "hyperlink" else ""

    def _deletion(self, element: Element, form: WordFormat) -> Iterator[Piece]:
        outside, self._deleted = self._deleted, []
        others = [piece for piece in self._inline(element, form) if not isinstance(piece, Run)]
        deleted, self._deleted = self._deleted, outside
        yield from losses.left_out("deleted", "".join(deleted))
        yield from others

    def _run(self, run: Element, form: WordFormat) -> Iterator[Piece]:
        properties = run.find("rPr")
        form = format_of(properties).over(self._package.style(value(properties, "rStyle")).form).over(form)
        for each in _flat(run):
            if each.tag in ("t", "delText"):
                yield from self._text(each.text or "", form)
            elif each.tag == "instrText" and self._fields:
                self._fields[-1].append(each.text or "")
            elif each.tag == "sym":
                code = each.get("char", "")
                yield from self._text(chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else "\ufffd", form)
            elif each.tag == "br" and each.get("type") in ("page", "column"):
                yield from self._text("\n", form)
            elif each.tag in _CHARACTERS:
                yield from self._text(_CHARACTERS[each.tag], form)
            elif read := self._readers.get(each.tag):
                yield from read(each)

    def _text(self, text: str, form: WordFormat) -> Iterator[Piece]:
        if self._in_instruction or not text:
            return
        if self._deleted is not None:
            self._deleted.append(text)
        elif form.hidden:
            yield from losses.left_out("hidden", text)
        else:
            links = (_LINK.match("".join(each)) for each in reversed(self._fields))
            address = self._address or next((found[1] for found in links if found), "")
            yield Run(text, bool(form.strong), bool(form.emphasis), address)

    def _field(self, field: Element) -> Iterator[Piece]:
        kind = field.get("fldCharType")
        if kind == "begin":
            self._fields.append([])
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._in_instruction = kind == "begin"
        yield from ()

    def _ruby(self, ruby: Element) -> Iterator[Piece]:
        main, small = (
            "".join(text.text or "" for each in ruby.findall(name) for text in each.iter("t"))
            for name in ("rubyBase", "rt")
        )
        yield from self._text(f"{main}({small})" if small else main, WordFormat())

    # Notes

    def _note(self, reference: Element) -> Iterator[Piece]:
        what = _NOTES[reference.tag]
        note = self._notes[what].pop(reference.get("id", ""), None)  # once, so that none refers to itself
        if note is not None:
            parts = self._aside(note)
            yield from losses.left_out(what, text_of(parts))
            yield from losses_of(parts)

    def _comment(self, reference: Element) -> Iterator[Piece]:
        note = self._notes["comment"].pop(reference.get("id", ""), None)
        if note is not None:
            yield from losses.comment(text_of(self._aside(note)), note.get("author", ""))

    def _aside(self, element: Element) -> list[DocumentPart]:
        """Return parts that stand outside of the text around them."""
        outside = self._fields, self._in_instruction, self._address, self._deleted
        self._fields, self._in_instruction, self._address, self._deleted = [], False, "", None
        found = self.inner(element)
        self._fields, self._in_instruction, self._address, self._deleted = outside
        return found

    def unreferred(self) -> Iterator[DocumentPart]:
        """Yield comments that no text refers to, and the texts at the head and foot of pages."""
        for note in self._notes["comment"].values():
            yield from losses.comment(text_of(self._aside(note)), note.get("author", ""))

    # Tables and shapes

    def _table(self, table: Element) -> Iterator[DocumentPart]:
        cells, heads = [], 0
        for number, row in enumerate(each for each in _flat(table) if each.tag == "tr"):
            properties = row.find("trPr")
            heads = (
                number + 1
                if properties is not None and properties.find("tblHeader") is not None and number == heads
                else heads
            )
            column = int_of(value(properties, "gridBefore"))
            for cell in (each for each in _flat(row) if each.tag == "tc"):
                cells.append(PlacedCell(number, column, self.inner(cell)))
                column += max(int_of(value(cell.find("tcPr"), "gridSpan")), 1)
        return table_parts(cells, heads)

    def _drawing(self, drawing: Element) -> Iterator[Piece]:
        described = next((each.get("descr", "") for each in drawing.iter("docPr")), "")
        for each in drawing.iter("textpath"):
            yield from boxed([TextPart((Run(each.get("string", "")),))] if each.get("string") else [])
        for box in _outermost(drawing, "txbxContent"):
            yield from boxed(self._aside(box))
        kinds = {each.get("uri") for each in drawing.iter("graphicData")}
        if drawing.tag == "object" or _DIAGRAM in kinds:
            yield losses.thing("object")
        elif _CHART in kinds:
            yield losses.thing("chart")
        elif described or any(True for name in ("blip", "imagedata") for _ in drawing.iter(name)):
            yield losses.picture(described)


def int_of(text: str) -> int:
    """Return a small number of an attribute; 0 if it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _flat(element: Element) -> Iterator[Element]:
    """Yield the children of an element, and those of elements that only stand around others."""
    for each in element:
        if each.tag in _AROUND:
            yield from _flat(each)
        else:
            yield each


def _outermost(element: Element, tag: str) -> Iterable[Element]:
    for each in element:
        if each.tag == tag:
            yield each
        else:
            yield from _outermost(each, tag)
