"""Dialogues of a writer about paragraphs: cut, move, add, cite, decide about drafts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.stories import article, citing
from transflow.actions.units import steps
from transflow.actions.units.seen import Seen
from transflow.model.catalog import Catalog
from transflow.model.unit import Kind, Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, Forget, Say, agree, ask, choose, write
from transflow.presenters.i18n import _, count, mark
from transflow.presenters.live_notes import composed_words
from transflow.presenters.story_notes import outcome_summary
from transflow.stories.live import is_live
from transflow.units.marks import text_digest

ADDABLE_KINDS: tuple[tuple[Kind, str], ...] = (
    ("paragraph", mark("paragraph")),
    ("subhead", mark("subhead")),
    ("quote", mark("quote")),
    ("list item", mark("list item")),
    ("caption", mark("caption")),
)
"""Kinds of paragraphs that a writer adds, with their names."""


def cut(view: CatalogView, units: Sequence[Unit], reason: str | None = "") -> Dialogue[None]:
    """Cut paragraphs, with a reason; print them again if all of them are cut."""
    ids = [unit.id for unit in units]
    ref, number = view.ref(*ids), len(ids)
    if all(unit.cut for unit in units):
        words = count("{n} paragraph prints again.", "{n} paragraphs print again.", number)
        yield ChangeCatalog(_restore, (ref,), words, "", seen_ids=ids)
        return
    question = count("Why is {n} paragraph cut?", "Why are {n} paragraphs cut?", number)
    about = view.text(units[0]) if number == 1 else ""
    reason = reason or (yield from ask(question, about, prompt=_("Why? ")))
    if reason:
        words = count("{n} paragraph is cut.", "{n} paragraphs are cut.", number)
        yield ChangeCatalog(article.cut, (ref, reason), words, "", seen_ids=ids)


def move(view: CatalogView, units: Sequence[Unit]) -> Dialogue[None]:
    """Move paragraphs after another one."""
    ids = [unit.id for unit in units]
    others = [unit for unit in view.units if unit.id not in ids]
    choices = [_("to the top"), *(f"{view.number(unit.id)} {view.text(unit)}" for unit in others)]
    question = count("After which one does {n} paragraph go?", "After which one do {n} paragraphs go?", len(ids))
    chosen = yield from choose(question, choices, at=min(view.places[ids[0]], len(others)))
    if chosen is not None:
        after = others[chosen - 1].id if chosen else "0"
        words = count("{n} paragraph moved.", "{n} paragraphs moved.", len(ids))
        yield ChangeCatalog(article.move, (view.ref(*ids), after), words)


def move_to_number(view: CatalogView, unit: Unit, number: str | None) -> Dialogue[None]:
    """Move a paragraph after the one with a number; 0 is the top."""
    after = number or (yield from ask(_("After which number? ")))
    if after:
        yield ChangeCatalog(article.move, (view.ref(unit.id), after), "")


def add(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Add paragraphs of the writer's own after another one."""
    chosen = yield from choose(_("What do you add?"), [_(name) for _kind, name in ADDABLE_KINDS])
    if chosen is None:
        return
    kind, name = ADDABLE_KINDS[chosen]
    about = _("It comes after: {text}").format(text=view.text(unit))
    text = yield from write(_(name), about, view.place.path)
    if parts := paragraphs(text or ""):
        words = count("{n} paragraph added.", "{n} paragraphs added.", len(parts))
        yield ChangeCatalog(article.add_all, (str(view.place), parts, unit.id, kind), words)
        yield Forget(view.place.path)


def add_one(view: CatalogView, unit: Unit, text: str | None) -> Dialogue[None]:
    """Add one paragraph of the writer's own after another one."""
    text = text or (yield from ask(_("Text: ")))
    if text:
        yield ChangeCatalog(article.add, (str(view.place), text, unit.id), "")


def cite(view: CatalogView, units: Sequence[Unit], source: str | None = "") -> Dialogue[None]:
    """Note where the background of paragraphs comes from."""
    about = _("A story of yours by its name, or an address. It does not print.")
    question = _("Where does the background come from?")
    source = source or (yield from ask(question, about, prompt=_("From which article or address? ")))
    if source:
        ref = view.ref(*(unit.id for unit in units))
        yield ChangeCatalog(citing.cite, (ref, source), _("Cited: {source}").format(source=source), "")


Drafts = Callable[[str], str]
"""Returns the present draft of a paragraph from the reports, by id; "" if there is none."""


def keep_texts(view: CatalogView, units: Sequence[Unit], drafts: Drafts) -> Dialogue[None]:
    """Keep the texts of paragraphs under their changed drafts."""
    words = count("{n} paragraph is still right.", "{n} paragraphs are still right.", len(units))
    yield from _decide_drafts(view, units, drafts, article.confirm_with_drafts, words)


def take_drafts(view: CatalogView, units: Sequence[Unit], drafts: Drafts) -> Dialogue[None]:
    """Replace the texts of paragraphs by their new drafts."""
    yield from _decide_drafts(view, units, drafts, _take_new, _("The translations did not change."))


def take_first_drafts(view: CatalogView, units: Sequence[Unit], drafts: Drafts) -> Dialogue[None]:
    """Take the drafts of those paragraphs that have no text yet; asks first, with their drafts.

    So are paragraphs that took new sentences in and were not looked at since: their text is the
    draft.
    """
    printed = [unit for unit in units if unit.refs and not (unit.cut or unit.omitted)]
    open_units = [unit for unit in printed if not unit.target or (unit.fuzzy and unit.target == drafts(unit.id))]
    wanted = [unit for unit in open_units if view.draft(unit.id) is None]
    if not wanted:
        yield Say(_("Every paragraph here has a text already."))
        return
    question = count(
        "Accept {n} paragraph from the translations?", "Accept {n} paragraphs from the translations?", len(wanted)
    )
    lines = (f"{view.number(unit.id)}: {drafts(unit.id) or unit.source}" for unit in wanted)
    if (yield from agree(question, Text("\n".join(lines)))):
        words = count("{n} paragraph is accepted.", "{n} paragraphs are accepted.", len(wanted))
        yield from _decide_drafts(view, wanted, drafts, article.confirm_with_drafts, words)


def _decide_drafts(
    view: CatalogView, units: Sequence[Unit], drafts: Drafts, action: Callable[..., steps.StepResult], words: str
) -> Dialogue[None]:
    """Decide between text and draft as displayed.

    Refused while one of the paragraphs has an unsaved text.
    """
    ids = [unit.id for unit in units]
    if any(view.draft(unit_id) is not None for unit_id in ids):
        yield Say(_("What you wrote in it is not saved yet."), refused=True)
        return

    def marks(displayed: Sequence[Unit]) -> Seen:
        return tuple(text_digest(unit.replace(source=drafts(unit.id) or unit.source)) for unit in displayed)

    result = yield ChangeCatalog(action, (view.ref(*ids),), words, seen_ids=ids, marks=marks)
    yield from say_outcomes(result.outcomes.values())


def confirm_as_heard(view: CatalogView, unit: Unit, *, take_new: bool = False) -> Dialogue[None]:
    """Confirm the present text of a paragraph, or take its draft; its new one with `take_new`."""
    confirm = partial(steps.confirm, take_new=take_new)
    done = yield ChangeCatalog(confirm, (view.ref(unit.id),), "", seen_ids=[unit.id], goes_on=True)
    yield from say_outcomes(done.outcomes.values())


def compose_again(view: CatalogView) -> Dialogue[None]:
    """Update the drafts from the reports."""
    words = _("The story has what the reports say now.")
    composed = yield ChangeCatalog(article.compose_article, (str(view.place), ()), words)
    said = (outcome_summary(composed.outcomes.values()), composed_words(composed, is_live=is_live(composed.article)))
    if any(said):
        yield Say(" ".join(filter(None, said)))


def say_outcomes(outcomes: Iterable[str]) -> Dialogue[None]:
    """Say how many paragraphs took their new draft."""
    if message := outcome_summary(outcomes):
        yield Say(message)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a typed or pasted text, which are separated by empty lines."""
    parts = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text.replace("\r", "")))
    return [part for part in parts if part]


def _restore(actor: Actor, ref: str, seen: Seen) -> Catalog:
    return article.cut(actor, ref, "", undo=True, seen=seen)


def _take_new(actor: Actor, ref: str, seen: Seen) -> steps.StepResult:
    return article.confirm_with_drafts(actor, ref, take_new=True, seen=seen)
