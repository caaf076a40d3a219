"""`transflow credits`."""

from __future__ import annotations

from pathlib import Path

from support.commands import done, refusal

STORY = "un-china-refugees"
CREDIT = "Translated by Claire Lee and Leejin Jun. Written in English by Eugene Whong."


def test_the_credit_line_names_who_did_the_work(sample: Path) -> None:
    assert done(sample, "credits", STORY) == CREDIT + "\n"


def test_an_explanation_has_the_paragraphs_behind_every_name(sample: Path) -> None:
    lines = done(sample, "credits", STORY, "--explain").splitlines()
    assert lines[0] == CREDIT
    assert [line.split(",")[0].strip() for line in lines[1:]] == ["Claire Lee", "Leejin Jun", "Eugene Whong"]
    assert lines[1].endswith(f" words in {STORY}#1-14")
    assert all(f" words in {STORY}#" in line for line in lines[1:])


def test_a_draft_that_is_taken_unchanged_gives_no_writer(bridges: Path) -> None:
    assert done(bridges, "credits", "bridges") == "Translated by Claire Lee.\n"


def test_a_name_that_is_not_printed_is_explained(bridges: Path) -> None:
    settings = bridges / "transflow.toml"
    text = settings.read_text(encoding="utf-8").replace('name = "Claire Lee"', 'name = "Claire Lee"\nprotected = true')
    settings.write_text(text, encoding="utf-8")
    out = done(bridges, "credits", "bridges", "--explain")
    assert "(not printed: protected)" in out
    assert "Translated by" not in out


def test_only_stories_have_credits(sample: Path) -> None:
    assert "no story “un-letter”" in refusal(sample, "credits", "un-letter", code=2)
    assert f"Did you mean {STORY}?" in refusal(sample, "credits", STORY + "s", code=2)
