"""DOCX files, written by hand."""

from __future__ import annotations

from collections.abc import Sequence

from support.documents import Aside, Box, Document, Grid, Para, Picture, Thing, Words, zipped
from transflow.xml_text import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = f"""<w:styles {NAMESPACES}><w:style w:styleId="h1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="own"><w:name w:val="Own"/><w:basedOn w:val="h1"/></w:style><w:style w:styleId="title"><w:name w:val="Title"/></w:style>
<w:style w:styleId="sub"><w:name w:val="Subtitle"/></w:style><w:style w:styleId="cap"><w:name w:val="caption"/></w:style>
<w:style w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>"""
_NUMBERING = f"""<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:lvl><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
_FORMS = {
    "": "",
    "outline": '<w:pStyle w:val="own"/>',
    "bullet": '<w:numPr><w:numId w:val="1"/></w:numPr>',
    "numbered": '<w:numPr><w:numId w:val="2"/></w:numPr>',
    "title": '<w:pStyle w:val="title"/>',
    "subtitle": '<w:pStyle w:val="sub"/>',
    "caption": '<w:pStyle w:val="cap"/>',
}


class _Writer:
    """The text of a document, with the members that it refers to."""

    def __init__(self) -> None:
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": [], "comment": [], "head": [], "foot": []}
        self.links: list[str] = []

    def para(self, para: Para) -> str:
        form = f"<w:pPr>{_FORMS[para.form]}</w:pPr>" if para.form else ""
        return f"<w:p>{form}{''.join(map(self._thing, para.things))}</w:p>"

    def _thing(self, thing: Thing) -> str:
        match thing:
            case Words(text, bold, italic, address):
                return self._words(text, "<w:b/>" * bold + "<w:i/>" * italic, address)
            case Aside("deleted", text):
                return f"<w:del>{_run(f'<w:delText>{escape(text)}</w:delText>')}</w:del>"
            case Aside("hidden", text):
                return _run(f"<w:t>{escape(text)}</w:t>", "<w:vanish/>")
            case Aside(kind, text):
                self.notes[kind].append(text)
                number = len(self.notes[kind]) - 1
                return "" if kind in ("head", "foot") else _run(f'<w:{kind}Reference w:id="{number}"/>')
            case Picture(description, caption):
                drawing = f"<w:drawing><docPr descr={quoteattr(description)}/><blip/></w:drawing>"
                return _run(drawing) + (f"</w:p>{self.para(Para([Words(caption)], 'caption'))}<w:p>" if caption else "")
            case Box(text):
                box = f"<w:txbxContent>{self.para(Para([Words(text)]))}</w:txbxContent>"
                return _run(f"<w:pict>{box}</w:pict>")
            case Grid(rows, has_head):
                return f"</w:p><w:tbl>{''.join(self._row(row, has_head and not n) for n, row in enumerate(rows))}</w:tbl><w:p>"

    def _words(self, text: str, form: str, address: str) -> str:
        run = _run(f"<w:t>{escape(text)}</w:t>", form)
        if not address:
            return run
        self.links.append(address)
        return f'<w:hyperlink r:id="l{len(self.links)}">{run}</w:hyperlink>'

    def _row(self, row: Sequence[str], is_head: bool) -> str:
        cells = "".join(f"<w:tc>{self.para(Para([Words(cell)] if cell else []))}</w:tc>" for cell in row)
        return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if is_head else ''}{cells}</w:tr>"


def _run(content: str, form: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{form}</w:rPr>' if form else ''}{content}</w:r>"


def docx(document: Document) -> bytes:
    """Return a file."""
    writer = _Writer()
    paras = "".join(map(writer.para, document))
    members = {"word/styles.xml": _STYLES, "word/numbering.xml": _NUMBERING}
    targets = [("styles", "styles.xml"), ("numbering", "numbering.xml")]
    for kind, texts in writer.notes.items():
        if kind in ("head", "foot"):
            for number, text in enumerate(texts):
                members[f"word/{kind}{number}.xml"] = f"<w:hdr {NAMESPACES}>{writer.para(Para([Words(text)]))}</w:hdr>"
                targets.append((f"{kind}er", f"{kind}{number}.xml"))
        else:
            notes = (
                f'<w:{kind} w:id="{n}">{writer.para(Para([Words(text)]))}</w:{kind}>' for n, text in enumerate(texts)
            )
            members[f"word/{kind}s.xml"] = f"<w:{kind}s {NAMESPACES}>{''.join(notes)}</w:{kind}s>"
            targets.append((f"{kind}s", f"{kind}s.xml"))
    links = (
        f'<Relationship Id="l{n}" Type="{_TYPES}/hyperlink" Target={quoteattr(each)} TargetMode="External"/>'
        for n, each in enumerate(writer.links, 1)
    )
    relations = (
        f'<Relationship Id="r{n}" Type="{_TYPES}/{kind}" Target="{path}"/>' for n, (kind, path) in enumerate(targets)
    )
    members["word/_rels/document.xml.rels"] = f"<Relationships>{''.join((*relations, *links))}</Relationships>"
    return packed(body(paras), **members)


def body(content: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>"


def text_of(document: Document) -> str:
    """Return the main member of a document, without what it refers to."""
    return body("".join(map(_Writer().para, document)))


def packed(content: str | bytes, **members: str) -> bytes:
    """Return a file with this text as its main member."""
    relations = f'<Relationships><Relationship Id="m" Type="{_TYPES}/officeDocument" Target="word/document.xml"/></Relationships>'
    parts = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations, "word/document.xml": content}
    return zipped(parts | members)
