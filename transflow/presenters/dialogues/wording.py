"""Dialogues about the words of a report: numbers, the dictionary, the text so far."""

from __future__ import annotations

from functools import partial

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.language import own_words
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import Dialogue, Say, TextToRead, ask, perform
from transflow.presenters.i18n import _
from transflow.presenters.text_so_far import paragraphs
from transflow.project.places import words_path


def ask_number(view: CatalogView) -> Dialogue[int]:
    """Ask for the number of a sentence; return 0 if it is none."""
    last = len(view.units)
    answer = yield from ask(_("Which number?"), _("They go from 1 to {n}.").format(n=last))
    if answer is None:
        return 0
    if not answer.isdecimal() or not 1 <= int(answer) <= last:
        yield Say(_("They go from 1 to {n}.").format(n=last), refused=True)
        return 0
    return int(answer)


def add_word(view: CatalogView, word: str, *, asks: bool = True) -> Dialogue[str]:
    """Add a word to the dictionary of the project. Return it if it is new, else ""."""
    if asks or not word:
        question = _("Which word is spelled right?")
        about = _("It goes into {path}, for everybody.").format(path=words_path(view.place.locale))
        word = (yield from ask(question, about, text=word, prompt=f"{question} ")) or ""
    if not word:
        return ""
    is_new = yield from perform(partial(_add_word, view.place.locale, word))
    yield Say(_("In the dictionary now: {word}").format(word=word) if is_new else _("It is in the dictionary already."))
    return word if is_new else ""


def _add_word(locale: str, word: str, actor: Actor) -> bool:
    return own_words.add_word(actor, locale, word)


def show_text_so_far(view: CatalogView, current: str) -> Dialogue[None]:
    """Show the whole text so far, with the current sentence marked."""
    text = Text()
    for number, sentences in enumerate(paragraphs(view)):
        text.append("\n\n" if number else "")
        for place, sentence in enumerate(sentences):
            text.append(" " if place else "")
            is_current = sentence.unit_id == current
            style = "bold" if is_current else "" if sentence.is_translated else "dim"
            text.append(f"▸{sentence.text}◂" if is_current else sentence.text, style)
    yield TextToRead(_("The whole text so far"), text)
