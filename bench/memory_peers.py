"""Other memories in Python with the same queries: translate-toolkit's matcher, rapidfuzz's `cdist`.

They are set up in their favour: the matcher without its limit of 70 characters, and with an order
for units of the same score (without it, it raises TypeError). `postgres_memories` has others.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_LONGEST = 10_000
LEAST_SCORE = 0.75


class Fts5:
    """The texts in an SQLite full-text table with trigrams: the least work of a search index."""

    def __init__(self, path: Path) -> None:
        for each in path.parent.glob(f"{path.name}*"):
            each.unlink()
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(source, target, tokenize = 'trigram')")
        self._last: list[int] = []

    def build(self, texts: Sequence[str], batch: int) -> None:
        for start in range(0, len(texts), batch):
            self._insert(texts[start : start + batch])

    def replace_last(self, texts: Sequence[str]) -> None:
        """Replace what the last call inserted."""
        self._connection.executemany("DELETE FROM texts WHERE rowid = ?", [(row,) for row in self._last])
        self._last = self._insert(texts)

    def _insert(self, texts: Sequence[str]) -> list[int]:
        rows = []
        for number, text in enumerate(texts):
            values = (text, f"The translation of sentence {number}.")
            rows.append(self._connection.execute("INSERT INTO texts VALUES (?, ?)", values).lastrowid or 0)
        self._connection.commit()
        return rows

    def close(self) -> None:
        self._connection.close()


def toolkit(texts: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a function that asks `translate.search.match.matcher` over sentences."""
    from translate.search.match import matcher
    from translate.storage import base

    base.TranslationUnit.__lt__ = lambda one, other: id(one) < id(other)  # type: ignore[operator] # it has none
    store: Any = base.TranslationStore()
    for text in texts:
        unit = base.TranslationUnit(text)
        unit.target = text
        store.units.append(unit)
    there: Any = matcher(store, max_candidates=5, min_similarity=75, max_length=_LONGEST)
    return lambda text: [unit.source for unit in there.matches(text)]


def cdist(texts: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a function that compares a text with all sentences in one call of `rapidfuzz`."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    def ask(text: str) -> list[str]:
        scorer = Levenshtein.normalized_similarity
        [scores] = cdist([text], texts, scorer=scorer, score_cutoff=LEAST_SCORE)  # on one processor
        return [texts[at] for at in scores.argsort()[::-1][:5] if scores[at]]

    return ask
