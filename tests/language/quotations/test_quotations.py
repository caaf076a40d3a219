"""Quotations: their marks in both languages, and what was lost or added."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.checks import CheckContext, quotations
from transflow.language.quotations.compare import compare
from transflow.language.quotations.english import read_english
from transflow.language.quotations.korean import read_korean
from transflow.language.quotations.speakers import compare_speakers
from transflow.model.unit import Unit

SENTENCES = st.sampled_from(
    ["It is late.", "Who is there?", "The river doesn’t freeze.", "She’s 16.", "The boys’ boat sank."]
)
MARKS = st.sampled_from(["“”", '""', "«»"])


def key(source: str, target: str) -> str:
    difference = compare(source, target)
    return difference.key if difference else ""


@given(st.lists(st.tuples(SENTENCES, st.booleans()), min_size=1, max_size=6), MARKS)
def test_every_quotation_is_found_and_no_mark_is_left_over(sentences: list[tuple[str, bool]], marks: str) -> None:
    text = " ".join(f"{marks[0]}{each}{marks[1]}" if quoted else each for each, quoted in sentences)
    reading = read_english(text)
    assert [each.text for each in reading.quotations] == [each for each, quoted in sentences if quoted]
    assert not reading.unpaired


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.integers(0, 3), MARKS)
def test_a_closing_mark_that_is_taken_away_leaves_its_opener(sentences: list[str], which: int, marks: str) -> None:
    which %= len(sentences)
    parts = [f"{marks[0]}{each}{'' if n == which else marks[1]}" for n, each in enumerate(sentences)]
    text = " ".join(parts)
    (mark,) = read_english(text).unpaired
    assert mark.opens
    assert mark.offset == len(" ".join([*parts[:which], ""]))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said, ‘It is late,’ and left.", ["It is late,"]),
        ("'Go,' he said. 'I can't.'", ["Go,", "I can't."]),
        ("“He told me, ‘Go,’” she said.", ["He told me, ‘Go,’"]),
        ('"He said, "Go,"" she said.', ['He said, "Go,"']),
        ("the ’90s and the boys’ boat, rock ’n’ roll", []),
        ('a 55" screen and 6\'2"', []),
    ],
)
def test_marks_are_told_from_apostrophes_and_inches(text: str, quoted: list[str]) -> None:
    reading = read_english(text)
    assert [each.text for each in reading.quotations] == quoted
    assert not reading.unpaired


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("그는 “간다”고 했다.", True),
        ("그는 ‘가겠다’고 말했다.", True),
        ("그는 ‘살았다’고 생각했다.", False),
        ("이른바 ‘고난의 행군’이다.", False),
        ("책 《세기와 더불어》를 냈다.", False),
    ],
)
def test_speech_is_told_from_terms_thoughts_and_titles(text: str, speech: bool) -> None:
    (quotation,) = read_korean(text).quotations
    assert quotation.is_speech is speech


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("그는 떠나겠다고 했다.", "He said he would leave.", ""),
        ("그는 떠나겠다고 했다.", "“I will leave,” he said.", "quotations.added"),
        ("그는 떠나겠다고 했다.", "He said he would leave “for good.”", ""),
        ("이른바 ‘위성’이다.", "It is a so-called satellite.", ""),
        ("이른바 ‘위성’이다.", "“It is a satellite,” the source said.", "quotations.added"),
        ("그는 “늦었다”며 “가자”고 했다.", "“It is late,” he said. “Let’s go.”", ""),
        ("그는 “늦었다”며 “가자”고 했다.", "“It is late,” he said, adding that they should go.", "quotations.count"),
        ("그는 “늦었다”며 “가자”고 했다.", "“It is late, so let’s go,” he said.", ""),
        ("그는 “늦었다”며 “가자”고 했다.", "“It is late,” he said. Let’s go there.", "quotations.missing/some"),
        ("그는 “날이 저물었다”며 “어서 가자”고 했다.", "“It is late,” he said.", "quotations.missing"),
        (
            "그는 “춥다”고 했다.",
            "“It is cold,” he said. “We will all die in this house tonight.”",
            "quotations.added/more",
        ),
        ("헌법은 “영토는 한반도와 그 섬으로 한다”고 규정한다.", "The constitution covers it.", "quotations.missing"),
    ],
)
def test_what_is_lost_or_added(source: str, target: str, expected: str) -> None:
    assert key(source, target) == expected


def ids(source: str, target: str, *neighbours: str) -> list[str]:
    context = CheckContext("en", neighbours=neighbours)
    return [issue.check for issue in quotations.check(Unit("k7f3q2mx", source, target), context)]


def test_a_sentence_in_a_quotation_that_began_earlier_has_no_marks_of_its_own() -> None:
    assert ids("우리는 떠난다고 했다.", "“We are leaving,” they said.") == ["quotations.added"]
    assert ids("우리는 떠난다고 했다.", "“We are leaving,” they said.", "“밤이 깊었다.") == []
    assert ids("우리는 떠난다고 했다.", "“We are leaving,” they said.", "“밤이 깊었다.", "가자.”") == [
        "quotations.added"
    ]


def test_a_whole_quoted_sentence_is_added_if_the_sentences_before_are_known() -> None:
    pair = "모두 떠나고 나만 혼자 남았다.", "“Everybody left, and I was the only one who stayed here.”"
    assert ids(*pair) == ["quotations.whole"]
    assert ids(*pair, "밤이 깊었다.") == ["quotations.added"]
    assert ids(*pair, "“밤이 깊었다.") == []


def test_a_short_greeting_may_be_shorter_in_english() -> None:
    assert ids("“어서 오십시오.”", "“Welcome.”") == []


def test_what_somebody_confided_is_no_direct_speech() -> None:
    assert ids("두고 올 수 없었다고 털어놓았다.", "“I could not leave it,” she confided.") == ["quotations.added"]


def test_a_mark_is_at_the_end_where_the_korean_has_it() -> None:
    assert ids("“밤이 깊었다.", "“It is late.") == []
    assert ids("“밤이 깊었다.", "It is late.”") == ["quotations.unbalanced"]
    assert ids("“밤이 깊었다.”", "“It is late.") == ["quotations.open"]
    assert ids("그는 “밤이 깊었다”고 했다.", "He said, “It is late.") == ["quotations.unbalanced"]


def test_what_was_read_is_explained() -> None:
    source, target = "이른바 ‘위성’이다. 그는 “멈춰라”고 했다.", "“Stop,” he said. “Right now.”"
    explanation = quotations.explain(Unit("k7f3q2mx", source, target), CheckContext("en"))
    assert [(source[each.start : each.end], each.required) for each in explanation.source] == [
        ("‘위성’", False),
        ("“멈춰라”", True),
    ]
    assert [each.counterparts for each in explanation.target] == [(1,), (1,)]


@pytest.mark.parametrize("text", ["“가다”고 ", '"가" ', "‘가’", "“"])
def test_thousands_of_marks_take_linear_time(text: str) -> None:
    start = time.process_time()
    ids(text * 5_000, "“Go,” he said. ‘It is " * 5_000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("의사는 “약이 없다”고 했다.", "“There is no medicine,” the doctor said.", "“There is no medicine,” the nurse said."),
        ("어머니는 “기다렸다”고 했다.", "“I waited,” she said.", "“I waited,” he said."),
        ("총리는 “간다”고 했다.", "“I will go,” the prime minister said.", "“I will go,” the mayor said."),
        ("간부는 “모른다”고 했다.", "“I do not know,” the official said.", "“I do not know,” the farmer said."),
    ],
)  # fmt: skip
def test_a_speaker_is_not_replaced_by_another(source: str, right: str, wrong: str) -> None:
    assert compare_speakers(source, right) is None
    assert compare_speakers(source, wrong) is not None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("의사 두 명은 “주민이 온다”고 했다.", "“Residents come,” the two said."),
        ("관계자는 “확인 중”이라고 했다.", "“We are checking,” an official said."),
        ("의사는 “환자가 말했다”고 했다.", "“The patient said so,” the doctor said."),
        ("장관은 “아니다”라고 했다.", "“No,” he said."),
    ],
)
def test_another_word_for_a_speaker_is_right(source: str, target: str) -> None:
    assert compare_speakers(source, target) is None


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("그는 “기다릴 수 없다”고 말했다.", "“We cannot wait, he said.”", "quotations.unbalanced/speaker"),
        ("그는 “아버지가 가라고 했다”고 말했다.", "“My father told me to go,” he said.", ""),
        ("기자는 “언제 왔느냐”고 물었다.", "The reporter asked, when did you come?", "quotations.missing/marks"),
        ("그는 “무서웠다. 그래도 갔다”고 했다.", "“At first,” he said, I was scared, but I went.", "quotations.missing/some"),
        ("그는 회담이 “역사적”이라고 했다.", "He called it “historic” and “great.”", "quotations.added/more"),
        ("배급은 끊겼다.", "There are “no rations at all,” a resident said.", "quotations.added"),
        ("장관은 협상할 뜻을 밝혔다.", "“We will go on negotiating,” the minister made clear.", "quotations.added"),
        ("그는 “덥다”, “춥다”, “힘들다”고 했다.", "“I’m hot,” “I’m cold,” he said.", "quotations.missing"),
    ],
)  # fmt: skip
def test_what_was_lost_and_added_is_named(source: str, target: str, found: str) -> None:
    assert key(source, target) == found
