"""`transflow unit …`: every step of a sentence, and every refusal, which changes nothing."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.commands import contents, done, new_project, refusal, transflow
from transflow.digests import approval
from transflow.model.unit import Sighting, Unit, Use
from transflow.project import CatalogRef, Project
from transflow.units.workflow import state

FLOOD = CatalogRef("en", "reports", "flood")
TEXTS = ("Bridges out", "Three bridges failed.", "Nobody was hurt.", "The city began repairs.", "They take two months.")


def units(folder: Path, place: CatalogRef = FLOOD) -> tuple[Unit, ...]:
    return tuple(Project(folder).load(place).units)


def states(folder: Path) -> list[str]:
    return [state(unit) for unit in units(folder)]


@pytest.fixture
def translated(room: Path) -> Path:
    """Return the report of `room`, translated by claire."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    return room


# References


@pytest.mark.parametrize(
    ("ref", "numbers"),
    [
        ("flood", [1, 2, 3, 4, 5]),
        ("en:flood", [1, 2, 3, 4, 5]),
        ("flood#3", [3]),
        ("flood#2-4", [2, 3, 4]),
        ("flood#5,1-2", [1, 2, 5]),
        ("en:flood#4", [4]),
    ],
)
def test_positions_ranges_and_lists_name_units(room: Path, ref: str, numbers: list[int]) -> None:
    shown = json.loads(done(room, "unit", "show", ref, "--format", "json"))
    assert [each["ref"] for each in shown] == [f"en:flood#{number}" for number in numbers]


def test_ids_name_units_for_ever_and_mix_with_positions(room: Path) -> None:
    first, _, third, *_ = (unit.id for unit in units(room))
    shown = json.loads(done(room, "unit", "show", f"flood#{third},4-5,{first}", "--format", "json"))
    assert [each["id"] for each in shown] == [first, third, units(room)[3].id, units(room)[4].id]


def test_an_id_leads_to_the_unit_that_it_was_joined_into(room: Path) -> None:
    swallowed = units(room)[2].id
    done(room, "unit", "join", "flood#2-3", user="claire")
    assert done(room, "unit", "show", f"flood#{swallowed}").startswith("flood#2 ")


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("flood#0", "they go from 1 to 5"),
        ("flood#6", "they go from 1 to 5"),
        ("flood#4-9", "they go from 1 to 5"),
        ("flood#4-2", "4-2"),
        ("flood#", "names nothing after the “#”"),
        ("#3", "the name is missing before the “#”"),
        ("en:#3", "the name is missing before the “#”"),
        ("flood#one", "does not say which sentences"),
        ("flood#zzzzzzzz", "no sentence “zzzzzzzz”"),
        ("floods#1", "Did you mean flood?"),
        ("vi:flood#1", "There are: en"),
    ],
)
def test_a_ref_of_nothing_is_refused(room: Path, ref: str, message: str) -> None:
    assert message in refusal(room, "unit", "confirm", ref, user="claire", code=2)


def test_of_two_languages_one_must_be_named_and_only_that_is_touched(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    message = refusal(folder, "unit", "set", "flood#1", "Text", user="claire", code=2)
    assert "is there in several languages: say which, as in en:flood, vi:flood, or with --locale" in message
    assert done(folder, "unit", "set", "vi:flood#1", "Cầu sập", user="claire") == "vi:flood#1 written\n"
    assert units(folder, CatalogRef("vi", "reports", "flood"))[0].target == "Cầu sập"
    assert units(folder)[0].target == ""


# set and confirm


def test_a_text_is_written_as_it_was_given(room: Path) -> None:
    text = 'He said, “Don\'t.”\t"Why\\not?" — # @by me #, fuzzy'
    assert done(room, "unit", "set", "flood#2", text, user="claire") == "flood#2 written\n"
    assert units(room)[1].target == text
    assert states(room)[1] == "translated"


def test_a_text_may_come_from_standard_input(room: Path) -> None:
    done(room, "unit", "set", "flood#2", "-", user="claire", stdin="Three bridges failed.\n")
    assert units(room)[1].target == "Three bridges failed."


def test_a_text_that_begins_with_a_dash_is_no_option(room: Path) -> None:
    done(room, "unit", "set", "flood#2", "--", "--as he put it", user="claire")
    assert units(room)[1].target == "--as he put it"


def test_an_unfinished_text_needs_another_look_until_it_is_confirmed(room: Path) -> None:
    done(room, "unit", "set", "flood#2", "Three bridges", "--needs-look", user="claire")
    assert states(room)[1] == "needs-work"
    done(room, "unit", "confirm", "flood#2", user="claire")
    assert states(room)[1] == "translated"


def test_writing_the_same_text_again_changes_nothing(translated: Path) -> None:
    before = contents(translated)
    ran = transflow(translated, "unit", "set", "flood#2", TEXTS[1], user="leejin")
    assert (ran.code, ran.out) == (0, "")
    assert "it is so already" in ran.err
    assert contents(translated) == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["set", "flood#2", ""], 2, "the text is empty"),
        (["set", "flood#2", "  "], 2, "`transflow unit omit flood#2 REASON` leaves a sentence out"),
        (
            ["set", "flood#2", "--needs-look", ""],
            2,
            "`transflow unit return flood#2 COMMENT` sends the present one back",
        ),
        (["set", "flood#2", "a\x07b"], 2, "the control character U+0007 at position 2 cannot be stored."),
        (["set", "flood#1-2", "Text"], 2, "flood#1-2 is not one sentence: name one, as in flood#12"),
        (["set", "flood", "Text"], 2, "is not one sentence"),
        (["confirm", "flood#1-5"], 1, "flood#2: there is no text yet"),
    ],
)
def test_a_text_that_cannot_be_is_refused(room: Path, arguments: list[str], code: int, message: str) -> None:
    done(room, "unit", "set", "flood#1", "Bridges out", user="claire")
    assert message in refusal(room, "unit", *arguments, user="claire", code=code)


# approve, return


def test_an_editor_approves_many_at_once(translated: Path) -> None:
    out = done(translated, "unit", "approve", "flood#1-3", user="mina")
    assert out.splitlines() == [f"flood#{number} approved" for number in (1, 2, 3)]
    assert states(translated) == ["approved"] * 3 + ["translated"] * 2


def test_approving_again_changes_nothing_but_is_no_error(translated: Path) -> None:
    done(translated, "unit", "approve", "flood#1", user="mina")
    before = contents(translated)
    ran = transflow(translated, "unit", "approve", "flood#1", user="juno")
    assert (ran.code, ran.err) == (0, "Nothing to do: it is so already.\n")
    assert contents(translated) == before


def test_a_changed_text_is_not_approved_any_more(translated: Path) -> None:
    done(translated, "unit", "approve", "flood#1", user="mina")
    done(translated, "unit", "set", "flood#1", "Bridges down", user="claire")
    assert units(translated)[0].approved is None


def test_what_is_sent_back_comes_with_a_reason_and_needs_another_look(translated: Path) -> None:
    done(translated, "unit", "approve", "flood#2", user="mina")
    assert done(translated, "unit", "return", "flood#2", "Four, not three.", user="juno") == "flood#2 sent back\n"
    unit = units(translated)[1]
    assert (state(unit), unit.approved) == ("needs-work", None)
    assert "sent back by juno" in done(translated, "unit", "show", "flood#2")
    assert "Four, not three." in done(translated, "unit", "show", "flood#2")
    done(translated, "unit", "set", "flood#2", "Four bridges failed.", user="claire")
    assert units(translated)[1].returned is None


def test_an_approval_is_refused_for_each_reason_and_names_the_unit(translated: Path) -> None:
    assert "flood#1: claire is no editor" in refusal(translated, "unit", "approve", "flood#1", user="claire")
    done(translated, "unit", "omit", "flood#5", "an advertisement", user="claire")
    assert "flood#5: it is left out" in refusal(translated, "unit", "approve", "flood#5", user="mina")
    done(translated, "unit", "set", "flood#4", "Die 도시", user="claire")
    assert "flood#4: untranslated: “도시” is still Korean" in refusal(
        translated, "unit", "approve", "flood#4", user="mina"
    )
    done(translated, "unit", "ask", "flood#3", "Sure?", user="claire")
    message = refusal(translated, "unit", "approve", "flood#3", user="mina")
    assert "flood#3: claire asks: “Sure?” Answer first with `transflow unit answer`" in message
    done(translated, "unit", "set", "flood#2", "Unfinished", "--needs-look", user="claire")
    assert "flood#2: it needs another look" in refusal(translated, "unit", "approve", "flood#2", user="mina")
    done(translated, "unit", "set", "flood#1", "Altogether another line", user="mina")
    message = refusal(translated, "unit", "approve", "flood#1", user="mina")
    assert "flood#1: most of it is by mina: somebody else reviews it (four eyes)" in message
    done(translated, "unit", "approve", "flood#1", user="juno")


def test_of_several_those_that_are_left_out_are_passed_over(translated: Path) -> None:
    done(translated, "unit", "omit", "flood#5", "an advertisement", user="claire")
    ran = transflow(translated, "unit", "approve", "flood", user="mina")
    assert (ran.code, states(translated)) == (0, ["approved"] * 4 + ["omitted"])
    assert "1 is left out: there is nothing to approve in it." in ran.err


def test_the_warnings_of_a_text_are_printed_when_it_is_written_confirmed_and_shown(translated: Path) -> None:
    wrong = "The city began repairs on the 9th of March."
    for command in (["set", "flood#4", wrong], ["show", "flood#4"]):
        ran = transflow(translated, "unit", *command, user="claire")
        assert ran.code == 0
        assert "of en:flood:\n  flood#4: dates" in ran.err
    assert "flood#4" not in transflow(translated, "unit", "show", "flood#3").err


def test_the_only_editor_is_told_how_a_story_of_their_own_is_cleared(translated: Path) -> None:
    done(translated, "unit", "set", "flood#1", "Altogether another line", user="mina")
    settings = translated / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    alone = text.replace('name = "Juno Han"\nroles = ["editor"]', 'name = "Juno Han"\nroles = ["writer"]')
    assert alone != text
    settings.write_text(alone, encoding="utf-8")
    message = refusal(translated, "unit", "approve", "flood#1", user="mina")
    assert "with “clear_alone = true” under [workflow] in transflow.toml, a story of your own is cleared" in message
    settings.write_text(alone.replace("clear_alone = false", "clear_alone = true"), encoding="utf-8")
    assert "`transflow clear STORY --alone REASON`" in refusal(translated, "unit", "approve", "flood#1", user="mina")


def test_an_editor_may_mend_a_little_of_what_they_approve(translated: Path) -> None:
    done(translated, "unit", "set", "flood#2", "Three bridges fell.", user="mina")
    done(translated, "unit", "approve", "flood#2", user="mina")
    assert states(translated)[1] == "approved"


def test_of_many_either_all_are_approved_or_none(translated: Path) -> None:
    done(translated, "unit", "ask", "flood#3", "Sure?", user="claire")
    assert "flood#3: claire asks" in refusal(translated, "unit", "approve", "flood#1-5", user="mina")
    assert states(translated) == ["translated"] * 5


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["return", "flood#1", ""], 2, "say why"),
        (["return", "flood#1-2", "No."], 1, "flood#2: it has no text to send back"),
        (["comment", "flood#1", " "], 2, "say something"),
        (["ask", "flood#1", ""], 2, "say something"),
        (["ask", "flood#1", "Who?", "--to", "leejim"], 2, "Did you mean leejin?"),
        (["ask", "flood#1-2", "Who?"], 2, "is not one sentence"),
        (["answer", "flood#1", "She."], 1, "flood#1: there is no open question"),
        (["answer", "flood#1", ""], 2, "say something"),
        (["waive", "flood#1", "untranslated", ""], 2, "say why"),
        (["waive", "flood#1", "nothing", "x"], 2, "no check “nothing”"),
        (["waive", "flood#1", "numbers", "x"], 2, "“numbers” is a family"),
        (["omit", "flood#1"], 2, "say why"),
        (["resolve", "flood#1", "--keep"], 1, "flood#1: it has one text only"),
        (["resolve", "flood#1"], 2, "say one of --keep, --take N, --text TEXT"),
        (["resolve", "flood#1", "--keep", "--take", "1"], 2, "say one of --keep, --take N, --text TEXT"),
        (["join", "flood#1-2"], 1, "begins a paragraph"),
        (["join", "flood#2"], 2, "is not two neighbours"),
        (["join", "flood#2,4"], 2, "is not two neighbours"),
        (["split", "flood#2", "--source-at", "없는 말"], 2, "does not stand in the source"),
        (["split", "flood#2"], 2, "say where the source is split: --source-at"),
        (["split", "flood#2", "--source-at", "강변시"], 2, "nothing of the source would stand before"),
    ],
)
def test_a_step_that_does_not_fit_is_refused_and_changes_nothing(
    room: Path, arguments: list[str], code: int, message: str
) -> None:
    done(room, "unit", "set", "flood#1", "Bridges out", user="claire")
    assert message in refusal(room, "unit", *arguments, user="mina", code=code)


def test_what_says_nothing_is_not_waived_and_a_waiver_is_for_one_text(translated: Path) -> None:
    done(translated, "unit", "set", "flood#4", "The the city began.", user="claire")
    assert "What is said of it: repetition" in refusal(
        translated, "unit", "waive", "flood#4", "numbers.added", "Why?", user="mina"
    )
    done(translated, "unit", "waive", "flood#4", "repetition", "A stutter.", user="mina")
    assert "waived repetition by mina: A stutter." in done(translated, "unit", "show", "flood#4")
    done(translated, "unit", "set", "flood#4", "The the city ended.", user="claire")
    assert "waived repetition by mina, for another text: A stutter." in done(translated, "unit", "show", "flood#4")


def test_only_an_editor_who_is_no_author_waives(translated: Path) -> None:
    done(translated, "unit", "set", "flood#4", "The 시 began repairs.", user="claire")
    arguments = ("unit", "waive", "flood#4", "untranslated", "Its own word.")
    assert "claire is no editor" in refusal(translated, *arguments, user="claire")
    done(translated, "unit", "set", "flood#4", "The 시 began the repairs.", user="mina")
    assert "mina is among its authors: another editor waives it" in refusal(translated, *arguments, user="mina")
    done(translated, *arguments, user="juno")
    done(translated, "unit", "approve", "flood#4", user="mina")
    done(translated, "unit", "set", "flood#4", "The 시 began its repairs.", user="claire")
    assert "is still Korean" in refusal(translated, "unit", "approve", "flood#4", user="juno"), "for just that text"


# Comments, questions and answers


def test_a_question_goes_to_somebody_and_its_answer_closes_it(room: Path) -> None:
    done(room, "unit", "ask", "flood#2", "Three?", "--to", "jeong", user="claire")
    assert "flood#2  1 to answer" in done(room, "queue", user="jeong")
    assert "open questions" in done(room, "status")
    done(room, "unit", "answer", "flood#2", "-", user="jeong", stdin="Four, since noon.\n")
    assert "? claire" not in done(room, "unit", "show", "flood#2")
    assert "! jeong: Four, since noon." in done(room, "unit", "show", "flood#2")
    assert "answer" not in done(room, "queue", user="jeong")


def test_comments_are_kept_whatever_they_look_like(room: Path) -> None:
    for text in ("나이스 — “so”", "@by claire 2024-01-01T00:00:00Z 3", "#, fuzzy", "two\nlines"):
        done(room, "unit", "comment", "flood#2", text, user="claire")
    shown = done(room, "unit", "show", "flood#2")
    for text in ("나이스 — “so”", "@by claire 2024-01-01T00:00:00Z 3", "#, fuzzy", "two", "lines"):
        assert text in shown
    assert units(room)[1].by == ()
    assert not units(room)[1].fuzzy


# omit


def test_what_is_left_out_counts_as_done_and_may_come_back(room: Path) -> None:
    out = done(room, "unit", "omit", "flood#4-5", "The agency's notice.", user="claire")
    assert out == "flood#4 omitted\nflood#5 omitted\n"
    assert states(room)[3:] == ["omitted"] * 2
    assert done(room, "status").startswith("en:flood  report            40.0% translated")
    assert done(room, "unit", "omit", "flood#4", "--undo", user="claire") == "flood#4 back\n"
    assert states(room)[3:] == ["untranslated", "omitted"]


def test_a_paragraph_of_a_story_is_cut_not_omitted(sample: Path) -> None:
    message = refusal(sample, "unit", "omit", "un-china-refugees#3", "why", user="eugene", code=2)
    assert "transflow article cut" in message


# claim


def edited_outside(folder: Path, before: str, after: str) -> None:
    path = folder / FLOOD.path
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_a_text_that_was_changed_outside_is_approved_only_after_somebody_claims_it(translated: Path) -> None:
    edited_outside(translated, "Three bridges failed.", "Three bridges collapsed.")
    assert "changed outside transflow" in refusal(translated, "unit", "approve", "flood#2", user="mina")
    assert "changed outside transflow" in refusal(translated, "unit", "confirm", "flood#2", user="claire")
    assert done(translated, "unit", "claim", "flood", user="leejin") == "flood#2 is now leejin's\n"
    assert [(each.who, each.words) for each in units(translated)[1].by][-1][0] == "leejin"
    done(translated, "unit", "approve", "flood#2", user="mina")


def test_a_claim_leaves_the_words_that_git_remembers_with_their_author(translated: Path) -> None:
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@x.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], cwd=translated, check=True)
    edited_outside(translated, "Three bridges failed.", "Three bridges collapsed.")
    done(translated, "unit", "claim", "flood#2", user="leejin")
    assert [(each.who, each.words) for each in units(translated)[1].by] == [("claire", 2), ("leejin", 1)]


# resolve


@pytest.fixture
def torn(translated: Path) -> Path:
    """Return `translated` with a second text of the second unit, by leejin."""
    project = Project(translated)
    base = project.load(FLOOD)
    mine = base.map_unit(base.units[1].id, lambda unit: unit.replace(target="Three bridges gone."))
    from transflow.units.workflow import confirm

    soon = f"{datetime.now(UTC) + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}"  # leejin's clock is ahead
    mine = base.map_unit(base.units[1].id, lambda unit: confirm(unit, "Three bridges are gone.", "leejin", soon))
    done(translated, "unit", "set", "flood#2", "Three bridges collapsed.", user="claire")
    project.save(FLOOD, base, mine)
    assert "with two texts" in done(translated, "status")
    return translated


def test_two_texts_of_a_unit_keep_it_back_until_somebody_decides(torn: Path) -> None:
    assert "decide first with `transflow unit resolve`" in refusal(torn, "unit", "confirm", "flood#2", user="claire")
    assert "decide first with `transflow unit resolve`" in refusal(torn, "unit", "approve", "flood#2", user="mina")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["--keep"], "Three bridges are gone."),
        (["--take", "1"], "Three bridges collapsed."),
        (["--text", "Three bridges gave way."], "Three bridges gave way."),
    ],
)
def test_a_decision_keeps_takes_or_writes_a_text(torn: Path, options: list[str], text: str) -> None:
    done(torn, "unit", "resolve", "flood#2", *options, user="claire")
    unit = units(torn)[1]
    assert (unit.target, unit.conflicts, unit.fuzzy) == (text, (), False)


@pytest.mark.parametrize("number", ["2", "-1", "99"])
def test_a_text_that_is_not_there_is_not_taken(torn: Path, number: str) -> None:
    assert "is none of its other texts" in refusal(
        torn, "unit", "resolve", "flood#2", "--take", number, user="claire", code=2
    )


# join and split


def test_joined_sentences_have_one_text_and_splitting_gives_two(translated: Path) -> None:
    assert done(translated, "unit", "join", "flood#2-3", user="claire") == "flood#2 joined\n"
    assert [unit.target for unit in units(translated)][1] == "Three bridges failed. Nobody was hurt."
    out = done(translated, "unit", "split", "flood#2", "--source-at", "다친", "--text-at", "Nobody", user="claire")
    assert out == "flood#2 split\nflood#3 split\n"
    assert [unit.target for unit in units(translated)] == list(TEXTS)


# show


def test_a_unit_shows_its_texts_state_and_history(translated: Path) -> None:
    done(translated, "assign", "flood", "--to", "claire", "--due", "2098-03-26 18:00", user="mina")
    done(translated, "unit", "approve", "flood#2", user="mina")
    lines = done(translated, "unit", "show", "flood#2").splitlines()
    assert lines[0] == f"flood#2  {units(translated)[1].id}  paragraph  approved"
    assert "  src   강변시 다리 3곳이 5일 밤 끊겼다." in lines
    assert "  ->   Three bridges failed." in lines
    assert "  assigned to claire, due 2098-03-26 18:00" in lines
    assert any(line.startswith("  words of claire: 3, ") for line in lines)
    assert any(line.startswith("  approved by mina, ") for line in lines)


def test_only_units_in_the_states_asked_for_are_shown(room: Path) -> None:
    done(room, "unit", "set", "flood#2", "Three bridges failed.", user="claire")
    done(room, "unit", "set", "flood#3", "--needs-look", "Nobody was hurt.", user="claire")
    values = json.loads(
        done(room, "unit", "show", "flood", "--state", "translated", "--state", "needs-work", "--format", "json")
    )
    assert [each["ref"] for each in values] == ["en:flood#2", "en:flood#3"]
    assert done(room, "unit", "show", "flood#2-5", "--state", "untranslated").count("untranslated") == 2
    ran = transflow(room, "unit", "show", "flood", "--state", "approved")
    assert (ran.code, ran.out, ran.err) == (0, "", "flood: nothing here is approved.\n")
    assert json.loads(done(room, "unit", "show", "flood", "--state", "approved", "--format", "json")) == []


def test_a_void_approval_is_shown_as_such(translated: Path) -> None:
    done(translated, "unit", "approve", "flood#2", user="mina")
    edited_outside(translated, "Three bridges failed.", "Three bridges collapsed.")
    assert "(changed since)" in done(translated, "unit", "show", "flood#2")
    assert "1 changed since approval" in done(translated, "status")


def test_how_a_sentence_may_be_used_and_who_saw_its_text_is_shown(room: Path) -> None:
    project = Project(room)
    place = CatalogRef("en", "reports", "flood")
    unit = project.load(place).units[1]
    right = Sighting("claire", "2024-03-26T03:12:00Z", approval(unit.id, unit.source, unit.target))
    changed = unit.replace(
        record=Use("off", "claire", "2024-03-26T03:12:00Z"), seen=(right, right._replace(digest="0" * 16))
    )
    project.change(place, lambda catalog: catalog.map_unit(unit.id, lambda _: changed))
    said = transflow(room, "unit", "show", "flood#2").out
    assert "  record: off, claire said, " in said
    assert [line.endswith("(another text)") for line in said.split("\n") if "seen by claire" in line] == [False, True]


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "2024-02-30T25:61:61Z"])
def test_a_time_that_no_calendar_has_is_shown_as_it_is(translated: Path, time: str) -> None:
    done(translated, "unit", "approve", "flood#2", user="mina")
    path = translated / FLOOD.path
    path.write_text(re.sub(r"[0-9-]{10}T[0-9:]{8}Z", time, path.read_text("utf-8")), encoding="utf-8")
    assert time in done(translated, "unit", "show", "flood#2")
    for arguments in (("queue",), ("stats", "--month", time[:7]), ("stats", "--month", "2024-03", "--by", "story")):
        assert transflow(translated, *arguments, user="mina").code in (0, 2)


def test_a_file_beside_the_catalog_with_an_odd_number_in_its_name_ends_no_command(translated: Path) -> None:
    for number in ("²", "٣", "9" * 30):
        (translated / FLOOD.path).with_name(f".flood.po.{number}.tmp").touch()
    done(translated, "unit", "set", "flood#2", "Three bridges broke.", user="claire")


def test_a_step_on_several_units_ends_with_their_sum(room: Path) -> None:
    for number in range(1, 4):
        done(room, "unit", "set", f"flood#{number}", TEXTS[number - 1], "--needs-look", user="claire")
    ran = transflow(room, "unit", "confirm", "flood#1-3", user="claire")
    assert len(ran.out.splitlines()) == 3
    assert ran.err == "In all: 3 sentences confirmed.\n"
    assert transflow(room, "unit", "approve", "flood#1-2", user="mina").err == "In all: 2 sentences approved.\n"
    assert transflow(room, "unit", "approve", "flood#3", user="mina").err == ""
