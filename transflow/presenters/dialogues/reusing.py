"""Dialogues that use texts again: the same sentence elsewhere, replacements, earlier texts.

Invariant: the person sees every place before anything changes, and chooses among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.text import Text

from transflow.actions.units import history, reuse
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import (
    ChangeCatalog,
    Dialogue,
    Say,
    ShowCatalog,
    ask,
    choose,
    perform,
    select,
)
from transflow.presenters.headlines import quoted, title
from transflow.presenters.i18n import _, count
from transflow.presenters.replacing import ReplacementPlace, places, replaced, search
from transflow.text import one_line
from transflow.units.repetition import same_without_text


def same_sentences(view: CatalogView, unit: Unit) -> list[Unit]:
    """Return the units that the text of a unit can be put into: the same sentence, untouched."""
    if not unit.target:
        return []
    return [each for each in same_without_text(view.units, unit) if view.draft(each.id) is None]


def same_offer(view: CatalogView, unit_id: str, key: str) -> str:
    """Return the offer to use the text of a unit elsewhere; "" if there is no such place."""
    unit = view.find(unit_id)
    found = same_sentences(view, unit) if unit is not None else []
    numbers = ", ".join(str(view.number(each.id)) for each in found)
    return (
        _("The same sentence stands at {numbers}: {key} puts the text there.").format(numbers=numbers, key=key)
        if found
        else ""
    )


def fill_same(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Put the text of a sentence under the same sentence at other places.

    Of a sentence without a text, that of the first same one that has one is used.
    """
    if (pair := origin_and_places(view, unit)) is None:
        yield Say(_("This sentence stands nowhere else without a text."))
        return
    origin, found = pair
    about = Text(origin.source, style="dim").append(f"\n→ {origin.target}")
    lines = [f"{view.number(each.id)}  {_before(view, each)}{each.source}" for each in found]
    chosen = yield from select(_("Where does this text go too? Each place will need another look."), lines, about)
    if chosen:
        ids = [found[index].id for index in chosen]
        words = count(
            "{n} sentence is filled, to be looked at.", "{n} sentences are filled, to be looked at.", len(ids)
        )
        yield ChangeCatalog(reuse.fill_same, (view.ref(*ids), origin.id), words, seen_ids=ids)


def origin_and_places(view: CatalogView, unit: Unit) -> tuple[Unit, list[Unit]] | None:
    """Return the unit whose text can be used, and those it can be put into; None if there are none.

    The unit itself if it has a text, else the first same sentence that has one.
    """
    origin = unit if unit.target else _translated_twin(view, unit)
    found = same_sentences(view, origin) if origin is not None else []
    return (origin, found) if origin is not None and found else None


def _translated_twin(view: CatalogView, unit: Unit) -> Unit | None:
    return next((each for each in view.units if each.target and one_line(each.source) == one_line(unit.source)), None)


def _before(view: CatalogView, unit: Unit) -> str:
    """Return the end of the sentence before, as context."""
    before, _after = view.neighbours(unit.id)
    return f"(… {before.source[-12:]}) " if before is not None else ""


def replace_texts(view: CatalogView, selected: str = "", *, given: str = "") -> Dialogue[None]:
    """Find and replace in the texts of a report, at the places that the person chooses.

    `selected` is what is put into the question at first; `given` is the answer, if there is one.
    """
    hint = _("Whole words with their case, or /a regular expression/. {report} only.").format(
        report=quoted(title(view.place))
    )
    old = given or (yield from ask(_("Replace what?"), hint, text=one_line(selected)))
    if not old:
        return
    hint = _("Empty takes it out. After a regular expression, \\1 is its first group.")
    new = yield from ask(_("By what?"), hint, allow_empty=old.startswith("/"))
    if new is None:
        return
    wanted = search(old, new)
    found = yield from perform(lambda _actor: places(view, wanted))
    if not found:
        yield Say(_("“{words}” stands in no text of this report.").format(words=old))
        return
    question = count("{n} place: which are replaced?", "{n} places: which are replaced?", len(found))
    chosen = yield from select(question, [place.line() for place in found])
    if chosen:
        yield from _replace(view, [found[index] for index in chosen], respelled=not wanted.is_regular)


def _replace(view: CatalogView, chosen: Sequence[ReplacementPlace], *, respelled: bool) -> Dialogue[None]:
    """Replace the chosen places: in the record, and in unsaved texts."""
    texts = replaced(chosen)
    unsaved = {unit_id: text for unit_id, text in texts.items() if view.draft(unit_id) is not None}
    saved = {unit_id: text for unit_id, text in texts.items() if unit_id not in unsaved}
    words = count("{n} place is replaced.", "{n} places are replaced.", len(chosen))
    now = yield from perform(lambda actor: actor.now)
    for unit_id, text in unsaved.items():
        if (unit := view.find(unit_id)) is not None:
            view.typed(unit, text, now)
    if saved:
        ids = list(saved)
        action = partial(reuse.rewrite, texts=saved, respelled=respelled)
        yield ChangeCatalog(action, (view.ref(*ids),), words, seen_ids=ids)
    else:
        yield ShowCatalog(view.catalog)
        yield Say(words)


def earlier_text(view: CatalogView, unit: Unit) -> Dialogue[str | None]:
    """Ask which earlier text of a unit to take; return None for none."""
    texts = yield from perform(history.earlier_texts, view.place, unit)
    if not texts:
        yield Say(_("git has no earlier text of this sentence."))
        return None
    about = Text(unit.source, style="dim").append(f"\n→ {unit.target or '–'}")
    chosen = yield from choose(_("Which earlier text?"), texts, about)
    return None if chosen is None else texts[chosen]
