"""Sentence splitting: exact offsets for any string, linear time, and an editor's boundaries."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import paths
from transflow.language.segment import VERSION, korean, may_split_otherwise, split
from transflow.language.segment.foreign import WINDOW
from transflow.language.segment.marks import pair

GOLDEN = paths.TESTS / "golden" / "segments.txt"


class Case(NamedTuple):
    category: str
    text: str
    sentences: tuple[str, ...]


def golden_cases() -> list[Case]:
    """Return the paragraphs of the golden file, each rebuilt from its sentences."""
    cases: list[Case] = []
    category = ""
    for block in re.split(r"\n\n+", GOLDEN.read_text("utf-8")):
        lines = block.strip("\n").split("\n")
        if lines[0].startswith("## "):
            category = lines[0].removeprefix("## ")
        elif category and lines[0]:
            text = "".join(("" if n == 0 or line[0] == "+" else " ") + line[2:] for n, line in enumerate(lines))
            cases.append(Case(category, text, tuple(line[2:] for line in lines)))
    return cases


CASES = golden_cases()


def sources(text: str, language: str = "ko") -> list[str]:
    return [segment.source for segment in split(text, language)]


# Boundaries


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.category}: {case.text[:20]}")
def test_hard_paragraphs_are_split_as_an_editor_would(case: Case) -> None:
    assert sources(case.text) == list(case.sentences)


def hard_paragraphs() -> list[tuple[str, list[str]]]:
    """Return the paragraphs of the two files of hard ones, each with its sentences."""
    found: list[tuple[str, list[str]]] = []
    for path in sorted((Path(__file__).parent / "data").glob("hard_*.txt")):
        for block in re.split(r"\n\n+", path.read_text("utf-8")):
            lines = [line for line in block.split("\n") if line and not line.startswith("# ")]
            text = "".join(line[1:] if line[0] == "+" else f" {line}" for line in lines)
            found += [(text.strip(), [line.removeprefix("+") for line in lines])] if lines else []
    return found


@pytest.mark.parametrize(("text", "sentences"), hard_paragraphs())
def test_dashes_smileys_notes_credits_and_measures_are_read_as_a_reader_would(text: str, sentences: list[str]) -> None:
    assert sources(text) == sentences


@pytest.mark.parametrize(
    "heading",
    [
        "■ 장마당 단속 강화", "◇ 국경 봉쇄", "▲ 국경 봉쇄", "1. 서론", "제1장 국경", "가. 목적", "<사건의 시작>", "[인터뷰]",
        "2024년 3월 26일", "김하늘 기자",
    ],
)  # fmt: skip
def test_a_line_that_is_a_heading_is_a_sentence(heading: str) -> None:
    assert sources(f"{heading}\n당국이 국경을 닫았다. 값이 올랐다.") == [
        heading,
        "당국이 국경을 닫았다.",
        "값이 올랐다.",
    ]


@pytest.mark.parametrize("line", ["그는 시장에 가서", "쌀값이 크게 올라", "■ 당국이 국경을", "1. 북한의 경제는"])
def test_a_line_that_goes_on_is_no_heading(line: str) -> None:
    assert len(sources(f"{line}\n쌀을 샀다.")) == 1


@pytest.mark.parametrize(
    "byline",
    [
        "(서울=연합뉴스) 김하늘 기자=",
        "[서울=뉴시스] 김하늘 =",
        "【서울=뉴시스】 김하늘·이바다 기자 =",
        "[하늘통신 김하늘 기자]",
        "(평양 10월 10일 조선중앙통신)",
        "(워싱턴=AP) —",
        "(도쿄=하늘통신) 박노을 특파원=",
        "(베이징 AP=하늘통신)",
    ],
)
def test_a_byline_stays_whole(byline: str) -> None:
    assert sources(f"{byline} 비가 왔다. 눈이 왔다.") == [byline, "비가 왔다.", "눈이 왔다."]


@pytest.mark.parametrize(
    "text", ['3"이상', "끝났다. ^^ 또", "갔다.🌊 강", "갔다.(사진=독자)", "[속보…] 강이", "왔다.¹ 또"]
)
def test_a_text_that_the_first_rules_split_otherwise_is_known(text: str) -> None:
    assert may_split_otherwise(text)
    assert not may_split_otherwise("(서울=연합뉴스) 김하늘 기자 = 강이 “풀렸다.”고 했다. - 누가? 주민(37)이…")


def test_a_catalog_of_a_text_without_full_stops_stays_as_it_is() -> None:
    assert sources("오늘 갔어요 내일 와요") == ["오늘 갔어요", "내일 와요"]
    assert not may_split_otherwise("오늘 갔어요 내일 와요 (그랬다)")


@pytest.mark.parametrize(
    "run", ["🙏", "^", "ㅋㅋ ", ":) ", '3"', "했어요 ", "(갔다ㅋㅋ) ", "다.1) ", "가능함 ", "속보… "]
)
def test_long_runs_of_smileys_take_linear_time(run: str) -> None:
    start = time.process_time()
    assert sources(f"끝났다. {run * 5_000} 가")
    assert time.process_time() - start < 2


def test_the_golden_file_is_as_broad_as_it_should_be() -> None:
    categories = Counter(case.category for case in CASES)
    assert len(CASES) >= 150
    assert len(categories) >= 18
    assert len({case.text for case in CASES}) == len(CASES)
    assert all(line[:2] in ("| ", "+ ", "##", "") for line in GOLDEN.read_text("utf-8").split("\n")[5:])


PLAIN = st.sampled_from(
    [
        "비가 왔다.",
        "강이 불었습니다.",
        "누가 건넜을까?",
        "모두 살았다!",
        "유엔은 답을 기다린다.",
        "로동자들은 일터로 나갔다.",
        "7명은 남았다.",
        "北은 침묵했다.",
        "값은 1.5배다.",
        "그는 “간다”고 했다.",
        "‘겨울 강’은 소설이다.",
    ]
)
PARTICLES = st.sampled_from(
    ["고", "라고", "며", "라며", "면서", "는", "라는", "던", "하고", " 고", " 라고", " 라며", "고도"]
)
MARKS = st.sampled_from(["“”", '""', '“"', "「」", "《》", "‘’", "'’", "“’", "〈〉", "『』"])


@given(st.lists(PLAIN, min_size=1, max_size=8))
def test_plain_sentences_come_apart_where_they_were_joined(sentences: list[str]) -> None:
    assert sources(" ".join(sentences)) == sentences


@given(
    st.lists(PLAIN.filter(lambda each: "“" not in each and "‘" not in each), min_size=1, max_size=5), PARTICLES, MARKS
)
def test_nothing_is_cut_in_a_quotation_that_a_particle_takes_up(inside: list[str], particle: str, marks: str) -> None:
    told = f"그는 {marks[0]}{' '.join(inside)}{marks[1]}{particle} 말했다."
    assert sources(f"{told} 문이 닫혔다.") == [told, "문이 닫혔다."]


@given(st.lists(PLAIN, min_size=1, max_size=4), st.integers(0, 10_000), st.booleans())
def test_no_link_or_address_is_cut(sentences: list[str], number: int, markdown: bool) -> None:
    address = f"https://example.org/a.b/c?d.e={number}.5!x"
    link = f"[{' '.join(sentences)}]({address})" if markdown else address
    text = f"{' '.join(sentences)} 기록은 {link} 에 있다. {' '.join(sentences)}"
    assert sum(link in source for source in sources(text)) == 1


@pytest.mark.parametrize("opener", ["“", '"', "‘", "'", "「", "《", "(", "[", "<", "**"])
def test_an_unclosed_mark_swallows_nothing(opener: str) -> None:
    first = f"그는 {opener}이제 끝났다고 말했다."
    assert sources(f"{first} 문이 닫혔다. 불이 꺼졌다.") == [first, "문이 닫혔다.", "불이 꺼졌다."]


def test_a_pair_too_far_apart_is_no_pair() -> None:
    sentences = ["그는 “이제 끝났다고 했다."] + ["비가 왔다."] * 400 + ["모두 끝났다”고 했다."]
    assert sources(" ".join(sentences)) == sentences


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert sources("첫 줄\n둘째 줄\n \n넷째 줄") == ["첫 줄\n둘째 줄", "넷째 줄"]


# Offsets


FRAGMENTS = st.sampled_from(
    [
        *"“”\"'‘’()[]《》<>「」.…?!。：: \n\t\u3000\xa0\0\ud800\udfff다요그고▲■○*`@/",
        "했다.",
        "했다. ",
        "”고 ",
        "http://",
        "](",
        "1. ",
        "2024. 3. ",
        "U.N. ",
        "a@b.c ",
        "(서울=하늘) 김하늘 기자 = ",
        " 그러나 ",
        "/사진=",
        "\r\n\r\n",
        "그는 말했다.",
        "《",
        "(끝) ",
        "😀",
        "\u0301",
        "\x1c",
        "\x85",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(FRAGMENTS, max_size=40).map("".join), st.text(st.characters(), max_size=40)
)


@given(TEXTS, st.sampled_from(["ko", "en", "zh", "xx"]))
@example("\ud800 \udfff. \0", "en")
@example(" \n\x1c\u2028", "ko")
def test_segments_are_exact_for_any_string(text: str, language: str) -> None:
    segments = split(text, language)
    at = len(text) - len(text.lstrip())
    for segment in segments:
        assert segment.start == at
        assert text[segment.start : segment.end] == segment.source
        assert segment.source
        assert segment.source == segment.source.strip()
        assert segment.gap == "" or segment.gap.isspace()
        at = segment.end + len(segment.gap)
    assert at == len(text)
    assert text.strip() == "" or segments


@given(st.text(" \t\n\r\x0b\x0c\x1c\x85\xa0\u2003\u2028\u3000", max_size=20))
def test_white_space_has_no_segments(text: str) -> None:
    assert split(text) == []
    assert split(text, "en") == []


def test_the_gap_is_the_white_space_as_it_was() -> None:
    segments = split("  비가 왔다. \u3000강이 불었다.다리가 끊겼다.\n")
    assert [(segment.source, segment.gap, segment.start) for segment in segments] == [
        ("비가 왔다.", " \u3000", 2),
        ("강이 불었다.", "", 10),
        ("다리가 끊겼다.", "\n", 17),
    ]


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
def test_every_mark_is_in_one_pair_at_most(text: str) -> None:
    pairs = pair(text)
    assert {closer: opener for opener, closer in pairs.closer.items()} == pairs.opener
    assert all(opener < closer for opener, closer in pairs.closer.items())
    assert not pairs.closer.keys() & pairs.opener.keys()


# Time


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["“", ".", "(", " ", "\n", "“.” ", '"다. ', "▲ ", ":“", "다.", "a@"])
def test_time_is_linear_for_any_input(unit: str) -> None:
    """A quadratic algorithm would take minutes for a hundred thousand characters."""
    text = (unit * 100_000)[:100_000]
    begun = time.process_time()
    split(text)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("unit", ["“", "a. ", "(", "\n", " "])
def test_time_is_linear_in_other_languages(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    begun = time.process_time()
    split(text, "en")
    assert time.process_time() - begun < 10


# Languages


def test_the_region_of_a_language_does_not_matter() -> None:
    text = "그는 “간다.”고 했다.그녀는 남았다."
    assert sources(text, "ko-KP") == sources(text, "ko_KR") == sources(text, "kor") == sources(text)


def test_english_goes_by_english_rules() -> None:
    assert sources("Mr. Su met Dr. Kim at 3.5 p.m. today. They talked 😀. Then “it rained.”", "en_US") == [
        "Mr. Su met Dr. Kim at 3.5 p.m. today.",
        "They talked 😀.",
        "Then “it rained.”",
    ]


def test_chinese_needs_no_spaces() -> None:
    assert sources("他来了。她走了。", "zh-Hans") == ["他来了。", "她走了。"]


def test_a_long_text_is_cut_in_other_languages_as_a_short_one_is() -> None:
    sentences = [f"This is sentence number {number} of Mr. Su." for number in range(WINDOW // 10)]
    assert sources(" ".join(sentences), "en") == sentences


def test_the_version_is_a_number() -> None:
    assert isinstance(VERSION, int)


PIECES = st.sampled_from(
    "그는 |했다|간다.|다.|1.|가.|나다.|“|”|‘|’|(|)|[|]|말했다.”|라고|...|…|[사진=|기자|서울=|\n|\n\n|▲|•|첫째다.|*|다. |다.  |"
    "바다. 가|🙂|:)|a@b.co|2024. 3. 1.|《가다. 나》|/사진|제1조다.|http://a.b/다. 가| ".split("|")
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_short_way_for_usual_sentences_cuts_where_the_long_way_does(text: str) -> None:
    usual = korean.cuts(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(korean, "PLAIN_END", re.compile("(?!)"))
        assert korean.cuts(text) == usual
