"""Export of catalogs for other programs.

Invariant: an export names nobody who is protected, or withheld from a story that uses the catalog;
`kept_back` lists the catalogs that must not be exported; nothing of the record is written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

from transflow import __version__, phrases
from transflow.actions.agents.guard import check_person
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.withheld import is_withheld
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.po import export as gettext
from transflow.po import header, omegat
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.languages import source_of
from transflow.report.front import when
from transflow.stories.limits import unprintable

MESSAGES = Messages(
    __name__,
    {
        "own-folder": "{folder} belongs to the record: choose a folder outside it.",
        "splits-sentences": "{path} parts sentences, and OmegaT would empty finished texts: switch that off (Project > "
        "Properties > Enable sentence-level segmenting), or export to another folder.",
    },
)

Format = Literal["po", "mo", "omegat"]


def selected_catalogs(project: Project, names: Sequence[str], locales: Sequence[str] = ()) -> list[CatalogRef]:
    """Return the named catalogs, or all catalogs of these locales."""
    if names:
        return [project.find_catalog(name) for name in names]
    selected = [project.locale(locale) for locale in locales] or project.settings.locales
    return [place for place in project.all_catalogs() if place.locale in selected]


def kept_back(project: Project, places: Sequence[CatalogRef], now: str) -> list[CatalogRef]:
    """Return the catalogs whose texts must not leave the project now.

    That is the case for a confidential or embargoed report, for one whose file is missing (nothing
    says that it may leave), and for a story made from such a report.
    """
    return [place for place in places if is_withheld(project, place, now)]


_PATHS = {
    "po": "{locale}/{slug}.po",
    "mo": "{locale}/LC_MESSAGES/{slug}.mo",  # the path that gettext searches
    "omegat": "{locale}/source/{slug}.po",
}


def export(project: Project, place: CatalogRef, to: Format, folder: Path, *, notes: bool = False) -> Path:
    """Write one catalog below `folder`, and return the path.

    The path is `en/un-letter.po`, `en/LC_MESSAGES/un-letter.mo`, or `en/source/un-letter.po` in an
    OmegaT project. `notes` go into PO files only. Raise UsageError for a folder of the record, and
    for an OmegaT project with sentence-level segmenting.
    """
    check_person(project)
    name = _PATHS[to].format(locale=place.locale, slug=place.slug)
    disk.check_named_path(folder / name)
    folder = folder.resolve()
    if any(
        folder.is_relative_to(project.root / record_folder) for record_folder in ("locales", "sources", ".transflow")
    ):
        raise UsageError(MESSAGES("own-folder", folder=str(folder)))
    catalog = _printable(project, place, project.load(place))
    header_fields = export_header(project, place, catalog)
    data = (
        gettext.mo_bytes(catalog, header_fields)
        if to == "mo"
        else gettext.po_text(catalog, header_fields, notes=notes).encode()
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if to == "omegat":
        _omegat_project(project, place, catalog, folder)
    path = folder / name
    disk.write(folder, path, data, mode=0o600)
    return path


def _omegat_project(project: Project, place: CatalogRef, catalog: Catalog, folder: Path) -> None:
    """Create the OmegaT project around the catalog.

    In an existing project, only the translation memory of this catalog is written.
    """
    root, languages = folder / place.locale, (source_of(project, place), place.locale)
    settings = root / "omegat.project"
    disk.check_named_path(settings)
    if disk.has(folder, name := settings.relative_to(folder).as_posix()):
        if omegat.SPLITS_SENTENCES.search(disk.read_own(folder, name, str(settings)).decode("utf-8", "replace")):
            raise UsageError(MESSAGES("splits-sentences", path=str(settings)))
    else:
        disk.write(folder, settings, omegat.project_text(*languages).encode(), mode=0o600)
    for each in omegat.FOLDERS:
        disk.check_named_path(root / each / "any")  # the folder may exist, and must not be a link
        (root / each).mkdir(mode=0o700, parents=True, exist_ok=True)
    memory = omegat.memory_text(gettext.exportable_units(catalog), *languages)
    path = root / "tm/auto" / f"{place.slug}.tmx"
    disk.check_named_path(path)
    disk.write(folder, path, memory.encode(), mode=0o600)


def emptied_by_omegat(project: Project, places: Sequence[CatalogRef]) -> int:
    """Return how many finished texts would be lost in an OmegaT project with default settings."""
    return sum(omegat.count_left_out(project.load(place)) for place in places)


def _printable(project: Project, place: CatalogRef, catalog: Catalog) -> Catalog:
    """Return a story without the paragraphs that must not be printed, or a report unchanged.

    The units of a report carry that information themselves.
    """
    if place.folder == "reports":
        return catalog
    hidden = {unit.id for unit, _ in unprintable(catalog, load_print_context(project, place.locale, catalog))}
    return catalog.replace(units=tuple(unit for unit in catalog.units if unit.id not in hidden)) if hidden else catalog


def export_header(project: Project, place: CatalogRef, catalog: Catalog) -> gettext.ExportInfo:
    """Return the header fields of an exported catalog, with the names that may be published."""
    settings = project.settings
    hidden = hidden_people(project, place)
    people = [person for person in settings.people if person.id not in hidden]
    team = phrases.language_name(place.locale, "en")
    return gettext.ExportInfo(
        project=f"{settings.name} {place.slug}".strip(),
        team=f"{team} ({settings.name})" if settings.name else team,
        plural_forms=_plural_forms(place.locale),
        created=_created(project, place, catalog),
        bugs=settings.url,
        generator=f"transflow {__version__}",
        names={person.id: person.name for person in people if person.name},
        hidden=spellings(project, hidden),
    )


def spellings(project: Project, person_ids: Collection[str]) -> tuple[str, ...]:
    """Return every id, name, alias and email address of these people."""
    return tuple(
        text
        for person in project.settings.people
        if person.id in person_ids
        for text in (person.id, person.name, *person.aliases, *person.emails)
    )


def hidden_anywhere(project: Project, locale: str) -> frozenset[str]:
    """Return the ids of people whom an export of a whole locale must not name."""
    hidden = {person.id for person in project.settings.people if person.protected}
    for place in project.catalogs(locale, "articles"):
        hidden.update(header.read(project.text(place), place.path)[0].get("X-Withheld").split())
    return frozenset(hidden)


def hidden_people(project: Project, place: CatalogRef) -> frozenset[str]:
    """Return the ids of people whom an export of this catalog must not name.

    These are protected people, and those withheld from the article, or from any article that uses
    the report. Raise UnreadableError if that cannot be determined.
    """
    hidden = {person.id for person in project.settings.people if person.protected}
    for other in project.catalogs(place.locale, "articles"):
        fields = header.read(project.text(other), other.path)[0]
        if other == place or (place.folder == "reports" and place.slug in fields.get("X-Reports").split()):
            hidden.update(fields.get("X-Withheld").split())
    return frozenset(hidden)


def _created(project: Project, place: CatalogRef, catalog: Catalog) -> str:
    date = catalog.header.get("X-Date") if place.folder == "articles" else project.front_matter(place.slug).date
    moment = when(date, project.settings.timezone)
    return moment.isoformat() if moment else ""


def _plural_forms(locale: str) -> str:
    """Return the Plural-Forms of a language, or nothing. Loads Babel."""
    from babel import UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        return str(get_plural(locale.replace("-", "_")).plural_forms)
    except (ValueError, UnknownLocaleError):
        return ""
