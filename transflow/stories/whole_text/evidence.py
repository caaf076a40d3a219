"""Evidence that two texts tell of one event: common names, figures, rare words and quotations.

Invariant: words that every text has (“the”, “said”) are no evidence, and a name is one piece of
evidence, however many words it has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from transflow.text import words

_STEM = 6
"""Number of letters that identify a word: endings differ."""
_LEAST_QUOTED = 3
"""Number of telling words from which a quotation counts as one."""

_EMPTY = frozenset(
    "a about above according add added adds after again against ago all almost along already also although always am "
    "among an and another any anybody anything are around as at away be because been before being below between both "
    "but by came can cannot come comes could did do does done down each either else ever every everybody everything "
    "few for from further gave get gets give given go goes going got had has have he her here hers him himself his how "
    "however i if in into is it its itself just last later least less let like made make makes many may me might more "
    "most much must my myself near neither never no nobody none nor not nothing now of off often on once only or other "
    "others our ours out over own put quite rather said same say saying says seen several shall she should since so "
    "some somebody something still such take taken takes tell than that the their theirs them themselves then there "
    "these they this those though through till to together told too took toward towards under until up upon us very "
    "was way we well went were what when where whether which while who whom whose why will with within without would "
    "yes yet you your yours".split()
)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {
    **{word: str(number) for number, word in enumerate(_SMALL)},
    **{word: str(10 * number) for number, word in enumerate(_TENS, 2)},
}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(_SMALL[1:10])})\b")
_QUOTED = re.compile('[“"]([^”"]+)[”"]')


class TextEvidence:
    """The telling words of a text."""

    def __init__(self, text: str, *, is_spaced: bool) -> None:
        self.is_spaced = is_spaced
        self.sequence = _spaced(text) if is_spaced else _unspaced(text)
        self.bag = Counter(self.sequence)
        self.names = frozenset(_name_parts(text)) if is_spaced else frozenset()
        self.quoted = Counter(word for quoted in self._quotations(text) for word in quoted)

    def _quotations(self, text: str) -> Iterator[list[str]]:
        for quoted in _QUOTED.findall(text) if self.is_spaced else ():
            if len(found := _spaced(quoted)) >= _LEAST_QUOTED:
                yield found

    def pieces_in(self, other: TextEvidence) -> int:
        """Return how many pieces of evidence are in another text too: names, figures and words."""
        found, before = 0, ""
        for word in dict.fromkeys(self.sequence):
            if word in other.bag:
                found += (before, word) not in self.names
            before = word
        return found

    def quotes_other_words(self, other: TextEvidence, weights: Mapping[str, float]) -> bool:
        """Return whether both quote somebody, and most of what one quotes is not in the other."""
        if not self.quoted or not other.quoted:
            return False
        shorter, longer = sorted((self, other), key=lambda each: each.quoted.total())
        quoted = weight_of(shorter.quoted, weights)
        return weight_of(shorter.quoted & longer.bag, weights) < quoted / 3


def weight_of(bag: Mapping[str, int], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, 1.0) * number for word, number in bag.items())


def _spaced(text: str) -> list[str]:
    text = _COMPOUND.sub(lambda found: str(int(_NUMBERS[found[1]]) + int(_NUMBERS[found[2]])), text.lower())
    found = (word.removesuffix("'s").removesuffix("’s") for word in words(text))
    return [_stem(word) for word in found if word not in _EMPTY]


def _stem(word: str) -> str:
    if word in _NUMBERS or word[:1].isdigit():
        return _NUMBERS.get(word, word)
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) - len(ending) > 2 and word.endswith(ending):
            word = word.removesuffix(ending)
            break
    return word[:_STEM]


def _name_parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each two words in a row of which both are capitalised."""
    for first, second in pairwise(words(text)):
        if first[:1].isupper() and second[:1].isupper():
            yield from pairwise(_spaced(f"{first} {second}"))


def _unspaced(text: str) -> list[str]:
    return [first + second for first, second in pairwise(words(text.lower()))]
