"""The first minutes of somebody new in a real terminal: keys beside the text, and questions."""

from __future__ import annotations

import re

from support.colleagues import Office, sizes
from support.first_day import MOST_TO_SENTENCE, MOST_TO_STORY, first_sentence, first_story
from support.floods import TEXTS
from transflow.project import Project


@sizes((80, 24))
def test_somebody_new_is_at_the_second_sentence_of_a_pasted_text(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    keys, questions = first_sentence(hana)
    assert keys <= MOST_TO_SENTENCE.keys
    assert questions <= MOST_TO_SENTENCE.questions
    hana.write(TEXTS[1])
    hana.leave()
    assert [screen for screen in hana.screens if re.search(r"\bgit\b", screen, re.IGNORECASE)] == []
    project = Project.find(office.folder)
    report = next(place for place in project.all_catalogs() if place.slug != "welcome")
    first = project.load(report).units[0]
    assert (first.target, first.by[0].who) == (TEXTS[0], "hana")


@sizes()
def test_somebody_new_clears_a_first_story(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    first_sentence(hana)
    keys, questions = first_story(hana)
    assert keys <= MOST_TO_STORY.keys
    assert questions <= MOST_TO_STORY.questions


SAMPLE = (
    "A library opens in an old station",
    "The former railway station has 40,000 books and a small theater.",
    "The new Riverside Library in Solbit opened on the 6th.",
    "The conversion of the old station took three years.",
    "On the first day, about 1,200 people visited the library.",
    "At the opening, its director, Park Sae-bom, said: “A place where people waited for trains is now one where "
    "they read books. I hope that everybody will come in and rest.”",
    "The library has 40,000 books and a small theater with 120 seats.",
    "From May, there will be readings for children every Saturday.",
    "Except on Mondays, the library is open every day from 9 a.m. to 9 p.m.",
)
"""Texts for the sample report, in which no check finds an issue."""


@sizes()
def test_the_sample_report_leads_to_a_cleared_story(office: Office) -> None:
    hana = office.sit_down("Hana Seo")
    hana.found(alone=True, sample=True)
    hana.press("Enter")
    hana.see("Translate ", "0 of 9 done")
    hana.translate(*SAMPLE)
    hana.press("F2")
    hana.see("Queue", "100.0%")
    hana.press("c")
    hana.answer("The story's name", "library")
    hana.see("Story ")
    hana.press("F7")
    hana.answer("Take the drafts of")
    hana.see("took their drafts")
    hana.press("r")
    hana.see("Ready: an editor reads it")
    hana.press("a")
    hana.answer("Clear this story")
    hana.answer("Why does nobody else read it?", "Alone today.")
    hana.see("A second read is owed.")
    assert hana.keys <= MOST_TO_STORY.keys
    assert hana.questions <= MOST_TO_STORY.questions
