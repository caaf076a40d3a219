"""Signature files of a commit, and the claims that their good signatures prove or take back.

Invariant: the newest act counts. A line counts only if a key of the person who is named in it made
its signature; what only the catalog says is no act here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from transflow.project import git, git_objects
from transflow.project.git_history import FileChange
from transflow.project.places import SIGNATURES
from transflow.proof.claims import Claim
from transflow.proof.commits import changes
from transflow.proof.signature_lines import Item, SignatureLine, item_of, known_lines, proves, revokes
from transflow.proof.signatures import Verifier
from transflow.proof.signing import NAMESPACE
from transflow.proof.trust import History

SUFFIX = ".sigs"


class Word(Enum):
    """Statement of signature files about a claim."""

    NOTHING = "nothing"
    SIGNED = "signed"
    REVOKED = "revoked"


class _Place(NamedTuple):
    """A line, where it stands, and in which file."""

    path: str
    number: int
    line: SignatureLine


class SignatureFiles:
    """The signature files of a commit."""

    def __init__(self, folder: Path, history: History, root: str, commit: str, verifier: Verifier) -> None:
        """Read the files of a commit, whose history after a root says what was in them before."""
        self._folder, self._history, self._root, self._commit = folder, history, root, commit
        self._verifier = verifier

    @cached_property
    def _lines(self) -> dict[tuple[str, Item], list[_Place]]:
        """Return (locale, item) -> lines with it, without those in another locale's folder."""
        files = git.committed_blobs(self._folder, "locales", self._commit)
        paths = [path for path in files if _is_signature_file(path)]
        found: dict[tuple[str, Item], list[_Place]] = {}
        for path, (_, data) in zip(
            paths, git_objects.objects(self._folder, (files[each] for each in paths)), strict=True
        ):
            for number, line in enumerate(known_lines(_decoded(data))):
                for item in line.items if line.locale == path.split("/")[1] else ():
                    found.setdefault((line.locale, item), []).append(_Place(path, number, line))
        return found

    def word(self, claim: Claim, covered: str, keys: Iterable[str], *, is_proved: bool) -> Word:
        """Return what the files say about a claim, given the keys of the person who made it.

        No approval is verified for a claim that a commit has proved, unless it was taken back. A
        revocation that was removed takes back what only a signature would prove.
        """
        item = item_of(claim, covered)
        places = self._lines.get((claim.locale, item), [])
        revocations = [each for each in places if revokes(each.line, claim, item) and self._is_known(each.line)]
        if is_proved and not revocations:
            return Word.NOTHING
        approvals = [each for each in places if proves(each.line, claim, item)]
        own = frozenset(keys)
        if not any(self._is_good(each.line, own) for each in approvals if not _is_revoked(each, revocations)):
            return Word.REVOKED if revocations else Word.NOTHING
        removed = self._removed_revocations.get((claim.locale, item), ())
        is_taken_back = any(revokes(line, claim, item) and self._is_known(line) for line in removed)
        return Word.REVOKED if is_taken_back else Word.SIGNED

    @cached_property
    def _removed_revocations(self) -> dict[tuple[str, Item], list[SignatureLine]]:
        """Return (locale, item) -> revocations that a file had once, and no file has now.

        A colleague may have deleted one, to bring the approval back in another commit.
        """
        present = {each.line for places in self._lines.values() for each in places}
        found: dict[tuple[str, Item], list[SignatureLine]] = {}
        for line in {line for text in self._added_texts() for line in known_lines(text) if line.verb == "revoke"}:
            for item in line.items if line not in present else ():
                found.setdefault((line.locale, item), []).append(line)
        return found

    def _added_texts(self) -> Iterator[str]:
        """Yield what was added to signature files: those of the root, then by later commits."""
        with git_objects.object_reader(self._folder) as reader:
            files = git.committed_blobs(self._folder, "locales", self._root)
            blobs = (blob for path, blob in files.items() if _is_signature_file(path))
            yield from (_decoded(data) for _, data in reader.read(blobs))
            for step in changes(self._folder, self._root, self._commit, "locales"):
                for change in step.files if any(each.path.endswith(SUFFIX) for each in step.files) else ():
                    if change.path.endswith(SUFFIX) and change.new:
                        yield _added(dict(reader.read([change.new, *filter(None, change.old)])), change)

    def verify_ahead(self, claims: Iterable[tuple[Claim, str, tuple[str, ...]]]) -> None:
        """Verify the approvals of claims, given with what they cover and the keys of their people.

        On all processors, for signatures that a program verifies.
        """
        wanted = {
            (place.line, frozenset(keys))
            for claim, covered, keys in claims
            for item in [item_of(claim, covered)]
            for place in self._lines.get((claim.locale, item), [])
            if proves(place.line, claim, item)
        }
        self._verifier.verify_ahead((line.armored, line.payload, keys, NAMESPACE) for line, keys in wanted)

    def _is_known(self, line: SignatureLine) -> bool:
        """Return whether any key that ever counted for the person made a signature.

        A revocation stays one when its key is replaced later.
        """
        return self._is_good(line, self._history.keys_ever(line.who))

    def _is_good(self, line: SignatureLine, keys: frozenset[str]) -> bool:
        return self._verifier.is_signed_by(line.armored, line.payload, keys, NAMESPACE)


def _added(blobs: Mapping[str, bytes], change: FileChange) -> str:
    """Return the text that a change appended to a file, or all of it if it did something else."""
    new = blobs[change.new]
    before = (blobs[old] for old in change.old if old and new.startswith(blobs[old]))
    return _decoded(new[max(map(len, before), default=0) :])


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_signature_file(path: str) -> bool:
    parts = path.split("/")
    return len(parts) > 3 and parts[2] == SIGNATURES and path.endswith(SUFFIX)


def _is_revoked(place: _Place, revocations: Iterable[_Place]) -> bool:
    """Return whether a later line takes it back: of two lines of one second, the lower one."""
    return any(
        each.line.time > place.line.time or each.path != place.path or each.number > place.number
        for each in revocations
    )
