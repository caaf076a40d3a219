"""Engines on other machines get texts after the user allowed them, whatever a project says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import done, in_terminal, program, refusal, transflow
from support.engine_servers import raw_server, resets
from support.machines import set_rule
from support.screens import played, press, running, said, until, with_work_left
from support.terminals import Terminal
from transflow.engines.setup import settings
from transflow.errors import ConfigError
from transflow.network import retrying
from transflow.presenters.assistants import Assistants, EngineAsker
from transflow.project import Project
from transflow.user_projects import UserProject, config_path, parse, shown_path, with_entry

QUESTION = "May this project send its texts to deepl?"


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give the user a key, folders of their own, and a DeepL that no name server knows."""
    monkeypatch.setenv("DEEPL_AUTH_KEY", "k")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TRANSFLOW_DEEPL_URL", "http://mt.example.invalid")  # unencrypted: never asked


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """Return what DeepL hears on another machine, which is in fact a socket on this one."""
    monkeypatch.setattr(retrying, "FIRST_PAUSE", 0.0)
    with raw_server(resets) as (port, heard):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
        monkeypatch.setenv("TRANSFLOW_DEEPL_URL", f"https://mt.example:{port}")
        yield heard


def project_says(room: Path) -> None:
    path = room / "transflow.toml"
    text = path.read_text("utf-8").replace('default = "memory"', 'default = "deepl"', 1)
    path.write_text(text if "[engines]" in text else f'{text}\n[engines]\ndefault = "deepl"\n', "utf-8")


def user_says(text: str) -> None:
    settings.config_path().parent.mkdir(parents=True, exist_ok=True)
    settings.config_path().write_text(text, "utf-8")


def user_says_of(room: Path, **values: object) -> None:
    entry = UserProject(shown_path(room))._replace(**values)  # type: ignore[arg-type]
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(with_entry("", entry), "utf-8")


class TestAnEngineThatTheProjectNames:
    def test_gets_nothing_though_there_is_a_key(self, room: Path, heard: list[bytes]) -> None:
        project_says(room)
        said = refusal(room, "suggest", "flood")
        assert 'Write allowed = ["deepl"] into' in said
        assert "engines.toml" in said
        assert heard == []

    def test_may_be_looked_at_without_sending_anything(self, room: Path, heard: list[bytes]) -> None:
        project_says(room)
        assert "mt.example" in transflow(room, "suggest", "flood", "--dry-run").out
        assert heard == []

    @pytest.mark.parametrize("way", ["allowed", "default", "project", "named"])
    def test_is_asked_where_the_user_named_it(self, room: Path, heard: list[bytes], way: str) -> None:
        project_says(room)
        if way == "project":
            user_says_of(room, engines=("deepl",))
        else:
            user_says({"allowed": 'allowed = ["deepl"]', "default": 'default = "deepl"', "named": ""}[way])
        ran = transflow(room, "suggest", "flood", *(["--engine", "deepl"] if way == "named" else []))
        assert (ran.code, bool(heard)) == (3, True), ran


class TestTheStrictest:
    @pytest.mark.parametrize(
        "text", ["local_only = true", 'allowed = ["deepl"]\nlocal_only = true', "allowed = []", 'allowed = ["papago"]']
    )
    def test_of_the_users_settings_holds_against_the_command_line(
        self, room: Path, heard: list[bytes], text: str
    ) -> None:
        user_says(text)
        said = refusal(room, "suggest", "flood", "--engine", "deepl")
        assert "engines.toml" in said
        assert "Nothing was sent." in said
        assert heard == []

    @pytest.mark.parametrize("values", [{"local_only": True}, {"refused": ("deepl",)}])
    def test_of_what_the_user_says_of_one_project_holds_against_all_others(
        self, room: Path, heard: list[bytes], values: dict[str, object]
    ) -> None:
        user_says('allowed = ["deepl"]\ndefault = "deepl"')
        user_says_of(room, **values)
        assert "projects.toml" in refusal(room, "suggest", "flood", "--engine", "deepl")
        assert heard == []

    def test_of_project_and_user_holds(self, room: Path, heard: list[bytes]) -> None:
        user_says('allowed = ["deepl"]')
        path = room / "transflow.toml"
        path.write_text(path.read_text("utf-8").replace("local_only = false", "local_only = true"), "utf-8")
        said = refusal(room, "suggest", "flood", "--engine", "deepl")
        assert "en:flood is for local engines only, by transflow.toml, and deepl is asked on another machine." in said
        assert heard == []

    def test_leaves_local_engines_alone(self, room: Path) -> None:
        user_says("allowed = []\nlocal_only = true")
        assert transflow(room, "suggest", "flood", "--engine", "memory").code == 0

    @pytest.mark.parametrize("text", ['allowed = "deepl"', 'allowed = ["deep"]', "local_only = 1"])
    def test_is_written_as_the_schema_says(self, text: str) -> None:
        with pytest.raises(ConfigError, match=r"engines\.toml:1: (allowed|local_only): "):
            settings.parse(text, "engines.toml")


class TestTheQuestion:
    def test_is_asked_once_on_a_terminal_and_the_answer_is_kept(self, room: Path) -> None:
        project_says(room)
        code, screen = in_terminal(room, "suggest", "flood", answers={QUESTION: "y"})
        assert (code, QUESTION in screen, "without encryption" in screen) == (1, True, True)
        (entry,) = parse(config_path().read_text("utf-8"), "p")
        assert (entry.path, entry.engines) == (shown_path(room), ("deepl",))
        assert QUESTION not in in_terminal(room, "suggest", "flood")[1]

    def test_is_not_asked_again_after_a_no(self, room: Path) -> None:
        project_says(room)
        for answers in ({QUESTION: "n"}, {}):
            code, screen = in_terminal(room, "suggest", "flood", answers=answers)
            assert (code, QUESTION in screen) == (1, bool(answers))
            assert "you refused deepl for this project" in " ".join(screen.split())

    def test_is_refused_without_a_terminal_and_in_ci(self, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project_says(room)
        assert program(room, "suggest", "flood").code == 1
        monkeypatch.setenv("CI", "true")
        code, screen = in_terminal(room, "suggest", "flood")
        assert (code, QUESTION in screen) == (1, False)
        assert not config_path().exists()

    def test_is_a_dialogue_on_the_screen(self, sample: Path) -> None:
        with_work_left(sample)
        project_says(sample)

        async def play() -> None:
            async with running(sample, "translate", "un-letter", helpers=Assistants(asker=EngineAsker())) as pilot:
                await press(pilot, "ctrl+e")
                await until(pilot, lambda: len(pilot.app.screen_stack) > 1)
                await press(pilot, "down", "enter")
                await until(pilot, lambda: config_path().exists())
                await press(pilot, "ctrl+e")
                await until(pilot, lambda: "you refused deepl" in said(pilot))

        played(play())
        assert parse(config_path().read_text("utf-8"), "p")[0].refused == ("deepl",)

    def test_is_asked_by_prompts_too(self, sample: Path) -> None:
        with_work_left(sample)
        project_says(sample)
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
            terminal.wait_for("Text: ")
            terminal.type(".m\n")
            terminal.wait_for(QUESTION)
            terminal.type("1\n")
            terminal.wait_for("without encryption")
            terminal.type(".q\n")
            assert terminal.ended() in (0, 1)
        assert Project(sample).settings.engine == "deepl"
        assert parse(config_path().read_text("utf-8"), "p")[0].engines == ("deepl",)

    def test_is_asked_nowhere_in_ci(self, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CI", "true")
        with_work_left(sample)
        project_says(sample)
        with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
            terminal.wait_for("Text: ")
            terminal.type(".m\n")
            terminal.wait_for("you have not allowed it")
            terminal.type(".q\n")
            assert terminal.ended() in (0, 1)

        async def play() -> None:
            async with running(sample, "translate", "un-letter", helpers=Assistants(asker=EngineAsker())) as pilot:
                await press(pilot, "ctrl+e")
                await until(pilot, lambda: "you have not allowed it" in said(pilot))
                assert len(pilot.app.screen_stack) == 1

        played(play())
        assert not config_path().exists()


ENGINES_TOML, PROJECTS_TOML = "engines.toml", "projects.toml"
DECISIONS = [
    # the user's files, [machine] use, --engine, [engines] default, and what happens
    ("", "draft", "", "memory", "memory"),
    ("", "draft", "deepl", "memory", "asked"),
    ("", "draft", "", "deepl", "you have not allowed it"),
    ("", "draft", "memory", "deepl", "memory"),
    ("", "memory", "", "memory", "memory"),
    ("", "memory", "deepl", "memory", 'use = "memory"'),
    ("", "memory", "", "deepl", 'use = "memory"'),
    ("", "never", "", "memory", 'use = "never"'),
    ("", "never", "deepl", "deepl", 'use = "never"'),
    ('allowed = ["deepl"]', "draft", "", "deepl", "asked"),
    ('allowed = ["deepl"]', "memory", "deepl", "deepl", 'use = "memory"'),
    ('allowed = ["deepl"]', "never", "deepl", "deepl", 'use = "never"'),
    ('default = "deepl"', "draft", "", "memory", "asked"),
    ('default = "deepl"', "draft", "memory", "memory", "memory"),
    ('default = "deepl"', "memory", "", "memory", 'use = "memory"'),
    ("allowed = []", "draft", "deepl", "deepl", ENGINES_TOML),
    ("local_only = true", "draft", "deepl", "deepl", ENGINES_TOML),
    ("local_only = true", "draft", "", "memory", "memory"),
    ("refused", "draft", "deepl", "deepl", PROJECTS_TOML),
    ("refused", "never", "deepl", "deepl", "Nothing was sent."),
    ('local_only = true\nallowed = ["deepl"]', "memory", "deepl", "deepl", "Nothing was sent."),
]


@pytest.mark.parametrize(("user", "use", "named", "default", "outcome"), DECISIONS)
def test_what_is_asked_is_decided_by_the_user_the_desks_rule_the_command_and_the_project_in_this_order(
    room: Path, heard: list[bytes], user: str, use: str, named: str, default: str, outcome: str
) -> None:
    set_rule(room, use=use)
    if default == "deepl":
        project_says(room)
    if user == "refused":
        user_says_of(room, refused=("deepl",))
    elif user:
        user_says(user)
    ran = transflow(room, "suggest", "flood", *(["--engine", named] if named else []))
    assert bool(heard) == (outcome == "asked"), ran
    if outcome == "memory":
        assert (ran.code, "nothing like it was translated before" in ran.err) == (0, True), ran
    elif outcome != "asked":
        assert (ran.code, outcome in ran.err) == (1, True), ran


@pytest.mark.parametrize("strict", ["user", "project of the user", "project", "report"])
def test_the_strictest_word_about_local_engines_holds(room: Path, heard: list[bytes], strict: str) -> None:
    user_says(f'allowed = ["deepl"]\nlocal_only = {str(strict == "user").lower()}')
    if strict == "project of the user":
        user_says_of(room, local_only=True, engines=("deepl",))
    path = {"project": room / "transflow.toml", "report": room / "sources/flood.md"}.get(strict)
    if path is not None:
        text = path.read_text("utf-8").replace("local_only = false", "local_only = true")
        path.write_text(text.replace("---\n", "---\nconfidential: true\n", 1), "utf-8")
        done(room, "update", user="claire")
    refusal(room, "suggest", "flood", "--engine", "deepl")
    assert heard == []
