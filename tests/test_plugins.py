"""A plug-in is one file: the examples of CONTRIBUTING.md, each added to a copy of the package.

Everything else is found by looking: help, completion, documents, translations, tests, and use.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import paths
from support.commands import TEXTS, done, new_project

pytestmark = pytest.mark.slow

RECIPES = (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = {
    "checks/exclamation.py": "A check of one unit",
    "story_checks/ellipsis.py": "A check of whole stories",
    "findings/formats/sheet.py": "A format of `transflow check`",
    "renderers/tsv.py": "A renderer",
    "engines/pseudo.py": "An engine",
    "judges/shouting.py": "A judge",
    "readers/microdvd.py": "A reader of reports",
}
"""File of a plug-in below the package -> heading of its recipe."""
SUBTITLES = """\
{25}{87}다리 3곳이 끊겼다.
{100}{150}다친 사람은 없다.
"""


def example(recipe: str) -> str:
    """Return the Python example of a recipe."""
    section = RECIPES.partition(f"### {recipe}\n")[2].partition("\n### ")[0]
    found = re.search(r"^```python\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the checkout with one more file for each kind of plug-in."""
    folder = tmp_path_factory.mktemp("checkout")
    ignored = shutil.ignore_patterns("__pycache__", "images")
    for name in ("transflow", "scripts", "docs", "tests"):
        shutil.copytree(paths.ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "CONTRIBUTING.md", "ARCHITECTURE.md"):
        shutil.copy(paths.ROOT / name, folder / name)
    for name, recipe in FILES.items():
        (folder / "transflow" / name).write_text(example(recipe), encoding="utf-8")
    return folder


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return a project with a translated report and a story of it."""
    folder = new_project(tmp_path / "newsroom")
    for number, text in enumerate(TEXTS, 1):
        done(folder, "unit", "set", f"flood#{number}", text, user="claire")
    done(folder, "compose", "river", "--from", "flood", user="eugene")
    done(folder, "unit", "confirm", "river", user="eugene")
    return folder


def python(checkout: Path, *arguments: str, cwd: Path | None = None, **environment: str) -> str:
    """Run Python with the package of the checkout, and return its output, errors included."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd or checkout,
        env={**os.environ, "PYTHONPATH": str(checkout), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1, 2), ran.stdout
    return ran.stdout


def run(checkout: Path, newsroom: Path, *words: str) -> str:
    return python(checkout, "-m", "transflow", "--as", "eugene", *words, cwd=newsroom)


# In the program


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["check"], "exclamation"),
        (["check"], "sheet"),
        (["render"], "tsv"),
        (["suggest"], "pseudo"),
        (["judge"], "shouting"),
        (["add"], "microdvd"),
        (["update"], "microdvd"),
    ],
)
def test_the_help_lists_it(checkout: Path, words: list[str], name: str) -> None:
    assert re.search(rf"\b{name}\b", python(checkout, "-m", "transflow", *words, "--help"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("check --select excl", "exclamation"),
        ("check --ignore numbers,excl", "numbers,exclamation"),
        ("check --format sh", "sheet"),
        ("render --format html,ts", "html,tsv"),
        ("suggest --engine ps", "pseudo"),
        ("judge --judge sh", "shouting"),
        ("add --reader mi", "microdvd"),
    ],
)
def test_the_shell_completes_it(checkout: Path, line: str, name: str) -> None:
    words = f"transflow {line}"
    completed = python(
        checkout,
        "-m",
        "transflow",
        _TRANSFLOW_COMPLETE="bash_complete",
        COMP_WORDS=words,
        COMP_CWORD=str(words.count(" ")),
    )
    assert completed.split() == [f"plain,{name}"]


def test_the_examples_pass_the_linter(checkout: Path) -> None:
    assert "All checks passed" in python(checkout, "-m", "ruff", "check", *(f"transflow/{name}" for name in FILES))


def test_a_check_finds_something(checkout: Path, newsroom: Path) -> None:
    done(newsroom, "unit", "set", "flood#3", "Nobody was hurt!", user="claire")
    out = run(checkout, newsroom, "check", "--all", "--hints", "--select", "exclamation", "--format", "sheet")
    assert out == "hint\texclamation\ten:flood#3\tthe Korean has no exclamation mark.\n"
    assert "check “exclamation”" not in run(checkout, newsroom, "unit", "waive", "flood#3", "exclamation", "Meant.")


def test_a_check_of_stories_finds_something(checkout: Path, newsroom: Path) -> None:
    done(newsroom, "unit", "set", "river#2", "Three bridges … failed.", user="eugene")
    out = run(checkout, newsroom, "check", "--all", "--select", "story.ellipsis")
    assert "en:river#2: warning: no sentence behind this paragraph has an ellipsis. [story.ellipsis]" in out


def test_a_renderer_writes_a_file(checkout: Path, newsroom: Path) -> None:
    assert run(checkout, newsroom, "render", "river", "--draft", "--to", "tsv") == "build/en/river.tsv\n"
    lines = (newsroom / "build/en/river.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["draft\tDRAFT — not for publication", "headline\tThree bridges out in floods"]
    assert "build/en/river.tsv" in run(checkout, newsroom, "render", "river", "--draft")


def test_an_engine_drafts(checkout: Path, newsroom: Path) -> None:
    (newsroom / "typhoon.txt").write_text("태풍이 지나갔다\n\n피해는 적었다.\n", encoding="utf-8")
    done(newsroom, "add", str(newsroom / "typhoon.txt"))
    assert "typhoon: 2 sentences drafted" in run(checkout, newsroom, "suggest", "typhoon", "--engine", "pseudo")
    catalog = (newsroom / "locales/en/reports/typhoon.po").read_text(encoding="utf-8")
    assert 'msgstr "[xxxxxxxx]"' in catalog
    assert "mt:pseudo/default" in catalog


def test_a_judge_finds_something(checkout: Path, newsroom: Path) -> None:
    done(newsroom, "unit", "set", "flood#3", "NOBODY was hurt.", user="claire")
    out = run(checkout, newsroom, "judge", "flood", "--judge", "shouting")
    assert "flood#3: minor judge.style “NOBODY”: shouting (50% sure): it shouts." in out


def test_a_reader_recognises_and_reads_a_file(checkout: Path, newsroom: Path) -> None:
    assert re.search(
        "^microdvd +Subtitles in the format MicroDVD[.]$", run(checkout, newsroom, "readers"), re.MULTILINE
    )
    (newsroom / "bridge.sub").write_text(SUBTITLES, encoding="utf-8")
    out = run(checkout, newsroom, "add", "bridge.sub", "--title", "다리")
    assert "bridge.sub:1: the frames 25–87 are not kept.\n" in out
    text = (newsroom / "sources/bridge.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: 다리\norigin: bridge.sub\norigin-digest: ")
    assert text.endswith("\nreader: microdvd\n---\n\n다리 3곳이 끊겼다.\n\n다친 사람은 없다.\n")


# In the documents, the translations and the tests


def test_the_documents_describe_it_and_its_texts_wait_for_a_translation(checkout: Path) -> None:
    for script in ("checks_page", "plugins_pages", "translations"):
        assert python(checkout, "-m", f"scripts.{script}") == ""
    pages = {path.name: path.read_text(encoding="utf-8") for path in (checkout / "docs").glob("*.md")}
    assert "\n### exclamation\n\nAn exclamation mark in the translation" in pages["checks.md"]
    assert "\n### story: ellipsis\n\nAn ellipsis in a paragraph" in pages["checks.md"]
    assert "\n| `sheet` | Tab-separated values for spreadsheets" in pages["checks.md"]
    assert "\n### tsv\n\nTab-separated values for spreadsheets" in pages["formats.md"]
    assert "\n### microdvd\n\nSubtitles in the format MicroDVD" in pages["formats.md"]
    assert "\n| `pseudo` | nowhere | none | free |\n" in pages["engines.md"]
    assert "\n## pseudo\n\nPseudo-translation" in pages["engines.md"]
    korean = (checkout / "transflow/translations/ko.po").read_text(encoding="utf-8")
    for text in (
        "the Korean has no exclamation mark.",
        "no sentence behind this paragraph has an ellipsis.",
        "the frames {frames} are not kept.",
    ):
        assert f'msgid "{text}"\nmsgstr ""\n' in korean


def test_its_tests_are_found_and_pass_once_what_is_expected_is_written(checkout: Path) -> None:
    subtitles = checkout / "tests/golden/readers/microdvd/bridge.sub"
    subtitles.parent.mkdir()
    subtitles.write_text(SUBTITLES, encoding="utf-8")
    rooms = [f"tests/{name}" for name in ("test_structure.py", "checks", "findings", "judges", "renderers", "readers")]
    wanted = " or ".join(Path(name).stem for name in FILES)
    options = ["-vv", "-n", "0", "-p", "no:cacheprovider", "-k", wanted]
    out = python(checkout, "-m", "pytest", *options, *rooms, TRANSFLOW_WRITE_GOLDENS="1")
    assert " passed" in out
    assert " failed" not in out
    assert [name for name in FILES if f"{Path(name).stem}]" not in out] == []
    assert "the frames 25–87 are not kept" in subtitles.with_name("bridge.sub.report").read_text("utf-8")


def test_a_file_that_lacks_something_is_named(checkout: Path, newsroom: Path) -> None:
    path = checkout / "transflow/engines/empty.py"
    path.write_text('"""An engine that does nothing."""\n', encoding="utf-8")
    out = run(checkout, newsroom, "suggest", "flood", "--engine", "empty")
    path.unlink()
    assert "transflow/engines/empty.py lacks LIMITS, PRICE, translate, is_used_up" in out
