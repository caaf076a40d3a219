"""Readers: which of them reads a file, and the report that comes out of it.

`tests/golden/readers/NAME/` has files for the reader NAME; beside each, `FILE.report` is the report
that it reads: front matter, Markdown, and a line for each issue.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from support.commands import REPORT, done, refusal, transflow
from transflow import readers
from transflow.errors import UnknownNameError, UnreadableError, UsageError
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.report import write_front

GOLDEN = paths.TESTS / "golden" / "readers"
FILES = [path for path in sorted(GOLDEN.glob("*/*")) if path.suffix != ".report"]
PLAIN = "태풍이 지나갔다\n\n태풍이 6일 새벽 지나갔다.\n"


def as_text(report: IncomingReport) -> str:
    """Return everything in a report as text."""
    issues = "".join(f"{each.location.line}: {each.severity}: {each.message}\n" for each in report.issues)
    return f"{write_front(report.front)}\n{report.body.strip()}\n\n{'headline first' * report.begins_with_headline}\n{issues}"


# Every reader


@pytest.mark.parametrize("name", readers.names())
def test_a_reader_is_documented_and_has_a_file_to_read(name: str) -> None:
    reader = readers.load(name)
    assert (reader.__doc__ or "").strip()
    assert reader.DESCRIPTION.endswith(".")
    assert [path for path in FILES if path.parent.name == name] != []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_recognised_and_read_as_it_was(path: Path) -> None:
    data, name = path.read_bytes(), path.parent.name
    assert readers.recognise(data, path.name) == name
    if readers.missing(name):
        pytest.skip(f"{name} needs {readers.missing(name)}")
    found = as_text(readers.read(data, path.name))
    expected = path.with_name(f"{path.name}.report")
    if os.environ.get("TRANSFLOW_WRITE_GOLDENS"):
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("name", [name for name in readers.names() if not readers.missing(name)])
def test_a_file_of_another_kind_is_read_or_refused(name: str, path: Path) -> None:
    with suppress(UnreadableError):
        assert isinstance(readers.read(path.read_bytes(), path.name, name), IncomingReport)


@given(st.binary() | st.text().map(str.encode), st.sampled_from(["-", "a.md", "a.txt", "a", "a.docx"]))
def test_any_bytes_are_recognised_by_some_reader(data: bytes, name: str) -> None:
    certainties = [readers.load(each).recognises(data, name) for each in readers.names()]
    assert max(certainties) >= Certainty.FALLBACK
    assert readers.load(readers.recognise(data, name)).recognises(data, name) == max(certainties)


# Recognition


@pytest.mark.parametrize(
    ("text", "name", "reader"),
    [
        (REPORT, "a.md", "markdown"),
        (REPORT, "a.txt", "markdown"),
        ("\ufeff" + REPORT.replace("\n", "\r\n"), "-", "markdown"),
        (PLAIN, "a.md", "markdown"),
        (PLAIN, "a.markdown", "markdown"),
        (PLAIN, "a.txt", "text"),
        (PLAIN, "-", "text"),
        ("# 제목\n\n첫째.\n", "a", "text"),
        ("", "a", "text"),
    ],
)
def test_the_content_decides_and_else_the_name(text: str, name: str, reader: str) -> None:
    assert readers.recognise(text.encode(), name) == reader


def test_a_named_reader_is_taken_whatever_the_file_is() -> None:
    assert readers.read(REPORT.encode(), "a.md", "text").front == FrontMatter()
    assert readers.read(PLAIN.encode(), "a.txt", "markdown").body == PLAIN


def test_an_unknown_reader_is_an_error_that_names_a_similar_one() -> None:
    with pytest.raises(UnknownNameError, match=r"there is no reader “tex”\. Did you mean text\?"):
        readers.read(b"", "a", "tex")


# Imported files


def test_an_imported_report_records_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers.load("text"), "IS_ORIGINAL", False)
    report = readers.read(PLAIN.encode(), "folder/typhoon.hwp", "text")
    assert (report.front.origin, report.front.reader, report.is_original) == ("typhoon.hwp", "text", False)
    assert len(report.front.origin_digest) == 64
    assert readers.read(PLAIN.encode(), "-", "text").front.origin == ""


def test_a_reader_whose_package_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers.load("text"), "NEEDS", {"no_such_package": "papers"})
    assert readers.missing("text") == ["no_such_package"]
    message = r"text: no_such_package is not installed: pip install 'transflow\[papers\]'\."
    with pytest.raises(UsageError, match=message):
        readers.read(PLAIN.encode(), "a.txt")


# Commands


def test_the_command_lists_the_readers_and_what_they_need(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = done(room, "readers").splitlines()
    assert [line.split()[0] for line in listed if not line.startswith(" ")] == list(readers.names())
    width = max(map(len, readers.names()))
    assert f"{'text':<{width}}  Plain text: a line is a paragraph, the first is the headline." in listed
    monkeypatch.setattr(readers.load("text"), "NEEDS", {"no_such_package": "papers", "pytest": "tests"})
    listed = done(room, "readers").splitlines()
    at = next(number for number, line in enumerate(listed) if line.startswith("text "))
    assert listed[at + 1 : at + 3] == [
        f"{' ' * width}  It needs no_such_package, which is not installed: pip install 'transflow[papers]'.",
        f"{' ' * width}  It needs pytest, which is installed.",
    ]


def test_add_and_update_take_the_reader_that_is_named(room: Path) -> None:
    typhoon = room.parent / "typhoon.md"
    typhoon.write_text(PLAIN, encoding="utf-8")
    assert "has no headline" in refusal(room, "add", str(typhoon), code=2)
    done(room, "add", str(typhoon), "--reader", "text")
    assert "title: 태풍이 지나갔다" in (room / "sources/typhoon.md").read_text(encoding="utf-8")
    typhoon.write_text(PLAIN + "# 1위다.\n", encoding="utf-8")
    done(room, "update", "typhoon", str(typhoon), "--reader", "text")
    assert "\\# 1위다." in (room / "sources/typhoon.md").read_text(encoding="utf-8")
    assert "name its FILE" in refusal(room, "update", "typhoon", "--reader", "text", code=2)
    assert "no reader “tex”" in refusal(room, "add", str(typhoon), "--reader", "tex", code=2)
    assert "leave --plain and --markdown out" in refusal(
        room, "add", str(typhoon), "--reader", "text", "--markdown", code=2
    )


def test_a_new_version_that_is_imported_keeps_the_fields_that_it_does_not_have(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = room / "sources/flood.md"
    path.write_text(REPORT.replace("byline", "confidential: true\nbyline"), encoding="utf-8")
    original = readers.load("text").read

    def read(data: bytes, name: str) -> IncomingReport:
        report = original(data, name)
        return report._replace(front=replace(report.front, title="새 제목"))

    monkeypatch.setattr(readers.load("text"), "IS_ORIGINAL", False)
    monkeypatch.setattr(readers.load("text"), "read", read)
    ran = transflow(room, "update", "flood", "-", stdin="다리\u20284곳이 끊겼다.\n")
    assert (ran.code, ran.err) == (0, "-:1: U+2028 (Unicode's line separator) is read as a space.\n")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {"title: 새 제목", "byline: 이정은", "confidential: true", "reader: text"} <= {*lines}
    assert lines[-1] == "다리 4곳이 끊겼다."
