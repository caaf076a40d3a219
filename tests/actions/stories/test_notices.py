"""`transflow notices`: the register of mistakes, and the page of corrections for readers."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from support.commands import done, refusal, transflow
from support.stories import PAGES, actor, river
from transflow.actions.stories import clearance, correct, publish
from transflow.actions.units import steps
from transflow.stories import corrections

DAYS = ("2024-04-01T03:00:00Z", "2024-04-02T03:00:00Z", "2024-04-03T03:00:00Z")
NOTE = "An earlier version of this story said: “The work will take two months.” It should have said: “They take two months.”"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


def begun(
    folder: Path, kind: corrections.NoteKind = "correction", cause: str = "editing", told: str = "Yonhap"
) -> None:
    correct.correct(actor(folder, "mina", DAYS[0]), "en:river#3", "", "", cause, told, kind=kind)
    text = "The city began repairs on the 6th. They take two months."
    steps.confirm(actor(folder, "eugene", DAYS[0]), "en:river#3", text)
    correct.correct(actor(folder, "mina", DAYS[0]), "en:river#3")
    steps.confirm(actor(folder, "eugene", DAYS[0]), "en:river#4")
    clearance.clear(actor(folder, "mina", DAYS[0]), "en:river")


def out(folder: Path) -> None:
    publish.record_publication(actor(folder, "mina", DAYS[1]), "en:river", [PAGES["en"]])


def listed(folder: Path, *options: str) -> list[dict[str, Any]]:
    rows = json.loads(done(folder, "notices", *options, "--format", "json"))
    assert isinstance(rows, list)
    return rows


def page(folder: Path, locale: str = "en") -> tuple[str, list[dict[str, str]]]:
    """Return the page of corrections, and the corrections of its JSON."""
    assert f"build/{locale}/corrections.html" in done(folder, "notices", "--page")
    build = folder / "build" / locale
    values = json.loads((build / "corrections.json").read_text(encoding="utf-8"))
    return (build / "corrections.html").read_text(encoding="utf-8"), values["corrections"]


class TestTheRegister:
    def test_has_what_was_decided_why_by_whom_and_who_was_told(self, newsroom: Path) -> None:
        begun(newsroom)
        assert done(newsroom, "notices").splitlines() == [
            "2024-04-01 12:00  en:river  correction, not published yet  cause: editing  decided by mina",
            f"  {PAGES['en']}  not updated yet: record it with `transflow published en:river --url {PAGES['en']}`",
            "  told: Yonhap",
        ]
        out(newsroom)
        assert done(newsroom, "notices").splitlines() == [
            "2024-04-01 12:00  en:river  correction, version 2  cause: editing  decided by mina",
            f"  {PAGES['en']}  updated 2024-04-02 12:00",
            "  told: Yonhap",
        ]
        (row,) = listed(newsroom)
        assert (row["story"], row["version"], row["cause"], row["who"]) == ("en:river", 2, "editing", "mina")
        assert row["addresses"] == [{"address": PAGES["en"], "time": DAYS[1]}]

    def test_has_corrections_whose_cause_nobody_recorded(self, newsroom: Path) -> None:
        begun(newsroom, "clarification", "", "")
        assert [(row["kind"], row["cause"], row["who"]) for row in listed(newsroom)] == [
            ("clarification", None, "mina")
        ]
        assert "cause: not recorded" in done(newsroom, "notices")

    def test_has_withdrawals(self, newsroom: Path) -> None:
        done(newsroom, "kill", "vi:river", "the source took it back", "--cause", "reporting", user="mina")
        (row,) = listed(newsroom)
        assert (row["kind"], row["cause"], row["version"]) == ("withdrawn", "reporting", 1)
        assert row["addresses"] == [{"address": PAGES["vi"], "time": None}]
        assert listed(newsroom, "--locale", "en") == []

    def test_is_that_of_a_month_in_the_zone_of_the_newsroom(self, newsroom: Path) -> None:
        begun(newsroom)
        assert [len(listed(newsroom, "--month", f"2024-0{month}")) for month in (3, 4, 5)] == [0, 1, 0]
        assert "april is no month" in refusal(newsroom, "notices", "--month", "april", code=2)

    def test_is_a_table_in_which_no_cell_is_a_formula(self, newsroom: Path) -> None:
        begun(newsroom, told='=HYPERLINK("http://x"), by phone')
        (row,) = csv.DictReader(io.StringIO(done(newsroom, "notices", "--format", "csv")))
        assert (row["story"], row["kind"], row["addresses_not_updated"]) == ("en:river", "correction", PAGES["en"])
        assert row["partners"] == '\'=HYPERLINK("http://x"), by phone'

    def test_names_nobody_who_is_protected(self, newsroom: Path) -> None:
        begun(newsroom)
        done(newsroom, "person", "protect", "mina", "--yes", user="mina")
        assert [row["who"][:2] for row in listed(newsroom)] == ["p-"]


class TestThePageOfCorrections:
    def test_has_the_note_with_its_day_and_the_story(self, newsroom: Path) -> None:
        begun(newsroom)
        out(newsroom)
        html, (note,) = page(newsroom)
        assert f'<a href="{PAGES["en"]}">Flood cuts three bridges</a>' in html
        assert f"Correction, April 1, 2024: {NOTE}" in html
        assert note == {
            "date": "2024-04-01T12:00:00+09:00",
            "kind": "correction",
            "headline": "Flood cuts three bridges",
            "url": PAGES["en"],
            "text": f"Correction, April 1, 2024: {NOTE}",
            "wrong": "The work will take two months.",
            "right": "They take two months.",
        }
        assert "mina" not in html.lower()
        assert "Không có đính chính nào." in page(newsroom, "vi")[0]

    def test_has_no_note_that_readers_have_not_seen(self, newsroom: Path) -> None:
        begun(newsroom)
        assert page(newsroom)[1] == []
        out(newsroom)
        steps.confirm(actor(newsroom, "eugene", DAYS[2]), "en:river#4", "We were wrong.")
        assert page(newsroom)[1] == []

    def test_has_no_headline_that_was_not_published(self, newsroom: Path) -> None:
        begun(newsroom)
        out(newsroom)
        steps.confirm(actor(newsroom, "eugene", DAYS[2]), "en:river#1", "Floods cut three bridges, and more")
        html, (note,) = page(newsroom)
        assert (note["headline"], "and more" in html) == ("", False)

    @pytest.mark.parametrize("mark", ["confidential: true", "embargo: 2099-01-01", "record: off", "record: hold"])
    def test_has_nothing_of_a_report_that_must_not_be_published(self, newsroom: Path, mark: str) -> None:
        begun(newsroom)
        out(newsroom)
        report = newsroom / "sources/flood.md"
        report.write_text(report.read_text(encoding="utf-8").replace("---\n", f"---\n{mark}\n", 1), encoding="utf-8")
        html, notes = page(newsroom)
        assert (notes, "two months" in html) == ([], False)

    def test_loses_a_story_that_is_killed_at_once(self, newsroom: Path) -> None:
        begun(newsroom)
        out(newsroom)
        assert len(page(newsroom)[1]) == 1
        done(newsroom, "kill", "en:river", "it was wrong", user="mina")
        html = (newsroom / "build/en/corrections.html").read_text(encoding="utf-8")
        assert ("two months" in html, "There are no corrections." in html) == (False, True)

    def test_loses_a_text_that_is_redacted_at_once(self, newsroom: Path) -> None:
        begun(newsroom)
        out(newsroom)
        page(newsroom)
        done(newsroom, "redact", "-", "--with", "[time]", "--yes", user="mina", stdin="two months")
        files = (newsroom / "build/en").glob("corrections.*")
        assert not any("two months" in path.read_text(encoding="utf-8") for path in files)

    def test_has_a_note_as_soon_as_a_page_with_it_is_recorded(self, newsroom: Path) -> None:
        begun(newsroom)
        page(newsroom)
        said = transflow(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina").err
        assert "build/en/corrections.html: rendered anew" in said
        assert "two months" in (newsroom / "build/en/corrections.html").read_text(encoding="utf-8")
        assert "corrections" not in transflow(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina").err
        done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="mina")
        assert "two months" not in (newsroom / "build/en/corrections.html").read_text(encoding="utf-8")

    def test_is_not_made_where_the_desk_has_none(self, newsroom: Path) -> None:
        begun(newsroom)
        out(newsroom)
        assert not list((newsroom / "build/en").glob("corrections.*"))

    def test_is_refused_where_a_story_has_its_name(self, newsroom: Path) -> None:
        done(newsroom, "mv", "en:river", "corrections", user="mina")
        assert "rename the story" in refusal(newsroom, "notices", "--page")

    def test_has_all_months(self, newsroom: Path) -> None:
        assert "--month" in refusal(newsroom, "notices", "--page", "--month", "2024-04", code=2)
