"""Figures of a month, from real histories in git."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from support.commands import NOW, done, new_project, refusal, transflow
from support.newsrooms import SLUG, Clone, at, cloned, newsroom, quiet_git
from transflow.actions.privacy.mv import move
from transflow.actions.project import stats
from transflow.actions.project.stats import EffortRow, Month, by_engine, by_person, by_story, month
from transflow.actions.stories import clearance
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.units import workflow

MARCH = Month("2024-03", "2024-03-01T00:00:00Z", "2024-04-01T00:00:00Z")
APRIL = Month("2024-04", "2024-04-01T00:00:00Z", "2024-05-01T00:00:00Z")


def commit(clone: Clone, time: str = "", message: str = "work") -> None:
    """Commit with a given time."""
    clone.git("add", "-A")
    environment = {**quiet_git(), "GIT_COMMITTER_DATE": time or "2026-01-01T00:00:00Z", "GIT_AUTHOR_DATE": time}
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", message], cwd=clone.root, env=environment, check=True)


def april(clone: Clone, who: str, minute: int = 0) -> Any:
    return clone.actor(0, who)._replace(now=f"2024-04-02T0{minute}:00:00Z")


def rows(clone: Clone, period: Month = MARCH, who: str = "mina") -> dict[str, EffortRow]:
    actor = clone.actor(0, who)
    return {row.name: row for row in by_person(actor, period)}


@pytest.fixture
def claire(tmp_path: Path) -> Clone:
    return newsroom(tmp_path)[1]


class TestAPerson:
    def test_is_told_what_they_confirmed_first_and_what_editors_approved(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#1", "Two bridges reopen in Gangbyeon", 60)
        claire.write(f"{SLUG}#2", "Two bridges in Gangbyeon reopened Tuesday.", 61)
        commit(claire)
        claire.approve(f"{SLUG}#2", 90)
        commit(claire)
        assert rows(claire) == {
            "claire": EffortRow("claire", 2, 11, 11, 0, 0, 0, None),
            "mina": EffortRow("mina", 0, 0, 0, 6, 0, 0, None),
        }
        assert rows(claire, APRIL) == {}

    def test_keeps_what_was_first_when_it_is_changed_and_confirmed_again(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        commit(claire)
        claire.write(f"{SLUG}#2", "Two bridges in the city of Gangbyeon reopened on Tuesday.", 70)
        commit(claire)
        assert rows(claire)["claire"][:4] == ("claire", 1, 3, 3)

    def test_is_told_what_somebody_else_changed(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        commit(claire)
        steps.confirm(april(claire, "leejin"), f"{SLUG}#2", "Both bridges reopened.")
        steps.send_back(april(claire, "mina", 1), f"{SLUG}#2", "Two, not both.")
        commit(claire)
        assert rows(claire, APRIL)["claire"][5:7] == (1, 1)
        assert "leejin" not in rows(claire, APRIL)
        assert rows(claire)["claire"][5:7] == (0, 0)

    def test_is_told_what_somebody_with_a_slow_clock_changed(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        commit(claire, "2024-03-26T01:00:00Z")
        claire.write(f"{SLUG}#2", "Both bridges reopened.", 55, "leejin")
        steps.send_back(claire.actor(56, "mina"), f"{SLUG}#2", "Two, not both.")
        assert {each.time for each in (*claire.unit(2).by, claire.unit(2).returned) if each} == {at(60)}
        commit(claire, "2024-03-26T02:00:00Z")
        assert rows(claire)["claire"][5:7] == (1, 1)

    def test_shares_the_words_with_whoever_began_the_text(self, claire: Clone) -> None:
        steps.draft(claire.actor(50, "leejin"), f"{SLUG}#2", "Two bridges in Gangbyeon reopened")
        commit(claire)
        claire.write(f"{SLUG}#2", "Two bridges in Gangbyeon reopened this Tuesday.", 60)
        commit(claire)
        found = rows(claire)
        assert (found["claire"].sentences, found["claire"].words, found["claire"].written) == (1, 7, 2)
        assert (found["leejin"].sentences, found["leejin"].words, found["leejin"].written) == (0, 0, 5)

    def test_is_told_how_long_it_took_from_when_it_was_theirs(self, claire: Clone) -> None:
        done(claire.root, "assign", SLUG, "--to", "claire", "--units", "2", user="mina")
        commit(claire, at(60))
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60 + 90)
        commit(claire, at(200))
        claire.write(f"{SLUG}#3", "Work took three months.", 60 + 95)  # never assigned; in the history only since 2026
        commit(claire, at(201))
        assert rows(claire)["claire"].turnaround == 1.5

    def test_sees_their_own_figures_and_an_editor_all(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        claire.write(f"{SLUG}#3", "Work took three months.", 61, who="leejin")
        commit(claire)
        assert set(rows(claire, who="mina")) == {"claire", "leejin"}
        assert set(rows(claire, who="claire")) == {"claire"}
        assert set(rows(claire, who="eugene")) == set()

    def test_is_counted_before_anything_is_committed(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        assert rows(claire)["claire"].words == 3

    def test_is_counted_where_there_is_no_git(self, tmp_path: Path) -> None:
        room = new_project(tmp_path / "room")
        done(room, "unit", "set", "flood#2", "Three bridges failed on the night of the 5th.", user="claire")
        this_month = json.loads(done(room, "stats", "--to", "json", user="mina"))
        assert [(row["name"], row["words"], row["turnaround"]) for row in this_month["rows"]] == [("claire", 9, None)]


class TestHistory:
    def test_of_a_merge_is_counted_once(self, tmp_path: Path) -> None:
        origin, claire = newsroom(tmp_path)
        leejin = cloned(origin, tmp_path / "leejin", "leejin")
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        claire.commit()
        claire.push()
        leejin.write(f"{SLUG}#3", "Work took three months.", 61)
        leejin.write(f"{SLUG}#2", "Both bridges are open.", 62)
        leejin.commit()
        leejin.pull(fails=None)
        leejin.commit()
        assert {who: (row.sentences, row.words) for who, row in rows(leejin).items()} == {
            "claire": (1, 3),
            "leejin": (1, 4),
        }

    def test_of_a_report_that_was_renamed_goes_on(self, claire: Clone) -> None:
        for number in range(1, 8):
            claire.write(f"{SLUG}#{number}", f"A sentence with the number {number}.", 60 + number)
        commit(claire)
        before = rows(claire)
        move(claire.actor(75), SLUG, "reopened")
        commit(claire)
        claire.write("reopened#3", "Another sentence altogether.", 80)
        commit(claire)
        assert rows(claire)["claire"][:4] == before["claire"][:4]

    def test_of_a_sentence_that_was_split_counts_its_words_once(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges in the city reopened on Tuesday.", 60)
        commit(claire)
        before = rows(claire)["claire"]
        claire.split(f"{SLUG}#2", "화요일", "on Tuesday", 70)
        commit(claire)
        assert rows(claire)["claire"][:3] == before[:3]

    def test_that_nobody_can_read_is_passed_over(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        commit(claire)
        good = claire.path().read_text(encoding="utf-8")
        claire.path().write_text("<<<<<<< HEAD\n" + good, encoding="utf-8")
        commit(claire)
        claire.path().write_text(good, encoding="utf-8")
        commit(claire)
        assert rows(claire)["claire"].words == 3


class TestAnEngine:
    def drafted(self, claire: Clone, count: int, minute: int = 30) -> None:
        """Draft the first `count` sentences of a report, with four words each."""
        body = "\n\n".join(f"다리 {n}번이 다시 열렸다." for n in range(count - 1))
        claire.revise(f"---\ntitle: 다리\ndate: 2024-03-26\n---\n\n{body}\n", 1)
        commit(claire)

        def draft(catalog: Catalog) -> Catalog:
            fresh = [workflow.draft(unit, "the bridge is open", "mt:deepl/m", at(minute)) for unit in catalog.units]
            return catalog.replace(units=tuple(fresh))

        claire.project.change(claire.place(), draft)
        commit(claire)

    def test_is_judged_by_the_words_that_are_left(self, claire: Clone) -> None:
        self.drafted(claire, 32)
        for number in range(1, 33):
            claire.write(f"{SLUG}#{number}", "the bridge is open" if number % 2 else "the old bridge stays closed", 60)
        commit(claire)
        (row,) = by_engine(claire.actor(0, "mina"), MARCH)
        assert row == ("deepl/m", 32, 128, 16 * 4 + 16 * 2, 75.0)
        assert rows(claire)["claire"].written == 16 * 3

    def test_is_not_judged_under_thirty_sentences(self, claire: Clone) -> None:
        self.drafted(claire, 32)
        for number in range(1, 30):
            claire.write(f"{SLUG}#{number}", "the bridge is open", 60)
        (row,) = by_engine(claire.actor(0, "mina"), MARCH)
        assert (row.sentences, row.survived, row.share) == (29, 116, None)
        assert by_engine(claire.actor(0, "leejin"), MARCH) == []

    def test_whose_draft_is_confirmed_as_it_is_has_all_its_words(self, claire: Clone) -> None:
        self.drafted(claire, 4)
        steps.confirm(claire.actor(60), f"{SLUG}#2")
        assert by_engine(claire.actor(0, "mina"), MARCH)[0][1:4] == (1, 4, 4)
        assert rows(claire)["claire"][:4] == ("claire", 1, 4, 0)


class TestAStory:
    def test_has_the_work_on_its_reports_and_on_itself(self, claire: Clone) -> None:
        commit(claire, at(0))
        for number, text in enumerate(("Bridges reopen", "Two reopened.", "It took months.", "Thanks, he said."), 1):
            claire.write(f"{SLUG}#{number}", text, 60 + number)
        for number, text in enumerate(("Buses use one.", "All use one.", "More in autumn."), 5):
            claire.write(f"{SLUG}#{number}", text, 60 + number)
        commit(claire, at(80))
        claire.compose(90, SLUG)
        story = claire.place("story")
        actor = claire.actor(100, "eugene")
        steps.confirm(actor, "story")
        steps.confirm(actor, "story#3", "Only buses use the first; anybody the second.")
        clearance.ready(actor, "story")
        clearance.clear(claire.actor(120, "mina"), "story")
        commit(claire, at(130))
        assert story.folder == "articles"
        (row,) = by_story(claire.actor(0, "mina"), MARCH)
        assert row.name == "en:story"
        report = rows(claire)["claire"]
        assert row.sentences == report.sentences + rows(claire)["eugene"].sentences
        assert row.words > report.words
        assert row.turnaround == 0.7
        assert by_story(claire.actor(0, "claire"), MARCH)[0].words == report.words

    def test_that_is_older_than_its_history_has_no_hours(self, sample: Path) -> None:
        room = Clone(sample, "eugene")
        room.git("init", "-q")
        room.git("config", "user.email", "eugene@example.org")
        room.git("config", "user.name", "eugene")
        commit(room, "2026-01-01T00:00:00Z")
        rows = json.loads(done(sample, "stats", "--month", "2022-03", "--by", "story", "--to", "json", user="mina"))[
            "rows"
        ]
        assert [row["turnaround"] for row in rows] == [None]

    def test_that_is_none_yet_is_its_report(self, claire: Clone) -> None:
        claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
        assert [row.name for row in by_story(claire.actor(0, "mina"), MARCH)] == [f"en:{SLUG}"]


class TestMonths:
    def test_begin_and_end_in_the_newsrooms_own_zone(self) -> None:
        assert month("2024-03", "Asia/Seoul", NOW) == Month("2024-03", "2024-02-29T15:00:00Z", "2024-03-31T15:00:00Z")
        assert month("2024-12", "UTC", NOW).end == "2025-01-01T00:00:00Z"
        assert month("", "Asia/Seoul", "2024-03-31T20:00:00Z").name == "2024-04"

    @pytest.mark.parametrize("name", ["2024-13", "2024-3", "march", "2024", "0000-01"])
    def test_that_are_none_are_refused(self, room: Path, name: str) -> None:
        assert "no month" in refusal(room, "stats", "--month", name, user="mina", code=2)


def test_a_month_without_figures_has_its_heads(claire: Clone) -> None:
    """A program that reads the table finds its columns in any month."""
    listed = done(claire.root, "stats", "--month", "1999-01", "--by", "engine", "--to", "csv", user="mina")
    assert listed.startswith("engine,")
    assert listed.count("\n") == 1


def test_the_three_forms_say_the_same(claire: Clone) -> None:
    claire.write(f"{SLUG}#2", "Two bridges reopened.", 60)
    text, listed, values = (
        done(claire.root, "stats", "--month", "2024-03", "--to", form, user="mina") for form in ("text", "csv", "json")
    )
    assert text.split() == [
        *"person sentences words own words reviewed corrected sent back hours".split(),
        *"claire 1 3 3 0 0 0 –".split(),
    ]
    (row,) = csv.DictReader(io.StringIO(listed))
    told = json.loads(values)["rows"][0]
    assert row == {
        ("person" if key == "name" else key): "" if value is None else str(value) for key, value in told.items()
    }
    empty = transflow(claire.root, "stats", "--month", "2023-01", user="mina")
    assert (empty.code, empty.out, empty.err) == (0, "", "Nothing in 2023-01.\n")
    assert stats.ENOUGH == 30
