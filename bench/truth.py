"""Precision and recall of the checks on labelled pairs: `python -m bench truth [FILE.jsonl…]`.

A line of a file is a pair: `source`, `target`, `date` (of the report), `ok` (true for a correct
translation), and `kind`, as `numbers.score`. With a field `half`, the table has the pairs of each
half; `kept` is the half that nobody looked at while the checks were changed. Without files, the
sets in `bench/sets` are measured; all pairs of `bench/sets/unseen` and `unseen2` are kept ones, and
their wrong pairs say in `wrong` what is wrong. `-v` lists the correct pairs that fire and the wrong
ones that do not, of any half but `kept`; `-vv` lists them of all.

For each kind, the table counts the correct pairs with a warning or an error (with any issue), the
wrong ones with a warning or an error, and the wrong ones with any issue. Precision is the share of
wrong pairs among those with a warning or an error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench import Figure
from transflow import checks
from transflow.model.issue import Issue
from transflow.model.unit import Unit

SETS = Path(__file__).parent / "sets"
KEPT = "kept"
MOST_FIRING = {"probe": 3.6, "negation": 2.0}
"""Percent of correct pairs that may fire, by family; 1 for the others. A hint of negation counts
as firing.
"""
LEAST_CAUGHT = {"numbers": 95.0, "dates": 95.0, "quotes": 75.0, "names": 75.0}
"""Percent of wrong pairs that must have a warning or an error, by family."""
LEAST_SEEN = {"negation": 80.0}
"""Percent of wrong pairs that must have an issue of any severity, by family."""


class Pair(NamedTuple):
    """A labelled pair, with the ids of the checks that report something."""

    id: str
    kind: str
    half: str
    ok: bool
    source: str
    target: str
    issues: tuple[Issue, ...]

    @property
    def fires(self) -> bool:
        return any(issue.severity != "hint" for issue in self.issues)


class Tally(NamedTuple):
    """Numbers of pairs: correct, firing among them, with any issue among them, wrong, caught at
    warning or above, with any issue.
    """

    correct: int = 0
    fired: int = 0
    noted: int = 0
    wrong: int = 0
    caught: int = 0
    seen: int = 0

    def plus(self, pair: Pair) -> Tally:
        if pair.ok:
            return self._replace(
                correct=self.correct + 1, fired=self.fired + pair.fires, noted=self.noted + bool(pair.issues)
            )
        return self._replace(wrong=self.wrong + 1, caught=self.caught + pair.fires, seen=self.seen + bool(pair.issues))

    def line(self, name: str) -> str:
        precision = _percent(self.caught, self.caught + self.fired) if self.caught + self.fired else "–"
        return (
            f"{name:<28} fired {self.fired:3}/{self.correct:<3} (any {self.noted:3}) caught {self.caught:3}/{self.wrong:<3} "
            f"seen {self.seen:3}/{self.wrong:<3} precision {precision:>5} recall {_percent(self.caught, self.wrong):>5}"
        )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a file with their issues."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        unit = Unit("k7f3q2mx", row["source"], row["target"])
        context = checks.CheckContext("en", date=row.get("date", ""))
        issues = tuple(checks.run(unit, context, FAMILIES))
        yield Pair(row["id"], row["kind"], row.get("half", ""), row["ok"], unit.source, unit.target, issues)


FAMILIES = tuple(name for name in checks.families() if name not in ("style", "typography", "spelling", "length"))
"""Families of checks of what a translation says, without those of how it looks."""


def tallies(pairs: Iterable[Pair]) -> dict[str, Tally]:
    """Return the tallies by kind."""
    result: dict[str, Tally] = {}
    for pair in pairs:
        result[pair.kind] = result.get(pair.kind, Tally()).plus(pair)
    return result


def measure() -> Iterator[Figure]:
    paths = [Path(each) for each in sys.argv[1:] if each.endswith(".jsonl")] or sorted(SETS.glob("*.jsonl"))
    for path in paths:
        pairs = list(read_pairs(path))
        for half in sorted({pair.half for pair in pairs}):
            yield from _of_half(path.stem, half, [pair for pair in pairs if pair.half == half])


def _of_half(name: str, half: str, pairs: list[Pair]) -> Iterator[Figure]:
    title = f"{name} ({half})" if half else name
    print(f"\n{title}: {len(pairs)} pairs")
    by_kind = tallies(pairs)
    for kind, tally in sorted(by_kind.items()):
        print(" ", tally.line(kind))
    if "-vv" in sys.argv or ("-v" in sys.argv and half != KEPT):
        _list_failures(pairs)
    for family in sorted({kind.partition(".")[0] for kind in by_kind}):
        total = Tally(
            *map(sum, zip(*(by_kind[kind] for kind in by_kind if checks.family(kind) == family), strict=True))
        )
        yield from _figures(f"{title}: {family}", family, total)


def _figures(title: str, family: str, total: Tally) -> Iterator[Figure]:
    print(" ", total.line("all"))
    fired = total.noted if family in LEAST_SEEN else total.fired
    share = 100 * fired / max(1, total.correct)
    note = f"{fired} of {total.correct}"
    yield Figure(f"{title}, percent of correct pairs firing", share, MOST_FIRING.get(family, 1.0), note=note)
    if total.wrong and family in LEAST_CAUGHT:
        share = 100 * total.caught / total.wrong
        note = f"{total.caught} of {total.wrong}"
        yield Figure(f"{title}, percent of wrong pairs caught", share, LEAST_CAUGHT[family], True, note)
    if total.wrong and family in LEAST_SEEN:
        share = 100 * total.seen / total.wrong
        yield Figure(
            f"{title}, percent of wrong pairs seen", share, LEAST_SEEN[family], True, f"{total.seen} of {total.wrong}"
        )


def _list_failures(pairs: list[Pair]) -> None:
    for pair in pairs:
        if pair.ok == pair.fires:
            found = "; ".join(f"{issue.check} ({issue.severity}): {issue.message}" for issue in pair.issues)
            print(f"  {'FIRES' if pair.ok else 'MISSED'} {pair.id} {pair.source} | {pair.target} | {found}")
