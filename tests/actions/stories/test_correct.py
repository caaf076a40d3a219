"""`transflow correct`: affected texts in every language, units made fuzzy, the note for readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import contents, done, refusal, transflow
from support.newsrooms import git
from support.stories import PAGES, actor, only, report, river, story
from transflow import renderers
from transflow.actions.stories import article, clearance, publish, render
from transflow.actions.stories import correct as correcting
from transflow.actions.stories.affected import counterparts
from transflow.actions.units import regroup, steps
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import state

DAY = "2024-03-27T03:00:00Z"
OLD, NEW = "The work will take two months.", "All repairs will take two months."


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


def note(folder: Path, locale: str = "en") -> Unit:
    return only([unit for unit in story(folder, locale).units if unit.is_note])


def begin(folder: Path, ref: str, now: str = DAY, note: str = "", old: str = "") -> correcting.Corrected:
    return correcting.correct(actor(folder, "mina", now), ref, note, old)


# A sentence of a report


def test_a_sentence_is_opened_in_every_language_with_each_paragraph_on_it(newsroom: Path) -> None:
    done_ = begin(newsroom, "flood#5")
    assert [(each.ref, each.opened) for each in done_.sentences] == [("en:flood#5", True), ("vi:flood#5", True)]
    assert [(each.ref, each.opened) for each in done_.paragraphs] == [("en:river#3", True), ("vi:river#3", True)]
    assert [address for _, address in done_.pages] == [PAGES["en"], PAGES["vi"]]
    for locale in ("en", "vi"):
        for unit in (report(newsroom, locale).units[4], story(newsroom, locale).units[2]):
            assert (unit.fuzzy, unit.approved) == (True, None)
            assert unit.returned
            assert (unit.returned.who, unit.returned.time) == ("mina", DAY)
            assert "correction" in unit.returned.reason
        assert not story(newsroom, locale).header.get("X-Cleared")
        assert [state(unit) for unit in report(newsroom, locale).units[:4]] == ["approved"] * 4


def test_each_published_story_gets_a_note_in_its_own_language(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    assert note(newsroom, "en").target.startswith("An earlier version of this story said: “The city began")
    assert note(newsroom, "vi").target.startswith("Phiên bản trước của bài này viết: “Thành phố")
    assert state(note(newsroom, "en")) == "needs-work"
    assert story(newsroom).units[-1] == note(newsroom)


def test_a_story_that_was_not_published_is_opened_and_gets_no_note(newsroom: Path) -> None:
    publish.record_removal(actor(newsroom, "mina"), "en:river", [PAGES["en"]])
    done_ = begin(newsroom, "flood#5")
    assert [each.ref for each in done_.notes] == ["vi:river#4"]
    assert story(newsroom).units[2].fuzzy


@pytest.mark.parametrize("how", ["join", "split"])
def test_joins_and_splits_on_either_side_are_followed(newsroom: Path, how: str) -> None:
    if how == "join":
        regroup.join(actor(newsroom, "leejin"), "vi:flood#4-5")
        expected = ["en:flood#5", "vi:flood#4"]
    else:
        regroup.split(actor(newsroom, "leejin"), "vi:flood#5", "두 달", "hai tháng")
        expected = ["en:flood#5", "vi:flood#5", "vi:flood#6"]
    done_ = begin(newsroom, "flood#5")
    assert [each.ref for each in done_.sentences] == expected
    assert [each.ref for each in done_.paragraphs] == ["en:river#3", "vi:river#3"]


def test_the_same_sentence_is_found_from_the_side_of_a_split() -> None:
    whole = Unit("k7f3q2mx", "가 나")
    first, second = whole.replace(source="가"), Unit("b4tq9z2a", "나", split="k7f3q2mx")
    assert counterparts(second, Catalog(units=(whole,))) == [whole]
    assert counterparts(whole, Catalog(units=(first, second))) == [first, second]
    joined = Unit("a2222222", "가 나", joined=("k7f3q2mx",))
    assert counterparts(joined, Catalog(units=(whole, Unit("a2222222", "다")))) == [whole, Unit("a2222222", "다")]
    assert counterparts(whole, Catalog(units=(joined,))) == [joined]


def test_what_is_left_out_or_has_no_text_is_told_and_not_opened(newsroom: Path) -> None:
    steps.omit(actor(newsroom, "leejin"), "vi:flood#5", "not for here")
    article.cut(actor(newsroom, "eugene"), "en:river#3", "too long")
    done_ = begin(newsroom, "flood#5")
    assert [(each.ref, each.opened, each.why_not) for each in (*done_.sentences, *done_.paragraphs)] == [
        ("en:flood#5", True, ""),
        ("vi:flood#5", False, "left out"),
        ("en:river#3", False, "left out"),
        ("vi:river#3", True, ""),
    ]
    assert [each.ref for each in done_.notes] == ["vi:river#4"]


# A paragraph of a story


def test_a_paragraph_alone_is_opened_and_the_rest_of_its_sentences_told(newsroom: Path) -> None:
    done_ = begin(newsroom, "en:river#3")
    assert [each.ref for each in done_.paragraphs] == ["en:river#3"]
    assert not report(newsroom).units[4].fuzzy
    assert done_.same_mistake == ["en:flood#4", "en:flood#5", "vi:flood#4", "vi:flood#5", "vi:river#3"]
    assert [each.ref for each in done_.notes] == ["en:river#4"]


def test_a_dry_run_says_the_same_and_changes_nothing(newsroom: Path) -> None:
    before = contents(newsroom)
    out = done(newsroom, "correct", "flood#5", "--dry-run", user="mina")
    assert contents(newsroom) == before
    assert "en:flood#5: would need another look" in out
    assert PAGES["vi"] in out


# The whole procedure


def correct(folder: Path, now: str = DAY, locale: str = "en") -> None:
    """Correct the sentence, then compose and confirm the story."""
    steps.confirm(actor(folder, "claire", now), f"{locale}:flood#5", NEW)
    article.compose_article(actor(folder, "eugene", now), f"{locale}:river", [])
    steps.confirm(actor(folder, "eugene", now), f"{locale}:river#3")


def finish(folder: Path, now: str) -> None:
    """Correct the texts, update and confirm the note, clear and render the story."""
    correct(folder, now)
    assert begin(folder, "flood#5", now).is_continued
    steps.confirm(actor(folder, "eugene", now), "en:river#4")
    clearance.clear(actor(folder, "mina", now), "en:river")
    render.render(Project(folder), CatalogRef("en", "articles", "river"), renderers.names(), now, as_draft=False)


def test_the_note_quotes_old_and_new_and_dates_the_story_in_every_format(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    finish(newsroom, "2024-03-28T03:00:00Z")
    build = newsroom / "build" / "en"
    text = (build / "river.txt").read_text(encoding="utf-8")
    line = (
        "Correction, March 28, 2024: An earlier version of this story said: “The work will take two months.” "
        "It should have said: “All repairs will take two months.”"
    )
    assert f"\n\n{line}\n\nTranslated by Claire Lee.\n" in text
    page = (build / "river.html").read_text(encoding="utf-8")
    assert f'<p class="correction" role="note">{line}</p>' in page
    assert '"dateModified": "2024-03-28T12:00:00+09:00"' in page
    assert '<meta property="article:modified_time" content="2024-03-28T12:00:00+09:00">' in page
    assert '"@type": "CorrectionComment"' in page
    assert json.loads((build / "river.json").read_text())["versionCreated"] == "2024-03-28T12:00:00+09:00"
    assert json.loads((build / "river.fragment.json").read_text())["modified"] == "2024-03-28T12:00:00+09:00"


def test_a_correction_earns_no_credit(newsroom: Path) -> None:
    before = done(newsroom, "credits", "en:river")
    begin(newsroom, "flood#5")
    finish(newsroom, "2024-03-28T03:00:00Z")
    assert "Mina" not in done(newsroom, "credits", "en:river")
    assert before == "Translated by Claire Lee.\n"


def test_begun_twice_nothing_is_opened_twice_and_no_second_note_comes(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    correct(newsroom)
    done_ = begin(newsroom, "flood#5", "2024-03-27T04:00:00Z")
    assert (done_.is_continued, done_.sentences, done_.paragraphs) == (True, [], [])
    assert [each.ref for each in done_.notes] == ["en:river#4"]
    before = contents(newsroom)
    begin(newsroom, "flood#5", "2024-03-27T05:00:00Z")
    assert contents(newsroom) == before


def test_until_the_page_is_recorded_again_it_is_told_as_different(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    finish(newsroom, "2024-03-28T03:00:00Z")
    assert PAGES["en"] in transflow(newsroom, "check").out
    publish.record_publication(actor(newsroom, "mina", "2024-03-28T04:00:00Z"), "en:river", [PAGES["en"]])
    assert PAGES["en"] not in transflow(newsroom, "check").out


def test_the_next_mistake_gets_a_note_of_its_own(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    steps.confirm(actor(newsroom, "eugene", DAY), "en:river#3", f"The city began repairs on the 6th. {NEW}")
    begin(newsroom, "en:river#3")
    steps.confirm(actor(newsroom, "eugene", DAY), "en:river#4")
    clearance.clear(actor(newsroom, "mina", DAY), "en:river")
    publish.record_publication(actor(newsroom, "mina", "2024-03-28T03:00:00Z"), "en:river", [PAGES["en"]])
    done_ = begin(newsroom, "en:river#3", "2024-03-29T03:00:00Z")
    assert [each.opened for each in done_.paragraphs] == [True]
    notes = [unit for unit in story(newsroom).units if unit.is_note]
    assert [state(unit) for unit in notes] == ["translated", "needs-work"]
    assert notes[1].source.endswith(NEW)


# The note


def test_a_note_of_one_s_own_is_taken_as_it_is(newsroom: Path) -> None:
    done_ = begin(newsroom, "en:river#3", note="An earlier version of this story had a wrong number.")
    assert [each.is_fuzzy for each in done_.notes] == [False]
    assert note(newsroom).target == "An earlier version of this story had a wrong number."
    assert state(note(newsroom)) == "translated"
    steps.confirm(actor(newsroom, "eugene", DAY), "en:river#3", f"The city began repairs on the 6th. {NEW}")
    again = begin(newsroom, "en:river#3")
    assert [each.text for each in again.notes] == ["An earlier version of this story had a wrong number."]


def test_one_note_is_for_one_paragraph(newsroom: Path) -> None:
    said = refusal(newsroom, "correct", "flood#5", "--note", "We were wrong.", user="mina", code=2)
    assert "several paragraphs" in said


def test_a_note_needs_a_page(newsroom: Path) -> None:
    publish.record_removal(actor(newsroom, "mina"), "en:river", [PAGES["en"]])
    said = refusal(newsroom, "correct", "en:river#3", "--note", "We were wrong.", user="mina", code=2)
    assert "no page" in said


@pytest.fixture
def committed(newsroom: Path) -> Path:
    """Return the newsroom in git, as it was when the story was published."""
    git(newsroom, "init", "--quiet")
    git(newsroom, "config", "user.email", "mina@example.org")
    git(newsroom, "config", "user.name", "Mina")
    commit(newsroom, "published")
    return newsroom


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


@pytest.mark.parametrize("name", ["river", "2024/high-water"])
def test_a_text_that_was_changed_first_is_quoted_from_the_commit_of_its_publication(committed: Path, name: str) -> None:
    steps.confirm(actor(committed, "eugene", DAY), "en:river#3", f"The city began repairs on the 6th. {NEW}")
    commit(committed, "mended")
    if name != "river":
        done(committed, "mv", "river", name, user="mina")
        commit(committed, "renamed")
    done_ = begin(committed, f"en:{name}#3")
    assert [each.why_not for each in done_.paragraphs] == ["written anew since it was published"]
    assert done_.notes[0].text.endswith(f"said: “{OLD}” It should have said: “{NEW}”")


def test_a_paragraph_that_came_after_the_story_went_out_needs_no_note(committed: Path) -> None:
    article.add(actor(committed, "eugene", DAY), "en:river", "Rain is forecast.", "")
    commit(committed, "more")
    done_ = begin(committed, "en:river#4")
    assert (len(done_.paragraphs), done_.notes) == (1, [])
    assert "no page" in refusal(committed, "correct", "en:river#4", "--note", "We erred.", user="mina", code=2)


def test_a_paragraph_without_a_text_gets_no_note(newsroom: Path) -> None:
    with (newsroom / "sources" / "flood.md").open("a", encoding="utf-8") as file:
        file.write("\n비가 더 온다.\n")
    done(newsroom, "update", user="claire")
    steps.confirm(actor(newsroom, "claire", DAY), "en:flood#6", "More rain is coming.")
    done(newsroom, "compose", "en:river", user="eugene")
    assert [unit.target for unit in story(newsroom).units[3:]] == [""]
    done_ = begin(newsroom, "en:flood#6")
    assert ([each.why_not for each in done_.paragraphs], done_.notes) == (["no text yet"], [])


def test_a_note_is_no_paragraph_to_correct(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    assert "river#4 is a correction note" in refusal(newsroom, "correct", "en:river#4", user="mina", code=2)


def test_what_the_page_said_can_be_told(newsroom: Path) -> None:
    begin(newsroom, "en:river#3", old="The city began repairs on the 7th. The work will take two months.")
    assert "“The city began repairs on the 7th.”" in note(newsroom).target


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("flood", "name one"),
        ("river#3", "several languages"),
        ("flood#9", "no sentence 9"),
        ("fludd#1", "no report or story"),
    ],
)
def test_what_names_nothing_is_refused(newsroom: Path, ref: str, reason: str) -> None:
    assert reason in refusal(newsroom, "correct", ref, user="mina", code=2)


def test_a_note_stays_last_though_the_writer_goes_on(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    article.add(actor(newsroom, "eugene", DAY), "en:river", "Rain is forecast.", "")
    done(newsroom, "render", "en:river", "--draft", "--to", "txt")
    lines = (newsroom / "build" / "en" / "river.txt").read_text(encoding="utf-8").split("\n\n")
    assert lines[-3] == "Rain is forecast."
    assert lines[-2].startswith("Correction, March 27, 2024: ")
    assert transflow(newsroom, "status").code == 0
