"""Facts that a page tells machines about its article: headline, reporters, date and address.

JSON-LD is believed first, then the elements `<meta>`, then `<title>`. The name of the paper is no
reporter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from transflow.text import one_line
from transflow.web_pages.html_text import json_nodes
from transflow.web_pages.tag_soup import parsable

_ARTICLES = re.compile(
    r"(?:News|Blog|Report|Analysis|Opinion|Review|Background|AskPublic|Satirical|Tech)?Article|\w*Posting"
)
_TITLES = ("og:title", "twitter:title", "headline", "title")
_AUTHORS = (
    "article:author",
    "dable:author",
    "author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "name",
)
_DATES = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "og:regdate",
)
_SITES = ("og:site_name", "application-name", "twitter:site", "copyright", "publisher", "article:publisher")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id", re.IGNORECASE)
_NUMBERS = re.compile(
    r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[일.]?"
    r"(?:\s*(?:\([가-힣]\))?\s*[T ]?\s*(오전|오후|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:\d{2})?)?")
_NOON = 12


class PageFacts(NamedTuple):
    """Facts of an article; unknown ones are empty."""

    title: str = ""
    byline: str = ""
    date: str = ""
    address: str = ""
    """Address that the page names as its own, without what is for counting visits."""
    article_body: str = ""
    """The text of the article in JSON-LD."""
    site: str = ""
    is_paid: bool = False


def page_facts(html: str, address: str = "") -> PageFacts:
    """Return what a page says about its article."""
    reader = _HeadReader()
    reader.feed(parsable(html))
    reader.close()
    meta = reader.meta
    nodes = [node for text in reader.json_texts for node in json_nodes(text)]
    articles = [node for node in nodes if any(_ARTICLES.fullmatch(each) for each in _texts(node.get("@type")))]
    sites = {*_all(meta, _SITES), *_publishers(nodes)}
    byline = _byline(articles, meta, sites)
    title = _first(_text(node.get("headline")) for node in articles) or _first(_all(meta, _TITLES)) or reader.title
    own = meta.get("og:url", [""])[0] or reader.canonical
    return PageFacts(
        _without_site(title, sites),
        byline,
        _first(iso_date(_text(node.get("datePublished"))) for node in articles)
        or _first(map(iso_date, _all(meta, _DATES))),
        _address(own, address),
        max((_text(node.get("articleBody"), "\n") for node in articles), key=len, default=""),
        _first(sites),
        any(str(node.get("isAccessibleForFree", "")).lower().endswith("false") for node in nodes),
    )


def iso_date(text: str) -> str:
    """Return a date or time as ISO 8601 has it; empty if it is none."""
    text = one_line(text)
    if found := _COMPACT.fullmatch(text):
        text = (
            "{}-{}-{} {}:{}".format(*(each or "00" for each in found.groups()))
            if found[4]
            else "-".join(found.groups()[:3])
        )
    if found := _NUMBERS.search(text):
        return _written(*found.groups())
    try:
        return parsedate_to_datetime(text).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _written(year: str, month: str, day: str, half: str, hour: str, minute: str, second: str, offset: str) -> str:
    """Return the parts of a date, and of a time if it has one, as ISO 8601; empty if there is none
    such.
    """
    date = f"{year}-{int(month):02}-{int(day):02}"
    if hour:
        hours = int(hour) % _NOON + _NOON * (half.lower() in ("오후", "pm")) if half else int(hour)
        offset = (offset or "").upper()
        offset = f"{offset[:3]}:{offset[-2:]}" if len(offset) > 1 else offset
        time = f"{date}T{hours:02}:{minute}:{second or '00'}{offset}"
        if _is_date(time):
            return time
    return date if _is_date(date) else ""


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def clean_address(address: str) -> str:
    """Return an address without its fragment, credentials, and what is for counting visits."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.netloc.rpartition("@")[2]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    is_counted = any(_TRACKING.fullmatch(name) for name, _ in pairs)
    query = urlencode([each for each in pairs if not _TRACKING.fullmatch(each[0])]) if is_counted else parts.query
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def _address(own: str, address: str) -> str:
    """Return the address that a page gives itself, if it is on the host that answered."""
    try:
        found = clean_address(urljoin(address, own.strip())) if own.strip() else ""
    except ValueError:
        found = ""
    if not address:
        return found
    is_same = urlsplit(found).hostname == urlsplit(address).hostname
    return found if is_same and urlsplit(found).path not in ("", "/") else clean_address(address)


def _byline(articles: list[dict[str, Any]], meta: Mapping[str, list[str]], sites: set[str]) -> str:
    names = [name for node in articles for each in _list(node.get("author")) for name in _names(each)]
    if not names:
        names = [each for key in _AUTHORS[:-1] for each in meta.get(key, [])]
    papers = {one_line(each).casefold() for each in sites}
    kept = [each for each in dict.fromkeys(map(one_line, names)) if each.casefold() not in papers]
    return ", ".join(each for each in kept if each and not re.match(r"https?:|@|\S+@\S+$", each))


def _names(author: Any) -> list[str]:
    if isinstance(author, str):
        return [author]
    if isinstance(author, dict) and "Organization" not in _texts(author.get("@type")):
        return _texts(author.get("name"))
    return []


def _publishers(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        for each in _list(node.get("publisher")):
            if isinstance(each, dict):
                yield from _texts(each.get("name"))
        if set(_texts(node.get("@type"))) & {"Organization", "NewsMediaOrganization", "WebSite"}:
            yield from _texts(node.get("name"))


def _without_site(title: str, sites: set[str]) -> str:
    """Return a title without the name of the paper behind it."""
    title = one_line(title)
    for site in sites:
        found = re.fullmatch(rf"(.+?)\s*[|:\-–—<>·]+\s*{re.escape(one_line(site))}", title, re.IGNORECASE)
        if site.strip() and found:
            title = found[1]
    return title


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [each for each in _list(value) if isinstance(each, str)]


def _text(value: Any, separator: str = " ") -> str:
    return separator.join(_texts(value)).strip()


def _all(meta: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (one_line(each) for name in names for each in meta.get(name, []))


def _first(values: Iterable[str]) -> str:
    return next((each for each in values if each), "")


class _HeadReader(HTMLParser):
    """Reader of what stands for machines in a page, wherever it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.json_texts: list[str] = []
        self.canonical = self.title = ""
        self._reads = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "script", "title"):
            return
        values = {name: value or "" for name, value in attrs}
        name = (values.get("property") or values.get("name") or values.get("itemprop", "")).lower()
        if tag == "meta" and name and values.get("content", "").strip():
            self.meta.setdefault(name, []).append(values["content"])
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.canonical = self.canonical or values.get("href", "")
        elif tag == "script" and "ld+json" in values.get("type", "").lower():
            self.json_texts.append("")
            self._reads = tag
        elif tag == "title" and not self.title:
            self._reads = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._reads:
            self._reads = ""

    def handle_data(self, data: str) -> None:
        if self._reads == "title":
            self.title += data
        elif self._reads == "script":
            self.json_texts[-1] += data
