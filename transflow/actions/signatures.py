"""Signatures of what a person decides by a change of a catalog, in the file beside it.

Invariant: each decision is one line. What somebody takes back gets a line too, since a merge of git
can bring the decision back; what is restored by the same person loses that line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from transflow.actions import Actor
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.proof.claims import Claim, live_claims, story_digest
from transflow.proof.signature_lines import SignatureLine, item_of, known_lines, lines_for, lines_of, proves, revokes
from transflow.proof.signing import NotSignedError, sign

MESSAGES = Messages(
    __name__,
    {
        "unsigned": "Not signed: {why}",
        "refused": "nothing was changed, because here approvals have to be signed: {why}",
        "no-key": "transflow.toml has no key of {who} ({command} adds one).",
    },
)
_Claims = Mapping[Claim, str]
"""Claim -> digest of what it covers."""


def sign_change(actor: Actor, place: CatalogRef, old: Catalog, new: Catalog) -> Message:
    """Write the lines for a change. Return why they are unsigned, or `NOTHING`.

    Raise RefusedError if the project requires signatures and an approval cannot be signed.
    """
    before, after = dict(live_claims(old, place.locale)), dict(live_claims(new, place.locale))
    gained = {claim: after[claim] for claim in after.keys() - before.keys()}
    lost = _taken_back({claim: before[claim] for claim in before.keys() - after.keys()}, old, new, gained)
    if not gained and not lost:
        return NOTHING
    present = read(actor.project, place)
    kept = _without_revocations(present, actor.who, gained)
    own = {claim: covered for claim, covered in gained.items() if claim.who == actor.who}
    missing = {claim: own[claim] for claim in sorted(own) if not _is_signed(kept, claim, own[claim])}
    rows = [*lines_for(missing.items()), *_revocations(actor, place, lost)]
    try:
        signed = [_signed(actor, row) for row in rows]
    except NotSignedError as error:
        if missing and _is_required(actor.project):
            raise RefusedError(MESSAGES("refused", why=error.message)) from None
        write(actor.project, place, present, kept)
        return MESSAGES("unsigned", why=error.message)
    write(actor.project, place, present, "".join((kept, *(f"{row.text}\n" for row in signed))))
    return NOTHING


def _taken_back(lost: _Claims, old: Catalog, new: Catalog, gained: _Claims) -> dict[Claim, str]:
    """Return the lost claims that nothing but a decision ended: their texts are the same.

    An approval that another one replaces is not taken back.
    """
    texts = {unit.id: (unit.source, unit.target) for unit in new.units}
    unchanged = {unit.id for unit in old.units if texts.get(unit.id) == (unit.source, unit.target)}
    replaced = {(claim.kind, claim.about) for claim in gained}

    def is_same_text(claim: Claim) -> bool:
        if claim.kind == "clearance":
            return lost[claim] == story_digest(new)
        return claim.kind == "ready" or claim.about in unchanged

    return {
        claim: covered
        for claim, covered in lost.items()
        if (claim.kind, claim.about) not in replaced and is_same_text(claim)
    }


def _revocations(actor: Actor, place: CatalogRef, lost: _Claims) -> Iterator[SignatureLine]:
    if lost:
        time = max(actor.now, *(claim.time for claim in lost))
        items = tuple(item_of(claim, lost[claim]) for claim in sorted(lost))
        yield SignatureLine("revoke", actor.who, time, place.locale, items)


def _is_signed(text: str, claim: Claim, covered: str) -> bool:
    """Return whether a file has a line for a claim, and none after it that takes it back."""
    item, found = item_of(claim, covered), False
    for line in known_lines(text):
        found = proves(line, claim, item) or (found and not revokes(line, claim, item))
    return found


def _without_revocations(text: str, who: str, restored: _Claims) -> str:
    """Return a file without the lines in which a person took back exactly what is restored now."""
    times = {item_of(claim, covered): claim.time for claim, covered in restored.items()}

    def is_undone(line: SignatureLine | None) -> bool:
        if line is None or (line.verb, line.who) != ("revoke", who):
            return False
        return all(item in times and times[item] <= line.time for item in line.items)

    return "".join(f"{row}\n" for _, row, line in lines_of(text) if not is_undone(line))


def _signed(actor: Actor, line: SignatureLine) -> SignatureLine:
    if not actor.user.keys:
        raise NotSignedError(MESSAGES("no-key", who=actor.who, command=CommandRef("keys add")))
    return line._replace(signature=sign(actor.project.root, line.payload, actor.who, actor.user.keys))


def _is_required(project: Project) -> bool:
    """Return whether approvals have to be signed here: no server signs for people."""
    return project.settings.gate_proof == "signed" and not project.settings.proof_servers


# Files


def read(project: Project, place: CatalogRef) -> str:
    """Return the text of the signature file of a catalog; empty if there is none."""
    path = place.signatures_path
    return project.read(path).decode("utf-8", "surrogateescape") if project.has(path) else ""


def write(project: Project, place: CatalogRef, before: str, after: str) -> None:
    """Write a signature file, if it changed. The caller holds the lock of the catalog."""
    if after != before:
        old = before.encode("utf-8", "surrogateescape") if project.has(place.signatures_path) else None
        if after and not after.endswith("\n"):
            after += "\n"
        project.write_file(place.signatures_path, after.encode("utf-8", "surrogateescape"), old)


def lines_without(text: str, removed: Iterable[SignatureLine]) -> str:
    """Return a file without some lines."""
    gone = set(removed)
    return "".join(f"{row}\n" for _, row, line in lines_of(text) if line is None or line not in gone)
