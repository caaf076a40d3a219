"""Sentences in a real terminal: pasted, translated in a hurry, changed and asked about."""

from __future__ import annotations

import re

from support.colleagues import Colleague, Office, sizes, squeezed
from support.floods import REPORT, TEXTS, WRONG
from transflow.project import Project


def targets(office: Office, name: str = "floods") -> list[str]:
    project = Project.find(office.folder)
    return [unit.target for unit in project.load(project.find_catalog(name)).units]


def with_report(office: Office, *, alone: bool = False) -> Colleague:
    """Make a project with a pasted report, and open the report."""
    hana = office.sit_down("Hana Seo")
    hana.found(alone=alone)
    hana.paste_report(REPORT, "floods")
    hana.press("Enter")
    hana.see("Translate ", "0 of 5 done")
    return hana


@sizes()
def test_a_wrong_figure_keeps_its_mark_until_an_editor_sees_it(office: Office) -> None:
    hana = with_report(office)
    hana.translate(TEXTS[0], WRONG, *TEXTS[2:])
    hana.leave()
    hana.start("translate", "floods#2")
    hana.see("5 of 5 done", "“173명” is 173; the English says “172”")
    assert re.search(r"^ *2▸\+ !", hana.window.screen, re.MULTILINE)
    hana.press("F2")
    hana.see("Queue", "100.0%")
    hana.press("c")
    hana.answer("The story's name", "river")
    hana.see("Story ")
    hana.press("F7")
    hana.answer("Take the drafts of")
    hana.see("3 of 3 written", "2 +!")
    hana.press("r")
    hana.answer("Hand it to an editor, as it reads now?")
    assert "172" in hana.screens[-1]
    hana.see("Ready: an editor reads it")
    mina = office.sit_down("Mina Park")
    mina.join("editor")
    mina.choose("clear")
    mina.see("Story ", "ready", "2 +!")
    mina.press("a")
    mina.see("2: “172” is in none of the Korean sentences", "“173명” is 173; the English says “172”")


@sizes()
def test_both_sources_are_shown_when_one_changes_under_the_hands_of_its_translator(office: Office) -> None:
    hana = with_report(office)
    mina = office.sit_down("Mina Park")
    hana.press("Down", "e")
    hana.see("WRITING")
    hana.write(TEXTS[1])
    mina.run("sed s/173/175/ sources/floods.md > new.md")
    mina.run("transflow --as hana update floods new.md")
    hana.press("C-s")
    hana.see("The Korean of this sentence changed while you were writing.")
    hana.see("홍수로 강변시 주민 [-173명이-] 3일 밤 대피했다.", "홍수로 강변시 주민 [+175명이+] 3일 밤 대피했다.")
    assert targets(office) == [""] * 5
    hana.press("Enter")
    hana.see_no_more("changed while you were writing")
    hana.press("C-s")
    hana.see("1 of 5 done")


@sizes()
def test_an_answer_comes_to_who_asked(office: Office) -> None:
    hana = with_report(office)
    hana.leave()
    hana.run('transflow person add jeong --name "Jeong Eun Lee" --role reporter --alias 이정은')
    hana.start("translate", "floods#2")
    hana.see("Translate ")
    hana.press("c")
    choices = hana.see("What do you want to say?", "Ask Jeong Eun Lee")
    number = re.search(r"(\d) Ask Jeong Eun Lee", choices)
    assert number
    hana.press(number[1])
    hana.see("Ask Jeong Eun Lee", "Enter: done")
    hana.answer("Ask Jeong Eun Lee", "Who counted them?")
    hana.see("Asked.")
    hana.press("F2")
    hana.see("Queue", "questions: 1")
    jeong = office.sit_down("Jeong Eun Lee")
    jeong.start()
    choices = jeong.see("Your number; or your name")
    number = re.search(r"(\d) +Jeong Eun Lee", choices)
    assert number
    jeong.answer("Your number; or your name", number[1])
    jeong.choose("answer a question")
    jeong.see("Translate ", "Hana Seo asks", "▸ 홍수로 강변시 주민 173명이 3일 밤 대피했다.")
    jeong.press("c")
    jeong.see("1 Answer Hana Seo: Who counted them?")
    jeong.press("1")
    jeong.see("Enter: done")
    jeong.answer("Answer Hana Seo: Who counted them?", "The police did.")
    jeong.see("Answered.")
    hana.choose("read an answer")
    hana.see("Translate ", "▸ 홍수로 강변시 주민 173명이 3일 밤 대피했다.", "The police did.")


@sizes((45, 24), also=[(45, 24)])
def test_the_sentence_is_whole(office: Office) -> None:
    whole = "유엔 특별보고관 두 명은 " + " ".join(f"{day}일 낸 서한에서" for day in range(11, 23)) + " 답을 요구했다."
    hana = office.sit_down("Hana Seo")
    hana.found(alone=True)
    hana.paste_report(f"서한\n{whole}\n", "letter")
    hana.press("Enter")
    hana.see("Translate ")
    hana.press("Down")
    hana.see(f"▸ {whole}")
    hana.press("e")
    hana.see("WRITING", f"▸ {whole}")
    hana.write("Two U.N. special rapporteurs asked for an answer.")
    screen = hana.see(f"▸ {whole}")
    assert max(map(len, screen.splitlines())) <= office.size[0]
    assert squeezed(whole) in squeezed(screen)
