"""The checks of whole stories, in the gate and when a story is cleared."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import done, transflow
from transflow.project import CatalogRef, Project

STORY = "un-china-refugees"


def paragraph_with(folder: Path, words: str) -> int:
    """Return the position of the story's first paragraph with these words."""
    units = Project(folder).load(CatalogRef("en", "articles", STORY)).units
    return next(number for number, unit in enumerate(units, 1) if words in unit.target)


def write(folder: Path, number: int, text: str) -> None:
    done(folder, "unit", "set", f"{STORY}#{number}", text, user="eugene")


def test_a_story_in_order_has_no_finding_of_its_own(sample: Path) -> None:
    for tag, spelling in (("유엔", "U.N."), ("중국", "China"), ("탈북민", "refugees"), ("인권 단체", "human rights groups"),
                          ("강제 송환", "forced repatriation")):  # fmt: skip
        done(sample, "glossary", "add", tag, spelling)
    ran = transflow(sample, "check", "--select", "story", "--hints")
    assert (ran.code, ran.out) == (0, "3 catalogs judged, 0 errors: passed.\n")
    rendered = ("render", "un-china-refugees", "--format", "txt", "-o", "-")
    assert "Tags:" not in done(sample, *rendered), "it was cleared without"
    done(sample, "clear", "un-china-refugees", user="mina")
    assert "Tags: U.N., China, refugees, forced repatriation, human rights groups" in done(sample, *rendered)
    assert "tags U.N., China" in done(sample, "article", "show", "un-china-refugees")


def test_a_tag_without_a_spelling_is_named_and_not_printed(sample: Path) -> None:
    found = transflow(sample, "check", "--select", "story.tag", "--hints").out
    assert "`transflow glossary add '유엔' SPELLING` gives it one. [story.tag]" in found
    assert "Tags:" not in done(sample, "render", "un-china-refugees", "--format", "txt", "-o", "-")


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("1,170", "11,700", "story.figure"),
        ("March 11", "March 12", "story.figure-added"),
        ("seven refugees", "seven refugees and 4,000 others", "story.figure-added"),
    ],
)
def test_what_no_korean_sentence_says_is_told_with_the_paragraph(sample: Path, old: str, new: str, check: str) -> None:
    number = paragraph_with(sample, old)
    unit = Project(sample).load(CatalogRef("en", "articles", STORY)).units[number - 1]
    write(sample, number, unit.target.replace(old, new))
    ran = transflow(sample, "check", "--select", "story")
    assert f"en:{STORY}#{number}: " in ran.out
    assert f"[{check}]" in ran.out


def test_a_quotation_that_nobody_translated_is_told(sample: Path) -> None:
    number = paragraph_with(sample, "”")
    write(sample, number, "“Nothing of the kind was ever said by anybody,” Su said.")
    assert f"#{number}: warning: this quotation is not in" in transflow(sample, "check", "--select", "story").out


def test_an_error_of_the_story_keeps_it_from_being_cleared_until_it_is_waived(sample: Path) -> None:
    number = paragraph_with(sample, "1,170")
    unit = Project(sample).load(CatalogRef("en", "articles", STORY)).units[number - 1]
    write(sample, number, unit.target.replace("1,170", "11,700"))
    refused = transflow(sample, "clear", STORY, user="mina")
    assert refused.code == 1
    assert "story.figure" in refused.err
    assert f"#{number}" in refused.err
    done(sample, "unit", "waive", f"{STORY}#{number}", "story.figure", "It is so in the letter.", user="mina")
    done(sample, "clear", STORY, user="mina")


def test_a_text_with_tk_in_it_is_neither_approved_nor_cleared(sample: Path) -> None:
    write(sample, paragraph_with(sample, "March 11"), "The letter came out on TK.")
    refused = transflow(sample, "clear", STORY, user="mina")
    assert refused.code == 1
    assert "placeholder" in refused.err
