"""HTML in Markdown: tags are read as the Markdown and the blocks that they mean.

Invariant: text between tags is never lost, except in elements that hold no text for readers, and
those are named. A tag that HTML does not have, such as `<AP>`, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it.common.html_re import HTML_TAG_RE

BREAK = "\x0b"
"""A line break inside a text; two of them separate paragraphs. No report holds this character."""

_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*"}
_CODE = ("code", "kbd", "samp", "tt")
_LISTS = {"ul": "bullet_list", "ol": "ordered_list", "menu": "bullet_list"}
_BLOCKS = {
    **_LISTS,
    "blockquote": "blockquote",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "td": "td",
    "th": "th",
}
"""Element -> name of the block, as markdown-it has it."""
_BOUNDARIES = frozenset(
    "address article aside body center dd details div dl dt fieldset figure footer header hr html legend li main nav p "
    "section summary table tbody tfoot thead tr".split()
) | frozenset(_BLOCKS)
_UNREAD = frozenset(
    "script style template noscript iframe object embed video audio canvas svg math map select textarea button pre head title".split()
)
"""Elements whose content is no text of the report."""
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_PLAIN = frozenset(
    "span font small big sub sup u ins mark time abbr acronym bdi bdo data dfn label q ruby rb rt rp s strike del var nobr "
    "blink form input link meta base col colgroup param source track area wbr picture basefont dir".split()
)
"""Elements of which only the text is kept."""
KNOWN = frozenset(_EMPHASIS) | frozenset(_CODE) | _BOUNDARIES | _UNREAD | _PLAIN | {"a", "br", "img"}
NAMED = _UNREAD | frozenset("sub sup s strike del q input form bdo".split())
"""Elements whose meaning is lost."""

_DEEPEST = 50
"""Inline elements that may be open at one time; deeper tags are left out."""
_TOKEN = re.compile(
    rf"\\.|(?P<ticks>`+)(?!`)(?:.{{1,2000}}?)(?<!`)(?P=ticks)(?!`)|<[a-zA-Z][a-zA-Z0-9+.-]{{1,31}}:[^<>\s]*>|<[^\s<>@]+@[^\s<>@]+>|"
    rf"(?P<tag>{HTML_TAG_RE.pattern})",
    re.DOTALL,
)
_WORD = re.compile(r"\w")


class Tag(NamedTuple):
    """A tag: its element, attributes, and whether it opens or closes."""

    name: str
    attributes: dict[str, str]
    closes: bool


class Leaf(NamedTuple):
    """A text of an HTML block: the blocks around it, and its 0-based line."""

    enclosing: tuple[str, ...]
    content: str
    line: int
    row: int
    align: str = ""
    """Alignment of a table cell: "right", "center" or nothing."""


class _TagParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tag = Tag("", {}, False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = Tag(tag, {name: value or "" for name, value in attrs}, False)

    def handle_endtag(self, tag: str) -> None:
        if not self.tag.name:
            self.tag = Tag(tag, {}, True)


def parsed(text: str) -> Tag:
    """Return a tag; one without a name for a declaration or the like."""
    if not text[1:2].isalpha() and text[1:2] != "/":
        return Tag("", {}, False)
    parser = _TagParser()
    parser.feed(text)
    parser.close()
    return parser.tag


def alignment(style: str) -> str:
    """Return the alignment of a cell that is not the usual one: "right", "center" or nothing."""
    found = re.search(r"(?:^|text-align:\s*)(right|center)\b", style, re.IGNORECASE)
    return found[1].lower() if found else ""


def tags(content: str) -> Iterator[tuple[str, int]]:
    """Yield the known elements whose tags are in a text, with the number of line ends before."""
    for found in _TOKEN.finditer(content):
        if found["tag"] and (tag := parsed(found["tag"])).name in KNOWN and not tag.closes:
            yield tag.name, content.count("\n", 0, found.start())


def has_html(content: str) -> bool:
    return "<" in content


def inline(content: str) -> list[str]:
    """Return the texts of a content, with Markdown in place of tags. Entities are Markdown too."""
    if not has_html(content):
        return [content]
    reader = _Inline(content)
    text = reader.read()
    return [re.sub(rf" ?{BREAK} ?", " ", part) for part in re.split(rf"{BREAK}(?:\s*{BREAK})+", text)]


class _Inline:
    """Reader of inline HTML in a text."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.parts: list[str] = []
        self.open: list[tuple[Tag, int]] = []

    def read(self) -> str:
        end = 0
        for found in _TOKEN.finditer(self.content):
            if found.start() < end:
                continue
            self.parts.append(self.content[end : found.start()])
            end = found.end()
            if found["tag"]:
                end = self._read_tag(found[0], end)
            else:
                self.parts.append(found[0])
        return "".join((*self.parts, self.content[end:]))

    def _read_tag(self, text: str, end: int) -> int:
        """Read a tag, and return the offset behind it, or behind its element."""
        tag = parsed(text)
        if tag.name in _UNREAD:
            return end if tag.closes or tag.name in _EMPTY else end_of(self.content, end, tag.name)
        if tag.name in _BOUNDARIES:
            self.parts.append(BREAK * 2)
        elif tag.name == "br":
            self.parts.append(BREAK)
        elif tag.name == "img":
            self.parts.append(_image(tag.attributes))
        elif tag.name and tag.name not in KNOWN:
            self.parts.append(text)
        elif tag.name in _EMPHASIS or tag.name in _CODE or tag.name == "a":
            self._read_pair(tag, self.content[end : end + 1])
        return end

    def _read_pair(self, tag: Tag, following: str) -> None:
        if not tag.closes:
            if len(self.open) < _DEEPEST:
                self.open.append((tag, len(self.parts)))
            return
        at = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n][0].name == tag.name), None)
        if at is None:
            return
        opening, start = self.open[at]
        del self.open[at:]
        text, before = "".join(self.parts[start:]), "".join(self.parts[:start])[-1:]
        self.parts[start:] = [_marked(opening, text, before, following)]


def end_of(content: str, start: int, name: str) -> int:
    """Return the offset behind the closing tag of an element, or the end of the content."""
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(content, start)
    return found.end() if found else len(content)


def _marked(tag: Tag, text: str, before: str, following: str) -> str:
    """Return the text of an element with marks of Markdown, where they would be read as such."""
    inside = text.strip(" \t\n")
    if not inside or BREAK in inside:
        return text
    left, right = text[: len(text) - len(text.lstrip(" \t\n"))], text[len(text.rstrip(" \t\n")) :]
    if tag.name == "a":
        address = tag.attributes.get("href", "").strip()
        is_usable = re.match(r"https?://|mailto:|/(?!/)|[\w.-]+(?:/|\.html?$)", address) and not re.search(
            r"[\s<>]", address
        )
        return f"{left}[{inside}]({_destination(address)}){right}" if is_usable else text
    if tag.name in _CODE:
        return text if "`" in inside else f"{left}`{inside}`{right}"
    marks = _EMPHASIS[tag.name]
    opens = _WORD.match(inside[0]) or left or not _WORD.match(before or " ")
    closes = _WORD.match(inside[-1]) or right or not _WORD.match(following or " ")
    return f"{left}{marks}{inside}{marks}{right}" if opens and closes and marks[0] not in inside else text


def _destination(address: str) -> str:
    return f"<{address}>" if re.search(r"[()]", address) else address


def _image(attributes: dict[str, str]) -> str:
    label = re.sub(r"[\[\]\\]", r"\\\g<0>", " ".join(attributes.get("alt", "").split()))
    title = " ".join(attributes.get("title", "").split()).replace('"', '\\"')
    source = "" if re.search(r"[\s<>]", attributes.get("src", "")) else _destination(attributes.get("src", ""))
    return f'![{label}]({source} "{title}")' if title else f"![{label}]({source})"


class HtmlBlocks:
    """Reader of the HTML blocks of a text, one after the other: elements may hold Markdown between
    them.
    """

    def __init__(self) -> None:
        self.open: list[str] = []
        self._rows = 0
        self._align = ""

    @property
    def enclosing(self) -> tuple[str, ...]:
        return tuple(_BLOCKS[name] for name in self.open if name in _BLOCKS)

    def leaves(self, content: str, line: int) -> Iterator[Leaf]:
        """Yield the texts of an HTML block that begins on a 0-based line."""
        start = end = 0
        while found := _TOKEN.search(content, end):
            end = found.end()
            tag = parsed(found["tag"]) if found["tag"] else Tag("", {}, False)
            is_skipped = tag.name in _UNREAD and not tag.closes and tag.name not in _EMPTY
            if tag.name not in _BOUNDARIES and not is_skipped:
                continue
            yield from self._texts(content, start, found.start(), line)
            start = end = end_of(content, end, tag.name) if is_skipped else end
            self._enter(tag)
        yield from self._texts(content, start, len(content), line)

    def _texts(self, content: str, start: int, end: int, line: int) -> Iterator[Leaf]:
        raw = content[start:end]
        start += len(raw) - len(raw.lstrip())
        for text in inline(raw.strip()):
            if text.strip():
                at = line + content.count("\n", 0, start)
                yield Leaf(("paragraph", *self.enclosing), text.strip(), at, self._rows, self._align)

    def _enter(self, tag: Tag) -> None:
        """Open or close an element; rows of tables are numbered."""
        if tag.name in ("tr", "table"):
            self._rows -= 1
        if tag.closes:
            if tag.name in self.open:
                del self.open[len(self.open) - 1 - self.open[::-1].index(tag.name) :]
        elif tag.name in _BLOCKS and len(self.open) < _DEEPEST:
            if tag.name in ("td", "th") and self.open[-1:] and self.open[-1] in ("td", "th"):
                self.open.pop()
            self.open.append(tag.name)
            if tag.name in ("td", "th"):
                self._align = alignment(f"{tag.attributes.get('align', '')} {tag.attributes.get('style', '')}")

    def forget(self, closed_later: frozenset[str]) -> None:
        """Close the elements that no later tag closes."""
        self.open = [name for name in self.open if name in closed_later]
