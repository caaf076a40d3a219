"""Words that somebody's commit attributes to another person.

Invariant: joining, splitting, renaming and restoring attribute nothing anew, since they keep the
times of the words, and neither does deciding for one of two texts. Nothing is said of words that a
commit of nobody in the project brought.
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

_BY = re.compile(r"^# @by ([^\s:]+) (\S+) [1-9][0-9]*$", re.MULTILINE)
"""A note of a person's words; the name of a machine has a colon."""
_CONFLICT = re.compile(r"^# @conflict \S+ (\S+) shares=(\S+)", re.MULTILINE)
_SHARE = re.compile(r"\bby:([^\s:,]+):[1-9]")
_CO_AUTHOR = re.compile(rb"^co-authored-by:[^<\n]*<([^<>\n]*)>", re.MULTILINE | re.IGNORECASE)


def attribution(locale: str, who: str, time: str) -> Claim:
    """Return the claim that somebody wrote words at a time, in whichever unit they are now."""
    return Claim("words", locale, "", who, time, "")


def attributions(chunk: str, locale: str) -> ChunkClaims:
    """Return the attributions of an entry of a catalog."""
    return {attribution(locale, who, time): "" for who, time in _BY.findall(chunk)}


def restorable(chunk: str, locale: str) -> ChunkClaims:
    """Return the attributions of an entry, and those that deciding for another text gives back.

    The latter get the time of the conflict, which may be that of another of its authors.
    """
    shares = [(time, who) for time, each in _CONFLICT.findall(chunk) for who in _SHARE.findall(each)]
    return {**attributions(chunk, locale), **{attribution(locale, who, time): "" for time, who in shares}}


def attributions_of(catalog: Catalog, locale: str) -> set[Claim]:
    return {attribution(locale, each.who, each.time) for unit in catalog.units for each in unit.by if each.words}


def recorded_by_others(project: Project, wanted: Collection[Claim], root: str) -> dict[Claim, str]:
    """Return attribution -> id of the person whose commit brought it, if that is another one."""
    head = git.commit_id(project.root, "HEAD")
    history, walk = History(project.root, root, "off", head), Walk(project.root, read=attributions)
    origins = walk.origins(wanted, root, head)
    commits = dict(objects(project.root, {each.commit for each in origins.values()}))
    known: dict[str, Collection[Claim]] = {}
    before = Walk(project.root, read=restorable)
    found = {}
    for claim, (commit, _) in origins.items():
        trust = history.before(commit)
        owner, person = trust.owner(commits[commit].author), trust.person(claim.who)
        is_own = person.protected or any(has_address(person, each) for each in _authors(commits[commit]))
        if not owner or is_own:
            continue
        if commit not in known:
            known[commit] = before.held(git.committed_blobs(project.root, "locales", f"{commit}^"))
        if claim not in known[commit]:
            found[claim] = owner
    return found


def _authors(commit: CommitObject) -> list[str]:
    """Return the address of the author, and those of the authors that the message names."""
    message = commit.payload.partition(b"\n\n")[2]
    named = (each.decode("utf-8", "replace").strip().lower() for each in _CO_AUTHOR.findall(message))
    return [commit.author, *named]
