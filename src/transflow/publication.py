"""Where a story went out, and what was taken back: X-Published, X-Killed and X-Withheld.

Invariant: nothing that was recorded is overwritten. A page that is brought up to date gets one more record; what counts
for an address is the newest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from transflow.errors import UsageError
from transflow.model import Act, Catalog

_RECORD = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (\S+) ([0-9a-f]{16})")
_ADDRESS = re.compile(r"https?://[^\s/]\S*")


class Publication(NamedTuple):
    """That a story stood at an address at a time. In X-Published: `TIME ADDRESS DIGEST`, one after the other."""

    time: str
    """UTC, to the second."""
    address: str
    digest: str
    """Of what readers saw: see `transflow.story.printed_digest`."""

    def __str__(self) -> str:
        return " ".join(self)


def publications(article: Catalog) -> tuple[Publication, ...]:
    """Every record, in the order in which they were made. What cannot be read is passed over."""
    return tuple(Publication(*match.groups()) for match in _RECORD.finditer(article.header.get("X-Published")))


def addresses(article: Catalog) -> tuple[Publication, ...]:
    """The newest record of each address, in order of first appearance."""
    newest: dict[str, Publication] = {}
    for each in publications(article):
        known = newest.get(each.address)
        newest[each.address] = max(known, each) if known else each
    return tuple(newest.values())


def checked_address(address: str) -> str:
    """The address, if it is one of the web. Raises UsageError."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"“{address}” is no web address: it begins with https:// or http://, and has no spaces.")
    return address


def published(article: Catalog, new: Iterable[Publication]) -> Catalog:
    """With records added; one that is there already is not doubled."""
    records = dict.fromkeys((*publications(article), *new))
    return _with(article, X_Published=" ".join(map(str, records)))


def taken_down(article: Catalog, address: str) -> Catalog:
    """Without the records of an address, where the story stands no longer, or never stood."""
    return _with(article, X_Published=" ".join(str(each) for each in publications(article) if each.address != address))


def killing(article: Catalog) -> Act | None:
    """Who killed the story, when and why; None while it lives."""
    who, _, rest = article.header.get("X-Killed").partition(" ")
    time, _, reason = rest.partition(" ")
    return Act(who, time, reason) if who else None


def killed(article: Catalog, act: Act | None) -> Catalog:
    """With the story killed, or, with None, alive again."""
    return _with(article, X_Killed=" ".join(act).rstrip() if act else "")


def withheld(article: Catalog) -> frozenset[str]:
    """Ids of the people whose names this story does not print, though they made it."""
    return frozenset(article.header.get("X-Withheld").split())


def withholding(article: Catalog, person: str, *, undo: bool = False) -> Catalog:
    """With a person's name withheld, or printed again."""
    people = withheld(article) - {person} if undo else withheld(article) | {person}
    return _with(article, X_Withheld=" ".join(sorted(people)))


def _with(article: Catalog, **fields: str) -> Catalog:
    """With header fields; an empty one is removed."""
    return article.having(header=article.header.having(**{name: value or None for name, value in fields.items()}))
