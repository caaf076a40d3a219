"""Commits that transflow makes for people: author, committer, signature and message.

Invariant: the committer is whoever git knows at this computer, so that nothing recorded here in the
name of somebody else proves to be theirs. No address or name of a protected person is in a commit.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from transflow.model.settings import Person
from transflow.project import Project, git
from transflow.project.git_writing import write_commit
from transflow.proof import signing
from transflow.sync.steps import OUTSIDE

_NOWHERE = "transflow.invalid"
"""Domain of the addresses of those who have none: it cannot exist."""
_WIDTH = 70
_NO_NAME, _NO_ADDRESS = re.compile(r"[<>\n\0]"), re.compile(r"[<>\s\0]")


class Name(NamedTuple):
    """Name and address in a commit."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{_NO_NAME.sub('', self.name).strip() or '?'} <{_NO_ADDRESS.sub('', self.email)}>"


def author(project: Project, who: str) -> Name:
    """Return the author of what a person wrote."""
    if who == OUTSIDE:
        return Name("Changed outside transflow", f"outside@{_NOWHERE}")
    person = project.settings.person(who)
    here = Name(*git.identity(project.root))
    if person is None or person.protected or not person.emails:
        shown = who if person is None or person.protected else person.name or who
        return Name(shown, f"{re.sub('[^a-z0-9.-]', '-', who.lower())}@{_NOWHERE}")
    if here.email.lower() in (each.lower() for each in person.emails):
        return here
    return Name(person.name or who, person.emails[0])


def committer(project: Project, who: str) -> Name:
    """Return who makes a commit of a person's work: git's user here.

    Where git knows nobody, and for a protected person, it is the author.
    """
    here = Name(*git.identity(project.root))
    person = project.settings.person(who)
    return here if here.email and not (person and person.protected) else author(project, who)


class CommitText(NamedTuple):
    """A commit to be made."""

    tree: str
    parents: Sequence[str]
    who: str
    subject: str
    user: str
    """Id of the person at this computer, for what nobody wrote through transflow."""
    written: float = 0.0
    trailers: Sequence[str] = ()


def make(project: Project, commit: CommitText) -> str:
    """Store a commit, signed with the key of its author if that is here; return its name."""
    now = int(time.time())
    written = min(int(commit.written) or now, now)
    message = "\n".join((commit.subject, "", *commit.trailers, "")) if commit.trailers else f"{commit.subject}\n"
    head = [
        f"tree {commit.tree}",
        *(f"parent {each}" for each in commit.parents),
        f"author {author(project, commit.who)} {written} +0000",
        f"committer {committer(project, commit.who or commit.user)} {now} +0000",
    ]
    payload = ("\n".join(head) + "\n\n" + message).encode()
    signature = _signature(project, project.settings.person(commit.who), payload)
    return write_commit(project.root, _signed(head, signature, message) if signature else payload)


def co_author(project: Project, who: str) -> str:
    return f"Co-authored-by: {author(project, who)}"


def _signature(project: Project, person: Person | None, payload: bytes) -> str:
    """Return the signature of a commit in base64; empty if no key of the person is here."""
    if person is None or not person.keys:
        return ""
    try:
        return signing.sign(project.root, payload, person.id, person.keys, "git")
    except signing.NotSignedError:
        return ""


def _signed(head: Sequence[str], signature: str, message: str) -> bytes:
    rows = [signature[start : start + _WIDTH] for start in range(0, len(signature), _WIDTH)]
    armored = ["-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----"]
    return ("\n".join((*head, "gpgsig " + "\n ".join(armored))) + "\n\n" + message).encode()
