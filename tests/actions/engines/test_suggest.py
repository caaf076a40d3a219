"""`transflow suggest` over real connections: drafts, and texts that must not be sent."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from support.commands import REPORT, TEXTS, command, contents, done, new_project, refusal, transflow
from support.engine_servers import Got, Server, answering, raw_server, resets
from transflow.actions.engines.response_cache import is_private
from transflow.engines.running import judging
from transflow.engines.setup import settings
from transflow.engines.setup.spending import ledger_folder as ledgers
from transflow.model.unit import Allowance, Unit, Use
from transflow.network import retrying
from transflow.project import Project, cache
from transflow.units.marks import state_digest

KEY = "s3cret-key-of-the-newsroom"
FLOOD = [line for line in REPORT.splitlines() if "다리" in line]


def translating(got: Got) -> tuple[int, dict[str, str], Any]:
    """Answer like DeepL: each text in brackets, without Korean."""
    return 200, {}, {"translations": [{"text": f"<{len(text)} letters>"} for text in got.body["text"]]}


@pytest.fixture
def judged() -> None:
    """Judge the answers in a test. The others are about something else, and answer at random."""


@pytest.fixture(autouse=True)
def _any_answer_will_do(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "judged" not in request.fixturenames:
        monkeypatch.setattr(
            judging, "_refusal_reason", lambda _source, text, *_: "" if text else judging.MESSAGES("nothing")
        )


@pytest.fixture
def deepl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    with served(monkeypatch, tmp_path, translating) as server:
        yield server


def served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Callable[[Got], Any], engine: str = "deepl"
) -> Server:
    """Start a server, set it as the engine's address, and give the user folders of their own."""
    server = Server(answer)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv(f"TRANSFLOW_{engine.upper()}_URL", server.url)
    return server


def own(text: str) -> None:
    settings.config_path().parent.mkdir(parents=True, exist_ok=True)
    settings.config_path().write_text(text, encoding="utf-8")


def flood(room: Path, slug: str = "flood") -> tuple[Unit, ...]:
    project = Project(room)
    return tuple(project.load(project.find_catalog(f"en:{slug}")).units)


def add(room: Path, slug: str, body: str, front: str = "") -> None:
    text = f"---\ntitle: 소식\nbyline: 이정은\ndate: 2024-03-26\n{front}---\n\n{body}\n"
    (room / "sources" / f"{slug}.md").write_text(text, encoding="utf-8")
    done(room, "update", slug, user="claire")


SPOILED = {
    "half a character": "<b>\ud83d letters",
    "only half a character": "\udfff",
    "nothing": "",
    "NUL": "a\0b",
    "a line of its own": "a\u2028b\u0085c",
    "no text": None,
    "a number": 3,
    "a list": ["x"],
    "very long": "long " * 100_000,
}


@pytest.mark.parametrize("engine", ["deepl", "openai"])
class TestOneSpoiledAnswer:
    """An invalid answer affects only its own text, and answers that cost money are kept."""

    def answer(self, spoiled: object) -> Callable[[Got], Any]:
        def answer(got: Got) -> Any:
            if "messages" in got.body:
                units = json.loads(got.body["messages"][1]["content"])["units"]
                told = [{"id": each["id"], "text": "A short text." if at else spoiled} for at, each in enumerate(units)]
                said = json.dumps({"translations": told})
                return 200, {}, {"choices": [{"finish_reason": "stop", "message": {"content": said}}]}
            return (
                200,
                {},
                {"translations": [{"text": "A short text." if at else spoiled} for at in range(len(got.body["text"]))]},
            )

        return answer

    @pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
    def test_costs_only_itself(
        self, engine: str, spoiled: object, room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        with served(monkeypatch, tmp_path, self.answer(spoiled), engine) as server:
            ran = transflow(room, "suggest", "flood", "--engine", engine)
            assert ran.code in (0, 3), ran
            assert {unit.target for unit in flood(room)[1:]} == {"A short text."}
            requests = len(server.got)
            assert requests == 1 or (engine == "openai" and requests == 2), "one turn to repair it"
            texts = [unit.target for unit in flood(room)]
            transflow(room, "suggest", "flood", "--engine", engine)
            assert len(server.got) == requests, "it was paid for"
            assert [unit.target for unit in flood(room)] == texts

    def test_that_cannot_be_judged_costs_only_itself(
        self, engine: str, room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def breaks(text: str) -> str:
            if "half" in text:
                raise RecursionError
            return text

        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setattr(judging, "clean", breaks)
        with served(monkeypatch, tmp_path, self.answer("half"), engine) as server:
            ran = transflow(room, "suggest", "flood", "--engine", engine)
            assert "en:flood#1: no draft: what it answers cannot be judged." in ran.err
            assert [unit.target for unit in flood(room)] == ["", *["A short text."] * 4]
            requests = len(server.got)
            monkeypatch.setattr(judging, "clean", lambda text: text)
            transflow(room, "suggest", "flood", "--engine", engine)
            assert len(server.got) == requests, "it was kept before it was judged"
            assert flood(room)[0].target == "half"

    @pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a":' * 200_000, b'{"translations": ' + b"9" * 10_000 + b"}"])
    def test_that_is_no_answer_is_told_and_changes_nothing(
        self, engine: str, body: bytes, room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setattr(retrying, "FIRST_PAUSE", 0.0)
        before = contents(room)
        with served(monkeypatch, tmp_path, lambda _: (200, {}, body), engine):
            ran = transflow(room, "suggest", "flood", "--engine", engine)
        assert ran.code == 3
        assert "is no JSON" in ran.err
        assert contents(room) == before


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("강변시 Bridges", "it leaves Korean in the text."),
        ("[Bridges](https://evil.example.org)", "it loses or adds a link, a placeholder or other marks."),
        ("Bridges " * 100, "it is far too long"),
        ("\u200b", "it answers with nothing."),
    ],
)
def test_an_engine_of_any_kind_is_judged(
    room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, why: str
) -> None:
    def answer(got: Got) -> tuple[int, dict[str, str], Any]:
        return 200, {}, {"translations": [{"text": text}] * len(got.body["text"])}

    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    with served(monkeypatch, tmp_path, answer):
        ran = transflow(room, "suggest", "flood", "--units", "3", "--engine", "deepl")
    assert f"en:flood#3: no draft: {why}" in ran.err
    assert not any(unit.target for unit in flood(room))


class TestADraft:
    def test_needs_another_look_and_is_the_machines(self, room: Path, deepl: Server) -> None:
        out = done(room, "suggest", "flood", "--engine", "deepl")
        assert out == "en:flood: 5 sentences drafted; they need another look.\n"
        assert len(deepl.got) == 1
        for unit in flood(room):
            assert unit.target == f"<{len(unit.source)} letters>"
            assert unit.fuzzy
            assert [(each.who, each.words) for each in unit.by] == [("mt:deepl/prefer_quality_optimized", 2)]
        status = json.loads(done(room, "status", "--format", "json"))[0]["units"]
        assert (status["needs-work"], status["translated"]) == (5, 0)

    def test_takes_no_texts_place(self, room: Path, deepl: Server) -> None:
        done(room, "unit", "set", "flood#3", TEXTS[2], user="claire")
        done(room, "unit", "set", "flood#4", "--needs-look", "The city", user="claire")
        done(room, "unit", "omit", "flood#5", "Not ours.", user="claire")
        done(room, "suggest", "flood", "--engine", "deepl")
        assert [unit.target for unit in flood(room)][2:] == [TEXTS[2], "The city", ""]
        assert [len(got.body["text"]) for got in deepl.got] == [2]

    def test_is_confirmed_by_a_person_who_keeps_the_machines_words_apart(self, room: Path, deepl: Server) -> None:
        done(room, "suggest", "flood", "--engine", "deepl")
        words = flood(room)[1].target
        mark = state_digest(flood(room)[1])
        done(room, "unit", "set", "flood#2", f"{words} indeed so", "--seen", mark, user="claire")
        unit = flood(room)[1]
        assert [(each.who.partition("/")[0], each.words) for each in unit.by] == [("mt:deepl", 2), ("claire", 2)]
        assert not unit.fuzzy

    def test_is_not_written_over_what_somebody_wrote_meanwhile(
        self, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)

        def slow(got: Got) -> Any:
            command_line = command("--as", "claire", "unit", "set", "flood#3", TEXTS[2])
            subprocess.run(command_line, cwd=room, check=True, capture_output=True)
            return translating(got)

        with served(monkeypatch, tmp_path, slow):
            out = done(room, "suggest", "flood", "--engine", "deepl")
        assert "4 sentences" in out
        assert [each.who for each in flood(room)[2].by] == ["claire"]

    @pytest.mark.parametrize(
        "hostile", ['"\n"msgstr "x', "\x1b[31mred\x1b[0m", "a\u202eb\u2066c", "line\r\nline", "# @by claire"]
    )
    def test_is_hostile_text_and_harms_nobody(
        self, hostile: str, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)

        def answer(got: Got) -> Any:
            return 200, {}, {"translations": [{"text": hostile} for _ in got.body["text"]]}

        with served(monkeypatch, tmp_path, answer):
            done(room, "suggest", "flood", "--engine", "deepl")
        raw = (room / "locales/en/reports/flood.po").read_text(encoding="utf-8")
        assert not set(raw) & set("\x1b\r\u202e\u2066")
        assert len(flood(room)) == 5
        assert all(each.who.startswith("mt:") for unit in flood(room) for each in unit.by)
        assert transflow(room, "check", "--all").code == 1


class TestRequests:
    def test_are_none_on_a_second_run(self, room: Path, deepl: Server) -> None:
        done(room, "suggest", "flood", "--engine", "deepl")
        before, ran = contents(room), transflow(room, "suggest", "flood", "--engine", "deepl")
        assert (ran.code, ran.out, len(deepl.got)) == (0, "", 1)
        assert "every sentence has a text" in ran.err
        assert contents(room) == before

    def test_are_none_for_what_was_answered_before_unless_asked_anew(self, room: Path, deepl: Server) -> None:
        empty = (room / "locales/en/reports/flood.po").read_bytes()
        done(room, "suggest", "flood", "--engine", "deepl")
        drafted = (room / "locales/en/reports/flood.po").read_bytes()
        (room / "locales/en/reports/flood.po").write_bytes(empty)
        done(room, "suggest", "flood", "--engine", "deepl")
        assert len(deepl.got) == 1
        assert [unit.target for unit in flood(room)] == [f"<{len(unit.source)} letters>" for unit in flood(room)]
        assert drafted.count(b"fuzzy") == 5
        (room / "locales/en/reports/flood.po").write_bytes(empty)
        done(room, "suggest", "flood", "--engine", "deepl", "--again")
        assert len(deepl.got) == 2

    def test_are_as_few_as_can_be_over_all_reports(self, room: Path, deepl: Server) -> None:
        own("[deepl]\nbatch = 4\n")
        add(room, "more", "\n\n".join(["다친 사람은 없다.", "비가 왔다.", "눈이 왔다.", "다친 사람은 없다."]))
        done(room, "suggest", "--engine", "deepl")
        assert [len(got.body["text"]) for got in sorted(deepl.got, key=lambda got: -len(got.body["text"]))] == [4, 4]
        assert all(unit.target for slug in ("flood", "more") for unit in flood(room, slug))

    def test_are_for_the_sentences_that_are_named(self, room: Path, deepl: Server) -> None:
        done(room, "suggest", "flood", "--units", "2-3,5", "--engine", "deepl")
        assert [bool(unit.target) for unit in flood(room)] == [False, True, True, False, True]
        assert "needs a REPORT" in refusal(room, "suggest", "--units", "2", "--engine", "deepl", code=2)

    def test_are_said_and_not_sent_by_a_dry_run(self, room: Path, deepl: Server) -> None:
        before = contents(room)
        out = done(room, "suggest", "flood", "--engine", "deepl", "--dry-run")
        assert out.startswith("deepl/prefer_quality_optimized: 5 sentences without a text. 1 request with ")
        assert "to 127.0.0.1: about 0.00 USD; 0.00 of 20.00 are spent this month." in out
        assert (contents(room), deepl.got) == (before, [])

    def test_may_be_reckoned_before_there_is_a_key(
        self, room: Path, deepl: Server, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("DEEPL_AUTH_KEY")
        assert "1 request with " in done(room, "suggest", "flood", "--engine", "deepl", "--dry-run")
        assert "DEEPL_AUTH_KEY" in refusal(room, "suggest", "flood", "--engine", "deepl", code=2)
        assert deepl.got == []


class TestFailures:
    def test_are_named_without_key_and_text_and_end_with_3(
        self, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        caplog.set_level("DEBUG")

        def answer(got: Got) -> Any:
            return 400, {}, {"message": f"{KEY} {got.body['text']}"}

        with served(monkeypatch, tmp_path, answer):
            ran = transflow(room, "suggest", "flood", "--engine", "deepl")
        assert (ran.code, ran.out) == (3, "")
        assert "en:flood#1-5: no draft: 127.0.0.1 does not take the request (status 400)." in ran.err
        assert "urllib3" in {record.name.partition(".")[0] for record in caplog.records}
        assert self.leaks(room, ran.out + ran.err + caplog.text) == []

    @staticmethod
    def leaks(room: Path, said: str) -> list[str]:
        """Return the secrets in the output, and in names and contents of caches and ledgers."""
        written = [
            path
            for folder in (room / ".transflow", cache.folder(room), ledgers())
            for path in folder.rglob("*")
            if path.is_file()
        ]
        whole = said + " ".join(str(path) for path in written)
        whole += "".join(path.read_bytes().decode("utf-8", "replace") for path in written)
        return [secret for secret in (KEY, *(unit.source for unit in flood(room))) if secret in whole]

    def test_leave_no_key_and_no_source_in_what_is_kept(self, room: Path, deepl: Server) -> None:
        done(room, "suggest", "flood", "--engine", "deepl")
        assert (cache.folder(room) / "engines" / "answers.db").is_file()
        assert self.leaks(room, "") == []

    def test_of_one_catalog_hide_no_other(self, room: Path, deepl: Server) -> None:
        add(room, "more", "비가 왔다.")
        path = room / "locales/en/reports/flood.po"
        path.write_text("<<<<<<< HEAD\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        ran = transflow(room, "suggest", "--engine", "deepl")
        assert (ran.code, ran.out) == (3, "en:more: 2 sentences drafted; they need another look.\n")
        assert "locales/en/reports/flood.po" in ran.err

    def test_of_the_key_stop_the_run(self, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        with served(monkeypatch, tmp_path, answering(403)) as server:
            own("[deepl]\nbatch = 1\nconnections = 1\n")
            ran = transflow(room, "suggest", "flood", "--engine", "deepl")
            assert (ran.code, len(server.got)) == (2, 1)
        assert "refuses the key" in ran.err

    def test_keep_what_arrived(self, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        answers = iter([True, True])

        def answer(got: Got) -> Any:
            return translating(got) if next(answers, False) else (456, {}, {})

        with served(monkeypatch, tmp_path, answer):
            own("[deepl]\nbatch = 1\nconnections = 1\n")
            ran = transflow(room, "suggest", "flood", "--engine", "deepl")
        assert ran.code == 1
        assert "your allowance there is used up" in ran.err
        assert [bool(unit.target) for unit in flood(room)] == [True, True, False, False, False]

    def test_at_the_cap_nothing_more_is_sent(self, room: Path, deepl: Server) -> None:
        own("[deepl]\nprice = 100_000\nbatch = 1\nconnections = 1\n[spending]\ncap = 4\n")
        ran = transflow(room, "suggest", "flood", "--engine", "deepl")
        assert ran.code == 1
        assert "would exceed the cap" in ran.err
        sent = sum(len(text) for got in deepl.got for text in got.body["text"])
        assert 0 < sent <= 40
        assert sum(bool(unit.target) for unit in flood(room)) == len(deepl.got)
        assert (
            transflow(room, "suggest", "flood", "--engine", "deepl", "--dry-run").out.count(" of 4.00 are spent") == 1
        )

    def test_by_ctrl_c_keep_what_arrived(self, room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        begun, ended = threading.Event(), threading.Event()
        translations = dict(zip((unit.source for unit in flood(room)), TEXTS, strict=True))

        def answer(got: Got) -> Any:
            (text,) = got.body["text"]
            if "복구" in text:
                begun.set()
                ended.wait(20)
            return 200, {}, {"translations": [{"text": translations[text]}]}

        with served(monkeypatch, tmp_path, answer):
            own("[deepl]\nbatch = 1\nconnections = 1\n")
            process = subprocess.Popen(
                command("suggest", "flood", "--engine", "deepl"),
                cwd=room,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=dict(os.environ),
                text=True,
            )
            assert begun.wait(20)
            time.sleep(0.2)  # the answers that arrived before are being written
            process.send_signal(signal.SIGINT)
            threading.Timer(0.3, ended.set).start()
            out, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Interrupted" in err
        assert "Traceback" not in err
        assert "en:flood: 4 sentences drafted" in out  # the fourth request was under way, and costs money
        assert [bool(unit.target) for unit in flood(room)] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("confidential: true", "is confidential"),
        ("embargo: 2999-01-02", "is under embargo until 2999-01-01T15:00:00Z"),
    ],
)
class TestWhatMayNotLeave:
    @pytest.fixture
    def away(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[bytes]]:
        """Return a DeepL on another machine, which is in fact a socket on this one."""
        monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        with raw_server(resets) as (port, heard):
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
            monkeypatch.setenv("TRANSFLOW_DEEPL_URL", f"https://mt.example:{port}")
            yield heard

    def test_a_report_goes_to_no_other_machine(self, room: Path, away: list[bytes], front: str, why: str) -> None:
        add(room, "secret", "그는 아직 아무도 모르는 말을 했다.", f"{front}\n")
        said = refusal(room, "suggest", "secret", "--engine", "deepl")
        assert f"en:secret {why}" in said
        assert away == []

    def test_nor_does_one_whose_file_is_gone(self, room: Path, away: list[bytes], front: str, why: str) -> None:
        (room / "sources/flood.md").unlink()
        refusal(room, "suggest", "flood", "--engine", "deepl")
        assert away == []

    def test_nor_any_where_the_project_says_so(self, room: Path, away: list[bytes], front: str, why: str) -> None:
        path = room / "transflow.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("local_only = false", "local_only = true"), encoding="utf-8"
        )
        refusal(room, "suggest", "flood", "--engine", "deepl")
        assert away == []

    def test_it_is_left_out_where_all_are_asked_for(
        self, room: Path, deepl: Server, front: str, why: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add(room, "secret", "그는 아직 아무도 모르는 말을 했다.", f"{front}\n")
        monkeypatch.setenv("TRANSFLOW_DEEPL_URL", f"http://127.0.0.1:{deepl.port}")
        from transflow.network import hosts

        monkeypatch.setattr(hosts, "is_loopback", lambda _: False)  # as if the server were on another machine
        monkeypatch.setattr("transflow.network.hosts.urlsplit", _as_https(urlsplit))
        ran = transflow(room, "suggest", "--engine", "deepl")
        assert (ran.code, ran.out) == (0, "en:flood: 5 sentences drafted; they need another look.\n")
        assert f"en:secret {why} and is not sent." in ran.err
        assert not any("모르는" in text for got in deepl.got for text in got.body["text"])
        assert not any(unit.target for unit in flood(room, "secret"))

    def test_it_goes_to_a_local_engine_alone_and_is_not_kept(
        self, room: Path, deepl: Server, front: str, why: str
    ) -> None:
        secret = "그는 아직 아무도 모르는 말을 했고, 누구에게도 하지 말라고 했다."
        add(room, "secret", secret, f"{front}\n")
        done(room, "suggest", "--engine", "deepl")
        texts = [got.body["text"] for got in deepl.got]
        assert sorted(map(len, texts)) == [2, 5]  # never in one request with another report
        assert flood(room, "secret")[1].target == f"<{len(secret)} letters>"
        assert f"<{len(secret)} letters>".encode() not in _kept(room)

    def test_what_was_kept_goes_when_a_report_becomes_so(self, room: Path, deepl: Server, front: str, why: str) -> None:
        done(room, "suggest", "flood", "--engine", "deepl")
        assert b"letters>" in _kept(room)
        path = room / "sources/flood.md"
        path.write_text(path.read_text(encoding="utf-8").replace("---\n", f"---\n{front}\n", 1), encoding="utf-8")
        done(room, "update", "flood", user="claire")
        assert b"letters>" not in _kept(room)


def test_a_report_whose_embargo_is_over_goes_to_every_engine_by_itself(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(room, "out", "그는 말을 했다.", "embargo: 2024-03-26T09:00:00+09:00\n")
    project = Project(room)
    assert [is_private(project, "out", now) for now in ("2024-03-25T23:59:59Z", "2024-03-26T00:00:00Z")] == [
        True,
        False,
    ]


def _as_https(split: Any) -> Any:
    return lambda url: split(url.replace("http://", "https://"))


def _kept(room: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((cache.folder(room) / "engines").iterdir()))


class TestTheMemory:
    def test_drafts_what_was_translated_before_and_asks_nobody(self, room: Path) -> None:
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        add(room, "again", "시는 6일 복구를 시작했다. 전혀 다른 이야기가 여기 있다.")
        ran = transflow(room, "suggest", "again")
        assert (ran.code, ran.out) == (0, "en:again: 1 sentence drafted; it needs another look.\n")
        drafted = next(unit for unit in flood(room, "again") if unit.target)
        assert drafted.target == TEXTS[3]
        assert [(each.who, each.words) for each in drafted.by] == [("claire", 7), ("mt:memory/project", 0)]
        assert drafted.fuzzy
        assert "nothing like it was translated before" in ran.err

    def test_is_asked_where_nobody_is_named_unless_somebody_says_otherwise(self, room: Path, deepl: Server) -> None:
        assert "memory/project" in transflow(room, "suggest", "flood", "--dry-run").out
        path = room / "transflow.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace('default = "memory"', 'default = "papago"'), encoding="utf-8"
        )
        assert "papago/" in transflow(room, "suggest", "flood", "--dry-run").out
        assert "PAPAGO_CLIENT_ID" in refusal(room, "suggest", "flood", code=2)
        own('default = "deepl"\n')
        assert "deepl/" in transflow(room, "suggest", "flood", "--dry-run").out
        assert "memory/" in transflow(room, "suggest", "flood", "--dry-run", "--engine", "memory").out


class TestALanguageModel:
    @pytest.fixture
    def model(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
        def answer(got: Got) -> Any:
            asked = json.loads(got.body["messages"][1]["content"])
            told = {
                "translations": [{"id": each["id"], "text": f"Sentence {each['id']} of it."} for each in asked["units"]]
            }
            choice = {"finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(told)}}
            return 200, {}, {"choices": [choice]}

        with served(monkeypatch, tmp_path, answer, "openai") as server:
            yield server

    def test_gets_the_terms_that_occur_and_like_sentences_and_the_whole_report(self, room: Path, model: Server) -> None:
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        done(room, "glossary", "add", "복구", "repairs", "--locale", "en")
        done(room, "glossary", "add", "대통령", "president", "--locale", "en")
        add(room, "again", "시는 9일 복구를 시작했다.")
        done(room, "suggest", "again", "--units", "2", "--engine", "openai")
        (got,) = model.got
        told = json.loads(got.body["messages"][1]["content"])
        assert told["terms"] == [{"source": "복구", "target": "repairs"}]
        assert told["examples"][0]["target"].startswith("The city began repairs")
        assert told["report"] == [["소식"], ["시는 9일 복구를 시작했다."]]
        assert told["date"] == "2024-03-26"
        assert [each["text"] for each in told["units"]] == ["시는 9일 복구를 시작했다."]

    def test_gets_nothing_of_a_confidential_report_with_another(self, room: Path, model: Server) -> None:
        add(room, "secret", "시는 6일 몰래 복구를 시작했다.", "confidential: true\n")
        done(room, "unit", "set", "secret#2", "The city began repairs in secret on the 6th.", user="claire")
        add(room, "more", "아무도 몰래 들어왔다.", "confidential: true\n")
        done(room, "suggest", "--engine", "openai")
        for got in model.got:
            told = got.body["messages"][1]["content"]
            assert ("다리" in told) + ("몰래 들어" in told) <= 1
            assert "secret" not in told or "몰래 복구" in told, "in its own report only"
            assert "다리" not in told or "몰래" not in told

    @pytest.mark.usefixtures("judged")
    def test_is_told_no_and_the_sentence_is_named_once(
        self, room: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def answer(got: Got) -> Any:
            asked = json.loads(got.body["messages"][1]["content"])
            told = {"translations": [{"id": each["id"], "text": "아직 한국어"} for each in asked["units"]]}
            return 200, {}, {"choices": [{"finish_reason": "stop", "message": {"content": json.dumps(told)}}]}

        with served(monkeypatch, tmp_path, answer, "openai") as server:
            first = transflow(room, "suggest", "flood", "--engine", "openai")
            again = transflow(room, "suggest", "flood", "--engine", "openai")
            assert len(server.got) == 2, "and it was asked once to repair it"
        assert (first.code, first.out) == (0, "")
        assert "en:flood#1-5: no draft: it leaves Korean in the text." in first.err
        assert "--again asks anew" in again.err


def test_languages_have_to_be_clear(tmp_path: Path, deepl: Server) -> None:
    room = new_project(tmp_path / "two", ("en", "vi"))
    assert "say which" in refusal(room, "suggest", "--engine", "deepl", code=2)
    assert "say one language" in refusal(room, "suggest", "en:flood", "--locale", "vi", "--engine", "deepl", code=2)
    done(room, "suggest", "flood", "--locale", "vi", "--engine", "deepl")
    assert deepl.got[0].body["target_lang"] == "VI"
    assert FLOOD


def test_an_engine_that_is_not_there_has_near_names(room: Path) -> None:
    assert "Did you mean papago?" in refusal(room, "suggest", "flood", "--engine", "papgo", code=2)


def test_a_run_that_breaks_off_does_not_say_that_nothing_is_left(tmp_path: Path) -> None:
    transflow(tmp_path, "init", str(tmp_path / "room"))
    room = tmp_path / "room"
    done(room, "person", "add", "claire", "--name", "Claire Lee", "--role", "translator")
    (cache.folder(room) / "memory" / "en.db").mkdir(parents=True)
    said = refusal(room, "suggest", "welcome", user="claire", code=3)
    assert "9 sentences without a text" in said
    assert "Nothing to do" not in said


class TestWhatIsOffTheRecord:
    @staticmethod
    def marked(room: Path, number: int, how: Allowance) -> str:
        project = Project(room)
        place = project.find_catalog("en:flood")
        unit = project.load(place).units[number - 1]
        record = Use(how, "claire", "2024-03-26T03:00:00Z")
        project.change(place, lambda catalog: catalog.map_unit(unit.id, lambda old: old.replace(record=record)))
        return unit.source

    @pytest.mark.parametrize("how", ["off", "hold"])
    def test_is_never_sent_not_even_as_context(self, room: Path, deepl: Server, how: Allowance) -> None:
        source = self.marked(room, 3, how)
        assert transflow(room, "suggest", "flood", "--engine", "deepl", user="claire").code == 0
        sent = json.dumps([got.body for got in deepl.got], ensure_ascii=False)
        assert flood(room)[1].source in sent
        assert source not in sent
        assert flood(room)[2].target == ""

    def test_comes_from_no_memory_and_is_in_no_export(self, room: Path, deepl: Server) -> None:
        done(room, "unit", "set", "flood#3", "A secret that somebody told.", user="claire")
        self.marked(room, 3, "off")
        ran = transflow(room, "memory", "find", "told")
        assert "secret" not in ran.out + ran.err
        done(room, "memory", "export", str(room / "out.tmx"))
        assert "secret" not in (room / "out.tmx").read_text(encoding="utf-8")
        done(room, "export", "flood", "--to", "po", "--output", str(room / "out"))
        (exported,) = (room / "out").rglob("*.po")
        assert "secret" not in exported.read_text(encoding="utf-8")

    def test_is_composed_into_no_story(self, room: Path, deepl: Server) -> None:
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"flood#{number}", text, user="claire")
        self.marked(room, 3, "hold")
        ran = transflow(room, "compose", "floods", "--from", "flood", user="claire")
        said = "flood#3 is left out: it is on hold until its speaker consents, Claire Lee said."
        assert (ran.code, said in ran.err) == (0, True)
        assert TEXTS[2] not in (room / "locales/en/articles/floods.po").read_text(encoding="utf-8")


def test_a_report_in_another_language_is_named_and_passed_over(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    wire = tmp_path / "wire.md"
    wire.write_text("---\ntitle: 橋が落ちた\nlang: ja\n---\n\n橋が三つ落ちた。\n", encoding="utf-8")
    done(folder, "add", str(wire))
    ran = transflow(folder, "suggest", "--engine", "memory")
    assert (
        "en:wire is in another language than the newsroom's, and is passed over: `transflow suggest en:wire`" in ran.err
    )
    plan = json.loads(done(folder, "suggest", "--engine", "memory", "--dry-run", "--format", "json"))["plan"]
    assert plan["passed_over"] == ["en:wire"]


def test_a_confidential_report_is_refused_as_such_before_an_engine_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DEEPL_AUTH_KEY", KEY)
    folder = new_project(tmp_path / "room")
    path = folder / "transflow.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('default = "memory"', 'default = "deepl"'), encoding="utf-8"
    )
    assert "allow" in refusal(folder, "suggest", "flood")
    add(folder, "secret", "다리가 끊겼다.", "confidential: true\n")
    message = refusal(folder, "suggest", "secret")
    assert "secret is confidential" in message
    assert "allow" not in message
