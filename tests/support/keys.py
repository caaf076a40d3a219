"""Real SSH keys, and computers that have them."""

from __future__ import annotations

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
