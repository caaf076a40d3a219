"""Sentences that a story does not have: those that are to come, and those that are left out.

Invariant: a sentence that is to come is never called left out; each one that is left out has its
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transflow.actions.stories.article import Composed
from transflow.actions.stories.page import Page
from transflow.messages import Message
from transflow.presenters.headlines import named, sentence_titles
from transflow.presenters.i18n import _, count, say
from transflow.presenters.unit_lines import SIGNS
from transflow.units.workflow import state

_MOST = 8
"""Number of sentences that are listed at most."""


def live_mark(to_come: int, finished: int = 0) -> str:
    """Return the mark of a live story: how many sentences are to come, and can be taken in."""
    if not to_come:
        return _("live · nothing to come")
    if finished:
        return _("live · {n} to come, {finished} finished").format(n=to_come, finished=finished)
    return _("live · {n} to come").format(n=to_come)


def page_mark(page: Page) -> str:
    """Return the mark of a story; "" if it is not live."""
    return live_mark(len(page.to_come), page.finished) if page.is_live else ""


def to_come_lines(page: Page) -> list[str]:
    """Return a heading and a line for each sentence that is to come, as information."""
    if not page.to_come:
        return []
    title = _("To come, and not part of this version: {n}").format(n=len(page.to_come))
    names = sentence_titles((each.place, each.number) for each in page.to_come)
    lines = (
        f"{name} {SIGNS[state(each.unit)][0]} {each.unit.source}"
        for name, each in zip(names, page.to_come, strict=True)
    )
    return [title, *_listed(lines, len(page.to_come))]


def left_out_lines(page: Page) -> list[str]:
    """Return a heading and a line for each sentence that does not print, with the reason."""
    if not page.left_out:
        return []
    names = sentence_titles((each.place, each.number) for each, _why in page.left_out)
    lines = (f"{name}: {say(why)}" for name, (_each, why) in zip(names, page.left_out, strict=True))
    return [_("Left out on purpose"), *_listed(lines, len(page.left_out))]


def _listed(lines: Iterable[str], number: int) -> list[str]:
    """Return the first lines, and how many more there are."""
    listed = list(lines)[:_MOST]
    return listed if number <= _MOST else [*listed, _("… and {n} more").format(n=number - _MOST)]


def composed_words(composed: Composed, *, is_live: bool) -> str:
    """Return what is to come after composing, and what is left out with the reasons."""
    return " ".join(
        filter(None, (live_mark(len(composed.to_come)) if is_live else "", limited_words(composed.limited)))
    )


def limited_words(limited: Sequence[tuple[str, Message]]) -> str:
    """Return which sentences are left out because of how they may be used; "" for none."""
    return " ".join(_("{ref} is left out: {why}.").format(ref=named("ref", ref), why=say(why)) for ref, why in limited)


def empty_words(page: Page, key: str) -> str:
    """Return what a story without a paragraph waits for; `key` takes in what is finished."""
    if page.finished:
        return count(
            "The story has no paragraph yet. {n} sentence is finished: {key} takes it in.",
            "The story has no paragraph yet. {n} sentences are finished: {key} takes them in.",
            page.finished,
            key=key,
        )
    if page.to_come:
        return count(
            "The story has no paragraph yet. {n} sentence is to come: once it is translated, {key} takes it in.",
            "The story has no paragraph yet. {n} sentences are to come: once they are translated, {key} takes them in.",
            len(page.to_come),
            key=key,
        )
    return _("The story has no paragraph yet.")
