"""Texts extracted from the JSON of a response.

Invariant: a response of unexpected shape raises an error and never becomes a translation.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.network.errors import MismatchError


def inside(body: object, path: Sequence[str | int], engine: str) -> object:
    """Return the value at a path of keys and indexes. Raise MismatchError if there is none."""
    for step in path:
        try:
            body = body[step]  # type: ignore[index] # any type may occur; the exceptions below decide
        except (KeyError, IndexError, TypeError):
            raise MismatchError(engine, "its answer has another shape than its API.") from None
    return body


def text_at(body: object, path: Sequence[str | int], engine: str) -> str:
    found = inside(body, path, engine)
    if not isinstance(found, str):
        raise MismatchError(engine, "its answer has another shape than its API.")
    return found


def texts_at(body: object, path: Sequence[str | int], of_each: Sequence[str | int], engine: str) -> list[str]:
    """Return the texts in the list at `path`, each at `of_each` of an element.

    An element without one yields an empty string. Raise MismatchError if there is no list, or if no
    element has a text.
    """
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
