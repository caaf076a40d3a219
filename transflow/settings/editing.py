"""Edits of transflow.toml: a person added or changed, and the file of a new project.

Invariant: adding to the file leaves all other bytes unchanged. tomlkit takes a tenth of the time of
a short command; only commands that write the file import this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from transflow.errors import ConfigError, UnknownNameError, UsageError
from transflow.messages import Message, Messages, joined
from transflow.model.settings import Person, Role
from transflow.settings.config import parse, upgraded_text, validated
from transflow.toml_text.parsing import end_of_array, lines_of_keys, read_toml

MESSAGES = Messages(
    __name__,
    {
        "known": "{path}: there is a person “{id}” already.",
        "known/name": "{path}: there is a person “{id}” already ({name}).",
        "not-added": "{path}: “{id}” cannot be added.",
        "not-changed": "{path}: “{id}” cannot be changed so.",
        "no-keys": "{path}: these keys of “{id}” cannot be recorded.",
        "no-date": "{days}: dates are written like 2024-03-26.",
        "or": "{first} or {second}",
        "unfit": "these settings do not fit.",
    },
)


def add_person(text: str, path: str, person: Person) -> str:
    """Return the text of transflow.toml with one more person after the others, otherwise unchanged.

    The entry is inserted as text: tomlkit, which formats it, would take the comment above the next
    table for the end of the last person. Raise ConfigError if the file is invalid already,
    UsageError if the person is.
    """
    if known := parse(text, path).person(person.id):
        key = "known/name" if known.name else "known"
        raise UsageError(MESSAGES(key, path=path, id=known.id, name=known.name))
    text = upgraded_text(text, path) if person.zone or person.keys else text
    entry = _entry(person)
    if ("", 0, "people") in lines_of_keys(text):  # people = [{ … }]
        document = tomlkit.parse(text.removeprefix("\ufeff"))
        document["people"].append(_inline(entry))
        added = text[: text.startswith("\ufeff")] + tomlkit.dumps(document)
    else:
        added = _inserted(text, entry)
    return _checked(added, path, MESSAGES("not-added", path=path, id=person.id))


def _entry(person: Person) -> dict[str, Any]:
    """Return the non-empty keys of a person's table, in the order of the documentation."""
    entry: dict[str, Any] = {"id": person.id, "name": person.name, "roles": _role_list(person.roles)}
    entry |= {key: list(getattr(person, key)) for key in ("locales", "emails", "aliases")}
    entry |= _dates(left=person.left) | {"protected": person.protected, "keys": list(person.keys), "zone": person.zone}
    return {key: value for key, value in entry.items() if value or key == "id"}


def _role_list(roles: Sequence[Role]) -> list[Any]:
    """Return an array on one line: dated roles alone would become [[people.roles]] tables."""
    array = tomlkit.array()
    for role in roles:
        dates = _dates(since=role.since, until=role.until)
        array.append(_inline({"role": role.name} | dates) if dates else role.name)
    return array


def _inline(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    table = tomlkit.inline_table()  # a plain dict would be written without spaces after its commas
    table.update(entry)
    return table


def _dates(**days: str) -> dict[str, date]:
    try:
        return {key: date.fromisoformat(day) for key, day in days.items() if day}
    except ValueError:
        first, *more = filter(None, days.values())
        shown = MESSAGES("or", first=first, second=more[0]) if more else first
        raise UsageError(MESSAGES("no-date", days=shown)) from None


def _inserted(text: str, entry: Mapping[str, Any]) -> str:
    """Insert a [[people]] table after the last one, or append it if that place is uncertain."""
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline + tomlkit.dumps({"people": [entry]}).replace("\n", newline)
    old, array_end = read_toml(text, ""), end_of_array(text, "people")
    gap = newline if text[array_end:] and not text[array_end:].startswith(("\n", "\r\n")) else ""
    new_text = text[:array_end] + block + gap + text[array_end:]
    with suppress(ConfigError):  # a line in a list looked like a table header
        if array_end < len(text) and read_toml(new_text, "") == old | {"people": [*old.get("people", []), entry]}:
            return new_text
    return text + (newline if text and not text.endswith("\n") else "") + block


def with_keys(text: str, path: str, person_id: str, keys: Sequence[str]) -> str:
    """Return the text of transflow.toml with these public keys of a person, otherwise unchanged.

    Keys need the present format. Raise ConfigError if the file is invalid already, UsageError if
    the keys are, UnknownNameError for a person who is not in it.
    """
    people = parse(text, path).people
    number = _number(people, path, person_id)
    if people[number - 1].keys == tuple(keys):
        return text
    new = _with_value(upgraded_text(text, path), number, "keys", list(keys))
    return _checked(new, path, MESSAGES("no-keys", path=path, id=person_id))


def with_person(text: str, path: str, person: Person) -> str:
    """Return the text of transflow.toml with the entry of a person changed to this one.

    What is equal already keeps its bytes. A time zone needs the present format. Raise ConfigError
    if the file is invalid already, UsageError if the person is, UnknownNameError for a person who
    is not in it.
    """
    people = parse(text, path).people
    number = _number(people, path, person.id)
    before, after = _entry(people[number - 1]), _entry(person)
    if person.zone:
        text = upgraded_text(text, path)
    for key in dict.fromkeys([*after, *before]):
        if before.get(key) != after.get(key):
            text = _with_value(text, number, key, after.get(key))
    return _checked(text, path, MESSAGES("not-changed", path=path, id=person.id))


def _number(people: Sequence[Person], path: str, person_id: str) -> int:
    """Return the position of a person, from 1. Raise UnknownNameError."""
    number = next((n for n, each in enumerate(people, 1) if each.id == person_id), 0)
    if not number:
        raise UnknownNameError("person", person_id, [each.id for each in people], path)
    return number


def _with_value(text: str, number: int, key: str, value: object) -> str:
    """Return the text with a key of a person set, or removed for an empty value.

    A new key is inserted as text below the id, since tomlkit appends below comments.
    """
    known = lines_of_keys(text)
    line = known.get(("people", number, "id"), 0)
    if line and value and ("people", number, key) not in known:
        lines = text.split("\n")
        lines.insert(line, tomlkit.dumps({key: value}).strip() + "\r" * lines[line - 1].endswith("\r"))
        return "\n".join(lines)
    document = tomlkit.parse(text.removeprefix("\ufeff"))
    entry: Any = document["people"][number - 1]
    if value:
        entry[key] = value
    else:
        entry.pop(key, None)
    return text[: text.startswith("\ufeff")] + tomlkit.dumps(document)


def default_text(name: str, timezone: str, locales: Sequence[str], source: str, *, clear_alone: bool = False) -> str:
    """Return the commented transflow.toml of a new project.

    Raise UsageError for an invalid value.
    """
    template = Path(__file__).with_name("templates").joinpath("transflow.toml").read_text(encoding="utf-8")
    document = tomlkit.parse(template)
    document.update({"name": name, "source": source, "locales": list(locales), "timezone": timezone})
    document["workflow"]["clear_alone"] = clear_alone
    return _checked(tomlkit.dumps(document), "", MESSAGES("unfit"))


def _checked(text: str, path: str, refusal: Message) -> str:
    """Return the text if it has valid settings. Raise UsageError.

    The message has no line numbers: the user does not have this text.
    """
    _, problems = validated(read_toml(text, path))
    if problems:
        raise UsageError(joined([refusal, *(each.message for each in problems)], " "))
    return text
