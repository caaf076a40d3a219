"""Claims of the record: what somebody is said to have approved, waived, cleared or called ready.

Invariant: the claims of a file are those of its chunks, so that two versions differ only by the
claims of the chunks that differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Literal, NamedTuple

from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import Share, Unit
from transflow.po import header
from transflow.po.catalog import parse, read_unit
from transflow.stories.printed import printed_units

ClaimKind = Literal["approval", "waiver", "ready", "clearance"]
_FIELDS: dict[str, ClaimKind] = {"X-Ready": "ready", "X-Cleared": "clearance"}
_NOTES = ("# @approved ", "# @waived ")


class Claim(NamedTuple):
    """A decision that the record attributes to a person.

    It has no path, because a renamed file holds the same claims.
    """

    kind: ClaimKind
    locale: str
    about: str
    """Id of the unit or story; the slug of a story without an id."""
    who: str
    time: str
    detail: str
    """Digest of an approval; check, digest and reason of a waiver; the rest of a header field."""


class Chunks(NamedTuple):
    """Text of a catalog, split at its empty lines."""

    header: str
    entries: frozenset[str]


NO_CHUNKS = Chunks("", frozenset())


def split(text: str) -> Chunks:
    """Split the text of a catalog into its header and its entries."""
    first, *others = (each.strip("\n") for each in text.split("\n\n"))
    return Chunks(first, frozenset(others))


@lru_cache(maxsize=4096)
def claims_of_chunk(chunk: str, locale: str) -> dict[Claim, str]:
    """Return claim -> digest of the texts that it covers, for an entry of a catalog."""
    if not any(note in chunk for note in _NOTES):
        return {}
    text, start, found = f"{chunk}\n", 0, dict[Claim, str]()
    try:
        while start < len(text):
            unit, is_obsolete, start = read_unit(text, start, "", False)
            if unit is None:
                break
            if not is_obsolete:
                found |= dict(unit_claims(unit, locale))
    except UnreadableError:
        return {}
    return found


def chunk_claims(chunks: Chunks, locale: str) -> set[Claim]:
    """Return the claims of a version of a catalog."""
    found = set(header_claims(chunks.header, locale))
    for chunk in chunks.entries:
        found |= claims_of_chunk(chunk, locale).keys()
    return found


def unit_claims(unit: Unit, locale: str) -> Iterator[tuple[Claim, str]]:
    """Yield each claim of a unit with the digest of the texts that it covers."""
    covered = _digest(unit.id, unit.source, unit.target)
    if unit.approved:
        yield Claim("approval", locale, unit.id, *unit.approved), covered
    for check, who, time, text_digest, reason in unit.waivers:
        yield Claim("waiver", locale, unit.id, who, time, f"{check} {text_digest} {reason}"), covered


def header_claims(chunk: str, locale: str) -> Iterator[Claim]:
    """Yield the claims of the header of a catalog."""
    try:
        fields = header.read(f"{chunk}\n", "")[0]
    except UnreadableError:
        return
    yield from claims_of_header(fields, locale)


def claims_of_header(fields: Header, locale: str) -> Iterator[Claim]:
    for name, kind in _FIELDS.items():
        who, _, rest = fields.get(name).partition(" ")
        time, _, detail = rest.partition(" ")
        if who:
            yield Claim(kind, locale, fields.get("X-Id") or fields.get("X-Article"), who, time, detail)


def story_digest(article: Catalog) -> str:
    """Return the digest of the texts that the clearance of a story covers."""
    parts = [part for unit in printed_units(article) for part in (unit.kind, unit.id, unit.source, unit.target)]
    shares = [share for unit in printed_units(article) for share in _shares(unit)]
    people = [f"{share.who} {share.words}" for share in shares]
    return _digest(article.header.get("X-Date"), *parts, *people)


def _shares(unit: Unit) -> Iterator[Share]:
    yield from (Share(each.who, each.words) for each in unit.by)
    yield from unit.translated


def covered_by(claim: Claim, text: str) -> str:
    """Return the digest of what a claim of the header covers in a version of its catalog."""
    if claim.kind != "clearance":
        return ""
    try:
        return story_digest(parse(text, "", torn_ok=True))
    except UnreadableError:
        return ""


def _digest(*parts: str) -> str:
    joined = "".join(f"{part}\0" for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
