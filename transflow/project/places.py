"""Paths of the project's files.

Invariant: a slug names at most one report, and in each locale at most one story, and no report and
story share one. Files with other names are not part of the record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from transflow.model.references import reference
from transflow.project import files

Folder = Literal["reports", "articles"]
SIGNATURES = "approvals"
"""Folder of signature files below that of the locale."""
FOLDERS: tuple[Folder, ...] = ("reports", "articles")

_SLUG = re.compile(r"(?:\d{4}/)?[a-z0-9][a-z0-9-]{0,79}")


class CatalogRef(NamedTuple):
    """A catalog, such as `en:un-letter`. `folder` is its folder below that of the locale."""

    locale: str
    folder: Folder
    slug: str

    @property
    def path(self) -> str:
        """The path relative to the project's folder."""
        return f"locales/{self.locale}/{self.folder}/{self.slug}.po"

    @property
    def signatures_path(self) -> str:
        """The path of the file with people's signatures."""
        return f"locales/{self.locale}/{SIGNATURES}/{self.slug}.sigs"

    def ref(self, selector: object = "") -> str:
        """Return the full reference to units of the catalog, `en:un-letter#3`."""
        return reference(self.slug, selector, self.locale)

    def __str__(self) -> str:
        return self.ref()


def is_slug(text: str) -> bool:
    """True if a text is a valid slug, so that it cannot lead to other files."""
    return _SLUG.fullmatch(text) is not None


def report_path(slug: str) -> str:
    return f"sources/{slug}.md"


def glossary_path(locale: str) -> str:
    return f"locales/{locale}/glossary.po"


def words_path(locale: str) -> str:
    """Return the path of the project's own dictionary of a language: one word a line."""
    return f"locales/{locale}/words.txt"


def slugs(root: Path, folder: str, suffix: str) -> Iterator[str]:
    """Yield the slugs of files with this suffix in a folder and its folders of years, in order.

    Raise LinkError.
    """
    for entry in files.entries(root, folder):
        name = entry.name
        if name.endswith(suffix) and _SLUG.fullmatch(name.removesuffix(suffix)):
            yield name.removesuffix(suffix)
        elif len(name) == 4 and name.isdigit() and entry.is_dir():
            yield from (f"{name}/{slug}" for slug in slugs(root, f"{folder}/{name}", suffix) if "/" not in slug)
