"""Tables of two languages from other programs."""

from __future__ import annotations

import pytest

from transflow.bilingual_table import columns, decoded, delimiter, rows
from transflow.errors import UnreadableError

HEADINGS = (
    "source,target",
    "KO,EN",
    "ko-KR,en_US",
    "kor,eng",
    "Korean,English",
    "한국어,영어",
    "원어,역어",
    "src,tgt",
    "Source term [ko],Target term [en]",
    "Term [ko],Term [en]",
    "term,translation",
    "Korean (source),English (target)",
    "source_language,target_language",
    "\ufeffSource Text,TARGET TEXT",
    "용어(한국어),용어(영어)",
    "한국어 용어,영어 용어",
    "term_ko,term_en",
    "한글명,영문명",
    "단어,뜻",
    "Source:,Target*",
    "국문,영문 표기",
)


@pytest.mark.parametrize("line", HEADINGS)
def test_columns_are_named_in_any_of_the_usual_forms(line: str) -> None:
    assert columns(line.split(","), "ko", "en", {}) == ["source", "target"]


@pytest.mark.parametrize(
    "line",
    ["평양,Pyongyang", "한국어,Korean", "영어,English", "용어,term", "번역,translation", "출처,source", "이란,Iran"],
)
def test_a_term_names_no_columns(line: str) -> None:
    assert columns(line.split(","), "ko", "en", {}) == []


def test_a_language_says_more_than_a_role_and_other_languages_are_no_target() -> None:
    assert columns(["id", "source", "ko", "vi", "en"], "ko", "en", {}) == ["", "", "source", "", "target"]
    assert columns(["English", "Korean"], "en", "ko", {}) == ["source", "target"]
    assert columns(["source", "kind", "x"], "ko", "en", {"kind": "kind"}) == []
    assert columns(["source", "kind"], "ko", "en", {"kind": "kind"}) == ["source", "kind"]


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("평양\tPyongyang, capital\n원산\tWonsan\n", "\t"),
        ("김정은;Kim, Jong Un\n평양;Pyongyang\n", ";"),
        ('source,target\n"a; b","c;\nd; e"\n', ","),
        ("# a; remark; of; OmegaT\n평양\tPyongyang\n", "\t"),
        ("평양\n", ","),
        ("용어집\n\n평양\tPyongyang, a\n원산\tWonsan\n", "\t"),
    ],
)
def test_the_delimiter_is_what_most_lines_have(text: str, character: str) -> None:
    assert delimiter(text) == character


def test_remarks_before_the_table_are_skipped_and_quotation_marks_between_tabs_are_text() -> None:
    text = '# Glossary in tab-separated format\n평양\t"P" yongyang\n#1\tNo. 1\n'
    assert [tuple(each) for each in rows(text, "g.txt")] == [(2, ["평양", '"P" yongyang']), (3, ["#1", "No. 1"])]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("평양,Pyongyang".encode("utf-16-le"), "UTF-16 without its mark.*UTF-16LE"),
        ("평양,Pyongyang".encode("utf-16-be"), "UTF-16 without its mark.*UTF-16BE"),
        ("평양,Pyongyang".encode("cp949"), "CP949"),
        (b"a,\xff\xff", "not UTF-8"),
    ],
)
def test_another_encoding_is_named(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        decoded(data, "g.csv")
    assert decoded("평양\r\n".encode("utf-16"), "g.csv") == "평양\n" == decoded("\ufeff평양\r".encode(), "g.csv")
