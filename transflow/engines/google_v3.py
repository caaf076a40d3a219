"""Google Cloud Translation, Advanced (v3):
https://cloud.google.com/translate/docs/reference/rest/v3/projects.locations/translateText

It needs an access token instead of an API key: `gcloud auth print-access-token` prints one that is
valid for an hour.
"""

# The MIME type is set, since the default is HTML. With a glossary, the translations are in a list
# of their own.

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.engines.google_v2 import CODES
from transflow.messages import Messages
from transflow.network.answers import texts_at, value_at
from transflow.network.errors import MismatchError

MESSAGES = Messages(__name__, {"project": "the id of the Google Cloud project"})
URL = "https://translation.googleapis.com"
MODEL = "general/nmt"
KEYS = {"token": "GOOGLE_ACCESS_TOKEN"}
API = "v3"
OPTIONS = {
    "project!": MESSAGES("project"),
    "location": "global, or the region of a glossary or model",
    "glossary": "the id of a glossary in that location",
    "api": "the version of the API; by default v3",
}
LIMITS = Limits(1024, characters=30_000)
PRICE = 20.0


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    project, location = setup.options["project"], setup.options.get("location", "global")
    parent = f"projects/{quote(project, safe='')}/locations/{quote(location, safe='')}"
    body: dict[str, Any] = {
        "contents": [item.text for item in items],
        "mimeType": "text/plain",
        "sourceLanguageCode": setup.language("source", CODES),
        "targetLanguageCode": setup.language("target", CODES),
        "model": f"{parent}/models/{setup.model}",
    }
    list_key = "translations"
    if glossary := setup.options.get("glossary"):
        body["glossaryConfig"] = {"glossary": f"{parent}/glossaries/{quote(glossary, safe='')}"}
        list_key = "glossaryTranslations"
    headers = {"Authorization": f"Bearer {setup.keys['token']}", "X-Goog-User-Project": project}
    answer = setup.post(f"/{setup.options.get('api', API)}/{parent}:translateText", headers, body, items)
    return EngineAnswer(texts_at(answer, [list_key], ["translatedText"], setup.engine))


def is_used_up(status: int, body: object) -> bool:
    """True for 403 RESOURCE_EXHAUSTED, the daily quota; 429 is the quota per minute, which
    recovers.
    """
    try:
        return status == 403 and value_at(body, ["error", "status"], "google_v3") == "RESOURCE_EXHAUSTED"
    except MismatchError:
        return False
