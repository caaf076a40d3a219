"""Issues of `check` for texts that git has and the folder does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import command, done, transflow
from support.newsrooms import BRIDGES, SLUG, Clone, copied, git, newsroom
from transflow.actions.units import steps

REPORT = f"locales/en/reports/{SLUG}.po"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    _, clone = newsroom(folder)
    for number in range(1, 8):
        clone.write(f"{SLUG}#{number}", f"Sentence number {number}.", number)
    done(clone.root, "glossary", "add", "강변시", "Riverside")
    clone.commit()
    return folder


@pytest.fixture
def claire(original: Path, tmp_path: Path) -> Clone:
    """Return a clone with one translated and committed report and a glossary."""
    return copied(original, tmp_path)


def _said(clone: Clone, *options: str) -> dict[str, str]:
    """Return check id -> message of the issues about lost texts."""
    ran = transflow(clone.root, "check", "--all", "--min", "0", "--format", "json", *options)
    found = {line["check"]: line["message"] for line in json.loads(ran.out)["issues"]}
    return {check: found[check] for check in ("record.gone", "record.lost", "record.shallow") if check in found}


def test_nothing_is_lost_where_everything_is_committed_or_only_added(claire: Clone) -> None:
    assert not _said(claire)
    claire.write(f"{SLUG}#1", "Another headline", 10)
    claire.revise(BRIDGES.replace("석 달", "넉 달").replace("다음 공사는 가을에 시작된다.", ""), 11)
    assert not _said(claire)


def test_a_catalog_that_is_gone_is_named_with_its_texts_and_the_way_out(claire: Clone) -> None:
    claire.path().unlink()
    said = _said(claire)
    assert "7 texts" in said["record.gone"]
    assert f"git checkout -- {REPORT}" in said["record.gone"]
    claire.git("rm", "-q", REPORT)
    assert f"git checkout HEAD -- {REPORT}" in _said(claire)["record.gone"]
    claire.git("reset", "-q", "--hard")
    claire.git("sparse-checkout", "set", "--no-cone", "/*", f"!/{REPORT}")
    assert "git sparse-checkout disable" in _said(claire)["record.gone"]


def test_a_hook_lets_a_deletion_pass_that_is_meant_and_stops_one_that_is_not(claire: Clone) -> None:
    hook = claire.root / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\n{' '.join(command('check', '--all', '--min', '0'))} >&2\n", encoding="utf-8")
    hook.chmod(0o755)
    claire.path().unlink()
    (claire.root / "README").write_text("About us.\n", encoding="utf-8")
    claire.git("add", "README")
    assert "record.gone" in claire.git("commit", "-m", "about us", fails=True)
    (claire.root / "sources" / f"{SLUG}.md").unlink()
    claire.git("commit", "-q", "-a", "-m", "the report and its catalog are gone")


def test_a_glossary_that_is_gone_is_named(claire: Clone) -> None:
    (claire.root / "locales/en/glossary.po").unlink()
    assert "git checkout -- locales/en/glossary.po" in _said(claire)["record.gone"]


def test_what_was_renamed_or_whose_deletion_was_committed_is_not_gone(claire: Clone) -> None:
    done(claire.root, "mv", SLUG, "spans", user="mina")
    assert not _said(claire)
    claire.commit()
    for path in ("sources/spans.md", "locales/en/reports/spans.po"):
        claire.git("rm", "-q", path)
    claire.commit()
    assert not _said(claire)


def test_a_catalog_that_was_made_anew_is_named_before_and_after_it_is_committed(claire: Clone) -> None:
    claire.path().unlink()
    done(claire.root, "update", SLUG, "--anew")
    assert "7 texts" in _said(claire)["record.gone"]
    claire.write(f"{SLUG}#1", "A new headline", 20)
    said = _said(claire)["record.lost"]
    assert "6 texts" in said
    assert "#2-7" in said
    claire.commit()
    said = _said(claire)["record.lost"]
    assert "6 texts" in said
    assert f"git log -p -- {REPORT}" in said


def test_a_text_that_was_taken_out_of_a_file_by_hand_is_named(claire: Clone) -> None:
    text = claire.path().read_text(encoding="utf-8")
    claire.path().write_text(text.replace('msgstr "Sentence number 3."', 'msgstr ""'), encoding="utf-8")
    said = _said(claire)["record.lost"]
    assert "1 text that the last commit has is missing here (#3)" in said
    assert "Sentence" not in said


def test_a_sentence_that_was_joined_omitted_or_deleted_is_not_lost(claire: Clone) -> None:
    claire.join(f"{SLUG}#2-3", 10)
    steps.omit(claire.actor(11, "mina"), f"{SLUG}#3", "said already")
    assert not _said(claire)
    claire.commit()
    assert not _said(claire)


def test_a_join_that_is_taken_back_loses_no_text(claire: Clone) -> None:
    claire.revise(BRIDGES.replace("공사는 석", "비가 왔다. 공사는 석"), 9)
    assert not claire.unit(3).target
    apart = claire.commit()
    claire.join(f"{SLUG}#3-4", 10)
    claire.commit()
    claire.git("checkout", "-q", apart, "--", REPORT)
    assert not _said(claire)
    claire.commit()
    assert not _said(claire)


def test_a_shallow_clone_says_that_it_cannot_tell(claire: Clone, tmp_path: Path) -> None:
    claire.push()
    claire.write(f"{SLUG}#1", "Another headline", 30)
    claire.commit()
    claire.push()
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'origin.git'}", "ci")
    ci = Clone(tmp_path / "ci", "claire")
    assert "fetch-depth: 0" in _said(ci)["record.shallow"]
    assert "withdrawn approval" in _said(ci)["record.shallow"]
    ci.git("fetch", "-q", "--unshallow")
    assert not _said(ci)


def test_who_takes_a_torn_catalog_as_it_is_reads_what_git_has(claire: Clone) -> None:
    data = claire.path().read_bytes()
    claire.path().write_bytes(b"\n\n".join(data.split(b"\n\n")[:-3]) + b"\n")
    lost = [unit.id for unit in next(claire.project.git_versions(claire.place())).units[-3:]]
    ran = transflow(claire.root, "repair", SLUG, "--torn")
    assert "git has 3 texts that are not here" in ran.out
    assert all(each in ran.out for each in lost)
    assert len(claire.load().units) == 4
