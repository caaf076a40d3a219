"""Omitted clauses: `TRANSFLOW_CORPUS=FOLDER python -m bench omission`.

A clause of at least five words is cut out of correct translations, one for each pair that has one
to cut and no issue of another check; then the hints about cut and about unaltered translations are
counted, together and by the kind of evidence that was cut. The choice of clauses is seeded. The
folder is that of `bench.checks`; without it, the pairs of `pairs.py` are used.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bench import Figure
from bench.checks import CONTEXT, Pair, _is_translation, corpus, firing, pairs_of
from bench.pairs import PAIRS
from transflow import checks
from transflow.language.quantities.english import english_figures
from transflow.model.unit import Unit

SEED = 15
FEWEST_WORDS, LARGEST_SHARE = 5, 0.7
FEWEST_CUTS = 20
"""Number of cuts of a kind below which its share says nothing."""
_BORDER = re.compile(
    r"(?:[,;—–]\s+|\s+(?=(?:and|but|which|who|when|while|because|after|before|if|since|although|though|where)\s))"
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+|\b[A-Z]{2,}\b")


class Cut(NamedTuple):
    """A pair whose translation lost a clause."""

    pair: Pair
    clause: str

    @property
    def evidence(self) -> tuple[str, ...]:
        """Kinds of evidence in the clause that was cut."""
        found = {
            "a figure": bool(english_figures(self.clause)),
            "a quotation": bool(re.search('[“”"]', self.clause)),
            "a name": bool(_NAME.search(self.clause)),
        }
        return tuple(kind for kind, is_there in found.items() if is_there) or ("words only",)


def measure() -> Iterator[Figure]:
    folder = corpus()
    names = [path.stem for path in sorted(folder.glob("*.ko")) if path.stem != "news-nk"] if folder else []
    pairs = [pair for name in names for pair in pairs_of(folder, name)] if folder else [*PAIRS]
    whole, cuts = _samples(pairs)
    hinted = 100 * sum(_is_hinted(pair) for pair in whole) / max(1, len(whole))
    found = Counter(kind for cut in cuts if _is_hinted(cut.pair) for kind in (*cut.evidence, ""))
    made = Counter(kind for cut in cuts for kind in (*cut.evidence, ""))
    note = f"of {len(whole)} unaltered pairs"
    yield Figure("omission: percent of unaltered pairs with a hint", hinted, 3.0, note=note)
    wanted = 60.0 if folder else 50.0
    yield Figure(
        "omission: percent of cut clauses found", 100 * found[""] / max(1, made[""]), wanted, True, f"of {made['']}"
    )
    for kind in sorted(kind for kind, count in made.items() if kind and count >= FEWEST_CUTS):
        yield Figure(f"omission: found, {kind} was cut", 100 * found[kind] / made[kind], 40.0, True, f"of {made[kind]}")


def _samples(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Cut]]:
    """Return the pairs that are measured, and a cut of each that has a clause to cut."""
    choice = random.Random(SEED)
    whole = [pair for pair in pairs if _is_translation(*pair) and not firing(pair, checks.families())]
    whole = [pair for pair in whole if len(_clauses(pair[1])) > 1]
    return whole, [cut for pair in whole if (cut := _cut(pair, choice))]


def _clauses(english: str) -> list[tuple[int, int]]:
    borders = [0, *(found.end() for found in _BORDER.finditer(english)), len(english)]
    return list(pairwise(borders))


def _cut(pair: Pair, choice: random.Random) -> Cut | None:
    source, english = pair
    most = LARGEST_SHARE * len(english.split())
    found = [
        (start, end) for start, end in _clauses(english) if FEWEST_WORDS <= len(english[start:end].split()) <= most
    ]
    if not found:
        return None
    start, end = choice.choice(found)
    rest = re.sub(r"[,;:\s—–-]+$", "", f"{english[:start]}{english[end:]}".strip())
    rest += "" if rest.endswith((".", "?", "!", '"', "”")) else "."
    return Cut((source, rest[0].upper() + rest[1:]), english[start:end])


def _is_hinted(pair: Pair) -> bool:
    return any(checks.load("omission").check(Unit("k7f3q2mx", *pair), CONTEXT))
