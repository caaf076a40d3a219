"""Bodies of articles that a page keeps in its scripts, for pages that scripts build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_SCRIPT = re.compile(r"<script\b(?![^>]*\bld\+json)[^>]*>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_VALUE = re.compile(r"(?:^|[=(])\s*(?=[\[{])")
_HANGUL = re.compile("[가-힣]")
_MARKUP = re.compile(r"<(?:p|div|br|span|figure)\b", re.IGNORECASE)
_KEYS = ("content", "text", "value", "paragraph", "html", "body")
_MOST_SCRIPTS = 200
_MOST_VALUES = 20
"""Values in one script that are tried."""
_LEAST = 60
"""Korean letters of a body."""


def script_body(html: str) -> str:
    """Return the HTML of the longest Korean body in the scripts of a page; empty without one."""
    found = (body for script in islice(_scripts(html), _MOST_SCRIPTS) for body in _bodies(script))
    best = max(found, key=_letters, default="")
    return best if _letters(best) >= _LEAST else ""


def _letters(text: str) -> int:
    return len(_HANGUL.findall(text))


def _scripts(html: str) -> Iterator[str]:
    at = 0
    while start := _SCRIPT.search(html, at):
        end = _END.search(html, start.end())
        if end is None:
            return
        yield html[start.end() : end.start()]
        at = end.end()


def _bodies(script: str) -> Iterator[str]:
    """Yield what may be a body in the values of a script."""
    if max(script, default="") < "가" and "\\u" not in script:
        return
    decoder, at = json.JSONDecoder(strict=False), 0
    for _ in range(_MOST_VALUES):
        if not (start := _VALUE.search(script, at)):
            return
        at = start.end()
        try:
            value, at = decoder.raw_decode(script, at)
        except (ValueError, RecursionError):
            continue
        yield from _bodies_in(value)


def _bodies_in(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            yield from _joined(each)
            waiting += each
        elif isinstance(each, str) and (_MARKUP.search(each) or "\n" in each or len(each) > 2 * _LEAST):
            yield each if _MARKUP.search(each) else each.replace("\n", "<br>")


def _joined(items: list[Any]) -> Iterator[str]:
    """Yield the texts of a list of paragraphs as one body."""
    for key in _KEYS:
        texts = [each[key] for each in items if isinstance(each, dict) and isinstance(each.get(key), str)]
        if len(texts) > 1:
            yield "".join(f"<p>{text}</p>" for text in texts)
    texts = [each for each in items if isinstance(each, str)]
    if len(texts) > 1:
        yield "".join(f"<p>{text}</p>" for text in texts)
