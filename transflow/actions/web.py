"""The user's own settings for pages of the web."""

from __future__ import annotations

from transflow.engines.setup import settings as user_settings
from transflow.network.pages import WebAccess


def web_access() -> WebAccess:
    """Return the user's own settings for the network."""
    own = user_settings.load()
    return WebAccess(frozenset(own.local_hosts), own.proxy, own.ca)
