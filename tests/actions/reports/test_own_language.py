"""Reports in a language of their own: translated from it, or adapted in it, into any language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import done, new_project, refusal, transflow
from transflow.attribution.authorship import SOURCE
from transflow.model.catalog import is_adaptation, source_language
from transflow.project import CatalogRef, Project
from transflow.project.languages import source_of

WIRE = """\
---
title: River floods cut three bridges
byline: Ann Porter
date: 2024-03-26
lang: en
---

Three bridges were cut on Monday night. Nobody was hurt, Dr. Kim said.
"""
KOREAN = ("홍수로 다리 3곳 끊겨", "월요일 밤 다리 3곳이 끊겼다.", "김 박사는 다친 사람이 없다고 말했다.")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a newsroom in English and Korean with an English wire report."""
    folder = new_project(tmp_path / "room", ("en", "ko"))
    (tmp_path / "wire.md").write_text(WIRE, encoding="utf-8")
    done(folder, "add", str(tmp_path / "wire.md"), "--slug", "wire", user="claire")
    return folder


def status(folder: Path) -> dict[str, dict[str, object]]:
    return {row["name"]: row for row in json.loads(done(folder, "status", "--format", "json"))}


def test_it_is_split_and_recorded_in_its_own_language(room: Path) -> None:
    project = Project(room)
    for locale in ("en", "ko"):
        place = CatalogRef(locale, "reports", "wire")
        assert source_of(project, place) == source_language(project.load(place)) == "en"
        assert [unit.source for unit in project.load(place).units][1:] == [
            "Three bridges were cut on Monday night.",
            "Nobody was hurt, Dr. Kim said.",
        ]
        assert source_of(project, place._replace(slug="flood")) == "ko"


def test_in_the_language_of_the_story_it_is_its_own_draft_and_earns_nobody_a_credit(room: Path) -> None:
    catalog = Project(room).load(CatalogRef("en", "reports", "wire"))
    assert is_adaptation(catalog)
    assert [(unit.target, unit.fuzzy, [each.who for each in unit.by]) for unit in catalog.units] == [
        (unit.source, False, [SOURCE]) for unit in catalog.units
    ]
    assert "4 of 4 were up to date" in transflow(room, "update", user="claire").out
    done(room, "compose", "en:floods", "--from", "wire", user="eugene")
    done(room, "unit", "confirm", "en:floods", user="eugene")
    assert done(room, "credits", "en:floods") == "\n"
    text = "Three bridges were cut, officials said."
    done(room, "unit", "set", "en:floods#2", text, user="eugene")
    assert done(room, "credits", "en:floods") == "Written in English by Eugene Whong.\n"
    done(room, "ready", "en:floods", user="eugene")
    done(room, "clear", "en:floods", user="mina")
    assert transflow(room, "check").code == 0


def test_an_adapted_sentence_follows_its_report_until_somebody_writes_it(room: Path, tmp_path: Path) -> None:
    done(room, "unit", "set", "en:wire#2", "Three bridges were out on Monday night.", user="claire")
    (tmp_path / "new.md").write_text(WIRE.replace("Three", "Four").replace("Nobody", "No one"), encoding="utf-8")
    done(room, "update", "wire", str(tmp_path / "new.md"), user="claire")
    second, third = Project(room).load(CatalogRef("en", "reports", "wire")).units[1:]
    assert (second.target, second.fuzzy) == ("Three bridges were out on Monday night.", True)
    assert (third.target, third.fuzzy) == ("No one was hurt, Dr. Kim said.", False)
    assert Project(room).load(CatalogRef("ko", "reports", "wire")).units[2].target == ""


def test_an_english_report_becomes_a_korean_story_with_credits_and_gate(room: Path) -> None:
    assert done(room, "unit", "set", "ko:wire#1", "River floods cut three bridges", user="claire")
    assert "is the source" in transflow(room, "check", "--locale", "ko").out
    for number, text in enumerate(KOREAN, 1):
        done(room, "unit", "set", f"ko:wire#{number}", text, user="claire")
    done(room, "compose", "ko:hongsu", "--from", "wire", user="eugene")
    done(room, "unit", "confirm", "ko:hongsu", user="eugene")
    done(room, "ready", "hongsu", user="eugene")
    done(room, "clear", "hongsu", user="mina")
    assert transflow(room, "check").code == 0
    done(room, "render", "hongsu", "--to", "txt,html")
    text = (room / "build/ko/hongsu.txt").read_text(encoding="utf-8")
    assert "Ann Porter 기자" in text
    assert text.splitlines()[-1] == "번역: Claire Lee."
    assert '"inLanguage": "en"' in (room / "build/ko/hongsu.html").read_text(encoding="utf-8")


def test_it_is_said_which_checks_know_the_pair(room: Path) -> None:
    said = transflow(room, "unit", "show", "ko:wire#2").err
    assert "en → ko: these checks look at it:" in said
    assert "numbers" in said.partition("do not know")[2]
    assert "do not know" not in transflow(room, "unit", "show", "en:flood#2").err


def test_a_language_that_is_none_is_named(room: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.md").write_text(WIRE.replace("lang: en", "lang: English!"), encoding="utf-8")
    assert "lang is a language" in refusal(room, "add", str(tmp_path / "odd.md"), user="claire", code=3)


def test_whoever_edits_it_is_credited_as_its_editor_and_translates_nothing(room: Path) -> None:
    done(room, "unit", "set", "en:wire#2", "Floods cut three bridges on Monday night.", user="claire")
    done(room, "compose", "cut", "--from", "wire", "--locale", "en", user="eugene")
    done(room, "unit", "confirm", "cut", user="eugene")
    assert done(room, "credits", "cut").strip() == "Edited by Claire Lee."
    assert "Claire Lee, editor: " in done(room, "credits", "cut", "--explain")
    printed = done(room, "render", "cut", "--draft", "--format", "html", "-o", "-")
    assert '"translator"' not in printed
    assert '"editor": [' in printed or '"editor":[' in printed
    done(room, "unit", "set", "cut#2", "It rained, and floods cut three bridges on Monday night.", user="eugene")
    assert done(room, "credits", "cut").strip() == "Written in English by Eugene Whong. Edited by Claire Lee."
