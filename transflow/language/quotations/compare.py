"""Comparison of the quotations of a Korean sentence with those of its translation.

Invariant: a difference is returned only where the marks of both sides are certain. The numbers
below were set on published translations, of which many quote more freely than a newsroom would.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transflow.language.quotations.direct import SAYING, first_person, is_direct, is_sentence, speaker_inside
from transflow.language.quotations.english import EnglishQuotation, read_english
from transflow.language.quotations.korean import KoreanQuotation, has_marks, read_korean
from transflow.language.quotations.marks import Quotations, words

Span = tuple[int, int]
WORDS = 1.9
"""Average number of English words for a Korean one."""
_MAX_QUOTATIONS = 60
"""Maximum number of quotations that are compared on either side."""
_MIN_SHARE = 0.3
"""Share of a quotation's words for which there must be room, or it counts as lost."""
_LONGEST_RATIO, _LONGEST_EXTRA = 2.7, 2.5
"""English words for a Korean one in the most wordy quotations, and a margin for short ones."""
_SYLLABLES = 3
"""Characters of a word in the South; the North puts fewer spaces."""
_PAIR = 2
"""Number of quotations that a translation may join without a sign of it."""
_FEW = 3
"""Korean words of a quotation that one English word may translate: “Welcome.”"""
_MIN_UNATTRIBUTED = 10
"""Minimum length of an unattributed quotation that counts as added, in words; shorter ones are
terms.
"""
_MIN_FRAGMENT, _MIN_LONG_FRAGMENT = 2, 6
"""The same for a part of a sentence whose speaker only the English names."""
_MIN_DIRECT = 4
"""The same for direct speech, where the Korean has marks for terms only."""
_REPORTED_SPEECH = re.compile(
    "[다라자냐까요죠]고|[다라]며|[다라]는|말|밝[혔히]|전[했하]|묻|물[었으]|답|주장|강조|설명|지적|보도|발표|덧붙|경고|비난|촉구|인용"
)
_HEARSAY = re.compile(
    "했|하셨|하더|더[라군]|[대래단란]요?$|[대래]요|[단란]다|[답랍]니다|들었|소문|그[러랬래]|[다라자냐] ?[하해]"
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Ww]e|[Ww]e['’](?:re|ve|ll|d)|[Mm]y|[Oo]ur)\b")
_KOREAN_FIRST_PERSON = re.compile(
    r"(?<![가-힣])(?:나|내|저|제|우리|저희|난|전|본인|자신)(?![가-힣]{3})|기자의|본지|필자"
)
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bRep)(?<!\bSen)(?<!\bGen)[.?!][”\"’']*(?:\s+|$)")
_KOREAN_STOP = re.compile(r"[.?!](?=\s)")
_JOINS = re.compile(r"\b(?:and|but|so|because|though|although|while|since|as|when|if|n?or)\b|[;:—–]|[.?!] |, ")
_REPORTS = re.compile(rf"\b{SAYING}\b|\b(?:saying|adding|telling|asking|according|noting|explaining|that)\b")


_IN_OTHER_WORDS = re.compile(
    r"\b(?:calling|urging|warning|stressing|claiming|insisting|blaming|arguing|describing|stating|demanding|promising|asking|accusing|vowing)\b"
)
"""Pattern for speech that goes on in the words of the writer."""
_ONLY_SAID = re.compile("[”’\"'](?:이?라)?[고며] ?[가-힣]{2,6}[.]?$")
_AND_GOES_ON = re.compile(
    rf"[,?!][”\"] (?:[\w’'-]+ ){{1,4}}{SAYING}, (?:and|but|so|because) (?:[\w’'-]+,? ?){{3,}}[.]?$"
)
"""Pattern for a sentence that goes on without marks after it says who speaks."""


class QuotationDifference(NamedTuple):
    """A fault: a key of the check's messages, the quotation and the spans."""

    key: str
    source_span: Span | None = None
    target_span: Span | None = None
    quoted: str = ""
    counts: tuple[int, int] = (0, 0)


class _Pair(NamedTuple):
    source: str
    target: str
    korean: Quotations[KoreanQuotation]
    english: Quotations[EnglishQuotation]

    @property
    def speeches(self) -> list[KoreanQuotation]:
        return [each for each in self.korean.quotations if each.is_speech]

    def lost(self, key: str, speech: KoreanQuotation, target_span: Span | None = None) -> QuotationDifference:
        span = speech.start, speech.end
        return QuotationDifference(key, span, target_span, self.source[slice(*span)])


def compare(source: str, target: str) -> QuotationDifference | None:
    """Return what is wrong with the quotations of a target whose marks are all paired."""
    pair = _Pair(source, target, read_korean(source), read_english(target))
    speeches, quoted = pair.speeches, pair.english.quotations
    if len(pair.korean.quotations) > _MAX_QUOTATIONS or len(quoted) > _MAX_QUOTATIONS:
        return None
    if not quoted:
        return _without_marks(pair) if speeches else None
    if not pair.korean.quotations:
        return None if has_marks(source) else _added(pair)
    marked = sum(max(words(each.text), len(each.text) / _SYLLABLES) for each in pair.korean.quotations)
    is_longer = sum(words(each.text) for each in quoted) > _LONGEST_RATIO * marked + _LONGEST_EXTRA
    if is_longer and target[quoted[0].start] not in "‘'`" and (invented := _longest_direct(pair)):
        return QuotationDifference("quotations.added/more", None, (invented.start, invented.end))
    if len(quoted) > marked and len(quoted) > len(pair.korean.quotations) and re.match("[a-z]", quoted[-1].text):
        return QuotationDifference("quotations.added/more", None, (quoted[-1].start, quoted[-1].end))
    if speeches:
        return _swallowed(pair) or _lost(pair)
    return None if _REPORTED_SPEECH.search(_korean_outside(pair)) else _direct(pair)


def _without_marks(pair: _Pair) -> QuotationDifference:
    """Return the difference for a text without quotation marks whose Korean quotes somebody."""
    speeches = pair.speeches
    first = speeches[0]
    quoted = sum(words(each.text) for each in speeches)
    english_words = words(pair.target)
    available = english_words - WORDS * _words_outside(pair)
    whole = words(pair.source)
    is_short = english_words < 0.6 * whole or not _REPORTS.search(pair.target) or _is_report_empty(pair, quoted)
    if quoted > 1 and available < _MIN_SHARE * WORDS * quoted and is_short:
        return pair.lost("quotations.missing", first)
    asks = "?" in pair.target and "?" not in _korean_outside(pair)
    if asks or _FIRST_PERSON.search(pair.target):
        return pair.lost("quotations.missing/marks", first)
    return pair.lost("quotations.paraphrased", first)


def _words_outside(pair: _Pair) -> int:
    """Return the number of Korean words outside what is said."""
    text = pair.source
    for each in reversed(pair.speeches):
        text = text[: each.start] + re.sub(r"^\s?\S*", "", text[each.end :], count=1)
    return words(text)


def _is_report_empty(pair: _Pair, said: int) -> bool:
    """True if hardly anything follows the verb of saying: The statement warned of limits."""
    verb = re.search(rf"\b{SAYING}\b", pair.target)
    return (
        verb is not None
        and pair.target[: verb.start()].count(",") == 0
        and words(pair.target[verb.end() :]) <= said / 2
    )


def _is_estimate_certain(pair: _Pair, said: int) -> bool:
    """True if the Korean outside the quotations is short: the number of English words for it is an
    estimate.
    """
    return _words_outside(pair) <= max(6, said)


def _added(pair: _Pair) -> QuotationDifference | None:
    """Return the first quotation of what nobody says in the Korean: direct speech, or a long one.

    Where the Korean reports what somebody said, a long quotation without a speaker may be a part of
    that.
    """
    is_reported = _REPORTED_SPEECH.search(pair.source) is not None
    is_told = not is_reported and re.search(rf"\b{SAYING}\b", pair.target) is not None
    for each in pair.english.quotations:
        is_long = words(each.text) >= _MIN_UNATTRIBUTED and not is_reported
        is_fragment = words(each.text) >= (_MIN_FRAGMENT if is_told else _MIN_LONG_FRAGMENT) and each.text[0].islower()
        if is_long or is_fragment or (_is_direct(pair, each) and words(each.text) >= 2):
            is_all = not re.search(r"\w", pair.target[: each.start] + pair.target[each.end :])
            return QuotationDifference(
                "quotations.whole" if is_all else "quotations.added", None, (each.start, each.end)
            )
    return None


def _is_direct(pair: _Pair, each: EnglishQuotation) -> bool:
    return is_direct(pair.target, each, has_colon=":" in pair.source)


def _direct(pair: _Pair) -> QuotationDifference | None:
    """Return direct speech of the English whose Korean has quotation marks for terms only."""
    for each in pair.english.quotations:
        if words(each.text) >= _MIN_DIRECT and _is_direct(pair, each):
            return QuotationDifference("quotations.added", None, (each.start, each.end))
    return None


def _longest_direct(pair: _Pair) -> EnglishQuotation | None:
    """Return the longest quotation that is a whole utterance, with a speaker somewhere."""
    direct = [each for each in pair.english.quotations if _is_direct(pair, each) or is_sentence(each)]
    return max(direct, key=lambda each: words(each.text), default=None)


def _swallowed(pair: _Pair) -> QuotationDifference | None:
    """Return a quotation whose marks enclose who says it, unless the Korean quotes that too."""
    if any(_REPORTED_SPEECH.search(each.text) or _HEARSAY.search(each.text) for each in pair.speeches):
        return None
    found = next((each for each in pair.english.quotations if speaker_inside(each)), None)
    return QuotationDifference("quotations.unbalanced/speaker", None, (found.start, found.end)) if found else None


def _lost(pair: _Pair) -> QuotationDifference | None:
    speeches, quoted = pair.speeches, pair.english.quotations
    count = len(speeches), len(quoted)
    if bare := _bare_sentence(pair):
        return pair.lost("quotations.missing/some", speeches[-1], bare)
    is_whole = len(quoted) == 1 and re.match("[A-Z]", quoted[0].text)
    is_told = _IN_OTHER_WORDS.search(_english_outside(pair)) is not None
    if not is_told and (len(quoted) < len(speeches) or is_whole) and _is_too_short(pair):
        return pair.lost("quotations.missing", speeches[-1])
    is_joined = any(_JOINS.search(each.text.rstrip(".,?!")) for each in quoted)
    if count[1] >= count[0] or is_joined:
        return None
    if count[0] > _PAIR and len(_REPORTS.findall(_english_outside(pair))) <= count[1]:
        return pair.lost("quotations.missing", speeches[-1])
    return QuotationDifference("quotations.count", counts=count)


def _bare_sentence(pair: _Pair) -> Span | None:
    """Return the span of a sentence outside the marks that can only be what somebody said.

    It speaks as “I” or “we” where no Korean outside the marks does, or it is a sentence of its own
    without a speaker, and all of the Korean is what is said and who says it.
    """
    outside_korean = _korean_outside(pair)
    may_be_first = _KOREAN_FIRST_PERSON.search(outside_korean) is not None
    if (
        _ONLY_SAID.search(pair.source)
        and (rest := _AND_GOES_ON.search(pair.target))
        and not _REPORTS.search(rest[0], rest[0].find(","))
    ):
        return rest.span()
    if not may_be_first and (word := first_person(_english_outside(pair))):
        return word
    is_long = len(pair.speeches) > 1 or (_parts(pair.speeches) > 1 and not re.search("”\\s", outside_korean))
    is_one_sentence = is_long and len(_SENTENCE_END.findall(outside_korean.rstrip())) <= 1
    for start, end in _sentences_outside(pair):
        sentence = pair.target[start:end]
        if not may_be_first and _FIRST_PERSON.search(sentence):
            return start, end
        if (
            is_one_sentence
            and not _REPORTS.search(sentence)
            and words(sentence) > 2
            and len(pair.english.quotations) < _parts(pair.speeches)
        ):
            return start, end
    return None


def _parts(speeches: Iterable[KoreanQuotation]) -> int:
    """Return the number of sentences that are said."""
    return sum(1 + len(_KOREAN_STOP.findall(each.text)) for each in speeches)


def _english_outside(pair: _Pair) -> str:
    """Return the English with “”” in place of each letter of its quotations: offsets stay."""
    text = pair.target
    for each in pair.english.quotations:
        text = text[: each.start] + "”" * (each.end - each.start) + text[each.end :]
    return text


def _korean_outside(pair: _Pair) -> str:
    """Return the Korean with each quotation replaced by a mark."""
    text = pair.source
    for each in reversed(pair.korean.quotations):
        text = text[: each.start] + "”" + text[each.end :]
    return text


def _sentences_outside(pair: _Pair) -> Iterator[Span]:
    """Yield the spans of the sentences without any quotation mark."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(pair.target))]
    for start, end in zip(starts, [*starts[1:], len(pair.target)], strict=True):
        if pair.target[start:end].strip() and not any(
            each.start < end and start < each.end for each in pair.english.quotations
        ):
            yield start, end


def _is_too_short(pair: _Pair) -> bool:
    """True if the English leaves no room for all that is said."""
    speeches, quoted = pair.speeches, pair.english.quotations
    said = sum(words(each.text) for each in speeches)
    if not _is_estimate_certain(pair, said) or (said <= _FEW and len(quoted) >= len(speeches)):
        return False
    room = sum(words(each.text) for each in quoted) + max(
        0.0, pair.english.words_outside - WORDS * _words_outside(pair) - 1
    )
    if _parts(speeches) > len(quoted) == 1 and not _JOINS.search(quoted[0].text.rstrip(".,?!")):
        return room < 1.5 * said
    return room < 0.6 * said
