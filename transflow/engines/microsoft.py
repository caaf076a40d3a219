"""Microsoft Azure Translator, API 3.0:
https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate

Regional resources need the region beside the key. `model` is the category.
"""

# Code 403001 means that the free quota is used up.

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at, value_at
from transflow.network.errors import MismatchError

URL = "https://api.cognitive.microsofttranslator.com"
HOSTS = (
    "api-nam.cognitive.microsofttranslator.com",
    "api-eur.cognitive.microsofttranslator.com",
    "api-apc.cognitive.microsofttranslator.com",
)
MODEL = "general"
"""The category: `general`, or the id of a custom system."""
KEYS = {"key": "AZURE_TRANSLATOR_KEY", "region?": "AZURE_TRANSLATOR_REGION"}
API = "3.0"
OPTIONS = {"api": "the version of the API; by default 3.0"}
LIMITS = Limits(1000, characters=50_000)
PRICE = 10.0


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    query = {
        "api-version": setup.options.get("api", API),
        "from": setup.language("source", {}),
        "to": setup.language("target", {}),
        "textType": "plain",
        "category": setup.model,
    }
    headers = {"Ocp-Apim-Subscription-Key": setup.keys["key"]}
    if region := setup.keys.get("region"):
        headers["Ocp-Apim-Subscription-Region"] = region
    body = [{"Text": item.text} for item in items]
    answer = setup.post(f"/translate?{urlencode(query)}", headers, body, items)
    return EngineAnswer(texts_at(answer, [], ["translations", 0, "text"], setup.engine))


def is_used_up(status: int, body: object) -> bool:
    try:
        return status == 403 and value_at(body, ["error", "code"], "microsoft") == 403001
    except MismatchError:
        return False
