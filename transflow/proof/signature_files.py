"""Signature files of a commit, and the claims that their good signatures prove or take back.

Invariant: the newest act counts. A line counts only if a key of the person who is named in it made
its signature; what only the catalog says is no act here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from transflow.project import git, git_objects
from transflow.project.places import SIGNATURES
from transflow.proof.claims import Claim
from transflow.proof.commits import changes_by_parent
from transflow.proof.signature_lines import Item, SignatureLine, item_of, known_lines, proves, revokes
from transflow.proof.signatures import is_signed_by
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

    def __init__(self, folder: Path, history: History, commit: str) -> None:
        self._folder, self._history, self._commit = folder, history, commit
        self._removed_by: dict[str, frozenset[SignatureLine]] = {}
        self._verified: dict[tuple[SignatureLine, frozenset[str]], bool] = {}

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

    def word(self, claim: Claim, covered: str, keys: Iterable[str], origin: str, *, is_proved: bool) -> Word:
        """Return what the files say about a claim, given the keys of the person who made it.

        `origin` is the commit that brought it. No approval is verified for a claim that a commit
        has proved, unless it was taken back.
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
        is_taken_back = any(revokes(line, claim, item) and self._is_known(line) for line in self._removed(origin))
        return Word.REVOKED if is_taken_back else Word.SIGNED

    def _removed(self, commit: str) -> frozenset[SignatureLine]:
        """Return the revocations that a commit removed, as the revert of a send-back does."""
        if commit not in self._removed_by:
            versions = changes_by_parent(self._folder, commit, "locales") if commit else []
            files = [each for files in versions for each in files if each.path.endswith(SUFFIX)]
            lines = [set(self._revocations(each.old[0])) - set(self._revocations(each.new)) for each in files]
            self._removed_by[commit] = frozenset().union(*lines)
        return self._removed_by[commit]

    def _revocations(self, blob: str) -> list[SignatureLine]:
        found = git_objects.objects(self._folder, [blob] if blob else [])
        return [line for _, data in found for line in known_lines(_decoded(data)) if line.verb == "revoke"]

    def _is_known(self, line: SignatureLine) -> bool:
        """Return whether any key that ever counted for the person made a signature.

        A revocation stays one when its key is replaced later.
        """
        return self._is_good(line, self._history.keys_ever(line.who))

    def _is_good(self, line: SignatureLine, keys: frozenset[str]) -> bool:
        key = line, keys
        if key not in self._verified:
            self._verified[key] = is_signed_by(line.armored, line.payload, keys, NAMESPACE)
        return self._verified[key]


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
