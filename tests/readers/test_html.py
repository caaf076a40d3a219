"""Pages and pieces of HTML: the article, its facts, and that no visible character is lost."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.readers import IncomingReport, clipboard, html
from transflow.readers.base.html_blocks import html_blocks
from transflow.readers.base.page_facts import clean_address, iso_date, page_facts
from transflow.report import markdown_blocks, write_front

TEXT = "강변시는 3일 다리 세 곳을 다시 열었다고 밝혔다. 시민들은 오전 6시부터 다리를 건넜다."


def page(body: str, head: str = "") -> IncomingReport:
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>다리</title>{head}</head><body>{body}</body></html>'
    )
    return html.read(text.encode(), "https://news.example.org/a/1")


def pasted(text: str) -> IncomingReport:
    return clipboard.read(text.encode(), "-")


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def said(report: IncomingReport) -> str:
    """Return everything that a report says: front matter, body and issues."""
    blocks, _ = markdown_blocks(report.body)
    issues = " ".join(str(each.message) for each in report.issues)
    return " ".join((write_front(report.front), *(each.text for each in blocks), issues))


# Facts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-07-03T09:00:00+09:00", "2024-07-03T09:00:00+09:00"),
        ("2024-07-03T00:00:00.000Z", "2024-07-03T00:00:00Z"),
        ("2024-07-03T09:00:00+0900", "2024-07-03T09:00:00+09:00"),
        ("2024.07.03 09:05", "2024-07-03T09:05:00"),
        ("2024.07.03. 오후 3:05", "2024-07-03T15:05:00"),
        ("2024년 7월 3일", "2024-07-03"),
        ("20240703090500", "2024-07-03T09:05"),
        ("Wed, 03 Jul 2024 09:00:00 +0900", "2024-07-03T09:00:00+09:00"),
        ("2024-02-30", ""),
        ("어제", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_as_papers_write_it(written: str, expected: str) -> None:
    assert iso_date(written).removesuffix(":00") == expected.removesuffix(":00")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/b?id=1&utm_source=x&fbclid=y#top", "https://a.example/b?id=1"),
        ("https://user:secret@a.example/b", "https://a.example/b"),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
    ],
)
def test_an_address_is_kept_without_what_counts_visits(address: str, expected: str) -> None:
    assert clean_address(address) == expected


def test_the_name_of_the_paper_is_neither_reporter_nor_headline() -> None:
    head = (
        '<meta property="og:site_name" content="강변일보"><meta name="author" content="강변일보">'
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"다리 열어 | 강변일보",'
        '"author":[{"@type":"Person","name":"이정은"},{"@type":"Organization","name":"강변일보"}],'
        '"datePublished":"2024-07-03T09:00:00+09:00"}]}</script>'
    )
    front = page(f"<p>{TEXT}</p>", head).front
    assert (front.title, front.byline, front.date) == ("다리 열어", "이정은", "2024-07-03T09:00:00+09:00")


def test_the_address_of_a_page_is_its_own_if_the_host_is_the_one_that_answered() -> None:
    own = '<link rel="canonical" href="https://{}/a/1">'
    assert (
        page_facts(own.format("news.example.org"), "https://news.example.org/x?id=1").address
        == "https://news.example.org/a/1"
    )
    assert (
        page_facts(own.format("evil.example"), "https://news.example.org/x?id=1").address
        == "https://news.example.org/x?id=1"
    )


# Articles


BODIES = {
    "paragraphs in a named element": '<div id="article_body">{}</div>',
    "an article": "<article>{}</article>",
    "a table for the layout": '<table><tr><td class="left">메뉴</td><td class="view_con">{}</td></tr></table>',
    "no name": "<div><div>{}</div></div>",
}


@pytest.mark.parametrize("frame", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("between", ["<br><br>", "</p><p>", "<br/>\n<br/>", "</div><div>"])
def test_every_paragraph_of_an_article_is_kept_and_menus_are_counted(frame: str, between: str) -> None:
    texts = [f"{TEXT} {number}번째 문단이다." for number in range(5)]
    inner = between.join(texts)
    opening = {"</p><p>": "<p>{}</p>", "</div><div>": "<div>{}</div>"}.get(between, "{}").format(inner)
    menu = '<ul class="gnb">' + "".join(f'<li><a href="/{n}">메뉴 {n}</a></li>' for n in range(8)) + "</ul>"
    report = page(f"{menu}<h1>다리</h1>{frame.format(opening)}<div class='footer'>강변일보 주소 강변시 중앙로 1</div>")
    assert [block.text for block in markdown_blocks(report.body)[0]] == texts
    assert any("beside the article are not kept" in str(each.message) for each in report.issues)


def test_a_page_with_little_text_or_for_those_who_pay_says_so() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    messages = " ".join(str(each.message) for each in page("<p>다리가 열렸다.</p>", head).issues)
    assert "8 characters of text only" in messages
    assert "to those who do not pay" in messages


def test_the_text_for_search_engines_is_taken_where_the_page_has_none() -> None:
    body = "\\n".join(f"{TEXT} {number}번째." for number in range(4))
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>'
    report = page('<div id="root">불러오는 중</div>', head)
    assert len(markdown_blocks(report.body)[0]) == 4
    assert "what the page says to search engines" in str(report.issues[0].message)


# Formats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>가 <b>나</b> <i>다</i></p>", "가 **나** *다*"),
        ('<p><a href="https://a.example/b">가</a></p>', "[가](https://a.example/b)"),
        ("<h2>가</h2>", "## 가"),
        ("<blockquote><p>가</p></blockquote>", "> 가"),
        ("<ol><li>가</li><li>나</li></ol>", "1. 가\n2. 나"),
        ("<ul><li>가<li>나</ul>", "- 가\n- 나"),
        ("<p>가<br>나</p>", "가\n\n나"),
        ("<p>1 * 2 * 3 &lt;b&gt; [속보]</p>", r"1 * 2 * 3 \<b> [속보]"),
        ("<figure><img src=a><figcaption>가</figcaption></figure>", "![가]()"),
        (
            "<table><tr><th>가</th><th>나</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| 가 | 나 |\n| --- | --- |\n| 1 | 2 |",
        ),
        (
            '<table><tr><td rowspan="2">가</td><td>나</td></tr><tr><td>다</td></tr></table>',
            "|  |  |\n| --- | --- |\n| 가 | 나 |\n|  | 다 |",
        ),
        ("<table><tr><td><p>가</p><p>나</p></td></tr></table>", "가\n\n나"),
        ("<p>가<q>나</q></p>", "가“나”"),
        ("<pre>가\n나</pre>", "가\n\n나"),
    ],
)
def test_formats_are_kept(text: str, expected: str) -> None:
    assert pasted(text).body.strip() == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<img src="a" alt="다리 사진">', "its description: 다리 사진"),
        ("<del>지운 글</del>", "a deleted text is not kept: 지운 글"),
        ('<span style="display: none">숨은 글</span>', "a text that is hidden is not kept: 숨은 글"),
        ("<iframe src=x></iframe>", "what <iframe> shows is not kept"),
        ("<select><option>하나<option>둘</select>", "a form is not kept: 하나"),
        ('<input type="text" value="입력한 글">', "a form is not kept: 입력한 글"),
        ('<a href="javascript:x()">가</a>', "the link to javascript:x() is not kept"),
    ],
)
def test_what_is_not_kept_is_named(text: str, message: str) -> None:
    report = pasted(f"<p>앞 {text} 뒤</p>")
    assert message in " ".join(str(each.message) for each in report.issues)
    assert {"앞", "뒤"} <= set(re.findall(r"\w+", report.body))


# Properties

WORDS = st.text(st.sampled_from("가나다라 12*_[]<>&|#-.`\\"), min_size=1, max_size=8)
INLINE = st.sampled_from(
    ["b", "i", "a href='https://a.example/'", "span", "del", "span hidden", "u", "font", "button", "sup"]
)
BLOCK = st.sampled_from(
    ["p", "div", "h2", "li", "ul", "blockquote", "td", "tr", "table", "figcaption", "section", "pre"]
)


def elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def tagged(tag: str, parts: list[str], closed: bool) -> str:
        return f"<{tag}>{''.join(parts)}" + (f"</{tag.split()[0]}>" if closed else "")

    return st.builds(tagged, INLINE | BLOCK, st.lists(inner, max_size=4), st.booleans())


@given(st.lists(st.recursive(WORDS.map(escape), elements, max_leaves=12), max_size=5))
def test_every_character_of_a_piece_of_html_is_in_a_unit_or_an_issue(parts: list[str]) -> None:
    source = "<p>" + "".join(parts)
    shown = letters(re.sub(r"<[^<>]*>", " ", source).replace("&lt;", " ").replace("&gt;", " ").replace("&amp;", " "))
    found = letters(said(pasted(source)))
    assert not set(shown) - set(found)
    assert all(found.count(each) >= shown.count(each) for each in set(shown) - set("12"))


@given(st.text(st.sampled_from("<>/ab!-='\"[]p가 \n"), max_size=80))
def test_any_html_is_read(text: str) -> None:
    assert isinstance(pasted(text), IncomingReport)


def test_hostile_html_is_read_in_bounded_time() -> None:
    for text in (
        "<b>" * 10_000 + "가",
        "<table><tr><td>" * 2_000 + "가",
        "<p>" * 10_000,
        "<!--" * 20_000,
        "<a " * 20_000,
    ):
        html_blocks(text)
