"""Words that are in no dictionary: that of Hunspell, the glossary, or `locales/LANGUAGE/words.txt`.

Only lower-case words are looked up, since names are checked against the glossary. British spellings
are accepted, and so are words made of known parts and affixes (“anti-landmine”, “reunify”). If the
dictionary of a language is not installed, nothing is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.own_words import words_in
from transflow.language.spelling import speller
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

PAIR = ("", "en")
IDS: Mapping[str, Severity] = {"spelling": "hint"}
MESSAGES = Messages(
    __name__,
    {
        "spelling": "“{word}” is not in the dictionary.",
    },
)
PASSING = (
    Example("유엔은 서한을 공개했다.", "The U.N. released the refugees’ letter on human-rights abuses in Pyongyang."),
    Example("그는 조직했다.", "He organised a pro-reunification programme and didn’t favour deportations."),
    Example("주소다.", "See transflow.example.org or mail desk@example.org about the 21st `freind`."),
)
FAILING = (
    Example("정부가 발표했다.", "The goverment said so.", "goverment", "spelling"),
    Example("피난민이 왔다.", "The refugess came.", "refugess", "spelling"),
)
_WORD = re.compile(r"(?<![\w@./’'&#\[-])[a-z]{4,}(?:[’'][a-z]+)?(?![\w@/;&\]]|[-.’'][\w])")
_VERBATIM = re.compile(r"`[^`]{0,2000}`|\]\([^)]{0,2000}\)|https?://\S+|<[^>]{0,2000}>")
_AFFIXES = re.compile(
    "^(?:anti|co|counter|cyber|de|ex|inter|mid|mis|multi|non|over|post|pre|pro|re|semi|sub|super|trans|ultra|un|under)"
    "|(?:like|wide|ers?|['’]s|s)$"
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    is_right = speller(context.locale) if context.locale.startswith("en") else None
    if is_right is None:
        return
    own_words = words_in(context.own_words)
    text = _VERBATIM.sub(lambda found: "\n" * len(found[0]), unit.target)
    for found in _WORD.finditer(text):
        word = found[0]
        if word in context.terms.words or word in own_words or is_right(word) or is_right(_american(word)):
            continue
        if (rest := _AFFIXES.sub("", word, count=1)) != word and len(rest) > 2 and is_right(rest):
            continue
        yield Issue("spelling", IDS["spelling"], MESSAGES("spelling", word=word), None, found.span())


def _american(word: str) -> str:
    """Return the American spelling of a British one."""
    word = re.sub(r"is(e[sdr]?|ing|ations?)$", r"iz\1", word)
    word = re.sub(r"yse([sd]?)$", r"yze\1", word)
    word = re.sub(r"our(s|ed|ing|ite|able|ful|hood|er|ers)?$", r"or\1", word)
    word = re.sub(r"(?<=[a-z])tre(s?)$", r"ter\1", word)
    word = re.sub(r"ll(ed|ing|er|ers)$", r"l\1", word)
    word = re.sub(r"ence$", "ense", word)
    return re.sub(r"ogue(s?)$", r"og\1", word).replace("programme", "program").replace("defence", "defense")
