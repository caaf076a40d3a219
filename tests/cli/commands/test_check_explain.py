"""`transflow check --explain`: what was read on both sides, and how often the checks are right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import REPORT, done, transflow


def written(room: Path) -> Path:
    done(room, "unit", "set", "flood#2", "Two bridges failed on the night of the 6th.", user="claire")
    return room


def test_every_reading_stands_with_what_accounts_for_it(room: Path) -> None:
    ran = transflow(written(room), "check", "--explain", "flood#2")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "flood#2", "  강변시 다리 3곳이 5일 밤 끊겼다.", "  Two bridges failed on the night of the 6th.",
    ]  # fmt: skip
    assert "  “3곳” is 3, and nothing accounts for it" in lines
    assert "  “Two” is 2, and nothing accounts for it" in lines
    assert any(line.startswith("Error: ") and line.endswith("(numbers.different)") for line in lines)
    assert "No check reports an issue." not in lines


def test_scripts_read_it_as_json(room: Path) -> None:
    (answer,) = json.loads(transflow(written(room), "check", "--explain", "flood#2", "--format", "json").out)
    assert answer["ref"] == "flood#2"
    numbers = next(each for each in answer["families"] if each["family"] == "numbers")
    for side, text in (("source", answer["source"]), ("target", answer["target"])):
        for reading in numbers[side]:
            start, end = reading["span"]
            assert text[start:end] == reading["text"]
    assert {each["check"] for each in answer["issues"]} >= {"numbers.different"}
    assert all("precision" in each for each in answer["issues"])


def test_what_cannot_be_explained_is_said(room: Path) -> None:
    untranslated = transflow(room, "check", "--explain", "flood#3")
    assert (untranslated.code, untranslated.out) == (0, "")
    assert "flood#3 has no translation to explain." in untranslated.err
    assert transflow(room, "check", "--explain", "nowhere#1").code == 2
    both = transflow(room, "check", "--explain", "flood#2", "--fix")
    assert both.code == 2
    assert "--fix" in both.err


def test_in_ci_a_confidential_report_is_not_explained(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(room)
    (room / "sources/flood.md").write_text(
        REPORT.replace("dateline:", "confidential: true\ndateline:"), encoding="utf-8"
    )
    ran = transflow(room, "check", "--explain", "flood#2")
    assert "bridges" in ran.out
    monkeypatch.setenv("CI", "true")
    ran = transflow(room, "check", "--explain", "flood#2")
    assert ran.code != 0
    assert "bridges" not in ran.out + ran.err
