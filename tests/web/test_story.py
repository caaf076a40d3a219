"""Story in the browser: the page as it prints, its paragraphs in place, ready and clear."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.browsers import Browser, words
from support.commands import TEXTS, done
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.web.office import Office

if TYPE_CHECKING:
    from httpx2 import Response

PAGE = "/en/articles/flood-story"


@pytest.fixture
def story(room: Path) -> Path:
    """A story of translated and reviewed sentences, whose drafts eugene took."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "approve", "flood", user="mina")
    done(room, "compose", "flood-story", "--from", "flood", user="eugene")
    done(room, "unit", "confirm", "flood-story", user="eugene")
    return room


def catalog(room: Path) -> Catalog:
    return Project(room).load(CatalogRef("en", "articles", "flood-story"))


def unit(room: Path, number: int) -> Unit:
    return catalog(room).units[number - 1]


def post(browser: Browser, each: Unit, act: str, **fields: str) -> Response:
    return browser.post(f"{PAGE}/u/{each.id}/{act}", data={"since": state_digest(each), **fields})


def mark(page: str) -> str:
    """Return the mark of all that a page shows as printed."""
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def say(browser: Browser, word: str, **fields: str) -> Response:
    """Press a button below the story as it is shown now."""
    return browser.post(f"{PAGE}/word/{word}", data={"seen": mark(browser.get(PAGE).text), **fields})


class TestThePage:
    def test_shows_the_story_as_it_prints(self, story: Path, office: Office) -> None:
        said = Browser(office, "mina").text(PAGE)
        order = [
            TEXTS[0],
            "By Jeong Eun Lee",
            f"{TEXTS[1]} {TEXTS[2]}",
            f"{TEXTS[3]} {TEXTS[4]}",
            "Translated by Claire Lee",
        ]
        assert sorted(map(said.index, order)) == [said.index(each) for each in order]

    def test_has_the_korean_behind_each_paragraph(self, story: Path, office: Office) -> None:
        page = Browser(office, "eugene").get(PAGE).text
        assert '<p class="source" lang="ko">다친 사람은 없다.</p>' in page

    def test_names_the_warnings_at_the_paragraph_and_below(self, story: Path, office: Office) -> None:
        text = "Three bridges failed on the night of the 5th . Nobody was hurt."
        post(Browser(office, "eugene"), unit(story, 2), "confirm", text=text)
        said = Browser(office, "eugene").text(PAGE)
        warning = "there is a space before this punctuation mark."
        assert said.count(warning) == 3  # at the paragraph, to be waived, and below the story
        assert "1 warning" in said

    def test_shows_what_changed_in_the_translations(self, story: Path, office: Office) -> None:
        done(story, "unit", "set", "flood#5", "They take a month or two.", user="claire")
        done(story, "unit", "approve", "flood#5", user="mina")
        page = Browser(office, "eugene").get(PAGE).text
        assert "the translations changed" in page
        assert "<ins>a month or " in page or "<ins>a month or two.</ins>" in page


class TestAParagraph:
    def test_is_written_in_place(self, story: Path, office: Office) -> None:
        browser = Browser(office, "eugene")
        answer = post(browser, unit(story, 1), "confirm", text="Floods take out three bridges")
        assert answer.headers["location"] == f"{PAGE}?done=confirm#u-{unit(story, 1).id}"
        assert unit(story, 1).target == "Floods take out three bridges"
        assert "Floods take out three bridges" in browser.text(PAGE)

    def test_is_not_written_over_somebody_elses(self, story: Path, office: Office) -> None:
        seen = unit(story, 1)
        post(Browser(office, "claire"), seen, "confirm", text="Three bridges gone")
        answer = post(Browser(office, "eugene"), seen, "confirm", text="Floods take out three bridges")
        assert answer.status_code == 409
        assert unit(story, 1).target == "Three bridges gone"
        assert "Yours: Floods take out three bridges" in words(answer.text)

    @pytest.mark.parametrize(
        ("act", "ends"), [("still", "They take two months."), ("take-new", "They take a month or two.")]
    )
    def test_keeps_its_text_or_takes_the_new_draft(self, story: Path, office: Office, act: str, ends: str) -> None:
        done(story, "unit", "set", "flood#5", "They take a month or two.", user="claire")
        done(story, "unit", "approve", "flood#5", user="mina")
        browser, each = Browser(office, "eugene"), unit(story, 3)
        shown = re.search(r'name="since_draft" value="([\w-]+)"', browser.get(PAGE).text)
        assert shown
        answer = browser.post(f"{PAGE}/u/{each.id}/{act}", data={"since_draft": shown[1]})
        assert answer.status_code == 303
        assert unit(story, 3).target.endswith(ends)
        assert "the translations changed" not in browser.text(PAGE)

    def test_is_cut_with_a_reason_and_printed_again(self, story: Path, office: Office) -> None:
        browser = Browser(office, "eugene")
        assert post(browser, unit(story, 3), "cut", reason="Too long.").status_code == 303
        assert unit(story, 3).cut is not None
        post(browser, unit(story, 3), "print")
        assert unit(story, 3).cut is None

    def test_answers_a_script_with_its_part(self, story: Path, office: Office) -> None:
        each = unit(story, 1)
        form = {"since": state_digest(each), "text": "Floods take out three bridges"}
        answer = Browser(office, "eugene").post(f"{PAGE}/u/{each.id}/confirm", data=form, headers={"X-Part": "unit"})
        assert answer.text.count("<article") == 1
        assert f'data-mark="{state_digest(unit(story, 1))}"' in answer.text


class TestTheWords:
    def test_ready_and_clear(self, story: Path, office: Office) -> None:
        assert say(Browser(office, "eugene"), "ready").status_code == 303
        assert catalog(story).header.get("X-Ready").startswith("eugene ")
        assert say(Browser(office, "mina"), "clear").status_code == 303
        assert catalog(story).header.get("X-Cleared").startswith("mina ")

    def test_clear_is_of_what_was_shown(self, story: Path, office: Office) -> None:
        say(Browser(office, "eugene"), "ready")
        mina = Browser(office, "mina")
        seen = mark(mina.get(PAGE).text)
        done(story, "unit", "set", "flood-story#1", "Floods take out three bridges", user="claire")
        answer = mina.post(f"{PAGE}/word/clear", data={"seen": seen})
        assert answer.status_code == 409
        said = words(answer.text)
        assert "Somebody changed it after you read it:" in said
        assert "Floods take out three bridges" in said
        assert not catalog(story).header.get("X-Cleared")

    @pytest.mark.parametrize("seen", ["", "0123456789abcdef"])
    def test_clear_needs_the_mark(self, story: Path, office: Office, seen: str) -> None:
        say(Browser(office, "eugene"), "ready")
        answer = Browser(office, "mina").post(f"{PAGE}/word/clear", data={"seen": seen})
        assert answer.status_code == 409
        assert not catalog(story).header.get("X-Cleared")

    def test_a_translator_clears_nothing(self, story: Path, office: Office) -> None:
        say(Browser(office, "eugene"), "ready")
        answer = say(Browser(office, "claire"), "clear")
        assert answer.status_code == 422
        assert "claire is no editor" in words(answer.text)
        assert not catalog(story).header.get("X-Cleared")

    def test_a_refusal_names_every_paragraph(self, story: Path, office: Office) -> None:
        for number in (1, 2):
            done(story, "unit", "set", f"flood-story#{number}", "A draft.", "--needs-look", user="eugene")
        answer = say(Browser(office, "eugene"), "ready")
        assert answer.status_code == 422
        assert {"1", "2"} <= set(re.findall(r"\d+", words(answer.text).partition("is not ready")[2][:120]))

    def test_an_unsaved_text_is_neither_handed_over_nor_cleared(self, story: Path, office: Office) -> None:
        eugene, each = Browser(office, "eugene"), unit(story, 1)
        seen = mark(eugene.get(PAGE).text)
        eugene.post(f"{PAGE}/u/{each.id}/keep", data={"since": state_digest(each), "text": "Half a he"})
        answer = eugene.post(f"{PAGE}/word/ready", data={"seen": seen})
        assert answer.status_code == 422
        assert "There are texts that are not saved yet: 1" in words(answer.text)

    def test_is_taken_back(self, story: Path, office: Office) -> None:
        eugene = Browser(office, "eugene")
        say(eugene, "ready")
        assert say(eugene, "write").status_code == 303
        assert not catalog(story).header.get("X-Ready")


def test_a_story_of_a_withheld_report_is_for_those_with_a_part_in_it(story: Path, office: Office) -> None:
    path = story / "sources/flood.md"
    path.write_text(path.read_text(encoding="utf-8").replace("date:", "confidential: true\ndate:"), encoding="utf-8")
    done(story, "update", "flood", user="mina")
    seen = {who: Browser(office, who).get(PAGE).status_code for who in ("mina", "claire", "eugene", "leejin")}
    assert seen == {"mina": 200, "claire": 200, "eugene": 200, "leejin": 403}
    answer = Browser(office, "leejin").post(f"{PAGE}/word/ready", data={"seen": ""})
    assert (answer.status_code, "bridges" in answer.text) == (403, False)
