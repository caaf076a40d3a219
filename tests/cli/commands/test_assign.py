"""`transflow assign`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.commands import done, new_project, refusal
from transflow.project import CatalogRef, Project


def test_sentences_are_shared_in_runs_and_the_deadline_is_read_in_the_project_s_time(room: Path) -> None:
    out = done(room, "assign", "flood", "--to", "claire,leejin", "--due", "2098-03-26 18:00", user="mina")
    assert re.fullmatch(
        r"claire: 1-\d \(\d sentences, \d+ characters\)\nleejin: \d-5 \(\d sentences, \d+ characters\)\n", out
    )
    units = Project(room).load(CatalogRef("en", "reports", "flood")).units
    assert {unit.assigned.due for unit in units if unit.assigned} == {"2098-03-26T09:00:00Z"}
    assert all(unit.assigned for unit in units)


def test_a_part_may_be_assigned_and_the_rest_stays(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", user="mina")
    done(room, "assign", "flood", "--to", "leejin", "--units", "4-5", "--due", "+3h", user="mina")
    units = Project(room).load(CatalogRef("en", "reports", "flood")).units
    assert [unit.assigned.who for unit in units if unit.assigned] == ["claire"] * 3 + ["leejin"] * 2


def test_what_is_left_out_is_not_assigned(room: Path) -> None:
    done(room, "unit", "omit", "flood#1", "an advertisement", user="mina")
    assert done(room, "assign", "flood", "--to", "claire", user="mina").startswith("claire: 2-5 (4 sentences")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--to", "clare"], 2, "Did you mean claire?"),
        (["--to", "claire,clare"], 2, "Did you mean claire?"),
        (["--to", ""], 2, "name at least one person"),
        (["--to", "claire", "--units", "4-9"], 2, "they go from 1 to 5"),
        (["--to", "claire", "--due", "soon"], 2, "“soon” is not a deadline"),
        (["--to", "claire", "--due", "2020-01-01 09:00"], 2, "is past"),
    ],
)
def test_an_assignment_that_does_not_fit_is_refused(room: Path, options: list[str], code: int, message: str) -> None:
    assert message in refusal(room, "assign", "flood", *options, user="mina", code=code)


def test_nobody_is_assigned_a_language_that_they_do_not_work_in_or_after_they_left(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    done(folder, "person", "add", "ann", "--name", "Ann", "--role", "translator", "--locales", "vi")
    with (folder / "transflow.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[people]]\nid = "gone"\nname = "Gone"\nroles = ["translator"]\nleft = 2024-01-31\n')
    assert "ann works in vi, not in en" in refusal(folder, "assign", "en:flood", "--to", "ann", user="mina")
    assert "gone left on 2024-01-31" in refusal(folder, "assign", "en:flood", "--to", "gone", user="mina")
    assert "say which, as in en:flood" in refusal(folder, "assign", "flood", "--to", "ann", user="mina", code=2)
    done(folder, "assign", "vi:flood", "--to", "ann", user="mina")
