"""The translation memory of a project: it follows the catalogs, and never blocks other work."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import STAFF, TEXTS, command, contents, done, new_project, refusal, transflow
from transflow.actions import Actor
from transflow.actions.language.memory import Memory, MemoryFailedError
from transflow.actions.units import steps
from transflow.memory.index import Index
from transflow.project import CatalogRef, Project, cache

NOW, LATER = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
BRIDGES = "강변시 다리 3곳이 5일 밤 끊겼다."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a project with a translated report."""
    made = new_project(tmp_path)
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(made), f"flood#{number}", text)
    return made


@pytest.fixture
def memory(folder: Path) -> Iterator[Memory]:
    opened = Memory(Project(folder), "en")
    yield opened
    opened.close()


def actor(folder: Path, who: str = "claire", now: str = NOW) -> Actor:
    return Actor(Project(folder), next(person for person in STAFF if person.id == who), now)


def as_who_may_not_write(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command under file permissions, which do not apply to root."""
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    words = [*bound, sys.executable, "-m", "transflow", *arguments]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def second_report(folder: Path, *, confidential: bool = False) -> None:
    """Add a report with a sentence that is similar to one of the first report."""
    front = f"---\ntitle: 다리 소식\ndate: 2024-04-01\n{'confidential: true' * confidential}\n---\n\n"
    text = front + "강변시 다리 4곳이 7일 밤 끊겼다. 제보자 홍길동이 알렸다.\n"
    (folder / "sources" / "again.md").write_text(text, encoding="utf-8")
    done(folder, "update", "again")
    steps.confirm(actor(folder), "again#3", "The source, Hong Gildong, said so.")


def set_confidential(folder: Path, value: str) -> None:
    path = folder / "sources" / "again.md"
    path.write_text(path.read_text("utf-8").replace("date: ", f"confidential: {value}\ndate: ", 1), encoding="utf-8")


def index_of(folder: Path) -> Path:
    return cache.folder(folder) / "memory" / "en.db"


def held(folder: Path) -> dict[tuple[str, str], str]:
    """Return the contents of the index, without comparing it with the catalogs."""
    index = Index(index_of(folder))
    found = {(each.catalog, each.entry.source): each.entry.target for each in index.all_entries()}
    index.close()
    return found


class TestWhatItHolds:
    def test_entries_know_catalog_unit_state_person_and_time(self, folder: Path, memory: Memory) -> None:
        steps.approve(actor(folder, "mina"), "flood#2")
        (match,) = memory.lookup(BRIDGES, limit=1)
        unit = Project(folder).load(CatalogRef("en", "reports", "flood")).units[1]
        assert (match.score, match.target) == (100, TEXTS[1])
        assert match.origin == ("flood", unit.id, "approved", "claire", NOW)

    def test_approved_text_ranks_first_and_a_sentence_is_no_match_for_itself(
        self, folder: Path, memory: Memory
    ) -> None:
        second_report(folder)
        steps.confirm(actor(folder, now=LATER), "again#2", "Bridges were lost.")
        steps.approve(actor(folder, "mina"), "flood#2")
        first, second = memory.lookup(BRIDGES, 80)
        assert (first.score, first.origin.catalog, second.origin.catalog) == (100, "flood", "again")
        unit = Project(folder).load(CatalogRef("en", "reports", "flood")).units[1]
        assert [each.origin.catalog for each in memory.lookup(BRIDGES, 80, report="flood", unit=unit.id)] == ["again"]

    def test_equal_neighbours_make_101(self, memory: Memory) -> None:
        neighbours = ("홍수로 다리 3곳 끊겨", "다친 사람은 없다.")
        assert memory.lookup(BRIDGES, neighbours=neighbours)[0].score == 101
        assert memory.lookup(BRIDGES, neighbours=("", "다친 사람은 없다."))[0].score == 100

    def test_a_match_that_is_nearly_equal_is_repaired_and_says_so(self, memory: Memory) -> None:
        (match,) = memory.lookup("강변시 다리 4곳이 7일 밤 끊겼다.", limit=1)
        assert match.target == "Four bridges failed on the night of the 7th." or match.repairs
        assert {each.original for each in match.repairs} >= {"Three"}
        assert match.score < 100

    def test_concordance_finds_both_sides(self, memory: Memory) -> None:
        assert [each.entry.target for each in memory.concordance("복구")] == [TEXTS[3]]
        assert [each.entry.target for each in memory.concordance("REPAIRS")] == [TEXTS[3]]
        assert memory.concordance("없는 말") == []

    def test_concordance_finds_words_in_any_order_and_korean_with_other_spaces(self, memory: Memory) -> None:
        words = BRIDGES.split()
        for wanted in (" ".join(reversed(words)), "".join(words), f'"{BRIDGES}"', f"{words[-1]} {TEXTS[1].split()[0]}"):
            assert BRIDGES in [each.entry.source for each in memory.concordance(wanted)], wanted
        assert memory.concordance(f'"{words[1]} {words[0]}"') == []


class TestKeepingUp:
    def test_saving_tells_the_index_at_once(self, folder: Path, memory: Memory) -> None:
        memory.refresh()
        steps.confirm(actor(folder, "leejin", LATER), "flood#2", "The bridges failed.")
        assert held(folder)["flood", BRIDGES] == "The bridges failed."

    def test_what_git_or_another_program_changed_is_seen_at_the_next_question(
        self, folder: Path, memory: Memory
    ) -> None:
        memory.refresh()
        path = folder / "locales/en/reports/flood.po"
        path.write_text(path.read_text("utf-8").replace(TEXTS[1], "Changed outside."), encoding="utf-8")
        assert memory.lookup(BRIDGES)[0].target == "Changed outside."
        path.unlink()
        assert memory.lookup(BRIDGES) == []

    def test_without_a_question_there_is_no_index_and_saving_makes_none(self, folder: Path) -> None:
        steps.confirm(actor(folder, "leejin", LATER), "flood#2", "The bridges failed.")
        assert not index_of(folder).exists()

    @pytest.mark.parametrize("fault", ["garbage", "locked", "read-only", "folder"])
    def test_no_fault_of_the_index_breaks_or_delays_a_save(self, folder: Path, memory: Memory, fault: str) -> None:
        memory.refresh()
        memory.close()
        path = index_of(folder)
        other = None
        if fault == "garbage":
            path.write_bytes(b"garbage" * 5000)
        elif fault == "locked":
            other = sqlite3.connect(path, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        elif fault == "read-only":
            path.chmod(0o400)
        else:
            for each in path.parent.iterdir():
                each.unlink()
            path.mkdir()
        before = time.process_time()
        steps.confirm(actor(folder, "leejin", LATER), "flood#2", "The bridges failed.")
        assert time.process_time() - before < 2
        assert Project(folder).load(CatalogRef("en", "reports", "flood")).units[1].target == "The bridges failed."
        if other:
            other.execute("COMMIT")
            other.close()
        if fault != "folder":
            assert memory.lookup(BRIDGES)[0].target == "The bridges failed."
        else:
            with pytest.raises(MemoryFailedError, match=re.escape(str(path))):
                memory.lookup(BRIDGES)

    @pytest.mark.parametrize("has_index", [True, False])
    def test_folders_that_are_read_only_answer_and_only_what_writes_names_the_permissions(
        self, folder: Path, *, has_index: bool
    ) -> None:
        if has_index:
            done(folder, "memory", "rebuild")
            steps.confirm(actor(folder, "leejin", LATER), "flood#2", "Three bridges gave way.")
        index_of(folder).parent.mkdir(parents=True, exist_ok=True)
        parts = [each for top in (folder, cache.folder(folder)) for each in (top, *top.rglob("*"))]
        modes = {each: each.stat().st_mode for each in parts}
        for each in parts:
            each.chmod(0o500 if each.is_dir() else 0o400)
        try:
            before = contents(folder)
            found = as_who_may_not_write(folder, "memory", "find", "다리")
            assert (found.returncode, found.stderr) == (0, "")
            assert ("Three bridges gave way." if has_index else TEXTS[1]) in found.stdout
            refused = as_who_may_not_write(folder, "memory", "rebuild")
            assert refused.returncode == 3
            assert "its permissions do not let you write it" in refused.stderr
            assert contents(folder) == before
        finally:
            for each, mode in modes.items():
                each.chmod(mode)


class TestConfidential:
    def test_its_text_is_offered_within_the_report_only(self, folder: Path, memory: Memory) -> None:
        second_report(folder, confidential=True)
        source = "제보자 홍길동이 알렸다."
        assert memory.lookup(source) == []
        assert memory.lookup(source, report="flood") == []
        assert [each.score for each in memory.lookup(source, report="again")] == [100]
        assert memory.concordance("홍길동") == []
        assert len(memory.concordance("홍길동", report="again")) == 1
        assert memory.lookup(BRIDGES, report="again")[0].origin.catalog == "flood"

    @pytest.mark.parametrize("how", ["question", "update"])
    def test_turning_it_on_purges_every_byte(self, folder: Path, memory: Memory, how: str) -> None:
        second_report(folder)
        memory.refresh()
        assert ("again", "제보자 홍길동이 알렸다.") in held(folder)
        set_confidential(folder, "true")
        if how == "update":
            done(folder, "update", "again")
        else:
            memory.refresh()
        memory.close()
        for path in cache.folder(folder).rglob("*"):
            assert not path.is_file() or "홍길동".encode() not in path.read_bytes(), path
            assert not path.is_file() or b"Gildong" not in path.read_bytes(), path

    def test_what_makes_no_sense_counts_as_confidential(self, folder: Path, memory: Memory) -> None:
        second_report(folder)
        set_confidential(folder, "maybe")
        assert memory.lookup("제보자 홍길동이 알렸다.") == []

    @pytest.mark.parametrize("how", ["question", "save"])
    def test_a_report_whose_file_is_gone_stays_as_it_was_known(self, folder: Path, memory: Memory, how: str) -> None:
        """Without a known state its text stays out: the report may have been confidential."""
        second_report(folder)
        memory.refresh()
        (folder / "sources" / "again.md").unlink()
        place = CatalogRef("en", "reports", "again")
        unknown = place._replace(slug="lost")
        (folder / unknown.path).write_bytes((folder / place.path).read_bytes().replace(b"again", b"lost"))
        if how == "save":
            for each in ("again#3", "lost#3"):
                steps.confirm(actor(folder, "leejin", LATER), each, "A whistle-blower said so.")
        else:
            memory.refresh()
        assert {catalog for catalog, _ in held(folder)} == {"flood", "again"}
        assert memory.lookup("제보자 홍길동이 알렸다.", report="lost")[0].origin.catalog == "lost"

    def test_a_purge_that_was_stopped_is_done_again(self, folder: Path, memory: Memory) -> None:
        second_report(folder)
        memory.refresh()
        index = Index(index_of(folder))
        index.db.execute("UPDATE count SET n = 1 WHERE name = 'unclean'")
        index.remove(["again"])
        index.close()
        set_confidential(folder, "true")
        memory.refresh()
        memory.close()
        assert "홍길동".encode() not in index_of(folder).read_bytes()


def many_reports(folder: Path, count: int) -> None:
    text = (folder / "locales/en/reports/flood.po").read_text("utf-8")
    source = (folder / "sources/flood.md").read_text("utf-8")
    for number in range(count):
        (folder / f"locales/en/reports/flood-{number}.po").write_text(text.replace("5일", f"{number}일"), "utf-8")
        (folder / f"sources/flood-{number}.md").write_text(source, "utf-8")


REBUILD = """
import sys
from pathlib import Path
import transflow.actions.language.memory as actions
from transflow.project import Project
actions.BATCH = 50
memory = actions.Memory(Project(Path(sys.argv[1])), "en")
memory.rebuild(lambda done, total: print(done, total, flush=True))
"""


def test_whoever_is_killed_while_he_rebuilds_leaves_a_usable_index(folder: Path, memory: Memory) -> None:
    many_reports(folder, 120)
    process = subprocess.Popen([sys.executable, "-c", REBUILD, str(folder)], stdout=subprocess.PIPE, encoding="utf-8")
    assert process.stdout is not None
    for _ in range(4):
        assert process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()
    index = Index(index_of(folder))
    assert index.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert 0 < len(index.stamps()) < 121
    some = next(iter(index.all_entries()))
    index.close()
    assert memory.lookup(some.entry.source)[0].score == 100
    assert len({each.catalog for each in memory.exportable_entries()}) == 121


class TestCommands:
    def test_lookup_shows_where_a_match_comes_from_and_what_differs(self, folder: Path) -> None:
        out = done(folder, "memory", "lookup", "강변시 다리 4곳이 5일 밤 끊겼다.")
        assert "flood#" in out
        assert "differs: 3곳이 → 4곳이" in out
        assert "exchanged: Three → Four" in out
        found = json.loads(done(folder, "memory", "lookup", BRIDGES, "--format", "json"))
        assert found[0]["score"] == 100
        assert transflow(folder, "memory", "lookup", "전혀 다른 말이 여기 있다.").code == 1
        assert transflow(folder, "memory", "lookup", "flood#2").code == 1
        assert "one sentence" in refusal(folder, "memory", "lookup", "flood#1-2", code=2)

    def test_find_and_rebuild(self, folder: Path) -> None:
        assert TEXTS[3] in done(folder, "memory", "find", "복구")
        assert done(folder, "memory", "rebuild") == "en: 5 sentences in the memory.\n"
        assert json.loads(done(folder, "memory", "find", "nobody", "--format", "json"))[0]["who"] == "claire"

    def test_rebuild_in_a_terminal_can_be_interrupted(self, folder: Path) -> None:
        many_reports(folder, 30)
        process = subprocess.Popen(
            command("memory", "rebuild"), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode in (0, 130, -2)
        assert "5 sentences" not in done(folder, "memory", "rebuild")

    def test_nothing_of_the_record_changes_but_by_an_import(self, folder: Path) -> None:
        before = contents(folder)
        done(folder, "memory", "rebuild")
        done(folder, "memory", "lookup", BRIDGES)
        assert contents(folder) == before
