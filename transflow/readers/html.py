"""Pages of the web, from a file or an address (`transflow add https://…`): the article without what
stands beside it.

It takes headline, reporters and date from what the page says to machines (JSON-LD, `<meta>`), and
the text as trafilatura finds it: paragraphs, subheads, quotes, lists, tables by row, captions, bold
and italic text and links. Where a page has its text in scripts only, it is taken from there. What
stands beside the article is left out, and counted; pictures, players, hidden and deleted texts are
named with their place. A page with little text, or one for those who pay, is named.

HTML that is no page, such as what a text editor copies, is for the reader `clipboard`.
"""

from __future__ import annotations

import re

from transflow.messages import Message, Messages, joined
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport, is_address
from transflow.readers.base.guards import check_size, refusing_broken
from transflow.readers.base.html_blocks import HtmlBlock, html_blocks
from transflow.readers.base.page_facts import PageFacts, page_facts
from transflow.readers.base.page_regions import Article, article_of
from transflow.readers.base.parts import DocumentPart, Loss, incoming_report
from transflow.readers.base.script_bodies import script_body
from transflow.web_pages.decoding import decode_page

MESSAGES = Messages(
    __name__,
    {
        "description": "Pages of the web: the article, from a file or an address.",
        "short": "the page shows {characters} characters of text only: look whether that is the whole article.",
        "paid": "the page shows the beginning only, to those who do not pay or log in.",
        "script": "the text is taken from a script of the page.",
        "data": "the text is taken from what the page says to search engines; it has no links and no emphasis.",
        "rest": "{characters} characters beside the article are not kept: {texts}",
        "quoted": "“{text}”",
    },
)
DESCRIPTION = MESSAGES("description")
NEEDS = {"trafilatura": "readers"}

MOST_BYTES = 16 << 20
SHORT = 200
"""Characters below which a text may not be the whole one."""
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)

_ENDINGS = (".html", ".htm", ".xhtml")
_MUCH_MORE = 1.3
_MOST_TEXT = 1 << 20
_QUOTED = 3
_LONGEST = 60


def recognises(data: bytes, name: str) -> Certainty:
    if _PAGE.match(data[:8192].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return Certainty.CONTENT
    return Certainty.NAME if name.lower().endswith(_ENDINGS) and b"<" in data else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name, MOST_BYTES)
    html = decode_page(data)
    address = name if is_address(name) else ""
    with refusing_broken(name, "HTML"):
        facts, blocks = page_facts(html, address), html_blocks(html, address)
        article = article_of(blocks, _found(html), facts.title)
    blocks, rest, about = _best(html, address, facts, article)
    losses: list[DocumentPart] = [*(Loss(each) for each in about), *_rest(rest)]
    parts = [*losses, *(each.part for each in blocks)]
    front = FrontMatter(facts.title, article.deck, facts.byline or article.byline, facts.date, url=facts.address)
    return incoming_report("html", front, parts, begins_with_headline=False)


def _found(html: str) -> list[str]:
    """Return the lines that trafilatura finds. Loads it, for pages only."""
    from trafilatura import extract

    if len(html) > _MOST_TEXT:
        return []
    text = extract(html, include_comments=False, include_tables=True, deduplicate=False) or ""
    return text.splitlines()


def _best(
    html: str, address: str, facts: PageFacts, article: Article
) -> tuple[list[HtmlBlock], list[HtmlBlock], list[Message]]:
    """Return the blocks of the article from where the page has most of it, the rest of the page,
    and what is to be said about them.
    """
    blocks, rest, about = article.blocks, article.rest, []
    in_data = [block for line in facts.article_body.splitlines() for block in html_blocks(_as_html(line))]
    if _length(in_data) > max(SHORT, _MUCH_MORE * _length(blocks)):
        blocks, rest, about = in_data, _without(rest + blocks, in_data), [MESSAGES("data")]
    if _length(blocks) < SHORT:
        in_script = html_blocks(script_body(html), address)
        if _length(in_script) > _MUCH_MORE * _length(blocks):
            blocks, rest, about = in_script, _without(rest + blocks, in_script), [MESSAGES("script")]
    if _length(blocks) < SHORT:
        about.append(MESSAGES("short", characters=_length(blocks)))
    if facts.is_paid:
        about.append(MESSAGES("paid"))
    return blocks, rest, about


def _without(blocks: list[HtmlBlock], others: list[HtmlBlock]) -> list[HtmlBlock]:
    """Return the blocks whose text others do not have."""
    texts = {each.text for each in others}
    return [each for each in blocks if each.text and each.text not in texts]


def _as_html(text: str) -> str:
    return text if "<p" in text else text.replace("<", "&lt;")


def _length(blocks: list[HtmlBlock]) -> int:
    return sum(len(each.text) for each in blocks if not isinstance(each.part, Loss))


def _rest(rest: list[HtmlBlock]) -> list[DocumentPart]:
    """Return the loss of what stands beside the article, with its longest texts."""
    if not rest:
        return []
    longest = sorted({each.text for each in rest}, key=len, reverse=True)[:_QUOTED]
    quoted = [MESSAGES("quoted", text=text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") for text in longest]
    characters = sum(len(each.text) for each in rest)
    return [Loss(MESSAGES("rest", characters=characters, texts=joined(quoted)), "hint")]
