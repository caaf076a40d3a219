"""The note of a redaction in progress: stories that were cleared before it, and their output.

Invariant: the note is written before the record changes, and deleted when all is done; it names
stories and formats, never a text. If it is lost, only output is missing, which can be rendered
again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from transflow import renderers
from transflow.actions.stories.reprint import BUILD, Output
from transflow.errors import UnreadableError
from transflow.json_text import decode_json
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.locks import cache_folder
from transflow.project.places import is_slug

NAME = "redacting"
"""Name in the folder of the locks."""


class PendingWork(NamedTuple):
    """Stories to check for a lost clearance, and output to render; `stamped` output is a draft."""

    cleared: frozenset[CatalogRef] = frozenset()
    output: frozenset[Output] = frozenset()
    stamped: frozenset[Output] = frozenset()

    def merged(self, other: PendingWork) -> PendingWork:
        return PendingWork(self.cleared | other.cleared, self.output | other.output, self.stamped | other.stamped)


def read(project: Project) -> PendingWork:
    """Return the note of an interrupted redaction; empty if there is none or if it is invalid."""
    try:
        values = decode_json(project.read(f".transflow/{NAME}"))
        output = {_output(project, *each): bool(each[3]) for each in values["output"]}
        cleared = frozenset(_place(project, *each) for each in values["cleared"])
    except (UnreadableError, ValueError, TypeError, KeyError, IndexError):
        return PendingWork()
    return PendingWork(cleared, frozenset(output), frozenset(each for each in output if output[each]))


def _place(project: Project, locale: str, slug: str) -> CatalogRef:
    if locale not in project.settings.locales or not is_slug(slug):
        raise ValueError(slug)
    return CatalogRef(locale, "articles", slug)


def _output(project: Project, locale: str, slug: str, form: str, _stamped: object) -> Output:
    if form not in renderers.names():
        raise ValueError(form)
    place = _place(project, locale, slug)
    return Output(place, form, project.root / BUILD / locale / f"{slug}{renderers.load(form).SUFFIX}")


def write(project: Project, pending: PendingWork) -> None:
    values: dict[str, Any] = {
        "cleared": sorted((place.locale, place.slug) for place in pending.cleared),
        "output": sorted(
            (each.place.locale, each.place.slug, each.form, each in pending.stamped) for each in pending.output
        ),
    }
    disk.write(project.root, _note(project), json.dumps(values, ensure_ascii=False).encode("utf-8") + b"\n")


def delete(project: Project) -> None:
    _note(project).unlink(missing_ok=True)


def _note(project: Project) -> Path:
    return cache_folder(project.root) / NAME
