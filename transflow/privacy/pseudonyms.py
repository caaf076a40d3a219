"""People who must not be found: an opaque id instead of a name, in transflow.toml.

Invariant: an opaque id says nothing about anybody: it is drawn at random, never made from a name; and of transflow.toml
nothing changes but the one person's entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import Any

from transflow.digests import ALPHABET
from transflow.errors import UnknownNameError, UsageError
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Settings
from transflow.settings import config
from transflow.settings.toml_lines import lines_of_keys
from transflow.stories.story import BETWEEN_NAMES, TITLE

_OPAQUE = re.compile(r"p-[0-9a-z]{4}")
_DRAWN = re.compile(r"p-(?:[0-9a-z]{4}|(?=[a-z]*[0-9])[0-9a-z]{1,8})")
"""Ids that people may draw by themselves."""
_NAMING = ("name", "emails", "aliases", "keys", "zone")
"""Keys of a person's entry that say who it is."""


def opaque_id(number: int, taken: Container[str]) -> str:
    """`p-7k2m` from a random number below 2^20; the next one that is free."""
    while True:
        unit_id = "p-" + "".join(ALPHABET[number >> shift & 31] for shift in (15, 10, 5, 0))
        if unit_id not in taken:
            return unit_id
        number = (number + 1) % 2**20


def is_opaque(person_id: str) -> bool:
    """Whether an id is of the form that is drawn."""
    return bool(_OPAQUE.fullmatch(person_id))


def is_shown(settings: Settings, person_id: str) -> bool:
    """Whether an id may stand in figures and findings: it says nothing of who is protected. One that is nobody's may be what a
    protected person was called before."""
    person = settings.person(person_id)
    if person is None:
        return not any(each.protected for each in settings.people)
    return not person.protected or bool(_DRAWN.fullmatch(person_id))


def names_somebody(person: Person) -> bool:
    """Whether transflow.toml names somebody who is protected, as an edit by hand can make it."""
    named = bool(person.name or person.emails or set(person.aliases) - {pending_id(person)})
    return person.protected and (named or not _DRAWN.fullmatch(person.id))


def told(settings: Settings, person_id: str) -> str:
    """A person's id for figures and findings, which CI prints for everybody."""
    return person_id if is_shown(settings, person_id) else "somebody"


def check_new(person: Person, taken: Container[str], number: int) -> None:
    """Raises UsageError for a protected person of whom transflow.toml would say who it is. `number` is a random one below 2^20."""
    if not person.protected:
        return
    if person.name or person.emails or person.aliases:
        raise UsageError(
            "a protected person has no name, no e-mail and no alias in transflow.toml, which everybody can read. Leave --name, "
            "--email and --alias out; for somebody who is named in the project already: `transflow person protect ID`."
        )
    if not _DRAWN.fullmatch(person.id):
        raise UsageError(
            f"the id of a protected person is in every catalog, and must say nothing of who it is: take one that was drawn at "
            f"random, such as {opaque_id(number, taken)}."
        )


def pending_id(person: Person) -> str:
    """The opaque id of a protection that was begun and interrupted; empty for none."""
    return next((alias for alias in person.aliases if is_opaque(alias)), "")


def spellings(person: Person) -> tuple[str, ...]:
    """Everything that names a person: the longest first, since one may hold another."""
    named = {person.name, *person.emails, *person.aliases} - {"", pending_id(person)}
    return tuple(sorted(named, key=lambda each: (-len(each), each)))


def begun(text: str, path: str, person_id: str, new_id: str) -> str:
    """The settings with the opaque id as one more alias: what an interrupted protection is found again by."""

    def change(entry: Any) -> None:
        aliases = entry.get("aliases", [])
        if new_id not in aliases:
            entry["aliases"] = [*aliases, new_id]

    return _changed(text, path, person_id, change)


def done(text: str, path: str, person_id: str, new_id: str) -> str:
    """The settings with the opaque id instead of id, name, e-mails and aliases. Raises UnknownNameError, ConfigError."""

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
    import tomlkit

    settings = config.parse(text, path)
    if settings.person(person_id) is None:
        raise UnknownNameError("person", person_id, [each.id for each in settings.people], path)
    mark = text[: text.startswith("\ufeff")]
    document = tomlkit.parse(text[len(mark) :])
    people: Any = document["people"]
    change(next(entry for entry in people if entry["id"] == person_id))
    return mark + tomlkit.dumps(document)


def _is_protected(text: str, person_id: str) -> bool:
    import tomllib

    people: list[Mapping[str, Any]] = tomllib.loads(text.removeprefix("\ufeff"))["people"]
    return any(entry["id"] == person_id and entry.get("protected") is True for entry in people)


def _with_line_below_id(text: str, person_id: str, new: str) -> str:
    """With a line below the id's: tomlkit would put it below the comments that introduce the next table."""
    lines = text.split("\n")
    places = [line for (table, _, key), line in lines_of_keys(text).items() if (table, key) == ("people", "id")]
    at = next(line for line in places if f'"{person_id}"' in lines[line - 1])
    return "\n".join([*lines[:at], new + "\r" * lines[at - 1].endswith("\r"), *lines[at:]])


# Bylines


def byline(value: str, person: Person, new_id: str) -> str:
    """A byline with the opaque id where it named the person: it still tells whose report it is, to transflow only."""
    parts = re.split(f"({BETWEEN_NAMES.pattern})", value)
    return "".join(new_id if _bare(part) in (person.id, *spellings(person)) else part for part in parts)


def _bare(name: str) -> str:
    return TITLE.sub("", name).strip()


def report(text: str, path: str, person: Person, new_id: str) -> str:
    """A report's text with its byline so; every other byte as it was."""
    from transflow.report.front import read_fields
    from transflow.report.scalar import quote, unquote

    found = read_fields(text, path)
    lines = text.split("\n")
    for each in found.fields:
        old = unquote(each.value)
        if each.name == "byline" and (new := byline(old, person, new_id)) != old:
            lines[each.line - 1] = f"{each.key}: {quote(new)}"
    return "\n".join(lines)


def is_named(front: FrontMatter, person: Person) -> bool:
    return byline(front.byline, person, "") != front.byline
