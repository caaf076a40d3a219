"""What the reports of a story give for its paragraphs, and taking it.

Invariant: a draft is taken only as it is now; one that is not the paragraph's source is by other people than stand behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.authorship import draft_shares
from transflow.errors import RefusedError
from transflow.model.catalog import Catalog
from transflow.model.unit import Share, Unit
from transflow.project import CatalogRef
from transflow.stories import compose, redraft
from transflow.units import workflow


class ParagraphDraft(NamedTuple):
    """What the reports give for a paragraph now."""

    text: str = ""
    shares: tuple[Share, ...] = ()
    """Whose words it is made of."""
    shared: bool = False
    """Whether another paragraph stands on one of its sentences."""


Drafts = Mapping[str, ParagraphDraft]
"""For each paragraph of an article, by id; empty for a report."""
NO_DRAFT = ParagraphDraft()


def drafts_behind(actor: Actor, place: CatalogRef, article: Catalog) -> Drafts:
    if place.folder != "articles":
        return {}
    placed = compose.placement(article, load_print_context(actor.project, place.locale, article).reports)
    used = Counter(each.ref for behind in placed.values() for each in behind)
    return {
        unit_id: ParagraphDraft(
            compose.draft(behind, place.locale),
            draft_shares([each.unit for each in behind]),
            any(used[each.ref] > 1 for each in behind),
        )
        for unit_id, behind in placed.items()
    }


def first_text(unit: Unit, draft: ParagraphDraft) -> str:
    """The draft of a paragraph, to be its first text. Raises RefusedError where it is not the present one."""
    if unit.refs and draft.text != unit.source:
        raise RefusedError("the draft behind it changed: compose the story again first.")
    return unit.source if unit.refs else ""


def taken(actor: Actor, place: CatalogRef, article: Catalog, unit: Unit) -> Unit:
    """A paragraph without a text, its draft taken. Raises RefusedError where the draft is not the present one."""
    draft = drafts_behind(actor, place, article).get(unit.id, NO_DRAFT)
    return workflow.confirm(unit, first_text(unit, draft), actor.who, actor.now, draft.shares)


def with_new_draft(actor: Actor, place: CatalogRef, unit: Unit, draft: ParagraphDraft, *, only_new: bool) -> Unit:
    """A paragraph with the present draft as its text. `only_new`: one whose draft did not change since its text was confirmed, or
    behind which no report stands, stays as it is. Raises RefusedError."""
    is_new = bool(unit.refs and unit.previous)
    if not unit.target or (only_new and not is_new):
        return unit
    if not unit.refs:
        raise RefusedError("no report stands behind it: there is no draft to take.")
    text = redraft.new_text(unit, first_text(unit, draft), place.locale, shared=draft.shared)
    if not text:
        raise RefusedError(
            "another paragraph stands on the same sentences, and which of the draft belongs here cannot be told: write it with "
            "`transflow unit set`."
        )
    return unit if text == unit.target else redraft.taken(unit, text, actor.who, actor.now, draft.shares)
