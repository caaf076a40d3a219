"""SSH signatures by Ed25519 keys, verified without a program for each.

Invariant: what is called good here is good for ssh-keygen too, and what is called bad is bad: a
signature by none of the keys, or for another purpose. All else is left to ssh-keygen.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections.abc import Iterable

_ARMORED = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/]{1,76}={0,2}\n)+)-----END SSH SIGNATURE-----\n?"
)
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_KIND = b"ssh-ed25519"
_HASHES = {b"sha256": "sha256", b"sha512": "sha512"}


def verdict(signature: bytes, payload: bytes, keys: Iterable[str], namespace: str) -> bool | None:
    """Return whether one of these public keys made the signature; None if ssh-keygen has to say."""
    parts = _parts(signature)
    if parts is None:
        return None
    public, purpose, reserved, hash_name, signed = parts
    allowed = [_blob(key) for key in keys]
    if public not in allowed or purpose != namespace.encode():
        return False if None not in allowed else None
    key, own = _strings(public), _strings(signed)
    if key is None or own is None or [key[:1], own[:1]] != [[_KIND], [_KIND]] or hash_name not in _HASHES:
        return None
    if (len(key), len(own), len(key[-1]), len(own[-1])) != (2, 2, 32, 64):
        return None
    digest = hashlib.new(_HASHES[hash_name], payload).digest()
    message = _MAGIC + b"".join(len(each).to_bytes(4, "big") + each for each in (purpose, reserved, hash_name, digest))
    return True if _is_good(key[1], own[1], message) else None


def _is_good(key: bytes, signature: bytes, message: bytes) -> bool:
    """Loads cryptography, for signatures alone."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _parts(signature: bytes) -> list[bytes] | None:
    """Return key, purpose, reserved, hash and signature; None if they are written otherwise."""
    match = _ARMORED.fullmatch(signature)
    if not match:
        return None
    try:
        data = b64decode(match[1].replace(b"\n", b""), validate=True)
    except ValueError:
        return None
    start = len(_MAGIC) + len(_VERSION)
    parts = _strings(data[start:]) if data[:start] == _MAGIC + _VERSION else None
    return parts if parts is not None and len(parts) == 5 else None


def _strings(data: bytes) -> list[bytes] | None:
    """Return the strings of SSH's wire format; None if it is something else."""
    found = list[bytes]()
    while data:
        size = int.from_bytes(data[:4], "big")
        if len(data) < 4 + size:
            return None
        found.append(data[4 : 4 + size])
        data = data[4 + size :]
    return found


def _blob(key: str) -> bytes | None:
    """Return a public key as it stands in signatures; None for an unusual one."""
    try:
        return b64decode(key.split()[1], validate=True)
    except (IndexError, ValueError):
        return None
