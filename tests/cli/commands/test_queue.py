"""`transflow queue`."""

from __future__ import annotations

import json
from pathlib import Path

from support.commands import done, transflow
from transflow.actions.reports.queue import REASONS
from transflow.cli.commands.queue import MESSAGES

PLAIN = "태풍이 지나갔다\n\n태풍이 6일 새벽 지나갔다. 피해는 적었다.\n둘째 줄은 둘째 문단이다.\n"


def file(folder: Path, name: str, text: str) -> str:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_queue_has_what_is_mine_with_its_deadline_most_urgent_first(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", "--due", "2098-03-26 18:00", user="mina")
    done(room, "unit", "set", "flood#1", "Bridges out", user="claire")
    done(room, "unit", "return", "flood#1", "Too short.", user="mina")
    done(room, "unit", "ask", "flood#2", "Three or four?", "--to", "claire", user="leejin")
    assert done(room, "queue", user="claire").splitlines() == [
        "flood#2  1 to answer  due 2098-03-26 18:00",
        "flood#1  1 sent back  due 2098-03-26 18:00",
        "flood#2-5  4 to translate  due 2098-03-26 18:00",
    ]


def test_an_editor_s_queue_has_what_may_be_approved_and_the_stories_to_clear(translated: Path) -> None:
    assert "flood#1,3-5  4 to approve" in done(translated, "queue", user="juno")
    done(translated, "unit", "confirm", "bridges", user="eugene")
    done(translated, "ready", "bridges", user="eugene")
    assert "bridges  to read and clear" in done(translated, "queue", user="mina")
    assert "bridges" not in done(translated, "queue", user="claire")


def test_a_queue_for_machines(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", "--units", "2-3", "--due", "2098-03-26 18:00", user="mina")
    assert json.loads(done(room, "queue", "--format", "json", user="claire")) == [
        {"ref": "en:flood#2-3", "what": "translate", "due": "2098-03-26T09:00:00Z", "overdue": False}
    ]
    assert json.loads(done(room, "queue", "--format", "json", user="leejin")) == []


def test_a_catalog_that_cannot_be_read_is_named_and_the_rest_of_the_queue_is_shown(room: Path) -> None:
    done(room, "add", file(room, "typhoon.txt", PLAIN))
    done(room, "assign", "typhoon", "--to", "claire", user="mina")
    (room / "locales/en/reports/flood.po").write_text("junk\n", encoding="utf-8")
    ran = transflow(room, "queue", user="claire")
    assert ran.code == 3
    assert "locales/en/reports/flood.po:1" in ran.err
    assert ran.out == "typhoon#1-4  4 to translate\n"


def test_an_empty_queue_says_whose_it_is(room: Path) -> None:
    ran = transflow(room, "queue", user="leejin")
    assert ran == (0, "", "Nothing waits for leejin.\n")


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) - set(MESSAGES) == set()
