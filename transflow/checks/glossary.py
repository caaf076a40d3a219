"""Glossary terms whose translation differs from the glossary's.

A forbidden spelling is an error, a missing forced one a warning, any other difference a hint. The
short form, plurals and possessives are accepted. In a longer word (강제북송됐다, 탈북민단체), a
term may be translated otherwise, and only its forbidden spellings are reported. Homographs of
common words are skipped if their meaning is uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from transflow.checks import CheckContext, Example
from transflow.glossary.matching import Hit
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

IDS: Mapping[str, Severity] = {"glossary.forbidden": "error", "glossary.forced": "warning", "glossary.other": "hint"}
_TERMS = Termbase(
    [
        Term("탈북민", "North Korean refugee", forced=True, allowed=("escapee",), forbidden=("defector",)),
        Term("로동신문", "Rodong Sinmun", kind="organisation"),
        Term("김정은", "Kim Jong Un", kind="person", forced=True, short="Kim"),
    ]
)
MESSAGES = Messages(
    __name__,
    {
        "glossary.forbidden": "“{korean}” is not translated as “{english}”: the glossary has “{term}”.",
        "glossary.forced": "“{korean}” is “{term}” in the glossary.",
        "glossary.other": "“{korean}” is “{term}” in the glossary.",
    },
)
PASSING = (
    Example("탈북민이 도착했다.", "The refugees arrived: North Korean refugees, all of them.", terms=_TERMS),
    Example("탈북민들이 도착했다.", "The escapees arrived.", terms=_TERMS),
    Example("김정은이 말했다.", "Kim said so.", terms=_TERMS),
    Example("그들은 도착했다.", "The defectors arrived.", terms=_TERMS),
    Example("탈북민단체가 발표했다.", "A refugee group announced it.", terms=_TERMS),
)
FAILING = (
    Example("탈북민이 왔다.", "A defector came.", "defector", "glossary.forbidden", terms=_TERMS),
    Example("탈북민단체가 왔다.", "A defector group came.", "defector", "glossary.forbidden", terms=_TERMS),
    Example("탈북민이 왔다.", "A refugee from the North came.", "", "glossary.forced", terms=_TERMS),
    Example("로동신문이 보도했다.", "The Workers’ Newspaper reported it.", "", "glossary.other", terms=_TERMS),
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    seen: set[Term] = set()
    hits = [hit for hit in context.terms.find(unit.source) if hit.term.target]
    for hit in sorted(hits, key=lambda hit: hit.tail == "compound"):
        if hit.term not in seen:
            seen.add(hit.term)
            yield from _issues(unit, hit)


def _issues(unit: Unit, hit: Hit) -> Iterator[Issue]:
    term, span = hit.term, (hit.start, hit.end)
    allowed_spans = [
        found.span() for spelling in term.accepted_spellings for found in _pattern(spelling).finditer(unit.target)
    ]
    forbidden = [
        found
        for spelling in term.forbidden
        for found in _pattern(spelling).finditer(unit.target)
        if not any(start <= found.start() and found.end() <= end for start, end in allowed_spans)
    ]
    for found in forbidden:
        message = MESSAGES("glossary.forbidden", english=found[0], korean=term.source, term=term.target)
        yield Issue("glossary.forbidden", IDS["glossary.forbidden"], message, span, found.span())
    if not allowed_spans and not forbidden and hit.tail != "compound":
        check = "glossary.forced" if term.forced else "glossary.other"
        yield Issue(check, IDS[check], MESSAGES(check, korean=term.source, term=term.target), span)


@lru_cache(5_000)
def _pattern(spelling: str) -> re.Pattern[str]:
    """Return a pattern for a spelling as a whole word, with a plural or possessive ending.

    Apostrophes match straight or curly.
    """
    inside = re.escape(spelling).replace("’", "['’]").replace("'", "['’]") if "’" in spelling else re.escape(spelling)
    return re.compile(rf"(?<!\w){inside}(?:['’]s|s['’]?|es)?(?!\w)", re.IGNORECASE)
