"""Repair of the record with `transflow.integrity.repair`, using evidence from the project and git.

Invariant: before a file is changed, its bytes are copied to `.transflow/repair/`; a file that
cannot be repaired is left as it is; one without defects is not touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from shlex import quote
from typing import NamedTuple

from transflow.actions.agents.guard import check_person
from transflow.actions.checks import missing_texts, signatures
from transflow.errors import TornError, TransflowError, UnreadableError
from transflow.integrity.repair import (
    REMOVED,
    Evidence,
    Sides,
    defect,
    problem_of_line,
    read_damaged,
    read_damaged_glossary,
    repaired_units,
    without_controls,
)
from transflow.messages import NOTHING, Clause, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.report import Block
from transflow.po.catalog import serialize
from transflow.po.header import with_counts
from transflow.po.versions import VersionReader
from transflow.project import CatalogRef, Project, files, git
from transflow.project.cache import ensure_folder
from transflow.project.git_history import CommittedVersions
from transflow.project.languages import source_of
from transflow.project.locks import cache_folder
from transflow.project.places import glossary_path, report_path
from transflow.project.project import CONFIG
from transflow.project.waiting import is_alive
from transflow.report.encoding import digest
from transflow.toml_text import parsing

MESSAGES = Messages(
    __name__,
    {
        "markers": "git left conflict markers in it (edit the text, then `git add {path}`)",
        "torn": "{problem} ({way_out})",
        "unreadable": "{problem} (mend it by hand, or take the file back: `git checkout -- {path}`)",
        "leftover": "a half-written file that a crash left",
        "leftover/repair": "put away",
    },
)
_LEFTOVER = re.compile(r"\..+\.(\d+)\.tmp")
_MARKER = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)


class RepairResult(NamedTuple):
    """The defects of one file. `backup` is the copy of its old bytes, or None if unchanged."""

    path: str
    defects: tuple[Issue, ...]
    backup: Path | None = None
    unreadable: bool = False

    @property
    def unrepaired(self) -> tuple[Issue, ...]:
        """Defects that people have to repair themselves."""
        return tuple(fault for fault in self.defects if not fault.repair)


class RepairOptions(NamedTuple):
    """Repairs that are made only on request, because they remove what may be intended."""

    torn: bool = False
    """Accept an incomplete catalog as it is."""
    controls: bool = False
    """Remove control characters."""
    is_editor: bool = False
    """True if the user is an editor: then times in the future are corrected."""


NO_OPTIONS = RepairOptions()


def repair(
    project: Project, places: list[CatalogRef], now: str, *, dry_run: bool, allowed: RepairOptions = NO_OPTIONS
) -> Iterator[RepairResult]:
    """Repair catalogs; without `places`, also glossaries, leftover files and the settings.

    Reports are only inspected. Yields a result for each file with defects.
    """
    everything = not places
    if everything:
        yield from _if_any(settings := _settings(project, now, dry_run=dry_run, allowed=allowed))
        if settings.unreadable or (settings.defects and dry_run):
            return  # the locales are unknown
    unmerged = git.unmerged_files(project.root)
    with closing(CommittedVersions(project.root)) as committed:
        for place in places or project.all_catalogs():
            yield from _if_any(_catalog(project, place, committed, unmerged, now, dry_run=dry_run, allowed=allowed))
            yield from _if_any(RepairResult(place.signatures_path, tuple(signatures.torn_lines(project, place))))
    if not everything:
        return
    for locale in project.settings.locales:
        path = glossary_path(locale)
        if project.has(path):
            yield from _if_any(_glossary(project, path, now, dry_run=dry_run, allowed=allowed))
    for path in marked_reports(project):
        yield RepairResult(path, (defect("record.conflict-markers", MESSAGES("markers", path=quote(path))),))
    for leftover in leftovers(project):
        yield _leftover(project, leftover, now, dry_run=dry_run)


def _if_any(result: RepairResult) -> Iterator[RepairResult]:
    if result.defects:
        yield result


def _settings(project: Project, now: str, *, dry_run: bool, allowed: RepairOptions) -> RepairResult:
    """Repair transflow.toml, in which only control characters are looked for."""
    with project.locked(CONFIG):
        data = project.read(CONFIG)
        text = parsing.without_controls(data.decode("utf-8", "surrogateescape"))
        new = text.encode("utf-8", "surrogateescape")
        lines = zip(data.split(b"\n"), new.split(b"\n"), strict=True)
        faults = tuple(
            defect("record.control", _line_problem(old), REMOVED if allowed.controls else NOTHING, number)
            for number, (old, clean) in enumerate(lines, 1)
            if old != clean
        )
        if faults and not allowed.controls:
            return RepairResult(CONFIG, faults, unreadable=True)
        return _write_repaired(project, CONFIG, data, text, faults, now, dry_run=dry_run)


def _line_problem(line: bytes) -> Message:
    return problem_of_line(line.decode("utf-8", "replace"))


def _without_controls(data: bytes, allowed: RepairOptions) -> tuple[bytes, list[Issue]]:
    """Return the bytes without control characters, if that is allowed, and the defects by line."""
    clean, faults = without_controls(data, REMOVED if allowed.controls else NOTHING)
    return (clean if allowed.controls else data), faults


def _catalog(
    project: Project,
    place: CatalogRef,
    committed: CommittedVersions,
    unmerged: Collection[str],
    now: str,
    *,
    dry_run: bool,
    allowed: RepairOptions,
) -> RepairResult:
    with project.locked(place.path):
        whole, data = project.complete_bytes(place), project.raw_bytes(place)
        clean, controls = _without_controls(whole, allowed)
        sides = merge_sides(project, place.path) if place.path in unmerged else None
        if sides and allowed.controls:
            sides = Sides(*(each and without_controls(each)[0] for each in sides))  # type: ignore[arg-type]
        try:
            catalog, faults = read_damaged(clean, place.path, sides, torn_ok=allowed.torn)
        except UnreadableError as error:
            return RepairResult(place.path, tuple(controls) or (defect_of_error(error),), unreadable=True)
        if allowed.torn:
            faults += missing_texts.accepted_losses(project, place, catalog)
        evidence = _evidence(project, place, catalog, committed, now)._replace(is_editor=allowed.is_editor)
        catalog, more_defects = repaired_units(catalog, evidence)
        defects = (*controls, *faults, *more_defects)
        if dry_run or not defects:
            return RepairResult(place.path, defects)
        return _write_repaired(project, place.path, data, _text(catalog), defects, now, dry_run=dry_run)


def _glossary(project: Project, path: str, now: str, *, dry_run: bool, allowed: RepairOptions) -> RepairResult:
    with project.locked(path):
        data = project.read(path)
        clean, controls = _without_controls(data, allowed)
        try:
            text, faults = read_damaged_glossary(clean, path, merge_sides(project, path))
        except UnreadableError as error:
            return RepairResult(path, tuple(controls) or (defect_of_error(error),), unreadable=True)
        return _write_repaired(project, path, data, text, (*controls, *faults), now, dry_run=dry_run)


def _text(catalog: Catalog) -> str:
    """Return the catalog's text with all entries rewritten: none keeps another program's layout."""
    return serialize(with_counts(Catalog(catalog.header, catalog.units, catalog.obsolete, tail=catalog.tail)))


def defect_of_error(error: UnreadableError) -> Issue:
    """Return the error as a defect, with the remedy."""
    if isinstance(error, TornError):
        message = MESSAGES("torn", problem=Clause(error.problem), way_out=Clause(error.way_out))
        return defect("record.torn", message, line=error.line)
    message = MESSAGES("unreadable", problem=Clause(error.problem), path=quote(error.path))
    return defect("record.unreadable", message, line=error.line)


def merge_sides(project: Project, path: str) -> Sides | None:
    """Return the versions of a file in an unfinished git merge, or None if there is none."""
    found = git.stages(project.root, path)
    return Sides(found.get(1), found[2], found[3]) if 2 in found and 3 in found else None


def _evidence(
    project: Project, place: CatalogRef, catalog: Catalog, committed: CommittedVersions, now: str
) -> Evidence:
    """Return what the project and the git history know about a catalog."""
    blocks = () if place.folder == "articles" else current_blocks(project, place.slug, catalog)
    return Evidence(now, source_of(project, place), blocks, committed_catalogs(committed, place, catalog))


def current_blocks(project: Project, slug: str, catalog: Catalog) -> tuple[Block, ...]:
    """Return the blocks of the report that the catalog was last updated to.

    Empty if the catalog is not up to date, or if the report cannot be read.
    """
    if slug not in project.report_slugs() or catalog.header.get("X-Report-Digest") != digest(
        project.report_bytes(slug)
    ):
        return ()
    try:
        return tuple(block for block in project.report(slug)[0].blocks if block.text.strip())
    except TransflowError:
        return ()


def committed_catalogs(committed: CommittedVersions, place: CatalogRef, catalog: Catalog) -> Iterator[Catalog]:
    """Yield the committed versions of a catalog, newest first, across renames.

    Versions that cannot be read are skipped. Units that no version changed are the same objects.
    """
    reader = VersionReader(catalog)
    for text in committed.texts(place.path):
        try:
            yield reader.read(text)
        except UnreadableError:
            continue


def marked_reports(project: Project) -> Iterator[str]:
    """Yield the paths of reports with git conflict markers."""
    for slug in project.report_slugs():
        if _MARKER.search(project.report_bytes(slug)):
            yield report_path(slug)


def leftovers(project: Project) -> Iterator[Path]:
    """Yield temporary files that a crash left behind; not those of a live process."""
    top = (entry.name for entry in os.scandir(project.root) if entry.is_file(follow_symlinks=False))
    for names in (sorted(top), files.files_below(project.root, "sources"), files.files_below(project.root, "locales")):
        for name in names:
            match = _LEFTOVER.fullmatch(name.rpartition("/")[2])
            if match and not is_alive(int(match[1])):
                yield project.root / name


def _leftover(project: Project, path: Path, now: str, *, dry_run: bool) -> RepairResult:
    relative = path.relative_to(project.root).as_posix()
    fault = defect("record.leftover", MESSAGES("leftover"), MESSAGES("leftover/repair"))
    if dry_run:
        return RepairResult(relative, (fault,))
    backup = _back_up(project, relative, project.read(relative), now)
    files.remove(project.root, path)
    return RepairResult(relative, (fault,), backup)


def _write_repaired(
    project: Project, path: str, data: bytes, text: str, faults: tuple[Issue, ...], now: str, *, dry_run: bool
) -> RepairResult:
    new = text.encode("utf-8", "surrogateescape")
    if dry_run or not any(fault.repair for fault in faults) or new == data:
        return RepairResult(path, faults)
    backup = _back_up(project, path, data, now)
    project.write_file(path, new, data)
    return RepairResult(path, faults, backup)


def _back_up(project: Project, path: str, data: bytes, now: str) -> Path:
    """Copy the bytes of a file to the repair folder, without overwriting an earlier copy."""
    check_person(project)
    folder = cache_folder(project.root) / "repair" / re.sub(r"[-:]", "", now)
    number = 0
    while (backup := folder.with_name(f"{folder.name}{f'-{number}' if number else ''}") / path).exists():
        number += 1
    files.check_path(project.root, backup)
    ensure_folder(backup)
    files.write(project.root, backup, data, mode=0o600)
    return backup
