"""Stories in a real terminal: written as one text, cleared, published and corrected."""

from __future__ import annotations

import json
import re
from pathlib import Path

from support.colleagues import Colleague, Office, sizes
from support.floods import BUDGET, BUDGET_TEXTS, LEAD, REPORT, TEXTS
from transflow.project import Project

ADDRESS = "https://news.example.org/river"
WRONG = "One person was hurt."
"""A translation of the third sentence, in which no check finds an issue."""


def translated(office: Office, *texts: str) -> Colleague:
    """Make a project with a report, and translate it."""
    hana = office.sit_down("Hana Seo")
    hana.found()
    hana.paste_report(REPORT, "floods")
    hana.choose("assign")
    hana.see("Translate ")
    hana.translate(*texts)
    hana.press("F2")
    hana.see("Queue", "100.0%")
    return hana


def composed(hana: Colleague, paragraphs: int = 3) -> None:
    """Compose a story from the reports that are marked, or from the selected one."""
    hana.press("c")
    if paragraphs > 3:
        hana.see("Which report leads?")
        hana.press("1")
    hana.answer("The story's name", "river")
    hana.see("Story ")
    hana.press("F7")
    hana.answer("Take the drafts of")
    hana.see(f"{paragraphs} of {paragraphs} written")


def cleared(office: Office, hana: Colleague) -> Colleague:
    """Hand a story in; an editor clears it."""
    hana.press("r")
    hana.see("Ready: an editor reads it")
    mina = office.sit_down("Mina Park")
    mina.join("editor")
    mina.choose("clear")
    mina.see("Story ", "ready")
    mina.press("a")
    mina.answer("Clear this story to publish, as it reads now?")
    mina.see("Cleared: it may go out as it reads now.", "(b)", "(x)")
    return mina


def on_the_page(office: Office) -> str:
    return (office.folder / "build/en/river.html").read_text(encoding="utf-8")


def for_machines(page: str) -> dict[str, str]:
    """Return the data of schema.org in a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, str] = json.loads(found[1])
    return data


def the_story(folder: Path) -> list[str]:
    project = Project.find(folder)
    return [unit.target for unit in project.load(project.find_catalog("river")).units if not unit.cut]


@sizes()
def test_the_figures_of_a_lead_lead_to_the_sentences_of_two_reports(office: Office) -> None:
    hana = translated(office, *TEXTS)
    hana.paste_report(BUDGET, "budget")
    hana.choose("budget" if office.size[0] >= 100 else "복구에 120억 원")
    hana.see("Translate ")
    hana.translate(*BUDGET_TEXTS)
    hana.leave()
    hana.run("transflow compose river --from floods,budget")
    hana.start("story", "river")
    hana.see("Story ")
    hana.press("F7")
    hana.answer("Take the drafts of")
    hana.see("4 of 4 written")
    hana.press("t")
    hana.see("Ctrl+S: save", TEXTS[0])
    hana.press("End", "Enter", "Enter")
    hana.write("{new ← floods#2 budget#2}")
    hana.press("Enter")
    hana.write(LEAD)
    hana.see("173명", "120억 원")
    hana.press("C-s")
    hana.see("Save the story like this?", LEAD)
    assert the_story(office.folder) == [TEXTS[0], " ".join(TEXTS[1:3]), " ".join(TEXTS[3:]), BUDGET_TEXTS[1]]
    hana.press("Enter")
    hana.see("Story ", "5 of 5 written")
    assert the_story(office.folder)[1] == LEAD
    hana.press("Home", "n")
    hana.see("Behind it", "floods#2", "주민 173명이", "budget#2", "예산 120억")


@sizes()
def test_after_clearing_one_key_shows_the_page_and_one_records_its_address(office: Office) -> None:
    hana = translated(office, *TEXTS)
    composed(hana)
    mina = cleared(office, hana)
    mina.press("b")
    mina.see("The page is", "river.html")
    assert TEXTS[1] in on_the_page(office)
    mina.press("x")
    mina.answer("At which address is it published?", ADDRESS)
    mina.see(f"Recorded: {ADDRESS}")
    mina.leave()
    assert ADDRESS in mina.run("transflow published river")


@sizes()
def test_a_published_story_is_corrected_by_the_documented_steps(office: Office) -> None:
    hana = translated(office, *TEXTS[:2], WRONG, *TEXTS[3:])
    composed(hana)
    mina = cleared(office, hana)
    mina.press("x")
    mina.answer("At which address is it published?", ADDRESS)
    mina.see("Recorded:")
    mina.press("b")
    mina.see("The page is")
    first = for_machines(on_the_page(office))
    hana.leave()
    mina.leave()
    mina.run("transflow correct floods#3")
    hana.run(f'transflow unit set floods#3 "{TEXTS[2]}"')
    mina.judge("transflow unit approve floods#3")
    hana.run("transflow compose river")
    hana.judge("transflow unit confirm river#2")
    mina.run("transflow correct floods#3")
    mina.judge("transflow unit confirm river#4")
    mina.judge("transflow clear river")
    mina.run("transflow render river")
    mina.run(f"transflow published river --url {ADDRESS}")
    page = on_the_page(office)
    assert f"{TEXTS[1]} {TEXTS[2]}" in page
    note = f"An earlier version of this story said: “{WRONG}” It should have said: “{TEXTS[2]}”"
    assert note in page
    now = for_machines(page)
    assert now["datePublished"] == first["datePublished"]
    assert now["dateModified"] > now["datePublished"]
