"""Texts that went with a catalog, though another catalog has their sentences.

git may drop what was written in an old copy of a renamed catalog, when it merges the two: no
version of the new name ever had that text.

Invariant: a sentence that has a text, or a note that explains why it has none, is not reported.
What git's last commit has lost is computed once for that commit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from shlex import quote
from typing import Any, NamedTuple

from transflow.actions.checks.missing_texts import place_of, positions, unexplained, with_text
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.checks.verdict_keys import key_of, program_key
from transflow.errors import TransflowError, UnreadableError
from transflow.integrity.repair import SEVERITY
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.po.catalog import parse
from transflow.project import Project, git
from transflow.project.git_history import CommittedVersions

MESSAGES = Messages(
    __name__,
    {
        "lost": (
            "{n} text of {former}, which was deleted or renamed, is missing here{positions}: "
            "`git log -p --all -- {former}` shows it.",
            "{n} texts of {former}, which was deleted or renamed, are missing here{positions}: "
            "`git log -p --all -- {former}` shows them.",
        ),
    },
)
_ID = re.compile(r'^msgctxt "([^"\\]+)"$', re.MULTILINE)
_LAST_VERSIONS = 5
"""Number of the last versions of a deleted catalog that are read: earlier texts went before it."""


class _Loss(NamedTuple):
    path: str
    former: str
    """Path of the deleted catalog that has the texts."""
    ids: tuple[str, ...]


def issues(project: Project, locale: str, committed: CommittedVersions, known: VerdictCache) -> Iterator[Issue]:
    """Yield an issue for each catalog whose sentences had a text in a catalog that was deleted."""
    if not project.local_git.tracked_files() or not (head := git.commit_id(project.root, "HEAD")):
        return
    key = key_of("deleted catalogs", program_key(), locale, head)
    losses = known.get(key, _losses)
    if losses is None:
        losses = list(_committed_losses(project, locale, committed))
        known.put(key, losses)
    for loss in losses:
        place = place_of(loss.path)
        if place is None or not project.exists(place):
            continue
        try:
            catalog = project.load(place)
        except UnreadableError:  # reported by itself
            continue
        if lost := set(loss.ids) & unexplained(catalog):
            shown = positions(catalog, lost)
            message = MESSAGES("lost", n=len(lost), former=quote(loss.former), positions=shown)
            where = Location(loss.path, label=loss.path)
            yield Issue("record.lost", SEVERITY["record.lost"], message, location=where)


def _losses(value: Any) -> list[_Loss]:
    return [_Loss(path, former, tuple(ids)) for path, former, ids in value]


def _committed_losses(project: Project, locale: str, committed: CommittedVersions) -> Iterator[_Loss]:
    """Yield what the catalogs of the last commit lack of the catalogs that were deleted before."""
    blobs = git.committed_blobs(project.root, f"locales/{locale}")
    former: dict[str, str] = {}
    for path, texts in committed.deleted(f"locales/{locale}/", blobs, _LAST_VERSIONS):
        if place_of(path):
            former |= dict.fromkeys(_ids_with_text(texts), path)
    paths = [path for path in blobs if place_of(path)] if former else []
    for path, (_, text) in zip(paths, git.blob_texts(project.root, map(blobs.__getitem__, paths)), strict=True):
        if former.keys().isdisjoint(_ID.findall(text)):
            continue
        lost = former.keys() & unexplained(_parsed(text))
        lost -= _ids_with_text(committed.texts(path)) if lost else set()  # those have an issue of their own
        for name in sorted({former[each] for each in lost}):
            yield _Loss(path, name, tuple(sorted(each for each in lost if former[each] == name)))


def _ids_with_text(texts: Iterable[str]) -> set[str]:
    return {unit.id for text in texts for unit in with_text(_parsed(text))}


def _parsed(text: str) -> Catalog:
    try:
        return parse(text, "", torn_ok=True)
    except TransflowError:
        return Catalog()
