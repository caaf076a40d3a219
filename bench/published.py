"""Firings of the checks on published translations: `python -m bench published [CORPUS…]`.

TRANSFLOW_CORPUS is the folder of the corpora, two files of as many lines each: NAME.ko and NAME.en.
Each firing at warning or above counts as `judgements.txt` judges it; those that nobody judged are
listed, and count as false. Without names, all corpora but those of loose alignments are measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench import Figure
from bench.checks import corpus, firing, judgements, pairs_of
from transflow import checks

LOOSE = ("news", "news-nk", "park", "parkdev")
"""Corpora in which many pairs are no translations of each other."""


def measure() -> Iterator[Figure]:
    folder = corpus()
    if folder is None:
        print("No corpus (TRANSFLOW_CORPUS): nothing is measured.")
        return
    known = sorted(path.stem for path in folder.glob("*.ko"))
    names = [name for name in known if name in sys.argv[1:]] or [name for name in known if name not in LOOSE]
    pairs = firings = false = 0
    for name in names:
        counts = _counts(name)
        pairs, firings, false = pairs + counts[0], firings + counts[1], false + counts[2]
        print(f"  {name:<12} {counts[0]:5} pairs, {counts[1]:3} firings, {counts[2]:3} false")
    note = f"{false} of {pairs}"
    yield Figure("published: false firings, percent of all pairs", 100 * false / max(1, pairs), 0.15, note=note)
    real = firings - false
    note = f"{real} of {firings}"
    yield Figure("published: percent of firings that are real", 100 * real / max(1, firings), 85, True, note)


def _counts(name: str) -> tuple[int, int, int]:
    """Return the numbers of pairs, of firings and of false firings of a corpus."""
    folder = corpus()
    assert folder
    pairs = pairs_of(folder, name)
    firings = false = 0
    for number, pair in enumerate(pairs, 1):
        for check in sorted({issue.check for issue in firing(pair, checks.families())}):
            judged = judgements().get((name, number, check))
            firings += 1
            false += judged is None or not judged.real
            if judged is None:
                print("  not judged:", name, number, check)
    return len(pairs), firings, false
