"""Weeks in which a host squashes every branch, and nobody does anything wrong."""

from __future__ import annotations

from random import Random

import pytest

from proof.conftest import TEXTS, Newsroom
from support.newsrooms import SLUG
from transflow.actions.units import steps
from transflow.units import workflow

WORDS = ("today", "this week", "at last", "as planned", "in the morning", "at noon", "in March")


class Month:
    """Branches of translators and editors, squashed by a host that signs nothing."""

    def __init__(self, room: Newsroom, seed: int) -> None:
        self.room, self.random, self.minute = room, Random(seed), 100
        self.approved = 0

    def day(self, number: int) -> None:
        """Two people work on branches from the same main, each on their own half of the report."""
        numbers = self.random.sample((1, 2, 3), 3)
        halves = {f"day-{number}-a": numbers[:2], f"day-{number}-b": numbers[2:]}
        for name, units in halves.items():
            self.room.git("checkout", "-q", "-b", name, "main")
            for unit in units:
                self.work(unit)
            self.room.commit(self.random.choice(("mina", "noah", "claire")), "--allow-empty")
        for name in self.random.sample(list(halves), 2):
            self.squash(name)

    def work(self, unit: int) -> None:
        """Write, approve or send back a unit, each on the computer of whoever does it."""
        editor, ref = self.random.choice(("mina", "noah")), f"{SLUG}#{unit}"
        self.minute += 1
        clone = self.room.clone(editor)
        present = clone.unit(unit)
        if present.fuzzy or self.random.random() < 0.3:
            text = f"{TEXTS[unit - 1].removesuffix('.')} {self.random.choice(WORDS)}."
            steps.confirm(self.room.clone("claire").actor(self.minute), ref, text)
            return
        with self.room.keys_of(editor):
            if workflow.is_approved(present) and self.random.random() < 0.5:
                steps.send_back(clone.actor(self.minute), ref, "Say when.")
            else:
                assert not steps.approve(clone.actor(self.minute), ref, again=True).unsigned
                self.approved += 1

    def squash(self, name: str) -> None:
        self.room.git("checkout", "-q", "main")
        self.room.git("merge", "-q", "--squash", name, who="forge")
        self.room.commit("forge", "--allow-empty", author=self.random.choice(("mina", "noah", "claire")))


def lived(room: Newsroom, seed: int, days: int) -> None:
    month = Month(room, seed)
    for number in range(days):
        month.day(number)
    assert month.approved
    assert room.faults("signed") == room.faults() == [], f"seed {seed}"


def test_days_of_squash_merges_give_honest_people_no_finding(room: Newsroom) -> None:
    lived(room, 1, 2)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(10))
def test_months_of_squash_merges_give_honest_people_no_finding(room: Newsroom, seed: int) -> None:
    lived(room, seed, 30)
