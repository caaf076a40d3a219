"""Earlier texts of a unit, read from the git history of its catalog."""

from __future__ import annotations

from transflow.actions import Actor
from transflow.attribution.authorship import surviving_words
from transflow.attribution.machines import engine_words
from transflow.digests import digest
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po import header
from transflow.po.catalog import parse
from transflow.po.scan import scan
from transflow.project import CatalogRef, Project, git
from transflow.stories.publications import Publication
from transflow.text import words


def attributed_text(project: Project, place: CatalogRef, unit: Unit) -> str | None:
    """Return the newest committed text of a unit whose digest is the unit's `@text`.

    None if there is none.
    """
    for text in git.versions(project.root, place.path, renamed=True):
        try:
            found = next(
                (scanned.target for scanned in scan(text, place.path, torn_ok=True) if scanned.id == unit.id), None
            )
        except UnreadableError:
            continue
        if found is not None and digest(found) == unit.text:
            return found
    return None


def former_draft(project: Project, place: CatalogRef, unit_id: str, text: str) -> Unit | None:
    """Return the newest committed state of a unit in which a machine has words, and in which most
    words of `text` stand in the same order; None if there is none.
    """
    new = words(text)
    for version in git.versions(project.root, place.path, renamed=True):
        try:
            targets = (each.target for each in scan(version, place.path, torn_ok=True) if each.id == unit_id)
            if not any(2 * sum(surviving_words(words(target), new)) >= len(new) for target in targets if target):
                continue
            unit = parse(version, place.path, torn_ok=True).find(unit_id)
        except UnreadableError:
            continue
        if unit is not None and engine_words(unit):
            return unit
    return None


def earlier_texts(actor: Actor, place: CatalogRef, unit: Unit, most: int = 9) -> tuple[str, ...]:
    """Return up to `most` committed texts of a unit other than its present one, newest first.

    A version that cannot be read is left out.
    """
    found: dict[str, None] = {}
    for text in git.versions(actor.project.root, place.path, renamed=True):
        try:
            targets = [scanned.target for scanned in scan(text, place.path, torn_ok=True) if scanned.id == unit.id]
        except UnreadableError:
            continue
        found |= dict.fromkeys(target for target in targets if target and target != unit.target)
        if len(found) >= most:
            break
    return tuple(found)[:most]


def published_text(project: Project, place: CatalogRef, unit_id: str, page: Publication) -> str | None:
    """Return the text of a paragraph in the first commit that has the record of this publication.

    The text is empty when the paragraph did not exist yet. Returns None when the history has no
    such commit.
    """
    texts = published_texts(project, place, page)
    return None if texts is None else texts.get(unit_id, "")


def published_texts(project: Project, place: CatalogRef, page: Publication) -> dict[str, str] | None:
    """Return id -> text of the paragraphs in the first commit that has the record of a publication.

    None when the history has no such commit.
    """
    version = _published_text(project, place, page)
    return {each.id: each.target for each in scan(version, place.path, torn_ok=True)} if version else None


def published_version(project: Project, place: CatalogRef, page: Publication) -> Catalog | None:
    """Return the story in the first commit that has the record of a publication.

    None when the history has no such commit.
    """
    version = _published_text(project, place, page)
    try:
        return parse(version, place.path, torn_ok=True) if version else None
    except UnreadableError:
        return None


def _published_text(project: Project, place: CatalogRef, page: Publication) -> str:
    """Return the text of the catalog in the first commit that has the record of a publication.

    Commits before one that cannot be read are left out.
    """
    found = ""
    for version in git.versions(project.root, place.path, most=1000, renamed=True):
        if str(page) not in header.field(version, "X-Published"):
            break
        try:
            list(scan(version, place.path, torn_ok=True))
        except UnreadableError:
            break
        found = version
    return found
