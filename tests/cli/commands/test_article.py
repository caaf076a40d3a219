"""`transflow article`: paragraphs, and the story as one text."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import pytest

from support.commands import contents, done, in_terminal, program, refusal, transflow
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.user_folders import drafts_folder

STORY = CatalogRef("en", "articles", "bridges")


def article(folder: Path, place: CatalogRef = STORY) -> Catalog:
    return Project(folder).load(place)


def units(folder: Path) -> tuple[Unit, ...]:
    return tuple(article(folder).units)


def texts(folder: Path) -> list[str]:
    """Return the texts that would be printed, drafts included, in order."""
    return [unit.target or unit.source for unit in units(folder) if not unit.cut]


def editor(folder: Path, *commands: str) -> dict[str, str]:
    """Return an editor that runs shell commands on its file, "$1"."""
    path = folder.parent / "editor.sh"
    path.write_text("#!/bin/sh\nset -e\n" + "\n".join(commands) + "\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return {"EDITOR": str(path)}


def kept_text(folder: Path, name: str = "bridges.edited.txt") -> Path:
    """Return the file among the drafts of eugene in which a text is kept."""
    return drafts_folder(folder) / "eugene" / name


def in_an_editor(written: Path, replacement: str, answers: dict[str, str], *options: str) -> tuple[int, str]:
    """Edit the story in a terminal, with an editor that replaces “took” by another word."""
    os.environ.update(editor(written, "read -r word < /dev/tty", f'sed -i "{replacement}" $1'))
    try:
        return in_terminal(
            written, "article", "edit", "bridges", *options, user="eugene", answers={"": "drowned"} | answers
        )
    finally:
        del os.environ["EDITOR"]


def test_paragraphs_move(written: Path) -> None:
    first, second, third = texts(written)
    done(written, "article", "move", "bridges#3", "--after", "1", user="eugene")
    assert texts(written) == [first, third, second]
    done(written, "article", "move", "bridges#2-3", "--after", "0", user="eugene")
    assert texts(written) == [third, second, first]


def test_two_paragraphs_become_one_and_one_becomes_two(written: Path) -> None:
    first, second, third = texts(written)
    done(written, "article", "join", "bridges#2-3", user="eugene")
    assert texts(written) == [first, f"{second} {third}"]
    done(written, "article", "split", "bridges#2", "--text-at", "The city", user="eugene")
    assert texts(written) == [first, second, third]


def test_a_paragraph_is_cut_with_a_reason_and_taken_back(written: Path) -> None:
    done(written, "article", "cut", "bridges#3", "said below", user="eugene")
    assert len(texts(written)) == 2
    assert "cut by eugene" in done(written, "unit", "show", "bridges#3")
    done(written, "article", "cut", "bridges#3", "--undo", user="eugene")
    assert len(texts(written)) == 3


def test_a_writer_adds_a_paragraph_of_their_own(written: Path) -> None:
    done(written, "article", "add", "bridges", "It rained for three days.", "--after", "1", user="eugene")
    done(written, "article", "add", "bridges", "-", user="eugene", stdin="The last word.\n")
    done(written, "article", "add", "bridges", "What comes next", "--kind", "subhead", "--after", "2", user="eugene")
    assert texts(written)[1:3] == ["It rained for three days.", "What comes next"]
    assert texts(written)[-1] == "The last word."
    own = units(written)[1]
    assert (own.refs, own.source, [each.who for each in own.by]) == ((), "It rained for three days.", ["eugene"])


def test_background_says_where_it_comes_from(written: Path) -> None:
    done(written, "article", "cite", "bridges#2", "https://example.org/floods", user="eugene")
    done(written, "article", "cite", "bridges#2", "https://example.org/floods", user="eugene")
    assert units(written)[1].cites == ("https://example.org/floods",)


def test_a_story_is_listed_without_anybody_in_particular(written: Path) -> None:
    *lines, mark = done(written, "article", "show", "bridges").splitlines()
    assert [line.split()[2] for line in lines] == ["translated"] * 3
    assert re.fullmatch("mark [0-9a-f]{16}", mark)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["move", "bridges#1", "--after", "9"], 2, "they go from 1 to 3"),
        (["move", "bridges#1", "--after", "1"], 2, "cannot be put after itself"),
        (["move", "bridges#9", "--after", "1"], 2, "they go from 1 to 3"),
        (["join", "bridges#1,3"], 2, "is not two neighbours"),
        (["split", "bridges#2", "--text-at", "nowhere"], 2, "does not stand in the text"),
        (["split", "bridges#2-3", "--text-at", "and"], 2, "is not one"),
        (["cut", "bridges#2"], 2, "say why"),
        (["add", "bridges", ""], 2, "there is no text to add"),
        (["add", "bridges", "Text", "--after", "9"], 2, "they go from 1 to 3"),
        (["add", "bridges", "a\x07b"], 2, "cannot be stored"),
        (["show", "bridgs"], 2, "Did you mean bridges?"),
        (["show", "flood"], 2, "no story “flood”"),
        (["edit", "bridges", "--import", "none.txt"], 2, "there is no file none.txt"),
        (["edit", "bridges", "--export", "/none/x.txt"], 2, "cannot be written"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(written: Path, arguments: list[str], code: int, message: str) -> None:
    assert message in refusal(written, "article", *arguments, user="eugene", code=code)


def test_a_cleared_story_that_changes_is_cleared_no_more(sample: Path) -> None:
    assert "story cleared" in done(sample, "status", "un-china-refugees")
    done(sample, "article", "cut", "un-china-refugees#9", "too long", user="eugene")
    assert "story cleared" not in done(sample, "status", "un-china-refugees")


def test_the_story_is_edited_as_one_text(written: Path) -> None:
    ran = program(
        written,
        "article",
        "edit",
        "bridges",
        user="eugene",
        env=editor(written, "sed -i 's/Floods took/Floods tore away/' $1"),
    )
    assert ran.code == 0, ran
    assert ran.out == f"{units(written)[1].id} written\n"
    assert texts(written)[1].startswith("Floods tore away three bridges")


def test_an_editor_that_changes_nothing_changes_nothing(written: Path) -> None:
    before = contents(written)
    ran = program(written, "article", "edit", "bridges", user="eugene", env=editor(written, "true"))
    assert ran == (0, "", "Nothing changed.\n")
    assert contents(written) == before


def test_an_editor_that_fails_changes_nothing_and_what_it_saved_is_kept(written: Path) -> None:
    before = contents(written)
    ran = program(written, "article", "edit", "bridges", user="eugene", env=editor(written, "exit 3"))
    assert ran.code == 2
    assert "editor.sh" in ran.err
    assert "--export" in ran.err
    assert contents(written) == before
    failing = editor(written, "echo precious >> $1", "exit 3")
    ran = program(written, "article", "edit", "bridges", user="eugene", env=failing)
    assert ran.code == 2
    kept = kept_text(written)
    assert f"Your text is in {kept}" in ran.err
    assert kept.read_text(encoding="utf-8").endswith("precious\n")
    after = contents(written)
    assert {name: after[name] for name in before} == before


def test_what_an_editor_saved_in_another_encoding_is_kept(written: Path) -> None:
    ran = program(
        written, "article", "edit", "bridges", user="eugene", env=editor(written, "printf '\\261\\350' >> $1")
    )
    assert ran.code == 3
    assert "not UTF-8" in ran.err
    assert "Traceback" not in ran.err
    assert (kept_text(written)).read_bytes().endswith(b"\xb1\xe8")


def test_a_text_that_is_refused_is_kept_in_a_file_of_its_own(written: Path) -> None:
    unknown = editor(
        written, "sed -i 's/Floods took/My precious words:/; s/^{[a-z0-9]* ← flood#2,3}/{zzzzzzzz ← flood#2,3}/' $1"
    )
    before = contents(written)
    for name in ("bridges.edited.txt", "bridges.edited-2.txt"):
        ran = program(written, "article", "edit", "bridges", user="eugene", env=unknown)
        assert ran.code == 2
        assert f"Your text is in {kept_text(written, name)}" in ran.err
        assert "My precious words:" in (kept_text(written, name)).read_text(encoding="utf-8")
    after = contents(written)
    assert {name: after[name] for name in before} == before


def test_a_story_that_somebody_changed_meanwhile_is_not_overwritten(written: Path) -> None:
    meanwhile = editor(
        written,
        f"'{Path(sys.executable).with_name('transflow')}' --as juno unit set bridges#1 'Bridges gone' > /dev/null",
        "sed -i 's/Floods took/Floods tore away/' $1",
    )
    ran = program(written, "article", "edit", "bridges", user="eugene", env=meanwhile)
    assert ran.code == 2
    assert "exported from another state" in ran.err
    assert texts(written)[0] == "Bridges gone"
    assert "Floods tore away" in (kept_text(written)).read_text(encoding="utf-8")


def test_ctrl_c_belongs_to_the_editor(written: Path) -> None:
    interrupted = editor(written, "kill -INT $PPID", "sed -i 's/Floods took/Floods tore away/' $1")
    ran = program(written, "article", "edit", "bridges", user="eugene", env=interrupted)
    assert ran.code == 0, ran
    assert texts(written)[1].startswith("Floods tore away")


def test_a_disk_that_takes_nothing_loses_no_text(written: Path) -> None:
    path = written / STORY.path
    path.chmod(0o444)
    ran = program(
        written,
        "article",
        "edit",
        "bridges",
        user="eugene",
        env=editor(written, "sed -i 's/Floods took/Floods tore/' $1"),
    )
    assert ran.code == 3
    assert "read-only" in ran.err
    assert "Floods tore" in (kept_text(written)).read_text(encoding="utf-8")


def test_a_text_goes_out_and_comes_back_by_files_and_pipes(written: Path) -> None:
    out = str(written.parent / "bridges.txt")
    assert f"transflow article edit bridges --import {out}" in done(
        written, "article", "edit", "bridges", "--export", out, user="eugene"
    )
    text = Path(out).read_text(encoding="utf-8")
    assert text == done(written, "article", "edit", "bridges", "--export", "-", user="eugene")
    Path(out).write_text(text.replace("Floods took", "Floods tore away"), encoding="utf-8")
    done(written, "article", "edit", "bridges", "--import", out, user="eugene")
    assert texts(written)[1].startswith("Floods tore away")
    text = done(written, "article", "edit", "bridges", "--export", "-", user="eugene")
    done(
        written,
        "article",
        "edit",
        "bridges",
        "--import",
        "-",
        user="eugene",
        stdin=text.replace("tore away", "swept off"),
    )
    assert texts(written)[1].startswith("Floods swept off")


def test_an_export_never_writes_over_a_file(written: Path) -> None:
    out = written.parent / "bridges.txt"
    out.write_text("my edits", encoding="utf-8")
    message = refusal(written, "article", "edit", "bridges", "--export", str(out), user="eugene", code=2)
    assert "is there already, perhaps with edits in it" in message
    assert out.read_text(encoding="utf-8") == "my edits"


def test_a_text_of_another_state_is_refused_with_the_way_out(written: Path) -> None:
    text = done(written, "article", "edit", "bridges", "--export", "-", user="eugene")
    done(written, "unit", "set", "bridges#1", "Bridges gone", user="juno")
    before = contents(written)
    ran = transflow(written, "article", "edit", "bridges", "--import", "-", user="eugene", stdin=text)
    assert (ran.code, ran.out) == (2, "")
    assert "export it again and carry your edits over" in ran.err
    assert contents(written) == before


def test_an_editor_gets_the_terminal_and_what_it_changed_is_listed_and_asked(written: Path) -> None:
    code, screen = in_an_editor(written, "s/Floods took/Floods $word/", {"Save 1 change? [y/N]": "y"})
    assert code == 0, screen
    assert f"{units(written)[1].id} written  Floods drowned" in screen
    assert texts(written)[1].startswith("Floods drowned")


def test_a_no_changes_nothing_and_keeps_the_text(written: Path) -> None:
    before = contents(written)
    code, screen = in_an_editor(written, "s/Floods took/Floods $word/", {"[y/N]": "n"})
    assert code == 1, screen
    after = contents(written)
    assert {name: after[name] for name in before} == before
    assert "Floods drowned" in (kept_text(written)).read_text(encoding="utf-8")


def test_a_yes_that_is_said_before_is_not_asked_for(written: Path) -> None:
    code, screen = in_an_editor(written, "s/Floods took/Floods $word/", {}, "--yes")
    assert (code, "[y/N]" in screen) == (0, False)
    assert texts(written)[1].startswith("Floods drowned")


def test_a_script_lists_what_it_saves(written: Path) -> None:
    text = done(written, "article", "edit", "bridges", "--export", "-", user="eugene")
    second, third = units(written)[1:3]
    head = next(line for line in text.split("\n") if line.startswith("{" + third.id))
    changed = text.replace(head + "\n", "").replace("Floods took", "Floods tore away")
    assert (
        done(written, "article", "edit", "bridges", "--import", "-", user="eugene", stdin=changed)
        == f"{second.id} written\n"
    )
    assert units(written)[2] == third


def test_a_draft_that_is_split_is_taken_so_that_neither_half_prints_all_of_it(story: Path) -> None:
    done(story, "article", "split", "bridges#2", "--text-at", "Nobody", user="eugene")
    first, second = units(story)[1:3]
    assert (first.target, second.target) == ("Three bridges failed.", "Nobody was hurt.")
    assert first.refs == second.refs
    assert [(share.who, share.words) for unit in (first, second) for share in unit.translated] == [
        ("claire", 3),
        ("claire", 3),
    ]
    assert {each.words for unit in (first, second) for each in unit.by} == {0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["split", "bridges#2"], "say where the text is split: --text-at"),
        (["split", "bridges#2", "--text-at", "zebra"], "“zebra” does not stand in the text"),
        (["split", "flood#2", "--text-at", "x"], "no story “flood”"),
        (["join", "flood#2-3"], "no story “flood”"),
        (["cut", "bridges#9", "old"], "There is no paragraph 9: they go from 1 to 3"),
        (["cite", "bridges#2", "somewhere"], "neither an address (https://…) nor a story"),
        (["cite", "bridges#2", "javascript:alert(1)"], "neither an address (https://…) nor a story"),
        (["cite", "bridges#2", "bridges"], "no source of its own"),
        (["cite", "bridges#2", "en:bridges#3"], "no source of its own"),
    ],
)
def test_a_paragraph_that_is_none_or_cannot_be_meant_is_refused(
    story: Path, arguments: list[str], message: str
) -> None:
    assert message in refusal(story, "article", *arguments, user="eugene", code=2)


def test_a_whole_text_from_elsewhere_keeps_the_korean_and_names_what_has_none(sample: Path) -> None:
    name = "un-china-refugees"
    place = CatalogRef("en", "articles", name)
    before = Project(sample).load(place)
    shown = [unit for unit in before.units if not unit.cut and unit.target]
    own = "A ministry in Oslo, which has no part in the matter, declined to comment on Friday."
    texts = [unit.target.replace("The U.N.", "The United Nations") for unit in shown]
    text = "\n\n".join([*texts[:4], texts[5], texts[4], own, *texts[6:]])
    ran = transflow(sample, "article", "edit", name, "--import", "-", "--yes", user="eugene", stdin=text)
    assert ran.code == 0, ran.err
    after = Project(sample).load(place)
    refs = {unit.id: unit.refs for unit in before.units}
    assert all(unit.refs == refs[unit.id] for unit in after.units if unit.id in refs)
    assert [unit.id for unit in after.units if unit.cut] == [unit.id for unit in before.units if unit.cut]
    (new,) = [unit for unit in after.units if unit.id not in refs]
    assert (new.target, new.refs) == (own, ())
    way_out = f"transflow article cite {name}#{new.id} ADDRESS"
    assert f"{new.id} has no Korean behind it: own reporting, or cite its source: `{way_out}`" in ran.out
    done(sample, "article", "cite", f"{name}#{new.id}", "https://example.org/oslo", user="eugene")
    refusal(sample, "article", "edit", name, "--import", "-", user="eugene", code=2)
