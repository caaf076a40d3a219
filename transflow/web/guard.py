"""The door of the server: which requests come in, and what every answer forbids the browser.

Invariant: a request with another Host, a change that another site asked for, and a body that is too
long reach no page.
"""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 24 * 2**20
"""Longest body of a request: a report as a file."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer."""
_READING = ("GET", "HEAD")


class Guard:
    """The application behind the checks. `hosts` are its names with the port."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], scheme: str = "http") -> None:
        self._app, self._hosts = app, frozenset(hosts)
        self._origins = {f"{scheme}://{host}" for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status = self._refusal(scope["method"], Headers(scope=scope))
        app = PlainTextResponse(_WORDS[status], status) if status else self._app

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message))
            await send(message)

        await app(scope, _limited(receive), send_guarded)

    def _refusal(self, method: str, headers: Headers) -> int:
        """Return the status with which a request is refused; 0 if it is not."""
        if [host.lower() for host in headers.getlist("host")] not in [[host] for host in self._hosts]:
            return 421
        if method not in _READING and not self._is_own(headers):
            return 403
        length = headers.get("content-length", "0")
        return 413 if not length.isdecimal() or int(length) > MOST_BYTES else 0

    def _is_own(self, headers: Headers) -> bool:
        """Return whether one of our own pages asks for a change, as the browser says."""
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is None and origin is None:
            return False
        return site in (None, "same-origin") and (origin is None or origin in self._origins)


_WORDS = {
    403: "Another site asked for this: open the page itself, and do it there.\n",
    413: "This is too long.\n",
    421: "This server has another name: open the address that it printed.\n",
}


def _add_headers(headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")


def _limited(receive: Receive) -> Receive:
    """Return a `receive` that ends after `MOST_BYTES`."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise HTTPException(413, _WORDS[413])
        return message

    return limited
