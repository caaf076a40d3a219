"""Versions of a published story as readers and partners see them, and the notes that they have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.commands import done, refusal
from support.stories import PAGES, actor, again, river, story
from transflow import phrases
from transflow.actions.stories import clearance, correct, publish, render
from transflow.actions.units import steps
from transflow.project import CatalogRef, Project
from transflow.stories import corrections
from transflow.stories.publications import notices

DAYS = ("2024-03-27T03:00:00Z", "2024-03-28T03:00:00Z", "2024-03-29T03:00:00Z")
FIRST = "2024-03-26T12:00:00+09:00"
PARTNER = "https://partner.example/river"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


def item(folder: Path, form: str = "json") -> dict[str, Any]:
    """Return the story as ninjs, or its metadata in the page."""
    place = CatalogRef("en", "articles", "river")
    render.render(Project(folder), place, ["html", "json", "txt"], DAYS[2], as_draft=False)
    if form == "json":
        values = json.loads((folder / "build/en/river.json").read_text(encoding="utf-8"))
    else:
        page = (folder / "build/en/river.html").read_text(encoding="utf-8")
        values = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert isinstance(values, dict)
    return values


def page_text(folder: Path) -> str:
    return (folder / "build/en/river.txt").read_text(encoding="utf-8")


def updated(folder: Path) -> None:
    steps.confirm(actor(folder, "eugene", DAYS[0]), "en:river#2", "Three bridges are gone.")
    again(folder, "en", DAYS[0])


def noted(folder: Path, kind: corrections.NoteKind) -> None:
    """Change a paragraph with a note of this kind, and clear the story."""
    correct.correct(actor(folder, "mina", DAYS[0]), "en:river#3", kind=kind)
    text = "The city began repairs on the 6th. They take two months."
    steps.confirm(actor(folder, "eugene", DAYS[0]), "en:river#3", text)
    correct.correct(actor(folder, "mina", DAYS[0]), "en:river#3")
    steps.confirm(actor(folder, "eugene", DAYS[0]), "en:river#4")
    clearance.clear(actor(folder, "mina", DAYS[0]), "en:river")


def record(folder: Path, kind: str = "", now: str = DAYS[1], address: str = PAGES["en"]) -> None:
    publish.record_publication(actor(folder, "mina", now), "en:river", [address], kind=kind)


def test_the_page_that_goes_out_has_its_version_before_it_is_recorded(newsroom: Path) -> None:
    assert (item(newsroom)["version"], item(newsroom, "html")["version"]) == ("1", 1)
    updated(newsroom)
    values, metadata = item(newsroom), item(newsroom, "html")
    assert (values["version"], values["edNote"], metadata["version"]) == ("2", "Version 2: update", 2)
    assert metadata["datePublished"] == FIRST
    assert metadata["dateModified"] == "2024-03-27T12:00:00+09:00"
    assert "Updated March 27, 2024 · Version 2\n" in page_text(newsroom)
    record(newsroom)
    assert item(newsroom, "html")["dateModified"] == "2024-03-28T12:00:00+09:00"
    assert (item(newsroom)["version"], item(newsroom)["firstCreated"]) == ("2", FIRST)


def test_a_refile_moves_the_date_and_not_the_number(newsroom: Path) -> None:
    record(newsroom, "refile")
    values, metadata = item(newsroom), item(newsroom, "html")
    assert (values["version"], values["edNote"]) == ("1", "Version 1: refile")
    assert (metadata["datePublished"], metadata["dateModified"]) == (FIRST, "2024-03-28T12:00:00+09:00")
    assert "Version" not in page_text(newsroom)


def test_a_partner_that_is_recorded_later_is_no_change(newsroom: Path) -> None:
    record(newsroom, address=PARTNER)
    assert item(newsroom, "html")["dateModified"] == FIRST


def test_a_version_that_comes_back_is_a_change(newsroom: Path) -> None:
    old = story(newsroom).units[1].target
    updated(newsroom)
    record(newsroom, now=DAYS[0])
    steps.confirm(actor(newsroom, "eugene", DAYS[1]), "en:river#2", old)
    again(newsroom, "en", DAYS[1])
    record(newsroom, now=DAYS[2])
    assert (item(newsroom)["version"], item(newsroom, "html")["dateModified"]) == ("1", "2024-03-29T12:00:00+09:00")


@pytest.mark.parametrize(
    ("kind", "said", "label"),
    [
        ("correction", "Corrected", "Correction, March 27, 2024: An earlier version of this story said: “"),
        (
            "clarification",
            "Clarified",
            "Clarification, March 27, 2024: An earlier version of this story was unclear: “",
        ),
    ],
)
def test_a_note_says_what_it_is_and_so_does_its_version(
    newsroom: Path, kind: corrections.NoteKind, said: str, label: str
) -> None:
    noted(newsroom, kind)
    metadata = item(newsroom, "html")
    assert f"{said} March 27, 2024 · Version 2\n" in page_text(newsroom)
    assert f"\n{label}" in page_text(newsroom)
    assert metadata["correction"][0]["text"].startswith(label)
    record(newsroom)
    assert item(newsroom)["edNote"] == f"Version 2: {kind}"
    assert done(newsroom, "published", "en:river").splitlines()[0].endswith(f"version 2, {kind}")


def test_a_note_that_is_called_a_clarification_afterwards_has_to_be_cleared_again(newsroom: Path) -> None:
    noted(newsroom, "correction")
    correct.correct(actor(newsroom, "mina", DAYS[1]), "en:river#3", kind="clarification")
    assert corrections.note_kind(story(newsroom).units[3]) == "clarification"
    assert "not cleared" in refusal(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina")


def test_a_clarification_quotes_like_a_correction_in_every_language() -> None:
    for locale in phrases.LOCALES:
        for kind in ("correction", "clarification"):
            for new in ("Old.", "New."):
                text = corrections.note_text("Old.", new, locale, kind)
                expected = ("Old.", "New." if new == "New." else "")
                assert corrections.quoted_texts(text, locale) == expected, (locale, kind)
        labels = {phrases.translate(locale)(f"{each}, {{date}}: {{text}}") for each in ("Correction", "Clarification")}
        assert len(labels) == 2


@pytest.mark.parametrize("kind", ["correction", "clarification"])
def test_a_version_with_a_note_needs_one(newsroom: Path, kind: str) -> None:
    updated(newsroom)
    said = refusal(newsroom, "published", "en:river", "--url", PAGES["en"], "--kind", kind, user="mina")
    assert "transflow correct STORY#N" in said
    assert ("--kind clarification" in said) == (kind == "clarification")


def test_an_address_without_the_newest_version_is_listed_as_behind(newsroom: Path) -> None:
    record(newsroom, address=PARTNER)
    updated(newsroom)
    record(newsroom)
    lines = done(newsroom, "published", "en:river").splitlines()
    assert [line.partition("version")[2] for line in lines] == [" 2, update", " 1, first; has not version 2 yet"]
    values = json.loads(done(newsroom, "published", "en:river", "--format", "json"))
    assert (values["version"], values["behind"]) == (2, [PARTNER])


def test_a_story_that_is_withdrawn_everywhere_is_canceled_for_partners_and_has_no_text(newsroom: Path) -> None:
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="mina")
    values = item(newsroom)
    assert (values["pubStatus"], values["edNote"], values["version"]) == ("canceled", "Withdrawn", "1")
    assert "bridges" not in json.dumps(values)
    done(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina")
    assert item(newsroom)["pubStatus"] == "usable"


def test_a_withdrawal_has_its_cause_and_the_partners_that_were_told(newsroom: Path) -> None:
    done(newsroom, "kill", "en:river", "it was wrong", "--cause", "reporting", "--told", "Yonhap", user="mina")
    url = ("--url", PAGES["vi"], "--gone")
    done(newsroom, "published", "vi:river", *url, "--cause", "machine", "--told", "AFP", user="mina")
    told = [notices(story(newsroom, locale))[0] for locale in ("en", "vi")]
    assert [each[1:] for each in told] == [
        ("mina", "reporting", "withdrawn", "Yonhap"),
        ("mina", "machine", "withdrawn", "AFP"),
    ]
    assert "nothing to give notice of" in refusal(
        newsroom, "kill", "vi:river", "again", "--cause", "editing", user="mina", code=2
    )
    assert "--cause" in refusal(newsroom, "kill", "vi:river", "again", "--told", "AFP", user="mina", code=2)
    assert "--gone" in refusal(
        newsroom, "published", "en:river", "--url", PAGES["en"], "--cause", "editing", user="mina", code=2
    )
