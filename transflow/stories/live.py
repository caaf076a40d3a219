"""Live stories: stories that go out before their reports are finished (X-Live).

Invariant: what is to come is derived and never stored: sentences of the reports that stand in no
paragraph yet. While a story is live, only what prints has to be finished.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from transflow.attribution.authorship import draft_shares
from transflow.attribution.machines import engine_words, is_examined
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Ref, State, Unit
from transflow.report.title_tags import title_tag
from transflow.stories import redraft
from transflow.stories.compose import DraftSource, Reports, not_placed, placement
from transflow.units.workflow import state

FIELD = "X-Live"
Required = Literal["nothing", "translated", "approved"]
"""State that a project requires of sentences before they are composed."""
MESSAGES = Messages(
    __name__,
    {
        "translated": "{ref} is not translated yet",
        "approved": "{ref} is not approved yet",
    },
)
_FINISHED: dict[Required, frozenset[State]] = {
    "nothing": frozenset({"translated", "approved", "omitted"}),
    "translated": frozenset({"translated", "approved", "omitted"}),
    "approved": frozenset({"approved", "omitted"}),
}


def is_live(article: Catalog) -> bool:
    return bool(article.header.get(FIELD))


def live(article: Catalog, who: str, now: str) -> Catalog:
    """Return the article as a live story."""
    return article if is_live(article) else article.replace(header=article.header.replace(X_Live=f"{who} {now}"))


def settled(article: Catalog) -> Catalog:
    """Return the article as a story whose reports have to be finished."""
    return article.replace(header=article.header.replace(X_Live=None)) if is_live(article) else article


def is_finished(unit: Unit, required: Required) -> bool:
    """Return True if a sentence is in the state that a story needs, or left out on purpose."""
    return state(unit) in _FINISHED[required]


def unfinished(reports: Reports, required: Required) -> frozenset[Ref]:
    """Return the sentences that a live story does not take yet."""
    return frozenset(
        Ref(slug, unit.id)
        for slug, catalog in reports.items()
        for unit in catalog.units
        if not is_finished(unit, required)
    )


def to_come(article: Catalog, reports: Reports) -> tuple[DraftSource, ...]:
    """Return the sentences that a live story does not have yet; none for a settled one."""
    return not_placed(article, reports) if is_live(article) else ()


def finished(article: Catalog, reports: Reports, required: Required) -> tuple[DraftSource, ...]:
    """Return the sentences to come that a live story can take in now."""
    return tuple(each for each in to_come(article, reports) if is_finished(each.unit, required))


def with_end(article: Catalog, reports: Reports, titles: Iterable[str]) -> Catalog:
    """Return a live story settled if nothing is to come.

    More is to come as long as a headline of its reports, in `titles`, says so: [속보], [2보].
    """
    goes_on = bool(to_come(article, reports)) or any(map(_announces_more, titles))
    return article if goes_on else settled(article)


def _announces_more(title: str) -> bool:
    tag = title_tag(title)
    return tag is not None and (tag.kind == "flash" or (tag.kind == "later" and "종합" not in tag.text))


def why_unfinished(behind: Sequence[DraftSource], required: Required, typed: Callable[[Ref], str] = str) -> Message:
    """Return which sentence behind a paragraph of a live story is not finished, or `NOTHING`.

    `typed` returns a reference as people type it.
    """
    for each in behind:
        if not (each.unit.is_left_out or is_finished(each.unit, required)):
            key = "approved" if state(each.unit) == "translated" else "translated"
            return MESSAGES(key, ref=typed(each.ref))
    return NOTHING


def with_drafts(article: Catalog, reports: Reports, who: str, now: str, *, one_by_one: bool = False) -> Catalog:
    """Return the article with the drafts of paragraphs that have no text yet as their texts.

    A live story takes them at once, since a person finished each sentence of them. With
    `one_by_one`, those with a machine's words that nobody examined are left to people.
    """
    placed = placement(article, reports)
    return article.replace(
        units=tuple(
            unit
            if one_by_one and any(engine_words(each.unit) and not is_examined(each.unit) for each in placed[unit.id])
            else _with_draft(unit, placed[unit.id], who, now)
            for unit in article.units
        )
    )


def _with_draft(unit: Unit, behind: Sequence[DraftSource], who: str, now: str) -> Unit:
    if unit.target or unit.cut or unit.omitted or not unit.refs or not unit.source:
        return unit
    return redraft.with_draft_text(unit, unit.source, who, now, draft_shares([each.unit for each in behind]))
