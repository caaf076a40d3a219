"""Proof by the signature of the commit, with real keys."""

from __future__ import annotations

import pytest

from proof.conftest import Newsroom, edit_settings, person_line
from support.newsrooms import SLUG
from transflow.errors import UsageError
from transflow.project import git_objects
from transflow.proof.commits import objects, parse_object
from transflow.proof.signatures import is_signed_by

UNSIGNED = "Mina Park's approval is not signed with a key of Mina Park. Ask Mina Park to approve again."


def test_a_commit_that_its_approver_signed_is_proved(room: Newsroom) -> None:
    room.approve(1)
    room.commit("mina", key="mina")
    assert room.faults("signed") == []


@pytest.mark.parametrize("key", ["", "noah"])
def test_a_commit_without_their_signature_is_not(room: Newsroom, key: str) -> None:
    room.approve(1)
    room.commit("mina", key=key)
    assert room.faults() == []
    assert room.faults("signed") == [f"{SLUG}#1: {UNSIGNED}"]


def test_a_signature_proves_what_was_committed_under_another_address(room: Newsroom) -> None:
    room.approve(1)
    room.commit("stranger", key="mina")
    assert room.faults("author") == room.faults("signed") == []


def test_what_a_server_committed_for_its_author_is_proved_if_the_server_signed_it(room: Newsroom) -> None:
    room.approve(1)
    room.commit("forge", author="mina", key="server")
    assert room.faults("author") == room.faults("signed") == []


@pytest.mark.parametrize(("author", "key"), [("leejin", "server"), ("mina", ""), ("mina", "leejin")])
def test_a_server_proves_nothing_for_somebody_else_or_without_its_signature(
    room: Newsroom, author: str, key: str
) -> None:
    room.approve(1)
    room.commit("forge", author=author, key=key)
    assert len(room.faults("author")) == len(room.faults("signed")) == 1


def test_a_month_of_commits_that_a_trusted_server_squashed_gives_no_finding(room: Newsroom) -> None:
    for day in range(1, 4):
        room.git("checkout", "-q", "-b", f"day-{day}", "main")
        room.approve(day, minute=100 + day)
        room.commit("mina")
        room.git("checkout", "-q", "main")
        room.git("merge", "-q", "--squash", f"day-{day}")
        room.commit("forge", author="mina", key="server")
    assert room.faults("author") == room.faults("signed") == []


@pytest.mark.parametrize(("author", "expected"), [("forge", 0), ("leejin", 1)])
def test_for_a_protected_person_the_server_itself_commits(room: Newsroom, author: str, expected: int) -> None:
    settings = (room.root / "transflow.toml").read_text(encoding="utf-8")
    entry = 'id = "p-hidden"\nroles = ["editor"]\nprotected = true\n\n[[people]]\nid = "noah"\n'
    (room.root / "transflow.toml").write_text(settings.replace('id = "noah"\n', entry), encoding="utf-8")
    room.commit("mina", key="mina")
    room.approve(1, who="p-hidden")
    room.commit("forge", author=author, key="server")
    found = room.faults("signed")
    assert len(found) == expected
    assert "p-hidden" not in "".join(found)


def test_a_key_that_its_owner_added_without_being_an_editor_does_not_count(room: Newsroom) -> None:
    text = (room.root / "transflow.toml").read_text(encoding="utf-8")
    (room.root / "transflow.toml").write_text(
        text.replace(room.public_key("mina"), room.public_key("leejin"), 1), encoding="utf-8"
    )
    room.commit("leejin", key="leejin")
    room.approve(1)
    room.commit("mina", key="leejin")
    assert room.faults("signed") == [f"{SLUG}#1: {UNSIGNED}"]


def test_a_key_that_an_editor_adds_counts_from_the_next_commit_on(room: Newsroom) -> None:
    edit_settings(room.root, *person_line("minho", f'keys = ["{room.public_key("server")}"]'))
    text = (room.root / "transflow.toml").read_text(encoding="utf-8")
    begin = text.index('id = "minho"')
    entry = text[begin:].replace('["translator"]', '["editor"]', 1)
    (room.root / "transflow.toml").write_text(text[:begin] + entry, encoding="utf-8")
    room.commit("mina", key="mina")
    room.approve(1, who="minho")
    room.commit("minho", key="server")
    assert room.faults("signed") == []


# The signature of one commit


def test_a_signature_covers_every_byte_of_the_commit(room: Newsroom) -> None:
    room.approve(1)
    commit = room.commit("mina", key="mina")
    (_, found) = next(objects(room.root, [commit]))
    key = room.public_key("mina")
    assert is_signed_by(found.signature, found.payload, [key])
    assert not is_signed_by(found.signature, found.payload + b"!", [key])
    assert not is_signed_by(found.signature, found.payload, [room.public_key("noah")])
    assert not is_signed_by(found.signature, found.payload, [])
    assert not is_signed_by(found.signature, found.payload, [key], namespace="file")
    assert not is_signed_by(b"-----BEGIN PGP SIGNATURE-----\n", found.payload, [key])


def test_a_commit_with_two_signatures_counts_as_unsigned(room: Newsroom) -> None:
    room.approve(1)
    commit = room.commit("mina", key="mina")
    (_, data) = next(git_objects.objects(room.root, [commit]))
    head, _, message = data.partition(b"\n\n")
    begin = head.index(b"gpgsig")
    assert parse_object(data).signature.endswith(b"-----END SSH SIGNATURE-----\n")
    assert parse_object(head + b"\n" + head[begin:] + b"\n\n" + message).signature == b""


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (b"author Mina <Mina@Example.org> 1700000000 +0900", "mina@example.org"),
        (b"author  <mina@example.org> 1700000000 +0000", "mina@example.org"),
        (b"author Mina <mina@example.org>", ""),
        (b"author Mina <leejin@example.org> <mina@example.org> 1 +0000", ""),
        (b"other x", ""),
    ],
)
def test_addresses_are_those_of_the_object(line: bytes, address: str) -> None:
    assert parse_object(b"tree 0\n" + line + b"\n\nwork\n").author == address


def test_the_first_author_line_counts() -> None:
    data = b"author A <a@x> 1 +0000\nauthor B <b@x> 1 +0000\n\n"
    assert parse_object(data).author == "a@x"


def test_without_ssh_keygen_the_error_says_what_is_missing(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UsageError, match="Install OpenSSH"):
        is_signed_by(b"-----BEGIN SSH SIGNATURE-----\n", b"", [room.public_key("mina")])
