"""Feeds (RSS, Atom) and exports of WordPress (WXR): each entry with a text is a report of its own.

It takes the headline, author, date and address of an entry, and its text with the formats of HTML.
Most feeds have the beginning of a text only: an entry with little text says so, and gives the
address of its page. Of an export, only posts and pages that are published are read. `transflow
watch` lists what is new in a feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport, Piece
from transflow.readers.base.guards import check_size, refusing_broken
from transflow.readers.base.html_blocks import html_blocks
from transflow.readers.base.page_facts import clean_address, iso_date
from transflow.readers.base.parts import DocumentPart, Loss, incoming_report
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "description": "Feeds (RSS, Atom) and exports of WordPress: each entry is a report.",
        "name": "{name}, entry {n}",
        "none": "it has no entry with a text.",
        "none-way-out": "Add the address of a page instead.",
        "entities": "it defines entities, which are not read.",
        "entities-way-out": "No program writes such a feed: do not open it.",
        "summary": "the feed has {characters} characters of this entry: the whole text may be at {address}.",
    },
)
DESCRIPTION = MESSAGES("description")
NEEDS = {"feedparser": "readers"}

MOST_BYTES = 64 << 20
_MOST = 1000
_SHORT = 200
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>]{0,300}>\s*)*<(?:rss|rdf:RDF|feed)\b",
    re.IGNORECASE | re.DOTALL,
)
_PIECE = b'{"entry": '
_TAGS = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote)\b", re.IGNORECASE)
_FIELDS = ("title", "link", "author", "date", "text")


def recognises(data: bytes, name: str) -> Certainty:
    return Certainty.CONTENT if _ROOT.match(data[:8192]) or data.startswith(_PIECE) else Certainty.NONE


def pieces(data: bytes, name: str) -> Sequence[Piece]:
    """Return the entries of a feed, or the one that the data are."""
    if data.startswith(_PIECE):
        return (Piece(name, data, "feed"),)
    found = [each for each in entries(data, name) if each["text"].strip()]
    if not found:
        raise UnreadableError(name, 0, MESSAGES("none"), MESSAGES("none-way-out"))
    return tuple(
        Piece(str(MESSAGES("name", name=name, n=n)), _as_data(each), "feed") for n, each in enumerate(found, 1)
    )


def entries(data: bytes, name: str) -> list[dict[str, str]]:
    """Return the entries of a feed: title, link, author, date, and text as HTML.

    Raise UnreadableError. Loads feedparser, for feeds only.
    """
    import feedparser

    check_size(data, name, MOST_BYTES)
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise UnreadableError(name, 0, MESSAGES("entities"), MESSAGES("entities-way-out"))
    with refusing_broken(name, "feed"):
        feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    return [_entry(each) for each in feed.entries[:_MOST] if _is_published(each)]


def _is_published(entry: Any) -> bool:
    """True for an entry of a feed, and for a post or page of an export that readers can see."""
    kind, status = entry.get("wp_post_type", ""), entry.get("wp_status", "")
    return kind in ("", "post", "page") and status in ("", "publish")


def _entry(entry: Any) -> dict[str, str]:
    contents = [str(each.get("value", "")) for each in entry.get("content", [])]
    text = max([*contents, str(entry.get("summary", ""))], key=len)
    date = str(entry.get("published", "") or entry.get("updated", ""))
    values = (entry.get("title", ""), entry.get("link", ""), entry.get("author", ""), date, text)
    return dict(zip(_FIELDS, map(str, values), strict=True))


def _as_data(entry: dict[str, str]) -> bytes:
    return json.dumps({"entry": entry}, ensure_ascii=False).encode("utf-8", "replace")


def read(data: bytes, name: str) -> IncomingReport:
    piece = pieces(data, name)[0]
    with refusing_broken(name, "feed"):
        entry = {key: str(value) for key, value in json.loads(piece.data)["entry"].items()}
        text, address = entry["text"], clean_address(entry["link"])
        blocks = html_blocks(text if _TAGS.search(text) else _with_paragraphs(text), address)
        title = " ".join(each.text for each in html_blocks(entry["title"]))
    characters = sum(len(each.text) for each in blocks if not isinstance(each.part, Loss))
    parts: list[DocumentPart] = [each.part for each in blocks]
    if characters < _SHORT and address:
        parts.insert(0, Loss(MESSAGES("summary", characters=characters, address=address)))
    author = re.sub(r"\S+@\S+|[()]", " ", entry["author"])
    front = FrontMatter(title, byline=one_line(author), date=iso_date(entry["date"]), url=address)
    return incoming_report("feed", front, parts)


def _with_paragraphs(text: str) -> str:
    """Return a text of WordPress, whose line ends are breaks, as HTML."""
    return text.replace("\r\n", "\n").replace("\n", "<br>")
