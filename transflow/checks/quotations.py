"""Quotations that are lost, added or not closed.

A quotation is missing if the translation has no quotation marks and either is too short to contain
it or speaks as “I” or “we”. A paraphrased quotation is only a hint. A quotation is added if the
translation has direct speech in quotation marks while the Korean has none and reports no speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("", "en")
IDS: Mapping[str, Severity] = {
    "quotations.missing": "warning",
    "quotations.added": "warning",
    "quotations.unbalanced": "warning",
    "quotations.open": "hint",
    "quotations.paraphrased": "hint",
    "quotations.count": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "quotations.missing": "what is said in {korean} is missing.",
        "quotations.missing/marks": "{korean} is quoted; the English has no quotation marks.",
        "quotations.paraphrased": "{korean} is quoted; the English puts it in its own words.",
        "quotations.count": "the Korean has more quotations ({korean}) than the English ({english}).",
        "quotations.added": "the Korean quotes nobody here.",
        "quotations.unbalanced": "this quotation is not closed before it says who spoke.",
        "quotations.unbalanced/opened": "this quotation was never opened.",
        "quotations.open": "this quotation mark has no partner, which is right only if the quotation continues in the next paragraph.",
    },
)
PASSING = (
    Example("그는 “모든 것이 끝났다”고 말했다.", "“Everything is over,” he said."),
    Example("이른바 ‘햇볕정책’이다.", "It is the so-called Sunshine Policy."),
    Example("그는 6'2\"의 장신이다.", "He is 6'2\" tall."),
    Example("“다 끝났다. 우리는 간다.", "“It is all over. We are going."),
)
FAILING = (
    Example("박 씨는 “국경을 넘을 때 아무도 우리를 돕지 않았다”고 말했다.", "Park said.", "", "quotations.missing"),
    Example("박 씨는 “나는 떠나지 않는다”고 말했다.", "Park said I am not leaving.", "", "quotations.missing"),
    Example("그는 곧 떠났다.", "“I am leaving this old place, and for good this time,” he said.",
        "“I am leaving this old place, and for good this time,”", "quotations.added"),
    Example("그는 “간다”고 말했다.", "“I am going, he said.", "“", "quotations.unbalanced"),
    Example("그는 “간다”고 말했다.", "He said, I am going.”", "”", "quotations.unbalanced"),
    Example("그는 간다고 말했다. 그리고 갔다.", "He said so. “And he went", "“", "quotations.open"),
    Example("그는 “모든 것이 끝났다”고 말했다.", "He said that everything was over.", "", "quotations.paraphrased"),
    Example("“간다”고 했다. “안 온다”고 했다.", "“I am going” was all that was said.", "", "quotations.count"),
)  # fmt: skip
_KOREAN = re.compile('[“"„「『«]([^“”"„「」『』«»]+)[”"“」』»]')
_ANY_KOREAN = re.compile("[“”\"„‟「」『』«»‘’'<>〈〉《》`´]")
_SPEECH = re.compile("(?:[다까요죠라자오네군]|[.?!…])$")
_ENGLISH = re.compile('[“"„«]([^“”"„«»]+)[”"“»]')
_ANY_ENGLISH = re.compile("[“”\"„‟«»]|''|``|´´|‘‘|’’|(?:^|[\\s(])['‘`´]\\w")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Ww]e|[Mm]y|[Oo]ur)\b")
_INCHES = re.compile('(?<=[0-9])["”](?![.,]?["”])')
_ATTRIBUTION_TO_END = re.compile(
    r"[,?!] (?:[\w.’'-]+ ){1,6}?(?:said|says|added|asked|told|wrote|explained|noted|recalled)\b[^“”\"]*$"
)
"""Pattern for an attribution that reaches the end of the unit without another quotation mark."""
_CLOSES = re.compile("[\\w.,?!…]”$")
_WORDS_PER_KOREAN_WORD = 1.9
"""Average number of English words for a Korean one."""
_MIN_SHARE = 0.3
"""Share of a quotation's words for which there must be room, or it counts as lost."""
_MIN_ATTRIBUTED = 4
"""Minimum length of an attributed quotation that counts as added, in words."""
_REPORTED_SPEECH = re.compile(
    "[다라자냐까요죠]고|[다라]며|[다라]는|말|밝[혔히]|전[했하]|묻|물[었으]|답|주장|강조|설명|지적|보도|발표|덧붙|경고|비난|촉구|인용"
)
_ATTRIBUTION = re.compile(
    r",? (?:he|she|they|[A-Z][\w.’'-]+) (?:said|says|added|told|asked)\b|,? (?:said|says|added|told|asked)\b"
)
_MIN_RATIO = 0.6
"""Ratio of English to Korean words below which something was certainly left out."""
_MIN_UNATTRIBUTED = 10
"""Minimum length of an unattributed quotation that counts as added, in words; shorter ones are
terms.
"""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if context.locale.startswith("en"):
        yield from _balance(unit)
    if context.is_korean_to_english and unit.kind != "headline":
        yield from _compared(unit)


def _compared(unit: Unit) -> Iterator[Issue]:
    source, target = unit.source, unit.target
    speeches = [match for match in _KOREAN.finditer(source) if _is_speech(match, source)]
    has_marks = bool(_ANY_ENGLISH.search(target))
    if speeches and not has_marks:
        yield _lost(unit, speeches)
    elif not _ANY_KOREAN.search(source):
        yield from _added(source, target)
    elif speeches and len(quoted := list(_ENGLISH.finditer(target))) < len(speeches):
        message = MESSAGES("quotations.count", korean=len(speeches), english=len(quoted))
        yield Issue("quotations.count", IDS["quotations.count"], message)


def _is_speech(match: re.Match[str], source: str) -> bool:
    """Return True if a quotation is direct speech.

    It ends like a sentence, or a particle such as 고, 라고 or 며 follows it.
    """
    return len(match[1]) > 1 and bool(
        re.match("(?:이?라)?[고며면]|이?라는|는|등", source[match.end() :].lstrip()) or _SPEECH.search(match[1])
    )


def _lost(unit: Unit, speeches: list[re.Match[str]]) -> Issue:
    span = speeches[0].span()
    quoted = sum(len(match[1].split()) for match in speeches)
    whole, english = len(unit.source.split()), len(unit.target.split())
    available = english - _WORDS_PER_KOREAN_WORD * (whole - quoted)
    if quoted > 2 and available < _MIN_SHARE * _WORDS_PER_KOREAN_WORD * quoted and english < _MIN_RATIO * whole:
        message = MESSAGES("quotations.missing", korean=speeches[0][0])
        return Issue("quotations.missing", IDS["quotations.missing"], message, span)
    if _FIRST_PERSON.search(unit.target):
        message = MESSAGES("quotations.missing/marks", korean=speeches[0][0])
        return Issue("quotations.missing", IDS["quotations.missing"], message, span)
    message = MESSAGES("quotations.paraphrased", korean=speeches[0][0])
    return Issue("quotations.paraphrased", IDS["quotations.paraphrased"], message, span)


def _added(source: str, target: str) -> Iterator[Issue]:
    if _REPORTED_SPEECH.search(source):
        return
    for match in _ENGLISH.finditer(target):
        length = len(match[1].split())
        if length >= _MIN_UNATTRIBUTED or (length >= _MIN_ATTRIBUTED and _ATTRIBUTION.match(target, match.end())):
            yield Issue("quotations.added", IDS["quotations.added"], MESSAGES("quotations.added"), None, match.span())


def _balance(unit: Unit) -> Iterator[Issue]:
    """Yield an issue for an unpaired mark.

    If the source has one too, the quotation continues in the next unit, which is correct.
    """
    unpaired = _unpaired_mark(unit.target)
    if unpaired is None or _unpaired_mark(unit.source) is not None:
        return
    span = (unpaired, unpaired + 1)
    if _ATTRIBUTION_TO_END.search(unit.target, unpaired) and unit.target[unpaired] in '“"':
        message = MESSAGES("quotations.unbalanced")
        yield Issue("quotations.unbalanced", IDS["quotations.unbalanced"], message, None, span)
    elif _CLOSES.search(unit.target[: unpaired + 1]) and _KOREAN.search(unit.source):
        message = MESSAGES("quotations.unbalanced/opened")
        yield Issue("quotations.unbalanced", IDS["quotations.unbalanced"], message, None, span)
    else:
        message = MESSAGES("quotations.open")
        yield Issue("quotations.open", IDS["quotations.open"], message, None, span)


def _unpaired_mark(text: str) -> int | None:
    """Return the index of an unpaired double quotation mark, or None if all are paired."""
    text = _INCHES.sub("′", text) if text.count('"') % 2 else text
    open_at: int | None = None
    for match in re.finditer('[“”"]', text):
        mark = match[0]
        if open_at is None:
            open_at = match.start()  # for ” too: some write ”so”
        elif mark == "“":
            return open_at
        else:
            open_at = None
    return open_at
