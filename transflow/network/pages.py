"""Pages of the web, fetched without credentials.

Invariant: a page is only asked of public addresses, and of hosts that the user listed as local:
every address is checked before the connection, and again on the connection itself. A redirect
leads to the same host. Time, size and redirects are limited; nothing is stored, and nothing of the
machine's environment is used.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import closing
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from transflow import __version__
from transflow.messages import Messages
from transflow.network.deadline import Adapter, Deadline, WatchedConnection, WatchedSecureConnection
from transflow.network.errors import PageError
from transflow.network.hosts import host_of, is_loopback

MESSAGES = Messages(
    __name__,
    {
        "no-address": "this is no address of the web.",
        "private": "{host} is in a private network. Nothing was asked. If the page is there, list the host under "
        "local_hosts in your engines.toml.",
        "unknown-host": "there is no host {host}.",
        "redirect": "it leads to another host, {host}. Name the address that readers see.",
        "unencrypted": "it leads to an address without encryption.",
        "redirects": "it leads from one address to the next without an end.",
        "late": "{host} does not answer in time.",
        "certificate": "{host} cannot be asked securely: its certificate is not valid for it, or given by nobody whom "
        "we trust.",
        "unreachable": "{host} cannot be reached.",
        "too-large": "the page has more than {size} MB.",
        "gone": "there is no page (status {status}).",
        "locked": "it is only for those who log in or pay (status {status}).",
        "busy": "{host} is busy or broken (status {status}).",
        "refused": "{host} does not give the page (status {status}).",
    },
)
TIMEOUT = 30.0
"""Seconds for a page with its redirects."""
LARGEST_PAGE = 8 * 2**20
_MOST_REDIRECTS = 5
_CHUNK = 65536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""


class WebAccess(NamedTuple):
    """The user's settings for fetching pages."""

    local_hosts: frozenset[str] = frozenset()
    """Hosts that may be asked although they are not public."""
    proxy: str = ""
    ca: str = ""
    """File of trusted certificates; empty for the default ones."""
    timeout: float = TIMEOUT


class FetchedPage(NamedTuple):
    """A page as it was answered."""

    content_type: str
    body: bytes


def fetch_page(url: str, access: WebAccess) -> FetchedPage:
    """Return the page at an address. Raise PageError with the reason if there is none."""
    with Deadline(access.timeout) as deadline:
        try:
            return _follow(url, access, deadline)
        except requests.exceptions.SSLError:
            raise PageError(MESSAGES("certificate", host=host_of(url))) from None
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            is_late = deadline.is_over or isinstance(error, requests.exceptions.Timeout)
            raise PageError(MESSAGES("late" if is_late else "unreachable", host=host_of(url))) from None
        except UnicodeError:  # a host name that cannot be encoded
            raise PageError(MESSAGES("no-address")) from None


def _follow(url: str, access: WebAccess, deadline: Deadline) -> FetchedPage:
    first = url
    for _ in range(_MOST_REDIRECTS + 1):
        _check_address(url, access)
        status, headers, body = _get(url, access, deadline)
        if status not in _REDIRECTS or not headers.get("Location"):
            _check_status(status, host_of(url))
            return FetchedPage(headers.get("Content-Type", ""), body)
        url = _redirected(url, headers["Location"], first)
    raise PageError(MESSAGES("redirects"))


def _redirected(url: str, location: str, first: str) -> str:
    """Return the next address. Raise PageError if it is on another host, or loses encryption."""
    found = urljoin(url, location)
    if _without_www(host_of(found)) != _without_www(host_of(first)):
        raise PageError(MESSAGES("redirect", host=host_of(found)))
    if urlsplit(url).scheme == "https" != urlsplit(found).scheme:
        raise PageError(MESSAGES("unencrypted"))
    return found


def _without_www(host: str) -> str:
    return host.removeprefix("www.")


def _check_status(status: int, host: str) -> None:
    if 200 <= status < 300:
        return
    key = (
        "gone"
        if status in (404, 410)
        else "locked"
        if status in (401, 402, 403, 451)
        else "busy"
        if status == 429 or status >= 500
        else "refused"
    )
    raise PageError(MESSAGES(key, host=host, status=status), is_gone=key == "gone")


def _get(url: str, access: WebAccess, deadline: Deadline) -> tuple[int, Mapping[str, str], bytes]:
    headers = {"User-Agent": f"transflow/{__version__}", "Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"}
    request = requests.Request("GET", url, {**headers, "Accept-Encoding": "gzip, deflate"}).prepare()
    is_listed = host_of(url) in access.local_hosts
    proxy = "" if is_listed else access.proxy
    adapter = (Adapter if is_listed else _PublicAdapter)(max_retries=0)
    with (
        closing(adapter),
        adapter.send(
            request,
            stream=True,
            timeout=(min(10.0, access.timeout), access.timeout),
            verify=access.ca or True,
            proxies={"http": proxy, "https": proxy} if proxy else {},
        ) as response,
    ):
        is_redirect = response.status_code in _REDIRECTS
        return response.status_code, response.headers, b"" if is_redirect else _body(response, deadline)


def _body(response: requests.Response, deadline: Deadline) -> bytes:
    parts, size = [], 0
    while part := response.raw.read1(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > LARGEST_PAGE:
            raise PageError(MESSAGES("too-large", size=LARGEST_PAGE // 2**20))
    if deadline.is_over:  # a body without a length ends with its connection
        raise requests.exceptions.ReadTimeout
    return b"".join(parts)


# Addresses


def _check_address(url: str, access: WebAccess) -> None:
    """Raise PageError unless a URL is of the web, and its host public or listed by the user."""
    host = host_of(url)
    if urlsplit(url).scheme not in ("http", "https") or not host:
        raise PageError(MESSAGES("no-address"))
    if host in access.local_hosts:
        return
    if is_loopback(host) or any(not is_public(each) for each in _resolved(host, access)):
        raise PageError(MESSAGES("private", host=host))


def _resolved(host: str, access: WebAccess) -> list[str]:
    """Return the addresses of a host; none if only the proxy knows them."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    except OSError:
        if access.proxy:
            return []
        raise PageError(MESSAGES("unknown-host", host=host)) from None


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public internet."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = IPv4Address(int(found) & 0xFFFFFFFF) if found in _TRANSLATED else found.ipv4_mapped or found.sixtofour
        found = inner or found
    return found.is_global and not found.is_multicast


class _PrivateAddressError(OSError):
    """A connection that leads into a private network."""


class _PublicConnection(WatchedConnection):
    """Connection that is closed at once if it leads to an address that is not public."""

    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


class _PublicSecureConnection(WatchedSecureConnection):
    """The same over TLS."""

    def _new_conn(self) -> socket.socket:
        return _checked(super()._new_conn())


def _checked(connection: socket.socket) -> socket.socket:
    """Return a connection. Close it and raise an error if it leads to a private address."""
    if not is_public(str(connection.getpeername()[0])):
        connection.close()
        raise _PrivateAddressError
    return connection


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


class _PublicAdapter(Adapter):
    """Adapter for addresses that are public when they are checked, and must be when connected."""

    pools: Mapping[str, type[HTTPConnectionPool]] = {"http": _PublicPool, "https": _PublicSecurePool}
