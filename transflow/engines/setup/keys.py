"""API keys of engines, read from the environment or the system's keyring.

Invariant: a key is read when it is needed, is never written, and never occurs in an error.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from transflow.errors import ConfigError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "missing": "{engine} needs its key. Set the variable, or put it into the keyring: `keyring set {service} {variable}` "
        "(pip install 'transflow[keyring]').",
    },
)

SERVICE = "transflow"
"""Service name in the keyring: `keyring set transflow DEEPL_AUTH_KEY`."""


def read(engine: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return name -> key for the entries of an engine's `KEYS`.

    Raise ConfigError if a required key is missing.
    """
    keys: dict[str, str] = {}
    for name, variable in names.items():
        key = (os.environ.get(variable) or _from_keyring(variable)).strip()
        if key:
            keys[name.rstrip("?")] = key
        elif not name.endswith("?"):
            problem = MESSAGES("missing", engine=engine, service=SERVICE, variable=variable)
            raise ConfigError("environment", variable, problem)
    return keys


def _from_keyring(variable: str) -> str:
    """Return a key from the keyring, or nothing. Loads keyring where it is installed."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    with suppress(KeyringError, RuntimeError, OSError):
        return keyring.get_password(SERVICE, variable) or ""
    return ""
