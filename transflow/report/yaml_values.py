"""Values of front matter on several lines: lists, folded and literal blocks, tables of fields.

They are read by PyYAML with every scalar as text. Anchors are ignored and aliases are refused, as
are values that are longer or nested deeper than any front matter.
"""

from __future__ import annotations

from typing import Any

import yaml

from transflow.messages import NOTHING, Message, Messages
from transflow.report.fields import Field
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "no-yaml": "the lines of {field} are no YAML that can be read ({why}). Write its value on one line: {field}: …",
        "alias": "{field} has an alias of YAML (*…), which is not read. Write the text in its place.",
        "deep": "{field} is nested more than {most} deep. Write its value on one line: {field}: …",
        "long": "{field} has more than {most} characters. Shorten it.",
        "no-text": "{field} is one text, not fields below it. Write it on one line: {field}: …",
    },
)

MOST_CHARACTERS = 20_000
MOST_LEVELS = 10
_NAMES = ("name", "title", "display_name", "nickname")
"""Keys of a table that describes a person or a place by several fields."""


class MultilineError(Exception):
    """A value that cannot be read; `line` counts from the first line of the field."""

    def __init__(self, message: Message, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


class _Loader(yaml.BaseLoader):
    """Loader of text only, with limits: no aliases, and a maximal depth."""

    field = ""
    depth = 0

    def event_line(self) -> int:
        return int(self.peek_event().start_mark.line)  # type: ignore[no-untyped-call]

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise MultilineError(MESSAGES("alias", field=self.field), self.event_line())
        self.depth += 1
        if self.depth > MOST_LEVELS:
            raise MultilineError(MESSAGES("deep", field=self.field, most=MOST_LEVELS))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def with_texts(field: Field) -> Field:
    """Return a field on several lines with its texts, or with the reason why it has none."""
    try:
        return field._replace(texts=_texts(field))
    except MultilineError as problem:
        return field._replace(texts=(), problem=problem.message, line=field.line + problem.line)


def _texts(field: Field) -> tuple[str, ...]:
    """Return the texts of a field that takes several lines. Raise MultilineError."""
    is_indented = all(line[:1].isspace() for line in field.below if line.strip())
    lines = [f"value: {field.value}", *(line if is_indented else f"  {line}" for line in field.below)]
    text = "\n".join(line.rstrip("\r") for line in lines) + "\n"
    if len(text) > MOST_CHARACTERS:
        raise MultilineError(MESSAGES("long", field=field.key, most=MOST_CHARACTERS))
    loader = _Loader(text)
    loader.field = field.key
    try:
        value = loader.get_single_data()["value"]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = str(getattr(error, "problem", "") or getattr(error, "reason", ""))
        raise MultilineError(MESSAGES("no-yaml", field=field.key, why=why), mark.line if mark else 0) from None
    finally:
        loader.dispose()
    texts, problem = flattened(value, field.key)
    if problem:
        raise MultilineError(problem)
    return texts


def flattened(value: Any, key: str) -> tuple[tuple[str, ...], Message]:
    """Return the texts of a value (itself, its items, or the name in a table), and why it has
    none.
    """
    texts = [_text(each) for each in (value if isinstance(value, list) else [value])]
    if any(text is None for text in texts):
        return (), MESSAGES("no-text", field=key)
    return tuple(text for text in texts if text), NOTHING


def _text(value: Any) -> str | None:
    """Return the text that a value stands for; None if it is a list or has several fields."""
    if isinstance(value, dict):
        if name := next((value[each] for each in _NAMES if isinstance(value.get(each), str)), ""):
            return one_line(name)
        ((part, rest),) = value.items() if len(value) == 1 else [("", None)]
        return one_line(f"{part}: {rest}") if isinstance(rest, str) else None
    return one_line(value) if isinstance(value, str) else None
