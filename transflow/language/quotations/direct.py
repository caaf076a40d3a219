"""Direct speech of an English text: whole utterances in quotation marks, and who says them."""

from __future__ import annotations

import re

from transflow.language.quotations.english import EnglishQuotation
from transflow.language.quotations.marks import words

SAYING = (
    r"(?:said|says|say|added|adds|asked|asks|told|tells|wrote|writes|explained|noted|recalled|testified|argued|warned|shouted"
    r"|replied|answered|claimed|insisted|admitted|announced|ordered|reported|declared|stated|stressed|continued|demanded"
    r"|lamented|complained|confessed|urged|cried|yelled|remarked|concluded|acknowledged|recounted|whispered|commented"
    r"|confided|confides|revealed|observed|predicted|joked|sighed|screamed|maintained|contended|pleaded|begged|boasted|vowed"
    r"|threatened|responded|protested|reflected|reasoned|point(?:ed|s)? out|suggested|pledged|promised|appealed)"
)
_AFTER = re.compile(rf"\s*(?:(?!(?:and|but|who|which)\b)[\w.,’'-]+\s+){{0,6}}?{SAYING}\b|\s*according to\b")
_BEFORE = re.compile(rf"\b{SAYING}\b[^.?!“”\"]{{0,40}}[,:]\s*$")
_CLAUSE_AFTER = re.compile(
    r"\s+(?!(?:and|or|but|nor|which|who|whose|by|in|of|from|with|for|to|at|on|as|an?|is|was|are|were|has|had|where|when)\b)\w"
)
"""Pattern for what follows the comma of direct speech: its speaker, whatever the verb is."""
_COLON_BEFORE = re.compile(r"\w:\s*$")
_MIN_SENTENCE = 3
"""Fewest words of a sentence that is recognised by its marks and the comma or colon beside them."""
_SPEAKER = r"(?:he|she|(?:the|an?|one|his|her|their|my) (?:[\w’'-]+ ){0,2}[\w’'-]+|[A-Z][\w’'-]+)"
_SPEAKER_INSIDE = re.compile(rf"[,?!] {_SPEAKER} {SAYING}(?:[.,]?$|, )")
_SPEAKS = re.compile(rf"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y)\b(?! (?:then |just |have |had )?(?:thought|{SAYING}))")
"""Pattern for somebody who speaks of himself, and does not say that he speaks."""
_OTHER_SAYS = re.compile(rf"\b(?:{_SPEAKER} {SAYING}|{SAYING} {_SPEAKER})\b")


def is_direct(target: str, each: EnglishQuotation, *, has_colon: bool = False) -> bool:
    """True if a quotation is a whole utterance with its speaker: “I saw it,” he said.

    `has_colon` says whether the Korean has a colon, after which a title or a slogan may stand.
    """
    before, after = target[: each.start], target[each.end :]
    if not re.match(r"[^\w]*[A-Z0-9]", each.text) or each.text.istitle() or re.search(r"[\w’]\s*$", before):
        return False
    if each.text[-1] in ",?!" and _AFTER.match(after):
        return True
    if words(each.text) < _MIN_SENTENCE:
        return False
    if each.text[-1] == "," and _CLAUSE_AFTER.match(after):
        return True
    is_after_colon = not has_colon and _COLON_BEFORE.search(before)
    return each.text[-1] in ".?!" and bool(is_after_colon or _BEFORE.search(before))


def is_sentence(each: EnglishQuotation) -> bool:
    return bool(re.match("[A-Z]", each.text)) and each.text[-1] in ".?!," and words(each.text) >= _MIN_SENTENCE


def speaker_inside(each: EnglishQuotation) -> bool:
    """True if the marks of a quotation enclose who says it: “I saw it, he said.”"""
    return _SPEAKER_INSIDE.search(each.text) is not None


def first_person(text: str) -> tuple[int, int] | None:
    """Return the span of the first word in which somebody speaks of himself, if somebody else says
    something.
    """
    found = _SPEAKS.search(text) if _OTHER_SAYS.search(text) else None
    return found.span() if found else None
