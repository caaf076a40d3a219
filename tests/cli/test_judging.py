"""Judging from the command line: exactly the shown text is judged, or nothing."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest

from support.commands import TEXTS, contents, done, in_terminal, new_project, program, refusal, transflow
from transflow.cli.session import now
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import open_questions, state

FLOOD, BRIDGES = CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "bridges")


@cache
def _made(*, story: bool) -> dict[str, bytes]:
    """Return the files of a project with the translated report `flood` and the story `bridges`."""
    with tempfile.TemporaryDirectory() as parent:
        folder = new_project(Path(parent, "room"))
        for number, text in enumerate(TEXTS, 1):
            done(folder, "unit", "set", f"flood#{number}", text, user="claire")
        if story:
            done(folder, "compose", "bridges", "--from", "flood", user="eugene")
            done(folder, "unit", "confirm", "bridges", user="eugene")
        return contents(folder)


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """Return a project with the report `flood`, translated by claire."""
    return laid_out(tmp_path / "room", _made(story=False))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return `translated` with the story `bridges`, composed from it, with all drafts accepted."""
    return laid_out(tmp_path / "room", _made(story=True))


def unit(folder: Path, number: int = 1, place: CatalogRef = FLOOD) -> Unit:
    return Project(folder).load(place).units[number - 1]


def marks(folder: Path, ref: str) -> list[str]:
    """Return the marks as a script reads them."""
    return [each["mark"] for each in json.loads(done(folder, "unit", "show", ref, "--format", "json"))]


def story_mark(folder: Path, name: str = "bridges") -> str:
    return str(json.loads(done(folder, "article", "show", name, "--format", "json"))["mark"])


def with_two_texts(folder: Path) -> None:
    """Add a second text by leejin to flood#1."""
    from transflow.actions import Actor
    from transflow.actions.units import steps

    project = Project(folder)
    leejin = project.settings.person("leejin")
    assert leejin is not None
    steps.keep_both(Actor(project, leejin, now()), "flood#1", "Floods cut bridges")


def unclaimed(folder: Path) -> None:
    """Return flood#1 with a text that another program wrote."""
    path = folder / FLOOD.path
    path.write_text(
        path.read_text(encoding="utf-8").replace(TEXTS[0], "Three bridges gone in floods"), encoding="utf-8"
    )


# Output of `show`


def test_a_unit_is_shown_with_its_mark_for_people_and_for_scripts(translated: Path) -> None:
    (mark,) = marks(translated, "flood#1")
    assert done(translated, "unit", "show", "flood#1").splitlines()[-1] == f"  mark {mark}"
    assert re.fullmatch("[0-9a-f]{16}-[0-9a-f]{16}", mark)


def test_a_story_is_shown_with_its_mark_for_people_and_for_scripts(written: Path) -> None:
    shown = json.loads(done(written, "article", "show", "bridges", "--format", "json"))
    assert done(written, "article", "show", "bridges").splitlines()[-1] == f"mark {shown['mark']}"
    assert [each["mark"] for each in shown["paragraphs"]] == marks(written, "bridges")


# A unit

WHOLE = [
    pytest.param(["approve", "flood#1"], "mina", id="approve"),
    pytest.param(["return", "flood#1", "Which bridges?"], "mina", id="return"),
    pytest.param(["omit", "flood#1", "an advertisement"], "claire", id="omit"),
]
"""Steps on whole units, as they are typed, with the users who may make them."""


def test_an_editor_does_not_approve_a_text_that_a_colleague_wrote_after_they_read(translated: Path) -> None:
    (mark,) = marks(translated, "flood#1")
    program(translated, "unit", "set", "flood#1", "Floods cut three bridges", user="leejin")
    before = contents(translated)
    ran = program(translated, "unit", "approve", "flood#1", "--seen", mark, user="mina")
    assert (ran.code, ran.out) == (1, "")
    assert "flood#1: not what was seen" in ran.err
    assert "Floods cut three bridges" in ran.err
    assert f"mark {marks(translated, 'flood#1')[0]}" in ran.err
    assert contents(translated) == before
    (present,) = marks(translated, "flood#1")
    assert program(translated, "unit", "approve", "flood#1", "--seen", present, user="mina").code == 0
    assert state(unit(translated)) == "approved"


@pytest.mark.parametrize(("command", "who"), WHOLE)
@pytest.mark.parametrize(
    "meanwhile",
    [
        ["unit", "set", "flood#1", "Floods"],
        ["unit", "set", "flood#1", "--needs-look", TEXTS[0]],
        ["unit", "ask", "flood#1", "All three?"],
    ],
    ids=["text", "look", "question"],
)
def test_a_step_on_the_whole_unit_is_refused_after_any_change_that_matters(
    translated: Path, command: list[str], who: str, meanwhile: list[str]
) -> None:
    (mark,) = marks(translated, "flood#1")
    done(translated, *meanwhile, user="leejin")
    assert "not what was seen" in refusal(translated, "unit", *command, "--seen", mark, user=who)
    (present,) = marks(translated, "flood#1")
    ran = transflow(translated, "unit", *command, "--seen", present, user=who)
    assert "not what was seen" not in ran.err


@pytest.mark.parametrize("command", [["set", "flood#1", "Floods took bridges"], ["confirm", "flood#1"]])
def test_writing_is_refused_over_another_text_but_not_over_a_colleagues_question(
    translated: Path, command: list[str]
) -> None:
    (mark,) = marks(translated, "flood#1")
    done(translated, "unit", "ask", "flood#1", "All three?", user="leejin")
    done(translated, "unit", *command, "--seen", mark, user="claire")
    (mark,) = marks(translated, "flood#1")
    done(translated, "unit", "set", "flood#1", "Floods", user="leejin")
    assert "not what was seen" in refusal(translated, "unit", *command, "--seen", mark, user="claire")


def test_a_conflict_is_decided_between_the_texts_that_were_read(translated: Path) -> None:
    with_two_texts(translated)
    (mark,) = marks(translated, "flood#1")
    done(translated, "unit", "ask", "flood#1", "All three?", user="juno")
    message = refusal(translated, "unit", "resolve", "flood#1", "--take", "1", "--seen", mark, user="claire")
    assert "not what was seen" in message
    done(
        translated, "unit", "resolve", "flood#1", "--take", "1", "--seen", *marks(translated, "flood#1"), user="claire"
    )
    assert unit(translated).target == "Floods cut bridges"


def test_a_text_from_outside_is_claimed_as_it_was_read(translated: Path) -> None:
    (mark,) = marks(translated, "flood#1")
    unclaimed(translated)
    assert "not what was seen" in refusal(translated, "unit", "claim", "flood#1", "--seen", mark, user="leejin")
    done(translated, "unit", "claim", "flood#1", "--seen", *marks(translated, "flood#1"), user="leejin")
    assert "leejin" in [each.who for each in unit(translated).by]


def test_a_warning_is_waived_for_the_text_that_was_read(translated: Path) -> None:
    done(translated, "unit", "set", "flood#2", "Forty bridges failed on the night of the 5th.", user="claire")
    (mark,) = marks(translated, "flood#2")
    done(translated, "unit", "set", "flood#2", "Fifty bridges failed on the night of the 5th.", user="claire")
    command = ["unit", "waive", "flood#2", "numbers.small", "so the city says"]
    assert "not what was seen" in refusal(translated, *command, "--seen", mark, user="mina")
    done(translated, *command, "--seen", *marks(translated, "flood#2"), user="mina")


def test_a_paragraph_is_cut_as_it_was_read(written: Path) -> None:
    (mark,) = marks(written, "bridges#2")
    done(written, "unit", "set", "bridges#2", "Three bridges are gone.", user="eugene")
    command = ["article", "cut", "bridges#2", "said above"]
    assert "not what was seen" in refusal(written, *command, "--seen", mark, user="eugene")
    done(written, *command, "--seen", *marks(written, "bridges#2"), user="eugene")
    assert unit(written, 2, BRIDGES).cut


@pytest.mark.parametrize("given", ["", "nonsense", "0" * 33, "0123456789abcdef"])
def test_a_mark_that_is_none_is_refused_and_what_is_there_is_shown(translated: Path, given: str) -> None:
    message = refusal(translated, "unit", "approve", "flood#1", "--seen", given, user="mina")
    assert TEXTS[0] in message
    assert marks(translated, "flood#1")[0] in message


def test_the_mark_of_another_unit_is_none(translated: Path) -> None:
    refusal(translated, "unit", "approve", "flood#1", "--seen", *marks(translated, "flood#2"), user="mina")


# Many units


def test_many_are_judged_with_a_mark_for_each_in_any_order_with_or_without_their_ids(translated: Path) -> None:
    shown = json.loads(done(translated, "unit", "show", "flood#1-3", "--format", "json"))
    seen = [part for each in reversed(shown) for part in ("--seen", f"{each['id']}={each['mark']}")]
    done(translated, "unit", "approve", "flood#1-3", *seen, user="mina")
    bare = [part for mark in marks(translated, "flood#4-5") for part in ("--seen", mark)]
    done(translated, "unit", "approve", "flood#4-5", *bare, user="mina")
    assert [state(unit(translated, number)) for number in range(1, 6)] == ["approved"] * 5


def test_of_many_none_is_judged_where_one_changed_or_was_not_seen(translated: Path) -> None:
    seen = [part for mark in marks(translated, "flood#1-3") for part in ("--seen", mark)]
    message = refusal(translated, "unit", "approve", "flood#1-4", *seen, user="mina")
    assert "flood#4: not what was seen: it changed after that, or its mark is not among those given." in message
    done(translated, "unit", "set", "flood#2", "Three bridges fell that night.", user="leejin")
    message = refusal(translated, "unit", "approve", "flood#1-3", *seen, user="mina")
    assert "flood#2: not what was seen" in message
    assert "Nobody was hurt." not in message


# Questions


def test_an_answer_is_given_to_one_of_two_questions_of_one_second(translated: Path) -> None:
    from transflow.actions import Actor
    from transflow.actions.units import steps

    project, time = Project(translated), now()
    people = {who: project.settings.person(who) for who in ("leejin", "juno", "claire")}
    for who, text in (("leejin", "All three?"), ("juno", "Which river?")):
        person = people[who]
        assert person is not None
        steps.ask(Actor(project, person, time), "flood#1", text)
    claire = people["claire"]
    assert claire is not None
    asked = unit(translated).questions
    actor = Actor(project, claire, time)
    steps.answer(actor, "flood#1", "The Han.", asked[1])
    assert open_questions(unit(translated)) == (asked[0],)
    message = refusal(translated, "unit", "approve", "flood#1", user="mina")
    assert "leejin asks: “All three?”" in message
    steps.answer(actor, "flood#1", "Yes.", asked[0])
    assert open_questions(unit(translated)) == ()


# A story


def test_a_writer_is_not_ready_and_an_editor_clears_nothing_that_they_did_not_read(written: Path) -> None:
    mark = story_mark(written)
    program(written, "unit", "set", "bridges#2", "Three bridges are gone.", user="leejin")
    ran = program(written, "ready", "bridges", "--seen", mark, user="eugene")
    assert (ran.code, ran.out) == (1, "")
    assert "en:bridges: not what was seen" in ran.err
    assert "Three bridges are gone." in ran.err
    mark = story_mark(written)
    assert f"mark {mark}" in ran.err
    done(written, "ready", "bridges", "--seen", mark, user="eugene")
    done(written, "article", "move", "bridges#3", "--after", "1", user="eugene")
    before = contents(written)
    ran = program(written, "clear", "bridges", "--seen", mark, user="mina")
    assert (ran.code, ran.out) == (1, "")
    assert contents(written) == before
    done(written, "clear", "bridges", "--seen", story_mark(written), user="mina")


def test_a_comment_on_a_paragraph_is_no_change_of_the_story(written: Path) -> None:
    mark = story_mark(written)
    done(written, "unit", "comment", "bridges#2", "Good.", user="juno")
    done(written, "ready", "bridges", "--seen", mark, user="eugene")
    done(written, "clear", "bridges", "--seen", mark, user="mina")


@pytest.mark.parametrize("given", ["", "nonsense", "0" * 16])
def test_a_mark_of_no_story_is_refused(written: Path, given: str) -> None:
    message = refusal(written, "ready", "bridges", "--seen", given, user="eugene")
    assert story_mark(written) in message


def test_what_the_checks_say_is_told_by_who_makes_ready_and_who_clears(written: Path) -> None:
    done(
        written,
        "unit",
        "set",
        "bridges#2",
        "41 bridges failed on the night of the 5th. Nobody was hurt.",
        user="eugene",
    )
    for command, user in (("ready", "eugene"), ("clear", "mina")):
        ran = transflow(written, command, "bridges", user=user)
        assert ran.code == 0, ran
        assert ran.err.splitlines() == [
            "1 warning of en:bridges:",
            "  bridges#2: story.figure-added: “41” is in none of the Korean sentences behind this paragraph.",
        ]


# In a terminal


def test_in_a_terminal_a_unit_is_shown_and_asked_for_once(translated: Path) -> None:
    code, screen = in_terminal(
        translated, "unit", "approve", "flood#1-2", user="mina", answers={"sentences? [y/N]": "n"}
    )
    assert code == 1
    assert TEXTS[0] in screen
    assert TEXTS[1] in screen
    assert state(unit(translated)) == "translated"
    code, screen = in_terminal(
        translated, "unit", "approve", "flood#1-2", user="mina", answers={"sentences? [y/N]": "y"}
    )
    assert (code, screen.count("[y/N]")) == (0, 1)
    assert state(unit(translated)) == "approved"


def test_what_changes_while_a_terminal_is_asked_is_not_judged(translated: Path) -> None:
    import pty
    import subprocess

    from support.commands import command

    own_end, its_end = pty.openpty()
    asked = subprocess.Popen(
        command("--as", "mina", "unit", "approve", "flood#1"),
        cwd=translated,
        stdin=its_end,
        stdout=subprocess.PIPE,
        stderr=its_end,
        start_new_session=True,
    )
    screen = b""
    import os

    os.close(its_end)
    while b"[y/N]" not in screen:
        screen += os.read(own_end, 65536)
    done(translated, "unit", "set", "flood#1", "Floods", user="leejin")
    os.write(own_end, b"y\n")
    while True:
        try:
            screen += os.read(own_end, 65536)
        except OSError:
            break
    assert asked.wait(60) == 1
    os.close(own_end)
    assert asked.stdout is not None
    assert asked.stdout.read() == b""
    asked.stdout.close()
    assert b"not what was seen" in screen
    assert state(unit(translated)) == "translated"


def test_in_a_terminal_a_story_is_read_with_its_warnings_before_it_is_cleared(written: Path) -> None:
    done(
        written,
        "unit",
        "set",
        "bridges#2",
        "41 bridges failed on the night of the 5th. Nobody was hurt.",
        user="eugene",
    )
    done(written, "ready", "bridges", user="eugene")
    code, screen = in_terminal(written, "clear", "bridges", user="mina", answers={"[y/N]": "y"})
    assert code == 0
    question = screen.index("[y/N]")
    assert screen.index("41 bridges failed") < screen.index("of en:bridges:") < question
    assert Project(written).load(BRIDGES).header.get("X-Cleared")


@pytest.mark.soak
def test_whatever_two_processes_do_an_approval_is_of_a_text_that_its_editor_was_shown(translated: Path) -> None:
    """An approval always belongs to a text that the editor saw, while a translator writes.

    It is checked at the editor's next look or the translator's next write.
    """
    from subprocess import Popen

    from support.commands import command

    def writing(number: int) -> Popen[bytes]:
        text = f"Three bridges out, take {number}"
        return Popen(command("--as", "claire", "unit", "set", "flood#1", text), cwd=translated)

    given = 0
    for number in range(30):
        (shown,) = json.loads(done(translated, "unit", "show", "flood#1", "--format", "json"))
        writer = writing(number)
        ran = program(translated, "unit", "approve", "flood#1", "--seen", shown["mark"], user="mina")
        assert writer.wait(60) == 0
        left = unit(translated)
        assert ran.code in (0, 1), ran
        given += ran.code == 0
        assert left.target == f"Three bridges out, take {number}"
        assert left.approved is None, "the writer came last, or the editor was refused"
    assert state(unit(translated)) == "translated"
    assert given < 30
