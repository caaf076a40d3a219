"""The project's own dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import transflow
from support.newsrooms import SLUG, Clone, cloned, newsroom
from transflow.actions import Actor
from transflow.actions.checks.cached import issue_finder
from transflow.actions.language.own_words import add_word, remove_word, words_text
from transflow.actions.units import steps
from transflow.actions.units.history import earlier_texts
from transflow.errors import UsageError
from transflow.model.unit import Unit
from transflow.project import Project


def actor(root: Path, who: str = "claire") -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, "2022-03-25T15:40:00Z")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Clone, Clone]:
    origin, claire = newsroom(tmp_path)
    return claire, cloned(origin, tmp_path / "leejin", "leejin")


def misspelled(root: Path, text: str) -> list[str]:
    project = Project.find(root)
    place = project.find_catalog("un-letter")
    issues = issue_finder(project, place, project.load(place))(Unit("00000000", "가", text))
    return [text[slice(*issue.target_span)] for issue in issues if issue.check == "spelling" and issue.target_span]


def test_a_word_that_was_added_is_spelled_right_in_any_case(sample: Path) -> None:
    assert misspelled(sample, "The freind of the goverment.") == ["freind", "goverment"]
    assert add_word(actor(sample), "en", " Freind ")
    assert not add_word(actor(sample), "en", "freind")
    assert misspelled(sample, "The freind of the goverment.") == ["goverment"]


def test_words_are_sorted_after_the_comments(sample: Path) -> None:
    path = sample / "locales" / "en" / "words.txt"
    path.write_text("# ours\nzebra\n\nalpha\n", encoding="utf-8")
    add_word(actor(sample), "en", "Mid")
    assert path.read_text(encoding="utf-8") == "# ours\nalpha\nMid\nzebra\n"
    assert words_text(Project.find(sample), "en") == "# ours\nalpha\nMid\nzebra\n"


def test_a_word_that_is_removed_is_reported_again_and_comments_stay(sample: Path) -> None:
    path = sample / "locales" / "en" / "words.txt"
    path.write_text("# ours\nFreind\n", encoding="utf-8")
    assert remove_word(actor(sample), "en", "freind")
    assert not remove_word(actor(sample), "en", "freind")
    assert path.read_text(encoding="utf-8") == "# ours\n"
    assert misspelled(sample, "The freind.") == ["freind"]


@pytest.mark.parametrize("text", ["", "two words", "#comment", "\x1b[0m"])
def test_only_one_word_is_added(sample: Path, text: str) -> None:
    with pytest.raises(UsageError, match="is not one word"):
        add_word(actor(sample), "en", text)
    assert words_text(Project.find(sample), "en") == ""


def test_words_of_two_clones_are_both_kept(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    add_word(claire.actor(1), "en", "freind")
    claire.commit()
    claire.push()
    add_word(leejin.actor(2), "en", "goverment")
    leejin.commit()
    leejin.pull()
    assert set(words_text(leejin.project, "en").split()) == {"freind", "goverment"}


def test_earlier_texts_come_from_git_newest_first(pair: tuple[Clone, Clone]) -> None:
    claire, _ = pair
    for minute, text in enumerate(("One.", "Two.", "Two.", "Three."), 1):
        claire.write(f"{SLUG}#1", text, minute)
        claire.commit()
    claire.write(f"{SLUG}#1", "Four.", 5)
    actor = claire.actor(6)
    assert earlier_texts(actor, claire.place(), claire.unit(1)) == ("Three.", "Two.", "One.")
    assert earlier_texts(actor, claire.place(), claire.unit(2)) == ()


def test_the_gate_knows_a_new_word_at_once(sample: Path) -> None:
    def hints() -> str:
        return transflow(sample, "check", "--all", "--hints", "--select", "spelling").out

    unit = "un-letter#3"
    steps.confirm(actor(sample), unit, "The freind of the goverment.")
    assert "“freind” is not in the dictionary" in hints()
    assert "“freind” is not in the dictionary" in hints()  # from the cache
    add_word(actor(sample), "en", "freind")
    assert "“freind”" not in hints()
    assert "“goverment” is not in the dictionary" in hints()
