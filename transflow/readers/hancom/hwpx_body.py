"""Paragraphs, tables and shapes of an HWPX file, as parts of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from transflow.readers.base import losses
from transflow.readers.base.layout import Piece, PlacedCell, boxed, captions, flowed, losses_of, table_parts, text_of
from transflow.readers.base.parts import DocumentPart, TextPart
from transflow.readers.base.runs import Run
from transflow.readers.hancom.flow import OpenText, Shape, description, kind_of, web_address
from transflow.readers.hancom.hwpx_head import HwpxFormats

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CHARACTERS = {"lineBreak": "\n", "tab": "\t", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_NOTES = {"footNote": "footnote", "endNote": "endnote", "header": "head", "footer": "foot", "hiddenComment": "comment"}
"""Control with paragraphs of its own -> key of its loss."""
_COUNTED = ("PICTURE", "TABLE", "EQUATION")
"""Kinds of automatic numbers that belong to a caption."""
_THINGS = {"ole": "object", "chart": "chart", "video": "video"}
_SHAPES = ("rect", "ellipse", "arc", "polygon", "curve", "line", "connectLine", "container", "textart", "pic", *_THINGS)
_FORMS = ("btn", "checkBtn", "radioBtn", "comboBox", "listBox", "edit", "scrollBar")


class HwpxBody:
    """Reader of the body of one file."""

    def __init__(self, formats: HwpxFormats) -> None:
        self._formats = formats
        self.reading = OpenText()
        self.memos: set[str] = set()
        """Texts of the memos that stand in the text; files have them in a list too."""
        self._readers: dict[str, Callable[[Element], Iterator[Piece]]] = {
            "tbl": self._table,
            "ctrl": self._control,
            "switch": self._switch,
            "compose": self._compose,
            "dutmal": self._ruby,
            "equation": self._equation,
            **dict.fromkeys(_SHAPES, self._shape),
            **dict.fromkeys(_FORMS, self._form),
        }

    def paragraph(self, element: Element) -> Iterator[DocumentPart]:
        """Yield the parts of a paragraph."""
        pieces = [*self._pieces(element)]
        heading = self._formats.headings.get(element.get("paraPrIDRef", ""), "")
        text = "".join(piece.text for piece in pieces if isinstance(piece, Run))
        return flowed(pieces, *kind_of(heading, text))

    def paragraphs(self, elements: Iterable[Element]) -> list[DocumentPart]:
        return [part for element in elements for part in self.paragraph(element)]

    def _pieces(self, paragraph: Element) -> Iterator[Piece]:
        for run in paragraph:
            shape = self._formats.shapes.get(run.get("charPrIDRef", ""), Shape())
            for element in run:
                if element.tag == "t":
                    yield from self._text(element, shape)
                elif read := self._readers.get(element.tag):
                    yield from read(element)

    def _text(self, element: Element, shape: Shape) -> Iterator[Piece]:
        yield from self.reading.text(element.text or "", shape)
        for child in element:
            if child.tag in ("deleteBegin", "deleteEnd"):
                yield from self.reading.delete(begins=child.tag == "deleteBegin")
            elif child.tag in _CHARACTERS:
                yield from self.reading.text(_CHARACTERS[child.tag], shape)
            yield from self.reading.text(child.tail or "", shape)

    # Controls

    def _control(self, control: Element) -> Iterator[Piece]:
        for element in control:
            if element.tag == "fieldBegin":
                self.reading.addresses.append(_address(element))
                yield from losses.comment(*self._memo(element))
            elif element.tag == "fieldEnd":
                self.reading.end_field()
            elif element.tag == "autoNum" and element.get("numType") in _COUNTED:
                yield from self.reading.text(element.get("num", ""), Shape())
            elif element.tag in _NOTES:
                yield from self._note(_NOTES[element.tag], element)

    def _memo(self, field: Element) -> tuple[str, str]:
        """Return the text of a memo and its author; nothing of another field."""
        if field.get("type") != "MEMO":
            return "", ""
        text = text_of(self._list(field))
        self.memos.add(text)
        return text, _parameter(field, "Author")

    def _note(self, what: str, element: Element) -> Iterator[Piece]:
        parts = self._list(element)
        yield from losses.left_out(what, text_of(parts))
        yield from losses_of(parts)

    def _list(self, element: Element) -> list[DocumentPart]:
        """Return the parts of the paragraphs of an element, which are read by themselves."""
        outside, self.reading = self.reading, OpenText()
        found = self.paragraphs(paragraph for each in element.findall("subList") for paragraph in each.findall("p"))
        found += losses_of([*flowed(self.reading.end())])
        self.reading = outside
        return found

    def _switch(self, switch: Element) -> Iterator[Piece]:
        """Yield the pieces of one branch: all branches show the same."""
        for branch in [*switch.findall("case"), *switch.findall("default")][:1]:
            for element in branch:
                if read := self._readers.get(element.tag):
                    yield from read(element)

    # Characters that are drawn

    def _compose(self, element: Element) -> Iterator[Piece]:
        yield from self.reading.text(element.get("composeText", ""), Shape())

    def _ruby(self, element: Element) -> Iterator[Piece]:
        main, small = element.findtext("mainText") or "", element.findtext("subText") or ""
        yield from self.reading.text(f"{main}({small})" if small else main, Shape())

    def _equation(self, element: Element) -> Iterator[Piece]:
        yield from losses.left_out("equation", element.findtext("script") or "")
        yield from self._caption(element)

    def _form(self, element: Element) -> Iterator[Piece]:
        text = element.get("caption") or element.get("selectedValue") or element.findtext("text") or ""
        yield from self.reading.text(text, Shape())

    # Tables and shapes

    def _table(self, table: Element) -> Iterator[Piece]:
        cells, heads = [], 0
        for number, row in enumerate(table.findall("tr")):
            for count, cell in enumerate(row.findall("tc")):
                address = cell.find("cellAddr")
                column = _number(address.get("colAddr", "")) if address is not None else count
                cells.append(PlacedCell(number, max(column, 0), self._list(cell)))
                heads = number + 1 if cell.get("header") == "1" and number == heads else heads
        yield from table_parts(cells, heads)
        yield from self._caption(table)

    def _shape(self, shape: Element) -> Iterator[Piece]:
        if shape.tag == "textart":
            yield from boxed([TextPart((Run(shape.get("text", "")),))] if shape.get("text") else [])
        for element in shape.findall("drawText"):
            yield from boxed(self._list(element))
        for element in shape:
            if element.tag in _SHAPES:
                yield from self._shape(element)
        text = description(shape.findtext("shapeComment") or "")
        if shape.tag == "pic":
            yield losses.picture(text)
        elif shape.tag in _THINGS:
            yield losses.thing(_THINGS[shape.tag])
        elif text:
            yield losses.picture(text)
        yield from self._caption(shape)

    def _caption(self, element: Element) -> Iterator[Piece]:
        for caption in element.findall("caption"):
            yield from captions(self._list(caption))


def _address(field: Element) -> str:
    """Return the address of a link; nothing of another field."""
    if field.get("type") != "HYPERLINK":
        return ""
    return _parameter(field, "Path") or web_address(_parameter(field, "Command"))


def _parameter(field: Element, name: str) -> str:
    found = (each.text or "" for each in field.iter("stringParam") if each.get("name") == name)
    return next(found, "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
