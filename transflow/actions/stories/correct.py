"""Corrections of published stories: the affected texts, their reopening, and the correction note.

Invariant: a reopened text goes through the workflow again, with the reason; a note quotes the story
as it was published. A correction that was begun is recognized by its notes, which are written last:
a second run reopens nothing twice, and completes a run that was interrupted. Notes are updated only
if the story differs from what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.refs import parse_ref, unit_ref
from transflow.actions.stories.affected import Dependents, NotedParagraph, named_catalog
from transflow.actions.units.history import published_text
from transflow.digests import digest
from transflow.errors import RefusedError, UsageError
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.unit import Ref, Unit
from transflow.project import CatalogRef
from transflow.stories import compose, corrections, publications
from transflow.stories.clearance import format_reasons, without_clearance
from transflow.stories.corrections import NoteKind, Subject
from transflow.stories.publications import CAUSES, Notice
from transflow.text import clean, one_line
from transflow.units import workflow
from transflow.units.regroup import separator

MESSAGES = Messages(
    __name__,
    {
        "no-cause": "say with --cause where the mistake was made: {causes}.",
        "is-note": "{refs} is a correction note: write it anew with {command}.",
        "left-out": "left out",
        "no-text": "no text yet",
        "killed": "the story was killed",
        "fuzzy": "needs another look already",
        "rewritten": "written anew since it was published",
        "several-paragraphs": "several paragraphs would get this note: name one of them, as in STORY#12.",
        "no-page/note": "no paragraph that was published is touched: there is no page to put a note on.",
        "no-page/notice": "no paragraph that was published is touched: there is nothing to give notice of.",
        "uncorrected": "{place}:{reasons}\n",
        "not-made": "the correction is not made yet.\n{uncorrected}Nothing was changed.",
    },
)


class AffectedParagraph(NamedTuple):
    """A sentence or paragraph that contains the mistake."""

    place: CatalogRef
    ref: str
    """Reference as people type it: `en:un-letter#3`."""
    unit: Unit
    """The unit before the correction."""
    opened: bool
    why_not: str = ""


class DraftedNote(NamedTuple):
    """A correction note of a published story."""

    place: CatalogRef
    id: str
    ref: str
    text: str
    is_new: bool
    is_fuzzy: bool
    kind: NoteKind


@dataclass(slots=True)
class Corrected:
    """The texts that a correction affects, and the changes that were made."""

    sentences: list[AffectedParagraph] = field(default_factory=list)
    paragraphs: list[AffectedParagraph] = field(default_factory=list)
    same_mistake: list[str] = field(default_factory=list)
    """References to other texts with the same mistake, if one paragraph is corrected.

    These are the sentences behind it, and other paragraphs made from them. They are not changed.
    """
    pages: list[tuple[CatalogRef, str]] = field(default_factory=list)
    notes: list[DraftedNote] = field(default_factory=list)
    uncorrected: Message = NOTHING
    """Stories whose notes were left alone, with the remedy: their paragraphs read as published."""
    is_continued: bool = False
    """True if the correction was begun before: then only notes are updated."""


def correct(
    actor: Actor,
    ref: str,
    note: str = "",
    old: str = "",
    cause: str = "",
    told: str = "",
    *,
    kind: NoteKind | None = None,
    dry_run: bool = False,
) -> Corrected:
    """Begin a correction of sentences of a report or of a paragraph of a story, or continue one.

    `note` replaces the drafted text of the note; `old` is the published text, if the record does
    not have it. `cause` (one of `CAUSES`) and `told`, the partners that were informed, go into
    X-Notice. Without `kind`, a new note is a correction. Raise UsageError and RefusedError.
    """
    if told and not cause:
        raise UsageError(MESSAGES("no-cause", causes=", ".join(CAUSES)))
    with actor.project.locked_all():
        place = named_catalog(actor.project, ref)
        return _Correcting(actor, note, old, cause, told, kind).correct(place, ref.partition("#")[2], dry_run=dry_run)


class _Correcting:
    def __init__(self, actor: Actor, note: str, old: str, cause: str, informed: str, kind: NoteKind | None) -> None:
        self.actor, self.project, self.kind = actor, actor.project, kind
        self.cause, self.informed = cause, one_line(clean(informed))
        self.note, self.old = one_line(clean(note)), one_line(clean(old))
        self.result = Corrected()
        self._known_texts: dict[tuple[CatalogRef, str], str | None] = {}
        self.catalogs: dict[CatalogRef, Catalog] = {
            place: self.project.load(place) for place in self.project.all_catalogs()
        }
        self.new = dict(self.catalogs)
        self.dependents = Dependents(self.project, self.catalogs)

    def correct(self, place: CatalogRef, selector: str, *, dry_run: bool) -> Corrected:
        catalog = self.catalogs[place]
        ids = parse_ref(self.project, place.ref(selector)).ids(catalog)
        units = [unit for unit in catalog.units if unit.id in ids]
        if notes := [unit_ref(self.project, catalog, place, unit.id) for unit in units if unit.is_note]:
            raise UsageError(MESSAGES("is-note", refs=", ".join(notes), command=CommandRef("unit set")))
        sentences: dict[str, dict[Ref, str]] = {}
        if place.folder == "reports":
            sentences = self.dependents.sentences(place, units)
            affected = [each for locale, refs in sentences.items() for each in self.dependents.paragraphs(locale, refs)]
        else:
            affected = [NotedParagraph(place, unit, ()) for unit in units]
            self.result.same_mistake = sorted(set(self.dependents.alike(place, units)))
        begun_at = self._begun_at(affected)
        self.result.is_continued = bool(begun_at)
        if not begun_at:
            self._reopen_sentences(place, sentences)
        unnoted = [each for each in affected if not begun_at or self._lacks_note(each.place, begun_at)]
        for article, unit, _ in unnoted:
            self._reopen(article, unit, self.result.paragraphs)
        self._write_notes(affected, {each.place for each in unnoted}, begun_at or self.actor.now)
        for article, kind in {(each.place, each.kind) for each in self.result.notes} if self.cause else ():
            notice = Notice(begun_at or self.actor.now, self.actor.who, self.cause, kind, self.informed)
            self.new[article] = publications.with_notice(self.new[article], notice)
        if begun_at:
            self._drop_uncorrected_notes([each.place for each in affected if each not in unnoted], going_on=not unnoted)
        self._record_pages(affected)
        if not dry_run:
            # Published stories last: their notes mark the correction as begun.
            for each in sorted(self.catalogs, key=self._is_published):
                recording.write(self.actor, each, self.new[each], self.catalogs[each])
        return self.result

    def _reopen_sentences(self, place: CatalogRef, sentences: Mapping[str, Mapping[Ref, str]]) -> None:
        for locale, refs in sentences.items():
            counterpart = place._replace(locale=locale)
            for unit in self.catalogs[counterpart].units:
                if Ref(place.slug, unit.id) in refs:
                    self._reopen(counterpart, unit, self.result.sentences)

    # Reopening

    def _reopen(self, place: CatalogRef, unit: Unit, records: list[AffectedParagraph]) -> None:
        why_not = self._why_not_reopen(place, unit)
        records.append(AffectedParagraph(place, self._ref(place, unit.id), unit, not why_not, why_not))
        if why_not:
            return
        reason = "correction of what was published" if self._is_published(place) else "correction"
        self._put(place, workflow.send_back(unit, self.actor.who, self.actor.now, reason))

    def _why_not_reopen(self, place: CatalogRef, unit: Unit) -> Message:
        if unit.omitted or unit.cut:
            return MESSAGES("left-out")
        if not unit.target:
            return MESSAGES("no-text")
        if self.catalogs[place].header.get("X-Killed"):
            return MESSAGES("killed")
        if unit.fuzzy:
            return MESSAGES("fuzzy")
        if place.folder == "articles":
            root = self._published_root(place, unit)
            if self._published_text(place, root) not in (None, self._current_text(place, root)):
                return MESSAGES("rewritten")
        return NOTHING

    def _put(self, place: CatalogRef, unit: Unit) -> None:
        new = self.new[place].map_unit(unit.id, lambda _: unit)
        self.new[place] = without_clearance(new) if place.folder == "articles" else new

    def _ref(self, place: CatalogRef, unit_id: str) -> str:
        return unit_ref(self.project, self.new[place], place, unit_id)

    def _locale(self, place: CatalogRef) -> str:
        """Return the language in references to a catalog; empty if they need none."""
        return self.project.ref(place).rpartition(":")[0]

    def _is_published(self, place: CatalogRef) -> bool:
        return bool(publications.addresses(self.catalogs[place]))

    def _text_at_publication(self, place: CatalogRef, unit_id: str) -> str | None:
        """Return the published text of a paragraph.

        Empty if the paragraph did not exist when the story was published; None if that is unknown.
        """
        pages = [page for page in publications.publications(self.catalogs[place]) if page.kind != "withdrawn"]
        if (place, unit_id) not in self._known_texts:
            published = (
                published_text(self.project, place, unit_id, max(pages, key=lambda page: page.time)) if pages else None
            )
            self._known_texts[place, unit_id] = published
        return self._known_texts[place, unit_id]

    def _published_root(self, place: CatalogRef, unit: Unit) -> Unit:
        """Return the published paragraph that this one was split from, or the paragraph itself."""
        seen = {unit.id}
        while unit.split and not self._text_at_publication(place, unit.id):
            parent = self.catalogs[place].find(unit.split)
            if parent is None or parent.id in seen:
                break
            seen.add(parent.id)
            unit = parent
        return unit

    def _published_text(self, place: CatalogRef, root: Unit) -> str | None:
        """Return the published text of a paragraph and of those that were joined to it since.

        None if it is unknown. See `_text_at_publication`.
        """
        published = [self._text_at_publication(place, unit_id) for unit_id in (root.id, *root.joined)]
        known = [each for each in published if each is not None]
        return separator(place.locale).join(filter(None, known)) if known else None

    def _current_text(self, place: CatalogRef, root: Unit) -> str:
        """Return the current text of a published paragraph.

        Parts that were split off after the publication belong to it; parts split off before do not.
        """
        units = corrections.paragraphs_holding(self.new[place], root.id)
        parts = [
            unit
            for unit in units
            if unit.id == root.id or root.id in unit.joined or not self._text_at_publication(place, unit.id)
        ]
        return corrections.printed_text(parts, place.locale)

    # Notes

    def _open_notes(self, place: CatalogRef, unit: Unit) -> Iterator[tuple[Unit, Subject]]:
        article = self.new[place]
        pages = publications.addresses(article)
        root = self._published_root(place, unit)
        for note in article.units:
            subject = corrections.subject(note) if note.is_note else None
            if subject and corrections.is_open(note, pages) and subject.paragraph in (root.id, *root.joined):
                yield note, subject

    def _begun_at(self, affected: Sequence[NotedParagraph]) -> str:
        """Return the time when this same correction was begun, by its notes; empty if it is new."""
        times = [
            subject.time
            for place, unit, refs in affected
            for _, subject in self._open_notes(place, unit)
            if set(refs) <= set(subject.refs)
        ]
        return max(times, default="")

    def _lacks_note(self, place: CatalogRef, begun_at: str) -> bool:
        """Return whether a published story has no note of a correction that was begun.

        The earlier run was interrupted then.
        """
        notes = [subject for unit in self.catalogs[place].units if (subject := corrections.subject(unit))]
        first = min((page.time for page in publications.publications(self.catalogs[place])), default="")
        return bool(first) and first <= begun_at and all(subject.time < begun_at for subject in notes)

    def _write_notes(self, affected: Sequence[NotedParagraph], unnoted: set[CatalogRef], time: str) -> None:
        due: dict[tuple[CatalogRef, str], list[NotedParagraph]] = {}
        for each in affected:
            has_note = any(self._open_notes(each.place, each.unit))
            is_left_out = bool(each.unit.cut or each.unit.omitted)
            if self._is_published(each.place) and (has_note or (each.place in unnoted and not is_left_out)):
                due.setdefault((each.place, self._published_root(each.place, each.unit).id), []).append(each)
        if (self.note or self.old) and len(due) > 1:
            raise UsageError(MESSAGES("several-paragraphs"))
        due = {
            key: each
            for key, each in due.items()
            if self._readers_text(*key) or any(self._open_notes(key[0], each[0].unit))
        }
        if self.note and not due:
            raise UsageError(MESSAGES("no-page/note"))
        if self.cause and not due:
            raise UsageError(MESSAGES("no-page/notice"))
        for (place, root), paragraphs in due.items():
            self._write_note(place, root, tuple(dict.fromkeys(ref for each in paragraphs for ref in each.refs)), time)

    def _readers_text(self, place: CatalogRef, root: str) -> str:
        """Return the text that readers saw; empty for a paragraph added after publication."""
        unit = self.catalogs[place].find(root)
        published = self._published_text(place, unit) if unit else ""
        return self.old or (self._current_text(place, unit) if unit and published is None else published or "")

    def _new_subject(self, place: CatalogRef, root: str, refs: tuple[str, ...], time: str) -> Subject:
        unit = self.catalogs[place].find(root)
        published = self._published_text(place, unit) if unit else None
        return Subject(root, time, refs, digest(self._readers_text(place, root) if published is None else published))

    def _write_note(self, place: CatalogRef, root: str, refs: tuple[str, ...], time: str) -> None:
        unit = self.catalogs[place].find(root)
        open_note = next(self._open_notes(place, unit), None) if unit else None
        current = self._current_text(place, unit) if unit else ""
        is_new = open_note is None
        if open_note is None:
            subject = self._new_subject(place, root, refs, time)._replace(kind=self.kind or "correction")
            quoted, used_ids = self._readers_text(place, root), compose.taken_ids(self.new[place])
            note = corrections.draft_note(subject, quoted, current, place.locale, self.actor.who, used_ids)
            self.new[place] = self.new[place].replace(units=(*self.new[place].units, note))
        else:
            note = self._updated_note(open_note[0], open_note[1], place, root, refs)
            if note.fuzzy or corrections.lacks_corrected_text(note, place.locale):
                note = corrections.redrafted_note(note, current, place.locale, self.actor.who, self.actor.now)
        if self.note:
            note = workflow.confirm(note, self.note, self.actor.who, self.actor.now)
        self._put(place, note)
        self.result.notes.append(
            DraftedNote(
                place, note.id, self._ref(place, note.id), note.target, is_new, note.fuzzy, corrections.note_kind(note)
            )
        )

    def _updated_note(self, note: Unit, subject: Subject, place: CatalogRef, root: str, refs: tuple[str, ...]) -> Unit:
        """Return a note updated with more mistakes, or with the published text that was passed."""
        if not self.result.is_continued and set(refs) - set(subject.refs):
            note = workflow.send_back(note, self.actor.who, self.actor.now, "correction")
        merged = tuple(dict.fromkeys((*subject.refs, *refs)))
        updated = self._new_subject(place, root, merged, subject.time) if self.old else subject._replace(refs=merged)
        quoted = self.old or self._text_with_joined(note, place, root)
        if quoted and not self.old:
            updated = updated._replace(was=digest(quoted))
        updated = updated._replace(kind=self.kind or subject.kind)
        note = note.replace(source=quoted) if quoted else note
        return note if updated == subject else corrections.with_subject(note, updated)

    def _text_with_joined(self, note: Unit, place: CatalogRef, root: str) -> str:
        """Return the published text of a paragraph and of units joined to it after its note.

        Empty if nothing was joined.
        """
        unit = self.catalogs[place].find(root)
        published = self._published_text(place, unit) if unit and unit.joined else None
        return published if published and note.source != published and note.source in published else ""

    def _drop_uncorrected_notes(self, places: Iterable[CatalogRef], *, going_on: bool) -> None:
        """Leave the notes alone in stories that still have the mistake.

        A story that is corrected in one language does not wait for the others. Raise RefusedError
        if no story is corrected and nothing else remains to be done.
        """
        notes = {each.id for each in self.result.notes}
        wrong = {
            place: corrections.uncorrected_paragraphs(self.new[place], notes, self._locale(place)) for place in places
        }
        for place, unit_ids in wrong.items():
            if unit_ids:
                self.new[place] = self.catalogs[place]
                self.result.notes = [each for each in self.result.notes if each.place != place]
                reasons = format_reasons(self.catalogs[place], unit_ids, self._locale(place))
                uncorrected = MESSAGES("uncorrected", place=str(place), reasons=reasons)
                self.result.uncorrected = joined([self.result.uncorrected, uncorrected], "")
        if going_on and wrong and all(wrong.values()):
            raise RefusedError(MESSAGES("not-made", uncorrected=self.result.uncorrected))

    def _record_pages(self, affected: Iterable[NotedParagraph]) -> None:
        noted = {each.place for each in self.result.notes}
        for place in dict.fromkeys(place for place, unit, _ in affected if not unit.cut or place in noted):
            self.result.pages += [(place, page.address) for page in publications.addresses(self.catalogs[place])]
