"""`transflow status`: progress on a screen, in a pipe and for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.commands import REPORT, done, in_terminal, new_project, program, refusal, transflow
from transflow.cli.formatting import cell_width
from transflow.project import CatalogRef, Project


def translate(folder: Path, count: int, slug: str = "flood") -> None:
    for number in range(1, count + 1):
        done(folder, "unit", "set", f"{slug}#{number}", f"Text {number}.", user="claire")


def test_in_a_pipe_every_catalog_is_a_plain_line(sample: Path) -> None:
    ran = program(sample, "status")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "en:rights-groups      report           100.0% translated (100.0% of words)  100.0% approved  of 23",
        "en:un-letter          report           100.0% translated (100.0% of words)  100.0% approved  of 25",
        "en:un-china-refugees  story cleared    100.0% translated (100.0% of words)  100.0% approved  of 30",
    ]
    assert ran.err == ""


def test_on_a_terminal_there_are_bars(room: Path) -> None:
    translate(room, 3)
    done(room, "unit", "approve", "flood#1", user="mina")
    code, screen = in_terminal(room, "status")
    bare = re.sub(r"\x1b\[[0-9;]*m", "", screen)
    assert code == 0
    assert bare.startswith("flood")
    assert "████▒▒▒▒▒▒▒▒········" in bare
    assert "60.0% translated" in bare


@pytest.mark.parametrize("columns", [80, 120])
def test_on_a_terminal_no_line_is_cut_and_no_remark_is_broken(room: Path, columns: int) -> None:
    translate(room, 5)
    done(room, "assign", "flood", "--to", "claire", "--due", "2098-03-26 18:00", user="mina")
    done(room, "unit", "ask", "flood#1", "Sure?", user="claire")
    (room / "sources/flood.md").write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    _, screen = in_terminal(room, "status", columns=columns)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen).splitlines()
    assert max(map(len, lines)) <= columns
    assert any("100.0% translated" in line for line in lines)
    for remark in ("its file changed: `transflow update flood`", "1 open questions"):
        assert any(remark in line for line in lines), lines


def test_what_needs_somebody_s_eye_is_said_in_words(room: Path) -> None:
    translate(room, 5)
    done(room, "assign", "flood", "--to", "claire", "--due", "2098-03-26 18:00", user="mina")
    done(room, "unit", "ask", "flood#1", "Sure?", user="claire")
    (room / "sources/flood.md").write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    done(room, "update")
    path = room / "locales/en/reports/flood.po"
    path.write_text(path.read_text(encoding="utf-8").replace("due=2098", "due=2001"), encoding="utf-8")
    line = done(room, "status").strip()
    assert line.endswith("of 5     1 the Korean changed  1 overdue  1 open questions")


def test_columns_stand_below_each_other_in_korean_too(sample: Path) -> None:
    done(sample, "unit", "set", "un-letter#1", "U.N. asks China", user="claire")
    for language, word in (("en", "translated"), ("ko", "%")):
        lines = done(sample, "--lang", language, "status").splitlines()
        places = {cell_width(line[: line.index(word)]) for line in lines}
        assert len(places) == 1, lines


def test_a_report_behind_its_file_is_shown(room: Path) -> None:
    assert json.loads(done(room, "status", "--format", "json"))[0]["behind"] is False
    (room / "sources/flood.md").write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    assert "its file changed: `transflow update flood`" in done(room, "status")
    assert json.loads(done(room, "status", "--format", "json"))[0]["behind"] is True
    done(room, "update")
    assert "its file changed" not in done(room, "status")
    (room / "sources/flood.md").unlink()
    assert transflow(room, "status").code == 0


def test_a_stale_story_says_so(room: Path) -> None:
    translate(room, 5)
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    done(room, "unit", "set", "flood#2", "Four bridges failed.", user="claire")
    assert "1 stale" in done(room, "status", "bridges")


def test_what_is_not_whole_is_never_shown_as_whole(room: Path) -> None:
    body = "".join(f"{number}번째 문장이다.\n\n" for number in range(1, 1500))
    (room / "sources/long.md").write_text(f"---\ntitle: 제목\n---\n\n{body}", encoding="utf-8")
    done(room, "update", "long")
    path = room / CatalogRef("en", "reports", "long").path
    text = path.read_text(encoding="utf-8").replace('msgstr ""\n\n', 'msgstr "x"\n\n')
    path.write_text(text.removesuffix('msgstr ""\n') + 'msgstr ""\n', encoding="utf-8")
    assert sum(not unit.target for unit in Project(room).load(CatalogRef("en", "reports", "long")).units) == 1
    assert "99.9% translated (99.9% of words)" in done(room, "status", "long")
    assert json.loads(done(room, "status", "long", "--format", "json"))[0]["percent"]["translated"] == 99.9
    ran = transflow(room, "check", "--all", "--min", "100")
    assert "long.po: error: 99.9% translated, 100% required." in ran.out


def test_for_machines_there_is_json(sample: Path) -> None:
    listed = json.loads(done(sample, "status", "--format", "json"))
    assert [(each["locale"], each["kind"], each["slug"]) for each in listed] == [
        ("en", "report", "rights-groups"),
        ("en", "report", "un-letter"),
        ("en", "article", "un-china-refugees"),
    ]
    story = listed[-1]
    assert (story["state"], story["stale"], story["second_read_owed"]) == ("cleared", 0, False)
    assert sum(story["units"].values()) == 30
    assert story["units"]["cut"] > 0
    assert set(story["percent"]) == {"translated", "approved", "translated_words", "approved_words"}


def test_names_and_languages_narrow_it_down(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    translate(folder, 5, "vi:flood")
    done(folder, "compose", "vi:cau", "--from", "flood", user="eugene")

    def listed(*arguments: str) -> list[str]:
        return [line.split()[0] for line in done(folder, "status", *arguments).splitlines()]

    assert listed() == ["en:flood", "vi:flood", "vi:cau"]
    assert listed("--locale", "vi") == ["vi:flood", "vi:cau"]
    assert listed("flood") == ["en:flood", "vi:flood"]
    assert listed("cau") == ["vi:cau"]
    assert listed("flood", "--locale", "vi") == ["vi:flood"]
    assert "no report or story “cau”" in refusal(folder, "status", "cau", "--locale", "en", code=2)
    assert "no report or story “floo”. Did you mean flood?" in refusal(folder, "status", "floo", code=2)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_broken_catalog_is_named_with_its_line_and_hides_no_other(sample: Path, form: str) -> None:
    path = sample / "locales/en/reports/rights-groups.po"
    path.write_text(path.read_text(encoding="utf-8") + "\njunk\n", encoding="utf-8")
    line = path.read_text(encoding="utf-8").count("\n")
    ran = transflow(sample, "status", "--format", form)
    assert ran.code == 3
    assert f"locales/en/reports/rights-groups.po:{line}: " in ran.err + ran.out
    assert "un-letter" in ran.out
    if form == "json":
        assert [each["slug"] for each in json.loads(ran.out) if "error" in each] == [
            "rights-groups",
            "un-china-refugees",
        ]


def test_a_new_project_has_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    transflow(tmp_path, "init", str(tmp_path / "new"), "--no-sample")
    assert transflow(tmp_path / "new", "status") == (0, "", "No catalogs yet: `transflow add REPORT.md`.\n")
    assert json.loads(done(tmp_path / "new", "status", "--format", "json")) == []
