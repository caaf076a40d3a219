"""Correction notes: paragraphs of a story that say what an earlier version of it said.

Invariant: a note quotes what was published and nothing else, prints after everything else, and earns nobody a credit. It
is a paragraph of the variant "correction"; its source is the text that was wrong, its target the note; `@corrects` names
the paragraph that it is about. A drafted note needs another look until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transflow.authorship import rewritten
from transflow.digests import new_id
from transflow.model import Meta, Unit
from transflow.publication import Publication
from transflow.text import one_line

VARIANT = "correction"
_KEY = "corrects"


class Subject(NamedTuple):
    """What a note is about: `@corrects PARAGRAPH TIME [REPORT#ID]`."""

    paragraph: str
    """Id of the paragraph that was wrong."""
    time: str
    """When the correction was begun, UTC."""
    ref: str = ""
    """The sentence of a report that was wrong, where it began there."""


def is_note(unit: Unit) -> bool:
    return unit.kind == "paragraph" and unit.variant == VARIANT


def subject(note: Unit) -> Subject | None:
    """What a note is about; None where it does not say (somebody wrote it by hand)."""
    words = next((meta.value.split() for meta in note.other if meta.key == _KEY), [])
    return Subject(*words[:3]) if len(words) > 1 else None


def time(note: Unit) -> str:
    """When the note was last worded or confirmed, UTC: the date that it prints. Empty where that is not known."""
    return max((each.time for each in note.by), default="")


def is_open(note: Unit, pages: Iterable[Publication]) -> bool:
    """Whether a page is still to be brought up to date since the correction was begun."""
    about = subject(note)
    return about is not None and any(page.time <= about.time for page in pages)


def draft(about: Subject, old: str, new: str, locale: str, who: str, taken: set[str]) -> Unit:
    """A drafted note. `old` is the paragraph as it was published, `new` as it is to be, or the same while nobody knows."""
    empty = Unit(
        new_id(f"{about.paragraph}\0{about.time}", taken),
        old,
        variant=VARIANT,
        other=(Meta(_KEY, " ".join(filter(None, about))),),
    )
    return redrafted(empty, new, locale, who, about.time)


def redrafted(note: Unit, new: str, locale: str, who: str, now: str) -> Unit:
    """A note that nobody confirmed yet, brought up to the paragraph as it is now."""
    text = wording(note.source, new, locale)
    return note if note.target == text else rewritten(note, text, who, now).having(fuzzy=True, approved=None)


def wording(old: str, new: str, locale: str) -> str:
    """The sentence or two that a note says, in the language of the story; `new` is left out while it is the same."""
    from transflow import phrases  # babel: only where a note is drafted

    _ = phrases.translate(locale)
    was, is_now = changed_part(old, new, locale)
    if not is_now:
        return _("An earlier version of this story said: “{old}”").format(old=_quotable(was))
    both = _("An earlier version of this story said: “{old}” It should have said: “{new}”")
    return both.format(old=_quotable(was), new=_quotable(is_now))


def changed_part(old: str, new: str, language: str) -> tuple[str, str]:
    """The sentences of `old` that `new` does not have, and those that stand in their place; all of `old` and nothing
    where the two are the same."""
    from transflow.segment import split

    before, after = ([part.source for part in split(text, language)] for text in (old, new))
    if before == after:
        return one_line(old), ""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    if start + end in (len(before), len(after)):  # a sentence came or went: its neighbour tells where
        start, end = (start - 1, end) if start else (start, max(end - 1, 0))
    return _joined(before[start : len(before) - end]), _joined(after[start : len(after) - end])


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many texts two lists begin with alike."""
    return next(
        (i for i, (left, right) in enumerate(zip(one, two, strict=False)) if left != right), min(len(one), len(two))
    )


def _joined(sentences: Sequence[str]) -> str:
    return one_line(" ".join(sentences))


def _quotable(text: str) -> str:
    """A text as it stands inside double quotation marks."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})
