"""A whole text without heads keeps its paragraphs' Korean, and gives nobody another's words."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from bench.rewrites import CHANGES, DESKS, LEVELS, UNSEEN_DESKS, Change, Rewrites, desk_outcome, shares, story_units
from transflow.attribution.authorship import with_target
from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import new_header
from transflow.stories.compose import compose
from transflow.stories.whole_text import Edited, edit, export, state_line
from transflow.stories.whole_text.alignment import align_texts
from transflow.text import words

T1, T2 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
TRANSLATORS = ("claire", "leejin")


@cache
def rewrites() -> Rewrites:
    return Rewrites()


@cache
def story() -> tuple[Catalog, dict[str, Catalog]]:
    """Return a story whose paragraphs are each a sentence of one of two translators."""
    sentences = tuple(
        with_target(
            Unit(f"s{number:07}", f"{number}번 문장.", kind=each.kind), each.target, TRANSLATORS[number % 2], T1
        )
        for number, each in enumerate(rewrites().units)
    )
    reports = {"report": Catalog(new_header("en", "ko", X_Report="report"), sentences)}
    return compose("story", "en", reports, "2024-03-26", "eugene", T1), reports


def taken(texts: list[str]) -> Edited:
    article, reports = story()
    return edit(article, reports, "\n\n".join(texts), "mina", T2)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_nearly_every_paragraph_keeps_its_sentences(level: str, change: Change) -> None:
    kept, wrong = shares(rewrites(), level, change, seeds=4)
    assert kept >= 0.95
    assert wrong <= 0.02


@pytest.mark.parametrize("folder", [DESKS, UNSEEN_DESKS], ids=["seen", "unseen"])
def test_what_another_desk_wrote_keeps_its_sentences_and_gets_no_others(folder: Path) -> None:
    wanted, kept, wrong = desk_outcome(folder)
    assert wanted > 100
    assert kept / wanted >= 0.95
    assert wrong == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # A new text in the place of one that is gone, with the same person in it.
        ("The other, Bae So-yeon, lives in Canada.", "Bae So-yeon wrote to us at three in the morning."),
        # The same speaker, but other words.
        (
            "“We did not get what we wanted for the crane drivers,” Choi Gil-su, head of the union, said.",
            "“Nobody slept well before the final vote on Thursday,” Choi Gil-su, head of the union, said.",
        ),
        # A word that each story has.
        ("The farmers want to be paid for the damage.", "Somebody pays for everything."),
    ],
)
def test_what_is_new_between_the_same_neighbours_is_nobody_elses(old: str, new: str) -> None:
    around = [unit.source for unit in rewrites().units[1:5]]
    units = story_units(["Headline of the day", *around[:2], old, *around[2:]])
    (item,) = [each for each in align_texts([*around[:2], new, *around[2:]], units, {}, "en") if each.texts == [new]]
    assert (item.ids, item.split_off_from) == ((), "")


def test_a_first_line_that_is_like_a_paragraph_is_the_headline_still() -> None:
    around = [unit.source for unit in rewrites().units[1:5]]
    units = story_units(["Three bridges are closed", *around, "Under “smell” are eleven entries for horses."])
    items = align_texts(["Eleven entries for the smell of horses", *around], units, {}, "en")
    assert items[0].ids == (units[0].id,)


def test_the_text_as_it_is_means_no_edits() -> None:
    article, _ = story()
    assert taken([unit.source for unit in article.units]) == Edited(article, ())
    lines = "\n".join(unit.source for unit in article.units)
    assert edit(*story(), lines, "mina", T2) == Edited(article, ())


@pytest.mark.parametrize("level", LEVELS)
def test_nobody_gets_the_words_of_another(level: str) -> None:
    _, reports = story()
    wrote = {
        who: Counter(word for unit in reports["report"].units for word in words(unit.target) if unit.by[0].who == who)
        for who in TRANSLATORS
    }
    for seed in range(3):
        change = Change("all", moved=4, joined=2, split=2, added=3, gone=2)
        edited = taken([piece.text for piece in rewrites().rewritten(level, change, Random(seed))])
        for unit in edited.article.units:
            if not unit.target:
                continue
            shares_of = Counter({each.who: each.words for each in unit.translated})
            shares_of.update({each.who: each.words for each in unit.by})
            assert sum(shares_of.values()) == len(words(unit.target))
            assert set(shares_of) <= {*TRANSLATORS, "mina"}
            present = Counter(words(unit.target))
            for who in TRANSLATORS:
                assert shares_of[who] <= (present & wrote[who]).total()


def test_a_new_paragraph_is_the_writers_own_and_is_named() -> None:
    article, _ = story()
    texts = [unit.source for unit in article.units]
    edited = taken([*texts[:5], rewrites().new[1], *texts[5:]])
    (unit_id,) = edited.unsourced
    unit = edited.article.units[5]
    assert (unit.id, unit.refs, unit.target) == (unit_id, (), rewrites().new[1])
    assert [each.who for each in unit.by] == ["mina"]
    assert edited.done == (f"{unit_id} added",)


def test_a_headline_that_the_text_lacks_stays_and_a_paragraph_is_cut() -> None:
    article, _ = story()
    texts = [unit.source for unit in article.units]
    edited = taken([*texts[1:7], *texts[8:]])
    assert [unit.id for unit in edited.article.units] == [unit.id for unit in article.units]
    assert [unit.id for unit in edited.article.units if unit.cut] == [article.units[7].id]


def test_what_an_export_has_around_its_paragraphs_may_be_left() -> None:
    article, reports = story()
    exported = export(article, reports)
    without = "\n".join(line for line in exported.split("\n") if not line.startswith("{"))
    assert edit(article, reports, without, "mina", T2) == Edited(article, ())
    assert (
        edit(article, reports, state_line(article, reports) + "\n\n" + article.units[1].source, "mina", T2).unsourced
        == ()
    )


def test_a_text_of_another_story_is_refused() -> None:
    with pytest.raises(UsageError, match="not of this story"):
        taken(["A singer has won a prize.", "She thanked her teacher, her brother and a friend."])
