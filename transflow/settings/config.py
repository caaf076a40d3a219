"""The settings in transflow.toml: parsing and validation.

Invariant: settings are valid or refused, with every problem in one error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from transflow.errors import ConfigError, UnknownNameError, UsageError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.settings import Person, Settings
from transflow.model.unit import FORMAT
from transflow.settings.keys import MACHINE, NEW_IN_FORMAT_2, SCHEMA
from transflow.toml_text.parsing import lines_of_keys, read_toml
from transflow.toml_text.schema import TOP, OpenTable, Place, Problem, Row, config_error, read_table
from transflow.toml_text.values import similar

MESSAGES = Messages(
    __name__,
    {
        "newer": "the project has format {format}, this transflow knows up to {known}. Bring transflow up to date.",
        "format-2": "it came with format 2: {command}, or write format = 2.",
        "no-locale": "the project has no “{locale}”.",
        "no-locales": "there is nothing to translate into.",
        "no-locales/allowed": "at least one locale",
        "missing": "it is missing.",
        "id/allowed": "lower-case a-z, digits and hyphens, such as claire",
        "id-taken": "another person has it already.",
        "name/allowed": "the name as credited; only protected people may be without",
        "key-comment": "the comment of a key can say who somebody is.",
        "key-comment/allowed": "for protected people, keys without a comment",
        "email-taken": "“{email}” is the address of {person} already.",
        "unusual-format": "it is written in an unusual way: write format = {format} by hand.",
        "who": "It is not known who you are. Open `transflow` in a terminal and choose, say --as ID, or set "
        "TRANSFLOW_USER. People: {people}.",
        "who/email": "It is not known who you are: nobody here has the e-mail address {email}. Open `transflow` in a "
        "terminal and choose, say --as ID, or set TRANSFLOW_USER. People: {people}.",
        "nobody": "none yet; {command} adds one",
    },
)


# Reading


def parse(text: str, path: str) -> Settings:
    """Parse the text of transflow.toml. `path` is for messages only.

    Raise ConfigError for invalid TOML, a newer format, and any unknown key or invalid value;
    SettingsError (a ConfigError with one line for each problem) if there are several.
    """
    settings, problems = validated(read_toml(text, path))
    if problems:
        raise config_error(text, path, problems)
    return replace(settings, style=OpenTable(settings.style, text)) if settings.style else settings


def validated(document: Mapping[str, Any]) -> tuple[Settings, list[Problem]]:
    """Return the settings, valid only if there are no problems, and all problems."""
    version = document.get("format", 1)
    if isinstance(version, int) and version > FORMAT:
        return Settings(), [Problem(TOP, "format", MESSAGES("newer", format=version, known=FORMAT))]
    values, problems = read_table(document, SCHEMA)
    rows: tuple[Row, ...] = values.pop("people", ())
    values.pop("format", None)
    if "machine" in values:
        values["machine"], more_problems = _machine(values["machine"], values.get("locales", Settings().locales))
        problems += more_problems
    problems += _newer_keys(document) if version == 1 else []
    settings = Settings(**values)
    readable = "locales" in values or "locales" not in document
    problems += _inconsistencies(settings) if readable else ()
    people, people_problems = _people(rows, settings.locales if readable else None)
    return replace(settings, people=people), problems + people_problems


def _newer_keys(document: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for each key that a transflow of format 1 would not know."""
    problems = []
    for name, key in NEW_IN_FORMAT_2:
        tables = document.get(name, ())
        for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
            if isinstance(table, dict) and (key in table or not key):
                place = Place(name, number if name == "people" else 0, f"{name}.") if key else TOP
                way_out = MESSAGES("format-2", command=CommandRef("repair --upgrade"))
                problems.append(Problem(place, key or name, way_out))
    return problems


def _machine(table: Mapping[str, Any], locales: Sequence[str]) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """Return locale, or empty for all -> settings of [machine], and the problems."""
    tables = {locale: MACHINE for locale, inner in table.items() if locale in locales and isinstance(inner, dict)}
    place = Place("machine", 0, "machine.")
    unknown = [name for name, value in table.items() if isinstance(value, dict) and name not in locales]
    problems = [_no_locale(place, name, name, locales) for name in unknown]
    general = {name: value for name, value in table.items() if not isinstance(value, dict)}
    result: dict[str, Mapping[str, Any]] = {}
    for locale, content in (("", general), *((each, table[each]) for each in tables)):
        inner = Place(f"machine.{locale}", 0, f"machine.{locale}.") if locale else place
        values, more_problems = read_table(content, MACHINE, inner)
        problems += more_problems
        if values or locale:
            result[locale] = values
    return result, problems


def _no_locale(place: Place, key: str, locale: str, locales: Sequence[str]) -> Problem:
    return Problem(place, key, MESSAGES("no-locale", locale=locale), ", ".join(locales), similar(locale, locales))


def _inconsistencies(settings: Settings) -> Iterator[Problem]:
    """Yield problems of settings that are valid alone, but not together."""
    if not settings.locales:
        yield Problem(TOP, "locales", MESSAGES("no-locales"), MESSAGES("no-locales/allowed"))


def _people(rows: Sequence[Row], locales: Sequence[str] | None) -> tuple[tuple[Person, ...], list[Problem]]:
    people: list[Person] = []
    problems: list[Problem] = []
    ids, owners = set[str](), dict[str, Person]()
    for row in rows:
        person = Person(**{"id": "", **row.values})
        problems += _person_problems(row, person, ids, owners, locales)
        people.append(person)
        ids.add(person.id)
        owners |= {email.lower(): person for email in person.emails if email.lower() not in owners}
    return tuple(people), problems


def _person_problems(
    row: Row, person: Person, ids: Collection[str], owners: Mapping[str, Person], locales: Sequence[str] | None
) -> Iterator[Problem]:
    """Yield the problems of a person whose entry is invalid as a whole.

    `ids` and `owners` (address in small letters -> person) are those of the people above. `locales`
    are the project's, None if they are invalid.
    """

    def problem(key: str, problem: Message, allowed: Message = NOTHING) -> Problem:
        return Problem(row.place, key, problem, allowed)

    if "id" not in row.content:
        yield problem("id", MESSAGES("missing"), MESSAGES("id/allowed"))
    elif person.id and person.id in ids:
        yield problem("id", MESSAGES("id-taken"))
    if row.content.get("name", "") == "" and row.content.get("protected") is not True:
        yield problem("name", MESSAGES("missing"), MESSAGES("name/allowed"))
    if person.protected and any(key.count(" ") > 1 for key in person.keys):
        yield problem("keys", MESSAGES("key-comment"), MESSAGES("key-comment/allowed"))
    for locale in person.locales:
        if locales is not None and locale not in locales:
            yield _no_locale(row.place, "locales", locale, locales)
    for email in person.emails:
        if owner := owners.get(email.lower()):
            yield problem("emails", MESSAGES("email-taken", email=email, person=owner.id or owner.name))


# Upgrading


def upgraded_text(text: str, path: str) -> str:
    """Return transflow.toml in the present format, otherwise unchanged. Raise ConfigError."""
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
        raise ConfigError(path, "format", MESSAGES("unusual-format", format=FORMAT), line=line)
    return new


# The user


def person_with_email(people: Sequence[Person], email: str) -> Person | None:
    """Return the person with this address; case is ignored."""
    return next((person for person in people if email.lower() in (each.lower() for each in person.emails)), None)


class UnknownUserError(UsageError):
    """Nothing names the user of a command."""


def identify(settings: Settings, as_id: str, environment: str, email: str, remembered: str = "") -> Person:
    """Return the user: by --as, else by TRANSFLOW_USER, else by git's user.email, else by the id
    that the user chose earlier.

    An id that is given is never ignored in favour of the next source. Raise UnknownNameError for
    an unknown id, UnknownUserError if no source names the user.
    """
    for person_id, option in ((as_id.strip(), "--as"), (environment.strip(), "TRANSFLOW_USER")):
        if person_id and (person := settings.person(person_id)):
            return person
        if person_id:
            raise UnknownNameError("person", person_id, [each.id for each in settings.people], option)
    email = email.strip()
    if email and (person := person_with_email(settings.people, email)):
        return person
    if remembered and (person := settings.person(remembered)):
        return person
    people = ", ".join(each.id for each in settings.people) or MESSAGES("nobody", command=CommandRef("person add"))
    why = MESSAGES("who/email", email=email, people=people) if email else MESSAGES("who", people=people)
    raise UnknownUserError(why)
