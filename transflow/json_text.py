"""JSON: read from outside (engines, caches, journals, files named by the user), and written.

Invariant: invalid JSON raises ValueError, whatever it contains: thousands of nested brackets and
numbers with thousands of digits too.
"""

from __future__ import annotations

from typing import Any

from transflow.messages import Messages

MESSAGES = Messages(__name__, {"deep": "it is nested too deeply"})


def decode_json(text: str | bytes) -> Any:
    """Decode JSON. Raise ValueError: a JSONDecodeError, with its line, where possible.

    Loads json, which a short command that meets no JSON does not need.
    """
    import json

    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError(MESSAGES("deep")) from None


def encode_json(value: object, *, indent: int | None = None) -> str:
    """Encode a value as JSON, with letters of any language as they are. Loads json."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=indent)
