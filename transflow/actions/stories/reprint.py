"""Renewal of rendered output after a change.

Invariant: after `renew` the build folder has no output of a story that must not print; what cannot
be rendered again is removed. Renewal never turns a page without the draft stamp into a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from transflow import phrases, renderers
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.render import BUILD, output_path, rendered_texts
from transflow.errors import TransflowError
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.files import LinkError
from transflow.stories.clearance import is_cleared


class Output(NamedTuple):
    """A file of the build folder: a story in one format."""

    place: CatalogRef
    form: str
    path: Path
    is_stamped: bool
    """True if it carries the draft stamp, so that it may be rendered as a draft again."""


class RenewedOutput(NamedTuple):
    """Rendered and removed output files; paths are relative to the project."""

    rendered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def outputs(project: Project, place: CatalogRef) -> list[Output]:
    """Return the rendered files of a story, in the known formats.

    A build folder behind a symbolic link is not ours, and counts as empty.
    """
    try:
        disk.check_no_links(project.root, f"{BUILD}/{place.locale}/")
    except LinkError:
        return []
    paths = {name: output_path(project, place, name) for name in renderers.names()}
    existing = {name: path for name, path in paths.items() if path.is_file() and not path.is_symlink()}
    return [Output(place, name, path, _is_stamped(path, place.locale)) for name, path in existing.items()]


def _is_stamped(path: Path, locale: str) -> bool:
    _ = phrases.translate(locale)
    return _("DRAFT — not for publication") in disk.read(path, path.name).decode("utf-8", "replace")


def renew(project: Project, places: Iterable[CatalogRef], now: str) -> RenewedOutput:
    """Render the existing output of these stories again, and remove output that must not print."""
    rendered: list[str] = []
    removed: list[str] = []
    for each, data in rerendered(project, [each for place in places for each in outputs(project, place)], now):
        relative = each.path.relative_to(project.root).as_posix()
        if data is None:
            disk.remove(project.root, each.path)
            removed.append(relative)
        else:
            disk.write(project.root, each.path, data)
            rendered.append(relative)
    return RenewedOutput(tuple(rendered), tuple(removed))


def rerendered(project: Project, wanted: Iterable[Output], now: str) -> Iterator[tuple[Output, bytes | None]]:
    """Yield files with their present content; None for those that must not print."""
    cleared: dict[CatalogRef, bool] = {}
    for each in wanted:
        if each.place not in cleared:
            article = project.load(each.place)
            cleared[each.place] = is_cleared(article, load_print_context(project, each.place.locale, article))
        stands = cleared[each.place]
        yield each, _rendered(project, each, now, as_draft=not stands) if stands or each.is_stamped else None


def _rendered(project: Project, wanted: Output, now: str, *, as_draft: bool) -> bytes | None:
    """Return a story in one format; None if it must not print, or a template is broken."""
    try:
        return rendered_texts(project, wanted.place, [wanted.form], now, as_draft=as_draft)[wanted.form]
    except TransflowError:
        return None
