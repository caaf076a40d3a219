"""Correction notes: paragraphs of a story that state what an earlier version of it said.

A clarification is a note about a text that was unclear, not wrong.

Invariant: a note quotes only what was published, prints after everything else, and earns nobody a
credit. It is a paragraph of the variant "correction": its source is the wrong text, its target the
note, and `@corrects` names the corrected paragraph. A drafted note stays fuzzy until somebody
confirms it. While a published page awaits the correction, the paragraph must differ from its
published text and contain what the note says it should have said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import Literal, NamedTuple, get_args

from transflow import phrases
from transflow.attribution.authorship import with_target
from transflow.digests import digest, new_id
from transflow.language.segment import split
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.references import reference
from transflow.model.unit import Meta, Unit
from transflow.stories.publications import Publication, addresses
from transflow.text import one_line
from transflow.units.regroup import separator

MESSAGES = Messages(
    __name__,
    {
        "as-published/new-draft": "it reads as it was published, and the note {note} corrects it: {take} takes its new draft, {write} "
        "writes it, then {correct} again. Where nothing in it was wrong, leave the note out: {cut}",
        "as-published/draft": "it reads as it was published, and the note {note} corrects it: make the sentence behind it right "
        "and {compose}, or write it with {write}, then {correct} again. Where nothing in it was wrong, leave "
        "the note out: {cut}",
        "as-published": "it reads as it was published, and the note {note} corrects it: write it with {write}, then "
        "{correct} again. Where nothing in it was wrong, leave the note out: {cut}",
        "not-quoted": "the note {note} says that it should have said “{text}”, which does not stand in it: say the note "
        "otherwise with {write}",
        "not-quoted/draft": "the note {note} says that it should have said “{text}”, which does not stand in it: {correct} again "
        "brings it up to the text, or say the note otherwise with {write}",
    },
)

VARIANT = "correction"
NoteKind = Literal["correction", "clarification"]
CLARIFICATION: NoteKind = "clarification"
_KEY = "corrects"


class Subject(NamedTuple):
    """Subject of a note: `@corrects PARAGRAPH TIME [REPORT#ID …] [was=DIGEST] [kind=KIND]`."""

    paragraph: str
    """Id of the corrected paragraph."""
    time: str
    """Start of the correction, UTC."""
    refs: tuple[str, ...] = ()
    """References to the wrong report units, if the correction began with a report."""
    was: str = ""
    """Digest of the whole paragraph as published; empty if only a part of it is known."""
    kind: NoteKind = "correction"

    def __str__(self) -> str:
        was = [f"was={self.was}"] if self.was else []
        kind = [f"kind={self.kind}"] if self.kind != "correction" else []
        return " ".join((self.paragraph, self.time, *self.refs, *was, *kind))


def subject(note: Unit) -> Subject | None:
    """Return the subject of a note, or None if it has none, as in a note written by hand."""
    words = next((meta.value.split() for meta in note.other if meta.key == _KEY), [])
    if len(words) < 2:
        return None
    old_digest = next((word.removeprefix("was=") for word in words[2:] if word.startswith("was=")), "")
    kind: NoteKind = "clarification" if f"kind={CLARIFICATION}" in words[2:] else "correction"
    return Subject(words[0], words[1], tuple(word for word in words[2:] if "#" in word), old_digest, kind)


def note_kind(note: Unit) -> NoteKind:
    """Return what a note calls itself to readers."""
    about = subject(note)
    return about.kind if about else "correction"


def with_subject(note: Unit, about: Subject) -> Unit:
    """Return the note with its subject set."""
    others = tuple(meta for meta in note.other if meta.key != _KEY)
    return note.replace(other=(*others, Meta(_KEY, str(about))))


def paragraphs_holding(article: Catalog, paragraph: str) -> tuple[Unit, ...]:
    """Return the paragraphs that now contain the content of a paragraph.

    These are the paragraph itself or the one it was joined into, and those split off it.
    """
    ids = {unit.id for unit in article.units if paragraph in (unit.id, *unit.joined)}
    while more := {unit.id for unit in article.units if unit.split in ids} - ids:
        ids |= more
    return tuple(unit for unit in article.units if unit.id in ids and not unit.is_note)


def printed_text(units: Iterable[Unit], language: str) -> str:
    """Return the printed text of paragraphs as one text; empty if all are cut."""
    return separator(language).join(unit.target for unit in units if unit.target and not unit.cut and not unit.omitted)


def note_time(note: Unit) -> str:
    """Return when a note was last edited or confirmed (UTC); empty if that is unknown.

    This is the date that the note prints.
    """
    return max((each.time for each in note.by), default="")


def newest_notes(article: Catalog) -> dict[str, str]:
    """Return when the newest printed note of each kind was begun or worded."""
    found: dict[str, str] = {}
    for note in article.units:
        if note.is_note and not note.cut and not note.omitted:
            about, kind = subject(note), note_kind(note)
            found[kind] = max(found.get(kind, ""), about.time if about else "", note_time(note))
    return found


class Fault(NamedTuple):
    """Disagreement between a note and the paragraph it is about."""

    note: Unit
    paragraphs: tuple[Unit, ...]
    """Printed paragraphs that the note is about; empty if they are cut."""
    is_as_published: bool
    """True if the paragraph still has its published text; otherwise the note quotes `missing`,
    which the paragraph does not contain.
    """
    missing: str = ""


def faults(article: Catalog, pages: Sequence[Publication]) -> Iterator[Fault]:
    """Yield the faults of every printed note whose published page awaits its correction."""
    language = article.header.get("Language")
    for note in article.units:
        if note.is_note and not note.cut and not note.omitted and is_open(note, pages):
            yield from _faults(article, note, language)


def _faults(article: Catalog, note: Unit, language: str) -> Iterator[Fault]:
    about = subject(note)
    assert about is not None  # implied by `is_open`
    units = tuple(unit for unit in paragraphs_holding(article, about.paragraph) if not unit.cut and not unit.omitted)
    text = printed_text(units, language)
    quotation = quoted_texts(note.target, language)
    # Compare the first paragraph alone too: the split may be older than the publication.
    if (about.was or digest(note.source)) in {
        digest(each) for each in (text, *(unit.target for unit in units[:1])) if each
    }:
        yield Fault(note, units, is_as_published=True)
    elif quotation is None:  # free wording, which only people can compare
        return
    elif quotation[1] and not _contains_quotation(quotation[1], text):
        yield Fault(note, units, is_as_published=False, missing=quotation[1])
    elif units and not quotation[1] and note.source and _contains_quotation(note.source, text):
        yield Fault(note, units, is_as_published=True)


def uncorrected_paragraphs(
    article: Catalog, notes: Collection[str] | None = None, locale: str = ""
) -> list[tuple[Unit, Message]]:
    """Return paragraphs that disagree with their correction note, with reason and remedy.

    If `notes` is given, only the notes with these ids are considered. `locale` is the language in
    references to the article; empty if they need none.
    """
    slug = article.header.get("X-Article")
    numbers = {unit.id: reference(slug, number, locale) for number, unit in enumerate(article.units, 1)}
    found: list[tuple[Unit, Message]] = []
    for fault in faults(article, addresses(article)):
        if notes is not None and fault.note.id not in notes:
            continue
        note, unit = numbers[fault.note.id], fault.paragraphs[0] if fault.paragraphs else fault.note
        why = _why_as_published(unit, numbers[unit.id], note) if fault.is_as_published else _why_not_quoted(fault, note)
        found.append((unit, why))
    return found


def _why_as_published(unit: Unit, ref: str, note: str) -> Message:
    """Return the reason for a paragraph that still has its published text, with the remedy."""
    key = "as-published"
    if unit.refs:
        key = "as-published/new-draft" if unit.source != unit.target else "as-published/draft"
    return MESSAGES(
        key,
        note=note,
        take=CommandRef(f"unit confirm {ref} --take-new"),
        compose=CommandRef(f"compose {ref.partition('#')[0]}"),
        write=CommandRef(f"unit set {ref}"),
        correct=CommandRef("correct"),
        cut=CommandRef(f"article cut {note} REASON"),
    )


def _why_not_quoted(fault: Fault, note: str) -> Message:
    """Return the reason for a note that quotes what its paragraph does not say."""
    return MESSAGES(
        "not-quoted/draft" if fault.note.fuzzy else "not-quoted",
        note=note,
        text=fault.missing,
        correct=CommandRef("correct"),
        write=CommandRef(f"unit set {note}"),
    )


def _contains_quotation(quotation: str, text: str) -> bool:
    """Return True if a text contains a quotation, its parts in order if it has ellipses."""
    whole, position = _normalized(text), 0
    for part in re.split(r"…|\.\.\.|\[…\]", _normalized(quotation)):
        words = part.strip().strip(".,;:。，、")
        index = whole.find(words, position)
        if index < 0:
            return False
        position = index + len(words)
    return True


def _normalized(text: str) -> str:
    """Normalize quotation marks, case and white space, which a quotation may change."""
    return re.sub("[‘’“”\"']", "'", one_line(text)).casefold()


def quoted_texts(note: str, locale: str) -> tuple[str, str] | None:
    """Return the old and the new text that a note quotes, or None for a note in free wording."""
    for kind, is_complete in product(get_args(NoteKind), (True, False)):
        phrase, suffix = note_wording(kind, locale, is_complete=is_complete), ".*" if is_complete else ""
        pattern = re.escape(one_line(phrase)).replace(r"\{old\}", "(?P<old>.*)").replace(r"\{new\}", "(?P<new>.*)")
        if found := re.fullmatch(pattern + suffix, one_line(note), re.DOTALL):
            return found["old"], found.groupdict().get("new", "")
    return None


def lacks_corrected_text(note: Unit, locale: str) -> bool:
    """Return True if a note, as drafted, quotes the wrong text but not yet the right one."""
    quotation = quoted_texts(note.target, locale)
    return quotation is not None and not quotation[1]


def is_open(note: Unit, pages: Iterable[Publication]) -> bool:
    """Return True if a page has not been updated since the correction began."""
    about = subject(note)
    return about is not None and any(page.time <= about.time for page in pages)


def draft_note(about: Subject, old: str, new: str, locale: str, who: str, taken: set[str]) -> Unit:
    """Return a drafted note.

    `old` is the paragraph as published, `new` the corrected one, equal to `old` while that is
    unknown.
    """
    empty = Unit(
        new_id(f"{about.paragraph}\0{about.time}", taken),
        old,
        variant=VARIANT,
        other=(Meta(_KEY, str(about)),),
    )
    return redrafted_note(empty, new, locale, who, about.time)


def redrafted_note(note: Unit, new: str, locale: str, who: str, now: str) -> Unit:
    """Return an unconfirmed note brought up to the current paragraph."""
    text = note_text(note.source, new, locale, note_kind(note))
    return note if note.target == text else with_target(note, text, who, now).replace(fuzzy=True, approved=None)


def note_wording(kind: NoteKind, locale: str, *, is_complete: bool) -> str:
    """Return the phrase of a note in the language of the story; a complete one has the new text."""
    _ = phrases.translate(locale)
    if kind == CLARIFICATION:
        if is_complete:
            return _("An earlier version of this story was unclear: “{old}” It now says: “{new}”")
        return _("An earlier version of this story was unclear: “{old}”")
    if is_complete:
        return _("An earlier version of this story said: “{old}” It should have said: “{new}”")
    return _("An earlier version of this story said: “{old}”")


def note_text(old: str, new: str, locale: str, kind: NoteKind = "correction") -> str:
    """Return the text of a note in the language of the story.

    It leaves out what the paragraph should have said while `new` equals `old`.
    """
    old_part, new_part = changed_part(old, new, locale)
    template = note_wording(kind, locale, is_complete=bool(new_part))
    return template.format(old=_quotable(old_part), new=_quotable(new_part))


def changed_part(old: str, new: str, language: str) -> tuple[str, str]:
    """Return the sentences of `old` that `new` lacks and the sentences that replace them.

    If both texts have the same sentences, return all of `old` and an empty string.
    """
    before, after = ([part.source for part in split(text, language)] for text in (old, new))
    if before == after:
        return one_line(old), ""
    start = _common_prefix_length(before, after)
    end = _common_prefix_length(before[start:][::-1], after[start:][::-1])
    if start + end in (len(before), len(after)):  # pure insertion or deletion: quote a neighbour too
        start, end = (start - 1, end) if start else (start, max(end - 1, 0))
    return _joined(before[start : len(before) - end]), _joined(after[start : len(after) - end])


def _common_prefix_length(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the length of the common prefix of two lists."""
    return next(
        (i for i, (left, right) in enumerate(zip(first, second, strict=False)) if left != right),
        min(len(first), len(second)),
    )


def _joined(sentences: Sequence[str]) -> str:
    return one_line(" ".join(sentences))


def _quotable(text: str) -> str:
    """Return a text with its double quotation marks made single, for use inside double ones."""
    return text.translate({ord("“"): "‘", ord("”"): "’"})
