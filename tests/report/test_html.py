"""HTML in Markdown: comments are no text, tags are what they mean, and the rest is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.model.report import FrontMatter
from transflow.report import markdown_blocks, to_markdown
from transflow.report.comments import without_comments


def blocks(text: str) -> list[tuple[str, str]]:
    return [(", ".join(filter(None, (each.kind, each.variant))), each.text) for each in markdown_blocks(text)[0]]


def texts(text: str) -> list[str]:
    return [each.text for each in markdown_blocks(text)[0]]


def issues(text: str) -> list[tuple[int, str]]:
    return [(issue.location.line, issue.severity) for issue in markdown_blocks(text)[1]]


class TestComments:
    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("글<!-- 김하늘 -->이다.", ["글이다."]),
            ("글이다. <!-- 김\n하늘 -->\n\n끝이다.", ["글이다.", "끝이다."]),
            ("글 <!-- 김\n\n하늘 --> 이다.", ["글", "이다."]),
            ("<!--\n```\n김하늘\n-->\n\n끝이다.", ["끝이다."]),
            ("- 하나\n<!-- 김하늘 -->\n- 둘", ["하나", "둘"]),
            ("| a |\n|---|\n| b <!-- 김하늘 --> |", ["a", "b"]),
            ("글이다. %%김하늘%%", ["글이다."]),
            ("글이다.\n\n%%\n김하늘\n%%\n\n끝이다.", ["글이다.", "끝이다."]),
            ("{% comment %}김하늘{% endcomment %}글이다.", ["글이다."]),
            ("글이다. {{/* 김하늘 */}}", ["글이다."]),
            ("# <!-- 김하늘 -->제목", ["제목"]),
        ],
    )
    def test_are_no_text_wherever_they_stand(self, text: str, left: list[str]) -> None:
        assert texts(text) == left
        assert "hint" in {severity for _, severity in issues(text)}

    def test_in_code_are_code_and_escaped_are_text(self) -> None:
        assert texts("`<!-- 말 -->`이다.") == ["`<!-- 말 -->`이다."]
        assert texts("\\<!-- 말 -->이다.") == ["<!-- 말 -->이다."]
        assert texts("물가가 3%%에서 5%%로 올랐다.") == ["물가가 3%%에서 5%%로 올랐다."]

    def test_without_an_end_are_an_error_with_their_line(self) -> None:
        assert texts("글이다.\n\n<!-- 김하늘") == ["글이다."]
        assert issues("글이다.\n\n<!-- 김하늘") == [(3, "error")]

    def test_that_mark_an_introduction_need_no_word(self) -> None:
        assert issues("글이다.\n\n<!--more-->\n\n끝이다.") == []

    @given(
        st.lists(st.sampled_from(["<!--", "-->", "비밀", "\n", "`", "```\n", "%%", "글", " ", "<b>", "- "])).map(
            "".join
        )
    )
    def test_leave_every_line_where_it_is(self, text: str) -> None:
        left, _ = without_comments(text)
        assert left.count("\n") == text.count("\n")
        assert "<!--" not in left or "`" in text or "<!--" in text.replace(" ", "")
        markdown_blocks(text)

    @given(st.text(st.sampled_from("가나 \n*_-#<>b/"), max_size=20))
    def test_are_never_text(self, inside: str) -> None:
        secret = f"비밀{inside}비밀".replace("-->", "")
        assert "비밀" not in "".join(texts(f"글이다. <!-- {secret} --> 끝이다."))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<p><b>유엔</b>은 서한을 냈다.</p>", [("paragraph", "**유엔**은 서한을 냈다.")]),
        ("<strong>유엔</strong>은 <i>서한</i>과 <em>답</em>", [("paragraph", "**유엔**은 *서한*과 *답*")]),
        ("그는 <b>“아니다”</b>라고 했다.", [("paragraph", "그는 “아니다”라고 했다.")]),
        ("<b> 유엔 </b>은", [("paragraph", "**유엔** 은")]),
        (
            '<a href="https://a.example/b(1)" target="_blank">서한</a>을',
            [("paragraph", "[서한](<https://a.example/b(1)>)을")],
        ),
        ('<a name="top">서한</a><a href="javascript:x()">을</a>', [("paragraph", "서한을")]),
        ("첫 줄<br>둘째 줄<br/>\n셋째", [("paragraph", "첫 줄 둘째 줄 셋째")]),
        ("첫째<br><br>둘째", [("paragraph", "첫째"), ("paragraph", "둘째")]),
        ('<img src="a.jpg" alt="평양역">', [("caption", "평양역")]),
        (
            '<figure><img src="a.jpg" alt=""><figcaption>평양역 <b>앞</b></figcaption></figure>',
            [("caption", "평양역 **앞**")],
        ),
        ("<span style='color:red'>유엔</span><font size=2>은</font>", [("paragraph", "유엔은")]),
        ("<div>첫째</div><div>둘째</div>", [("paragraph", "첫째"), ("paragraph", "둘째")]),
        ("<h1>제목</h1>\n<h3>소제목</h3>", [("subhead", "제목"), ("subhead", "소제목")]),
        ("<blockquote><p>인용</p></blockquote>글", [("quote", "인용"), ("paragraph", "글")]),
        ("<blockquote>\n\n인용\n\n</blockquote>\n\n글", [("quote", "인용"), ("paragraph", "글")]),
        (
            "<ul><li>하나<li>둘</ul><ol>\n<li>셋</li></ol>",
            [("list item", "하나"), ("list item", "둘"), ("list item, numbered", "셋")],
        ),
        (
            "<table><tr><th>이름</th><th>수</th></tr>\n<tr><td>가</td>\n<td>7</td></tr><tr><td>나</td><td>8</td></tr></table>",
            [
                ("table cell, head row", "이름"),
                ("table cell", "수"),
                ("table cell, row", "가"),
                ("table cell", "7"),
                ("table cell, row", "나"),
                ("table cell", "8"),
            ],
        ),
        ("- <b>하나</b>\n- 둘<br>셋", [("list item", "**하나**"), ("list item", "둘 셋")]),
        ("| <b>가</b> |\n|---|\n| 나<br><br>다 |", [("table cell, head row", "**가**"), ("table cell, row", "나 다")]),
        ("<b>닫히지 않은 글", [("paragraph", "닫히지 않은 글")]),
        ("닫기만</b> 하는 글</p>", [("paragraph", "닫기만 하는 글")]),
        ("<script>\nvar a = 1;\n\nvar b;\n</script>\n\n글이다.", [("paragraph", "글이다.")]),
        ("<p>글<iframe src='x'>대신</iframe>이다.</p>", [("paragraph", "글"), ("paragraph", "이다.")]),
        ("`<b>` 태그와 a < b", [("paragraph", "`<b>` 태그와 a < b")]),
        ("<https://a.example>와 <a@b.example>", [("paragraph", "<https://a.example>와 <a@b.example>")]),
        ("<p>글이다.\n<p>끝이다.", [("paragraph", "글이다."), ("paragraph", "끝이다.")]),
        ("<P ALIGN=center><B>유엔</B>은</P>", [("paragraph", "**유엔**은")]),
        ("유엔<sup>1</sup>은", [("paragraph", "유엔1은")]),
    ],
)
def test_tags_are_read_as_what_they_mean(text: str, read: list[tuple[str, str]]) -> None:
    assert blocks(text) == read


def test_tags_are_named_once_and_those_without_a_meaning_here_each_with_its_line() -> None:
    assert issues("<p>글</p>\n\n<b>이</b>다.") == [(1, "hint")]
    assert issues("글\n\n<iframe src='x'></iframe>\n\nH<sub>2</sub>O\n\n<The New York Times>") == [
        (3, "warning"),
        (5, "warning"),
    ]


def test_the_alignment_of_columns_is_part_of_their_cells() -> None:
    table = [
        ("table cell, head row", "가"),
        ("table cell, right", "나"),
        ("table cell, center", "다"),
        ("table cell, row, center", "1"),
    ]
    markdown = "| 가 | 나 | 다 |\n|---|--:|:-:|"
    html = "<table><tr><td align=center>1</td></tr></table>"
    assert blocks(f"{markdown}\n\n{html}") == table
    rewritten = to_markdown(FrontMatter(), markdown_blocks(f"{markdown}\n\n{html}")[0])
    assert rewritten == "| 가 | 나 | 다 |\n| --- | --: | :-: |\n| 1 |  |  |\n"


def test_deep_nesting_is_read_within_limits() -> None:
    assert texts("<b>" * 2000 + "글" + "</b>" * 2000)[0].strip("*") == "글"
    assert blocks("<blockquote>" * 3000 + "글") == [("quote", "글")]
    assert texts("<a " * 3000 + "글") == [" ".join(["<a"] * 3000) + " 글"]


PIECES = (
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br>",
    "<li>",
    "<ul>",
    "</ul>",
    "<table>",
    "<td>",
    "<tr>",
    "<i>",
    "글",
    "말",
    " ",
    "\n",
    "\n\n",
    "`",
    "*",
)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_letter_between_tags_is_lost(text: str) -> None:
    letters = [each for each in "".join(texts(text)) if each in "글말"]
    assert letters == [each for each in text if each in "글말"] or issues(text)
