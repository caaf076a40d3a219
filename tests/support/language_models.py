"""A server on the loopback interface that speaks the protocols of language models."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from support.engine_servers import Got, Server

Answer = Callable[[dict[str, Any], int], Mapping[str, object] | list[tuple[str, object]]]
"""Returns id -> text for the last message of a user, and the number of the turn from 0."""


class ModelServer(Server):
    """A language model that answers by a function; `asked` are the messages of users in order."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.turns: list[int] = []

        def respond(got: Got) -> tuple[int, Mapping[str, str], Any]:
            turns = [each["content"] for each in got.body["messages"] if each["role"] == "user"]
            message = json.loads(turns[-1])
            self.asked.append(message)
            self.turns.append(len(turns) - 1)
            said = answer(message, len(turns) - 1)
            pairs = said if isinstance(said, list) else list(said.items())
            translations = [{"id": each_id, "text": text} for each_id, text in pairs]
            content = json.dumps({"translations": translations}, ensure_ascii=False)
            return 200, {}, reply(got, content)

        super().__init__(respond)


def reply(got: Got, content: str) -> dict[str, Any]:
    """Return the body of a response, in the protocol of the request."""
    if got.path.endswith("/messages"):
        return {
            "stop_reason": "end_turn",
            "content": [{"type": "text", "text": content}],
            "usage": {"input_tokens": 1_000, "output_tokens": 100},
        }
    choice = {"finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return {"choices": [choice], "usage": {"prompt_tokens": 1_000, "completion_tokens": 100}}


def by_source(translations: Mapping[str, str]) -> Answer:
    """Answer with the translation of each source."""

    def answer(message: dict[str, Any], _turn: int) -> dict[str, object]:
        return {each["id"]: translations.get(each["text"], "It is so.") for each in message.get("units", ())}

    return answer
