"""Changed drafts: a writer's words are replaced only on request; accepted words are credited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.attribution.authorship import with_target
from transflow.model.unit import Authorship, Ref, Share, Unit
from transflow.stories import redraft
from transflow.text import words

T1, T2 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
OLD, NEW = "One ran. Two sat. Three ran.", "One ran. Two stood. Three ran."
SHARES = (Share("claire", 4), Share("leejin", 2))


def paragraph(target: str = OLD, source: str = OLD, **more: object) -> Unit:
    unit = Unit("w5h2c8de", source, refs=(Ref("letter", "k7f3q2mx"),))
    return with_target(unit, target, "eugene", T1, SHARES).replace(**more)


@pytest.mark.parametrize(
    ("target", "expected"),
    [(OLD, True), ("One ran. Two sat.", True), ("One ran. Two sat. Four came.", False), ("Mine.", False)],
)
def test_a_text_is_the_draft_where_nobody_wrote_a_word_of_it(target: str, expected: bool) -> None:
    assert redraft.is_the_draft(paragraph(target)) is expected


def test_a_writers_own_paragraph_and_an_empty_one_are_no_draft() -> None:
    assert not redraft.is_the_draft(paragraph().replace(refs=()))
    assert not redraft.is_the_draft(Unit("w5h2c8de", OLD, refs=(Ref("letter", "k7f3q2mx"),)))


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("One ran. Two sat.", NEW, "One ran. Two stood."),
        ("Three ran.", NEW, "Three ran."),
        ("Two sat.", "One ran. Two sat. Then it fell. Three ran.", "Two sat. Then it fell."),
        ("One ran.", "Two sat. Three ran.", ""),
        ("One ran. Two sat.", "One ran. Two stood. It fell. Three ran.", "One ran. Two stood. It fell."),
        ("One ran. Two sat.", "It is over.", ""),
        ("One went.", NEW, ""),
        ("Two", NEW, ""),
    ],
)
def test_a_half_takes_the_sentences_in_its_place(text: str, new: str, expected: str) -> None:
    assert redraft.text_from_draft(paragraph(text), new, "en", shares_sentences=True) == expected
    assert redraft.text_from_draft(paragraph(text), new, "en", shares_sentences=False) == new


sentences = st.lists(st.sampled_from([f"{name} ran." for name in "ABCDEFGH"]), min_size=2, max_size=6, unique=True)


@given(sentences, sentences, st.data())
def test_the_halves_of_a_paragraph_make_up_the_new_draft(old: list[str], new: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(old) - 1))
    halves = [
        redraft.text_from_draft(paragraph(" ".join(part), " ".join(old)), " ".join(new), "en", shares_sentences=True)
        for part in (old[:at], old[at:])
    ]
    assert " ".join(filter(None, halves)) in ("", " ".join(new))
    if len(old) == len(new):
        assert all(halves) or set(old) & set(new)


@given(st.text("ab .", max_size=20), st.text("ab .", min_size=1, max_size=20))
def test_what_is_taken_belongs_to_those_whose_draft_it_is(old: str, new: str) -> None:
    before = paragraph(old or "x").replace(source=new)
    after = redraft.with_draft_text(before, new, "mina", T2, SHARES)
    assert sum(share.words for share in after.translated) == len(words(new))
    assert not any(each.words for each in after.by)
    assert {each.who for each in before.by} | {"mina"} == {each.who for each in after.by}
    assert after.target == new


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (paragraph("", source=NEW), paragraph(NEW, NEW), "took the draft"),
        (paragraph("", source=NEW), paragraph("Mine.", NEW), ""),
        (paragraph(OLD, NEW, previous=OLD), paragraph(OLD, NEW), "kept the standing text"),
        (paragraph(OLD, NEW, previous=OLD), paragraph(NEW, NEW), "took the new draft"),
        (paragraph(NEW, NEW, previous=OLD), paragraph(NEW, NEW), "took the new draft"),
        (paragraph("Two stood.", NEW, previous=OLD), paragraph("Two stood.", NEW), "took the new draft"),
        (paragraph("Two sat.", NEW, previous=OLD), paragraph("Two sat.", NEW), "kept the standing text"),
        (paragraph("Two stood.", NEW), paragraph("Two stood.", NEW), "kept the standing text"),
        (paragraph("One ran.", NEW, previous=OLD), paragraph("One ran.", NEW), "kept the standing text"),
        (paragraph("Mine.", NEW, fuzzy=True), paragraph("Mine.", NEW), "kept the standing text"),
        (paragraph("Mine.", NEW, previous=OLD), paragraph("Mine.", NEW), "kept the standing text"),
        (paragraph(NEW, NEW, fuzzy=True), paragraph(NEW, NEW), ""),
        (paragraph(OLD, NEW, previous=OLD), paragraph("Mine.", NEW), ""),
        (paragraph(by=(Authorship("eugene", T1, 2),), refs=()), paragraph(refs=()), ""),
    ],
)
def test_which_of_the_two_a_paragraph_has(before: Unit, after: Unit, expected: str) -> None:
    assert redraft.choice_made(before, after) == expected
