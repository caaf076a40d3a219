"""People, keys and servers as editors recorded them, at each commit.

Invariant: a field of transflow.toml counts as changed only by a commit that an editor made, an
editor by what counted before. Merging takes what the newer of both sides recorded, never what the
files of the merge say: going back to an older file changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from transflow.errors import ConfigError, UsageError
from transflow.messages import Messages
from transflow.model.settings import Person, Settings
from transflow.project import git, git_objects
from transflow.project.git_history import CommitChanges
from transflow.project.project import CONFIG
from transflow.proof.commits import CommitObject, changes, objects, parents
from transflow.proof.signatures import Verifier
from transflow.settings import config
from transflow.toml_text.parsing import read_toml

MESSAGES = Messages(
    __name__, {"no-settings": "the commit {commit} has no {config} that can be read: prove from another commit on."}
)
LEVELS = ("off", "author", "signed")
"""Levels of proof, lowest first."""
_PERSONAL = ("roles", "emails", "keys", "left", "protected")


class TrustedValue(NamedTuple):
    """A value that counts, and the commits that changed it so far."""

    value: Any
    changed_by: frozenset[str] = frozenset()


class Trust:
    """Values that count at a commit: (person or "", field) -> value."""

    def __init__(self, fields: Mapping[tuple[str, str], TrustedValue]) -> None:
        self.fields = fields
        self._people: dict[str, Person] = {}

    @property
    def level(self) -> str:
        return str(self._value("", "level", "off"))

    @property
    def servers(self) -> tuple[str, ...]:
        return tuple(self._value("", "servers", ()))

    def person(self, person_id: str) -> Person:
        """Return what counts about a person; without roles and keys if nothing does."""
        if person_id not in self._people:
            values = {name: self._value(person_id, name, getattr(Person(""), name)) for name in _PERSONAL}
            self._people[person_id] = Person(person_id, **values)
        return self._people[person_id]

    def people(self) -> Iterable[Person]:
        return map(self.person, dict.fromkeys(person_id for person_id, _ in self.fields if person_id))

    def owner(self, address: str) -> str:
        """Return the id of the person with an address; empty if it is nobody's."""
        return next((each.id for each in self.people() if has_address(each, address)), "")

    def _value(self, person_id: str, name: str, default: Any) -> Any:
        return self.fields[person_id, name].value if (person_id, name) in self.fields else default


class Proof(NamedTuple):
    """Result for a commit and a person: what speaks against it, if anything does."""

    fault: Literal["", "author", "committer", "signature"] = ""
    address: str = ""
    """Address of the author or committer who is somebody else."""


def has_address(person: Person, address: str) -> bool:
    return bool(address) and address in (each.lower() for each in person.emails)


def judge_commit(commit: CommitObject, person: Person, servers: Sequence[str], level: str, verifier: Verifier) -> Proof:
    """Return whether a commit is a person's own, at a level of proof."""
    is_author = has_address(person, commit.author)
    if level != "signed" and is_author and has_address(person, commit.committer):
        return Proof()
    if verifier.is_signed_by(commit.signature, commit.payload, person.keys):
        return Proof()
    # Nobody's address is in the project for a protected person: the server itself writes for them.
    is_served = is_author or (person.protected and commit.author == commit.committer)
    if is_served and verifier.is_signed_by(commit.signature, commit.payload, servers):
        return Proof()
    if not is_author:
        return Proof("author", commit.author)
    if not has_address(person, commit.committer):
        return Proof("committer", commit.committer)
    return Proof("signature")


def stricter(*levels: str) -> str:
    return max(levels, key=LEVELS.index)


class History:
    """Values that count at each commit after a root, whose settings count as they are."""

    def __init__(self, folder: Path, root: str, level: str, head: str, verifier: Verifier | None = None) -> None:
        """Read the history between two commits. Raises UsageError if the root has no settings."""
        self._folder, self._level, self.verifier = folder, level, verifier or Verifier()
        settings = _settings(git.text_at(folder, root, CONFIG))
        if settings is None:
            raise UsageError(MESSAGES("no-settings", commit=root, config=CONFIG))
        self._root = Trust({key: TrustedValue(value) for key, value in _fields(settings).items()})
        self._parents = parents(folder, root, head)
        self._at: dict[str, Trust] = {}
        self._read({step.commit: step for step in changes(folder, root, head, CONFIG)})
        self.head = self._at.get(head, self._root)

    def before(self, commit: str) -> Trust:
        """Return what counts at the first parent of a commit."""
        first, *_ = *self._parents.get(commit, ()), ""
        return self._at.get(first, self._root)

    def keys_ever(self, person_id: str) -> frozenset[str]:
        """Return all keys that counted for a person at any commit."""
        versions = {id(each): each for each in (self._root, *self._at.values())}
        return frozenset(key for each in versions.values() for key in each.person(person_id).keys)

    def _read(self, steps: Mapping[str, CommitChanges]) -> None:
        commits = dict(objects(self._folder, steps))
        read = cache(self._fields_of_blob)
        for commit, others in self._parents.items():
            trust = _merged([self._at.get(each, self._root) for each in others] or [self._root])
            if commit in steps and self._is_by_editor(commits[commit], trust):
                trust = _with_changes(trust, steps[commit], read)
            self._at[commit] = trust

    def _fields_of_blob(self, blob: str) -> dict[tuple[str, str], Any] | None:
        """Return the fields of a version of transflow.toml; None if it cannot be read."""
        texts = [
            data.decode("utf-8", "replace") for _, data in git_objects.objects(self._folder, [blob] if blob else [])
        ]
        settings = _settings(texts[0]) if texts else None
        return None if settings is None else _fields(settings)

    def _is_by_editor(self, commit: CommitObject, trust: Trust) -> bool:
        level = stricter("author", trust.level, self._level)
        return any(
            each.has_role("editor", commit.time)
            and not judge_commit(commit, each, trust.servers, level, self.verifier).fault
            for each in trust.people()
        )


def _merged(versions: Sequence[Trust]) -> Trust:
    """Return what counts after a merge: of each field the newest value, or that of the first
    parent if none is newer than all others.
    """
    first, *others = versions
    if all(each is first for each in others):
        return first
    fields = dict(first.fields)
    for other in others:
        for key, field in other.fields.items():
            if key not in fields or fields[key].changed_by < field.changed_by:
                fields[key] = field
    return Trust(fields)


def _with_changes(trust: Trust, step: CommitChanges, read: Callable[[str], dict[tuple[str, str], Any] | None]) -> Trust:
    """Return what counts after a commit that may change everything: the fields that it changed."""
    fields = dict(trust.fields)
    for change in step.files:
        after = read(change.new)
        before = [read(blob) or {} for blob in change.old]
        for key, value in (after or {}).items():
            if all(key not in each or each[key] != value for each in before):
                known = fields[key].changed_by if key in fields else frozenset[str]()
                fields[key] = TrustedValue(value, known | {step.commit})
    return Trust(fields)


def _settings(text: str | None) -> Settings | None:
    try:
        return None if text is None else config.validated(read_toml(text, CONFIG))[0]
    except ConfigError:
        return None


def _fields(settings: Settings) -> dict[tuple[str, str], Any]:
    """Return the fields of settings that decide about proofs."""
    fields: dict[tuple[str, str], Any] = {
        ("", "level"): settings.gate_proof,
        ("", "servers"): settings.proof_servers,
    }
    for person in settings.people:
        fields |= {(person.id, name): getattr(person, name) for name in _PERSONAL}
    return fields
