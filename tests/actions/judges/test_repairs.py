"""Repairs of judges: refused where they touch what is accounted for, and a machine's otherwise."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import TEXTS, done, new_project, transflow
from transflow.actions.judges.repairs import MOST_CHANGED, why_not_repair
from transflow.judges.asking import settings
from transflow.language.quantities.english import english_figures
from transflow.project import CatalogRef, Project
from transflow.units.workflow import state

OLD = "On March 11, Kim Jong Un told “Rodong Sinmun” that three bridges in the old town failed at night."
FLOOD = CatalogRef("en", "reports", "flood")


def refused(quote: str, repair: str, old: str = OLD) -> str:
    start = old.index(quote)
    end = start + len(quote)
    why = why_not_repair(old, (start, end), repair)
    return why.code.rpartition(".")[2] if why else ""


@pytest.mark.parametrize(
    ("quote", "repair", "why"),
    [
        ("at night", "by night", ""),
        ("failed", "collapsed", ""),
        ("three bridges", "four bridges", "figure"),
        ("bridges", "30 bridges", "figure"),
        ("March 11", "March 12", "figure"),
        ("Kim Jong Un", "Kim Jong Il", "name"),
        ("the old town", "the old town of Sinuiju", "name"),
        ("Rodong", "the Rodong", "quotation"),
        ("failed", "“failed”", "quotation"),
        ("failed", "failed", "none"),
        ("failed", "", "none"),
        ("in the old town failed at night", "were swept away by water that came down from hills", "large"),
        ("t night", "T night", "part"),
        ("old town failed a", "new town failed a", "part"),
        ("failed", "실패했다", "script"),
        ("failed", "fаiled", "script"),  # a Cyrillic letter
        ("failed", "failed\nand broke", "line"),
        ("failed", "fai\u200bled", "line"),
        ("failed", "<b>failed</b>", "marks"),
    ],
)
def test_what_a_repair_may_touch(quote: str, repair: str, why: str) -> None:
    assert refused(quote, repair) == why


@pytest.mark.parametrize(
    ("old", "quote", "repair", "why"),
    [
        ("China sent them back.", "China", "Japan", "name"),
        ("Kim said so.", "Kim", "Park", "name"),
        ("It failed. Kim said so.", "Kim", "Park", "name"),
        ("China have sent them back.", "China have sent", "China has sent", ""),
        ("It is what it is.", "is", "was", "twice"),
    ],
)
def test_a_name_is_a_name_wherever_it_stands(old: str, quote: str, repair: str, why: str) -> None:
    assert refused(quote, repair, old) == why


WORDS = st.sampled_from("the old town Kim Seoul three 11 March failed at night “so” he said by U.N. twice".split())


@given(st.lists(WORDS, min_size=3, max_size=14), st.data())
def test_whatever_is_accepted_keeps_figures_names_and_marks_and_most_words(
    words: list[str], data: st.DataObject
) -> None:
    old = " ".join(words)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    repair = " ".join(data.draw(st.lists(WORDS, max_size=4)))
    new = old[:start] + repair + old[end:]
    if why_not_repair(old, (start, end), repair):
        return
    assert [old[slice(*each.span)] for each in english_figures(old)] == [
        new[slice(*each.span)] for each in english_figures(new)
    ]
    for pattern in (r"\d", "[“”]"):
        assert re.findall(pattern, old) == re.findall(pattern, new)
    for name in ("Kim", "Seoul", "March", "U.N."):
        assert old.count(name) == new.count(name)
    changed = len(set(re.findall(r"\w+", old)) - set(re.findall(r"\w+", new)))
    assert changed <= MOST_CHANGED * max(1, len(re.findall(r"\w+", old)))


class TestInTheRecord:
    @pytest.fixture
    def room(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("CONFIG", "CACHE"):
            monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
        room = new_project(tmp_path / "room")
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        return room

    def proposes(self, *repairs: tuple[str, str], number: int = 4) -> None:
        found = {"id": str(number), "severity": "major", "kind": "grammar", "confidence": 0.9, "reason": "So."}
        answer = json.dumps({"findings": [{**found, "quote": quote, "repair": new} for quote, new in repairs]})
        path = settings.config_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        script = path.with_name("answer.json")
        script.write_text(answer, encoding="utf-8")
        path.write_text(f'default = "command"\n[command]\nprogram = "cat {script}"\n', encoding="utf-8")

    def test_it_is_the_machines_and_needs_another_look(self, room: Path) -> None:
        self.proposes(("began repairs", "started repairs"))
        out = done(room, "judge", "flood#4", "--repair", user="mina")
        assert "flood#4: repaired, needs another look" in out
        unit = Project(room).load(FLOOD).units[3]
        assert unit.target == "The city started repairs on the 6th."
        assert state(unit) == "needs-work"
        assert {each.who: each.words for each in unit.by} == {"claire": 6, "mt:judge/command": 1}

    def test_several_of_one_sentence_are_tried_in_turn(self, room: Path) -> None:
        self.proposes(("began", "started"), ("city", "town"), ("city began", "town has begun"))
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert Project(room).load(FLOOD).units[3].target == "The town started repairs on the 6th."
        assert "flood#4: not repaired: another repair changed these words." in ran.out

    def test_together_they_change_no_more_than_one_may(self, room: Path) -> None:
        self.proposes(("began", "started"), ("city", "town"), ("repairs", "works"))
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert "would change more than 30% of the words" in ran.out

    def test_it_proves_nothing_until_a_person_confirms_it(self, room: Path) -> None:
        self.proposes(("began repairs", "started repairs"))
        transflow(room, "judge", "flood#4", "--repair", user="mina")

        def row() -> dict[str, object]:
            (found,) = json.loads(done(room, "stats", "--checks", "--format", "json", user="mina"))["rows"]
            return {name: found[name] for name in ("corrected", "open")}

        assert row() == {"corrected": 0, "open": 1}
        (shown,) = json.loads(done(room, "unit", "show", "flood#4", "--format", "json"))
        done(room, "unit", "confirm", "flood#4", "--seen", shown["mark"], user="claire")
        assert row() == {"corrected": 1, "open": 0}

    def test_what_an_editor_approved_is_left_alone(self, room: Path) -> None:
        done(room, "unit", "approve", "flood", user="mina")
        self.proposes(("began repairs", "started repairs"))
        before = (room / FLOOD.path).read_bytes()
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert "flood#4: not repaired: an editor approved it: send it back first." in ran.out
        assert (room / FLOOD.path).read_bytes() == before

    def test_a_story_that_an_editor_has_is_left_alone(self, room: Path) -> None:
        done(room, "compose", "bridges", "--from", "flood", user="eugene")
        done(room, "unit", "confirm", "bridges", user="eugene")
        done(room, "ready", "bridges", user="eugene")
        self.proposes(("began repairs", "started repairs"))
        before = (room / FLOOD.path).read_bytes()
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert "flood#4: not repaired: en:bridges, which is with an editor or out already" in ran.out
        assert (room / FLOOD.path).read_bytes() == before

    def test_what_is_refused_changes_nothing_and_is_named(self, room: Path) -> None:
        self.proposes(("the 6th", "the 9th"))
        before = (room / FLOOD.path).read_bytes()
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert (ran.code, ran.out.splitlines()[-1]) == (1, "flood#4: not repaired: it would touch a figure or a date.")
        assert (room / FLOOD.path).read_bytes() == before

    def test_a_dry_run_says_what_would_be_repaired(self, room: Path) -> None:
        self.proposes(("began repairs", "started repairs"))
        ran = transflow(room, "judge", "flood#4", "--repair", "--dry-run", user="mina")
        assert "No repair is known before a judge is asked." in ran.err
        done(room, "judge", "flood#4", user="mina")
        before = (room / FLOOD.path).read_bytes()
        said = done(room, "judge", "flood#4", "--repair", "--dry-run", user="mina")
        assert "flood#4: would be repaired: The city started repairs on the 6th." in said
        values = json.loads(done(room, "judge", "flood#4", "--repair", "--dry-run", "--format", "json", user="mina"))
        assert values["repairs"] == [{"ref": "en:flood#4", "repaired": True, "why_not": ""}]
        assert (room / FLOOD.path).read_bytes() == before

    def test_a_desk_that_uses_no_machine_gets_none(self, room: Path) -> None:
        self.proposes(("began repairs", "started repairs"))
        config = room / "transflow.toml"
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace('use = "draft"', 'use = "never"'), encoding="utf-8")
        before = (room / FLOOD.path).read_bytes()
        assert "not repaired" in transflow(room, "judge", "flood#4", "--repair", user="mina").out
        assert (room / FLOOD.path).read_bytes() == before

    def test_in_ci_no_text_of_a_confidential_report_is_printed(
        self, room: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.proposes(("began repairs", "started repairs"))
        path = room / "sources/flood.md"
        path.write_text(path.read_text(encoding="utf-8").replace("dateline:", "confidential: true\ndateline:"), "utf-8")
        monkeypatch.setenv("CI", "true")
        ran = transflow(room, "judge", "flood#4", "--repair", user="mina")
        assert "repaired, needs another look" in ran.out
        assert not any(word in ran.out + ran.err for word in ("city", "began", "started"))
