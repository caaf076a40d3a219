"""A transform: one change of everything that holds text of the project.

`Transform` changes nothing; renaming, redaction and protection override what they change.
`rewrite.rewrite` plans and applies a transform, and `holders.HOLDERS` lists what it is applied to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from transflow.messages import Message
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef

if TYPE_CHECKING:
    from transflow.actions.privacy.rewrite import RewritePlan


class Stage(IntEnum):
    """Order in which changes are applied. What proves that something is left to do comes last.

    Stories come before what they are made from, so that an interrupted run still sees which of the
    others were cleared.
    """

    MARKER = 0
    SIGNATURES = 1
    STORIES = 2
    CATALOGS = 3
    GLOSSARIES = 4
    MEMORIES = 5
    DRAFTS = 6
    MOVED_CATALOGS = 7
    REPORTS = 8
    CACHES = 9
    OUTPUT = 10
    SHARED = 11
    SETTINGS = 12


class Occurrence(NamedTuple):
    """A place of the record with the text, and its affected parts in words.

    The place is a unit, `en:un-letter#3`, or a file.
    """

    where: str
    parts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A file, and what it becomes. Paths are relative to the project, or absolute."""

    holder: str
    path: str
    stage: Stage
    data: bytes | None = None
    """The new content; None for a catalog, and for a file that is removed."""
    new_path: str = ""
    """The new name of the file; empty if it keeps its name."""
    place: CatalogRef | None = None
    old: Catalog | None = None
    catalog: Catalog | None = None
    """The new content of a catalog."""
    found: tuple[Occurrence, ...] = ()

    @property
    def is_removed(self) -> bool:
        return self.data is None and self.catalog is None


class ChangedFile(NamedTuple):
    """A file that was changed, moved or removed, as commands report it."""

    holder: str
    path: str
    new_path: str = ""
    is_removed: bool = False
    found: tuple[Occurrence, ...] = ()


class EditedText(NamedTuple):
    """A new content, and the words for the parts that a command reports."""

    text: str
    parts: tuple[Message, ...] = ()


class Owed(NamedTuple):
    """Consequences for people: what they have to do after a change."""

    approve: tuple[str, ...] = ()
    """References to sentences whose approval became void."""
    clear: tuple[str, ...] = ()
    """Stories that lost their clearance."""
    pages: tuple[tuple[str, str], ...] = ()
    """Stories and the addresses where they are published."""
    engines: tuple[str, ...] = ()
    """Engines that translated a text that was found."""
    renew: tuple[str, ...] = ()
    """References to what is approved, cleared or waived, but no longer proved."""
    translations: tuple[str, ...] = ()
    """References to unchanged translations of a changed source, which may still say it."""
    paragraphs: tuple[str, ...] = ()
    """References to paragraphs made from these translations."""

    def merged(self, other: Owed) -> Owed:
        return Owed(
            _union(self.approve, other.approve),
            _union(self.clear, other.clear),
            tuple(dict.fromkeys((*self.pages, *other.pages))),
            _union(self.engines, other.engines),
            _union(self.renew, other.renew),
            _union(self.translations, other.translations),
            _union(self.paragraphs, other.paragraphs),
        )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


class Transform:
    """A change that changes nothing. Methods return new contents, and never write."""

    note = ""
    """Name of the note of an interrupted run; empty if there is none."""
    removes_text = False
    """True if caches and other copies of the text are removed."""

    def key(self) -> tuple[str, ...]:
        """Return the arguments that an interrupted run is recognized by. They reveal no text."""
        return ()

    def is_same(self, key: tuple[str, ...]) -> bool:
        """Return whether the key in a note is that of this change."""
        return key == self.key()

    def check(self, plan: RewritePlan) -> None:
        """Raise an error if the plan must not be carried out. Nothing is written yet."""

    # Contents

    def settings_marker(self, text: str) -> str:
        """Return transflow.toml with a mark that the change has begun."""
        return text

    def settings(self, text: str) -> str:
        return text

    def report(self, text: str, path: str) -> EditedText:  # noqa: ARG002 - of the interface
        return EditedText(text)

    def glossary(self, text: str, path: str) -> EditedText:  # noqa: ARG002
        return EditedText(text)

    def memory(self, data: bytes, path: str) -> tuple[bytes, tuple[Message, ...]]:  # noqa: ARG002
        """Return an imported memory changed, and the words for what changed."""
        return data, ()

    def catalog(self, plan: RewritePlan, place: CatalogRef, catalog: Catalog) -> Catalog:  # noqa: ARG002
        return catalog

    def signatures(self, plan: RewritePlan, place: CatalogRef, text: str) -> str:  # noqa: ARG002
        """Return the signature file of a catalog. The changes of catalogs are planned already."""
        return text

    def draft(self, plan: RewritePlan, text: str) -> str:  # noqa: ARG002
        return text

    # Names

    def place(self, place: CatalogRef) -> CatalogRef:
        """Return the new name of a catalog."""
        return place

    def slug(self, slug: str) -> str:
        """Return the new name of a report."""
        return slug

    def person(self, person_id: str) -> str:
        """Return the new id of a person."""
        return person_id

    def former_places(self) -> Iterable[CatalogRef]:
        """Return names of stories whose output an interrupted run may have left."""
        return ()

    # The text that is looked for

    def finds(self, text: str) -> bool:  # noqa: ARG002
        return False

    def finds_loosely(self, text: str) -> bool:
        """Return whether a text that is not changed has to be looked at by people."""
        return self.finds(text)

    def reprints(self, plan: RewritePlan, place: CatalogRef) -> bool:  # noqa: ARG002
        """Return whether the output of a story is rendered again, even without the text."""
        return False

    # Reports to people

    def history(self) -> dict[str, int | None]:
        """Return figures about git's history, which is out of reach."""
        return {}

    def found(self, place: CatalogRef, old: Catalog, new: Catalog) -> tuple[Occurrence, ...]:  # noqa: ARG002
        """Return the affected places in a catalog."""
        return ()

    def owed(self, place: CatalogRef, old: Catalog, new: Catalog) -> Owed:  # noqa: ARG002
        """Return the consequences of the change of a catalog."""
        return Owed()
