"""OpenAI, chat completions: https://platform.openai.com/docs/api-reference/chat/create

Any server with this API can be asked, such as llama.cpp, Ollama or vLLM:
`url = "http://localhost:8000/v1"`. Set `model`, and the prices unless the server is local.
"""

# The response formats that a server supports are probed once, with the first request: some servers
# answer a JSON schema with status 500. No token limit is sent, since older servers do not know
# `max_completion_tokens`.

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.engines.prompting import asking
from transflow.messages import Messages
from transflow.network.answers import text_at, value_at
from transflow.network.errors import EngineError, EngineUnavailableError, MismatchError, RejectedError

MESSAGES = Messages(__name__, {"unfinished": "it did not finish its answer."})
URL = "https://api.openai.com/v1"
MODEL = "gpt-5-mini"
KEYS = {"key?": "OPENAI_API_KEY"}
LIMITS = Limits(20, characters=6_000)
PRICE = None
PROMPT = asking.PROMPT
_SCHEMA = {"name": "translations", "strict": True, "schema": asking.SCHEMA}
FORMATS: dict[str, Any] = {
    "json_schema": {"type": "json_schema", "json_schema": _SCHEMA},
    "json_object": {"type": "json_object"},
    "": None,
}
"""In the order in which they are tried."""
_UNKNOWN_FORMAT = frozenset({400, 404, 415, 422, 500, 501})
_probe_lock = threading.Lock()


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    if (response_format := setup.memo.get("format")) is not None:
        return _request(items, setup, response_format)
    with _probe_lock:  # other threads wait for the result of the first probe
        if (response_format := setup.memo.get("format")) is not None:
            return _request(items, setup, response_format)
        return _probe(items, setup)


def _probe(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    """Return the first answer, in the best response format that the server supports."""
    for name in FORMATS:
        is_last = not name
        try:
            answer = _request(items, setup, name, tries=4 if is_last else 1)
        except (RejectedError, EngineUnavailableError) as error:
            if is_last or not _is_about_format(error):
                raise
        except MismatchError:
            # the server accepted the format; the content is a separate problem
            setup.memo["format"] = name
            raise
        else:
            setup.memo["format"] = name
            return answer
    raise AssertionError("the last format returns or raises")


def _is_about_format(error: EngineError) -> bool:
    return error.status in _UNKNOWN_FORMAT


def _request(items: Sequence[EngineItem], setup: Setup, response_format: str, *, tries: int = 4) -> EngineAnswer:
    body: dict[str, Any] = {
        "model": setup.model,
        "messages": [
            {"role": "system", "content": asking.RULES},
            {"role": "user", "content": asking.user_message(items, setup)},
        ],
    }
    if response_format:
        body["response_format"] = FORMATS[response_format]
    headers = {"Authorization": f"Bearer {setup.keys['key']}"} if setup.keys.get("key") else {}
    answer = setup.post("/chat/completions", headers, body, items, tries=tries)
    if value_at(answer, ["choices", 0, "finish_reason"], setup.engine) not in ("stop", None):
        raise MismatchError(setup.engine, MESSAGES("unfinished"))
    content = text_at(answer, ["choices", 0, "message", "content"], setup.engine)
    return asking.parse_answer(content, items, _tokens(answer), setup.engine)


def _tokens(answer: object) -> tuple[int, int] | None:
    try:
        tokens_in, tokens_out = (
            value_at(answer, ["usage", name], "openai") for name in ("prompt_tokens", "completion_tokens")
        )
    except MismatchError:
        return None
    return (tokens_in, tokens_out) if isinstance(tokens_in, int) and isinstance(tokens_out, int) else None


def is_used_up(status: int, body: object) -> bool:
    try:
        return status == 429 and value_at(body, ["error", "code"], "openai") == "insufficient_quota"
    except MismatchError:
        return False
