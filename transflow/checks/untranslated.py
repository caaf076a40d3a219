"""Hangul and hanja in a text of another language, characters of a wrong encoding, HTML entities.

Hangul in brackets is intentional: “Juche (주체)”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from transflow.checks import CheckContext, Example
from transflow.language.scripts import scripts
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
IDS: Mapping[str, Severity] = {
    "untranslated": "error",
    "untranslated.hanja": "warning",
    "untranslated.mojibake": "error",
    "untranslated.entity": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "untranslated": "“{text}” is still Korean.",
        "untranslated.hanja": "“{text}” is still in Chinese characters.",
        "untranslated/source": "“{text}” is the source: it is not translated.",
        "untranslated.mojibake": "“{text}” is garbled: a program read the text in a wrong encoding.",
        "untranslated.entity": "“{text}” is code of web pages: write “{meant}”.",
    },
)
PASSING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11."),
    Example("그는 漢字로 썼다.", "He wrote it in Chinese characters (漢字)."),
    Example("주체는 사상이다.", "Juche (주체) is an ideology."),
    Example("카페에서 만났다.", "They met at the café in São Paulo for £5, at 20°C."),
)
FAILING = (
    Example("유엔은 서한을 공개했다.", "The U.N. released the 서한 on March 11.", "서한", "untranslated"),
    Example("그는 떠났다.", "그는 left.", "그는", "untranslated"),
    Example("北, 미사일 발사", "北 fires missile", "北", "untranslated.hanja"),
    Example("그는 “간다”고 했다.", "“I’m going,â€ he said.", "â€", "untranslated.mojibake"),
    Example("그의 말이다.", "It is what he said.\ufffd", "\ufffd", "untranslated.mojibake"),
    Example("매케인의 장점이다.", "It is McCain¡¯s strength.", "¡¯", "untranslated.mojibake"),
    Example("카페에서 만났다.", "They met at the cafÃ©.", "Ã©", "untranslated.mojibake"),
    Example(
        "고추가 원인이다.", "It was the jalape&ntilde;o.", "&ntilde;", "untranslated.entity", "It was the jalapeño."
    ),
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
_HANJA = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SENTENCE = 3
"""Number of words from which a text is more than a name."""
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ENTITY = re.compile("&(?:[a-zA-Z]{2,8}|#[0-9]{2,5}|#x[0-9a-fA-F]{2,4});")
_MOJIBAKE = re.compile(
    "\ufffd+"  # a character that could not be read
    "|â€[\u2122\u0153\u009d\u0153\u201c\u201d\u02dc\u2022¦œ™˜]?"  # UTF-8 quotation marks read as Windows-1252
    "|¡[¯®°±¦]|¢[ºæ]|£[¬¨©¤]"  # quotation marks of EUC-KR read as Latin-1
    "|[ÃÂ][\u0080-\u00bf]"  # UTF-8 letters with marks read as Latin-1
    "|[ìíêë][\u0080-\u00bf]{2}"  # UTF-8 Hangul read as Latin-1
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.locale.startswith("ko"):
        yield from _foreign(unit.target, "untranslated", _HANGUL)
    if context.locale.partition("_")[0] not in ("ko", "ja", "zh"):
        yield from _foreign(unit.target, "untranslated.hanja", _HANJA)
    if is_untouched(unit, context):
        message = MESSAGES("untranslated/source", text=unit.target)
        yield Issue("untranslated", IDS["untranslated"], message, None, (0, len(unit.target)))
    for found in _MOJIBAKE.finditer(unit.target) if not unit.target.isascii() else ():
        message = MESSAGES("untranslated.mojibake", text=found[0])
        yield Issue("untranslated.mojibake", IDS["untranslated.mojibake"], message, None, found.span())

    yield from _entities(unit.target)


def is_untouched(unit: Unit, context: CheckContext) -> bool:
    """True for a sentence that is still its source, in a language with a script of its own."""
    other_script = set(scripts(context.locale)) - set(scripts(context.language))
    is_sentence = len(unit.source.split()) >= _SENTENCE
    return bool(other_script) and is_sentence and unit.target.split() == unit.source.split()


def _entities(target: str) -> Iterator[Issue]:
    for found in _ENTITY.finditer(target) if "&" in target else ():
        meant = unescape(found[0])
        if meant != found[0]:
            fixed = target[: found.start()] + meant + target[found.end() :]
            message = MESSAGES("untranslated.entity", text=found[0], meant=meant)
            yield Issue("untranslated.entity", IDS["untranslated.entity"], message, None, found.span(), fixed)


def _foreign(target: str, check_id: str, letters: re.Pattern[str]) -> Iterator[Issue]:
    """Yield issues for letters of another script outside of brackets."""
    written = list(letters.finditer(target))
    meant = [found.span() for found in _BRACKETED.finditer(target)] if written else []
    for found in written:
        if not any(start < found.start() < end for start, end in meant):
            yield Issue(check_id, IDS[check_id], MESSAGES(check_id, text=found[0]), None, found.span())
