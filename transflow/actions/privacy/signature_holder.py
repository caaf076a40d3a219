"""Signature files among what can hold text, since a digest confirms a text that can be guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.actions.privacy.holder import Holder
from transflow.actions.privacy.transform import Change, Owed, Stage
from transflow.actions.refs import position_of
from transflow.actions.signatures import read
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.project.places import FOLDERS, SIGNATURES, slugs
from transflow.proof.claims import Claim, live_claims
from transflow.proof.signature_lines import SignatureLine, item_of, known_lines, proves

if TYPE_CHECKING:
    from transflow.actions.privacy.rewrite import RewritePlan

_SUFFIX = ".sigs"


class Signatures(Holder):
    """The signature files of catalogs. They are changed before the catalogs that explain why."""

    id = "signatures"
    is_reported = False

    def paths(self, project: Project) -> Iterator[Path]:
        yield from (project.root / place.signatures_path for place in _places(project))

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for place in _places(plan.before):
            old = read(plan.before, place)
            new, new_place = plan.transform.signatures(plan, place, old), plan.transform.place(place)
            plan.owe(_unproved(plan, place, old, new))
            if new_place != place:
                before = read(plan.before, new_place)
                new = before + "".join(f"{row}\n" for row in new.splitlines() if row not in before.splitlines())
                moved = new_place.signatures_path
                yield Change(self.id, place.signatures_path, Stage.SIGNATURES, _bytes(new), moved)
            elif new != old:
                yield Change(self.id, place.signatures_path, Stage.SIGNATURES, _bytes(new) if new else None)


def _places(project: Project) -> Iterator[CatalogRef]:
    """Yield the catalogs with a signature file; one whose catalog is gone counts as a report's."""
    for locale in project.settings.locales:
        for slug in slugs(project.root, f"locales/{locale}/{SIGNATURES}", _SUFFIX):
            places = [CatalogRef(locale, folder, slug) for folder in FOLDERS]
            yield next((each for each in places if project.exists(each)), places[0])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _unproved(plan: RewritePlan, place: CatalogRef, old: str, new: str) -> Owed:
    """Return what only removed lines signed, and is still valid."""
    kept = set(known_lines(new))
    removed = [line for line in known_lines(old) if line not in kept]
    if not removed or not plan.after.exists(place):
        return Owed()
    catalog = plan.after.load(place)
    claims = live_claims(catalog, place.locale)
    return Owed(
        renew=refs_of(
            place,
            catalog,
            [
                claim
                for claim, covered in claims
                if _is_signed(removed, claim, covered) and not _is_signed(kept, claim, covered)
            ],
        )
    )


def _is_signed(lines: Iterable[SignatureLine], claim: Claim, covered: str) -> bool:
    return any(proves(line, claim, item_of(claim, covered)) for line in lines)


def refs_of(place: CatalogRef, catalog: Catalog, claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return references to what claims are about: units, or a story as a whole."""
    units = {unit.id for unit in catalog.units}
    refs = (place.ref(position_of(catalog, each.about)) if each.about in units else str(place) for each in claims)
    return tuple(dict.fromkeys(refs))
