"""Markdown and plain text parsed into blocks, and blocks written as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.model.report import Block, FrontMatter
from transflow.report import decode, markdown_blocks, parse, plain_blocks, to_markdown


def blocks(text: str) -> list[tuple[str, str]]:
    """Return kind, with the variant, and text of each block."""
    return [(", ".join(filter(None, (each.kind, each.variant))), each.text) for each in markdown_blocks(text)[0]]


def issues(text: str, first_line: int = 1) -> list[tuple[int, str]]:
    return [(issue.location.line, issue.severity) for issue in markdown_blocks(text, first_line)[1]]


def test_lines_are_counted_from_the_line_on_which_the_body_begins() -> None:
    found, _ = markdown_blocks("\n첫째\n\n둘째\n이어서\n\n- 셋째", first_line=5)
    assert [each.line for each in found] == [6, 8, 11]
    assert issues("a\n\n    b", first_line=5) == [(7, "warning")]


def test_soft_and_hard_line_breaks_are_a_space_and_white_space_is_folded() -> None:
    assert blocks("a\nb  \nc\\\nd\\\\\ne   f\u00a0\u3000g\t.") == [("paragraph", "a b c d\\\\ e f g .")]


@pytest.mark.parametrize(
    "text",
    [
        '*강조*와 **굵게**, `코드 *x*`, [이름](https://a.example "제목"), <https://a.example>, &amp; \\* \\_',
        "미국 일간 <The New York Times>와 <AP>, <사진=연합뉴스>",
        "![그림](a.png)이 글 속에 있다",
        "~~취소~~ ^위^ [각주]",
        "\\#태그와 \\[대괄호]와 1\\.5",
    ],
)
def test_inline_markdown_stays_as_it_is_written(text: str) -> None:
    assert blocks(text) == [("paragraph", text)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("\\# 번호", "# 번호"),
        ("\\- 항목", "- 항목"),
        ("\\* 항목", "* 항목"),
        ("\\> 인용", "> 인용"),
        ("1\\. 첫째", "1. 첫째"),
        ("2024\\) 둘째", "2024) 둘째"),
        ("\\---", "---"),
        ("\\* * *", "* * *"),
        ("\\```", "```"),
        ("\\[속보]: 유엔", "[속보]: 유엔"),
    ],
)
def test_a_backslash_that_only_guards_a_line_is_not_read(written: str, read: str) -> None:
    assert blocks(written) == [("paragraph", read)]


def test_the_innermost_list_or_quote_decides_what_a_paragraph_is() -> None:
    assert blocks("> - a\n>   1. b\n\n- > c\n\n1. # d") == [
        ("list item", "a"),
        ("list item, numbered", "b"),
        ("quote", "c"),
        ("subhead", "d"),
    ]


def test_empty_blocks_are_dropped_and_rows_still_begin_with_a_row() -> None:
    assert blocks("#\n\n-\n\n>\n\n\u3000\n\n![](a.png)") == []
    assert blocks("| | a |\n|-|-|\n| | |\n| | b |") == [("table cell, head row", "a"), ("table cell, row", "b")]


def test_an_image_alone_gives_a_caption_for_alt_text_and_title() -> None:
    assert blocks("![*가* 나](a.png '다')") == [("caption", "*가* 나"), ("caption", "다")]
    assert blocks("![가][1]\n\n[1]: a.png '나'") == [("caption", "가"), ("caption", "나")]


def test_emphasised_text_is_a_caption_only_directly_below_an_image() -> None:
    assert blocks("![가](a)\n\n***나***\n\n*다*") == [("caption", "가"), ("caption", "나"), ("paragraph", "*다*")]
    assert blocks("![가](a)\n\n*나* *다*")[1] == ("paragraph", "*나* *다*")
    assert blocks("![가](a)\n\n# 나\n\n*다*")[2] == ("paragraph", "*다*")


def test_code_is_no_block_and_indented_text_is_reported() -> None:
    assert blocks("```\n코드\n```\n\n~~~\n코드") == []
    assert issues("```\n코드\n```\n\n> ~~~ x\n> 코드\n> ~~~~  \n\n```\n````") == [(1, "warning"), (5, "warning")]
    assert issues("    들여쓴 글") == [(1, "warning")]


def test_text_that_markdown_swallows_is_reported() -> None:
    assert issues("가\n\n~~~ 나 ~~~\n\n다") == [(3, "warning")]
    assert issues("```") == [(1, "warning")]
    assert issues("[속보]: https://city.example") == [(1, "warning")]
    assert issues("[이름][a]\n\n[a]: https://a.example\n\n[A]: https://b.example") == [(3, "hint"), (5, "warning")]
    assert issues("| a |\n|---|\n| b |\n| c | d |") == [(4, "warning")]
    assert issues("> 1 | 2\n> -|-\n> 3 | 4 |\n") == []
    assert issues("가\n\n" + ">" * 200 + "깊다") == [(3, "error")]


@pytest.mark.parametrize(
    "text", ["[이름 비공개]: 그렇다.", "[이름 비공개]: “그렇다.”", "[속보]: 김정은", "[이름 비공개]:\n그렇다."]
)
def test_words_after_a_label_are_text_and_no_address(text: str) -> None:
    assert blocks(text) == [("paragraph", " ".join(text.split()))]
    assert issues(text) == []


@pytest.mark.parametrize(
    "address", ["https://city.example/", "</a b>", "/page", "page.html", "#note", "mailto:a@b.example"]
)
def test_an_address_after_a_label_defines_a_link(address: str) -> None:
    assert blocks(f"[누리집][1]에 있다.\n\n[1]: {address}") == [("paragraph", "[누리집][1]에 있다.")]


def test_nesting_that_people_write_is_read() -> None:
    assert blocks(">" * 40 + "깊다") == [("quote", "깊다")]
    assert blocks("\n".join("  " * n + "- 항목" for n in range(30))) == [("list item", "항목")] * 30


def test_a_line_of_plain_text_is_a_paragraph() -> None:
    assert plain_blocks("첫째 \u3000줄\r\n\n  - 둘째\n# 셋째") == [
        Block("paragraph", "첫째 줄", line=1),
        Block("paragraph", "- 둘째", line=3),
        Block("paragraph", "# 셋째", line=4),
    ]


def test_plain_text_is_written_with_as_few_backslashes_as_can_be() -> None:
    lines = [
        "# 1",
        "- a",
        "1. b",
        "> c",
        "*d",
        "|e|",
        "<f>",
        "snake_case *별*",
        "-5도",
        "#태그",
        "3.1절",
        "===",
        "[속보] g",
    ]
    assert to_markdown(FrontMatter(title="제목"), plain_blocks("\n".join(lines))).split("\n\n") == [
        "---\ntitle: 제목\n---",
        "\\# 1",
        "\\- a",
        "1\\. b",
        "\\> c",
        *lines[4:6],
        "\\<f>",
        *lines[7:-1],
        "[속보] g\n",
    ]


MARKS = ("#", "##", "-", "+", "*", "**", "_", "1.", "12)", ">", "`", "```", "~~~", "---", "===", "|", "|-|", "\\", "&")
LINKS = ("<div>", "<!--", "[a]:", "[a](b)", "![a](b)", "[![a](b)](c)")
SPACES = ("    ", " ", " ", "\u3000", "\n", "\n", "\n\n")
PIECES = (*MARKS, *LINKS, *SPACES, "가", "x")
plain_texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40),
)


@given(plain_texts, st.sampled_from(["", "제목", "# 제목", "---"]))
def test_any_plain_text_becomes_a_report_with_the_same_texts(text: str, title: str) -> None:
    front = FrontMatter(title=title)
    lines = plain_blocks(decode(text.encode(), "a.txt"))
    read, _ = parse(to_markdown(front, lines).encode(), "a", "a.md")
    expected = [("headline", title)] if title else []
    expected += [("paragraph", each.text) for each in lines]
    assert [(each.kind, each.text) for each in read.blocks] == expected
    assert read.front == front


@pytest.mark.parametrize("text", ["\\<b>", "\\\\<b>굵게</b>", "가 \\%%나%%", "\\{% if %}", "\\{{< x >}}"])
def test_backslashes_before_what_looks_like_a_tag_stay(text: str) -> None:
    read, _ = parse(to_markdown(FrontMatter(title="제목"), plain_blocks(text)).encode(), "a", "a.md")
    assert [each.text for each in read.blocks[1:]] == [text]


markdown_texts = st.lists(
    st.sampled_from([*PIECES, "- ", "1. ", "> ", "## ", "| a | b |\n|---|---|\n", "| c |"]), max_size=25
)


@given(markdown_texts.map("".join))
def test_the_blocks_of_any_markdown_can_be_written_and_read_again(text: str) -> None:
    found, _ = markdown_blocks(text)
    front = FrontMatter(title="제목")
    again, _ = parse(to_markdown(front, found).encode(), "a", "a.md")
    assert [each._replace(line=0) for each in again.blocks[1:]] == [each._replace(line=0) for each in found]


def test_headline_and_deck_among_the_blocks_go_to_the_front_matter() -> None:
    found = [Block("headline", "제목"), Block("deck", "부제목"), Block("paragraph", "본문")]
    assert to_markdown(FrontMatter(), found) == "---\ntitle: 제목\ndeck: 부제목\n---\n\n본문\n"
    assert to_markdown(FrontMatter(title="다른"), found[:1]) == "---\ntitle: 다른\n---\n"


def test_blocks_of_every_kind_are_written_as_markdown() -> None:
    found = [
        Block("subhead", "C #"),
        Block("quote", "a"),
        Block("quote", "b"),
        Block("list item", "c"),
        Block("list item", "d"),
        Block("list item", "e", "numbered"),
        Block("caption", "f [g"),
        Block("table cell", "h", "row"),
        Block("table cell", "i|j"),
        Block("table cell", "k", "head row"),
    ]
    assert to_markdown(FrontMatter(), found) == (
        "## C # ##\n\n> a\n>\n> b\n\n- c\n- d\n\n1. e\n\n![f \\[g]()\n\n"
        "|  |  |\n| --- | --- |\n| h | i\\|j |\n\n| k |\n| --- |\n"
    )


@given(st.text())
def test_any_string_has_blocks(text: str) -> None:
    found, _ = markdown_blocks(text)
    assert all(each.text for each in [*found, *plain_blocks(text)])
