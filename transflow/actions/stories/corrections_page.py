"""Public page of the corrections of a newsroom: `build/<locale>/corrections.html` and `.json`.

Invariant: a note is on the page only if it stands in a published story that may still be printed:
never one of a story that was killed or withdrawn, is confidential or under embargo, or has
sentences that must not be printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from transflow.actions import Actor
from transflow.actions.agents.guard import check_person
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.render import BUILD
from transflow.attribution.stamps import last_text_change
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.corrections_page import CorrectionsPage, PublicNote
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.templates import template_reader
from transflow.renderers import corrections_files
from transflow.stories import corrections, publications, story
from transflow.stories.limits import unprintable
from transflow.stories.printed import PrintContext, printed_units

MESSAGES = Messages(
    __name__,
    {"taken": "{place} has the name of the page: rename the story with {command}."},
)
SLUG = "corrections"


def write(actor: Actor, locale: str = "") -> list[Path]:
    """Write the page of a language, or of every language, and return the paths.

    Raise RefusedError if a story has the name of the page.
    """
    project = actor.project
    locales = (locale,) if locale else tuple(project.listed_locales)
    for name in locales:
        if project.exists(place := CatalogRef(name, "articles", SLUG)):
            raise RefusedError(MESSAGES("taken", place=str(place), command=CommandRef(f"mv {SLUG} NAME")))
    return [path for name in locales for path in _write(project, name, actor.now)]


def renew(project: Project, locale: str, now: str) -> list[Path]:
    """Write the page again if it is there, and return the paths of the files that changed."""
    is_there = any(path.is_file() and not path.is_symlink() for path in _paths(project, locale).values())
    if not is_there or project.exists(CatalogRef(locale, "articles", SLUG)):
        return []
    return _write(project, locale, now, only_changed=True)


def _write(project: Project, locale: str, now: str, *, only_changed: bool = False) -> list[Path]:
    check_person(project)
    page = CorrectionsPage(
        locale, project.settings.name, project.settings.url, tuple(public_notes(project, locale, now))
    )
    texts = corrections_files(page, template_reader(project))
    paths = _paths(project, locale)
    wanted = {path: texts[suffix].encode("utf-8") for suffix, path in paths.items()}
    if only_changed:
        wanted = {
            path: data for path, data in wanted.items() if not path.is_file() or disk.read(path, path.name) != data
        }
    for path, data in wanted.items():
        disk.write(project.root, path, data)
    return list(wanted)


def _paths(project: Project, locale: str) -> dict[str, Path]:
    return {suffix: project.root / BUILD / locale / f"{SLUG}{suffix}" for suffix in (".html", ".json")}


def public_notes(project: Project, locale: str, now: str) -> list[PublicNote]:
    """Return the notes that readers of a language have seen, newest first."""
    found = [
        note
        for place in project.catalogs(locale, "articles")
        for note in _notes_of(project, place, project.load(place), now)
    ]
    return sorted(found, key=lambda note: (note.time, note.url, note.text), reverse=True)


def _notes_of(project: Project, place: CatalogRef, article: Catalog, now: str) -> Iterator[PublicNote]:
    pages = publications.addresses(article)
    notes = [unit for unit in printed_units(article) if unit.is_note and unit.target and not unit.fuzzy]
    if not pages or not notes or article.header.get("X-Killed"):
        return
    context = load_print_context(project, place.locale, article)
    if (
        story.is_confidential(article, context)
        or story.is_embargoed(article, context, now)
        or unprintable(article, context)
    ):
        return
    newest = max(page.time for page in pages)
    headline = next((unit for unit in printed_units(article) if unit.kind == "headline"), Unit("", ""))
    title = headline.target if last_text_change(headline) <= newest else ""
    for note in notes:
        if corrections.note_time(note) <= newest:
            yield _public(note, article, context, title)


def _public(note: Unit, article: Catalog, context: PrintContext, title: str) -> PublicNote:
    locale, timezone = article.header.get("Language"), context.settings.timezone
    wrong, right = corrections.quoted_texts(note.target, locale) or ("", "")
    return PublicNote(
        story.local_time(corrections.note_time(note), timezone),
        corrections.note_kind(note),
        title,
        story.first_url(article),
        story.printed_text(note, locale, timezone),
        wrong,
        right,
    )
