"""Invisible characters: taken out of Korean and Latin text, and kept in scripts that need them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow.actions.units.texts import stored_text
from transflow.engines.running.judging import storable
from transflow.invisible import needs_direction, unneeded, without_invisible
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.unit import Unit
from transflow.po.catalog import new_header, parse, serialize
from transflow.renderers.formatting import markup
from transflow.report import decode, markdown_blocks, plain_blocks, to_markdown
from transflow.text import visible

PARAGRAPHS = [
    pytest.param(path.stem, line, id=f"{path.stem}-{number}")
    for path in sorted((paths.TESTS / "golden" / "scripts").glob("*.txt"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("유엔\u200b은 서\u00ad한을\ufeff 냈다.", "유엔은 서한을 냈다."),
        ("He \u202eleft\u202c.", "He left."),
        ("Viet\u200bnam \u200e(VN)", "Vietnam (VN)"),
        ("가\u200d나 a\u200cb", "가나 ab"),
        ("👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"),
        ("그는 “\u2067سلام\u2069”이라고 말했다\u200f.", "그는 “\u2067سلام\u2069”이라고 말했다."),
        ("유엔은 ភ្នំ\u200bពេញ에서 만\u200b났다.", "유엔은 ភ្នំ\u200bពេញ에서 만났다."),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("東京\u200b都", "東京都"),
    ],
)
def test_what_a_script_does_not_need_is_taken_out(text: str, left: str) -> None:
    assert without_invisible(text) == left
    assert stored_text(text) == left
    assert decode(text.encode(), "a.md") == left
    assert bool(unneeded(text)) is (text != left)


@pytest.mark.parametrize(("language", "text"), PARAGRAPHS)
def test_a_paragraph_of_a_script_that_needs_them_stays_byte_for_byte(language: str, text: str) -> None:
    assert stored_text(text) == text
    assert storable(text) == text
    assert decode(text.encode(), "a.txt") == text
    body = to_markdown(FrontMatter(title="t"), plain_blocks(text))
    assert [each.text for each in markdown_blocks(decode(body.encode(), "a.md").split("---\n", 2)[2])[0]] == [text]
    catalog = Catalog(new_header("km", "ko"), (Unit("a2222222", "제목", text, "paragraph"),))
    assert parse(serialize(catalog), "a.po").units[0].target == text
    page = markup.html(text)
    assert markup.plain(text) == text
    assert text.replace("“", "").split() == str(page).replace("“", "").split()
    assert needs_direction(text) is (language != "vi")
    assert "<U+200B>" not in visible(text)


def test_a_line_of_korean_says_so_in_the_editor() -> None:
    assert visible("유엔\u200b은") == "유엔<U+200B>은"
    assert visible("ភ្នំ\u200bពេញ") == "ភ្នំ\u200bពេញ"
    assert visible("سلام\u202e") == "سلام<U+202E>"


@given(st.text(st.sampled_from("가a1 .\n\u200b\u200d\u00ad\u202e\ufeffភم👩")))
def test_nothing_visible_is_lost_and_a_second_time_nothing_at_all(text: str) -> None:
    left = without_invisible(text)
    assert without_invisible(left) == left
    assert [each for each in left if each.isprintable() or each == "\n"] == [
        each for each in text if each.isprintable() or each == "\n"
    ]
    assert all(one < two for one, two in pairwise(unneeded(text)))


def test_many_are_found_in_linear_time() -> None:
    assert without_invisible("\u200b" * 200_000 + "가") == "가"
