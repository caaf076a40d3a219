"""The git merge driver, and its installation in a clone.

Invariant: the driver either replaces our side with a whole, valid catalog, or leaves it unchanged;
a file that it cannot read goes to git's text merge, which loses nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial, reduce
from pathlib import Path
from typing import NamedTuple

from transflow.attribution.tallies import ready_to_write
from transflow.errors import UnreadableError, UsageError
from transflow.integrity.repair import read_damaged, read_damaged_glossary
from transflow.merge import ancestry, merge
from transflow.merge.glossary import merge_glossary
from transflow.messages import CommandRef, Joined, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.references import reference
from transflow.po.catalog import serialize
from transflow.project import Project, files, git
from transflow.project.merge_driver import DRIVER, driver_command
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "missing": "the file is not there{more}.",
        "missing/one": "the file is not there.",
        "missing/more": ", and neither is {path} ({side})",
        "missing/way-out": "Take it back from git, or name another.",
        "defect": "{path} ({side}): {fault}.",
        "defect/repaired": "{path} ({side}): {fault}: {repair}.",
        "conflict": "{path}: {ref}: {why}",
        "conflict/decide": "{path}: {ref}: {why} Decide with {command}.",
        "kept": (
            "{path}: {n} text that is gone on one side is kept{positions}: nothing says that anybody removed it.",
            "{path}: {n} texts that are gone on one side are kept{positions}: nothing says that anybody removed them.",
        ),
        "glossary": "{path}: {problem}",
        "no-git": "{folder} is in no work tree of git: `git init` there, then {command}.",
        "configured": "{key} is set in this clone.",
        "and": "{first} and {second}",
        "attributes": ".gitattributes says {lines} now: commit it, for everybody.",
    },
)

NAME = "merge.transflow.name"
ATTRIBUTES = {
    "locales/**/*.po": "merge=transflow text eol=lf",
    "sources/**/*.md": "text eol=lf",
    "locales/**/*.sigs": "merge=union text eol=lf",
    "locales/*/words.txt": "merge=union text eol=lf",
}
"""Lines of .gitattributes: pattern -> attributes."""
_SAMPLES = {
    "locales/**/*.po": ("locales/en/reports/report.po", "locales/en/articles/2024/story.po", "locales/en/glossary.po"),
    "sources/**/*.md": ("sources/report.md", "sources/2024/report.md"),
    "locales/**/*.sigs": ("locales/en/approvals/report.sigs", "locales/en/approvals/2024/story.sigs"),
    "locales/*/words.txt": ("locales/en/words.txt",),
}
_GLOSSARY = re.compile(r"(?:^|/)locales/[^/]+/glossary\.po")
_UNITS_FIELD = re.compile(rb'^(?:msgstr )?"(?:[^"\n]*\\n)?X-(?:Report|Article):', re.IGNORECASE | re.MULTILINE)
"""A header field that only catalogs with units have."""


class MergeResult(NamedTuple):
    """Messages of a merge, and whether there are conflicts to resolve."""

    lines: tuple[str, ...]
    conflict: bool


def is_ancestor(environment: Mapping[str, str]) -> bool:
    """Return whether the base of a merge is a version that both sides were made from.

    `environment` is that of the driver. `git merge` names in it what is merged; whatever else runs
    the driver applies the changes of one commit to another: a cherry-pick, rebase, revert or stash.
    """
    is_run_by_git = "GIT_EXEC_PATH" in environment
    return not is_run_by_git or any(name.startswith("GITHEAD_") for name in environment)


def merge_files(base: Path, ours: Path, theirs: Path, path: str, *, is_ancestor: bool = True) -> MergeResult:
    """Merge three versions of the project's file `path`, and write the result to `ours`.

    `is_ancestor` says whether both sides were made from the base: see `merge`.

    Raise UnreadableError if a side is not a catalog; `ours` is unchanged then. A base that is
    missing, empty or unreadable counts as no base: this causes more conflicts, but loses nothing.
    """
    name = path or ours.name
    _check_present({"base": base, "ours": ours, "theirs": theirs})
    versions = [files.read(each, f"{name} ({side})") for each, side in ((ours, "ours"), (theirs, "theirs"))]
    old = files.read(base, f"{name} (base)") if base.is_file() else b""
    merge_texts = (
        _merged_glossaries if _is_glossary(path, old, *versions) else partial(_merged_catalogs, is_ancestor=is_ancestor)
    )
    text, lines, conflict = merge_texts(old, versions[0], versions[1], name)
    files.write(ours.resolve().parent, ours.resolve(), text.encode("utf-8"))
    return MergeResult(tuple(lines), conflict)


def _check_present(versions: Mapping[str, Path]) -> None:
    """Raise UnreadableError, which names every missing version, unless only the base is missing."""
    missing = {side: path for side, path in versions.items() if not path.exists()}
    if missing.keys() - {"base"}:
        side, path = next(iter(missing.items()))
        more = [MESSAGES("missing/more", path=str(each), side=key) for key, each in list(missing.items())[1:]]
        problem = MESSAGES("missing", more=Joined(tuple(more), "")) if more else MESSAGES("missing/one")
        shown = f"{path} ({side})"
        raise UnreadableError(shown, 0, problem, MESSAGES("missing/way-out"))


def _is_glossary(path: str, *versions: bytes) -> bool:
    """Return whether a file is merged as a glossary, by entries without ids.

    Decided by the whole path if git passes it, because a slug may end in "glossary" too; and never
    for a file in which any side has units, whatever its name is.
    """
    is_named = not path or _GLOSSARY.search(path.removesuffix("\n")) is not None
    return is_named and not any(_UNITS_FIELD.search(_header(data)) for data in versions)


def _header(data: bytes) -> bytes:
    """Return the beginning of a PO file up to its second entry."""
    second = data.find(b"\nmsgid ", data.find(b"msgid ") + 1)
    return data if second < 0 else data[:second]


def _merged_catalogs(
    base: bytes, ours: bytes, theirs: bytes, path: str, *, is_ancestor: bool
) -> tuple[str, list[Message], bool]:
    sides, lines, has_unrepaired = [], list[Message](), False
    for data, side in ((ours, "ours"), (theirs, "theirs")):
        catalog, faults = read_damaged(data, f"{path} ({side})")
        sides.append(catalog)
        for fault in faults:
            key = "defect/repaired" if fault.repair else "defect"
            lines.append(MESSAGES(key, path=path, side=side, fault=fault.message, repair=fault.repair))
        has_unrepaired = has_unrepaired or any(not fault.repair for fault in faults)
    merged, issues = merge(_base(base, path), *sides, is_ancestor=is_ancestor)
    lines += _messages(issues, merged, path)
    # Without `origin` every entry is rewritten: this ends other programs' line wrapping, which
    # makes git merge wrongly.
    text = serialize(ready_to_write(Catalog(merged.header, merged.units, merged.obsolete, tail=merged.tail)))
    return text, lines, has_unrepaired or any(issue.severity == "error" for issue in issues)


def _base(data: bytes, path: str) -> Catalog | None:
    try:
        return read_damaged(data, path, torn_ok=True)[0] if data else None
    except UnreadableError:
        return None


def _messages(issues: Iterable[Issue], catalog: Catalog, path: str) -> Iterator[Message]:
    """Yield the messages of issues; one for all texts that one side had lost."""
    kept = []
    for issue in issues:
        assert isinstance(issue.message, Message)  # `merge` makes no other
        if ancestry.is_kept(issue):
            kept.append(str(issue.message.values["unit"]))
        else:
            yield _message(issue, catalog, path)
    if kept:
        numbers = [number for number, unit in enumerate(catalog.units, 1) if unit.id in kept]
        positions = f" (#{format_positions(numbers)})" if numbers else ""
        yield MESSAGES("kept", n=len(kept), path=path, positions=positions)


def _message(issue: Issue, catalog: Catalog, path: str) -> Message:
    """Return the message of an issue with the reference of its unit as people type it."""
    assert isinstance(issue.message, Message)  # `merge` makes no other
    unit_id, why = issue.message.values["unit"], issue.message.values["why"]
    number = next((i for i, unit in enumerate(catalog.units, 1) if unit.id == unit_id), 0)
    slug = catalog.header.get("X-Report") or catalog.header.get("X-Article")
    ref = reference(slug, number or unit_id, catalog.header.get("Language"))
    key = "conflict/decide" if issue.severity == "error" and number else "conflict"
    return MESSAGES(key, path=path, ref=ref, why=why, command=CommandRef(f"unit resolve {ref}"))


def _merged_glossaries(base: bytes, ours: bytes, theirs: bytes, path: str) -> tuple[str, list[Message], bool]:
    first, second = (
        read_damaged_glossary(data, f"{path} ({side})")[0] for data, side in ((ours, "ours"), (theirs, "theirs"))
    )
    try:
        old = read_damaged_glossary(base, path)[0] if base else None
        text, issues = merge_glossary(old, first, second, path)
    except UnreadableError:
        text, issues = merge_glossary(None, first, second, path)
    return text, [MESSAGES("glossary", path=path, problem=issue.message) for issue in issues], bool(issues)


# Installation


def is_installed(folder: Path) -> bool:
    return bool(git.config(folder, DRIVER))


def is_shared(project: Project) -> bool:
    """Return whether the project is in a git work tree."""
    return git.is_inside(project.root)


def set_up(project: Project) -> Iterator[Message]:
    """Install the driver in the project's clone, and yield a message for each change.

    Running it again changes nothing. Raise UsageError outside git, GitError, and RefusedError.
    """
    root = project.root
    if not is_shared(project):
        raise UsageError(MESSAGES("no-git", folder=str(root), command=CommandRef("git setup")))
    wanted_config = {NAME: "transflow: sentence by sentence", DRIVER: driver_command(sys.executable)}
    for key, value in wanted_config.items():
        if git.config(root, key) != value:
            git.set_config(root, key, value)
            yield MESSAGES("configured", key=key)
    path = root / ".gitattributes"
    before = project.read(path.name).decode("utf-8", "surrogateescape") if project.has(path.name) else ""
    text, lines = before, []
    for pattern in _patterns_without_effect(root):
        lines.append(f"{pattern} {ATTRIBUTES[pattern]}")
        text = _with_line(text, pattern, lines[-1])
    if lines:
        files.write(root, path, text.encode("utf-8", "surrogateescape"))
        quoted: list[str] = [f"“{line}”" for line in lines]
        yield MESSAGES(
            "attributes", lines=reduce(lambda first, second: MESSAGES("and", first=first, second=second), quoted)
        )


def _patterns_without_effect(root: Path) -> Iterator[str]:
    """Yield the patterns whose files do not get our attributes from any .gitattributes."""
    samples = [sample for each in _SAMPLES.values() for sample in each]
    actual = git.attributes(root, ("merge", "text", "eol"), samples)
    for pattern, attributes in ATTRIBUTES.items():
        required = [each.split("=") for each in attributes.split() if "=" in each]
        for sample in _SAMPLES[pattern]:
            # eol=lf implies text, unless the attribute is explicitly unset.
            is_text = actual.get((sample, "text")) != "unset"
            if not is_text or any(actual.get((sample, name)) != value for name, value in required):
                yield pattern
                break


def _with_line(text: str, pattern: str, line: str) -> str:
    """Return the text of .gitattributes with the line at its end, where it takes precedence.

    An earlier line of transflow for the same pattern is removed.
    """
    own_attributes = ATTRIBUTES[pattern].split()
    kept = [
        each
        for each in (text.removesuffix("\n").split("\n") if text else ())
        if not (each.split()[:1] == [pattern] and set(each.split()[1:]).issubset(own_attributes))
    ]
    return "\n".join((*kept, line, ""))
