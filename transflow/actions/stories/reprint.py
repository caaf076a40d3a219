"""Output that is there already, brought up to what may print now.

Invariant: after `renew` the build folder holds nothing of a story that it may not print: what cannot be rendered anew is
removed. A page that carried no stamp never becomes a stamped draft by itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path
from typing import NamedTuple

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
    """What became of the output of some stories. Paths are relative to the project."""

    rendered: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def outputs(project: Project, place: CatalogRef) -> list[Output]:
    """The files that were rendered of a story, in formats that we know. What is behind a link is none of ours."""
    from transflow import renderers

    try:
        disk.check_way(project.root, f"{BUILD}/{place.locale}/")
    except LinkError:
        return []
    paths = {
        name: project.root / BUILD / place.locale / f"{place.slug}{renderers.load(name).SUFFIX}"
        for name in renderers.names()
    }
    return [Output(place, name, path) for name, path in paths.items() if path.is_file() and not path.is_symlink()]


def stories_in_build(project: Project) -> list[CatalogRef]:
    """The stories with output."""
    places = (place for locale in project.settings.locales for place in project.places(locale, "articles"))
    return [place for place in places if project.has(BUILD) and outputs(project, place)]


def drafts(found: Iterable[Output]) -> list[Output]:
    """Those that carry the stamp of a draft."""
    from transflow import phrases

    stamped = []
    for each in found:
        _ = phrases.translate(each.place.locale)
        text = disk.read(each.path, each.path.name).decode("utf-8", "replace")
        if _("DRAFT — not for publication") in text:
            stamped.append(each)
    return stamped


def renew(project: Project, places: Iterable[CatalogRef], now: str) -> RenewedOutput:
    """Renders what is in the build folder of these stories anew, and removes what may not print."""
    found = [each for place in places for each in outputs(project, place)]
    return restored(project, found, drafts(found), now)


def restored(project: Project, wanted: Iterable[Output], stamped: Container[Output], now: str) -> RenewedOutput:
    """Renders these files again, whether they are there or not; those that may not print are removed. `stamped` are
    drafts: they may be drafts again."""
    rendered: list[str] = []
    removed: list[str] = []
    cleared: dict[CatalogRef, bool] = {}
    for each in wanted:
        if each.place not in cleared:
            article = project.load(each.place)
            cleared[each.place] = story.is_cleared(article, load_print_context(project, each.place.locale, article))
        shown = each.path.relative_to(project.root).as_posix()
        if (cleared[each.place] or each in stamped) and _rendered(project, each, now, as_draft=not cleared[each.place]):
            rendered.append(shown)
        else:
            removed.append(shown)
            if each.path.exists():
                disk.remove(project.root, each.path)
    return RenewedOutput(tuple(rendered), tuple(removed))


def _rendered(project: Project, wanted: Output, now: str, *, as_draft: bool) -> bool:
    """Whether a story could be rendered."""
    try:
        render(project, wanted.place, [wanted.form], now, as_draft=as_draft)
    except RefusedError:
        return False
    return True


def remove(project: Project, found: Iterable[Output]) -> None:
    for each in found:
        disk.remove(project.root, each.path)
