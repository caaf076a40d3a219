"""Measures: a different amount or unit of length, area, weight, volume, power, temperature or time.

An amount that is equal after conversion and usual rounding is accepted: 289 km are 180 miles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.quantities import units
from transflow.language.quantities.compare import QuantityDifference, compare_figures
from transflow.language.quantities.issues import contradiction, has_own_check, one_sided
from transflow.language.quantities.phrasing import format_figure, round_like
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "measures.unit": "error",
    "measures.conversion": "error",
    "measures.different": "error",
    "measures.sign": "warning",
    "measures.missing": "warning",
    "measures.added": "warning",
}
MESSAGES = Messages(
    __name__,
    {
        "measures.conversion": "“{first}” are {correct}, not “{second}”.",
        "measures.sign": "“{korean}” is below zero; the English says “{english}”.",
        "measures.sign/added": "“{korean}” is not below zero; the English says “{english}”.",
    },
)
PASSING = (
    Example("평양에서 289km 떨어진 곳이다.", "It is about 180 miles from Pyongyang."),
    Example("쌀 50kg을 받았다.", "They got 50 kilograms of rice."),
    Example("밭 100평을 빌렸다.", "They rented 330 square meters of land."),
    Example("키 180㎝의 남성이다.", "He is a 5-foot-11 man."),
    Example("체온이 39도까지 올랐다.", "Her temperature rose to 102 degrees."),
    Example("6미터(18피트)의 파도다.", "The waves are six meters (18 feet) high."),
)
FAILING = (
    Example("쌀 50kg을 받았다.", "They got 50 tons of rice.", "50 tons", "measures.unit"),
    Example(
        "평양에서 289km 떨어졌다.", "It is 289 kilometers (18 miles) from Pyongyang.", "18 miles", "measures.conversion",
    ),
    Example("3년 동안 갇혀 있었다.", "She was held for 3 months.", "3 months", "measures.unit"),
    Example("기온이 영하 17도로 떨어졌다.", "It fell to 17 degrees.", "17 degrees", "measures.sign"),
    Example("기온이 5도까지 올랐다.", "It rose to minus 5 degrees.", "5 degrees", "measures.sign"),
    Example("쌀 57kg을 받았다.", "They got 75 kilograms of rice.", "75 kilograms", "measures.different"),
    Example("쌀 50kg을 받았다.", "They got rice.", "", "measures.missing"),
    Example("쌀을 받았다.", "They got 50 kilograms of rice.", "50 kilograms", "measures.added"),
)  # fmt: skip


_FOOT = re.compile("(?<![가-힣])발(?!표|생|언|견|전|사|효|동|행|간|송)|[왼른] ?발(?![가-힣]{2})|발가락")
"""Pattern for the part of a body, which English counts in feet, too."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    for difference in compare_figures(unit.source, unit.target).differences:
        if not _is_measure(difference):
            continue
        fault, source, target, certain = difference
        if fault == "conversion":
            yield _conversion(unit, difference)
        elif fault == "sign":
            yield _sign(unit, difference)
        elif source and target:
            check_id = f"measures.{fault}" if certain else "measures.added"
            yield contradiction(unit, check_id, IDS[check_id], source, target)
        elif certain and not _is_about_feet(unit, difference):
            yield one_sided(unit, f"measures.{fault}", IDS[f"measures.{fault}"], difference)


def _is_about_feet(unit: Unit, difference: QuantityDifference) -> bool:
    """True for “five feet” that are parts of bodies: 발."""
    return difference.target is not None and difference.target.unit == "foot" and bool(_FOOT.search(unit.source))


def _is_measure(difference: QuantityDifference) -> bool:
    figure = difference.source or difference.target
    if difference.fault in ("conversion", "sign"):
        return True
    if figure is None or figure.kind != "measure" or difference.fault in ("magnitude", "vague"):
        return False
    return difference.fault in ("unit", "conversion") or has_own_check(difference)


def _sign(unit: Unit, difference: QuantityDifference) -> Issue:
    _, source, target, _ = difference
    assert source
    assert target
    korean, english = unit.source[slice(*source.span)], unit.target[slice(*target.span)]
    if source.others:
        message = MESSAGES("measures.sign", korean=korean, english=english)
    else:
        message = MESSAGES("measures.sign/added", korean=korean, english=english)
    return Issue("measures.sign", IDS["measures.sign"], message, source.span, target.span)


def _conversion(unit: Unit, difference: QuantityDifference) -> Issue:
    _, first, second, _ = difference
    assert first
    assert second
    converted = units.converted(first.value, first.unit, second.unit)
    correct = round_like(converted, second.value)
    message = MESSAGES(
        "measures.conversion",
        first=unit.target[first.start : first.end],
        correct=format_figure(second._replace(value=correct)),
        second=unit.target[second.start : second.end],
    )
    return Issue("measures.conversion", IDS["measures.conversion"], message, None, second.span)
