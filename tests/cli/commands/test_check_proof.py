"""`transflow check --proof`: whose approvals, waivers, clearances and words they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.commands import done, transflow
from support.keys import computer, make_key, with_key
from support.newsrooms import git
from support.stories import actor
from transflow.actions import utc_now
from transflow.actions.stories import clearance
from transflow.attribution.stamps import later
from transflow.project import Project
from transflow.proof.signature_lines import known_lines

PROOF = ("check", "--proof", "--select", "gate")


@pytest.fixture
def cleared(written: Path) -> Path:
    """A story whose writer and editor said that it can be published, in no commit yet."""
    text = (written / "transflow.toml").read_text(encoding="utf-8")
    for who in ("leejin", "eugene", "mina", "juno"):
        text = text.replace(f'id = "{who}"\n', f'id = "{who}"\nemails = ["{who}@example.org"]\n')
    (written / "transflow.toml").write_text(text, encoding="utf-8")
    git(written, "init", "-q", "-b", "main")
    commit(written, "claire")
    done(written, "ready", "bridges", user="eugene")
    commit(written, "eugene")
    done(written, "clear", "bridges", user="mina")
    return written


def commit(folder: Path, who: str) -> str:
    git(folder, "add", "-A")
    git(folder, "-c", f"user.name={who}", "-c", f"user.email={who}@example.org", "commit", "-q", "-m", "work")
    return git(folder, "rev-parse", "HEAD").strip()


def unproved(folder: Path, *options: str) -> set[str | None]:
    """Return the messages of unproved records."""
    ran = transflow(folder, *PROOF, "--format", "json", *options)
    issues = json.loads(ran.out)["issues"]
    return {each["message"] for each in issues if each["check"] == "record.unproved"}


def test_a_clearance_in_the_editors_own_commit_passes(cleared: Path) -> None:
    commit(cleared, "mina")
    assert unproved(cleared) == set()
    ran = transflow(cleared, *PROOF)
    assert ran.code == 0
    assert re.search(r"0 errors, [1-9]\d* approvals and other decisions proved: passed\.", ran.out)


def test_proofs_are_counted_where_no_story_is_ready(written: Path) -> None:
    done(written, "unit", "approve", "flood", user="mina")
    git(written, "init", "-q", "-b", "main")
    commit(written, "mina")
    assert "Nothing to judge" in transflow(written, "check").out
    passed = re.compile(r"0 errors, [1-9]\d* approvals and other decisions proved: passed\.")
    assert passed.search(transflow(written, *PROOF).out)


def test_a_clearance_that_a_colleague_committed_fails_in_words_for_people(cleared: Path) -> None:
    commit(cleared, "leejin")
    assert unproved(cleared) == {
        "Mina Park's approval was recorded from Leejin Jun's computer. Ask Mina Park to approve again.",
        "Mina Park's clearance was recorded from Leejin Jun's computer. Ask Mina Park to clear the story again.",
    }
    ran = transflow(cleared, *PROOF)
    assert ran.code == 1
    assert "[record.unproved]" in ran.out


def test_clearing_again_in_an_own_commit_proves_the_clearance_and_its_approvals(
    cleared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(cleared, "leejin")
    minute_later = later(utc_now(), 60)
    monkeypatch.setattr("transflow.cli.session.utc_now", lambda: minute_later)
    done(cleared, "clear", "bridges", user="mina")
    commit(cleared, "mina")
    assert unproved(cleared) == set()


def test_the_clearance_of_another_story_proves_nothing(cleared: Path) -> None:
    commit(cleared, "mina")
    story = cleared / "locales" / "en" / "articles" / "bridges.po"
    text = story.read_text(encoding="utf-8").replace("A", "An", 1)
    copy = story.with_name("copy.po")
    copy.write_text(text.replace("X-Article: bridges", "X-Article: copy"), encoding="utf-8")
    commit(cleared, "leejin")
    assert any("clearance was recorded from Leejin Jun's computer" in (each or "") for each in unproved(cleared))


def test_a_word_that_a_story_is_ready_is_its_writers(cleared: Path) -> None:
    commit(cleared, "mina")
    done(cleared, "ready", "bridges", "--undo", user="eugene")
    commit(cleared, "eugene")
    done(cleared, "ready", "bridges", user="eugene")
    commit(cleared, "leejin")
    assert unproved(cleared) == {
        "Eugene Whong's word that the story is ready was recorded from Leejin Jun's computer. "
        "Ask Eugene Whong to say again that the story is ready."
    }


def test_a_waiver_is_proved_like_an_approval(cleared: Path) -> None:
    commit(cleared, "mina")
    done(cleared, "unit", "set", "flood#2", "탈북민 asked.", user="claire")
    done(cleared, "unit", "waive", "flood#2", "untranslated", "Meant.", user="mina")
    commit(cleared, "leejin")
    waiver = "Mina Park's waiver was recorded from Leejin Jun's computer. Ask Mina Park to waive it again."
    assert waiver in unproved(cleared)
    done(cleared, "unit", "waive", "flood#2", "untranslated", "Meant so.", user="mina")
    commit(cleared, "mina")
    assert waiver not in unproved(cleared)


def test_what_is_not_committed_is_a_warning(cleared: Path) -> None:
    ran = transflow(cleared, *PROOF)
    assert ran.code == 0
    assert "[record.unprovable]" in ran.out
    assert transflow(cleared, *PROOF, "--fail-on", "warning").code == 1


def test_the_settings_ask_for_proof_too(cleared: Path) -> None:
    commit(cleared, "leejin")
    assert transflow(cleared, "check", "--select", "gate").code == 0
    text = (cleared / "transflow.toml").read_text(encoding="utf-8")
    (cleared / "transflow.toml").write_text(text.replace('proof = "off"', 'proof = "author"'), encoding="utf-8")
    assert transflow(cleared, "check", "--select", "gate").code == 1


def test_a_commit_is_named_from_which_on_everything_is_proved(cleared: Path) -> None:
    trusted = commit(cleared, "leejin")
    assert transflow(cleared, *PROOF, "--proof-since", trusted).code == 0
    assert transflow(cleared, *PROOF, "--proof-since", "nowhere").code == 2


def test_naming_a_commit_asks_for_proof_whatever_the_settings_say(cleared: Path) -> None:
    trusted = git(cleared, "rev-parse", "HEAD").strip()
    commit(cleared, "leejin")
    ran = transflow(cleared, "check", "--select", "gate", "--proof-since", trusted)
    assert ran.code == 1
    assert "[record.unproved]" in ran.out


@pytest.mark.parametrize("options", [("--proof",), ("--proof-since", "HEAD")])
def test_a_selection_without_the_rules_that_prove_is_wrong_usage(cleared: Path, options: tuple[str, ...]) -> None:
    commit(cleared, "leejin")
    ran = transflow(cleared, "check", "--select", "numbers,dates", *options)
    assert ran.code == 2
    assert f"{options[0]} finds. Add the record's own rules: --select dates,numbers,gate." in ran.err


def test_a_shallow_clone_is_wrong_usage(cleared: Path, tmp_path: Path) -> None:
    commit(cleared, "mina")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{cleared}", "shallow")
    ran = transflow(tmp_path / "shallow", *PROOF)
    assert ran.code == 2
    assert "git fetch --unshallow" in ran.err


def test_of_an_embargoed_text_only_the_reference_is_printed(cleared: Path) -> None:
    report = cleared / "sources" / "flood.md"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("byline:", "embargo: 2099-01-01\nbyline:", 1), encoding="utf-8")
    commit(cleared, "leejin")
    assert unproved(cleared) == {None}


def test_approving_again_is_possible_for_what_is_approved(cleared: Path) -> None:
    commit(cleared, "mina")
    assert "Nothing to do" in transflow(cleared, "unit", "approve", "bridges#1", user="juno").err
    assert "approved" in done(cleared, "unit", "approve", "bridges#1", "--again", user="juno")


def test_ready_and_clear_are_one_line_each_and_the_story_is_in_them(written: Path, tmp_path: Path) -> None:
    for who in ("eugene", "mina"):
        with_key(written, who, make_key(tmp_path / who / ".ssh" / who))
    with computer(tmp_path / "eugene"):
        clearance.ready(actor(written, "eugene", utc_now()), "bridges")
    with computer(tmp_path / "mina"):
        clearance.clear(actor(written, "mina", utc_now()), "bridges")
    project = Project(written)
    place = project.find_catalog("bridges")
    ready, clear = known_lines((written / place.signatures_path).read_text(encoding="utf-8"))
    assert (ready.verb, ready.who, clear.verb, clear.who) == ("ready", "eugene", "clear", "mina")
    article = project.load(place)
    story = article.header.get("X-Id") or "bridges"
    assert [item.about for item in ready.items] == [story]
    approved = {unit.id for unit in article.units if unit.approved}
    assert {item.about for item in clear.items} == approved | {story}
    with computer(tmp_path / "eugene"):
        clearance.ready(actor(written, "eugene", utc_now()), "bridges", undo=True)
    back = known_lines((written / place.signatures_path).read_text(encoding="utf-8"))[-1]
    assert (back.verb, {item.about for item in back.items}) == ("revoke", {story})
