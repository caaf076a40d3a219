"""The article on a page: which blocks belong to it, by what an extractor found and by the names of
elements.

Invariant: a block that the extractor found within the article is kept; every block is either kept
or counted among the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transflow.readers.base.html_blocks import HtmlBlock, HtmlElement
from transflow.readers.base.parts import Loss, TextPart

_BODY = re.compile(
    r"articlebody|(?:article|news|view|post|story|entry|detail|read|cnt|cont|content|contents)[-_ ]?"
    r"(?:body|view|content|contents|txt|text|cont|con|wrap_?body|article|story)(?![a-z])|\bdic_area\b|\barticeBody\b",
    re.IGNORECASE,
)
"""Names of elements with the text of an article, in the systems of newspapers."""
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:share|sns|social|relat\w*|recommend\w*|banner|ads?|adv|advert\w*|copyright|subscribe\w*|newsletter|comments?|"
    r"repl(?:y|ies)|tags?|keywords?|util\w*|tools?|toolbar|btns?|button\w*|font\w*|print|pagination|paging|breadcrumb\w*|"
    r"popular|ranking|hot|footer|gnb|lnb|snb|menu|nav|navi\w*|promo\w*|sponsor\w*|series|journalist|reporter\w*|profile)(?:$|[\s_-]|(?=[A-Z]))",
)
_DECK = re.compile(
    r"(?:^|[\s_-])(?:sub[-_]?(?:title|tit|headline|head|heading)s?|deck|subtit\w*|article[-_]?summary)(?:$|[\s_-])",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"무단\s*(?:전재|복제|배포|사용)|재배포\s*금지|저작권자|all rights reserved|copyright\s*(?:ⓒ|©|\(c\)|by)|[ⓒ©]\s*\S+.*금지",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"^\W*(?:관련\s*기사|관련\s*뉴스|많이\s*본\s*(?:뉴스|기사)|주요\s*뉴스|인기\s*(?:기사|뉴스)|추천\s*(?:기사|뉴스)|"
    r"(?:카카오톡|페이스북|트위터|네이버|구글|채널|기사)?\s*(?:구독|공유|스크랩|인쇄|프린트|댓글|좋아요)(?:하기)?|글자\s*크기\S*|제보\s*(?:는|하기)?|"
    r"▶.{0,80}(?:제보|구독|채널|바로가기|보기).{0,40})\W*$"
)
_REPORTER = re.compile(
    r"(?=.{2,60}$)(?:[가-힣 ·/|]*[=\s])?[가-힣]{2,4}\s?(?:\S{0,6}기자|특파원|통신원|인턴)\b.*|.{1,40}[\s(<]\S+@\S+\.\S+[)>]?$"
)
_SENTENCE = re.compile(r"[.?!。…][\"'”’」』)\]]*$|[다요죠까]\s*[\"'”’」』)\]]*$")
_LINKED = 0.5
_MOST = 0.85
"""Part of the found text that an element holds which has the article."""
_MOST_IF_NAMED = 0.6
_CERTAIN = 8
"""Letters from which on a text is not found by chance."""
_LONG = 20
_FEW = 60
"""Letters of all text below which nothing was found."""


class Article(NamedTuple):
    """The blocks of an article, in order, and what stands beside it."""

    blocks: list[HtmlBlock]
    rest: list[HtmlBlock]
    deck: str = ""
    byline: str = ""


def article_of(blocks: Sequence[HtmlBlock], found: Iterable[str], title: str = "") -> Article:
    """Return the article on a page. `found` are texts that an extractor found in it."""
    evidence, headline = _letters(" ".join(found)), _letters(title)
    weights = [0 if _letters(each.text) == headline else _weight(each, evidence) for each in blocks]
    if sum(weights) < _FEW:
        weights = [_own_weight(each) for each in blocks]
    region = _region(blocks, weights)
    kept: list[HtmlBlock] = []
    rest: list[HtmlBlock] = []
    deck = byline = ""
    for block, weight in zip(blocks, weights, strict=True):
        is_in = _is_in(block, region)
        if not deck and _is_deck(block, title):
            deck = block.text
        elif not byline and is_in and _is_byline(block):
            byline = block.text
        elif _letters(block.text) == headline and not isinstance(block.part, Loss):
            continue
        elif _belongs(block, weight, region) if is_in else _is_sentence_of_it(block, weight):
            kept.append(block)
        elif block.text:
            rest.append(block)
    return Article(kept, rest, deck, byline)


def _weight(block: HtmlBlock, evidence: str) -> int:
    letters = _letters(block.text)
    return len(letters) if not isinstance(block.part, Loss) and letters and letters in evidence else 0


def _is_sentence_of_it(block: HtmlBlock, weight: int) -> bool:
    """True for a text outside the article's element that the extractor found, and that is no name
    of a page.
    """
    is_text = weight >= _LONG and block.linked < _LINKED and not _is_beside(block.around)
    return is_text and bool(_SENTENCE.search(block.text)) and not _RIGHTS.search(block.text)


def _own_weight(block: HtmlBlock) -> int:
    """Return the weight of a block where no extractor found anything."""
    is_text = not isinstance(block.part, Loss) and not block.is_beside and block.linked < _LINKED
    return len(block.text) if is_text and len(block.text) >= _LONG and _SENTENCE.search(block.text) else 0


def _region(blocks: Sequence[HtmlBlock], weights: Sequence[int]) -> int:
    """Return the number of the innermost element that holds most of the text; 0 for the page.

    One whose name says that it has the text is preferred.
    """
    held: dict[int, int] = {}
    elements: dict[int, tuple[int, HtmlElement]] = {}
    for block, weight in zip(blocks, weights, strict=True):
        if weight >= _CERTAIN:
            for depth, element in enumerate(block.around):
                held[element.number] = held.get(element.number, 0) + weight
                elements[element.number] = (depth, element)
    total = max(held.values(), default=0)
    holding = [elements[number] for number, weight in held.items() if weight >= _MOST * total]
    some = (elements[number] for number, weight in held.items() if weight >= _MOST_IF_NAMED * total)
    named = [each for each in some if _BODY.search(each[1].label)]
    return max(named or holding, key=lambda each: each[0], default=(0, HtmlElement("", 0)))[1].number


def _is_in(block: HtmlBlock, region: int) -> bool:
    return not region or any(each.number == region for each in block.around)


def _belongs(block: HtmlBlock, weight: int, region: int) -> bool:
    """True for a block in the article's element that is of the article."""
    is_offer = block.linked >= _LINKED and not _SENTENCE.search(block.text)
    if _RIGHTS.search(block.text) or is_offer or _OFFERS.match(block.text):
        return False
    inside = block.around[next((n for n, each in enumerate(block.around, 1) if each.number == region), 0) :]
    return weight >= _CERTAIN or not _is_beside(inside)


def _is_beside(elements: Sequence[HtmlElement]) -> bool:
    return any(each.is_beside or _BESIDE.search(each.label) for each in elements)


def _is_deck(block: HtmlBlock, title: str) -> bool:
    is_named = any(_DECK.search(each.label) for each in block.around[-3:])
    return (
        is_named
        and isinstance(block.part, TextPart)
        and len(block.text) < 300
        and not block.is_beside
        and block.text != title
    )


def _is_byline(block: HtmlBlock) -> bool:
    return (
        isinstance(block.part, TextPart) and bool(_REPORTER.fullmatch(block.text)) and not _SENTENCE.search(block.text)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
