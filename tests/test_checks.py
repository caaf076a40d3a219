"""What all checks together keep to: time, any text, and one answer wherever they are asked."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transflow import checks
from transflow.actions.checked import Checked, Standing, asker
from transflow.checks import Context
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.model import KINDS, Unit
from transflow.project import Place, Project

TERMS = Termbase(
    [Term("유엔", "U.N.", forced=True), Term("김정은", "Kim Jong Un", kind="person", forbidden=("Kim Jong-un",))]
)
PIECES = [
    *"유엔은 3월 11일 오후 3만5천 명 수십억 달러 “간다”고 김정은 국방위원장 지난달 않았다 3분의 1 ".split(),
    *"The U.N. released $1.2 billion on March 11th “I am going,” he said Kim Jong-un 5% the the ** [a](b) &amp; â€ ( . ".split(),
    *"\x00 \u2028 \U0001f600 \ud800 é ́ ㅋㅋ 漢字 ﷽ \u200b".split(" "),
]
TEXT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
CONTEXT = Context("en", terms=TERMS, date="2024-03-26T00:00:00+09:00", neighbours=("어제 3월 2일이었다.",))


def is_sound(unit: Unit, context: Context) -> bool:
    """Whether every issue is one that may be told: known id, spans inside the texts, a fix that is another text."""
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
    for place in (Place("en", "reports", "un-letter"), Place("en", "articles", "un-china-refugees")):
        catalog = project.load(place)
        one, other = asker(project, place, catalog), Standing(project)
        whole = [(unit.id, issue) for unit, issue in Checked(project, "en").issues(place, catalog)]
        for unit in catalog.units:
            asked = one(unit)
            assert asked == other.issues(unit, "en", place.slug)
            assert asked == other.issues(unit, "en", place.slug, catalog)
            assert sorted(map(repr, asked)) == sorted(repr(issue) for unit_id, issue in whole if unit_id == unit.id)


def test_who_gives_the_catalog_is_answered_without_the_file(sample: Path) -> None:
    project = Project(sample)
    place = Place("en", "reports", "un-letter")
    catalog, standing = project.load(place), Standing(project)
    asked = [standing.issues(unit, "en", place.slug, catalog) for unit in catalog.units]
    assert any(asked)
    (sample / place.path).write_text("no catalog", encoding="utf-8")
    assert asked == [standing.issues(unit, "en", place.slug, catalog) for unit in catalog.units]
    moved = catalog.having(units=catalog.units[1:])
    assert [standing.issues(unit, "en", place.slug, moved) for unit in moved.units] == [
        asker(project, place, moved)(unit) for unit in moved.units
    ]
