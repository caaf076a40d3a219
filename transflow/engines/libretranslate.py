"""LibreTranslate, on a server of your own: https://docs.libretranslate.com/api/operations/translate/

Set its address: `url = "http://localhost:5000"`.
"""

# A key, if the server wants one, goes in the body: the API accepts it nowhere else. A list of texts
# is answered with a list. Rate limiting is status 429 without a Retry-After header.

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at

MODEL = "argos"
KEYS = {"key?": "LIBRETRANSLATE_API_KEY"}
LIMITS = Limits(25, characters=5_000)
PRICE = 0.0


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


def is_used_up(status: int, body: object) -> bool:
    return False
