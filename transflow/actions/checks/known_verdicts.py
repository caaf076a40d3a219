"""Verdicts on whole catalogs, known from an earlier run.

Invariant: a known verdict is what the gate would say now. Its key covers the files that were read,
the versions in git's history, settings, program and thresholds; and it has no time later than the
run, whose passing could change it.
"""

from __future__ import annotations

import os
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from transflow.actions.checks.cached import issues_as_json, issues_from_json
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.checks.verdict_keys import key_of, program_key
from transflow.errors import TransflowError
from transflow.model.issue import Issue
from transflow.project import CatalogRef, Project, git
from transflow.project.git_command import GitError, UntrustedRepositoryError
from transflow.project.git_history import CommittedVersions
from transflow.project.places import glossary_path, report_path, words_path


class CatalogVerdict(NamedTuple):
    """Result for one catalog."""

    issues: tuple[Issue, ...]
    in_scope: tuple[str, ...] = ()
    """Its path if its texts were judged too."""
    unreadable: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    """Reports of a story that goes out."""
    sources: tuple[str, ...] = ()
    """All reports that a story refers to."""
    written: tuple[str, ...] = ()
    """Digests of the sentences that people wrote; see `strays`."""
    limited: tuple[str, ...] = ()
    """Ids of the sentences that may not be used freely; see `limits`."""
    lasts: bool = False
    """True if time alone cannot change the verdict."""


class KnownVerdicts:
    """Verdicts on the catalogs of a locale that were found with the same thresholds."""

    def __init__(
        self, project: Project, now: str, rules: tuple[str, ...], committed: CommittedVersions, verdicts: VerdictCache
    ) -> None:
        self._project, self._now, self._committed, self._verdicts = project, now, committed, verdicts
        self._shared = key_of("catalog", program_key(), repr(project.settings), *rules)
        self._digests: dict[str, bytes] = {}

    def forget_files(self) -> None:
        """Read files again, to see whether one changed meanwhile."""
        self._digests.clear()

    def find(self, place: CatalogRef, *, whole: bool) -> tuple[CatalogVerdict | None, bytes]:
        """Return the verdict if it is known, and the key of the files of the catalog."""
        files = self.files_key(place, whole=whole)
        if not files:
            return None, b""
        sources = self._verdicts.get(key_of("sources", files), _names)
        if sources is None:
            return None, files
        key = self._key(place, files, sources)
        now_key = key_of(key, self._head)
        if found := self._verdicts.get(now_key, self._verdict):
            return found, files
        if found := self._verdicts.get(key_of(key, self._committed.key(place.path)), self._verdict):
            self._verdicts.put(now_key, self._as_json(found))
        return found, files

    def add(self, place: CatalogRef, files: bytes, verdict: CatalogVerdict, *, whole: bool) -> None:
        """Add a verdict, found when the files had a key."""
        if not verdict.lasts or not files or self.files_key(place, whole=whole) != files:
            return
        self._verdicts.put(key_of("sources", files), list(verdict.sources))
        key = self._key(place, files, verdict.sources)
        for version in (self._head, self._committed.key(place.path)):
            self._verdicts.put(key_of(key, version), self._as_json(verdict))

    def files_key(self, place: CatalogRef, *, whole: bool) -> bytes:
        """Return the key of what the catalog itself has; empty if it cannot be told."""
        own = self._digest(place.path)
        state = self._state(place.path)
        if not own or not state or not self._is_history_readable:
            return b""
        report = self._digest(report_path(place.slug)) if place.folder == "reports" else b""
        lists = (glossary_path(place.locale), words_path(place.locale))
        others = map(self._digest, (*lists, place.signatures_path))
        return key_of(self._shared, place.path, str(whole), own, report, *others, state)

    def _key(self, place: CatalogRef, files: bytes, sources: tuple[str, ...]) -> bytes:
        """Return the key of the files of a catalog, and of the reports that a story refers to."""
        paths = [
            path for slug in sources for path in (CatalogRef(place.locale, "reports", slug).path, report_path(slug))
        ]
        return key_of(files, *map(self._digest, paths))

    def _digest(self, path: str) -> bytes:
        """Return the digest of a file; empty for a missing one, and never the same for one that
        cannot be read.
        """
        if path not in self._digests:
            try:
                self._digests[path] = sha256(self._project.read(path)).digest() if self._project.has(path) else b""
            except TransflowError:
                self._digests[path] = os.urandom(32)
        return self._digests[path]

    def _state(self, path: str) -> str:
        """Return what of git's index the verdict depends on; empty while git is running."""
        tracked = self._project.local_git.tracked_files()
        if path not in tracked:
            return "untracked"
        try:
            data = self._project.read(path)
        except TransflowError:
            return ""
        if git.has_blob_id(self._blobs.get(path, ""), data):
            return "committed"
        stamp = self._project.local_git.index_stamp()
        return f"{tracked[path]} {stamp}" if stamp else ""

    @cached_property
    def _blobs(self) -> dict[str, str]:
        return git.committed_blobs(self._project.root, "locales")

    @cached_property
    def _is_history_readable(self) -> bool:
        """False if git refuses the repository: nothing is known of it then, and verdicts that need
        it say so.
        """
        try:
            return bool(self._head)
        except (UntrustedRepositoryError, GitError):
            return False

    @cached_property
    def _head(self) -> str:
        return git.commit_id(self._project.root, "HEAD") or "none"

    def _as_json(self, verdict: CatalogVerdict) -> list[Any]:
        issues = issues_as_json(verdict.issues)
        names = (verdict.in_scope, verdict.used, verdict.sources, verdict.written, verdict.limited)
        return [self._now, issues, *map(list, names)]

    def _verdict(self, value: Any) -> CatalogVerdict:
        """Return the verdict in a value. Raise ValueError if it was found at a later time."""
        found_at, issues, *names = value
        in_scope, used, sources, written, limited = map(_names, names)
        if not isinstance(found_at, str) or found_at > self._now:
            raise ValueError
        found = tuple(issues_from_json(issues))
        return CatalogVerdict(found, in_scope, (), used, sources, written, limited, lasts=True)


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError
    return tuple(value)
