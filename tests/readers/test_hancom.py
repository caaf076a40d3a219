"""Documents of Hancom's word processor, HWPX and HWP 5: everything is kept or named."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import (
    Aside,
    Box,
    Document,
    Grid,
    Para,
    Picture,
    Words,
    documents,
    is_read_or_refused,
    lost,
    mutated,
)
from support.documents import hwp5 as old
from support.documents import hwpx as new
from support.documents.compound import compound
from support.documents.hwp5 import hwp5
from support.documents.hwpx import hwpx
from transflow import readers
from transflow.errors import UnreadableError
from transflow.readers.hancom import hwp5_file
from transflow.readers.hancom.flow import description, web_address

KINDS = ("footnote", "endnote", "head", "foot", "comment", "picture", "box", "grid")
WRITERS = pytest.mark.parametrize("write", [hwpx, hwp5], ids=["hwpx", "hwp5"])
Write = Callable[[Document], bytes]
SAMPLE = [
    Para([Words("유엔, 서한 공개")]),
    Para(
        [
            Words("유엔은 "),
            Words("서한", bold=True),
            Words("을 냈다. "),
            Words("보기", address="https://a.b/c"),
            Aside("footnote", "각주"),
        ]
    ),
    Para([Words("앞"), Grid([["이름", "나이"], ["민아", ""]], has_head=True), Words("뒤")]),
    Para([Picture("악수하는 두 사람", "왼쪽부터")]),
]


def read(data: bytes, name: str = "a") -> tuple[str, list[str]]:
    report = readers.read(data, name)
    return report.body, [str(each.message) for each in report.issues]


# Text


@given(documents(*KINDS, "deleted"))
def test_every_visible_character_of_an_hwpx_file_is_in_a_unit_or_a_message(document: Document) -> None:
    assert lost(document, readers.read(hwpx(document), "a")) == []


@given(documents(*KINDS), st.booleans())
def test_every_visible_character_of_an_hwp_file_is_in_a_unit_or_a_message(
    document: Document, distributed: bool
) -> None:
    assert lost(document, readers.read(hwp5(document, is_for_distribution=distributed), "a")) == []


@given(documents(*KINDS))
def test_both_formats_give_the_same_report(document: Document) -> None:
    assert read(hwp5(document)) == read(hwpx(document))


@WRITERS
def test_paragraphs_tables_and_captions_become_blocks(write: Write) -> None:
    body, issues = read(write(SAMPLE))
    assert body == (
        "유엔, 서한 공개\n\n유엔은 **서한**을 냈다. [보기](https://a.b/c)\n\n앞\n\n"
        "| 이름 | 나이 |\n| --- | --- |\n| 민아 |  |\n\n뒤\n\n![왼쪽부터]()\n"
    )
    assert issues == [
        "paragraph 2: the footnote “각주” is not kept.",
        "paragraph 4: a picture is not kept; it is described as “악수하는 두 사람”.",
    ]


@WRITERS
def test_outlines_are_subheads_unless_they_are_sentences_and_bullets_are_items(write: Write) -> None:
    document = [
        Para([Words("개요")], "outline"),
        Para([Words("유엔은 서한을 냈다.")], "outline"),
        Para([Words("하나")], "bullet"),
    ]
    assert read(write(document))[0] == "## 개요\n\n유엔은 서한을 냈다.\n\n- 하나\n"


@WRITERS
def test_a_table_that_makes_a_frame_is_text(write: Write) -> None:
    assert read(write([Para([Grid([["보도자료"]])]), Para([Grid([["제목", ""]])])]))[0] == "보도자료\n\n제목\n"


@WRITERS
def test_the_text_of_a_box_is_kept_and_named(write: Write) -> None:
    body, issues = read(write([Para([Words("가"), Box("상자")])]))
    assert (body, issues) == (
        "가\n\n상자\n",
        ["paragraph 2: this is the text of a box, which may stand elsewhere on the page."],
    )


@WRITERS
def test_asides_are_named_with_their_whole_text(write: Write) -> None:
    asides = [Aside(kind, kind * 30) for kind in ("footnote", "endnote", "comment", "head", "foot")]
    assert read(write([Para([Words("본문"), *asides])]))[1] == [
        f"paragraph 1: the footnote “{'footnote' * 30}” is not kept.",
        f"paragraph 1: the endnote “{'endnote' * 30}” is not kept.",
        f"paragraph 1: the comment “{'comment' * 30}” is not kept.",
        f"paragraph 1: “{'head' * 30}” stands at the head of pages, and is left out.",
        f"paragraph 1: “{'foot' * 30}” stands at the foot of pages, and is left out.",
    ]


def test_characters_of_two_units_are_whole_across_formats() -> None:
    assert read(hwp5([Para([Words("가")]), Para([Words("𠮷野", bold=True), Words("家𠮷")])])) == (
        "가\n\n**𠮷野**家𠮷\n",
        [],
    )
    half = struct.pack("<H", 0xD842)
    record = old.record(old.PARAGRAPH, 0, bytes(12)) + old.record(old.TEXT, 1, "가".encode("utf-16-le") + half)
    assert read(old.packed(record)) == (
        "가\ufffd\n",
        ["paragraph 1: half a character stands here, and is read as “\ufffd”."],
    )


# Parts of HWPX files


def hwpx_body(runs: str) -> tuple[str, list[str]]:
    return read(new.packed(new.section(f"<hp:p><hp:run>{runs}</hp:run></hp:p>")))


@pytest.mark.parametrize(
    ("runs", "body"),
    [
        ("<hp:t>가<hp:tab/>나<hp:nbSpace/>다<hp:fwSpace/>라<hp:hyphen/>마</hp:t>", "가 나 다 라-마\n"),
        ("<hp:t>가<hp:lineBreak/>나</hp:t>", "가\n\n나\n"),
        ("<hp:t>가<hp:insertBegin/>나<hp:insertEnd/>다<hp:markpenBegin/>라</hp:t>", "가나다라\n"),
        (
            "<hp:switch><hp:case><hp:equation><hp:caption><hp:subList/></hp:caption></hp:equation></hp:case></hp:switch><hp:t>가</hp:t>",
            "가\n",
        ),
        (
            '<hp:compose composeText="①"/><hp:dutmal><hp:mainText>大韓</hp:mainText><hp:subText>대한</hp:subText></hp:dutmal>',
            "①大韓(대한)\n",
        ),
        (
            '<hp:ctrl><hp:autoNum num="3" numType="PICTURE"/><hp:autoNum num="4" numType="FOOTNOTE"/></hp:ctrl><hp:t>번</hp:t>',
            "3번\n",
        ),
        ('<hp:checkBtn caption="동의"/>', "동의\n"),
        ('<hp:textart text="글맵시"/>', "글맵시\n"),
    ],
)
def test_characters_that_are_elements_are_read(runs: str, body: str) -> None:
    assert hwpx_body(runs)[0] == body


def test_what_an_hwpx_file_holds_beside_its_text_is_named() -> None:
    memo = '<hp:ctrl><hp:fieldBegin type="MEMO"><hp:parameters><hp:stringParam name="Author">민아</hp:stringParam></hp:parameters>'
    memo += "<hp:subList><hp:p><hp:run><hp:t>확인</hp:t></hp:run></hp:p></hp:subList></hp:fieldBegin></hp:ctrl>"
    body, issues = hwpx_body(
        f"<hp:t>가</hp:t>{memo}<hp:equation><hp:script>x=1</hp:script></hp:equation><hp:ole/><hp:chart/><hp:video/>"
    )
    assert (body, issues) == (
        "가\n",
        [
            "paragraph 1: the comment “확인” by 민아 is not kept.",
            "paragraph 1: the equation “x=1” is not kept.",
            "paragraph 1: an embedded object is not kept.",
            "paragraph 1: a chart is not kept.",
            "paragraph 1: a recording is not kept.",
        ],
    )


def test_a_deletion_may_go_over_paragraphs_and_need_not_end() -> None:
    texts = ("가<hp:deleteBegin/>나", "다<hp:deleteEnd/>라", "<hp:deleteBegin/>마")
    body, issues = read(
        new.packed(new.section("".join(f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>" for text in texts)))
    )
    assert body == "가\n\n라\n"
    assert issues == [
        "paragraph 2: “나다” is marked as deleted, and left out.",
        "paragraph 2: “마” is marked as deleted, and left out.",
    ]


def test_sections_are_read_in_the_order_of_the_package() -> None:
    one, two = (new.section(f"<hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p>") for text in ("하나", "둘"))
    items = '<item id="b" href="Contents/section1.xml"/><item id="a" href="Contents/section0.xml"/>'
    package = f'<p>{items}<itemref idref="b"/><itemref idref="a"/></p>'
    members = {
        "Contents/section1.xml": two,
        "Contents/content.hpf": package,
        "Contents/masterpage0.xml": new.section("<hp:p><hp:run><hp:t>바탕</hp:t></hp:run></hp:p>"),
    }
    body, issues = read(new.packed(one, **members))
    assert (body, issues) == ("둘\n\n하나\n", ["paragraph 2: “바탕” stands behind the text of pages, and is left out."])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("그림입니다.\n원본 그림의 이름: a.jpg", ""),
        ("사각형입니다.", ""),
        ("선입니다.", ""),
        ("악수하는 두 사람", "악수하는 두 사람"),
        ("", ""),
    ],
)
def test_a_description_that_the_program_wrote_is_none(text: str, kept: str) -> None:
    assert description(text) == kept


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (r"http\://naver.com;1;0;0;", "http://naver.com"),
        ("www.daum.net|-;1;0;0", "http://www.daum.net"),
        (r"mailto\:a@b.c;2", "mailto:a@b.c"),
        ("?#645989762;0;0;0;", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_link_is_read_from_its_command(command: str, address: str) -> None:
    assert web_address(command) == address


# Refusals

HEADER = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000500, 0)
DEEP = "".join("<hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:run>" for _ in range(50))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"HWP Document File V3.00 \x1a\1\2\3\4\5",
            "it is a document of HWP 3, a format of the 1990s. Open it in Hancom",
        ),
        (old.packed(b"", flags=old.PASSWORD), "it is encrypted"),
        (old.packed(b"", flags=0x10), "protected by a program for rights"),
        (compound({"FileHeader": HEADER}), "DocInfo is missing"),
        (compound({"FileHeader": HEADER, "DocInfo": b""}), "BodyText/Section0 is missing"),
        (
            compound({"FileHeader": HEADER, "DocInfo": b"", "BodyText/Section0": b"\x42\0\xf0\x7f"}),
            "ends within a record",
        ),
        (old.packed(old.record(old.TEXT, 200)), "nested more than 120 deep"),
        (old.packed(b"", flags=old.DISTRIBUTION), "ViewText/Section0 is missing"),
        (hwp5(SAMPLE)[:2000], "damaged"),
        (hwpx(SAMPLE)[:-80], "damaged"),
        (new.packed("<hs:sec>"), "damaged"),
        (new.packed(new.section(DEEP)), "nested more than 250 deep|damaged"),
        (new.packed('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "has a DOCTYPE"),
        (
            new.packed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode("utf-16")),
            "has a DOCTYPE",
        ),
        (hwpx(SAMPLE, **{"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "it is encrypted"),
    ],
    ids=range(15),
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    reader = "hwpx" if data.startswith(b"PK") else "hwp"
    with pytest.raises(UnreadableError, match=reason) as raised:
        readers.read(data, "letter.hwp", reader)
    assert str(raised.value).startswith("letter.hwp: ")


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp5_file, "MOST_INFLATED", 1 << 20)
    with pytest.raises(UnreadableError, match="grow to more than 1 MB"):
        readers.read(old.packed(bytes(2 << 20)), "a")
    monkeypatch.setattr(hwp5_file, "MOST_RECORDS", 100)
    with pytest.raises(UnreadableError, match="more than 100 records in one paragraph"):
        readers.read(old.packed(old.record(old.TEXT, 0) + old.record(old.TEXT, 1) * 100), "a")


@WRITERS
def test_a_damaged_file_is_read_or_refused(write: Write) -> None:
    random, whole = Random(19), write(SAMPLE)
    assert sum(is_read_or_refused(_read_any, mutated(random, whole)) for _ in range(120)) < 120


@pytest.mark.parametrize("kind", ["hwpx", "hwp5"])
def test_a_file_with_damaged_text_is_read_or_refused(kind: str) -> None:
    assert 0 < sum(is_read_or_refused(_read_any, data) for data in damaged(kind, 150)) < 150


def damaged(kind: str, count: int, seed: int = 5) -> list[bytes]:
    random = Random(seed)
    if kind == "hwpx":
        return [new.packed(mutated(random, new.body(SAMPLE).encode())) for _ in range(count)]
    return [old.packed(mutated(random, old.records(SAMPLE))) for _ in range(count)]


def _read_any(data: bytes, name: str) -> readers.IncomingReport:
    return readers.read(data, name, "hwp" if data.startswith(b"\xd0") else "hwpx")


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["hwpx", "hwp5", "hwpx file", "hwp5 file"])
def test_ten_thousand_damaged_files_are_read_or_refused(kind: str) -> None:
    random, whole = Random(kind), (hwpx if "hwpx" in kind else hwp5)(SAMPLE)
    files = (mutated(random, whole) for _ in range(10_000)) if "file" in kind else damaged(kind, 10_000)
    assert 0 < sum(is_read_or_refused(_read_any, data) for data in files) < 10_000
