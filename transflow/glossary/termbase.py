"""A glossary prepared for lookups, for checks and other callers that ask unit by unit.

Invariant: two termbases with the same terms have the same mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from transflow.digests import digest
from transflow.glossary.matching import Hit, Matcher
from transflow.glossary.terms import Term, read

_NO_WORD = re.compile("[가-힣]{200}")
"""A run of Hangul that is too long to be a word, and would be slow to analyse."""


class Termbase:
    """Terms of a glossary that are not fuzzy."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(term for term in terms if not term.open)

    @classmethod
    def of(cls, text: str, path: str) -> Termbase:
        """Return the termbase of the text of a glossary.po. Raise UnreadableError."""
        return cls(read(text, path))

    @cached_property
    def terms_digest(self) -> str:
        return digest(*map(repr, self.terms)) if self.terms else ""

    def __repr__(self) -> str:
        return f"Termbase({self.terms_digest})"

    def find(self, text: str) -> list[Hit]:
        """Return the terms that are certainly in a text, in order."""
        if not self.terms or _NO_WORD.search(text):
            return []
        return [hit for hit in self._matcher.find(text) if hit.certain]

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.terms)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of an accepted spelling, in lower case."""
        return frozenset(
            word
            for term in self.terms
            for spelling in term.accepted_spellings
            for word in re.findall(r"[^\W\d_]+", spelling.lower())
        )
