"""Printed phrases of stories in the language of the story: credits, labels, names, dates.

Invariant: one page is in one language. A locale has the catalog that CLDR's fallback leads to
(`en_GB` to `en`, `zh_CN` to `zh_Hans`); a locale without one has English in phrases, names and
dates alike. Catalogs are PO files next to this module, read as text when they are first needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transflow.phrases.printing import (
        LOCALES,
        byline,
        catalog,
        direction,
        join_names,
        language_name,
        long_date,
        long_time,
        negotiated,
        territory_locale,
        translate,
    )

__all__ = [
    "LOCALES",
    "byline",
    "catalog",
    "direction",
    "join_names",
    "language_name",
    "long_date",
    "long_time",
    "negotiated",
    "territory_locale",
    "translate",
]


def __getattr__(name: str) -> Any:
    """Return a name of `phrases.printing`, which loads Babel when the first phrase is printed."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.printing"), name)
