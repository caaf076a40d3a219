"""Joining of two neighbouring units, and splitting of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from transflow.actions import Actor, recording
from transflow.actions.refs import not_one, parse_ref
from transflow.actions.stories.drafts import with_draft_as_text
from transflow.actions.units.steps import StepResult
from transflow.errors import RefusedError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.stories.clearance import without_clearance
from transflow.stories.compose import taken_ids
from transflow.text import without_spaces
from transflow.units import regroup

MESSAGES = Messages(
    __name__,
    {
        "new-paragraph": "{ref}: the second sentence begins a paragraph; sentences are joined within one.",
        "two-texts": "{ref}: two people gave it two texts: decide first with {command}.",
        "no-neighbours": "{ref} is not two neighbours: name them as in REPORT#3-4.",
        "source/no-place": "say where the source is split: --source-at, with the first words of the second half.",
        "text/no-place": "say where the text is split: --text-at, with the first words of the second half.",
        "source/not-there": "“{words}” does not stand in the source: give the first words of the second half.",
        "text/not-there": "“{words}” does not stand in the text: give the first words of the second half.",
        "source/several": "“{words}” stands more than once in the source: give the first words of the second half.",
        "text/several": "“{words}” stands more than once in the text: give the first words of the second half.",
        "source/nothing-before": "nothing of the source would stand before “{words}”.",
        "text/nothing-before": "nothing of the text would stand before “{words}”.",
    },
)


def join(actor: Actor, ref: str) -> StepResult:
    """Join the two neighbouring units of a REF (`un-letter#3-4`) into the first.

    Raise UsageError unless the REF names two neighbours, and RefusedError for two sentences of
    different paragraphs or for a unit with a conflict.
    """
    parsed = parse_ref(actor.project, ref)
    languages = _languages(actor, parsed.place)
    joined_ids: list[str] = []

    def change(catalog: Catalog) -> Catalog:
        first, second = _neighbours(parsed.ids(catalog), catalog, ref)
        if parsed.place.folder == "reports" and not second.continued:
            raise RefusedError(MESSAGES("new-paragraph", ref=ref))
        _refuse_conflicts(ref, first, second)
        joined = regroup.join(first, second, *languages)
        joined_ids[:] = [joined.id]
        units = tuple(joined if unit is first else unit for unit in catalog.units if unit is not second)
        return without_clearance(catalog.replace(units=units))

    new = recording.change(actor, parsed.place, change).catalog
    return StepResult(parsed.place, new, tuple(joined_ids), tuple(joined_ids))


def _refuse_conflicts(ref: str, *units: Unit) -> None:
    """Raise RefusedError if one of the units has a conflict.

    The other text of a half is not enough for the joined unit, and that of a whole is too much for
    a half.
    """
    if any(unit.conflicts for unit in units):
        raise RefusedError(MESSAGES("two-texts", ref=ref, command=CommandRef("unit resolve")))


def _languages(actor: Actor, place: CatalogRef) -> tuple[str, str]:
    """Return the source and the target language of a catalog."""
    return source_of(actor.project, place), place.locale


def _neighbours(ids: Sequence[str], catalog: Catalog, ref: str) -> tuple[Unit, Unit]:
    order = [unit.id for unit in catalog.units]
    if len(ids) != 2 or order.index(ids[1]) != order.index(ids[0]) + 1:
        raise UsageError(MESSAGES("no-neighbours", ref=ref))
    return catalog.units[order.index(ids[0])], catalog.units[order.index(ids[1])]


def split(actor: Actor, ref: str, source_at: str, target_at: str = "") -> StepResult:
    """Split a unit before the words `source_at` of its source and before `target_at` of its target.

    A paragraph with `@from` references keeps its whole draft as the source of both halves: only its
    text is split. If it has no text yet, it takes its draft as text first, because otherwise both
    halves would print the whole draft.
    """
    parsed = parse_ref(actor.project, ref)
    half_ids: list[str] = []

    def change(catalog: Catalog) -> Catalog:
        ids = parsed.ids(catalog)
        unit = catalog.find(ids[0]) if len(ids) == 1 else None
        if unit is None:
            raise not_one(parsed, ref)
        _refuse_conflicts(ref, unit)
        if unit.refs and not unit.target:
            unit = with_draft_as_text(actor, parsed.place, catalog, unit)
        sources = (unit.source, unit.source) if unit.refs else _halves(unit.source, source_at, "source")
        targets = _halves(unit.target, target_at, "text") if target_at or unit.refs else (unit.target, "")
        in_block = parsed.place.folder == "reports"
        first, second = regroup.split(unit, sources, targets, taken_ids(catalog), continued=in_block)
        half_ids[:] = [first.id, second.id]
        units = [half for each in catalog.units for half in ((first, second) if each.id == first.id else (each,))]
        return without_clearance(catalog.replace(units=tuple(units)))

    new = recording.change(actor, parsed.place, change).catalog
    return StepResult(parsed.place, new, tuple(half_ids), tuple(half_ids))


def _halves(text: str, first_words: str, side: Literal["source", "text"]) -> tuple[str, str]:
    if not first_words:
        raise UsageError(MESSAGES(f"{side}/no-place"))
    if text.count(first_words) != 1:
        problem = "not-there" if first_words not in text else "several"
        raise UsageError(MESSAGES(f"{side}/{problem}", words=first_words))
    first, second = text[: text.index(first_words)].rstrip(), text[text.index(first_words) :].lstrip()
    if not without_spaces(first):
        raise UsageError(MESSAGES(f"{side}/nothing-before", words=first_words))
    return first, second
