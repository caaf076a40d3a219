"""`python -m scripts.mutation [ROOM…] [--size N] [--seed N] [--least PERCENT]`.

Prints the mutants that no test of the room notices, and the score of each room: the share of
mutants noticed, of those that are not listed as equivalent. Exits with 1 below `--least`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from scripts.mutation import trials
from scripts.mutation.equivalent import equivalents, key
from scripts.mutation.sample import Mutant, mutants, sample

ROOT = Path(__file__).parents[2]
ROOMS = ("merge", "units", "attribution", "stories", "project")


def score(room: str, chosen: list[Mutant]) -> float:
    """Test mutants of a room, print the result, and return the score in percent."""
    begun, counts, known = time.monotonic(), Counter[str](), equivalents()
    with tempfile.TemporaryDirectory() as scratch:
        folder = trials.copy(ROOT, Path(scratch).resolve())
        baseline = trials.baseline(folder, room)
        trials.check_unchanged(folder, baseline)
        for mutant in chosen:
            verdict = "equivalent" if key(mutant) in known else trials.verdict(folder, mutant, baseline)
            counts[verdict] += 1
            if verdict in ("survived", "not executed"):
                _say(f"{verdict}: {mutant}")
    killed = counts["killed"] + counts["timeout"]
    percent = 100 * killed / max(1, counts.total() - counts["equivalent"])
    numbers = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    _say(f"{room}: {percent:.1f}% of {counts.total()} ({numbers}), {time.monotonic() - begun:.0f} s")
    return percent


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.mutation")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", default=ROOMS)
    parser.add_argument("--size", type=int, default=200, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=float, default=0, metavar="PERCENT")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="a mutant, as printed: PATH:NUMBER")
    options = parser.parse_args()
    trials.load_libraries()
    found = True
    for room in options.rooms:
        everything = mutants(ROOT, room)
        chosen = [each for each in everything if each.name in options.only]
        found &= score(room, chosen or sample(everything, options.size, options.seed)) >= options.least
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
