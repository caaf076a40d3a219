"""Files of other programs with unlimited nesting: an error message instead of a crash."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import contents, done, refusal, transflow
from transflow.errors import ConfigError, UnreadableError
from transflow.findings import baseline
from transflow.json_text import decode_json
from transflow.memory.tmx import entries, units
from transflow.presenters.journal import replay
from transflow.project.cache import folder
from transflow.toml_text.parsing import read_toml

DEEP = 100_000
UNFIT = ["[" * DEEP, '{"a":' * DEEP, "[" * DEEP + "]" * DEEP, "9" * 10_000, "", "{", "nul", "\x00"]


class TestJson:
    @pytest.mark.parametrize("text", UNFIT)
    def test_that_is_none_is_a_value_error(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - any message
            decode_json(text)

    @given(
        st.recursive(
            st.none() | st.text() | st.integers(), lambda each: st.lists(each) | st.dictionaries(st.text(), each)
        )
    )
    def test_that_is_some_is_itself(self, value: object) -> None:
        assert decode_json(json.dumps(value)) == value

    @pytest.mark.parametrize("text", [*UNFIT, "[]", "3", '{"version": 1, "known": [3]}', '{"version": 1, "known": 3}'])
    def test_in_a_baseline_is_named(self, text: str) -> None:
        with pytest.raises(UnreadableError, match="baseline"):
            baseline.parse(text, "baseline.json")

    @pytest.mark.parametrize("text", [*UNFIT, "[]", "3", '{"place": [], "unit": {}, "text": 1}', '{"place": 1}'])
    def test_in_a_journal_costs_no_other_draft(self, text: str) -> None:
        good = '{"place": "p", "unit": "u", "text": "t", "since": "s", "time": ""}'
        drafts = replay(f"{text}\n{good}\n{text}".encode())
        assert drafts["p", "u"].text == "t"

    @pytest.mark.parametrize("text", UNFIT[:4])
    def test_in_a_note_of_a_catalog_is_no_crash(self, room: Path, text: str) -> None:
        catalog = room / "locales/en/reports/flood.po"
        before = catalog.read_text(encoding="utf-8")
        catalog.write_text(before.replace("#. headline", f'#. headline\n# @comment "{text}'), encoding="utf-8")
        assert transflow(room, "unit", "show", "flood").code in (0, 3)

    @pytest.mark.parametrize("text", UNFIT)
    def test_in_a_cache_is_as_if_there_were_none(self, sample: Path, text: str) -> None:
        out = done(sample, "check", "--all")
        (kept,) = folder(sample).rglob("verdicts.db")
        with closing(sqlite3.connect(kept)) as database, database:
            assert database.execute("UPDATE verdict SET value = ?", (text,)).rowcount
        assert done(sample, "check", "--all") == out


def tmx(segment: str) -> bytes:
    return (
        f'<tmx version="1.4"><body>\n<tu>\n<tuv xml:lang="ko"><seg>\n{segment}</seg></tuv></tu></body></tmx>'.encode()
    )


class TestXml:
    @pytest.mark.parametrize("depth", [101, 5_000, DEEP])
    def test_nested_deeply_is_refused_with_its_line(self, depth: int) -> None:
        data = tmx("<hi>" * depth + "\n" + "</hi>" * depth)
        for read in (lambda: entries(data, "old.tmx", "ko", "en"), lambda: list(units(data, "old.tmx"))):
            with pytest.raises(UnreadableError, match=r"old\.tmx:4: its elements are nested"):
                read()

    def test_nested_deeply_around_what_is_read_is_read(self) -> None:
        assert entries(b"<a>" * 2_000 + tmx("x") + b"</a>" * 2_000, "old.tmx", "ko", "en") == []

    def test_of_other_programs_is_read(self) -> None:
        pair = '<tuv xml:lang="{}"><seg>' + "<hi>" * 20 + "{}" + "</hi>" * 20 + "</seg></tuv>"
        data = f"<tmx><body><tu>{pair.format('ko', '네')}{pair.format('en', 'Yes')}</tu></body></tmx>".encode()
        assert [(each.source, each.target) for each in entries(data, "old.tmx", "ko", "en")] == [("네", "Yes")]

    @pytest.mark.parametrize("name", ["old.tmx", "terms.tbx"])
    def test_is_refused_by_commands_and_changes_nothing(self, room: Path, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        data = tmx("<hi>" * DEEP + "</hi>" * DEEP)
        path.write_bytes(
            data if name == "old.tmx" else data.replace(b"<tu>", b"<termEntry>").replace(b"</tu>", b"</termEntry>")
        )
        what = "memory" if name == "old.tmx" else "glossary"
        assert f"{name}:4: its elements are nested" in refusal(room, what, "import", str(path), code=3)


class TestToml:
    @pytest.mark.parametrize(
        "deep",
        [
            "[" * 5_000 + "]" * 5_000,
            "[" * 17 + "]" * 17,
            "{b = " * 3_000 + "1" + "}" * 3_000,
        ],
    )
    def test_nested_deeply_is_refused_with_its_line(self, deep: str) -> None:
        with pytest.raises(ConfigError, match=r"^transflow.toml:2: .*nested"):
            read_toml(f'name = "x"\na = {deep}\n', "transflow.toml")

    @pytest.mark.parametrize("line", ["a." * 200_000 + "b = 1", "[" + "a." * 200_000 + "b]", "a." * 30 + "b = 1"])
    def test_keys_of_many_parts_are_refused_at_once(self, line: str) -> None:
        with pytest.raises(ConfigError, match=r"^transflow.toml:3: .*nested"):
            read_toml(f"x = 1\n\n{line}\n", "transflow.toml")

    def test_in_a_project_is_refused_and_nothing_changes(self, room: Path) -> None:
        with (room / "transflow.toml").open("a", encoding="utf-8") as file:
            file.write("\n[deep]\na = " + "[" * DEEP)
        assert "nested" in refusal(room, "person", "add", "new", "--name", "New", code=2)
        assert contents(room)


class TestTemplates:
    @pytest.mark.parametrize("text", ['{% include "story.txt" %}', "{{ " + "(" * 5_000 + ")" * 5_000 + " }}"])
    def test_that_go_down_without_end_are_refused(self, sample: Path, text: str) -> None:
        folder = sample / "templates"
        folder.mkdir(exist_ok=True)
        settings = sample / "transflow.toml"
        settings.write_text(settings.read_text("utf-8") + '\n[render]\ntemplates = "templates"\n', encoding="utf-8")
        (folder / "story.txt").write_text(text, encoding="utf-8")
        ran = transflow(sample, "render", "un-china-refugees", "--to", "txt")
        assert ran.code == 3, ran
        assert "story.txt" in ran.err
