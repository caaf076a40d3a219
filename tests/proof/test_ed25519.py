"""Verdicts on signatures without a program: those of ssh-keygen."""

from __future__ import annotations

import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.keys import make_key
from transflow.proof import signatures
from transflow.proof.ed25519 import verdict
from transflow.proof.signatures import Verifier, is_signed_by

PAYLOAD = b"v1 approve mina 2024-03-26T01:40:00Z en k7f3q2mx:00 "
ORDER = 2**252 + 27742317777372353535851937790883648493
"""Order of the group: adding it to the second half of a signature gives another form of it."""


class Signed:
    """A key, a signature that it made, and ssh-keygen's verdict on signatures."""

    def __init__(self, folder: Path, *options: str) -> None:
        key = folder / "key"
        folder.mkdir(exist_ok=True)
        if options:
            subprocess.run(["ssh-keygen", "-q", "-N", "", "-f", str(key), *options], check=True)
        self.public = key.with_suffix(".pub").read_text(encoding="utf-8") if options else make_key(key)
        self.armored = self.sign(key)

    def sign(self, key: Path, namespace: str = "transflow") -> bytes:
        command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(key)]
        return subprocess.run(command, input=PAYLOAD, capture_output=True, check=True).stdout

    @property
    def data(self) -> bytes:
        return b64decode(b"".join(self.armored.splitlines()[1:-1]))

    def is_good(self, armored: bytes, payload: bytes = PAYLOAD) -> bool:
        """Return the verdict, which has to be that of ssh-keygen."""
        own = is_signed_by(armored, payload, [self.public], "transflow")
        assert own == signatures.is_good_for_ssh_keygen(armored, payload, [self.public], "transflow")
        return own


def armored(data: bytes) -> bytes:
    text = b64encode(data)
    lines = [text[i : i + 70] for i in range(0, len(text), 70)]
    return b"\n".join((b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return Signed(tmp_path_factory.mktemp("ed25519"))


def test_a_good_signature_needs_no_program(signed: Signed, monkeypatch: pytest.MonkeyPatch) -> None:
    assert signed.is_good(signed.armored)
    monkeypatch.setenv("PATH", "/nowhere")
    assert is_signed_by(signed.armored, PAYLOAD, [signed.public], "transflow")


def test_one_by_another_key_or_for_another_purpose_needs_none_either(signed: Signed, tmp_path: Path) -> None:
    other = Signed(tmp_path / "other")
    for each in (other.armored, signed.sign(tmp_path / "other" / "key", "git")):
        assert not signed.is_good(each)
        assert verdict(each, PAYLOAD, [signed.public], "transflow") is False


def test_of_other_bytes_it_is_bad(signed: Signed) -> None:
    assert not signed.is_good(signed.armored, PAYLOAD + b"!")
    assert not signed.is_good(signed.armored, b"")


@pytest.mark.parametrize("kind", [("-t", "ecdsa"), ("-t", "rsa", "-b", "2048")])
def test_other_keys_are_left_to_ssh_keygen(tmp_path: Path, kind: tuple[str, ...]) -> None:
    signed = Signed(tmp_path / "other", *kind)
    assert verdict(signed.armored, PAYLOAD, [signed.public], "transflow") is None
    assert signed.is_good(signed.armored)
    assert not signed.is_good(signed.armored, b"other")


def test_unusual_forms_are_judged_as_by_ssh_keygen(signed: Signed) -> None:
    data = signed.data
    large = (int.from_bytes(data[-32:], "little") + ORDER).to_bytes(32, "little")
    for each in (data[:-32] + large, data + b"\0", data[:-1], data[:40], b"", data[:9] + b"\2" + data[10:]):
        signed.is_good(armored(each))
    text = signed.armored
    for other in (text.replace(b"\n", b"\r\n"), text[:-1], b" " + text, text + b"more", text.replace(b"=", b""),
                  text.replace(b"-----END", b"\n-----END"), text[:80] + b" " + text[80:]):  # fmt: skip
        signed.is_good(other)


@settings(max_examples=25)
@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_changed_byte_is_judged_as_by_ssh_keygen(signed: Signed, place: int, value: int) -> None:
    data = bytearray(signed.data)
    data[place % len(data)] = value
    signed.is_good(armored(bytes(data)))


# Verdicts that are kept


def test_a_verdict_is_known_in_the_next_run_for_the_same_content_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed, other = Signed(tmp_path / "one", "-t", "ecdsa"), Signed(tmp_path / "two", "-t", "ecdsa")
    first = Verifier()
    assert first.is_signed_by(signed.armored, PAYLOAD, [signed.public], "transflow")
    assert not first.is_signed_by(signed.armored, PAYLOAD, [other.public], "transflow")
    assert first.has_more
    monkeypatch.setattr(signatures, "is_good_for_ssh_keygen", lambda *_: pytest.fail("it was verified again"))
    second = Verifier(first.verdicts)
    assert second.is_signed_by(signed.armored, PAYLOAD, [signed.public], "transflow")
    assert not second.is_signed_by(signed.armored, PAYLOAD, [other.public], "transflow")
    assert not second.has_more
    changed = (
        (other.armored, PAYLOAD, [signed.public], "transflow"),
        (signed.armored, PAYLOAD + b"!", [signed.public], "transflow"),
        (signed.armored, PAYLOAD, [signed.public, other.public], "transflow"),
        (signed.armored, PAYLOAD, [signed.public], "git"),
    )
    assert not {signatures._digest(*each) for each in changed} & set(first.verdicts)


def test_what_takes_a_program_is_verified_on_all_processors(tmp_path: Path) -> None:
    signed = Signed(tmp_path / "one", "-t", "ecdsa")
    verifier = Verifier()
    texts = [PAYLOAD, *(b"%d" % number for number in range(5))]
    verifier.verify_ahead((signed.armored, text, [signed.public], "transflow") for text in texts)
    assert sorted(verifier.verdicts.values()) == [False] * 5 + [True]
