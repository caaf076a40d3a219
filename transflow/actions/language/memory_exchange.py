"""Import and export of translation memories.

Invariant: an imported file becomes part of the record unchanged (`locales/<language>/memory/`), and
an export has its units with all attributes except those that name a protected or withheld person.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from transflow import __version__
from transflow.actions.language.imported_memories import imported_folder, imported_paths
from transflow.actions.language.memory import Memory
from transflow.actions.project.export import hidden_anywhere, hidden_people, spellings
from transflow.attribution.machines import is_engine
from transflow.errors import RefusedError, UsageError
from transflow.language_tags import agree, named
from transflow.memory import foreign, pairs, tmx
from transflow.memory.index import IndexedEntry
from transflow.messages import Messages
from transflow.po.export import contains_name
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.languages import source_of

MESSAGES = Messages(
    __name__,
    {
        "no-translation": "{name} has no translation from {source} into {locale}.",
        "no-pair": "{first} and {second} have no line that is not empty in both.",
        "there": "{path} is there already, with other texts: say --replace, or name the file otherwise.",
    },
)


class Imported(NamedTuple):
    """The number of translations that were taken in, and their source language."""

    number: int
    source: str


def import_tmx(
    project: Project, locale: str, data: bytes, name: str, *, source: str = "", replace: bool = False
) -> Imported:
    """Import a TMX file, and return its number of translations in our languages.

    They are from the language `source`; if it is empty, from the newsroom's, or else from the
    file's own. Raise UnreadableError and UsageError.
    """
    wanted = source or project.settings.source
    count = len(tmx.entries(data, name, wanted, locale))
    if not (count or source):
        wanted = tmx.other_source(data, name, locale) or wanted
        count = len(tmx.entries(data, name, wanted, locale))
    if not count:
        raise UsageError(MESSAGES("no-translation", name=name, source=wanted, locale=locale))
    _store(project, locale, Path(name).stem, data, replace=replace)
    return Imported(count, wanted)


def import_foreign(
    project: Project, locale: str, data: bytes, name: str, *, source: str = "", replace: bool = False
) -> Imported:
    """Import a PO, XLIFF or table file as TMX, and return its number of translations.

    Their language is chosen as that of a TMX file. Raise UnreadableError and UsageError.
    """
    wanted = source or project.settings.source
    found = foreign.entries(data, name, wanted, locale)
    if not (found or source) and (own := foreign.own_source(data, name, locale)):
        wanted, found = own, foreign.entries(data, name, own, locale)
    if not found:
        raise UsageError(MESSAGES("no-translation", name=name, source=wanted, locale=locale))
    entries = [IndexedEntry("", entry) for entry in found]
    _store_entries(project, locale, Path(name).stem, entries, wanted, replace=replace)
    return Imported(len(entries), wanted)


def import_pair(
    project: Project,
    locale: str,
    files: tuple[bytes, bytes],
    names: tuple[str, str],
    *,
    source: str = "",
    replace: bool = False,
) -> Imported:
    """Import a pair of text files, and return their number of translations.

    They are from the language `source`; if it is empty, from that which the first name ends in, or
    else from the newsroom's. Names in the other direction are turned round.
    """
    first, second = (named(Path(each).suffix.removeprefix(".")) for each in names)
    if agree(first, locale) and second and not agree(second, locale):
        files, names, first = (files[1], files[0]), (names[1], names[0]), second
    stem, wanted = Path(names[1]).stem, source or first or project.settings.source
    entries = [IndexedEntry("", entry) for entry in pairs.entries(*files, names)]
    if not entries:
        raise UsageError(MESSAGES("no-pair", first=names[0], second=names[1]))
    _store_entries(project, locale, stem, entries, wanted, replace=replace)
    return Imported(len(entries), wanted)


def _store_entries(
    project: Project, locale: str, stem: str, entries: list[IndexedEntry], source: str, *, replace: bool
) -> None:
    text = io.StringIO()
    tmx.write(entries, (), source, locale, __version__, text)
    _store(project, locale, stem, text.getvalue().encode("utf-8"), replace=replace)


def _store(project: Project, locale: str, stem: str, data: bytes, *, replace: bool) -> None:
    path = f"{imported_folder(locale)}/{stem}.tmx"
    with project.locked(path):
        if project.has(path) and project.read(path) != data and not replace:
            raise RefusedError(MESSAGES("there", path=path))
        project.write_file(path, data, project.read(path) if project.has(path) else None)


def export_tmx(memory: Memory, path: Path) -> int:
    """Write the memory as TMX, and return the number of units.

    Imported units keep all attributes.
    """
    text = io.StringIO()
    count = tmx.write(
        _project_entries(memory),
        _imported_units(memory),
        memory.project.settings.source,
        memory.locale,
        __version__,
        text,
    )
    disk.write_named(path, text.getvalue().encode("utf-8"), 0o600)
    return count


def _project_entries(memory: Memory) -> Iterator[IndexedEntry]:
    """Yield the entries of the project's catalogs, without ids that must not be exported."""
    project, known_ids = memory.project, {person.id for person in memory.project.settings.people}
    hidden: dict[str, frozenset[str]] = {}
    for entry in memory.exportable_entries():
        place = CatalogRef(memory.locale, "reports", entry.catalog)
        if entry.catalog.startswith("memory/") or source_of(project, place) != project.settings.source:
            continue
        if entry.catalog not in hidden:
            hidden[entry.catalog] = hidden_people(project, place)
        who = entry.entry.who
        who = who if who in known_ids - hidden[entry.catalog] or is_engine(who) else ""
        yield entry._replace(entry=entry.entry._replace(who=who))


def _imported_units(memory: Memory) -> Iterator[str]:
    """Yield the units of imported memories, without attributes that name hidden people.

    These are protected people, and those withheld from any story.
    """
    secret = spellings(memory.project, hidden_anywhere(memory.project, memory.locale))
    for name in imported_paths(memory.project, memory.locale):
        yield from tmx.units(
            memory.project.read(name), name.rpartition("/")[2], hidden=lambda value: contains_name(value, secret)
        )


def export_pair(memory: Memory, paths: tuple[Path, Path]) -> int:
    """Write the memory as a pair of text files, and return the number of lines of each."""
    entries = memory.exportable_entries()
    for path, text in zip(paths, pairs.to_lines(entries), strict=True):
        disk.write_named(path, text.encode("utf-8"), 0o600)
    return len(entries)
