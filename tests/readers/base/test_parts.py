"""Parts of documents as the body of a report: no character is lost, and losses name their place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.messages import Message
from transflow.model.report import FrontMatter
from transflow.model.unit import Kind
from transflow.readers.base.parts import DocumentPart, Loss, PageStart, TablePart, TextPart, incoming_report, plain
from transflow.readers.base.runs import Run, lines, markdown, visible_text
from transflow.renderers.formatting import markup
from transflow.report import markdown_blocks, parse, write_front
from transflow.text import without_spaces

PIECES = (
    *(
        "#",
        "##",
        "-",
        "+",
        "*",
        "**",
        "_",
        "__",
        "1.",
        "12)",
        ">",
        "`",
        "```",
        "~~~",
        "---",
        "===",
        "|",
        "\\",
        "&",
        "&amp;",
    ),
    *(
        "<div>",
        "<!--",
        "-->",
        "</p>",
        "[a]:",
        "[a](b)",
        "![a](b)",
        "<http://a.b>",
        "https://a.b/c_d",
        "{%",
        "{{<",
        "%%",
        "[속보]",
    ),
    *(
        " ",
        " ",
        "    ",
        "\u3000",
        "\n",
        "가",
        "x",
        '"',
        "다.",
        "끝났다. ",
        "6일",
        "11. ",
        "- 5도",
        "”",
        "“",
        "\ue000",
        "\ud800",
        "\u200b",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(
    st.characters(exclude_categories=["Cc"]), max_size=12
)
addresses = st.sampled_from(
    ["", "", "", "https://a.b/c", "mailto:a@b.c", "https://a.b/(c)_d*", "file:///a", "https://a.b/c d"]
)
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans(), addresses), max_size=4)
kinds = st.sampled_from(["paragraph", "paragraph", "subhead", "quote", "list item", "caption"])
paragraphs = st.builds(TextPart, runs, kinds, st.just(""))
tables = st.builds(TablePart, st.lists(st.lists(runs, min_size=1, max_size=3), max_size=3), st.integers(0, 1))


def read(parts: Sequence[DocumentPart], **fields: str) -> tuple[list[tuple[Kind, str]], list[Message]]:
    """Return kinds and visible texts of the blocks of a report, and the messages about it."""
    report = incoming_report("x", FrontMatter(**fields), parts)  # type: ignore[arg-type] # names of text fields
    blocks, _ = markdown_blocks(report.body)
    return [(each.kind, markup.plain(each.text)) for each in blocks], [each.message for each in report.issues]


def visible(found: Sequence[Run]) -> str:
    return without_spaces(visible_text("".join(run.text for run in found)))


# Characters


@given(st.lists(paragraphs | tables, max_size=5))
def test_every_visible_character_is_in_a_unit(parts: list[TextPart | TablePart]) -> None:
    units, _ = read(parts)
    given_ = [visible(part.runs) for part in parts if isinstance(part, TextPart)]
    cells = [visible(cell) for part in parts if isinstance(part, TablePart) for row in part.rows for cell in row]
    assert "".join(without_spaces(text) for kind, text in units if kind != "table cell") == "".join(given_)
    assert "".join(without_spaces(text) for kind, text in units if kind == "table cell") == "".join(cells)


@given(runs, kinds)
def test_a_paragraph_is_a_unit_of_its_kind(found: list[Run], kind: Kind) -> None:
    units, _ = read([TextPart(found, kind)])
    count = (
        sum(bool(visible(line)) for line in lines(found)) if kind in ("paragraph", "quote") else bool(visible(found))
    )
    assert [each for each, _ in units] == [kind] * count


@given(texts)
def test_a_headline_is_a_unit_with_the_same_characters(text: str) -> None:
    report = incoming_report("x", FrontMatter(title=text, byline=text), [plain("본문")])
    read_again, _ = parse(f"{write_front(report.front)}\n{report.body}".encode(), "a", "a.md")
    heads = [markup.plain(each.text) for each in read_again.blocks if each.kind == "headline"]
    assert without_spaces("".join(heads)) == visible([Run(text)])


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[속보] 3 * 4는 12다", "[속보] 3 * 4는 12다"),
        ("*별*표", "\\*별\\*표"),
        ("a_b_c", "a_b_c"),
        ("`인용`과 *별*", "\\`인용\\`과 \\*별\\*"),
        ("R&amp;D와 R&D", "R\\&amp;D와 R\\&D"),
        ("<AP> 통신", "<AP> 통신"),
        ("[가](https://a.b)", "\\[가\\](https://a.b)"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, written: str) -> None:
    assert markdown([Run(text)]) == (written, True)


@pytest.mark.parametrize("text", ["\\", "가\\", "\\[", "\\\\]", "[가", "나]\\"])
def test_backslashes_and_brackets_in_a_description_stay(text: str) -> None:
    assert read([plain(text, "caption")])[0] == [("caption", text)]


# Formats


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ([Run("유엔은 "), Run("서한", strong=True), Run("을 냈다.")], "유엔은 **서한**을 냈다."),
        ([Run("그는 "), Run("“간다”", strong=True), Run("고 했다.")], "그는 “**간다**”고 했다."),
        ([Run("그는 “간다”", emphasis=True), Run(" 했다.")], "*그는 “간다”* 했다."),
        ([Run("갔다. 왔다.", strong=True)], "**갔다.** **왔다.**"),
        ([Run("가 ", strong=True), Run(" 나", strong=True)], "**가 나**"),
        ([Run("보기", address="https://a.b/c"), Run("다")], "[보기](https://a.b/c)다"),
        (
            [Run("보", address="https://a.b/(c)"), Run("기", True, False, "https://a.b/(c)")],
            "[보**기**](<https://a.b/(c)>)",
        ),
    ],
)
def test_emphasis_and_links_are_marked_where_markdown_reads_them(found: list[Run], written: str) -> None:
    assert markdown(found) == (written, True)


def test_what_markdown_cannot_show_is_named() -> None:
    mixed = [Run("가", emphasis=True), Run("나", strong=True, emphasis=True), Run("다", strong=True)]
    link = Run("보기", address="file:///C:/a.hwp")
    units, messages = read(
        [TextPart([link]), TextPart(mixed), TextPart([Run("설명", address="https://a.b")], "caption")]
    )
    assert units == [("paragraph", "보기"), ("paragraph", "가나다"), ("caption", "설명")]
    assert messages == [
        "paragraph 1: the link to file:///C:/a.hwp is not kept.",
        "paragraph 2: the emphasis in “가나다” is not kept.",
        "paragraph 3: the link to https://a.b is not kept.",
    ]


def test_text_in_emphasis_below_a_picture_stays_a_paragraph() -> None:
    units, messages = read([plain("사진 설명", "caption"), TextPart([Run("굵다", strong=True)])])
    assert units == [("caption", "사진 설명"), ("paragraph", "굵다")]
    assert messages == ["paragraph 2: the emphasis in “굵다” is not kept."]


# Tables


def test_cells_keep_their_columns() -> None:
    rows = [["이름", "나이"], ["", "31"], ["", ""], ["민아", ""]]
    report = incoming_report("x", FrontMatter(), [TablePart([[[Run(cell)] for cell in row] for row in rows], heads=1)])
    assert report.body == "| 이름 | 나이 |\n| --- | --- |\n|  | 31 |\n| 민아 |  |\n"


# Places


def test_a_loss_names_the_paragraph_or_table_before_it() -> None:
    picture, note = (
        Loss(Message("", "a picture is not kept.", {})),
        Loss(Message("", "a note is not kept.", {}), "hint"),
    )
    parts: list[DocumentPart] = [
        picture,
        plain("가\n나"),
        note,
        plain(""),
        picture,
        TablePart([[[Run("다")]]]),
        picture,
        PageStart(2),
        plain("라"),
        picture,
    ]
    assert read(parts)[1] == [
        "beginning, paragraph 2, table 1, page 2, paragraph 3: a picture is not kept.",
        "paragraph 2: a note is not kept.",
    ]


def test_many_places_are_counted() -> None:
    lost = Loss(Message("", "a picture is not kept.", {}))
    messages = read([part for number in range(20) for part in (plain(str(number)), lost)])[1]
    assert len(messages) == 1
    assert messages[0].endswith("paragraph 11, paragraph 12 and 8 more places: a picture is not kept.")


def test_characters_that_others_may_not_see_are_named() -> None:
    units, messages = read([plain("\uf53a가 \ud800")], title="\ue001", date="3월 1일")
    assert units == [("paragraph", "\uf53a가 \ufffd")]
    assert messages == [
        "beginning: “\ue001” (U+E001) is a character of certain fonts only, and may look different elsewhere.",
        "beginning: the date “3월 1일” is not kept: it is not written as 2024-03-26.",
        "paragraph 1: “\uf53a” (U+F53A) is a character of certain fonts only, and may look different elsewhere.",
        "paragraph 1: half a character stands here, and is read as “\ufffd”.",
    ]
