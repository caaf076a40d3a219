"""Negation on one side only.

It is never more than a hint, because words such as “unable”, “refuse” and “fail” also negate, in
more ways than can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("ko", "en")
IDS: Mapping[str, Severity] = {"negation": "hint"}
MESSAGES = Messages(
    __name__,
    {
        "negation": "the Korean has a negation (“{korean}”), and the English seems to have none.",
        "negation/added": "the English has a negation (“{english}”), and the Korean seems to have none.",
    },
)
PASSING = (
    Example("그는 가지 않았다.", "He did not go."),
    Example("그는 갈 수 없었다.", "He was unable to go."),
    Example("그것은 사실이 아니라고 부인했다.", "He denied it."),
    Example("그는 갈 수밖에 없었다.", "He had to go."),
)
FAILING = (
    Example("그는 가지 않았다.", "He went.", "", "negation"),
    Example("그는 집에 갔다.", "He did not go home.", "not", "negation"),
)
_KOREAN = re.compile(
    "지 ?(?:않|못|마|말)|말[라고아것]|(?<![가-힣])(?:안|못) [가-힣]|아니[다라며고지었]|아닌|없[다는이었고을어으습]|못[하한할했]"
    "|불(?:가능|참|허|응|법)|무(?:산|효|단)|거부|부인|반대|금지|실패|중단|제외"
)
_DOUBLE = re.compile(
    "수밖에 ?없|지 않을 수 ?없|뿐(?:만)? 아니라|다름 ?없|틀림 ?없|관계 ?없이|상관 ?없이|끊임없|얼마 ?(?:안|지 않아)|변함 ?없"
    "|에 그치지 않|머지않|적지 않|못지않|아닌가|않[을겠]까|않느냐|할 것 없이"
)
"""Pattern for negations with an affirmative meaning."""
_ENGLISH = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|barely|scarcely|rarely|seldom|few|little"
    r"|less|unless|lack\w*|fail\w*|refus\w*|den(?:y|ie[sd]|ying|ial)|reject\w*|avoid\w*|prevent\w*|stop\w*|ban\w*|absen\w*"
    r"|miss\w*|lost|lose\w*|end\w*|halt\w*|instead|rather|only|far from|oppos\w*|against|prohibit\w*|exclud\w*|except\w*"
    r"|out of|beyond|too|yet|free|dis\w{4,}|(?:un|in|im|ir|il|non)[a-z]{4,}|\w+less|anti\w*|zero|impossible|declin\w*"
    r"|doubt\w*|contrary)\b|n['’]t\b",
    re.IGNORECASE,
)
_PLAIN_NOT = re.compile(
    r"\b(?:not|never|cannot)\b(?! only)|\b(?:did|does|do|is|was|are|were|would|could|has|had|have|will|ca|wo)n['’]t\b"
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    negation = _KOREAN.search(_DOUBLE.sub(lambda found: "〓" * len(found[0]), unit.source))
    if negation and not _ENGLISH.search(unit.target):
        message = MESSAGES("negation", korean=unit.source[slice(*negation.span())])
        yield Issue("negation", IDS["negation"], message, negation.span())
    elif not negation and not _DOUBLE.search(unit.source) and (english_negation := _PLAIN_NOT.search(unit.target)):
        message = MESSAGES("negation/added", english=english_negation[0])
        yield Issue("negation", IDS["negation"], message, None, english_negation.span())
