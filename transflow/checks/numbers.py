"""Numbers that are wrong, left out or added: 3만5천 is 35,000, and neither 3,500 nor 350,000.

A number on both sides that nothing explains is an error, a number on one side only a warning.
Percentages, fractions, ages, ordinals, multiples and durations count as numbers; years, money and
other measures have checks of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.quantities.calendar import read_day
from transflow.language.quantities.compare import QuantityDifference, compare_figures
from transflow.language.quantities.explained import is_quantity, readings
from transflow.language.quantities.issues import (
    added,
    contradiction,
    figures_contradict,
    has_own_check,
    missing,
    one_sided,
    swapped,
)
from transflow.language.quantities.scores import Score, wrong_score
from transflow.language.quantities.swaps import QUANTITIES, swaps
from transflow.language.quantities.years_ago import is_year_of_source
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "numbers.magnitude": "error",
    "numbers.different": "error",
    "numbers.vague": "error",
    "numbers.missing": "warning",
    "numbers.added": "warning",
    "numbers.points": "warning",
    "numbers.few": "warning",
    "numbers.score": "warning",
    "numbers.swapped": "warning",
    "numbers.small": "hint",
}
PASSING = (
    Example("주민 3만5천 명이 대피했다.", "About 35,000 residents were evacuated."),
    Example("수십만 명이 모였고 두 명이 다쳤다.", "Hundreds of thousands gathered, and a couple were hurt."),
    Example("응답자의 3분의 1이 반대했다.", "A third of those polled were against it."),
    Example("30대 여성 열두 명이 참가했다.", "A dozen women in their 30s took part."),
    Example("가격이 두 배로 올랐다.", "Prices doubled."),
    Example("약 20년 전 일이다.", "That was about two decades ago."),
    Example("스물 세 명이 22 억 원을 냈다.", "Twenty-three people paid 2.2 billion won."),
    Example("1대3으로 졌다.", "They lost 3-1."),
    Example("올해 환갑이다.", "She turned 60 this year."),
)
FAILING = (
    Example("주민 3만5천 명이 대피했다.", "Some 3,500 residents fled.", "3,500", "numbers.magnitude"),
    Example("실업자가 204만 명이다.", "20.4 million are out of work.", "20.4 million", "numbers.magnitude"),
    Example("17명이 숨졌다.", "Seventy-one people died.", "Seventy-one people", "numbers.different"),
    Example("수십만 명이 모였다.", "Tens of thousands gathered.", "Tens of thousands", "numbers.vague"),
    Example("군인 25명이 국경을 넘었다.", "Soldiers crossed the border.", "", "numbers.missing"),
    Example("군인들이 국경을 넘었다.", "Some 25 soldiers crossed the border.", "25", "numbers.added"),
    Example("지지율이 3%포인트 올랐다.", "Support rose by 3 percent.", "3 percent", "numbers.points"),
    Example("세 차례 만났다.", "They met five times.", "five times", "numbers.few"),
    Example("3대1로 이겼다.", "They won 3-2.", "3-2", "numbers.score"),
    Example(
        "군인 14명과 민간인 41명이 다쳤다.", "Forty-one soldiers and 14 civilians were hurt.", "Forty-one",
        "numbers.swapped",
    ),
    Example("사흘 동안 비가 왔다.", "It rained for days.", "", "numbers.small"),
)  # fmt: skip


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    score = wrong_score(unit.source, unit.target)
    if score:
        yield _score(unit, *score)
    for swap in swaps(unit.source, unit.target, QUANTITIES):
        yield swapped(unit, "numbers.swapped", IDS["numbers.swapped"], swap)
    comparison, written = compare_figures(unit.source, unit.target), read_day(context.date)
    for difference in comparison.differences:
        target = difference.target
        if target and not difference.source and is_year_of_source(unit.target, target, comparison.source, written):
            continue
        if difference.fault in ("magnitude", "vague", "points") or (
            difference.fault not in ("year", "conversion", "sign") and not has_own_check(difference)
        ):
            yield from _issues(unit, difference)


def explain(unit: Unit, context: CheckContext) -> Explanation:
    """Return the quantities of both sides, with those of money and measures."""
    if not context.is_korean_to_english:
        return Explanation("numbers", (), ())
    comparison = compare_figures(unit.source, unit.target)
    source, target = ([each for each in side if is_quantity(each)] for side in comparison[:2])
    return Explanation("numbers", *readings(source, target))


def _score(unit: Unit, ours: Score, theirs: Score) -> Issue:
    numbers = sorted(ours.numbers, reverse=True)
    ours_as_english = f"{numbers[0]}-{numbers[-1]}"
    message = figures_contradict(
        unit.source[ours.start : ours.end], ours_as_english, unit.target[theirs.start : theirs.end]
    )
    return Issue("numbers.score", IDS["numbers.score"], message, (ours.start, ours.end), (theirs.start, theirs.end))


def _issues(unit: Unit, difference: QuantityDifference) -> Iterator[Issue]:
    fault, source, target, certain = difference
    if source and target and certain:
        yield contradiction(unit, f"numbers.{fault}", IDS[f"numbers.{fault}"], source, target)
    elif (target and not source and target.weight == "small") or (source and not target and source.weight == "small"):
        yield one_sided(unit, "numbers.small", IDS["numbers.small"], difference)
    elif source and not target and certain:
        yield missing(unit, "numbers.missing", IDS["numbers.missing"], source)
    elif target and (certain or source):
        yield added(unit, "numbers.added", IDS["numbers.added"], target)
