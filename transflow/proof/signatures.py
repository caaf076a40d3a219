"""SSH signatures, verified with ssh-keygen.

Invariant: only the given keys count, and no program or file that a clone names is used.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.project.git_command import execute

MESSAGES = Messages(
    __name__,
    {"no-program": "signatures cannot be verified: there is no ssh-keygen here. Install OpenSSH 8.2 or newer."},
)
_BEGIN = b"-----BEGIN SSH SIGNATURE-----"
_SIGNER = "signer"


def fingerprint(key: str) -> str:
    """Return the fingerprint of a public key, as ssh-keygen prints it; empty for another text."""
    try:
        data = b64decode(key.split()[1], validate=True)
    except (IndexError, ValueError):
        return ""
    return "SHA256:" + b64encode(sha256(data).digest()).decode("ascii").rstrip("=")


def without_comment(key: str) -> str:
    """Return a public key as its kind and its data."""
    return " ".join(key.split()[:2])


def is_signed_by(signature: bytes, payload: bytes, keys: Iterable[str], namespace: str = "git") -> bool:
    """True if one of these public keys made the signature of these bytes.

    Raises UsageError if there is no ssh-keygen.
    """
    allowed = [f'{_SIGNER} namespaces="{namespace}" {without_comment(key)}\n' for key in keys]
    if not allowed or not signature.startswith(_BEGIN):
        return False
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "allowed").write_text("".join(allowed), encoding="utf-8")
        (folder / "signature").write_bytes(signature)
        files = ("-f", str(folder / "allowed"), "-s", str(folder / "signature"))
        try:
            result = execute(["ssh-keygen", "-Y", "verify", "-n", namespace, "-I", _SIGNER, *files], folder, payload)
        except FileNotFoundError:
            raise UsageError(MESSAGES("no-program")) from None
    return result.returncode == 0
