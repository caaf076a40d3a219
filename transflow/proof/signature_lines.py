"""Signature files: lines in which people sign what they approved, cleared, waived or took back.

A line is `v1 VERB WHO TIME LOCALE ID:DIGEST,… SIGNATURE`, one for each act. The signed bytes are
those before the signature, with the last space. DIGEST is the SHA-256 of what the claim covers, so
each unit of a line is proved by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, cast

from transflow.proof.claims import Claim, ClaimKind, full_digest

Verb = Literal["approve", "clear", "ready", "waive", "revoke"]
VERBS: dict[ClaimKind, tuple[Verb, ...]] = {
    "approval": ("approve", "clear"),
    "clearance": ("clear",),
    "ready": ("ready",),
    "waiver": ("waive",),
}
"""Verbs of lines that prove a claim; the first is that of a claim by itself."""
_NAME = r"[^\s,:]{1,100}"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_ITEM = rf"{_NAME}:[0-9a-f]{{64}}"
_LINE = re.compile(
    rf"(v1 (approve|clear|ready|waive|revoke) ({_NAME}) ({_TIME}) ({_NAME}) ({_ITEM}(?:,{_ITEM})*) )"
    r"([A-Za-z0-9+/]{1,20000}={0,2})"
)
_ARMOR = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_ARMOR_WIDTH = 70


class Item(NamedTuple):
    """A unit, or a story as a whole, that a line is about."""

    about: str
    """Id of the unit or story."""
    digest: str


class SignatureLine(NamedTuple):
    """One signed act."""

    verb: Verb
    who: str
    time: str
    locale: str
    items: tuple[Item, ...]
    signature: str = ""
    """In base64, without the lines around it."""

    @property
    def payload(self) -> bytes:
        """The signed bytes."""
        items = ",".join(f"{each.about}:{each.digest}" for each in self.items)
        return f"v1 {self.verb} {self.who} {self.time} {self.locale} {items} ".encode()

    @property
    def text(self) -> str:
        return f"{self.payload.decode()}{self.signature}"

    @property
    def armored(self) -> bytes:
        """The signature in the form that ssh-keygen reads."""
        lines = [self.signature[i : i + _ARMOR_WIDTH] for i in range(0, len(self.signature), _ARMOR_WIDTH)]
        return "\n".join((_ARMOR[0], *lines, _ARMOR[1], "")).encode()


def without_armor(signature: bytes) -> str:
    """Return the signature of ssh-keygen in one line."""
    return "".join(line for line in signature.decode("ascii").split("\n") if line not in _ARMOR)


def parse_line(text: str) -> SignatureLine | None:
    """Return a line of a file; None if it is none."""
    match = _LINE.fullmatch(text)
    if not match:
        return None
    items = (Item(*each.split(":")) for each in match[6].split(","))
    return SignatureLine(cast("Verb", match[2]), match[3], match[4], match[5], tuple(items), match[7])


def lines_of(text: str) -> list[tuple[int, str, SignatureLine | None]]:
    """Return number, text and meaning of each line that is not empty."""
    rows = enumerate(text.split("\n"), 1)
    return [(number, row, parse_line(row)) for number, row in ((n, each.rstrip("\r")) for n, each in rows) if row]


def known_lines(text: str) -> list[SignatureLine]:
    """Return the lines that have the right form."""
    return [line for _, _, line in lines_of(text) if line]


def item_of(claim: Claim, covered: str) -> Item:
    """Return what a line says about a claim, given the digest of what it covers."""
    is_about_unit = claim.kind in ("approval", "waiver")
    return Item(claim.about, covered if is_about_unit else full_digest(claim.locale, claim.about, "", covered))


def proves(line: SignatureLine, claim: Claim, item: Item) -> bool:
    """True if a line with a good signature is the claim's own."""
    is_same = (line.who, line.time, line.locale) == (claim.who, claim.time, claim.locale)
    return is_same and line.verb in VERBS[claim.kind] and item in line.items


def revokes(line: SignatureLine, claim: Claim, item: Item) -> bool:
    """True if a line with a good signature takes the claim back, unless a later line renews it."""
    is_later = line.time >= claim.time
    return line.verb == "revoke" and line.locale == claim.locale and is_later and item in line.items


def lines_for(claims: Iterable[tuple[Claim, str]]) -> list[SignatureLine]:
    """Return the unsigned lines of claims by one person, one line for each verb and time.

    The approvals that clear a story are in the line that clears it.
    """
    claims = list(claims)
    cleared_at = {claim.time for claim, _ in claims if claim.kind == "clearance"}
    rows: dict[tuple[Verb, str, str, str], list[Item]] = {}
    for claim, covered in claims:
        verbs = VERBS[claim.kind]
        verb = verbs[-1] if claim.time in cleared_at else verbs[0]
        rows.setdefault((verb, claim.who, claim.time, claim.locale), []).append(item_of(claim, covered))
    return [SignatureLine(*key, tuple(items)) for key, items in rows.items()]
