"""HWPX files, written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from support.documents import Aside, Box, Document, Grid, Para, Picture, Thing, Words, zipped
from transflow.xml_text import escape, quoteattr

NAMESPACES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'
)
_HEADER = f"""<hh:head {NAMESPACES}><hh:refList>
<hh:charPr id="0"/><hh:charPr id="1"><hh:bold/></hh:charPr><hh:charPr id="2"><hh:italic/></hh:charPr>
<hh:charPr id="3"><hh:bold/><hh:italic/></hh:charPr>
<hh:paraPr id="0"><hh:heading type="NONE"/></hh:paraPr><hh:paraPr id="1"><hh:heading type="OUTLINE"/></hh:paraPr>
<hh:paraPr id="2"><hh:heading type="BULLET"/></hh:paraPr>
</hh:refList></hh:head>"""
_FORMS = {"": 0, "outline": 1, "bullet": 2}
_NOTES = {"footnote": "footNote", "endnote": "endNote", "head": "header", "foot": "footer", "comment": "hiddenComment"}


def hwpx(document: Document, **members: str) -> bytes:
    """Return a file; `members` are others by their names."""
    return packed(body(document), **members)


def body(document: Document) -> str:
    return section("".join(map(_para, document)))


def section(paragraphs: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><hs:sec {NAMESPACES}>{paragraphs}</hs:sec>'


def packed(content: str | bytes, **members: str) -> bytes:
    """Return a file with this text as its section."""
    parts = {"mimetype": "application/hwp+zip", "Contents/header.xml": _HEADER, "Contents/section0.xml": content}
    return zipped(parts | members)


def _para(para: Para) -> str:
    return f'<hp:p paraPrIDRef="{_FORMS[para.form]}">{"".join(map(_thing, para.things))}</hp:p>'


def _paras(text: str) -> str:
    return f"<hp:subList>{_para(Para([Words(text)]))}</hp:subList>" if text else ""


def _caption(text: str) -> str:
    return f"<hp:caption>{_paras(text)}</hp:caption>" if text else ""


def _run(content: str, shape: int = 0) -> str:
    return f'<hp:run charPrIDRef="{shape}">{content}</hp:run>'


def _thing(thing: Thing) -> str:
    match thing:
        case Words(text, bold, italic, address):
            run = _run(f"<hp:t>{escape(text)}</hp:t>", bold + 2 * italic)
            return _run(_field(address)) + run + _run("<hp:ctrl><hp:fieldEnd/></hp:ctrl>") if address else run
        case Aside("deleted", text):
            return _run(f"<hp:t><hp:deleteBegin/>{escape(text)}<hp:deleteEnd/></hp:t>")
        case Aside(kind, text):
            return _run(f"<hp:ctrl><hp:{_NOTES[kind]}>{_paras(text)}</hp:{_NOTES[kind]}></hp:ctrl>")
        case Picture(description, caption):
            return _run(f"<hp:pic><hp:shapeComment>{escape(description)}</hp:shapeComment>{_caption(caption)}</hp:pic>")
        case Box(text):
            return _run(f"<hp:rect><hp:drawText>{_paras(text)}</hp:drawText></hp:rect>")
        case Grid(rows, has_head):
            return _run(
                f"<hp:tbl>{''.join(_row(row, has_head and not number) for number, row in enumerate(rows))}</hp:tbl>"
            )


def _row(row: Sequence[str], is_head: bool) -> str:
    cells = (
        f'<hp:tc header="{int(is_head)}">{_paras(cell)}<hp:cellAddr colAddr="{column}"/></hp:tc>'
        for column, cell in enumerate(row)
    )
    return f"<hp:tr>{''.join(cells)}</hp:tr>"


def _field(address: str) -> str:
    path = f'<hp:stringParam name="Path">{escape(address)}</hp:stringParam>'
    return f"<hp:ctrl><hp:fieldBegin type={quoteattr('HYPERLINK')}><hp:parameters>{path}</hp:parameters></hp:fieldBegin></hp:ctrl>"
