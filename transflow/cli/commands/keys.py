"""The `transflow keys` commands: list, add, make, remove."""

from __future__ import annotations

from pathlib import Path

import click

from transflow.actions import Actor
from transflow.actions.project import keys as actions
from transflow.actions.project.keys import PersonKey
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_people, format_option, pass_anonymous_actor
from transflow.cli.session import argument_text
from transflow.cli.streams import write_json
from transflow.messages import CommandRef, Messages
from transflow.project import files

MESSAGES = Messages(
    __name__,
    {
        "key": "{who}  {fingerprint}",
        "key/agent": "{who}  {fingerprint}  (in the SSH agent)",
        "key/agent/signs": "{who}  {fingerprint}  (in the SSH agent; signs here)",
        "key/file": "{who}  {fingerprint}  ({path})",
        "key/file/signs": "{who}  {fingerprint}  ({path}; signs here)",
        "none": "Nobody has a key in transflow.toml: {add} records one that you have, {make} makes one.",
        "added": "transflow.toml has the key {fingerprint} of {who}.",
        "removed": "transflow.toml no longer has the key {fingerprint} of {who}.",
        "made": "The private key is {path}: it has no passphrase, and nothing in it says whose it is.",
        "known": "transflow.toml has the key {fingerprint} of {who} already.",
        "uncommitted": "    It is in no commit yet, and proves nothing before an editor commits it.",
        "unrecorded": "    It proves nothing, since nobody who was an editor committed it.",
        "again": "An editor records a key that is committed already in two commits: after {remove}, and after {add}.",
        "counts": "It counts from the commit on in which an editor records it.",
    },
)

_person_option = click.option(
    "--person", "person_id", metavar="ID", default="", help="Whose key it is.", shell_complete=complete_people
)


@click.group()
def keys() -> None:
    """List and change the SSH keys that sign approvals.

    What a person with a key in transflow.toml approves, waives or clears is signed, if the private
    key is in the SSH agent, or in a file without a passphrase. See docs/trust.md.

    \b
    Examples:
      transflow keys add ~/.ssh/id_ed25519.pub
      transflow keys list
    """


@keys.command("list")
@click.argument("person_id", metavar="[ID]", default="", shell_complete=complete_people)
@format_option
@pass_anonymous_actor
def keys_list(actor: Actor, person_id: str, form: str) -> None:
    """List people's keys, and say which of them sign here.

    ID is one person. A key signs if its private half is on this computer. A line below a key says
    why it proves nothing.

    \b
    Examples:
      transflow keys list
      transflow keys list mina --format json
    """
    found = actions.keys_of_people(actor, person_id)
    if form == "json":
        write_json([_values(each) for each in found])
        return
    for each in found:
        key = "key" + ("/agent" if each.place == "agent" else "/file" if each.place else "")
        key += "/signs" if each.is_signing else ""
        print_text(MESSAGES(key, who=each.who, fingerprint=each.fingerprint, path=each.place))
        if each.standing:
            print_text(MESSAGES(each.standing))
    if unrecorded := next((each for each in found if each.standing == "unrecorded"), None):
        _notify_unrecorded(unrecorded)
    if not found:
        notify(MESSAGES("none", add=CommandRef("keys add"), make=CommandRef("keys make")))


def _values(key: PersonKey) -> dict[str, object]:
    return {
        "person": key.who,
        "key": key.key,
        "fingerprint": key.fingerprint,
        "place": key.place,
        "signs": key.is_signing,
        "counts": not key.standing,
    }


@keys.command("add")
@click.argument("file", metavar="[FILE]", default="")
@_person_option
@pass_actor
def keys_add(actor: Actor, file: str, person_id: str) -> None:
    """Record a public key.

    It is yours, or with --person somebody else's (editors only). FILE is a file of ssh-keygen, such
    as ~/.ssh/id_ed25519.pub; "-" reads standard input. Without it, the only key of the SSH agent is
    taken. The comment of a key is left out, since it often has a name.

    A key counts from the commit on in which an editor records it. One that was committed by its
    owner counts after an editor removed it, committed that, added it again, and committed that.

    \b
    Examples:
      transflow keys add
      transflow keys add ~/.ssh/id_ed25519.pub
      transflow keys add mina.pub --person mina
    """
    key = _text_of(file) if file else actions.key_of_agent(actor)
    _print_added(actions.add(actor, key, person_id))


def _text_of(file: str) -> str:
    return argument_text(file) if file == "-" else files.read(Path(file).expanduser(), file).decode("utf-8", "replace")


@keys.command("make")
@_person_option
@pass_actor
def keys_make(actor: Actor, person_id: str) -> None:
    """Make a key for signing, and record it.

    It has no passphrase, and neither name nor comment: a protected person signs with such a key,
    because a host shows everybody the keys that people use elsewhere. It is kept in your own folder
    of settings.

    \b
    Examples:
      transflow keys make
      transflow keys make --person p-7k2m
    """
    made = actions.make(actor, person_id)
    print_text(MESSAGES("made", path=made.place))
    _print_added(made)


@keys.command("remove")
@click.argument("fingerprint", metavar="FINGERPRINT")
@_person_option
@pass_actor
def keys_remove(actor: Actor, fingerprint: str, person_id: str) -> None:
    """Remove a key from transflow.toml.

    FINGERPRINT may be the beginning of one. What the key has signed stays proved; what is signed
    with it from now on is not.

    \b
    Examples:
      transflow keys remove SHA256:4nwZJq
      transflow keys remove SHA256:4nwZJq --person mina
    """
    done = actions.remove(actor, fingerprint, person_id)
    print_text(MESSAGES("removed", who=done.who, fingerprint=done.fingerprint))


def _print_added(key: PersonKey) -> None:
    print_text(
        MESSAGES("added" if key.standing == "uncommitted" else "known", who=key.who, fingerprint=key.fingerprint)
    )
    if key.standing == "uncommitted":
        notify(MESSAGES("counts"))
    elif key.standing == "unrecorded":
        _notify_unrecorded(key)


def _notify_unrecorded(key: PersonKey) -> None:
    remove = CommandRef(f"keys remove {key.fingerprint} --person {key.who}")
    notify(MESSAGES("again", remove=remove, add=CommandRef(f"keys add FILE --person {key.who}")))
