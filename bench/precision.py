"""Measured precision of each check: `python -m bench.precision [FILE.jsonl…]` writes it to `DATA`.

An issue on a wrong pair of `bench/sets`, or of a file, is right; one on a correct pair is not.
Issues on published translations count if `judgements.txt` judges them; they need TRANSFLOW_CORPUS,
as `bench.checks` does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.checks import corpus, issues, judgements, pairs_of
from bench.truth import FAMILIES, SETS, read_pairs

DATA = Path(__file__).parents[1] / "transflow" / "findings" / "precision.toml"
_HEAD = """\
# Judged issues of each check: [right, judged]. Made by `python -m bench.precision`, from the labelled
# pairs in bench/sets and of other labelled sets, and the published pairs of bench/judgements.txt.
"""


def judged_issues() -> Iterator[tuple[str, bool]]:
    """Yield the check of each judged issue, and whether it was right."""
    for path in (*sorted(SETS.glob("*.jsonl")), *sorted(SETS.glob("unseen*/*.jsonl")), *map(Path, sys.argv[1:])):
        for pair in read_pairs(path):
            yield from ((check, not pair.ok) for check in sorted({issue.check for issue in pair.issues}))
    folder = corpus()
    for name in sorted({name for name, _, _ in judgements()}) if folder else ():
        if folder and name != "news-nk" and (folder / f"{name}.ko").is_file():  # the same pairs as news
            for number, published in enumerate(pairs_of(folder, name), 1):
                found = sorted({issue.check for issue in issues(published, FAMILIES)})
                judged = ((check, judgements().get((name, number, check))) for check in found)
                yield from ((check, each.real) for check, each in judged if each)


def data() -> str:
    """Return the counts as TOML."""
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for check, is_right in judged_issues():
        judged[check] += 1
        right[check] += is_right
    rows = "".join(f'"{check}" = [{right[check]}, {judged[check]}]\n' for check in sorted(judged))
    return f'{_HEAD}date = "{datetime.now(UTC):%Y-%m-%d}"\n\n[judged]\n{rows}'


if __name__ == "__main__":
    DATA.write_text(data(), encoding="utf-8")
