"""Notes of changes in progress, in `.transflow`.

A note has the results of the plan, so that a run that completes an interrupted one reports, and
renders again, what the first has done already.

Invariant: the note is written before anything else, and deleted last. It names files, units and
stories, never a text that is removed, nor a person. If it is lost, the change itself is still
completed, but only what is left is reported, and output that was removed is not rendered again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, cast, get_args

from transflow import renderers
from transflow.actions.privacy.residue import Residue
from transflow.actions.privacy.transform import ChangedFile, Occurrence, Owed
from transflow.actions.stories.render import output_path
from transflow.actions.stories.reprint import Output, OutputKind
from transflow.errors import UnreadableError
from transflow.json_text import decode_json
from transflow.messages import as_data, from_data
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.locks import cache_folder
from transflow.project.places import is_slug


class Note(NamedTuple):
    """The results of an interrupted run; empty if there was none."""

    key: tuple[str, ...] = ()
    files: tuple[ChangedFile, ...] = ()
    owed: Owed = Owed()
    output: tuple[Output, ...] = ()
    """Output to render again or to remove."""
    residues: tuple[Residue, ...] = ()
    history: Mapping[str, int | None] = MappingProxyType({})
    cleared: frozenset[CatalogRef] = frozenset()
    """Stories that were cleared before; only in notes of earlier versions."""

    def of_another(self) -> Note:
        """Return the note without what only its own change may report as done."""
        return Note(self.key, output=self.output, cleared=self.cleared)

    @property
    def is_begun(self) -> bool:
        return self != Note()


def path(project: Project, name: str) -> Path:
    return project.root / ".transflow" / name


def read(project: Project, name: str) -> Note:
    """Return a note; empty if there is none or if it is invalid."""
    if not name:
        return Note()
    try:
        text = disk.read_own(project.root, f".transflow/{name}").decode("utf-8", "replace")
    except UnreadableError:
        return Note()
    if not text.startswith("{"):  # earlier versions: the arguments of `mv`
        return Note(key=tuple(text.split()))
    with suppress(ValueError, TypeError, KeyError, IndexError, AttributeError):
        values = decode_json(text)
        output = tuple(_output(project, *each) for each in values["output"])
        cleared = frozenset(_place(project, *each) for each in values.get("cleared", ()))
        return Note(
            tuple(values.get("key", ())),
            tuple(map(_changed, values.get("files", ()))),
            _owed(*values["owed"]) if "owed" in values else Owed(),
            output,
            tuple(Residue(*each) for each in values.get("residues", ())),
            dict(values.get("history", {})),
            cleared,
        )
    return Note()


def _changed(values: list[Any]) -> ChangedFile:
    holder, old, new, is_removed, found = values
    occurrences = (Occurrence(where, tuple(map(from_data, parts))) for where, parts in found)
    return ChangedFile(str(holder), str(old), str(new), bool(is_removed), tuple(occurrences))


def _owed(
    approve: list[str],
    clear: list[str],
    pages: list[list[str]],
    engines: list[str],
    renew: Iterable[str] = (),
    translations: Iterable[str] = (),
    paragraphs: Iterable[str] = (),
) -> Owed:
    addresses = tuple((place, page) for place, page in pages)
    refs = tuple(map(tuple, (renew, translations, paragraphs)))
    return Owed(tuple(approve), tuple(clear), addresses, tuple(engines), *refs)


def _place(project: Project, locale: str, slug: str) -> CatalogRef:
    if locale not in project.settings.locales or not is_slug(slug):
        raise ValueError(slug)
    return CatalogRef(locale, "articles", slug)


def _output(project: Project, locale: str, slug: str, form: str, value: object, old_slug: str = "") -> Output:
    """Return an output of a note. Earlier versions say true for a draft and false for a page."""
    if form not in renderers.names():
        raise ValueError(form)
    place = _place(project, locale, slug)
    kind = cast(OutputKind, value) if value in get_args(OutputKind) else "draft" if value else "page"
    path = output_path(project, _place(project, locale, old_slug or slug), form, is_embargoed=kind == "embargoed")
    return Output(place, form, path, kind)


def write(project: Project, name: str, note: Note) -> None:
    values: dict[str, Any] = {
        "key": note.key,
        "files": [
            [*each[:4], [[where, [as_data(part) for part in parts]] for where, parts in each.found]]
            for each in note.files
        ],
        "owed": note.owed,
        "output": [
            [each.place.locale, each.place.slug, each.form, each.kind, _slug(project, each)] for each in note.output
        ],
        "residues": note.residues,
        "history": dict(note.history),
    }
    data = json.dumps(values, ensure_ascii=False).encode("utf-8") + b"\n"
    disk.write(project.root, cache_folder(project.root) / name, data)


def _slug(project: Project, output: Output) -> str:
    """Return the slug that an output file is named after, which may be a former one."""
    example = output_path(
        project, output.place._replace(slug="x"), output.form, is_embargoed=output.kind == "embargoed"
    )
    return output.path.relative_to(example.parent).as_posix().removesuffix(example.name.removeprefix("x"))


def delete(project: Project, name: str) -> None:
    path(project, name).unlink(missing_ok=True)
