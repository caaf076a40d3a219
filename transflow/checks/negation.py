"""Negation on one side only, and words that say the opposite.

It is never more than a hint, because words such as “unable”, “refuse” and “fail” also negate, in
more ways than can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.opposites import opposite
from transflow.language.predicates import SHORT, is_affirmed
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
        "negation/opposite": "“{english}” seems to be the opposite of “{korean}”.",
        "negation/condition": "“{korean}” negates twice, and the English seems to negate once or not at all.",
        "negation/double": "“{korean}” affirms, and the English seems to negate (“{english}”).",
    },
)
PASSING = (
    Example("그는 가지 않았다.", "He did not go."),
    Example("그는 갈 수 없었다.", "He was unable to go."),
    Example("그것은 사실이 아니라고 부인했다.", "He denied it."),
    Example("그는 갈 수밖에 없었다.", "He had to go."),
    Example("책임이 없지 않다.", "They are not without responsibility."),
    Example("두 명밖에 남지 않았다.", "Only two were left."),
    Example("비공개 회담이었다.", "The talks were closed-door."),
)
FAILING = (
    Example("그는 가지 않았다.", "He went.", "", "negation"),
    Example("그는 집에 갔다.", "He did not go home.", "not", "negation"),
    Example("비공개 회담이었다.", "The talks were public.", "public", "negation"),
    Example("책임이 없지 않다.", "They have no responsibility.", "no", "negation"),
)
_STRICT = (
    r"지[도는]? ?(?:않|못|마[라시세])|지[는도]? ?말(?=[라고아자것기])|[진긴] ?않|(?<![가-힣])(?:안"
    r"|못) [가-힣]|(?<![가-힣])안 ?[돼되될된됐한할하]|아니[다라며고지었야에]|아닌|아닐|아닙|아냐"
    r"|없(?!애|앴)[가-힣]|기를? (?:거부|거절|포기|꺼[리려렸린])|(?<!잘)못[하한할했해됐되]|(?<=[가-힣])잖[다은이]|치 ?않|찮[다은]"
)
_KOREAN = re.compile(rf"(?=[지진긴안못아없잖치찮부기])(?:{_STRICT}|부인도 시인)")
_PLAIN_KOREAN = re.compile(f"(?=[지진긴안못아없잖치찮])(?:{_STRICT})")
_DOUBLE = re.compile(
    r"수밖에 ?없|지 않을 수 ?없|뿐만? ?아니라|않겠(?:느냐|나|냐|습니까|어요|는가|지)|않[은는]가|않나\?|않냐|아니냐|아니겠|아닐까|아닙니까\?"
    r"|거리낌 ?없|지나지 않아|다름 ?없|틀림 ?없|관계 ?없이|상관 ?없이|끊임없|얼마 ?(?:안|지 않아)"
    r"|변함 ?없|에 그치지 않|머지않|적지 않|못지않|아닌가|않[을겠]까|않느냐|할 것 없이|[없모않]지 ?않|모르지 ?않"
    r"|없지는 ?않|어김 ?없|아낌 ?없|거침 ?없|빠짐 ?없|부족함 ?없|손색 ?없|두말할(?: (?:나위|필요|것)[도가]? ?없)?"
    r"|말할 것도 ?없|더할 나위|정신 ?없"
    r"|국번 ?없|한정 ?없|쉴 새 ?없|어이 ?없|터무니 ?없|하염 ?없|수 ?없이|말 ?없이|예외 ?없"
    r"|여지 ?없|꼼짝 ?없|느닷 ?없|난데 ?없|속절 ?없|형편 ?없|어쩔 수 ?없|하릴 ?없|스스럼 ?없|숨길 수 ?없|우연치 ?않|우연하지 ?않"
    r"|(?:아끼|멈추|잃|굽히|물러서|떠나|마다하|서슴|주저하|의심하|게을리하|늦추|놓치|벗어나|어긋나|다르|뒤지|꺼리|가리"
    r"|그치)지 ?않|마지 ?않|의심치 ?않"
)
"""Pattern for negations with an affirmative meaning."""
_AFFIRMED = re.compile(
    r"(?:않|못한|못하|없|모르|안 [가-힣]{1,4})[는은을던] [가-힣]{1,4}[이은도가] ?없|(?:없|모르|않|못하)지는? ?않"
    r"|(?:않을|못할|없을|모를|아닐) (?:리|이유|까닭)[가는은도]? ?없"
    r"|수밖에 ?없|지 않을 수 ?없"
    r"|(?<=[가-힣])밖에 ?[가-힣 ]{0,12}?(?:없|않|못|안 |모[르른])|(?:안|못) [가-힣 ]{1,8} (?:일|것|곳|적|데)[이은도가] ?없"
)
"""Pattern for double negations, which affirm: 없지 않다, 두 명밖에 남지 않았다."""
_ENGLISH = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|barely|scarcely|rarely|seldom"
    r"|few|little|less|unless|lack\w*|fail\w*|refus\w*|den(?:y|ie[sd]|ying|ial)|reject\w*|avoid\w*|prevent\w*|stop\w*"
    r"|ban(?:ned|s|ning)?|absen\w*|miss(?:ed|es|ing)|lost|lose\w*|end(?:ed|s|ing)?|halt\w*|instead|rather|only"
    r"|far from|oppos\w*|against|prohibit\w*|exclud\w*|except\w*|out of|beyond|too|yet|free|dis(?!c|tan|tri|play|ease"
    r"|aster)\w{4,}|un(?!der|til|ion|iv|it|iq|ifi|ifo|cles?\b)[a-z]{3,}|un-[a-z]+|in(?:abil|acc|act|adeq|adm|appr|cap"
    r"|comp(?:at|et|let)|con[sv]|corr|defin|depend|eff|elig|eq|escap|evit|expl|expr|ext|finit|flex|freq|hum|imit|just|nocen|oper"
    r"|secur|sens|signif|stab|suff|toler|val|vis|vol)[a-z]*|im(?:poss|prop|mat|mor|perf|pat|part|pris|penet|mob)[a-z]*"
    r"|ir(?:reg|repl|resp|rel|rev|rec)[a-z]*|il(?:leg|lic|lit)[a-z]*|non-?[a-z]{2,}|\w+less|anti\w*|zero|declin\w*|doubt\w*"
    r"|contrary|forbid\w*|forbad\w*|withdr\w*|cancel\w*|suspend\w*|drop\w*|cease\w*|block\w*|broke\w*|break\w*|leav\w*"
    r"|remain\w*|before|difficult\w*|hard|but|other than|any ?more|scarc\w*|short\w*|ignor\w*|rid|empty|bare\w*"
    r"|wrong\w*|false\w*|closed|secret\w*|private\w*|behind|resist\w*|object\w*|rare\w*|poor\w*|terrible|veto\w*"
    r"|boycott\w*|apart from|below|setbacks?|neglect\w*|incred\w*|inord\w*|more than|nary|despite|though|regardless|vain|oblivious"
    r"|otherwise|avert\w*|overturn\w*|hesita\w*|last (?:thing|person|one)|blind\w*|discreet\w*|decriminal\w*|depriv\w*|out-of-\w+)\b"
    r"|\bno+\b|\bfrom \w+ing\b"
    r"|\b(?:(?:stay\w*|kept?|keep\w*|is|are|was|were|be|been) away|away from|elsewhere|abroad|else|quit|los(?:es?|ing)|fewer)\b|n['’]t\b",
    re.IGNORECASE,
)
_PLAIN_NOT = re.compile(
    r"\b(?:not|never|cannot)\b(?! only| just| merely| least)|\b(?:did|does|do|is|was|are|were|would|could|has|had|have"
    r"|will|ca|wo)n['’]t\b"
)
_ANY_NOT = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_LEXICAL = re.compile(
    r"부인|거부|반대|금지|실패|중단|제외|불(?!교|과|구하|리|러|빛|꽃|길)|비정상|무관|무죄|무효|미달|상이|어렵|어려|힘들|힘든|드물|드문|싫|모[르른릅를]|몰[랐라]"
    r"|거절|잊|빠[지졌진]|제외|막[았는아]|멈|아직|뿐|[가-힣]만[ 이]|소수|피[하한했해할]|여부|밖에|커녕|덜 |거의|부족|모자라|결여|탈락"
    r"|부적절|부당"
    r"|삼가|그만|다르|다른|달[리라랐]|서야|않|겠습니까|까\?|지요\?|죠\?"
)
"""Words that English may translate with “not”."""
_TAG = re.compile(
    r"n['’]t \w+\?|\bwhy (?:\w+n['’]t|not)\b|^(?:\W*)(?:is|are|do|did|does|was|were|could|wo|would)n['’]t\b",
    re.IGNORECASE,
)
"""Questions that expect an affirmation: isn't it?"""
_TWICE = re.compile(
    r"\b(?:not without|no (?:choice|option|alternative|doubt|one (?:but|does)|shortage|lack|denying)|(?:can|could)(?:not|n['’]t| not) "
    r"(?:help"
    r"|but|deny|ignore|be denied)|can['’]t (?:help|but|deny|ignore)|not (?:un|in|im|deny|that|only|just|a few"
    r"|entirely|more than|help)|nothing but|no (?:more|fewer|other)|none but|nobody but|anything but|no stranger"
    r"|not have (?:more|any other)|not any|never (?:fails?|without))",
    re.IGNORECASE,
)
"""Pattern for English negations that affirm, too."""


_AFFIRMING = re.compile(
    r"(?:틀림|끊임|변함|어김|거침|아낌|빠짐|거리낌|의심할 여지|예외)[가도]? ?없|어쩔 수 ?없이"
    r"|(?:멈추|굽히|주저하|서슴|게을리하|늦추)지 ?않고"
)
"""Pattern for negations that only strengthen what is affirmed."""
_NOT_NEGATIVE = re.compile(
    r"(?:\bnot|n['’]t|\bnever) (?:\w+ )?(?:disrupt|interrupt|fail|stop|ceas|miss|los|forg[eo]t|den[iy]|doubt|hesitat|ignor"
    r"|giv(?:e|en) up|un[a-z]{3}"
    r"|only|just|necessarily|have been (?:more|worse|better)|be (?:more|worse|better)|have come at a)|\bor not\b|\bnot guilty\b",
    re.IGNORECASE,
)
"""Pattern for a negation that affirms, or that Korean has no negation for."""
_PURPOSE = re.compile("도록|[게으]")
_STRENGTHENED = re.compile(
    r"\b(?:doubt|stop|ceas|fail|mistak|wrong|chang|hesitat|miss|question|spare|exception|choice|choose|help|rest|waver"
    r"|yield|bend|relent|slow|paus|halt|change|flinch|shrink)",
    re.IGNORECASE,
)
_MANY = re.compile("적지 ?않|적잖")
_FEW = re.compile(r"\bnot (?:many|much)\b|(?<!a )(?<!quite a )\bfew\b|(?<!a )\blittle\b", re.IGNORECASE)
_RHETORICAL = re.compile(
    r"(?:아닌가|아니냐|아닙니까|아니겠|않[은는]가|않나|않습니까|않겠(?:느냐|나|는가|습니까))(?:[?.]|$|[”\"’']|(?:라?고|며|면서) )"
)
_ASKS = re.compile(
    r"\?|\b(?:whether|if|wonder\w*|perhaps|maybe|probably|may|might|must|surely|should|seems?|suggest\w*|ask\w*)\b",
    re.IGNORECASE,
)
_UNLESS = re.compile("(?:없으면|않으면|못하면|아니면|없이는|없고서는|않고서는).{0,30}?(?:없|못|않|안 )")
"""Pattern for what is impossible without a condition."""
_EITHER = re.compile("with or without")
_NEEDED = re.compile(
    r"\b(?:only|must|need\w*|ha(?:ve|s|d) to|requir\w*|necess\w*|essential|before|until|depend\w*|or else|otherwise)\b",
    re.IGNORECASE,
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.is_korean_to_english:
        return
    source, target = unit.source, unit.target
    negation = _KOREAN.search(source)
    affirmed = _AFFIRMED.search(source) if negation or "밖에" in source else None
    turned = _turned(source, target) if negation and not affirmed else None
    if negation:
        negation = _KOREAN.search(_DOUBLE.sub(lambda found: "〓" * len(found[0]), source))
    if affirmed:
        yield from _affirmed(unit, affirmed)
    elif turned:
        korean, english = turned
        message = MESSAGES("negation/double", korean=korean[0], english=english[0])
        yield Issue("negation", IDS["negation"], message, korean.span(), english.span())
    elif (found := opposite(source, target)) and not _PLAIN_KOREAN.search(source):
        message = MESSAGES(
            "negation/opposite", korean=source[slice(*found.source)], english=target[slice(*found.target)]
        )
        yield Issue("negation", IDS["negation"], message, found.source, found.target)
    elif condition := _UNLESS.search(source) if negation else None:
        yield from _conditional(unit, condition)
    elif negation and not _ENGLISH.search(target) and _is_turned_round(unit, negation):
        message = MESSAGES("negation", korean=source[slice(*negation.span())])
        yield Issue("negation", IDS["negation"], message, negation.span())
    elif not negation and (english_negation := _plain_not(target)) and _may_be_added(source, target):
        message = MESSAGES("negation/added", english=english_negation[0])
        yield Issue("negation", IDS["negation"], message, None, english_negation.span())


def _is_turned_round(unit: Unit, negation: re.Match[str]) -> bool:
    """True if the English, which has no negation, affirms what the Korean negates."""
    affirms = is_affirmed(unit.source, negation.span(), unit.target)
    if affirms is not None:
        return affirms
    return not _PURPOSE.match(unit.source, negation.end()) and len(unit.target.split()) <= SHORT


def _turned(source: str, target: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """Return the Korean that affirms in spite of its negation, and the English that negates it."""
    if (many := _MANY.search(source)) and (few := _FEW.search(target)):
        return many, few
    negation = _plain_not(target)
    if negation is None or _TAG.search(target) or _TWICE.search(target):
        return None
    strengthened, question = _AFFIRMING.search(source), _RHETORICAL.search(source)
    for korean, excuse in ((strengthened, _STRENGTHENED), (question, _ASKS)):
        if korean and not excuse.search(target) and not _negates_elsewhere(source, korean):
            return korean, negation
    return None


def _conditional(unit: Unit, condition: re.Match[str]) -> Iterator[Issue]:
    """Yield an issue if only one of two negations, or none, is in the English."""
    if _NEEDED.search(unit.target):
        return
    found = [match for match in _ENGLISH.finditer(unit.target) if not _EITHER.match(unit.target, match.start() - 8)]
    if len(found) <= 1:
        message = MESSAGES("negation/condition", korean=condition[0])
        yield Issue("negation", IDS["negation"], message, condition.span(), found[0].span() if found else None)


def _negates_elsewhere(source: str, part: re.Match[str]) -> bool:
    rest = source[: part.start()] + source[part.end() :]
    return _PLAIN_KOREAN.search(rest) is not None or _LEXICAL.search(rest) is not None


def _plain_not(target: str) -> re.Match[str] | None:
    """Return the first plain negation of an English text; most texts have no part of one."""
    if "not" in target or "never" in target or "n't" in target or "n’t" in target:
        return _PLAIN_NOT.search(target)
    return None


def _may_be_added(source: str, target: str) -> bool:
    is_excused = _DOUBLE.search(source) or _LEXICAL.search(source) or _TAG.search(target)
    return not is_excused and not _NOT_NEGATIVE.search(target) and not _TWICE.search(target)


def _affirmed(unit: Unit, affirmed: re.Match[str]) -> Iterator[Issue]:
    """Yield an issue if the English negates what a double negation affirms."""
    rest = unit.source[: affirmed.start()] + unit.source[affirmed.end() :]
    negations = _ANY_NOT.findall(unit.target)
    if len(negations) != 1 or _TWICE.search(unit.target) or _PLAIN_KOREAN.search(rest) or _LEXICAL.search(rest):
        return
    negation = _ANY_NOT.search(unit.target)
    assert negation
    message = MESSAGES("negation/double", korean=affirmed[0], english=negation[0])
    yield Issue("negation", IDS["negation"], message, affirmed.span(), negation.span())
