"""Quotations that are lost, added or not closed.

A quotation is missing if the translation has no quotation marks and either is too short to contain
it or speaks as “I” or “we”; and if one of several, or a part of one, is left out or stands there
without marks. A paraphrased quotation is only a hint. A quotation is added if the translation has
direct speech in quotation marks while the Korean quotes nobody, though it may report what somebody
said, or quotes much less; it is only a hint if it is the whole sentence and the sentences before
are unknown. A mark without a partner is a warning if the Korean is closed; if the Korean continues
in the next sentence, the English may too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.quotations.compare import WORDS, compare
from transflow.language.quotations.english import read_english, unclosed_inside
from transflow.language.quotations.explained import readings
from transflow.language.quotations.korean import is_whole, read_korean
from transflow.language.quotations.marks import UnpairedMark, words
from transflow.language.quotations.speakers import compare_speakers
from transflow.messages import Messages
from transflow.model.explanation import Explanation
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("", "en")
IDS: Mapping[str, Severity] = {
    "quotations.missing": "warning",
    "quotations.added": "warning",
    "quotations.unbalanced": "warning",
    "quotations.speaker": "warning",
    "quotations.open": "hint",
    "quotations.whole": "hint",
    "quotations.paraphrased": "hint",
    "quotations.count": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "quotations.missing": "what is said in {korean} is missing.",
        "quotations.missing/marks": "{korean} is quoted; the English has no quotation marks.",
        "quotations.missing/some": "the Korean quotes this too; the English has no quotation marks here.",
        "quotations.paraphrased": "{korean} is quoted; the English puts it in its own words.",
        "quotations.count": "the Korean has more quotations ({korean}) than the English ({english}).",
        "quotations.added": "the Korean quotes nobody here.",
        "quotations.added/more": "the Korean quotes less than this.",
        "quotations.whole": "all of this is quoted; the Korean has no quotation marks, which is right only inside a longer quotation.",
        "quotations.unbalanced": "this quotation is not closed before it says who spoke.",
        "quotations.unbalanced/end": "this quotation is not closed.",
        "quotations.unbalanced/opened": "this quotation was never opened.",
        "quotations.unbalanced/inside": "this mark of a quotation in a quotation has no partner.",
        "quotations.unbalanced/speaker": "the marks enclose who says it.",
        "quotations.speaker": "“{korean}” says it; the English has “{english}”.",
        "quotations.unbalanced/other-end": "the Korean has its mark at the other end of the quotation.",
        "quotations.open": "this quotation mark has no partner, which is right only if the quotation continues in the next paragraph.",
    },
)
PASSING = (
    Example("그는 “모든 것이 끝났다”고 말했다.", "“Everything is over,” he said."),
    Example("이른바 ‘햇볕정책’이다.", "It is the so-called Sunshine Policy."),
    Example("그는 6'2\"의 장신이다.", "He is 6'2\" tall."),
    Example("“다 끝났다. 우리는 간다.", "“It is all over. We are going."),
    Example("그는 “늦었다”며 “돌아가자”고 했다.", "“It is late, let us go back,” he said."),
    Example("한 간부는 “모른다”고 했다.", "“I do not know,” an official said."),
    Example("그는 이 제안이 공정하지 않다고 말했다.", "He said the proposal was “not fair.”"),
)
FAILING = (
    Example("박 씨는 “국경을 넘을 때 아무도 우리를 돕지 않았다”고 말했다.", "Park said.", "", "quotations.missing"),
    Example("박 씨는 “나는 떠나지 않는다”고 말했다.", "Park said I am not leaving.", "", "quotations.missing"),
    Example("그는 “늦었다”며 “내일 떠나자”고 했다.", "“It is late,” he said. Let us leave tomorrow.",
        "Let us leave tomorrow.", "quotations.missing"),
    Example("어머니는 “꼭 오라”고 했다.", "“You must come, her mother said.”", "“You must come, her mother said.”",
        "quotations.unbalanced"),
    Example("의사는 “약이 없다”고 했다.", "“There is no medicine,” the patient said.", "patient", "quotations.speaker"),
    Example("그는 곧 떠났다.", "“I am leaving this old place, and for good this time,” he said.",
        "“I am leaving this old place, and for good this time,”", "quotations.added"),
    Example("그는 곧 떠나겠다고 말했다.", "“I will leave soon,” he said.", "“I will leave soon,”", "quotations.added"),
    Example("그들은 그를 “선생님”이라고 불렀다.", "“He taught us all to read and write,” they said.",
        "“He taught us all to read and write,”", "quotations.added"),
    Example("그는 “간다”고 말했다.", "“I am going, he said.", "“", "quotations.unbalanced"),
    Example("그는 “간다”고 말했다.", "He said, I am going.”", "”", "quotations.unbalanced"),
    Example("그는 “간다”고 말했다.", "He said, “I am going.", "“", "quotations.unbalanced"),
    Example("그래서 떠났습니다.”", "“That is why I left.", "“", "quotations.unbalanced"),
    Example("그는 “형이 ‘가라’고 했다”고 말했다.", "“My brother said, ‘Go,” he said.", "‘", "quotations.unbalanced"),
    Example("그는 간다고 말했다. 그리고 갔다.", "He said so. “And he went", "“", "quotations.open"),
    Example("모두 떠나고 나만 혼자 남았다.", "“Everybody left, and I was the only one who stayed here.”",
        "“Everybody left, and I was the only one who stayed here.”", "quotations.whole"),
    Example("그는 “모든 것이 끝났다”고 말했다.", "He said that everything was over.", "", "quotations.paraphrased"),
    Example("“간다”고 했다. “안 온다”고 했다.", "“I am going” was all that was said, and no more.", "", "quotations.count"),
)  # fmt: skip
_ATTRIBUTION_TO_END = re.compile(
    r"[,?!] (?:[\w.’'-]+ ){1,6}?(?:said|says|added|asked|told|wrote|explained|noted|recalled)\b[^“”\"]*$"
)
"""Pattern for an attribution that reaches the end of the unit without another quotation mark."""
_IN_ANGLES = re.compile("<([^<>]{1,40})>")
"""Pattern for a title in ASCII brackets: 영화 <기생충>."""
_MAX_MARKS = 5_000
"""Maximum number of quotation marks of a text that is looked at: more stand in no report."""
_MAX_TERM = 6
"""Maximum number of English words beside a marked term in a sentence."""


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.locale.startswith("en") or sum(map(unit.target.count, '“”"')) > _MAX_MARKS:
        return
    unpaired = read_english(unit.target).unpaired
    if unpaired:
        yield from _unpaired(unit, unpaired[0], context)
    elif context.is_korean_to_english:
        yield from (_unbalanced("quotations.unbalanced/inside", at) for at in unclosed_inside(unit.target))
        if unit.kind != "headline" and not _is_inside(unit.source, context.neighbours):
            yield from _compared(unit, context)


def explain(unit: Unit, context: CheckContext) -> Explanation:
    """Return the quotations of both sides."""
    if not context.is_korean_to_english:
        return Explanation("quotations", (), ())
    return Explanation("quotations", *readings(unit.source, unit.target))


def _unpaired(unit: Unit, mark: UnpairedMark, context: CheckContext) -> Iterator[Issue]:
    """Yield an issue for a mark without a partner.

    If the source has one too, at the same end, the quotation continues in the next unit, which is
    correct.
    """
    is_korean = context.language.startswith("ko")
    source = read_korean(unit.source) if is_korean else read_english(unit.source)
    if source.unpaired:
        if is_korean and all(each.opens != mark.opens for each in source.unpaired):
            yield _unbalanced("quotations.unbalanced/other-end", mark.offset)
    elif mark.opens and _ATTRIBUTION_TO_END.search(unit.target, mark.offset):
        yield _unbalanced("quotations.unbalanced", mark.offset)
    elif not is_korean or not mark.certain or not _corresponds(unit, mark):
        yield Issue("quotations.open", IDS["quotations.open"], MESSAGES("quotations.open"), None, _span(mark.offset))
    elif not mark.opens:
        yield _unbalanced("quotations.unbalanced/opened", mark.offset)
    elif is_whole(unit.source) and _is_last_quotation(unit.target, mark.offset):
        yield Issue("quotations.open", IDS["quotations.open"], MESSAGES("quotations.open"), None, _span(mark.offset))
    else:
        yield _unbalanced("quotations.unbalanced/end", mark.offset)


def _corresponds(unit: Unit, mark: UnpairedMark) -> bool:
    """True if the Korean quotes somebody, or marks a term that is as long as what the mark begins
    or ends.
    """
    quotations = read_korean(unit.source).quotations
    part = unit.target[mark.offset :] if mark.opens else unit.target[: mark.offset]
    terms = [*(each.text for each in quotations), *_IN_ANGLES.findall(unit.source)]
    return any(each.is_speech for each in quotations) or (
        bool(terms) and words(part) <= _MAX_TERM + WORDS * max(map(words, terms))
    )


def _is_last_quotation(target: str, opener: int) -> bool:
    """True if a quotation opens the text: the speaker may go on in the next paragraph."""
    return not target[:opener].strip()


def _unbalanced(key: str, index: int) -> Issue:
    return Issue("quotations.unbalanced", IDS["quotations.unbalanced"], MESSAGES(key), None, _span(index))


def _span(index: int) -> tuple[int, int]:
    return index, index + 1


def _is_inside(source: str, neighbours: tuple[str, ...]) -> bool:
    """True if an earlier sentence leaves a quotation open, so that this one is a part of it."""
    for each in (source, *reversed(neighbours)):
        if unpaired := read_korean(each).unpaired:
            return each is source or unpaired[-1].opens
    return False


def _compared(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    difference = compare(unit.source, unit.target)
    if difference is None:
        yield from _speaker(unit)
        return
    if difference.key == "quotations.whole" and context.neighbours:  # which leave no quotation open
        difference = difference._replace(key="quotations.added")
    check_id = difference.key.partition("/")[0]
    if check_id == "quotations.count":
        message = MESSAGES(difference.key, korean=difference.counts[0], english=difference.counts[1])
    elif difference.key in ("quotations.missing", "quotations.missing/marks", "quotations.paraphrased"):
        message = MESSAGES(difference.key, korean=difference.quoted)
    else:
        message = MESSAGES(difference.key)
    yield Issue(check_id, IDS[check_id], message, difference.source_span, difference.target_span)


def _speaker(unit: Unit) -> Iterator[Issue]:
    """Yield an issue for a quotation that the English gives to somebody else."""
    if not any(each.is_speech for each in read_korean(unit.source).quotations):
        return
    if other := compare_speakers(unit.source, unit.target):
        message = MESSAGES("quotations.speaker", korean=other.korean, english=other.english)
        yield Issue("quotations.speaker", IDS["quotations.speaker"], message, other.source_span, other.target_span)
