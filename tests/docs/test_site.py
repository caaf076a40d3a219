"""The site of the documents: the reference is complete, and every page can be reached."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest

from scripts.site import __main__ as site
from scripts.site import api, built, commands, outputs, parts_pages, settings, staging, states
from support.commands import done
from support.newsrooms import git
from support.paths import ROOT
from support.typed import Shell
from transflow import engines
from transflow.cli import cli
from transflow.cli.commands import COMMANDS
from transflow.engines.setup.settings import schema as engines_schema
from transflow.model.unit import STATES, Unit
from transflow.settings.keys import MACHINE, SCHEMA
from transflow.units import workflow

PAGES = {name: text for name, _, text in commands.pages()}


def leaves(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield each command of the program that is no group, with its words."""
    context = click.Context(command)
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*path, name))


LEAVES = dict(leaves(cli, ()))


class TestReference:
    """Pages that are written from the code."""

    def test_every_command_has_its_options_and_examples(self) -> None:
        assert len(LEAVES) > 60
        for path, command in LEAVES.items():
            section = PAGES[f"{path[0]}.md"].partition(
                f"# transflow {path[0]}" if len(path) == 1 else f"## {' '.join(path)}\n"
            )[2]
            assert section, path
            section = section.partition("\n## ")[0]
            assert f"transflow {' '.join(path)}" in section
            assert "Examples:" in section, path
            options = [
                name
                for parameter in command.params
                if not getattr(parameter, "hidden", False)
                for name in parameter.opts
            ]
            assert [name for name in options if name.startswith("--") and name not in section] == []

    def test_the_index_has_every_command(self) -> None:
        assert [name for name in COMMANDS if f"[{name}]({name}.md)" not in PAGES["index.md"]] == []

    def test_every_key_of_transflow_toml_has_its_meaning(self) -> None:
        page = settings.transflow_toml()
        for name, table in {"": SCHEMA, **SCHEMA.tables, "machine": MACHINE}.items():
            heading = f"[[{name}]]" if table.is_array else f"[{name}]" if name else "At the top"
            rows = rows_of(page, heading)
            assert sorted(rows) == sorted(table.keys), heading
            assert [key for key, meaning in rows.items() if not meaning] == [], heading

    def test_every_key_of_engines_toml_has_its_meaning(self) -> None:
        page = settings.engines_toml()
        whole = engines_schema(engines.names())
        for name, table in {"": whole, **whole.tables}.items():
            rows = rows_of(page, f"[{name}]" if name else "At the top")
            assert sorted(rows) == sorted(table.keys), name
            assert [key for key, meaning in rows.items() if not meaning] == [], name

    def test_a_key_says_what_its_reader_allows(self) -> None:
        rows = {key: settings.allowed(entry) for key, entry in SCHEMA.tables["gate"].keys.items()}
        assert rows["require"] == "translated, approved"
        assert rows["max_fuzzy"] == "a whole number from 0"
        assert settings.allowed(SCHEMA.keys["locales"]) == "a list; each a code such as en, vi, zh_Hans, pt_BR"

    def test_the_api_has_every_module_and_the_methods_of_the_project(self) -> None:
        page = api.page()
        assert [name for name in (api.PROJECT, *api.MODULES) if f"\n## {name}\n" not in page] == []
        assert "#### Project.find_catalog\n" in page

    def test_the_example_of_the_api_runs(self) -> None:
        (example,) = re.findall(r"^```python\n(from .*?)^```$", api.page(), re.DOTALL | re.MULTILINE)
        exec(example, {})


def rows_of(page: str, heading: str) -> dict[str, str]:
    """Return the keys of a table with their meanings."""
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [re.split(r" \| ", line.strip("| ")) for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[2].rstrip(" |") if len(row) > 2 else "" for row in rows}


class TestJsonOutputs:
    """The schemas in docs/schemas."""

    @staticmethod
    def prints_json(command: click.Command) -> bool:
        for parameter in command.params:
            choices = getattr(parameter.type, "choices", ())
            if "--json" in parameter.opts or ("json" in choices and {"--format", "--to"} & set(parameter.opts)):
                return parameter.name != "formats"
        return False

    def test_every_command_that_prints_json_has_one(self) -> None:
        printing = {" ".join(path) for path, command in LEAVES.items() if self.prints_json(command)}
        assert len(printing) > 10
        lacking = printing - set(outputs.names()) - {"render"}
        assert lacking == set(), "`python -m scripts.site.outputs FOLDER WORDS` writes the start of one"

    def test_every_field_of_a_unit_is_in_it(self) -> None:
        known = outputs.load("unit show")["items"]["properties"]
        assert set(Unit.__slots__) - set(known) == {"foreign", "other"}

    @pytest.mark.parametrize("name", outputs.names())
    def test_every_field_has_its_meaning(self, name: str) -> None:
        schema = outputs.load(name)
        assert schema["description"]
        if not name.startswith("check"):
            assert [path for path, field in outputs.fields(schema, schema) if not field.get("description")] == []

    @pytest.mark.slow
    def test_the_outputs_in_the_sample_keep_to_them(self, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        git(sample, "init", "--quiet")
        git(sample, "config", "user.email", "office@example.org")
        git(sample, "config", "user.name", "Office")
        done(sample, "unit", "ask", "un-letter#5", "Which?", "--to", "jeong", user="claire")
        done(sample, "unit", "return", "un-letter#7", "Look.", user="mina")
        done(sample, "glossary", "add", "유엔", "U.N.")
        git(sample, "add", "--all")
        git(sample, "commit", "--quiet", "-m", "begin")
        git(sample, "init", "--quiet", "--bare", str(sample.with_suffix(".git")))
        git(sample, "remote", "add", "origin", str(sample.with_suffix(".git")))
        monkeypatch.setenv("TRANSFLOW_USER", "mina")
        shell = Shell(monkeypatch, sample)
        for name in sorted(set(outputs.names()) - {"check pairs", "memory withheld"}):
            line = outputs.command(name)
            words = shlex.split(line)
            assert words[: len(name.split()) + 1] == ["transflow", *name.split()]
            printed, _ = json.JSONDecoder().raw_decode(shell.type(line, codes=(0, 1)))
            jsonschema.Draft202012Validator(outputs.load(name)).validate(printed)
            assert printed != [] or name in ("keys list", "notices", "watch")

    def test_an_inferred_schema_fits_its_values(self) -> None:
        values = [{"a": 1, "b": None}, {"a": "x", "c": [{"d": True}]}]
        schema = outputs.inferred(values)
        assert schema["required"] == ["a"]
        for value in values:
            jsonschema.Draft202012Validator(schema).validate(value)


class TestStates:
    """The diagram of the states of a unit."""

    def test_there_is_an_example_in_every_state_but_those_left_out(self) -> None:
        assert set(states.examples()) == set(STATES) - {"omitted", "cut"}

    def test_a_sentence_can_be_omitted_in_every_state_and_is_the_same_afterwards(self) -> None:
        omitted = {arrow.start for arrow in states.arrows() if arrow.end == "omitted"}
        assert omitted == set(states.examples())
        for state, unit in states.examples().items():
            (step,) = [each for each in states.STEPS if each.name == "omit"]
            left_out = step.take(unit)
            assert left_out is not None
            assert workflow.state(left_out.replace(omitted=None)) == state

    def test_only_an_approval_leads_to_approved(self) -> None:
        assert {(arrow.start, arrow.step.name) for arrow in states.arrows() if arrow.end == "approved"} == {
            ("translated", "approve")
        }

    def test_every_command_of_a_step_exists(self) -> None:
        known = {" ".join(path) for path in LEAVES}
        assert [step.command for step in states.STEPS if step.command.partition(" --")[0] not in known] == []


class TestPages:
    """The pages in git, and those that the site is built from."""

    def test_the_generated_parts_are_up_to_date(self) -> None:
        assert [path.name for path, text, new in parts_pages.pages() if text != new] == [], "run `make docs`"

    def test_every_extra_is_told(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert set(parts_pages.EXTRAS) == set(project["optional-dependencies"])

    def test_every_page_has_one_entry_and_every_entry_its_page(self, tmp_path: Path) -> None:
        staging.stage(tmp_path)
        listed = list(staging.listed_pages(staging.nav()))
        assert staging.unlisted(tmp_path) == [], "list it in NAV of scripts/site/staging.py"
        assert [page for page in listed if not (tmp_path / page).is_file()] == []
        assert len(listed) == len(set(listed))

    def test_a_link_out_of_the_documents_leads_to_the_copy_in_the_site(self, tmp_path: Path) -> None:
        staging.stage(tmp_path)
        assert "](project/architecture.md)" in (tmp_path / "index.md").read_text(encoding="utf-8")
        assert "](../project/security.md)" in (tmp_path / "guides/administrator.md").read_text(encoding="utf-8")
        assert "](../terminal.md)" in (tmp_path / "project/readme.md").read_text(encoding="utf-8")

    @pytest.mark.slow
    def test_the_site_builds_and_every_link_leads_somewhere(self, tmp_path: Path) -> None:
        pytest.importorskip("zensical")
        assert site.build(tmp_path) == []
        assert (tmp_path / "html" / "reference" / "commands" / "unit.html").is_file()


class TestBuiltPages:
    """Checks of built pages."""

    @pytest.mark.parametrize(
        ("body", "problem"),
        [
            ('<a href="b.html#there">b</a><a href="https://example.org/">c</a>', ""),
            ('<a href="c.html">c</a>', "a.html: c.html: there is no such page"),
            ('<a href="b.html#gone">b</a>', "a.html: b.html#gone: the page has no such place"),
            ('<script src="https://unpkg.com/x.js"></script>', "a.html: loads https://unpkg.com/x.js"),
            ('<link rel="stylesheet" href="//fonts.example/x">', "a.html: loads //fonts.example/x"),
            ('<link rel="canonical" href="https://example.org/">', ""),
        ],
    )
    def test_what_is_wrong_is_named(self, body: str, problem: str, tmp_path: Path) -> None:
        (tmp_path / "a.html").write_text(body, encoding="utf-8")
        (tmp_path / "b.html").write_text('<h2 id="there">b</h2>', encoding="utf-8")
        assert list(built.problems(tmp_path)) == [problem] * bool(problem)

    def test_a_font_of_another_host_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "a.css").write_text("@font-face{src:url('https://fonts.example/x.woff2')}", encoding="utf-8")
        assert list(built.problems(tmp_path)) == ["a.css: loads https://fonts.example/x.woff2"]
