"""Translate and Review in the browser: windows, forms, marks, drafts and refusals."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.browsers import Browser, words
from support.commands import TEXTS, done
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.units.workflow import state
from transflow.user_folders import drafts_folder
from transflow.web.office import Office

if TYPE_CHECKING:
    from httpx2 import Response

FLOOD = CatalogRef("en", "reports", "flood")
PAGE = "/en/reports/flood"


def unit(room: Path, number: int) -> Unit:
    return Project(room).load(FLOOD).units[number - 1]


def post(browser: Browser, each: Unit, act: str, **fields: str) -> Response:
    """Send a form of a page that shows the unit like this."""
    form = {"since": state_digest(each), "mode": "translate", **fields}
    return browser.post(f"{PAGE}/u/{each.id}/{act}", data=form)


def box(page: str, each: Unit) -> str:
    """Return the part of a page about a unit."""
    return page.partition(f'id="u-{each.id}"')[2].partition("</article>")[0]


def typed(page: str, each: Unit) -> str:
    """Return the text in the box of a unit."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", box(page, each), re.DOTALL)
    return found[1] if found else ""


class TestAPage:
    def test_has_the_korean_and_a_box_for_each_sentence(self, room: Path, office: Office) -> None:
        page = Browser(office, "claire").get(f"{PAGE}?mode=translate").text
        assert page.count("<textarea") == 5
        assert '<p class="source" lang="ko">다친 사람은 없다.</p>' in page

    def test_has_fifty_sentences_and_names_ids(self, room: Path, office: Office) -> None:
        text = " ".join(f"다리 {n}곳이 끊겼다." for n in range(2, 122))
        done(room, "add", "-", "--slug", "long", user="mina", stdin=f"긴 기사\n\n{text}\n")
        units = Project(room).load(FLOOD._replace(slug="long")).units
        browser = Browser(office, "claire")
        first = browser.get("/en/reports/long?mode=translate").text
        assert first.count("<article") == 50
        assert f"from={units[50].id}" in first
        second = browser.get(f"/en/reports/long?mode=translate&from={units[50].id}").text
        assert second.count("<article") == 50
        assert f"u-{units[50].id}" in second
        assert f"from={units[0].id}" in second
        assert browser.get("/en/reports/long?count=99999").text.count("<article") == 100

    def test_shows_the_change_of_the_korean(self, room: Path, office: Office) -> None:
        done(room, "unit", "set", "flood#2", TEXTS[1], user="claire")
        source = room / "sources/flood.md"
        source.write_text(source.read_text(encoding="utf-8").replace("다리 3곳이", "다리 4곳이"), encoding="utf-8")
        done(room, "update", "flood", user="mina")
        part = box(Browser(office, "claire").get(f"{PAGE}?mode=translate").text, unit(room, 2))
        assert "<del>3곳이 </del><ins>4곳이 </ins>" in part
        assert "Still right" in part
        assert "“4곳” is 4" in part

    @pytest.mark.parametrize(
        "address", ["/en/reports/nothing", "/xx/reports/flood", "/en/reports/..%2f..%2fetc", f"{PAGE}/u/nothing1/more"]
    )
    def test_of_something_else_is_not_found(self, office: Office, address: str) -> None:
        assert Browser(office, "claire").get(address).status_code == 404

    def test_leads_from_the_queue_to_what_waits(self, room: Path, office: Office) -> None:
        done(room, "unit", "ask", "flood#3", "Who?", "--to", "mina", user="claire")
        browser, asked = Browser(office, "mina"), unit(room, 3)
        answer = browser.get(f"{PAGE}?waits=question")
        assert answer.headers["location"].startswith(f"{PAGE}/u/{asked.id}/more")
        page = browser.get(answer.headers["location"])
        assert "Claire Lee asks: Who?" in words(page.text)


class TestSaving:
    def test_confirms_and_goes_on_to_the_next_that_waits(self, room: Path, office: Office) -> None:
        browser, first = Browser(office, "claire"), unit(room, 1)
        answer = post(browser, first, "confirm", text=TEXTS[0], **{"from": first.id})
        assert answer.status_code == 303
        assert answer.headers["location"].endswith(f"done=confirm#u-{unit(room, 2).id}")
        assert (unit(room, 1).target, unit(room, 1).by[0].who, state(unit(room, 1))) == (
            TEXTS[0],
            "claire",
            "translated",
        )
        assert "Saved." in browser.text(answer.headers["location"])

    def test_with_a_part_answers_with_the_sentence_and_its_new_mark(self, room: Path, office: Office) -> None:
        first = unit(room, 1)
        form = {"since": state_digest(first), "text": TEXTS[0], "mode": "translate"}
        browser = Browser(office, "claire")
        answer = browser.post(f"{PAGE}/u/{first.id}/confirm", data=form, headers={"X-Part": "unit"})
        assert answer.status_code == 200
        assert f'data-mark="{state_digest(unit(room, 1))}"' in answer.text
        assert answer.headers["x-next"] == unit(room, 2).id
        # a second text, on the mark that came back
        again = {**form, "since": state_digest(unit(room, 1)), "text": "Three bridges out"}
        assert browser.post(f"{PAGE}/u/{first.id}/confirm", data=again, headers={"X-Part": "unit"}).status_code == 200
        assert unit(room, 1).target == "Three bridges out"

    def test_never_overwrites_what_somebody_saved_meanwhile(self, room: Path, office: Office) -> None:
        """Silent overwrites of parallel edits are known from Decap (#1500) and Sveltia (#1002)."""
        seen, claire = unit(room, 1), Browser(office, "claire")
        assert post(Browser(office, "leejin"), seen, "confirm", text="Floods cut three bridges").status_code == 303
        answer = post(claire, seen, "confirm", text=TEXTS[0])
        assert answer.status_code == 409
        assert unit(room, 1).target == "Floods cut three bridges"
        said = words(answer.text)
        assert "Somebody else changed this sentence while you were writing." in said
        assert "Now, by Leejin Jun: Floods cut three bridges" in said
        assert f"Yours: {TEXTS[0]}" in said
        assert 'formaction="' in box(answer.text, seen)

    @pytest.mark.parametrize(
        ("act", "target", "others"),
        [
            ("confirm", TEXTS[0], []),
            ("both", "Floods cut three bridges", [TEXTS[0]]),
            ("drop", "Floods cut three bridges", []),
        ],
    )
    def test_lets_the_person_choose_between_two_texts(
        self, room: Path, office: Office, act: str, target: str, others: list[str]
    ) -> None:
        seen, claire = unit(room, 1), Browser(office, "claire")
        post(Browser(office, "leejin"), seen, "confirm", text="Floods cut three bridges")
        post(claire, seen, "confirm", text=TEXTS[0])
        assert post(claire, unit(room, 1), act, text=TEXTS[0]).status_code == 303
        now = unit(room, 1)
        assert (now.target, [each.text for each in now.conflicts]) == (target, others)
        assert office.drafts("claire").journal.get(FLOOD.path, seen.id) is None

    def test_needs_the_mark_of_what_was_shown(self, room: Path, office: Office) -> None:
        first = unit(room, 1)
        answer = Browser(office, "claire").post(f"{PAGE}/u/{first.id}/confirm", data={"text": TEXTS[0]})
        assert (answer.status_code, unit(room, 1).target) == (422, "")

    def test_that_is_refused_keeps_the_words_in_the_box(self, room: Path, office: Office) -> None:
        browser, first = Browser(office, "mina"), unit(room, 1)
        answer = post(browser, first, "return", reason="Three, not four.", mode="review")
        assert answer.status_code == 422
        assert "it has no text to send back" in box(answer.text, first)
        done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")
        answer = post(browser, first, "return", reason="Three, not four.", mode="review")
        assert answer.status_code == 409
        assert 'value="Three, not four."' in box(answer.text, first)

    def test_is_the_work_of_the_person_who_is_signed_in(self, room: Path, office: Office) -> None:
        first = unit(room, 1)
        post(Browser(office, "claire"), first, "confirm", text=TEXTS[0], who="mina", person="mina")
        assert unit(room, 1).by[0].who == "claire"


class TestAnEditor:
    @pytest.fixture
    def translated(self, room: Path) -> Path:
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        return room

    def test_reviews_what_was_shown(self, translated: Path, office: Office) -> None:
        seen, mina = unit(translated, 1), Browser(office, "mina")
        done(translated, "unit", "set", "flood#1", "Bridges out in floods", user="claire")
        assert post(mina, seen, "approve", mode="review").status_code == 409
        assert unit(translated, 1).approved is None
        assert post(mina, unit(translated, 1), "approve", mode="review").status_code == 303
        assert state(unit(translated, 1)) == "approved"

    def test_sends_back_with_a_reason(self, translated: Path, office: Office) -> None:
        post(Browser(office, "mina"), unit(translated, 2), "return", reason="Say where.", mode="review")
        said = Browser(office, "claire").text(f"{PAGE}?mode=translate")
        assert "sent back: Say where." in said

    def test_sees_beforehand_what_cannot_be_reviewed(self, translated: Path, office: Office) -> None:
        done(translated, "unit", "ask", "flood#2", "Who?", user="claire")
        page = Browser(office, "mina").get(f"{PAGE}?mode=review").text
        assert "✗" in box(page, unit(translated, 2))
        assert '<button class="main">Reviewed' in box(page, unit(translated, 1))

    @pytest.mark.parametrize("act", ["approve", "waive"])
    def test_alone_approves(self, translated: Path, office: Office, act: str) -> None:
        answer = post(Browser(office, "leejin"), unit(translated, 1), act, check="numbers.different", reason="So.")
        assert answer.status_code == 422
        assert unit(translated, 1).approved is None
        assert unit(translated, 1).waivers == ()


class TestADraft:
    def keep(self, browser: Browser, each: Unit, text: str, mark: str = "") -> Response:
        form = {"since": mark or state_digest(each), "text": text}
        return browser.post(f"{PAGE}/u/{each.id}/keep", data=form)

    def test_is_kept_while_it_is_typed_and_checked(self, room: Path, office: Office) -> None:
        browser, second = Browser(office, "claire"), unit(room, 2)
        answer = self.keep(browser, second, "Four bridges failed on the night of the 5th.")
        assert "“3곳” is 3; the English says “Four”" in answer.text
        page = browser.get(f"{PAGE}?mode=translate").text
        assert typed(page, second) == "Four bridges failed on the night of the 5th."
        assert "not saved yet" in box(page, second)
        assert unit(room, 2).target == ""

    def test_is_on_disk_when_the_answer_comes(self, room: Path, office: Office) -> None:
        self.keep(Browser(office, "claire"), unit(room, 2), "Three bridges")
        found = [path.read_text(encoding="utf-8") for path in (drafts_folder(room) / "claire").glob("*.jsonl")]
        assert "Three bridges" in "".join(found)

    def test_that_comes_late_does_not_outlive_what_was_saved(self, room: Path, office: Office) -> None:
        browser, second = Browser(office, "claire"), unit(room, 2)
        post(browser, second, "confirm", text=TEXTS[1])
        assert self.keep(browser, second, "Three bridges failed on the ni").status_code == 205
        assert typed(browser.get(f"{PAGE}?mode=translate").text, second) == TEXTS[1]

    def test_on_a_text_that_came_back_is_none_that_comes_late(self, room: Path, office: Office) -> None:
        browser, second = Browser(office, "claire"), unit(room, 2)
        post(browser, second, "confirm", text="A")
        first = unit(room, 2)
        post(browser, first, "confirm", text="B")
        post(browser, unit(room, 2), "confirm", text="A")
        browser.get(f"{PAGE}?mode=translate")
        assert self.keep(browser, unit(room, 2), "A and more").status_code == 200

    def test_is_nobody_elses(self, room: Path, office: Office) -> None:
        second = unit(room, 2)
        self.keep(Browser(office, "claire"), second, "Only mine so far")
        assert "Only mine so far" not in Browser(office, "leejin").get(f"{PAGE}?mode=translate").text

    def test_of_a_sentence_that_is_gone_is_shown_and_thrown_away(self, room: Path, office: Office) -> None:
        browser, third = Browser(office, "claire"), unit(room, 3)
        self.keep(browser, third, "Nobody was harmed.")
        source = room / "sources/flood.md"
        source.write_text(source.read_text(encoding="utf-8").replace(" 다친 사람은 없다.", ""), encoding="utf-8")
        done(room, "update", "flood", user="mina")
        assert "Nobody was harmed." in browser.text(f"{PAGE}?mode=translate")
        assert browser.post(f"{PAGE}/u/{third.id}/drop", data={"mode": "translate"}).status_code == 303
        assert "Nobody was harmed." not in browser.text(f"{PAGE}?mode=translate")


class TestMore:
    def test_asks_and_answers(self, room: Path, office: Office) -> None:
        claire, mina = Browser(office, "claire"), Browser(office, "mina")
        assert post(claire, unit(room, 2), "ask", question="Which bridges?", to="mina").status_code == 303
        question = unit(room, 2).questions[0]
        assert (question.to, question.text) == ("mina", "Which bridges?")
        post(mina, unit(room, 2), "answer", answer="The old ones.", of=question.reference)
        assert unit(room, 2).answers[0].text == "The old ones."

    def test_keeps_what_was_written_where_it_is_refused(self, room: Path, office: Office) -> None:
        answer = post(Browser(office, "claire"), unit(room, 2), "ask", question="Which ones?", to="nobody", at="more")
        assert answer.status_code == 404
        assert "Which ones?</textarea>" in answer.text
        assert "there is no person “nobody”" in answer.text

    def test_leaves_out_and_takes_back(self, room: Path, office: Office) -> None:
        browser = Browser(office, "claire")
        post(browser, unit(room, 5), "omit", reason="A notice.")
        assert state(unit(room, 5)) == "omitted"
        post(browser, unit(room, 5), "restore")
        assert state(unit(room, 5)) == "untranslated"

    def test_takes_a_suggestion_with_its_authors(self, room: Path, office: Office) -> None:
        done(room, "unit", "set", "flood#4", TEXTS[3], user="leejin")
        done(room, "add", "-", "--slug", "again", user="mina", stdin="복구\n\n시는 6일 복구를 시작했다.\n")
        again = Project(room).load(FLOOD._replace(slug="again")).units[1]
        browser, page = Browser(office, "claire"), "/en/reports/again"
        assert TEXTS[3] in browser.text(f"{page}/u/{again.id}/more")
        form = {"since": state_digest(again), "number": "1"}
        assert browser.post(f"{page}/u/{again.id}/take", data=form).status_code == 303
        assert typed(browser.get(f"{page}?mode=translate").text, again) == TEXTS[3]
        browser.post(f"{page}/u/{again.id}/confirm", data={**form, "text": TEXTS[3]})
        saved = Project(room).load(FLOOD._replace(slug="again")).units[1]
        assert [each.who for each in saved.by if each.words] == ["leejin"]


def test_a_withheld_report_is_not_shown_nor_changed(room: Path, office: Office) -> None:
    text = (room / "sources/flood.md").read_text(encoding="utf-8").replace("date:", "confidential: true\ndate:")
    (room / "sources/flood.md").write_text(text, encoding="utf-8")
    done(room, "update", "flood", user="mina")
    claire, first = Browser(office, "claire"), unit(room, 1)
    for answer in (
        claire.get(f"{PAGE}?mode=translate"),
        claire.get(f"{PAGE}/u/{first.id}/more"),
        claire.get(f"{PAGE}/u/{first.id}", headers={"X-Part": "unit"}),
        post(claire, first, "confirm", text="Leaked"),
        claire.post(f"{PAGE}/u/{first.id}/keep", data={"since": "x", "text": "Leaked"}),
    ):
        assert answer.status_code == 403
        assert "홍수" not in answer.text
    assert unit(room, 1).target == ""
    assert Browser(office, "mina").get(PAGE).status_code == 200
