"""Where keys are kept: the environment, else the system's keyring.

Invariant: a key is read when it is needed, is written nowhere, and is in no error.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from transflow.errors import ConfigError

SERVICE = "transflow"
"""What the keys are filed under in the keyring: `keyring set transflow DEEPL_AUTH_KEY`."""


def read(engine: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """Name -> key, for the names of an engine's `KEYS`. Raises ConfigError where one is missing."""
    found: dict[str, str] = {}
    for name, variable in wanted.items():
        key = (os.environ.get(variable) or _from_keyring(variable)).strip()
        if key:
            found[name.rstrip("?")] = key
        elif not name.endswith("?"):
            raise ConfigError(
                "environment",
                variable,
                f"{engine} needs its key. Set the variable, or put it into the keyring: `keyring set {SERVICE} {variable}` "
                "(pip install 'transflow[keyring]').",
            )
    return found


def _from_keyring(variable: str) -> str:
    """Empty where there is no keyring, or nothing in it."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    with suppress(KeyringError, RuntimeError, OSError):
        return keyring.get_password(SERVICE, variable) or ""
    return ""
