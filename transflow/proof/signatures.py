"""SSH signatures, verified here for Ed25519 keys, otherwise with ssh-keygen.

Invariant: only the given keys count, and no program or file that a clone names is used.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.project.git_command import execute
from transflow.proof import ed25519

MESSAGES = Messages(
    __name__,
    {"no-program": "signatures cannot be verified: there is no ssh-keygen here. Install OpenSSH 8.2 or newer."},
)
_BEGIN = b"-----BEGIN SSH SIGNATURE-----"
_SIGNER = "signer"
NOTHING_KNOWN: Mapping[str, object] = MappingProxyType({})


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


class Verifier:
    """Verification of signatures, whose verdicts are kept by the content that they are about."""

    def __init__(self, known: Mapping[str, object] = NOTHING_KNOWN) -> None:
        """Take the verdicts of an earlier run."""
        self._known = known
        self.verdicts: dict[str, bool] = {}
        """Digest of signature, bytes and keys -> verdict, of this run."""
        self.has_more = False
        """True if there are verdicts that were not known."""

    def is_signed_by(self, signature: bytes, payload: bytes, keys: Collection[str], namespace: str = "git") -> bool:
        """Return whether one of these public keys made the signature of these bytes.

        Raise UsageError if it takes ssh-keygen, and there is none.
        """
        if not keys or not signature.startswith(_BEGIN):
            return False
        key = _digest(signature, payload, keys, namespace)
        if key not in self.verdicts:
            found = self._known.get(key)
            self.has_more |= not isinstance(found, bool)
            self.verdicts[key] = found if isinstance(found, bool) else is_signed_by(signature, payload, keys, namespace)
        return self.verdicts[key]

    def verify_ahead(self, wanted: Iterable[tuple[bytes, bytes, Collection[str], str]]) -> None:
        """Verify signatures, given as for `is_signed_by`, on all processors.

        Those that take no program are left for later. Loads concurrent, for the others.
        """
        slow = [each for each in wanted if each[2] and ed25519.verdict(*each) is None and not self._is_known(each)]
        if len(slow) > 1:
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(os.cpu_count()) as threads:
                list(threads.map(lambda each: self.is_signed_by(*each), slow))

    def _is_known(self, wanted: tuple[bytes, bytes, Collection[str], str]) -> bool:
        return _digest(*wanted) in self._known


def _digest(signature: bytes, payload: bytes, keys: Collection[str], namespace: str) -> str:
    """Return the digest of all that a verdict depends on."""
    parts = (signature, payload, namespace.encode(), *sorted(without_comment(key).encode() for key in set(keys)))
    return sha256(b"".join(b"%d:%b" % (len(part), part) for part in parts)).hexdigest()


def is_signed_by(signature: bytes, payload: bytes, keys: Iterable[str], namespace: str = "git") -> bool:
    """Return whether one of these public keys made the signature of these bytes.

    ssh-keygen has the last word on what is not plainly good or by another key. Raise UsageError if
    it is needed, and there is none.
    """
    keys = [*keys]
    if not keys or not signature.startswith(_BEGIN):
        return False
    found = ed25519.verdict(signature, payload, keys, namespace)
    return is_good_for_ssh_keygen(signature, payload, keys, namespace) if found is None else found


def is_good_for_ssh_keygen(signature: bytes, payload: bytes, keys: Iterable[str], namespace: str) -> bool:
    """Return what ssh-keygen says. Raise UsageError if there is none."""
    allowed = [f'{_SIGNER} namespaces="{namespace}" {without_comment(key)}\n' for key in keys]
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
