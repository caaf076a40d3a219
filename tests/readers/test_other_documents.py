"""OpenDocument texts, RTF and PDF: texts are kept, and what is not is named."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Document, Para, Words, documents, is_read_or_refused, lost, mutated, words_of
from support.documents.flat import pdf, rtf
from support.documents.letters import LETTER
from support.documents.odt import content, odt, packed, text_of
from transflow import readers
from transflow.errors import UnreadableError
from transflow.readers import pdf as pdf_reader
from transflow.readers.base.runs import visible_text

KINDS = ("footnote", "endnote", "head", "foot", "comment", "deleted", "hidden", "picture", "box")
TEXTS = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="|"), min_size=1, max_size=12)


def read(data: bytes) -> tuple[str, list[str]]:
    report = readers.read(data, "a")
    return report.body, [str(each.message) for each in report.issues]


# OpenDocument


@given(documents(*KINDS))
def test_every_visible_character_of_an_odt_is_in_a_unit_or_a_message(document: Document) -> None:
    assert lost(document, readers.read(odt(document), "a")) == []


def test_titles_of_an_odt_go_to_the_front_matter() -> None:
    report = readers.read(
        odt([Para([Words("가")], "title"), Para([Words("나")], "subtitle"), Para([Words("다")])]), "a"
    )
    assert (report.front.title, report.front.deck, report.body) == ("가", "나", "다\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(LETTER)[:-80], "it is damaged"),
        (packed("<a>"), "it is damaged"),
        (packed(content("<a>" * 300 + "</a>" * 300)), "nested more than 250 deep"),
        (packed('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "has a DOCTYPE"),
        (packed("<a/>", **{"META-INF/manifest.xml": "<encryption-data/>"}), "it is encrypted"),
    ],
    ids=range(5),
)
def test_an_odt_that_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=f"^a: .*{reason}"):
        readers.read(data, "a", "odt")


# RTF


@given(st.lists(TEXTS, max_size=5))
def test_every_character_of_an_rtf_is_in_a_unit(texts: list[str]) -> None:
    found = words_of(readers.read(rtf(texts), "a"))
    assert [text for text in texts if visible_text(text) not in found] == []


def test_an_rtf_has_rows_and_says_what_it_does_not_keep() -> None:
    body, issues = read(rtf(["제목"], [["해", "사람"], ["2022", "7"]], "{\\footnote x}{\\pict 00}"))
    assert body == "제목\n\n|  |  |\n| --- | --- |\n| 해 | 사람 |\n| 2022 | 7 |\n"
    assert [issue.split(": ", 1)[1][:20] for issue in issues] == [
        "formats and links of",
        "texts at the head an",
        "a picture is not kep",
    ]


def test_a_deep_rtf_is_refused() -> None:
    with pytest.raises(UnreadableError, match="nested more than 500 deep"):
        readers.read(b"{\\rtf1" + b"{" * 10_000, "a")


# PDF


def test_lines_of_a_pdf_are_joined_to_paragraphs_and_its_pages_are_places() -> None:
    lines = [
        "유엔, 서한 공개",
        "유엔은 3월 11일 서한을 공개했다. 특별보고관 ",
        "2명이 서한에 함께 서명했다. 이들은 중국 정부",
        "에 답을 요구했다.",
        "- 하나",
        "- 둘",
    ]
    body, issues = read(pdf([lines, []]))
    assert body == (
        "유엔, 서한 공개\n\n유엔은 3월 11일 서한을 공개했다. 특별보고관 2명이 서한에 함께 서명했다. "
        "이들은 중국 정부에 답을 요구했다.\n\n\\- 하나\n\n\\- 둘\n"
    )
    assert issues[0].startswith("beginning: this text came from a PDF")
    assert issues[1] == "page 2, paragraph 4: this page has no text; it may be a picture."


def test_a_pdf_without_a_text_or_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="none of its pages has a text"):
        readers.read(pdf([[]]), "a")
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 1)
    with pytest.raises(UnreadableError, match="it has 2 pages"):
        readers.read(pdf([["가"], ["나"]]), "a")


# Damaged files


def _damaged(kind: str, count: int) -> list[bytes]:
    random = Random(kind)
    whole = {"odt": odt(LETTER), "rtf": rtf(["유엔, 서한"], [["해", "사람"]]), "pdf": pdf([["유엔, 서한", "공개"]])}[
        kind
    ]
    if kind == "odt":
        text = text_of(LETTER).encode()
        return [packed(mutated(random, text)) if number % 2 else mutated(random, whole) for number in range(count)]
    return [mutated(random, whole) for _ in range(count)]


@pytest.mark.parametrize("kind", ["odt", "rtf", "pdf"])
def test_a_damaged_file_is_read_or_refused(kind: str) -> None:
    assert 0 < sum(is_read_or_refused(readers.load(kind).read, data) for data in _damaged(kind, 120)) < 120


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["odt", "rtf", "pdf"])
def test_ten_thousand_damaged_files_are_read_or_refused(kind: str) -> None:
    assert 0 < sum(is_read_or_refused(readers.load(kind).read, data) for data in _damaged(kind, 10_000)) < 10_000
