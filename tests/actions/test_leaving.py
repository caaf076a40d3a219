"""Texts that may leave the newsroom: no confidential ones, and embargoed ones only afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import postgres
from support.commands import TEXTS, contents, done, new_project, refusal, transflow
from support.stories import actor
from transflow.actions.language.memory import Memory
from transflow.actions.project.permissions import allow_memory
from transflow.actions.units import steps
from transflow.memory.address import VARIABLE
from transflow.memory.shared import SharedMemory
from transflow.model.report import FrontMatter
from transflow.project import Project
from transflow.project.cache import folder as cache_folder
from transflow.report.front import NEVER, releasable_from

BEFORE, END, AFTER = "2024-03-26T23:59:59Z", "2024-03-27T00:00:00Z", "2024-03-27T00:00:01Z"
EMBARGO = "embargo: 2024-03-27T09:00:00+09:00"
FOREVER = "embargo: 2999-01-01"
BRIDGES = "강변시 다리 3곳이 5일 밤 끊겼다."


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: str = BEFORE) -> None:
        self.now = now

    def __call__(self) -> str:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a newsroom with a translated report that is under embargo until END."""
    made = new_project(tmp_path / "room")
    front(made, EMBARGO)
    translated(made)
    return made


@pytest.fixture
def memory(room: Path, clock: Clock) -> Iterator[Memory]:
    opened = Memory(Project(room), "en", clock=clock)
    yield opened
    opened.close()


def translated(folder: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(folder, "claire"), f"flood#{number}", text)
    allow_memory(Project(folder))


def front(folder: Path, line: str, slug: str = "flood") -> None:
    """Set a line of the front matter of a report, in place of its embargo if it has one."""
    path = folder / "sources" / f"{slug}.md"
    lines = [
        each for each in path.read_text(encoding="utf-8").split("\n") if not each.startswith(("embargo:", "confid"))
    ]
    path.write_text("\n".join([lines[0], *([line] if line else []), *lines[1:]]), encoding="utf-8")
    transflow(folder, "update", slug, user="claire")  # an embargo that is not a time is refused there


def on_disk(folder: Path) -> list[str]:
    """Return the files in the user's cache that contain a part of the translation."""
    found = cache_folder(folder).rglob("*")
    return [path.name for path in found if path.is_file() and TEXTS[1].encode() in path.read_bytes()]


class TestWhen:
    @pytest.mark.parametrize(
        ("front", "expected"),
        [
            (FrontMatter(), ""),
            (FrontMatter(confidential=True), NEVER),
            (FrontMatter(embargo="2024-03-27T09:00:00+09:00"), END),
            (FrontMatter(embargo="2024-03-27"), "2024-03-26T15:00:00Z"),
            (FrontMatter(embargo="2024-03-27", confidential=True), NEVER),
            (FrontMatter(embargo="when they say so"), NEVER),
            (FrontMatter(embargo="0001-01-01T00:00:00+14:00"), NEVER),
        ],
    )
    def test_is_a_time_or_never(self, front: FrontMatter, expected: str) -> None:
        assert releasable_from(front, "Asia/Seoul") == expected

    @given(st.text(max_size=30))
    def test_what_cannot_be_read_holds(self, text: str) -> None:
        found = releasable_from(FrontMatter(embargo=text), "Asia/Seoul")
        assert found == ("" if not text else found)
        assert found in ("", NEVER) or len(found) == len(END)


class TestTheMemory:
    def test_has_nothing_of_it_but_in_the_report_itself_and_all_of_it_afterwards(
        self, memory: Memory, clock: Clock
    ) -> None:
        for _ in range(2):
            assert memory.lookup(BRIDGES) == []
            assert memory.concordance("bridges") == []
            assert memory.exportable_entries() == []
            assert memory.lookup(BRIDGES, report="flood")[0].target == TEXTS[1]
        clock.now = END
        assert memory.lookup(BRIDGES)[0].target == TEXTS[1]
        assert len(memory.exportable_entries()) == len(TEXTS)

    @pytest.mark.parametrize("how", ["question", "save"])
    def test_loses_every_byte_when_an_embargo_is_set_or_made_longer(
        self, room: Path, memory: Memory, clock: Clock, how: str
    ) -> None:
        clock.now = AFTER
        assert memory.lookup(BRIDGES)
        assert on_disk(room)
        front(room, FOREVER)  # and `update` saves
        if how == "question":
            assert memory.lookup(BRIDGES) == []
        memory.close()
        assert on_disk(room) == []

    def test_does_not_take_in_what_is_saved_meanwhile(self, room: Path, memory: Memory, clock: Clock) -> None:
        assert memory.lookup(BRIDGES) == []
        steps.confirm(actor(room, "leejin", AFTER), "flood#2", "Three bridges failed.")
        memory.close()
        assert b"Three bridges failed." not in b"".join(contents(cache_folder(room)).values())
        clock.now = AFTER
        assert memory.lookup(BRIDGES)[0].target == "Three bridges failed."

    def test_takes_in_at_once_what_is_saved_after_its_end(self, room: Path, memory: Memory, clock: Clock) -> None:
        clock.now = AFTER
        memory.refresh()
        steps.confirm(actor(room, "leejin", AFTER), "flood#2", "Three bridges failed.")
        with closing(sqlite3.connect(cache_folder(room) / "memory" / "en.db")) as db:
            assert db.execute("SELECT count(*) FROM entry WHERE target = 'Three bridges failed.'").fetchone() == (1,)

    def test_forgets_no_end_while_the_report_is_gone(self, room: Path, memory: Memory, clock: Clock) -> None:
        memory.refresh()
        (room / "sources" / "flood.md").unlink()
        assert memory.lookup(BRIDGES) == []
        clock.now = END
        assert memory.lookup(BRIDGES)

    def test_is_told_by_every_command(self, room: Path) -> None:
        front(room, FOREVER)
        assert transflow(room, "memory", "find", "bridges").code == 1
        front(room, EMBARGO)
        assert TEXTS[1] in done(room, "memory", "find", "bridges")


class TestAReportWhoseFileIsGone:
    def test_may_be_under_embargo_so_that_nothing_of_it_leaves(self, sample: Path, tmp_path: Path) -> None:
        before = contents(sample / "build") if (sample / "build").exists() else {}
        (sample / "sources" / "un-letter.md").unlink()
        for arguments in (("render",), ("render", "--draft")):
            assert "un-letter is gone" in transflow(sample, *arguments, user="mina").err
        assert (contents(sample / "build") if (sample / "build").exists() else {}) == before
        said = transflow(sample, "export", "--output", str(tmp_path / "out")).err
        assert "en:un-letter is confidential or under embargo" in said
        assert [path.name for path in (tmp_path / "out").rglob("*.po")] == ["rights-groups.po"]


def test_of_two_embargoes_neither_ends(room: Path, tmp_path: Path) -> None:
    front(room, "embargo: 2020-01-01\n" + FOREVER)
    assert releasable_from(Project(room).front_matter("flood"), "Asia/Seoul") == NEVER


class TestAnExport:
    def test_of_the_memory_has_it_after_its_end(self, room: Path, tmp_path: Path) -> None:
        for line, there in ((FOREVER, False), (EMBARGO, True), ("confidential: true", False)):
            front(room, line)
            done(room, "memory", "export", str(tmp_path / "all.tmx"))
            assert (TEXTS[1] in (tmp_path / "all.tmx").read_text(encoding="utf-8")) == there

    @pytest.mark.parametrize("line", [FOREVER, "embargo: soon", "confidential: true"])
    @pytest.mark.parametrize("to", ["po", "mo"])
    def test_of_catalogs_leaves_it_out_and_says_so(self, room: Path, tmp_path: Path, line: str, to: str) -> None:
        front(room, line)
        done(room, "compose", "story", "--from", "flood", user="eugene")
        out = tmp_path / "out"
        ran = transflow(room, "export", "--to", to, "--output", str(out))
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.count("stays here") == 2
        for name in ("flood", "story"):
            assert "--withheld" in refusal(room, "export", name, "--to", to, "--output", str(out))
        assert not out.exists()
        ran = transflow(room, "export", "--to", to, "--output", str(out), "--withheld")
        assert (ran.code, len(ran.out.split()), ran.err.count("is exported all the same")) == (0, 2, 2)
        front(room, EMBARGO)
        assert len(done(room, "export", "--to", to, "--output", str(out)).split()) == 2


class TestAFinding:
    def test_quotes_no_text_before_the_end_and_does_afterwards(self, room: Path) -> None:
        steps.confirm(actor(room, "claire", AFTER), "flood#2", "Three 다리 failed.")
        for line, quoted in ((FOREVER, False), (EMBARGO, True)):
            front(room, line)
            done(room, "unit", "set", "flood#2", "Three 다리 failed.", user="claire")
            ran = transflow(room, "check", "--all")
            assert "flood#2" in ran.out
            assert ("다리" in ran.out) == quoted


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def url(running: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(VARIABLE, postgres.set_up(running))
    return running


@pytest.mark.skipif(bool(postgres.why_not()), reason=postgres.why_not())
class TestASharedMemory:
    @staticmethod
    def targets(url: str) -> set[str]:
        with psycopg.connect(url) as db:
            return {row[0] for row in db.execute("SELECT target FROM transflow.entry").fetchall()}

    def test_has_it_after_its_end_from_whoever_asks_first(self, room: Path, tmp_path: Path, url: str) -> None:
        with closing(Memory(Project(room), "en", clock=Clock(BEFORE))) as one:
            one.refresh()
        assert self.targets(url) == set()
        early = new_project(tmp_path / "early")  # a clone from before the embargo
        translated(early)
        with closing(Memory(Project(early), "en", clock=Clock(BEFORE))) as two:
            two.refresh()
            assert self.targets(url) == set()
        late = new_project(tmp_path / "late")  # a clone from after the embargo, which withheld nothing
        translated(late)
        with closing(Memory(Project(late), "en", clock=Clock(AFTER))) as three:
            three.refresh()
        assert self.targets(url) == set(TEXTS)

    def test_forgets_it_when_an_embargo_is_set_and_gets_it_back_without_a_step_by_hand(
        self, room: Path, url: str
    ) -> None:
        clock = Clock(AFTER)
        with closing(Memory(Project(room), "en", clock=clock)) as one:
            one.refresh()
            assert self.targets(url) == set(TEXTS)
            front(room, "embargo: 2024-03-28T09:00:00+09:00")
            one.refresh()
            assert self.targets(url) == set()
            clock.now = "2024-03-28T00:00:00Z"
            assert one.lookup(BRIDGES)
            assert self.targets(url) == set(TEXTS)

    def test_loses_what_may_not_leave_before_it_is_told_anything_else(
        self, room: Path, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with closing(Memory(Project(room), "en", clock=Clock(AFTER))) as one:
            one.refresh()
            for number in range(3):
                copy = room / "sources" / f"a{number}.md"
                copy.write_text((room / "sources" / "flood.md").read_text(encoding="utf-8"), encoding="utf-8")
            done(room, "update", user="claire")
            front(room, FOREVER)
            monkeypatch.setattr("transflow.actions.language.sharing._SENT_PER_QUERY", 1)
            one.lookup(BRIDGES)
        assert self.targets(url) == set()

    def test_keeps_what_is_confidential_out_whatever_end_another_says(self, url: str) -> None:
        with closing(SharedMemory(url, "Herald", "en")) as team:
            for first, second in (("", END), (AFTER, END)):
                team.withhold("a", first)
                team.withhold("a", second)
                with psycopg.connect(url) as db:
                    assert db.execute("SELECT withheld, until FROM transflow.catalog").fetchall() == [(True, "")]

    def test_keeps_the_later_of_two_ends(self, url: str) -> None:
        with closing(SharedMemory(url, "Herald", "en")) as team:
            for until in (END, AFTER, BEFORE):
                team.withhold("a", until)
            with psycopg.connect(url) as db:
                assert db.execute("SELECT withheld, until FROM transflow.catalog").fetchall() == [(True, AFTER)]

    def test_is_told_no_id_of_a_protected_person(self, room: Path, url: str) -> None:
        settings = room / "transflow.toml"
        settings.write_text(
            settings.read_text(encoding="utf-8").replace('id = "claire"', 'id = "claire"\nprotected = true')
        )
        with closing(Memory(Project(room), "en", clock=Clock(AFTER))) as one:
            one.refresh()
        with psycopg.connect(url) as db:
            assert {row[0] for row in db.execute("SELECT who FROM transflow.entry").fetchall()} == {""}
