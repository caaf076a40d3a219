"""Documents of Word: everything is kept or named."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from support.documents import (
    Aside,
    Document,
    Para,
    Words,
    documents,
    is_read_or_refused,
    lost,
    mutated,
)
from support.documents.docx import body, docx, packed, text_of
from support.documents.letters import LETTER
from transflow import readers
from transflow.errors import UnreadableError

KINDS = ("footnote", "endnote", "head", "foot", "comment", "deleted", "hidden", "picture", "box", "grid")
RUN = "<w:r><w:t>가</w:t></w:r>"


def read(data: bytes) -> tuple[str, list[str]]:
    report = readers.read(data, "a")
    return report.body, [str(each.message) for each in report.issues]


def of_xml(content: str) -> tuple[str, list[str]]:
    return read(packed(body(f"<w:p>{content}</w:p>")))


# Text


@given(documents(*KINDS))
def test_every_visible_character_is_in_a_unit_or_a_message(document: Document) -> None:
    assert lost(document, readers.read(docx(document), "a")) == []


def test_titles_and_subtitles_go_to_the_front_matter() -> None:
    forms = ("title", "subtitle", "title", "", "numbered")
    document = [Para([Words(text, bold=True)], form) for text, form in zip("가나다라마", forms, strict=True)]
    report = readers.read(docx(document), "a")
    assert (report.front.title, report.front.deck, report.body) == ("가", "나", "## **다**\n\n**라**\n\n1. **마**\n")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<w:ins><w:r><w:t>가</w:t></w:r></w:ins><w:moveTo><w:r><w:t>나</w:t></w:r></w:moveTo>", "가나\n"),
        ("<w:sdt><w:sdtContent><w:r><w:t>가</w:t><w:tab/><w:t>나</w:t></w:r></w:sdtContent></w:sdt>", "가 나\n"),
        ("<w:r><w:t>가</w:t><w:br/><w:t>나</w:t><w:noBreakHyphen/></w:r>", "가\n\n나-\n"),
        ('<w:r><w:sym w:char="F0E0"/></w:r>', "\uf0e0\n"),
        (f"<w:r><w:ruby><w:rubyBase>{RUN}</w:rubyBase><w:rt>{RUN}</w:rt></w:ruby></w:r>", "가(가)\n"),
        (f"<AlternateContent><Choice>{RUN}</Choice><Fallback>{RUN}</Fallback></AlternateContent>", "가\n"),
        ('<w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>가</w:t></w:r>', "가\n"),
    ],
)  # fmt: skip
def test_what_stands_around_and_beside_texts_is_read(content: str, text: str) -> None:
    assert of_xml(content)[0] == text


def test_a_field_is_its_result_and_a_link_if_it_is_one() -> None:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    link = f'{marks[0]}<w:r><w:instrText> HYPERLINK "https://a.b/c" </w:instrText></w:r>{marks[1]}<w:r><w:t>보기</w:t></w:r>{marks[2]}'
    page = (
        f"{marks[0]}<w:r><w:instrText>PAGE</w:instrText><w:t>x</w:t></w:r>{marks[1]}<w:r><w:t>3</w:t></w:r>{marks[2]}"
    )
    assert of_xml(f"{link}{page}<w:r><w:t>쪽</w:t></w:r>") == ("[보기](https://a.b/c)3쪽\n", [])


def test_what_is_beside_the_text_is_named() -> None:
    things = (
        '<w:r><w:object/><w:drawing><graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>'
        "<oMath><r><t>x=1</t></r></oMath><w:r><w:pict><shape><imagedata/></shape></w:pict></w:r>"
        "<w:moveFrom><w:r><w:t>옮긴 글</w:t></w:r></w:moveFrom>"
    )
    assert of_xml(f"<w:r><w:t>가</w:t></w:r>{things}")[1] == [
        "paragraph 1: an embedded object is not kept.",
        "paragraph 1: a chart is not kept.",
        "paragraph 1: the equation “x=1” is not kept.",
        "paragraph 1: a picture is not kept.",
        "paragraph 1: “옮긴 글” is marked as deleted, and left out.",
    ]


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    document = docx([Para([Words("가"), Aside("footnote", "각주")])])
    assert read(document)[1] == ["paragraph 1: the footnote “각주” is not kept."]


# Refusals


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(LETTER)[:-80], "it is damaged"),
        (packed("<w:document>"), "it is damaged"),
        (packed(body("<w:p>" * 300 + "</w:p>" * 300)), "nested more than 250 deep"),
        (packed('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "has a DOCTYPE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "it is encrypted"),
    ],
    ids=range(5),
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=f"^letter.docx: .*{reason}"):
        readers.read(data, "letter.docx", "docx")


def _read(data: bytes, name: str) -> readers.IncomingReport:
    return readers.read(data, name, "docx")


def _damaged(count: int) -> list[bytes]:
    random, whole, text = Random(7), docx(LETTER), text_of(LETTER).encode()
    return [packed(mutated(random, text)) if number % 2 else mutated(random, whole) for number in range(count)]


def test_a_damaged_file_is_read_or_refused() -> None:
    assert 0 < sum(is_read_or_refused(_read, data) for data in _damaged(200)) < 200


@pytest.mark.soak
def test_ten_thousand_damaged_files_are_read_or_refused() -> None:
    assert 0 < sum(is_read_or_refused(_read, data) for data in _damaged(20_000)) < 20_000
