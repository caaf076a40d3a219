"""Commands and links in the documents, their line length, and the tables of ARCHITECTURE.md."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from scripts import checks_page, plugins_pages
from support import paths
from transflow import engines, readers, renderers
from transflow.cli import cli
from transflow.cli.commands import COMMANDS
from transflow.findings import formats
from transflow.language import style
from transflow.po import notes
from transflow.stories import publications

ROOT = paths.ROOT
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def shown_commands() -> list[tuple[str, str]]:
    """Return (document, command line) for every `transflow …` line in a console block."""
    found = []
    for path in DOCUMENTS:
        for block in re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            for line in re.findall(r"^\$ (transflow .*)$", block, re.MULTILINE):
                found.append((path.name, re.sub(r"\s{2,}#.*", "", line)))
    return found


@pytest.mark.parametrize(("document", "line"), shown_commands())
def test_every_command_shown_exists_with_its_options(document: str, line: str) -> None:
    words = shlex.split(line)[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="transflow", **cli.context_settings)
    while isinstance(command, click.Group) and words and not words[0].startswith("--"):
        name = words.pop(0)
        found = command.get_command(context, name)
        assert found is not None, f"{document}: no command {name!r} in {line!r}"
        command = found
    options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options | {"--help"}


def test_there_are_commands_to_look_at() -> None:
    assert len(shown_commands()) > 15


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def prose(text: str) -> Iterator[str]:
    """Yield the lines of a document that can be wrapped.

    Tables, code blocks, comments, and a link or code span alone on its line cannot.
    """
    is_code = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            is_code = not is_code
        elif not is_code and not line.startswith(("|", "    ", "<!--")) and " " in line.strip("-*> "):
            yield line


def columns(line: str) -> int:
    """Return the columns of a line in a terminal, where a Korean character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path != checks_page.PAGE], ids=lambda path: path.name)
def test_prose_is_wrapped_at_100_columns(path: Path) -> None:
    long = [line for line in prose(path.read_text(encoding="utf-8")) if columns(line) > 100]
    assert long == []


def test_the_map_names_every_module_of_the_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    package = ROOT / "transflow"
    names = {path.stem for path in package.glob("[a-z]*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    unnamed = sorted(name for name in names if not re.search(rf"\b{name}\b", text))
    assert unnamed == []


def test_the_page_of_the_files_names_every_field_and_note_of_the_record() -> None:
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    rooms = ("po", "model", "stories", "units", "update", "integrity", "merge", "project", "actions", "proof")
    sources = [path.read_text(encoding="utf-8") for room in rooms for path in (ROOT / "transflow" / room).rglob("*.py")]
    elsewhere = {"X-Generator"}  # of files for other programs
    fields = {
        name for source in sources for name in re.findall(r"\bX[-_][A-Z][a-z]+(?:[-_][A-Z][a-z]+)*", source)
    } - elsewhere
    unnamed = {name.replace("_", "-") for name in fields if f"`{name.replace('_', '-')}" not in text}
    unnamed |= {f"@{key}" for key in notes.KEYS if f"`# @{key}" not in text}
    assert unnamed == set()
    assert all(f"`{kind}`" in text for kind in (*publications.VERSIONS, *publications.CAUSES))


def test_the_glossary_of_terms_names_what_the_code_has() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Glossary of code terms")[2]
    rows = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", text, re.MULTILINE)
    assert len(rows) > 20
    assert [row for row in rows if not hasattr(import_module(f"transflow.{row[1]}"), row[0])] == []


def test_no_class_name_stands_for_two_things() -> None:
    places: dict[str, set[str]] = {}
    for path in (ROOT / "transflow").rglob("*.py"):
        for each in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
                places.setdefault(each.name, set()).add(path.name)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_every_command_is_in_the_help() -> None:
    help_text = cli.get_help(click.Context(cli, info_name="transflow", **cli.context_settings))
    assert all(re.search(rf"^  {name}\b", help_text, re.MULTILINE) for name in COMMANDS)


def test_the_page_of_the_checks_is_up_to_date() -> None:
    assert checks_page.PAGE.read_text(encoding="utf-8") == checks_page.page(), "run `make docs`"


def test_what_the_documents_say_of_plug_ins_is_up_to_date() -> None:
    assert [path.name for path, text, new in plugins_pages.pages() if text != new] == [], "run `make docs`"


def test_every_plug_in_is_in_the_documents() -> None:
    engines_page, formats_page = (new for _, _, new in plugins_pages.pages())
    for name in engines.names():
        assert f"\n| `{name}` |" in engines_page
        assert f"\n## {name}\n" in engines_page
        assert [key for key in engines.load(name).KEYS.values() if f"`{key}`" not in engines_page] == []
    for name in (*readers.names(), *renderers.names()):
        assert f"\n### {name}\n" in formats_page
    for name in formats.names():
        assert f"\n| `{name}` |" in checks_page.page()


def test_the_style_that_it_shows_can_be_used() -> None:
    shown = tomllib.loads(checks_page.page().split("```toml\n")[1].split("```")[0])
    rules = style.load(shown["style"], "en").rules_for("en")
    assert "percent" not in [rule.id for rule in rules]
    found = next(iter(rules[-1].find("The Supreme Leader spoke.", "paragraph")))
    assert (rules[-1].describe(found), found.right) == ("“supreme leader” here.", "supreme leader")
