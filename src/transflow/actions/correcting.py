"""Corrections of what was published: what a mistake touches, opening it, and the note that tells readers.

Invariant: what is opened goes through the workflow and says why; a note quotes the story as it was published, and a
correction that was begun is found again by its note, so that doing it again opens nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow import compose, correction, publication, story, workflow
from transflow.actions import Desk
from transflow.actions.history import published_text
from transflow.actions.refs import numbered, target
from transflow.correction import Subject
from transflow.errors import UsageError
from transflow.model import Catalog, Ref, Unit
from transflow.project import Place, Project
from transflow.text import clean, one_line


class Touched(NamedTuple):
    """A sentence or a paragraph that a mistake touches."""

    place: Place
    ref: str
    """As people type it: `en:un-letter#3`."""
    unit: Unit
    """As it was before."""
    opened: bool
    why_not: str = ""


class Note(NamedTuple):
    """A correction note of a published story."""

    place: Place
    ref: str
    text: str
    is_new: bool
    needs_look: bool


@dataclass(slots=True)
class Corrected:
    """What a correction touches, and what was done."""

    sentences: list[Touched] = field(default_factory=list)
    paragraphs: list[Touched] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    """Where one paragraph is corrected: the sentences behind it, and other paragraphs on them. Nothing is done to them."""
    pages: list[tuple[Place, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    going_on: bool = False
    """Whether the correction was begun before: then notes are brought up to the texts, and nothing else is done."""


def correct(desk: Desk, ref: str, note: str = "", old: str = "", *, dry_run: bool = False) -> Corrected:
    """Begins a correction of sentences of a report, or of a paragraph of a story; done again, brings its notes up to date.

    `note` is the whole note, where the drafted one is not wanted; `old` is what the page says, where the record does not know.
    Raises UsageError.
    """
    with desk.project.locked_whole():
        wanted = _place(desk.project, ref)
        return _Correcting(desk, note, old).correct(wanted, ref.partition("#")[2], dry_run=dry_run)


def _place(project: Project, ref: str) -> Place:
    """The catalog that is meant. A report's sentences are the same in every language: the first that has them serves."""
    name, _, selector = ref.partition("#")
    if not selector:
        raise UsageError(f"{ref} is no sentence or paragraph: name one, as in {name}#3.")
    if ":" in name:
        return project.place(name)
    for folder in ("reports", "articles"):
        places = [place for place in project.all_places() if (place.folder, place.slug) == (folder, name)]
        if folder == "articles" and len(places) > 1:
            languages = ", ".join(place.locale for place in places)
            raise UsageError(
                f"the story {name} is there in several languages ({languages}): say which, as in {places[0]}."
            )
        if places:
            return places[0]
    return project.place(name)


class _Correcting:
    def __init__(self, desk: Desk, note: str, old: str) -> None:
        self.desk, self.project = desk, desk.project
        self.note, self.old = one_line(clean(note)), one_line(clean(old))
        self.result = Corrected()
        self.catalogs: dict[Place, Catalog] = {place: self.project.load(place) for place in self.project.all_places()}
        self.new = dict(self.catalogs)

    def correct(self, place: Place, selector: str, *, dry_run: bool) -> Corrected:
        catalog = self.catalogs[place]
        ids = target(self.project, f"{place}#{selector}").ids(catalog)
        units = [unit for unit in catalog.units if unit.id in ids]
        if notes := [numbered(catalog, place, unit.id) for unit in units if correction.is_note(unit)]:
            raise UsageError(f"{', '.join(notes)} is a correction note: write it anew with `transflow unit set`.")
        if place.folder == "reports":
            refs = [str(Ref(place.slug, unit.id)) for unit in units]
            touched = list(self._through_reports(place, units))
        else:
            refs = [""]
            touched = [(place, unit, "") for unit in units]
            self.result.alike = sorted(set(self._alike(place, units)))
        self.result.going_on = self._is_going_on(touched)
        if not self.result.going_on:
            for article, unit, _ in touched:
                self._open(article, unit, self.result.paragraphs)
        self._notes([(article, unit, ref or refs[0]) for article, unit, ref in touched])
        self._pages(touched)
        if not dry_run:
            for each in self.catalogs:
                self.project.write(each, self.new[each], self.catalogs[each])
        return self.result

    # What is touched

    def _through_reports(self, place: Place, units: Sequence[Unit]) -> Iterator[tuple[Place, Unit, str]]:
        """The paragraphs on these sentences, in every language; opens the sentences on the way."""
        sentences: dict[str, dict[Ref, str]] = {}
        for locale in self.project.settings.locales:
            here = place._replace(locale=locale)
            if here not in self.catalogs:
                continue
            for unit in units:
                for each in [unit] if here == place else counterparts(unit, self.catalogs[here]):
                    sentences.setdefault(locale, {})[Ref(place.slug, each.id)] = str(Ref(place.slug, unit.id))
        found = [
            (article, unit, refs[hit])
            for locale, refs in sentences.items()
            for article, unit, hit in self._paragraphs(locale, refs)
        ]
        if not self._is_going_on(found):
            for locale, refs in sentences.items():
                here = place._replace(locale=locale)
                for unit in self.catalogs[here].units:
                    if Ref(place.slug, unit.id) in refs:
                        self._open(here, unit, self.result.sentences)
        yield from found

    def _paragraphs(self, locale: str, refs: Iterable[Ref]) -> Iterator[tuple[Place, Unit, Ref]]:
        """The paragraphs that stand on one of these sentences, and on which."""
        for place in self._articles(locale):
            article = self.catalogs[place]
            for unit_id, behind in compose.placement(article, self._reports(place)).items():
                hit = next((each.ref for each in behind if each.ref in refs), None)
                unit = article.find(unit_id)
                if hit and unit:
                    yield place, unit, hit

    def _articles(self, locale: str) -> list[Place]:
        return [place for place in self.catalogs if (place.locale, place.folder) == (locale, "articles")]

    def _reports(self, place: Place) -> compose.Reports:
        places = [Place(place.locale, "reports", slug) for slug in compose.report_slugs(self.catalogs[place])]
        return {each.slug: self.catalogs[each] for each in places if each in self.catalogs}

    def _alike(self, place: Place, units: Sequence[Unit]) -> Iterator[str]:
        """The sentences behind paragraphs, and the other paragraphs on them, in every language."""
        ids = {unit.id for unit in units}
        behind = compose.placement(self.catalogs[place], self._reports(place))
        for each in {each for unit in units for each in behind[unit.id]}:
            for locale in self.project.settings.locales:
                report = Place(locale, "reports", each.report)
                here = self.catalogs.get(report, Catalog())
                same = [each.unit] if locale == place.locale else counterparts(each.unit, here)
                yield from (f"{locale}:{numbered(here, report, unit.id)}" for unit in same)
                refs = {Ref(each.report, unit.id) for unit in same}
                for article, unit, _ in self._paragraphs(locale, refs):
                    if article != place or unit.id not in ids:
                        yield f"{locale}:{numbered(self.catalogs[article], article, unit.id)}"

    # Opening

    def _open(self, place: Place, unit: Unit, told: list[Touched]) -> None:
        why_not = self._why_not_open(place, unit)
        told.append(Touched(place, self._ref(place, unit.id), unit, not why_not, why_not))
        if why_not:
            return
        reason = "correction of what was published" if self._is_published(place) else "correction"
        self._put(place, workflow.send_back(unit, self.desk.who, self.desk.now, reason))

    def _why_not_open(self, place: Place, unit: Unit) -> str:
        if unit.omitted or unit.cut:
            return "left out"
        if not unit.target:
            return "no text yet"
        if self.catalogs[place].header.get("X-Killed"):
            return "the story was killed"
        if unit.fuzzy:
            return "needs another look already"
        if place.folder == "articles" and self._published_text(place, unit) not in (None, unit.target):
            return "written anew since it was published"
        return ""

    def _put(self, place: Place, unit: Unit) -> None:
        new = self.new[place].changing(unit.id, lambda _: unit)
        self.new[place] = story.without_clearance(new) if place.folder == "articles" else new

    def _ref(self, place: Place, unit_id: str) -> str:
        return f"{place.locale}:{numbered(self.new[place], place, unit_id)}"

    def _is_published(self, place: Place) -> bool:
        return bool(publication.addresses(self.catalogs[place]))

    def _published_text(self, place: Place, unit: Unit) -> str | None:
        """What a paragraph said when it was published; empty where it was not there, None where that is not known."""
        pages = publication.publications(self.catalogs[place])
        return published_text(self.project, place, unit.id, max(pages)) if pages else None

    # Notes

    def _is_going_on(self, touched: Iterable[tuple[Place, Unit, str]]) -> bool:
        return any(self._open_note(place, unit) for place, unit, _ in touched)

    def _open_note(self, place: Place, unit: Unit) -> Unit | None:
        article = self.new[place]
        pages = publication.addresses(article)
        notes = (each for each in article.units if correction.is_note(each) and correction.is_open(each, pages))
        return next(
            (each for each in notes if (about := correction.subject(each)) and about.paragraph == unit.id), None
        )

    def _notes(self, touched: Sequence[tuple[Place, Unit, str]]) -> None:
        due = [each for each in touched if self._is_published(each[0]) and not (each[1].cut or each[1].omitted)]
        if (self.note or self.old) and len({(place, unit.id) for place, unit, _ in due}) > 1:
            raise UsageError("several paragraphs would get this note: name one of them, as in STORY#12.")
        due = [each for each in due if self._was(each[0], each[1])]
        if self.note and not due:
            raise UsageError("no paragraph that was published is touched: there is no page to put a note on.")
        for place, unit, ref in dict.fromkeys(due):
            self._note(place, unit, ref)

    def _was(self, place: Place, unit: Unit) -> str:
        """What readers were told; empty where they were told nothing: a paragraph that came after the story went out."""
        known = self._published_text(place, unit)
        return self.old or (unit.target if known is None else known)

    def _note(self, place: Place, unit: Unit, ref: str) -> None:
        known = self._open_note(place, unit)
        if known is None:
            note = correction.draft(
                Subject(unit.id, self.desk.now, ref),
                self._was(place, unit),
                unit.target,
                place.locale,
                self.desk.who,
                compose.taken_ids(self.new[place]),
            )
            self.new[place] = self.new[place].having(units=(*self.new[place].units, note))
        else:
            note = known if self.old == "" else known.having(source=self.old)
            if note.fuzzy:
                note = correction.redrafted(note, unit.target, place.locale, self.desk.who, self.desk.now)
        if self.note:
            note = workflow.confirm(note, self.note, self.desk.who, self.desk.now)
        self._put(place, note)
        self.result.notes.append(Note(place, self._ref(place, note.id), note.target, known is None, note.fuzzy))

    def _pages(self, touched: Iterable[tuple[Place, Unit, str]]) -> None:
        for place in dict.fromkeys(place for place, unit, _ in touched if not unit.cut):
            self.result.pages += [(place, page.address) for page in publication.addresses(self.catalogs[place])]


def counterparts(unit: Unit, catalog: Catalog) -> list[Unit]:
    """The units of another language's catalog that hold the same sentences: through joins and splits on either side."""
    wanted = {unit.id, *unit.joined}
    found = [each for each in catalog.units if wanted & {each.id, *each.joined}]
    if not found and unit.split:
        found = [each for each in catalog.units if unit.split in (each.id, *each.joined)]
    ids = {each.id for each in found}
    while more := [each for each in catalog.units if each.split in ids and each.id not in ids]:
        found += more
        ids |= {each.id for each in more}
    return found
