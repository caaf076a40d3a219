"""People's public SSH keys in transflow.toml, and the private ones that sign on this computer.

Invariant: a private key is made in the user's own folder, and never read or printed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from transflow.actions import Actor
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.messages import CommandRef, Joined, Messages
from transflow.model.settings import Person
from transflow.project import git
from transflow.project.git_command import execute_without_terminal
from transflow.project.project import CONFIG
from transflow.proof.judgement import root_commit
from transflow.proof.signatures import fingerprint, without_comment
from transflow.proof.signing import SigningKey, agent_keys, made_keys_folder, signing_keys
from transflow.proof.trust import LEVELS, History
from transflow.settings import editing
from transflow.user_folders import project_id

MESSAGES = Messages(
    __name__,
    {
        "no-editor": "{who} is no editor: people record their own keys, editors those of anybody.",
        "no-key": "this is no public SSH key: take the line of a file such as ~/.ssh/id_ed25519.pub.",
        "agent/none": "the SSH agent has no key that transflow.toml lacks. Load one with `ssh-add`, name a file with a public "
        "key, or make a key with {command}.",
        "agent/several": "the SSH agent has several keys: name the file of the one that you mean. They are {keys}.",
        "several": "these are {n} keys: give the one that you mean in a file of its own.",
        "others": "this is the key of {other} in transflow.toml, and a key is one person's: {who} needs another.",
        "short": "“{key}” is too short for a fingerprint: give {n} characters or more.",
        "unknown": "{who} has no key “{key}”. {command} lists them.",
        "not-made": "ssh-keygen made no key: {why}",
        "no-program": "there is no ssh-keygen here: install OpenSSH 8.2 or newer.",
    },
)
_TIMEOUT = 60.0
_KIND = "SHA256:"
_DIGITS = len(_KIND) + 6
"""Characters of a fingerprint that are enough to name it."""


KeyStanding = Literal["", "uncommitted", "unrecorded"]
"""Standing of a key: in no commit yet, or committed by nobody who was an editor."""


class PersonKey(NamedTuple):
    """A public key of a person."""

    who: str
    key: str
    fingerprint: str
    place: str = ""
    """Place of the private key on this computer: "agent", or a path; empty if it is not here."""
    is_signing: bool = False
    """True for the key that signs what the person decides here."""
    standing: KeyStanding = ""
    """Reason why it proves nothing; empty if it counts, or if there is no history to say so."""


def keys_of_people(actor: Actor, only: str = "") -> list[PersonKey]:
    """Return the keys of everybody, or of one person. Raise UnknownNameError."""
    people = [_person(actor, only)] if only else list(actor.project.settings.people)
    here: dict[str, SigningKey] = {}
    for each in signing_keys(actor.project.root):
        here.setdefault(each.public, each)
    order, standing_of = list(here), _standings(actor)
    found = []
    for person in people:
        own = [each for each in map(without_comment, person.keys) if each in here]
        first = min(own, key=order.index, default="")
        for key in map(without_comment, person.keys):
            place = _place(here[key]) if key in here else ""
            found.append(
                PersonKey(
                    person.id, key, fingerprint(key), place, bool(place) and key == first, standing_of(person.id, key)
                )
            )
    return found


def _standings(actor: Actor) -> Callable[[str, str], KeyStanding]:
    """Return a function from the id of a person and a key of theirs to its standing."""
    folder = actor.project.root
    head = git.commit_id(folder, "HEAD") if git.is_inside(folder) else ""
    if not head:
        return lambda *_: ""
    try:
        trust = History(folder, root_commit(actor.project, ""), LEVELS[0], head).head
    except UsageError:  # of a shallow clone, or of a history without settings
        return lambda *_: ""
    committed = git.text_at(folder, head, CONFIG) or ""

    def standing(who: str, key: str) -> KeyStanding:
        if key in map(without_comment, trust.person(who).keys):
            return ""
        return "unrecorded" if key in committed else "uncommitted"

    return standing


def _place(key: SigningKey) -> str:
    return str(key.file) if key.file else "agent"


def add(actor: Actor, key: str, person_id: str = "") -> PersonKey:
    """Record a public key of the user, or of another person. Its comment is left out.

    Raise UsageError, RefusedError, UnknownNameError.
    """
    public, who = _one_key(key), person_id or actor.who
    _check_allowed(actor, _person(actor, who).id)
    people = actor.project.settings.people
    owners = [each.id for each in people if public in map(without_comment, each.keys)]
    if other := next((each for each in owners if each != who), ""):
        raise UsageError(MESSAGES("others", other=other, who=who))
    _change(actor, who, lambda keys: keys if who in owners else (*keys, public))
    standing = _standings(actor)(who, public) if who in owners else "uncommitted"
    return PersonKey(who, public, fingerprint(public), standing=standing)


def _one_key(text: str) -> str:
    """Return the only public key of a text, without its comment. Raise UsageError."""
    lines = [each for each in text.splitlines() if each.strip() and not each.startswith("#")]
    found = [each for each in map(without_comment, lines) if fingerprint(each)]
    if not found or len(found) != len(lines):
        raise UsageError(MESSAGES("no-key"))
    if len(found) > 1:
        raise UsageError(MESSAGES("several", n=len(found)))
    return found[0]


def key_of_agent(actor: Actor) -> str:
    """Return the only key of the SSH agent that nobody has recorded. Raise UsageError."""
    known = {without_comment(key) for person in actor.project.settings.people for key in person.keys}
    found = [each for each in agent_keys() if each not in known]
    if not found:
        raise UsageError(MESSAGES("agent/none", command=CommandRef("keys make")))
    if len(found) > 1:
        raise UsageError(MESSAGES("agent/several", keys=Joined(tuple(map(fingerprint, found)))))
    return found[0]


def make(actor: Actor, person_id: str = "") -> PersonKey:
    """Make a key without passphrase and comment in the user's own folder, and record it.

    One that was made before is recorded again. Raise UsageError, RefusedError, UnknownNameError.
    """
    who = person_id or actor.who
    _check_allowed(actor, who)
    private = made_keys_folder() / f"{project_id(actor.project.root)}-{_person(actor, who).id}"
    public = private.with_name(f"{private.name}.pub")
    if not public.is_file():
        private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _generate(private)
    return add(actor, public.read_text(encoding="utf-8"), who)._replace(place=str(private), is_signing=True)


def _generate(path: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    try:
        result = execute_without_terminal(command, path.parent, b"", _TIMEOUT)
    except FileNotFoundError:
        raise UsageError(MESSAGES("no-program")) from None
    if result.returncode:
        raise UsageError(MESSAGES("not-made", why=result.stderr.decode("utf-8", "replace").strip()))


def remove(actor: Actor, name: str, person_id: str = "") -> PersonKey:
    """Remove a key from transflow.toml, given its fingerprint or the beginning of that.

    Raise UsageError if no key is meant, or several; RefusedError, UnknownNameError.
    """
    who = person_id or actor.who
    keys = dict.fromkeys(map(without_comment, _person(actor, who).keys))
    if len(_KIND) < len(name) < _DIGITS and any(fingerprint(each).startswith(name) for each in keys):
        raise UsageError(MESSAGES("short", key=name, n=_DIGITS))
    found = [each for each in keys if len(name) >= _DIGITS and fingerprint(each).startswith(name)]
    if len(found) != 1:
        raise UsageError(MESSAGES("unknown", who=who, key=name, command=CommandRef("keys list")))
    _change(actor, who, lambda old: tuple(each for each in old if without_comment(each) != found[0]))
    return PersonKey(who, found[0], fingerprint(found[0]))


def _change(actor: Actor, person_id: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """Change the keys of a person in transflow.toml, keeping everything else."""
    _check_allowed(actor, person_id)
    project = actor.project
    with project.locked(CONFIG):
        before = project.read(CONFIG)
        keys = change(_person(actor, person_id).keys)
        new = editing.with_keys(before.decode("utf-8"), CONFIG, person_id, keys).encode("utf-8")
        if new != before:
            project.write_file(CONFIG, new, before)


def _check_allowed(actor: Actor, person_id: str) -> None:
    if actor.who != person_id and not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor", who=actor.who))


def _person(actor: Actor, person_id: str) -> Person:
    person = actor.project.settings.person(person_id)
    if person is None:
        raise UnknownNameError("person", person_id, [each.id for each in actor.project.settings.people], CONFIG)
    return person
