"""Lines that begin like list items but are text: no digit and no minus sign is lost."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from transflow.language.segment import VERSION
from transflow.model.report import Block, FrontMatter
from transflow.report import digest, markdown_blocks, parse, to_markdown
from transflow.report.blocks import _parser, parses_as_first_version
from transflow.report.lists import may_have_text_lines


def texts(markdown: str) -> list[str]:
    return [each.text for each in markdown_blocks(markdown)[0]]


def kinds(markdown: str) -> list[str]:
    return [", ".join(filter(None, (each.kind, each.variant))) for each in markdown_blocks(markdown)[0]]


def hints(markdown: str) -> list[tuple[int, str]]:
    return [(issue.location.line, issue.severity) for issue in markdown_blocks(markdown)[1]]


class TestTheDateAtTheBeginningOfAParagraph:
    @pytest.mark.parametrize(
        "text",
        [
            "2024. 3. 11. 유엔은 발표했다.",
            "2024.",
            "2024. 3월 유엔은 발표했다.",
            "2024) 유엔은 발표했다.",
            "3. 11. 유엔은 발표했다.",
            "3. 11.(월) 유엔은 발표했다.",
            "11. (월) 유엔은 발표했다.",
            "24. 3. 11. 유엔은 발표했다.",
            "3. 1운동은 1919년의 일이다.",
            "6. 25 전쟁은 세 해가 걸렸다.",
            "12. 12 사태 때의 일이다.",
            "5. 18",
            "1. 21 사태는 1968년의 일이다.",
            "10. 30분이 지났다.",
            "1. 5배가 됐다.",
            "1. 1. 평양에서",
            "0. 5%가 줄었다.",
        ],
    )
    def test_is_read(self, text: str) -> None:
        assert markdown_blocks(text)[0] == [Block("paragraph", text, line=1)]

    def test_is_read_in_a_list_a_quote_and_below_a_list(self) -> None:
        assert texts("- 2024. 3. 11. 유엔은\n- 6. 25 전쟁은") == ["2024. 3. 11. 유엔은", "6. 25 전쟁은"]
        assert texts("> 3. 11. 유엔은\n>\n> 12. 12 사태는") == ["3. 11. 유엔은", "12. 12 사태는"]
        assert texts("1. 가\n2. 나\n\n2024. 3. 11. 유엔은\n\n6. 25 전쟁은") == [
            "가",
            "나",
            "2024. 3. 11. 유엔은",
            "6. 25 전쟁은",
        ]

    def test_is_read_month_by_month_too(self) -> None:
        months = ["1. 21 사태는 1968년의 일이다.", "2. 8 독립선언은 도쿄의 일이다.", "3. 1운동은 그 뒤다."]
        assert texts("\n\n".join(months)) == months

    def test_that_is_alone_on_its_line_is_read_with_the_next(self) -> None:
        assert texts("3월\n11.\n유엔은") == ["3월 11. 유엔은"]
        assert texts("11.\n유엔은") == ["11. 유엔은"]


class TestALineThatWasWrappedBeforeANumber:
    @pytest.mark.parametrize(
        ("wrapped", "text"),
        [
            ("무장공비가 침투한\n1. 21 사태", "무장공비가 침투한 1. 21 사태"),
            ("침투한\n01. 21 사태", "침투한 01. 21 사태"),
            ("이것은 제\n1. 장이다", "이것은 제 1. 장이다"),
            ("그날은\n1) 맑았다", "그날은 1) 맑았다"),
            ("가\n   1. 나", "가 1. 나"),
            ("가\n2024. 3. 11. 나", "가 2024. 3. 11. 나"),
            ("> 가\n> 1. 21 사태", "가 1. 21 사태"),
            ("> 가\n1. 21 사태", "가 1. 21 사태"),
            ("- 침투한\n  1. 21 사태", "침투한 1. 21 사태"),
            ("- 침투한\n1. 21 사태", "침투한 1. 21 사태"),
            ("기온은 영하\n- 5도까지 떨어졌다", "기온은 영하 - 5도까지 떨어졌다"),
            ("지지율은\n+ 3.5%p 올랐다", "지지율은 + 3.5%p 올랐다"),
        ],
    )
    def test_goes_on(self, wrapped: str, text: str) -> None:
        assert texts(wrapped) == [text]

    def test_which_is_a_list_is_named(self) -> None:
        assert hints("다음과 같다.\n1. 첫째\n2. 둘째") == [(2, "hint")]
        assert hints("다음과 같다.\n\n1. 첫째\n2. 둘째") == []


class TestAMinus:
    def test_before_a_lone_figure_is_read(self) -> None:
        assert texts("- 5도의 추위") == ["- 5도의 추위"]
        assert texts("- 12.5 ℃") == ["- 12.5 ℃"]
        assert texts("가\n\n+ 3%") == ["가", "+ 3%"]

    @pytest.mark.parametrize(
        "text",
        ["1. - 5도", "- - 5도", "1. 가\n2. - 5도\n3. 나", "> 1) - 5도", "- 가\n- - 5도\n- 나", "1. - 5도\n2. - 7도"],
    )
    def test_in_an_item_is_read(self, text: str) -> None:
        assert "- 5도" in texts(text)

    def test_that_may_be_one_of_a_temperature_is_named_where_it_is_the_mark_of_a_list(self) -> None:
        assert hints("- 5도였다.\n\n- 10도였다.") == [(1, "hint"), (3, "hint")]
        assert hints("- 5% 늘었다.\n- 3% 줄었다.") == hints("- 5도였다.") == hints("-5도였다.\n\n-10도였다.") == []

    def test_is_the_mark_of_a_list_in_an_item_where_there_are_more(self) -> None:
        assert texts("1. - 5도\n   - 6도") == ["5도", "6도"]

    def test_is_the_mark_of_a_list_where_there_are_more(self) -> None:
        assert kinds("- 5도\n- 6도") == kinds("- 가\n\n- 5도\n\n- 나\n")[:2] == ["list item", "list item"]
        assert kinds("- 5명이 왔다") == kinds("* 5도") == kinds("- 5도민 체육대회") == ["list item"]


class TestAList:
    @pytest.mark.parametrize(
        "text",
        [
            "1. 첫째\n2. 둘째",
            "1. 첫째",
            "1. 25명이 숨졌다.\n2. 30명이 다쳤다.",
            "0. 처음\n1. 25명\n2. 30명",
            "7) 가\n8) 나\n9)",
            "3. 셋째\n4. 넷째",
            "1. 가\n1. 나\n1. 다",
            "1. 25명\n\n   설명이다.\n\n2. 30명",
            "- 가\n  1. 나\n  2. 다",
            "1. 가\n   1. 나\n   2. 30명\n2. 25명",
            "> 1. 25명\n> 2. 30명",
            "1) 25명이 숨졌다.",
        ],
    )
    def test_that_counts_stays_a_list(self, text: str) -> None:
        assert "list item, numbered" in kinds(text)
        assert set(kinds(text)) <= {"list item", "list item, numbered"} or text.startswith(">")
        assert parses_as_first_version(text)

    def test_item_that_may_be_a_date_is_named(self) -> None:
        assert hints("1. 가\n2. 나\n3. 11 대지진") == [(3, "hint")]
        assert hints("1. 25명\n2. 30명") == []

    def test_ends_where_an_item_has_a_list_for_its_text(self) -> None:
        assert texts("1. 가\n2. 3. 나") == ["가 2. 3. 나"]
        assert texts("1. 가\n\n2. 3. 나") == ["가", "2. 3. 나"]
        assert texts("1.\n   1. 가") == ["1. 1. 가"]


class TestMarksOfHeadingsAndCode:
    def test_that_may_be_meant_to_be_read_are_named(self) -> None:
        assert hints("## C #\n\n## 가 ##\n\n# 나 ###") == [(1, "hint"), (5, "hint")]
        assert hints("가\n=\n\n나\n--\n\n다\n---\n\n> 라\n> -") == [(1, "hint"), (4, "hint"), (10, "hint")]
        assert hints("``` 2024년 보고서\n코드\n```\n\n```python\n코드\n```") == [(1, "warning"), (5, "warning")]


class TestTheDigest:
    def version(self, text: str) -> int:
        whole, _, number = digest(text.encode()).partition(" ")
        assert whole == sha256(text.replace("\r\n", "\n").encode()).hexdigest()
        return int(number)

    def test_of_a_report_that_reads_as_ever_is_as_ever(self) -> None:
        for text in (
            "본문",
            "1. 첫째\n2. 둘째",
            "---\ndate: 2024\ntitle: 1. 21 사태\n---\n\n본문",
            "```\n2024. 3. 11. 가\n```",
        ):
            assert self.version(text) == VERSION

    def test_of_a_report_that_lost_text_is_another_so_that_an_update_brings_it(self) -> None:
        for text in ("2024. 3. 11. 유엔은", "가\r\n1. 21 사태", "\ufeff3. 11. 유엔은", "---\ntitle: 가\n---\n- 5도"):
            assert self.version(text) == VERSION + 1

    def test_of_any_bytes_is_a_digest(self) -> None:
        for data in (b"2024. 3. \xff", b"2024. 3. 11. \x07", b""):
            assert digest(data).endswith(f" {VERSION}")


MARKED = [
    "1. ",
    "2. ",
    "3. ",
    "6. ",
    "12. ",
    "2024. ",
    "11. ",
    "1) ",
    "01. ",
    "1000) ",
    "25 ",
    "3.",
    "18",
    "(월) ",
    "1.",
]
SIGNS = [
    "- ",
    "+ ",
    "* ",
    "5도",
    "3%",
    "> ",
    ">",
    "# ",
    "#",
    "## 가 #",
    "=",
    "===",
    "-",
    "---",
    "|",
    "| 5 | 6 |",
    "|-|-|\n",
]
OTHERS = ["[1]: ", "[^1]: ", "<!-- ", " -->", "<div>", "&amp;", "\\", "*", "_", "`", "~", ":", "    ", "  ", "\t"]
WORDS = ["유엔은", "전쟁", "운동", "명", "a", "7"]
markdown = st.lists(
    st.sampled_from([*MARKED, *MARKED, *SIGNS, *OTHERS, *WORDS, *WORDS, "\n", "\n", "\n\n"]), max_size=25
)


def visible(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def numbers_of_items(text: str) -> dict[int, list[str]]:
    """Return the lines, from 0, and the removed numbers, of list items with other content."""
    numbers: dict[int, list[str]] = {}
    tokens = _parser().parse(text)
    for token, inside in pairwise(tokens):
        if token.type == "list_item_open" and token.info:
            assert int(token.info) <= 999
            assert inside.type != "ordered_list_open"
            assert token.map
            numbers.setdefault(token.map[0], []).append(token.info)
    return numbers


@given(markdown.map("".join))
@example("1. 가\n\n6. 25 전쟁")
@example("| 5 | 6 |\n|-|-|\n1. 21 | 3 |")
def test_every_letter_and_digit_is_in_a_block_or_named_or_numbers_an_item(text: str) -> None:
    assume("```" not in text and "~~~" not in text)
    blocks, issues = markdown_blocks(text)
    begun = {block.line for block in blocks}
    numbers = numbers_of_items(text)
    named = False
    pattern = []
    for number, line in enumerate(re.sub("<div>", "", text).split("\n")):
        named = any(issue.location.line == number + 1 for issue in issues) or (named and number + 1 not in begun)
        for each in numbers.get(number, ()):
            assert each in line
            line = line.replace(each, "", 1)
        pattern.append(f"(?:{visible(line)})?" if named else visible(line))
    assert re.fullmatch("".join(pattern), visible("".join(block.text for block in blocks)))


@given(markdown.map("".join))
def test_a_report_that_reads_otherwise_is_found_without_reading_it(text: str) -> None:
    assert parses_as_first_version(text) or may_have_text_lines(text)


@given(markdown.map("".join))
@example("1) 21 사태")
@example("* 5도")
def test_what_was_read_can_be_written_and_read_again(text: str) -> None:
    blocks, _ = markdown_blocks(text)
    again, _ = parse(to_markdown(FrontMatter(title="제목"), blocks).encode(), "a", "a.md")
    assert [each._replace(line=0) for each in again.blocks[1:]] == [each._replace(line=0) for each in blocks]


def test_a_list_of_more_than_a_thousand_items_can_be_written() -> None:
    blocks = [Block("list item", f"{n}개", "numbered") for n in range(1002)]
    again, _ = parse(to_markdown(FrontMatter(title="제목"), blocks).encode(), "a", "a.md")
    assert [each._replace(line=0) for each in again.blocks[1:]] == blocks
