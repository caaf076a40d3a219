"""The manual of the terminal UI and its table of words, compared with the code."""

from __future__ import annotations

import re

import pytest

from scripts import keys_page
from support import paths
from transflow.cli import cli, screen
from transflow.presenters import i18n, preferences, queue_lines, unit_lines
from transflow.tui import hangul, keymap, keys
from transflow.tui.app import MODES_AT

DOCS = paths.ROOT / "docs"
MANUAL = (DOCS / "terminal.md").read_text(encoding="utf-8")


def glossary() -> dict[str, str]:
    """Return English -> Korean, from the table."""
    text = (DOCS / "screen-words.md").read_text(encoding="utf-8")
    rows = [re.split(r" \| ", line.strip("| ")) for line in text.splitlines() if line.startswith("| ")]
    return {row[0]: row[1] for row in rows[1:]}


def test_the_manual_has_the_keys_of_every_mode_as_they_are() -> None:
    assert keys_page.brought_up(MANUAL) == MANUAL, "python -m scripts.keys_page"
    assert set(keys_page.scopes_in(MANUAL)) == {key.scope for key in keys.TABLE}


def test_the_manual_names_every_mode_theme_and_language() -> None:
    for each in (*MODES_AT, *preferences.THEMES, *i18n.LANGUAGES):
        assert each in MANUAL.lower()
    assert screen.THEMES == preferences.THEMES
    assert {option for each in cli.params for option in each.opts} >= {"--lang", "--theme", "--plain"}


@pytest.mark.parametrize(("english", "korean"), glossary().items())
def test_a_word_of_the_glossary_is_the_word_on_the_screen(english: str, korean: str) -> None:
    known = i18n.catalog("ko")
    assert english in known, f"“{english}” stands nowhere on the screen"
    assert known[english] == korean


def test_the_glossary_has_every_word_for_a_mode_a_state_a_mark_a_kind_and_a_reason_to_wait() -> None:
    modes = [mode.capitalize() for mode in MODES_AT]
    signs = [word for _sign, _look, word in unit_lines.SIGNS.values()]
    lines = [*queue_lines.WAITS.values(), *queue_lines.SORTS, *queue_lines.ARTICLE_STATES.values()]
    wanted = {*modes, *signs, *unit_lines.FLAGS.values(), *unit_lines.KINDS.values(), *lines}
    assert wanted - glossary().keys() == set()


def test_one_korean_word_for_one_thing() -> None:
    """Rejected words: the table has another one for the same meaning."""
    given_up = re.compile(r"초안|되돌아옴|돌려보내|편집자|리포트|한국어 바뀜|바이라인|글쇠|낱말|(?<!미)게재|기밀")
    said = {phrase: text for phrase, text in i18n.catalog("ko").items() if given_up.search(str(text))}
    assert said == {}


@pytest.mark.parametrize("mode", MODES_AT)
def test_every_letter_of_a_mode_has_its_hangul_alias_and_no_alias_means_two_things(mode: str) -> None:
    bound: dict[str, str] = {}
    for scope in (mode, f"{mode}.list"):
        for binding in keymap.bindings(scope):
            assert not isinstance(binding, tuple)
            keys_of = binding.key.split(",")
            for key in keys_of:
                assert bound.setdefault(key, str(binding.id)) == binding.id
                if len(key) == 1 and key.isascii() and key.isalpha():
                    assert hangul.hangul_alias(key) in keys_of
                    assert hangul.latin_letters(hangul.hangul_alias(key)) == key
    assert bound
