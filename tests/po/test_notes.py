"""The “# @key value” lines: written notes are read back, and unreadable ones are kept."""

from __future__ import annotations

import pytest
from hypothesis import given

from support.strategies import texts, units
from transflow.model.unit import Act, Answer, Approval, Authorship, Conflict, Meta, Question, Ref, Unit
from transflow.po import notes

MARK = "0123456789abcdef"


@given(units())
def test_the_notes_of_a_unit_give_its_records_back(unit: Unit) -> None:
    read = notes.read(notes.unit_comments(unit))
    for name, value in read.items():
        assert getattr(unit, name) == value
    written = {key.field for key in notes.KEYS.values()} | {"comments", "other"}
    assert all(name in read or not getattr(unit, name) for name in written)


@given(units())
def test_note_lines_are_such_that_no_program_breaks_them(unit: Unit) -> None:
    for line in notes.unit_comments(unit):
        if line.startswith("@"):
            assert len(line) <= 75
            assert "#," not in line
            assert not line.endswith(("#", "\\", " "))


@given(texts)
def test_a_quoted_text_holds_nothing_that_a_reader_of_lines_breaks_at(text: str) -> None:
    quoted = notes.quote(text + "\u2028\u2029\u0085")
    assert quoted.splitlines() == [quoted]
    assert (
        notes.read([f"@conflict claire 2024-03-26T03:12:00Z {quoted}"])["conflicts"][0].text
        == text + "\u2028\u2029\u0085"
    )


def test_notes_come_after_human_comments_in_one_order() -> None:
    unit = Unit(
        "k7f3q2mx",
        "가",
        comments=("Ask her.",),
        approved=Approval("eugene", "2024-03-26T05:40:12Z", MARK),
        by=(Authorship("claire", "2024-03-26T03:12:00Z", 19),),
        refs=(Ref("un-letter", "k7f3q2mx"), Ref("un-letter", "b4tq9z2a")),
        text=MARK,
    )
    assert notes.unit_comments(unit) == [
        "Ask her.",
        "@from un-letter#k7f3q2mx un-letter#b4tq9z2a",
        "@by claire 2024-03-26T03:12:00Z 19",
        f"@text {MARK}",
        f"@approved eugene 2024-03-26T05:40:12Z {MARK}",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "@by claire yesterday",
        "@by claire 2024-03-26T03:12:00Z",
        "@by claire 2024-03-26T03:12:00Z ٣",
        "@by claire ２０２４-03-26T03:12:00Z 3",
        "@approved eugene 2024-03-26T05:40:12Z 5F2C1A9E03B7D1C4",
        "@approved",
        "@from un-letter#k7f3q2mx  un-letter#b4tq9z2a",
        "@from",
        '@conflict claire 2024-03-26T03:12:00Z "not closed',
        '@conflict claire 2024-03-26T03:12:00Z "\\ud800"',
        "@question claire 2024-03-26T03:12:00Z why",
        '@omitted claire 2024-03-26T03:12:00Z "\\q"',
        "@hue blue 7",
    ],
)
def test_a_note_that_cannot_be_read_is_kept_as_it_is(line: str) -> None:
    read = notes.read([line])
    key, _, value = line[1:].partition(" ")
    assert read == {"other": (Meta(key, value),)}
    assert notes.unit_comments(Unit("k7f3q2mx", "가", **read)) == [line]


@pytest.mark.parametrize(
    "line", ["by hand", " @by", "@", "@Claire look", "@claire@example.org", "@+ alone", "@++ alone", "@by\tx"]
)
def test_what_only_looks_like_a_note_is_a_human_comment(line: str) -> None:
    assert notes.read([line]) == {"comments": (line,)}


def test_a_second_line_of_a_key_that_is_there_once_is_kept_and_does_not_count() -> None:
    first, second = f"@approved eugene 2024-03-26T05:40:12Z {MARK}", f"@approved mina 2024-03-26T06:40:12Z {MARK}"
    read = notes.read([first, second])
    assert read["approved"].who == "eugene"
    assert read["other"] == (Meta("approved", second.removeprefix("@approved ")),)


def test_empty_comment_lines_do_not_count() -> None:
    assert notes.read(["", "a", ""])["comments"] == ("a",)


def test_a_comment_that_ends_in_a_backslash_gets_a_space_since_gettext_would_join_it_with_the_next_line() -> None:
    read = notes.read(["C:\\"])
    assert read == {"comments": ("C:\\ ",)}
    assert notes.unit_comments(Unit("k7f3q2mx", "가", comments=("C:\\",))) == ["C:\\ "]


def test_a_long_text_goes_on_in_continuation_lines() -> None:
    unit = Unit("k7f3q2mx", "가", conflicts=(Conflict("claire", "2024-03-26T03:12:00Z", "단어 # 하나\\" * 30),))
    assert notes.read(notes.unit_comments(unit))["conflicts"] == unit.conflicts
    assert sum(line.startswith("@+") for line in notes.unit_comments(unit)) > 3


def test_a_long_text_without_spaces_is_broken_within_it() -> None:
    unit = Unit("k7f3q2mx", "가", conflicts=(Conflict("claire", "2024-03-26T03:12:00Z", "漢" * 200),))
    assert notes.read(notes.unit_comments(unit))["conflicts"] == unit.conflicts
    assert any(line.startswith("@++ ") for line in notes.unit_comments(unit))


def test_a_comment_ends_a_note_so_that_nothing_after_it_continues_it() -> None:
    read = notes.read(["@cut claire 2024-03-26T03:12:00Z too", "a comment", "@+ long"])
    assert read["cut"] == Act("claire", "2024-03-26T03:12:00Z", "too")
    assert read["comments"] == ("a comment", "@+ long")


@pytest.mark.parametrize(
    "reason", ["", "too long", "too  long", '"so"', "# 1", "#, fuzzy", "ends in \\", " space", "a\nb", "\u2028"]
)
def test_a_reason_is_written_so_that_it_comes_back(reason: str) -> None:
    unit = Unit("k7f3q2mx", "가", omitted=Act("claire", "2024-03-26T03:12:00Z", reason))
    assert notes.read(notes.unit_comments(unit))["omitted"] == unit.omitted


def test_questions_and_answers_say_whom_they_are_for() -> None:
    unit = Unit(
        "k7f3q2mx",
        "가",
        questions=(
            Question("leejin", "2024-03-26T04:10:00Z", "claire", "Is it?"),
            Question("a", "2024-03-26T04:10:01Z", "", "?"),
        ),
        answers=(Answer("claire", "2024-03-26T04:12:00Z", "2024-03-26T04:10:00Z", "It is."),),
    )
    assert notes.unit_comments(unit) == [
        '@question leejin 2024-03-26T04:10:00Z to=claire "Is it?"',
        '@question a 2024-03-26T04:10:01Z "?"',
        '@answer claire 2024-03-26T04:12:00Z re=2024-03-26T04:10:00Z "It is."',
    ]
