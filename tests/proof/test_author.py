"""Proof by the author of the commit, in real repositories of git."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from proof.conftest import Newsroom, edit_settings, person_line
from support.newsrooms import SLUG, git
from transflow import digests
from transflow.errors import UsageError
from transflow.project import Project

Branch = Callable[[str], None]
FROM_LEEJIN = "Mina Park's approval was recorded from Leejin Jun's computer. Ask Mina Park to approve again."
AGAIN_FROM_CLAIRE = (
    "Mina Park's approval was recorded again from Claire Lee's computer. Ask Mina Park to approve again."
)
NO_EDITOR = "was no editor when the approval was recorded"


# One line of history


def test_an_approval_in_a_commit_of_ones_own_is_proved(room: Newsroom) -> None:
    room.approve(1)
    room.commit("mina")
    assert room.faults() == []


def test_without_a_level_nothing_has_to_be_proved(room: Newsroom) -> None:
    room.approve(1)
    room.commit("leejin")
    assert room.faults("off") == []


def test_an_approval_that_a_colleague_commits_is_not_proved(room: Newsroom) -> None:
    room.approve(1)
    room.approve(2)
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#1: {FROM_LEEJIN}", f"{SLUG}#2: {FROM_LEEJIN}"]


def test_a_stranger_is_not_named(room: Newsroom) -> None:
    room.approve(1)
    room.commit("stranger")
    assert room.faults() == [f"{SLUG}#1: {FROM_LEEJIN.replace('Leejin Jun', 'somebody else')}"]


def test_approving_again_proves_it(room: Newsroom) -> None:
    room.approve(1)
    room.commit("leejin")
    room.approve(1, minute=120, again=True)
    room.commit("mina")
    assert room.faults() == []


def test_an_approval_that_is_not_committed_cannot_be_proved_yet(room: Newsroom) -> None:
    room.approve(1)
    assert room.faults() == [f"{SLUG}#1: Mina Park's approval is in no commit yet, which would prove it."]


def test_outside_git_nothing_can_be_proved(room: Newsroom) -> None:
    room.approve(1)
    shutil.rmtree(room.root / ".git")
    assert "in no commit yet" in room.faults()[0]


def test_what_others_do_to_the_file_later_changes_nothing(room: Newsroom) -> None:
    room.approve(1)
    room.commit("mina")
    room.clone("leejin").write(f"{SLUG}#4", "Only buses cross the first bridge.", 130)
    room.commit("leejin")
    room.clone("noah").approve(f"{SLUG}#2", 140, "noah")
    room.commit("noah")
    assert room.faults() == []


def test_an_approval_of_a_text_that_its_approver_never_saw_is_not_proved(room: Newsroom) -> None:
    """The digest of an approval has 64 bits only: two texts can be made that share one."""
    room.approve(1)
    room.commit("mina")
    unit = room.clone("mina").unit(1)
    assert unit.approved
    forged = digests.approval(unit.id, unit.source, "Nine" + unit.target.removeprefix("Two"))
    text = room.path().read_text(encoding="utf-8").replace(unit.approved.digest, forged)
    room.path().write_text(text, encoding="utf-8")
    room.commit("mina", "--amend")  # as if this were the digest of both texts
    forged_text = text.replace("Two", "Nine").replace(
        unit.text, digests.digest("Nine" + unit.target.removeprefix("Two"))
    )
    room.path().write_text(forged_text, encoding="utf-8")
    room.commit("leejin")
    assert room.faults() == [
        f"{SLUG}#1: Mina Park's approval is of another text than this. Ask Mina Park to approve again."
    ]


def test_a_renamed_report_keeps_its_proofs(room: Newsroom) -> None:
    room.approve(1)
    room.commit("mina")
    room.git("mv", f"sources/{SLUG}.md", "sources/crossings.md")
    room.git("mv", f"locales/en/reports/{SLUG}.po", "locales/en/reports/crossings.po")
    room.commit("leejin")
    assert room.faults() == []


def test_a_copy_of_an_approval_is_not_proved_even_while_the_first_one_stays(room: Newsroom) -> None:
    room.approve(1)
    room.commit("mina")
    copy = room.path().with_name("copy.po")
    shutil.copy(room.path(), copy)
    room.path().write_text(room.path().read_text(encoding="utf-8") + "\n", encoding="utf-8")
    room.commit("leejin")
    assert room.faults() == [f"bridges#1: {FROM_LEEJIN}", f"copy#1: {FROM_LEEJIN}"]


def test_a_project_in_a_subfolder_is_proved_too(room: Newsroom, tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    shutil.copytree(room.root, top / "project", ignore=shutil.ignore_patterns(".git"))
    inner = Newsroom(top / "project", room.keys)
    inner.commit("claire")
    inner.approve(1)
    inner.commit("mina")
    inner.approve(2)
    inner.commit("leejin")
    assert inner.faults() == [f"{SLUG}#2: {FROM_LEEJIN}"]


# Merges and rewritten commits


def test_a_merge_by_a_colleague_keeps_the_proof(room: Newsroom, branch: Branch) -> None:
    branch("approvals")
    room.approve(1)
    room.commit("mina")
    branch("main")
    room.clone("claire").write(f"{SLUG}#4", "Only buses cross the first bridge.", 130)
    room.commit("claire")
    room.git("merge", "-q", "--no-edit", "approvals", who="leejin")
    assert "@approved mina" in room.path().read_text(encoding="utf-8")
    assert room.faults() == []


def test_an_approval_that_a_merge_adds_is_not_proved(room: Newsroom, branch: Branch) -> None:
    branch("other")
    room.clone("claire").write(f"{SLUG}#4", "Only buses cross the first bridge.", 130)
    room.commit("claire")
    branch("main")
    room.clone("claire").write(f"{SLUG}#5", "Anybody can cross the second one.", 131)
    room.commit("claire")
    room.git("merge", "-q", "--no-commit", "other", who="leejin")
    room.approve(1)
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#1: {FROM_LEEJIN}"]


def test_a_file_that_one_side_of_a_merge_renamed_keeps_its_proofs(room: Newsroom, branch: Branch) -> None:
    branch("renamed")
    for folder, suffix in (("sources", "md"), ("locales/en/reports", "po")):
        room.git("mv", f"{folder}/{SLUG}.{suffix}", f"{folder}/crossings.{suffix}")
    room.commit("claire")
    branch("main")
    room.approve(1)
    room.commit("mina")
    room.git("merge", "-q", "--no-edit", "renamed", who="leejin")
    assert room.faults() == []


def test_an_octopus_merge_keeps_the_proofs(room: Newsroom, branch: Branch) -> None:
    for number, (name, who) in enumerate((("first", "mina"), ("second", "noah")), 1):
        branch(name)
        room.approve(number, who=who)
        room.commit(who)
    branch("main")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")
    room.git("merge", "-q", "--no-edit", "first", "second", who="leejin")
    assert len(room.git("rev-list", "--parents", "-1", "HEAD").split()) == 4
    assert room.faults() == []


@pytest.mark.parametrize(("who", "expected"), [("mina", []), ("claire", [f"{SLUG}#1: {AGAIN_FROM_CLAIRE}"])])
def test_a_rebase_is_proved_if_it_is_ones_own(room: Newsroom, branch: Branch, who: str, expected: list[str]) -> None:
    branch("approvals")
    room.approve(1)
    room.commit("mina")
    branch("main")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")
    room.git("rebase", "-q", "main", "approvals", who=who)
    assert room.faults() == expected


def test_a_cherry_pick_by_another_is_not_proved(room: Newsroom, branch: Branch) -> None:
    branch("approvals")
    room.approve(1)
    room.commit("mina")
    branch("main")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")
    room.git("cherry-pick", "approvals", who="claire")
    assert room.faults() == [f"{SLUG}#1: {AGAIN_FROM_CLAIRE}"]


def test_a_squash_by_another_is_not_proved(room: Newsroom, branch: Branch) -> None:
    branch("approvals")
    room.approve(1)
    room.commit("mina")
    branch("main")
    room.git("merge", "-q", "--squash", "approvals", who="leejin")
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#1: {FROM_LEEJIN}"]


@pytest.mark.parametrize("who", ["leejin", "mina"])
def test_what_a_revert_brings_back_is_proved_by_who_reverts(room: Newsroom, who: str) -> None:
    room.approve(1)
    approved = room.path().read_text(encoding="utf-8")
    room.commit("mina")
    text = "\n".join(line for line in approved.split("\n") if not line.startswith("# @approved"))
    room.path().write_text(text, encoding="utf-8")
    room.commit("mina")
    room.git("revert", "--no-edit", "HEAD", who=who)
    assert room.path().read_text(encoding="utf-8") == approved
    assert room.faults() == ([] if who == "mina" else [f"{SLUG}#1: {FROM_LEEJIN}"])


# Roles and addresses


def test_a_role_that_is_given_with_the_approval_does_not_count(room: Newsroom) -> None:
    edit_settings(room.root, *person_line("leejin", "# editor"))
    make_editor(room, "leejin")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


def make_editor(room: Newsroom, who: str) -> None:
    text = (room.root / "transflow.toml").read_text(encoding="utf-8")
    begin = text.index(f'id = "{who}"')
    entry = text[begin:].replace('["translator"]', '["editor"]', 1)
    (room.root / "transflow.toml").write_text(text[:begin] + entry, encoding="utf-8")


def test_a_role_that_nobody_but_its_owner_gave_does_not_count(room: Newsroom) -> None:
    make_editor(room, "leejin")
    room.commit("leejin")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


def test_a_role_that_an_editor_gave_counts(room: Newsroom) -> None:
    make_editor(room, "leejin")
    room.commit("mina")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert room.faults() == []


def test_a_role_that_comes_with_a_merge_does_not_count(room: Newsroom, branch: Branch) -> None:
    branch("role")
    make_editor(room, "leejin")
    room.commit("leejin")
    branch("main")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")
    room.git("merge", "-q", "--no-edit", "role", who="claire")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


def test_a_role_that_an_editor_gave_on_a_branch_counts_after_the_merge(room: Newsroom, branch: Branch) -> None:
    branch("role")
    make_editor(room, "leejin")
    room.commit("mina")
    branch("main")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")
    room.git("merge", "-q", "--no-edit", "role", who="claire")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert room.faults() == []


def test_somebody_whose_own_role_does_not_count_can_give_none(room: Newsroom) -> None:
    make_editor(room, "leejin")
    room.commit("leejin")
    make_editor(room, "minho")
    room.commit("leejin")
    room.approve(1, who="minho")
    room.commit("minho")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


def test_a_later_change_by_an_editor_does_not_cover_a_role_that_somebody_gave_before(room: Newsroom) -> None:
    make_editor(room, "leejin")
    room.commit("leejin")
    edit_settings(room.root, 'name = "Leejin Jun"', 'name = "Leejin Jun-Kim"')
    room.commit("mina")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


@pytest.mark.parametrize("is_merged", [False, True])
def test_older_settings_give_no_role_back(room: Newsroom, branch: Branch, is_merged: bool) -> None:
    make_editor(room, "leejin")
    room.commit("mina")
    branch("old")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("leejin")
    settings = (room.root / "transflow.toml").read_text(encoding="utf-8")
    branch("main")
    edit_settings(room.root, 'roles = ["editor"]', 'roles = ["translator"]')  # leejin's is the first
    assert Project(room.root).settings.person("leejin").roles[0].name == "translator"  # type: ignore[union-attr]
    room.commit("mina")
    if is_merged:
        room.git("merge", "-q", "--no-commit", "old", who="leejin")
    (room.root / "transflow.toml").write_text(settings, encoding="utf-8")
    room.commit("leejin")
    room.approve(1, who="leejin")
    room.commit("leejin")
    assert [NO_EDITOR in each for each in room.faults()] == [True]


def test_an_address_that_somebody_adds_to_another_person_does_not_count(room: Newsroom) -> None:
    edit_settings(room.root, '"mina@example.org"', '"mina@example.org", "mina2@example.org"')
    room.commit("leejin")
    room.approve(1)
    room.commit("mina2")
    assert [FROM_LEEJIN.replace("Leejin Jun", "somebody else") in each for each in room.faults()] == [True]


# The commit that everything is proved since


def test_approvals_of_the_first_commit_count_as_they_are_and_so_do_those_of_another_that_is_named(
    room: Newsroom,
) -> None:
    room.approve(1)
    trusted = room.commit("leejin")
    room.approve(2)
    room.commit("leejin")
    assert room.faults(since=trusted) == [f"{SLUG}#2: {FROM_LEEJIN}"]


def test_a_branch_cannot_lower_the_level(room: Newsroom) -> None:
    edit_settings(room.root, "\n[proof]", '\n[gate]\nproof = "author"\n\n[proof]')
    trusted = room.commit("mina")
    edit_settings(room.root, 'proof = "author"', 'proof = "off"')
    room.commit("leejin")
    room.approve(1)
    room.commit("leejin")
    assert room.faults("off", since=trusted) == [f"{SLUG}#1: {FROM_LEEJIN}"]


def test_a_branch_that_began_before_the_commit_keeps_its_approvals(room: Newsroom, branch: Branch) -> None:
    room.approve(1)
    room.commit("mina")
    branch("work")
    room.approve(2)
    room.commit("mina")
    branch("main")
    room.approve(1, minute=150, who="noah", again=True)
    trusted = room.commit("noah")
    room.git("checkout", "-q", "work")
    assert room.faults(since=trusted) == []


def test_a_withdrawn_approval_does_not_come_back_with_an_old_branch(room: Newsroom, branch: Branch) -> None:
    room.approve(1)
    approved = room.path().read_text(encoding="utf-8")
    room.commit("mina")
    branch("old")
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("leejin")
    branch("main")
    room.path().write_text(
        "\n".join(line for line in approved.split("\n") if not line.startswith("# @approved")), encoding="utf-8"
    )
    trusted = room.commit("mina")
    room.git("merge", "-q", "--no-commit", "old", who="leejin")
    room.path().write_text(approved, encoding="utf-8")
    room.commit("leejin")
    assert room.faults(since=trusted) == [
        f"{SLUG}#1: Mina Park's approval had been withdrawn, and came back. Ask Mina Park to approve again."
    ]


@pytest.mark.parametrize("name", ["nothing", "--all"])
def test_an_unknown_commit_is_refused(room: Newsroom, name: str) -> None:
    with pytest.raises(UsageError, match="git knows no commit"):
        room.faults(since=name)


def test_a_shallow_clone_proves_nothing_and_is_refused(room: Newsroom, tmp_path: Path) -> None:
    room.approve(1)
    room.commit("mina")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{room.root}", "shallow")
    with pytest.raises(UsageError, match="fetch-depth: 0"):
        Newsroom(tmp_path / "shallow", room.keys).faults()


def test_replaced_commits_are_refused(room: Newsroom) -> None:
    room.approve(1)
    room.commit("leejin")
    forged = room.head()
    own = room.commit("mina", "--amend", "--reset-author")
    room.git("reset", "-q", "--hard", forged)
    room.git("replace", forged, own)
    with pytest.raises(UsageError, match="git replace"):
        room.faults()


# The cache


def test_a_second_run_searches_only_later_commits_and_finds_the_same(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TRANSFLOW_NO_CACHE", raising=False)
    room.approve(1)
    room.commit("mina")
    assert room.faults() == []
    room.approve(2)
    room.commit("leejin")
    for _ in range(2):
        assert room.faults() == [f"{SLUG}#2: {FROM_LEEJIN}"]
    monkeypatch.setenv("TRANSFLOW_NO_CACHE", "1")
    assert room.faults() == [f"{SLUG}#2: {FROM_LEEJIN}"]
