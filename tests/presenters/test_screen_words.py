"""Words on the screen: plain ones, in English and in Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.translations import PACKAGE, message_tables
from transflow.messages import Messages
from transflow.presenters import i18n

TECHNICAL = re.compile(r"\b(units?|catalogs?|gate|locales?|render\w*|stale|slugs?)\b", re.IGNORECASE)
OF_COMMANDS = re.compile(r"\b(confirm\w*|approv\w*|omit\w*|compos\w*|fuzzy|drafts?)\b", re.IGNORECASE)
"""Names of steps on the command line: a screen has the words of docs/screen-words.md for them."""
OF_COMMANDS_KOREAN = re.compile("확정|(?<!출고 )(?<!출고를 )승인|초고")
MACHINE_DRAFT = re.compile("machine(’s|'s)? drafts?|기계 초고|기계 초벌", re.IGNORECASE)
REFUSALS = ("units.workflow", "units.regroup", "stories.clearance", "stories.compose", "stories.machine_share")
"""Areas whose refusals screens show as they are."""
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


def templates(areas: tuple[str, ...] = (*SHOWN, *SHOWN_ACTIONS)) -> Iterator[str]:
    tables: list[Messages] = [table for area, table in message_tables() if area.startswith(areas)]
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


def test_no_screen_says_the_name_of_a_step_on_the_command_line() -> None:
    said = [MACHINE_DRAFT.sub("", QUOTED.sub("", each)) for each in (*phrases(), *templates(REFUSALS))]
    assert [each for each in said if OF_COMMANDS.search(each)] == []
    known = i18n.catalog("ko")
    korean = [found if isinstance(found, str) else found[0] for each in phrases() if (found := known.get(each))]
    assert [each for each in korean if OF_COMMANDS_KOREAN.search(MACHINE_DRAFT.sub("", QUOTED.sub("", each)))] == []


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
