"""Front matter and its dates."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.model.report import FrontMatter
from transflow.report import front_matter, when, with_front, write_front
from transflow.report.front import TEXT_KEYS, author_of


def read(lines: str) -> FrontMatter:
    front, _, _ = front_matter(f"---\n{lines}\n---\n", "a.md")
    return front


def problems(text: str) -> list[tuple[int, str, str]]:
    return [(issue.location.line, issue.severity, issue.message) for issue in front_matter(text, "sources/a.md")[2]]


def test_all_fields_are_read() -> None:
    text = (
        "---\ntitle: 제목\ndeck: 부제목\nbyline: 정은 리\ndate: 2024-03-26\ndateline: 서울\n"
        "url: https://news.example/a?b=c#d\nembargo: 2024-03-27T06:00:00+09:00\nconfidential: true\n"
        "tags: 북한, 인권\nlead: 첫 문장\nsection: 정치\n---\n본문"
    )
    front, offset, issues = front_matter(text, "a.md")
    assert front == FrontMatter(
        title="제목",
        deck="부제목",
        byline="정은 리",
        date="2024-03-26",
        dateline="서울",
        url="https://news.example/a?b=c#d",
        embargo="2024-03-27T06:00:00+09:00",
        confidential=True,
        tags=("북한", "인권"),
        lead="첫 문장",
        other=(("section", "정치"),),
    )
    assert text[offset:] == "본문"
    assert issues == []


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("[속보] 유엔, 중국에 서한", "[속보] 유엔, 중국에 서한"),
        ("유엔 #7명", "유엔 #7명"),
        ("no", "no"),
        ("제목: 부제", "제목: 부제"),
        ("a --- b", "a --- b"),
        ('"온통 인용"', "온통 인용"),
        ("'it''s'", "it's"),
        ('"핵 포기" 없다', '"핵 포기" 없다'),
        ('"하나" 그리고 "둘"', '"하나" 그리고 "둘"'),
        ("'하나' 그리고 '둘'", "'하나' 그리고 '둘'"),
        ('"\\"핵\\" \\u2026 \\\\ \\n \\q"', '"핵" … \\   \\q'),
        ('"\\ud800 \\x00"', "\\ud800  "),
        ('"', '"'),
        ("", ""),
        ("\t 앞뒤 공백 \t", "앞뒤 공백"),
    ],
)
def test_a_value_is_verbatim_unless_it_is_quoted_as_a_whole(written: str, title: str) -> None:
    assert read(f"title: {written}").title == title


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("북한, 인권", ("북한", "인권")),
        ("[북한, 인권]", ("북한", "인권")),
        ("['북한', \"인권, 난민\", ]", ("북한", "인권, 난민")),
        ('"인용"한 말, 난민', ('"인용"한 말', "난민")),
        ("[]", ()),
        ("", ()),
        ("[열린", ("[열린",)),
    ],
)
def test_tags_are_a_list_with_or_without_brackets(written: str, tags: tuple[str, ...]) -> None:
    assert read(f"tags: {written}").tags == tags


def test_only_true_and_false_are_answers_to_confidential_and_anything_else_is_kept_secret() -> None:
    assert not read("confidential: false").confidential
    for answer in ("true", "yes", "False", '"true"', "", "no"):
        assert read(f"confidential: {answer}").confidential
    assert read("confidential: true\nconfidential: false").confidential
    assert problems("---\nconfidential: no\n---\n") == [
        (2, "error", "confidential is true or false, not “no”. Until it says so, sources/a.md counts as confidential.")
    ]


def test_a_file_without_front_matter_is_all_body() -> None:
    for text in ("", "본문", "\n---\ntitle: a\n---\n", "----\ntitle: a\n---", " ---\n", "---\n\n본문\n", "---"):
        assert front_matter(text, "a.md") == (FrontMatter(), 0, [])


def test_front_matter_without_an_end_stops_at_the_first_line_that_is_no_field() -> None:
    text = "---\ntitle: 제목\nconfidential: true\n\n본문: 이다"
    front, offset, issues = front_matter(text, "sources/a.md")
    assert (front.title, front.confidential, text[offset:]) == ("제목", True, "\n본문: 이다")
    assert [(issue.location.line, issue.severity) for issue in issues] == [(1, "error")]
    assert "sources/a.md has no end" in issues[0].message
    assert front_matter("---\ntitle: 제목", "a.md")[1] == len("---\ntitle: 제목")


def test_a_line_of_three_hyphens_further_down_belongs_to_the_body() -> None:
    text = "---\ntitle: 제목 --- 부제\n---  \n본문\n\n---\n\n끝"
    front, offset, issues = front_matter(text, "a.md")
    assert (front.title, text[offset:], issues) == ("제목 --- 부제", "본문\n\n---\n\n끝", [])


def test_every_fault_is_an_error_with_its_line() -> None:
    text = "---\ntitle: a\n콜론 없는 줄\ntitle: b\ndate: 어제\nembargo: 2024-02-30\n- a\n---\n"
    found = problems(text)
    assert [(line, severity) for line, severity, _ in found] == [(n, "error") for n in (3, 4, 5, 6, 7)]
    for (_, _, message), words in zip(found, ("콜론 없는 줄", "twice", "어제", "2024-02-30", "[a, b]"), strict=True):
        assert words in message
    assert front_matter(text, "a.md")[0].title == "a"


def test_unknown_fields_are_kept_as_they_stand_and_one_that_is_misspelt_is_named() -> None:
    text = '---\ntitel: "오타"\nlayout: [a, b]\ndraft: true\ntag: x\n---\n'
    front, _, issues = front_matter(text, "a.md")
    assert front.other == (("titel", '"오타"'), ("layout", "[a, b]"), ("draft", "true"), ("tag", "x"))
    assert write_front(front) == text
    assert [issue.severity for issue in issues] == ["hint"]
    assert "Did you mean title?" in issues[0].message


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        ("author: 이정은 기자", "이정은 기자"),
        ("authors: [이정은, 김하늘]", "[이정은, 김하늘]"),
        ("authors:\n  - 이정은\n  - 김하늘", "이정은, 김하늘"),
        ("title: 제목", ""),
    ],
)
def test_an_author_is_a_byline(lines: str, byline: str) -> None:
    assert author_of(f"---\n{lines}\n---\n", "a.md") == byline


def test_comments_and_blank_lines_are_nothing() -> None:
    assert problems("---\n\n# 설명: 없음\ntitle: a\n  \n---\n") == []


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("유엔, 중국에 탈북민 송환 중단 요청", "title: 유엔, 중국에 탈북민 송환 중단 요청"),
        ("12명 사망", "title: 12명 사망"),
        ("[속보] 유엔", 'title: "[속보] 유엔"'),
        ("유엔 #7명", 'title: "유엔 #7명"'),
        ("제목: 부제", 'title: "제목: 부제"'),
        ("No", 'title: "No"'),
        ("2024", 'title: "2024"'),
        ("2024-03-26", 'title: "2024-03-26"'),
        ("1:30", 'title: "1:30"'),
        ("@기자", 'title: "@기자"'),
        ("*강조*", 'title: "*강조*"'),
        ("&c", 'title: "&c"'),
        ("~", 'title: "~"'),
        ('"핵 포기" 없다', "title: '\"핵 포기\" 없다'"),
        ("'핵' \"포기\"", 'title: "\'핵\' \\"포기\\""'),
        ("C:\\a", "title: C:\\a"),
        (" 앞", 'title: " 앞"'),
        ("a\tb", 'title: "a\\x09b"'),
        ("a\ufeffb", 'title: "a\\ufeffb"'),
        ("첫 줄\n둘째 줄", "title: 첫 줄 둘째 줄"),
    ],
)
def test_a_value_that_yaml_would_misread_is_written_in_quotes(value: str, line: str) -> None:
    assert write_front(FrontMatter(title=value)) == f"---\n{line}\n---\n"


def test_dates_and_lists_are_written_as_yaml_has_them() -> None:
    front = FrontMatter(date="2024-03-26", embargo="어제: x", confidential=True, tags=("a, b", "c", "d?", "no"))
    assert write_front(front) == (
        '---\ndate: 2024-03-26\nembargo: "어제: x"\nconfidential: true\ntags: ["a, b", c, "d?", "no"]\n---\n'
    )
    assert write_front(FrontMatter()) == ""


YAML = (
    "[",
    "]",
    "{",
    ": ",
    " #",
    ", ",
    "'",
    '"',
    "\\",
    "-",
    "?",
    "|",
    ">",
    "&",
    "*",
    "!",
    "%",
    "@",
    "`",
    "no",
    "1",
    " ",
    "가",
)
values = (
    st.one_of(
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12),
        st.lists(st.sampled_from(YAML), max_size=6).map("".join),
    )
    .map(lambda text: unicodedata.normalize("NFC", text))
    .filter(lambda text: not set(text) & set("\u2028\u2029\u0085"))
)
fronts = st.builds(
    FrontMatter,
    **dict.fromkeys([key.replace("-", "_") for key in TEXT_KEYS if key != "record"], values),
    record=st.sampled_from(["", "on", "background"]),
    confidential=st.booleans(),
    tags=st.lists(values.filter(bool), max_size=3).map(tuple),
    other=st.lists(st.tuples(st.sampled_from(["section", "저자", "X-1"]), values.map(lambda v: v.strip(" \t")))).map(
        tuple
    ),
)


held_back = fronts.map(lambda front: replace(front, record="hold", confidential=True))


@given(fronts | held_back, st.sampled_from(["", "본문", "---\n", "\n\n# a"]))
def test_what_is_written_is_read_back(front: FrontMatter, body: str) -> None:
    written = write_front(front)
    if not written:
        assert front == FrontMatter()
        return
    found, offset, _ = front_matter(written + body, "a.md")
    assert (found, offset) == (front, len(written))
    assert write_front(found) == written


@given(
    st.lists(st.one_of(st.sampled_from(["---\n", "title: ", "tags: [", "\n", '"', "'", "\\u"]), st.text(max_size=5)))
)
def test_any_text_has_a_front_matter_and_a_body(pieces: list[str]) -> None:
    text = "".join(["---\n", *pieces])
    _, offset, issues = front_matter(text, "a.md")
    assert 0 <= offset <= len(text)
    assert offset == len(text) or not offset or text[offset - 1] == "\n"
    assert all(issue.location.line >= 1 for issue in issues)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-03-26", datetime(2024, 3, 25, 15, tzinfo=UTC)),
        ("2024-03-26T09:00", datetime(2024, 3, 26, 0, tzinfo=UTC)),
        ("2024-03-26 09:00:30", datetime(2024, 3, 26, 0, 0, 30, tzinfo=UTC)),
        ("2024-03-26T09:00:00Z", datetime(2024, 3, 26, 9, tzinfo=UTC)),
        ("2024-03-26t09:00:00.250z", datetime(2024, 3, 26, 9, 0, 0, 250_000, tzinfo=UTC)),
        (" 2024-03-26T09:00:00-04:00 ", datetime(2024, 3, 26, 13, tzinfo=UTC)),
        ("2024-03-26T09:00-0400", datetime(2024, 3, 26, 13, tzinfo=UTC)),
        ("2024-03-26T09:00:00 +09", datetime(2024, 3, 26, 0, tzinfo=UTC)),
    ],
)
def test_a_date_without_offset_is_in_the_time_zone_of_the_project(value: str, moment: datetime) -> None:
    found = when(value, "Asia/Seoul")
    assert found == moment
    assert found is not None
    assert found.tzinfo is not None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "3월 26일",
        "2024",
        "2024-3-6",
        "20240326",
        "2024-02-30",
        "0000-01-01",
        "2024-03-26T25:00",
        "2024-03-26T",
        "２０２４-03-26",
    ],
)
def test_what_is_no_iso_date_is_no_moment(value: str) -> None:
    assert when(value, "Asia/Seoul") is None


def test_an_unknown_time_zone_is_an_error_of_the_caller() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        when("2024-03-26", "Asia/Nowhere")


def test_front_matter_is_read_without_markdown() -> None:
    program = "import sys, transflow.report.front; print([m for m in sys.modules if m.startswith('markdown_it')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("lines", "record", "confidential", "issues"),
    [
        ("record: on", "on", False, 0),
        ("record: background", "background", False, 0),
        ("record: off", "off", True, 0),
        ('record: "hold"\nconfidential: false', "hold", True, 0),
        ("record: Off", "hold", True, 1),
        ("record: until he agrees", "hold", True, 1),
        ("record: on\nrecord: off", "off", True, 1),
        ("record:", "", False, 0),
    ],
)
def test_what_may_not_be_printed_is_confidential_and_what_makes_no_sense_is_held_back(
    lines: str, record: str, confidential: bool, issues: int
) -> None:
    front, _, found = front_matter(f"---\n{lines}\n---\n", "a.md")
    assert (front.record, front.confidential, len(found)) == (record, confidential, issues)


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("lang: Korean language", "a language, such as ko or zh_Hans"),
        ("origin-digest: none", "a digest, 16 to 64 digits"),
        ("reader: Some Reader", "the name of a reader"),
        ("story: un-china-refugees", "a story with its language"),
        ("story-digest: 12", "a digest"),
    ],
)
def test_where_a_report_comes_from_has_a_form(line: str, allowed: str) -> None:
    ((number, severity, message),) = problems(f"---\n{line}\n---\n")
    assert (number, severity) == (2, "error")
    assert allowed in message


def test_where_a_report_comes_from_is_kept_as_it_is() -> None:
    text = (
        '---\nlang: ja\norigin: https://example.org/1\norigin-digest: "0123456789abcdef"\nreader: html/2\n'
        "story: en:un-letter\nstory-digest: fedcba9876543210\nrecord: background\n---\n"
    )
    front, _, found = front_matter(text, "a.md")
    assert (write_front(front), found) == (text, [])


# Values on several lines


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        ("deck:\n  - a\n  - b", 2, "deck is one text, not a list. Write it on one line"),
        ("title: a\ndeck:\n  a: 1\n  b: 2", 3, "deck is one text, not fields below it"),
        ("tags:\n  - [a, b]", 2, "tags is one text, not fields below it"),
        ('deck: "a\n  b', 4, "no YAML that can be read"),
        ("tags:\n  - &a x\n  - {y: *a}", 4, "tags has an alias of YAML"),
        ("tags:\n  - " + "[" * 30 + "]" * 30, 2, "nested more than 10 deep"),
        ("deck: >\n" + "  long\n" * 5000, 2, "more than 20000 characters"),
        ("date:\n  - 2024-03-26", 0, ""),
    ],
)
def test_a_value_on_several_lines_is_read_or_named_with_its_line(lines: str, number: int, words: str) -> None:
    found = [issue for issue in front_matter(f"---\n{lines}\n---\n", "a.md")[2] if issue.severity == "error"]
    assert [each.location.line for each in found] == ([number] if number else [])
    assert all(words in each.message for each in found)


def test_aliases_cannot_multiply_a_value() -> None:
    bomb = "x:\n  - &a [l, l]\n" + "".join(
        f"  - &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    front, _, found = front_matter(f"---\ntitle: a\n{bomb}tags:\n  - &a [l, l]\n  - [*a, *a]\n---\n", "a.md")
    assert front.tags == ()
    assert [each.severity for each in found] == ["error"]


def test_toml_that_cannot_be_read_is_an_error_with_a_way_out() -> None:
    ((line, severity, message),) = problems('+++\ntitle = "a\nx = 1\n+++\n본문')
    assert (line, severity) == (2, "error")
    assert "this is not TOML" in message
    assert "between --- lines" in message
    assert problems('+++\ntitle = "a"\n') == [(1, "error", problems('+++\ntitle = "a"\n')[0][2])]
    assert problems("+++\n본문\n") == []


unknown = st.builds(
    "{}: {}".format,
    st.sampled_from(["layout", "date created", '"og:title"', "상태", "<<"]),
    st.sampled_from(
        ["a  # b ", "'x'", "\n  - a\n\n  -  b", "|\n  # c\n   d", "{a: [1,\n 2]}", ">-\n\n  e", "\n- f", "&g", ""]
    ),
)
known = st.sampled_from(
    [
        "title:  제목 ",
        "deck: >\n  가\n  나",
        "tags:\n- a\n- b",
        "byline:\n  - name: 이정은\n    email: a@b",
        "lead: 'x'",
        "# c",
        "",
    ]
)


@given(
    st.lists(known, max_size=4, unique_by=lambda text: text.partition(":")[0]),
    st.lists(unknown, max_size=4, unique_by=lambda text: text.partition(":")[0]),
    st.randoms(use_true_random=False),
    fronts,
)
def test_a_change_of_known_fields_leaves_every_other_line(
    known: list[str], unknown: list[str], random: Random, new: FrontMatter
) -> None:
    lines = [*known, *unknown]
    random.shuffle(lines)
    head = "\n".join(["---", *lines, "---", ""])
    old, offset, found = front_matter(head, "a.md")
    assert offset == len(head)
    assert [each.message for each in found if each.severity == "error"] == []
    assert with_front(head, old) == head
    changed = replace(new, other=old.other)
    written = with_front(head, changed)
    assert front_matter(written, "a.md")[0] == changed
    rest = f"\n{written}"
    assert all(f"\n{each}\n" in rest for each in unknown)
