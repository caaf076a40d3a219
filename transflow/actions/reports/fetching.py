"""Pages fetched from addresses, one after the other, with a pause between two of one host."""

from __future__ import annotations

import time
from codecs import BOM_UTF8

from transflow.actions.web import web_access
from transflow.errors import UnreadableError
from transflow.network.errors import PageError
from transflow.network.hosts import host_of
from transflow.network.pages import FetchedPage, WebAccess, fetch_page
from transflow.web_pages.decoding import decode_page

PAUSE = 1.0
"""Seconds between two requests to one host."""


class Fetcher:
    """Fetches pages one after the other, with a pause between two of one host."""

    def __init__(self, access: WebAccess | None = None) -> None:
        self._access = access
        self._last: dict[str, float] = {}

    def fetch(self, address: str) -> bytes:
        """Return what is at an address; a page whose encoding only its header names, in UTF-8.

        Raise UnreadableError with the reason if there is nothing.
        """
        self._access = self._access or web_access()
        host = host_of(address)
        if (since := time.monotonic() - self._last.get(host, float("-inf"))) < PAUSE:
            time.sleep(PAUSE - since)
        try:
            return _in_utf8(fetch_page(address, self._access))
        except PageError as error:
            raise UnreadableError(address, 0, error.why) from None
        finally:
            self._last[host] = time.monotonic()


def _in_utf8(page: FetchedPage) -> bytes:
    kind, _, rest = page.content_type.lower().partition(";")
    if "charset" not in rest or "html" not in kind:
        return page.body
    return BOM_UTF8 + decode_page(page.body, page.content_type).encode()
