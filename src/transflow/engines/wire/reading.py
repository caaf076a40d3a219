"""Texts out of an answer.

Invariant: an answer of another shape is no answer: it raises, and never becomes a translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transflow.engines.wire.faults import MismatchError


def inside(body: object, path: Sequence[str | int], engine: str) -> object:
    """What stands at a path of keys and places. Raises MismatchError where nothing does."""
    for step in path:
        try:
            body = body[step]  # type: ignore[index] # whatever it is, it is judged by what happens
        except (KeyError, IndexError, TypeError):
            raise MismatchError(engine, "its answer has another shape than its API.") from None
    return body


def text_at(body: object, path: Sequence[str | int], engine: str) -> str:
    found = inside(body, path, engine)
    if not isinstance(found, str):
        raise MismatchError(engine, "its answer has another shape than its API.")
    return found


def texts_at(body: object, path: Sequence[str | int], of_each: Sequence[str | int], engine: str) -> list[str]:
    """The texts in a list: each is at `of_each` of an element. Raises MismatchError."""
    found = inside(body, path, engine)
    if not isinstance(found, list):
        raise MismatchError(engine, "its answer has another shape than its API.")
    texts: list[Any] = found
    try:
        for step in of_each:
            texts = [each[step] for each in texts]
    except (KeyError, IndexError, TypeError):
        raise MismatchError(engine, "its answer has another shape than its API.") from None
    if not all(isinstance(each, str) for each in texts):
        raise MismatchError(engine, "its answer has another shape than its API.")
    return texts
