"""Specification of what an agent sees of a newsroom with texts that are withheld."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.agents import SECRETS, LocalAgent, newsroom
from support.commands import done


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a newsroom where a paragraph was written before its sentence went off the record."""
    folder = newsroom(tmp_path_factory.mktemp("sight") / "room")
    done(folder, "unit", "set", "council#5", "Work begins at Quillmarn on April 2.", user="claire")
    done(folder, "compose", "brook", user="eugene")
    done(folder, "unit", "confirm", "brook#3", user="eugene")
    done(folder, "unit", "ask", "council#8", "Is “Work begins at Quillmarn on April 2.” right?", user="claire")
    done(folder, "unit", "record", "council#5", "hold", user="claire")
    return folder


def told(room: Path, tool: str, **arguments: object) -> str:
    answer = LocalAgent(room).call(tool, **arguments)
    assert not [secret for secret in SECRETS if secret in answer.text], answer.text
    return answer.text


def test_not_the_sentence_nor_what_was_made_from_it_nor_what_quotes_it(room: Path) -> None:
    refs = [each["ref"] for each in LocalAgent(room).done("read", ref="council")["units"]]
    assert refs == ["council#1", "council#2", "council#3", "council#4", "council#7", "council#9"]
    assert [each["ref"] for each in LocalAgent(room).done("read", ref="brook")["units"]] == [
        "brook#1",
        "brook#2",
        "brook#4",
    ]
    for tool in ("read", "check"):
        for ref in ("council", "brook", "council#5", "brook#3"):
            told(room, tool, ref=ref)


def test_not_by_a_search_nor_in_the_memory(room: Path) -> None:
    for words in ("Quillmarn", "벽옥수리", "은향목", "April"):
        told(room, "search", words=words)
    for text in ("벽옥수리는 은향목 금고에 있다.", "공사는 4월 2일 시작된다."):
        told(room, "memory", text=text, threshold=1, limit=20)


def test_the_embargoed_once_its_time_has_come(room: Path) -> None:
    report = room / "sources/amber-case.md"
    text = report.read_text(encoding="utf-8")
    assert "amber-case" not in told(room, "list")
    report.write_text(text.replace("2099-01-01", "2020-01-01"), encoding="utf-8")
    assert "amber-case" in LocalAgent(room).call("list").text
    assert "Quillmarn" in LocalAgent(room).call("read", ref="amber-case").text
    report.write_text(text, encoding="utf-8")
    told(room, "read", ref="amber-case")


def test_a_session_looks_anew_at_each_call(room: Path) -> None:
    report, helper = room / "sources/flood.md", LocalAgent(room)
    text = report.read_text(encoding="utf-8")
    assert not helper.call("read", ref="flood#1").is_error
    report.write_text(text.replace("dateline", "confidential: true\ndateline", 1), encoding="utf-8")
    assert helper.call("read", ref="flood#1").is_error
    assert helper.call("read", ref="river#1").is_error
    report.write_text(text, encoding="utf-8")
    assert not helper.call("read", ref="flood#1").is_error
