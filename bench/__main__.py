"""Command that runs measurements and prints the table; exit code 1 if one misses its target.

Options and files are read by the measurements themselves.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import bench

NOT_MEASURES = {
    *("__main__", "precision", "projects", "histories", "injections", "pairs"),
    *("memory_peers", "memory_texts", "postgres_memories"),
}


def main() -> int:
    named = [each for each in sys.argv[1:] if not each.startswith("-") and not each.endswith(".jsonl")]
    names = named or sorted(each.name for each in iter_modules(bench.__path__) if each.name not in NOT_MEASURES)
    missed = 0
    for name in names:
        for figure in import_module(f"bench.{name}").measure():
            print(figure, flush=True)
            missed += not figure.met
    print(f"{missed} figures miss their mark." if missed else "Every figure meets its mark.")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
