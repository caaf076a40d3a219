"""Words that say the opposite: 부인 and “admitted”, 비공개 and “public”, 반대 and “did not oppose”.

Invariant: nothing is found if either text negates in a way that could reverse the word, or if the
English has a word of the right meaning, too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Span = tuple[int, int]


class Opposition(NamedTuple):
    source: Span
    target: Span


class _Word(NamedTuple):
    korean: str
    right: str
    """Pattern of English words that may translate it."""
    opposite: str


_WORDS = (
    _Word(
        "거부|거절|사절|불허",
        "reject|refus|declin|den[yi]|turn(?:ed|s|ing)? (?:down|away)|veto|rebuff|spurn|object",
        "accept|approv|agree|allow|permit",
    ),
    _Word(
        "부인(?=[했하해할합도]|한다|한 )",
        "den[yi]|disput|reject|refut|disavow|dismiss",
        "admit|acknowledg|confess|confirm",
    ),
    _Word(
        "(?<![재])(?:시인|자백|인정)(?=[했하해할됐되])",
        "admit|acknowledg|confess|confirm|recogni|accept|found|grant|conced|agree",
        "den(?:y|ied|ies)",
    ),
    _Word("실패", "fail|unsuccess|collaps|fell|miss|lost|unable|could|bust|flop|break", "succe(?:ed|ss)"),
    _Word("(?<!미)성공(?!회)", "success|succe|manag|able|achiev|made|won|pull", "fail"),
    _Word(
        "금지|불허",
        "ban|prohibit|forb|bar|outlaw|illegal|stop|prevent|block|restrict|embargo|taboo|moratorium|curfew",
        "allow|permit|encourag|let ",
    ),
    _Word(
        "(?<![불무])허용|(?<![무불미])허가|허락",
        "allow|permit|licen|authori|approv|let|accept|consent|grant|admit|open|green",
        "ban(?:ned|s)?\\b|prohibit|forb[ia]d",
    ),
    _Word(
        "(?<!맞)반대(?!로|편|쪽|말|급|방향|의견서)",
        "oppos|against|object|reject|contra|disagree|dissent|revers|resist|protest|anti|critic|no\\b|disappr|other",
        "support|favou?r|back(?:ed|s|ing)?\\b|endors|approv|(?:was|were|is|are|voted) for\\b",
    ),
    _Word(
        "찬성|지지(?=[했하한할])",
        "support|favou?r|back|endors|approv|agree|for\\b|yes|affirm|advoca|champion|sympath",
        "oppos|against|reject|object",
    ),
    _Word(
        "부족(?=[하한했해])|모자라|결핍",
        "lack|short|insuffic|scarc|inadequ|defici|without|need|low|poor|limited|run|ran|few|little|malnu|under",
        "plentiful|abundan|plenty|ample|(?:sufficient|enough|adequate)\\b",
    ),
    _Word(
        "풍부|(?<!불)충분(?=[하한했히])|넉넉",
        "enough|suffic|plent|abund|ample|rich|adequa|full|good|well|long|generous|fair|thorough|quite|much",
        "lack|short(?:age|\\b)|insuffic|inadequ|scarc",
    ),
    _Word(
        "위반|어[겼긴기](?!없)",
        "break|broke|violat|breach|defy|defi|contrav|infring|flout|against|default|ignor",
        "obey|observ|honou?r|kept|comply|complied|uph[oe]ld",
    ),
    _Word(
        "지켰|지키(?!지)|준수",
        "keep|kept|obey|observ|honou?r|compl|uph|abid|protect|defend|guard|maintain|adher|follow|respect|watch|stay|preserv|save",
        "broke|break|violat|breach",
    ),
    _Word(
        "철회|취소|백지화|번복",
        "withdr|cancel|revok|retract|scrap|drop|call(?:ed)? off|rescind|overturn|annul|revers|void|abandon|take|took|shelv|nullif|undo",
        "declar|announc|maintain|reaffirm|confirm|express",
    ),
    _Word("무죄", "acquit|not guilty|innocen|clear|exonerat|vindicat", "guilty|convict"),
    _Word("유죄", "guilty|convict|condemn", "not guilty|acquit|innocent"),
    _Word(
        "불법|비합법|위법",
        "illegal|unlawful|illicit|without|unauthor|crim|unlicen|against|black|smuggl|poach|pirat|banned|bootleg|undocument",
        "(?<!il)legal\\b|legally|lawful",
    ),
    _Word("(?<![비불])합법(?!칙)", "legal|lawful|legitim|law", "illegal|unlawful|illicit"),
    _Word(
        "비공개|미공개",
        "clos|privat|secre|undisclos|confiden|classif|behind|not|unpubl|unreleas|unannoun|in camera|off",
        "public|open(?:ly|ed)?\\b|disclosed|released",
    ),
    _Word("비공식", "unoffic|inform|off the record|privat|back", "official|formal"),
    _Word("미완성|미완의|미완료", "unfinish|incompl|not|uncompl|partial", "finished|complete"),
    _Word(
        "무허가|미허가|무면허|무등록",
        "unlicen|unauthor|illegal|without|unpermit|unregist|shanty|squat|no\\b",
        "licensed|authori[sz]ed|permitted|registered",
    ),
    _Word(
        "불가능|불가(?=[하라피]|$)",
        "impossib|unable|cannot|can't|not|never|incapab|no way|unattain|unfeas|in",
        "possible|feasible|able",
    ),
    _Word(
        "(?<!불)가능성|(?<!불)가능(?=[하한해])",
        "possib|likel|can|could|may|might|able|potent|chance|feas|prob|capab|will|would|prospect|doab|allow|let",
        "impossible|unable|cannot",
    ),
    _Word(
        "불만(?!족도)",
        "dissatisf|complain|discontent|unhapp|frustrat|grieva|grumbl|displeas|resent|annoy|disgruntl|anger|upset|not|unsatisf",
        "satisf|content(?:ed|ment)\\b|happy|pleased",
    ),
    _Word(
        "무관심",
        "indifferen|apath|lack|no\\b|disinterest|not|unconcern|uninterest|disregard|neglect|ignor|little",
        "interest",
    ),
    _Word(
        "다르다|달랐다|다릅니다",
        "differ|unlike|other|vary|varie|not|distinct|another|contra",
        "same\\b|alike|identical|like\\b|similar",
    ),
    _Word("안전(?=[한하했])", "saf|secur|well|protect", "unsafe|dangerous|insecure|risky"),
    _Word(
        "중단(?=[했하해할됐되된될])|멈췄|그만[뒀두]",
        "stop|suspend|halt|end|ceas|discontinu|interrupt|paus|cancel|quit|abandon|shut|drop|no\\b|cut",
        "resumed?|continued?|restarted",
    ),
    _Word(
        "제외(?=[했하해할됐되된될])",
        "exclu|except|left|leav|drop|remov|without|omit|apart|other|take|took|off\\b|not|but\\b|bar",
        "includ\\w+",
    ),
    _Word(
        "불응", "refus|not|declin|defi|defy|ignor|disobe|resist|without|reject|fail", "compl(?:y|ied)|obey\\w*|agreed"
    ),
    _Word(
        "무단",
        "without|unauthor|illegal|not|un|no\\b|illicit|trespass|truant",
        "authori[sz]ed|permitted|with permission",
    ),
    _Word("불공정|불공평", "unfair|not|bias|unjust|unequal", "fair\\b|fairly|just\\b"),
    _Word("부정확", "inaccur|incorr|wrong|not|impreci|inexact", "accurate|correct|exact|precise"),
    _Word("불필요", "unnec|need|not|superflu|redundan", "necessary|needed|essential"),
    _Word("부적절", "inappropri|improper|not|unsuit|unfit|inadequ", "appropriate|proper\\b|suitable"),
    _Word("비정상", "abnorm|irreg|unusu|not|anomal", "normal|regular|usual"),
    _Word("불편(?=[한하했해])", "uncomf|inconv|difficult|not|troubl|hard|disab|awkward", "comfortable|convenient|easy"),
    _Word("불행(?=[한하했])", "unhapp|misfort|unfort|miser|trag|sad|not|unluck", "happy|fortunate|lucky"),
    _Word("불평등", "inequal|unequal|dispar|not|unfair", "equality|equal\\b"),
    _Word("(?<!불)공정(?=[한하했])|(?<!불)공평(?=[한하했])", "fair|just|equit|impart|even", "unfair|unjust|biased"),
    _Word(
        "(?<!부)정확(?=[한하했히])", "accur|exact|correct|precis|right|just|actual", "inaccurate|incorrect|imprecise"
    ),
    _Word("(?<!불)행복(?=[한하했])", "happ|glad|joy|bliss|pleas|delight|content", "unhappy|miserable|sad\\b"),
    _Word("부재", "absen|lack|without|vacuum|missing|vacan|no\\b|away|void|gone", "presence|present"),
    _Word(
        "불참|결석|불출석",
        "absen|not|skip|miss|boycott|no-show|stay|away|without|declin|fail|sit",
        "attend|present|participat|took part|join",
    ),
    _Word("불신", "distrust|mistrust|suspic|not|no\\b|doubt|lack|skeptic|scept|wary", "trust|confiden"),
    _Word("불안정", "unstab|instab|volat|fragil|shak|precar|uncertain|turbul|erratic|unsteady", "stable|stability"),
    _Word("(?<!불)안정(?=[되적된됐])", "stab|steady|settl|calm|secur|level|safe", "unstable|instability"),
    _Word(
        "불리(?=[하한했해])",
        "disadv|unfavo|advers|against|bad|worse|not|hurt|harm|detriment|un",
        "advantage|favou?rable|beneficial",
    ),
    _Word(
        "(?<!불)유리(?=[하한했해])",
        "advant|favo|benef|edge|better|good|upper|profit|glass",
        "disadvantag|unfavou?rable",
    ),
    _Word(
        "미확인|미상|불확실",
        "unconfirm|unidentif|unknown|uncertain|unverif|not|unspecif|unclear",
        "confirmed|identified|certain\\b|verified|known",
    ),
    _Word(
        "무사히|무사(?=[하한했])|안전하게",
        "safe|unharm|unhurt|without|secur|smooth|sound|success|well|intact",
        "injured|unsafe|harmed\\b|hurt",
    ),
    _Word("미납|체납|미지급", "unpaid|not|overdue|arrear|default|fail|owe|outstand|delinq|withh|back", "paid"),
    _Word("무소속", "independ|unaffil|non|no party|without", "affiliated|party member"),
    _Word(
        "거짓|허위",
        "false|lie|lying|lies|fake|untru|fabric|decei|dishon|bogus|fict|mislead|pretend|perjur|hoax|wrong|no truth",
        "true|truth|genuine|honest",
    ),
    _Word("잊(?!혀)", "forg|slip|lost|overlook|neglect|mind|leave|left", "remember"),
    _Word(
        "(?<!지도 )(?<!지 )모르(?:[는고며지]|ㄴ)|(?<!지도 )(?<!지 )모른다|(?<!지도 )몰랐|(?<!지도 )몰라",
        "unknown|unaware|unfamiliar|unbeknown|ignor|oblivious|unclear|unsure|idea|wonder|may|might|could|perhaps|possib|stranger"
        "|secret|hidden|how|what|uncertain|mystery|anonym|surpris|only|miss|rather|lost",
        "knows?\\b|knew\\b|aware\\b|learned\\b",
    ),
    _Word(
        "바닥[났나]|동났|고갈",
        "run|ran|deplet|exhaust|no\\b|out of|gone|empty|nothing|dr[iy]|used|short|over\\b|bottom|drain|dwindl",
        "plenty|plentiful|abundan|enough|ample|full\\b",
    ),
    _Word(
        "(?<!재)결렬",
        "br[eo]ak|broke|collaps|fail|fell|ruptur|no deal|stall|derail|impasse|end|suspend|walk|without",
        "succe|conclud|agreement was|was agreed|were agreed",
    ),
    _Word(
        "무산(?=[됐되된될시])",
        "fell|fail|collaps|cancel|call|scrap|abort|fizzl|thwart|foil|derail|stymi|scuttl|block|off\\b|through",
        "took place|succe|went ahead|was held|were held|realized",
    ),
    _Word(
        "재개(?=[했하해할됐되된될])",
        "resum|re-?open|re-?start|again|renew|return|back|begin|began|new|continu|go|pick",
        "suspend|halt|stop|broke off|ended",
    ),
    _Word(
        "비[가는] ?(?:그쳤|그친)|총성[이은] ?(?:그쳤|그친)|멎었|멎은|멈췄|멈춰 ?섰",
        "stop|halt|ceas|end|paus|let up|subsid|quiet|silen|over\\b|clear|died|fell|shut|stall|froze|idle|standstill|grind|ground",
        "continu|kept|still\\b|went on|carried on",
    ),
    _Word(
        "무효(?=[표라로화인])|무효",
        "invalid|void|null|annul|overturn|nullif|cancel|ineffect|strik|struck|spoil|revers|revok|scrap|quash",
        "valid\\b|effective\\b|in force",
    ),
)
_PATTERNS = tuple(
    (
        re.compile(word.korean),
        re.compile(rf"\b(?:{word.right})", re.IGNORECASE),
        re.compile(rf"\b(?:{word.opposite})\w*", re.IGNORECASE),
    )
    for word in _WORDS
)


def _first_letters(pattern: str) -> str:
    """Return the letters with which the alternatives of a pattern begin."""
    plain = re.sub(r"\(\?<?[=!][^()]*\)|\(\?:|\)", "", pattern)
    return "".join(sorted({alternative[0] for alternative in plain.split("|")}))


_KOREAN = "|".join(word.korean for word in _WORDS)
_ANY = re.compile(f"(?=[{_first_letters(_KOREAN)}])(?:{_KOREAN})")
_NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|hardly|barely|rarely|un\w+|fail\w*|refus\w*|lack\w*|stop\w*"
    r"|less|little|few|den\w+|if|whether|instead|rather|despite|but|anti\w*|end\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT_OPPOSED = tuple(
    (
        re.compile(korean),
        re.compile(
            r"\b(?:did|does|do|would|will|has|have|had|is|are|was|were)(?: not|n['’]t)(?: \w+)? "
            rf"(?:{english})\w*",
            re.IGNORECASE,
        ),
    )
    for korean, english in (
        ("반대", "oppos|object"),
        ("거부|거절", "reject|refus"),
        ("부인", "den[yi]"),
        ("실패", "fail"),
        ("금지", "ban|prohibit|forb"),
        ("위반|어겼", "violat|br[eo][ak]"),
        ("지지|찬성", "support|back"),
        ("수용|동의|승인", "accept|agree|approv"),
        ("인정|시인", "admit|acknowledg"),
        ("철회|취소", "withdr|cancel"),
        ("성공", "succe"),
    )
)
"""Words with the English that denies them: 반대 and “did not oppose”."""
_ASSERTED = re.compile("|".join(korean.pattern for korean, _ in _NOT_OPPOSED))
_TURNED = re.compile("않|없|못|아니|말라|안 ")


def opposite(source: str, target: str) -> Opposition | None:
    """Return a word of the source and the English that says the opposite."""
    if not _ANY.search(source) and not _ASSERTED.search(source):
        return None
    if _TURNED.search(source):
        return None
    for korean, right, opposed in _PATTERNS:
        ours = korean.search(source)
        theirs = opposed.search(target) if ours and not right.search(target) else None
        if ours and theirs and not _NOT.search(target[: theirs.start()] + target[theirs.end() :]):
            is_explained = any(right.match(theirs[0]) and other.search(source) for other, right, _ in _PATTERNS)
            if not is_explained:
                return Opposition(ours.span(), theirs.span())
    for korean, denied in _NOT_OPPOSED:
        if (asserted := korean.search(source)) and (found := denied.search(target)):
            return Opposition(asserted.span(), found.span())
    return None
