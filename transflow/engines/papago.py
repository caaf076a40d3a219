"""Papago Translation, at NAVER Cloud:
https://api.ncloud-docs.com/docs/en/ai-naver-papagonmt-translation

Each request contains one sentence, of at most 5,000 characters.
"""

# A used-up quota is status 429 with errorCode 400; errorCodes 410 and 420 with the same status are
# rate limits, which recover.

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import text_at, value_at
from transflow.network.errors import MismatchError

URL = "https://papago.apigw.ntruss.com"
MODEL = "nmt"
KEYS = {"id": "PAPAGO_CLIENT_ID", "key": "PAPAGO_CLIENT_SECRET"}
API = "v1"
OPTIONS = {
    "glossary": "the key of a glossary at Papago",
    "api": "the version of the API; by default v1",
}
LIMITS = Limits(1, characters=5_000)
PRICE = 15.0
"""20 won for a thousand characters."""
_CODES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW"}


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    body = {
        "source": setup.language("source", _CODES),
        "target": setup.language("target", _CODES),
        "text": items[0].text,
    }
    if glossary := setup.options.get("glossary"):
        body["glossaryKey"] = glossary
    headers = {"X-NCP-APIGW-API-KEY-ID": setup.keys["id"], "X-NCP-APIGW-API-KEY": setup.keys["key"]}
    answer = setup.post(f"/nmt/{setup.options.get('api', API)}/translation", headers, body, items)
    return EngineAnswer([text_at(answer, ["message", "result", "translatedText"], setup.engine)])


def is_used_up(status: int, body: object) -> bool:
    try:
        return status == 429 and str(value_at(body, ["error", "errorCode"], "papago")) == "400"
    except MismatchError:
        return False
