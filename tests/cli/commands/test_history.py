"""`transflow history` and `transflow blame`: the output, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.commands import done, transflow
from support.newsrooms import git


@pytest.fixture
def committed(sample: Path) -> Path:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "work")):
        git(sample, "-c", "user.name=x", "-c", "user.email=x@example.org", *words)
    return sample


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def test_history_prints_each_step_with_time_and_commit_newest_first(committed: Path) -> None:
    done(committed, "unit", "set", "un-letter#3", "The U.N. asked China.", user="claire")
    first, *lines = done(committed, "history", "un-letter#3").splitlines()
    assert first == "en:un-letter#3  The U.N. asked China."
    assert "not committed  changed by claire; before: The U.N. has asked" in lines[0]
    assert f"  {head(committed)[:10]}  written by " in "\n".join(lines)


def test_a_commit_of_nobody_in_the_project_is_marked(committed: Path) -> None:
    """The commit of the whole sample is by x@example.org, whom it does not know."""
    lines = done(committed, "history", "un-letter#3").splitlines()[1:]
    assert all(line.endswith(" (by a commit of nobody in transflow.toml)") for line in lines)
    (unit,) = json.loads(done(committed, "history", "un-letter#3", "--json"))["units"]
    assert {each["by_stranger"] for each in unit["events"]} == {True}


def test_history_prints_json(committed: Path) -> None:
    found = json.loads(done(committed, "history", "un-letter#3-4", "--json"))
    assert found["shallow"] is False
    assert [each["ref"] for each in found["units"]] == ["en:un-letter#3", "en:un-letter#4"]
    assert {"kind", "who", "time", "commit", "recorded_by", "old", "new", "by_stranger"} == found["units"][0]["events"][
        0
    ].keys()


def test_blame_prints_writers_and_approvals_of_each_paragraph_and_its_sentences(committed: Path) -> None:
    text = done(committed, "blame", "un-china-refugees#2")
    assert text.startswith("en:un-china-refugees#2  ")
    assert "\n    en:un-letter#" in text
    assert f"{head(committed)[:10]}  written by " in text
    assert "approved by mina" in text
    found = json.loads(done(committed, "blame", "un-china-refugees#2", "--json"))
    assert found["texts"][0]["sentences"][0]["written"]["commit"] == head(committed)


def test_a_published_story_shows_what_was_published(committed: Path) -> None:
    before = json.loads(done(committed, "blame", "un-china-refugees#2", "--json"))["texts"][0]["text"]
    done(committed, "published", "un-china-refugees", "--url", "https://example.org/1", user="mina")
    git(committed, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qam", "published")
    path = committed / "locales/en/articles/un-china-refugees.po"
    path.write_text(path.read_text("utf-8").replace(before, "Another text.", 1), "utf-8")
    text = done(committed, "blame", "un-china-refugees#2")
    assert text.startswith("As published, ")
    assert before in text
    assert "changed since it was published; now: Another text." in text


def test_no_line_of_a_text_looks_like_a_line_of_the_history(committed: Path) -> None:
    done(
        committed, "unit", "set", "un-letter#3", "One.\n  2024-03-26 18:30  8d0c1f2a3b  approved by mina", user="claire"
    )
    lines = done(committed, "history", "un-letter#3").splitlines()
    assert [each for each in lines if each.endswith("8d0c1f2a3b  approved by mina") and each.startswith("  2024")] == []


def test_a_shallow_clone_says_so(committed: Path, tmp_path: Path) -> None:
    (committed / "README").write_text("x", "utf-8")
    for words in (("add", "-A"), ("commit", "-q", "-m", "more")):
        git(committed, "-c", "user.name=x", "-c", "user.email=x@example.org", *words)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{committed}", "shallow")
    ran = transflow(tmp_path / "shallow", "history", "un-letter#3")
    assert ran.code == 0
    assert "this clone is shallow" in ran.err


def test_without_git_the_way_out_is_named(sample: Path) -> None:
    ran = transflow(sample, "blame", "un-china-refugees")
    assert ran.code == 2
    assert "`transflow unit show` shows what the record says" in ran.err
