"""The text of a report as far as it is translated, by paragraphs.

Invariant: a sentence that is left out has no place in it; one without a text stands there with its
source.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.presenters.catalog_view import CatalogView


class Sentence(NamedTuple):
    """A sentence of the text so far."""

    unit_id: str
    text: str
    is_translated: bool


def paragraphs(view: CatalogView) -> list[list[Sentence]]:
    """Return the sentences of each paragraph, with unsaved texts."""
    found: list[list[Sentence]] = []
    for unit in view.units:
        if unit.omitted:
            continue
        text = view.text(unit)
        sentence = Sentence(unit.id, text or unit.source, bool(text))
        if unit.continued and found:
            found[-1].append(sentence)
        else:
            found.append([sentence])
    return found
