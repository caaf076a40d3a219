"""The visible text of an HTML page, as lines with the elements around them.

Invariant: no text that a browser shows is left out: what belongs to menus and the like is marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import count
from typing import Any, NamedTuple
from unicodedata import normalize

from transflow.web_pages.tag_soup import parsable

_UNSEEN = frozenset(
    "script style template noscript iframe object canvas svg math audio video select datalist head".split()
)
"""Elements whose content is no text of the page."""
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb rp rt ruby s samp small span "
    "strike strong sub sup time tt u var wbr nobr img input area source track param embed amp-img".split()
)
_BESIDE = frozenset("nav aside form dialog menu button textarea".split())
_BESIDE_ROLES = frozenset("navigation complementary banner contentinfo search menu dialog".split())
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SELF_CLOSING = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"tr", "table"}),
    "th": frozenset({"tr", "table"}),
    "option": frozenset({"select"}),
}
"""Elements that end an open one of the same name, unless one of these was opened since."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:screen-reader-text|visually-hidden|sr-only)(?:\s|$)")
_DEEPEST = 500


class Element(NamedTuple):
    """An open element of the page."""

    name: str
    number: int
    """Distinguishes the elements of a page."""
    label: str
    """Name and classes."""
    is_unseen: bool = False
    is_beside: bool = False


class Line(NamedTuple):
    """A line of text: of a paragraph or the like, up to its end or a `<br>`."""

    text: str
    elements: tuple[Element, ...]
    linked: float
    """The part of its letters that are in links, 0 to 1."""

    @property
    def is_beside(self) -> bool:
        """True if it belongs to a menu, a form or what stands beside the article."""
        return any(each.is_beside for each in self.elements)

    @property
    def is_heading(self) -> bool:
        return any(each.name in _HEADINGS for each in self.elements)


class PageText(NamedTuple):
    """Text that a page shows, and what it says to machines."""

    lines: tuple[Line, ...]
    title: str = ""
    unscripted: str = ""
    """Text for browsers without scripts."""
    scripts: int = 0
    article_body: str = ""
    """The text of the article in JSON-LD."""
    is_paid: bool = False
    """True if JSON-LD says that the article is not free."""


def page_text(html: str) -> PageText:
    """Return the text of a page; never fails."""
    reader = _Reader()
    reader.feed(parsable(html))
    reader.close()
    reader.end_line()
    nodes = [node for text in reader.json_texts for node in json_nodes(text)]
    bodies = (node["articleBody"] for node in nodes if isinstance(node.get("articleBody"), str))
    return PageText(
        tuple(reader.lines),
        _one_line("".join(reader.title)),
        _one_line("".join(reader.unscripted)),
        reader.scripts,
        max(bodies, key=len, default=""),
        any(str(node.get("isAccessibleForFree", "")).lower().endswith("false") for node in nodes),
    )


def _one_line(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))


def json_nodes(text: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD text, also those inside of others."""
    try:
        waiting = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.title: list[str] = []
        self.unscripted: list[str] = []
        self.json_texts: list[str] = []
        self.scripts = 0
        self._open: list[Element] = []
        self._numbers = count(1)
        self._parts: list[str] = []
        self._linked = 0
        self._is_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self.end_line()
        self._end_open(tag)
        if tag == "script":
            self.scripts += 1
            self._is_json = "ld+json" in values.get("type", "")
            if self._is_json:
                self.json_texts.append("")
        if tag not in _EMPTY and len(self._open) < _DEEPEST:
            self._open.append(_element(tag, values, next(self._numbers)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # as in HTML, where the slash means nothing

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_line()
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].name == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        names = {each.name for each in self._open}
        if "script" in names:
            if self._is_json:
                self.json_texts[-1] += data
        elif "title" in names and "svg" not in names:
            self.title.append(data)
        elif "noscript" in names:
            self.unscripted.append(data)
        elif not any(each.is_unseen for each in self._open):
            self._parts.append(data)
            self._linked += len(data.strip()) if "a" in names else 0

    def _end_open(self, tag: str) -> None:
        """End the elements that a start tag ends in HTML."""
        if tag == "body":
            self._open = [each for each in self._open if each.name == "html"]
            return
        ends, stops = (tag, _SELF_CLOSING[tag]) if tag in _SELF_CLOSING else ("p", frozenset({"button", "table"}))
        if tag in _INLINE or tag == "br":
            return
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].name == ends:
                del self._open[index:]
                return
            if self._open[index].name in stops or (ends == "p" and self._open[index].name not in _INLINE):
                return

    def end_line(self) -> None:
        text, linked = _one_line("".join(self._parts)), self._linked
        self._parts, self._linked = [], 0
        if text:
            self.lines.append(Line(text, tuple(self._open), min(1.0, linked / len(text))))


def _element(tag: str, values: dict[str, str], number: int) -> Element:
    classes = values.get("class", "")
    is_unseen = (
        tag in _UNSEEN
        or "hidden" in values
        or bool(_HIDDEN_STYLE.search(values.get("style", "")))
        or bool(_HIDDEN_CLASS.search(classes))
    )
    is_beside = tag in _BESIDE or values.get("role", "") in _BESIDE_ROLES
    return Element(tag, number, " ".join((tag, *sorted(classes.split()))), is_unseen, is_beside)


def as_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a plain text, as if each were a paragraph of one article."""
    return tuple(Line(_one_line(line), (), 0.0) for line in text.splitlines() if line.strip())


def common_elements(lines: Sequence[Line]) -> tuple[Element, ...]:
    """Return the elements that are around all the lines."""
    if not lines:
        return ()
    shared = lines[0].elements
    for line in lines[1:]:
        length = next(
            (i for i, (one, other) in enumerate(zip(shared, line.elements, strict=False)) if one != other),
            min(len(shared), len(line.elements)),
        )
        shared = shared[:length]
    return shared
