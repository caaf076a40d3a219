"""JSON of others: engines, caches, journals, whatever a person names.

Invariant: what is no JSON raises ValueError, however it is made: thousands of brackets and numbers of thousands of digits too.
"""

from __future__ import annotations

import json
from typing import Any


def parsed(text: str | bytes) -> Any:
    """The value. Raises ValueError, which is a JSONDecodeError where a line can be named."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
