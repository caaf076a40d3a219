"""Formatted text as programs put it on the clipboard: HTML from Hancom Office, Word, Google Docs,
KakaoTalk, Slack or a browser, taken as it is, without looking for an article in it.

Paragraphs, headings, quotes, lists, tables by row, captions, bold and italic text and links are
kept. Pictures, hidden and deleted texts are named with their place. `--reader clipboard` also reads
any other piece of HTML whole, such as one from a content management system.
"""

from __future__ import annotations

import re

from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base.guards import check_size, refusing_broken
from transflow.readers.base.html_blocks import html_blocks
from transflow.readers.base.page_facts import page_facts
from transflow.readers.base.parts import incoming_report
from transflow.web_pages.decoding import decode_page

MESSAGES = Messages(__name__, {"description": "Formatted text from the clipboard: HTML, all of it."})
DESCRIPTION = MESSAGES("description")

MOST_BYTES = 16 << 20
_MARKS = re.compile(
    rb"^Version:[\d.]+\s+StartHTML:|<!--\s*StartFragment|docs-internal-guid|class=\"?Mso|urn:schemas-microsoft-com:office|"
    rb"<meta[^>]{0,60}\bcontent=\"?(?:Hancom|HWP|Hwp)|\bmso-|^\s*<meta charset=",
    re.IGNORECASE,
)
_PIECE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:p|div|span|b|strong|em|i|a|ul|ol|table|h[1-6]|blockquote|br|font|article|section)\b[^<>]*>",
    re.I,
)
_HEADER = re.compile(r"\AVersion:[\d.]+\s(?:[A-Za-z]+:.*\r?\n)*")
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL | re.IGNORECASE)
_LOOKED_AT = 8192
_ENDINGS = (".md", ".markdown", ".txt")


def recognises(data: bytes, name: str) -> Certainty:
    beginning = data[:_LOOKED_AT].replace(b"\0", b"")
    if _MARKS.search(beginning) and b"<" in beginning:
        return Certainty.CONTENT
    is_piece = _PIECE.match(beginning) and not name.lower().endswith(_ENDINGS)
    return Certainty.NAME if is_piece else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name, MOST_BYTES)
    html = _HEADER.sub("", decode_page(data))
    title = page_facts(html).title if "<title" in html[:_LOOKED_AT] else ""
    fragment = _FRAGMENT.search(html)
    with refusing_broken(name, "HTML"):
        blocks = html_blocks(fragment[1] if fragment else html)
    front = FrontMatter() if fragment else FrontMatter(title)
    return incoming_report("clipboard", front, [each.part for each in blocks], begins_with_headline=True)
