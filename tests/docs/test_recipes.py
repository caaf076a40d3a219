"""The commands in docs/corrections.md and docs/git.md, run from top to bottom."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from docs.test_documents import ROOT, shown_commands
from support.commands import done, refusal, transflow
from support.newsrooms import git
from transflow.model.unit import Conflict
from transflow.po.notes import KEYS
from transflow.project import Project
from transflow.user_folders import config_folder

OTHER = Conflict("leejin", "2022-03-25T12:00:00Z", "Both signed it.")


WRONG, RIGHT = (
    f"The request was made in a letter dated {day} from two U.N. special rapporteurs to the Chinese government."
    for day in ("Feb. 5", "Feb. 15")
)
PAGE = "https://news.example.org/un-story"


@pytest.fixture
def newsroom(sample: Path) -> Path:
    """Return the sample in git, its story renamed as in the documents, with a wrong date."""
    done(sample, "mv", "un-china-refugees", "un-story", user="mina")
    done(sample, "unit", "set", "un-letter#5", WRONG, user="claire")
    done(sample, "unit", "waive", "un-letter#5", "dates.day", "I read it so.", user="mina")
    done(sample, "unit", "approve", "un-letter#5", user="mina")
    done(sample, "compose", "un-story", user="eugene")
    done(sample, "unit", "confirm", "un-story", user="eugene")
    done(sample, "clear", "un-story", user="mina")
    git(sample, "init", "--quiet")
    git(sample, "config", "user.email", "office@example.org")
    git(sample, "config", "user.name", "Mina")
    git(sample, "add", "--all")
    git(sample, "commit", "--quiet", "-m", "begin")
    return sample


def lines_of(document: str) -> list[str]:
    """Return the commands that a document shows, but for those that ask for a live page."""
    found = [line for name, line in shown_commands() if name == document and not asks_for_page(line)]
    assert len(found) > 5
    return found


def asks_for_page(line: str) -> bool:
    return "--look" in line or "--take " in line


def give_two_texts(folder: Path) -> None:
    """Give un-letter#4 the second text that docs/git.md describes."""
    project = Project(folder)
    place = project.find_catalog("un-letter")
    unit_id = project.load(place).units[3].id
    project.change(
        place,
        lambda catalog: catalog.map_unit(
            unit_id, lambda unit: unit.replace(conflicts=(OTHER,), fuzzy=True, approved=None)
        ),
    )


STAFF = {"set": "claire", "compose": "eugene", "confirm": "eugene"}
"""The user of each command in docs/corrections.md; an editor runs the others."""


def type_all(folder: Path, lines: list[str]) -> None:
    """Run lines of a document, one after the other; each must succeed."""
    opaque = "p-0000"
    for line in lines:
        words = [re.sub(r"p-7k2m", opaque, word) for word in shlex.split(line)[1:]]
        user = next((who for word, who in STAFF.items() if word in words[:2]), "mina")
        asks = words[0] == "redact" or (words[:2] == ["person", "protect"] and "--known-as" not in words)
        ran = transflow(folder, *words, *["--yes"] * asks, user=user, stdin="Su Bo Bae")  # as people answer
        assert ran.code == 0, f"{line}: {ran.err}"
        if found := re.search(r"The person is (p-\w+) now", ran.out):
            opaque = found[1]


def test_corrections(newsroom: Path) -> None:
    type_all(newsroom, lines_of("corrections.md"))
    assert transflow(newsroom, "check", "--all").code in (0, 1)
    assert "Su Bo Bae" not in "".join(path.read_text(encoding="utf-8") for path in (newsroom / "locales").rglob("*.po"))


def test_the_documented_correction_is_on_the_page(newsroom: Path) -> None:
    """The right date is in the text, the wrong one only in the note; the credit is unchanged."""
    done(newsroom, "render", "un-story", "--to", "txt")
    before = (newsroom / "build/en/un-story.txt").read_text(encoding="utf-8")
    lines = lines_of("corrections.md")
    end = lines.index("transflow render un-story")
    type_all(newsroom, lines[: lines.index("transflow correct un-letter#5")])
    git(newsroom, "commit", "--quiet", "--all", "-m", "published")
    type_all(newsroom, lines[lines.index("transflow correct un-letter#5") : end])
    done(newsroom, "render", "un-story", "--to", "html,txt")
    quoted = f"An earlier version of this story said: “{WRONG}” It should have said: “{RIGHT}”"
    for name in ("un-story.html", "un-story.txt"):
        page = (newsroom / "build/en" / name).read_text(encoding="utf-8")
        text = html.unescape(re.sub(r"<head>.*</head>", "", page, flags=re.DOTALL))
        assert [text.count(each) for each in ("Feb. 5 ", "Feb. 15 ")] == [1, 2], name
        assert text.count(quoted) == 1
        assert text.index(RIGHT) < text.index("Correction, ") < text.index(quoted)
    credit = before.strip().splitlines()[-1]
    assert "Translated by" in credit
    assert text.strip().splitlines()[-1] == credit
    type_all(newsroom, lines[end + 1 : end + 2])
    assert PAGE not in transflow(newsroom, "check").out
    done(newsroom, "render", "un-story", "--format", "html")
    page = (newsroom / "build/en/un-story.html").read_text(encoding="utf-8")
    assert ("Corrected <time" in page, "Version 2" in page, '"version": 2' in page) == (True, True, True)
    dates = dict(re.findall(r'"(datePublished|dateModified)": "([^"]+)"', page.partition('"isBasedOn"')[0]))
    assert dates["datePublished"].startswith("2024-03-26T18:00")
    assert dates["dateModified"] > dates["datePublished"]
    done(newsroom, "notices", "--page")
    assert quoted in html.unescape((newsroom / "build/en/corrections.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kept", ["un-story", "un-story#4"])
def test_a_documented_correction_that_keeps_the_old_text_stops_at_every_step(newsroom: Path, kept: str) -> None:
    """The same with a writer's words in the paragraph, confirmed without looking."""
    done(newsroom, "unit", "set", "un-story#4", f"{WRONG} It was the second such letter.", user="eugene")
    done(newsroom, "clear", "un-story", user="mina")
    lines = lines_of("corrections.md")
    end = lines.index("transflow unit confirm un-story#4")
    type_all(newsroom, lines[:end])
    assert f"{kept.partition('#')[0]}#4 confirmed: kept the standing text" in done(
        newsroom, "unit", "confirm", kept, user="mina"
    )
    assert "un-story#4" in refusal(newsroom, "correct", "un-letter#5", user="mina")
    done(newsroom, "unit", "confirm", "un-story#31", user="mina")
    for command in ("ready", "clear", "render"):
        assert "un-story#4" in refusal(newsroom, command, "un-story", user="mina")
    assert "un-story#4: error: it reads as it was published" in transflow(newsroom, "check").out
    done(newsroom, "unit", "confirm", "un-story#4", "--take-new", user="eugene")
    type_all(newsroom, lines[end + 1 :][:4])
    assert RIGHT in (newsroom / "build/en/un-story.html").read_text(encoding="utf-8")


def test_the_documented_look_at_the_live_page_takes_a_word_home(
    newsroom: Path, httpserver: HTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands as documented, with the address of a server on this machine."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (config_folder() / "engines.toml").parent.mkdir(parents=True)
    (config_folder() / "engines.toml").write_text('[network]\nlocal_hosts = ["127.0.0.1"]\n', encoding="utf-8")
    done(newsroom, "render", "un-story", "--format", "html", user="mina")
    page = (newsroom / "build/en/un-story.html").read_text(encoding="utf-8")
    assert page.count("dated Feb. 5 from") == 1
    httpserver.expect_request("/").respond_with_data(
        page.replace("dated Feb. 5 from", "dated Feb. 15 from"), content_type="text/html"
    )
    (newsroom / "page.html").write_text(page, encoding="utf-8")
    address = f"http://127.0.0.1:{httpserver.port}/"
    done(newsroom, "published", "un-story", "--url", address, user="mina")
    monkeypatch.chdir(newsroom)
    for line in [line for name, line in shown_commands() if name == "corrections.md" and asks_for_page(line)]:
        ran = transflow(newsroom, *shlex.split(line)[1:])
        assert ran.code == (1 if "--look" in line and "page.html" not in line else 0), (line, ran)
    done(newsroom, "clear", "un-story", user="mina")
    done(newsroom, "published", "un-story", "--url", address, user="mina")
    shown = transflow(newsroom, "published", "un-story", "--look").out
    assert "1 difference" in shown
    assert "the credit line" in shown  # the page does not name Mina yet, who has written in the story now


def test_git(newsroom: Path) -> None:
    for line in lines_of("git.md"):
        if "unit resolve" in line:
            give_two_texts(newsroom)
        ran = transflow(newsroom, *shlex.split(line)[1:], user="claire")
        assert ran.code == 0, f"{line}: {ran.err}"
    assert Project(newsroom).load(Project(newsroom).find_catalog("un-letter")).units[3].conflicts == ()


def test_every_note_of_a_unit_has_its_row() -> None:
    text = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if not re.search(rf"`# @{key}[ `]", text)] == []


def test_everything_that_repair_mends_is_told() -> None:
    text = (ROOT / "docs/git.md").read_text(encoding="utf-8")
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "transflow/integrity/repair").glob("*.py"))
    found = set(re.findall(r"record\.[a-z-]+", sources))
    assert len(found) > 8
    assert sorted(name for name in found if name not in text) == []
