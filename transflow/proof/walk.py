"""The newest commit that brought each claim.

Invariant: a commit brings a claim if its catalogs hold it more often than those of each of its
parents, whatever the paths are. So a renamed file brings nothing, and a copy does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from transflow.project import git
from transflow.proof.claims import NO_CHUNKS, Chunks, Claim, claims_of_chunk, covered_by, header_claims, split
from transflow.proof.commits import CommitChanges, FileChange, changes, changes_by_parent

_COMMITS_AT_ONCE = 100
_BLOBS_KEPT = 400


class BroughtBy(NamedTuple):
    """The commit that brought a claim, and the digest of the texts that it covered there."""

    commit: str
    covered: str


class _Versions:
    """Committed versions of catalogs, of which the last ones are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chunks: dict[str, Chunks] = {}

    def load(self, files: Iterable[FileChange]) -> None:
        names = dict.fromkeys(blob for each in files for blob in (*each.old, each.new) if blob)
        missing = [name for name in names if name not in self._chunks]
        for name in list(self._chunks)[: max(0, len(self._chunks) + len(missing) - _BLOBS_KEPT)]:
            if name not in names:
                del self._chunks[name]
        for name, data in git.objects(self._folder, missing):
            self._chunks[name] = split(data.decode("utf-8", "surrogateescape"))

    def chunks(self, blob: str) -> Chunks:
        return self._chunks.get(blob, NO_CHUNKS)

    def text(self, blob: str) -> str:
        return "".join(data.decode("utf-8", "surrogateescape") for _, data in git.objects(self._folder, [blob]))


class Walk:
    """A walk through the history of the catalogs in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prefix = git.prefix(folder)
        self._versions = _Versions(folder)

    def origins(self, wanted: Collection[Claim], since: str, head: str = "HEAD") -> dict[Claim, BroughtBy]:
        """Return the newest commit after `since` that brought each claim, if there is one."""
        missing, found = set(wanted), dict[Claim, BroughtBy]()
        steps = changes(self._folder, since, head, "locales")
        while missing and (batch := list(islice(steps, _COMMITS_AT_ONCE))):
            self._versions.load(change for step in batch for change in step.files)
            for step in batch:
                for claim, covered in self._brought(step, missing).items():
                    found[claim] = BroughtBy(step.commit, covered)
                    missing.discard(claim)
        return found

    def held(self, files: Mapping[str, str]) -> dict[Claim, str]:
        """Return the claims of catalogs with the digests of what they cover.

        `files` is path -> blob; paths are relative to the project's folder.
        """
        present = tuple(FileChange(f"{self._prefix}{path}", ("",), blob) for path, blob in files.items())
        self._versions.load(present)
        return self._gained(present, 0)[1]

    def _brought(self, step: CommitChanges, wanted: Collection[Claim]) -> dict[Claim, str]:
        """Return the wanted claims that a commit brought, with the digests of what they cover."""
        is_merge = any(len(each.old) > 1 for each in step.files)
        counts = [self._gained(step.files, parent) for parent in range(len(step.files[0].old) if step.files else 0)]
        brought = _in_all(counts, wanted)
        if is_merge and brought:  # files that equal those of one parent are not among the changes
            per_parent = changes_by_parent(self._folder, step.commit, "locales")
            self._versions.load(change for files in per_parent for change in files)
            brought = _in_all([self._gained(files, 0) for files in per_parent], wanted)
        return brought

    def _gained(self, files: Sequence[FileChange], parent: int) -> tuple[Counter[Claim], dict[Claim, str]]:
        """Return by how much the claims became more since a parent, and what those here cover."""
        counts: Counter[Claim] = Counter()
        covered: dict[Claim, str] = {}
        for path, old, new in files:
            locale = self._locale(path)
            if not locale:
                continue
            before, after = self._versions.chunks(old[parent]), self._versions.chunks(new)
            for chunk in before.entries - after.entries:
                counts.subtract(claims_of_chunk(chunk, locale).keys())
            for chunk in after.entries - before.entries:
                counts.update(claims_of_chunk(chunk, locale).keys())
                covered |= claims_of_chunk(chunk, locale)
            if before.header != after.header:
                counts.subtract(header_claims(before.header, locale))
                for claim in header_claims(after.header, locale):
                    counts[claim] += 1
                    covered[claim] = covered_by(claim, self._versions.text(new)) if counts[claim] > 0 else ""
        return counts, covered

    def _locale(self, path: str) -> str:
        """Return the locale of a catalog by its path in the repository; empty for other files."""
        folder, _, rest = path.removeprefix(self._prefix).partition("/")
        is_catalog = path.startswith(self._prefix) and folder == "locales" and path.endswith(".po")
        return rest.partition("/")[0] if is_catalog else ""


def _in_all(counts: Sequence[tuple[Counter[Claim], dict[Claim, str]]], wanted: Collection[Claim]) -> dict[Claim, str]:
    """Return the claims that became more since every parent."""
    if not counts:
        return {}
    (first, covered), *others = counts
    return {
        claim: covered[claim]
        for claim, count in first.items()
        if count > 0 and claim in wanted and all(other[claim] > 0 for other, _ in others)
    }
