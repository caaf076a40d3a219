"""Correction notes: paragraphs of a story that say what an earlier version of it said.

Invariant: a note quotes what was published and nothing else, prints after everything else, and earns nobody a credit. It
is a paragraph of the variant "correction"; its source is the text that was wrong, its target the note; `@corrects` names
the paragraph that it is about. A drafted note needs another look until somebody confirms it. While a page is to be brought up to
date, the paragraph may not read as it was published, and what the note says it should have said stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from transflow.attribution.authorship import rewritten
from transflow.digests import digest, new_id
from transflow.model.catalog import Catalog
from transflow.model.unit import Meta, Unit
from transflow.stories.publications import Publication, addresses
from transflow.text import one_line
from transflow.units.regroup import separator

VARIANT = "correction"
_KEY = "corrects"


class Subject(NamedTuple):
    """What a note is about: `@corrects PARAGRAPH TIME [REPORT#ID …] [was=DIGEST]`."""

    paragraph: str
    """Id of the paragraph that was wrong."""
    time: str
    """When the correction was begun, UTC."""
    refs: tuple[str, ...] = ()
    """The sentences of reports that were wrong, where it began there."""
    was: str = ""
    """Digest of the whole paragraph as it was published; empty where only a part of it is known."""

    def __str__(self) -> str:
        return " ".join((self.paragraph, self.time, *self.refs, *([f"was={self.was}"] if self.was else [])))


def subject(note: Unit) -> Subject | None:
    """What a note is about; None where it does not say (somebody wrote it by hand)."""
    words = next((meta.value.split() for meta in note.other if meta.key == _KEY), [])
    if len(words) < 2:
        return None
    was = next((word.removeprefix("was=") for word in words[2:] if word.startswith("was=")), "")
    return Subject(words[0], words[1], tuple(word for word in words[2:] if "#" in word), was)


def having_subject(note: Unit, about: Subject) -> Unit:
    """The note with what it is about."""
    others = tuple(meta for meta in note.other if meta.key != _KEY)
    return note.replace(other=(*others, Meta(_KEY, str(about))))


def holding(article: Catalog, paragraph: str) -> tuple[Unit, ...]:
    """The paragraphs that hold what a paragraph held: itself, or the one that it was joined into, and what was split off."""
    ids = {unit.id for unit in article.units if paragraph in (unit.id, *unit.joined)}
    while more := {unit.id for unit in article.units if unit.split in ids} - ids:
        ids |= more
    return tuple(unit for unit in article.units if unit.id in ids and not unit.is_note)


def printed_text(units: Iterable[Unit], language: str) -> str:
    """What is printed of paragraphs, in one text; empty where they are cut."""
    return separator(language).join(unit.target for unit in units if unit.target and not unit.cut and not unit.omitted)


def time(note: Unit) -> str:
    """When the note was last worded or confirmed, UTC: the date that it prints. Empty where that is not known."""
    return max((each.time for each in note.by), default="")


class Fault(NamedTuple):
    """Why a note and the paragraph that it is about do not agree."""

    note: Unit
    paragraphs: tuple[Unit, ...]
    """Those that are about; none where they are cut."""
    is_as_published: bool
    """Whether the paragraph reads as it was published; otherwise the note says `missing`, which does not stand there."""
    missing: str = ""


def faults(article: Catalog, pages: Sequence[Publication]) -> Iterator[Fault]:
    """Every note that prints, of a page that is to be brought up to date, which tells of a correction that was not made."""
    language = article.header.get("Language")
    for note in article.units:
        if note.is_note and not note.cut and not note.omitted and is_open(note, pages):
            yield from _faults(article, note, language)


def _faults(article: Catalog, note: Unit, language: str) -> Iterator[Fault]:
    known = subject(note)
    assert known is not None  # it is open
    units = tuple(unit for unit in holding(article, known.paragraph) if not unit.cut and not unit.omitted)
    text = printed_text(units, language)
    said = quoted(note.target, language)
    # What was split off may have been a paragraph of its own when the story was published.
    if (known.was or digest(note.source)) in {
        digest(each) for each in (text, *(unit.target for unit in units[:1])) if each
    }:
        yield Fault(note, units, is_as_published=True)
    elif said is None:  # in somebody's own words: that is for people to compare
        return
    elif said[1] and not _stands(said[1], text):
        yield Fault(note, units, is_as_published=False, missing=said[1])
    elif units and not said[1] and note.source and _stands(note.source, text):
        yield Fault(note, units, is_as_published=True)


def uncorrected(article: Catalog, notes: Collection[str] | None = None) -> list[tuple[Unit, str]]:
    """The paragraphs of which a correction note (one of `notes`, where these are given) tells what is not so, and the way out."""
    numbers = {unit.id: f"{article.header.get('X-Article')}#{number}" for number, unit in enumerate(article.units, 1)}
    found: list[tuple[Unit, str]] = []
    for fault in faults(article, addresses(article)):
        if notes is not None and fault.note.id not in notes:
            continue
        note, unit = numbers[fault.note.id], fault.paragraphs[0] if fault.paragraphs else fault.note
        if fault.is_as_published:
            why = (
                f"it reads as it was published, and the note {note} corrects it: {_way_out(unit, numbers[unit.id])}, then "
                f"`transflow correct` again. Where nothing in it was wrong, leave the note out: `transflow article cut {note} REASON`"
            )
        else:
            again = "`transflow correct` again brings it up to the text, or " if fault.note.fuzzy else ""
            why = (
                f"the note {note} says that it should have said “{fault.missing}”, which does not stand in it: {again}say the note "
                f"otherwise with `transflow unit set {note}`"
            )
        found.append((unit, why))
    return found


def _way_out(unit: Unit, ref: str) -> str:
    """How a paragraph that reads as it was published becomes another."""
    if unit.refs and unit.source != unit.target:
        return f"`transflow unit confirm {ref} --take-new` takes its new draft, `transflow unit set {ref}` writes it"
    behind = (
        f"make the sentence behind it right and `transflow compose {ref.partition('#')[0]}`, or " if unit.refs else ""
    )
    return f"{behind}write it with `transflow unit set {ref}`"


def _stands(quotation: str, text: str) -> bool:
    """Whether a text has what is quoted of it, in the order of its parts where some were left out."""
    whole, at = _folded(text), 0
    for part in re.split(r"…|\.\.\.|\[…\]", _folded(quotation)):
        found = whole.find(part.strip().strip(".,;:。，、"), at)
        if found < 0:
            return False
        at = found
    return True


def _folded(text: str) -> str:
    """A text as a quotation of it is compared: quotation marks, capitals and white space are the note's."""
    return re.sub("[‘’“”\"']", "'", one_line(text)).casefold()


def quoted(note: str, locale: str) -> tuple[str, str] | None:
    """What a note says that was said, and what should have been; None where it is in somebody's own words."""
    from transflow import phrases

    _ = phrases.translate(locale)
    both = _("An earlier version of this story said: “{old}” It should have said: “{new}”")
    for phrase, more in ((both, ".*"), (_("An earlier version of this story said: “{old}”"), "")):
        pattern = re.escape(one_line(phrase)).replace(r"\{old\}", "(?P<old>.*)").replace(r"\{new\}", "(?P<new>.*)")
        if found := re.fullmatch(pattern + more, one_line(note), re.DOTALL):
            return found["old"], found.groupdict().get("new", "")
    return None


def is_half_said(note: Unit, locale: str) -> bool:
    """Whether a note says, as it was drafted, what was wrong and not yet what is right."""
    said = quoted(note.target, locale)
    return said is not None and not said[1]


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
        other=(Meta(_KEY, str(about)),),
    )
    return redrafted(empty, new, locale, who, about.time)


def redrafted(note: Unit, new: str, locale: str, who: str, now: str) -> Unit:
    """A note that nobody confirmed yet, brought up to the paragraph as it is now."""
    text = wording(note.source, new, locale)
    return note if note.target == text else rewritten(note, text, who, now).replace(fuzzy=True, approved=None)


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
    from transflow.language.segment import split

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
