"""ModernMT: https://www.modernmt.com/api/#translate"""

# The API documents a GET; it is sent as a POST with a method override, to keep texts out of URLs.

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at

URL = "https://api.modernmt.com"
MODEL = "default"
KEYS = {"key": "MODERNMT_API_KEY"}
OPTIONS = {
    "hints": "ids of memories at ModernMT, with commas",
    "glossaries": "ids of glossaries at ModernMT, with commas",
}
LIMITS = Limits(128, characters=10_000)
PRICE = 15.0
_CODES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW"}


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    body: dict[str, Any] = {
        "source": setup.language("source", _CODES),
        "target": setup.language("target", _CODES),
        "q": [item.text for item in items],
        "format": "text/plain",
    }
    body |= {name: setup.options[name] for name in OPTIONS if setup.options.get(name)}
    headers = {"MMT-ApiKey": setup.keys["key"], "X-HTTP-Method-Override": "GET"}
    answer = setup.post("/translate", headers, body, items)
    return EngineAnswer(texts_at(answer, ["data"], ["translation"], setup.engine))


def is_used_up(status: int, body: object) -> bool:
    return status == 402
