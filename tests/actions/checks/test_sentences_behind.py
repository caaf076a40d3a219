"""Errors and warnings of sentences, repeated at the paragraphs that say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import done, new_project, refusal, transflow
from transflow.actions.checks.sentences_behind import issues_behind
from transflow.actions.stories.print_context import load_print_context
from transflow.project import CatalogRef, Project

PLACE = CatalogRef("en", "articles", "numbers")
REPORT = """---
title: 탈북민
byline: 이정은
date: 2022-03-25
---

올해 탈북민은 196명이다. 이 가운데 여성은 173명이다.

"""


def newsroom(folder: Path, korean: str, english: str, locales: tuple[str, ...] = ("en",)) -> Path:
    """Create a story whose last paragraph is a sentence with its translation."""
    new_project(folder, locales)
    done(folder, "add", "-", "--slug", "people", user="mina", stdin=REPORT + korean)
    texts = ("Refugees", "There are 196 refugees this year.", "Of them 172 were women.", english)
    for number, text in enumerate(texts, 1):
        done(folder, "unit", "set", f"en:people#{number}", text, user="claire")
    done(folder, "compose", "numbers", "--from", "en:people", user="eugene")
    return folder


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    return newsroom(tmp_path / "room", "정부는 답하지 않았다.", "The government gave no answer.")


def behind(folder: Path) -> list[tuple[int, str]]:
    """Return the number of the paragraph and the message of each issue."""
    project = Project(folder)
    article = project.load(PLACE)
    found = issues_behind(project, "en", article, load_print_context(project, "en", article))
    return [(article.units.index(each.paragraph) + 1, each.repeated.message) for each in found]


WOMEN = [(2, "people#3: “173명” is 173; the English says “172”.")]


def test_an_error_of_a_sentence_stands_at_its_paragraph_before_and_after_the_draft_is_taken(numbers: Path) -> None:
    assert behind(numbers) == WOMEN
    done(numbers, "unit", "confirm", "numbers", user="eugene")
    assert behind(numbers) == WOMEN
    done(numbers, "unit", "set", "numbers#2", "This year 196 refugees came, and 172 were women.", user="eugene")
    assert behind(numbers) == WOMEN


@pytest.mark.parametrize(
    "mended",
    [
        ("unit", "set", "numbers#2", "Of the 196 refugees this year, 173 were women."),
        ("unit", "set", "numbers#2", "There are 196 refugees, 173 women; 172 of them are in Seoul."),
        ("unit", "set", "people#3", "Of them 173 were women."),
        ("article", "cut", "numbers#2", "said above"),
    ],
)
def test_it_ends_when_the_paragraph_or_the_sentence_is_right(numbers: Path, mended: tuple[str, ...]) -> None:
    done(numbers, "unit", "confirm", "numbers", user="eugene")
    done(numbers, *mended, user="eugene")
    assert behind(numbers) == []


def test_it_ends_when_the_warning_is_waived_at_the_sentence(numbers: Path) -> None:
    done(numbers, "unit", "waive", "people#3", "numbers.different", "The ministry corrected it.", user="mina")
    assert behind(numbers) == []


@pytest.mark.parametrize(
    ("korean", "english", "message"),
    [
        ("회의는 3월 11일 열렸다.", "The meeting was held on March 12.", "day 11"),
        ("최선희 외무상이 말했다.", "Foreign Minister Choe Ryong Hae spoke.", "최선희"),
        ("그는 “우리는 기다렸다”고 말했다.", "He said, We waited.", "우리는 기다렸다"),
    ],
)
def test_dates_names_and_quotations_are_repeated_too(tmp_path: Path, korean: str, english: str, message: str) -> None:
    folder = newsroom(tmp_path / "room", korean, english)
    assert [text for number, text in behind(folder) if number == 3 and message in text and "people#4: " in text]


def test_whoever_says_that_it_is_ready_or_clears_it_reads_them(numbers: Path) -> None:
    taken = transflow(numbers, "unit", "confirm", "numbers", user="eugene")
    ready = transflow(numbers, "ready", "numbers", user="eugene")
    cleared = transflow(numbers, "clear", "numbers", user="mina")
    assert all(f"numbers#2: numbers.different: {WOMEN[0][1]}" in each.err for each in (taken, ready, cleared))


def test_a_new_draft_with_a_known_error_is_taken_with_a_warning(numbers: Path) -> None:
    done(numbers, "unit", "set", "people#3", "Of them 173 were women.", user="claire")
    assert not transflow(numbers, "unit", "confirm", "numbers", user="eugene").err.count("warning")
    done(numbers, "unit", "set", "numbers#2", "There were 196, of whom 173 were women.", user="eugene")
    done(numbers, "unit", "set", "people#3", "Of them 172 were women.", user="claire")
    taken = transflow(numbers, "unit", "confirm", "numbers#2", "--take-new", user="eugene")
    assert "took the new draft" in taken.out
    assert WOMEN[0][1] in taken.err


def test_rendering_names_the_sentences_with_errors_and_succeeds(numbers: Path) -> None:
    for command, user in (("confirm", "eugene"), ("ready", "eugene"), ("clear", "mina")):
        done(numbers, *(("unit", command) if command == "confirm" else (command,)), "numbers", user=user)
    rendered = transflow(numbers, "render", "numbers", "--format", "txt")
    assert (rendered.code, rendered.out) == (0, "build/en/numbers.txt\n")
    words = "en:numbers: people#3 behind it has an error now, which it prints; `transflow check` explains it.\n"
    assert rendered.err == words
    assert transflow(numbers, "render", "numbers", "--format", "txt", "-o", "-").err == words


def test_the_sentence_is_named_with_its_language_if_several_have_it(tmp_path: Path) -> None:
    folder = newsroom(tmp_path / "room", "정부는 답하지 않았다.", "The government gave no answer.", ("en", "vi"))
    assert [text for _, text in behind(folder)] == [f"en:{WOMEN[0][1]}"]


def test_no_error_of_a_sentence_keeps_a_story_from_being_cleared_that_its_own_text_would_not(numbers: Path) -> None:
    """The editor decides: a sentence may be wrong where the paragraph is not."""
    done(numbers, "unit", "confirm", "numbers", user="eugene")
    done(numbers, "ready", "numbers", user="eugene")
    assert "numbers#2" not in refusal(numbers, "clear", "numbers", user="eugene")
