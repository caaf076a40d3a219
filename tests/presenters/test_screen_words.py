"""Words on the screen: plain ones, in English and in Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.translations import PACKAGE, message_tables
from transflow.messages import Messages
from transflow.presenters import i18n

TECHNICAL = re.compile(r"\b(units?|catalogs?|gate|locales?|render\w*|stale|slugs?)\b", re.IGNORECASE)
TECHNICAL_KOREAN = re.compile("유닛|카탈로그|로캘|렌더|슬러그|게이트")
QUOTED = re.compile(r"\{[^}]*\}|`[^`]*`|--[a-z-]+")
"""Fields, commands and options, which keep their names."""
SHOWN = ("presenters.", "tui.", "stories.", "story_checks.", "checks.", "units.", "attribution.", "update.")
SHOWN_ACTIONS = ("actions.units.", "actions.stories.", "actions.reports.")
"""Areas of messages that screens show besides commands."""


def phrases() -> Iterator[str]:
    for path in sorted((*(PACKAGE / "tui").rglob("*.py"), *(PACKAGE / "presenters").rglob("*.py"))):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'\b(?:_|mark)\(\s*"((?:[^"\\]|\\.)*)"', text)
        for pair in re.findall(r'\bcount\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"', text):
            yield from pair


def templates() -> Iterator[str]:
    tables: list[Messages] = [table for area, table in message_tables() if area.startswith((*SHOWN, *SHOWN_ACTIONS))]
    for table in tables:
        for template in table.values():
            yield from (template,) if isinstance(template, str) else template


def test_no_screen_says_a_technical_word() -> None:
    said = [*phrases(), *templates()]
    assert len(said) > 800
    assert [each for each in said if TECHNICAL.search(QUOTED.sub("", each))] == []


def test_no_screen_says_a_technical_word_in_korean() -> None:
    known = i18n.catalog("ko")
    korean = [(each, found if isinstance(found, str) else found[0]) for each in phrases() if (found := known.get(each))]
    assert len(korean) > 400
    assert [each for each in korean if TECHNICAL_KOREAN.search(QUOTED.sub("", each[1]))] == []


def test_the_words_of_an_editor_stand_on_the_keys() -> None:
    known = i18n.catalog("ko")
    table = {
        "Done": "번역 완료",
        "Reviewed": "감수 완료",
        "Hand to editor": "데스크에 넘기기",
        "Clear to publish": "출고",
    }
    table |= {
        "Leave out": "번역에서 빼기",
        "Cut": "기사에서 빼기",
        "Start story": "기사 만들기",
        "not saved yet": "저장 안 됨",
    }
    assert {each: known.get(each) for each in table} == table
