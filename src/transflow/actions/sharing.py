"""Sharing through git: the merge driver, and what installs it in a clone.

Invariant: the driver either writes a whole, valid catalog over our side, or leaves that side as it was; what it cannot
read goes to git's own text merge, which loses nothing.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from transflow import git
from transflow.errors import UnreadableError, UsageError
from transflow.mend import readable, readable_glossary
from transflow.merge import merge
from transflow.merge.glossary import merge_glossary
from transflow.model import Catalog, Issue
from transflow.po.catalog import serialize
from transflow.project import Project, files

DRIVER = "merge.transflow.driver"
NAME = "merge.transflow.name"
PATTERN = "locales/**/*.po merge=transflow text eol=lf"
"""The line of .gitattributes."""
_SAMPLES = ("locales/en/reports/report.po", "locales/en/articles/2024/story.po", "locales/en/glossary.po")


class Merged(NamedTuple):
    """What the driver did: lines for people, and whether something waits for their decision."""

    lines: tuple[str, ...]
    conflict: bool


def merge_files(base: Path, ours: Path, theirs: Path, path: str) -> Merged:
    """Merges three versions of the file that is `path` in the project, and writes the result over `ours`.

    Raises UnreadableError where a side is no catalog; then `ours` is as it was. A base that is missing, empty or
    unreadable counts as none: more becomes a conflict then, and nothing is lost.
    """
    shown = path or ours.name
    versions = [files.read(each, f"{shown} ({side})") for each, side in ((ours, "ours"), (theirs, "theirs"))]
    old = base.read_bytes() if base.is_file() else b""
    is_glossary = path.endswith("glossary.po") if path else b"X-Report" not in versions[0] + versions[1]
    how = _merged_glossaries if is_glossary else _merged_catalogs
    text, lines, conflict = how(old, versions[0], versions[1], shown)
    files.write(ours.resolve().parent, ours.resolve(), text.encode("utf-8"))
    return Merged(tuple(lines), conflict)


def _merged_catalogs(base: bytes, ours: bytes, theirs: bytes, path: str) -> tuple[str, list[str], bool]:
    sides, lines, left = [], [], False
    for data, side in ((ours, "ours"), (theirs, "theirs")):
        catalog, faults = readable(data, f"{path} ({side})")
        sides.append(catalog)
        lines += [f"{path} ({side}): {fault.what}{': ' + fault.done if fault.done else ''}." for fault in faults]
        left = left or any(not fault.done for fault in faults)
    merged, issues = merge(_base(base, path), *sides)
    lines += [_told(issue, merged, path) for issue in issues]
    # Without `origin` every entry is written anew: foreign wrapping, which makes git merge wrongly, ends here.
    text = serialize(Catalog(merged.header, merged.units, merged.obsolete, tail=merged.tail))
    return text, lines, left or any(issue.severity == "error" for issue in issues)


def _base(data: bytes, path: str) -> Catalog | None:
    try:
        return readable(data, path)[0] if data else None
    except UnreadableError:
        return None


def _told(issue: Issue, catalog: Catalog, path: str) -> str:
    """An issue with the place of its unit, as people type it."""
    unit_id, _, rest = issue.message.partition(": ")
    number = next((i for i, unit in enumerate(catalog.units, 1) if unit.id == unit_id), 0)
    slug = catalog.header.get("X-Report") or catalog.header.get("X-Article")
    way_out = f" Decide with `transflow unit resolve {slug}#{number}`." if issue.severity == "error" and number else ""
    return f"{path}: {slug}#{number or unit_id}: {rest}{way_out}"


def _merged_glossaries(base: bytes, ours: bytes, theirs: bytes, path: str) -> tuple[str, list[str], bool]:
    first, second = (
        readable_glossary(data, f"{path} ({side})")[0] for data, side in ((ours, "ours"), (theirs, "theirs"))
    )
    try:
        old = readable_glossary(base, path)[0] if base else None
        text, issues = merge_glossary(old, first, second, path)
    except UnreadableError:
        text, issues = merge_glossary(None, first, second, path)
    return text, [f"{path}: {issue.message}" for issue in issues], bool(issues)


# Installing


def driver_command(python: str) -> str:
    """The command that git runs for a catalog, as a line of shell.

    The interpreter stands in it with its full path: hooks, editors and other programs that start git have no virtual
    environment on their PATH, and the configuration of a clone, where the line goes, is this machine's alone. When that
    environment is gone, `transflow` on the PATH is asked. When neither is there, or anything but 0 (merged) and 1 (merged,
    with conflicts to decide) comes back, git's own text merge writes conflict markers: git itself would take whatever is in
    the file for the result, and that is our side alone. -P keeps a folder "transflow" in the project from being imported.
    """
    quoted = shlex.quote(python).replace("%", "%%")
    arguments = "merge %O %A %B --path %P"
    return (
        f"if {quoted} -Pc 'import transflow' 2>/dev/null; then {quoted} -Pm transflow {arguments}; s=$?; "
        f"elif command -v transflow >/dev/null; then transflow {arguments}; s=$?; "
        "else echo 'transflow is gone from this machine: run `transflow git setup` again.' >&2; s=3; fi; "
        "if [ $s -gt 1 ]; then git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; s=1; fi; exit $s"
    )


def is_installed(folder: Path) -> bool:
    return bool(git.config(folder, DRIVER))


def is_shared(project: Project) -> bool:
    """Whether the project is in a work tree of git."""
    return git.is_inside(project.root)


def set_up(project: Project) -> Iterator[str]:
    """Installs the driver in the clone that the project is in, and yields what was done. Twice changes nothing.

    Raises UsageError outside git, GitError, RefusedError.
    """
    root = project.root
    if not is_shared(project):
        raise UsageError(f"{root} is in no work tree of git: `git init` there, then `transflow git setup`.")
    wanted = {NAME: "transflow: sentence by sentence", DRIVER: driver_command(sys.executable)}
    for key, value in wanted.items():
        if git.config(root, key) != value:
            git.set_config(root, key, value)
            yield f"{key} is set in this clone."
    if any(git.attribute(root, "merge", path) != "transflow" for path in _SAMPLES):
        path = root / ".gitattributes"
        text = files.read(path, path.name).decode("utf-8", "surrogateescape") if path.exists() else ""
        files.write(root, path, _with_line(text, PATTERN).encode("utf-8", "surrogateescape"))
        yield f".gitattributes says “{PATTERN}” now: commit it, for everybody."


def _with_line(text: str, line: str) -> str:
    return "".join(_ended((text, line)))


def _ended(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if text:
            yield text if text.endswith("\n") else text + "\n"
