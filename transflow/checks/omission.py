"""A part of the Korean that the English leaves out.

Figures, quotations, names, glossary terms and frequent words of the Korean that have no counterpart
count, and so does an English text that is short for what the Korean says; one of them alone is
rarely enough. The hint has the name of the strongest evidence, and points at the clause without a
counterpart. Silent in headlines, which leave things out, and where the texts have so little in
common that they are no translation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from transflow.checks import CheckContext, Example
from transflow.gazetteer.compare import certain, has_counterpart
from transflow.gazetteer.entries import find_korean
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.counterparts import counterparts
from transflow.language.quantities.compare import compare_figures
from transflow.language.quotations.korean import read_korean
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "omission.figures": "hint",
    "omission.quotations": "hint",
    "omission.names": "hint",
    "omission.terms": "hint",
    "omission.length": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "omission.figures": "“{clause}” may be left out: nothing in the English says “{missing}”.",
        "omission.quotations": "“{clause}” may be left out: nothing in the English says “{missing}”.",
        "omission.names": "“{clause}” may be left out: nothing in the English says “{missing}”.",
        "omission.terms": "“{clause}” may be left out: nothing in the English says “{missing}”.",
        "omission.length": "a part of the Korean may be left out: the English is short for what it says.",
    },
)
_TERMS = Termbase([Term("보릿고개", "lean season")])
PASSING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11."),
    Example("주민 3만5천 명이 대피했고 12명이 숨졌다.", "About 35,000 residents were evacuated, and 12 people died."),
    Example("유엔, 어제 탈북민 처지 묻는 서한 중국에 보내", "UN writes to China", kind="headline"),
)
FAILING = (
    Example("주민 3만5천 명이 대피했고 지난 12일까지 모두 47명이 숨졌다.", "Residents were evacuated.", "",
        "omission.figures"),
    Example("그는 “아무도 우리를 도우러 오지 않았다”고 말하고 집으로 돌아갔다.", "He went back.", "", "omission.quotations"),
    Example("선수단은 공항에 도착했고 평양과 베이징을 거쳐 모스크바로 떠났다.", "The team arrived at the airport.", "",
        "omission.names"),
    Example("농민들은 들에 나갔고 보릿고개가 다시 왔다고 걱정했다.", "Farmers went out.", "", "omission.terms", terms=_TERMS),
    Example("그들은 밤늦게까지 그곳에 남아 서로 이야기하며 아무 말 없이 기다렸다.", "They stayed there.", "",
        "omission.length"),
)  # fmt: skip
Evidence = Literal["figures", "quotations", "names", "terms"]
_WEIGHTS: Mapping[Evidence, float] = {"figures": 2.9, "quotations": 1.0, "names": 0.4, "terms": 0.45}
"""Strongest first."""
_GLOSSARY = 1.0
_MOST = 3
"""Number of missing parts of a kind that count."""
_FEWEST_SYLLABLES = 14
_SYLLABLE, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]")
_THRESHOLD = 2.1
_MARKS = "“”\"‘’'"
_KINDS = ("paragraph", "quote", "list item", "caption")
_CLAUSE_END = re.compile(
    r"(?<=[고며면])(?=[ ,])|(?<=지만|는데|면서|므로|니까|아서|어서|려고|도록)(?=[ ,])|(?<=,)(?= )|(?<=때문에)"
)


_LONGEST = 2_000
"""Characters of a source that is judged: clues of longer ones are sought in quadratic time."""


class Clue(NamedTuple):
    """A part of a source by which a clause can be recognised in the target."""

    start: int
    end: int
    evidence: Evidence
    is_there: bool
    weight: float


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english or context.kind not in _KINDS or unit.kind not in _KINDS:
        return
    if len(unit.source) > _LONGEST:
        return
    shortness = _shortness(unit.source, unit.target)
    if shortness is None:
        return
    parts = _parts(unit, context.terms)
    missing = [part for part in parts if not part.is_there]
    if len(parts) >= _MOST and 2 * len(missing) > len(parts):
        missing = [part for part in missing if part.evidence == "figures"]  # the texts have little in common
    if shortness + sum(_weight(missing, evidence) for evidence in _WEIGHTS) > _THRESHOLD:
        yield _issue(unit, parts, missing)


def _shortness(source: str, target: str) -> float | None:
    """Return how short an English text is for a Korean one, as log odds that a clause is missing.

    None for a text that is too short to tell. The numbers are a logistic regression on clauses that
    were cut out of published translations (`bench/omission.py`).
    """
    letters, words = sum(map(str.isalnum, source)), len(source.split())
    english_letters, english_words = sum(map(str.isalnum, target)), len(target.split())
    if len(_SYLLABLE.findall(source)) < _FEWEST_SYLLABLES or not english_words:
        return None
    latin = len(_LATIN.findall(source))
    length = math.log(max(1, english_letters - latin) / (letters - latin))
    return -2.8 - 2.65 * length - 4.7 * math.log(english_words / words) + 4.25 * math.log(letters / words)


def _weight(missing: Sequence[Clue], evidence: Evidence) -> float:
    return sum(part.weight for part in [each for each in missing if each.evidence == evidence][:_MOST])


def _parts(unit: Unit, terms: Termbase) -> list[Clue]:
    """Return the parts of a source in order, none inside another but those of quotations."""
    source, target = unit.source, unit.target
    comparison = compare_figures(source, target)
    lost = {each.source.span for each in comparison.differences if each.source and not each.target and each.certain}
    found = [_part(*figure.span, "figures", is_there=figure.span not in lost) for figure in comparison.source]
    low = target.lower()
    for hit in terms.find(source):
        if hit.term.target and hit.tail != "compound":
            is_there = any(each.lower() in low for each in hit.term.accepted_spellings)
            found.append(Clue(hit.start, hit.end, "terms", is_there, _GLOSSARY))
    names = (_part(hit.start, hit.end, "names", is_there=has_counterpart(hit.entry, target))
             for hit in certain(find_korean(source), source))  # fmt: skip
    words = (_part(each.start, each.end, "terms", is_there=each.is_there) for each in counterparts(source, target))
    for part in (*names, *words):
        if not any(part.start < other.end and other.start < part.end for other in found):
            found.append(part)
    has_marks = bool(re.search("[“”\"‘’'«]", target))
    quotations = read_korean(source).quotations
    found += [_part(each.start, each.end, "quotations", is_there=has_marks) for each in quotations if each.is_speech]
    return sorted(found)


def _part(start: int, end: int, evidence: Evidence, *, is_there: bool) -> Clue:
    return Clue(start, end, evidence, is_there, _WEIGHTS[evidence])


def _issue(unit: Unit, parts: Sequence[Clue], missing: Sequence[Clue]) -> Issue:
    """Return the hint, at the clause with most that is missing."""
    evidence = next((each for each in _WEIGHTS if _weight(missing, each)), None)
    if evidence is None:
        return Issue("omission.length", IDS["omission.length"], MESSAGES("omission.length"))
    clauses = _clauses(unit.source)

    def loss(clause: tuple[int, int]) -> float:
        inside = [part for part in parts if clause[0] <= part.start < clause[1]]
        return sum(part.weight * (-1 if part.is_there else 1) for part in inside)

    first = next(part for part in missing if part.evidence == evidence)
    candidates = [each for each in clauses if any(each[0] <= part.start < each[1] for part in missing)]
    start, end = max(candidates, key=loss)
    inside = [part for part in missing if start <= part.start < end]
    part = next((each for each in inside if each.evidence == evidence), inside[0] if inside else first)
    clause, lost = unit.source[start:end], unit.source[part.start : part.end].strip(_MARKS)
    check_id = f"omission.{evidence}"
    return Issue(check_id, IDS[check_id], MESSAGES(check_id, clause=clause, missing=lost), (start, end))


def _clauses(source: str) -> list[tuple[int, int]]:
    """Return the spans of the clauses of a source."""
    quoted = [(each.start, each.end) for each in read_korean(source).quotations]
    ends = (found.start() for found in _CLAUSE_END.finditer(source))
    cuts = [0, *(end for end in ends if not any(start < end < close for start, close in quoted)), len(source)]
    spans = []
    for start, end in pairwise(cuts):
        text = source[start:end]
        stripped = text.strip(" ,")
        if stripped:
            at = start + text.index(stripped)
            spans.append((at, at + len(stripped)))
    return spans
