"""`transflow mv`: all references follow, and running a killed command again completes it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.commands import contents, done, refusal, transflow
from support.stories import actor, report, river, story
from transflow.actions.stories import article as articles
from transflow.actions.stories import citing
from transflow.model.unit import Ref
from transflow.project import CatalogRef, Project
from transflow.user_folders import drafts_folder


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return a report and its story in two languages.

    The English story cites the second paragraph of the other, and a story of its own language by
    its slug alone, as a manually edited file may.
    """
    folder = river(tmp_path / "room")
    articles.add(actor(folder, "eugene"), "en:river", "More was said before.", "")
    citing.cite(actor(folder, "eugene"), "en:river#4", "vi:river#2")
    Project(folder).change(
        CatalogRef("en", "articles", "river"),
        lambda article: article.replace(
            units=tuple(unit.replace(cites=(*unit.cites, "river")) if unit.cites else unit for unit in article.units)
        ),
    )
    return folder


def second(folder: Path, slug: str) -> str:
    """Return the id of the second paragraph of the Vietnamese story; citations hold ids."""
    return story(folder, "vi", slug).units[1].id


def test_a_report_takes_its_catalogs_and_references_along_in_every_language(newsroom: Path) -> None:
    before = {locale: (report(newsroom, locale), story(newsroom, locale)) for locale in ("en", "vi")}
    out = done(newsroom, "mv", "flood", "2024/high-water", user="claire")
    assert "sources/flood.md -> sources/2024/high-water.md" in out
    project = Project(newsroom)
    assert project.report_slugs() == ["2024/high-water"]
    for locale, (old_report, old_story) in before.items():
        moved, article = report(newsroom, locale, "2024/high-water"), story(newsroom, locale)
        assert moved.header.get("X-Report") == "2024/high-water"
        assert moved.units == old_report.units
        assert article.header.get("X-Reports") == "2024/high-water"
        assert [unit.refs for unit in article.units] == [
            tuple(Ref("2024/high-water", ref.unit) for ref in unit.refs) for unit in old_story.units
        ]
    assert "flood" not in "".join(path for path in contents(newsroom))
    assert done(newsroom, "update", user="claire").endswith("2 of 2 were up to date.\n")


def test_a_clearance_survives_and_the_gate_finds_nothing(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    done(folder, "mv", "flood", "high-water", user="claire")
    done(folder, "mv", "river", "stream", user="claire")
    ran = transflow(folder, "check")
    assert (ran.code, ran.out) == (0, "4 catalogs judged, 0 errors: passed.\n")


def test_a_story_moves_in_every_language_with_its_output_and_those_who_cite_it(newsroom: Path) -> None:
    out = done(newsroom, "mv", "river", "stream", user="claire")
    assert "locales/vi/articles/river.po -> locales/vi/articles/stream.po" in out
    assert story(newsroom, "en", "stream").units[3].cites == (f"vi:stream#{second(newsroom, 'stream')}", "stream")
    assert story(newsroom, "vi", "stream").header.get("X-Article") == "stream"
    built = [path for path in contents(newsroom) if path.startswith("build/")]
    assert {path.split("/")[2].split(".")[0] for path in built} == {"stream"}
    assert {path.split("/")[1] for path in built} == {"vi"}  # the English story was changed and is not cleared


def test_a_story_moves_in_one_language_alone(newsroom: Path) -> None:
    done(newsroom, "mv", "vi:river", "song", user="claire")
    assert story(newsroom, "en").units[3].cites == (f"vi:song#{second(newsroom, 'song')}", "river")
    assert story(newsroom, "vi", "song").header.get("X-Article") == "song"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("flood", "Flood", "no slug"),
        ("flood", "flood", "called flood already"),
        ("flood", "river", "there is a story"),
        ("river", "flood", "there is a report"),
        ("rivr", "stream", "Did you mean river"),
        ("flood", "../flood", "no slug"),
    ],
)
def test_a_name_that_does_not_fit_or_is_taken_is_refused(newsroom: Path, old: str, new: str, reason: str) -> None:
    assert reason in refusal(newsroom, "mv", old, new, user="claire", code=2)


def test_another_report_of_that_name_is_never_overwritten(newsroom: Path) -> None:
    (newsroom / "sources" / "high-water.md").write_text("---\ntitle: 다른 글\n---\n\n다르다.\n", encoding="utf-8")
    assert "there is a report" in refusal(newsroom, "mv", "flood", "high-water", user="claire", code=2)
    (newsroom / "sources" / "high-water.md").unlink()
    stray = newsroom / "locales" / "vi" / "reports" / "high-water.po"
    shutil.copy(newsroom / "locales" / "vi" / "articles" / "river.po", stray)
    assert "another one's" in refusal(newsroom, "mv", "flood", "high-water", user="claire", code=2)


def test_another_move_waits_until_an_interrupted_one_is_completed(newsroom: Path) -> None:
    (newsroom / ".transflow" / "moving").write_text("flood high-water\n")
    assert "transflow mv flood high-water" in refusal(newsroom, "mv", "river", "stream", user="claire")
    done(newsroom, "mv", "flood", "high-water", user="claire")
    done(newsroom, "mv", "river", "stream", user="claire")


def test_an_interrupted_move_of_one_language_is_completed_in_that_alone(newsroom: Path) -> None:
    (newsroom / ".transflow" / "moving").write_text("en:river stream\n")
    assert "`transflow mv en:river stream`" in refusal(newsroom, "mv", "flood", "high-water", user="claire")
    (newsroom / ".transflow" / "moving").unlink()
    done(newsroom, "mv", "flood", "high-water", user="claire")


def test_references_that_a_branch_brings_later_are_taken_along_by_doing_it_again(newsroom: Path) -> None:
    late = (newsroom / "locales" / "en" / "articles" / "river.po").read_bytes()
    done(newsroom, "mv", "flood", "high-water", user="claire")
    (newsroom / "locales" / "en" / "articles" / "late.po").write_bytes(
        late.replace(b"Article: river", b"Article: late")
    )
    assert "late.po refers to high-water now" in done(newsroom, "mv", "flood", "high-water", user="claire")
    assert "There are" in refusal(newsroom, "mv", "flood", "high-water", user="claire", code=2)


def test_drafts_that_nobody_confirmed_follow(newsroom: Path) -> None:
    journal = drafts_folder(newsroom) / "claire" / "1-a.jsonl"
    journal.parent.mkdir(parents=True)
    draft = {"place": "locales/en/reports/flood.po", "unit": "k7f3q2mx", "text": "A flood in flood.po"}
    journal.write_text(json.dumps(draft) + "\n", encoding="utf-8")
    done(newsroom, "mv", "flood", "high-water", user="claire")
    assert json.loads(journal.read_text(encoding="utf-8")) == draft | {"place": "locales/en/reports/high-water.po"}
