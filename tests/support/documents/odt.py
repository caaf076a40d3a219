"""OpenDocument texts, written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from support.documents import Aside, Box, Document, Grid, Para, Picture, Thing, Words, zipped
from transflow.xml_text import escape, quoteattr

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style")
)
_STYLES = "".join(
    f'<style:style style:name="{name}"><style:text-properties {about}/></style:style>'
    for name, about in (
        ("b", 'font-weight="bold"'),
        ("i", 'font-style="italic"'),
        ("bi", 'font-weight="bold" font-style="italic"'),
        ("hidden", 'display="none"'),
    )
)


class _Writer:
    def __init__(self) -> None:
        self.deleted: list[str] = []
        self.pages: list[str] = []

    def para(self, para: Para) -> str:
        tag, style = {
            "outline": ("h", ""),
            "title": ("p", "Title"),
            "subtitle": ("p", "Subtitle"),
            "caption": ("p", "Caption"),
        }.get(para.form, ("p", ""))
        name = f' text:style-name="{style}"' if style else ""
        text = f"<text:{tag}{name}>{''.join(map(self._thing, para.things))}</text:{tag}>"
        return f"<text:list><text:list-item>{text}</text:list-item></text:list>" if para.form == "bullet" else text

    def _paras(self, text: str) -> str:
        return self.para(Para([Words(text)] if text else []))

    def _thing(self, thing: Thing) -> str:
        match thing:
            case Words(text, bold, italic, address):
                style = "b" * bold + "i" * italic
                run = f'<text:span text:style-name="{style}">{_text(text)}</text:span>' if style else _text(text)
                return f"<text:a href={quoteattr(address)}>{run}</text:a>" if address else run
            case Aside("deleted", text):
                self.deleted.append(text)
                return "<text:change/>"
            case Aside("hidden", text):
                return f'<text:span text:style-name="hidden">{_text(text)}</text:span>'
            case Aside("comment", text):
                return f"<office:annotation><creator>민아</creator>{self._paras(text)}</office:annotation>"
            case Aside(("head" | "foot") as kind, text):
                self.pages.append(f"<style:{kind}er>{self._paras(text)}</style:{kind}er>")
                return ""
            case Aside(kind, text):
                return f'<text:note text:note-class="{kind}"><text:note-body>{self._paras(text)}</text:note-body></text:note>'
            case Picture(description, caption):
                inner = f"<draw:frame><draw:image/><desc>{escape(description)}</desc></draw:frame>"
                box = f"<draw:frame><draw:text-box>{self.para(Para([Words(caption)], 'caption'))}</draw:text-box></draw:frame>"
                return inner + (box if caption else "")
            case Box(text):
                return f"<draw:frame><draw:text-box>{self._paras(text)}</draw:text-box></draw:frame>"
            case Grid(rows, has_head):
                head = (
                    f"<table:table-header-rows>{self._row(rows[0])}</table:table-header-rows>"
                    if has_head
                    else self._row(rows[0])
                )
                return f"</text:p><table:table>{head}{''.join(map(self._row, rows[1:]))}</table:table><text:p>"

    def _row(self, row: Sequence[str]) -> str:
        cells = "".join(f"<table:table-cell>{self._paras(cell)}</table:table-cell>" for cell in row)
        return f"<table:table-row>{cells}</table:table-row>"


def _text(text: str) -> str:
    return escape(text).replace("  ", ' <text:s text:c="1"/>')


def odt(document: Document) -> bytes:
    """Return a file. A table stands in a usual paragraph only."""
    writer = _Writer()
    paras = "".join(map(writer.para, document))
    pages = f"<office:styles {NAMESPACES}>{''.join(writer.pages)}</office:styles>"
    return packed(content(paras, writer.deleted), **{"styles.xml": pages})


def content(paras: str, deleted: Sequence[str] = ()) -> str:
    regions = "".join(f"<text:deletion><text:p>{escape(text)}</text:p></text:deletion>" for text in deleted)
    changes = f"<text:tracked-changes>{regions}</text:tracked-changes>" if deleted else ""
    styles = f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    return f"<office:document-content {NAMESPACES}>{styles}<office:body>{changes}{paras}</office:body></office:document-content>"


def text_of(document: Document) -> str:
    """Return the main member of a document."""
    return content("".join(map(_Writer().para, document)))


def packed(text: str | bytes, **members: str) -> bytes:
    """Return a file with this text as its content."""
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": text} | members)
