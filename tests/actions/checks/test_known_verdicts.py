"""Known verdicts: those that the gate would give now, whatever was changed since."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from support.newsrooms import git
from support.sample import copy_sample
from transflow.actions.checks import check as gate
from transflow.actions.checks import verdict_cache
from transflow.actions.checks.catalog_judge import CatalogJudge, Rules
from transflow.actions.checks.check import check
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.findings.selection import Selection
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project, cache
from transflow.units.workflow import confirm

NOW = "2024-06-01T09:00:00Z"
REPORT = CatalogRef("en", "reports", "un-letter")
STORY = CatalogRef("en", "articles", "un-china-refugees")
RULES = Rules("approved", 100.0, 0)
GLOSSARY = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
TERM = '\nmsgctxt "place"\nmsgid "중국"\nmsgstr "Cathay"\n'
WRONG = "It was 유엔 -- no , and on April 30, 1999."
Edit = Callable[[Path, random.Random], None]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample newsroom in git."""
    made = copy_sample(tmp_path_factory.mktemp("original") / "sample")
    git(made, "init", "-q")
    commit(made)
    return made


@pytest.fixture
def room(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the sample newsroom in git, where caches are used."""
    for name in ("CI", cache.OFF):
        monkeypatch.delenv(name, raising=False)
    return shutil.copytree(original, tmp_path / "sample", symlinks=True)


def commit(root: Path, *_: object) -> None:
    git(root, "add", "-A")
    git(
        root, "-c", "user.name=mina", "-c", "user.email=mina@example.org", "commit", "-q", "--allow-empty", "-m", "work"
    )


def verdict(root: Path, *, cached: bool = True, now: str = NOW, rules: Rules = RULES) -> object:
    project = Project(root)
    if not cached:
        project.cache = None
    found = check(project, now, rules, everything=True)
    return found.catalogs, found.issues, found.unreadable


def write_text(root: Path, chance: random.Random, place: CatalogRef = REPORT, text: str = WRONG) -> None:
    def step(catalog: Catalog) -> Catalog:
        unit = chance.choice(catalog.units)
        return catalog.map_unit(unit.id, lambda old: confirm(old, text, "claire", "2024-05-01T03:00:00Z"))

    Project(root).change(place, step)


def replaced(path: str, old: str, new: str) -> Edit:
    def edit(root: Path, _: random.Random) -> None:
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace(old, new) if old in text else text.replace(new, old), encoding="utf-8")

    return edit


def add_term(root: Path, chance: random.Random) -> None:
    path = root / "locales/en/glossary.po"
    text = path.read_text(encoding="utf-8") if path.exists() else GLOSSARY
    path.write_text(text + TERM.replace("중국", chance.choice(["중국", "유엔", "탈북민", "정부"])), encoding="utf-8")


def take_back(root: Path, _: random.Random) -> None:
    git(root, "checkout", "-q", "--", "locales", "sources", "transflow.toml")


EDITS: dict[str, Edit] = {
    "text": write_text,
    "text of a story": lambda root, chance: write_text(root, chance, STORY),
    "no text": lambda root, chance: write_text(root, chance, text=""),
    "term": add_term,
    "date": replaced("sources/un-letter.md", "date: 2024-", "date: 2023-"),
    "severity": replaced("transflow.toml", "[gate]\n", '[checks]\nuntranslated = "hint"\n[gate]\n'),
    "style": replaced("transflow.toml", "[gate]\n", '[style]\noff = ["initials"]\n[gate]\n'),
    "people": replaced("transflow.toml", 'roles = ["editor"', 'roles = ["writer"'),
    "by hand": replaced("locales/en/reports/un-letter.po", "China", "Chyna"),
    "commit": commit,
    "taken back": take_back,
}


QUICK = ("text of a story", "term", "date", "style")


def test_whatever_changed_is_judged_anew(room: Path) -> None:
    verdict(room)
    for name in QUICK:
        EDITS[name](room, random.Random(1))
        assert verdict(room) == verdict(room, cached=False), name


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40))
def test_whatever_changes_in_any_order(room: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        EDITS[chance.choice(list(EDITS))](room, chance)
        assert verdict(room) == verdict(room, cached=False)


def test_the_key_covers_every_file_that_is_read(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_term(room, random.Random(1))
    (room / "locales/en/approvals").mkdir()
    (room / REPORT.signatures_path).write_text("no signature\n", encoding="utf-8")
    read, read_file = list[str](), Project.read

    def recording(project: Project, name: str) -> bytes:
        read.append(name)
        return read_file(project, name)

    monkeypatch.setattr(Project, "read", recording)
    verdict(room, cached=False)
    used = set(read)
    assert {REPORT.path, REPORT.signatures_path, "sources/un-letter.md", "locales/en/glossary.po"} <= used
    verdict(room)
    read.clear()
    monkeypatch.setattr(CatalogJudge, "judge", lambda *_: pytest.fail("it is known"))
    verdict(room)
    assert set(read) >= used


def test_an_unchanged_project_is_not_judged(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = verdict(room)
    monkeypatch.setattr(CatalogJudge, "judge", lambda *_: pytest.fail("it is known"))
    assert verdict(room) == honest
    commit(room)
    assert verdict(room) == honest, "its files have the same history"


def test_other_thresholds_are_judged_anew(room: Path) -> None:
    write_text(room, random.Random(1))
    verdict(room)
    for rules in (
        RULES._replace(minimum=10.0),
        RULES._replace(selection=Selection(frozenset({"gate"}))),
        RULES._replace(since="HEAD"),
    ):
        assert verdict(room, rules=rules) == verdict(room, rules=rules, cached=False)


def test_several_processes_find_the_same(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(room, random.Random(1))
    honest = verdict(room, cached=False)
    monkeypatch.setattr(gate, "_MANY", 2)
    assert verdict(room) == verdict(room) == honest


def test_what_time_changes_is_judged_anew(room: Path) -> None:
    replaced("sources/un-letter.md", "date: ", "embargo: 2024-06-02 09:00\ndate: ")(room, random.Random())
    write_text(room, random.Random(1))
    for now in (NOW, "2024-06-03T09:00:00Z", "2023-01-01T00:00:00Z"):
        assert verdict(room, now=now) == verdict(room, now=now, cached=False)


def database(room: Path) -> Path:
    folder = Project(room).cache
    assert folder
    return folder / "verdicts.db"


@pytest.mark.parametrize("content", [b"junk" * 1000, None])
def test_a_broken_cache_is_none_and_made_anew(room: Path, content: bytes | None) -> None:
    honest = verdict(room)
    path = database(room)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert [verdict(room) for _ in range(3)] == [honest] * 3
    with closing(sqlite3.connect(path)) as made:
        assert made.execute("SELECT count(*) > 0 FROM verdict").fetchone() == (1,)


def test_a_value_of_another_form_is_none(room: Path) -> None:
    honest = verdict(room)
    for value in ("", "{}", '["2024"]', '["2024", {}, 1, 2, 3]'):
        with closing(sqlite3.connect(database(room))) as made, made:
            made.execute("UPDATE verdict SET value = ?", (value,))
        assert verdict(room) == honest


def test_a_cache_that_others_can_write_is_none(room: Path) -> None:
    honest = verdict(room)
    with closing(sqlite3.connect(database(room))) as made, made:
        made.execute("UPDATE verdict SET value = '[]'")
    database(room).chmod(0o666)
    assert verdict(room) == honest


def test_a_cache_inside_the_project_is_none(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(room / ".cache"))
    assert Project(room).cache is None


class TestTheDatabase:
    def test_can_be_written_by_two_at_once(self, tmp_path: Path) -> None:
        first, second = VerdictCache(tmp_path / "room"), VerdictCache(tmp_path / "room")
        for number in range(20):
            for each in (first, second):
                each.put(b"%d" % number, [number])
                each.save()
        assert second.get(b"19", list) == [19]

    def test_is_done_without_while_somebody_holds_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verdict_cache, "_PATIENCE", 0.05)
        kept = VerdictCache(tmp_path)
        kept.put(b"key", [1])
        kept.save()
        with closing(sqlite3.connect(tmp_path / "verdicts.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            kept.put(b"other", [2])
            kept.save()
        assert VerdictCache(tmp_path).get(b"key", list) == [1]

    def test_drops_what_was_not_used_for_a_month(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = VerdictCache(tmp_path)
        for day, key in ((100, b"old"), (100, b"used"), (120, b"new"), (131, b"")):
            monkeypatch.setattr(verdict_cache, "_today", lambda day=day: day)
            if key:
                kept.put(key, [day])
            else:
                kept.get(b"used", list)
            kept.save()
        assert [kept.get(key, list) for key in (b"old", b"used", b"new")] == [None, [100], [120]]

    def test_never_grows_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verdict_cache, "MOST_BYTES", 200_000)
        kept = VerdictCache(tmp_path)
        for number in range(30):
            kept.put(b"%d" % number, ["x" * 20_000])
            kept.save()
        kept.close()
        assert (tmp_path / "verdicts.db").stat().st_size < 600_000
