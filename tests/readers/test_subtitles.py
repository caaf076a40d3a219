"""Subtitles: their cues as units with times, and the same cues and times in the translation."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from support.commands import done, transflow
from transflow.errors import UnreadableError
from transflow.model.cues import LINE, CueTime, cue_lines, cue_times, divided, variant_of
from transflow.model.report import Block, FrontMatter
from transflow.project import CatalogRef, Project
from transflow.readers import Certainty, IncomingReport, subtitles
from transflow.report import markdown_blocks, to_markdown

CUES = (
    (1000, 2500, "강변시는 3일 다리"),
    (2600, 4000, "세 곳을 다시 열었다."),
    (10000, 12000, "시민들은\n건넜다."),
    (12100, 15000, "비는 그쳤다. 시장은"),
    (15100, 18000, "기뻐했다."),
)


def subrip(cues: tuple[tuple[int, int, str], ...] = CUES) -> str:
    made = [
        srt.Subtitle(number, timedelta(milliseconds=start), timedelta(milliseconds=end), text)
        for number, (start, end, text) in enumerate(cues, 1)
    ]
    return str(srt.compose(made))


def units(text: str, name: str = "a.srt") -> list[tuple[str, int]]:
    """Return the text and the number of cues of each unit."""
    blocks, _ = markdown_blocks(subtitles.read(text.encode(), name).body)
    assert all(each.kind == "cue" for each in blocks)
    return [(each.text, len(cue_times(each.variant))) for each in blocks]


def test_cues_are_joined_into_sentences() -> None:
    assert units(subrip()) == [
        ("강변시는 3일 다리 세 곳을 다시 열었다.", 2),
        ("시민들은 건넜다.", 1),
        ("비는 그쳤다. 시장은 기뻐했다.", 2),
    ]


def test_cues_without_punctuation_or_with_a_pause_between_stand_alone() -> None:
    assert [
        number for _, number in units(subrip(((0, 1000, "다리 셋"), (1000, 2000, "강 둘"), (2000, 3000, "비"))))
    ] == [1, 1, 1]
    assert [number for _, number in units(subrip(((0, 1000, "강변시는"), (9000, 9900, "기뻐했다."))))] == [1, 1]


def test_the_translation_has_the_cues_and_times_of_the_report(room: Path) -> None:
    path = room.parent / "bridges.srt"
    path.write_bytes(subrip().replace("\n", "\r\n").encode("cp949"))
    done(room, "add", str(path), "--title", "다리를 열다")
    texts = (
        "Bridges open",
        "The city of Gangbyeon opened three of its bridges again on the third.",
        "People crossed.",
        "The rain stopped. The mayor was glad.",
    )
    for number, text in enumerate(texts, 1):
        done(room, "unit", "set", f"bridges#{number}", text, user="claire")
    done(room, "compose", "bridges-film", "--from", "bridges", user="eugene")
    done(room, "render", "bridges-film", "--draft", "--format", "srt,vtt,script")
    found = [*srt.parse((room / "build/en/bridges-film.srt").read_text(encoding="utf-8"))]
    times = [(each.start, each.end) for each in srt.parse(subrip())]
    assert [(each.start, each.end) for each in found[: len(times)]] == times
    assert len(found) == len(times) + 1  # with the stamp of the draft
    assert " ".join(" ".join(each.content.split()) for each in found[:-1]) == " ".join(texts[1:])
    assert max(len(line) for each in found[:-1] for line in each.content.split("\n")) <= LINE
    vtt = (room / "build/en/bridges-film.vtt").read_text(encoding="utf-8")
    assert vtt.startswith("WEBVTT\n\nNOTE Bridges open\n\n00:00:01.000 --> 00:00:02.500\n")
    assert "00:00:10  People crossed." in (room / "build/en/bridges-film.script.txt").read_text(encoding="utf-8")
    written = {each.name for each in (room / "build/en").iterdir()}
    assert {"bridges-film.srt", "bridges-film.vtt", "bridges-film.script.txt"} == written


def test_a_corrected_file_moves_the_times_and_keeps_the_translations(room: Path) -> None:
    path = room.parent / "bridges.srt"
    path.write_text(subrip(), encoding="utf-8")
    done(room, "add", str(path), "--title", "다리를 열다")
    done(room, "unit", "set", "bridges#3", "People crossed.", user="claire")
    path.write_text(subrip(tuple((start + 500, end + 500, text) for start, end, text in CUES)), encoding="utf-8")
    assert "no sentence changed" in done(room, "update", "bridges", str(path))
    unit = Project(room).load(CatalogRef("en", "reports", "bridges")).units[2]
    assert (unit.target, unit.variant, unit.fuzzy) == ("People crossed.", "00:00:10.500 --> 00:00:12.500", False)


def test_what_is_too_long_or_too_fast_is_a_warning(room: Path) -> None:
    path = room.parent / "bridges.srt"
    path.write_text(subrip(CUES[2:3]), encoding="utf-8")
    done(room, "add", str(path), "--title", "다리를 열다")
    ran = transflow(
        room,
        "unit",
        "set",
        "bridges#2",
        "The people of the city crossed the three bridges again, and they were glad to be back home.",
        user="claire",
    )
    assert "characters are to be read in a second, from 00:00:10" in ran.err
    assert "3 lines of 42 characters" in ran.err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v 이정은>가 &amp; 나\n", "가 & 나"),
        ("1\n00:00:01,000 --> 00:00:02,000\n가 &amp; 나 < 3\n", r"가 \&amp; 나 < 3"),
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color=red>가</font>\n", "가"),
        ("1\n0:0:1.5 --> 0:0:2,5\n2024\n", "2024"),
        ("00:00:01,000 --> 00:00:02,000\n가\n\n00:00:03,000 --> 00:00:04,000\n\n", "가"),
    ],
)
def test_a_cue_is_read_as_programs_write_it(text: str, expected: str) -> None:
    assert [each for each, _ in units(text)] == [expected]


def test_what_is_not_kept_is_named() -> None:
    text = "WEBVTT\n\nNOTE 촬영\n\nx\n00:01.000 --> 00:02.000 line:0\n<c.red>가</c>\n\n00:03.000 --> 00:02.500\n\n"
    messages = " ".join(str(each.message) for each in subtitles.read(text.encode(), "a.vtt").issues)
    assert all(
        each in messages for each in ("NOTE 촬영", "“line:0”", "<c.red>", "has no text", "ends before it begins")
    )


def test_a_file_without_cues_is_refused_and_a_text_is_no_subtitle() -> None:
    with pytest.raises(UnreadableError, match="there is no cue in it"):
        subtitles.read(b"WEBVTT\n", "a.vtt")
    assert subtitles.recognises("1\n다리 --> 강\n".encode(), "a.txt") == Certainty.NONE


TIMES = st.integers(0, 10**8).flatmap(
    lambda start: st.builds(CueTime, st.just(start), st.integers(start, start + 10**5))
)


@given(st.lists(TIMES, min_size=1, max_size=6), st.text(st.sampled_from("ab .,"), max_size=200))
def test_a_text_is_divided_between_its_cues_with_all_its_words(times: list[CueTime], text: str) -> None:
    assert cue_times(variant_of(times)) == tuple(times)
    parts = divided(text, times)
    assert len(parts) == len(times)
    assert [word for part in parts for word in part.split() if word != "…"] == text.split()
    assert all(parts)
    assert [word for part in parts for line in cue_lines(part) for word in line.split()] == " ".join(parts).split()


@given(
    st.lists(TIMES, min_size=1, max_size=3),
    st.sampled_from(["가", "가 [나] 다", "- 가", "1. 가", "[00:00:01.000 --> 00:00:02.000] 가"]),
)
def test_a_cue_is_written_to_a_report_and_read_again(times: list[CueTime], text: str) -> None:
    block = Block("cue", text, variant_of(times))
    found, _ = markdown_blocks(to_markdown(FrontMatter(), [block]))
    assert [(each.kind, each.text, each.variant) for each in found] == [("cue", text, variant_of(times))]


@given(
    st.lists(
        st.sampled_from(
            [
                "1\n",
                "00:00:01,000 --> 00:00:02,000",
                "\n",
                "\n\n",
                "가",
                "<i>",
                "WEBVTT\n",
                "NOTE ",
                " --> ",
                "{\\an8}",
                "&",
            ]
        ),
        max_size=25,
    )
)
def test_any_file_is_read_or_refused(parts: list[str]) -> None:
    with suppress(UnreadableError):
        assert isinstance(subtitles.read("".join(parts).encode(), "a.srt"), IncomingReport)
