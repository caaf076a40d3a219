"""Inline Markdown of a unit, as HTML, as plain text, and as Markdown that says the same to any reader of it.

Invariant: raw HTML is text; a link leads to http, https or mailto, anything else that looks like one is text; images
are replaced by their description; a text never changes the direction of what follows it. Typography stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from transflow.text import without_controls

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[ \t]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+[ \t]*")

_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
"""Unicode's directional embeddings, overrides and isolates, and what closes each (UAX #9)."""
_DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def html(text: str) -> Markup:
    """As HTML of a paragraph's inside."""
    parser = _parser()
    return Markup(parser.renderer.render(_tokens(text), parser.options, {}))


def plain(text: str) -> str:
    """As the words that a reader sees, without marks and addresses: for titles and descriptions."""
    return "".join(token.content for token in _tokens(text))


def addressed(text: str) -> str:
    """As the words that a reader sees, the address of a link in parentheses after it."""
    return "".join(_addressed(_tokens(text)))


def _addressed(tokens: Iterable[Token]) -> Iterator[str]:
    """The text of inline tokens. An address that is itself the text of its link is not said twice."""
    address, said = "", ""
    for token in tokens:
        said += token.content
        yield token.content
        if token.type == "link_open":
            address, said = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            shown = _parser().normalizeLinkText(address).removeprefix("mailto:")
            if shown.rstrip("/") != said.rstrip("/"):
                yield f" ({shown})"


def _tokens(text: str) -> list[Token]:
    """The inline tokens of a text: links and emphasis, code, and text."""
    return list(_shown(_parser().parseInline(line(text))[0].children or ()))


def _shown(tokens: Iterable[Token]) -> Iterator[Token]:
    """An image is shown as its description, a link without address as its text."""
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
    parser.validateLink = lambda url: bool(_ADDRESS.match(url))  # type: ignore[method-assign] # its documented hook
    return parser


def line(text: str) -> str:
    """Any text on a line of its own: a line break inside it is a space, and it turns the direction of nothing else."""
    return closed(without_controls(_LINE_BREAK.sub(" ", text)))


def closed(text: str) -> str:
    """With every directional embedding, override and isolate closed that the text leaves open."""
    if not _DIRECTIONAL.search(text):
        return text
    open_ones: list[str] = []
    for character in _DIRECTIONAL.findall(text):
        if character in _OPENERS:
            open_ones.append(_OPENERS[character])
        elif character in open_ones:
            while character == "\u2069" and open_ones[-1] != character:
                open_ones.pop()  # closing an isolate closes the embeddings inside it
            if open_ones[-1] == character:
                open_ones.pop()
    return text + "".join(reversed(open_ones))


# Markdown

_SPAN = re.compile(
    r"(?P<kept>\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|`+|<(?:https?://|mailto:)[^\s<>]*>)"
    r"|!\[(?P<image>[^\[\]]*)\]\((?:https?://|mailto:)[^()\s]*\)"
    r"|(?P<image_or_tag>!(?=\[)|<(?=[A-Za-z/!?]))"
    r"|(?P<link>\])(?=\(\s*(?!<?(?:https?://|mailto:)\S))",
    re.IGNORECASE | re.DOTALL,
)
"""What stays in a text (escapes, code, addresses), and what gets a backslash or, an image, gives its description."""
_BLOCK = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|~{3}|`{3,}[^`]*$|\[[^\]]+\]:|(?:(?:-[ \t]*)+|(?:\*[ \t]*)+|(?:_[ \t]*)+|=+)$)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
"""How a line begins that Markdown takes for something other than a paragraph."""
_SPECIAL = re.compile(r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
"""What means something in Markdown in the midst of a line."""


def markdown(text: str) -> str:
    """As Markdown that other programs read as we do: what is no markup for us is escaped, so that it is none for them.

    What begins like a heading, list, quote or rule stays a paragraph.
    """
    return _as_paragraph(_SPAN.sub(_neutral, line(text)))


def escaped_markdown(text: str) -> str:
    """Plain text (a name, a place) as Markdown."""
    return _as_paragraph(_SPECIAL.sub(r"\\\g<0>", line(text)))


def _neutral(found: re.Match[str]) -> str:
    if found["kept"] is not None:
        return found["kept"]
    return found["image"] if found["image"] is not None else "\\" + found[0]


def _as_paragraph(text: str) -> str:
    text = text.lstrip(" ")
    start = _BLOCK.match(text)
    return text if start is None else f"{start['number'] or ''}\\{text[start.end() :]}"


def emphasised(text: str) -> str:
    """A paragraph as Markdown, in emphasis; as it is where its own emphasis uses both of Markdown's marks."""
    body = markdown(text)
    mark = next((mark for mark in "*_" if mark not in body), "")
    return body if body != body.strip() or body.endswith("\\") else f"{mark}{body}{mark}"


def table_cell(text: str) -> str:
    """The inside of a cell of a Markdown table."""
    return re.sub(r"(?<!\\)\|", r"\|", markdown(text))


def spaced(text: str) -> str:
    """Paragraphs with one empty line between them, and one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", text.strip("\n")) + "\n"


# Addresses, languages and times in attributes


def web_address(address: str) -> str:
    """`address` if it is one of the web (http or https), or else empty: what may stand in an href."""
    return address if re.match(r"https?://[^\s/]", address, re.IGNORECASE) else ""


def language_tag(locale: str) -> str:
    """A locale as BCP 47 writes it: `zh_Hans` is `zh-Hans`."""
    return locale.replace("_", "-")


def moment(time: str) -> str:
    """`time` if it is a date or a time of ISO 8601, or else empty."""
    try:
        datetime.fromisoformat(time)
    except ValueError:
        return ""
    return time
