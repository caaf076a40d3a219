"""The filter of the list: keywords, words and phrases."""

from __future__ import annotations

import pytest

from transflow.errors import UsageError
from transflow.model.unit import Answer, Assignment, Question, Unit
from transflow.presenters.filtering import KEYWORDS, FilteredUnit, matching_keywords, parse, with_keyword


def passes(text: str, source: str = "", target: str = "") -> bool:
    return parse(text)(FilteredUnit(Unit("00000000", source, target)))


@pytest.mark.parametrize("keyword", ["again", "question", "warning", "draft", "comment"])
def test_a_keyword_in_quotation_marks_is_a_word(keyword: str) -> None:
    text = f"He asked a {keyword} of them."
    assert not passes(keyword, target=text)
    assert passes(f'"{keyword}"', target=text)
    assert passes(f"“{keyword}”", target=text)
    assert not passes(f'"{keyword}"', target="Nothing.")


def test_a_phrase_stands_together_and_words_need_not() -> None:
    assert passes("letter sent", target="They sent a letter.")
    assert not passes('"letter sent"', target="They sent a letter.")
    assert passes('"sent a  letter" they', target="They sent a\u00a0letter.")
    assert passes('"sent a', target="They sent a letter.")  # while it is typed


def test_ones_own_sentences_and_answers_are_flags() -> None:
    question, answer = Question("claire", "2022-03-25T10:00:00Z", "", "Who?"), "2022-03-25T11:00:00Z"
    unit = Unit(
        "00000000",
        "가",
        assigned=Assignment("claire", ""),
        questions=(question,),
        answers=(Answer("jeong", answer, question.reference, "They."),),
    )
    for text, expected in (("@claire", (True, True)), ("mine", (True, False)), ("answered", (True, False))):
        assert tuple(parse(text)(FilteredUnit(unit, who=who)) for who in ("claire", "leejin")) == expected


def test_keywords_are_offered_and_put_in_place_of_their_beginning() -> None:
    assert matching_keywords("@claire un") == ["unfinished", "untranslated"]
    assert matching_keywords("letter") == list(KEYWORDS)
    assert with_keyword("@claire un", "untranslated") == "@claire untranslated "
    assert with_keyword("letter", "warning") == "letter warning "
    assert with_keyword("", "mine") == "mine "
    assert all(parse(keyword).tests for keyword in KEYWORDS)


def test_an_invalid_expression_is_refused() -> None:
    with pytest.raises(UsageError, match="no regular expression"):
        parse("/(/")
    with pytest.raises(UsageError, match="longer than"):
        parse(f"/{'a' * 2000}/")


def test_an_expression_that_takes_too_long_is_refused_when_it_does() -> None:
    with pytest.raises(UsageError, match="takes too long"):
        passes("/(a|aa)+$/", source="a" * 400 + "b")


def test_the_beginning_of_a_keyword_stands_for_it_and_for_words() -> None:
    warned = FilteredUnit(Unit("00000000", "가", "Nothing."), warnings=1)
    assert parse("warn")(warned)
    assert not parse('"warn"')(warned)
    assert passes("warn", target="They warned him.")
    assert not parse("co")(FilteredUnit(Unit("00000000", "가", "Nothing.", comments=("One.",))))
