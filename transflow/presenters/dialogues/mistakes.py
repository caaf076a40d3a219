"""Dialogues about a mistake that readers saw: a correction, a clarification, a withdrawal.

Invariant: nothing is changed before the right text, or the reason, was said. Whoever may not decide
is told first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.stories import publish
from transflow.actions.stories.correct_paragraph import correct_paragraph
from transflow.actions.stories.page import page
from transflow.errors import TransflowError
from transflow.messages import CommandRef
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import (
    Dialogue,
    Forget,
    Say,
    Show,
    ShowCatalog,
    agree,
    ask,
    choose,
    perform,
    write,
)
from transflow.presenters.headlines import named, quoted, title
from transflow.presenters.i18n import _, mark, say
from transflow.project import CatalogRef
from transflow.stories import publications
from transflow.stories.corrections import NoteKind
from transflow.stories.publications import Cause

_KINDS: tuple[NoteKind, ...] = ("correction", "clarification")
_CAUSES: dict[Cause, str] = {
    "reporting": mark("in the report"),
    "translation": mark("in the translation"),
    "editing": mark("in the editing"),
    "machine": mark("by a machine"),
}


class _Notice(NamedTuple):
    """The stage at which a mistake was made, and the partners that were told."""

    cause: str = ""
    told: str = ""


def mend_page(view: CatalogView, unit: Unit, command: Callable[[CommandRef], str] = str) -> Dialogue[None]:
    """Ask what is wrong with a published story; a story that is not out can only be killed.

    `command` formats the commands that a message names.
    """
    if publications.kill_record(view.catalog):
        yield from _let_out(view)
    elif not publications.is_published(view.catalog):
        yield from _kill(view, _("Why is this story not to go out?"), command)
    else:
        choices = [
            _("This paragraph was wrong: correct it, with a note for readers"),
            _("This paragraph was unclear: clarify it, with a note for readers"),
            _("The whole story has to go: withdraw it"),
        ]
        chosen = yield from choose(_("What is wrong with the page?"), choices, unit.target)
        if chosen == len(_KINDS):
            yield from _kill(view, _("Why is the story withdrawn?"), command)
        elif chosen is not None:
            yield from _correct(view, unit, _KINDS[chosen], command)


def _correct(view: CatalogView, unit: Unit, kind: NoteKind, command: Callable[[CommandRef], str]) -> Dialogue[None]:
    """Ask for the right text and the cause, and begin the correction with its note.

    Not while another version is cleared and not recorded: a note quotes what readers saw, and
    nobody has said which of the two they see.
    """
    if (yield from perform(page, view.place)).pages == "newer":
        words = _("A newer version is cleared, and its page is not recorded. Record it first: {command}.")
        yield Say(words.format(command=command(CommandRef("published"))), refused=True)
        return
    about, key = "", f"{view.place.ref(unit.id)} correction"
    while text := (yield from write(_("What should it have said?"), about, key, text=unit.target)):
        if (notice := (yield from _notice())) is None:
            return
        try:
            done = yield from perform(correct_paragraph, view.place, unit.id, text, kind, *notice)
        except TransflowError as error:
            yield ShowCatalog((yield from perform(_load, view.place)))
            yield Say(error.message, refused=True)
            about = f"✗ {say(error.message)}"
            continue
        yield Forget(key)
        yield ShowCatalog((yield from perform(_load, view.place)))
        words = _("It is written. The note for readers needs a look.")
        if done.same_mistake:
            where = named("refs", ", ".join(done.same_mistake))
            words += " " + _("The same may be wrong in these sentences or paragraphs: {where}.").format(where=where)
        for note in done.notes[:1]:
            yield Show("story", view.place, note.id)
        yield Say(words)
        return


def _kill(view: CatalogView, question: str, command: Callable[[CommandRef], str]) -> Dialogue[None]:
    """Ask for the reason, and kill the story; the pages that have to be taken down are named."""
    yield from perform(publish.check_may_kill)
    name = quoted(title(view.place))
    reason = yield from ask(question, name)
    if not reason:
        return
    notice: _Notice | None = _Notice()
    if publications.is_published(view.catalog):
        notice = yield from _notice()
    if notice is None:
        return
    done = yield from perform(publish.kill, str(view.place), reason, *notice)
    yield ShowCatalog((yield from perform(_load, view.place)))
    words = _("{name} is killed.").format(name=name)
    if pages := [each for story in done.stories for each in story.addresses]:
        words += " " + _("Take down: {pages}. Record that they are gone: {command}.").format(
            pages=", ".join(pages), command=command(CommandRef("published"))
        )
    yield Say(words)


def _let_out(view: CatalogView) -> Dialogue[None]:
    """Take back that a story was killed, once that is agreed to."""
    yield from perform(publish.check_may_kill)
    if (yield from agree(_("May this story go out again? It was killed."), title(view.place))):
        yield from perform(_undo_kill, view.place)
        yield ShowCatalog((yield from perform(_load, view.place)))
        yield Say(_("The story may go out again."))


def _notice() -> Dialogue[_Notice | None]:
    """Ask where a mistake was made, and who was told."""
    cause = yield from choose(_("Where was the mistake made?"), [_(each) for each in _CAUSES.values()])
    if cause is None:
        return None
    told = yield from ask(_("Which partners were told? Empty: none yet"), allow_empty=True)
    return None if told is None else _Notice([*_CAUSES][cause], told)


def _load(actor: Actor, place: CatalogRef) -> Catalog:
    return actor.project.load(place)


def _undo_kill(actor: Actor, place: CatalogRef) -> publish.PublishedStory:
    return publish.kill(actor, str(place), "", undo=True)
