"""Files that git or another program is writing: real checkouts, and writers in pieces."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.commands import done, transflow
from support.newsrooms import SLUG, Clone, copied, newsroom
from transflow.actions.project.status import rows
from transflow.errors import TornError, TransflowError, UnreadableError
from transflow.model.catalog import Catalog
from transflow.po.catalog import load
from transflow.project import CatalogRef, Project, looking
from transflow.project.git_dir import index_lock
from transflow.project.torn import may_be_torn
from transflow.units.workflow import confirm

PLACE = CatalogRef("en", "reports", SLUG)
NOW = "2024-03-27T00:00:00Z"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "GIVE_UP_AFTER", 2.0)


def _body(sentences: int, day: str = "화요일") -> str:
    lines = (f"강변시의 다리 {number} 곳이 {day} 다시 열렸다." for number in range(sentences))
    return "---\ntitle: 강변시 다리 다시 열려\n---\n\n" + "\n\n".join(lines) + "\n"


def _glossary(terms: int) -> str:
    entries = (f'\nmsgid "다리 {number}"\nmsgstr "Bridge {number}"\n' for number in range(terms))
    return 'msgid ""\nmsgstr ""\n"Language: en\\n"\n' + "".join(entries)


def _translated(clone: Clone, text: str) -> None:
    catalog = clone.load()
    new = catalog.replace(
        units=tuple(confirm(unit, f"{text} {unit.id}", "claire", "2024-03-26T00:01:00Z") for unit in catalog.units)
    )
    clone.project.change(PLACE, lambda _: new)


def _two_branches(folder: Path, sentences: int) -> Clone:
    """Create a clone with the branches `main` and `other`, which differ in every file."""
    _, clone = newsroom(folder, _body(sentences))
    for branch, day in (("main", "화요일"), ("other", "수요일")):
        clone.git("checkout", "-q", "-B", branch)
        (clone.root / "sources" / f"{SLUG}.md").write_text(_body(sentences, day), encoding="utf-8")
        (clone.root / "locales/en/glossary.po").write_text(_glossary(sentences) + f"# {branch}\n", encoding="utf-8")
        settings = clone.root / "transflow.toml"
        settings.write_text(f"# {branch}\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
        _translated(clone, branch)
        clone.commit(branch)
    return clone


def _looks(root: Path, sentences: int) -> dict[str, Callable[[], object]]:
    """Return functions that read the record; each returns whether it found everything."""

    def counted() -> bool:
        found = list(rows(Project(root), NOW))
        return [row.error for row in found] == [None] and found[0].counts.units["translated"] == sentences + 1

    return {
        "load": lambda: len(Project(root).load(PLACE).units) == sentences + 1,
        "status": counted,
        "report": lambda: Project(root).report_bytes(SLUG).count(b"\n\n") == sentences,
        "glossary": lambda: Project(root).glossary_text("en").count("msgid") == sentences + 1,
        "names": lambda: (
            Project(root).report_slugs() == [SLUG]
            and Project(root).catalogs("en", "reports") == [PLACE]
            and Project(root).find_catalog(SLUG) == PLACE
            and Project(root).exists(PLACE)
        ),
        "settings": lambda: len(Project.find(root / "sources").settings.people) == 8,
    }


def _seen_beside_checkouts(clone: Clone, sentences: int, rounds: int) -> tuple[Counter[str], Counter[str]]:
    """Return the numbers of complete and incomplete reads during these checkouts."""
    good, bad = Counter[str](), Counter[str]()
    over = threading.Event()

    def look(name: str, found: Callable[[], object]) -> None:
        while not over.is_set():
            try:
                (good if found() else bad)[name] += 1
            except TransflowError as error:
                bad[f"{name}: {error}"] += 1

    threads = [threading.Thread(target=look, args=each) for each in _looks(clone.root, sentences).items()]
    for thread in threads:
        thread.start()
    for number in range(rounds):
        clone.git("checkout", "-q", ("main", "other")[number % 2])
    over.set()
    for thread in threads:
        thread.join()
    return good, bad


def test_beside_checkouts_everything_is_whole_and_there(tmp_path: Path) -> None:
    good, bad = _seen_beside_checkouts(_two_branches(tmp_path, 400), 400, 12)
    assert not bad
    assert set(good) == set(_looks(tmp_path, 400))


@pytest.mark.soak
def test_beside_hundreds_of_checkouts_everything_is_whole_and_there(tmp_path: Path) -> None:
    good, bad = _seen_beside_checkouts(_two_branches(tmp_path, 5_000), 5_000, 300)
    assert not bad
    assert set(good) == set(_looks(tmp_path, 5_000))


def _written_beside_checkouts(clone: Clone, rounds: int) -> None:
    """Check that no text is lost while git changes branches, and that refusals name the file."""
    over, written, refused = threading.Event(), Counter[int](), list[str]()

    def write(number: int) -> None:
        while not over.is_set():
            try:
                clone.write(f"{SLUG}#{number}", f"Written {written[number]}.", 10 + written[number] % 1000)
                written[number] += 1
            except TransflowError as error:
                refused.append(str(error))
            time.sleep(0.02)

    threads = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for number in range(rounds):
        clone.git("checkout", "-q", "-f", ("main", "other")[number % 2])
        assert len(load((clone.root / PLACE.path).read_bytes(), PLACE.path).units) == len(clone.load().units)
    over.set()
    for thread in threads:
        thread.join()
    catalog = clone.load()
    assert all(unit.target for unit in catalog.units)
    assert sum(written.values())
    assert all(PLACE.path in said for said in refused)


def test_writers_beside_checkouts_lose_no_sentence(tmp_path: Path) -> None:
    _written_beside_checkouts(_two_branches(tmp_path, 150), 8)


@pytest.mark.soak
def test_writers_beside_hundreds_of_checkouts_lose_no_sentence(tmp_path: Path) -> None:
    _written_beside_checkouts(_two_branches(tmp_path, 3_000), 300)


# In slow motion


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    _, found = newsroom(folder, _body(20))
    (found.root / "locales/en/glossary.po").write_text(_glossary(20), encoding="utf-8")
    _translated(found, "Text")
    found.commit()
    return folder


@pytest.fixture
def clone(original: Path, tmp_path: Path) -> Clone:
    """Return a clone with one translated report, a glossary, and nothing to commit."""
    return copied(original, tmp_path)


def _age(path: Path) -> None:
    """Set the time of a file to long ago."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


@contextmanager
def _being_written(path: Path, share: float, seconds: float, lock: Path | None) -> Iterator[None]:
    """Write a file from another thread in two pieces, as git does."""
    data = path.read_bytes()
    if lock:
        lock.touch()
    path.unlink()
    if share >= 0:
        path.write_bytes(data[: int(len(data) * share)])

    def finish() -> None:
        with path.open("ab") as file:
            file.write(data[len(data) if share < 0 else int(len(data) * share) :] if share >= 0 else data)
        if lock:
            lock.unlink()

    thread = threading.Timer(seconds, finish)
    thread.start()
    yield
    thread.join()


@pytest.mark.parametrize("share", [-1, 0, 0.02, 0.5, 0.97])
@pytest.mark.parametrize("path", [PLACE.path, f"sources/{SLUG}.md", "locales/en/glossary.po", "transflow.toml"])
def test_whoever_looks_while_git_writes_gets_what_it_wrote(clone: Clone, path: str, share: float) -> None:
    whole = (clone.root / path).read_bytes()
    with _being_written(clone.root / path, share, 0.12, Path(index_lock(clone.root))):
        assert Project(clone.root).has(path)
    with _being_written(clone.root / path, share, 0.12, Path(index_lock(clone.root))):
        assert Project(clone.root).read(path) == whole


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.97])
def test_a_catalog_that_another_program_writes_in_pieces_is_waited_for(clone: Clone, share: float) -> None:
    for look in (_looks(clone.root, 20)["load"], _looks(clone.root, 20)["status"]):
        with _being_written(clone.root / PLACE.path, share, 0.15, None):
            assert look()


def test_the_stamp_of_a_file_that_git_is_writing_is_that_of_the_new_one(clone: Clone) -> None:
    with _being_written(clone.path(), -1, 0.12, Path(index_lock(clone.root))):
        assert clone.project.stamp(PLACE)[1] > 0
    clone.path().unlink()
    with pytest.raises(UnreadableError, match="not there"):
        clone.project.stamp(PLACE)


def test_an_update_beside_git_waits_and_removes_no_sentence(clone: Clone) -> None:
    before = clone.path().read_bytes()
    with _being_written(clone.root / "sources" / f"{SLUG}.md", 0.5, 0.3, Path(index_lock(clone.root))):
        assert "1 of 1" in done(clone.root, "update")
    with _being_written(clone.path(), -1, 0.3, Path(index_lock(clone.root))):
        assert "1 of 1" in done(clone.root, "update")
    assert clone.path().read_bytes() == before


def test_what_is_older_than_git_s_lock_is_not_waited_for(clone: Clone) -> None:
    for path in (PLACE.path, f"sources/{SLUG}.md", "locales/en/glossary.po", "transflow.toml"):
        _age(clone.root / path)
    for folder in ("sources", "locales/en/reports", "locales/en"):
        _age(clone.root / folder)
    Path(index_lock(clone.root)).touch()
    begun = time.monotonic()
    assert transflow(clone.root, "status").code == 0
    assert time.monotonic() - begun < looking.GIVE_UP_AFTER / 2


def test_a_lock_that_stays_holds_a_reader_up_once_and_not_for_each_file(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "GIVE_UP_AFTER", 0.2)
    lock = Path(index_lock(clone.root))
    lock.touch()
    _age(lock)
    begun = time.monotonic()
    project = clone.project
    for _ in range(5):
        assert project.load(PLACE).units
        assert project.report_bytes(SLUG)
        assert not project.has("locales/en/reports/other.po")
        assert project.report_slugs() == [SLUG]
    assert 0.2 <= time.monotonic() - begun < 1


# Files that stay incomplete


def _cut(data: bytes, units: int) -> bytes:
    """Return a catalog without its last units."""
    return b"\n\n".join(data.split(b"\n\n")[:-units]) + b"\n"


def test_a_catalog_that_stays_short_is_refused_and_never_written_over(clone: Clone) -> None:
    path = clone.path()
    path.write_bytes(_cut(path.read_bytes(), 10))
    _age(path)
    short = path.read_bytes()
    with pytest.raises(TornError):
        clone.load()
    for arguments in (["unit", "set", f"{SLUG}#1", "Text"], ["update"], ["repair"], ["check"]):
        ran = transflow(clone.root, *arguments, user="claire")
        assert ran.code == 3 or (arguments == ["update"] and "1 of 1" in ran.out)
    assert path.read_bytes() == short


def test_a_catalog_is_whole_where_two_clones_each_dropped_a_sentence(clone: Clone) -> None:
    path = clone.path()
    entries = path.read_bytes().split(b"\n\n")
    counted = entries[0].replace(b"X-Units: 21 ", b"X-Units: 20 ")
    path.write_bytes(b"\n\n".join([counted, *entries[1:5], *entries[7:]]))
    _age(path)
    with pytest.raises(TornError):
        clone.load()
    clone.git("add", "-A")
    assert len(clone.load().units) == 19  # the index has the same file
    clone.git("commit", "-qm", "merged by lines")
    clone.git("rm", "-q", "--cached", PLACE.path)
    assert len(clone.load().units) == 19  # the last commit has the same file
    clone.git("reset", "-q", "--hard")
    clone.write(f"{SLUG}#1", "Bridges", 10)
    assert b"X-Units: 19 " in path.read_bytes()
    _age(path)
    path.write_bytes(_cut(path.read_bytes(), 3))
    _age(path)
    with pytest.raises(TornError):
        clone.load()


def test_who_asks_for_nothing_changes_nothing_in_a_file_that_only_seems_short(clone: Clone) -> None:
    path = clone.path()
    path.write_bytes(path.read_bytes().replace(b"X-Units: 21 ", b"X-Units: 22 "))
    clone.commit("merged by lines")
    _age(path)
    before = path.read_bytes()
    done(clone.root, "update")
    clone.project.change(PLACE, lambda old: old)
    assert path.read_bytes() == before
    assert "record.torn" not in transflow(clone.root, "check").out


def test_what_is_broken_in_the_middle_is_not_waited_for(clone: Clone) -> None:
    clone.path().write_bytes(clone.path().read_bytes().replace(b'msgstr "', b"msgstr ", 5))
    begun = time.monotonic()
    with pytest.raises(UnreadableError):
        clone.load()
    assert time.monotonic() - begun < looking.GIVE_UP_AFTER / 2


# Other programs


def test_msgcat_s_way_of_writing_is_read_whole(clone: Clone) -> None:
    if not shutil.which("msgcat"):
        pytest.skip("there is no msgcat here")
    before: Catalog = clone.load()
    subprocess.run(["msgcat", "--width=60", "-o", str(clone.path()), str(clone.path())], check=True)
    assert not may_be_torn(clone.path().read_bytes())
    assert [(unit.id, unit.source, unit.target) for unit in clone.load().units] == [
        (unit.id, unit.source, unit.target) for unit in before.units
    ]


@pytest.mark.parametrize("how", ["in place", "beside and renamed"])
def test_editors_rewrite_a_catalog_while_others_write(clone: Clone, how: str) -> None:
    """Poedit renames another file, OmegaT and text editors write in place; none uses locks."""

    def rewrite() -> None:
        data = clone.path().read_bytes()
        if how == "in place":
            with clone.path().open("r+b") as file:
                file.truncate()
                file.write(data[:900])
                file.flush()
                time.sleep(0.1)
                file.write(data[900:])
        else:
            other = clone.path().with_suffix(".po.new")
            other.write_bytes(data)
            other.replace(clone.path())

    thread = threading.Thread(target=rewrite)
    thread.start()
    time.sleep(0.03)
    clone.write(f"{SLUG}#1", "Bridges reopen", 10)
    thread.join()
    catalog = clone.load()
    assert len(catalog.units) == 21
    assert catalog.units[0].target in (
        "Bridges reopen",
        f"Text {catalog.units[0].id}",
    )  # the last writer, without a lock
    assert all(unit.target for unit in catalog.units)


def test_a_name_that_was_never_there_is_not_waited_for(clone: Clone) -> None:
    for folder in ("sources", "locales/en/reports", "locales/en"):
        _age(clone.root / folder)
    Path(index_lock(clone.root)).touch()
    begun = time.monotonic()
    project = clone.project
    assert not project.has("locales/en/reports/other.po")
    assert not project.has("locales/fr/reports/other.po")
    with pytest.raises(UnreadableError, match="not there"):
        project.read("sources/other.md")
    assert project.report_slugs() == [SLUG]
    assert time.monotonic() - begun < looking.GIVE_UP_AFTER / 2
