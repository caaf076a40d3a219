"""JSON from outside: engines, caches, journals, files named by the user.

Invariant: invalid JSON raises ValueError, whatever it contains: thousands of nested brackets and
numbers with thousands of digits too.
"""

from __future__ import annotations

import json
from typing import Any


def parsed(text: str | bytes) -> Any:
    """Decode JSON. Raise ValueError: a JSONDecodeError, with its line, where possible."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
