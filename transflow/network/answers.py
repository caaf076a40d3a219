"""Texts extracted from the JSON of a response.

Invariant: a response of unexpected shape raises an error and never becomes a translation.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.messages import Messages
from transflow.network.errors import MismatchError

MESSAGES = Messages(__name__, {"shape": "its answer has another shape than its API."})


def value_at(body: object, path: Sequence[str | int], engine: str) -> object:
    """Return the value at a path of keys and indexes. Raise MismatchError if there is none."""
    for step in path:
        try:
            body = body[step]  # type: ignore[index] # any type may occur; the exceptions below decide
        except (KeyError, IndexError, TypeError):
            raise MismatchError(engine, MESSAGES("shape")) from None
    return body


def text_at(body: object, path: Sequence[str | int], engine: str) -> str:
    value = value_at(body, path, engine)
    if not isinstance(value, str):
        raise MismatchError(engine, MESSAGES("shape"))
    return value


def texts_at(body: object, path: Sequence[str | int], item_path: Sequence[str | int], engine: str) -> list[str]:
    """Return the texts in the list at `path`, each at `item_path` of an element.

    An element without one yields an empty string. Raise MismatchError if there is no list, or if no
    element has a text.
    """
    elements = value_at(body, path, engine)
    if not isinstance(elements, list):
        raise MismatchError(engine, MESSAGES("shape"))
    texts = [_text_or_none(element, item_path, engine) for element in elements]
    if texts and all(text is None for text in texts):
        raise MismatchError(engine, MESSAGES("shape"))
    return [text or "" for text in texts]


def _text_or_none(element: object, path: Sequence[str | int], engine: str) -> str | None:
    try:
        return text_at(element, path, engine)
    except MismatchError:
        return None
