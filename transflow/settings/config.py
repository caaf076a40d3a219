"""The settings in transflow.toml: parsing and validation.

Invariant: settings are valid or refused, with every problem in one error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from transflow.errors import ConfigError, UnknownNameError, UsageError
from transflow.model.settings import Person, Settings
from transflow.model.unit import FORMAT
from transflow.settings.keys import (
    MACHINE,
    NEW_IN_FORMAT_2,
    PERSON,
    TABLES,
    TOP,
    Fields,
    InvalidValueError,
    did_you_mean,
    format_value,
    severity,
)
from transflow.settings.toml_lines import lines_of_keys, read_toml

_OPEN_TABLES = ("checks", "style")
"""Tables with keys that other modules define: checks and house style."""


class SettingsError(ConfigError):
    """Several invalid settings: the message has one line for each, in the order of the file."""

    def __init__(self, problems: Sequence[ConfigError]) -> None:
        Exception.__init__(self, "\n".join(map(str, problems)))
        self.problems = tuple(problems)


class _Table(NamedTuple):
    """A table of the file.

    `number` counts the tables of an array from 1; 0 for a table that is not in an array.
    """

    name: str = ""
    number: int = 0
    label: str = ""
    """Prefix of keys in messages: `gate.`, `people “claire”: `."""


class _Problem(NamedTuple):
    table: _Table
    key: str
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        return f"{self.table.label}{self.key}: {self.problem}" + (f" Allowed: {self.allowed}." if self.allowed else "")


# Reading


def parse(text: str, path: str) -> Settings:
    """Parse the text of transflow.toml. `path` is for messages only.

    Raises ConfigError for invalid TOML, a newer format, and any unknown key or invalid value;
    SettingsError (a ConfigError with one line for each problem) if there are several.
    """
    settings, problems = validated(read_toml(text, path))
    if problems:
        raise _error(text, path, problems)
    return settings


def _error(text: str, path: str, problems: Sequence[_Problem]) -> ConfigError:
    lines = lines_of_keys(text)

    def line(problem: _Problem) -> int:
        (name, number, _), key = problem.table, problem.key
        places = [(name, number, key), (name, number, ""), ("", 0, name), (key, 0, ""), (key, 1, "")]
        return next((lines[place] for place in places if place in lines), 0)

    errors = [
        ConfigError(path, problem.table.label + problem.key, problem.problem, problem.allowed, line(problem))
        for problem in sorted(problems, key=line)
    ]
    return errors[0] if len(errors) == 1 else SettingsError(errors)


def validated(document: Mapping[str, Any]) -> tuple[Settings, list[_Problem]]:
    """Return the settings, valid only if there are no problems, and all problems."""
    version = document.get("format", 1)
    if isinstance(version, int) and version > FORMAT:
        problem = f"the project has format {version}, this transflow knows up to {FORMAT}. Bring transflow up to date."
        return Settings(), [_Problem(_Table(), "format", problem)]
    values, problems = _project(document)
    problems += _newer_keys(document) if version == 1 else []
    settings = Settings(**values)
    readable = "locales" in values or "locales" not in document
    problems += [_Problem(_Table(), *found) for found in _inconsistencies(settings) if readable]
    people, people_problems = _people(document.get("people", []), settings.locales if readable else None)
    return Settings(**values, people=people, style=document.get("style", {})), problems + people_problems


def _project(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[_Problem]]:
    """Return field of Settings -> value for all fields but the people, and the problems."""
    table_names = (*TABLES, *_OPEN_TABLES, "machine", "people")
    top = {key: value for key, value in document.items() if key not in table_names}
    values, problems = _read(top, TOP, _Table(), table_names)
    values.pop("format", None)
    for name in (*TABLES, *_OPEN_TABLES, "machine"):
        table = document.get(name, {})
        if not isinstance(table, dict):
            allowed = f"a line [{name}] with its keys below"
            problems.append(_Problem(_Table(), name, f"{format_value(table)} is not a table.", allowed))
        elif name in TABLES:
            read, more_problems = _read(table, TABLES[name], _Table(name, 0, f"{name}."))
            values |= read
            problems += more_problems
        elif name == "checks":
            values["checks"], more_problems = _severities(table)
            problems += more_problems
        elif name == "machine":
            values["machine"], more_problems = _machine(table, values.get("locales", Settings().locales))
            problems += more_problems
    return values, problems


def _newer_keys(document: Mapping[str, Any]) -> list[_Problem]:
    """Return a problem for each key that a transflow of format 1 would not know."""
    problems = []
    for name, key in NEW_IN_FORMAT_2:
        tables = document.get(name, ())
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
            if isinstance(table, dict) and (key in table or not key):
                location = (
                    _Table(name, number if name == "people" else 0, f"{name}." if key else "") if key else _Table()
                )
                way_out = "it came with format 2: `transflow repair --upgrade`, or write format = 2."
                problems.append(_Problem(location, key or name, way_out))
    return problems


def _machine(table: Mapping[str, Any], locales: Sequence[str]) -> tuple[dict[str, Mapping[str, Any]], list[_Problem]]:
    """Return locale, or empty for all -> settings of [machine], and the problems."""
    general = {key: value for key, value in table.items() if not isinstance(value, dict)}
    values, problems = _read(general, MACHINE, _Table("machine", 0, "machine."), locales)
    result: dict[str, Mapping[str, Any]] = {"": values} if values else {}
    for locale, locale_table in table.items():
        if isinstance(locale_table, dict) and locale not in locales:
            problem = f"the project has no “{locale}”.{did_you_mean(locale, locales)}"
            problems.append(_Problem(_Table("machine", 0, "machine."), locale, problem, ", ".join(locales)))
        elif isinstance(locale_table, dict):
            result[locale], more_problems = _read(
                locale_table, MACHINE, _Table(f"machine.{locale}", 0, f"machine.{locale}.")
            )
            problems += more_problems
    return result, problems


def _severities(table: Mapping[str, Any]) -> tuple[dict[str, str], list[_Problem]]:
    """Return check -> severity or "off", and the problems.

    Names of checks are validated where checks run.
    """
    fields = {key: (key, severity) for key in table}
    return _read(table, fields, _Table("checks", 0, "checks."))


def _inconsistencies(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield key, problem and allowed values for settings that are valid alone, but not together."""
    if not settings.locales:
        yield "locales", "there is nothing to translate into.", "at least one locale"
    if settings.source in settings.locales:
        yield "locales", f"“{settings.source}” is the source language.", "the languages to translate into"


def _read(
    table: Mapping[str, Any], fields: Fields, where: _Table, tables: Sequence[str] = ()
) -> tuple[dict[str, Any], list[_Problem]]:
    """Return field -> value for the valid keys, and a problem for each other key."""
    values: dict[str, Any] = {}
    problems: list[_Problem] = []
    for key, value in table.items():
        if key not in fields:
            problems.append(_unknown_key(key, value, fields, where, tables))
            continue
        field, read = fields[key]
        try:
            values[field] = read(value)
        except InvalidValueError as error:
            problems.append(_Problem(where, key, error.problem, error.allowed))
    return values, problems


def _unknown_key(key: str, value: object, fields: Fields, where: _Table, tables: Sequence[str]) -> _Problem:
    known = (*fields, *tables)
    homes = [f"in [{name}]" for name, others in TABLES.items() if key in others]
    homes += ["at the top, before the first line in square brackets"] if key in TOP else []
    homes += ["in [[people]]"] if key in PERSON else []
    hint = did_you_mean(key, known) or (f" It belongs {homes[0]}." if homes else "")
    return _Problem(
        where, key, f"there is no such {'table' if isinstance(value, dict) else 'key'}.{hint}", ", ".join(known)
    )


def _people(entries: object, locales: Sequence[str] | None) -> tuple[tuple[Person, ...], list[_Problem]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problem = (
            f"{format_value(entries)} does not fit."
            if isinstance(entries, list)
            else f"{format_value(entries)} is not a list."
        )
        return (), [_Problem(_Table(), "people", problem, "a line [[people]] for each person, with the keys below")]
    people: list[Person] = []
    problems: list[_Problem] = []
    for number, entry in enumerate(entries, 1):
        known_id = isinstance(entry.get("id"), str) and entry["id"]
        where = _Table("people", number, f"people “{known_id}”: " if known_id else f"people[{number}].")
        values, more_problems = _read(entry, PERSON, where)
        problems += more_problems
        person = Person(**{"id": "", **values})
        problems += [_Problem(where, *found) for found in _person_problems(entry, person, people, locales)]
        people.append(person)
    return tuple(people), problems


def _person_problems(
    entry: Mapping[str, Any], person: Person, others: Sequence[Person], locales: Sequence[str] | None
) -> Iterator[tuple[str, str, str]]:
    """Yield key, problem and allowed values for a person whose entry is invalid as a whole.

    `others` are the people above. `locales` are the project's, None if they are invalid.
    """
    if "id" not in entry:
        yield "id", "it is missing.", "lower-case a-z, digits and hyphens, such as claire"
    elif person.id and any(other.id == person.id for other in others):
        yield "id", "another person has it already.", ""
    if entry.get("name", "") == "" and entry.get("protected") is not True:
        yield "name", "it is missing.", "the name as credited; only protected people may be without"
    if person.protected and any(key.count(" ") > 1 for key in person.keys):
        yield "keys", "the comment of a key can say who somebody is.", "for protected people, keys without a comment"
    for locale in person.locales:
        if locales is not None and locale not in locales:
            yield "locales", f"the project has no “{locale}”.{did_you_mean(locale, locales)}", ", ".join(locales)
    for email in person.emails:
        if owner := _with_email(others, email):
            yield "emails", f"“{email}” is the address of {owner.id or owner.name} already.", ""


# Upgrading


def upgraded_text(text: str, path: str) -> str:
    """Return transflow.toml in the present format, otherwise unchanged. Raises ConfigError."""
    document = read_toml(text, path)
    if document.get("format", 1) == FORMAT:
        return text
    parse(text, path)
    line = lines_of_keys(text).get(("", 0, "format"), 0)
    if line:  # changed as text, since tomlkit normalises spaces in arrays of tables
        lines = text.split("\n")
        lines[line - 1] = re.sub(r"(=\s*)[0-9]+", rf"\g<1>{FORMAT}", lines[line - 1], count=1)
        new = "\n".join(lines)
    else:
        byte_order_mark, newline = text[: text.startswith("\ufeff")], "\r\n" if "\r\n" in text else "\n"
        new = f"{byte_order_mark}format = {FORMAT}{newline}{text[len(byte_order_mark) :]}"
    if read_toml(new, path) != document | {"format": FORMAT}:
        raise ConfigError(
            path, "format", f"it is written in an unusual way: write format = {FORMAT} by hand.", line=line
        )
    return new


# The user


def _with_email(people: Sequence[Person], email: str) -> Person | None:
    """Return the person with this address; case is ignored."""
    return next((person for person in people if email.lower() in (each.lower() for each in person.emails)), None)


def identify(settings: Settings, as_id: str, environment: str, email: str) -> Person:
    """Return the user: by --as, else by TRANSFLOW_USER, else by git's user.email.

    An id that is given is never ignored in favour of the next source. Raises UnknownNameError for
    an unknown id, UsageError if no source names the user.
    """
    for person_id, option in ((as_id.strip(), "--as"), (environment.strip(), "TRANSFLOW_USER")):
        if person_id and (person := settings.person(person_id)):
            return person
        if person_id:
            raise UnknownNameError("person", person_id, [each.id for each in settings.people], option)
    email = email.strip()
    if email and (person := _with_email(settings.people, email)):
        return person
    reason = f"no person here has git's e-mail address {email}" if email else "git has no e-mail address for you"
    people = ", ".join(each.id for each in settings.people) or "none yet; `transflow person add` adds one"
    way_out = "Say --as ID, set TRANSFLOW_USER, or add your e-mail to transflow.toml."
    raise UsageError(f"It is not known who you are: {reason}. {way_out} People: {people}.")
