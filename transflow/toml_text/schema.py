"""Schemas of TOML files, and the reader of a file with a schema.

A schema is data: the keys of each table with the readers of their values. Defaults are those of the
records that the values are for.

Invariant: every key of a file is read or is a problem; a problem names file, line, key, and what is
allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from transflow.errors import ConfigError
from transflow.messages import NOTHING, Message, Messages, joined
from transflow.toml_text import values
from transflow.toml_text.parsing import lines_of_keys, read_toml
from transflow.toml_text.values import InvalidValueError, Reader, shown, similar

MESSAGES = Messages(
    __name__,
    {
        "no-key": "there is no such key.",
        "no-table": "there is no such table.",
        "belongs": "It belongs in [{table}].",
        "belongs/array": "It belongs in [[{table}]].",
        "belongs/top": "It belongs at the top, before the first line in square brackets.",
        "table/allowed": "a line [{table}] with its keys below",
        "array/allowed": "a line [[{table}]] for each, with its keys below",
        "missing": "it is missing.",
        "problem": "{key}: {why}",
        "problem/allowed": "{key}: {why} Allowed: {allowed}.",
        "unreadable": "the file cannot be read: {why}.",
        "no-utf-8": "this is not UTF-8.",
        "large": "it is larger than {most} MB.",
    },
)


_MOST_BYTES = 2**20
"""Largest settings file of a user."""


class TomlKey(NamedTuple):
    """A key: the field that its value is for, and the reader of the value."""

    field: str
    read: Reader


class Table(NamedTuple):
    """The keys of a table, or of a whole file with its tables."""

    keys: Mapping[str, TomlKey] = {}
    tables: Mapping[str, Table] = {}
    into: str = ""
    """Field for the values of the table; empty if they are fields of the table above."""
    is_array: bool = False
    """True if there may be several such tables: `[[people]]`. Their field gets a tuple of `Row`."""
    other: Reader | None = None
    """Reader of the values of all other keys; None if there are no others."""
    refused: Mapping[str, Message] = {}
    """Key that does not belong into the file -> the reason."""
    has_dotted_names: bool = False
    """True if keys have dots in their names, so that `"a.b"` and `a.b`, a table, are the same."""
    unknown: Message = NOTHING
    """The problem of a key that the table does not have, if it is not the usual one."""
    help: Message = NOTHING
    """Hint at where the keys are listed, if they are too many for a message."""


class Place(NamedTuple):
    """A table in a file.

    `number` counts the tables of an array from 1; it is 0 for other tables.
    """

    name: str = ""
    number: int = 0
    label: str = ""
    """Prefix of keys in messages: `gate.`, `people “claire”: `."""


TOP = Place()
"""The keys above the first table."""


class Row(NamedTuple):
    """One table of an array: its place, its content, and field -> value of its valid keys."""

    place: Place
    content: Mapping[str, Any]
    values: dict[str, Any]


class Problem(NamedTuple):
    """An invalid key or value."""

    place: Place
    key: str
    problem: Message
    allowed: str = ""
    hint: Message = NOTHING

    @property
    def why(self) -> Message:
        """The problem, with the hint."""
        return joined([self.problem, self.hint], " ") if self.hint else self.problem

    @property
    def message(self) -> Message:
        """The message without file and line, for a text that the user does not have."""
        key = self.place.label + self.key
        if not self.allowed:
            return MESSAGES("problem", key=key, why=self.why)
        return MESSAGES("problem/allowed", key=key, why=self.why, allowed=self.allowed)


class SettingsError(ConfigError):
    """Several invalid settings: the message has one line for each, in the order of the file."""

    def __init__(self, problems: Sequence[ConfigError]) -> None:
        Exception.__init__(self, joined([each.message for each in problems], "\n"))
        self.problems = tuple(problems)


def read_file(text: str, path: str, schema: Table) -> dict[str, Any]:
    """Return field -> value of the keys in a file. Raise ConfigError if any is invalid."""
    found, problems = read_table(read_toml(text, path), schema)
    if problems:
        raise config_error(text, path, problems)
    return found


def user_file(path: Path) -> str:
    """Return the text of a user's own file; empty if there is none. Raise ConfigError."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise ConfigError(str(path), "", MESSAGES("large", most=_MOST_BYTES // 2**20))
        return data.decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError(str(path), "", MESSAGES("unreadable", why=str(error.strerror))) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(str(path), "", MESSAGES("no-utf-8"), line=line) from None


def config_error(text: str, path: str, problems: Sequence[Problem]) -> ConfigError:
    """Return the error with all problems in a file, each with its line."""
    lines = lines_of_keys(text)

    def line(problem: Problem) -> int:
        return next((lines[position] for position in _positions(problem) if position in lines), 0)

    errors = [
        ConfigError(path, problem.place.label + problem.key, problem.why, problem.allowed, line(problem))
        for problem in sorted(problems, key=line)
    ]
    return errors[0] if len(errors) == 1 else SettingsError(errors)


def _positions(problem: Problem) -> Iterator[tuple[str, int, str]]:
    """Yield the keys of `lines_of_keys` at which a problem may be found, best first."""
    (name, number, _), key = problem.place, problem.key
    yield name, number, key
    parents, _, last = f"{name}.{key}".removeprefix(".").rpartition(".")
    yield parents, number, last
    yield name, number, ""
    above, _, table = name.rpartition(".")
    yield above, 0, table
    yield key, 0, ""
    yield key, 1, ""


def read_table(
    table: Mapping[str, Any], schema: Table, place: Place = TOP, root: Table | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """Return field -> value of the valid keys of a table, and a problem for each other key.

    `root` is the schema of the file, which says where a misplaced key belongs.
    """
    root = root or schema
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in _dotted(table) if schema.has_dotted_names else table.items():
        try:
            if name in schema.tables:
                problems += _read_inner(name, value, schema.tables[name], place, root, found)
            elif name in schema.keys:
                key = schema.keys[name]
                found[key.field] = key.read(value)
            elif name in schema.refused:
                raise InvalidValueError(schema.refused[name])
            elif schema.other:
                found[name] = schema.other(value)
            else:
                problems.append(_unknown_key(name, value, schema, place, root))
        except InvalidValueError as error:
            problems.append(Problem(place, name, error.problem, error.allowed, error.hint))
    return found, problems


def _dotted(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a table and of the tables in it, by their dotted names."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _read_inner(
    name: str, value: object, schema: Table, above: Place, root: Table, found: dict[str, Any]
) -> list[Problem]:
    """Add the values of a table or an array of tables to those of the table above it.

    Return the problems in it.
    """
    full_name = f"{above.name}.{name}".removeprefix(".")
    if schema.is_array:
        rows, problems = read_rows(value, schema, full_name, root)
        found[schema.into] = rows
        return problems
    if not isinstance(value, dict):
        allowed = MESSAGES("table/allowed", table=full_name)
        raise InvalidValueError(values.MESSAGES("no-table", value=shown(value)), allowed)
    inner, problems = read_table(value, schema, Place(full_name, 0, f"{full_name}."), root)
    found |= {schema.into: inner} if schema.into else inner
    return problems


def read_rows(
    value: object, schema: Table, name: str, root: Table | None = None
) -> tuple[tuple[Row, ...], list[Problem]]:
    """Return the tables of an array, and the problems in them. Raise InvalidValueError if it is
    none.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        key = "unfit" if isinstance(value, list) else "no-list"
        raise InvalidValueError(values.MESSAGES(key, value=shown(value)), MESSAGES("array/allowed", table=name))
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, content in enumerate(value, 1):
        known_id = isinstance(content.get("id"), str) and content["id"]
        place = Place(name, number, f"{name} “{known_id}”: " if known_id else f"{name}[{number}].")
        found, more_problems = read_table(content, schema, place, root)
        problems += more_problems
        rows.append(Row(place, content, found))
    return tuple(rows), problems


def _unknown_key(name: str, value: object, schema: Table, place: Place, root: Table) -> Problem:
    known = (*schema.keys, *schema.tables)
    hint = similar(name, known) or _home(name, root) or schema.help
    problem = MESSAGES("no-table") if isinstance(value, dict) else schema.unknown or MESSAGES("no-key")
    return Problem(place, name, problem, "" if schema.help else ", ".join(known), hint)


def _home(name: str, root: Table) -> Message:
    """Return a hint at the table that a key belongs in; empty if there is none."""
    for table, schema in root.tables.items():
        if name in schema.keys and not schema.is_array:
            return MESSAGES("belongs", table=table)
    if name in root.keys:
        return MESSAGES("belongs/top")
    arrays = (table for table, schema in root.tables.items() if name in schema.keys and schema.is_array)
    array = next(arrays, "")
    return MESSAGES("belongs/array", table=array) if array else NOTHING


class OpenTable(dict[str, Any]):
    """A table whose keys another module reads, with the text that it stands in, for lines."""

    def __init__(self, table: Mapping[str, Any], text: str = "") -> None:
        super().__init__(table)
        self.text = text
