"""Parameters of tools: their JSON schema, and the judgement of the arguments of a call.

Invariant: a call with an argument that is unknown, missing or of another kind runs no tool.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from transflow.errors import UsageError, similar_name
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "unknown": "this tool takes no “{name}”. It takes: {known}.",
        "unknown/close": "this tool takes no “{name}”. Did you mean “{close}”?",
        "nothing": "this tool takes no arguments.",
        "missing": "“{name}” is missing: {description}",
        "text": "“{name}” has to be a text.",
        "number": "“{name}” has to be a whole number from {least} to {most}.",
        "flag": "“{name}” has to be true or false.",
        "choice": "“{name}” has to be one of: {choices}.",
        "list": "“{name}” has to be a list of 1 to {most} objects.",
        "long": "“{name}” has {n} characters, and at most {most} are taken: send less at a time.",
        "item": "{place}: {why}",
    },
)
LONGEST_TEXT = 8_000
"""Number of characters of the longest text that is taken or given in one piece."""


class Parameter(NamedTuple):
    """A parameter of a tool, or of the objects in a list that it takes."""

    name: str
    description: str
    kind: Literal["text", "number", "flag", "choice", "list"] = "text"
    required: bool = False
    default: str | int | bool = ""
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = LONGEST_TEXT
    """Largest number, longest text, or number of objects."""
    items: tuple[Parameter, ...] = ()


def schema(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return the JSON schema of the arguments."""
    required = [each.name for each in parameters if each.required]
    values: dict[str, Any] = {
        "type": "object",
        "properties": {each.name: _schema(each) for each in parameters},
        "additionalProperties": False,
    }
    return values | ({"required": required} if required else {})


def _schema(parameter: Parameter) -> dict[str, Any]:
    values: dict[str, Any] = {"description": parameter.description}
    match parameter.kind:
        case "text":
            values |= {"type": "string", "maxLength": parameter.most}
        case "number":
            values |= {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}
        case "flag":
            values |= {"type": "boolean"}
        case "choice":
            values |= {"type": "string", "enum": list(parameter.choices)}
        case "list":
            values |= {"type": "array", "items": schema(parameter.items), "minItems": 1, "maxItems": parameter.most}
    return values if parameter.required or parameter.default == "" else values | {"default": parameter.default}


def judged(parameters: Sequence[Parameter], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments, with defaults for those that are missing. Raise UsageError."""
    known = [each.name for each in parameters]
    for name in arguments:
        if name not in known:
            raise _unknown(str(name), known)
    values = {}
    for each in parameters:
        if each.required and each.name not in arguments:
            raise UsageError(MESSAGES("missing", name=each.name, description=each.description))
        values[each.name] = _judged(each, arguments[each.name]) if each.name in arguments else each.default
    return values


def _unknown(name: str, known: Sequence[str]) -> UsageError:
    shown = name[:60]
    if not known:
        return UsageError(MESSAGES("nothing"))
    if close := similar_name(shown, known):
        return UsageError(MESSAGES("unknown/close", name=shown, close=close))
    return UsageError(MESSAGES("unknown", name=shown, known=", ".join(known)))


def _judged(parameter: Parameter, value: Any) -> Any:
    name = parameter.name
    match parameter.kind:
        case "text":
            if not isinstance(value, str):
                raise UsageError(MESSAGES("text", name=name))
            if len(value) > parameter.most:
                raise UsageError(MESSAGES("long", name=name, n=len(value), most=parameter.most))
        case "number":
            is_whole = isinstance(value, int) and not isinstance(value, bool)
            if not is_whole or not parameter.least <= value <= parameter.most:
                raise UsageError(MESSAGES("number", name=name, least=parameter.least, most=parameter.most))
        case "flag":
            if not isinstance(value, bool):
                raise UsageError(MESSAGES("flag", name=name))
        case "choice":
            if value not in parameter.choices:
                raise UsageError(MESSAGES("choice", name=name, choices=", ".join(parameter.choices)))
        case "list":
            return _judged_list(parameter, value)
    return value


def _judged_list(parameter: Parameter, value: Any) -> list[dict[str, Any]]:
    is_list = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    if not is_list or not 1 <= len(value) <= parameter.most:
        raise UsageError(MESSAGES("list", name=parameter.name, most=parameter.most))
    found = []
    for number, each in enumerate(value, 1):
        try:
            found.append(judged(parameter.items, each))
        except UsageError as error:
            raise UsageError(MESSAGES("item", place=f"{parameter.name} {number}", why=error.message)) from None
    return found
