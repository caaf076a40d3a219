"""Stories made from a report that was renamed in another clone: composing follows the new name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.newsrooms import BRIDGES, SLUG, Clone, at, cloned, git, newsroom
from transflow.actions.privacy import mv
from transflow.actions.reports import intake
from transflow.actions.stories import article, clearance, render
from transflow.errors import RefusedError, UnknownNameError
from transflow.model.catalog import Catalog
from transflow.stories.compose import report_slugs


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a clone that has a translated report under a new name, and a story that
    was made from it under the old one.
    """
    folder = tmp_path_factory.mktemp("newsroom")
    origin, claire = newsroom(folder)
    for number in range(1, 8):
        claire.write(f"{SLUG}#{number}", f"Sentence number {number}.", number)
    claire.commit()
    claire.push()
    eugene = cloned(origin, folder / "eugene", "eugene")
    mv.move(claire.actor(10), SLUG, "spans")
    claire.commit("renamed")
    claire.push()
    eugene.compose(12, SLUG)
    eugene.commit("composed")
    eugene.pull()
    return eugene.root


@pytest.fixture
def eugene(original: Path, tmp_path: Path) -> Clone:
    return Clone(shutil.copytree(original, tmp_path / "eugene"), "eugene")


def _refs(story: Catalog) -> set[str]:
    return {ref.report for unit in story.units for ref in unit.refs}


def test_composing_follows_a_report_to_its_new_name(eugene: Clone) -> None:
    before = eugene.load("story")
    assert (report_slugs(before), _refs(before)) == ((SLUG,), {SLUG})
    eugene.compose(20)
    after = eugene.load("story")
    assert (report_slugs(after), _refs(after)) == (("spans",), {"spans"})
    assert [(unit.id, unit.source, unit.target) for unit in after.units] == [
        (unit.id, unit.source, unit.target) for unit in before.units
    ]


def test_confirming_with_new_drafts_follows_too(eugene: Clone) -> None:
    article.confirm_with_drafts(eugene.actor(20), "story#2", take_new=True)
    assert _refs(eugene.load("story")) == {"spans"}


def test_a_clearance_covers_the_story_under_the_new_name(eugene: Clone) -> None:
    """Only the name changed, as with `mv`."""
    eugene.git("checkout", "-q", "HEAD~1")  # the story before the merge
    for number in range(1, len(eugene.load("story").units) + 1):
        article.confirm_with_drafts(eugene.actor(14), f"story#{number}")
    clearance.ready(eugene.actor(15), "story")
    clearance.clear(eugene.actor(16, "mina"), "story")
    cleared = eugene.load("story").header.get("X-Cleared")
    eugene.commit("cleared")
    eugene.git("merge", "-q", "--no-edit", "origin/main")
    place = eugene.place("story")
    with pytest.raises(RefusedError, match="compose the story again"):
        render.render(eugene.project, place, ["txt"], at(17), as_draft=False)
    eugene.compose(20)
    assert eugene.load("story").header.get("X-Cleared") == cleared
    assert render.render(eugene.project, place, ["txt"], at(21), as_draft=False)


def test_paragraphs_that_came_with_a_merge_are_no_second_ones(eugene: Clone) -> None:
    """If both sides know a story, its header has the new name, and a new paragraph the old one."""
    story = eugene.load("story")
    eugene.project.change(eugene.place("story"), lambda old: old.replace(header=old.header.replace(X_Reports="spans")))
    eugene.compose(20)
    after = eugene.load("story")
    assert (len(after.units), _refs(after)) == (len(story.units), {"spans"})


def test_a_report_that_is_missing_is_named_with_both_ways_out(eugene: Clone) -> None:
    for path in ("sources/spans.md", "locales/en/reports/spans.po"):
        eugene.git("rm", "-q", path)
    with pytest.raises(RefusedError) as refused:
        eugene.compose(20)
    assert str(refused.value) == (
        "en:story is made from the report “bridges”, which is missing: take it back from git, or, if it has another "
        "name now, name it with `transflow mv bridges NEW-NAME`."
    )


def test_several_reports_with_its_sentences_are_not_chosen_from(eugene: Clone) -> None:
    for path in ("sources/{}.md", "locales/en/reports/{}.po"):
        shutil.copy(eugene.root / path.format("spans"), eugene.root / path.format("copy"))
    with pytest.raises(RefusedError, match="which is missing"):
        eugene.compose(20)
    mv.move(eugene.actor(21), SLUG, "spans")  # the way out that the message names
    eugene.compose(22)
    assert _refs(eugene.load("story")) == {"spans"}


def test_a_report_that_took_the_old_name_is_another_one(eugene: Clone) -> None:
    new = BRIDGES.replace("다리", "학교").replace("강변시", "산골")
    intake.add(eugene.actor(20), intake.read_incoming(new.encode(), "bridges.md"), SLUG)
    for number in range(1, 8):
        eugene.write(f"{SLUG}#{number}", f"School number {number}.", 20 + number)
    eugene.compose(30)
    assert report_slugs(eugene.load("story")) == (SLUG,)


def test_a_report_that_is_unknown_is_no_renamed_one(eugene: Clone) -> None:
    with pytest.raises(UnknownNameError):
        eugene.compose(20, "tunnels")


def test_git_is_not_asked(eugene: Clone) -> None:
    """The record itself has the new name: an export without history is followed as well."""
    git(eugene.root, "checkout", "-q", "--orphan", "anew")
    eugene.compose(20)
    assert _refs(eugene.load("story")) == {"spans"}
