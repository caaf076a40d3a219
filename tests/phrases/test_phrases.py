"""Printed phrases of stories: complete, in the language of the story, and in one place."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from hypothesis import given
from hypothesis import strategies as st

import transflow
from transflow import phrases

METHODS = [
    ("tui/**.py", "ignore"),
    ("presenters/**.py", "ignore"),
    ("web/**.*", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.*", "jinja2"),
]
"""The texts of the terminal UI and of the browser have catalogs of their own."""
OPTIONS = {"**/templates/**.*": {"silent": "false"}}
PLACEHOLDER = re.compile(r"\{(\w*)\}")


@cache
def phrases_in_the_source() -> set[str]:
    folder = Path(transflow.__file__).parent
    found = extract_from_dir(folder, METHODS, OPTIONS, keywords={"_": None})
    return {str(message) for _, _, message, _, _ in found}


@pytest.mark.parametrize("locale", phrases.LOCALES)
def test_every_catalog_has_exactly_the_phrases_of_the_source(locale: str) -> None:
    assert set(phrases.catalog(locale)) == phrases_in_the_source()


@pytest.mark.parametrize("locale", phrases.LOCALES)
def test_a_translation_has_the_placeholders_of_its_phrase(locale: str) -> None:
    for phrase, translation in phrases.catalog(locale).items():
        assert sorted(PLACEHOLDER.findall(translation)) == sorted(PLACEHOLDER.findall(phrase)), phrase


def test_every_catalog_that_is_there_is_a_locale() -> None:
    folder = Path(phrases.__file__).parent
    assert sorted(path.stem for path in folder.glob("*.po")) == sorted(phrases.LOCALES)


def test_english_says_what_the_source_says() -> None:
    assert all(phrase == translation for phrase, translation in phrases.catalog("en").items())


@pytest.mark.parametrize(
    ("locale", "printed"),
    [
        ("en_GB", "en"),
        ("en-US", "en"),
        ("ko_KR", "ko"),
        ("vi_VN", "vi"),
        ("zh_Hans_CN", "zh_Hans"),
        ("zh-Hans", "zh_Hans"),
        ("zh_CN", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("zh_TW", "en"),
        ("zh_Hant", "en"),
        ("fr", "en"),
        ("xx", "en"),
        ("", "en"),
        ("../../etc/passwd", "en"),
    ],
)
def test_a_locale_falls_back_within_its_script_and_else_to_english(locale: str, printed: str) -> None:
    assert phrases.negotiated(locale) == printed


def test_a_phrase_of_a_projects_own_template_stays_as_it_is() -> None:
    assert phrases.translate("ko")("Follow us") == "Follow us"


@pytest.mark.parametrize(
    ("locale", "two", "three"),
    [
        ("en", "A and B", "A, B and C"),
        ("ko", "A, B", "A, B, C"),
        ("zh_Hans", "A、B", "A、B、C"),
        ("vi", "A và B", "A, B và C"),
        ("fr", "A and B", "A, B and C"),
    ],
)
def test_names_are_joined_as_newsrooms_of_the_language_do(locale: str, two: str, three: str) -> None:
    assert phrases.join_names(["A", "B"], locale) == two
    assert phrases.join_names(["A", "B", "C"], locale) == three


@given(st.lists(st.text("ab{}%\\", min_size=1), max_size=5), st.sampled_from(phrases.LOCALES))
def test_no_name_is_lost_or_changed_in_joining(names: list[str], locale: str) -> None:
    joined = phrases.join_names(names, locale)
    assert len(joined) >= sum(map(len, names))
    assert all(name in joined for name in names)
    assert bool(joined) == bool(names)


@pytest.mark.parametrize(
    ("locale", "line"),
    [("en", "By A and B"), ("ko", "A, B 기자"), ("zh_Hans", "记者：A、B"), ("vi", "A và B tường trình")],
)
def test_a_byline(locale: str, line: str) -> None:
    assert phrases.byline(["A", "B"], locale) == line
    assert phrases.byline([], locale) == ""


@pytest.mark.parametrize(
    ("language", "locale", "name"),
    [
        ("en", "en", "English"),
        ("ko", "ko", "한국어"),
        ("vi", "vi", "tiếng Việt"),
        ("zh_Hans", "zh_Hans", "中文"),
        ("fr", "fr", "French"),
        ("xx", "en", "xx"),
    ],
)
def test_a_language_is_named_in_the_language_of_the_phrases(language: str, locale: str, name: str) -> None:
    assert phrases.language_name(language, locale) == name


def test_a_day_is_that_of_the_offset_it_is_written_with() -> None:
    assert phrases.long_date("2024-03-26T23:40:12-05:00", "en") == "March 26, 2024"
    assert phrases.long_date("2024-03-26", "ko") == "2024년 3월 26일"
    assert phrases.long_date("soon", "en") == "soon"


@pytest.mark.parametrize(("locale", "expected"), [("ar", "rtl"), ("he_IL", "rtl"), ("ko", "ltr"), ("xx", "ltr")])
def test_the_direction_of_a_locale(locale: str, expected: str) -> None:
    assert phrases.direction(locale) == expected


@pytest.mark.parametrize(
    ("locale", "expected"), [("en", "en_US"), ("en_GB", "en_GB"), ("ko", "ko_KR"), ("zh_Hans", "zh_CN"), ("xx", "xx")]
)
def test_open_graph_wants_a_territory(locale: str, expected: str) -> None:
    assert phrases.territory_locale(locale) == expected


@pytest.mark.parametrize(
    ("moment", "timezone", "shown"),
    [
        ("2026-03-08T18:00:00+09:00", "Asia/Seoul", "March 8, 2026, 18:00 KST"),
        ("2026-03-08T01:59:59-05:00", "America/New_York", "March 8, 2026, 01:59 EST"),
        ("2026-03-08T03:00:00-04:00", "America/New_York", "March 8, 2026, 03:00 EDT"),
        ("2026-11-01T01:30:00-04:00", "America/New_York", "November 1, 2026, 01:30 EDT"),
        ("2026-11-01T01:30:00-05:00", "America/New_York", "November 1, 2026, 01:30 EST"),
        ("2026-03-08T09:00:00+00:00", "UTC", "March 8, 2026, 09:00 UTC"),
        ("2026-03-08T18:00:00+07:00", "Asia/Ho_Chi_Minh", "March 8, 2026, 18:00 UTC+07:00"),
        ("2026-03-08T18:00:00+09:00", "America/New_York", "March 8, 2026, 18:00 UTC+09:00"),
        ("2026-03-08T18:00:00+09:00", "", "March 8, 2026, 18:00 UTC+09:00"),
        ("2026-03-08T18:00:00", "Asia/Seoul", "March 8, 2026, 18:00"),
    ],
)
def test_a_time_has_the_name_of_its_zone_as_at_that_time_of_the_year(moment: str, timezone: str, shown: str) -> None:
    assert phrases.long_time(moment, "en", timezone) == shown


def test_a_time_in_korean_has_the_name_of_the_zone_too() -> None:
    assert phrases.long_time("2026-03-08T18:00:00+09:00", "ko", "Asia/Seoul") == "2026년 3월 8일, 18:00 KST"
