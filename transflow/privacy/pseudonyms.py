"""Protected people: an opaque id replaces the person's name in transflow.toml.

Invariant: an opaque id reveals nothing about the person: it is drawn at random and never derived
from a name. Nothing in transflow.toml changes except that person's entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any

from transflow.attribution.authorship import is_machine
from transflow.attribution.shown_people import DRAWN_ID, shown_id
from transflow.digests import ALPHABET
from transflow.errors import UnknownNameError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Settings
from transflow.model.unit import Unit
from transflow.privacy.rename import with_people
from transflow.report.byline import SEPARATOR, reporters
from transflow.report.fields import read_fields
from transflow.report.front import front_matter
from transflow.report.front_edit import with_front
from transflow.report.scalar import quote
from transflow.settings import config
from transflow.toml_text.parsing import lines_of_keys, read_toml

MESSAGES = Messages(
    __name__,
    {
        "named": "a protected person has no name, no e-mail and no alias in transflow.toml, which everybody can read. "
        "Leave --name, --email and --alias out; for somebody who is named in the project already: {command}.",
        "id": "the id of a protected person is in every catalog, and must say nothing of who it is: take one that was "
        "drawn at random, such as {example}.",
    },
)
_OPAQUE = re.compile(r"p-[0-9a-z]{4}")
_NAMING = ("name", "emails", "aliases", "keys", "zone")
"""Keys of a `[[people]]` entry that identify the person."""


def opaque_id(number: int, taken: Container[str]) -> str:
    """Return an id such as `p-7k2m`, made from a random number below 2^20; skip taken ids."""
    while True:
        candidate = "p-" + "".join(ALPHABET[number >> shift & 31] for shift in (15, 10, 5, 0))
        if candidate not in taken:
            return candidate
        number = (number + 1) % 2**20


def is_opaque(person_id: str) -> bool:
    """Return True if an id has the form that `opaque_id` returns."""
    return bool(_OPAQUE.fullmatch(person_id))


def is_identified(person: Person) -> bool:
    """Return True if transflow.toml identifies a protected person, as an edit by hand may cause."""
    named = bool(person.name or person.emails or set(person.aliases) - {pending_id(person)})
    return person.protected and (named or not DRAWN_ID.fullmatch(person.id))


def shown_unit(settings: Settings, unit: Unit) -> Unit:
    """Return a unit with the ids that may be shown, for output of any kind."""
    if not any(each.protected for each in settings.people):
        return unit
    return with_people(unit, lambda who: who if is_machine(who) else shown_id(settings, who))


def check_new(person: Person, taken: Container[str], number: int) -> None:
    """Raise UsageError if the entry of a new protected person would identify them.

    `number` is a random number below 2^20, from which the message suggests an id.
    """
    if not person.protected:
        return
    if person.name or person.emails or person.aliases:
        raise UsageError(MESSAGES("named", command=CommandRef("person protect ID")))
    if not DRAWN_ID.fullmatch(person.id):
        raise UsageError(MESSAGES("id", example=opaque_id(number, taken)))


def pending_id(person: Person) -> str:
    """Return the opaque id of a protection that was started and interrupted, or an empty string."""
    return next((alias for alias in person.aliases if is_opaque(alias)), "")


def identifying_texts(person: Person) -> tuple[str, ...]:
    """Return the names, e-mail addresses and aliases of a person.

    The longest comes first, because a longer one may contain a shorter one.
    """
    named = {person.name, *person.emails, *person.aliases} - {"", pending_id(person)}
    return tuple(sorted(named, key=lambda each: (-len(each), each)))


def with_pending_id(text: str, path: str, person_id: str, new_id: str) -> str:
    """Return the settings text with the opaque id added as an alias.

    The alias marks the start of a protection, so that an interrupted one can be resumed.
    """

    def change(entry: Any) -> None:
        aliases = entry.get("aliases", [])
        if new_id not in aliases:
            entry["aliases"] = [*aliases, new_id]

    return _changed(text, path, person_id, change)


def with_opaque_id(text: str, path: str, person_id: str, new_id: str) -> str:
    """Return the settings text with the opaque id in place of all that identifies the person.

    Raise UnknownNameError if the person is not in the settings, ConfigError if the result cannot
    be parsed.
    """

    def change(entry: Any) -> None:
        entry["id"] = new_id
        for key in _NAMING:
            entry.pop(key, None)
        if "protected" in entry or not hasattr(entry, "display_name"):
            entry["protected"] = True

    new = _changed(text, path, person_id, change)
    if f'id = "{new_id}"' in new and not _is_protected(new, new_id):
        new = _with_line_below_id(new, new_id, "protected = true")
    config.parse(new, path)
    return new


def _changed(text: str, path: str, person_id: str, change: Callable[[Any], None]) -> str:
    """Return transflow.toml with the entry of a person changed. Loads tomlkit."""
    import tomlkit

    settings = config.parse(text, path)
    if settings.person(person_id) is None:
        raise UnknownNameError("person", person_id, [each.id for each in settings.people], path)
    bom = text[: text.startswith("\ufeff")]
    document = tomlkit.parse(text[len(bom) :])
    people: Any = document["people"]
    change(next(entry for entry in people if entry["id"] == person_id))
    return bom + tomlkit.dumps(document)


def _is_protected(text: str, person_id: str) -> bool:
    people: list[Mapping[str, Any]] = read_toml(text, "")["people"]
    return any(entry["id"] == person_id and entry.get("protected") is True for entry in people)


def _with_line_below_id(text: str, person_id: str, new: str) -> str:
    """Insert a line below the id of a person.

    tomlkit would append the key below the comments that introduce the next table.
    """
    lines = text.split("\n")
    id_lines = [line for (table, _, key), line in lines_of_keys(text).items() if (table, key) == ("people", "id")]
    line_number = next(line for line in id_lines if f'"{person_id}"' in lines[line - 1])
    return "\n".join([*lines[:line_number], new + "\r" * lines[line_number - 1].endswith("\r"), *lines[line_number:]])


# Bylines


def pseudonymous_byline(value: str, person: Person, new_id: str) -> str:
    """Return a byline with the person's names replaced by the opaque id.

    The byline still credits the person, but only transflow can resolve the id.
    """
    names = frozenset((person.id, *identifying_texts(person)))
    found = reporters(value, names)
    ends = [*(each.start for each in found[1:]), len(value)]
    for reporter, end in reversed([*zip(found, ends, strict=False)]):
        if reporter.name in names:
            value = value[: reporter.start] + new_id + _separator(value[reporter.end : end], value[end:]) + value[end:]
    return value


def _separator(between: str, rest: str) -> str:
    """Return what separates two names, without the title, place and address of the first."""
    if not rest:
        return ""
    found = re.search(rf"\s*(?:{SEPARATOR.pattern})\s*", between)
    return found[0] if found else ", "


def pseudonymous_report(text: str, path: str, person: Person, new_id: str) -> str:
    """Return a report's text with the person replaced in its byline; no other byte changes."""
    found = read_fields(text, path)
    bylines = [each for each in found.fields if each.name == "byline"]
    lines = text.split("\n")
    for each in bylines:
        new = pseudonymous_byline(each.text, person, new_id)
        if new != each.text and each.texts is None and not each.below:
            lines[each.line - 1] = f"{each.key}: {quote(new)}"
    text = "\n".join(lines)
    front, offset, _ = front_matter(text, path)
    byline = pseudonymous_byline(front.byline, person, new_id)
    if byline == front.byline:
        return text
    return with_front(text[:offset], replace(front, byline=byline), path) + text[offset:]


def is_named(front: FrontMatter, person: Person) -> bool:
    return pseudonymous_byline(front.byline, person, "") != front.byline
