"""Ends of the screen while somebody types: at most the last 300 ms are lost.

A key counts as typed when it is on the screen; keys that a busy machine has not processed were not
seen by anybody.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from support.screens import unit_of, with_work_left
from support.terminals import Terminal
from transflow.presenters.journal import Journal
from transflow.units.workflow import state
from transflow.user_folders import drafts_folder

WORDS = "Zqx 얼룩말 zebras 여우 vex 다람쥐 jumbo kiwis"
"""Text that occurs nowhere else on the screen."""
ENDINGS = ("kill", "term", "hang up")


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return a state folder of the test, for the program and for this process."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return {"XDG_STATE_HOME": str(tmp_path / "state")}


def typed_until_ended(root: Path, env: dict[str, str], ending: str, chance: random.Random) -> tuple[str, str]:
    """Type in Translate and end the program at a random moment.

    Return the text that had been on the screen for 300 ms by then, and the whole typed text.
    """
    on_screen: list[float] = []
    typed = WORDS[: chance.randrange(4, len(WORDS))]
    with Terminal(root, "translate", "un-letter#4", user="claire", env=env) as terminal:
        terminal.wait_for("words left")
        terminal.wait_for("F1")
        terminal.type("e")
        for i, key in enumerate(typed, 1):
            terminal.type(key)
            terminal.wait_for(typed[max(0, i - 3) : i].rstrip())
            on_screen.append(time.monotonic())
            time.sleep(chance.uniform(0, 0.04))
        time.sleep(chance.uniform(0, 0.4))
        ended = time.monotonic()
        end(terminal, ending)
        terminal.ended()
    known = sum(1 for moment in on_screen if moment <= ended - 0.3)
    return typed[:known].rstrip(), typed


def end(terminal: Terminal, ending: str) -> None:
    if ending == "kill":
        terminal.process.kill()
    elif ending == "term":
        terminal.process.terminate()
    else:
        terminal.hang_up()


def kept(root: Path) -> str:
    journal = Journal(drafts_folder(root) / "claire")
    draft = journal.get("locales/en/reports/un-letter.po", unit_of(root, 4).id)
    journal.close()
    return draft.text if draft else ""


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_typed_is_there_after_a_restart(sample: Path, env: dict[str, str], ending: str) -> None:
    with_work_left(sample)
    known, typed = typed_until_ended(sample, env, ending, random.Random(ending))
    with Terminal(sample, "translate", "un-letter#4", user="claire", env=env) as terminal:
        terminal.wait_for("1 text of yours is not saved yet")
        if known:
            terminal.wait_for(known.split(" ")[0])
        terminal.type("\x13")
        terminal.wait_for("5 · ")
        terminal.type("\x11")
        assert terminal.ended() == 0
    saved = unit_of(sample, 4)
    assert saved.target.startswith(known)
    assert typed.startswith(saved.target)
    assert state(saved) == "translated"
    if ending != "kill":  # these are orderly exits: nothing is lost
        assert saved.target == typed.rstrip()


@pytest.mark.soak
def test_a_hundred_ends_lose_no_more_than_the_last_300_ms(sample: Path, env: dict[str, str]) -> None:
    with_work_left(sample)
    chance = random.Random(300)
    for number in range(100):
        known, typed = typed_until_ended(sample, env, ENDINGS[number % 3], chance)
        text = kept(sample)
        assert text.startswith(known), (number, known, text)
        assert typed.startswith(text), (number, typed, text)
        journal = Journal(drafts_folder(sample) / "claire")
        journal.drop("locales/en/reports/un-letter.po", unit_of(sample, 4).id)
        journal.close()
