"""Negations and opposites, in sentences of each kind."""

from __future__ import annotations

import pytest

from transflow.checks import CheckContext, load
from transflow.model.unit import Unit


def messages(source: str, target: str) -> list[str]:
    return [issue.message for issue in load("negation").check(Unit("k7f3q2mx", source, target), CheckContext("en"))]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("정신없이 달렸다.", "She ran frantically."),
        ("믿을 수 없는 한 해였다.", "It was an amazing year."),
        ("투자를 아끼지 않았다.", "They invested lavishly."),
        ("그것은 쉽지 않습니다.", "It is difficult."),
        ("운이 좋으셨군요, 그렇죠?", "That was lucky, wasn’t it?"),
        ("경주 대통령 부인이 왔다.", "The president’s wife came."),
        ("일반대중의 반응이다.", "It is the reaction of the public."),
        ("찬성 178표, 반대 94표였다.", "The vote was 178-94."),
        ("당국은 부인도 시인도 하지 않았다.", "Authorities neither confirmed nor denied it."),
        ("걱정하지 않을 수 없다.", "We cannot help but worry."),
        ("한 명밖에 없다.", "There is only one."),
        ("결의안에 반대하지 않았다.", "They did not oppose the resolution."),
        ("집중단속을 벌였다.", "They cracked down on it."),
        ("함께 가지 않겠느냐고 물었다.", "He asked whether they would come along."),
        ("비가 오지 않는 날이 없었다.", "It rained every day."),
        ("그것이 문제 아닌가?", "Isn’t that the problem?"),
        ("끊임없이 노력했다.", "He did not stop trying."),
        ("적지 않은 사람이 왔다.", "Quite a few people came."),
        ("표가 없으면 들어갈 수 없다.", "You need a ticket to get in."),
        ("표가 없으면 들어갈 수 없다.", "Nobody gets in without a ticket."),
        ("얼마나 기쁜지 모른다.", "You cannot imagine how glad I am."),
        ("상황이 쉽지 않다.", "The situation is tough."),
        ("술을 안 마신다.", "He abstains from alcohol."),
        ("더는 걸을 수 없었다.", "He was too weak to walk."),
        ("과테말라에서 왔다.", "They came from Guatemala."),
        ("돈이 없는 사람들이다.", "They are poor."),
        ("얼지 않도록 불을 피웠다.", "They lit a fire to keep from freezing."),
        ("그를 모르는 사람이 없다.", "Everybody knows him."),
        ("집 밖에 나가지 않았다.", "He did not go out."),
        ("혐의를 부인했다.", "He pleaded not guilty."),
    ],
)
def test_what_means_the_same_is_passed(source: str, target: str) -> None:
    assert messages(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("증거가 없다.", "There is evidence.", "the Korean has a negation (“없다”), and the English seems to have none."),
        ("술을 안 마신다.", "He drinks.", "the Korean has a negation (“안 마”), and the English seems to have none."),
        ("가면 안 된다.", "You may go.", "the Korean has a negation (“안 된”), and the English seems to have none."),
        ("걸을 수 없었다.", "He walked on.", "the Korean has a negation (“없었”), and the English seems to have none."),
        ("그를 모르는 사람이 없다.", "Nobody knows him.", "“모르는 사람이 없” affirms, and the English seems to negate (“Nobody”)."),
        ("안전한 곳이다.", "It is an unsafe place.", "“unsafe” seems to be the opposite of “안전”."),
        ("전혀 몰랐다.", "She knew it.", "“knew” seems to be the opposite of “몰랐”."),
        ("이름을 잊었다.", "She remembered the name.", "“remembered” seems to be the opposite of “잊”."),
        ("회담은 결렬됐다.", "The talks succeeded.", "“succeeded” seems to be the opposite of “결렬”."),
        ("적지 않은 사람이 왔다.", "Not many people came.", "“적지 않” affirms, and the English seems to negate (“Not many”)."),
        ("틀림없이 그다.", "It is not him.", "“틀림없” affirms, and the English seems to negate (“not”)."),
        ("그것이 문제 아닌가?", "That is not the problem.", "“아닌가?” affirms, and the English seems to negate (“not”)."),
        (
            "표가 없으면 들어갈 수 없다.",
            "You get in with or without a ticket.",
            "“없으면 들어갈 수 없” negates twice, and the English seems to negate once or not at all.",
        ),
        ("혐의를 부인했다.", "He admitted the charges.", "“admitted” seems to be the opposite of “부인”."),
        ("불법 조업이다.", "It is legal fishing.", "“legal” seems to be the opposite of “불법”."),
        ("결의안에 반대했다.", "They did not oppose it.", "“did not oppose” seems to be the opposite of “반대”."),
        ("모르지 않는다.", "They do not know.", "“모르지 않” affirms, and the English seems to negate (“not”)."),
    ],
)  # fmt: skip
def test_what_means_the_opposite_is_a_hint(source: str, target: str, message: str) -> None:
    assert messages(source, target) == [message]
