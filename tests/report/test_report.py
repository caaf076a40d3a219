"""Whole report files: bytes, blocks, digest. The golden files show each file beside its blocks."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow import report
from transflow.errors import UnreadableError
from transflow.language.segment import VERSION
from transflow.report import decode, digest, parse

GOLDENS = paths.TESTS / "golden" / "report"


def shown(data: bytes, name: str) -> str:
    """Return blocks, then issues, one per line: line, kind or severity, text."""
    read, issues = parse(data, name, f"{name}.md")
    lines = [
        f"{each.line:3} {', '.join(filter(None, (each.kind, each.variant))):20} {each.text}" for each in read.blocks
    ]
    lines += [f"{issue.location.line:3} {issue.severity.upper():20} {issue.message}" for issue in issues]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDENS.glob("*.md")))
def test_a_report_is_read_as_its_golden_shows(name: str) -> None:
    expected = (GOLDENS / f"{name}.blocks.txt").read_text(encoding="utf-8")
    assert shown((GOLDENS / f"{name}.md").read_bytes(), name) == expected


def test_the_headline_and_the_deck_come_first_with_their_lines() -> None:
    read, issues = parse("---\ndeck: 부제목\ntitle: 제목\n---\n본문이다.\n".encode(), "a", "sources/a.md")
    assert [(each.kind, each.text, each.line) for each in read.blocks] == [
        ("headline", "제목", 3),
        ("deck", "부제목", 2),
        ("paragraph", "본문이다.", 5),
    ]
    assert (read.slug, read.front.title, issues) == ("a", "제목", [])


def test_a_heading_at_the_top_is_the_title_only_where_the_front_matter_has_none() -> None:
    without, _ = parse("# 제목\n\n본문이다.".encode(), "a", "a.md")
    assert without.front.title == "제목"
    assert [each.kind for each in without.blocks] == ["headline", "paragraph"]
    with_one, _ = parse("---\ntitle: 다른 제목\n---\n# 제목\n\n본문이다.".encode(), "a", "a.md")
    assert [each.kind for each in with_one.blocks] == ["headline", "subhead", "paragraph"]


def test_a_heading_of_another_level_or_further_down_is_no_title() -> None:
    for text in ("## 제목\n\n본문", "본문\n\n# 제목", "#\n\n## 제목", "***\n\n# 제목\n"):
        read, issues = parse(text.encode(), "a", "a.md")
        assert read.front.title == ""
        assert "no headline" in issues[-1].message


def test_a_report_without_text_says_so() -> None:
    assert "no text below" in parse("---\ntitle: 제목\n---\n".encode(), "a", "a.md")[1][0].message
    assert "no headline" in parse(b"", "a", "a.md")[1][0].message


def test_the_digest_is_of_the_bytes_and_the_segmenter() -> None:
    data = "본문\n".encode()
    assert digest(data) == f"{sha256(data).hexdigest()} {VERSION}"
    assert parse(data, "a", "a.md")[0].digest == digest(data)


def test_line_ends_that_git_changes_in_a_clone_do_not_change_the_digest() -> None:
    assert digest("본문\r\n끝\r\n".encode()) == digest("본문\n끝\n".encode())
    assert digest("본문\r끝\n".encode()) != digest("본문\n끝\n".encode())


def test_a_byte_order_mark_and_windows_line_ends_change_no_text() -> None:
    plain = "---\ntitle: 제목\n---\n\n첫 줄\n둘째 줄\n\n끝"
    windows = b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode()
    ours, theirs = parse(plain.encode(), "a", "a.md")[0], parse(windows, "a", "a.md")[0]
    assert (ours.front, ours.blocks) == (theirs.front, theirs.blocks)


def test_text_is_composed_and_unicode_line_separators_are_spaces() -> None:
    decomposed = unicodedata.normalize("NFD", "한국어")
    read, _ = parse(f"---\ntitle: {decomposed}\n---\n{decomposed}\u2028문장\u0085이다.".encode(), "a", "a.md")
    assert [each.text for each in read.blocks] == ["한국어", "한국어 문장 이다."]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("제목\n\n본문".encode("cp949"), 1, "iconv -f CP949 -t UTF-8 sources/a.md"),
        ("ascii\r\n\r\n본문".encode("cp949"), 3, "EUC-KR"),
        ("제목".encode("utf-16"), 1, "UTF-16"),
        (b"\xef\xbb\xbfa\n\xff", 2, "Save it as UTF-8"),
        (b"a\rb\n\xf0\x28\x8c\x28", 3, "Save it as UTF-8"),
        ("첫 줄\n둘째\x07 줄".encode(), 2, "U+0007"),
        (b"a\n\nb\x1b[m", 3, "U+001B"),
        (b"a\nb\0c", 2, "no"),
        (b"a\nPK\0", 2, "Export it"),
    ],
)
def test_what_is_no_utf8_text_is_refused_with_its_line_and_a_way_out(data: bytes, line: int, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse(data, "a", "sources/a.md")
    assert caught.value.exit_code == 3
    assert str(caught.value).startswith(f"sources/a.md:{line}: ")
    assert words in str(caught.value)


PIECES = (
    "---\n",
    "title: ",
    "# ",
    "- ",
    "1. ",
    "> ",
    "```\n",
    "    ",
    "|a|\n|-|\n",
    "![x](y)",
    "[a]: b",
    "\\",
    "\n",
    "\n",
)


@given(st.one_of(st.binary(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4))).map("".join)))
def test_any_bytes_are_a_report_or_unreadable(content: bytes | str) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        read, issues = parse(data, "a", "a.md")
    except UnreadableError:
        return
    lines = decode(data, "a.md").count("\n") + 1
    for block in read.blocks:
        assert block.text
        assert block.text == " ".join(block.text.split())
        assert 1 <= block.line <= lines
    assert all(1 <= issue.location.line <= lines for issue in issues)


def test_every_public_name_can_be_had_from_the_package_and_no_other() -> None:
    assert all(getattr(report, name) is not None for name in report.__all__)
    with pytest.raises(AttributeError, match="nothing_here"):
        _ = report.nothing_here
