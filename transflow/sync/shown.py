"""Exchanges in words, with reports and stories by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transflow.messages import Message, Messages, joined
from transflow.sync.clone import Clone
from transflow.sync.placing import catalog_at
from transflow.sync.syncing import Exchange

MESSAGES = Messages(
    __name__,
    {
        "received": "Came in: {names}.",
        "sent": "Sent: {names}.",
        "nothing": "Nothing new, here or from the others.",
        "more": "{names} and {more} more",
        "settings": "settings of the project",
        "glossary": "glossary",
        "signatures": "signatures of {name}",
        "report": "report {name}",
    },
)
_MOST = 8


def lines(clone: Clone, done: Exchange) -> Iterator[Message]:
    """Yield what an exchange did, in sentences."""
    if done.received:
        yield MESSAGES("received", names=shown_names(clone, done.received))
    if done.sent:
        yield MESSAGES("sent", names=shown_names(clone, done.sent))
    if not (done.received or done.sent):
        yield MESSAGES("nothing")
    yield from (each.message(clone) for each in done.two_texts)
    yield from (each.message() for each in done.kept)
    yield from done.notes


def shown_names(clone: Clone, paths: Sequence[str]) -> Message:
    """Return the names of files, each once; the first ones only, if there are many."""
    names = list(dict.fromkeys(name_of(clone, path) for path in paths))
    listed, rest = joined(names[:_MOST]), len(names) - _MOST
    return MESSAGES("more", names=listed, more=rest) if rest > 0 else listed


def name_of(clone: Clone, path: str) -> Message | str:
    """Return what people call a file of the record; other files have their path."""
    if place := catalog_at(path):
        return clone.project.ref(place)
    if path == "transflow.toml":
        return MESSAGES("settings")
    if path.startswith("sources/") and path.endswith(".md"):
        return MESSAGES("report", name=path.removeprefix("sources/").removesuffix(".md"))
    if path.endswith(".sigs"):
        return MESSAGES("signatures", name=path.split("/", 3)[-1].removesuffix(".sigs"))
    return MESSAGES("glossary") if path.endswith("/glossary.po") else path
