"""HTML as blocks: texts with their formats, tables by rows, and what is not kept.

Invariant: every text that a browser shows is in a block, or in a loss that quotes or names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import count
from typing import NamedTuple
from urllib.parse import urljoin

from transflow.messages import Message, Messages
from transflow.model.unit import Kind
from transflow.readers.base.html_tables import Cell, HtmlTable
from transflow.readers.base.parts import DocumentPart, Loss, TablePart, TextPart
from transflow.readers.base.runs import Run, visible_text
from transflow.text import one_line
from transflow.web_pages.tag_soup import parsable

MESSAGES = Messages(
    __name__,
    {
        "picture": "a picture is not kept.",
        "picture/text": "a picture is not kept, nor its description: {text}",
        "deleted": "a deleted text is not kept: {text}",
        "hidden": "a text that is hidden is not kept: {text}",
        "form": "a form is not kept: {text}",
        "element": "what <{tag}> shows is not kept.",
        "deep": "elements are nested so deep here that their formats are not kept.",
    },
)

_SILENT = frozenset("script style template noscript head title datalist".split())
"""Elements that a browser does not show."""
_SHOWN = frozenset("iframe object embed canvas svg math audio video".split())
"""Elements that show something that is no text."""
_FORM = frozenset("select textarea button option".split())
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr acronym area b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr o:p q rb rp rt ruby s "
    "samp small span strike strong sub sup time track tt u var wbr button svg select textarea iframe embed object canvas".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_DELETED = frozenset({"del", "s", "strike"})
_BESIDE = frozenset("nav aside form dialog menu footer".split())
_ENDS = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"tr", "table"}),
    "th": frozenset({"tr", "table"}),
    "option": frozenset({"select"}),
}
"""HtmlElement that ends an open one of the same name, unless one of these was opened since."""
_CELLS = frozenset({"td", "th"})
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNHEARD = re.compile(r"(?:^|\s)(?:screen-reader-text|visually-hidden|sr-only|blind|a11y|u_skip)(?:\s|$)")
_PRE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|pic|fig)?_?-?(?:caption|desc_photo|img_desc)(?:[\s_-]|$)", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_DEEPEST = 400
_QUOTED = 200
"""Characters of a lost text that are quoted; the others are counted by the ellipsis."""


class HtmlElement(NamedTuple):
    """An open element with the formats of the text in it."""

    name: str
    number: int
    """Distinguishes the elements of a page."""
    label: str = ""
    """Id, classes, role and property of the element."""
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    is_pre: bool = False
    loss: str = ""
    """Reason for which the text in it is not kept, as a key of `MESSAGES`; or "silent"."""
    is_beside: bool = False


class HtmlBlock(NamedTuple):
    """A text, a table or a loss, with the elements around it."""

    part: DocumentPart
    around: tuple[HtmlElement, ...]
    text: str
    """Its visible text on one line."""
    linked: float = 0.0
    """DocumentPart of its letters that are in links, 0 to 1."""

    @property
    def is_beside(self) -> bool:
        """True if it belongs to a menu, a form or what else stands beside an article."""
        return any(each.is_beside for each in self.around)


def html_blocks(html: str, address: str = "") -> list[HtmlBlock]:
    """Return the blocks of a page or of a part of one; links are resolved against its address."""
    reader = _Reader(address)
    reader.feed(parsable(html))
    reader.close()
    reader.finish()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.blocks: list[HtmlBlock] = []
        self._address = address
        self._numbers = count(1)
        self._open: list[HtmlElement] = [HtmlElement("", 0)]
        self._names: Counter[str] = Counter()
        """Number of open elements of each name."""
        self._runs: list[Run] = []
        self._lost: list[str] = []
        """Texts that are not kept, since the outermost element with a loss was opened."""
        self._after: list[HtmlBlock] = []
        """Losses within the text that is being read."""
        self._tables: list[HtmlTable] = []
        self._is_too_deep = False

    # Tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and values.get("href"):
            self._address = urljoin(self._address, values["href"])
        self._end_open(tag)
        if tag not in _INLINE and tag != "br":
            self._end_block()
        if tag == "br":
            self._add("\n")
        elif tag == "q":
            self._add("“")
        elif tag == "img":
            self._lose_picture(values)
        elif tag == "input" and self._is_seen_input(values):
            self._lose(MESSAGES("form", text=one_line(values.get("value", ""))))
        if tag not in _EMPTY:
            self._enter(tag, values)
        elif tag == "embed":
            self._lose(MESSAGES("element", tag=tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # as in HTML, where the slash means nothing

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and not self._names[tag]:
            self._end_block()
        if self._names[tag] < 1:
            return
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name == tag:
                self._close(index)
                return

    def handle_data(self, data: str) -> None:
        self._add(data if self._open[-1].is_pre else _SPACE.sub(" ", data))

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            if not self._is_too_deep:
                self._lose(MESSAGES("deep"))
            self._is_too_deep = True
            return
        element = _opened(tag, values, self._open[-1], next(self._numbers), self._address)
        if element.loss and not self._open[-1].loss:
            self._lost = []
        self._open.append(element)
        self._names[tag] += 1
        if element.loss:
            return
        if tag == "table":
            self._tables.append(HtmlTable(len(self.blocks), role=values.get("role", "")))
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in _CELLS and self._tables:
            spans = (values.get("colspan", ""), values.get("rowspan", ""))
            self._tables[-1].begin_cell(len(self.blocks), is_head=tag == "th", spans=spans)

    def _end_open(self, tag: str) -> None:
        """End the elements that a start tag ends in HTML."""
        if tag in _INLINE or tag == "br":
            return
        ends, stops = (tag, _ENDS[tag]) if tag in _ENDS else ("p", frozenset({"button", "table"}))
        for index in range(len(self._open) - 1, 0, -1):
            name = self._open[index].name
            if name == ends or (ends in _CELLS and name in _CELLS):
                self._close(index)
                return
            if name in stops or (ends == "p" and name not in _INLINE):
                return

    def _close(self, index: int) -> None:
        """Close an element with all that are open within."""
        if any(each.name not in _INLINE for each in self._open[index:]):
            self._end_block()
        while len(self._open) > index:
            element = self._open[-1]
            if element.name == "q" and not element.loss:
                self._add("”")
            self._open.pop()
            self._names[element.name] -= 1
            if element.loss:
                self._end_loss(element)
            elif element.name == "table" and self._tables:
                self._end_table()
            elif element.name in _CELLS and self._tables:
                self._tables[-1].end_cell(len(self.blocks))

    def finish(self) -> None:
        self._close(1)
        self._end_block()

    # Texts

    def _add(self, text: str) -> None:
        element = self._open[-1]
        if element.loss:
            self._lost.append(text)
        elif text:
            self._runs.append(Run(text, element.strong, element.emphasis, element.address))

    def _end_block(self) -> None:
        runs, self._runs = self._runs, []
        losses, self._after = self._after, []
        text = one_line(visible_text("".join(each.text for each in runs)))
        if text:
            linked = sum(len(_SPACE.sub("", each.text)) for each in runs if each.address)
            share = min(1.0, linked / len(_SPACE.sub("", text)))
            kind, variant = _kind(self._open)
            if _LISTED.search(self._open[-1].label) and kind == "paragraph":
                kind = "list item"
            self.blocks.append(HtmlBlock(TextPart(runs, kind, variant), tuple(self._open[1:]), text, share))
        self.blocks += losses

    # What is not kept

    def _lose(self, message: Message, text: str = "") -> None:
        if not self._open[-1].loss:
            self._after.append(HtmlBlock(Loss(message), tuple(self._open[1:]), text))

    def _lose_picture(self, values: dict[str, str]) -> None:
        if self._open[-1].loss or values.get("width") in ("0", "1") or values.get("height") in ("0", "1"):
            return
        text = one_line(visible_text(values.get("alt", "")))
        self._lose(MESSAGES("picture/text", text=text) if text else MESSAGES("picture"), text)

    def _is_seen_input(self, values: dict[str, str]) -> bool:
        is_text = values.get("type", "text").lower() in ("text", "search", "submit", "button", "reset", "email", "tel")
        return is_text and bool(values.get("value", "").strip())

    def _end_loss(self, element: HtmlElement) -> None:
        """Name what an element has that is not kept, when the outermost such element ends."""
        if self._open[-1].loss or element.loss == "silent":
            return
        text, self._lost = one_line(visible_text("".join(self._lost))), []
        if element.loss == "element":
            self._lose(MESSAGES("element", tag=element.name), text)
        elif text:
            shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}… (+{len(text) - _QUOTED})"
            self._lose(MESSAGES(element.loss, text=shown), text)

    # Tables

    def _end_table(self) -> None:
        table = self._tables.pop()
        inside = self.blocks[table.start :]
        rows = table.rows(self.blocks) if not self._tables else None
        if rows is None:
            return
        losses = [each for each in inside if not isinstance(each.part, TextPart)]
        texts = [each for each in inside if isinstance(each.part, TextPart)]
        letters = sum(len(each.text) for each in texts) or 1
        linked = sum(each.linked * len(each.text) for each in texts) / letters
        text = " ".join(each.text for each in texts)
        captions = [each for each in texts if isinstance(each.part, TextPart) and each.part.kind == "caption"]
        part = TablePart([[_cell_runs(cell, self.blocks) for cell in row] for row in rows], table.heads)
        block = HtmlBlock(part, tuple(self._open[1:]), text, linked)
        self.blocks[table.start :] = [*captions, block, *losses]


def _cell_runs(cell: Cell, blocks: Sequence[HtmlBlock]) -> list[Run]:
    found: list[Run] = []
    for block in blocks[cell.start : cell.end]:
        if isinstance(block.part, TextPart):
            found += [Run(" "), *block.part.runs] if found else block.part.runs
    return found


_LISTED = re.compile(r"\bMsoListParagraph|mso-list:(?!\s*Ignore)", re.IGNORECASE)


def _opened(tag: str, values: dict[str, str], parent: HtmlElement, number: int, address: str) -> HtmlElement:
    """Return an element that is opened within another."""
    style = values.get("style", "")
    label = " ".join(values[name] for name in ("id", "class", "role", "itemprop") if values.get(name))
    bold, italic = _BOLD.search(style), _ITALIC.search(style)
    is_heading = tag in _HEADINGS
    strong = tag in ("b", "strong") or (parent.strong and not is_heading)
    emphasis = tag in ("i", "em", "cite", "dfn") or parent.emphasis
    if bold:
        strong = bold[1].lower() in ("bold", "600", "700", "800", "900")
    if italic:
        emphasis = italic[1].lower() != "normal"
    link = urljoin(address, values["href"].strip()) if tag == "a" and values.get("href") else parent.address
    return HtmlElement(
        tag,
        number,
        f"{label} mso-list:" if "mso-list:" in style and "ignore" not in style.lower() else label,
        strong and not is_heading,
        emphasis and not is_heading,
        link,
        tag == "pre" or bool(_PRE.search(style)) or (parent.is_pre and "white-space" not in style),
        parent.loss or _loss(tag, values, style),
        tag in _BESIDE or values.get("role", "") in ("navigation", "complementary", "banner", "contentinfo", "search"),
    )


def _loss(tag: str, values: dict[str, str], style: str) -> str:
    """Return the reason for which the text of an element is not kept; nothing if it is."""
    if tag in _SILENT or "mso-list:ignore" in _SPACE.sub("", style).lower():
        return "silent"
    if "hidden" in values or _HIDDEN.search(style) or _UNHEARD.search(values.get("class", "")):
        return "hidden"
    if tag in _SHOWN:
        return "element"
    if tag in _FORM:
        return "form"
    return "deleted" if tag in _DELETED else ""


def _kind(elements: Sequence[HtmlElement]) -> tuple[Kind, str]:
    """Return kind and variant of a text, by the innermost element around it that has one."""
    for index in range(len(elements) - 1, 0, -1):
        element = elements[index]
        if element.name in _HEADINGS:
            return "subhead", ""
        if element.name in ("figcaption", "caption") or _CAPTION.search(element.label):
            return "caption", ""
        if element.name == "blockquote":
            return "quote", ""
        if element.name == "li":
            lists = (each.name for each in reversed(elements[:index]) if each.name in ("ol", "ul", "menu"))
            return "list item", "numbered" if next(lists, "") == "ol" else ""
    return "paragraph", ""


def parts_of(blocks: Sequence[HtmlBlock]) -> Iterator[DocumentPart]:
    """Yield the parts of blocks."""
    return (each.part for each in blocks)
