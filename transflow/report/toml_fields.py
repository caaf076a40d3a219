"""The fields of a front matter in TOML, between two `+++` lines, as Hugo and Zola write it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from transflow.errors import ConfigError
from transflow.json_text import encode_json
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.report.fields import Field, issue
from transflow.report.yaml_values import flattened
from transflow.toml_text.parsing import lines_of_keys, read_toml

MESSAGES = Messages(__name__, {"no-toml": "{why} Mend it, or write the front matter between --- lines: title: …"})


def toml_fields(text: str, path: str) -> tuple[tuple[Field, ...], tuple[Issue, ...]]:
    """Return the fields of the text between the fences, and issues."""
    try:
        document = read_toml("\n" + text, path)  # the opening fence is a line too
    except ConfigError as error:
        return (), (issue("error", MESSAGES("no-toml", why=error.problem), error.line or 1),)
    lines = lines_of_keys("\n" + text)
    fields: list[Field] = []
    for key, value in document.items():
        places = (at for (table, _, name), at in lines.items() if key == (table.split(".")[0] if table else name))
        line = min(places, default=1)
        plain = _plain(value)
        written = plain if isinstance(plain, str) else encode_json(plain)
        texts, problem = flattened(plain, key)
        fields.append(Field(key, written, line, line, texts=texts, problem=problem))
    return tuple(fields), ()


def _plain(value: Any) -> Any:
    """Return a value with texts in place of numbers, dates and truth values."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | time) else str(value)
