"""Answers of git: the versions and names of a file, settings, commits, and what is altered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.newsrooms import git
from transflow.project import beside_git, git_command
from transflow.project import git as door
from transflow.project.git_command import GitError
from transflow.project.git_objects import objects
from transflow.project.waiting import _machine, process

LINES = "".join(f"line {number}\n" for number in range(20))


def commit(root: Path, day: int, **files: str | None) -> str:
    """Commit files at noon of a day; None deletes one. In names, `__` stands for a slash."""
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8") if text is not None else path.unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "work", f"--date=2024-01-{day:02}T12:00:00Z")
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A repository with its commits: two files in a/, one of which is changed and renamed."""
    root = tmp_path_factory.mktemp("git") / "room"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Mina Park")
    git(root, "config", "user.email", "mina@example.org")
    commits = [
        commit(root, 1, a__one=f"{LINES}1\n", a__other="other\n", top="top\n"),
        commit(root, 2, a__one=f"{LINES}2\n"),
        commit(root, 3, a__one=None, a__two=f"{LINES}2\n"),
        commit(root, 4, a__two=f"{LINES}4\n"),
    ]
    return root, commits


@pytest.fixture
def root(original: tuple[Path, list[str]]) -> Path:
    return original[0]


@pytest.fixture
def commits(original: tuple[Path, list[str]]) -> list[str]:
    return original[1]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder in a repository that is not trusted: it looks like a bare one."""
    git(tmp_path, "init", "-q", "--bare", "embedded")
    (tmp_path / "embedded" / "room").mkdir()
    return tmp_path / "embedded" / "room"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A repository without a commit."""
    git(tmp_path, "init", "-q", "-b", "main")
    return tmp_path


class TestVersions:
    def test_are_those_of_the_present_name_newest_first(self, root: Path) -> None:
        assert list(door.versions(root, "a/two")) == [f"{LINES}4\n", f"{LINES}2\n"]
        assert list(door.versions(root / "a", "two")) == [f"{LINES}4\n", f"{LINES}2\n"]
        assert list(door.versions(root, "a/nothing")) == []

    def test_may_be_those_of_former_names_too(self, root: Path) -> None:
        texts = [f"{LINES}4\n", f"{LINES}2\n", f"{LINES}2\n", f"{LINES}1\n"]
        assert list(door.versions(root, "a/two", renamed=True)) == texts
        assert list(door.versions(root, "a/two", 3, renamed=True)) == texts[:3]
        assert list(door.versions(root, "a/two", 1)) == texts[:1]
        assert list(door.versions(root, "a/two", 0)) == []

    def test_may_be_those_that_a_merge_discarded(self, root: Path, tmp_path: Path) -> None:
        git(tmp_path, "clone", "-q", str(root), "room")
        here = tmp_path / "room"
        git(here, "config", "user.name", "Mina")
        git(here, "config", "user.email", "mina@example.org")
        git(here, "checkout", "-q", "-b", "side")
        commit(here, 5, top="lost\n")
        git(here, "checkout", "-q", "main")
        commit(here, 6, a__other="more\n")
        git(here, "merge", "-q", "-s", "ours", "--no-edit", "side")
        assert list(door.versions(here, "top")) == ["top\n"]
        assert list(door.versions(here, "top", whole=True)) == ["top\n", "lost\n", "top\n"]

    def test_of_a_merge_have_its_three_sides(self, root: Path, tmp_path: Path) -> None:
        git(tmp_path, "clone", "-q", str(root), "room")
        here = tmp_path / "room"
        git(here, "config", "user.name", "Mina")
        git(here, "config", "user.email", "mina@example.org")
        assert door.stages(here, "top") == {}
        git(here, "checkout", "-q", "-b", "side")
        commit(here, 5, top="theirs\n")
        git(here, "checkout", "-q", "main")
        commit(here, 6, top="ours\n")
        git(here, "merge", "-q", "side", fails=True)
        assert door.stages(here, "top") == {1: b"top\n", 2: b"ours\n", 3: b"theirs\n"}
        assert door.stages(here, "a/two") == {}

    def test_of_a_folder_have_both_sides_of_each_change_under_the_present_name(self, root: Path) -> None:
        one = door.committed_blobs(root, "a", "HEAD~3")["a/one"]
        two = door.committed_blobs(root, "a", "HEAD~2")["a/one"]
        four = door.committed_blobs(root, "a")["a/two"]
        other = door.committed_blobs(root, "a")["a/other"]
        found = [(each.path, each.blob) for each in door.history(root, "a")]
        assert found == [
            *(("a/two", four), ("a/two", two)),
            *(("a/two", two), ("a/two", two)),
            *(("a/two", two), ("a/two", one)),
            *(("a/two", one), ("a/other", other)),
        ]
        assert {each.committed[:11] for each in door.history(root / "a", ".")} != {"0001-01-01T"}
        assert {each.path for each in door.history(root / "a", ".")} == {"two", "other"}

    def test_of_one_commit_are_read_as_text_whatever_the_bytes(self, root: Path, tmp_path: Path) -> None:
        assert door.text_at(root, "HEAD", "a/two") == f"{LINES}4\n"
        assert door.text_at(root / "a", "HEAD~3", "one") == f"{LINES}1\n"
        assert door.text_at(root, "HEAD", "a/one") is None
        (tmp_path / "x").write_bytes(b"a\xffb")
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "x")
        git(tmp_path, "-c", "user.name=M", "-c", "user.email=m@x", "commit", "-qm", "x")
        assert door.text_at(tmp_path, "HEAD", "x") == "a\N{REPLACEMENT CHARACTER}b"

    def test_are_named_by_the_bytes(self, root: Path) -> None:
        blobs = door.committed_blobs(root, ".")
        assert set(blobs) == {"a/two", "a/other", "top"}
        assert door.has_blob_id(blobs["top"], b"top\n")
        assert door.has_blob_id(blobs["top"], b"top\r\n")
        assert not door.has_blob_id(blobs["top"], b"top")
        assert set(door.committed_blobs(root, "a", "HEAD~1")) == {"a/two", "a/other"}


class TestCommits:
    def test_are_known_by_any_of_their_names(self, root: Path, commits: list[str]) -> None:
        assert [door.commit_id(root, name) for name in ("HEAD", "main", "HEAD~1")] == [
            commits[3], commits[3], commits[2],
        ]  # fmt: skip
        assert [door.is_commit(root, name) for name in ("HEAD", commits[0][:8], "HEAD:top", "nothing", "--all")] == [
            True, True, False, False, False,
        ]  # fmt: skip
        assert door.commit_id(root, "nothing") == ""

    def test_are_counted_and_compared(self, root: Path, commits: list[str]) -> None:
        assert [door.count_commits(root, name) for name in ("HEAD", "HEAD~3", "nothing")] == [4, 1, 0]
        assert door.common_commit(root, commits[0], commits[3]) == commits[0]
        assert door.common_commit(root, commits[0], "nothing") == ""

    def test_that_first_have_a_file_are_found(self, root: Path, commits: list[str]) -> None:
        names = ("a/two", "a/one", "top", "nothing")
        assert [door.first_commit_with(root, name) for name in names] == [commits[2], commits[0], commits[0], ""]

    def test_before_the_first_one_are_none(self, root: Path, empty: Path) -> None:
        names = ("HEAD", "@", "0" * 40, "0" * 39, "main")
        assert [door.is_before_first_commit(empty, name) for name in names] == [True, True, True, False, False]
        assert [door.is_before_first_commit(root, name) for name in names] == [False, False, True, False, False]

    def test_may_be_altered_by_replacements_and_grafts(self, root: Path, tmp_path: Path) -> None:
        assert not door.has_altered_history(root)
        assert not door.has_altered_history(tmp_path)
        git(tmp_path, "clone", "-q", str(root), "room")
        here = tmp_path / "room"
        (here / ".git" / "info" / "grafts").write_text("")
        assert door.has_altered_history(here)
        assert door.has_altered_history(here / "a")
        (here / ".git" / "info" / "grafts").unlink()
        git(here, "replace", "HEAD", "HEAD~1")
        assert door.has_altered_history(here)


class TestSettings:
    def test_say_who_commits(self, root: Path, empty: Path) -> None:
        assert door.identity(root) == ("Mina Park", "mina@example.org")
        assert door.user_email(root) == "mina@example.org"
        assert (door.identity(empty), door.user_email(empty)) == (("", ""), "")

    def test_of_a_repository_that_is_not_trusted_are_left_out(
        self, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        own = tmp_path / "own"
        own.write_text("[user]\n\temail = own@example.org\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
        assert door.user_email(bare) == "own@example.org"
        assert door.prefix(bare) == ""

    def test_of_a_clone_and_of_its_user_are_told_apart(
        self, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "own"))
        git(empty, "config", "user.signingkey", "of the clone")
        (tmp_path / "own").write_text("[user]\n\tsigningkey = own\n[core]\n\teditor = vi\n")
        assert (door.config(empty, "user.signingkey"), door.user_config(empty, "user.signingkey")) == (
            "of the clone", "own",
        )  # fmt: skip
        assert (door.config(empty, "core.editor"), door.user_config(empty, "core.pager")) == ("", "")

    def test_of_a_clone_can_be_written(self, empty: Path, tmp_path: Path) -> None:
        door.set_config(empty, "merge.transflow.name", "a name")
        assert door.config(empty, "merge.transflow.name") == "a name"
        with pytest.raises(GitError):
            door.set_config(empty, "no-section", "x")


class TestPlaces:
    def test_are_named_from_the_top_of_the_repository(self, root: Path, tmp_path: Path) -> None:
        assert [door.prefix(each) for each in (root, root / "a", tmp_path)] == ["", "a/", ""]
        assert [door.is_inside(each) for each in (root, root / "a", tmp_path)] == [True, True, False]

    def test_above_a_ceiling_are_not_looked_at(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root))
        assert (door.is_inside(root), door.is_inside(root / "a")) == (True, False)


class TestTheProgram:
    def test_that_is_missing_has_no_answer(self, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert list(objects(root, ["HEAD:./top", "HEAD"])) == [("HEAD:./top", b""), ("HEAD", b"")]
        assert (door.is_inside(root), door.text_at(root, "HEAD", "top")) == (False, None)

    def test_must_not_fetch_what_is_missing(self) -> None:
        environment = git_command._environment()
        assert (environment["GIT_NO_LAZY_FETCH"], environment["GIT_ALLOW_PROTOCOL"]) == ("1", "none")

    def test_that_would_have_to_fetch_is_named_without_its_arguments(self, root: Path) -> None:
        with pytest.raises(GitError) as error:
            git_command.check_answer(root, ("cat-file", "--batch"), 128, b"fatal: lazy fetching disabled")
        assert str(error.value).startswith("git cat-file: ")
        git_command.check_answer(root, ("cat-file", "--batch"), 128, b"fatal: something else")

    def test_that_might_ask_has_no_terminal_and_an_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        script = 'pwd; cat; echo "$SSH_ASKPASS_REQUIRE$DISPLAY"; test -t 0 || (: < /dev/tty) 2>/dev/null || echo none'
        answer = git_command.execute_without_terminal(["sh", "-c", script], tmp_path, b"typed\n", 20)
        assert answer.stdout.decode().split("\n") == [str(tmp_path), "typed", "never", "none", ""]
        with pytest.raises(TimeoutError):
            git_command.execute_without_terminal(["sleep", "5"], None, b"", 0.05)

    def test_that_is_old_uses_no_folder_of_which_a_part_is_somebody_elses(
        self, empty: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """git itself looks since 2.35.2. Sudo gives root the folders of whoever called it."""
        monkeypatch.setattr(git_command, "version", lambda: (2, 34, 1))
        own = empty.stat().st_uid
        for user, allowed in ((own, True), (own + 1, False)):
            monkeypatch.setattr(os, "geteuid", lambda user=user: user)
            assert git_command._is_owned_by_user(empty) is allowed
        monkeypatch.setenv("SUDO_UID", str(own))
        assert git_command._is_owned_by_user(empty)
        monkeypatch.setenv("SUDO_UID", "nobody")
        assert not git_command._is_owned_by_user(empty)
        real, other = Path.stat, os.stat_result((0o40755, 0, 0, 0, own + 2, 0, 0, 0, 0, 0))
        monkeypatch.setattr(Path, "stat", lambda path, **more: other if path.name == ".git" else real(path, **more))
        monkeypatch.setattr(os, "geteuid", lambda: own)
        assert not git_command._is_owned_by_user(empty)


def test_whoever_is_about_to_end_waits_no_longer_for_git(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = empty / ".git" / "index.lock"
    lock.touch()
    monkeypatch.setattr(type(process), "is_overdue", property(lambda _: True))
    monkeypatch.setattr(process, "sleep", lambda _: pytest.fail("it slept"))
    with pytest.raises(beside_git.GitLockedError, match=r"index\.lock"):
        beside_git.LocalGit(empty).wait()


def test_a_machine_is_one_word_in_a_lock_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, expected in (("minas mac", "minas-mac"), ("", "?")):
        monkeypatch.setattr(os, "uname", lambda name=name: os.uname_result(("Linux", name, "6", "1", "x")))
        assert _machine() == expected
