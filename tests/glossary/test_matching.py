"""Terms in Korean text: real occurrences, and apparent ones that must not match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.glossary.north_south import other_initials, spelling_variants

GLUED = [
    line.split()
    for line in (paths.TESTS / "golden" / "glossary" / "glued.txt").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]


def found(text: str, *terms: Term | str) -> list[str]:
    matcher = Matcher([Term(each) if isinstance(each, str) else each for each in terms])
    return [text[hit.start : hit.end] for hit in matcher.find(text)]


def test_of_words_glued_at_the_left_98_in_100_are_judged_right() -> None:
    wrong = [word for word, term, held in GLUED if bool(found(word, term)) != (held == "yes")]
    assert len(GLUED) > 700
    assert {held for *_, held in GLUED} == {"yes", "no"}
    assert len(wrong) <= len(GLUED) * 0.01, wrong


@pytest.mark.parametrize("tail", ["", "은", "에서는", "으로부터", "이라고", "까지도", "입니다"])
def test_particles_may_follow(tail: str) -> None:
    (hit,) = Matcher([Term("평양", "Pyongyang")]).find(f"그는 평양{tail} 갔다.")
    assert (hit.start, hit.end, hit.tail) == (3, 5, "particle" if tail else "")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("5만달러를", "달러"),
        ("3천만달러짜리", "달러"),
        ("10억유로가", "유로"),
        ("10여국가", "국가"),
        ("6자회담", "회담"),
    ],
)
def test_a_term_may_follow_a_number_with_its_scale(text: str, term: str) -> None:
    assert found(text, term) == [term]


def test_a_compound_is_told_from_a_word_with_a_particle() -> None:
    assert [hit.tail for hit in Matcher([Term("평양")]).find("평양시민, 평양에, 평양")] == ["compound", "particle", ""]


def test_spaces_of_a_term_are_optional_and_a_long_term_may_have_one_more() -> None:
    assert found("북한인권정보센터가 북한 인권 정보 센터를", "북한 인권 정보센터") == [
        "북한인권정보센터",
        "북한 인권 정보 센터",
    ]
    assert found("세계 식량계획은", "세계식량계획") == ["세계 식량계획"]
    assert found("김정 은은 없다", Term("김정은", kind="person")) == []


def test_the_first_part_of_a_term_may_be_one_syllable() -> None:
    matcher = Matcher([Term("훈 센", "Hun Sen", kind="person"), Term("또 럼", "To Lam", kind="person")])
    assert [(hit.start, hit.end) for hit in matcher.find("훈 센 총리와 또럼 주석은")] == [(0, 3), (8, 10)]


def test_north_and_south_spell_differently() -> None:
    assert found("로동당과 노동당", "노동당") == found("로동당과 노동당", "로동당") == ["로동당", "노동당"]
    assert found("리설주 여사, 이설주 여사", Term("이설주", kind="person")) == ["리설주", "이설주"]
    assert found("조선녀성동맹", "조선여성동맹") == ["조선녀성동맹"]
    assert found("량강도에서", "양강도") == ["량강도"]
    assert found("이론과 가치", "리론") == ["이론"]


def test_the_longest_term_wins_and_hits_never_overlap() -> None:
    assert found("조선중앙통신은 중앙통신이다", "조선중앙통신", "중앙통신", "조선") == ["조선중앙통신", "중앙통신"]
    assert found("유엔인권이사회", "유엔", "인권이사회", "인권") == ["유엔", "인권이사회"]


def test_other_scripts_stand_alone_or_before_particles() -> None:
    assert found("UN은 UNHCR과 UN총회를", "UN") == ["UN", "UN"]
    assert found("WHO의 who", "WHO") == ["WHO"]


def test_a_term_that_begins_in_another_script_takes_particles_too() -> None:
    assert found("AP통신은 LG전자를 AP통신사로", "AP통신", "LG전자") == ["AP통신", "LG전자"]


@pytest.mark.parametrize(
    ("term", "held", "not_held"),
    [
        ("강제북송", "강제북송됐다 강제북송당한 강제북송위기", ""),
        ("제재", "제재했다 경제제재가 제재안", ""),
        ("인권", "인권침해 북한인권 인권단체의", "개인권리"),
        ("탈북민", "탈북민단체 탈북민출신", ""),
        ("대사", "주한대사 대사관 대사였다", "신진대사 대사증후군 물질대사가"),
        ("기자", "여기자 기자회견", "기자재 전기자동차"),
        ("공안", "중국공안 공안국", "항공안전"),
    ],
)
def test_a_term_in_a_longer_word_is_told_from_a_word_with_the_same_letters(term: str, held: str, not_held: str) -> None:
    assert [word for word in held.split() if not found(word, term)] == []
    assert [word for word in not_held.split() if found(word, term)] == []


def test_one_syllable_stands_alone() -> None:
    assert found("김 씨는 김을 김정일과 김밥", "김") == ["김", "김"]


def test_a_homograph_is_asked_about_and_what_nobody_can_judge_is_uncertain() -> None:
    term = Term("이란", "Iran", homograph=True)
    verdicts = {0: True, 8: False}
    matcher = Matcher([term, Term("평양")], lambda _term, _text, start, _end: verdicts.pop(start, None))
    hits = matcher.find("이란은 평양과 이란에. 이란")
    assert [(hit.start, hit.certain) for hit in hits] == [(0, True), (4, True), (13, False)]
    assert verdicts == {}
    assert [hit.certain for hit in Matcher([term]).find("이란은")] == [False]


@given(st.text("노로라나여이리려", min_size=1, max_size=4))
def test_the_spellings_of_both_sides_are_as_long_and_the_first_is_the_text(text: str) -> None:
    forms = list(spelling_variants(text, range(len(text))))
    assert forms[0] == text
    assert {len(form) for form in forms} == {len(text)}
    assert all(char in other_initials(other) for char in text for other in other_initials(char))


@given(st.text("태평양주한미군 로노동당a1.", max_size=30))
def test_hits_are_in_order_do_not_overlap_and_lie_in_the_text(text: str) -> None:
    hits = Matcher([Term(each) for each in ("평양", "주한미군", "한미", "노동당", "미군", "a")]).find(text)
    ends = [0, *(hit.end for hit in hits)]
    assert all(end <= hit.start < hit.end <= len(text) for end, hit in zip(ends, hits, strict=False))
