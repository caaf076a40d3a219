"""State of the pages of a published story: current, or to be changed, and why.

Invariant: a page is only called wrong after somebody began a correction of it. While a live story
is being worked on, nothing is said about its pages.
"""

from __future__ import annotations

from typing import Literal

from transflow.model.catalog import Catalog
from transflow.stories import corrections, live
from transflow.stories.clearance import is_cleared
from transflow.stories.printed import PrintContext, outdated_publications, printed_units

PageState = Literal["", "wrong", "newer", "changed", "killed"]
"""`wrong`: a correction was begun. `newer`: the cleared story differs from its page. `changed`: the
story differs, and is not cleared. `killed`: the page of a killed story is still there.
"""


def page_state(article: Catalog, context: PrintContext) -> PageState:
    """Return the state of the pages of a story; empty if nothing is to be done about them."""
    pages = outdated_publications(article, context)
    if not pages:
        return ""
    if article.header.get("X-Killed"):
        return "killed"
    notes = (unit for unit in printed_units(article) if unit.is_note)
    if any(corrections.is_open(note, pages) for note in notes):
        return "wrong"
    if is_cleared(article, context):
        return "newer"
    return "" if live.is_live(article) else "changed"
