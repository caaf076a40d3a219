"""`transflow init`: a project that works at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import contents, done, refusal, transflow
from transflow.project import Project


def made(tmp_path: Path, *options: str) -> Path:
    folder = tmp_path / "newsroom"
    ran = transflow(tmp_path, "init", str(folder), *options)
    assert ran.code == 0, ran
    return folder


def test_a_new_project_has_settings_folders_a_sample_report_and_keeps_its_cache_out_of_git(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert {"transflow.toml", ".gitignore", ".gitattributes", "sources/welcome.md"} <= set(contents(folder))
    assert ".transflow/" in (folder / ".gitignore").read_text(encoding="utf-8")
    assert ".*.tmp" in (folder / ".gitignore").read_text(encoding="utf-8")
    assert (folder / "locales/en/articles").is_dir()


def test_a_new_project_works_at_once(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert "en:welcome  report             0.0% translated" in done(folder, "status")
    done(folder, "person", "add", "claire", "--name", "Claire Lee", "--role", "translator")
    done(folder, "unit", "set", "welcome#1", "A library opens", user="claire")
    assert "passed" in done(folder, "check", "--all", "--min", "0")


SAMPLE = (
    "A library opens in an old station",
    "The former railway station has 40,000 books and a small theater.",
    "The new Riverside Library in Solbit opened on the 6th.",
    "The conversion of the old station took three years.",
    "On the first day, about 1,200 people visited the library.",
    "At the opening, its director, Park Sae-bom, said: “A place where people waited for trains is now one where "
    "they read books. I hope that everybody will come in and rest.”",
    "The library has 40,000 books and a small theater with 120 seats.",
    "From May, there will be readings for children every Saturday.",
    "Except on Mondays, the library is open every day from 9 a.m. to 9 p.m.",
)
"""A translation of the sample report."""


def test_the_sample_becomes_a_story_without_a_warning_that_its_newsroom_causes(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for who, role in (("claire", "translator"), ("mina", "editor")):
        done(folder, "person", "add", who, "--name", who.title(), "--role", role)
    for number, text in enumerate(SAMPLE, 1):
        done(folder, "unit", "set", f"welcome#{number}", text, user="claire")
    done(folder, "compose", "library", "--from", "welcome", user="claire")
    done(folder, "unit", "confirm", "library", user="claire")
    ready = transflow(folder, "ready", "library", user="claire")
    assert ready.code == 0, ready.err
    assert "story." not in ready.err
    assert "story." not in done(folder, "clear", "library", user="mina")
    assert "passed" in done(folder, "check", "--fail-on", "warning", "--select", "story")


def test_a_file_that_cannot_be_written_is_told_by_its_own_name(tmp_path: Path) -> None:
    folder, wanted = made(tmp_path), tmp_path / "nowhere" / "all.tmx"
    assert f"{wanted}: No such file" in refusal(folder, "memory", "export", str(wanted), code=3)


def test_what_init_prints_next_are_commands_that_work(tmp_path: Path) -> None:
    ran = transflow(tmp_path, "init", str(tmp_path / "newsroom"))
    commands = [
        line.split() for line in ran.out.splitlines() if line.startswith("  transflow ") and "REPORT" not in line
    ]
    assert [words[1] for words in commands] == ["person", "unit"]
    assert "welcome#1" in done(tmp_path / "newsroom", *commands[1][1:])


def test_name_time_zone_and_languages_are_what_was_said(tmp_path: Path) -> None:
    folder = made(tmp_path, "--name", "한강 뉴스", "--locales", "en,zh_Hans", "--timezone", "Asia/Tokyo")
    settings = Project(folder).settings
    assert (settings.name, settings.locales, settings.timezone) == ("한강 뉴스", ("en", "zh_Hans"), "Asia/Tokyo")
    assert "zh_Hans:welcome" in done(folder, "status")


def test_a_project_without_the_sample_says_what_comes_next(tmp_path: Path) -> None:
    folder = made(tmp_path, "--no-sample")
    ran = transflow(folder, "status")
    assert (ran.code, ran.out) == (0, "")
    assert "transflow add" in ran.err


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "newsroom"
    (folder / "sources").mkdir(parents=True)
    (folder / ".gitignore").write_text("mine\n", encoding="utf-8")
    (folder / "sources" / "mine.md").write_text("---\ntitle: 내 기사\n---\n\n본문이다.\n", encoding="utf-8")
    made(tmp_path)
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert "en:mine" in done(folder, "status")
    assert "is a project already" in refusal(folder, "init", str(folder), code=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--timezone", "Asia/Seol"], "is not a time zone"),
        (["--locales", "english please"], "is the code of no language"),
        (["--locales", ""], "locales"),
        (["--source", "KOREAN"], "Did you mean ko?"),
    ],
)
def test_settings_that_do_not_fit_make_nothing(tmp_path: Path, options: list[str], message: str) -> None:
    ran = transflow(tmp_path, "init", str(tmp_path / "newsroom"), *options)
    assert ran.code == 2
    assert message in ran.err
    assert not (tmp_path / "newsroom").exists()


def test_no_project_is_made_inside_another(tmp_path: Path) -> None:
    folder = made(tmp_path)
    for inside in ("room", "sources/room"):
        message = refusal(folder, "init", str(folder / inside), code=2)
        assert f"is inside the project {folder}" in message


@pytest.mark.parametrize(
    ("code", "way_out"),
    [("xx", "write en, ko, vi or zh_Hans"), ("jp", "Did you mean ja?"), ("eng", "Did you mean en?"),
     ("Vietnamese", "Did you mean vi?")],
)  # fmt: skip
def test_a_code_that_is_no_language_is_refused(tmp_path: Path, code: str, way_out: str) -> None:
    for option in ("--locales", "--source"):
        message = refusal(tmp_path, "init", str(tmp_path / "room"), option, code, code=2)
        assert f"“{code}” is the code of no language" in message
        assert way_out in message
    for known in ("pt_BR", "zh_Hans", "yue", "ug"):
        made(tmp_path / known, "--locales", known, "--no-sample")
