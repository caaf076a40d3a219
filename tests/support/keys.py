"""Real SSH keys, and computers that have them."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def make_key(path: Path, passphrase: str = "") -> str:
    """Make a key pair with its file name as its comment, and return the public key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = ("-q", "-t", "ed25519", "-N", passphrase, "-C", path.name, "-f", str(path))
    subprocess.run(["ssh-keygen", *options], check=True)
    return public_key(path)


def make_same_key(path: Path, seed: str) -> str:
    """Make a key pair that is the same for the same seed, and return the public key."""
    secret = hashlib.sha256(seed.encode()).digest()
    public, kind = _ed25519_public(secret), b"ssh-ed25519"
    blob = _field(kind) + _field(public)
    private = bytes(8) + blob + _field(secret + public) + _field(path.name.encode())
    private += bytes(range(1, 1 + -len(private) % 8))
    none = _field(b"none")
    data = b"openssh-key-v1\0" + none + none + _field(b"") + (1).to_bytes(4, "big") + _field(blob) + _field(private)
    text = base64.encodebytes(data).decode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"-----BEGIN OPENSSH PRIVATE KEY-----\n{text}-----END OPENSSH PRIVATE KEY-----\n", encoding="ascii")
    line = f"ssh-ed25519 {base64.b64encode(blob).decode()}"
    path.with_name(f"{path.name}.pub").write_text(f"{line} {path.name}\n", encoding="ascii")
    return line


def _field(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = (15112221349535400772501151409588531511454012693041857206046113283949847762202, 4 * pow(5, -1, _P) % _P)


def _ed25519_public(secret: bytes) -> bytes:
    """Return the public key of RFC 8032. ssh-keygen has no way to make one from a given secret."""
    digest = bytearray(hashlib.sha512(secret).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    point, doubled = (0, 1), _BASE
    for bit in range(256):
        if digest[bit // 8] >> bit % 8 & 1:
            point = _sum(point, doubled)
        doubled = _sum(doubled, doubled)
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _sum(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
    """Return the sum of two points of the curve."""
    (x1, y1), (x2, y2) = one, two
    product = _D * x1 * x2 * y1 * y2 % _P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, _P) % _P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, _P) % _P
    return x, y


def public_key(path: Path) -> str:
    return path.with_name(f"{path.name}.pub").read_text(encoding="utf-8").strip()


@contextmanager
def computer(home: Path) -> Iterator[None]:
    """Work where the only SSH keys are those in `.ssh` of a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.delenv("SSH_AUTH_SOCK", raising=False)
        yield


def with_key(root: Path, who: str, public: str) -> None:
    """Give a person of a project's transflow.toml a key."""
    path = root / "transflow.toml"
    text = path.read_text(encoding="utf-8").replace("format = 1\n", "format = 2\n", 1)
    assert f'id = "{who}"\n' in text
    path.write_text(text.replace(f'id = "{who}"\n', f'id = "{who}"\nkeys = ["{public}"]\n', 1), encoding="utf-8")
