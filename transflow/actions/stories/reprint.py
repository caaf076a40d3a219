"""Renewal of rendered output after a change.

Invariant: after `renew` the build folder has no output of a story that must not print; what cannot
be rendered again is removed. Renewal never turns a page without the draft stamp into a draft.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

from transflow import phrases, renderers
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.render import render
from transflow.errors import RefusedError
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.files import LinkError
from transflow.stories import story

BUILD = "build"


class Output(NamedTuple):
    """A file of the build folder: a story in one format."""

    place: CatalogRef
    form: str
    path: Path


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
    paths = {
        name: project.root / BUILD / place.locale / f"{place.slug}{renderers.load(name).SUFFIX}"
        for name in renderers.names()
    }
    return [Output(place, name, path) for name, path in paths.items() if path.is_file() and not path.is_symlink()]


def stories_in_build(project: Project) -> list[CatalogRef]:
    """Return the stories that have output."""
    places = (place for locale in project.settings.locales for place in project.catalogs(locale, "articles"))
    return [place for place in places if project.has(BUILD) and outputs(project, place)]


def stamped_drafts(found: Iterable[Output]) -> list[Output]:
    """Return the files that carry the draft stamp."""
    stamped = []
    for each in found:
        _ = phrases.translate(each.place.locale)
        text = disk.read(each.path, each.path.name).decode("utf-8", "replace")
        if _("DRAFT — not for publication") in text:
            stamped.append(each)
    return stamped


def renew(project: Project, places: Iterable[CatalogRef], now: str) -> RenewedOutput:
    """Render the existing output of these stories again, and remove output that must not print."""
    found = [each for place in places for each in outputs(project, place)]
    return rerender(project, found, stamped_drafts(found), now)


def rerender(project: Project, wanted: Iterable[Output], stamped: Container[Output], now: str) -> RenewedOutput:
    """Render these files again, existing or not, and remove those that must not print.

    Files in `stamped` may be rendered as drafts.
    """
    rendered: list[str] = []
    removed: list[str] = []
    cleared: dict[CatalogRef, bool] = {}
    for each in wanted:
        if each.place not in cleared:
            article = project.load(each.place)
            cleared[each.place] = story.is_cleared(article, load_print_context(project, each.place.locale, article))
        relative = each.path.relative_to(project.root).as_posix()
        if (cleared[each.place] or each in stamped) and _rendered(project, each, now, as_draft=not cleared[each.place]):
            rendered.append(relative)
        else:
            removed.append(relative)
            if each.path.exists():
                disk.remove(project.root, each.path)
    return RenewedOutput(tuple(rendered), tuple(removed))


def _rendered(project: Project, wanted: Output, now: str, *, as_draft: bool) -> bool:
    """Render a story in one format, and return whether that succeeded."""
    try:
        render(project, wanted.place, [wanted.form], now, as_draft=as_draft)
    except RefusedError:
        return False
    return True


def remove(project: Project, found: Iterable[Output]) -> None:
    for each in found:
        disk.remove(project.root, each.path)
