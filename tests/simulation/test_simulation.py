"""The simulation itself: it can be repeated, and it finds faults."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.planted import FAULTS
from simulation.run import DAYS, simulate
from support.paths import ROOT


def test_two_days_break_no_rule_and_one_seed_is_one_run(tmp_path: Path) -> None:
    """The second run is in another process and folder, with other hashes of strings."""
    result = simulate(1, 2, tmp_path)
    assert result.broken == ""
    assert result.counts["steps"] > 8
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "simulation", "--seed", "1", "--days", "2"]
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert re.findall("digest (.*)", again.stdout) == [result.digest]


def test_a_planted_fault_is_found_within_days(tmp_path: Path) -> None:
    fault = FAULTS["wrong word counts"]
    assert simulate(1, 10, tmp_path, fault.plant).rule in fault.rules


@pytest.mark.soak
@pytest.mark.parametrize("name", FAULTS)
def test_the_oracle_finds_every_planted_fault(tmp_path: Path, name: str) -> None:
    fault, found = FAULTS[name], []
    for seed in range(1, 9):
        folder = tmp_path / str(seed)
        folder.mkdir()
        found.append(simulate(seed, 40, folder, fault.plant, kind=fault.kind).rule)
        if found[-1] in fault.rules:
            return
    pytest.fail(f"{name}: found {found}, expected one of {sorted(fault.rules)}")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_a_month_of_squash_merges_gives_honest_people_no_finding(tmp_path: Path, seed: int) -> None:
    result = simulate(seed, 22, tmp_path, kind="signing")
    assert (result.broken, result.counts["proofs"] > 0) == ("", True)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [101, 102, 103])
def test_half_a_year_breaks_no_rule(tmp_path: Path, seed: int) -> None:
    assert simulate(seed, DAYS // 2, tmp_path).broken == ""
