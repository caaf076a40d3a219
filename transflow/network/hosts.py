"""Which hosts may be asked.

Invariant: an engine's texts and keys go to the vendor's hosts, or to the one that the user's own configuration names, and
nowhere else; a confidential text goes to this machine, or to a host that the user listed as local, and nowhere else.
Plain http goes to local hosts only.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from transflow.network.errors import NotAllowedError


def host_of(url: str) -> str:
    """The host in an address, in lower case; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine. A name other than `localhost` could lead anywhere."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Hosts(NamedTuple):
    """Whom an engine may ask."""

    engine: str
    allowed: frozenset[str]
    local: frozenset[str] = frozenset()
    """Hosts that count as local beside this machine, as the user listed them."""

    def is_local(self, url: str) -> bool:
        host = host_of(url)
        return is_loopback(host) or (bool(host) and host in self.local)

    def check(self, url: str, *, private: bool) -> None:
        """Raises NotAllowedError for an address that may not be asked."""
        host = host_of(url)
        if host not in self.allowed:
            raise NotAllowedError(f"{self.engine}: {host or 'this address'} is not its host. Nothing was sent.")
        if self.is_local(url):
            return
        if private:
            raise NotAllowedError(
                f"{self.engine}: {host} is another machine, and this text is confidential. Nothing was sent. Take a local "
                "engine (memory, ctranslate2), or list the host under local_hosts in your engines.toml."
            )
        if urlsplit(url).scheme != "https":
            raise NotAllowedError(
                f"{self.engine}: {host} would be asked without encryption. Nothing was sent. Write https:// in your "
                "engines.toml, or list the host under local_hosts."
            )
