"""Published, killed and withheld stories: changed pages are reported, names not printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import contents, done, refusal, transflow
from support.newsrooms import git
from support.stories import PAGES, actor, again, everywhere, river, story
from transflow.actions.reports.handover import open_items
from transflow.actions.reports.queue import queue
from transflow.actions.stories import article, page
from transflow.actions.units import steps
from transflow.project import CatalogRef
from transflow.stories.clearance import read_clearance
from transflow.stories.publications import notices, publications, story_id, withheld_people

LATER = "2024-03-27T03:00:00Z"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


def built(folder: Path, locale: str) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((folder / "build" / locale).iterdir()))


def status(folder: Path) -> dict[str, dict[str, object]]:
    rows = json.loads(done(folder, "status", "--format", "json"))
    return {f"{row['locale']}:{row['slug']}": row for row in rows}


# Published


def test_a_published_story_that_is_as_it_was_is_quiet(newsroom: Path) -> None:
    row = status(newsroom)["en:river"]
    assert (row["state"], row["published"], row["published_differs"]) == ("published", [PAGES["en"]], [])
    assert "differs" not in done(newsroom, "status") + done(newsroom, "check")


def test_a_text_that_changed_since_is_told_by_status_and_check_in_its_language_only(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    rows = status(newsroom)
    assert rows["en:river"]["published_differs"] == [PAGES["en"]]
    assert rows["vi:river"]["published_differs"] == []
    assert rows["en:river"]["page_state"] == "changed"
    assert "changed since it was published, and not cleared yet" in done(newsroom, "status")
    line = next(line for line in transflow(newsroom, "check").out.split("\n") if "record.published" in line)
    assert line.startswith("locales/en/articles/river.po: warning:")
    assert PAGES["en"] in line


def test_a_difference_alone_does_not_fail_the_gate(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    again(newsroom, "en", LATER)
    ran = transflow(newsroom, "check")
    assert (ran.code, "record.published" in ran.out, "correct only if it was wrong" in ran.out) == (0, True, True)


def test_a_cleared_text_that_is_not_on_the_page_yet_is_a_newer_version_and_no_mistake(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    again(newsroom, "en", LATER)
    assert status(newsroom)["en:river"]["page_state"] == "newer"
    assert "A newer version is ready. Update the page; correct only if it was wrong." in done(newsroom, "status")
    assert [each.reason for each in queue(actor(newsroom, "mina", LATER))] == ["update"]
    assert [each.task for each in open_items(actor(newsroom, "mina", LATER))] == ["update"]
    story_page = page.page(actor(newsroom, "mina", LATER), CatalogRef("en", "articles", "river"))
    assert story_page.pages == "newer"
    done(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina")
    assert status(newsroom)["en:river"]["page_state"] == ""
    assert queue(actor(newsroom, "mina", LATER)) == []


def test_a_page_is_wrong_from_the_correction_that_was_begun_until_the_page_is_recorded(newsroom: Path) -> None:
    done(newsroom, "correct", "en:river#3", user="mina")
    assert status(newsroom)["en:river"]["page_state"] == "wrong"
    assert "The page is wrong: its correction was begun." in done(newsroom, "status")
    assert f"the page {PAGES['en']} is wrong" in transflow(newsroom, "check").out
    assert "correct" in [each.reason for each in queue(actor(newsroom, "mina", LATER))]
    done(newsroom, "article", "cut", "en:river#4", "the text was right", user="mina")
    assert status(newsroom)["en:river"]["page_state"] == ""


def test_a_page_that_was_brought_up_to_date_is_recorded_again_and_the_old_record_stays(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    again(newsroom, "en", LATER)
    done(newsroom, "published", "en:river", "--url", PAGES["en"], user="eugene")
    assert status(newsroom)["en:river"]["published_differs"] == []
    assert len(publications(story(newsroom))) == 2


def test_a_source_that_changed_under_a_text_that_is_still_right_is_no_difference(newsroom: Path) -> None:
    path = newsroom / "sources" / "flood.md"
    path.write_text(path.read_text(encoding="utf-8").replace("5일 밤", "지난 5일 밤"), encoding="utf-8")
    done(newsroom, "update", user="claire")
    steps.confirm(
        actor(newsroom, "claire", LATER), "en:flood#2", "Three bridges in Riverside were cut late on the 5th."
    )
    article.confirm_with_drafts(actor(newsroom, "eugene", LATER), "en:river#2")
    assert story(newsroom).units[1].source != story(newsroom).units[1].target
    assert status(newsroom)["en:river"]["published_differs"] == []
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river")
    assert status(newsroom)["en:river"]["published_differs"] == []


def test_several_addresses_are_kept_apart(newsroom: Path) -> None:
    other = "https://partner.example/river"
    done(newsroom, "published", "en:river", "--url", other, "--at", "2024-03-27 09:00", user="eugene")
    out = done(newsroom, "published", "en:river", user="")
    lines = [f"2024-03-26 12:00  {PAGES['en']}  version 1, first", f"2024-03-27 09:00  {other}  version 1, first"]
    assert out.splitlines() == lines
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="eugene")
    assert done(newsroom, "published", "en:river", user="eugene").splitlines() == lines[1:]
    assert PAGES["en"] in story(newsroom).header.get("X-Published")


def test_the_first_publication_can_be_set_and_is_the_date_of_the_page(newsroom: Path) -> None:
    out = done(newsroom, "published", "en:river", "--at", "2024-03-26 08:30", user="eugene")
    assert out.splitlines() == [
        "2024-03-26 08:30  first published",
        f"2024-03-26 12:00  {PAGES['en']}  version 1, first",
    ]
    done(newsroom, "render", "en:river", "--to", "html,json")
    page = (newsroom / "build/en/river.html").read_text(encoding="utf-8")
    assert '"datePublished": "2024-03-26T08:30:00+09:00"' in page
    assert '"dateModified": "2024-03-26T08:30:00+09:00"' in page
    assert '"firstCreated": "2024-03-26T08:30:00+09:00"' in (newsroom / "build/en/river.json").read_text(
        encoding="utf-8"
    )
    done(newsroom, "published", "en:river", "--at", "2024-03-26 11:00", user="eugene")
    assert story(newsroom).header.get("X-Published").count(" - ") == 1
    assert done(newsroom, "published", "en:river").startswith("2024-03-26 11:00  first published\n")
    assert status(newsroom)["en:river"]["published_differs"] == []


def test_a_story_in_print_has_a_date_and_no_address(newsroom: Path) -> None:
    done(newsroom, "compose", "en:late", "--from", "flood", user="eugene")
    assert "is not cleared" in refusal(newsroom, "published", "en:late", "--at", "2024-03-26 11:00", user="eugene")
    for step, who in (("unit confirm", "eugene"), ("ready", "eugene"), ("clear", "mina")):
        done(newsroom, *step.split(), "en:late", user=who)
    done(newsroom, "render", "en:late", "--to", "html")
    page = (newsroom / "build/en/late.html").read_text(encoding="utf-8")
    assert ('"url": ""' in page, "Published <time" in page, page.count("datePublished")) == (
        False,
        False,
        2,
    )  # of the report
    out = done(newsroom, "published", "en:late", "--at", "2024-03-26 11:00", user="eugene")
    assert out.splitlines() == ["2024-03-26 11:00  first published", "2024-03-26 11:00  no address  version 1, first"]
    done(newsroom, "render", "en:late", "--to", "html")
    page = (newsroom / "build/en/late.html").read_text(encoding="utf-8")
    assert '"datePublished": "2024-03-26T11:00:00+09:00"' in page
    assert "canonical" not in page


def test_the_first_address_is_that_of_the_page(newsroom: Path) -> None:
    page = (newsroom / "build" / "en" / "river.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{PAGES["en"]}">' in page


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["--url", "x.example"], 2, "no web address"),
        (["--url", "https://x.example/a", "--at", "yesterday"], 2, "is no time"),
        (["--url", "https://x.example/a", "--at", "2999-01-01"], 2, "still to come"),
        (["--url", "https://x.example/a", "--gone"], 2, "no address of the story"),
        (["--gone"], 2, "say at which address"),
    ],
)
def test_what_cannot_be_recorded_is_refused(newsroom: Path, arguments: list[str], code: int, reason: str) -> None:
    assert reason in refusal(newsroom, "published", "en:river", *arguments, user="eugene", code=code)


def test_a_story_that_is_not_cleared_as_it_is_is_refused(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    said = refusal(newsroom, "published", "en:river", "--url", "https://x.example/a", user="eugene")
    assert "not cleared as it is now" in said


# Killed


def test_a_killed_story_prints_no_more_and_its_pages_are_to_be_taken_down(newsroom: Path) -> None:
    out = done(newsroom, "kill", "en:river", "the source took it back", user="mina")
    assert f"Take these pages down:\n  {PAGES['en']}" in out
    assert [path for path in contents(newsroom) if path.startswith("build/en")] == ["build/en/river.json"]
    assert built(newsroom, "vi")
    assert "was killed" in refusal(newsroom, "render", "en:river", "--format", "html")
    assert status(newsroom)["en:river"]["state"] == "killed"
    assert "killed, but a page is still published" in done(newsroom, "status")
    assert "take the page down" in done(newsroom, "check")
    said = refusal(newsroom, "published", "en:river", "--url", "https://x.example/a", user="mina")
    assert "was killed" in said
    for command in ("ready", "clear"):
        said = refusal(newsroom, command, "en:river", user="mina")
        assert "the story was killed: `transflow kill en:river --undo` takes that back." in said, command


def test_a_killed_story_whose_page_is_gone_is_quiet_and_can_live_again(newsroom: Path) -> None:
    done(newsroom, "kill", "en:river", "the source took it back", user="mina")
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="mina")
    assert "record.published" not in done(newsroom, "check")
    done(newsroom, "kill", "en:river", "--undo", user="mina")
    assert status(newsroom)["en:river"]["state"] == "cleared"
    done(newsroom, "render", "en:river")


def test_only_an_editor_kills_and_says_why(newsroom: Path) -> None:
    assert "no editor" in refusal(newsroom, "kill", "en:river", "x", user="eugene")
    assert "say why" in refusal(newsroom, "kill", "en:river", user="mina", code=2)


# Withheld


def test_a_withheld_name_is_nowhere_in_what_is_printed_metadata_included(newsroom: Path) -> None:
    assert "Claire Lee" in built(newsroom, "en")
    out = done(newsroom, "credit", "withhold", "claire", "river", user="mina")
    assert "Claire" not in built(newsroom, "en")
    assert "Jeong Eun Lee" in built(newsroom, "en")
    assert PAGES["en"] in out
    assert withheld_people(story(newsroom)) == {"claire"}
    assert everywhere(newsroom, "Claire Lee") == ["transflow.toml"]


def test_a_reporter_loses_the_byline_in_every_language(newsroom: Path) -> None:
    assert all("Jeong Eun Lee" in built(newsroom, locale) for locale in ("en", "vi"))
    done(newsroom, "credit", "withhold", "jeong", user="mina")
    for locale in ("en", "vi"):
        assert "Jeong" not in built(newsroom, locale)
        assert "이정은" not in built(newsroom, locale)


def test_the_clearance_is_not_touched(newsroom: Path) -> None:
    before = read_clearance(story(newsroom))
    done(newsroom, "credit", "withhold", "claire", user="claire")
    assert read_clearance(story(newsroom)) == before
    assert transflow(newsroom, "check").code == 0
    done(newsroom, "render", "en:river")


def test_without_a_story_only_those_that_would_print_the_name_are_changed(newsroom: Path) -> None:
    out = done(newsroom, "credit", "withhold", "leejin", user="mina")
    assert out.startswith("vi:river: does not print the name\n")
    assert withheld_people(story(newsroom)) == frozenset()


def test_it_can_be_taken_back(newsroom: Path) -> None:
    before = contents(newsroom)
    done(newsroom, "credit", "withhold", "claire", "river", user="mina")
    done(newsroom, "credit", "withhold", "claire", "river", "--undo", user="mina")
    assert contents(newsroom) == before


def test_what_was_a_draft_is_a_draft_again_and_what_was_not_is_removed(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    done(newsroom, "render", "en:river", "--to", "txt", "--draft")
    done(newsroom, "credit", "withhold", "claire", "river", user="mina")
    assert [path for path in contents(newsroom) if path.startswith("build/en")] == ["build/en/river.txt"]
    page = (newsroom / "build/en/river.txt").read_text(encoding="utf-8")
    assert "DRAFT" in page
    assert "Claire" not in page


def test_a_name_in_the_text_itself_is_told(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone, Claire Lee saw.")
    out = done(newsroom, "credit", "withhold", "claire", "en:river", user="mina")
    assert "The text itself has the name here; edit it, or redact it:\n  en:river#2\n" in out


def test_people_withhold_their_own_names_and_editors_anybodys(newsroom: Path) -> None:
    assert "no editor" in refusal(newsroom, "credit", "withhold", "claire", user="leejin")
    assert "no person" in refusal(newsroom, "credit", "withhold", "nobody", user="mina", code=2)
    assert "no story" in refusal(newsroom, "credit", "withhold", "claire", "en:rivr", user="mina", code=2)


# Kinds and versions


def published_in(folder: Path) -> list[str]:
    return done(folder, "published", "en:river").splitlines()


def test_each_version_has_its_number_and_as_what_it_went_out(newsroom: Path) -> None:
    assert story(newsroom).header.get("X-Published").endswith(" first")
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Three bridges are gone.")
    again(newsroom, "en", LATER)
    other = "https://partner.example/river"
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--url", other, user="eugene")
    assert [line.partition("  version ")[2] for line in published_in(newsroom)] == ["2, update", "2, update"]
    done(newsroom, "published", "en:river", "--url", other, "--kind", "refile", user="eugene")
    assert [line.partition("  version ")[2] for line in published_in(newsroom)] == ["2, update", "2, refile"]
    before = contents(newsroom)
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--url", other, user="eugene")
    assert contents(newsroom) == before


def test_what_is_recorded_already_is_nothing_and_says_so(newsroom: Path) -> None:
    before = contents(newsroom)
    ran = transflow(newsroom, "published", "en:river", "--url", PAGES["en"], user="eugene")
    assert ran.code == 0
    assert f"{PAGES['en']}: nothing to do, this is recorded already." in ran.err
    assert contents(newsroom) == before
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="eugene")
    before = contents(newsroom)
    ran = transflow(newsroom, "published", "en:river", "--url", PAGES["en"], "--kind", "withdrawn", user="eugene")
    assert (ran.code, "nothing to do" in ran.err) == (0, True)
    assert contents(newsroom) == before


def test_a_story_that_is_withdrawn_everywhere_is_published_no_longer(newsroom: Path) -> None:
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="eugene")
    assert status(newsroom)["en:river"]["state"] == "cleared"
    assert status(newsroom)["en:river"]["published"] == []
    assert story(newsroom).header.get("X-Published").endswith(" withdrawn")
    done(newsroom, "published", "en:river", "--url", PAGES["en"], user="eugene")
    assert published_in(newsroom)[0].endswith("version 1, first")


def test_a_version_with_a_new_note_is_a_correction(newsroom: Path) -> None:
    done(newsroom, "correct", "en:river#3", "--cause", "editing", "--told", 'Reuters, "by phone"', user="mina")
    right = "The city began repairs on the 6th. They take two months."
    done(newsroom, "unit", "set", "en:river#3", right, user="eugene")
    done(newsroom, "correct", "en:river#3", "--cause", "editing", "--told", 'Reuters, "by phone"', user="mina")
    done(newsroom, "unit", "confirm", "en:river#4", user="eugene")
    done(newsroom, "clear", "en:river", user="mina")
    done(newsroom, "published", "en:river", "--url", PAGES["en"], user="mina")
    page, notice = published_in(newsroom)
    assert page.endswith("version 2, correction")
    assert notice.endswith('correction by mina, cause: editing; told: Reuters, "by phone"')
    assert "unreadable" not in transflow(newsroom, "check").out


def test_a_notice_needs_a_cause_and_a_page(newsroom: Path) -> None:
    assert "--cause" in refusal(newsroom, "correct", "en:river#3", "--told", "Reuters", user="mina", code=2)
    done(newsroom, "published", "en:river", "--url", PAGES["en"], "--gone", user="eugene")
    said = refusal(newsroom, "correct", "en:river#3", "--cause", "editing", user="mina", code=2)
    assert "nothing to give notice of" in said


def test_a_notice_names_nobody_who_is_protected_and_no_text_that_is_redacted(newsroom: Path) -> None:
    done(newsroom, "correct", "en:river#3", "--cause", "editing", "--told", "Reuters # Han", user="juno")
    done(newsroom, "redact", "-", "--with", "[partner]", "--yes", user="mina", stdin="Reuters")
    done(newsroom, "person", "protect", "juno", "--yes", user="mina")
    (told,) = notices(story(newsroom))
    assert told.text == "[partner] # Han"
    assert told.who.startswith("p-")
    assert not everywhere(newsroom, "Reuters")


def test_what_cannot_be_read_of_a_publication_is_told_with_its_field(newsroom: Path) -> None:
    path = newsroom / "locales/en/articles/river.po"
    text = path.read_text(encoding="utf-8").replace(" first\\n", " reprint\\n")
    path.write_text(text, encoding="utf-8")
    assert "record.unreadable-field" in transflow(newsroom, "check").out


# Identity


def test_a_story_keeps_its_id_under_another_name_and_the_name_gives_another_one(newsroom: Path) -> None:
    known = story_id(story(newsroom))
    assert known
    assert known != story_id(story(newsroom, "vi"))
    assert f'"uri": "urn:uuid:{known}"' in built(newsroom, "en")
    done(newsroom, "mv", "river", "flood-story", user="mina")
    assert story_id(story(newsroom, "en", "flood-story")) == known
    assert f'"uri": "urn:uuid:{known}"' in built(newsroom, "en")
    done(newsroom, "compose", "en:river", "--from", "flood", user="eugene")
    assert story_id(story(newsroom)) not in ("", known)


def test_a_name_whose_story_git_still_knows_gives_another_id(newsroom: Path) -> None:
    known = story_id(story(newsroom))
    git(newsroom, "init", "--quiet")
    git(newsroom, "config", "user.email", "mina@example.org")
    git(newsroom, "config", "user.name", "Mina")
    git(newsroom, "add", "--all")
    git(newsroom, "commit", "--quiet", "-m", "published")
    git(newsroom, "rm", "--quiet", "locales/en/articles/river.po")
    git(newsroom, "commit", "--quiet", "-m", "gone")
    done(newsroom, "compose", "en:river", "--from", "flood", user="eugene")
    assert story_id(story(newsroom)) not in ("", known)


def test_composing_again_leaves_the_id_alone(newsroom: Path) -> None:
    known = story_id(story(newsroom))
    done(newsroom, "compose", "en:river", user="eugene")
    assert story_id(story(newsroom)) == known
