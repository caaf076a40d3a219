"""Asking judges about a report, what becomes of their findings, and the order of a review."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.commands import REPORT, TEXTS, command, done, new_project, refusal, transflow
from support.engine_servers import Got, Server
from transflow.actions.checks.track_record import track_record
from transflow.actions.judges.calibration import Tally
from transflow.actions.judges.found import Findings
from transflow.actions.judges.known import KnownJudgements
from transflow.engines.setup import settings as engine_settings
from transflow.judges.asking import settings
from transflow.project import CatalogRef, Project

FLOOD = CatalogRef("en", "reports", "flood")


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = new_project(tmp_path / "room")
    for number, text in enumerate(TEXTS, 1):
        done(folder, "unit", "set", f"flood#{number}", text, user="claire")
    return folder


def own(text: str) -> None:
    settings.config_path().parent.mkdir(parents=True, exist_ok=True)
    settings.config_path().write_text(text, encoding="utf-8")


def record(room: Path) -> dict[str, bytes]:
    files = (path for path in room.rglob("*") if path.is_file() and ".transflow" not in path.parts)
    return {str(path): path.read_bytes() for path in files}


def finding(number: int, quote: str, kind: str = "accuracy", **values: object) -> dict[str, object]:
    usual = {"severity": "major", "confidence": 0.5, "reason": "It says something else.", "repair": ""}
    return {"id": str(number), "quote": quote, "kind": kind, **usual, **values}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run a server with a model that has something against two sentences."""

    def answer(_: Got) -> tuple[int, dict[str, str], object]:
        found = [finding(2, "failed"), finding(3, "Nobody", "style", severity="critical", confidence=1.0)]
        content = json.dumps({"findings": found})
        usage = {"prompt_tokens": 100, "completion_tokens": 50}
        return 200, {}, {"choices": [{"finish_reason": "stop", "message": {"content": content}}], "usage": usage}

    with Server(answer) as running:
        monkeypatch.setenv("TRANSFLOW_OPENAI_URL", running.url)
        engine_settings.config_path().parent.mkdir(parents=True, exist_ok=True)
        engine_settings.config_path().write_text('[openai]\nmodel = "judge-1"\n', encoding="utf-8")
        yield running


class TestAsking:
    def test_costs_nothing_and_changes_nothing_before_it_is_said(self, room: Path, server: Server) -> None:
        before = record(room)
        said = done(room, "judge", "flood", "--judge", "openai", "--dry-run", user="mina")
        assert "openai/judge-1: 5 sentences, 0 of them judged before." in said
        assert "1 request with 212 characters to 127.0.0.1" in said
        assert (record(room), server.got) == (before, [])

    def test_lists_what_is_found_the_riskiest_first_and_asks_once(self, room: Path, server: Server) -> None:
        before = record(room)
        out = transflow(room, "judge", "flood", "--judge", "openai", user="mina").out
        assert [line.split(":")[0] for line in out.splitlines()] == ["flood#3", "flood#2"]
        assert "critical judge.style “Nobody”: openai/judge-1 (100% sure): It says something else." in out
        assert transflow(room, "judge", "flood", "--judge", "openai", user="mina").out == out
        assert len(server.got) == 1
        assert record(room) == before

    def test_without_a_cache_what_is_found_is_listed_all_the_same(
        self, room: Path, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TRANSFLOW_NO_CACHE", "1")
        out = transflow(room, "judge", "flood", "--judge", "openai", user="mina").out
        assert len(out.splitlines()) == 2

    def test_a_changed_text_is_asked_about_anew_and_only_that(self, room: Path, server: Server) -> None:
        transflow(room, "judge", "flood", "--judge", "openai", user="mina")
        done(room, "unit", "set", "flood#4", "Repairs began on the 6th.", user="claire")
        transflow(room, "judge", "flood", "--judge", "openai", user="mina")
        (units,) = [json.loads(got.body["messages"][1]["content"])["units"] for got in server.got[1:]]
        assert [each["target"] for each in units] == ["Repairs began on the 6th."]

    def test_a_confidential_report_goes_to_no_other_machine_and_is_kept_nowhere(
        self, room: Path, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = room / "sources/flood.md"
        path.write_text(REPORT.replace("dateline:", "confidential: true\ndateline:"), encoding="utf-8")
        monkeypatch.setattr("transflow.network.hosts.Hosts.is_local", lambda *_: False)
        engine_settings.config_path().write_text('[openai]\nmodel = "judge-1"\nprice_in = 1\nprice_out = 1\n')
        ran = transflow(room, "judge", "flood", "--judge", "openai", user="mina")
        assert (ran.code, ran.out) == (1, "")
        assert "en:flood is confidential and is not sent." in ran.err
        assert "No sentence was judged." in ran.err
        assert transflow(room, "judge", "flood", "--judge", "openai", "--dry-run", user="mina").code == 1
        values = json.loads(transflow(room, "judge", "flood", "--judge", "openai", "--format", "json", user="mina").out)
        assert values["withheld"] == ["en:flood is confidential"]
        assert server.got == []
        own('default = "fake"\n[fake]\nrate = 1\n')
        assert "judge." in transflow(room, "judge", "flood", user="mina").out
        with closing(KnownJudgements(Project(room))) as known:
            assert known.places() == []

    def test_two_languages_in_one_run_are_refused(self, tmp_path: Path) -> None:
        own('default = "fake"\n')
        folder = new_project(tmp_path / "two", ("en", "vi"))
        said = refusal(folder, "judge", "en:flood", "vi:flood", user="mina", code=2)
        assert "en:flood and vi:flood are in two languages" in said

    def test_without_names_it_asks_about_the_chosen_language(self, tmp_path: Path) -> None:
        own('default = "fake"\n[fake]\nrate = "1"\n')
        folder = new_project(tmp_path / "two", ("en", "vi"))
        for locale, text in (("en", "Three bridges out"), ("vi", "Ba cây cầu bị cuốn trôi")):
            done(folder, "unit", "set", f"{locale}:flood#1", text, user="claire")
        assert "several languages" in refusal(folder, "judge", user="mina", code=2)
        said = done(folder, "judge", "--locale", "vi", "--dry-run", user="mina")
        assert said.startswith("fake: 1 sentence,"), said
        listed = done(folder, "judge", "--locale", "vi", user="mina")
        assert "vi:flood#1: " in listed
        assert "en:" not in listed

    def test_a_project_alone_sends_nothing(self, room: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("transflow.network.hosts.Hosts.is_local", lambda *_: False)
        engine_settings.config_path().write_text('[openai]\nmodel = "judge-1"\nprice_in = 1\nprice_out = 1\n')
        assert "you have not allowed it" in refusal(room, "judge", "flood", user="mina")
        assert server.got == []

    def test_an_answer_in_another_form_is_named_and_nothing_is_kept(self, room: Path, tmp_path: Path) -> None:
        own('default = "command"\n[command]\nprogram = "echo fine"\n')
        assert "answers in another form" in refusal(room, "judge", "flood", user="mina", code=3)
        with closing(KnownJudgements(Project(room))) as known:
            assert known.places() == []

    def test_ctrl_c_keeps_what_was_answered(self, room: Path, tmp_path: Path) -> None:
        (tmp_path / "later.md").write_text(REPORT.replace("홍수로", "태풍으로"), encoding="utf-8")
        done(room, "add", str(tmp_path / "later.md"), "--slug", "later")
        done(room, "unit", "set", "later#1", "Three bridges out in a typhoon", user="claire")
        script = tmp_path / "judge.sh"
        script.write_text(f"#!/bin/sh\nif [ -e {tmp_path}/second ]; then sleep 60; fi\ntouch {tmp_path}/second\n"
                          "echo '{\"findings\": []}'\n")  # fmt: skip
        script.chmod(0o755)
        own(f'default = "command"\n[command]\nprogram = "{script}"\n')
        process = subprocess.Popen(command("--as", "mina", "judge", "flood", "later"), cwd=room, env=os.environ,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        deadline = time.monotonic() + 60
        while not (tmp_path / "second").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode not in (0, 1)
        with closing(KnownJudgements(Project(room))) as known:
            assert known.places() == [FLOOD.path]

    def test_a_sentence_off_the_record_is_not_asked_about(self, room: Path, server: Server) -> None:
        done(room, "unit", "record", "flood#3", "off", user="mina")
        transflow(room, "judge", "flood", "--judge", "openai", user="mina")
        assert all("다친 사람은 없다." not in json.dumps(got.body, ensure_ascii=False) for got in server.got)


KOREAN = "다친 사람은 없다."


class TestTextsThatMustNotBeKept:
    """No byte of them is left in the cache after the next command, whatever that is."""

    @pytest.fixture
    def judged(self, room: Path) -> Path:
        own('default = "fake"\n[fake]\nrate = 1\n')
        done(room, "judge", "flood", user="mina")
        assert self.holds(KOREAN)
        return room

    def holds(self, text: str) -> bool:
        files = list((Path(os.environ["XDG_CACHE_HOME"]) / "transflow").rglob("*judgements*"))
        assert files
        forms = (text.encode(), json.dumps(text)[1:-1].encode())
        return any(form in path.read_bytes() for path in files for form in forms)

    def confidential(self, room: Path, text: str = REPORT) -> None:
        text = text.replace("dateline:", "confidential: true\ndateline:")
        (room / "sources/flood.md").write_text(text, encoding="utf-8")

    @pytest.mark.parametrize("command", ["status", "check", "update", "unit show flood#1", "queue"])
    def test_of_a_report_that_becomes_confidential(self, judged: Path, command: str) -> None:
        self.confidential(judged)
        transflow(judged, *command.split(), user="mina")
        assert not self.holds(KOREAN)

    def test_of_a_sentence_that_the_same_version_takes_out(self, judged: Path) -> None:
        self.confidential(judged, REPORT.replace(KOREAN, ""))
        done(judged, "update", user="claire")
        assert not self.holds(KOREAN)

    def test_of_a_sentence_that_is_off_the_record(self, judged: Path) -> None:
        done(judged, "unit", "record", "flood#3", "off", user="mina")
        assert not self.holds(KOREAN)
        assert self.holds("시는 6일 복구를 시작했다.")

    def test_of_a_report_that_is_gone(self, judged: Path) -> None:
        (judged / "sources/flood.md").unlink()
        (judged / FLOOD.path).unlink()
        transflow(judged, "status", user="mina")
        assert not self.holds(KOREAN)

    def test_of_a_report_that_becomes_confidential_while_its_judge_reads(self, room: Path, tmp_path: Path) -> None:
        text = REPORT.replace("dateline:", "confidential: true\ndateline:")
        (tmp_path / "secret.md").write_text(text, encoding="utf-8")
        script = tmp_path / "judge.sh"
        script.write_text(f"#!/bin/sh\ncp {tmp_path}/secret.md {room}/sources/flood.md\necho '{{\"findings\": []}}'\n")
        script.chmod(0o755)
        own(f'default = "command"\n[command]\nprogram = "{script}"\n')
        done(room, "judge", "flood", user="mina")
        with closing(KnownJudgements(Project(room))) as known:
            assert known.places() == []

    def test_other_reports_keep_theirs(self, judged: Path) -> None:
        path = judged / "sources/flood.md"
        path.write_text(REPORT.replace("두 달", "세 달"), encoding="utf-8")
        done(judged, "status")
        assert self.holds(KOREAN)


class TestWhatIsSaid:
    def test_where_nobody_looked_it_is_not_said_that_nothing_was_found(self, room: Path) -> None:
        ran = transflow(room, "judge", "flood", "--known", user="mina")
        assert ran.err.splitlines() == [
            "5 sentences were never judged with their present texts.",
            "No sentence was judged.",
        ]
        done(room, "unit", "record", "flood#3", "off", user="mina")
        own('default = "fake"\n[fake]\nrate = 0\n')
        said = transflow(room, "judge", "flood#3", user="mina").err
        assert "1 sentence is not judged: it has no translation, is left out, or must not be printed." in said
        assert said.endswith("No sentence was judged.\n")
        assert "Nothing was found in 4 sentences." in transflow(room, "judge", "flood", user="mina").err

    def test_a_cache_that_cannot_be_used_is_named(self, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        own('default = "fake"\n[fake]\nrate = 1\n')
        folder = room.parent / "file"
        folder.write_text("no folder")
        with monkeypatch.context() as patched:
            patched.setenv("XDG_CACHE_HOME", str(folder))
            said = transflow(room, "judge", "flood", user="mina").err
        assert f"What was found is not kept, because the cache cannot be used ({folder}" in said
        monkeypatch.setenv("TRANSFLOW_NO_CACHE", "1")
        assert "(it is off): the next run asks again." in transflow(room, "judge", "flood", user="mina").err
        monkeypatch.delenv("TRANSFLOW_NO_CACHE")
        assert "not kept" not in transflow(room, "judge", "flood", user="mina").err

    def test_a_refusal_names_options_that_the_command_has(
        self, room: Path, server: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("transflow.network.hosts.Hosts.is_local", lambda *_: False)
        prices = '[openai]\nmodel = "judge-1"\nprice_in = 1\nprice_out = 1\n'
        for text in ("local_only = true\n", ""):
            engine_settings.config_path().write_text(text + prices, encoding="utf-8")
            assert "--engine" not in (said := refusal(room, "judge", "flood", user="mina"))
            assert "--judge " in said

    def test_references_are_the_same_in_every_part_of_the_document(self, room: Path) -> None:
        own('default = "fake"\n[fake]\nrate = 1\n')
        values = json.loads(done(room, "judge", "flood#3", "--format", "json", user="mina"))
        assert {each["ref"] for each in values["findings"]} == {"en:flood#3"}

    @pytest.mark.parametrize(("options", "code"), [("[command]\nprogram = '/nowhere/judge'\n", 2),
                                                   ("[command]\nprogram = 'false'\n", 3), ("[command]\n", 2)])  # fmt: skip
    def test_a_judge_that_is_not_there_is_a_wrong_setting(self, room: Path, options: str, code: int) -> None:
        own('default = "command"\n' + options)
        refusal(room, "judge", "flood", user="mina", code=code)


class TestCalibration:
    def judged(self, room: Path, rate: str = "1", kind: str = "accuracy") -> dict[str, str]:
        """Let the fake judge find something; return id -> word that it is about."""
        own(f'default = "fake"\n[fake]\nrate = "{rate}"\nkind = "{kind}"\n')
        done(room, "judge", "flood", user="mina")
        project = Project(room)
        with closing(KnownJudgements(project)) as known:
            found = {unit.id: (unit, known.of(FLOOD, unit.id)) for unit in project.load(FLOOD).units}
        return {
            unit_id: unit.target[slice(*judged.findings[0].span)]
            for unit_id, (unit, judgements) in found.items()
            for judged in judgements[-1:]
            if judged.findings
        }

    def tallies(self, room: Path) -> dict[tuple[str, str], Tally]:
        with closing(Findings(Project(room))) as findings:
            return dict(findings.calibration)

    def test_counts_each_finding_by_what_people_did(self, room: Path) -> None:
        words = list(self.judged(room).values())
        changed = TEXTS[0].replace(words[0], "HIGH")
        done(room, "unit", "set", "flood#1", changed, user="claire")  # right: the word was changed
        done(room, "unit", "waive", "flood#2", "judge.accuracy", "It is right.", user="mina")
        done(room, "unit", "approve", "flood#2-3", user="mina")  # the third without a word about it
        other = next(each for each in TEXTS[3].split() if each != words[3])
        done(room, "unit", "set", "flood#4", TEXTS[3].replace(other, "OTHER", 1), user="claire")
        assert self.tallies(room) == {("fake", "accuracy"): Tally(corrected=1, waived=1, ignored=1, open=2)}

    def test_what_was_approved_before_it_was_judged_says_nothing(self, room: Path) -> None:
        done(room, "unit", "approve", "flood", user="mina")
        time.sleep(1.1)  # times are whole seconds
        self.judged(room)
        assert self.tallies(room) == {("fake", "accuracy"): Tally(open=5)}

    def test_is_exact_for_a_judge_with_a_known_rate(self, room: Path) -> None:
        expected: Counter[str] = Counter()
        for kind in ("style", "terms"):
            words = self.judged(room, rate="0.6" if kind == "style" else "1", kind=kind)
            assert words
            for number, unit in enumerate(Project(room).load(FLOOD).units, 1):
                if unit.id in words and number % 2:
                    done(
                        room,
                        "unit",
                        "set",
                        f"flood#{number}",
                        unit.target.replace(words[unit.id], kind.upper(), 1),
                        user="claire",
                    )
                    expected[f"{kind} corrected"] += 1
                elif unit.id in words:
                    done(room, "unit", "waive", f"flood#{number}", f"judge.{kind}", "It is right.", user="mina")
                    expected[f"{kind} waived"] += 1
        found = self.tallies(room)
        assert {f"{kind} {outcome}": number for (_, kind), tally in found.items()
                for outcome, number in tally._asdict().items() if number} == expected  # fmt: skip

    def test_below_the_desks_share_a_kind_is_silent_and_says_so(self, room: Path) -> None:
        self.judged(room)
        done(room, "unit", "approve", "flood", user="mina")
        config = room / "transflow.toml"
        text = config.read_text(encoding="utf-8").replace("precision = 0.3\n", "precision = 0.5\n")
        config.write_text(text.replace("cases = 20\n", "cases = 5\n"), encoding="utf-8")
        ran = transflow(room, "judge", "flood", user="mina")
        assert ran.out == ""
        assert "judge.accuracy of fake is right too seldom here and is silent" in ran.err
        assert "judge.accuracy of fake" in transflow(room, "stats", "--checks", user="mina").err
        config.write_text(config.read_text(encoding="utf-8").replace("cases = 5", "cases = 6"))
        assert len(transflow(room, "judge", "flood", user="mina").out.splitlines()) == 5

    def test_a_catalog_that_cannot_be_read_keeps_the_others_from_nothing(self, room: Path) -> None:
        self.judged(room)
        path = room / FLOOD.path
        path.write_bytes(path.read_bytes()[:-40])
        assert self.tallies(room) == {}

    def test_a_text_whose_korean_changed_says_nothing(self, room: Path) -> None:
        self.judged(room)
        path = room / "sources/flood.md"
        path.write_text(REPORT.replace("두 달", "세 달"), encoding="utf-8")
        done(room, "update", user="claire")
        assert self.tallies(room)[("fake", "accuracy")].found == 4


class TestTheTrackRecordOfChecks:
    def test_counts_what_became_of_each_warning(self, room: Path) -> None:
        subprocess.run(["git", "init", "-q", "--template="], cwd=room, check=True)
        commit = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "x"]
        wrong = {2: "Thirty bridges failed on the night of the 5th.", 4: "The city began repairs on the 9th."}
        for number, text in wrong.items():
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        subprocess.run(["git", "add", "-A"], cwd=room, check=True)
        subprocess.run(commit, cwd=room, check=True)
        done(room, "unit", "set", "flood#2", TEXTS[1], user="claire")
        (check,) = {row.check for row in track_record(Project(room)) if row.tally.open}
        done(room, "unit", "waive", "flood#4", check, "Meant so.", user="mina")
        found = {row.check: row.tally for row in track_record(Project(room))}
        assert found[check].waived == 1
        assert {name.partition(".")[0]: tally.corrected for name, tally in found.items() if tally.corrected} == {
            "numbers": 1
        }
        values = json.loads(done(room, "stats", "--checks", "--format", "json", user="mina"))
        assert {row["check"]: row["waived"] for row in values["rows"]}[check] == 1

    @pytest.mark.parametrize("option", [("--month", "2024-03"), ("--by", "story")])
    def test_is_of_all_time_and_by_check(self, room: Path, option: tuple[str, str]) -> None:
        assert f"leave out {option[0]}" in refusal(room, "stats", "--checks", *option, user="mina", code=2)


class TestNothingOfItIsDecided:
    def test_findings_are_hints_that_keep_nobody_from_approving(self, room: Path) -> None:
        own('default = "fake"\n[fake]\nrate = 1\n')
        done(room, "judge", "flood", user="mina")
        done(room, "unit", "approve", "flood", user="mina")
        assert "judge." not in transflow(room, "check", "--all", "--hints").out

    def test_only_what_was_found_is_waived(self, room: Path) -> None:
        assert "says nothing of this text" in refusal(
            room, "unit", "waive", "flood#2", "judge.style", "Fine.", user="mina"
        )
