"""The proof of 9,657 approvals in 10,000 commits, and the history of their sentences, against one
`git log --raw` of the same range; signatures, against ssh-keygen.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha512
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench import Figure, cpu_of, cpu_with_children, histories, in_turns
from transflow.actions import Actor, utc_now
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.stories.blame import history
from transflow.project import Project
from transflow.project.cache import OFF
from transflow.proof.signature_lines import Item, SignatureLine
from transflow.proof.signatures import Verifier, is_good_for_ssh_keygen

_LOG = ("git", "log", "--raw")


def _prove(root: Path) -> None:
    project = Project(root.resolve())
    proof = ProofChecker(project, "author", "", ("en",))
    place = next(project.all_catalogs())
    assert not list(proof.issues(place, project.load(place)))


def _tell(root: Path) -> None:
    project = Project(root.resolve())
    place = next(project.all_catalogs())
    units, _ = history(Actor(project, project.settings.people[0], utc_now()), str(place))
    assert all(each.events for each in units)


def _signatures(count: int) -> tuple[str, list[SignatureLine]]:
    """Return a public key, and lines of a signature file that it signed."""
    key = Ed25519PrivateKey.generate()
    kind = b"ssh-ed25519"
    public = _strings(kind, key.public_key().public_bytes_raw())
    lines = []
    for number in range(count):
        items = (Item("k7f3q2mx", f"{number:064x}"),)
        line = SignatureLine("approve", "eugene", "2024-03-26T01:40:00Z", "en", items)
        parts = (b"transflow", b"", b"sha512")
        message = b"SSHSIG" + _strings(*parts, sha512(line.payload).digest())
        data = b"SSHSIG\0\0\0\1" + _strings(public, *parts, _strings(kind, key.sign(message)))
        lines.append(line._replace(signature=b64encode(data).decode()))
    return f"{kind.decode()} {b64encode(public).decode()}", lines


def _strings(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _verify(verifier: Verifier, key: str, lines: list[SignatureLine]) -> None:
    assert all(verifier.is_signed_by(line.armored, line.payload, [key], "transflow") for line in lines)


def _verify_by_program(key: str, lines: list[SignatureLine]) -> None:
    assert all(is_good_for_ssh_keygen(line.armored, line.payload, [key], "transflow") for line in lines)


def _of_signatures() -> Iterator[Figure]:
    key, lines = _signatures(200)
    known = Verifier()
    _verify(known, key, lines)
    program, first, again = in_turns(
        3,
        lambda: cpu_with_children(partial(_verify_by_program, key, lines)),
        lambda: cpu_with_children(partial(_verify, Verifier(), key, lines)),
        lambda: cpu_with_children(partial(_verify, Verifier(known.verdicts), key, lines)),
    )
    yield Figure("200 signatures: ssh-keygen / the first time, CPU", program / first, 10, True, f"first {first:.3f} s")
    yield Figure("200 signatures: ssh-keygen / known ones, CPU", program / max(again, 1e-6), 50, True)


def measure() -> Iterator[Figure]:
    yield from _of_signatures()
    os.environ[OFF] = "1"  # otherwise only commits since the last run are searched
    few, many = histories.of_commits(5000), histories.of_commits(10000)
    log, proof, half, told = in_turns(
        5,
        lambda: cpu_of(_LOG, many),
        partial(cpu_with_children, partial(_prove, many)),
        partial(cpu_with_children, partial(_prove, few)),
        partial(cpu_with_children, partial(_tell, many)),
    )
    yield Figure("proof of 10,000 commits / git log --raw, CPU", proof / log, 10, note=f"git {log:.2f} s")
    yield Figure("proof of 10,000 commits / 2 × 5,000, CPU", proof / half / 2, 1.2)
    yield Figure("history of all sentences in 10,000 commits / git log --raw, CPU", told / log, 10)
    del os.environ[OFF]
