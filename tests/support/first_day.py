"""The first minutes of somebody new, from an empty folder to a first story."""

from __future__ import annotations

import re
from typing import NamedTuple

from support.colleagues import Colleague
from support.floods import REPORT, TEXTS

ADDRESS = "https://news.example.org/floods"


class Counts(NamedTuple):
    """Keys beside the text, and questions, from the empty folder on."""

    keys: int
    questions: int


MOST_TO_SENTENCE = Counts(25, 10)
"""Limits until the first sentence of a pasted report is confirmed."""
MOST_TO_STORY = Counts(40, 14)
"""Limits until the first story is cleared."""


def first_sentence(hana: Colleague) -> Counts:
    """Make a project, paste a report, confirm its headline, and be at the second sentence."""
    hana.found(alone=True, sample=True)
    hana.paste_report(REPORT)
    hana.press("Enter")
    hana.see("Translate ", "0 of 5 done")
    hana.press("Enter")
    hana.see("WRITING")
    hana.write(TEXTS[0])
    hana.press("C-s")
    screen = hana.see("1 of 5 done")
    assert re.search(r"^ *2▸", screen, re.MULTILINE)
    return Counts(hana.keys, hana.questions)


def first_story(hana: Colleague) -> Counts:
    """Translate the rest, compose a story, hand it in and clear it."""
    for number, text in enumerate(TEXTS[1:], 2):
        hana.write(text)
        hana.press("C-s")
        hana.see(f"{number} of 5 done")
    hana.press("F2")
    hana.see("Queue", "100.0%")
    hana.press("c")
    hana.answer("The story's name", "river")
    hana.see("Story ")
    hana.press("F7")
    hana.answer("Take the drafts of")
    hana.see("3 of 3 written")
    hana.press("r")
    hana.see("Ready: an editor reads it")
    hana.press("a")
    hana.answer("Clear this story")
    hana.answer("Why does nobody else read it?", "Alone today.")
    hana.see("A second read is owed.")
    return Counts(hana.keys, hana.questions)
