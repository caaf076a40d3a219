"""The project's own dictionary: words of a language that no check of spelling reports.

Invariant: words that two people add at the same time are both kept, by the lock and by git's union
merge. The words are sorted, so that one of them is one changed line.
"""

from __future__ import annotations

from collections.abc import Callable

from transflow.actions import Actor
from transflow.errors import UsageError
from transflow.language.own_words import words_in
from transflow.messages import Messages
from transflow.project import Project
from transflow.project.places import words_path
from transflow.report import decode
from transflow.text import one_line, pasted

MESSAGES = Messages(__name__, {"no-word": "“{text}” is not one word."})


def words_text(project: Project, locale: str) -> str:
    """Return the dictionary of a language; empty if there is none. Raise UnreadableError."""
    path = words_path(locale)
    return decode(project.read(path), path) if project.has(path) else ""


def add_word(actor: Actor, locale: str, word: str) -> bool:
    """Add a word to the dictionary of a locale; return whether it is new.

    Raise UsageError if it is not one word.
    """
    cleaned = _one_word(word)
    project = actor.project

    def step() -> bool:
        if cleaned.casefold() in words_in(words_text(project, locale)):
            return False
        _write(project, locale, lambda words: {*words, cleaned})
        return True

    return project.retry(step, words_path(locale))


def remove_word(actor: Actor, locale: str, word: str) -> bool:
    """Remove a word from the dictionary of a locale; return whether it was there."""
    cleaned = _one_word(word)
    project = actor.project

    def step() -> bool:
        if cleaned.casefold() not in words_in(words_text(project, locale)):
            return False
        _write(project, locale, lambda words: {each for each in words if each.casefold() != cleaned.casefold()})
        return True

    return project.retry(step, words_path(locale))


def _one_word(word: str) -> str:
    cleaned = one_line(pasted(word))
    if not cleaned or " " in cleaned or cleaned.startswith("#"):
        raise UsageError(MESSAGES("no-word", text=cleaned))
    return cleaned


def _write(project: Project, locale: str, change: Callable[[list[str]], set[str]]) -> None:
    """Write the changed dictionary, sorted, with its comments on top. The caller holds its lock."""
    path = words_path(locale)
    before = project.read(path) if project.has(path) else None
    lines = words_text(project, locale).splitlines()
    words = [line for line in lines if line.strip() and not line.startswith("#")]
    comments = [line for line in lines if line.startswith("#")]
    lines = [*comments, *sorted(change(words), key=lambda each: (each.casefold(), each))]
    project.write_file(path, "".join(f"{line}\n" for line in lines).encode("utf-8"), before)
