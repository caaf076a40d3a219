"""Words that somebody's commit attributes to another person.

Invariant: joining, splitting, renaming and restoring attribute nothing anew, since they keep the
times of the words, and neither does deciding for one of two texts. Nor does what brings words back
that were attributed before: undoing, a revert, or a rebase beside a colleague's decision. Nothing
is said of words that a commit of nobody in the project brought.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from transflow.model.catalog import Catalog
from transflow.project import Project, git
from transflow.proof.claims import ChunkClaims, Claim
from transflow.proof.commits import CommitObject, objects
from transflow.proof.trust import History, has_address
from transflow.proof.walk import Walk

_BY = re.compile(r"^# @by ([^\s:]+) (\S+) [0-9]+$", re.MULTILINE)
"""A note of a person who wrote or confirmed a text, with words of their own or without; the name of
a machine has a colon."""
_CONFLICT = re.compile(r"^# @conflict \S+ (\S+) shares=(\S+)", re.MULTILINE)
_SHARE = re.compile(r"\bby:([^\s:,]+):[1-9]")
_CO_AUTHOR = re.compile(rb"^co-authored-by:[^<\n]*<([^<>\n]*)>", re.MULTILINE | re.IGNORECASE)


def attribution(locale: str, who: str, time: str) -> Claim:
    """Return the claim that somebody wrote words at a time, in whichever unit they are now."""
    return Claim("words", locale, "", who, time, "")


def attributions(chunk: str, locale: str) -> ChunkClaims:
    """Return the attributions of an entry, those without words too, which may get some back."""
    return {attribution(locale, who, time): "" for who, time in _BY.findall(chunk)}


def restorable(chunk: str, locale: str) -> ChunkClaims:
    """Return the attributions that an entry may have after a merge, or a decision for another text.

    A text that lost in a merge has one time for all of its authors, that of the last of them, and
    its words may be divided anew between everybody who wrote or confirmed it.
    """
    authors, conflicts = _BY.findall(chunk), _CONFLICT.findall(chunk)
    people = {who for who, _ in authors} | {who for _, shares in conflicts for who in _SHARE.findall(shares)}
    times = {time for _, time in authors} | {time for time, _ in conflicts}
    return {attribution(locale, who, time): "" for who in people for time in times}


def attributions_of(catalog: Catalog, locale: str) -> set[Claim]:
    return {attribution(locale, each.who, each.time) for unit in catalog.units for each in unit.by if each.words}


def recorded_by_others(project: Project, wanted: Collection[Claim], root: str) -> dict[Claim, str]:
    """Return attribution -> id of the person whose commit brought it, if that is another one.

    What was attributed before, in the person's own commit or up to `root`, is theirs.
    """
    head = git.commit_id(project.root, "HEAD")
    recorders, walk = _Recorders(project, root, head), Walk(project.root, read=attributions)
    origins = walk.origins(wanted, root, head).found
    recorders.load({each.commit for each in origins.values()})
    others = ((claim, recorders.other(claim, commit)) for claim, (commit, _) in origins.items())
    found = {claim: other for claim, other in others if other}
    unexplained = found.keys() - walk.origins(found, "", root).found.keys()
    for claim, (commit, _) in walk.bringing(unexplained, root, head):
        if not recorders.other(claim, commit):
            unexplained.discard(claim)
    return {claim: other for claim, other in found.items() if claim in unexplained}


class _Recorders:
    """The people whose commits attribute words."""

    def __init__(self, project: Project, root: str, head: str) -> None:
        self._folder, self._history = project.root, History(project.root, root, "off", head)
        self._commits: dict[str, CommitObject] = {}
        self._before: dict[str, Collection[Claim]] = {}
        """Commit -> what its parents held."""

    def load(self, commits: Collection[str]) -> None:
        self._commits |= objects(self._folder, commits)

    def other(self, claim: Claim, name: str) -> str:
        """Return the id of a commit's author; empty if the commit may attribute these words."""
        if name not in self._commits:
            self.load([name])
        commit, trust = self._commits[name], self._history.before(name)
        owner, person = trust.owner(commit.author), trust.person(claim.who)
        is_own = person.protected or any(has_address(person, each) for each in _authors(commit))
        return "" if not owner or is_own or claim in self._held_before(name) else owner

    def _held_before(self, name: str) -> Collection[Claim]:
        if name not in self._before:
            walk, parents = Walk(self._folder, read=restorable), _parents(self._commits[name])
            trees = (git.committed_blobs(self._folder, "locales", each) for each in parents)
            self._before[name] = {claim for blobs in trees for claim in walk.held(blobs)}
        return self._before[name]


def _parents(commit: CommitObject) -> list[str]:
    head = commit.payload.partition(b"\n\n")[0].decode("utf-8", "replace")
    return [line.removeprefix("parent ") for line in head.split("\n") if line.startswith("parent ")]


def _authors(commit: CommitObject) -> list[str]:
    """Return the address of the author, and those of the authors that the message names."""
    message = commit.payload.partition(b"\n\n")[2]
    named = (each.decode("utf-8", "replace").strip().lower() for each in _CO_AUTHOR.findall(message))
    return [commit.author, *named]
