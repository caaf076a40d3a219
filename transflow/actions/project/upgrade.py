"""Upgrade of a project to the current format of the record.

Invariant: nothing else changes; transflow.toml is written last, so that running it again completes
an interrupted upgrade; an unreadable file is reported and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.attribution.tallies import ready_to_write
from transflow.errors import UnreadableError
from transflow.model.unit import FORMAT
from transflow.po import header
from transflow.po.syntax import decode
from transflow.project import CatalogRef, Project
from transflow.project.places import glossary_path
from transflow.project.project import CONFIG
from transflow.settings import config


class Upgraded(NamedTuple):
    """A file in an older format that was upgraded, or would be; or the reason why it was not."""

    path: str
    old: int
    error: UnreadableError | None = None


def upgrade(project: Project, *, dry_run: bool = False) -> Iterator[Upgraded]:
    """Upgrade every catalog and glossary, and then the settings.

    Yields a result for each file in an older format.
    """
    all_readable = True
    for place in project.all_catalogs():
        yield from (found := list(_catalog(project, place, dry_run=dry_run)))
        all_readable = all_readable and not any(each.error for each in found)
    for locale in project.settings.locales:
        yield from (found := list(_glossary(project, glossary_path(locale), dry_run=dry_run)))
        all_readable = all_readable and not any(each.error for each in found)
    if all_readable:
        yield from _settings(project, dry_run=dry_run)


def _catalog(project: Project, place: CatalogRef, *, dry_run: bool) -> Iterator[Upgraded]:
    def step() -> int:
        old = project.load(place)
        if (version := header.format_version(old.header)) < FORMAT and not dry_run:
            project.write(place, ready_to_write(old), old)
        return version

    try:
        version = project.retry(step, place.path)
    except UnreadableError as error:
        yield Upgraded(place.path, 0, error)
        return
    if version < FORMAT:
        yield Upgraded(place.path, version)


def _glossary(project: Project, path: str, *, dry_run: bool) -> Iterator[Upgraded]:
    def step() -> int:
        data = project.read(path)
        text = decode(data, path)
        if not (written := header.field(text, "X-Transflow-Format")).isdecimal():
            # Written by hand or by another program: it declares no format, and need not.
            return FORMAT
        if (version := int(written[:9])) < FORMAT and not dry_run:
            project.write_file(path, header.upgraded_glossary(text, path).encode("utf-8"), data)
        return version

    if not project.has(path):
        return
    try:
        version = project.retry(step, path)
    except UnreadableError as error:
        yield Upgraded(path, 0, error)
        return
    if version < FORMAT:
        yield Upgraded(path, version)


def _settings(project: Project, *, dry_run: bool) -> Iterator[Upgraded]:
    def step() -> bool:
        data = project.read(CONFIG)
        new = config.upgraded_text(data.decode("utf-8"), CONFIG).encode("utf-8")
        if new != data and not dry_run:
            project.write_file(CONFIG, new, data)
        return new != data

    if project.retry(step, CONFIG):
        yield Upgraded(CONFIG, 1)
