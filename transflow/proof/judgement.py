"""Claims that are somebody's own, and the reasons against the others.

Invariant: a claim is proved by the newest commit that brought it, and only if that commit has the
texts of now, and the person was an editor by what counted before it. The commit was made by the
person, or their signature of the same texts is in a signature file, and not taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.settings import Person
from transflow.project import Project, cache, git
from transflow.project.project import CONFIG
from transflow.proof.claims import Claim
from transflow.proof.commits import CommitObject, objects
from transflow.proof.signature_files import SignatureFiles, Word
from transflow.proof.signatures import Verifier
from transflow.proof.trust import LEVELS, History, judge_commit, stricter
from transflow.proof.walk import NOTHING_KNOWN, BroughtBy, KnownClaims, Origins, Walk

MESSAGES = Messages(
    __name__,
    {
        "commit": "git knows no commit “{commit}” here.",
        "shallow": "this clone is shallow: nothing can be proved without all of history. `git fetch --unshallow` (in CI: "
        "fetch-depth: 0) brings it.",
        "altered": "git shows another history here than was recorded (`git replace`, or a file of grafts): nothing can be "
        "proved. Use a fresh clone.",
    },
)
_CACHE = "proof.json"
_SIGNATURES = "signatures.json"
_VERSION = 3
"""Version of the digests in the cache."""
_NOWHERE = BroughtBy("", "")
"""No commit after the root brought the claim."""
_WITHDRAWN = BroughtBy("", "withdrawn")
"""The claim was taken out after it was brought, and came back with a merge."""
Fault = Literal["", "uncommitted", "withdrawn", "text", "role", "author", "committer", "signature"]


_HEALED = ("author", "committer", "signature")
"""Faults of a commit that do not matter to somebody's own signature of the text."""


class Standing(NamedTuple):
    """Result for a claim: what speaks against it, if anything does."""

    fault: Fault = ""
    other: str = ""
    """Id of the person whose commit it is; empty if it is nobody's in transflow.toml."""


def root_commit(project: Project, since: str) -> str:
    """Return the commit from which on everything is proved; empty if there is no commit yet.

    Without `since`, it is the first one with settings. Raises UsageError for an unknown commit, and
    if history is not there as it was recorded.
    """
    if since and not git.is_commit(project.root, since):
        raise UsageError(MESSAGES("commit", commit=since))
    if git.is_shallow(project.root):
        raise UsageError(MESSAGES("shallow"))
    if git.has_altered_history(project.root):
        raise UsageError(MESSAGES("altered"))
    return git.commit_id(project.root, since) if since else git.first_commit_with(project.root, CONFIG)


def judge(
    project: Project, claims: Mapping[Claim, str], root: str, level: str, known: KnownClaims = NOTHING_KNOWN
) -> dict[Claim, Standing]:
    """Return the standing of committed claims, given with the digests of what they cover.

    `root` is the commit of `root_commit`, and `level` the lowest that is asked for: a level that an
    editor recorded can only raise it. `known` are claims of chunks that need not be read again.
    """
    head = git.commit_id(project.root, "HEAD")
    verifier = Verifier(cache.read(project, _SIGNATURES))
    history = History(project.root, root, level, head, verifier)
    level = stricter(level, history.head.level)
    if level == LEVELS[0]:
        return dict.fromkeys(claims, Standing())
    judge = _Judge(project, history, level, SignatureFiles(project.root, history, root, head, verifier))
    origins = _origins(project, claims, root, head, known)
    found = judge.by_commit(claims, origins)
    found |= _standing_since(project, claims.keys() - found.keys(), claims, root, head)
    judge.verify_ahead(claims, found, origins)
    found = {claim: judge.with_signatures(claim, claims[claim], standing, origins) for claim, standing in found.items()}
    if verifier.has_more:
        cache.write(project, _SIGNATURES, verifier.verdicts)
    return found


class _Judge:
    """The rules by which commits and signature files prove claims."""

    def __init__(self, project: Project, history: History, level: str, files: SignatureFiles) -> None:
        self._project, self._history, self._level, self._files = project, history, level, files
        self._judged: dict[tuple[str, str], Standing] = {}

    def by_commit(self, claims: Mapping[Claim, str], origins: Mapping[Claim, BroughtBy]) -> dict[Claim, Standing]:
        """Return the standing of the claims that a commit after the root brought."""
        commits = dict(objects(self._project.root, {each.commit for each in origins.values()} - {""}))
        return {
            claim: self._of_commit(claim, origin.commit, commits[origin.commit])
            if origin.covered == claims[claim]
            else Standing("withdrawn" if origin == _WITHDRAWN else "text")
            for claim, origin in origins.items()
        }

    def _of_commit(self, claim: Claim, name: str, commit: CommitObject) -> Standing:
        trust = self._history.before(name)
        person, key = trust.person(claim.who), (claim.who, name)
        if key not in self._judged:
            proof = judge_commit(commit, person, trust.servers, self._level, self._history.verifier)
            self._judged[key] = Standing(proof.fault, trust.owner(proof.address))
        found = self._judged[key]
        has_role = all(person.has_role("editor", time) for time in (claim.time, commit.time))
        return found if found.fault or claim.kind == "ready" or has_role else Standing("role")

    def verify_ahead(
        self, claims: Mapping[Claim, str], found: Mapping[Claim, Standing], origins: Mapping[Claim, BroughtBy]
    ) -> None:
        """Verify the signatures that `with_signatures` will ask for, on all processors."""
        unproved = (claim for claim, standing in found.items() if standing.fault in _HEALED)
        self._files.verify_ahead((claim, claims[claim], self._keys(self._person(claim, origins))) for claim in unproved)

    def _person(self, claim: Claim, origins: Mapping[Claim, BroughtBy]) -> Person:
        """Return what counted about the person of a claim when it was brought."""
        origin = origins[claim].commit if claim in origins else ""
        return (self._history.before(origin) if origin else self._history.head).person(claim.who)

    def _keys(self, person: Person) -> tuple[str, ...]:
        """Return the keys of a person, and those that an editor added later."""
        return *person.keys, *self._history.head.person(person.id).keys

    def with_signatures(
        self, claim: Claim, covered: str, standing: Standing, origins: Mapping[Claim, BroughtBy]
    ) -> Standing:
        """Return the standing of a claim, given what signature files say about it.

        A signature proves what the commit does not, if the commit is only somebody else's.
        """
        person = self._person(claim, origins)
        word = self._files.word(claim, covered, self._keys(person), is_proved=not standing.fault)
        if standing.fault not in ("", *_HEALED) or word is Word.NOTHING:
            return standing
        if word is Word.REVOKED:
            return Standing("withdrawn")
        return Standing() if claim.kind == "ready" or person.has_role("editor", claim.time) else Standing("role")


def _standing_since(
    project: Project, missing: Collection[Claim], claims: Mapping[Claim, str], root: str, head: str
) -> dict[Claim, Standing]:
    """Return the standing of claims that no commit after the root brought.

    They count if the root has them; or, for a branch that began before it, the last commit that
    both have.
    """
    if not missing:
        return {}
    begin = git.common_commit(project.root, root, head) or root
    locales = {claim.locale for claim in missing}
    files = git.committed_blobs(project.root, "locales", begin)
    known = Walk(project.root).held({path: blob for path, blob in files.items() if path.split("/")[1] in locales})
    return {claim: Standing() if known.get(claim) == claims[claim] else Standing("withdrawn") for claim in missing}


# The cache: claims that the last run found, so that only later commits are searched


def _origins(
    project: Project, claims: Mapping[Claim, str], root: str, head: str, known_claims: KnownClaims
) -> dict[Claim, BroughtBy]:
    """Return the newest commit after the root that brought each claim, if there is one."""
    walk = Walk(project.root, known_claims)
    known_head, known = _cached(project, root)
    if known_head and git.common_commit(project.root, known_head, head) == known_head:
        later = walk.origins(claims, known_head, head)
        missing = {claim for claim in claims if claim not in later.found and claim not in known}
        before = walk.origins(missing, root, known_head)
        found = {claim: known[claim] for claim in claims if claim in known}
        found |= later.found | _without_returned(project, before, before.found)
    else:
        later = walk.origins(claims, root, head)
        found = later.found
    found = _without_returned(project, later, found)
    if project.cache:
        rows = [[*claim, *found.get(claim, _NOWHERE)] for claim in claims]
        cache.write(project, _CACHE, {"version": _VERSION, "root": root, "head": head, "origins": rows})
    return {claim: origin for claim, origin in found.items() if origin != _NOWHERE}


def _without_returned(project: Project, walked: Origins, found: Mapping[Claim, BroughtBy]) -> dict[Claim, BroughtBy]:
    """Return what brought each claim; `_WITHDRAWN` for those that were taken out since."""
    returned = dict[Claim, BroughtBy]()
    for claim, commits in walked.taken_out.items():
        brought = found.get(claim, _NOWHERE).commit
        if not brought or any(git.common_commit(project.root, brought, each) == brought for each in commits):
            returned[claim] = _WITHDRAWN
    return {**found, **returned}


def _cached(project: Project, root: str) -> tuple[str, dict[Claim, BroughtBy]]:
    """Return the commit up to which the last run searched, and what it found."""
    content = cache.read(project, _CACHE)
    head, rows = content.get("head"), content.get("origins")
    if (
        content.get("version") != _VERSION
        or content.get("root") != root
        or not isinstance(head, str)
        or not isinstance(rows, list)
    ):
        return "", {}
    if not git.is_commit(project.root, head):
        return "", {}
    width = len(Claim._fields)
    return head, {Claim(*row[:width]): BroughtBy(*row[width:]) for row in rows}
