"""The checks that do not know the two languages of a report."""

from __future__ import annotations

from transflow.checks import families_not_knowing
from transflow.model.catalog import Catalog, is_adaptation, source_language
from transflow.presenters.i18n import _


def pair_line(catalog: Catalog) -> str:
    """Return which checks do not know the languages of a report; empty if all do."""
    source, target = source_language(catalog), catalog.header.get("Language")
    unknown = families_not_knowing(source, target) if catalog.header.get("X-Report") else []
    if not unknown:
        return ""
    pair = _("{source} → {target}, adapted") if is_adaptation(catalog) else _("{source} → {target}")
    line = _("{pair}: not checked: {checks}")
    return line.format(pair=pair.format(source=source, target=target), checks=", ".join(unknown))
