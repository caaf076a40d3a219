"""Issues of approvals, waivers, clearances and stories called ready that are not somebody's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote
from typing import NamedTuple

from transflow.attribution.shown_people import shown_name
from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.project import CatalogRef, Project, git
from transflow.project.places import FOLDERS
from transflow.proof.authorship import attribution, attributions_of, recorded_by_others
from transflow.proof.claims import (
    ChunkClaims,
    Claim,
    claims_by_chunk,
    live_header_claims,
    live_unit_claims,
    story_digest,
)
from transflow.proof.header_changes import HeaderChange, changed_by_others, has_claim, story_key
from transflow.proof.judgement import Standing, judge, root_commit
from transflow.proof.trust import LEVELS, stricter
from transflow.proof.walk import Walk

MESSAGES = Messages(
    __name__,
    {
        "author": "{who}'s {act} was recorded from {other}'s computer. {again}",
        "committer": "{who}'s {act} was recorded again from {other}'s computer. {again}",
        "signature": "{who}'s {act} is not signed with a key of {who}. {again}",
        "text": "{who}'s {act} is of another text than this. {again}",
        "role": "{who} was no editor when the {act} was recorded, or no editor had made {who} one. An editor decides it "
        "instead, or records the role in transflow.toml before {who} does it again.",
        "withdrawn": "{who}'s {act} had been withdrawn, and came back. {again}",
        "words": "{who} is recorded as an author of it, in a commit from {other}'s computer. Ask {who} whether the words are "
        "theirs.",
        "withheld": "{who}'s name was withheld, or is printed again, by a commit from {other}'s computer. Only {who} or an "
        "editor decides that.",
        "killed": "the story was killed by a commit from {other}'s computer. Only an editor decides that: {command} takes it "
        "back.",
        "revived": "the story had been killed, and a commit from {other}'s computer took that back. Only an editor decides "
        "that: {command} kills it again.",
        "deleted": "the story was ready or cleared, and a commit from {other}'s computer deleted it. `git log -- {path}` names "
        "the commit, and `git checkout COMMIT^ -- {path}` restores the story.",
        "taken-back": "{who}'s {act} was taken back from {other}'s computer, and the story reads as it did before. {again}",
        "uncommitted": "{who}'s {act} is in no commit yet, which would prove it.",
    },
)
ACTS = Messages(
    __name__,
    {"approval": "approval", "waiver": "waiver", "clearance": "clearance", "ready": "word that the story is ready"},
)
AGAIN = Messages(
    __name__,
    {
        "approval": "Ask {who} to approve again.",
        "waiver": "Ask {who} to waive it again.",
        "clearance": "Ask {who} to clear the story again.",
        "ready": "Ask {who} to say again that the story is ready.",
    },
)
NAMES = Messages(__name__, {"somebody-else": "somebody else"})


class _File(NamedTuple):
    """A catalog, and the claims of its chunks, which are what the history shows."""

    place: CatalogRef
    text: str
    catalog: Catalog
    chunks: dict[str, ChunkClaims]


class ProofChecker:
    """The standing of everything that the catalogs of some locales attribute to people."""

    def __init__(self, project: Project, level: str, since: str, locales: Iterable[str]) -> None:
        """Judge all catalogs. Raises UsageError for an unknown commit or an incomplete clone."""
        self._project = project
        self._standings: dict[Claim, Standing] = {}
        self._recorded_by: dict[Claim, str] = {}
        self._header_changes: dict[HeaderChange, str] = {}
        self._stories = set[tuple[str, str]]()
        self.proved: int | None = None
        """Number of approvals and other decisions that are proved; None if none has to be."""
        if level == LEVELS[0] and not since:
            return
        files = list(self._files(locales))
        claims = {claim: covered for file in files for claim, covered in _live_claims(file)}
        root = root_commit(project, since) if git.is_inside(project.root) else ""
        committed = self._committed(files) if root else set[Claim]()
        present = {claim: covered for claim, covered in claims.items() if claim in committed}
        self._standings = dict.fromkeys(claims.keys() - committed, Standing("uncommitted"))
        if root:
            known = {(file.place.locale, chunk): found for file in files for chunk, found in file.chunks.items()}
            self._standings |= judge(project, present, root, level, known)
        if root and since and not project.settings.act_as:
            words = {claim for file in files for claim in attributions_of(file.catalog, file.place.locale)}
            self._recorded_by = recorded_by_others(project, words, root)
            self._header_changes = changed_by_others(project, root)
            self._stories = {(file.place.locale, story_key(file.catalog.header)) for file in files}
        self.proved = sum(not each.fault for each in self._standings.values())

    def _files(self, locales: Iterable[str]) -> Iterator[_File]:
        """Yield the catalogs that can be read; others are reported by themselves."""
        for locale in locales:
            for folder in FOLDERS:
                for place in self._project.catalogs(locale, folder):
                    try:
                        text = self._project.text(place)
                        catalog = parse(text, place.path)
                    except UnreadableError:
                        continue
                    yield _File(place, text, catalog, claims_by_chunk(catalog, text, locale))

    def _committed(self, files: Iterable[_File]) -> set[Claim]:
        """Return the claims that the last commit has, whatever the file is called there."""
        locales = {file.place.locale for file in files}
        blobs = git.committed_blobs(self._project.root, "locales")
        found: set[Claim] = set()
        for place, text, _, chunks in files:
            if git.has_blob_id(blobs.get(place.path, ""), text.encode("utf-8")):
                del blobs[place.path]
                found.update(*chunks.values())
        changed = {path: blob for path, blob in blobs.items() if path.split("/")[1] in locales}
        return found | Walk(self._project.root).held(changed).keys()

    def issues(self, place: CatalogRef, catalog: Catalog) -> Iterator[Issue]:
        """Yield the issues of a catalog."""
        yield from self._header_issues(place, catalog)
        if not self._standings and not self._recorded_by:
            return
        for unit in catalog.units:
            yield from self._author_issues(unit, place.locale)
            for claim in live_unit_claims(unit, place.locale):
                yield from self._issue(claim, unit.id)
        for claim in live_header_claims(catalog, place.locale):
            yield from self._issue(claim, "")

    def deletions(self) -> Iterator[Issue]:
        """Yield issues of stories that were ready or cleared, deleted by somebody who may not."""
        for change, other in self._header_changes.items():
            if change.fault == "deleted" and (change.locale, change.story) not in self._stories:
                owner = shown_name(self._project.settings, other)
                message = MESSAGES("deleted", other=owner, path=quote(change.path))
                yield Issue("record.taken-back", "warning", message, location=Location(change.path, label=change.path))

    def _header_issues(self, place: CatalogRef, catalog: Catalog) -> Iterator[Issue]:
        """Yield issues of names withheld, stories killed or revived, and clearances taken back, by
        somebody who may not.
        """
        for change, other in self._header_changes.items():
            if (change.locale, change.story) != (place.locale, story_key(catalog.header)):
                continue
            who, owner = (shown_name(self._project.settings, each) for each in (change.who, other))
            if change.fault == "withheld":
                yield Issue("record.unproved", "error", MESSAGES("withheld", who=who, other=owner), location=Location())
            elif change.fault in ("killed", "revived"):
                if has_claim(catalog.header, change.fault) == (change.fault == "killed"):
                    command = CommandRef(f"kill {place}{' --undo' if change.fault == 'killed' else ' WHY'}")
                    message = MESSAGES(change.fault, other=owner, command=command)
                    yield Issue("record.unproved", "error", message, location=Location())
            elif not has_claim(catalog.header, change.fault):
                again, act = AGAIN(change.fault, who=who), ACTS(change.fault)
                message = MESSAGES("taken-back", who=who, act=act, other=owner, again=again)
                yield Issue("record.taken-back", "warning", message, location=Location())

    def _author_issues(self, unit: Unit, locale: str) -> Iterator[Issue]:
        for each in unit.by:
            if other := self._recorded_by.get(attribution(locale, each.who, each.time)):
                names = (shown_name(self._project.settings, person) for person in (each.who, other))
                message = MESSAGES("words", **dict(zip(("who", "other"), names, strict=True)))
                yield Issue("record.other-author", "warning", message, location=Location(unit=unit.id))

    def _issue(self, claim: Claim, unit: str) -> Iterator[Issue]:
        standing = self._standings.get(claim, Standing("uncommitted"))
        if standing.fault:
            is_pending = standing.fault == "uncommitted"
            check = "record.unprovable" if is_pending else "record.unproved"
            message = _message(self._project.settings, claim, standing)
            yield Issue(check, "warning" if is_pending else "error", message, location=Location(unit=unit))


def least_level(*levels: str | None) -> str:
    """Return the strictest of the levels that are asked for."""
    return stricter(*(each or LEVELS[0] for each in levels))


def _message(settings: Settings, claim: Claim, standing: Standing) -> Message:
    who = shown_name(settings, claim.who)
    other = shown_name(settings, standing.other, NAMES("somebody-else"))
    return MESSAGES(standing.fault, who=who, act=ACTS(claim.kind), other=other, again=AGAIN(claim.kind, who=who))


def _live_claims(file: _File) -> Iterator[tuple[Claim, str]]:
    """Yield the claims of a catalog that count, with the digests of what they cover.

    A claim that the history could not show, because of an unusual layout, is left out.
    """
    covered = {claim: digest for found in file.chunks.values() for claim, digest in found.items()}
    for unit in file.catalog.units:
        for claim in live_unit_claims(unit, file.place.locale):
            if claim in covered:
                yield claim, covered[claim]
    for claim in live_header_claims(file.catalog, file.place.locale):
        if claim in covered:
            yield claim, story_digest(file.catalog) if claim.kind == "clearance" else ""
