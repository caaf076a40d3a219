"""Anthropic, Messages API: https://platform.claude.com/docs/en/api/messages

Set the prices, and another `model` if you like.
"""

# `output_config.format` constrains the answer to a JSON schema. An answer is accepted only if
# `stop_reason` is `end_turn`: `max_tokens` means that it was truncated, `refusal` that there is
# none.

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Prompt, Reply, Setup
from transflow.engines.prompting import asking, drafting
from transflow.messages import Messages
from transflow.network.answers import texts_at, value_at
from transflow.network.errors import MismatchError

MESSAGES = Messages(__name__, {"unfinished": "it did not finish its answer, or refused to give one."})
URL = "https://api.anthropic.com"
MODEL = "claude-sonnet-4-5"
KEYS = {"key": "ANTHROPIC_API_KEY"}
API, VERSION, MAX_TOKENS = "v1", "2023-06-01", 8192
OPTIONS = {
    "api": "the version in the address; by default v1",
    "version": "the version of the API; by default 2023-06-01",
    "max_tokens": "the most tokens of an answer; by default 8192",
}
LIMITS = Limits(20, characters=6_000)
PRICE = None
PROMPT = asking.PROMPT


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    return drafting.translate(items, setup, complete)


def complete(prompt: Prompt, setup: Setup) -> Reply:
    roles = ("user", "assistant")
    body = {
        "model": setup.model,
        "max_tokens": _max_tokens(setup),
        "system": prompt.rules,
        "messages": [{"role": roles[place % 2], "content": text} for place, text in enumerate(prompt.turns)],
        "output_config": {"format": {"type": "json_schema", "schema": prompt.schema}},
    }
    headers = {
        "x-api-key": setup.keys["key"],
        "anthropic-version": setup.options.get("version", VERSION),
    }
    answer = setup.post_prompt(f"/{setup.options.get('api', API)}/messages", headers, body, prompt)
    if value_at(answer, ["stop_reason"], setup.engine) != "end_turn":
        raise MismatchError(setup.engine, MESSAGES("unfinished"))
    blocks = value_at(answer, ["content"], setup.engine)
    text_blocks = (
        [each for each in blocks if isinstance(each, dict) and each.get("type") == "text"]
        if isinstance(blocks, list)
        else []
    )
    content = "".join(texts_at({"blocks": text_blocks}, ["blocks"], ["text"], setup.engine))
    return Reply(content, _tokens(answer))


def _max_tokens(setup: Setup) -> int:
    value = setup.options.get("max_tokens", "")
    return int(value) if value.isdecimal() and int(value) else MAX_TOKENS


def _tokens(answer: object) -> tuple[int, int] | None:
    try:
        tokens_in, tokens_out = (
            value_at(answer, ["usage", name], "anthropic") for name in ("input_tokens", "output_tokens")
        )
    except MismatchError:
        return None
    return (tokens_in, tokens_out) if isinstance(tokens_in, int) and isinstance(tokens_out, int) else None


def is_used_up(status: int, body: object) -> bool:
    """True if the error message reports an empty credit balance.

    The API sends it as an invalid request; only the text of the message identifies it.
    """
    try:
        message = value_at(body, ["error", "message"], "anthropic")
    except MismatchError:
        return False
    return status in (400, 402, 403) and isinstance(message, str) and "credit balance" in message
