"""Scripts that need invisible characters: every byte survives what a newsroom does with it."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import done, new_project
from support.newsrooms import git
from support.scripts import OPENINGS, paragraphs
from support.windows import Window
from transflow.memory import tmx
from transflow.model.unit import Unit
from transflow.project import Project

HEAD = "---\ntitle: 선언\nbyline: 이정은\ndate: 2024-03-26\n---\n\n"


def with_report(folder: Path, language: str) -> Path:
    """Return a project for one language with a report of ten paragraphs."""
    room = new_project(folder, (language,))
    body = "\n\n".join(f"{number}조는 자유와 평등에 관한 조항이다." for number in range(1, 11))
    (folder.parent / "articles.md").write_text(f"{HEAD}{body}\n", encoding="utf-8")
    done(room, "add", str(folder.parent / "articles.md"), user="mina")
    return room


def units(room: Path, name: str = "articles") -> list[Unit]:
    project = Project(room)
    return [each for each in project.load(project.find_catalog(name)).units if each.kind != "headline"]


def clone(room: Path, folder: Path, email: str) -> Path:
    git(room.parent, "clone", "-q", str(room), str(folder))
    for name, value in (("user.name", "x"), ("user.email", email)):
        git(folder, "config", name, value)
    done(folder, "git", "setup")
    return folder


def commit(room: Path) -> None:
    git(room, "add", "-A")
    git(room, "commit", "-q", "-m", "work")


@pytest.mark.parametrize("language", OPENINGS)
def test_every_byte_is_kept_from_the_translation_to_the_page(tmp_path: Path, language: str) -> None:
    room, texts = with_report(tmp_path / "room", language), paragraphs(language)
    done(room, "unit", "set", "articles#1", OPENINGS[language], user="claire")
    git(room, "init", "-q")
    for name, value in (("user.name", "x"), ("user.email", "x@example.org")):
        git(room, "config", name, value)
    commit(room)
    one, two = (clone(room, tmp_path / name, "x@example.org") for name in ("one", "two"))
    for number, text in enumerate(texts, 2):  # two clones write half of it each, and git merges them
        done(one if number % 2 else two, "unit", "set", f"articles#{number}", text, user="claire")
    commit(one)
    commit(two)
    git(one, "pull", "-q", "--no-rebase", "--no-edit", str(two))
    assert [each.target for each in units(one)] == texts

    half = texts[0].index(f" 1. {OPENINGS[language]}") + 1
    done(one, "unit", "split", "articles#2", "--source-at", "자유와", "--text-at", texts[0][half:], user="claire")
    assert [each.target for each in units(one)][:2] == [texts[0][: half - 1], texts[0][half:]]
    done(one, "unit", "join", "articles#2-3", user="claire")
    done(one, "unit", "confirm", "articles#2", user="claire")
    assert [each.target for each in units(one)] == texts

    done(one, "memory", "export", str(tmp_path / "all.tmx"))
    found = {each.target for each in tmx.entries((tmp_path / "all.tmx").read_bytes(), "all.tmx", "ko", language)}
    assert {*texts} <= found
    done(one, "compose", "rights", "--from", "articles", user="eugene")
    done(one, "unit", "confirm", "rights", user="eugene")
    assert [each.target for each in units(one, "rights")] == texts
    page = html.unescape(done(one, "render", "rights", "--draft", "--format", "html", "-o", "-", user="mina"))
    assert [text for text in texts if text not in page] == []
    assert ('dir="auto"' in page) == (language != "vi")


@pytest.fixture
def window(tmp_path: Path) -> Iterator[tuple[Path, Window]]:
    room = new_project(tmp_path / "room", tuple(OPENINGS))
    opened = Window(room, tmp_path / "tmux")
    yield room, opened
    opened.close()


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize("language", OPENINGS)
def test_every_byte_of_a_paste_in_a_terminal_is_confirmed(window: tuple[Path, Window], language: str) -> None:
    room, screen = window
    text = paragraphs(language)[0]
    screen.open("translate", f"{language}:flood#2", user="claire")
    screen.see("0 of 5 done")
    screen.press("e")
    screen.see("WRITING")
    screen.paste(text)
    screen.press("C-s")
    screen.see("1 of 5 done")
    screen.leave()
    assert units(room, f"{language}:flood")[0].target == text
