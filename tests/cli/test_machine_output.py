"""Output for programs: JSON of every listing and dry run, and options that mean one thing."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from support.commands import contents, done, refusal, transflow
from support.newsrooms import git
from support.paths import TESTS
from support.sample import copy_sample
from transflow.cli import cli


def commands(group: click.Group = cli, path: str = "") -> dict[str, click.Command]:
    """Return every command that is no group, by the words that call it."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = f"{path} {name}".strip()
        found |= commands(command, words) if isinstance(command, click.Group) else {words: command}
    return found


ALL = commands()
LISTS = ("List", "Show", "Find", "Look", "Print the", "Record or list")
"""First words of the help of commands that list something."""


def options(words: str) -> dict[str, click.Option]:
    return {name: each for each in ALL[words].params if isinstance(each, click.Option) for name in each.opts}


LISTING = [words for words, command in ALL.items() if (command.help or "").startswith(LISTS)]
DRY = [words for words in ALL if "--dry-run" in options(words)]

READ = {
    "person list": "person list",
    "keys list": "keys list",
    "readers": "readers",
    "watch": f"watch {TESTS / 'golden' / 'readers' / 'feed' / 'rss.xml'}",
    "queue": "--as mina queue",
    "handover": "--as mina handover",
    "unit show": "unit show un-letter#3",
    "article show": "article show un-china-refugees",
    "audit": "audit un-china-refugees",
    "credits": "credits un-china-refugees",
    "published": "published un-china-refugees",
    "status": "status",
    "memory lookup": "memory lookup un-letter#4",
    "memory find": "memory find China",
    "glossary list": "glossary list",
    "glossary find": "glossary find none",
    "history": "history un-letter#4",
    "blame": "blame un-china-refugees",
    "names": "names un-letter",
    "notices": "notices",
    "stats": "--as mina stats --month 2024-03",
    "judge": "--as mina judge un-letter --judge fake",
    "undo": "undo",
}
PLANNED = {
    "person protect": "--as mina person protect leejin",
    "update": "update",
    "suggest": "suggest",
    "judge": "judge un-letter --judge fake",
    "correct": "--as mina correct un-letter#3",
    "redact": "--as mina redact Yalu",
    "mv": "--as mina mv un-letter letter",
    "replace": "--as mina replace China Chine",
    "repair": "repair",
    "undo": "undo",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one committed copy of the sample for commands that change nothing."""
    folder = copy_sample(tmp_path_factory.mktemp("machine") / "sample")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "work")):
        git(folder, "-c", "user.name=x", "-c", "user.email=x@example.org", *words)
    return folder


def test_every_listing_and_every_dry_run_has_json() -> None:
    without = [
        words
        for words in {*LISTING, *DRY}
        if "--format" not in options(words) or "json" not in getattr(options(words)["--format"].type, "choices", ())
    ]
    assert without == []
    assert {*LISTING} - {*READ} == {"memory withheld"}, "it needs a server, and has a test there"
    assert {*DRY} == {*PLANNED, "handover", "published"}, (
        "the dry run of the first is its list; of the other, see its own tests"
    )


@pytest.mark.parametrize("words", READ)
def test_a_listing_is_json(sample: Path, words: str) -> None:
    ran = transflow(sample, *READ[words].split(), "--format", "json")
    assert ran.code == 0 or (ran.code, json.loads(ran.out)) == (1, []), ran
    assert isinstance(json.loads(ran.out), list | dict)


@pytest.mark.parametrize("words", PLANNED)
def test_a_dry_run_is_json_and_changes_nothing(sample: Path, words: str) -> None:
    before = contents(sample)
    values = json.loads(done(sample, *PLANNED[words].split(), "--dry-run", "--format", "json"))
    assert values["dry_run"] is True
    assert contents(sample) == before


def test_who_one_is_can_be_said_before_and_after_every_command(sample: Path) -> None:
    assert [words for words in ALL if "--as" not in options(words)] == []
    said = [
        done(sample, *words.split()) for words in ("--as mina queue", "queue --as mina", "--as leejin queue --as mina")
    ]
    assert said == [done(sample, "queue", user="mina")] * 3
    for words in ("--as nobody check --fix", "check --fix --as nobody", "unit --as nobody approve un-letter#1"):
        assert "there is no person “nobody”" in refusal(sample, *words.split(), code=2)


def test_format_is_always_a_format_and_to_is_always_people() -> None:
    for words in ALL:
        given = options(words)
        assert "--json" not in {name for name, each in given.items() if not each.hidden}, words
        assert getattr(given.get("--to"), "metavar", "ID") in ("ID", "ID,ID"), words
        if "--format" in given:
            form = given["--format"]
            assert isinstance(form.type, click.Choice) or form.metavar == "F,F", words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stats --month 2024-03 --to csv", "stats --month 2024-03 --format csv"),
        ("render un-china-refugees --to txt", "render un-china-refugees --format txt"),
        ("blame un-china-refugees#2 --json", "blame un-china-refugees#2 --format json"),
        ("history un-letter#4 --json", "history un-letter#4 --format json"),
    ],
)
def test_the_old_names_of_options_are_accepted_and_not_shown(sample: Path, old: str, new: str) -> None:
    assert done(sample, *old.split(), user="mina") == done(sample, *new.split(), user="mina")
    name = next(each for each in old.split() if each in ("--to", "--json"))
    assert f"{name} " not in done(sample, old.split()[0], "--help")


def test_one_story_goes_to_standard_output_or_to_a_file_of_one_s_own(sample: Path, tmp_path: Path) -> None:
    story = "un-china-refugees"
    done(sample, "render", story, "--format", "html,txt")
    for form in ("html", "txt"):
        built = (sample / f"build/en/{story}.{form}").read_text(encoding="utf-8")
        assert done(sample, "render", story, "--format", form, "-o", "-") == built
        assert done(sample, "render", story, "-o", str(tmp_path / f"page.{form}")) == ""
        assert (tmp_path / f"page.{form}").read_text(encoding="utf-8") == built
    assert "say --format" in refusal(sample, "render", story, "-o", "-", code=2)
    assert "name it" in refusal(sample, "render", "-o", "-", "--format", "txt", code=2)


def test_one_field_of_a_story_is_printed_as_it_is(sample: Path) -> None:
    story = "un-china-refugees"
    document = json.loads(done(sample, "render", story, "--format", "fragment", "-o", "-"))
    assert done(sample, "render", story, "--field", "body") == document["body"]
    assert done(sample, "render", story, "--field", "headline") == document["headline"] + "\n"
    assert json.loads(done(sample, "render", story, "--field", "reporters")) == document["reporters"]
    assert "Did you mean body?" in refusal(sample, "render", story, "--field", "bodi", code=2)
    assert "leave --format out" in refusal(sample, "render", story, "--field", "body", "--format", "txt", code=2)
