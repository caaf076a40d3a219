"""Issues about figures, in plain words, and the corrections that are certain.

Invariant: a correction is offered only where one figure of the target stands for one of the source, and the source leaves no
choice of readings.
"""

from __future__ import annotations

from transflow.figures import units
from transflow.figures.compare import Difference
from transflow.figures.figure import Figure
from transflow.figures.wording import named, with_value
from transflow.model import Issue, Severity, Unit


def has_own_check(difference: Difference) -> bool:
    """Whether it is about money, another measure than time, or a year."""
    figure = difference.source or difference.target
    assert figure
    return difference.fault in ("currency", "unit") or figure.kind in ("money", "year") or (
        figure.kind == "measure" and units.dimension(figure.unit) != "time"
    )  # fmt: skip


def contradiction(
    unit: Unit, check_id: str, severity: Severity, one: Figure, other: Figure, fix: str | None = None
) -> Issue:
    """“3만5천 is 35,000; the English says 3,500.”"""
    korean, english = unit.source[one.start : one.end], unit.target[other.start : other.end]
    return Issue(
        check_id, severity, f"“{korean}” is {named(one)}; the English says “{english}”.", one.span, other.span, fix
    )


def one_sided(unit: Unit, check_id: str, severity: Severity, figure: Figure, side: str) -> Issue:
    if side == "source":
        korean = unit.source[figure.start : figure.end]
        return Issue(check_id, severity, f"“{korean}” ({named(figure)}) is not in the English.", figure.span, None)
    english = unit.target[figure.start : figure.end]
    return Issue(check_id, severity, f"“{english}” is not in the Korean.", None, figure.span)


def fixed(unit: Unit, difference: Difference) -> str | None:
    """The target with the right figure, where only the numeral is wrong."""
    fault, one, other, certain = difference
    if not (one and other and certain) or one.others or other.others or other.tolerance:
        return None
    if fault == "points":
        end = other.numeral[1] if other.numeral else other.end
        meant = "percentage points" if one.kind == "points" else "percent"
        new = f" {meant}" if unit.target[end : end + 1] in (" ", "%") else ""
        return unit.target[:end] + new + unit.target[max(other.end, end + (unit.target[end] == "%")) :] if new else None
    if fault == "magnitude" and (one.kind == other.kind or other.kind == "count"):
        return with_value(unit.target, other, one.value)
    alike = one.kind == other.kind and one.unit == other.unit and (one.kind != "count" or one.unit)
    if fault in ("different", "year") and alike and one.kind not in ("fraction", "ordinal"):
        return with_value(unit.target, other, one.value)
    return None
