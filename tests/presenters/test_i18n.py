"""The texts on the screen: both languages are complete, and the user's one is selected."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from scripts import translations
from support import paths
from transflow.presenters import i18n

LOCALES = paths.ROOT / "transflow" / "translations"
PLACES = re.compile(r"\{\w*[^{}]*\}")


def messages(language: str) -> dict[object, Message]:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return {_key(message): message for message in read_po(file, locale=language, abort_invalid=True) if message.id}


def _key(message: Message) -> object:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def _texts(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string),)


@pytest.mark.slow
@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_every_phrase_in_the_code_has_a_translation(language: str) -> None:
    known = messages(language)
    wanted = {_key(message) for message in translations.phrases() if message.id}
    assert known.keys() == wanted, "python -m scripts.translations"
    assert [message.id for message in known.values() if message.fuzzy or not all(_texts(message))] == []


@pytest.mark.slow
def test_the_fields_of_every_message_are_names() -> None:
    for area, templates in translations.message_tables():
        for template in templates.values():
            for text in [template] if isinstance(template, str) else template:
                fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
                assert all(map(str.isidentifier, fields)), (area, text)


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_a_translation_has_the_places_of_its_phrase(language: str) -> None:
    for message in messages(language).values():
        phrase = message.id[-1] if isinstance(message.id, list | tuple) else message.id
        for text in _texts(message):
            assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(phrase)), message.id


@pytest.mark.slow
@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_the_catalogs_are_as_the_extraction_writes_them(language: str) -> None:
    path = LOCALES / f"{language}.po"
    assert translations.brought_up(path.read_bytes(), language, translations.phrases()) == path.read_bytes()


@pytest.mark.parametrize(
    ("wanted", "environment", "language"),
    [
        ("", {}, "en"),
        ("ko", {"LANG": "en_US.UTF-8"}, "ko"),
        ("", {"LANG": "ko_KR.UTF-8"}, "ko"),
        ("", {"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"),
        ("", {"LC_MESSAGES": "ko", "LANG": "en_GB"}, "ko"),
        ("", {"LANG": "vi_VN"}, "en"),
        ("ko-KR", {}, "ko"),
        ("", {"TRANSFLOW_LANG": "en", "LC_ALL": "ko_KR.UTF-8"}, "en"),
        ("", {"TRANSFLOW_LANG": "ko", "LANG": "en_US.UTF-8"}, "ko"),
        ("en", {"TRANSFLOW_LANG": "ko"}, "en"),
    ],
)
def test_the_language_of_the_screen_is_chosen(wanted: str, environment: dict[str, str], language: str) -> None:
    assert i18n.chosen(wanted, environment) == language


@pytest.mark.parametrize(
    ("wanted", "environment", "language"),
    [
        ("", {"LC_ALL": "ko_KR.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
        ("", {"TRANSFLOW_LANG": "ko"}, "ko"),
        ("en", {"TRANSFLOW_LANG": "ko"}, "en"),
        ("", {"TRANSFLOW_LANG": "vi"}, "en"),
    ],
)
def test_the_locale_has_no_say_in_the_language_of_commands(
    wanted: str, environment: dict[str, str], language: str
) -> None:
    assert i18n.chosen_for_commands(wanted, environment) == language


@pytest.mark.parametrize("language", translations.TRANSLATED)
def test_a_catalog_is_read_as_babel_reads_it(language: str) -> None:
    read = {
        message.id[0] if isinstance(message.id, list | tuple) else message.id: message.string
        for message in messages(language).values()
    }
    assert i18n.catalog(language) == read


def test_counted_phrases_have_their_number() -> None:
    try:
        assert i18n.count("{n} warning", "{n} warnings", 1) == "1 warning"
        assert i18n.count("{n} warning", "{n} warnings", 2) == "2 warnings"
        i18n.use("ko")
        assert i18n.count("{n} warning", "{n} warnings", 2) == "경고 2개"
        assert i18n._("Translate") == "번역"
    finally:
        i18n.use("en")
