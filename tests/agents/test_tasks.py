"""Specification of honest work at the desk: tasks that an agent does from beginning to end.

After each, one command undoes all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.agents import NAME, Agent, Watch, agent, newsroom
from support.commands import contents, done, transflow
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

pytestmark = pytest.mark.slow
COUNCIL, BROOK = CatalogRef("en", "reports", "council"), CatalogRef("en", "articles", "brook")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newsroom(tmp_path_factory.mktemp("tasks") / "room")


@pytest.fixture(scope="module")
def connected(room: Path) -> Iterator[Agent]:
    with agent(room) as client:
        yield client


@pytest.fixture
def helper(room: Path, connected: Agent) -> Iterator[Agent]:
    """Yield the agent. After the task, everything that it changed is undone by one command."""
    before, watch = contents(room), Watch(room)
    yield connected
    watch.check(connected.call("status"))
    transflow(room, "undo", "--agent", "helper")
    assert contents(room) == before


def unit(room: Path, number: int, place: CatalogRef = COUNCIL) -> Unit:
    return Project(room).load(place).units[number - 1]


def read(helper: Agent, ref: str) -> dict[str, Any]:
    return dict(helper.done("read", ref=ref)["units"][0])


def draft(helper: Agent, *texts: tuple[str, str], mark: str = "") -> list[dict[str, Any]]:
    drafts = [{"ref": ref, "text": text, "mark": mark} for ref, text in texts]
    return list(helper.done("draft", drafts=drafts, dry_run=False)["drafts"])


def test_looks_around(helper: Agent) -> None:
    assert helper.done("status")["you_are"] == NAME
    assert [each["ref"] for each in helper.done("list")["catalogs"]] == ["council", "flood", "brook", "river"]


def test_finds_the_reports_that_need_work(helper: Agent) -> None:
    waiting = [
        each["ref"] for each in helper.done("list", kind="report")["catalogs"] if "untranslated" in each["units"]
    ]
    assert waiting == ["council"]


def test_reads_what_is_untranslated(helper: Agent) -> None:
    found = helper.done("read", ref="council", state="untranslated")["units"]
    assert [each["ref"] for each in found] == ["council#4", "council#5", "council#7", "council#8", "council#9"]


def test_drafts_a_report(room: Path, helper: Agent) -> None:
    texts = {
        "council#4": "Twelve members voted for it.",
        "council#5": "Work begins on April 2.",
        "council#7": "Residents welcome the work.",
        "council#8": "Riverside repaired the embankment in 2019 too.",
        "council#9": "This work takes two months.",
    }
    assert {each["outcome"] for each in draft(helper, *texts.items())} == {"drafted"}
    for ref, text in texts.items():
        new = unit(room, int(ref[-1]))
        assert (new.target, new.fuzzy, [each.who for each in new.by]) == (text, True, [NAME])


def test_tries_a_draft_first(room: Path, helper: Agent) -> None:
    tried = helper.done("draft", drafts=[{"ref": "council#5", "text": "Work begins on April 3."}])
    assert [each["check"] for each in tried["drafts"][0]["findings"]] == ["dates.day"]
    assert unit(room, 5).target == ""
    draft(helper, ("council#5", "Work begins on April 2."))
    assert unit(room, 5).target == "Work begins on April 2."


def test_mends_a_figure_that_a_check_names(room: Path, helper: Agent) -> None:
    found = helper.done("check", ref="council")["findings"]
    assert [each["ref"] for each in found if each["severity"] == "error"] == ["council#3"]
    draft(helper, ("council#3", "It costs $35,000."), mark=read(helper, "council#3")["mark"])
    assert [each for each in helper.done("check", ref="council#3")["findings"] if each["severity"] == "error"] == []
    assert {each.who: each.words for each in unit(room, 3).by} == {"claire": 2, NAME: 1}
    assert unit(room, 3).fuzzy


def test_takes_the_correction_of_a_check(room: Path, helper: Agent) -> None:
    found = helper.done("check", ref="council#2")["findings"]
    draft(helper, ("council#2", found[0]["data"]["corrected"]), mark=read(helper, "council#2")["mark"])
    assert "Riverside’s" in unit(room, 2).target


def test_tries_wordings_without_writing(helper: Agent) -> None:
    checks = [
        [
            each["check"]
            for each in helper.done("check", ref="council#4", text=text)["findings"]
            if each["severity"] == "error"
        ]
        for text in ("Ten members voted for it.", "Twelve members voted for it.")
    ]
    assert checks == [["numbers.different"], []]


def test_finds_an_earlier_translation(helper: Agent) -> None:
    found = helper.done("memory", text="공사는 두 달 걸린다.")["translations"]
    assert (found[0]["score"], found[0]["ref"]) == (100, "flood#5") or "flood" in found[0]["ref"]
    assert found[0]["data"]["target"] == "They take two months."


def test_drafts_with_the_memory(room: Path, helper: Agent) -> None:
    found = helper.done("memory", ref="council#9", threshold=50)["translations"]
    draft(helper, ("council#9", found[0]["data"]["target"].replace("They take", "This work takes")))
    assert unit(room, 9).target == "This work takes two months."


def test_looks_up_a_name(helper: Agent) -> None:
    terms = helper.done("glossary", words="강변시는 2019년에도 제방을 고쳤다.")["terms"]
    assert [each["data"]["target"] for each in terms] == ["Riverside"]


def test_searches_for_a_wording(helper: Agent) -> None:
    assert {each["ref"] for each in helper.done("search", words="bridges out")["units"]} == {"flood#1", "river#1"}


def test_asks_a_person(room: Path, helper: Agent) -> None:
    helper.done("ask", ref="council#5", text="Which year is meant?", to="jeong", dry_run=False)
    assert [(each.who, each.to, each.text) for each in unit(room, 5).questions] == [
        (NAME, "jeong", "Which year is meant?")
    ]
    assert "council#4-5  2 to answer" in done(room, "queue", user="jeong")


def test_asks_about_an_approved_text(room: Path, helper: Agent) -> None:
    refused = draft(helper, ("flood#1", "Three bridges down"), mark=read(helper, "flood#1")["mark"])
    assert refused[0]["outcome"] == "refused"
    helper.done("ask", ref="flood#1", text="Is “down” better than “out”?", to="mina", dry_run=False)
    Watch(room).assert_cleared()


def test_reads_the_answer_to_its_question(room: Path, helper: Agent) -> None:
    helper.done("ask", ref="council#7", text="All residents?", dry_run=False)
    question = helper.done("status")["your_questions"]
    assert [(each["ref"], each["is_open"]) for each in question] == [("council#7", True)]


def test_helps_with_the_question_of_a_person(room: Path, helper: Agent) -> None:
    assert read(helper, "council#4")["data"]["open_questions"][0]["text"] == "Twelve of how many?"
    helper.done("comment", ref="council#4", text="The report does not say it.", dry_run=False)
    assert unit(room, 4).comments == ("agent helper: The report does not say it.",)
    assert unit(room, 4).answers == ()


def test_corrects_its_own_draft(room: Path, helper: Agent) -> None:
    first = draft(helper, ("council#7", "Residents hate the work."))[0]
    draft(helper, ("council#7", "Residents welcome the work."), mark=first["mark"])
    assert [(each.who, each.words) for each in unit(room, 7).by] == [(NAME, 4)]


def test_writes_a_paragraph_of_a_story(room: Path, helper: Agent) -> None:
    draft(helper, ("brook#1", "Riverside approves an embankment"))
    paragraph = unit(room, 1, BROOK)
    assert paragraph.fuzzy
    assert NAME in {each.who for each in paragraph.by}


def test_reads_a_long_report_page_by_page(helper: Agent) -> None:
    pages = [helper.done("read", ref="council", **{"from": start})["units"] for start in (1, 4)]
    assert pages[1] == pages[0][3:]


def test_takes_back_its_work(room: Path, helper: Agent) -> None:
    before = contents(room)
    draft(helper, ("council#7", "Residents welcome the work."))
    helper.done("ask", ref="council#7", text="All of them?", dry_run=False)
    assert helper.done("undo")["undone"] == ["council#7"]
    assert contents(room) != before
    helper.done("undo", dry_run=False)
    assert contents(room) == before


def test_works_beside_a_person(room: Path, helper: Agent) -> None:
    """A second writer: what each of them changes stays, and neither overwrites the other."""
    mark = read(helper, "council#8")["mark"]
    done(room, "unit", "set", "council#8", "The city mended it in 2019 too.", user="leejin")
    late = draft(helper, ("council#8", "Riverside mended the embankment in 2019 too."), mark=mark)[0]
    assert late["outcome"] == "refused"
    assert "changed" in late["why"]
    draft(helper, ("council#9", "This work takes two months."))
    done(room, "undo", "--agent", "helper")
    assert (unit(room, 8).target, unit(room, 9).target) == ("The city mended it in 2019 too.", "")
    back = Project(room).load(COUNCIL)
    Project(room).change(COUNCIL, lambda old: old.replace(units=tuple(
        each.replace(target="", by=(), text="") if each.id == back.units[7].id else each for each in old.units)))  # fmt: skip
