"""Texts out of an answer.

Invariant: an answer of another shape is no answer: it raises, and never becomes a translation.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.network.errors import MismatchError


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
    """The texts in a list: each is at `of_each` of an element; empty where an element has none, which costs the others nothing.
    Raises MismatchError where there is no list, or none has."""
    found = inside(body, path, engine)
    if not isinstance(found, list):
        raise MismatchError(engine, "its answer has another shape than its API.")
    texts = [_text_in(each, of_each, engine) for each in found]
    if texts and all(text is None for text in texts):
        raise MismatchError(engine, "its answer has another shape than its API.")
    return [text or "" for text in texts]


def _text_in(element: object, path: Sequence[str | int], engine: str) -> str | None:
    try:
        return text_at(element, path, engine)
    except MismatchError:
        return None
