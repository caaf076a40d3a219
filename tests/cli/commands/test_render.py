"""`transflow render`: output, and texts that must not be printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import REPORT, contents, done, refusal, transflow
from transflow import renderers

STORY = "un-china-refugees"
CREDIT = "Translated by Claire Lee and Leejin Jun. Written in English by Eugene Whong."


def built(folder: Path) -> set[str]:
    return {path.relative_to(folder / "build").as_posix() for path in (folder / "build").rglob("*") if path.is_file()}


def test_a_cleared_story_is_written_in_every_format_and_ends_with_its_credits(sample: Path) -> None:
    out = done(sample, "render", STORY).splitlines()
    assert {line.removeprefix("build/") for line in out} == built(sample)
    suffixes = {renderers.load(name).SUFFIX for name in renderers.usual()}
    assert {Path(name).name.removeprefix(STORY) for name in built(sample)} == suffixes
    text = (sample / f"build/en/{STORY}.txt").read_text(encoding="utf-8")
    assert text.splitlines()[-1] == CREDIT
    json.loads((sample / f"build/en/{STORY}.json").read_text(encoding="utf-8"))


def test_only_the_formats_that_are_wanted_are_written_and_twice_the_same_bytes(sample: Path) -> None:
    done(sample, "render", STORY, "--to", "txt,html,txt")
    assert built(sample) == {f"en/{STORY}.txt", f"en/{STORY}.html"}
    before = contents(sample)
    done(sample, "render", STORY, "--to", "html,txt")
    assert contents(sample) == before


@pytest.mark.parametrize(
    ("formats", "message"),
    [("pdf", "no output format “pdf”"), ("html,tx", "Did you mean txt?"), ("", "say at least one")],
)
def test_a_format_that_is_none_prints_nothing(sample: Path, formats: str, message: str) -> None:
    assert message in refusal(sample, "render", STORY, "--to", formats, code=2)


def test_what_is_not_cleared_is_refused_unless_as_a_draft_which_is_stamped(bridges: Path) -> None:
    message = refusal(bridges, "render", "bridges")
    assert "en:bridges is not printed: no editor has cleared it: `transflow clear` comes first" in message
    assert "--draft" in message
    done(bridges, "render", "bridges", "--draft", "--to", "txt")
    assert (bridges / "build/en/bridges.txt").read_text(encoding="utf-8").startswith("DRAFT")


def test_a_stale_story_is_refused_and_its_paragraphs_are_named(bridges: Path) -> None:
    done(bridges, "ready", "bridges", user="eugene")
    done(bridges, "clear", "bridges", user="mina")
    done(bridges, "unit", "set", "flood#3", "Nobody was injured.", user="claire")
    assert "bridges#2: the translations behind it changed" in refusal(bridges, "render", "bridges")


def test_under_embargo_there_is_a_stamped_proof_and_no_page_and_no_publication(bridges: Path) -> None:
    (bridges / "sources/flood.md").write_text(
        REPORT.replace("dateline:", "embargo: 2098-03-26T18:00\ndateline:"), encoding="utf-8"
    )
    done(bridges, "update")
    done(bridges, "ready", "bridges", user="eugene")
    done(bridges, "clear", "bridges", user="mina")
    assert "it is under embargo until 2098-03-26T18:00:00+09:00" in refusal(bridges, "render", "bridges")
    page = "https://news.example.org/bridges"
    for options in (("--url", page), ("--at", "2024-03-26 11:00")):
        message = refusal(bridges, "published", "bridges", *options, user="mina")
        assert "it is under embargo until 2098-03-26T18:00:00+09:00" in message
    out = done(bridges, "render", "bridges", "--draft").splitlines()
    assert {line.removeprefix("build/") for line in out} == built(bridges)
    for name in built(bridges):
        text = (bridges / "build" / name).read_text(encoding="utf-8")
        assert ".draft." in name
        assert "DRAFT — not for publication · Under embargo until March 26, 2098, 18:00 KST" in text
    item = json.loads((bridges / "build/en/bridges.draft.json").read_text(encoding="utf-8"))
    assert (item["pubStatus"], "DRAFT" in item["edNote"]) == ("withheld", True)


def test_without_a_name_everything_cleared_is_printed_and_the_rest_is_named(sample: Path) -> None:
    done(sample, "compose", "another", "--from", "un-letter", user="eugene")
    ran = transflow(sample, "render", "--to", "txt")
    assert (ran.code, ran.out) == (0, f"build/en/{STORY}.txt\n")
    assert "en:another is not printed" in ran.err


def test_where_nothing_is_cleared_that_is_said(bridges: Path) -> None:
    ran = transflow(bridges, "render")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing was printed: no story is cleared." in ran.err


def test_what_could_not_be_written_or_read_is_never_a_success(sample: Path) -> None:
    (sample / "build").write_text("in the way", encoding="utf-8")
    ran = transflow(sample, "render")
    assert (ran.code, ran.out) == (3, "")
    assert "was not written" in ran.err
    (sample / "build").unlink()
    (sample / "locales/en/reports/un-letter.po").write_text("junk\n", encoding="utf-8")
    ran = transflow(sample, "render")
    assert (ran.code, ran.out) == (3, "")
    assert "un-letter.po:1" in ran.err
