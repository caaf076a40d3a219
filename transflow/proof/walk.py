"""The newest commit that brought each claim.

Invariant: a commit brings a claim if its catalogs hold it more often than those of each of its
parents, whatever the paths are. So a renamed file brings nothing, and a copy does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from transflow.project import git
from transflow.project.git_history import CommitChanges, FileChange
from transflow.project.git_objects import ObjectReader, object_reader
from transflow.proof.claims import ChunkClaims, Claim, claims_of_chunk, covered_by, differing_chunks, header_claims
from transflow.proof.commits import changes, changes_by_parent

_COMMITS_AT_ONCE = 100
_BLOBS_KEPT = 400


KnownClaims = Mapping[tuple[str, str], ChunkClaims]
"""Claims by locale and chunk."""
NOTHING_KNOWN: KnownClaims = MappingProxyType({})


class BroughtBy(NamedTuple):
    """The commit that brought a claim, and the digest of the texts that it covered there."""

    commit: str
    covered: str


class Origins(NamedTuple):
    """The newest commits that brought claims, and those after them that took claims out."""

    found: dict[Claim, BroughtBy]
    taken_out: dict[Claim, list[str]]
    """Commits of any branch. A claim that is there all the same came back with a merge if the one
    that took it out follows the one that brought it.
    """


class BlobVersions:
    """Committed versions of catalogs, of which the last ones are kept."""

    def __init__(self, reader: ObjectReader) -> None:
        self._reader = reader
        self._data: dict[str, bytes] = {}

    def load(self, files: Iterable[FileChange]) -> None:
        names = dict.fromkeys(blob for each in files for blob in (*each.old, each.new) if blob)
        missing = [name for name in names if name not in self._data]
        for name in list(self._data)[: max(0, len(self._data) + len(missing) - _BLOBS_KEPT)]:
            if name not in names:
                del self._data[name]
        self._data.update(self._reader.read(missing))

    def data(self, blob: str) -> bytes:
        return self._data.get(blob, b"")

    def text(self, blob: str) -> str:
        return self.data(blob).decode("utf-8", "surrogateescape")


class Walk:
    """A walk through the history of the catalogs in a folder."""

    def __init__(
        self,
        folder: Path,
        known: KnownClaims = NOTHING_KNOWN,
        read: Callable[[str, str], ChunkClaims] = claims_of_chunk,
    ) -> None:
        """Take claims that the caller knows already: most chunks are those of today.

        `read` returns the claims of a chunk in a locale.
        """
        self._folder, self._known, self._read = folder, known, read
        self._prefix = git.prefix(folder)

    def origins(self, wanted: Collection[Claim], since: str, head: str = "HEAD") -> Origins:
        """Return the newest commit after `since` that brought each claim, if there is one."""
        missing, origins = set(wanted), Origins({}, {})
        for claim, origin in self.bringing(missing, since, head, origins.taken_out):
            origins.found[claim] = origin
            missing.discard(claim)
        return origins

    def bringing(
        self, wanted: set[Claim], since: str, head: str = "HEAD", taken_out: dict[Claim, list[str]] | None = None
    ) -> Iterator[tuple[Claim, BroughtBy]]:
        """Yield each claim with every commit after `since` that brought it, newest first.

        The caller takes a claim out of `wanted` to be told no more of it; none left ends the walk.
        Until then, the commits that took it out are added to `taken_out`.
        """
        for step, versions in self.steps(since, head) if wanted else ():
            brought, lost = self._brought(step, versions, wanted)
            if taken_out is not None:
                for claim in lost:
                    taken_out.setdefault(claim, []).append(step.commit)
            for claim, covered in brought.items():
                yield claim, BroughtBy(step.commit, covered)
            if not wanted:
                break

    def steps(self, since: str, head: str) -> Iterator[tuple[CommitChanges, BlobVersions]]:
        """Yield the commits after `since` that change catalogs, with the versions of these.

        All commits with an empty `since`. Newest first.
        """
        steps = filter(None, map(self._of_catalogs, changes(self._folder, since, head)))
        with object_reader(self._folder) as reader:
            versions = BlobVersions(reader)
            while batch := list(islice(steps, _COMMITS_AT_ONCE)):
                versions.load(change for step in batch for change in step.files)
                for step in batch:
                    yield step, versions

    def _of_catalogs(self, step: CommitChanges) -> CommitChanges | None:
        """Return the changes of catalogs in a commit; None if it has none.

        git takes twice as long to leave the other commits out.
        """
        files = tuple(each for each in step.files if self.locale(each.path))
        return step._replace(files=files) if files else None

    def held(self, files: Mapping[str, str]) -> dict[Claim, str]:
        """Return the claims of catalogs with the digests of what they cover.

        `files` is path -> blob; paths are relative to the project's folder.
        """
        every = (FileChange(f"{self._prefix}{path}", ("",), blob) for path, blob in files.items())
        present = tuple(each for each in every if self.locale(each.path))
        with object_reader(self._folder) as reader:
            versions = BlobVersions(reader)
            versions.load(present)
            return self._gained(present, versions, 0)[1]

    def _brought(
        self, step: CommitChanges, versions: BlobVersions, wanted: Collection[Claim]
    ) -> tuple[dict[Claim, str], list[Claim]]:
        """Return the wanted claims that a commit brought, with the digests of what they cover, and
        those that it took out.
        """
        is_merge = any(len(each.old) > 1 for each in step.files)
        parents = len(step.files[0].old)
        counts = [self._gained(step.files, versions, parent) for parent in range(parents)]
        brought = _in_all(counts, wanted)
        lost = [claim for claim in counts[0][0] if claim in wanted and all(each[claim] < 0 for each, _ in counts)]
        if is_merge and brought:  # files that equal those of one parent are not among the changes
            per_parent = changes_by_parent(self._folder, step.commit, "locales")
            versions.load(change for files in per_parent for change in files)
            brought = _in_all([self._gained(files, versions, 0) for files in per_parent], wanted)
        return brought, lost

    def _gained(
        self, files: Sequence[FileChange], versions: BlobVersions, parent: int
    ) -> tuple[Counter[Claim], dict[Claim, str]]:
        """Return by how much the claims became more since a parent, and what those here cover."""
        counts: Counter[Claim] = Counter()
        covered: dict[Claim, str] = {}
        for path, old, new in files:
            locale = self.locale(path)
            if not locale:
                continue
            before, after = differing_chunks(versions.data(old[parent]), versions.data(new))
            gone, come = Counter(before.entries), Counter(after.entries)
            for chunk in (gone - come).elements():
                counts.subtract(self._claims(chunk, locale).keys())
            for chunk in (come - gone).elements():
                counts.update(self._claims(chunk, locale).keys())
                covered |= self._claims(chunk, locale)
            if before.header != after.header:
                counts.subtract(header_claims(before.header, locale))
                for claim in header_claims(after.header, locale):
                    counts[claim] += 1
                    covered[claim] = covered_by(claim, versions.text(new)) if counts[claim] > 0 else ""
        return counts, covered

    def _claims(self, chunk: str, locale: str) -> ChunkClaims:
        known = self._known.get((locale, chunk))
        return self._read(chunk, locale) if known is None else known

    def project_path(self, path: str) -> str:
        """Return a path in the repository as one in the project."""
        return path.removeprefix(self._prefix)

    def locale(self, path: str) -> str:
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
