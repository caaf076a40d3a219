"""Issues about figures, in plain words.

Invariant: messages state the source's figure and offer no correction: a figure misread here would
replace a right one.
"""

from __future__ import annotations

from transflow.language.quantities import units
from transflow.language.quantities.compare import QuantityDifference
from transflow.language.quantities.phrasing import format_figure
from transflow.language.quantities.quantity import Quantity
from transflow.language.quantities.swaps import Swap
from transflow.messages import Message, Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

MESSAGES = Messages(
    __name__,
    {
        "contradiction": "“{korean}” is {figure}; the English says “{english}”.",
        "missing": "“{korean}” ({figure}) is not in the English.",
        "added": "“{english}” is not in the Korean.",
        "swapped": "figures have changed places: the English has “{english}” where the Korean has “{korean}”.",
    },
)


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
    message = contradiction_message(unit, source_figure, target_figure, format_figure(source_figure))
    return Issue(check_id, severity, message, source_figure.span, target_figure.span)


def contradiction_message(unit: Unit, source_figure: Quantity, target_figure: Quantity, meaning: str) -> Message:
    return figures_contradict(
        unit.source[source_figure.start : source_figure.end],
        meaning,
        unit.target[target_figure.start : target_figure.end],
    )


def figures_contradict(korean: str, meaning: str, english: str) -> Message:
    """Return the message that a Korean figure means another than the English has."""
    return MESSAGES("contradiction", korean=korean, figure=meaning, english=english)


def swapped(unit: Unit, check_id: str, severity: Severity, swap: Swap) -> Issue:
    """Return an issue of figures that changed places."""
    korean, english = unit.source[slice(*swap.source.span)], unit.target[slice(*swap.target.span)]
    message = MESSAGES("swapped", korean=korean, english=english)
    return Issue(check_id, severity, message, swap.source.span, swap.target.span)


def missing(unit: Unit, check_id: str, severity: Severity, figure: Quantity) -> Issue:
    """Return an issue of a figure that only the source has."""
    message = MESSAGES("missing", korean=unit.source[figure.start : figure.end], figure=format_figure(figure))
    return Issue(check_id, severity, message, figure.span)


def added(unit: Unit, check_id: str, severity: Severity, figure: Quantity) -> Issue:
    """Return an issue of a figure that only the target has."""
    message = MESSAGES("added", english=unit.target[figure.start : figure.end])
    return Issue(check_id, severity, message, None, figure.span)


def one_sided(unit: Unit, check_id: str, severity: Severity, difference: QuantityDifference) -> Issue:
    """Return an issue of a figure that only one side has."""
    if difference.source:
        return missing(unit, check_id, severity, difference.source)
    assert difference.target
    return added(unit, check_id, severity, difference.target)
