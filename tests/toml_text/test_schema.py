"""Schemas of TOML files: every key of every file is read, or refused with file, line and key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow import engines
from transflow.engines.setup import settings as engine_settings
from transflow.errors import ConfigError, similar_name
from transflow.language import style
from transflow.memory import address
from transflow.presenters import preferences
from transflow.settings import config
from transflow.settings.keys import MACHINE, SCHEMA
from transflow.toml_text import values
from transflow.toml_text.schema import SettingsError, Table, TomlKey, read_file, user_file
from transflow.tui import keymap

WRONG: dict[str, Any] = {
    "7": 7,
    "-1": -1,
    "true": True,
    '"ftp:// x"': "ftp:// x",
    "2024-01-01": date(2024, 1, 1),
    "[[1]]": [[1]],
    "[true]": [True],
}
"""Values of all types, as written in a file."""


class File(NamedTuple):
    """A kind of file: its schema, and the function that reads it."""

    schema: Table
    read: Callable[[str, str], object]


def _read_tui(text: str, path: str) -> object:
    return keymap.validated_overrides(preferences.parse(text, path))


def _read_project(text: str, path: str) -> object:
    return style.load(config.parse(text, path).style, "en", path)


FILES = {
    "transflow.toml": File(
        SCHEMA._replace(tables={**SCHEMA.tables, "machine": MACHINE, "machine.en": MACHINE, "style": style.SCHEMA}),
        _read_project,
    ),
    "engines.toml": File(engine_settings.schema(engines.names()), engine_settings.parse),
    "tui.toml": File(preferences.SCHEMA._replace(tables={"keys": keymap.SCHEMA}), _read_tui),
    "memory.toml": File(address.SCHEMA, lambda text, path: read_file(text, path, address.SCHEMA)),
}


def tables(schema: Table, name: str = "") -> Iterator[tuple[str, Table]]:
    """Yield the name and schema of all tables of a file. The name is empty for its top."""
    yield name, schema
    for inner, table in schema.tables.items():
        yield from tables(table, f"{name}.{inner}".removeprefix("."))


TABLES = [(path, name, table) for path, file in FILES.items() for name, table in tables(file.schema)]
KEYS = [(path, name, key, entry) for path, name, table in TABLES for key, entry in table.keys.items()]


def problems(path: str, text: str) -> list[str]:
    """Return the lines of the error about a file."""
    with pytest.raises(ConfigError) as caught:
        FILES[path].read(text, path)
    return str(caught.value).split("\n")


def with_line(path: str, table: str, line: str, above: str = "") -> tuple[str, int]:
    """Return a file with one line in a table, and the number of the line."""
    schema = dict(tables(FILES[path].schema))[table]
    header = f"[[{table}]]\n" if schema.is_array else f"[{table}]\n" if table else ""
    head = f"format = 2\n{above}" if path == "transflow.toml" and table else above
    text = f"{head}{header}{line}\n"
    return text, text.count("\n", 0, text.index(header + line)) + header.count("\n") + 1


class TestEveryKeyOfEveryFile:
    @pytest.mark.parametrize(
        ("path", "table", "key", "entry"), KEYS, ids=[f"{each[0]}-{each[1]}.{each[2]}" for each in KEYS]
    )
    def test_with_a_wrong_value_is_refused_with_file_line_and_key(
        self, path: str, table: str, key: str, entry: TomlKey
    ) -> None:
        refused = [written for written, value in WRONG.items() if is_refused(entry, value)]
        assert refused
        for written in refused:
            name = f'"{key}"' if "." in key else key
            text, line = with_line(path, table, f"{name} = {written}", "# one\n\n# two\n")
            is_array = dict(tables(FILES[path].schema))[table].is_array
            label = rf"{table}(\[1\]\.| “.*”: )" if is_array else re.escape(f"{table}.".removeprefix("."))
            wanted = re.compile(rf"{path}:{line}: {label}{re.escape(key)}: .")
            assert any(map(wanted.match, problems(path, text))), text

    @pytest.mark.parametrize(("path", "table", "schema"), TABLES, ids=[f"{each[0]}-{each[1]}" for each in TABLES])
    def test_misspelt_suggests_the_nearest_key(self, path: str, table: str, schema: Table) -> None:
        known = [*schema.keys, *schema.tables]
        for key in () if schema.other else schema.keys:
            misspelt = f"{key}{key[-1]}x"
            text, line = with_line(path, table, f'"{misspelt}" = "x"')
            close = similar_name(misspelt, known)
            assert close, misspelt
            found = [each for each in problems(path, text) if each.startswith(f"{path}:{line}: ")]
            assert any(f"{misspelt}: there is no such" in each and f" Did you mean {close}?" in each for each in found)

    @pytest.mark.parametrize("path", FILES)
    @given(st.text(st.characters(codec="ascii", categories=["L"]), min_size=6, max_size=9), st.integers(0, 5))
    def test_other_keys_are_refused_at_their_line(self, path: str, key: str, lines: int) -> None:
        key = f"no-{key}"
        (problem,) = problems(path, "\n" * lines + f"{key} = 1")
        assert problem.startswith(f"{path}:{lines + 1}: {key}: there is no such key.")


def is_refused(entry: TomlKey, value: object) -> bool:
    try:
        entry.read(value)
    except values.InvalidValueError:
        return True
    return False


WORDS = Table(
    keys={"size": TomlKey("size", values.count(1))},
    tables={
        "flat": Table({"note": TomlKey("first", values.text)}),
        "own": Table({"two": TomlKey("second", values.flag)}, into="inner"),
        "open": Table(other=values.text, into="texts", has_dotted_names=True),
        "row": Table({"id": TomlKey("id", values.text), "day": TomlKey("day", values.day)}, into="rows", is_array=True),
    },
)


class TestReading:
    def test_a_table_gives_its_values_to_the_one_above_or_to_a_field(self) -> None:
        text = 'size = 2\n[flat]\nnote = "a"\n[own]\ntwo = true\n[open]\nx.y = "b"\n"x.z" = "c"\n'
        assert read_file(text, "t", WORDS) == {
            "size": 2,
            "first": "a",
            "inner": {"second": True},
            "texts": {"x.y": "b", "x.z": "c"},
        }

    def test_an_array_gives_a_row_for_each_table(self) -> None:
        rows = read_file('[[row]]\nid = "a"\n[[row]]\nday = 2024-03-01\n', "t", WORDS)["rows"]
        assert [row.values for row in rows] == [{"id": "a"}, {"day": "2024-03-01"}]
        assert [row.place for row in rows] == [("row", 1, "row “a”: "), ("row", 2, "row[2].")]

    def test_nothing_is_left_out_of_an_empty_file(self) -> None:
        assert read_file("", "t", WORDS) == {}

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("note = 1", "t:1: note: there is no such key. It belongs in [flat]. Allowed: size, flat, own, open, row."),
            ("day = 1", "t:1: day: there is no such key. It belongs in [[row]]."),
            (
                "[flat]\nsize = 1",
                "t:2: flat.size: there is no such key. It belongs at the top, before the first line in square brackets.",
            ),
            ("[flta]", "t:1: flta: there is no such table. Did you mean flat?"),
            ("flat = 1", "t:1: flat: 1 is not a table. Allowed: a line [flat] with its keys below."),
            ("row = 1", "t:1: row: 1 is not a list. Allowed: a line [[row]] for each, with its keys below."),
            ("row = [1]", "t:1: row: a list does not fit."),
            ('[[row]]\n[[row]]\nid = "b"\nday = 1', "t:4: row “b”: day: 1 is not a date."),
            ("[open]\nx.y = 1", "t:2: open.x.y: 1 is not a text."),
            ('[open.x]\n\n"y" = 1', "t:3: open.x.y: 1 is not a text."),
        ],
    )
    def test_a_problem_names_file_line_key_and_what_is_allowed(self, text: str, problem: str) -> None:
        with pytest.raises(ConfigError) as caught:
            read_file(text, "t", WORDS)
        assert str(caught.value).startswith(problem)

    def test_all_problems_are_named_in_the_order_of_the_file(self) -> None:
        with pytest.raises(SettingsError) as caught:
            read_file("[own]\ntwo = 1\n[flat]\nnote = 2\n[own.x]\n", "t", WORDS)
        assert [line.partition(": ")[0] for line in str(caught.value).split("\n")] == ["t:2", "t:4", "t:5"]

    def test_a_key_that_does_not_belong_into_the_file_is_refused_with_the_reason(self) -> None:
        secret = values.MESSAGES("table")
        with pytest.raises(ConfigError, match="t:1: password: a table"):
            read_file('password = "x"', "t", Table(refused={"password": secret}))


class TestAUsersOwnFile:
    def test_may_be_missing(self, tmp_path: Path) -> None:
        assert user_file(tmp_path / "tui.toml") == ""

    def test_that_is_no_text_is_refused_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "tui.toml"
        path.write_bytes(b"# one\nlang = '\xff'\n")
        with pytest.raises(ConfigError, match=r"tui\.toml:2: this is not UTF-8\."):
            user_file(path)

    def test_that_is_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"the file cannot be read: Is a directory\."):
            user_file(tmp_path)
