"""Messages as data: a code, an English template and the values of its fields.

A module declares its templates beside its code, and creates messages from them:

    MESSAGES = Messages(__name__, {
        "no-editor": "{who} is no editor.",
        "left-out": ("{n} sentence is left out.", "{n} sentences are left out."),
    })

    raise RefusedError(MESSAGES("no-editor", who="eugene"))

The English template is the msgid of its translations (`presenters.i18n.say` translates a message).

Invariant: a message is its English text; translating it never changes what machines read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

Template: TypeAlias = str | tuple[str, str]
"""A sentence with named fields, or a singular and a plural one, selected by the field `n`."""
Translate: TypeAlias = Callable[[Template, int | None], str]
"""Translates a template; the number selects the plural form."""


Named: TypeAlias = Callable[[str, str], str]
"""Formats the text of a field, such as the name of a report."""


class CommandRef(str):
    """A command that a message suggests: `CommandRef("unit claim")` is its text in backquotes.

    A front end with another way to run it (a key, a button) shows that instead.
    """

    __slots__ = ("words",)
    words: str

    def __new__(cls, words: str) -> CommandRef:
        self = super().__new__(cls, f"`transflow {words}`")
        self.words = words
        return self

    def __reduce__(self) -> tuple[type[CommandRef], tuple[str]]:
        return CommandRef, (self.words,)


class Joined(NamedTuple):
    """Values that one field shows one after the other."""

    parts: tuple[Value, ...]
    separator: str = ", "

    def __str__(self) -> str:
        return self.separator.join(map(str, self.parts))


class Clause(NamedTuple):
    """A sentence within another one: its full stop is left out."""

    text: Value

    def __str__(self) -> str:
        return str(self.text).removesuffix(".")


Value: TypeAlias = "str | int | float | Message | CommandRef | Joined | Clause"


class Message(str):
    """A text for people that can be translated. As a string it is English."""

    __slots__ = ("code", "template", "values")
    code: str
    """Id of the message: the module that declares it and its key, `units.workflow.no-editor`."""
    template: Template
    values: Mapping[str, Value]

    def __new__(cls, code: str, template: Template, values: Mapping[str, Value]) -> Message:
        english = template if isinstance(template, str) else template[values.get("n") != 1]
        self = super().__new__(cls, english.format_map(values))
        self.code, self.template, self.values = code, template, MappingProxyType(values)
        return self

    def render(
        self, translate: Translate, command: Callable[[CommandRef], str] = str, named: Named = lambda _field, text: text
    ) -> str:
        """Return the translated text; `command` formats the commands in it, `named` the texts."""
        return _filled(self.template, self.values, _Formats(translate, command, named))

    def __reduce__(self) -> tuple[type[Message], tuple[str, Template, dict[str, Value]]]:
        return Message, (self.code, self.template, dict(self.values))


class Messages(dict[str, Template]):
    """Templates of one module by key. Calling it creates a message."""

    def __init__(self, module: str, templates: Mapping[str, Template]) -> None:
        super().__init__(templates)
        self.area = module.removeprefix("transflow.")

    def __call__(self, key: str, /, **values: Value) -> Message:
        """Return the message of a key. Raise KeyError for an unknown key or a missing field."""
        return Message(f"{self.area}.{key}", self[key], values)


def joined(parts: Iterable[Value], separator: str = ", ") -> Message:
    """Return a message that shows other messages one after the other."""
    return Message("", "{parts}", {"parts": Joined(tuple(parts), separator)})


class _Formats(NamedTuple):
    translate: Translate
    command: Callable[[CommandRef], str]
    named: Named


def _filled(template: Template, values: Mapping[str, Value], formats: _Formats) -> str:
    number = values.get("n")
    phrase = formats.translate(template, number if isinstance(number, int) else None)
    return phrase.format_map({name: _shown(name, value, formats) for name, value in values.items()})


def _shown(field: str, value: Value, formats: _Formats) -> str | int | float:
    if isinstance(value, Message):
        return value.render(*formats)
    if isinstance(value, CommandRef):
        return formats.command(value)
    if isinstance(value, Joined):
        return value.separator.join(str(_shown(field, part, formats)) for part in value.parts)
    if isinstance(value, Clause):
        return str(_shown(field, value.text, formats)).removesuffix(".")
    return formats.named(field, value) if isinstance(value, str) else value


def as_data(value: Value) -> Any:
    """Return a value of a message as JSON data, which `from_data` reads back."""
    if isinstance(value, Message):
        template = value.template if isinstance(value.template, str) else list(value.template)
        return {"code": value.code, "template": template, "values": {k: as_data(v) for k, v in value.values.items()}}
    if isinstance(value, CommandRef):
        return {"command": value.words}
    if isinstance(value, Joined):
        return {"joined": [as_data(part) for part in value.parts], "separator": value.separator}
    if isinstance(value, Clause):
        return {"clause": as_data(value.text)}
    return value


def from_data(data: Any) -> Any:
    """Return the value that `as_data` wrote. Raise KeyError, TypeError or AttributeError
    otherwise.
    """
    if not isinstance(data, dict):
        return data
    if "code" in data:
        template = data["template"] if isinstance(data["template"], str) else (data["template"][0], data["template"][1])
        return Message(data["code"], template, {name: from_data(value) for name, value in data["values"].items()})
    if "command" in data:
        return CommandRef(data["command"])
    if "joined" in data:
        return Joined(tuple(map(from_data, data["joined"])), data["separator"])
    return Clause(from_data(data["clause"]))


NOTHING = Message("", "", {})
"""The empty message, which is false."""
