"""Public keys in transflow.toml, and the private ones of a computer."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import done, transflow
from support.keys import computer, make_key, with_key
from support.newsrooms import git
from support.stories import actor
from transflow.actions.project import keys
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.proof.signing import made_keys_folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a key in .ssh, and another key outside of it."""
    folder = tmp_path_factory.mktemp("keys")
    make_key(folder / "home" / ".ssh" / "id_ed25519")
    make_key(folder / "other")
    return folder


@pytest.fixture
def home(made: Path) -> Iterator[Path]:
    with computer(made / "home"):
        yield made / "home"


@pytest.fixture
def agent(tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real SSH agent with one key."""
    output = subprocess.run(
        ["ssh-agent", "-s", "-a", tmp_path / "s"], check=True, capture_output=True, text=True
    ).stdout
    variables = dict(line.partition(";")[0].split("=") for line in output.splitlines() if "=" in line)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    subprocess.run(["ssh-add", "-q", made / "other"], check=True, capture_output=True)
    yield
    os.kill(int(variables["SSH_AGENT_PID"]), 15)


def test_a_key_is_recorded_without_its_comment_and_the_file_gets_the_present_format(room: Path, home: Path) -> None:
    before = (room / "transflow.toml").read_text(encoding="utf-8")
    out = done(room, "keys", "add", "~/.ssh/id_ed25519.pub", user="mina")
    (key,) = keys.keys_of_people(actor(room, "mina"), "mina")
    assert key.fingerprint in out
    assert actor(room, "mina").user.keys == (key.key,)
    after = (room / "transflow.toml").read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if line not in before.splitlines()] in (
        ["format = 2", f'keys = ["{key.key}"]'],
        [f'keys = ["{key.key}"]'],
    )
    assert key.place == str(home / ".ssh" / "id_ed25519")
    assert key.is_signing


def test_adding_it_again_changes_nothing(room: Path, home: Path) -> None:
    done(room, "keys", "add", "~/.ssh/id_ed25519.pub", user="mina")
    before = (room / "transflow.toml").read_bytes()
    done(room, "keys", "add", "~/.ssh/id_ed25519.pub", user="mina")
    assert (room / "transflow.toml").read_bytes() == before


def test_a_removed_key_leaves_the_others_and_the_rest_of_the_file(room: Path, made: Path, home: Path) -> None:
    done(room, "keys", "add", "~/.ssh/id_ed25519.pub", user="mina")
    before = (room / "transflow.toml").read_text(encoding="utf-8")
    other = keys.add(actor(room, "mina"), (made / "other.pub").read_text(encoding="utf-8"))
    done(room, "keys", "remove", other.fingerprint[:16], user="mina")
    assert (room / "transflow.toml").read_text(encoding="utf-8") == before
    (first,) = keys.keys_of_people(actor(room, "mina"))
    done(room, "keys", "remove", first.fingerprint, user="mina")
    assert not keys.keys_of_people(actor(room, "mina"))


def test_the_key_of_the_agent_is_recorded_and_signs(room: Path, agent: None) -> None:
    done(room, "keys", "add", user="mina")
    (key,) = keys.keys_of_people(actor(room, "mina"))
    assert (key.place, key.is_signing) == ("agent", True)
    assert "signs here" in done(room, "keys", "list")
    with pytest.raises(UsageError, match=r"has no key that transflow\.toml lacks"):
        keys.key_of_agent(actor(room, "mina"))


def test_several_keys_of_the_agent_are_named_so_that_one_can_be_chosen(room: Path, made: Path, agent: None) -> None:
    subprocess.run(["ssh-add", "-q", made / "home" / ".ssh" / "id_ed25519"], check=True, capture_output=True)
    with pytest.raises(UsageError, match=r"several keys.*SHA256:.*SHA256:"):
        keys.key_of_agent(actor(room, "mina"))


def test_a_key_is_made_for_a_protected_person_and_says_nothing_of_them(room: Path, home: Path) -> None:
    done(room, "person", "add", "p-7k2m", "--protected", "--role", "editor")
    done(room, "keys", "make", "--person", "p-7k2m", user="mina")
    again = done(room, "keys", "make", "--person", "p-7k2m", user="mina")
    (key,) = keys.keys_of_people(actor(room, "mina"), "p-7k2m")
    assert Path(key.place).parent == made_keys_folder()
    assert key.place in again
    assert Path(key.place).stat().st_mode & 0o777 == 0o600
    assert made_keys_folder().stat().st_mode & 0o777 == 0o700
    assert Path(f"{key.place}.pub").read_text(encoding="utf-8").split() == key.key.split()
    assert key.is_signing


def test_others_keys_are_recorded_by_editors_only(room: Path, made: Path) -> None:
    public = (made / "other.pub").read_text(encoding="utf-8")
    with pytest.raises(RefusedError, match="claire is no editor"):
        keys.add(actor(room, "claire"), public, "mina")
    assert keys.add(actor(room, "mina"), public, "claire").who == "claire"
    with pytest.raises(UnknownNameError):
        keys.add(actor(room, "mina"), public, "nobody")


@pytest.mark.parametrize("text", ["", "ssh-ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "ssh-ed25519 %%%"])
def test_anything_but_a_public_key_is_refused(room: Path, text: str) -> None:
    before = (room / "transflow.toml").read_bytes()
    with pytest.raises(UsageError):
        keys.add(actor(room, "mina"), text)
    assert (room / "transflow.toml").read_bytes() == before


@pytest.mark.parametrize("name", ["", "SHA256:", "SHA256:xxxxxxxxxx", "mina"])
def test_a_fingerprint_that_names_no_key_removes_none(room: Path, made: Path, name: str) -> None:
    with_key(room, "mina", (made / "other.pub").read_text(encoding="utf-8").strip())
    with pytest.raises(UsageError, match="has no key"):
        keys.remove(actor(room, "mina"), name)


def test_the_list_for_programs_has_every_field(room: Path, home: Path) -> None:
    assert transflow(room, "keys", "list").err.startswith("Nobody has a key")
    done(room, "keys", "add", "~/.ssh/id_ed25519.pub", user="mina")
    (values,) = json.loads(done(room, "keys", "list", "--format", "json"))
    assert (values["person"], values["signs"]) == ("mina", True)
    assert {*values} == {"person", "key", "fingerprint", "place", "signs", "counts"}


def test_a_key_counts_once_an_editor_records_it_also_after_its_owner_committed_it(room: Path, made: Path) -> None:
    public = (made / "other.pub").read_text(encoding="utf-8")
    settings = (room / "transflow.toml").read_text(encoding="utf-8")
    for who in ("claire", "mina"):
        if f'"{who}@example.org"' not in settings:
            settings = settings.replace(f'id = "{who}"\n', f'id = "{who}"\nemails = ["{who}@example.org"]\n')
    (room / "transflow.toml").write_text(settings, encoding="utf-8")
    git(room, "init", "-q", "-b", "main")
    commit(room, "mina")

    assert keys.add(actor(room, "claire"), public).standing == "uncommitted"
    assert "is in no commit yet" in done(room, "keys", "list")
    commit(room, "claire")
    ran = transflow(room, "keys", "list")
    assert "proves nothing, since nobody who was an editor committed it" in ran.out
    assert "after `transflow keys remove SHA256:" in ran.err

    again = transflow(room, "keys", "add", str(made / "other.pub"), "--person", "claire", user="mina")
    assert "of claire already" in again.out
    assert "after `transflow keys remove SHA256:" in again.err
    (key,) = keys.keys_of_people(actor(room, "mina"))
    keys.remove(actor(room, "mina"), key.fingerprint, "claire")
    commit(room, "mina")
    keys.add(actor(room, "mina"), public, "claire")
    commit(room, "mina")
    (key,) = keys.keys_of_people(actor(room, "mina"))
    assert not key.standing


def commit(folder: Path, who: str) -> None:
    git(folder, "add", "-A")
    git(folder, "-c", f"user.name={who}", "-c", f"user.email={who}@example.org", "commit", "-q", "-m", "work")


def test_a_key_is_one_persons_and_a_file_with_several_is_refused(room: Path, made: Path) -> None:
    first, second = ((made / name).read_text(encoding="utf-8") for name in ("other.pub", "home/.ssh/id_ed25519.pub"))
    keys.add(actor(room, "mina"), first)
    with pytest.raises(UsageError, match=r"the key of mina .* claire needs another"):
        keys.add(actor(room, "claire"), first)
    with pytest.raises(UsageError, match="2 keys"):
        keys.add(actor(room, "claire"), first + second)
    keys.add(actor(room, "claire"), f"# of the laptop\n{second}\n")


def test_a_beginning_that_is_too_short_is_called_so(room: Path, made: Path) -> None:
    key = keys.add(actor(room, "mina"), (made / "other.pub").read_text(encoding="utf-8"))
    with pytest.raises(UsageError, match="too short for a fingerprint: give 13 characters"):
        keys.remove(actor(room, "mina"), key.fingerprint[:10])


def test_a_key_that_was_written_by_hand_with_its_comment_is_known_and_removed(room: Path, made: Path) -> None:
    public = (made / "other.pub").read_text(encoding="utf-8").strip()
    with_key(room, "mina", f"{public.split()[0]} {public.split()[1]} mina@laptop")
    before = (room / "transflow.toml").read_bytes()
    keys.add(actor(room, "mina"), public)
    assert (room / "transflow.toml").read_bytes() == before
    (key,) = keys.keys_of_people(actor(room, "mina"))
    keys.remove(actor(room, "mina"), key.fingerprint)
    assert not keys.keys_of_people(actor(room, "mina"))
