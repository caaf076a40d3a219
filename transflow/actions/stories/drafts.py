"""Drafts of a story's paragraphs, made from its reports, and their use as texts.

Invariant: a draft is taken only in its current version. A draft that differs from the paragraph's
source may have other authors than the sentences that the paragraph names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution.authorship import draft_shares
from transflow.attribution.machines import engine_words, is_examined
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Share, Unit
from transflow.project import CatalogRef
from transflow.stories import compose, redraft
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "draft-changed": "the translations behind it changed: compose the story again first: {command}.",
        "no-draft": "no report stands behind it: there is no draft to take.",
        "shared-draft": "another paragraph stands on the same sentences, and which of the draft belongs here cannot be told: "
        "write it with {command}.",
    },
)


class ParagraphDraft(NamedTuple):
    """The current draft of a paragraph."""

    text: str = ""
    shares: tuple[Share, ...] = ()
    """The translators of its words."""
    shares_sentences: bool = False
    """True if another paragraph uses one of its sentences too."""
    is_examined: bool = True
    """True if a person examined each of its sentences that a machine has words in."""


Drafts = Mapping[str, ParagraphDraft]
"""Drafts of the paragraphs of an article, by id; empty for a report."""
NO_DRAFT = ParagraphDraft()


def current_drafts(actor: Actor, place: CatalogRef, article: Catalog) -> Drafts:
    """Return the current drafts of an article's paragraphs; none for a report."""
    if place.folder != "articles":
        return {}
    placed = compose.placement(article, load_print_context(actor.project, place.locale, article).reports)
    used = Counter(each.ref for sentences in placed.values() for each in sentences)
    return {
        unit_id: ParagraphDraft(
            compose.draft(sentences, place.locale),
            draft_shares([each.unit for each in sentences]),
            any(used[each.ref] > 1 for each in sentences),
            all(is_examined(each.unit) for each in sentences if engine_words(each.unit)),
        )
        for unit_id, sentences in placed.items()
    }


def first_text(unit: Unit, draft: ParagraphDraft) -> str:
    """Return the draft of a paragraph that has no text yet.

    Raise RefusedError if the paragraph's source is not the current draft.
    """
    if unit.refs and draft.text != unit.source:
        raise RefusedError(MESSAGES("draft-changed", command=CommandRef("compose")))
    return unit.source if unit.refs else ""


def with_draft_as_text(actor: Actor, place: CatalogRef, article: Catalog, unit: Unit) -> Unit:
    """Return a paragraph without a text with its draft as its text.

    Raise RefusedError if the paragraph's source is not the current draft.
    """
    draft = current_drafts(actor, place, article).get(unit.id, NO_DRAFT)
    return workflow.confirm(unit, first_text(unit, draft), actor.who, actor.now, draft.shares)


def with_new_draft(actor: Actor, place: CatalogRef, unit: Unit, draft: ParagraphDraft, *, only_new: bool) -> Unit:
    """Return a paragraph with its current draft as its text.

    With `only_new`, a paragraph is left alone if its draft has not changed since its text was
    confirmed, or if it has no sentences of reports. Raise RefusedError.
    """
    is_new = bool(unit.refs and unit.previous)
    if not unit.target or (only_new and not is_new):
        return unit
    if not unit.refs:
        raise RefusedError(MESSAGES("no-draft"))
    text = redraft.text_from_draft(unit, first_text(unit, draft), place.locale, shares_sentences=draft.shares_sentences)
    if not text:
        raise RefusedError(MESSAGES("shared-draft", command=CommandRef("unit set")))
    return unit if text == unit.target else redraft.with_draft_text(unit, text, actor.who, actor.now, draft.shares)
