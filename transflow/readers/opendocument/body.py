"""Paragraphs, lists, tables and frames of an OpenDocument text, as parts of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from transflow.model.unit import Kind
from transflow.readers.base import losses
from transflow.readers.base.layout import Piece, PlacedCell, boxed, flowed, losses_of, table_parts, text_of
from transflow.readers.base.parts import DocumentPart
from transflow.readers.base.runs import Run

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BLOCKS = ("p", "h", "list", "table")
_AROUND = (
    "section",
    "index-body",
    "table-of-content",
    "index-title",
    "list-header",
    "numbered-paragraph",
    "text-box",
    "bibliography",
)
"""Elements whose blocks are read as if they stood outside of them."""
_KINDS: dict[str, Kind] = {"Title": "headline", "Subtitle": "deck", "Quotations": "quote", "Caption": "caption"}
"""Name of a style, in every language of the program -> kind."""
_INLINE = (
    "span",
    "a",
    "meta",
    "meta-field",
    "ruby-base",
    "bookmark-ref",
    "reference-ref",
    "note-ref",
    "sequence",
    "title",
    "subject",
    "date",
    "time",
    "placeholder",
    "conditional-text",
    "user-defined",
    "variable-set",
    "variable-get",
    "author-name",
    "description",
)
"""Elements in a paragraph whose text is text of the paragraph."""
_MOST_SPACES = 1000


class OpenStyle(NamedTuple):
    """Format of the characters of a style, and the style that it is based on."""

    strong: bool = False
    emphasis: bool = False
    hidden: bool = False
    parent: str = ""
    is_numbered: bool = False


def styles(elements: Iterable[Element]) -> dict[str, OpenStyle]:
    """Return the styles of a file by name."""
    found = {}
    for each in elements:
        if each.tag == "list-style":
            first = next(iter(each), None)
            numbered = first is not None and first.tag == "list-level-style-number"
            found[each.get("name", "")] = OpenStyle(is_numbered=numbered)
            continue
        text = each.find("text-properties")
        about = text.attrib if text is not None else {}
        weight = about.get("font-weight", "")
        found[each.get("name", "")] = OpenStyle(
            weight == "bold" or weight in ("600", "700", "800", "900"),
            about.get("font-style") in ("italic", "oblique"),
            about.get("display") == "none",
            each.get("parent-style-name", ""),
        )
    return found


class OpenBody:
    """Reader of the body of one file."""

    def __init__(self, found: dict[str, OpenStyle]) -> None:
        self._styles = found
        self._address = ""
        self._readers: dict[str, Callable[[Element, OpenStyle], Iterator[Piece]]] = {
            "note": self._note,
            "annotation": self._comment,
            "frame": self._frame,
            "custom-shape": self._shape,
            "rect": self._shape,
            "g": self._shapes,
            "ruby": self._ruby,
            "hidden-text": self._hidden,
            "hidden-paragraph": self._hidden,
        }

    def parts(self, element: Element) -> Iterator[DocumentPart]:
        """Yield the parts of a paragraph, a list or a table."""
        if element.tag in ("p", "h"):
            return self._paragraph(element)
        return self._list(element, "") if element.tag == "list" else self._table(element)

    def inner(self, element: Element) -> list[DocumentPart]:
        """Return the parts of the blocks in an element."""
        outside, self._address = self._address, ""
        found = [part for block in _blocks(element) for part in self.parts(block)]
        self._address = outside
        return found

    def deletions(self, changes: Element) -> Iterator[DocumentPart]:
        """Yield what tracked changes deleted."""
        for each in changes.iter("deletion"):
            yield from losses.left_out("deleted", text_of(self.inner(each)))

    # Blocks

    def _paragraph(self, paragraph: Element, kind: Kind = "paragraph", variant: str = "") -> Iterator[DocumentPart]:
        name = paragraph.get("style-name", "")
        style = self._styles.get(name, OpenStyle())
        named: Kind = next((_KINDS[each] for each in (name, style.parent) if each in _KINDS), kind)
        if paragraph.tag == "h" and named == "paragraph":
            named = "subhead"
        shown = style if named in ("paragraph", "list item") else OpenStyle(hidden=style.hidden)
        return flowed(self._inline(paragraph, shown), named, variant)

    def _list(self, element: Element, outer: str) -> Iterator[DocumentPart]:
        name = element.get("style-name", "") or outer
        variant = "numbered" if self._styles.get(name, OpenStyle()).is_numbered else ""
        for item in element:
            first = True
            for block in _blocks(item):
                if block.tag == "list":
                    yield from self._list(block, name)
                elif block.tag == "p":
                    yield from self._paragraph(block, "list item" if first else "paragraph", variant if first else "")
                    first = False
                else:
                    yield from self.parts(block)

    def _table(self, table: Element) -> Iterator[DocumentPart]:
        heads = [row for each in table.findall("table-header-rows") for row in each.iter("table-row")]
        cells = []
        for number, row in enumerate(_rows(table)):
            column = 0
            for cell in row:
                if cell.tag in ("table-cell", "covered-table-cell"):
                    cells.append(PlacedCell(number, column, self.inner(cell)))
                    column += max(_small(cell.get("number-columns-repeated", "1")), 1)
        return table_parts(cells, len(heads))

    # Inline

    def _inline(self, element: Element, style: OpenStyle) -> Iterator[Piece]:
        yield from self._text(element.text or "", style)
        for child in element:
            if child.tag == "s":
                yield from self._text(" " * min(max(_small(child.get("c", "1")), 1), _MOST_SPACES), style)
            elif child.tag in ("tab", "line-break"):
                yield from self._text("\t" if child.tag == "tab" else "\n", style)
            elif read := self._readers.get(child.tag):
                yield from read(child, style)
            elif child.tag == "a":
                outside, self._address = self._address, child.get("href", "")
                yield from self._inline(child, style)
                self._address = outside
            elif child.tag not in _UNREAD:
                yield from self._inline(child, self._over(child, style))
            yield from self._text(child.tail or "", style)

    def _over(self, element: Element, style: OpenStyle) -> OpenStyle:
        own = self._styles.get(element.get("style-name", ""), OpenStyle())
        return OpenStyle(own.strong or style.strong, own.emphasis or style.emphasis, own.hidden or style.hidden)

    def _text(self, text: str, style: OpenStyle) -> Iterator[Piece]:
        text = text.replace("\n", " ")
        if style.hidden:
            yield from losses.left_out("hidden", text)
        elif text:
            address = "" if self._address.startswith("#") else self._address
            yield Run(text, style.strong, style.emphasis, address)

    def _note(self, note: Element, _style: OpenStyle) -> Iterator[Piece]:
        what = "endnote" if note.get("note-class") == "endnote" else "footnote"
        parts = [part for each in note.findall("note-body") for part in self.inner(each)]
        yield from losses.left_out(what, text_of(parts))
        yield from losses_of(parts)

    def _comment(self, comment: Element, _style: OpenStyle) -> Iterator[Piece]:
        yield from losses.comment(text_of(self.inner(comment)), comment.findtext("creator") or "")

    def _frame(self, frame: Element, _style: OpenStyle) -> Iterator[Piece]:
        for box in frame.findall("text-box"):
            yield from boxed(self.inner(box))
        if frame.find("image") is not None and frame.find("object") is None:
            yield losses.picture(frame.findtext("desc") or frame.findtext("title") or "")
        elif any(frame.find(name) is not None for name in ("object", "object-ole", "plugin")):
            yield losses.thing("object")

    def _shape(self, shape: Element, _style: OpenStyle) -> Iterator[Piece]:
        yield from boxed(self.inner(shape))

    def _shapes(self, group: Element, style: OpenStyle) -> Iterator[Piece]:
        for each in group:
            if read := self._readers.get(each.tag):
                yield from read(each, style)

    def _ruby(self, ruby: Element, style: OpenStyle) -> Iterator[Piece]:
        main, small = (
            "".join(part for each in ruby.findall(name) for part in each.itertext())
            for name in ("ruby-base", "ruby-text")
        )
        yield from self._text(f"{main}({small})" if small else main, style)

    def _hidden(self, hidden: Element, _style: OpenStyle) -> Iterator[Piece]:
        yield from losses.left_out("hidden", hidden.get("string-value", "") or "".join(hidden.itertext()))


_UNREAD = (
    "soft-page-break",
    "bookmark",
    "bookmark-start",
    "bookmark-end",
    "change",
    "change-start",
    "change-end",
    "annotation-end",
    "reference-mark",
    "reference-mark-start",
    "reference-mark-end",
    "creator",
    "desc",
    "event-listeners",
)


def _blocks(element: Element) -> Iterator[Element]:
    for each in element:
        if each.tag in BLOCKS:
            yield each
        elif each.tag in _AROUND:
            yield from _blocks(each)


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        if each.tag == "table-row":
            yield each
        elif each.tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
