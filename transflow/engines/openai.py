"""OpenAI, chat completions: https://platform.openai.com/docs/api-reference/chat/create

Any server with this API can be asked, such as llama.cpp, Ollama or vLLM:
`url = "http://localhost:8000/v1"`. Set `model`, and the prices unless the server is local.
"""

# The response formats that a server supports are probed with the first requests: some servers
# answer a JSON schema with status 500. No token limit is sent, since older servers do not know
# `max_completion_tokens`.

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from transflow.engines import EngineAnswer, EngineItem, Limits, Prompt, Reply, Setup
from transflow.engines.prompting import asking, drafting
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
FORMATS = ("json_schema", "json_object", "")
"""Formats of an answer, in the order in which they are tried; the last is none."""
_UNKNOWN_FORMAT = frozenset({400, 404, 415, 422, 500, 501})
_probe_lock = threading.Lock()


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    return drafting.translate(items, setup, complete)


def complete(prompt: Prompt, setup: Setup) -> Reply:
    if (response_format := setup.memo.get("format")) is not None:
        return _request(prompt, setup, response_format)
    if reply := _tried(prompt, setup, FORMATS[0]):  # by all threads at once: most servers know it
        return reply
    with _probe_lock:  # other threads wait for the result of the first probe
        if (response_format := setup.memo.get("format")) is not None:
            return _request(prompt, setup, response_format)
        for name in FORMATS[1:-1]:
            if reply := _tried(prompt, setup, name):
                return reply
        reply = _request(prompt, setup, FORMATS[-1])
        setup.memo["format"] = FORMATS[-1]
        return reply


def _tried(prompt: Prompt, setup: Setup, name: str) -> Reply | None:
    """Return the answer in a response format, which is kept for the rest of the run.

    None if the server does not know the format.
    """
    try:
        reply = _request(prompt, setup, name, tries=1)
    except (RejectedError, EngineUnavailableError) as error:
        if not _is_about_format(error):
            raise
        return None
    except MismatchError:
        # the server accepted the format; the content is a separate problem
        setup.memo["format"] = name
        raise
    setup.memo["format"] = name
    return reply


def _is_about_format(error: EngineError) -> bool:
    return error.status in _UNKNOWN_FORMAT


def _request(prompt: Prompt, setup: Setup, response_format: str, *, tries: int = 4) -> Reply:
    roles = ("user", "assistant")
    turns = [{"role": roles[place % 2], "content": text} for place, text in enumerate(prompt.turns)]
    body: dict[str, Any] = {"model": setup.model, "messages": [{"role": "system", "content": prompt.rules}, *turns]}
    if response_format:
        body["response_format"] = _format(response_format, prompt)
    headers = {"Authorization": f"Bearer {setup.keys['key']}"} if setup.keys.get("key") else {}
    answer = setup.post_prompt("/chat/completions", headers, body, prompt, tries=tries)
    if value_at(answer, ["choices", 0, "finish_reason"], setup.engine) not in ("stop", None):
        raise MismatchError(setup.engine, MESSAGES("unfinished"))
    content = text_at(answer, ["choices", 0, "message", "content"], setup.engine)
    return Reply(content, _tokens(answer))


def _format(name: str, prompt: Prompt) -> dict[str, Any]:
    if name != "json_schema":
        return {"type": name}
    return {"type": name, "json_schema": {"name": "answer", "strict": True, "schema": prompt.schema}}


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
