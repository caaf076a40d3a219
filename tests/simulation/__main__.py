"""`python -m simulation [--seed N] [--years N] [--fault NAME]`: see `make simulate`.

Prints the seed, the counts and the digest of each run. Exits with 1 if a rule was broken, and
prints the command that replays the run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from simulation.planted import FAULTS
from simulation.run import DAYS, Result, simulate


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def one_run(seed: int, days: int, fault: str, *, keeps: bool) -> Result:
    folder = Path(tempfile.mkdtemp(prefix="newsroom-"))
    planted = FAULTS.get(fault)
    try:
        return simulate(
            seed,
            days,
            folder,
            planted.plant if planted else nullcontext,
            kind=planted.kind if planted else "",
        )
    finally:
        if keeps:
            say(f"the clones are in {folder}")
        else:
            shutil.rmtree(folder)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m simulation")
    parser.add_argument("--seed", type=int, action="append", help="default: one of the clock, printed")
    parser.add_argument("--years", type=float, default=0.25)
    parser.add_argument("--days", type=int, default=0, help="working days, instead of --years")
    parser.add_argument("--fault", default="", choices=["", *FAULTS], metavar="NAME", help="a planted fault")
    parser.add_argument("--log", action="store_true", help="print every step")
    parser.add_argument("--keep", action="store_true", help="keep the clones")
    options = parser.parse_args()
    days, broken = options.days or round(options.years * DAYS), False
    for seed in options.seed or [int(time.time()) % 1_000_000]:
        begun = time.monotonic()
        say(f"seed {seed}, {days} working days")
        result = one_run(seed, days, options.fault, keeps=options.keep)
        if options.log:
            say("\n".join(result.log))
        counts = ", ".join(f"{count} {what}" for what, count in sorted(result.counts.items()))
        say(f"{result.days} days in {time.monotonic() - begun:.0f} s: {counts}\ndigest {result.digest}")
        if result.broken:
            broken = True
            fault = f' --fault "{options.fault}"' if options.fault else ""
            replay = f"PYTHONPATH=.:tests .venv/bin/python -m simulation --seed {seed} --days {days}{fault} --log"
            say(f"BROKEN: {result.broken}\nreplay: {replay}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
