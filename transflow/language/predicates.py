"""Predicates of Korean negations, and whether English affirms them: 먹지 못했다 and “ate”.

Invariant: nothing is said of a predicate that is not in `predicates.txt`; one that English
expresses by another word is not affirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_RIEUL = 8
_ADDED_FINALS = (4, 8, 17, 20)
"""ㄴ, ㄹ, ㅂ and ㅆ, which endings add to an open syllable."""
_CONTRACTED = {20: 6, 8: 9, 13: 14, 18: 4, 0: 0, 4: 4, 1: 1, 5: 5}
"""Vowels before 어 and 아, and what they become: 마시어 is 마셔."""
_LIGHT = frozenset("하 되 받 주 내 시키 당하 할 될 받을 줄".split())
"""Verbs that say little without their noun: 결혼을 하지."""
_PARTICLE = re.compile("(?:을|를|이|가|은|는|도|조차|만|까지|에|로|으로)$")
_TAIL = re.compile("(?:하|되|돼|시키|받|당하|롭|스럽|으시|시|지|어지|아지|해지|게 하|게 되)*")
_SHORT_TAIL = re.compile("[다고는은던지면아어여았었였으니게을를습네]|$")
_MAX_SHORT = 3
"""Letters of an English word that is not only a beginning."""
SHORT = 14
"""Words of a translation that hardly puts things otherwise."""
_THING = re.compile("([가-힣]+) (?:것[은도이]|건|게)$")
"""Pattern for a whole sentence that is negated: 온 것은 아니다."""
_CAN = re.compile(r"수(?:가|는|도|조차)? ?$")
_THERE = re.compile(
    r"\b(?:there (?:is|are|was|were|will be|has been|have been|must be|would be)\b"
    r"|ha(?:s|ve|d) (?:an?|the|some|many|much|plenty|enough|every|lots|[a-z]+s)\b|every(?:one|body|thing)\b)",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being|became|admit\w*|claim\w*)\b|['’](?:s|re|m)\b", re.IGNORECASE)
_ABLE = re.compile(r"\b(?:can|could|able|possible|easy|easily|managed|capable|enough to)\b", re.IGNORECASE)


def is_affirmed(source: str, span: tuple[int, int], target: str) -> bool | None:
    """Return whether English affirms what the Korean negates at a span; None if that is unknown."""
    before, negation = source[: span[0]].rstrip(), source[slice(*span)]
    if negation[0] == "없":
        return _is_there(before, negation, target)
    if negation[0] == "아":
        known = _known(_nouns(_words_before(before)))
        if thing := _THING.search(before):
            known = _conjugated(thing[1]) or _IS
        is_long_contrast = re.match("아니라(?![고는며])", source[span[0] :]) and not _is_short(target)
        return not is_long_contrast and (known or _IS).search(target) is not None
    is_after = negation[0] in "안못" and not negation.startswith("못하")
    known = _after(before, source[span[0] :]) if is_after else _known(_words_before(before))
    return None if known is None else known.search(target) is not None


def _is_short(target: str) -> bool:
    return len(target.split()) <= SHORT


def _is_there(before: str, negation: str, target: str) -> bool | None:
    """True if English has what the Korean is without, or can do what the Korean cannot."""
    if potential := _CAN.search(before):
        known = _known(_words_before(before[: potential.start()].rstrip(), strip_rieul=True))
        if _ABLE.search(target):
            return True
        return known.search(target) is not None if known else None
    known = _known(_nouns(_words_before(before)))
    if known and known.search(target):
        return True
    return not negation.startswith("없이") and (known is None or _is_short(target)) and bool(_THERE.search(target))


def _after(before: str, rest: str) -> re.Pattern[str] | None:
    """Return the English of a verb after its negation, or of what may not be done: 가면 안 된다."""
    verb = re.match("(?:안|못) ?([가-힣]+)", rest)
    if verb is None:
        return None
    if condition := re.search("([가-힣]+?)으?면$", before):
        return _stem(condition[1])
    if verb[1][0] in "하되한된할될합됩했됐해돼" and before:
        noun = _known(_nouns(before.split()[-1:]))
        return noun or _conjugated(verb[1])
    return _conjugated(verb[1])


def _words_before(text: str, *, strip_rieul: bool = False) -> Iterator[str]:
    """Yield the last word of a text, and the one before it if the last one says little."""
    words = text.split()[-2:]
    if not words:
        return
    last = words[-1]
    if len(words) > 1 and last in _LIGHT:
        yield _PARTICLE.sub("", words[0])
    yield _without_rieul(last) if strip_rieul else last


def _nouns(words: Iterable[str]) -> Iterator[str]:
    """Yield each word as it stands, and without its particle: 허가 is no 허."""
    for word in words:
        yield word
        yield _PARTICLE.sub("", word)


def _without_rieul(word: str) -> str:
    """Return the stem of a word before 수: 갈 is 가, 먹을 is 먹."""
    if word.endswith("을") and len(word) > 1:
        return word[:-1]
    final = (ord(word[-1]) - _FIRST) % _FINALS
    return word[:-1] + chr(ord(word[-1]) - _RIEUL) if final == _RIEUL else word


def _known(words: Iterable[str]) -> re.Pattern[str] | None:
    return next((found for word in words if (found := _stem(word))), None)


def _stem(word: str) -> re.Pattern[str] | None:
    """Return the English of the longest stem that a word consists of, apart from suffixes."""
    for length in range(len(word), 0, -1):
        if (english := _by_form().get(word[:length])) and _TAIL.fullmatch(word, length):
            return _pattern(english)
    return None


def _conjugated(word: str) -> re.Pattern[str] | None:
    """Return the English of the longest stem that begins a word: 마신다."""
    for length in range(len(word), 0, -1):
        english = _by_form().get(word[:length])
        if english and (length > 1 or _SHORT_TAIL.match(word, length)):
            return _pattern(english)
    return None


@cache
def _by_form() -> dict[str, str]:
    """Return form of a stem -> the beginnings of its English words."""
    text = (files("transflow") / "language" / "predicates.txt").read_text(encoding="utf-8")
    lines = [line.partition(" = ") for line in text.splitlines() if line and not line.startswith("#")]
    found = {stem: english for stems, _, english in lines for stem in stems.split("|")}
    for stem, english in list(found.items()):
        for form in _forms(stem):
            found.setdefault(form, english)
    return found


def _forms(stem: str) -> Iterator[str]:
    """Yield a stem as it stands before endings: 마신, 마셨."""
    code = ord(stem[-1]) - _FIRST
    if not 0 <= code < 11_172 or code % _FINALS:
        return
    for final in _ADDED_FINALS:
        yield stem[:-1] + chr(_FIRST + code + final)
    initial, vowel = divmod(code // _FINALS, _VOWELS)
    if vowel in _CONTRACTED:
        open_syllable = _FIRST + (initial * _VOWELS + _CONTRACTED[vowel]) * _FINALS
        yield stem[:-1] + chr(open_syllable)
        yield stem[:-1] + chr(open_syllable + _ADDED_FINALS[-1])


@cache
def _pattern(english: str) -> re.Pattern[str]:
    words = (each if len(each) > _MAX_SHORT else rf"{each}(?:e|s|es|ed|d|ing|er)?\b" for each in english.split("|"))
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
