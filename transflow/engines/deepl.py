"""DeepL, API v2: https://developers.deepl.com/docs/api-reference/translate

A key of the free plan, which ends in `:fx`, is sent to the free host.
"""

# Status 456 means that the quota is used up. `context` is neither translated nor billed; a glossary
# requires the source language, so it is always sent.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.network.answers import texts_at

URL = "https://api.deepl.com"
_FREE_URL = "https://api-free.deepl.com"
HOSTS = ("api-free.deepl.com",)
MODEL = "prefer_quality_optimized"
KEYS = {"key": "DEEPL_AUTH_KEY"}
API = "v2"
_BODY_OPTIONS = {"glossary_id": "the id of a glossary at DeepL", "formality": "more, less, prefer_more or prefer_less"}
OPTIONS = {**_BODY_OPTIONS, "api": "the version of the API; by default v2"}
LIMITS = Limits(50, bytes=100_000)
"""DeepL allows 128 KiB per request; the rest is for the JSON around the texts."""
PRICE = 25.0
_SOURCES = {"zh_Hans": "ZH", "zh_Hant": "ZH", "pt_BR": "PT"}
_TARGETS = {"en": "EN-US", "zh_Hans": "ZH-HANS", "zh_Hant": "ZH-HANT", "pt": "PT-PT"}


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    if setup.url == URL and setup.keys["key"].endswith(":fx"):
        setup = replace(setup, url=_FREE_URL)
    body: dict[str, Any] = {
        "text": [item.text for item in items],
        "source_lang": setup.language("source", _SOURCES).upper(),
        "target_lang": setup.language("target", _TARGETS).upper(),
        "model_type": setup.model,
        "split_sentences": "0",
    }
    body |= {name: setup.options[name] for name in _BODY_OPTIONS if setup.options.get(name)}
    if len(items) == 1 and (context := " ".join(filter(None, (items[0].before, items[0].after)))):
        body["context"] = context
    answer = setup.post(
        f"/{setup.options.get('api', API)}/translate",
        {"Authorization": f"DeepL-Auth-Key {setup.keys['key']}"},
        body,
        items,
    )
    return EngineAnswer(texts_at(answer, ["translations"], ["text"], setup.engine))


def is_used_up(status: int, body: object) -> bool:
    return status == 456
