"""What git's history knows of a unit."""

from __future__ import annotations

from transflow.digests import digest
from transflow.errors import UnreadableError
from transflow.model.unit import Unit
from transflow.po import header
from transflow.po.scan import scan
from transflow.project import CatalogRef, Project, git
from transflow.stories.publications import Publication


def attributed_text(project: Project, place: CatalogRef, unit: Unit) -> str | None:
    """The newest committed text of a unit that its `@text` is the digest of; None where there is none."""
    for text in git.versions(project.root, place.path, renamed=True):
        try:
            found = next((seen.target for seen in scan(text, place.path, torn_ok=True) if seen.id == unit.id), None)
        except UnreadableError:
            continue
        if found is not None and digest(found) == unit.text:
            return found
    return None


def published_text(project: Project, place: CatalogRef, unit_id: str, page: Publication) -> str | None:
    """What a paragraph said when this publication was recorded: in the first commit that has the record; empty where it was
    not there yet. None where git does not know."""
    text = None
    for version in git.versions(project.root, place.path, most=1000, renamed=True):
        if str(page) not in header.field(version, "X-Published"):
            break
        try:
            text = next((seen.target for seen in scan(version, place.path, torn_ok=True) if seen.id == unit_id), "")
        except UnreadableError:
            break
    return text
