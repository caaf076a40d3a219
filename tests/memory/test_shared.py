"""A shared memory on a real PostgreSQL: two clones, two projects, and an unavailable server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.commands import STAFF, TEXTS, new_project, transflow
from support.postgres import server, set_up, why_not
from transflow.actions import Actor
from transflow.actions.language.memory import Memory
from transflow.actions.project.permissions import allow_memory
from transflow.actions.units import steps
from transflow.errors import ConfigError
from transflow.memory import upkeep
from transflow.memory.address import VARIABLE, address, config_path
from transflow.memory.entries import MemoryEntry
from transflow.memory.errors import MemoryUnavailableError
from transflow.memory.grams import normalised
from transflow.memory.lookup import Query
from transflow.memory.nearest import score
from transflow.memory.shared import CatalogUpdate, SharedMemory
from transflow.project import Project

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
EARLY, LATE = "2024-03-26T03:00:00Z", "2024-03-26T05:00:00Z"
BRIDGES = "강변시 다리 3곳이 5일 밤 끊겼다."


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture
def url(running: str) -> str:
    return set_up(running)


Opener = Callable[..., SharedMemory]


@pytest.fixture
def team(url: str) -> Iterator[Opener]:
    """Open the memory of a project in a language, and close it afterwards."""
    with ExitStack() as stack:
        yield lambda project="Herald", locale="en": stack.enter_context(closing(SharedMemory(url, project, locale)))


def entry(unit: str, source: str, target: str = "", time: str = EARLY) -> MemoryEntry:
    return MemoryEntry(unit, source, target or f"T {source}", "translated", "claire", time)


def found(team: SharedMemory, text: str, threshold: int = 70) -> list[tuple[int, str, str]]:
    return [(each.score, each.origin.catalog, each.target) for each in team.lookup(Query(text, threshold))]


class TestWhatItHolds:
    def test_several_projects_share_one_database_and_are_told_apart(self, url: str, team: Opener) -> None:
        herald, times = team(), team("Times")
        herald.put(CatalogUpdate("un", [entry("a", "유엔은 서한을 중국 정부에 보냈다.", "Herald's.")]))
        times.put(CatalogUpdate("un", [entry("a", "유엔은 서한을 일본 정부에 보냈다.", "The Times'.")]))
        assert found(herald, "유엔은 서한을 중국 정부에 보냈다.") == [
            (100, "un", "Herald's."),
            (89, "Times/un", "The Times'."),
        ]
        assert found(team(locale="vi"), "유엔은 서한을 중국 정부에 보냈다.") == []
        assert [each.catalog for each in herald.concordance("정부에", 9)] == ["un", "Times/un"]
        assert [each.entry.target for each in herald.concordance("herald'S", 9)] == ["Herald's."]
        assert herald.concordance("%", 9) == []
        assert [each.entry.target for each in herald.concordance("정부에 herald'S", 9)] == ["Herald's."]
        assert herald.concordance('"herald정부에"', 9) == []

    def test_an_old_clone_undoes_nobodys_work(self, url: str, team: Opener) -> None:
        mine, old = team(), team()
        mine.put(
            CatalogUpdate("un", [entry("a", "첫째 문장이다.", "New.", LATE), entry("b", "둘째 문장이다.", "B.", LATE)])
        )
        old.put(CatalogUpdate("un", [entry("a", "첫째 문장이다.", "Old.", EARLY)]))
        assert found(mine, "첫째 문장이다.", 100) == [(100, "un", "New.")]
        assert found(mine, "둘째 문장이다.", 100) == [(100, "un", "B.")]
        mine.put(CatalogUpdate("un", [entry("a", "첫째 문장이다.", "New.", LATE)]))
        assert found(mine, "둘째 문장이다.", 100) == []

    def test_withheld_is_gone_for_all_and_not_taken_again_until_released(self, url: str, team: Opener) -> None:
        mine, old = team(), team()
        mine.put(CatalogUpdate("un", [entry("a", "제보자 홍길동이 알렸다.")]))
        mine.withhold("un")
        assert not old.put(CatalogUpdate("un", [entry("a", "제보자 홍길동이 알렸다.", time=LATE)]))
        assert found(old, "제보자 홍길동이 알렸다.") == []
        with psycopg.connect(url) as db:
            row = db.execute("SELECT (SELECT count(*) FROM transflow.source), (SELECT count(*) FROM transflow.entry)")
            assert row.fetchone() == (0, 0)
        assert mine.put(CatalogUpdate("un", [entry("a", "제보자 홍길동이 알렸다.")], released=True))
        assert len(found(old, "제보자 홍길동이 알렸다.")) == 1

    def test_its_tables_are_made_by_their_owner_and_newer_ones_are_refused(self, url: str, team: Opener) -> None:
        team().put(CatalogUpdate("un", [entry("a", "첫째 문장이다.")]))
        assert upkeep.set_up(url) == (3, 3)
        assert len(found(team(), "첫째 문장이다.")) == 1
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("INSERT INTO transflow.version VALUES (99)")
        with pytest.raises(MemoryUnavailableError, match="newer transflow"):
            team()
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("DROP SCHEMA transflow CASCADE")
        with pytest.raises(MemoryUnavailableError, match="memory setup"):
            team()


WORDS = ("유엔은", "평양에서", "서한을", "7명을", "중국", "정부에", "보냈다.", "말했다.", "a_b", "100%")
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


@given(st.lists(SENTENCES, min_size=1, max_size=12), SENTENCES, st.sampled_from([60, 75, 100]))
@settings(max_examples=25, deadline=None)
def test_answers_are_those_of_looking_at_every_entry(running: str, texts: list[str], text: str, threshold: int) -> None:
    set_up(running)
    with closing(SharedMemory(running, "Herald", "en")) as team:
        team.put(CatalogUpdate("un", [entry(str(number), each) for number, each in enumerate(texts)]))
        values = [value for value, *_ in found(team, text, threshold)]
    scores = {normalised(each): score(normalised(text), normalised(each)) for each in texts}
    wanted = sorted((value for value in scores.values() if value >= threshold), reverse=True)[:5]
    assert values == wanted


# Two clones of a project


def translated(folder: Path) -> Path:
    made = new_project(folder)
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(made), f"flood#{number}", text)
    allow_memory(Project(made))
    return made


def actor(folder: Path, now: str = EARLY) -> Actor:
    return Actor(Project(folder), STAFF[1], now)


def test_what_one_clone_knows_the_other_finds_and_confidential_text_is_nowhere(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, url)
    one, two = translated(tmp_path / "one"), new_project(tmp_path / "two")
    allow_memory(Project(two))
    assert transflow(one, "memory", "rebuild").code == 0
    ran = transflow(two, "memory", "lookup", "강변시 다리 4곳이 5일 밤 끊겼다.")
    assert TEXTS[1].replace("Three", "Four") in ran.out
    assert ran.err == ""
    path = one / "sources/flood.md"
    path.write_text(path.read_text("utf-8").replace("title:", "confidential: true\ntitle:", 1), "utf-8")
    memory = Memory(Project(one), "en")
    assert memory.lookup(BRIDGES) == []
    assert len(memory.lookup(BRIDGES, report="flood")) == 1
    memory.close()
    assert transflow(two, "memory", "find", "다리").code == 1


def test_what_was_sent_under_a_former_name_is_sent_again_under_the_new_one(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, url)
    folder = translated(tmp_path / "one")
    assert transflow(folder, "memory", "rebuild").code == 0
    settings_file = folder / "transflow.toml"
    old = Project(folder).settings.name
    settings_file.write_text(settings_file.read_text("utf-8").replace(f'name = "{old}"', 'name = "Times"', 1), "utf-8")
    allow_memory(Project(folder))
    with closing(SharedMemory(url, old, "en")) as herald:
        herald.remove("flood")
    assert transflow(folder, "memory", "rebuild").err == ""
    with closing(SharedMemory(url, "Times", "en")) as times:
        assert [each[1] for each in found(times, BRIDGES)] == ["flood"]


def test_what_was_redacted_in_one_clone_is_in_no_byte_of_the_shared_memory_though_it_was_the_newest(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, url)
    one = translated(tmp_path / "one")
    steps.confirm(actor(one, LATE), "flood#2", "Three bridges failed, Haneul Kim says.")
    assert transflow(one, "memory", "rebuild").code == 0
    ran = transflow(one, "redact", "Haneul Kim", "--with", "[name]", "--yes", user="mina")
    assert (ran.code, "shared memory" in ran.out) == (0, False)
    with psycopg.connect(url, autocommit=True) as db:
        assert db.execute("SELECT unit FROM transflow.entry WHERE target LIKE '%Haneul%'").fetchall() == []
        assert len(db.execute("SELECT unit FROM transflow.entry").fetchall()) == len(TEXTS) - 1
    monkeypatch.setenv(VARIABLE, "postgresql://claire:sesame@127.0.0.1:1/nowhere")
    ran = transflow(one, "redact", "They take", "--with", "[x]", "--yes", user="mina")
    assert "The shared memory still has it" in ran.out
    assert "sesame" not in ran.out


def test_while_it_is_away_the_index_serves_it_is_said_once_and_what_was_missed_is_told_later(
    url: str, team: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://claire:sesame@127.0.0.1:1/nowhere")
    folder = translated(tmp_path / "one")
    ran = transflow(folder, "memory", "lookup", BRIDGES)
    assert TEXTS[1] in ran.out
    assert ran.err.count("away") == 1
    assert "sesame" not in ran.err
    monkeypatch.setenv(VARIABLE, url)
    memory = Memory(Project(folder), "en")
    assert memory.lookup(BRIDGES)[0].target == TEXTS[1]
    assert len(found(team(), BRIDGES, 100)) == 1
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query <> ''"
        )
    assert memory.lookup(BRIDGES)[0].target == TEXTS[1]
    assert "away" in memory.unavailable_reason
    memory.close()


def test_the_address_is_of_the_person_and_never_of_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert address() == ""
    config_path().parent.mkdir(parents=True)
    config_path().write_text('url = "postgresql://claire@db/newsroom"\n', encoding="utf-8")
    assert address() == "postgresql://claire@db/newsroom"
    config_path().write_text('url = "sesame"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"memory\.toml") as error:
        address()
    assert "sesame" not in str(error.value)
    monkeypatch.setenv(VARIABLE, "")
    assert address() == ""
    assert os.environ[VARIABLE] == ""
