"""Articles: composition, and changes to their paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.refs import parse_ref, unit_ref
from transflow.actions.stories.composable import composable_reports
from transflow.actions.stories.drafts import current_drafts
from transflow.actions.stories.print_context import load_print_context, report_names
from transflow.actions.stories.renamed_reports import with_new_names
from transflow.actions.units import steps
from transflow.actions.units.one_by_one import held_back
from transflow.actions.units.seen import Seen, check_seen
from transflow.actions.units.steps import StepResult
from transflow.actions.units.texts import stored_text
from transflow.attribution import stamps
from transflow.attribution.copied import with_copied_words
from transflow.errors import UsageError
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.references import reference
from transflow.model.unit import Kind, Unit
from transflow.po import header
from transflow.project import CatalogRef, Project, git
from transflow.report import valid_slug
from transflow.stories import compose, live, publications, redraft, whole_text
from transflow.stories.clearance import without_clearance
from transflow.stories.limits import why_limited
from transflow.stories.whole_text import moved_ids, own_paragraph
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "no-slug": "“{slug}” cannot be its name: small letters, digits and hyphens, optionally under a year.",
        "is-report": "there is a report “{slug}”: give the story another name.",
        "new": "{place} is new: say from which reports, as in --from un-letter,rights-groups.",
        "not-one": "{ref} is not one paragraph: name one, as in STORY#12.",
        "after-itself": "a paragraph cannot be put after itself.",
        "cut-why": "say why: what is left out needs a reason.",
        "no-text": "there is no text to add.",
        "one-language": "a story and its reports have one language; these names say several: {languages}.",
    },
)


class Composed(NamedTuple):
    """An article after it was composed."""

    place: CatalogRef
    article: Catalog
    is_new: bool = True
    took: tuple[str, ...] = ()
    """Ids of the paragraphs whose text was replaced by the new draft."""
    kept: tuple[str, ...] = ()
    """Ids of the paragraphs whose draft changed and that kept their text."""
    to_come: tuple[str, ...] = ()
    """References to the sentences that a live story does not have yet."""
    unapproved: int = 0
    """Number of those that are translated, in a project that composes from approved ones."""
    limited: tuple[tuple[str, Message], ...] = ()
    """References to sentences that must not be printed, with the reasons."""

    @property
    def outcomes(self) -> dict[str, Message]:
        """The outcomes by paragraph id, as in `StepResult.outcomes`."""
        return dict.fromkeys(self.took, redraft.TOOK_NEW) | dict.fromkeys(self.kept, redraft.KEPT)


def compose_article(
    actor: Actor, name: str, reports: Sequence[str], *, anew: bool = False, as_live: bool = False
) -> Composed:
    """Compose an article from reports, or recompose it with further reports.

    The first report leads; a report of it that was renamed is followed. With `as_live`, the story
    is live from now on: it takes the sentences that are finished, with the drafts as texts. Raise
    RefusedError if a report is missing or has not reached the state that the project requires, and
    TrackedFileMissingError when the article is missing here though git has it, unless `anew` is
    set.
    """
    place, reports = _in_one_language(actor.project, name, reports)
    if not valid_slug(place.slug):
        raise UsageError(MESSAGES("no-slug", slug=place.slug))
    if place.slug in actor.project.report_slugs():
        raise UsageError(MESSAGES("is-report", slug=place.slug))

    def step() -> tuple[Catalog, Catalog | None, dict[str, Catalog]]:
        old = actor.project.load_if_exists(place)
        if old is None and not anew:
            actor.project.local_git.check_not_tracked(place.path)
        if old is None and not reports:
            raise UsageError(MESSAGES("new", place=str(place)))
        followed = with_new_names(actor, place, old) if old else None
        new, catalogs = _made_from(actor, place, followed, reports, as_live=as_live)
        recording.write(actor, place, _without_void_clearance(new, followed), old, anew=anew)
        return new, old, catalogs

    new, old, catalogs = actor.project.retry(step, place.path)
    to_come = live.to_come(new, catalogs)
    needs_approval = actor.project.settings.compose_requires == "approved"
    return _composed(place, new, old)._replace(
        to_come=tuple(_references(actor.project, place.locale, catalogs, to_come)),
        unapproved=sum(needs_approval and workflow.state(each.unit) == "translated" for each in to_come),
        limited=tuple(_limited(actor.project, place.locale, catalogs)),
    )


def _made_from(
    actor: Actor, place: CatalogRef, article: Catalog | None, reports: Sequence[str], *, as_live: bool
) -> tuple[Catalog, dict[str, Catalog]]:
    """Return a new article, or one that is composed again, and the catalogs of its reports."""
    will_be_live = as_live or (article is not None and live.is_live(article))
    slugs = tuple(dict.fromkeys((*(compose.report_slugs(article) if article else ()), *reports)))
    catalogs = composable_reports(actor, place, slugs, as_live=will_be_live, added=reports)
    waiting = live.unfinished(catalogs, actor.project.settings.compose_requires) if will_be_live else ()
    if article is None:
        date = actor.project.front_matter(slugs[0]).date
        new = compose.compose(place.slug, place.locale, catalogs, date, actor.who, actor.now, waiting)
        new = new.replace(header=new.header.replace(X_Id=_new_id(actor.project, place)))
    else:
        listed = article.replace(header=article.header.replace(X_Reports=" ".join(slugs)))
        new = compose.recompose(listed, catalogs, actor.who, actor.now, waiting=waiting)
    if will_be_live:
        one_by_one = actor.project.settings.machine_rule(place.locale).one_by_one
        begun = live.live(new, actor.who, actor.now)
        new = live.with_drafts(begun, catalogs, actor.who, actor.now, one_by_one=one_by_one)
    return new, catalogs


def _references(
    project: Project, locale: str, catalogs: Mapping[str, Catalog], sentences: Sequence[compose.DraftSource]
) -> Iterator[str]:
    for each in sentences:
        place = CatalogRef(locale, "reports", each.report)
        yield unit_ref(project, catalogs[each.report], place, each.unit.id)


def _limited(project: Project, locale: str, catalogs: Mapping[str, Catalog]) -> Iterator[tuple[str, Message]]:
    """Yield the sentences that must not be printed, with the reasons."""
    for slug, catalog in catalogs.items():
        for number, unit in enumerate(catalog.units, 1):
            if reason := why_limited(unit, project.settings):
                yield project.ref(CatalogRef(locale, "reports", slug), number), reason


def _in_one_language(project: Project, name: str, reports: Sequence[str]) -> tuple[CatalogRef, list[str]]:
    """Return the place of a story and the slugs of its reports, whichever of them say the language.

    Raise UsageError if they say several.
    """
    named = [each.rpartition(":")[::2] for each in (name, *reports)]
    locales = list(dict.fromkeys(locale for locale, _ in named if locale))
    if len(locales) > 1:
        raise UsageError(MESSAGES("one-language", languages=", ".join(locales)))
    (_, slug), *others = named
    if not locales and not project.chosen_locale:
        there = [each for each in project.settings.locales if project.exists(CatalogRef(each, "articles", slug))]
        locales = there if len(there) == 1 else []
    place = CatalogRef(project.locale(locales[0] if locales else ""), "articles", slug)
    return place, [each for _, each in others]


def _composed(place: CatalogRef, new: Catalog, old: Catalog | None) -> Composed:
    """Return an article with the paragraphs that changed, compared with the article before."""
    if old is None:
        return Composed(place, new)
    changed = [(unit, before) for unit in new.units if (before := old.find(unit.id)) and unit.target and unit != before]
    took = tuple(unit.id for unit, before in changed if unit.target != before.target)
    kept = tuple(unit.id for unit, before in changed if unit.target == before.target and unit.source != before.source)
    return Composed(place, new, is_new=False, took=took, kept=kept)


def _new_id(project: Project, place: CatalogRef) -> str:
    """Return an id that no story of the project has, nor any committed version of this one."""
    texts = [project.text(each) for each in project.all_catalogs() if each.folder == "articles"]
    texts += git.versions(project.root, place.path, most=1000)
    used_ids = {header.field(text, "X-Id") for text in texts}
    return publications.new_id(project.settings.name, place.locale, place.slug, used_ids)


def confirm_with_drafts(actor: Actor, ref: str, *, take_new: bool = False, seen: Seen = ()) -> StepResult:
    """Bring the drafts of a story up to its reports, and confirm paragraphs in the same step.

    The paragraphs keep their texts, or take the new drafts if `take_new` is set. `seen` has the
    text marks of the paragraphs, each computed with the draft that was displayed as its source.
    """
    parsed = parse_ref(actor.project, ref, "articles")

    def composed(old: Catalog) -> Catalog:
        followed = with_new_names(actor, parsed.place, old)
        is_live = live.is_live(followed)
        reports = composable_reports(actor, parsed.place, compose.report_slugs(followed), as_live=is_live)
        keeping = () if take_new else parsed.ids(followed)
        waiting = live.unfinished(reports, actor.project.settings.compose_requires) if is_live else ()
        new = compose.recompose(followed, reports, actor.who, actor.now, keeping, waiting)
        return _without_void_clearance(new, followed)

    return steps.confirm(actor, ref, seen=seen, take_new=take_new, first=composed)


def _without_void_clearance(new: Catalog, old: Catalog | None) -> Catalog:
    """Return the article without its clearance if the units that it covered have changed."""
    if old is None or not new.header.get("X-Cleared") or new.units == old.units:
        return new
    return without_clearance(new)


def change_story(actor: Actor, name: str, change: Callable[[Catalog], Catalog]) -> Catalog:
    """Change a story, whose clearance is void if units that it covered changed."""
    place = actor.project.find_catalog(name, "articles")
    return recording.change(actor, place, lambda old: _without_void_clearance(change(old), old)).catalog


def _single_paragraph(actor: Actor, ref: str, catalog: Catalog) -> Unit:
    ids = parse_ref(actor.project, ref, "articles").ids(catalog)
    unit = catalog.find(ids[0]) if len(ids) == 1 else None
    if unit is None:
        raise UsageError(MESSAGES("not-one", ref=ref))
    return unit


def move(actor: Actor, ref: str, after: str) -> Catalog:
    """Move paragraphs behind another one.

    `after` is a position or id in the same story, or "0" for the top.
    """
    parsed = parse_ref(actor.project, ref, "articles")

    def change(catalog: Catalog) -> Catalog:
        ids = set(parsed.ids(catalog))
        anchor = "" if after == "0" else _single_paragraph(actor, parsed.place.ref(after), catalog).id
        if anchor in ids:
            raise UsageError(MESSAGES("after-itself"))
        others = [unit for unit in catalog.units if unit.id not in ids]
        index = next((i for i, unit in enumerate(others, 1) if unit.id == anchor), 0)
        order = [*others[:index], *(unit for unit in catalog.units if unit.id in ids), *others[index:]]
        moved = moved_ids([unit.id for unit in order], {unit.id: i for i, unit in enumerate(catalog.units)})
        stamped = ids if set(moved) <= ids else set(moved)
        changed = [unit.id for unit in order] != [unit.id for unit in catalog.units]
        return catalog.replace(
            units=tuple(
                unit.replace(moved=stamps.stamp_for_move(unit, actor.now)) if changed and unit.id in stamped else unit
                for unit in order
            )
        )

    return change_story(actor, str(parsed.place), change)


def cut(actor: Actor, ref: str, reason: str, *, undo: bool = False, seen: Seen = ()) -> Catalog:
    """Cut paragraphs from the story with a reason, or undo that."""
    if not undo and not reason.strip():
        raise UsageError(MESSAGES("cut-why"))
    parsed = parse_ref(actor.project, ref, "articles")
    cleaned_reason = stored_text(reason)

    def change(catalog: Catalog) -> Catalog:
        ids = set(parsed.ids(catalog))
        check_seen(parsed.place, catalog, [unit for unit in catalog.units if unit.id in ids], seen)
        return catalog.replace(
            units=tuple(
                unit.replace(cut=None if undo else workflow.act(unit, actor.who, actor.now, cleaned_reason))
                if unit.id in ids and bool(unit.cut) == undo
                else unit
                for unit in catalog.units
            )
        )

    return change_story(actor, str(parsed.place), change)


def add(actor: Actor, name: str, text: str, after: str, kind: Kind = "paragraph") -> Catalog:
    """Add a paragraph of the writer's own."""
    return add_all(actor, name, [text], after, kind)


def add_all(actor: Actor, name: str, texts: Sequence[str], after: str, kind: Kind = "paragraph") -> Catalog:
    """Add paragraphs of the writer's own, in this order, in one step.

    Words of a machine that were copied from the story or its reports stay the machine's, and need
    another look where the desk has each text judged by itself.
    """
    place = actor.project.find_catalog(name, "articles")
    rule = actor.project.settings.machine_rule(place.locale)

    def change(catalog: Catalog) -> Catalog:
        anchor = (
            ""
            if after == "0"
            else _single_paragraph(actor, reference(name, after), catalog).id
            if after
            else catalog.units[-1].id
        )
        index = next((i for i, unit in enumerate(catalog.units, 1) if unit.id == anchor), 0)
        used_ids, added = compose.taken_ids(catalog), []
        reports = load_print_context(actor.project, place.locale, catalog).reports.values()
        known = [*catalog.units, *(unit for report in reports for unit in report.units)]
        for text in texts:
            own = own_paragraph(stored_text(text), actor.who, actor.now, used_ids, kind)
            added.append(with_copied_words(own, known, actor.who, actor.now))
            used_ids.add(added[-1].id)
        new = catalog.replace(units=(*catalog.units[:index], *added, *catalog.units[index:]))
        return held_back(rule, catalog, new, dict)

    if not all(text.strip() for text in texts):
        raise UsageError(MESSAGES("no-text"))
    return change_story(actor, name, change)


def export_text(actor: Actor, name: str) -> str:
    """Return the story as one text to edit."""
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    reports = load_print_context(actor.project, place.locale, article).reports
    return whole_text.export(article, reports, report_names(actor.project, place.locale, reports))


class ImportPreview(NamedTuple):
    """The effect that importing an edited text would have on a story."""

    before: Catalog
    edited: whole_text.Edited


def preview_import(actor: Actor, name: str, text: str) -> ImportPreview:
    """Return what `import_text` would do, without writing.

    Raise UsageError as `import_text` does.
    """
    place = actor.project.find_catalog(name, "articles")
    article = actor.project.load(place)
    return ImportPreview(article, _edited(actor, place, article, text))


def import_text(actor: Actor, name: str, text: str) -> whole_text.Edited:
    """Import an edited text.

    Raise UsageError if it was exported from another state of the story.
    """
    place = actor.project.find_catalog(name, "articles")
    results: list[whole_text.Edited] = []

    def change(article: Catalog) -> Catalog:
        edited, rule = _edited(actor, place, article, text), actor.project.settings.machine_rule(place.locale)
        drafts = partial(current_drafts, actor, place, edited.article)
        results[:] = [edited._replace(article=held_back(rule, article, edited.article, drafts))]
        return results[0].article

    change_story(actor, name, change)
    return results[0]


def _edited(actor: Actor, place: CatalogRef, article: Catalog, text: str) -> whole_text.Edited:
    reports = load_print_context(actor.project, place.locale, article).reports
    names = report_names(actor.project, place.locale, reports)
    return whole_text.edit(article, reports, text, actor.who, actor.now, names)
