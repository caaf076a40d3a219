"""The letters in `tests/golden/readers`, one for each format of a word processor.

`python -m scripts.documents` writes them.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from datetime import datetime

import docx as docx_library
from hwpx import HwpxDocument

from support.documents import Aside, Box, Document, Grid, Para, Picture, Words, zipped
from support.documents.docx import docx
from support.documents.flat import pdf, rtf
from support.documents.hwp5 import hwp5
from support.documents.hwpx import hwpx
from support.documents.odt import odt

LETTER: Document = [
    Para([Words("유엔, 중국에 탈북민 7명 송환 중지 요청", bold=True), Aside("head", "보도자료 2022-14")]),
    Para(
        [
            Words("유엔은 3월 11일 "),
            Words("서한", bold=True),
            Words("을 공개했다. 특별보고관 2명이 서한에 함께 서명했다."),
        ]
    ),
    Para(
        [
            Words("“돌려보내지 말라”", bold=True),
            Words("고 그는 말했다. 전문은 "),
            Words("유엔 누리집", address="https://www.ohchr.org/ko"),
            Words("에 있다."),
            Aside("footnote", "서한 번호는 AL CHN 2/2022다."),
        ]
    ),
    Para([Words("송환된 사람들")], "outline"),
    Para([Grid([["해", "사람", "비고"], ["2021", "2", ""], ["2022", "*7", "잠정 | 확인 중"]], has_head=True)]),
    Para([Words("1. 가족의 말")]),
    Para([Words("“소식이 없다”")], "bullet"),
    Para([Words("<이름 비공개>")], "bullet"),
    Para([Picture("철조망 앞에 선 사람", "단둥에서 본 압록강. [연합]")]),
    Para([Box("문의: 02-000-0000"), Aside("comment", "날짜를 확인할 것")]),
    Para([Words("중국은 아직 답하지 않았다. \ue123")]),
]


def letters() -> Mapping[str, bytes]:
    """Return the path of each letter below `tests/golden/readers` and its bytes."""
    return {
        "hwp/letter.hwp": hwp5(LETTER),
        "hwp/distributed.hwp": hwp5(LETTER[:2], is_for_distribution=True),
        "hwpx/letter.hwpx": hwpx([*LETTER, Para([Aside("deleted", "이 문장은 뺀다."), Words("끝.")])]),
        "hwpx/python-hwpx.hwpx": _by_python_hwpx(),
        "docx/letter.docx": docx(
            [*LETTER, Para([Aside("deleted", "이 문장은 뺀다."), Aside("hidden", "숨은 글"), Words("끝.")])]
        ),
        "odt/letter.odt": odt(
            [*LETTER, Para([Aside("deleted", "이 문장은 뺀다."), Aside("hidden", "숨은 글"), Words("끝.")])]
        ),
        "rtf/letter.rtf": rtf(
            ["유엔, 서한 공개", "유엔은 {서한}을 냈다. \\ 𠮷野", "중국은 아직 답하지 않았다."],
            [["해", "사람"], ["2022", "7"]],
            "{\\header x}",
        ),
        "pdf/letter.pdf": pdf(
            [
                [
                    "유엔, 서한 공개",
                    "유엔은 3월 11일 서한을 공개했다. 특별보고관 ",
                    "2명이 서한에 함께 서명했다.",
                    "- 송환을 멈출 것",
                    "- 답을 보낼 것",
                ],
                [],
                ["중국은 답하지 않았다."],
            ]
        ),
        "docx/python-docx.docx": _by_python_docx(),
    }


def _by_python_docx() -> bytes:
    """Return a file that the library python-docx writes, with everything that Word expects."""
    document = docx_library.Document()
    document.core_properties.created = document.core_properties.modified = datetime(2022, 3, 25)
    document.add_heading("유엔, 서한 공개", 0)
    document.add_paragraph("탈북민 7명 송환 중지 요청", "Subtitle")
    paragraph = document.add_paragraph("유엔은 3월 11일 ")
    run = paragraph.add_run("서한")
    run.bold = True
    paragraph.add_run("을 공개했다.")
    document.add_comment(run, "날짜를 확인할 것", author="민아")
    document.add_heading("요구", 1)
    document.add_paragraph("송환을 멈출 것", "List Bullet")
    document.add_paragraph("답을 보낼 것", "List Number")
    document.add_paragraph("“돌려보내지 말라.”", "Quote")
    table = document.add_table(2, 2)
    for number, text in enumerate(("해", "사람", "2022", "7")):
        table.cell(number // 2, number % 2).text = text
    document.sections[0].header.paragraphs[0].text = "보도자료"
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _by_python_hwpx() -> bytes:
    """Return a file that the library python-hwpx writes, with everything that Hancom's program
    expects.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = HwpxDocument.new()
        document.add_paragraph("유엔, 서한 공개")
        document.add_footnote(
            "서한 번호는 AL CHN 2/2022다.", document.add_paragraph("유엔은 3월 11일 서한을 공개했다.")
        )
        table = document.add_table(2, 2)
        for row, cells in enumerate((("해", "사람"), ("2022", "7"))):
            for column, cell in enumerate(cells):
                table.set_cell_text(row, column, cell)
        document.add_memo_with_anchor("날짜를 확인할 것", paragraph_text="중국은 답하지 않았다.", author="민아")
        data = io.BytesIO(document.to_bytes())
    with zipfile.ZipFile(data) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
