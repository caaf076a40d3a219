"""Renewal of rendered output after a change.

Invariant: after `renew` the build folder has no text of a story that must not print; what cannot
be rendered again is removed. A page without the draft stamp never becomes a draft, and what is
under embargo has no file but that of drafts under embargo.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from transflow import phrases, renderers
from transflow.actions.agents.guard import check_person
from transflow.actions.stories import corrections_page
from transflow.actions.stories.render import BUILD, output_path, printed_story, rendered_cancellation, rendered_texts
from transflow.errors import TransflowError
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.files import LinkError

OutputKind = Literal["page", "draft", "embargoed"]


class Output(NamedTuple):
    """A file of the build folder: a story in one format."""

    place: CatalogRef
    form: str
    path: Path
    kind: OutputKind
    """A draft has the stamp, and may be rendered as a draft again. One under embargo has a name of
    its own too.
    """


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
    paths = [
        (name, is_embargoed, output_path(project, place, name, is_embargoed=is_embargoed))
        for name in renderers.names()
        for is_embargoed in (False, True)
    ]
    return [
        Output(place, name, path, "embargoed" if is_embargoed else _kind(path, place.locale))
        for name, is_embargoed, path in paths
        if path.is_file() and not path.is_symlink()
    ]


def _kind(path: Path, locale: str) -> OutputKind:
    _ = phrases.translate(locale)
    stamp = _("DRAFT — not for publication")
    return "draft" if stamp in disk.read(path, path.name).decode("utf-8", "replace") else "page"


def renew(project: Project, places: Iterable[CatalogRef], now: str) -> RenewedOutput:
    """Render the existing output of these stories again, and remove output that must not print.

    The page of corrections is written again too, if it is there.
    """
    check_person(project)
    places = list(places)
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
    for locale in sorted({place.locale for place in places}):
        rendered += [path.relative_to(project.root).as_posix() for path in corrections_page.renew(project, locale, now)]
    return RenewedOutput(tuple(rendered), tuple(removed))


def rerendered(project: Project, wanted: Iterable[Output], now: str) -> Iterator[tuple[Output, bytes | None]]:
    """Yield files with their present content; None for those that must not print."""
    for each in wanted:
        yield each, _rendered(project, each, now)


def _rendered(project: Project, wanted: Output, now: str) -> bytes | None:
    """Return a story in one format.

    None if it must not print, its embargo asks for another file, or a template is broken.
    """
    try:
        if wanted.kind == "page" and (canceled := rendered_cancellation(project, wanted.place, [wanted.form])):
            return canceled[wanted.form]
        page = printed_story(project, wanted.place, now, as_draft=wanted.kind != "page")
        if bool(page.embargo) != (wanted.kind == "embargoed"):
            return None
        return rendered_texts(project, page, [wanted.form])[wanted.form]
    except TransflowError:
        return None
