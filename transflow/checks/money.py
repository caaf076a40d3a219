"""Money: a different amount or currency, or an amount that is left out or added.

Amounts in two currencies are never compared, because one may be a conversion of the other. Only the
same amount in another currency is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.quantities.compare import QuantityDifference, compare_figures
from transflow.language.quantities.issues import contradiction, one_sided
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {
    "money.currency": "error",
    "money.different": "error",
    "money.missing": "warning",
    "money.added": "warning",
}
PASSING = (
    Example("사업비는 1억1천만 달러다.", "The project costs $110 million."),
    Example("한 달에 북한 돈 5천원을 받는다.", "They earn 5,000 won a month."),
    Example("이적료는 2억 달러(약 2천400억 원)다.", "The fee is $200 million."),
)
FAILING = (
    Example("벌금 500만 원을 물렸다.", "The fine was $5 million.", "$5 million", "money.currency"),
    Example("벌금 530만 원을 물렸다.", "The fine was 3.5 million won.", "3.5 million won", "money.different"),
    Example("벌금 500만 원을 물렸다.", "They were fined.", "", "money.missing"),
    Example("벌금을 물렸다.", "The fine was $5,000.", "$5,000", "money.added"),
)  # fmt: skip


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    differences = [each for each in compare_figures(unit.source, unit.target).differences if _is_money(each)]
    converted = {each.fault for each in differences} == {"missing", "added"} and _in_two_currencies(differences)
    for difference in differences:
        fault, source, target, certain = difference
        if source and target:
            check_id = f"money.{fault}" if certain else "money.added"
            yield contradiction(unit, check_id, IDS[check_id], source, target)
        elif certain and not converted:
            yield one_sided(unit, f"money.{fault}", IDS[f"money.{fault}"], difference)


def _is_money(difference: QuantityDifference) -> bool:
    figure = difference.source or difference.target
    return figure is not None and figure.kind == "money" and difference.fault not in ("magnitude", "vague")


def _in_two_currencies(differences: list[QuantityDifference]) -> bool:
    source_currencies = {each.source.unit for each in differences if each.source}
    target_currencies = {each.target.unit for each in differences if each.target}
    return source_currencies.isdisjoint(target_currencies)
