"""Renamed catalogs under real git: what git takes for versions of one catalog need not be that."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from support.commands import transflow
from support.newsrooms import BRIDGES, SLUG, Clone, cloned, git, newsroom
from transflow.actions.privacy import mv
from transflow.cli import run

NEW = "spans"
TEXTS = ("Two bridges reopen", "Two bridges reopened on Tuesday.", "It took three months.")
OLD_FILE = f"locales/en/reports/{SLUG}.po"
NEW_FILE = f"locales/en/reports/{NEW}.po"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a newsroom with clones of claire and leejin, and three translated sentences."""
    folder = tmp_path_factory.mktemp("newsroom")
    origin, claire = newsroom(folder)
    for number, text in enumerate(TEXTS, 1):
        claire.write(f"{SLUG}#{number}", text, number)
    claire.commit("first texts")
    claire.push()
    cloned(origin, folder / "leejin", "leejin")
    return folder


@pytest.fixture
def pair(original: Path, tmp_path: Path) -> tuple[Clone, Clone]:
    copytree(original, tmp_path, dirs_exist_ok=True)
    for who in ("claire", "leejin"):
        git(tmp_path / who, "remote", "set-url", "origin", str(tmp_path / "origin.git"))
    return Clone(tmp_path / "claire", "claire"), Clone(tmp_path / "leejin", "leejin")


def renamed(clone: Clone, new: str = NEW) -> None:
    mv.move(clone.actor(30, "mina"), SLUG, new)


def with_old_copy(clone: Clone) -> None:
    """Rename the report, but keep its catalog of long ago too.

    This is what `git add -A` makes of a conflict between a renamed file and a changed one.
    """
    clone.git("reset", "-q", "--hard", "HEAD~1")
    clone.write(f"{SLUG}#2", "A pair of bridges is open again.", 40, who="minho")
    clone.write(f"{SLUG}#4", "The mayor thanked residents.", 41, who="minho")
    old = clone.path().read_bytes()
    clone.git("reset", "-q", "--hard", "origin/main")
    renamed(clone)
    (clone.root / OLD_FILE).write_bytes(old)
    clone.commit("renamed, and an old copy")


@pytest.mark.parametrize("edits", [False, True])
def test_an_old_copy_of_a_renamed_catalog_takes_no_text_away(pair: tuple[Clone, Clone], edits: bool) -> None:
    claire, leejin = pair
    with_old_copy(leejin)
    leejin.push()
    renamed(claire)
    if edits:
        claire.write(f"{NEW}#5", "The first bridge is for buses.", 50)
    claire.commit("renamed")
    said = claire.pull(fails=None)  # git forgets the conflict where both have the same file under the new name
    assert "2 texts that are gone on one side are kept (#1,3)" in said
    assert f"transflow unit resolve en:{NEW}#2" in said
    assert claire.targets(NEW)[::2][:2] == [TEXTS[0], TEXTS[2]]
    assert claire.targets(NEW)[3:5] == ["The mayor thanked residents.", "The first bridge is for buses." * edits]
    unit = claire.unit(2, NEW)
    assert (unit.target, [each.text for each in unit.conflicts]) == ("A pair of bridges is open again.", [TEXTS[1]])


def test_what_git_itself_drops_of_an_old_copy_is_named_by_check(pair: tuple[Clone, Clone]) -> None:
    """The copy is on our side: git 2.39 forgets the merged file if both have the same new one."""
    claire, leejin = pair
    renamed(claire)
    claire.commit("renamed")
    claire.push()
    with_old_copy(leejin)
    leejin.pull(fails=None)
    assert leejin.targets(NEW)[:3] == [*TEXTS]
    leejin.commit()
    for _ in range(2):  # found, and known from the first time
        said = transflow(leejin.root, "check", "--all", "--min", "0", "--format", "json").out
        (found,) = [each for each in json.loads(said)["issues"] if each["check"] == "record.lost"]
        assert f"1 text of {OLD_FILE}, which was deleted or renamed, is missing here (#4)" in found["message"]
        assert found["path"] == NEW_FILE
    leejin.write(f"{NEW}#4", "The mayor thanked residents.", 60)
    assert "record.lost" not in transflow(leejin.root, "check", "--all", "--min", "0").out


def test_texts_that_a_text_merge_lost_in_a_renamed_catalog_are_named_by_check(
    pair: tuple[Clone, Clone], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    claire, leejin = pair
    with_old_copy(leejin)
    leejin.push()
    claire.git("config", "--remove-section", "merge.transflow")
    renamed(claire)
    claire.commit("renamed")
    claire.pull()
    monkeypatch.chdir(claire.root)
    run(["check", "--all", "--min", "0"])
    assert "record.lost" in capsys.readouterr().out


def test_two_names_of_one_report(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    renamed(claire)
    claire.write(f"{NEW}#4", "The mayor thanked residents.", 31)
    claire.commit()
    claire.push()
    renamed(leejin, "crossings")
    leejin.write("crossings#5", "The first bridge is for buses.", 31)
    leejin.commit()
    leejin.pull(fails=True)
    for name in (NEW, "crossings"):
        found = leejin.root / f"locales/en/reports/{name}.po"
        assert all(text in found.read_text(encoding="utf-8") for text in (*TEXTS, "The mayor", "for buses"))


@pytest.mark.parametrize("renames", [True, False])
def test_a_renamed_catalog_that_the_other_deleted(pair: tuple[Clone, Clone], renames: bool) -> None:
    claire, leejin = pair
    deleting, renaming = (leejin, claire) if renames else (claire, leejin)
    deleting.git("rm", "-q", OLD_FILE, f"sources/{SLUG}.md")
    deleting.commit()
    renamed(renaming)
    renaming.write(f"{NEW}#4", "The mayor thanked residents.", 31)
    renaming.commit()
    leejin.push()
    claire.pull(fails=True)
    assert claire.targets(NEW)[:4] == [*TEXTS, "The mayor thanked residents."]


def test_another_report_that_git_takes_for_the_renamed_one(pair: tuple[Clone, Clone]) -> None:
    claire, leejin = pair
    claire.git("rm", "-q", OLD_FILE, f"sources/{SLUG}.md")
    other = BRIDGES.replace("다리", "터널").replace("공사는", "그 일은").replace("시장은", "주민은")
    (claire.root / "sources").mkdir()
    (claire.root / "sources" / "tunnels.md").write_text(other, encoding="utf-8")
    claire.update(20, "tunnels")
    for number, text in enumerate(TEXTS, 1):
        claire.write(f"tunnels#{number}", text.replace("bridges", "tunnels"), 20)
    claire.commit("another report")
    claire.push()
    leejin.write(f"{SLUG}#2", "A pair of bridges is open again.", 40)
    leejin.commit()
    said = leejin.git("pull", "-q", "--no-rebase", "-X", "find-renames=20%", "origin", "main", fails=True)
    assert "git took en:bridges for a version of this file" in said
    assert "-X no-renames" in said
    catalog = leejin.load("tunnels")
    assert len(catalog.units) == 7
    assert [unit.target for unit in catalog.obsolete] == ["A pair of bridges is open again."]
