"""A request and its answer for every engine, in the format of its vendor, over a real connection.

Each file in golden/engines names the description that it was written from, and the date.
`request_schema` and `response_schema` express the description in JSON Schema, so that a pair that
differs from it fails.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import jsonschema
import pytest

from support import paths
from support.engine_servers import Server, answering
from transflow import engines
from transflow.engines import EngineItem
from transflow.engines.running.run import EngineRun
from transflow.engines.setup import settings
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.network.errors import EngineError, MismatchError, QuotaExceededError, RejectedError

FOLDER = paths.TESTS / "golden" / "engines"
PAIRS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
REMOTE = [name for name in engines.names() if not engines.load(name).IN_PROCESS]


@contextmanager
def asking(
    name: str, server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, extra: str = "", target: str = "en"
) -> Iterator[ReadyEngine]:
    """Set up the engine as its pair says, with the address of a local server."""
    pair = PAIRS[name]
    for variable, key in pair["keys"].items():
        monkeypatch.setenv(variable, key)
    monkeypatch.setenv(f"TRANSFLOW_{name.upper()}_URL", server.url)
    text = pair["settings"] or f"[{name}]\n"
    own = settings.parse(text + extra, "engines.toml")
    made = ready_engine(name, "ko", target, own, folder, spending=folder / "spending")
    try:
        yield made
    finally:
        made.close()


def items(pair: dict[str, Any]) -> list[EngineItem]:
    return [EngineItem(str(place), text) for place, text in enumerate(pair["texts"])]


def test_every_engine_that_is_asked_over_a_network_has_its_pair() -> None:
    assert sorted(PAIRS) == REMOTE


@pytest.mark.parametrize("name", REMOTE)
class TestAPair:
    def test_is_what_its_vendor_describes(self, name: str) -> None:
        pair = PAIRS[name]
        assert pair["source"].startswith("https://")
        assert pair["date"] >= "2026-01-01"
        jsonschema.validate(pair["response"], pair["response_schema"])
        if "body" in pair["request"]:
            jsonschema.validate(pair["request"]["body"], pair["request_schema"])

    def test_is_what_we_send_and_understand(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pair = PAIRS[name]
        with Server(answering((200, {}, pair["response"]))) as server:
            with asking(name, server, tmp_path, monkeypatch) as made:
                answered = made.translate(items(pair), private=False)
            (got,) = server.got
        assert list(answered.texts) == pair["translations"]
        assert answered.tokens == (tuple(pair["tokens"]) if "tokens" in pair else None)
        assert got.path == pair["request"]["path"]
        headers = {header.lower(): value for header, value in got.headers.items()}
        assert {header: headers[header.lower()] for header in pair["request"]["headers"]} == pair["request"]["headers"]
        jsonschema.validate(got.body, pair["request_schema"])
        assert got.body == pair["request"].get("body", got.body)

    def test_says_when_its_allowance_is_used_up(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pair = PAIRS[name]
        for kind, error in (("used_up", True), ("passes", False)):
            if kind in pair:
                refusal = pair[kind]
                assert engines.load(name).is_used_up(refusal["status"], refusal["body"]) is error
        assert not engines.load(name).is_used_up(500, None)
        assert not engines.load(name).is_used_up(403, {"error": "no"})
        if "used_up" not in pair:
            return
        used_up = pair["used_up"]
        with Server(answering((used_up["status"], {}, used_up["body"]))) as server:
            with asking(name, server, tmp_path, monkeypatch) as made, pytest.raises(QuotaExceededError):
                made.translate(items(pair), private=False)
            assert len(server.got) == 1

    @pytest.mark.parametrize("body", [{}, [], None, {"translations": 3}, {"choices": []}, "text"])
    def test_takes_no_other_answer_for_one(
        self, name: str, body: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = json.dumps(body).encode() if body is not None else b"[null]"
        pair = PAIRS[name]
        with Server(answering((200, {}, data))) as server, asking(name, server, tmp_path, monkeypatch) as made:
            run = EngineRun(
                name, [items(pair)[:1]], lambda batch: made.translate(batch, private=False), threads=1, cancel=Event()
            )
            (fates,) = list(run)
        assert [(fate.text, fate.failed) for fate in fates] == [("", True)]

    def test_sends_a_confidential_text_to_a_local_server_only(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from transflow.network.errors import NotAllowedError

        pair = PAIRS[name]
        with Server(answering((200, {}, pair["response"]))) as server:
            with asking(name, server, tmp_path, monkeypatch) as made:
                assert made.is_local
                made.translate(items(pair), private=True)
                assert len(server.got) == 1
            monkeypatch.setenv(f"TRANSFLOW_{name.upper()}_URL", "https://mt.example.invalid")
            own = settings.parse(pair["settings"] or f"[{name}]\n", "engines.toml")
            away = ready_engine(name, "ko", "en", own, tmp_path, spending=tmp_path)
            with pytest.raises(NotAllowedError):
                away.translate(items(pair), private=True)
            away.close()


class TestDeepL:
    def test_sends_the_neighbours_of_a_single_sentence_as_context(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = {"translations": [{"text": "Nobody was hurt."}]}
        with Server(answering((200, {}, answer))) as server:
            with asking("deepl", server, tmp_path, monkeypatch) as made:
                made.translate(
                    [EngineItem("0", "다친 사람은 없다.", before="다리가 끊겼다.", after="공사는 길다.")], private=False
                )
            assert server.got[0].body["context"] == "다리가 끊겼다. 공사는 길다."

    def test_a_free_key_goes_to_the_free_host(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", "abc:fx")
        made = ready_engine("deepl", "ko", "zh_Hans", settings.EngineSettings(), tmp_path, spending=tmp_path)
        asked: list[str] = []

        class Listening:
            def post(self, url: str, *_: object, **__: object) -> object:
                asked.append(url)
                return {"translations": [{"text": "好"}]}

        from dataclasses import replace

        engines.load("deepl").translate([EngineItem("0", "네")], replace(made.setup, wire=Listening()))
        made.close()
        assert asked == ["https://api-free.deepl.com/v2/translate"]


@pytest.mark.parametrize("name", [name for name in REMOTE if "api" in engines.load(name).OPTIONS])
def test_models_and_versions_of_apis_are_the_users_to_say(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(answering((200, {}, {}))) as server:
        settings_of_it = 'api = "v99"\nmodel = "other-one"\n'
        with asking(name, server, tmp_path, monkeypatch, settings_of_it) as made, pytest.raises(MismatchError):
            made.translate(items(PAIRS[name])[:1], private=False)
        (got,) = server.got
    assert "v99" in got.path
    assert "other-one" in got.path + json.dumps(got.body) or name == "papago"  # which has one model only


class TestOpenAI:
    SCHEMALESS = ("json_object", None)

    @pytest.mark.parametrize("status", [400, 500])
    def test_finds_out_once_which_format_the_server_knows(
        self, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good = PAIRS["openai"]["response"]

        def answer(got: Any) -> tuple[int, dict[str, str], Any]:
            form = (got.body.get("response_format") or {}).get("type")
            return (status, {}, {}) if form == "json_schema" else (200, {}, good)

        with Server(answer) as server, asking("openai", server, tmp_path, monkeypatch) as made:
            for _ in range(3):
                assert (
                    list(made.translate(items(PAIRS["openai"]), private=False).texts) == PAIRS["openai"]["translations"]
                )
            forms = [(got.body.get("response_format") or {}).get("type") for got in server.got]
        assert forms == ["json_schema", "json_object", "json_object", "json_object"]

    def test_asks_without_a_format_where_the_server_knows_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fenced = json.loads(json.dumps(PAIRS["openai"]["response"]))
        message = fenced["choices"][0]["message"]
        message["content"] = f"```json\n{message['content']}\n```"

        def answer(got: Any) -> tuple[int, dict[str, str], Any]:
            return (400, {}, {}) if "response_format" in got.body else (200, {}, fenced)

        with Server(answer) as server, asking("openai", server, tmp_path, monkeypatch) as made:
            assert list(made.translate(items(PAIRS["openai"]), private=False).texts) == PAIRS["openai"]["translations"]
            assert len(server.got) == 3

    @pytest.mark.parametrize("reason", ["length", "content_filter"])
    def test_an_answer_cut_short_is_none(self, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cut = json.loads(json.dumps(PAIRS["openai"]["response"]))
        cut["choices"][0]["finish_reason"] = reason
        with Server(answering((200, {}, cut))) as server, asking("openai", server, tmp_path, monkeypatch) as made:
            with pytest.raises(MismatchError):
                made.translate(items(PAIRS["openai"]), private=False)
            assert len(server.got) == 1

    def test_a_request_that_is_wrong_in_any_format_is_said_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Server(answering(404)) as server, asking("openai", server, tmp_path, monkeypatch) as made:
            with pytest.raises(RejectedError):
                made.translate(items(PAIRS["openai"]), private=False)
            assert len(server.got) == 3


class TestAnthropic:
    @pytest.mark.parametrize("reason", ["max_tokens", "refusal", "pause_turn"])
    def test_an_answer_cut_short_is_none(self, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cut = {**PAIRS["anthropic"]["response"], "stop_reason": reason}
        with Server(answering((200, {}, cut))) as server, asking("anthropic", server, tmp_path, monkeypatch) as made:
            with pytest.raises(EngineError):
                made.translate(items(PAIRS["anthropic"]), private=False)
            assert len(server.got) == 1


class TestGoogleV3:
    def test_reads_the_list_of_its_glossary(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        answer = {"translations": [{"translatedText": "plain"}], "glossaryTranslations": [{"translatedText": "ours"}]}
        with Server(answering((200, {}, answer))) as server:
            with asking("google_v3", server, tmp_path, monkeypatch, 'glossary = "terms"\n') as made:
                assert list(made.translate([EngineItem("0", "네")], private=False).texts) == ["ours"]
            assert server.got[0].body["glossaryConfig"]["glossary"].endswith("/glossaries/terms")


@pytest.mark.parametrize(
    ("name", "target", "sent"),
    [
        ("deepl", "zh_Hans", "ZH-HANS"),
        ("google_v2", "zh_Hans", "zh-CN"),
        ("papago", "zh_Hant", "zh-TW"),
        ("modernmt", "vi", "vi"),
        ("libretranslate", "zh_Hans", "zh-Hans"),
    ],
)
def test_languages_are_said_as_each_vendor_spells_them(
    name: str, target: str, sent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(answering((200, {}, {}))) as server:
        with asking(name, server, tmp_path, monkeypatch, target=target) as made, pytest.raises(MismatchError):
            made.translate([EngineItem("0", "네")], private=False)
        body = server.got[0].body
    assert sent in (body.get("target"), body.get("target_lang"))
