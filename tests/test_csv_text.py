"""CSV cells are text to every spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import STAFF, TEXTS, done
from transflow.csv_text import quoted, unquoted

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.text(st.sampled_from("'=+-@\t\r\n＝a1")) | st.text())
def test_a_cell_is_read_as_it_was_written(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not quoted(text).startswith(STARTS)


@pytest.mark.parametrize("text", ["", "a=1", "'twas", "평양", "'", "1+1"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert (quoted(text), unquoted(text)) == (text, text)


def test_no_command_writes_a_formula(room: Path, tmp_path: Path) -> None:
    settings = room / "transflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"Mina Park"', '"=1+1"'), encoding="utf-8")
    done(room, "glossary", "add", "+강변시", "=HYPERLINK(1)", "--note", "@cell", user="claire")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "story", "--from", "flood", user="eugene")
    done(room, "glossary", "export", str(tmp_path / "terms.csv"))
    written = [(tmp_path / "terms.csv").read_text(encoding="utf-8-sig")]
    for by in ("person", "story", "engine"):
        written.append(done(room, "stats", "--by", by, "--to", "csv", user=STAFF[4].id))
    for text in written:
        cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
        assert cells
        assert [cell for cell in cells if cell.startswith(STARTS)] == []
    before = done(room, "glossary", "list")
    done(room, "glossary", "import", str(tmp_path / "terms.csv"), user="claire")
    assert done(room, "glossary", "list") == before
