"""LibreTranslate, on a server of your own: https://docs.libretranslate.com/api/operations/translate/

Its key, where it has one, goes in the body: the API knows no other place. It answers a list with a list. It asks to slow
down with status 429 and no Retry-After.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at

URL = ""
HOSTS = ()
MODEL = "argos"
KEYS = {"key?": "LIBRETRANSLATE_API_KEY"}
OPTIONS: dict[str, str] = {}
LIMITS = Limits(25, characters=5_000)
PRICE = 0.0
IN_PROCESS = False
PROMPT = ""


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    body = {
        "q": [item.text for item in items],
        "source": setup.language("source", {}),
        "target": setup.language("target", {}),
        "format": "text",
    }
    if key := setup.keys.get("key"):
        body["api_key"] = key
    answer = setup.post("/translate", {}, body, items)
    return EngineAnswer(texts_at(answer, ["translatedText"], [], setup.engine))


def is_used_up(status: int, body: object) -> bool:  # noqa: ARG001 - it has no quota, only rates
    return False
