"""transflow and git in one folder: real repositories, worktrees, hooks and drivers."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from support.commands import command, contents, done, program, refusal, transflow
from support.newsrooms import SLUG, Clone, cloned, copied, git, newsroom
from transflow.actions.units import steps
from transflow.errors import RefusedError
from transflow.presenters import i18n
from transflow.project import beside_git
from transflow.project.beside_git import GitLockedError
from transflow.project.git_dir import index_lock
from transflow.project.waiting import process

REPORT = f"locales/en/reports/{SLUG}.po"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    _, clone = newsroom(folder)
    for number in range(1, 8):
        clone.write(f"{SLUG}#{number}", f"Sentence number {number}.", number)
    clone.commit()
    clone.push()
    return folder


@pytest.fixture
def claire(original: Path, tmp_path: Path) -> Clone:
    """Return a clone with one translated and committed report."""
    return copied(original, tmp_path)


# Files that git has are not created anew


def _lost(clone: Clone, how: str, path: str) -> str:
    """Remove a committed file, and return the command that restores it."""
    if how == "sparse":
        clone.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{path}")
        return "git sparse-checkout disable"
    if how == "staged":
        clone.git("rm", "-q", "--", path)
        return f"git checkout HEAD -- {path}"
    (clone.root / path).unlink()
    return f"git checkout -- {path}"


@pytest.mark.parametrize("how", ["deleted", "staged", "sparse"])
def test_a_catalog_that_git_has_is_not_made_anew(claire: Clone, how: str) -> None:
    before = claire.path().read_bytes()
    way_out = _lost(claire, how, REPORT)
    there = contents(claire.root)
    for arguments in ([], [SLUG], [SLUG, "--dry-run"], [SLUG, f"{claire.root}/sources/{SLUG}.md"]):
        ran = transflow(claire.root, "update", *arguments)
        assert ran.code == 1
        assert REPORT in ran.err
        assert way_out in ran.err
    assert contents(claire.root) == there
    assert way_out in refusal(claire.root, "unit", "show", f"{SLUG}#1")
    claire.git(*way_out.split()[1:])
    assert claire.path().read_bytes() == before


def test_a_catalog_may_begin_anew_where_that_is_said(claire: Clone) -> None:
    claire.path().unlink()
    done(claire.root, "update", SLUG, "--anew")
    assert len(claire.targets()) == 7
    assert not any(claire.targets())


def test_a_catalog_that_was_never_there_is_made_although_others_were(claire: Clone) -> None:
    (claire.root / "sources" / "spans.md").write_text("---\ntitle: 다리\n---\n\n다리다.\n", encoding="utf-8")
    claire.path().unlink()
    ran = transflow(claire.root, "update")
    assert ran.code == 1
    assert REPORT in ran.err
    assert (claire.root / "locales/en/reports/spans.po").is_file()


def test_whose_deletion_was_committed_begins_anew(claire: Clone) -> None:
    claire.git("rm", "-q", REPORT)
    claire.commit("gone")
    claire.update(10)
    assert not any(claire.targets())


def test_a_report_is_not_added_over_one_that_git_has(claire: Clone, tmp_path: Path) -> None:
    text = tmp_path / "other.md"
    text.write_text("---\ntitle: 다른 소식\n---\n\n다른 소식이다.\n", encoding="utf-8")
    (claire.root / "sources" / f"{SLUG}.md").unlink()
    assert f"git checkout -- sources/{SLUG}.md" in refusal(claire.root, "add", str(text), "--slug", SLUG)
    claire.path().unlink()
    claire.git("rm", "-q", "--cached", f"sources/{SLUG}.md")
    claire.git("commit", "-q", "-m", "the report is gone, and its catalog is still there")
    assert f"git checkout -- {REPORT}" in refusal(claire.root, "add", str(text), "--slug", SLUG)
    done(claire.root, "add", str(text), "--slug", SLUG, "--anew")
    assert [unit.source for unit in claire.load().units] == ["다른 소식", "다른 소식이다."]


def test_a_story_that_git_has_is_not_composed_anew(claire: Clone) -> None:
    claire.compose(10, SLUG)
    steps.confirm(claire.actor(11, "eugene"), "story#1", "A headline of its own")
    claire.commit()
    claire.path("story").unlink()
    for more in ([], ["--from", SLUG]):
        said = refusal(claire.root, "compose", "story", *more, user="eugene")
        assert "git checkout -- locales/en/articles/story.po" in said
    done(claire.root, "compose", "story", "--from", SLUG, "--anew", user="eugene")
    assert claire.unit(1, "story").target == ""


def test_a_glossary_and_settings_that_git_has_are_not_begun_anew(claire: Clone) -> None:
    done(claire.root, "glossary", "add", "강변시", "Riverside")
    claire.commit()
    (claire.root / "locales/en/glossary.po").unlink()
    assert "git checkout -- locales/en/glossary.po" in refusal(claire.root, "glossary", "add", "화요일", "Tuesday")
    (claire.root / "transflow.toml").unlink()
    said = transflow(claire.root.parent, "init", str(claire.root), "--name", "Other")
    assert said.code == 1
    assert "git checkout -- transflow.toml" in said.err
    assert not (claire.root / "transflow.toml").exists()


def test_a_name_that_git_has_for_another_is_not_taken(claire: Clone) -> None:
    (claire.root / "sources" / "spans.md").write_text("---\ntitle: 다리\n---\n\n다리다.\n", encoding="utf-8")
    claire.update(10, "spans")
    claire.commit()
    for path in (claire.path(), claire.root / "sources" / f"{SLUG}.md"):
        path.unlink()
    said = refusal(claire.root, "mv", "spans", SLUG, user="mina", code=2)
    assert REPORT in said


def test_a_report_does_not_leave_a_catalog_behind_that_git_alone_has(claire: Clone) -> None:
    claire.path().unlink()
    assert f"git checkout -- {REPORT}" in refusal(claire.root, "mv", SLUG, "spans", user="mina")
    claire.git("checkout", "--", REPORT)
    done(claire.root, "mv", SLUG, "crossings", user="mina")


def test_whoever_renames_may_take_that_back(claire: Clone) -> None:
    before = {path: (claire.root / path).read_bytes() for path in (REPORT, f"sources/{SLUG}.md")}
    done(claire.root, "mv", SLUG, "spans", user="mina")
    done(claire.root, "mv", "spans", SLUG, user="mina")
    assert {path: (claire.root / path).read_bytes() for path in before} == before


def test_git_is_asked_once_for_all_and_never_without_need(claire: Clone, tmp_path: Path) -> None:
    asked, folder = tmp_path / "asked", tmp_path / "bin"
    folder.mkdir()
    (folder / "git").write_text(f'#!/bin/sh\necho "$*" >>{asked}\nexec {shutil.which("git")} "$@"\n', encoding="utf-8")
    (folder / "git").chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}"}
    assert program(claire.root, "update", env=environment).code == 0
    assert not asked.exists()
    for number in range(5):
        report = claire.root / "sources" / f"new-{number}.md"
        report.write_text(f"---\ntitle: {number}\n---\n\n다리다.\n", encoding="utf-8")
    claire.path().unlink()
    assert program(claire.root, "update", env=environment).code == 1
    assert asked.read_text(encoding="utf-8").count("ls-files") == 1


def test_outside_git_nothing_is_asked(room: Path) -> None:
    assert index_lock(room) == ""
    (room / "locales/en/reports/flood.po").unlink()
    done(room, "update", "flood")


# git's lock


def test_the_lock_is_where_git_says(claire: Clone, tmp_path: Path) -> None:
    claire.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    git(tmp_path, "init", "-q", "super")
    git(tmp_path / "super", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(claire.root), "news")
    (claire.root / "desks").mkdir()
    for folder in (claire.root, claire.root / "desks", tmp_path / "tree", tmp_path / "super" / "news"):
        said = git(folder, "rev-parse", "--path-format=absolute", "--git-path", "index.lock").strip()
        assert Path(index_lock(folder)).resolve() == Path(said)
    assert index_lock(tmp_path) == ""


@pytest.mark.parametrize("tree", [False, True])
def test_a_writer_waits_until_git_is_done(claire: Clone, tmp_path: Path, tree: bool) -> None:
    clone = claire
    if tree:
        claire.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
        clone = Clone(tmp_path / "tree", "claire")
    lock = Path(index_lock(clone.root))
    lock.touch()
    thread = threading.Timer(0.3, lock.unlink)
    thread.start()
    begun = time.monotonic()
    clone.write(f"{SLUG}#1", "Two bridges reopen", 10)
    assert 0.25 < time.monotonic() - begun < 5
    assert clone.targets()[0] == "Two bridges reopen"


def test_a_lock_that_stays_is_named_with_the_way_out(claire: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_git, "GIVE_UP_AFTER", 0.1)
    lock = Path(index_lock(claire.root))
    lock.touch()
    before = claire.path().read_bytes()
    for arguments in (
        ["unit", "set", f"{SLUG}#1", "Two bridges reopen"],
        ["update", SLUG, f"{claire.root}/sources/{SLUG}.md"],
        ["compose", "story", "--from", SLUG],
        ["glossary", "add", "강변시", "Riverside"],
        ["repair"],
    ):
        said = refusal(claire.root, *arguments, user="claire")
        assert str(lock) in said
        assert "pgrep" in said
    assert claire.path().read_bytes() == before
    assert transflow(claire.root, "status").code == 0


@pytest.mark.parametrize("commit", [["commit"], ["commit", "-a"], ["commit", "--", REPORT]])
def test_a_hook_writes_under_the_lock_of_its_own_commit(claire: Clone, commit: list[str]) -> None:
    hook = claire.root / ".git" / "hooks" / "pre-commit"
    line = " ".join(command("--as", "claire", "unit", "set", f"{SLUG}#2", "'Written by a hook.'"))
    hook.write_text(f"#!/bin/sh\n{line} >&2\n", encoding="utf-8")
    hook.chmod(0o755)
    claire.write(f"{SLUG}#1", "Two bridges reopen", 10)
    if commit == ["commit"]:
        claire.git("add", "-A")
    claire.git(*commit[:1], "-q", "-m", "work", *commit[1:])
    assert claire.targets()[:2] == ["Two bridges reopen", "Written by a hook."]


def test_a_merge_driver_runs_under_the_lock_of_its_own_merge(claire: Clone, tmp_path: Path) -> None:
    leejin = cloned(tmp_path / "origin.git", tmp_path / "leejin", "leejin")
    claire.write(f"{SLUG}#1", "Two bridges reopen", 10)
    claire.commit()
    claire.push()
    line = " ".join(command("--as", "leejin", "unit", "set", f"{SLUG}#2", "'Written by a driver.'"))
    leejin.git(
        "config", "merge.transflow.driver", f"{line} >&2; {leejin.git('config', 'merge.transflow.driver').strip()}"
    )
    leejin.write(f"{SLUG}#3", "It took three months.", 12)
    leejin.commit()
    said = leejin.pull(fails=None)
    assert "index.lock" not in said


def test_what_git_changes_under_a_writer_is_not_written_over(claire: Clone) -> None:
    place = claire.place()
    lock = Path(index_lock(claire.root))
    with claire.project.locked(place.path):
        old = claire.load()
        lock.touch()
        with pytest.raises(RefusedError, match="another program"):
            claire.project.write(place, old.replace(units=old.units[1:]), old)
        lock.unlink()


def test_a_glossary_that_git_changed_meanwhile_is_not_written_over(claire: Clone) -> None:
    path = "locales/en/glossary.po"
    done(claire.root, "glossary", "add", "강변시", "Riverside")
    with claire.project.locked(path):
        before = claire.project.read(path)
        (claire.root / path).write_bytes(before + b"# from another clone\n")
        with pytest.raises(RefusedError, match="another program"):
            claire.project.write_file(path, before, before)
        (claire.root / path).unlink()
        with pytest.raises(RefusedError, match="another program"):
            claire.project.write_file(path, before, before)


def test_an_imported_memory_that_git_has_is_not_replaced_by_another_of_its_name(claire: Clone, tmp_path: Path) -> None:
    (tmp_path / "old.ko").write_text("다리다.\n", encoding="utf-8")
    (tmp_path / "old.en").write_text("A bridge.\n", encoding="utf-8")
    arguments = ["memory", "import", str(tmp_path / "old.ko"), str(tmp_path / "old.en")]
    done(claire.root, *arguments)
    claire.commit()
    path = next((claire.root / "locales/en/memory").glob("*.tmx"))
    path.unlink()
    assert f"git checkout -- {path.relative_to(claire.root)}" in refusal(claire.root, *arguments)


def test_a_long_wait_for_git_is_told(claire: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(process, "tell", told.append)
    monkeypatch.setattr(beside_git, "REPORT_AFTER", 0.1)
    lock = Path(index_lock(claire.root))
    lock.touch()
    thread = threading.Timer(0.4, lock.unlink)
    thread.start()
    claire.write(f"{SLUG}#1", "Two bridges reopen", 10)
    assert [str(lock) in text for text in told] == [True, False]


def test_what_stands_in_the_way_is_said_in_korean_with_the_lock(claire: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(process, "tell", told.append)
    monkeypatch.setattr(beside_git, "REPORT_AFTER", 0.1)
    lock = index_lock(claire.root)
    Path(lock).touch()
    threading.Timer(0.4, Path(lock).unlink).start()
    claire.write(f"{SLUG}#1", "Two bridges reopen", 10)
    try:
        i18n.use("ko")
        for said in (GitLockedError(lock).message, told[0]):
            assert lock in i18n.say(said)
            assert re.search("[a-z]+ [a-z]+ [a-z]+", i18n.say(said)) is None
    finally:
        i18n.use("en")
