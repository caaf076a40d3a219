"""Marks of findings: digests by which a baseline and other programs recognize them.

Invariant: a mark depends on the place, the check and what the message quotes and counts, not on the
words of the message: rewording a message brings no known finding back.
"""

from __future__ import annotations

import json
from typing import Any

from transflow.digests import digest
from transflow.messages import Clause, CommandRef, Joined, Message, Value
from transflow.model.issue import Issue


def mark(issue: Issue) -> str:
    """Return the mark of a finding, independent of the unit's position."""
    return digest(*_place(issue), json.dumps(_values(issue.message), ensure_ascii=False, sort_keys=True))


def mark_of_version_1(issue: Issue) -> str:
    """Return the mark that baselines of version 1 have, which depends on the English message."""
    return digest(*_place(issue), issue.message)


def _place(issue: Issue) -> tuple[str, str, str]:
    return issue.location.path, issue.location.unit or issue.location.label, issue.check


def _values(message: Message) -> dict[str, Any]:
    """Return the values of a message as JSON data, without commands, which are wording."""
    return {name: _data(value) for name, value in message.values.items() if not isinstance(value, CommandRef)}


def _data(value: Value) -> Any:
    """Return a value as JSON data; a message in it counts by its code and values."""
    if isinstance(value, Message):
        return [value.code, _values(value)]
    if isinstance(value, Joined):
        return [_data(part) for part in value.parts]
    return _data(value.text) if isinstance(value, Clause) else value
