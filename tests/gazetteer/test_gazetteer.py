"""The gazetteer: its lists, and names that the English has instead of the Korean's."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.checks import CheckContext, names
from transflow.gazetteer.compare import differences
from transflow.gazetteer.entries import GazetteerEntry, entries, find_english, find_korean, first_names, fold
from transflow.glossary.termbase import Termbase
from transflow.glossary.terms import Term
from transflow.language.romanisation.loanwords import may_be_same, sounds_alike
from transflow.model.unit import Unit

HANGUL = re.compile("[가-힣A-Z0-9][가-힣A-Za-z0-9 .-]*")


def ids(source: str, target: str, *terms: Term) -> list[str]:
    context = CheckContext("en", terms=Termbase(terms))
    return [issue.check for issue in names.check(Unit("k7f3q2mx", source, target), context) if issue.severity != "hint"]


def test_the_lists_are_as_long_as_they_should_be_and_well_formed() -> None:
    assert len(entries()) >= 600
    assert {entry.kind for entry in entries()} == {"person", "organisation", "place"}
    for entry in entries():
        assert entry.spellings
        assert all(HANGUL.fullmatch(each) for each in (*entry.sources, *entry.doubtful)), entry
        assert all(fold(each).isascii() for each in entry.spellings), entry
    assert all(name[0].isupper() or HANGUL.fullmatch(name) for name in first_names())


@pytest.mark.parametrize(
    "entry", [entry for entry in entries() if entry.sources][::7], ids=lambda entry: entry.sources[0]
)
def test_a_name_is_found_in_both_languages(entry: GazetteerEntry) -> None:
    from_korean = [hit.entry for hit in find_korean(f"어제 {entry.sources[0]}에 대한 글이 나왔다.")]
    from_english = [
        each for hit in find_english(f"Yesterday {entry.spellings[0]} was in the news.") for each in hit.entries
    ]
    assert entry in from_korean
    assert entry in from_english


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("바이든 대통령이 서명했다.", "Biden signed it.", "Trump signed it."),
        ("라브로프 외무장관이 왔다.", "Foreign Minister Sergey Lavrov came.", "Defense Minister Sergei Shoigu came."),
        ("마리아 곤살레스 교수는 떠났다.", "Professor Maria Gonzalez left.", "Professor Carmen Ruiz left."),
        ("강슬기는 7이닝을 던졌다.", "Kang Seul-gi pitched.", "Oh Ji-hwan pitched."),
        ("기자가 이 씨를 만났다.", "The reporter met Lee.", "The reporter met Park last year."),
        ("도쿄는 반발했다.", "Japan protested.", "South Korea protested."),
        ("교황청은 부인했다.", "The Vatican denied it.", "The Kremlin denied it."),
        ("독일인 3명이 풀려났다.", "Three Germans were freed.", "Three Turks were freed in Turkey."),
        ("왕이 외교부장이 왔다.", "Foreign Minister Wang Yi came.", "Foreign Minister Qin Gang came."),
        ("김정은이 시찰했다.", "Kim Jong Un inspected it.", "Kim Jong Il inspected it."),
        ("리용호(Ri Yong Ho) 외무상이 왔다.", "Ri Yong Ho came.", "Ri Mi-kyung came."),
        ("유엔총회가 열렸다.", "The U.N. General Assembly met.", "The U.N. Security Council met."),
        ("옌지에서 붙잡혔다.", "They were caught in Yanji.", "They were caught in Dandong."),
        ("황해북도에 비가 왔다.", "It rained in North Hwanghae.", "It rained in South Hwanghae."),
        ("회의는 라오스에서 열렸다.", "The meeting was in Laos.", "The meeting was in Vietnam."),
        ("북한은 발사했다.", "North Korea launched it.", "South Korea launched it."),
        ("한국 정부는 규탄했다.", "Seoul condemned it.", "The North Korean government condemned it."),
        ("미 하원이 가결했다.", "The House passed it.", "The Senate passed it."),
        ("국방장관이 왔다.", "The defense minister came.", "The Unification Minister came."),
        ("최 씨는 울었다.", "Choi wept.", "Park wept."),
        ("허준 기자가 썼다.", "Huh Joon wrote it.", "Huh Jung wrote it."),
        ("북한인권정보센터(NKDB)가 냈다.", "The NKDB released it.", "The NKDP released it."),
        ("한 총리는 떠났다.", "Prime Minister Han left.", "Prime Minister Kim left."),
        ("김 모 중좌가 체포됐다.", "A colonel surnamed Kim was arrested.", "A colonel surnamed Choe was arrested."),
        (
            "통일부 대변인 구병삼은 부인했다.",
            "Spokesperson Koo Byoung-sam denied it.",
            "Spokesperson Kim In-ae denied it.",
        ),
        ("김태효 1차장이 말했다.", "Deputy director Kim Tae-hyo spoke.", "Deputy director Yoon Sung-han spoke."),
        ("한덕수 총리가 왔다.", "Prime Minister Han came.", "Prime Minister Kim came."),
        (
            "존 에버라드 전 주북 영국 대사는 회의적이었다.",
            "John Everard, the former British envoy, was skeptical.",
            "Colin Crooks, the former British envoy, was skeptical.",
        ),
        ("연평도에 비가 왔다.", "It rained on Yeonpyeong Island.", "It rained on Baengnyeong Island."),
    ],
)
def test_another_name_is_an_issue_and_the_right_one_is_none(source: str, right: str, wrong: str) -> None:
    assert ids(source, right) == []
    assert ids(source, wrong) != []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("러시아 대통령이 왔다.", "Putin came."),
        ("푸틴은 떠났다.", "He left."),
        ("한국 정부는 발사를 규탄했다.", "Seoul condemned North Korea's launch."),
        ("북한군이 파병됐다.", "Pyongyang sent troops to Russia."),
        ("중국 외교부는 부인했다.", "Beijing denied it."),
        ("혜산에서 열렸다.", "It was held in Ryanggang province."),
        ("한미 정상이 만났다.", "The leaders of South Korea and the United States met."),
        ("국방장관이 왔다.", "The head of the Defense Ministry came."),
        ("국방부와 통일부가 발표했다.", "The Unification Ministry and the military announced it."),
        ("왕이 죽었다.", "King Charles died."),
        ("전 대통령이 왔다.", "Former President Park came."),
        ("이 의원은 반대했다.", "This lawmaker, Rep. Kim, was opposed."),
        ("한 대사가 말했다.", "An ambassador, Ambassador Kim, said so."),
        ("한 교수는 몰랐다.", "A professor did not know, said Professor Hyun."),
        ("유명한 가수가 왔다.", "A famous singer came with Lee Mi-ja."),
        ("노체인 대표가 왔다.", "The head of Nochain came with Roh Chang-su."),
        ("김여정 부부장이 말했다.", "Kim Jong Un’s sister said so."),
        ("테리사 메이 총리가 말했다.", "Teresa May said so to Emma Thompson."),
    ],
)
def test_titles_capitals_and_other_words_are_no_other_names(source: str, target: str) -> None:
    assert ids(source, target) == []


def test_the_glossary_overrides_the_gazetteer() -> None:
    pair = "혜산에서 열렸다.", "It was held in Sinuiju."
    assert ids(*pair) == ["names.place"]
    assert ids(*pair, Term("혜산", "Sinuiju", kind="place")) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_of_any_texts_quote_the_texts(source: str, target: str) -> None:
    for each in differences(source, target, ()):
        assert each.korean == source[slice(*each.source_span)]
        assert each.english == target[slice(*each.target_span)]


@given(
    st.sampled_from(("혜산", "평양", "유엔", "미국")),
    st.sampled_from(("Sinuiju", "Seoul", "China", "UNICEF")),
    st.text(max_size=9),
)
def test_differences_quote_the_texts_wherever_the_names_stand(korean: str, english: str, noise: str) -> None:
    source, target = f"{noise} {korean}에서 열렸다.", f"{noise} It was held in {english}."
    for each in differences(source, target, ()):
        assert each.korean == source[slice(*each.source_span)]
        assert each.english == target[slice(*each.target_span)]


def test_foreign_names_are_compared_by_their_consonants() -> None:
    assert sounds_alike("톰슨", "Thompson")
    assert sounds_alike("구테흐스", "Guterres")
    assert not sounds_alike("그로시", "Amano")
    assert may_be_same("아베", "Trump")  # too short to tell apart
    assert not may_be_same("스칼라튜", "Biden")


def read(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the names that are read on both sides, those without a counterpart with a minus."""
    explanation = names.explain(Unit("k7f3q2mx", source, target), CheckContext("en"))
    ours, theirs = (
        [f"{'' if each.counterparts else '-'}{text[each.start : each.end]}" for each in side]
        for side, text in ((explanation.source, source), (explanation.target, target))
    )
    return ours, theirs


def test_what_was_read_is_explained_in_the_order_of_each_text() -> None:
    assert read("푸틴 대통령은 혜산에서 조춘길 대표를 만났다.", "In Hyesan Lavrov met Jo Chun Gil.") == (
        ["-푸틴", "혜산", "조춘길"],
        ["Hyesan", "-Lavrov", "Jo Chun Gil"],
    )
    assert read("그는 왔다.", "He came.") == ([], [])


def test_long_texts_take_linear_time() -> None:
    start = time.process_time()
    ids("혜산 최 씨 바이든 대통령 " * 1_000, "Sinuiju Kim John Smith Trump " * 1_000)
    assert time.process_time() - start < 5
