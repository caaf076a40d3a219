"""Conversion of a unit's inline Markdown to HTML, plain text, and portable Markdown.

Invariant: raw HTML is text. A link has the scheme http, https or mailto, or else is text. Images
are replaced by their description. A text never changes the direction of what follows it. Typography
is preserved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from transflow.invisible import needs_direction
from transflow.text import without_controls

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+[ \t]*")

_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
"""Unicode's directional embeddings, overrides and isolates, and the closing character of each (UAX
#9).
"""
_DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def html(text: str) -> Markup:
    """Return inline Markdown as inline HTML."""
    parser = _parser()
    return Markup(parser.renderer.render(_tokens(text), parser.options, {}))


def plain(text: str) -> str:
    """Return the visible words, without marks and addresses, for titles and descriptions."""
    return "".join(token.content for token in _tokens(text))


def addressed(text: str) -> str:
    """Return the visible words, with the address of each link in parentheses after it."""
    return "".join(_addressed(_tokens(text)))


def _addressed(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the text of inline tokens. The address is omitted if the link text repeats it."""
    address, link_text = "", ""
    for token in tokens:
        link_text += token.content
        yield token.content
        if token.type == "link_open":
            address, link_text = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            shown = _parser().normalizeLinkText(address).removeprefix("mailto:")
            if shown.rstrip("/") != link_text.rstrip("/"):
                yield f" ({shown})"


def _tokens(text: str) -> list[Token]:
    """Return the inline tokens of a text: links, emphasis, code and text."""
    return list(_shown(_parser().parseInline(single_line(text))[0].children or ()))


def _shown(tokens: Iterable[Token]) -> Iterator[Token]:
    """Replace an image by its description and a link without a valid address by its text."""
    linked = True
    for token in tokens:
        if token.type == "link_open":
            linked = bool(token.attrs["href"])
        if token.type == "image":
            yield Token("text", "", 0, content="".join(each.content for each in _shown(token.children or ())))
        elif linked or token.type not in ("link_open", "link_close"):
            yield token


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    parser.validateLink = lambda url: bool(_ADDRESS.match(url))  # type: ignore[method-assign] # documented hook
    return parser


def single_line(text: str) -> str:
    """Return a text on one line: line breaks become spaces, directional characters are closed."""
    return close_directional(without_controls(_LINE_BREAK.sub(" ", text)))


def close_directional(text: str) -> str:
    """Close every directional embedding, override and isolate that the text leaves open."""
    if not _DIRECTIONAL.search(text):
        return text
    closers: list[str] = []
    for character in _DIRECTIONAL.findall(text):
        if character in _OPENERS:
            closers.append(_OPENERS[character])
        elif character in closers:
            while character == "\u2069" and closers[-1] != character:
                closers.pop()  # closing an isolate also closes embeddings inside it
            if closers[-1] == character:
                closers.pop()
    return text + "".join(reversed(closers))


# Markdown

_SPAN = re.compile(
    r"(?P<kept>\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|`+|<(?:https?://|mailto:)[^\s<>]*>)"
    r"|!\[(?P<image>[^\[\]]*)\]\((?:https?://|mailto:)[^()\s]*\)"
    r"|(?P<image_or_tag>!(?=\[)|<(?=[A-Za-z/!?]))"
    r"|(?P<link>\])(?=\(\s*(?!<?(?:https?://|mailto:)\S))",
    re.IGNORECASE | re.DOTALL,
)
"""Pattern for what is kept (escapes, code, autolinks), images (replaced by their description), and
what gets a backslash.
"""
_BLOCK = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|~{3}|`{3,}[^`]*$|\[[^\]]+\]:|(?:(?:-[ \t]*)+|(?:\*[ \t]*)+|(?:_[ \t]*)+|=+)$)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
"""Pattern for the start of a line that Markdown would not parse as a paragraph."""
_SPECIAL = re.compile(r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
"""Pattern for characters with a meaning in Markdown in the middle of a line."""


def markdown(text: str) -> str:
    """Return Markdown that other programs parse as transflow does.

    Text that is not markup here is escaped so that it is not markup for them. A line that looks
    like a heading, list item, quote or rule stays a paragraph.
    """
    return _as_paragraph(_SPAN.sub(_neutral, single_line(text)))


def escaped_markdown(text: str) -> str:
    """Escape plain text, such as a name or a place, as Markdown."""
    return _as_paragraph(_SPECIAL.sub(r"\\\g<0>", single_line(text)))


def _neutral(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found["kept"]
    return found["image"] if found["image"] is not None else "\\" + found[0]


def _as_paragraph(text: str) -> str:
    text = text.lstrip(" ")
    start = _BLOCK.match(text)
    return text if start is None else f"{start['number'] or ''}\\{text[start.end() :]}"


def emphasised(text: str) -> str:
    """Return a paragraph as emphasised Markdown.

    It stays as it is if its own emphasis uses both of Markdown's marks.
    """
    body = markdown(text)
    mark = next((mark for mark in "*_" if mark not in body), "")
    return body if body != body.strip() or body.endswith("\\") else f"{mark}{body}{mark}"


def table_cell(text: str) -> str:
    """Return the content of a Markdown table cell."""
    return re.sub(r"(?<!\\)\|", r"\|", markdown(text))


def with_single_blank_lines(text: str) -> str:
    """Return paragraphs separated by one blank line, with one newline at the end."""
    return re.sub(r"\n{3,}", "\n\n", text.strip("\n")) + "\n"


# Attribute values: addresses, languages, times


def web_address(address: str) -> str:
    """Return `address` if it is an http or https URL, which may go into an href, or ""."""
    return address if re.match(r"https?://[^\s/]", address, re.IGNORECASE) else ""


def language_tag(locale: str) -> str:
    """Return a locale as a BCP 47 language tag: `zh-Hans` for `zh_Hans`."""
    return locale.replace("_", "-")


def moment(time: str) -> str:
    """Return `time` if it is an ISO 8601 date or time, or ""."""
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return ""
    return time


def direction(text: str) -> Markup:
    """Return the attribute `dir="auto"` for an element whose text needs it, with a space before
    it.
    """
    return Markup(' dir="auto"' if needs_direction(text) else "")


def alignment(align: str) -> Markup:
    """Return the attribute of a table cell that is aligned right or in the middle."""
    return Markup(f' style="text-align: {align}"' if align in ("right", "center") else "")
