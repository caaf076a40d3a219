"""engines.toml, keys, and the spending cap."""

from __future__ import annotations

import fcntl
import json
import multiprocessing
import threading
from pathlib import Path
from typing import Any

import pytest

from support.engine_servers import Server, answering
from transflow import engines
from transflow.engines import EngineItem
from transflow.engines.prompting import asking
from transflow.engines.setup import keys, settings, spending
from transflow.engines.setup.ready import machine_author, ready_engine
from transflow.engines.setup.settings import EngineSection, EngineSettings, parse
from transflow.engines.setup.spending import FREE, Account, Ledger, Price, price
from transflow.errors import ConfigError, UnknownNameError
from transflow.network.errors import CapReachedError, EngineUnavailableError, KeyRefusedError, LedgerLockedError

FILE = """\
default = "deepl"

[network]
proxy = "http://proxy.newsroom.lan:3128"
local_hosts = ["GPU.newsroom.lan"]

[spending]
cap = 30
currency = "EUR"

[deepl]
model = "quality_optimized"
glossary_id = "def3a26b"
price = 22.5
target = "EN-GB"

[openai]
url = "http://gpu.newsroom.lan:8000/v1"
model = "qwen3:32b"
"""


class TestEnginesToml:
    def test_is_read(self) -> None:
        own = parse(FILE, "engines.toml")
        assert (own.default, own.cap, own.currency, own.local_hosts) == ("deepl", 30.0, "EUR", ("gpu.newsroom.lan",))
        assert own.section("deepl").options == {"glossary_id": "def3a26b", "target": "EN-GB"}
        assert own.section("papago") == EngineSection()
        assert parse("[memory]\nat_least = 90", "engines.toml").section("memory").options == {"at_least": "90"}

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[deepl]\nkey = 'abc'", "engines.toml:2: deepl.key: a key does not belong into a file"),
            (
                "[deepl]\nmodle = 'abc'",
                "engines.toml:2: deepl.modle: there is no such key. Did you mean model? Allowed: url,",
            ),
            ("[deepl]\nproject = 'abc'", "engines.toml:2: deepl.project: there is no such key"),
            ("[deepl]\nurl = 'ftp://x'", "engines.toml:2: deepl.url: “ftp://x” is not a web address. Allowed: an"),
            ("[deepl]\nbatch = 0", "engines.toml:2: deepl.batch"),
            ("[deepl]\ntimeout = 0", "engines.toml:2: deepl.timeout"),
            ("[deepl]\nglossary_id = true", "engines.toml:2: deepl.glossary_id"),
            ("[deepl]\nprice = -1", "engines.toml:2: deepl.price"),
            ("[deepl]\nprice = true", "engines.toml:2: deepl.price"),
            ("[deepl]\nmodel = 'a\\nb'\nmodel2=1", "engines.toml:3: deepl.model2"),
            ("[spending]\ncap = 'much'", "engines.toml:2: spending.cap"),
            ("[network]\nlocal_hosts = 'gpu'", "engines.toml:2: network.local_hosts"),
            (
                "[bing]\nurl = 'https://x'",
                "engines.toml:1: bing: there is no such table. Allowed: default, allowed, local_only, network,",
            ),
            ("default = 'bing'", "engines.toml:1: default: “bing” is not known here. Allowed:"),
            ("deepl = 3", "engines.toml:1: deepl: 3 is not a table. Allowed: a line [deepl] with"),
            ("[deepl", "this is not TOML"),
        ],
    )
    def test_that_cannot_be_used_is_refused_with_its_line(self, text: str, says: str) -> None:
        with pytest.raises(ConfigError) as raised:
            parse(text, "engines.toml")
        assert says in str(raised.value)
        assert "abc" not in str(raised.value)

    def test_is_the_users_own_file(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert settings.load() == EngineSettings(path=str(settings.config_path()))
        settings.config_path().parent.mkdir()
        settings.config_path().write_text(FILE, encoding="utf-8")
        assert settings.load().default == "deepl"

    def test_no_project_can_set_an_address_or_a_local_host(self) -> None:
        from transflow.settings import config

        for line in ("url = 'https://evil.example'", "local_hosts = ['evil.example']", "deepl = { url = 'https://x' }"):
            with pytest.raises(ConfigError, match="there is no"):
                config.parse(f"format = 1\nlocales = ['en']\n[engines]\n{line}\n", "transflow.toml")


class TestAReadyEngine:
    def test_needs_its_key(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
        with pytest.raises(ConfigError, match="keyring set transflow DEEPL_AUTH_KEY"):
            ready_engine("deepl", "ko", "en", EngineSettings(), tmp_path, spending=tmp_path)

    def test_needs_a_price(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ANTHROPIC_API_KEY", "k")
        with pytest.raises(ConfigError, match=r"anthropic\.price_in: nobody said what claude"):
            ready_engine("anthropic", "ko", "en", EngineSettings(), tmp_path, spending=tmp_path)

    def test_needs_an_address(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"libretranslate\.url: there is no address"):
            ready_engine("libretranslate", "ko", "en", EngineSettings(), tmp_path, spending=tmp_path)

    def test_needs_the_certificates_that_are_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", "k")
        with pytest.raises(ConfigError, match=r"there is no file /none\.pem"):
            ready_engine("deepl", "ko", "en", EngineSettings(ca="/none.pem"), tmp_path, spending=tmp_path)

    def test_must_be_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnknownNameError, match="Did you mean deepl"):
            ready_engine("deepel", "ko", "en", EngineSettings(), tmp_path)

    def test_on_this_machine_costs_nothing_and_needs_no_key(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("OPENAI_API_KEY", raising=False)
        made = ready_engine("openai", "ko", "en", parse(FILE, "engines.toml"), tmp_path, spending=tmp_path)
        made.close()
        assert (made.is_local, made.price, made.account) == (True, FREE, None)
        assert made.author == f"mt:openai/qwen3:32b@{asking.PROMPT[:8]}"

    @pytest.mark.parametrize("name", [each for each in engines.names() if engines.load(each).URL])
    def test_of_a_vendor_is_not_local(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for variable in engines.load(name).KEYS.values():
            monkeypatch.setenv(variable, "k")
        text = f"[{name}]\nprice_in = 1\nprice_out = 1\n" + ("project = 'p'\n" if name == "google_v3" else "")
        made = ready_engine(name, "ko", "en", parse(text, "engines.toml"), tmp_path, spending=tmp_path)
        made.close()
        assert not made.is_local
        assert "k" not in repr(made.setup.keys) or "keys" not in repr(made.setup)

    def test_has_a_name_that_a_note_can_hold(self) -> None:
        assert machine_author("openai", 'Qwen 2.5 "32B"\n# @by x') == "mt:openai/Qwen-2.5--32B-----by-x"
        assert machine_author("ctranslate2", "") == "mt:ctranslate2/default"


class TestKeys:
    def test_come_from_the_environment_then_from_the_keyring(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import keyring
        from keyring.backend import KeyringBackend

        class Ring(KeyringBackend):
            priority = 1.0

            def get_password(self, service: str, username: str) -> str | None:
                return "from the ring" if (service, username) == ("transflow", "DEEPL_AUTH_KEY") else None

            def set_password(self, service: str, username: str, password: str) -> None: ...

        before = keyring.get_keyring()
        keyring.set_keyring(Ring())  # type: ignore[no-untyped-call] # the base class says nothing of its own
        try:
            monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
            assert keys.read("deepl", {"key": "DEEPL_AUTH_KEY"}) == {"key": "from the ring"}
            monkeypatch.setenv("DEEPL_AUTH_KEY", " from the environment\n")
            assert keys.read("deepl", {"key": "DEEPL_AUTH_KEY"}) == {"key": "from the environment"}
            monkeypatch.delenv("OPENAI_API_KEY", raising=False)
            assert keys.read("openai", {"key?": "OPENAI_API_KEY"}) == {}
        finally:
            keyring.set_keyring(before)


class TestTheLedger:
    def ledger(self, folder: Path, cap: float = 10.0, project: str = "a") -> Ledger:
        return Ledger(folder, project, cap, "USD", "2026-03")

    def test_adds_up_over_projects_and_months_begin_anew(self, tmp_path: Path) -> None:
        self.ledger(tmp_path).book("deepl", 1.5, 60_000)
        self.ledger(tmp_path, project="b").book("papago", 2.0, 100_000)
        self.ledger(tmp_path).correct("deepl", -0.5)
        assert self.ledger(tmp_path).spent() == pytest.approx(3.0)
        assert self.ledger(tmp_path).spent(here=True) == pytest.approx(1.0)
        assert Ledger(tmp_path, "a", 10, "USD", "2026-04").spent() == 0

    def test_is_not_waited_for_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ledger = self.ledger(tmp_path)
        ledger.book("deepl", 1.5, 1)
        monkeypatch.setattr(spending, "PATIENCE", 0.1)
        with ledger.path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            with pytest.raises(LedgerLockedError, match="Nothing was sent"):
                self.ledger(tmp_path).book("deepl", 1.5, 1)
        assert self.ledger(tmp_path).spent() == 1.5

    @pytest.mark.parametrize("line", [b"[" * 100_000, b"\xff", b'{"project": 1, "cost": []}', b"9" * 10_000])
    def test_passes_over_lines_that_are_none(self, tmp_path: Path, line: bytes) -> None:
        ledger = self.ledger(tmp_path)
        ledger.book("deepl", 1.5, 1)
        with ledger.path.open("ab") as file:
            file.write(line + b"\n")
        assert self.ledger(tmp_path).spent() == 1.5
        assert spending.engines_used(tmp_path, "a") == ["deepl"]

    def test_lets_nothing_through_beyond_the_cap(self, tmp_path: Path) -> None:
        ledger = self.ledger(tmp_path, cap=2.0)
        ledger.book("deepl", 1.5, 1)
        with pytest.raises(CapReachedError, match=r"1\.50 of 2\.00 USD are spent in 2026-03"):
            ledger.book("deepl", 0.6, 1)
        ledger.book("ctranslate2", 0.0, 10**9)
        ledger.book("deepl", 0.5, 1)
        assert ledger.spent() == pytest.approx(2.0)

    def test_survives_a_line_that_a_crash_cut_short(self, tmp_path: Path) -> None:
        ledger = self.ledger(tmp_path)
        ledger.book("deepl", 1.0, 1)
        with ledger.path.open("a", encoding="utf-8") as file:
            file.write('{"time": "2026-03-01", "proj\n')
        ledger.book("deepl", 1.0, 1)
        assert ledger.spent() == pytest.approx(2.0)

    def test_holds_numbers_only_for_the_user_alone(self, tmp_path: Path) -> None:
        ledger = self.ledger(tmp_path)
        ledger.book("deepl", 1.0, 5)
        assert ledger.path.stat().st_mode & 0o077 == 0
        assert set(json.loads(ledger.path.read_text(encoding="utf-8"))) == {
            "time",
            "project",
            "engine",
            "cost",
            "characters",
        }

    def test_is_one_for_all_processes(self, tmp_path: Path) -> None:
        context = multiprocessing.get_context("fork")
        processes = [context.Process(target=_spend, args=(tmp_path,)) for _ in range(3)]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        assert self.ledger(tmp_path).spent() == pytest.approx(5.0)

    def test_prices(self) -> None:
        assert price(EngineSection(), 25.0).of_characters(1_000_000, 20) == pytest.approx(25.0)
        assert price(EngineSection(price=10.0), 25.0).of_characters(500_000, 10) == pytest.approx(5.0)
        assert not price(EngineSection(), None).is_known
        tokens = price(EngineSection(price_in=3.0, price_out=15.0), None)
        assert tokens.is_known
        assert tokens.of_tokens((1_000_000, 100_000)) == pytest.approx(4.5)

    def test_what_a_model_says_it_took_takes_the_place_of_the_estimate(self, tmp_path: Path) -> None:
        ledger = self.ledger(tmp_path)
        account = Account(ledger, "anthropic", Price(0.0, 3.0, 15.0))
        account.sent(1000)
        assert ledger.spent() > 0
        account.settle(1000, (2_000, 1_000))
        assert ledger.spent() == pytest.approx(0.021)

    @pytest.mark.parametrize(
        ("answer", "cost"),
        [((200, {}, {"translations": [{"text": "Yes."}]}), 0.5), ((503, {}, {}), 0.0), ((403, {}, {}), 0.0)],
    )
    def test_counts_what_was_translated(
        self, answer: Any, cost: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DEEPL_AUTH_KEY", "k")
        monkeypatch.setattr(threading.Event, "wait", lambda *_: True)  # no pause between attempts
        with Server(answering(answer)) as server:
            monkeypatch.setenv("TRANSFLOW_DEEPL_URL", server.url)
            own = parse("[deepl]\nprice = 500_000", "engines.toml")
            made = ready_engine("deepl", "ko", "en", own, tmp_path, spending=tmp_path)
            try:
                made.translate([EngineItem("1", "네")], private=False)
            except (EngineUnavailableError, KeyRefusedError):
                assert cost == 0
            finally:
                made.close()
        (path,) = tmp_path.glob("*.jsonl")
        assert sum(json.loads(line)["cost"] for line in path.read_text(encoding="utf-8").splitlines()) == cost


def _spend(folder: Path) -> None:
    ledger = Ledger(folder, "a", 5.0, "USD", "2026-03")
    for _ in range(30):
        try:
            ledger.book("deepl", 0.1, 1)
        except CapReachedError:
            return
