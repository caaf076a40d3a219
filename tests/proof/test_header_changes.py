"""Withheld names, and clearances that are taken back, by commits of people who may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from proof.conftest import edit_settings, person_line
from support.keys import computer, make_key
from support.newsrooms import git
from support.sample import copy_sample
from transflow.actions import Actor
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.project.upgrade import upgrade
from transflow.actions.stories import clearance, publish
from transflow.errors import RefusedError
from transflow.model.settings import Person
from transflow.project import Project

STORY = "un-china-refugees"
PATH = f"locales/en/articles/{STORY}.po"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_sample(tmp_path / "sample")
    list(upgrade(Project(root)))
    git(root, "init", "-q", "-b", "main")
    commit(root, "mina")
    return root


def commit(root: Path, who: str) -> str:
    git(root, "add", "-A")
    identity = ("-c", f"user.name={who}", "-c", f"user.email={who}@example.org")
    git(root, *identity, "commit", "-q", "--allow-empty", "-m", "work")
    return git(root, "rev-parse", "HEAD").strip()


def actor(root: Path, who: str) -> Actor:
    person = Project(root).settings.person(who)
    assert isinstance(person, Person)
    return Actor(Project(root), person, "2022-03-26T09:00:00Z")


def found(root: Path, since: str) -> list[str]:
    project = Project(root)
    checker = ProofChecker(project, "author", since, ("en",))
    place = project.find_catalog(STORY)
    return [f"{issue.check}: {issue.message}" for issue in checker.issues(place, project.load(place))]


def head(root: Path) -> str:
    return git(root, "rev-parse", "HEAD").strip()


@pytest.mark.parametrize("who", ["claire", "mina"])
def test_a_person_or_an_editor_withholds_a_name(root: Path, who: str) -> None:
    since = head(root)
    publish.withhold(actor(root, who), "claire", STORY)
    commit(root, who)
    assert found(root, since) == []


def test_nobody_else_does(root: Path) -> None:
    since = head(root)
    publish.withhold(actor(root, "claire"), "claire", STORY)
    commit(root, "leejin")
    assert found(root, since) == [
        "record.unproved: Claire Lee's name was withheld, or is printed again, by a commit from Leejin Jun's computer. "
        "Only Claire Lee or an editor decides that."
    ]
    publish.withhold(actor(root, "claire"), "claire", STORY, undo=True)
    commit(root, "claire")
    assert found(root, since) == []


@pytest.mark.parametrize("who", ["eugene", "mina"])
def test_a_writer_or_an_editor_takes_back_that_a_story_is_ready(root: Path, who: str) -> None:
    since = head(root)
    clearance.ready(actor(root, who), STORY, undo=True)
    commit(root, who)
    assert found(root, since) == []


def test_anybody_else_is_named_until_it_is_cleared_again(root: Path) -> None:
    since = head(root)
    clearance.ready(actor(root, "mina"), STORY, undo=True)
    commit(root, "leejin")
    assert found(root, since) == [
        "record.taken-back: Mina Park's clearance was taken back from Leejin Jun's computer, and the story reads as it did "
        "before. Ask Mina Park to clear the story again.",
        "record.taken-back: Eugene Whong's word that the story is ready was taken back from Leejin Jun's computer, and the "
        "story reads as it did before. Ask Eugene Whong to say again that the story is ready.",
    ]
    clearance.ready(actor(root, "eugene"), STORY)
    commit(root, "eugene")
    clearance.clear(actor(root, "mina"), STORY)
    commit(root, "mina")
    assert found(root, since) == []


def test_a_changed_story_loses_its_clearance_by_anybodys_commit(root: Path) -> None:
    since, path = head(root), root / PATH
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith('"X-Cleared')]
    path.write_text("".join(lines).replace("presses China", "urges China", 1), encoding="utf-8")
    commit(root, "leejin")
    assert not [each for each in found(root, since) if each.startswith("record.taken-back")]


def test_commits_of_nobody_in_the_project_are_left_alone(root: Path) -> None:
    since = head(root)
    publish.withhold(actor(root, "claire"), "claire", STORY)
    commit(root, "office")
    assert found(root, since) == []


def deletions(root: Path, since: str) -> list[str]:
    checker = ProofChecker(Project(root), "author", since, ("en",))
    return [f"{issue.location.path}: {issue.check}: {issue.message}" for issue in checker.deletions()]


def test_a_cleared_story_that_somebody_else_deleted_is_named_and_one_that_was_renamed_is_not(root: Path) -> None:
    since = head(root)
    git(root, "mv", PATH, "locales/en/articles/renamed.po")
    commit(root, "leejin")
    assert deletions(root, since) == []
    git(root, "mv", "locales/en/articles/renamed.po", PATH)
    commit(root, "leejin")
    (root / PATH).unlink()
    commit(root, "leejin")
    (issue,) = deletions(root, since)
    assert issue.startswith(
        f"{PATH}: record.taken-back: the story was ready or cleared, and a commit from Leejin Jun's"
    )
    git(root, "checkout", "HEAD^", "--", PATH)
    commit(root, "claire")
    assert deletions(root, since) == []
    (root / PATH).unlink()
    commit(root, "mina")
    assert deletions(root, since) == []


@pytest.mark.parametrize("who", ["eugene", "leejin"])
def test_nobody_but_an_editor_kills_or_revives_a_story_whoever_is_named_in_it(root: Path, who: str) -> None:
    since = head(root)
    publish.kill(actor(root, "mina"), STORY, "The source took it back.")
    commit(root, who)
    name = Project(root).settings.person(who).name  # type: ignore[union-attr]
    assert found(root, since) == [
        f"record.unproved: the story was killed by a commit from {name}'s computer. Only an editor decides that: "
        f"`transflow kill en:{STORY} --undo` takes it back."
    ]
    publish.kill(actor(root, "mina"), STORY, "", undo=True)
    killed = commit(root, "mina")
    assert found(root, since) == []
    publish.kill(actor(root, "mina"), STORY, "It is wrong.")
    commit(root, "mina")
    assert found(root, since) == []
    publish.kill(actor(root, "mina"), STORY, "", undo=True)
    commit(root, who)
    assert found(root, killed) == [
        f"record.unproved: the story had been killed, and a commit from {name}'s computer took that back. Only an editor "
        f"decides that: `transflow kill en:{STORY} WHY` kills it again."
    ]


def test_where_signatures_are_required_a_writer_needs_a_key_to_call_a_story_ready(root: Path, tmp_path: Path) -> None:
    edit_settings(root, "[gate]\n", '[gate]\nproof = "signed"\n')
    clearance.ready(actor(root, "eugene"), STORY, undo=True)
    with pytest.raises(RefusedError, match=r"here approvals have to be signed: transflow\.toml has no key of eugene"):
        clearance.ready(actor(root, "eugene"), STORY)
    public = make_key(tmp_path / "home" / ".ssh" / "id_ed25519")
    edit_settings(root, *person_line("eugene", f'keys = ["{public}"]'))
    with computer(tmp_path / "home"):
        assert not clearance.ready(actor(root, "eugene"), STORY).unsigned
