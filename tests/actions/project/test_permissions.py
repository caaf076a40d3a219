"""The name of a project in the shared memory, as the user allows it by path and remote."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from support.commands import TEXTS, done, in_terminal, new_project, program, transflow
from support.stories import actor
from transflow.actions.language.memory import Memory
from transflow.actions.language.sharing import Sharing
from transflow.actions.project.permissions import MemoryPermission, allow_memory, memory_permission
from transflow.actions.units import steps
from transflow.errors import ConfigError
from transflow.memory.address import VARIABLE
from transflow.memory.lookup import Query
from transflow.project import Project
from transflow.user_projects import config_path, parse, with_entry

QUESTION = "under the name “Herald”?"


@pytest.fixture(autouse=True)
def _own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(VARIABLE, "postgresql://claire@127.0.0.1:1/nowhere")


def clone(folder: Path, remote: str) -> Project:
    new_project(folder)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "remote", "add", "origin", remote], check=True)
    return Project(folder)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return clone(tmp_path / "room", "https://claire:sesame@example.org/herald.git")


def without(folder: Path) -> Path:
    shutil.rmtree(folder)
    return folder


def rename(project: Project, name: str) -> Project:
    path = project.root / "transflow.toml"
    path.write_text(path.read_text("utf-8").replace('name = "Herald"', f'name = "{name}"', 1), "utf-8")
    return Project(project.root)


class TestAProject:
    def test_may_write_only_once_the_user_said_so(self, project: Project) -> None:
        assert memory_permission(project).is_undecided
        allow_memory(project)
        assert memory_permission(project) == MemoryPermission("Herald")
        assert "sesame" not in config_path().read_text("utf-8")
        assert config_path().stat().st_mode & 0o777 == 0o600
        allow_memory(project, allowed=False)
        assert memory_permission(project) == MemoryPermission("")

    @pytest.mark.parametrize(
        "other",
        [
            lambda made, folder: clone(folder / "attacker", "https://example.org/herald.git"),  # another path
            lambda made, folder: clone(without(made.root), "https://attacker.example/herald.git"),
            lambda made, folder: Project(without(made.root / ".git").parent),  # an archive without a remote
            lambda made, folder: rename(made, "Times"),  # a pull request that takes another name
        ],
        ids=["path", "remote", "archive", "name"],
    )
    def test_gives_its_name_to_no_other(
        self, project: Project, tmp_path: Path, other: Callable[[Project, Path], Project]
    ) -> None:
        allow_memory(project)
        found = memory_permission(Project(other(project, tmp_path).root))
        assert found.name == ""
        assert found.is_undecided
        assert "transflow memory allow" in found.why_not

    def test_whose_name_changed_is_told_so(self, project: Project) -> None:
        allow_memory(project)
        assert "“Times” now" in memory_permission(rename(project, "Times")).why_not


class TestTheQuestion:
    def test_is_asked_once_on_a_terminal_and_the_answer_is_kept(self, project: Project) -> None:
        for answer, name in (("y", "Herald"), ("n", "")):
            config_path().unlink(missing_ok=True)
            code, screen = in_terminal(project.root, "memory", "find", "다리", answers={QUESTION: answer})
            assert (code, QUESTION in screen) == (1, True)
            assert memory_permission(project).name == name
        code, screen = in_terminal(project.root, "memory", "find", "다리")
        assert (code, QUESTION in screen) == (1, False)
        assert "nobody said" not in screen

    def test_is_refused_with_the_way_out_without_a_terminal_and_in_ci(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ran = program(project.root, "memory", "find", "다리")
        assert "`transflow memory allow` does" in ran.err
        monkeypatch.setenv("CI", "true")
        assert QUESTION not in in_terminal(project.root, "memory", "find", "다리")[1]
        assert memory_permission(project).is_undecided
        assert done(project.root, "memory", "allow") == "This project may write to the shared memory as “Herald”.\n"
        assert done(project.root, "memory", "allow", "--no") == "This project may not write to the shared memory.\n"

    def test_is_not_asked_where_there_is_no_shared_memory(
        self, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(VARIABLE, "")
        ran = transflow(project.root, "memory", "find", "다리")
        assert (ran.code, ran.err) == (1, "Nothing found: “다리” is not in the memory.\n")
        assert "there is no shared memory" in transflow(project.root, "memory", "setup").err


class TestAConfidentialReport:
    def test_is_in_no_question_to_the_shared_memory(self, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        for number, text in enumerate(TEXTS, 1):
            steps.confirm(actor(project.root, "claire"), f"flood#{number}", text)
        asked: list[str] = []

        class Listening:
            def lookup(self, query: Query) -> list[object]:
                asked.append(query.source)
                return []

            def concordance(self, words: str, limit: int) -> list[object]:
                asked.append(words)
                return []

            def close(self) -> None: ...

        monkeypatch.setattr(Sharing, "_connected", lambda self: Listening())
        path = project.root / "sources/flood.md"
        for line in ("confidential: true", "embargo: 2099-01-01T00:00:00Z", "title_: x"):
            body = [each for each in path.read_text("utf-8").split("\n") if not each.startswith(("confid", "embargo"))]
            path.write_text("\n".join([body[0], line, *body[1:]]).replace("title_: x\n", ""), "utf-8")
            with closing(Memory(Project(project.root), "en")) as memory:
                memory.lookup("강변시 다리 3곳이 5일 밤 끊겼다.", report="flood")
                memory.concordance("다리", report="flood")
        assert asked == ["강변시 다리 3곳이 5일 밤 끊겼다.", "다리"]  # once it is neither


class TestTheFile:
    def test_keeps_what_the_user_wrote_and_the_last_entry_counts(self, project: Project) -> None:
        allow_memory(project)
        (entry,) = parse(config_path().read_text("utf-8"), "p")
        written = f'# mine\n[[projects]]\npath = "{entry.path}"\nremote = "{entry.remote}"\nlocal_only = true'
        text = with_entry(written, entry._replace(memory="", engines=("deepl",)))
        assert text.startswith(written)
        first, last = parse(text, "p")
        assert (first.local_only, first.memory) == (True, None)
        assert (last.memory, last.engines) == ("", ("deepl",))

    def test_that_is_wrong_ends_the_command_with_file_line_and_key(self, project: Project) -> None:
        config_path().parent.mkdir(parents=True)
        config_path().write_text('[[projects]]\npath = "/x"\nmemroy = "Herald"\n', "utf-8")
        with pytest.raises(ConfigError, match=r"projects\.toml:3: projects\[1\]\.memroy: .*memory"):
            memory_permission(project)
