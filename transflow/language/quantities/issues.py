"""Issues about figures, in plain words.

Invariant: messages state the source's figure and offer no correction: a figure misread here would
replace a right one.
"""

from __future__ import annotations

from transflow.language.quantities import units
from transflow.language.quantities.compare import QuantityDifference
from transflow.language.quantities.phrasing import format_figure
from transflow.language.quantities.quantity import Quantity
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit


def has_own_check(difference: QuantityDifference) -> bool:
    """True if a difference is about money, a year, or a measure other than time."""
    figure = difference.source or difference.target
    assert figure
    return difference.fault in ("currency", "unit") or figure.kind in ("money", "year") or (
        figure.kind == "measure" and units.dimension(figure.unit) != "time"
    )  # fmt: skip


def contradiction(
    unit: Unit, check_id: str, severity: Severity, source_figure: Quantity, target_figure: Quantity
) -> Issue:
    """Return an issue such as “3만5천 is 35,000; the English says 3,500.”"""
    korean, english = (
        unit.source[source_figure.start : source_figure.end],
        unit.target[target_figure.start : target_figure.end],
    )
    return Issue(
        check_id,
        severity,
        f"“{korean}” is {format_figure(source_figure)}; the English says “{english}”.",
        source_figure.span,
        target_figure.span,
    )


def one_sided(unit: Unit, check_id: str, severity: Severity, figure: Quantity, side: str) -> Issue:
    if side == "source":
        korean = unit.source[figure.start : figure.end]
        return Issue(
            check_id, severity, f"“{korean}” ({format_figure(figure)}) is not in the English.", figure.span, None
        )
    english = unit.target[figure.start : figure.end]
    return Issue(check_id, severity, f"“{english}” is not in the Korean.", None, figure.span)
