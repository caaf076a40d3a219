"""Signatures made with a person's own SSH key.

Invariant: nobody is asked for a passphrase: a key signs if the agent has it, or if its file has
none. Only a key that transflow.toml names for the person is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from transflow.messages import Message, Messages
from transflow.project import git
from transflow.project.git_command import execute_without_terminal
from transflow.proof.signature_lines import without_armor
from transflow.proof.signatures import without_comment
from transflow.user_folders import config_folder

NAMESPACE = "transflow"
"""Namespace of the signatures, so that the signature of a commit or a mail is none of these."""
MESSAGES = Messages(
    __name__,
    {
        "nowhere": "none of the keys of {who} in transflow.toml is in the SSH agent, or in a file without a passphrase "
        "(`ssh-add` puts one into the agent).",
        "failed": "ssh-keygen did not sign: {why}",
        "slow": "the SSH agent did not answer in time.",
        "no-program": "there is no ssh-keygen here (OpenSSH 8.2 or newer has it).",
    },
)
_TIMEOUT = 25.0
"""Seconds for a signature, in which somebody may have to touch a key. Shorter than the wait of
others for the lock.
"""


class SigningKey(NamedTuple):
    """A key that can sign here."""

    public: str
    """Kind and data."""
    file: Path | None = None
    """The private key; None for a key of the agent."""


class NotSignedError(Exception):
    """A signature could not be made."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def made_keys_folder() -> Path:
    """Return the folder of the keys that transflow made. It need not exist."""
    return config_folder() / "keys"


def signing_keys(folder: Path) -> Iterator[SigningKey]:
    """Yield the keys that could sign in a project: those of the agent, then those in files.

    A private key with a passphrase is yielded too, because only signing shows that it has one.
    """
    yield from (SigningKey(each) for each in agent_keys())
    for public in _public_files(folder):
        private = public.with_suffix("")
        if private.is_file() and (key := _read_public(public)):
            yield SigningKey(key, private)


def agent_keys() -> list[str]:
    """Return the public keys of the SSH agent, with their comments removed."""
    if not os.environ.get("SSH_AUTH_SOCK"):
        return []
    try:
        result = execute_without_terminal(["ssh-add", "-L"], None, b"", _TIMEOUT)
    except (FileNotFoundError, TimeoutError):
        return []
    lines = result.stdout.decode("utf-8", "replace").splitlines() if result.returncode == 0 else []
    return [without_comment(line) for line in lines if line.strip()]


def _public_files(folder: Path) -> Iterator[Path]:
    """Yield files with public keys: git's `user.signingkey`, those of transflow, and ~/.ssh."""
    if (named := git.user_config(folder, "user.signingkey")) and not named.startswith(("key::", "ssh-")):
        path = Path(named).expanduser()
        yield path if path.suffix == ".pub" else path.with_name(f"{path.name}.pub")
    for each in (made_keys_folder(), Path("~/.ssh").expanduser()):
        if each.is_dir():
            yield from sorted(each.glob("*.pub"))


def _read_public(path: Path) -> str:
    try:
        return without_comment(path.read_text(encoding="utf-8")) if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return ""


def key_of(folder: Path, keys: Iterable[str]) -> SigningKey | None:
    """Return the first of these public keys that could sign here; None if there is none."""
    return next(_keys_of(folder, keys), None)


def _keys_of(folder: Path, keys: Iterable[str]) -> Iterator[SigningKey]:
    own = {without_comment(each) for each in keys}
    return (each for each in signing_keys(folder) if each.public in own)


def sign(folder: Path, payload: bytes, who: str, keys: Sequence[str], namespace: str = NAMESPACE) -> str:
    """Return the signature of these bytes by one of a person's keys, in base64.

    The namespace of a commit is "git". Raises NotSignedError with the reason.
    """
    why = MESSAGES("nowhere", who=who)
    for key in _keys_of(folder, keys):
        try:
            return _sign_with(key, payload, namespace)
        except NotSignedError as error:
            why = error.message
    raise NotSignedError(why)


def _sign_with(key: SigningKey, payload: bytes, namespace: str) -> str:
    with TemporaryDirectory() as name:
        file = key.file or Path(name) / "key.pub"
        if key.file is None:
            file.write_text(f"{key.public}\n", encoding="utf-8")
        try:
            command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(file)]
            result = execute_without_terminal(command, Path(name), payload, _TIMEOUT)
        except FileNotFoundError:
            raise NotSignedError(MESSAGES("no-program")) from None
        except TimeoutError:
            raise NotSignedError(MESSAGES("slow")) from None
    if result.returncode:
        lines = result.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotSignedError(MESSAGES("failed", why=lines[-1] if lines else str(result.returncode)))
    return without_armor(result.stdout)
