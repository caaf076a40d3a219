"""The audit of a story: drafts, words left, examinations, approvals, warnings and waivers."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import TEXTS, done, refusal, transflow
from support.engine_servers import Got, Server
from support.machines import draft, set_rule
from support.stories import actor
from transflow.actions.privacy import protect
from transflow.actions.stories import article, audit, clearance
from transflow.actions.stories.audit import AuditedUnit
from transflow.actions.units import steps
from transflow.engines.setup import settings
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest

NOW, LATER = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
FLOOD, RIVER = CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "river")


def mark(folder: Path, number: int, place: CatalogRef = FLOOD) -> tuple[str]:
    return (state_digest(Project(folder).load(place).units[number - 1]),)


def composed(room: Path) -> Path:
    """Make a story of a report: 1 and 4 are bare drafts, 2 was edited, and 3 and 5 are claire's."""
    set_rule(room, one_by_one=True)
    for number, who in ((1, "mt:deepl/quality"), (2, "mt:openai/gpt-5@0f3c1a2b"), (4, "mt:libretranslate/argos")):
        draft(room, number, TEXTS[number - 1], who=who)
    for number, text in enumerate(TEXTS, 1):
        text = text.replace("failed", "fell in") if number == 2 else text
        steps.confirm(actor(room, "claire"), f"flood#{number}", text, mark(room, number))
    steps.approve(actor(room, "mina", LATER), "flood#4", mark(room, 4))
    article.compose_article(actor(room, "eugene"), "river", ["flood"])
    steps.confirm(actor(room, "eugene"), "river")
    return room


@pytest.fixture
def river(room: Path) -> Path:
    return composed(room)


def found(folder: Path) -> dict[str, AuditedUnit]:
    return {each.ref: each for each in audit.audit(actor(folder, "mina"), "river").units}


def test_each_sentence_has_its_draft_the_words_left_and_who_examined_and_approved_it(river: Path) -> None:
    units = found(river)
    assert list(units) == ["river#1", "flood#1", "river#2", "flood#2", "flood#3", "river#3", "flood#4", "flood#5"]
    (first,), (second,), (fourth,) = (units[f"flood#{number}"].drafts for number in (1, 2, 4))
    assert first == ("deepl", "quality", "", NOW, 5)
    assert second == ("openai", "gpt-5", "0f3c1a2b", NOW, 8)
    assert fourth == ("libretranslate", "argos", "", NOW, 7)
    assert [units[f"flood#{number}"].machine_words for number in (1, 2, 3, 4, 5)] == [5, 8, 0, 7, 0]
    assert units["flood#1"].examined == (("claire", NOW),)
    assert units["flood#4"].examined == (("claire", NOW), ("mina", LATER))
    assert units["flood#4"].approved == ("mina", LATER)
    assert (units["flood#3"].drafts, units["flood#3"].examined) == ((), ())


def test_a_paragraph_takes_the_examination_of_its_sentences_until_its_words_change(river: Path) -> None:
    assert not any(each.unexamined for each in found(river).values())
    path = river / "locales/en/reports/flood.po"
    kept = [line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("# @seen ")]
    path.write_text("\n".join(kept), encoding="utf-8")
    assert [ref for ref, each in found(river).items() if each.unexamined] == [
        "river#1",
        "flood#1",
        "river#2",
        "flood#2",
        "river#3",
        "flood#4",
    ]


def test_the_sum_and_the_label_are_those_of_the_story(river: Path) -> None:
    whole = audit.audit(actor(river, "mina"), "river")
    assert (whole.share.words, whole.share.machine_words) == (29, 20)
    assert (whole.share.paragraphs, whole.share.began, whole.share.unchanged, whole.origin) == (3, 3, 1, "mixed")
    assert (whole.label, whole.cleared) == ("Translated with machine assistance, reviewed by an editor.", None)
    clearance.ready(actor(river, "eugene"), "river")
    clearance.clear(actor(river, "mina", LATER), "river")
    whole = audit.audit(actor(river, "mina"), "river")
    assert whole.cleared is not None
    assert (whole.cleared.who, "Mina Park" in whole.label) == ("mina", True)


def test_warnings_that_stand_and_waivers_with_their_reasons_are_listed(river: Path) -> None:
    wrong = "Four bridges fell in on the night of the 5th."
    steps.confirm(actor(river, "claire", LATER), "flood#2", wrong, mark(river, 2))
    assert found(river)["flood#2"].warnings == ("numbers.different",)
    done(river, "unit", "waive", "flood#2", "numbers.different", "=The mayor said four.", user="mina")
    unit = found(river)["flood#2"]
    assert unit.warnings == ()
    assert [(each.check, each.who, each.reason) for each in unit.waivers] == [
        ("numbers.different", "mina", "=The mayor said four.")
    ]


def test_every_format_says_the_same_and_cells_are_text(river: Path, tmp_path: Path) -> None:
    story = json.loads(done(river, "audit", "river", "--format", "json"))
    rows = list(csv.DictReader(done(river, "audit", "river", "--to", "csv").splitlines()))
    text = done(river, "audit", "river")
    assert [row["unit"] for row in rows] == [each["ref"] for each in story["units"]]
    assert [row["machine_words"] for row in rows] == [str(each["machine_words"]) for each in story["units"]]
    assert "en:river: 3 of 3 paragraphs began as machine drafts, 1 is unchanged." in text
    assert "20 of 29 words are a machine's." in text
    assert "  flood#2: 10 words, openai/gpt-5@0f3c1a2b, 2024-03-26 12:00, 8 left; examined by claire" in text
    assert "river#2: 13 words" in text
    assert "examined in its sentences" in text


def test_a_cell_that_a_spreadsheet_would_run_is_text(river: Path) -> None:
    (river / "locales/en/articles/river.po").rename(river / "locales/en/articles/=cmd.po")
    ran = transflow(river, "audit", "=cmd", "--format", "csv")
    assert all("=cmd" not in cell[:4] for row in csv.reader(ran.out.splitlines()) for cell in row)


def test_nobody_who_is_protected_is_named(river: Path) -> None:
    protect.protect(actor(river, "juno", LATER), "claire", 7)
    for form in ("text", "json", "csv"):
        said = done(river, "audit", "river", "--format", form)
        assert "claire" not in said.lower()
        assert "examined" in said


@pytest.mark.parametrize("front", ["confidential: true", "embargo: 2099-03-26"])
def test_ci_prints_nothing_of_a_story_that_is_withheld(
    river: Path, monkeypatch: pytest.MonkeyPatch, front: str
) -> None:
    path = river / "sources/flood.md"
    path.write_text(path.read_text(encoding="utf-8").replace("---\n", f"---\n{front}\n", 1), encoding="utf-8")
    done(river, "update", user="claire")
    assert done(river, "audit", "river")
    monkeypatch.setenv("CI", "true")
    assert "is confidential or under embargo" in refusal(river, "audit", "river")
    assert done(river, "--withheld", "audit", "river")


def test_a_sentence_that_is_off_the_record_is_not_in_it(river: Path) -> None:
    done(river, "unit", "record", "flood#5", "off", user="mina")
    assert "flood#5" not in found(river)


class TestAnEngineOnThisMachine:
    """From the request to the evidence, with a server that answers as LibreTranslate does."""

    @pytest.fixture
    def server(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
        def answer(got: Got) -> tuple[int, dict[str, str], object]:
            return 200, {}, {"translatedText": [f"Sentence {len(each)} of it." for each in got.body["q"]]}

        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        with Server(answer) as server:
            settings.config_path().parent.mkdir(parents=True, exist_ok=True)
            settings.config_path().write_text(f'[libretranslate]\nurl = "{server.url}"\n', "utf-8")
            yield server

    def test_its_drafts_are_in_the_story_and_in_the_evidence(self, room: Path, server: Server) -> None:
        set_rule(room, one_by_one=True)
        done(room, "suggest", "flood", "--engine", "libretranslate", user="claire")
        assert server.got
        assert "judged by themselves here" in transflow(room, "unit", "confirm", "flood", user="claire").err
        for number in range(1, 6):
            done(room, "unit", "confirm", f"flood#{number}", "--seen", mark(room, number)[0], user="claire")
        done(room, "compose", "river", "--from", "flood", user="eugene")
        done(room, "unit", "confirm", "river", user="eugene")
        said = done(room, "credits", "river", "--explain")
        assert "3 of 3 paragraphs began as machine drafts, 3 are unchanged." in said
        assert "Every word is a machine's.\n" in said
        assert "Label: Translated with machine assistance, reviewed by an editor." in said
        set_rule(room, one_by_one=True, label="")
        assert "Label it or have it rewritten." in done(room, "credits", "river", "--explain")
        units = json.loads(done(room, "audit", "river", "--format", "json"))["units"]
        assert {each["drafts"][0]["engine"] for each in units} == {"libretranslate"}
        done(room, "ready", "river", user="eugene")
        found = transflow(room, "check", "--all", "--hints").out
        assert "3 of 3 paragraphs began as machine drafts, 3 are unchanged. [record.drafted]" in found
