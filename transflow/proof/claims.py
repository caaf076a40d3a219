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
from transflow.model.unit import Approval, Share, Unit, Waiver
from transflow.po import header
from transflow.po.catalog import parse
from transflow.po.unit_entries import read_unit
from transflow.stories.printed import printed_units
from transflow.units import workflow

ClaimKind = Literal["approval", "waiver", "ready", "clearance", "words"]
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


ChunkClaims = dict[Claim, str]
"""Claims of an entry, with the digests of the texts that they cover; empty for those of headers."""


class Chunks(NamedTuple):
    """Text of a catalog, split at its empty lines."""

    header: str
    entries: tuple[str, ...]


def split(text: str, *, has_header: bool = True) -> Chunks:
    """Split the text of a catalog, or a part of it without the header."""
    first, *others = (each.strip("\n") for each in text.split("\n\n"))
    header, entries = (first, others) if has_header else ("", [first, *others])
    return Chunks(header, tuple(filter(None, entries)))


def differing_chunks(before: bytes, after: bytes) -> tuple[Chunks, Chunks]:
    """Return the chunks of two versions without those that both begin and end with.

    Most commits change one entry of a catalog, so this is all that is decoded. The headers are
    empty if they are equal.
    """
    start = before.rfind(b"\n\n", 0, _common_start(before, after)) + 1
    before, after = before[start:], after[start:]
    end = before.find(b"\n\n", len(before) - _common_end(before, after))
    common = len(before) - end if end >= 0 else 0
    old, new = (
        split(each[: len(each) - common].decode("utf-8", "surrogateescape"), has_header=not start)
        for each in (before, after)
    )
    return old, new


def _common_start(first: bytes, second: bytes) -> int:
    """Return the number of bytes that both begin with."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[low:middle] == second[low:middle] else (low, middle - 1)
    return low


def _common_end(first: bytes, second: bytes) -> int:
    """Return the number of bytes that both end with."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        same = first[len(first) - middle : len(first) - low] == second[len(second) - middle : len(second) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


@lru_cache(maxsize=4096)
def claims_of_chunk(chunk: str, locale: str) -> ChunkClaims:
    """Return the claims of an entry of a catalog."""
    if not _has_notes(chunk):
        return {}
    text, start, found = f"{chunk}\n", 0, ChunkClaims()
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


def _has_notes(chunk: str) -> bool:
    return any(note in chunk for note in _NOTES)


def claims_by_chunk(catalog: Catalog, text: str, locale: str) -> dict[str, ChunkClaims]:
    """Return chunk -> claims for a catalog whose text was parsed.

    Only those entries are read again that are not chunks by themselves.
    """
    header, entries = split(text)
    found: dict[str, ChunkClaims] = {header: dict.fromkeys(header_claims(header, locale), "")}
    unread = set(entries)
    for unit in catalog.units:
        raw = catalog.raw_entries[unit.id][1].strip("\n")
        if raw in unread:
            found[raw] = dict(unit_claims(unit, locale)) if _has_notes(raw) else {}
    return found | {chunk: claims_of_chunk(chunk, locale) for chunk in unread - found.keys()}


def unit_claims(unit: Unit, locale: str) -> Iterator[tuple[Claim, str]]:
    """Yield each claim of a unit with the digest of the texts that it covers."""
    texts = (locale, unit.id, unit.source, unit.target)
    if unit.approved:
        yield approval_claim(unit.id, unit.approved, locale), full_digest(*texts)
    for waiver in unit.waivers:
        yield waiver_claim(unit.id, waiver, locale), full_digest(*texts, waiver.check, waiver.reason)


def approval_claim(unit_id: str, approval: Approval, locale: str) -> Claim:
    return Claim("approval", locale, unit_id, *approval)


def waiver_claim(unit_id: str, waiver: Waiver, locale: str) -> Claim:
    check, who, time, text_digest, reason = waiver
    return Claim("waiver", locale, unit_id, who, time, f"{check} {text_digest} {reason}")


def live_unit_claims(unit: Unit, locale: str) -> Iterator[Claim]:
    """Yield the claims of a unit that count: those of its present texts."""
    if unit.approved and workflow.is_approved(unit):
        yield approval_claim(unit.id, unit.approved, locale)
    for each in unit.waivers:
        if workflow.is_waiver_valid(each, unit):
            yield waiver_claim(unit.id, each, locale)


def live_header_claims(catalog: Catalog, locale: str) -> Iterator[Claim]:
    """Yield the claims of a header that count: none of a killed story."""
    return iter(()) if catalog.header.get("X-Killed") else claims_of_header(catalog.header, locale)


def live_claims(catalog: Catalog, locale: str) -> Iterator[tuple[Claim, str]]:
    """Yield the claims of a catalog that count, with the digests of what they cover."""
    for unit in catalog.units:
        if unit.approved or unit.waivers:
            covered = dict(unit_claims(unit, locale))
            yield from ((claim, covered[claim]) for claim in live_unit_claims(unit, locale))
    for claim in live_header_claims(catalog, locale):
        yield claim, story_digest(catalog) if claim.kind == "clearance" else ""


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


def full_digest(*parts: str) -> str:
    """Return the SHA-256 of texts that have no NUL, with a NUL between them."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _digest(*parts: str) -> str:
    joined = "".join(f"{part}\0" for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
