"""Bringing a whole project into the present format of the record.

Invariant: nothing else changes; transflow.toml goes last, so that what was interrupted is done to its end by doing it again;
what cannot be read is named and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.attribution.tallies import stamped
from transflow.errors import UnreadableError
from transflow.model.unit import FORMAT
from transflow.po import header
from transflow.project import CatalogRef, Project
from transflow.project.places import glossary_path
from transflow.project.project import CONFIG
from transflow.settings import config


class Upgraded(NamedTuple):
    """A file that was brought, or would be, from a format to the present one; or why it could not be."""

    path: str
    old: int
    error: UnreadableError | None = None


def upgrade(project: Project, *, dry_run: bool = False) -> Iterator[Upgraded]:
    """Brings every catalog and glossary, and then the settings, into the present format. Yields the files that are in an older one."""
    all_well = True
    for place in project.all_places():
        yield from (found := list(_catalog(project, place, dry_run=dry_run)))
        all_well = all_well and not any(each.error for each in found)
    for locale in project.settings.locales:
        yield from (found := list(_glossary(project, glossary_path(locale), dry_run=dry_run)))
        all_well = all_well and not any(each.error for each in found)
    if all_well:
        yield from _settings(project, dry_run=dry_run)


def _catalog(project: Project, place: CatalogRef, *, dry_run: bool) -> Iterator[Upgraded]:
    def step() -> int:
        old = project.load(place)
        if (version := header.version(old.header)) < FORMAT and not dry_run:
            project.write(place, stamped(old), old)
        return version

    try:
        version = project.again(step, place.path)
    except UnreadableError as error:
        yield Upgraded(place.path, 0, error)
        return
    if version < FORMAT:
        yield Upgraded(place.path, version)


def _glossary(project: Project, path: str, *, dry_run: bool) -> Iterator[Upgraded]:
    from transflow.po.syntax import decode

    def step() -> int:
        data = project.read(path)
        text = decode(data, path)
        if not (written := header.field(text, "X-Transflow-Format")).isdecimal():
            return FORMAT  # made by hand, or by another program: it says no format, and need not
        if (version := int(written[:9])) < FORMAT and not dry_run:
            project.put(path, header.restamped(text, path).encode("utf-8"), data)
        return version

    if not project.has(path):
        return
    try:
        version = project.again(step, path)
    except UnreadableError as error:
        yield Upgraded(path, 0, error)
        return
    if version < FORMAT:
        yield Upgraded(path, version)


def _settings(project: Project, *, dry_run: bool) -> Iterator[Upgraded]:
    def step() -> bool:
        data = project.read(CONFIG)
        new = config.upgraded(data.decode("utf-8"), CONFIG).encode("utf-8")
        if new != data and not dry_run:
            project.put(CONFIG, new, data)
        return new != data

    if project.again(step, CONFIG):
        yield Upgraded(CONFIG, 1)
