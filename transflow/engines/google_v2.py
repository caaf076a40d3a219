"""Google Cloud Translation, Basic (v2):
https://cloud.google.com/translate/docs/reference/rest/v2/translate
"""

# The key is sent in a header, since a URL ends up in logs. `format` is set to text: the default is
# HTML, which escapes quotes. Status 403 with a reason that names a limit means that the daily quota
# is used up.

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at, value_at
from transflow.network.errors import MismatchError

URL = "https://translation.googleapis.com"
MODEL = "nmt"
KEYS = {"key": "GOOGLE_TRANSLATE_API_KEY"}
API = "v2"
OPTIONS = {"api": "the version of the API; by default v2"}
LIMITS = Limits(128, characters=5_000, bytes=100_000)
PRICE = 20.0
CODES = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW"}
_LIMIT_REASONS = frozenset({"dailyLimitExceeded", "quotaExceeded", "billingNotEnabled"})


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    body = {
        "q": [item.text for item in items],
        "source": setup.language("source", CODES),
        "target": setup.language("target", CODES),
        "format": "text",
        "model": setup.model,
    }
    answer = setup.post(
        f"/language/translate/{setup.options.get('api', API)}", {"X-Goog-Api-Key": setup.keys["key"]}, body, items
    )
    return EngineAnswer(texts_at(answer, ["data", "translations"], ["translatedText"], setup.engine))


def is_used_up(status: int, body: object) -> bool:
    try:
        reason = value_at(body, ["error", "errors", 0, "reason"], "google_v2")
    except MismatchError:
        return False
    return status == 403 and reason in _LIMIT_REASONS
