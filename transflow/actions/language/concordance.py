"""Concordance in the catalogs: words in the sources and targets of reports and stories.

It reads the catalogs themselves, so it finds stories and unconfirmed texts too.
`memory.concordance` searches the index of the translation memory."""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions import Actor
from transflow.errors import UnreadableError
from transflow.po.scan import scan
from transflow.project import CatalogRef
from transflow.word_search import parse_words


class ConcordanceHit(NamedTuple):
    """A unit that contains the words."""

    place: CatalogRef
    number: int
    """1-based position in the catalog."""
    unit: str
    """Id of the unit."""
    source: str
    target: str


def search(actor: Actor, words: str, most: int = 200) -> list[ConcordanceHit]:
    """Return up to `most` units whose source or target contains the words, in any order.

    A phrase in quotation marks is found as it stands; case is ignored.

    Catalogs that cannot be read are skipped: the gate reports them.
    """
    wanted = parse_words(words)
    hits: list[ConcordanceHit] = []
    for place in actor.project.all_catalogs():
        try:
            for number, unit in enumerate(scan(actor.project.text(place), place.path), 1):
                if wanted.parts and wanted.is_in(unit.source, unit.target):
                    hits.append(ConcordanceHit(place, number, unit.id, unit.source, unit.target))
                    if len(hits) >= most:
                        return hits
        except UnreadableError:
            continue
    return hits
