"""Precision and recall of the checks: `TRANSFLOW_CORPUS=FOLDER python -m bench checks`.

The folder contains published translations, one pair per line: line n of NAME.ko and line n of
NAME.en. The first figures are the pairs with a warning or an error, and the share of these issues
that are real (`judgements.txt`, by file and line, judged manually; an issue without a judgement
counts as false).

Then errors of two dozen kinds are injected into pairs without issues (also those of `pairs.py`),
and the found ones are counted. The results are compared with the `numbers` check of
translate-toolkit's pofilter, and with a comparison of the sets of digits. Without a corpus, only
the pairs of `pairs.py` are used.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from translate.filters.checks import FilterFailure, StandardChecker

from bench import Figure, cpu_in
from bench.injections import NUMBERS, ONE_SIDED, TEXTS, UNJUDGED, WORDS, Inject
from bench.pairs import PAIRS
from transflow import checks
from transflow.language.quantities.compare import compare_figures
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.korean import korean_figures
from transflow.model.issue import Issue
from transflow.model.unit import Unit

FIGURES = ("dates", "measures", "money", "numbers", "relative_dates")
"""The families of checks that read figures."""
JUDGEMENTS = Path(__file__).parent / "judgements.txt"
OWN = "bench/pairs.py"
MOST_PAIRS_FIRING = {"textbook": 0.5, "news": 10.0, "news-nk": 10.0, OWN: 0.0}
"""Percent, by corpus."""
FOUND = dict.fromkeys(("Hangul left in", "repeated word"), 100) | dict.fromkeys(UNJUDGED, 0)
"""Percent of injected errors that must be found, for the kinds that differ from the others."""
TOOLKIT = version("translate-toolkit")
CONTEXT = checks.CheckContext("en")
Pair = tuple[str, str]


def corpus() -> Path | None:
    folder = os.environ.get("TRANSFLOW_CORPUS")
    return Path(folder) if folder else None


def pairs_of(folder: Path, name: str) -> list[Pair]:
    source, target = ((folder / f"{name}.{language}").read_text(encoding="utf-8") for language in ("ko", "en"))
    return list(zip(source.split("\n"), target.split("\n"), strict=True))[:-1]


def issues(pair: Pair, families: Iterable[str]) -> list[Issue]:
    unit = Unit("k7f3q2mx", *pair)
    return [issue for name in families for issue in checks.load(name).check(unit, CONTEXT)] if all(pair) else []


def firing(pair: Pair, families: Iterable[str]) -> list[Issue]:
    return [issue for issue in issues(pair, families) if issue.severity != "hint"]


def measure() -> Iterator[Figure]:
    folder = corpus()
    if folder is None:
        print("No corpus (TRANSFLOW_CORPUS): only the pairs of bench/pairs.py are looked at.")
    names = sorted(path.stem for path in folder.glob("*.ko")) if folder else []
    everything = {name: pairs_of(folder, name) for name in names} if folder else {}
    for name, pairs in everything.items():
        yield from _false_alarms(name, pairs)
    yield from _false_alarms(OWN, [*PAIRS])
    if everything:
        yield _judged(everything)
    correct = [*(pair for name in everything if name != "news-nk" for pair in everything[name]), *PAIRS]
    yield from _found(correct)
    yield from _speed([pair for pairs in (*everything.values(), PAIRS) for pair in pairs])


def _false_alarms(name: str, pairs: list[Pair]) -> Iterator[Figure]:
    wanted = MOST_PAIRS_FIRING.get(name, 4.0)
    fired, of_figures = (
        100 * sum(bool(firing(pair, families)) for pair in pairs) / len(pairs)
        for families in (checks.families(), FIGURES)
    )
    others = {tool: 100 * sum(fires(*pair) for pair in pairs) / len(pairs) for tool, fires in OTHERS.items()}
    note = f"figures alone {of_figures:.2f}; " + ", ".join(f"{tool} {share:.1f}" for tool, share in others.items())
    yield Figure(f"{name}: percent of pairs that fire", fired, wanted, note=note)


class Judgement(NamedTuple):
    real: bool
    why: str


@cache
def judgements() -> Mapping[tuple[str, int, str], Judgement]:
    """Return the judgements by corpus, line from 1, and check."""
    result = {}
    for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, number, check, verdict, why = line.split(maxsplit=4)
            result[name, int(number), check] = Judgement(verdict == "real", why)
    return result


def _judged(everything: Mapping[str, list[Pair]]) -> Figure:
    real, all_of_them, unjudged = 0, 0, []
    for name, pairs in everything.items():
        for number, pair in enumerate(pairs, 1):
            for check in sorted({issue.check for issue in firing(pair, checks.families())}):
                judged = judgements().get((name, number, check))
                all_of_them += 1
                real += judged is not None and judged.real
                unjudged += [f"{name} {number} {check}"] if judged is None else []
    if unjudged:
        print("Not judged yet:", *unjudged, sep="\n  ")
    note = f"{real} of {all_of_them}, {len(unjudged)} not judged"
    return Figure("percent of firings that are real", 100 * real / max(1, all_of_them), 95, True, note)


def _found(correct: list[Pair]) -> Iterator[Figure]:
    spotless = [
        pair
        for pair in correct
        if _is_translation(*pair) and not issues(pair, FIGURES) and not firing(pair, checks.families())
    ]
    tallies = {kind: _tally(inject, spotless) for kind, inject in (NUMBERS | WORDS | TEXTS).items()}
    for kind, tally in tallies.items():
        wanted = FOUND.get(kind, 60 if kind in WORDS else 80)
        yield Figure(f"found: {kind}", tally.percent(tally.warned), wanted, True, tally.note())
    total = Tally(*(sum(each) for each in zip(*(tallies[kind] for kind in NUMBERS), strict=True)))
    yield Figure("found: all numbers and dates, percent", total.percent(total.warned), 95, True, total.note())
    what = f"found: all numbers and dates / pofilter {TOOLKIT}"
    yield Figure(what, total.warned / max(1, total.pofilter), 2.5, True)
    against = Tally(*(sum(each) for each in zip(*(tallies[kind] for kind in NUMBERS.keys() - ONE_SIDED), strict=True)))
    note = "without dropped and added ones, which are warnings"
    yield Figure("found: numbers and dates at error level, percent", against.percent(against.erred), 80, True, note)


def _is_translation(source: str, target: str) -> bool:
    """Return whether a pair is a translation: no shifted line, no headline paired with its story.

    English needs about two characters for a Korean one.
    """
    korean_letters = sum("가" <= character <= "힣" for character in source)
    return 0.8 * len(source) <= len(target) <= 4 * len(source) and 2 * korean_letters > len(source.replace(" ", ""))


class Tally(NamedTuple):
    """Numbers of errors: injected, found as warnings or errors, as errors, and by other tools."""

    made: int
    warned: int
    erred: int
    pofilter: int
    digit_sets: int

    def percent(self, found: int) -> float:
        return 100 * found / max(1, self.made)

    def note(self) -> str:
        errors, pofilter, digits = (self.percent(each) for each in (self.erred, self.pofilter, self.digit_sets))
        return f"of {self.made}; as errors {errors:.0f}, pofilter {pofilter:.0f}, digit sets {digits:.0f}"


def _tally(inject: Inject, spotless: list[Pair]) -> Tally:
    made = warned = erred = 0
    others = dict.fromkeys(OTHERS, 0)
    for source, target in spotless:
        for wrong in inject(source, target):
            severities = {issue.severity for issue in firing((source, wrong), checks.families())}
            made += 1
            warned += bool(severities)
            erred += "error" in severities
            if not severities and "-v" in sys.argv:
                print(f"  not found ({inject.__name__}): {source}\n      {wrong}")
            for tool, fires in OTHERS.items():
                others[tool] += fires(source, wrong) and not fires(source, target)
    return Tally(made, warned, erred, *others.values())


_CHECKER = StandardChecker()
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def _pofilter(source: str, target: str) -> bool:
    try:
        return not _CHECKER.numbers(source, target)
    except FilterFailure:
        return True


def _digit_sets(source: str, target: str) -> bool:
    return {each.replace(",", "") for each in _DIGITS.findall(source)} != {
        each.replace(",", "") for each in _DIGITS.findall(target)
    }


OTHERS = {"pofilter": _pofilter, "digit sets": _digit_sets}


def _speed(pairs: list[Pair]) -> Iterator[Figure]:
    families = [checks.load(name) for name in checks.families()]

    def read(some: list[Pair]) -> None:
        for source, target in some:
            korean_figures(source)
            english_figures(target)

    def check(some: list[Pair]) -> None:
        compare_figures.cache_clear()
        for unit in [Unit("k7f3q2mx", *pair) for pair in some if all(pair)]:
            for family in families:
                list(family.check(unit, CONTEXT))

    def cut(some: list[Pair]) -> None:
        for source, target in some:
            _WORD.findall(source)
            _WORD.findall(target)

    floor, reading, checking = (_seconds(work, pairs) for work in (cut, read, check))
    note = f"{len(pairs) / reading / 1000:.0f} thousand units per second"
    yield Figure("numbers parser / cutting both texts into words", reading / floor, 10, note=note)
    note = f"{1000 * checking / len(pairs):.2f} ms per unit"
    yield Figure("all checks / cutting both texts into words", checking / floor, 100, note=note)


def _seconds(work: Callable[[list[Pair]], None], pairs: list[Pair]) -> float:
    """Return the CPU time for all pairs: the best of five runs for each hundred pairs."""
    portions = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    return sum(min(cpu_in(partial(work, portion)) for _ in range(5)) for portion in portions)
