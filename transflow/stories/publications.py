"""Where a story went out and as what, what readers and partners were told, and what was taken back: X-Published, X-Notice, X-Killed
and X-Withheld; and by what it is known everywhere: X-Id.

Invariant: nothing that was recorded is overwritten. A page that is brought up to date, or taken down, gets one more record; what
counts for an address is the newest one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Literal, NamedTuple, get_args

from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Act

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
RECORD = re.compile(rf"({_TIME}) (\S+) ([0-9a-f]{{16}})(?: ([a-z]+(?:-[a-z]+)*)(?= |$))?")
NOTICE = re.compile(rf'({_TIME}) (\S+) ([a-z-]+) ([a-z-]+) ("(?:[^"\\]|\\.)*")')
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
_NAMESPACE = "b467831a-27ff-54b3-b6f9-6657f0881ebc"
"""Of the ids of stories."""

Version = Literal["first", "update", "correction", "refile", "clarification", "withdrawn"]
VERSIONS: tuple[Version, ...] = get_args(Version)
Cause = Literal["reporting", "translation", "editing", "machine"]
CAUSES: tuple[Cause, ...] = get_args(Cause)


class Publication(NamedTuple):
    """That a story stood at an address at a time. In X-Published: `TIME ADDRESS DIGEST KIND`, one after the other."""

    time: str
    """UTC, to the second."""
    address: str
    digest: str
    """Of what readers saw: see `transflow.stories.story.printed_digest`."""
    kind: str = ""
    """One of `VERSIONS`; empty in records of format 1."""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Notice(NamedTuple):
    """What was decided about a mistake. In X-Notice: `TIME WHO CAUSE KIND "text"`, one after the other."""

    time: str
    who: str
    """Who decided."""
    cause: str
    """One of `CAUSES`: where the mistake was made."""
    kind: str
    """As in `Publication`: what readers get for it."""
    text: str
    """Which partners were told, in people's own words."""

    def __str__(self) -> str:
        from transflow.po.notes import quote

        return " ".join((*self[:4], quote(self.text)))


def publications(article: Catalog) -> tuple[Publication, ...]:
    """Every record, in the order in which they were made. What cannot be read is passed over."""
    return tuple(map(as_record, RECORD.finditer(article.header.get("X-Published"))))


def as_record(match: re.Match[str]) -> Publication:
    return Publication(*(group or "" for group in match.groups()))


def addresses(article: Catalog) -> tuple[Publication, ...]:
    """The newest record of each address where the story stands, in order of first appearance."""
    return tuple(each for each in _newest(article).values() if each.kind != "withdrawn")


def _newest(article: Catalog) -> dict[str, Publication]:
    newest: dict[str, Publication] = {}
    for each in sorted(publications(article), key=_time):  # of one second, the one that was written later
        newest[each.address] = each
    return {each.address: newest[each.address] for each in publications(article)}


def _time(record: Publication) -> str:
    return record.time


def is_out(article: Catalog) -> bool:
    """Whether the story stands anywhere. What cannot be read counts: it was published somewhere."""
    return bool(addresses(article) or (article.header.get("X-Published") and not publications(article)))


def versions(article: Catalog) -> dict[str, tuple[int, str]]:
    """For the digest of each version that readers saw, its number, which is its place by time, and its kind."""
    found: dict[str, tuple[int, str]] = {}
    for each in sorted(publications(article), key=_time):
        if each.kind != "withdrawn" and each.digest not in found:
            found[each.digest] = len(found) + 1, each.kind or ("update" if found else "first")
    return found


def next_kind(article: Catalog, address: str, digest: str, noted: str) -> str:
    """As what a version goes out at an address, where nobody says it: as it went out there or elsewhere, or a correction where a
    note was worded (`noted`: when, at last) since the story went out before."""
    known, here = versions(article), _newest(article).get(address)
    if here and here.digest == digest and here.kind != "withdrawn":
        return here.kind or known[digest][1]
    if digest in known:
        return known[digest][1]
    if not known:
        return "first"
    return "correction" if noted >= max(map(_time, publications(article))) else "update"


def checked_address(address: str) -> str:
    """The address, if it is one of the web. Raises UsageError."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(f"“{address}” is no web address: it begins with https:// or http://, and has no spaces.")
    return address


def published(article: Catalog, new: Iterable[Publication]) -> Catalog:
    """With records added. One that says of an address what was known of it at that time already is nothing."""
    for each in new:
        records = sorted((known for known in publications(article) if known.address == each.address), key=_time)
        before = next(
            (known for known in reversed(records) if known.time <= each.time), records[0] if records else None
        )
        kind = before and (before.kind or versions(article)[before.digest][1])
        if each not in records and (before is None or (before.digest, kind) != each[2:]):
            article = _adding(article, "X-Published", str(each))
    return article


def unrepeated(records: Iterable[Publication]) -> list[Publication]:
    """Without those that say of an address what the one before says already: two people recorded the same."""
    newest: dict[str, Publication] = {}
    kept = []
    for each in sorted(records, key=_time):
        known = newest.get(each.address)
        if known is None or known[2:] != each[2:]:
            kept.append(each)
        newest[each.address] = each
    return kept


def taken_down(article: Catalog, address: str, now: str) -> Catalog:
    """With the record that the story stands at an address no longer."""
    known = _newest(article)[address]
    return published(article, [known._replace(time=max(now, known.time), kind="withdrawn")])


def notices(article: Catalog) -> tuple[Notice, ...]:
    """Every notice, in the order in which they were made. What cannot be read is passed over."""
    return tuple(filter(None, map(as_notice, NOTICE.finditer(article.header.get("X-Notice")))))


def as_notice(match: re.Match[str]) -> Notice | None:
    from json import loads

    try:
        return Notice(match[1], match[2], match[3], match[4], loads(match[5]))
    except ValueError:
        return None


def noticed(article: Catalog, new: Notice) -> Catalog:
    """With a notice; one that is there already is not doubled."""
    return article if new in notices(article) else _adding(article, "X-Notice", str(new))


def unreadable(article: Catalog) -> list[tuple[str, str]]:
    """What stands in X-Published and X-Notice beside records that can be read: field, and text."""
    found = []
    for name, pattern, known in (("X-Published", RECORD, VERSIONS), ("X-Notice", NOTICE, VERSIONS)):
        value = article.header.get(name)
        strange = [match[0] for match in pattern.finditer(value) if (match[4] or VERSIONS[0]) not in known]
        strange += [match[0] for match in pattern.finditer(value) if name == "X-Notice" and match[3] not in CAUSES]
        if rest := [*pattern.sub("", value).split(), *strange]:
            found.append((name, " ".join(rest)))
    return found


def _adding(article: Catalog, name: str, record: str) -> Catalog:
    """With one more record in a field: what stands there, read or not, stays."""
    return _with(article, **{name.replace("-", "_"): f"{article.header.get(name)} {record}".strip()})


def story_id(article: Catalog) -> str:
    """X-Id; empty where there is none, or no UUID."""
    found = article.header.get("X-Id")
    return found if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", found) else ""


def new_id(project: str, locale: str, slug: str, taken: Container[str]) -> str:
    """What a new story is known by everywhere, for good: X-Id. A slug that was used before gives another one."""
    from uuid import UUID, uuid5

    number = 0
    while True:
        name = "\0".join((project, locale, slug, *([str(number)] if number else [])))
        if (found := str(uuid5(UUID(_NAMESPACE), name))) not in taken:
            return found
        number += 1


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
    return article.replace(header=article.header.replace(**{name: value or None for name, value in fields.items()}))
