"""Hangul left in a text of another language: a word, or the whole sentence, that nobody translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import Context, Example
from transflow.model import Issue, Severity, Unit

IDS: Mapping[str, Severity] = {"untranslated": "error"}
PASSING = (
    Example("유엔은 3월 11일 서한을 공개했다.", "The U.N. released the letter on March 11."),
    Example("그는 漢字로 썼다.", "He wrote it in Chinese characters (漢字)."),
)
FAILING = (
    Example("유엔은 서한을 공개했다.", "The U.N. released the 서한 on March 11.", "서한"),
    Example("그는 떠났다.", "그는 left.", "그는"),
)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")


def check(unit: Unit, context: Context) -> Iterator[Issue]:
    if context.locale.startswith("ko"):
        return
    for found in _HANGUL.finditer(unit.target):
        yield Issue("untranslated", IDS["untranslated"], f"“{found[0]}” is still Korean.", None, found.span())
