"""Hosts that may be contacted.

Invariant: an engine's texts and keys go only to the vendor's hosts, or to the host in the user's
own configuration; a confidential text goes only to this machine, or to a host that the user listed
as local. Plain http is used for local hosts only.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from transflow.messages import Messages
from transflow.network.errors import NotAllowedError

MESSAGES = Messages(
    __name__,
    {
        "not-its-host": "{engine}: {host} is not its host. Nothing was sent.",
        "this-address": "this address",
        "private": "{engine}: {host} is another machine, and this text is confidential. Nothing was sent. Take a local "
        "engine (memory, ctranslate2), or list the host under local_hosts in your engines.toml.",
        "unencrypted": "{engine}: {host} would be asked without encryption. Nothing was sent. Write https:// in your "
        "engines.toml, or list the host under local_hosts.",
    },
)


def host_of(url: str) -> str:
    """Return the host of a URL in lower case; an empty string if there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """True if a host is this machine. Names other than `localhost` could resolve to anything."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Hosts(NamedTuple):
    """Hosts that an engine may contact."""

    engine: str
    allowed: frozenset[str]
    local: frozenset[str] = frozenset()
    """Hosts that count as local besides this machine, as the user listed them."""

    def is_local(self, url: str) -> bool:
        host = host_of(url)
        return is_loopback(host) or (bool(host) and host in self.local)

    def check(self, url: str, *, private: bool) -> None:
        """Raise NotAllowedError for a URL that may not be contacted."""
        host = host_of(url)
        if host not in self.allowed:
            raise NotAllowedError(MESSAGES("not-its-host", engine=self.engine, host=host or MESSAGES("this-address")))
        if self.is_local(url):
            return
        if private:
            raise NotAllowedError(MESSAGES("private", engine=self.engine, host=host))
        if urlsplit(url).scheme != "https":
            raise NotAllowedError(MESSAGES("unencrypted", engine=self.engine, host=host))
