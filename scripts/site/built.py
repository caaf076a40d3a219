"""Checks of the built pages: every link leads somewhere, and no page asks another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
}
"""Attributes whose address a browser loads by itself."""
_NO_REQUEST = {"canonical", "prev", "next", "alternate", "license"}
"""Relations of a `link` that is not loaded."""


class _Page(HTMLParser):
    """The ids of a page, the addresses that it loads, and those that it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.ids |= {found[name] for name in ("id", "name") if found.get(name)}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag != "link" or not _NO_REQUEST & set(found.get("rel", "").split()):
            self.loaded += [found[name] for name in _LOADED.get(tag, ()) if found.get(name)]


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the pages and stylesheets in a folder."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(folder)
        yield from (f"{name}: loads {address}" for address in page.loaded if _is_elsewhere(address))
        if name.name != "404.html":  # its addresses are absolute, since it stands for any page
            yield from (f"{name}: {link}: {why}" for link in page.links if (why := _why_broken(link, path, pages)))
    for sheet in sorted(folder.rglob("*.css")):
        found = re.findall(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)", sheet.read_text(encoding="utf-8"))
        yield from (f"{sheet.relative_to(folder)}: loads {address}" for address in found)


def _is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address.split()[0]).netloc)


def _why_broken(link: str, path: Path, pages: dict[Path, _Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return "there is no such page"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids | {"__skip"}:
        return "the page has no such place"
    return ""
