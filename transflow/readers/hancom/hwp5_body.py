"""Paragraphs, tables and shapes of an HWP 5 file, as parts of a report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from transflow.readers.base import losses
from transflow.readers.base.layout import Piece, PlacedCell, boxed, captions, flowed, losses_of, table_parts, text_of
from transflow.readers.base.parts import DocumentPart, TextPart
from transflow.readers.base.runs import Run
from transflow.readers.hancom.flow import OpenText, Shape, description, kind_of, web_address
from transflow.readers.hancom.hwp5_file import Record
from transflow.readers.hancom.hwp5_head import Hwp5Formats, by_unit, decoded, integer, joined_halves, pairs, text

_PARAGRAPH, _TEXT, _SHAPES, _CONTROL, _LIST = 66, 67, 68, 71, 72
_COMPONENT, _TABLE, _OLE, _PICTURE, _EQUATION, _TEXT_ART, _FORM, _MEMOS, _CHART, _VIDEO = (
    76,
    77,
    84,
    85,
    88,
    90,
    91,
    93,
    95,
    98,
)
_CHARACTERS = {10: "\n", 24: "-", 30: " ", 31: " "}
_SINGLE = frozenset((0, 10, 13, *range(24, 32)))
"""Control characters of one unit; the others take eight."""
_EXTENDED = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
"""Control characters with a record of their own."""
_TAB, _FIELD_END = 9, 4
_NOTES = {"fn  ": "footnote", "en  ": "endnote", "head": "head", "foot": "foot", "tcmt": "comment"}
_THINGS = {_OLE: "object", _CHART: "chart", _VIDEO: "video"}
_COUNTED = (3, 4, 5)
"""Kinds of automatic numbers that belong to a caption: of pictures, tables and equations."""
_HAS_HEAD = 0x4
_DESCRIPTION_AT, _COMMAND_AT, _ART_AT, _SCRIPT_AT, _CELL_AT = 44, 9, 32, 4, 8
_UNDER_32 = re.compile("[\x00-\x1f]")
_CAPTION = re.compile(r"Caption:wstring:(\d{1,6}):")


class Hwp5Body:
    """Reader of the body of one file."""

    def __init__(self, formats: Hwp5Formats) -> None:
        self._formats = formats
        self.reading = OpenText()
        self._readers: dict[str, Callable[[Record], Iterator[Piece]]] = {
            "tbl ": self._table,
            "gso ": self._shape,
            "eqed": self._equation,
            "form": self._form,
            "tcps": self._compose,
            "tdut": self._ruby,
            "atno": self._number,
            **dict.fromkeys(_NOTES, self._note),
        }

    def paragraph(self, record: Record) -> Iterator[DocumentPart]:
        """Yield the parts of a paragraph."""
        pieces = [*self._pieces(record)]
        heading = self._formats.heading(integer(record.data, 8, 2))
        return flowed(pieces, *kind_of(heading, "".join(piece.text for piece in pieces if isinstance(piece, Run))))

    def _pieces(self, paragraph: Record) -> Iterator[Piece]:
        controls = iter([each for each in paragraph.below if each.tag == _CONTROL])
        shapes = [pair for each in paragraph.below if each.tag == _SHAPES for pair in pairs(each.data)]
        for each in paragraph.below:
            if each.tag == _TEXT:
                yield from self._text(each.data, sorted(shapes), controls)
        for control in controls:  # without a character, as damaged files have them
            yield from self._control(control)
        yield from self._memos(paragraph.below)

    def _text(self, data: bytes, shapes: Sequence[tuple[int, int]], controls: Iterator[Record]) -> Iterator[Piece]:
        units = by_unit(data)
        starts = [start for start, _ in shapes]
        at = 0
        while at < len(units):
            number = bisect_right(starts, at)
            shape = self._formats.shape(shapes[number - 1][1]) if number else Shape()
            if units[at] < " ":
                code = ord(units[at])
                yield from self._control_character(code, shape, controls)
                at += 1 if code in _SINGLE else 8
                continue
            control = _UNDER_32.search(units, at)
            end = control.start() if control else len(units)
            end = min(end, starts[number]) if number < len(starts) else end
            end += "\udc00" <= units[end : end + 1] < "\ue000"  # the second half of a character
            yield from self.reading.text(joined_halves(units[at:end]), shape)
            at = end

    def _control_character(self, code: int, shape: Shape, controls: Iterator[Record]) -> Iterator[Piece]:
        if code == _TAB:
            yield from self.reading.text("\t", shape)
        elif code == _FIELD_END:
            self.reading.end_field()
        elif code in _CHARACTERS:
            yield from self.reading.text(_CHARACTERS[code], shape)
        elif code in _EXTENDED and (control := next(controls, None)):
            yield from self._control(control)

    def _control(self, control: Record) -> Iterator[Piece]:
        name = _name(control)
        if name.startswith("%"):
            self.reading.addresses.append(web_address(text(control.data, _COMMAND_AT)) if name == "%hlk" else "")
        elif read := self._readers.get(name):
            yield from read(control)

    # Lists of paragraphs

    def _list(self, records: Iterable[Record]) -> list[DocumentPart]:
        """Return the parts of the paragraphs among some records, which are read by themselves."""
        outside, self.reading = self.reading, OpenText()
        found = [part for each in records if each.tag == _PARAGRAPH for part in self.paragraph(each)]
        found += losses_of([*flowed(self.reading.end())])
        self.reading = outside
        return found

    def _note(self, control: Record) -> Iterator[Piece]:
        parts = self._list(control.below)
        yield from losses.left_out(_NOTES[_name(control)], text_of(parts))
        yield from losses_of(parts)

    def _memos(self, records: Sequence[Record]) -> Iterator[Piece]:
        """Yield the memos of a document, which stand at the end of a paragraph."""
        for each in records:
            if each.tag == _MEMOS:
                below = [*each.below, *records[records.index(each) :]]
                yield from losses.left_out("comment", text_of(self._list(below)))
                return

    # Characters that are drawn

    def _compose(self, control: Record) -> Iterator[Piece]:
        yield from self.reading.text(text(control.data, 4), Shape())

    def _ruby(self, control: Record) -> Iterator[Piece]:
        main = text(control.data, 4)
        small = text(control.data, 6 + 2 * integer(control.data, 4, 2))
        yield from self.reading.text(f"{main}({small})" if small else main, Shape())

    def _number(self, control: Record) -> Iterator[Piece]:
        if integer(control.data, 4) & 0xF in _COUNTED:
            yield from self.reading.text(str(integer(control.data, 8, 2)), Shape())

    def _equation(self, control: Record) -> Iterator[Piece]:
        for each in control.below:
            if each.tag == _EQUATION:
                yield from losses.left_out("equation", text(each.data, _SCRIPT_AT))
        yield from captions(self._list(control.below))

    def _form(self, control: Record) -> Iterator[Piece]:
        for each in control.below:
            if each.tag == _FORM and (found := _CAPTION.search(words := decoded(each.data))):
                yield from self.reading.text(words[found.end() : found.end() + int(found[1])], Shape())

    # Tables and shapes

    def _table(self, control: Record) -> Iterator[Piece]:
        at = next((number for number, each in enumerate(control.below) if each.tag == _TABLE), 0)
        cells = []
        for count, (head, *paragraphs) in enumerate(_lists(control.below[at:])):
            column, row = (integer(head.data, _CELL_AT + 2 * number, 2) for number in range(2))
            cells.append(
                PlacedCell(row, column, self._list(paragraphs))
                if len(head.data) > _CELL_AT
                else PlacedCell(count, 0, self._list(paragraphs))
            )
        heads = 1 if control.below and integer(control.below[at].data, 0) & _HAS_HEAD else 0
        yield from table_parts(cells, heads)
        yield from captions(self._list(control.below[:at]))

    def _shape(self, control: Record) -> Iterator[Piece]:
        words = description(text(control.data, _DESCRIPTION_AT))
        is_picture = False
        for each in _components(control.below):
            yield from boxed(self._list(each.below))
            for part in each.below:
                if part.tag == _PICTURE:
                    is_picture = True
                    yield losses.picture(words)
                elif part.tag in _THINGS:
                    yield losses.thing(_THINGS[part.tag])
                elif part.tag == _TEXT_ART:
                    yield from boxed([TextPart((Run(text(part.data, _ART_AT)),))])
        if words and not is_picture:
            yield losses.picture(words)
        yield from captions(self._list(control.below))


def _name(control: Record) -> str:
    return control.data[:4][::-1].decode("latin-1")


def _lists(records: Sequence[Record]) -> list[list[Record]]:
    """Return each list of paragraphs: its own record, and those up to the next one."""
    found: list[list[Record]] = []
    for each in records:
        if each.tag == _LIST:
            found.append([each])
        elif found:
            found[-1].append(each)
    return found


def _components(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the shapes among some records, and those within them."""
    for each in records:
        if each.tag == _COMPONENT:
            yield each
            yield from _components(each.below)
