"""Properties of all checks: time, any text, and the same result from every caller."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transflow import checks, story_checks
from transflow.actions.checks.cached import CachedChecker, LiveChecker, issue_finder
from transflow.checks import CheckContext
from transflow.gazetteer.koreans import spelled_names
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.quantities.english import english_figures
from transflow.language.romanisation.names import could_be_korean
from transflow.model.unit import KINDS, Kind, Unit
from transflow.project import CatalogRef, Project

TERMS = Termbase(
    [Term("유엔", "U.N.", forced=True), Term("김정은", "Kim Jong Un", kind="person", forbidden=("Kim Jong-un",))]
)
PIECES = [
    *"유엔은 3월 11일 오후 3만5천 명 수십억 달러 “간다”고 김정은 국방위원장 지난달 않았다 3분의 1 ".split(),
    *"The U.N. released $1.2 billion on March 11th “I am going,” he said Kim Jong-un 5% the the ** [a](b) &amp; â€ ( . ".split(),
    *"\x00 \u2028 \U0001f600 \ud800 é ́ ㅋㅋ 漢字 ﷽ \u200b".split(" "),
]
TEXT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
CONTEXT = CheckContext("en", terms=TERMS, date="2024-03-26T00:00:00+09:00", neighbours=("어제 3월 2일이었다.",))


def is_sound(unit: Unit, context: CheckContext) -> bool:
    """Return whether every issue has a known id, spans inside the texts, and a real fix."""
    known = checks.severities()
    for issue in checks.run(unit, context):
        for span, text in ((issue.source_span, unit.source), (issue.target_span, unit.target)):
            if span and not 0 <= span[0] <= span[1] <= len(text):
                return False
        if issue.check not in known or issue.fix == unit.target or not issue.message:
            return False
    return True


@given(TEXT, TEXT, st.sampled_from(KINDS))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_checked(source: str, target: str, kind: str) -> None:
    assert is_sound(Unit("k7f3q2mx", source, target), CONTEXT._replace(kind=kind))  # type: ignore[arg-type] # of KINDS


# Fixes

FIXABLE = [
    *"7 seven refugees people 3%p 5 % 9:00 a.m. 9 AM 12:30 pm February 15 Mar. Sept. 2024 March 11th 11th US$50 dollars".split(),
    *"$50 million 50 million dollars & &#50; &frac12; &ntilde; Internet Internet UN U.S. -- the the two two March March".split(),
    *"Kim Kim Jong-un Jong Un Pago Pago President President , . ” “ ' \" towards rice, corn, and 3 , 500 1  000 KN-23 3".split(),
    "[U.N.](https://un.org/3)",
    "[U.N.](https://un.org/2024/3)",
    "50 Hong Kong dollars",
    "Kim Jong-un",
    "김정은",
    "",
]
FIXABLE_TEXT = st.lists(st.sampled_from(FIXABLE), max_size=14).map(" ".join)


def said(text: str) -> object:
    """Return the figures, the parts of dates and the names in a text."""
    text = text.replace("U.N.", "UN").replace("U.S.", "US")
    values = [(each.kind, each.value, each.unit) for each in english_figures(text)]
    return values, [name.text for name in spelled_names(text) if could_be_korean(name.text)]


@given(FIXABLE_TEXT | TEXT, FIXABLE_TEXT | TEXT, st.sampled_from(KINDS))
@settings(max_examples=150)
@example("U.N. 서한이다.", "The UN sent seven letters , on February 15 .", "paragraph")
def test_no_fix_changes_a_figure_a_date_or_a_name(source: str, target: str, kind: Kind) -> None:
    for issue in checks.run(Unit("k7f3q2mx", source, target), CONTEXT._replace(kind=kind)):
        assert issue.fix is None or checks.load(checks.family(issue.check)).FIXES
        assert issue.fix is None or said(issue.fix) == said(target)


@pytest.mark.parametrize("family", checks.families())
def test_a_check_carries_fixes_where_it_says_so_and_nowhere_else(family: str) -> None:
    examples = [each for name in checks.families() for each in (*checks.load(name).PASSING, *checks.load(name).FAILING)]
    issues = [
        issue
        for each in examples
        for issue in checks.load(family).check(
            Unit("k7f3q2mx", each.source, each.target, variant=each.variant),
            CONTEXT._replace(kind=each.kind, date=each.date, neighbours=each.neighbours, terms=each.terms),
        )
    ]
    assert any(issue.fix is not None for issue in issues) == checks.load(family).FIXES


def test_no_check_of_figures_dates_or_names_carries_fixes() -> None:
    assert not any(checks.load(family).FIXES for family in ("dates", "measures", "money", "names", "numbers"))


def test_no_check_of_stories_carries_a_fix() -> None:
    for name in story_checks.names():
        module = story_checks.load(name)
        found = [told for each in module.FAILING for told in module.check(each.story)]
        assert found
        assert [issue for issue in found if issue.fix is not None] == []


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("It cost US$50 and 7 refugees left on February 15.", True),
        ("It rose 5% at 9:00 AM.", True),
        ("He left in the the night.", True),
        ("It rose 3%p to 5.", False),
        ("It was &#50; of them.", False),
        ("The two two men left.", False),
        ("It came on March March 11.", False),
        ("The Lin Lin case.", False),
    ],
)
def test_a_fix_that_is_not_sure_is_told_without_one(target: str, kept: bool) -> None:
    issues = checks.run(Unit("k7f3q2mx", "가.", target), CONTEXT, ("style", "typography", "repetition", "untranslated"))
    assert issues
    assert all((issue.fix is not None) == kept for issue in issues if issue.check != "style.number-first")


def test_a_text_of_which_all_changes_is_not_fixed() -> None:
    text = '"' + "It’s 'so' it was. " * 3_000 + '"'
    (issue,) = checks.run(Unit("k7f3q2mx", "가.", text), CONTEXT, ("typography",))
    assert issue.fix is None


@pytest.mark.soak
def test_a_hundred_thousand_texts_can_be_checked() -> None:
    chance = random.Random(1)
    alphabet = [chr(code) for code in (*range(0x20, 0x250), *range(0x2000, 0x2070), *range(0xAC00, 0xAD00), 0x1F600)]
    for _ in range(100_000):
        source, target = (
            " ".join(chance.choice(PIECES) if chance.random() < 0.5 else chance.choice(alphabet) for _ in range(8))
            for _ in range(2)
        )
        assert is_sound(Unit("k7f3q2mx", source, target), CONTEXT), (source, target)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "유엔은 3월 11일 3만5천 명에 관한 서한을 공개했다. ",
            "The U.N. released the letter about 35,000 people on March 11. ",
        ),
        ("가", "a"),
        ("“", "“"),
        ("1 ", "1 "),
        ("3만", "the "),
        (" ", " , "),
        ("(", "*["),
        ("김정은 위원장 ", "Kim Jong-il "),
        ("a b", "A'"),
    ],
)
def test_a_text_of_a_hundred_kilobytes_takes_less_than_a_second(source: str, target: str) -> None:
    unit = Unit("k7f3q2mx", source * (100_000 // len(source)), target * (100_000 // len(target)))
    checks.run(Unit("k7f3q2mx", "가.", "A."), CONTEXT)
    slow = {}
    for family in checks.families():
        before = time.process_time()
        checks.run(unit, CONTEXT, [family])
        slow[family] = time.process_time() - before
    assert sum(slow.values()) < 1, sorted(slow.items(), key=lambda each: -each[1])[:4]


def test_the_same_is_said_wherever_it_is_asked(sample: Path) -> None:
    project = Project(sample)
    for place in (CatalogRef("en", "reports", "un-letter"), CatalogRef("en", "articles", "un-china-refugees")):
        catalog = project.load(place)
        one, other = issue_finder(project, place, catalog), LiveChecker(project)
        whole = [(unit.id, issue) for unit, issue in CachedChecker(project, "en").issues(place, catalog)]
        for unit in catalog.units:
            asked = one(unit)
            assert asked == other.issues(unit, "en", place.slug)
            assert asked == other.issues(unit, "en", place.slug, catalog)
            assert sorted(map(repr, asked)) == sorted(repr(issue) for unit_id, issue in whole if unit_id == unit.id)


def test_who_gives_the_catalog_is_answered_without_the_file(sample: Path) -> None:
    project = Project(sample)
    place = CatalogRef("en", "reports", "un-letter")
    catalog, standing = project.load(place), LiveChecker(project)
    asked = [standing.issues(unit, "en", place.slug, catalog) for unit in catalog.units]
    assert any(asked)
    (sample / place.path).write_text("no catalog", encoding="utf-8")
    assert asked == [standing.issues(unit, "en", place.slug, catalog) for unit in catalog.units]
    moved = catalog.replace(units=catalog.units[1:])
    assert [standing.issues(unit, "en", place.slug, moved) for unit in moved.units] == [
        issue_finder(project, place, moved)(unit) for unit in moved.units
    ]


def test_every_family_looks_at_korean_and_english() -> None:
    assert checks.families_knowing(*checks.OWN_PAIR) == list(checks.families())
