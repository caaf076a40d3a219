"""Numbers below ten that differ: “five times” for 세 차례, “dozens” for 여러 명.

Invariant: such numbers are in many words, so only the single one that is left over on each side is
reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quantities.accounting import can_mean_same
from transflow.language.quantities.pairing import Fault, Pairs, same_class
from transflow.language.quantities.quantity import DATE_PARTS, Quantity, surplus

_SEVERAL = re.compile(
    "(?<![가-힣])(?:여러|몇(?:몇)?|수) ?(?:명|사람|차례|번|개(?![월국])|곳|건|마리|대(?=[의가를])|가지|나라)(?![가-힣]*[십백천만])"
)


def wrong_several(text: str, source: Sequence[Quantity], target_left: Sequence[Quantity]) -> Pairs:
    """Return “dozens” for 여러 명 or 서너 명, if the source has no other number of that kind."""
    wrong = [each for each in target_left if each.kind == "vague" and each.unit != "year"]
    if len(wrong) != 1:
        return []
    several = _SEVERAL.search(text)
    spans = [each for each in source if _is_span(each)]
    if not several and len(spans) == 2:
        return [(spans[0], wrong[0], "few")]
    return [(Quantity("vague", 1.0, *several.span()), wrong[0], "few")] if several else []


def few(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    source_left: Sequence[Quantity],
    target_left: Sequence[Quantity],
) -> Pairs:
    """Return wrong numbers below ten: “five times” for 세 차례, “two or three” for 예닐곱."""
    repeated = _repeated(source, target, source_left, target_left)
    if repeated:
        return [repeated]
    if len(target_left) > _MOST_FEW or len(source_left) > _MOST_FEW:
        return []
    spans = [each for each in source if _is_span(each) and not any(can_mean_same(each, other) for other in target)]
    small = [*spans, *(each for each in source_left if _is_few(each))]
    ours = _together(small or _bare_left(source, target))
    theirs = _together([each for each in target_left if _is_few(each)] or _multiples_left(source, target))
    if len(ours) != 1 or len(theirs) != 1 or len(source_left) > len(ours[0]) or len(target_left) > len(theirs[0]):
        return []
    source_figure, target_figure = ours[0][0], theirs[0][0]
    if _is_time(source_figure) != _is_time(target_figure) and not (
        _leaves_unit_out(source_figure, target_figure, target) or source_figure.kind == "age"
    ):
        return []
    if source_figure.weight == "paired" and target_figure.kind != "count":
        return []
    is_plain = (
        len(ours[0]) == len(theirs[0]) == 1
        and source_figure.kind == target_figure.kind
        and source_figure.unit == target_figure.unit
        and source_figure.weight != "paired"
    )
    return [] if is_plain or not same_class(source_figure, target_figure) else [(source_figure, target_figure, "few")]


def _repeated(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    source_left: Sequence[Quantity],
    target_left: Sequence[Quantity],
) -> tuple[Quantity, Quantity, Fault] | None:
    """Return a wrong number that equals another, which hides it: “two goals and two assists” for
    3골 2도움.
    """
    if len(source_left) + len(target_left) != 1 or not _is_few((*source_left, *target_left)[0]):
        return None
    ours, theirs = ([each for each in side if _is_few(each) or each.is_missed] for side in (source, target))
    if len(ours) != len(theirs) or len(ours) < _MOST_FEW or any(each.kind in DATE_PARTS for each in (*ours, *theirs)):
        return None
    missing, extra = surplus(ours, theirs), surplus(theirs, ours)
    if len(missing) != 1 or len(extra) != 1 or not (_is_few(missing[0]) and _is_few(extra[0])):
        return None
    return (missing[0], extra[0], "few") if same_class(missing[0], extra[0]) else None


_MOST_FEW = 2
"""Largest number of figures of one phrase: two or three."""


def _multiples_left(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Quantity]:
    """Return words such as “twice” that no figure of the source accounts for."""
    values = {value for each in source for value in each.values}
    return [each for each in target if each.kind == "times" and each.weight == "weak" and each.value not in values]


def _bare_left(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Quantity]:
    """Return the numbers before a noun without a counter that the target has not: 두 자매."""
    bare = [each for each in source if each.weight == "paired"]
    return [each for each in bare if not any(can_mean_same(each, other) for other in target)]


def _leaves_unit_out(source_figure: Quantity, target_figure: Quantity, target: Sequence[Quantity]) -> bool:
    """True for nine in “from 10 years to nine”."""
    return target_figure.kind == "count" and not target_figure.unit and any(
        each.kind == source_figure.kind and each.unit == source_figure.unit and each.end < target_figure.start
        for each in target
    )  # fmt: skip


def _is_time(figure: Quantity) -> bool:
    return figure.kind in ("measure", "age")


def _is_few(figure: Quantity) -> bool:
    return figure.kind in ("count", "times", "measure", "age") and figure.weight == "small"


def _is_span(figure: Quantity) -> bool:
    """True for a part of 두세 명 or of 네댓새."""
    return (
        figure.kind in ("count", "times", "measure", "age")
        and figure.weight == "weak"
        and figure.about
        and 1 < figure.value < 10
    )


def _together(figures: Sequence[Quantity]) -> list[list[Quantity]]:
    """Return the figures in groups: those of 두세, and of “two or three”."""
    groups: list[list[Quantity]] = []
    for each in sorted(figures, key=lambda figure: figure.start):
        if groups and each.start - groups[-1][-1].end <= 4:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups
