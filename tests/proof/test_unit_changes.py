"""Steps on units in real repositories: person, commit, time, and the text before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from proof.conftest import TEXTS, Newsroom
from support.commands import done
from support.newsrooms import SLUG, git
from transflow.actions import Actor
from transflow.actions.stories.blame import blame, history
from transflow.actions.units.unit_events import UnitEvent
from transflow.errors import UsageError
from transflow.project import Project

NEW = "Both bridges reopened on Tuesday."


def events(room: Newsroom, ref: str = f"{SLUG}#1") -> tuple[UnitEvent, ...]:
    return history(room.clone("mina").actor(900), ref)[0][0].events


def told(room: Newsroom, ref: str = f"{SLUG}#1") -> list[tuple[str, str, bool, str]]:
    """Return kind, person, whether it is committed, and the text before, newest first."""
    return [(each.kind, each.who, bool(each.commit), each.old) for each in events(room, ref)]


class TestASentence:
    def test_shows_who_wrote_changed_and_approved_it_with_commit_time_and_old_text(self, room: Newsroom) -> None:
        first = room.head()
        room.clone("leejin").write(f"{SLUG}#1", NEW, 50)
        changed = room.commit("leejin")
        room.approve(1)
        approved = room.commit("mina")
        assert events(room) == (
            UnitEvent("approved", "mina", "2024-03-26T01:40:00Z", approved, "", "", NEW),
            UnitEvent("changed", "leejin", "2024-03-26T00:50:00Z", changed, "", TEXTS[0], NEW),
            UnitEvent("wrote", "claire", "2024-03-26T00:01:00Z", first, "", "", TEXTS[0]),
            *events(room)[3:],
        )
        assert [each.kind for each in events(room)[3:]] == ["added"]

    def test_names_the_computer_that_a_step_was_recorded_from(self, room: Newsroom) -> None:
        room.approve(1)
        room.commit("leejin")
        assert (events(room)[0].who, events(room)[0].recorded_by) == ("mina", "leejin")

    def test_marks_what_a_commit_of_nobody_in_the_project_recorded(self, room: Newsroom) -> None:
        room.approve(1)
        room.commit("stranger")
        assert [each.by_stranger for each in events(room)] == [True, False, False]

    def test_that_is_not_committed_says_so(self, room: Newsroom) -> None:
        room.clone("leejin").write(f"{SLUG}#1", NEW, 50)
        assert told(room)[:2] == [("changed", "leejin", False, TEXTS[0]), ("wrote", "claire", True, "")]

    def test_keeps_its_history_when_its_report_is_renamed(self, room: Newsroom) -> None:
        before = told(room)
        for is_committed in (False, True):
            if not is_committed:
                done(room.root, "mv", SLUG, "rivers", user="mina")
            else:
                room.commit("mina")
            found = told(room, "rivers#1")
            assert found[0] == ("renamed", "", is_committed, f"locales/en/reports/{SLUG}.po")
            assert found[1:] == before

    def test_shows_the_steps_of_both_sides_of_a_merge_once(self, room: Newsroom, branch: Callable[[str], None]) -> None:
        branch("work")
        room.clone("leejin").write(f"{SLUG}#1", NEW, 50)
        room.commit("leejin")
        branch("main")
        room.approve(2)
        room.commit("mina")
        room.git("merge", "-q", "--no-ff", "work", who="mina")
        assert [kind for kind, *_ in told(room)][:2] == ["changed", "wrote"]
        assert [kind for kind, *_ in told(room, f"{SLUG}#2")][:2] == ["approved", "wrote"]

    def test_that_was_redacted_tells_no_old_text(self, room: Newsroom) -> None:
        room.clone("leejin").write(f"{SLUG}#1", NEW, 50)
        room.commit("leejin")
        done(room.root, "redact", "reopened on Tuesday", "--with", "[x]", "--yes", user="mina")
        room.commit("mina")
        found = events(room)
        assert (found[0].kind, found[0].who) == ("redacted", "mina")
        assert [kind for kind, *_ in told(room)][1:] == ["changed", "wrote", "added"]
        assert not any("Tuesday" in each.old + each.new for each in found)

    def test_names_no_protected_person(self, room: Newsroom) -> None:
        settings = room.root / "transflow.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace('id = "claire"\n', 'id = "claire"\nprotected = true\n', 1), encoding="utf-8")
        assert {each.who for each in events(room)} <= {"somebody", ""}
        assert {each.recorded_by for each in events(room)} <= {"somebody", ""}
        assert not events(room)[0].by_stranger  # no address of theirs is in the project


class TestAClone:
    def test_that_is_shallow_says_so(self, room: Newsroom, tmp_path: Path) -> None:
        room.approve(1)
        room.commit("mina")
        git(tmp_path, "clone", "-q", "--depth", "1", f"file://{room.root}", "shallow")
        project = Project(tmp_path / "shallow")
        found, is_shallow = history(room.clone("mina").actor(900)._replace(project=project), f"{SLUG}#1")
        assert is_shallow
        assert found[0].events

    def test_without_git_is_refused(self, room: Newsroom, tmp_path: Path) -> None:
        (room.root / ".git").rename(tmp_path / "git")
        with pytest.raises(UsageError, match="no git repository"):
            events(room)

    def test_that_runs_programs_runs_none(self, room: Newsroom, tmp_path: Path) -> None:
        trap = tmp_path / "trap"
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n", encoding="utf-8")
        program.chmod(0o755)
        for key in ("core.fsmonitor", "diff.external", "gpg.program", "diff.trap.textconv", "filter.trap.clean"):
            room.git("config", key, str(program))
        room.git("config", "log.showSignature", "true")
        (room.root / ".git" / "info" / "attributes").write_text("* diff=trap filter=trap\n", encoding="utf-8")
        assert events(room)
        assert not trap.exists()


class TestAStory:
    @pytest.fixture
    def story(self, sample: Path) -> Actor:
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "work")):
            git(sample, "-c", "user.name=mina", "-c", "user.email=mina@example.org", *words)
        project = Project(sample)
        person = next(each for each in project.settings.people if each.has_role("editor", "2024-03-26T00:00:00Z"))
        return Actor(project, person, "2024-06-01T00:00:00Z")

    def test_shows_its_paragraphs_with_the_sentences_behind_them(self, story: Actor) -> None:
        name = next(place.slug for place in story.project.all_catalogs() if place.folder == "articles")
        found = blame(story, name)
        written = [each for each in found.texts if each.text]
        assert written
        assert all(each.written and each.written.commit for each in written)
        assert any(each.sentences for each in written)
        assert all(each.written.who for text in written for each in text.sentences if each.text and each.written)
        assert blame(story, f"{name}#2").texts == tuple(each for each in found.texts if each.number == 2)
