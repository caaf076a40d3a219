"""Correction notes: their text in every language, and that they give nobody a credit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow import phrases
from transflow.attribution import credits
from transflow.model.catalog import Catalog
from transflow.model.settings import Person, Settings
from transflow.model.unit import Act, Authorship, Unit
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import with_counts
from transflow.stories import corrections
from transflow.stories.corrections import Subject
from transflow.stories.publications import Publication
from transflow.units.workflow import confirm, state

NOW = "2024-03-26T05:00:00Z"
ACT = Act("mina", NOW, "why")
OLD = "The letter was dated Feb. 5. It was public. Two signed it."
NEW = "The letter was dated Feb. 15. It was public. Two signed it."


def note(old: str = OLD, new: str = OLD, locale: str = "en") -> Unit:
    return corrections.draft_note(Subject("w5h2c8de", NOW, ("un-letter#k7f3q2mx",)), old, new, locale, "mina", set())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (OLD, NEW, ("The letter was dated Feb. 5.", "The letter was dated Feb. 15.")),
        (OLD, OLD, (OLD, "")),
        ("One. Two. Three.", "One. Three.", ("One. Two.", "One.")),
        ("One. Three.", "One. Two. Three.", ("One.", "One. Two.")),
        ("Two. Three.", "One. Two. Three.", ("Two.", "One. Two.")),
        ("One. Two.", "One. Other.", ("Two.", "Other.")),
        ("One.", "Two. Three.", ("One.", "Two. Three.")),
    ],
)
def test_only_the_sentences_that_differ_are_quoted(old: str, new: str, expected: tuple[str, str]) -> None:
    assert corrections.changed_part(old, new, "en") == expected


sentences = st.lists(st.sampled_from(["One ran.", "Two ran.", "Three ran.", "Four ran."]), min_size=1, max_size=6)


@given(sentences, sentences)
def test_what_is_quoted_stands_in_the_texts_and_makes_the_one_the_other(one: list[str], two: list[str]) -> None:
    old, new = " ".join(one), " ".join(two)
    was, is_now = corrections.changed_part(old, new, "en")
    assert was
    assert was in old
    assert is_now in new
    if old != new:
        assert new in {old[:i] + old[i:].replace(was, is_now, 1) for i in range(len(old))}


@pytest.mark.parametrize("locale", phrases.LOCALES)
def test_a_note_says_old_and_new_in_the_language_of_the_story(locale: str) -> None:
    text = corrections.note_text("A “b” c.", "A “b” d.", locale)
    assert "“A ‘b’ c.”" in text
    assert "“A ‘b’ d.”" in text
    before = corrections.note_text("A “b” c.", "A “b” c.", locale)
    assert "“A ‘b’ c.”" in before
    assert text.startswith(before)


def test_a_drafted_note_needs_another_look_and_says_what_it_is_about() -> None:
    drafted = note()
    assert drafted.is_note
    assert state(drafted) == "needs-work"
    assert corrections.subject(drafted) == Subject("w5h2c8de", NOW, ("un-letter#k7f3q2mx",))
    assert drafted.source == OLD
    catalog = Catalog(new_header("en", "en", X_Article="river"), (drafted,))
    assert parse(serialize(with_counts(catalog)), "x.po").units == (drafted,)


def test_a_note_is_brought_up_to_the_new_text_and_only_then_changes() -> None:
    drafted = note()
    again = corrections.redrafted_note(drafted, NEW, "en", "mina", NOW)
    assert again.target.endswith("It should have said: “The letter was dated Feb. 15.”")
    assert (again.id, again.fuzzy) == (drafted.id, True)
    assert corrections.redrafted_note(again, NEW, "en", "mina", NOW) is again


def test_a_note_prints_the_day_of_its_last_wording() -> None:
    later = confirm(note(), "We were wrong.", "eugene", "2024-03-27T01:00:00Z")
    assert corrections.note_time(later) == "2024-03-27T01:00:00Z"
    assert corrections.note_time(Unit("w5h2c8de", "x", variant="correction")) == ""


@pytest.mark.parametrize(("time", "is_open"), [("2024-03-26T04:00:00Z", True), ("2024-03-26T06:00:00Z", False)])
def test_a_correction_is_open_until_every_page_was_recorded_again(time: str, is_open: bool) -> None:
    pages = [Publication(time, "https://a.example/x", "0123456789abcdef")]
    assert corrections.is_open(note(), pages) is is_open
    assert not corrections.is_open(note(), [])
    assert not corrections.is_open(Unit("w5h2c8de", "x", variant="correction"), pages)


def test_a_note_without_the_right_text_lacks_it_and_one_in_other_words_does_not() -> None:
    assert corrections.lacks_corrected_text(note(OLD, OLD), "en")
    assert not corrections.lacks_corrected_text(note(OLD, NEW), "en")
    assert not corrections.lacks_corrected_text(note().replace(target="We got a date wrong."), "en")


@pytest.mark.parametrize(("left_out", "faulty"), [({}, True), ({"cut": ACT}, False), ({"omitted": ACT}, False)])
def test_a_note_that_is_not_printed_has_no_fault(left_out: dict[str, Act], faulty: bool) -> None:
    article = Catalog(new_header("en", "en", X_Article="story"), (Unit("w5h2c8de", OLD, OLD), note(OLD, NEW)))
    article = article.map_unit(article.units[1].id, lambda unit: unit.replace(**left_out))
    assert bool([*corrections.faults(article, [Publication(NOW, "https://news.example.org", "x")])]) is faulty


def test_a_note_earns_nobody_a_credit_and_makes_nobody_the_main_author() -> None:
    written = Unit("k7f3q2mx", "a b", "a b c", by=(Authorship("eugene", NOW, 3),))
    article = Catalog(new_header("en", "en"), (written, note()))
    settings = Settings(people=(Person("eugene", "Eugene Whong"), Person("mina", "Mina Park")))
    assert credits.owed_credits(article, settings) == (("writer", "eugene"),)
    assert credits.story_main_author(article) == "eugene"


@pytest.mark.parametrize(
    ("quotation", "is_missing"),
    [
        ("Two signed it.", False),
        ("The letter … two signed it", False),
        ("Two signed it … the letter", True),
        ("Two signed it … two signed it", True),
        ("e … e … e", False),
        ("Three signed it.", True),
    ],
)
def test_the_parts_of_a_quotation_stand_in_the_paragraph_one_after_the_other(quotation: str, is_missing: bool) -> None:
    paragraph = Unit("w5h2c8de", NEW, NEW)
    text = f"An earlier version of this story said: “{OLD}” It should have said: “{quotation}”"
    article = Catalog(new_header("en", "en", X_Article="story"), (paragraph, note().replace(target=text)))
    found = corrections.faults(article, [Publication(NOW, "https://news.example.org", "x")])
    assert [fault.missing for fault in found] == [quotation] * is_missing
