"""People's public SSH keys in transflow.toml, and the private ones that sign on this computer.

Invariant: a private key is made in the user's own folder, and never read or printed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from transflow.actions import Actor
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.messages import CommandRef, Joined, Messages
from transflow.model.settings import Person
from transflow.project.git_command import execute_without_terminal
from transflow.project.project import CONFIG
from transflow.proof.signatures import fingerprint, without_comment
from transflow.proof.signing import SigningKey, agent_keys, made_keys_folder, signing_keys
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
        "unknown": "{who} has no key “{key}”. {command} lists them.",
        "not-made": "ssh-keygen made no key: {why}",
        "no-program": "there is no ssh-keygen here: install OpenSSH 8.2 or newer.",
    },
)
_TIMEOUT = 60.0
_DIGITS = len("SHA256:") + 6
"""Characters of a fingerprint that are enough to name it."""


class PersonKey(NamedTuple):
    """A public key of a person."""

    who: str
    key: str
    fingerprint: str
    place: str = ""
    """Place of the private key on this computer: "agent", or a path; empty if it is not here."""
    is_signing: bool = False
    """True for the key that signs what the person decides here."""


def keys_of_people(actor: Actor, only: str = "") -> list[PersonKey]:
    """Return the keys of everybody, or of one person. Raise UnknownNameError."""
    people = [_person(actor, only)] if only else list(actor.project.settings.people)
    here: dict[str, SigningKey] = {}
    for each in signing_keys(actor.project.root):
        here.setdefault(each.public, each)
    order = list(here)
    found = []
    for person in people:
        own = [each for each in map(without_comment, person.keys) if each in here]
        first = min(own, key=order.index, default="")
        for key in map(without_comment, person.keys):
            place = _place(here[key]) if key in here else ""
            found.append(PersonKey(person.id, key, fingerprint(key), place, bool(place) and key == first))
    return found


def _place(key: SigningKey) -> str:
    return str(key.file) if key.file else "agent"


def add(actor: Actor, key: str, person_id: str = "") -> PersonKey:
    """Record a public key of the user, or of another person. Its comment is left out.

    Raise UsageError, RefusedError, UnknownNameError.
    """
    public = without_comment(key)
    if not fingerprint(public):
        raise UsageError(MESSAGES("no-key"))
    who = person_id or actor.who
    _change(actor, who, lambda keys: keys if public in keys else (*keys, public))
    return PersonKey(who, public, fingerprint(public))


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
    keys = [without_comment(each) for each in _person(actor, who).keys]
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
