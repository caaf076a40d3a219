"""Correction notes without the correction: the story is held back, and messages say what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.commands import NOW, contents, done, new_project, refusal, transflow
from support.newsrooms import git
from support.stories import actor, only, river, story
from transflow.actions.language import replace
from transflow.actions.language.replace import Replacement
from transflow.actions.stories import article, clearance, correct
from transflow.actions.stories import publish as publishing
from transflow.actions.units import regroup, steps
from transflow.attribution import stamps
from transflow.errors import RefusedError
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project, files
from transflow.stories import corrections

DAY, LATER = "2024-03-27T03:00:00Z", "2024-03-27T05:00:00Z"
FIRST, OLD, NEW = (
    "The city began repairs on the 6th.",
    "The work will take two months.",
    "All repairs will take two months.",
)
RIVER = "en:river"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return the story `river`, published, in git at that time."""
    return committed(river(tmp_path / "room"))


def committed(folder: Path) -> Path:
    git(folder, "init", "--quiet")
    git(folder, "config", "user.email", "mina@example.org")
    git(folder, "config", "user.name", "Mina")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "published")
    return folder


def begin(folder: Path, ref: str, now: str = DAY, note: str = "") -> correct.Corrected:
    return correct.correct(actor(folder, "mina", now), ref, note)


def notes(folder: Path, locale: str = "en") -> list[Unit]:
    return [unit for unit in story(folder, locale).units if unit.is_note]


def write(folder: Path, number: int, text: str, locale: str = "en") -> None:
    steps.confirm(actor(folder, "eugene", after(folder, locale)), f"{locale}:river#{number}", text)


def after(folder: Path, locale: str = "en") -> str:
    """Return a time after every step of the story; commands use the clock of the machine."""
    return max([LATER, *(stamps.newest_stamp(unit).time for unit in story(folder, locale).units)])


def refused(folder: Path, *names: str) -> None:
    """Check that `ready`, `clear` and `check` refuse and name all of `names`, and print nothing."""
    for command in (("ready", RIVER), ("clear", RIVER)):
        user = "eugene" if command[0] == "ready" else "mina"
        said = refusal(folder, *command, user=user)
        assert all(name in said for name in names), said
    checked = [line for line in transflow(folder, "check").out.splitlines() if line.startswith("en:river")]
    assert all(any(name in line and "error" in line for line in checked) for name in names), checked
    assert transflow(folder, "render", RIVER).code == 1


def goes_out(folder: Path) -> str:
    """Clear and render the story, and return the page."""
    for number, unit in enumerate(story(folder).units, 1):
        if unit.fuzzy and not unit.cut:
            steps.confirm(actor(folder, "eugene", after(folder)), f"{RIVER}#{number}")
    done(folder, "ready", RIVER, user="eugene")
    done(folder, "clear", RIVER, user="mina")
    checked = transflow(folder, "check").out.splitlines()
    assert not [line for line in checked if line.startswith("en:river") and "unsettled" in line]
    done(folder, "render", RIVER, "--to", "txt")
    return (folder / "build/en/river.txt").read_text(encoding="utf-8")


# Refusals


@pytest.mark.parametrize("ref", ["flood#5", "en:river#3"])
def test_nobody_can_publish_what_was_published_with_a_note_that_corrects_it(newsroom: Path, ref: str) -> None:
    begin(newsroom, ref)
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#3-4")
    refused(newsroom, "river#3", "reads as it was published", "river#4", "transflow unit set en:river#3", "article cut")
    said = refusal(newsroom, "correct", ref, user="mina")
    assert "river#3" in said
    assert "transflow unit set en:river#3" in said


def test_a_note_of_one_s_own_does_not_make_it_right(newsroom: Path) -> None:
    begin(newsroom, "en:river#3", note="An earlier version of this story had a wrong number.")
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#3")
    refused(newsroom, "river#3")
    write(newsroom, 3, f"{FIRST} {NEW}")
    assert "had a wrong number" in goes_out(newsroom)


def test_what_the_note_says_must_stand_there(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    write(newsroom, 3, f"{FIRST} {NEW}")
    begin(newsroom, "en:river#3", LATER)
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#4")
    write(newsroom, 3, f"{FIRST} It will take a year.")
    refused(newsroom, "river#3", NEW, "transflow unit set en:river#4")
    write(newsroom, 4, notes(newsroom)[0].target.replace(NEW, "It will take … year."))
    assert "It will take a year." in goes_out(newsroom)


def test_a_sentence_that_was_missing_is_added_though_the_quoted_one_still_stands(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    write(newsroom, 3, f"{FIRST} {OLD} It is paid for.")
    begin(newsroom, "en:river#3", LATER)
    page = goes_out(newsroom)
    assert f"“{OLD}” It should have said: “{OLD} It is paid for.”" in page


def test_a_confirmed_note_that_quotes_as_wrong_what_still_stands_is_refused(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#4")
    write(newsroom, 3, f"{FIRST} {OLD} It is paid for.")
    refused(newsroom, "river#3")


@pytest.mark.parametrize("number", [1, 2])
def test_it_is_the_same_for_a_headline_and_any_paragraph(newsroom: Path, number: int) -> None:
    begin(newsroom, f"flood#{number}")
    text = story(newsroom).units[number - 1].target
    steps.confirm(actor(newsroom, "eugene", LATER), RIVER)
    refused(newsroom, f"river#{number}")
    new = "Floods cut three bridges" if number == 1 else text.replace("cut", "wrecked")
    steps.confirm(
        actor(newsroom, "claire", LATER), f"en:flood#{number}", new if number == 1 else new.split(". ")[0] + "."
    )
    article.compose_article(actor(newsroom, "eugene", LATER), RIVER, [])
    assert story(newsroom).units[number - 1].target == new
    begin(newsroom, f"flood#{number}", LATER)
    body, _, note = goes_out(newsroom).partition("Correction, ")
    assert new in body
    assert text not in body
    assert new.split(". ")[0].rstrip(".") in note


# Paragraphs that were moved, joined or split


def test_joining_the_paragraph_with_another_one_corrects_nothing(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    regroup.join(actor(newsroom, "eugene", LATER), "en:river#2-3")
    steps.confirm(actor(newsroom, "eugene", LATER), RIVER)
    refused(newsroom, "river#2")
    text = story(newsroom).units[1].target
    write(newsroom, 2, text.replace(OLD, NEW))
    begin(newsroom, "en:river#2", LATER)
    assert len(notes(newsroom)) == 1
    page = goes_out(newsroom)
    assert OLD not in page.partition("Correction, ")[0]
    assert NEW in page.partition("Correction, ")[2]


@pytest.mark.parametrize("note", ["", "An earlier version of this story had a wrong number."])
def test_nor_does_saying_it_again_after_joining(newsroom: Path, note: str) -> None:
    begin(newsroom, "en:river#3", note=note)
    regroup.join(actor(newsroom, "eugene", LATER), "en:river#2-3")
    steps.confirm(actor(newsroom, "eugene", LATER), RIVER)
    with pytest.raises(RefusedError, match="river#2"):
        begin(newsroom, "en:river#2", LATER)
    write(newsroom, 2, story(newsroom).units[1].target.replace(OLD, NEW))
    begin(newsroom, "en:river#2", LATER)
    assert (note or f"said: “{OLD}” It should have said: “{NEW}”") in goes_out(newsroom)


def test_splitting_the_paragraph_corrects_nothing(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    regroup.split(actor(newsroom, "eugene", LATER), "en:river#3", "", OLD)
    steps.confirm(actor(newsroom, "eugene", LATER), RIVER)
    refused(newsroom, "river#3")
    write(newsroom, 4, NEW)
    begin(newsroom, "en:river#4", LATER)
    assert len(notes(newsroom)) == 1
    assert f"“{OLD}” It should have said: “{NEW}”" in goes_out(newsroom)


@pytest.mark.parametrize("how", ["join", "split"])
def test_a_paragraph_that_was_joined_or_split_since_is_opened_and_gets_one_note(newsroom: Path, how: str) -> None:
    if how == "join":
        regroup.join(actor(newsroom, "eugene"), "en:river#2-3")
    else:
        regroup.split(actor(newsroom, "eugene"), "en:river#3", "", OLD)
    made = begin(newsroom, "flood#5")
    assert all(each.opened for each in made.paragraphs)
    assert [each.place.locale for each in made.notes] == ["en", "vi"]
    assert OLD in notes(newsroom)[0].source
    assert FIRST in notes(newsroom)[0].source


def test_a_paragraph_that_is_cut_needs_no_text_and_its_note_says_only_what_was_said(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    write(newsroom, 3, f"{FIRST} {NEW}")
    begin(newsroom, "en:river#3", LATER)
    article.cut(actor(newsroom, "eugene", LATER), "en:river#3", "it was wrong altogether")
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#4")
    refused(newsroom, "river#4", "does not stand in it")
    steps.send_back(actor(newsroom, "mina", LATER), "en:river#4", "say what was cut")
    assert [str(place) for place, _ in begin(newsroom, "en:river#3", LATER).pages] == [RIVER]
    page = goes_out(newsroom)
    assert page.count(OLD) == 1
    assert "It should have said" not in page


def test_a_sentence_that_vanished_from_the_report_is_gone_from_the_page(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    path = newsroom / "sources" / "flood.md"
    path.write_text(path.read_text(encoding="utf-8").replace(" 공사는 두 달 걸린다.", ""), encoding="utf-8")
    done(newsroom, "update", user="claire")
    done(newsroom, "compose", RIVER, user="eugene")
    assert story(newsroom).units[2].target == FIRST
    begin(newsroom, "en:river#3", LATER)
    body, _, note = goes_out(newsroom).partition("Correction, ")
    assert OLD not in body
    assert f"It should have said: “{FIRST}”" in note


def test_a_writers_own_words_are_not_replaced_and_the_new_draft_is_there_to_take(newsroom: Path) -> None:
    publish(newsroom, 3, "Repairs began on the 6th and will take two months.")
    begin(newsroom, "flood#5")
    steps.confirm(actor(newsroom, "claire", LATER), "en:flood#5", NEW)
    said = done(newsroom, "compose", RIVER, user="eugene")
    assert "river#3: kept the standing text" in said
    done(newsroom, "unit", "confirm", "en:river#3", user="eugene")
    refused(newsroom, "river#3", "--take-new")
    done(newsroom, "unit", "confirm", "en:river#3", "--take-new", user="eugene")
    done(newsroom, "correct", "flood#5", user="mina")
    assert NEW in goes_out(newsroom).partition("Correction, ")[0]


def publish(folder: Path, number: int, text: str) -> None:
    """Rewrite a paragraph, clear the story and publish it."""
    steps.confirm(actor(folder, "eugene", NOW), f"{RIVER}#{number}", text)
    clearance.clear(actor(folder, "mina", NOW), RIVER)
    publishing.record_publication(
        actor(folder, "mina", "2024-03-26T04:00:00Z"), RIVER, ["https://news.example.org/en/river"]
    )
    git(folder, "commit", "--quiet", "--all", "-m", "published again")


# Several paragraphs, several languages


def test_what_is_right_in_one_language_does_not_wait_for_another(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    steps.confirm(actor(newsroom, "claire", LATER), "en:flood#5", NEW)
    article.compose_article(actor(newsroom, "eugene", LATER), RIVER, [])
    before = story(newsroom, "vi")
    ran = transflow(newsroom, "correct", "flood#5", user="mina")
    assert ran.code == 0
    assert "vi:river" in ran.err
    assert NEW in notes(newsroom)[0].target
    assert story(newsroom, "vi") == before
    assert NEW in goes_out(newsroom)


def test_where_one_language_was_right_its_note_is_left_out(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    steps.confirm(actor(newsroom, "leejin", LATER), "vi:flood#5")
    steps.confirm(actor(newsroom, "eugene", LATER), "vi:river#3-4")
    said = refusal(newsroom, "clear", "vi:river", user="mina")
    assert "transflow article cut vi:river#4" in said
    done(newsroom, "article", "cut", "vi:river#4", "the Vietnamese was right", user="eugene")
    done(newsroom, "clear", "vi:river", user="mina")


def test_both_halves_on_one_sentence_are_opened_and_only_the_wrong_one_keeps_its_note(newsroom: Path) -> None:
    regroup.split(actor(newsroom, "eugene", NOW), "en:river#3", "", OLD)
    clearance.clear(actor(newsroom, "mina", NOW), RIVER)
    publishing.record_publication(
        actor(newsroom, "mina", "2024-03-26T04:00:00Z"), RIVER, ["https://news.example.org/en/river"]
    )
    git(newsroom, "commit", "--quiet", "--all", "-m", "published again")
    made = begin(newsroom, "flood#5")
    assert [each.ref for each in made.paragraphs if each.place.locale == "en"] == ["en:river#3", "en:river#4"]
    steps.confirm(actor(newsroom, "claire", LATER), "en:flood#5", NEW)
    article.compose_article(actor(newsroom, "eugene", LATER), RIVER, [])
    assert [unit.target for unit in story(newsroom).units[2:4]] == [FIRST, NEW]
    said = refusal(newsroom, "correct", "flood#5", user="mina")
    assert "river#3" in said
    article.cut(actor(newsroom, "eugene", LATER), "en:river#5", "that half was right")
    begin(newsroom, "flood#5", LATER)
    assert goes_out(newsroom).count("Correction, ") == 1


def test_after_one_paragraph_the_sentence_behind_it_can_still_be_corrected(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    made = begin(newsroom, "flood#5", LATER)
    assert not made.is_continued
    assert [each.opened for each in made.sentences] == [True, True]
    assert len(notes(newsroom)) == 1
    assert begin_again(newsroom, "flood#5")


def test_a_second_wrong_sentence_of_the_paragraph_opens_the_note_again(newsroom: Path) -> None:
    begin(newsroom, "flood#5")
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#4")
    made = begin(newsroom, "flood#4", LATER)
    assert [each.ref for each in made.sentences if each.opened] == ["en:flood#4", "vi:flood#4"]
    about = corrections.subject(only(notes(newsroom)))
    assert about
    assert len(about.refs) == 2
    assert notes(newsroom)[0].fuzzy


def begin_again(folder: Path, ref: str) -> bool:
    """Return whether running it again is recognized as the same correction."""
    try:
        return begin(folder, ref, LATER).is_continued
    except RefusedError:
        return True


# Other steps


def test_a_spelling_that_is_replaced_leaves_the_note_as_it_is(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    before = notes(newsroom)
    places = [CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "river")]
    changes = replace.replace(actor(newsroom, "mina", LATER), Replacement("two months", "ten weeks"), places).texts
    assert [(each.where, bool(each.why_not)) for each in changes] == [
        ("en:flood#5", False),
        ("en:river#3", False),
        ("en:river#4", True),
    ]
    assert notes(newsroom) == before
    begin(newsroom, "en:river#3", LATER)
    assert "“The work will take ten weeks.”" in goes_out(newsroom)


def test_once_the_page_is_recorded_again_the_paragraph_may_change_as_it_likes(newsroom: Path) -> None:
    begin(newsroom, "en:river#3")
    write(newsroom, 3, f"{FIRST} {NEW}")
    begin(newsroom, "en:river#3", LATER)
    goes_out(newsroom)
    publishing.record_publication(
        actor(newsroom, "mina", "2024-03-28T03:00:00Z"), RIVER, ["https://news.example.org/en/river"]
    )
    write(newsroom, 3, f"{FIRST} {OLD}")
    goes_out(newsroom)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_correction_that_was_interrupted_is_completed_by_doing_it_again(
    newsroom: Path, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path(shutil.copytree(newsroom, tmp_path / "whole"))
    begin(whole, "flood#5")
    written: list[Path] = []
    real = files.write

    def write_some(root: Path, path: Path, *arguments: object) -> None:
        written.append(path)
        if len(written) > number:
            raise KeyboardInterrupt
        real(root, path, *arguments)  # type: ignore[arg-type] # passed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(files, "write", write_some)
        with pytest.raises(KeyboardInterrupt):
            begin(newsroom, "flood#5")
    assert contents(newsroom) != contents(whole)
    begin(newsroom, "flood#5")
    assert contents(newsroom) == contents(whole)


# A report of another kind


def test_a_caption_is_corrected_as_everything_else(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    path = folder / "sources" / "flood.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n![끊긴 다리](bridge.jpg)\n", encoding="utf-8")
    done(folder, "update", user="claire")
    kinds = [unit.kind for unit in Project(folder).load(CatalogRef("en", "reports", "flood")).units]
    texts = ["Floods", "Three bridges fell.", "No one was hurt.", "Repairs began.", OLD, "A broken bridge"]
    for at, text in enumerate(texts[: len(kinds)], 1):
        steps.confirm(actor(folder, "claire"), f"flood#{at}", text)
    article.compose_article(actor(folder, "eugene"), "river", ["flood"])
    steps.confirm(actor(folder, "eugene"), "river")
    clearance.ready(actor(folder, "eugene"), "river")
    clearance.clear(actor(folder, "mina"), "river")
    publishing.record_publication(actor(folder, "mina"), "river", ["https://news.example.org/en/river"])
    assert kinds[-1] == "caption"
    begin(folder, "flood#6")
    steps.confirm(actor(folder, "claire", LATER), "flood#6", "A bridge that broke")
    refused(folder, "river#4")
    article.compose_article(actor(folder, "eugene", LATER), "river", [])
    begin(folder, "flood#6", LATER)
    assert "“A broken bridge” It should have said: “A bridge that broke”" in goes_out(folder)
