"""Changes of an English text by a machine, which may touch no figure, date, name or quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.language.untouchable import changed_part, names, touched

PAIRS = [
    ("China sent them back.", "Japan sent them back.", "name"),
    ("Kim said so.", "Park said so.", "name"),
    ("He left. China sent them back.", "He left. Japan sent them back.", "name"),
    ("“Stop.” Kim said so.", "“Stop.” Park said so.", "name"),
    ("Kim met Park.", "Park met Kim.", "name"),
    ("Mr. Kim said so.", "Ms. Kim said so.", "name"),
    ("They met Charles de Gaulle.", "They met Charles le Gaulle.", "name"),
    ("The Bank of Korea said so.", "The Bank for Korea said so.", "name"),
    ("The Hague said so.", "Hague said so.", "name"),
    ("They use iPhones.", "They use iPads.", "name"),
    ("They met in the al-Shifa hospital.", "They met in the hospital.", "name"),
    ("An said so.", "Ahn said so.", "name"),
    ("US troops left.", "us troops left.", "name"),
    ("The town said so.", "The Town said so.", "name"),
    ("Repairs began.", "Repair work began.", "name"),
    ("he said so", "Kim said so", "name"),
    ("The bridges was out.", "The bridges were out.", ""),
    ("The bridges were out.", "These bridges were out.", ""),
    ("China have sent them back.", "China has sent them back.", ""),
    ("He told Kim that it failed.", "He told Kim that it collapsed.", ""),
    ("It came yesterday.", "It came today.", "figure"),
    ("It came last week.", "It came next week.", "figure"),
    ("It came at noon.", "It came at night.", "figure"),
    ("It came two days ago.", "It came two days later.", "figure"),
    ("Dozens of people left.", "Some people left.", "figure"),
    ("Some people left.", "Three people left.", "figure"),
    ("He “never” left.", "He “always” left.", "quotation"),
    ("He never left.", "He ‘never’ left.", "quotation"),
    ("He never left.", "He **never** left.", "marks"),
    ("He never left.", "He <b>never</b> left.", "marks"),
]


@pytest.mark.parametrize(("old", "new", "why"), PAIRS)
def test_a_change_touches(old: str, new: str, why: str) -> None:
    assert touched(old, new) == why


@pytest.mark.parametrize(("old", "new", "why"), PAIRS)
def test_a_change_back_touches_the_same(old: str, new: str, why: str) -> None:
    assert bool(touched(new, old)) == bool(why)


WORDS = "the town Kim Seoul three of Bank “so” The said. an iPhone U.N. it’s yesterday –".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_changed_part_is_all_that_differs(old: str, new: str) -> None:
    before, after = changed_part(old, new)
    assert old[: before[0]] == new[: after[0]]
    assert old[before[1] :] == new[after[1] :]
    assert before[0] <= before[1]
    assert after[0] <= after[1]


@given(TEXTS, TEXTS)
def test_whatever_is_allowed_keeps_every_name_at_its_place_in_the_order(old: str, new: str) -> None:
    if not touched(old, new):
        assert [old[slice(*each)] for each in names(old)] == [new[slice(*each)] for each in names(new)]
