"""Publications of a story: header fields X-Published, X-Notice, X-Killed, X-Withheld and X-Id.

They record where and when the story was published, what readers and partners were told, what was
taken back, and the story's permanent id.

Invariant: a record is never overwritten. Updating a page or taking it down adds a record; the
newest record of an address is the valid one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Literal, NamedTuple, get_args
from uuid import UUID, uuid5

from transflow.errors import UsageError
from transflow.json_text import decode_json
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Act
from transflow.po.notes import quote

MESSAGES = Messages(
    __name__,
    {
        "no-address": "“{address}” is no web address: it begins with https:// or http://, and has no spaces.",
    },
)

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
RECORD = re.compile(rf"({_TIME}) (\S+) ([0-9a-f]{{16}})(?: ([a-z]+(?:-[a-z]+)*)(?= |$))?")
NOTICE = re.compile(rf'({_TIME}) (\S+) ([a-z-]+) ([a-z-]+) ("(?:[^"\\]|\\.)*")')
_ADDRESS = re.compile(r"https?://[^\s/]\S*")
NO_ADDRESS = "-"
"""In the place of an address: the story was published where no address is known, as in print.

If a story has addresses, such a record only says when it was first published.
"""
_NAMESPACE = "b467831a-27ff-54b3-b6f9-6657f0881ebc"
"""UUID namespace of story ids."""

Version = Literal["first", "update", "correction", "refile", "clarification", "withdrawn"]
VERSIONS: tuple[Version, ...] = get_args(Version)
NOTED: tuple[Version, ...] = ("correction", "clarification")
"""Versions that have a note for readers."""
Cause = Literal["reporting", "translation", "editing", "machine"]
CAUSES: tuple[Cause, ...] = get_args(Cause)


class Publication(NamedTuple):
    """Record of a story at an address; in X-Published `TIME ADDRESS DIGEST KIND`."""

    time: str
    """UTC, to the second."""
    address: str
    digest: str
    """Digest of the published text: see `transflow.stories.printed.printed_digest`."""
    kind: str = ""
    """A member of `VERSIONS`; empty in records of format 1."""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Notice(NamedTuple):
    """Decision about a mistake; in X-Notice `TIME WHO CAUSE KIND "text"`."""

    time: str
    who: str
    """Id of the person who decided."""
    cause: str
    """Stage at which the mistake was made, a member of `CAUSES`."""
    kind: str
    """Version that readers get because of the mistake, as in `Publication`."""
    text: str
    """Free text that says which partners were told."""

    def __str__(self) -> str:
        return " ".join((*self[:4], quote(self.text)))


def publications(article: Catalog) -> tuple[Publication, ...]:
    """Return every record in header order, ignoring what cannot be parsed."""
    return tuple(map(parse_publication, RECORD.finditer(article.header.get("X-Published"))))


def parse_publication(match: re.Match[str]) -> Publication:
    return Publication(*(group or "" for group in match.groups()))


def addresses(article: Catalog) -> tuple[Publication, ...]:
    """Return the newest record of each live address, in order of first appearance.

    A record without an address counts if the story has no other.
    """
    newest = _newest_by_address(article)
    if len(newest) > 1:
        newest.pop(NO_ADDRESS, None)
    return tuple(each for each in newest.values() if each.kind != "withdrawn")


def first_published(article: Catalog) -> str:
    """Return when the story was first published, in UTC; empty if that is not recorded.

    A time that was set without an address takes precedence over those of addresses.
    """
    records = [each for each in publications(article) if each.kind != "withdrawn"]
    times = [each.time for each in records if _is_first_time(each)] or [each.time for each in records]
    return min(times, default="")


def last_changed(article: Catalog) -> str:
    """Return when a page last got another version than the first one; empty if none did.

    That is a version, or a refile of one, that was nowhere before, or an older one that came back.
    """
    known, changed = versions(article), ""
    seen: set[tuple[str, str]] = set()
    newest: dict[str, int] = {}
    for each in sorted(publications(article), key=_time):
        if each.kind == "withdrawn":
            continue
        number, kind = known[each.digest]
        version = each.digest, each.kind or kind
        if seen and (version not in seen or number < newest.get(each.address, 0)):
            changed = each.time
        seen.add(version)
        newest[each.address] = number
    return changed


def _is_first_time(record: Publication) -> bool:
    return record.address == NO_ADDRESS and record.kind == "first"


def with_first_time(article: Catalog, time: str, digest: str) -> Catalog:
    """Return the article with the time of its first publication set, whatever its addresses say.

    `digest` is that of the version that was published then.
    """
    value = article.header.get("X-Published")
    for each in publications(article):
        if _is_first_time(each):
            value = value.replace(str(each), "", 1)
    value = " ".join((*value.split(), str(Publication(time, NO_ADDRESS, digest, "first"))))
    return article.replace(header=article.header.replace(X_Published=value))


def _newest_by_address(article: Catalog) -> dict[str, Publication]:
    newest: dict[str, Publication] = {}
    for each in sorted(publications(article), key=_time):  # stable: of equal times the later entry wins
        newest[each.address] = each
    return {each.address: newest[each.address] for each in publications(article)}


def _time(record: Publication) -> str:
    return record.time


def is_published(article: Catalog) -> bool:
    """Return True if the story is published anywhere.

    An unreadable X-Published counts, because the story was published somewhere.
    """
    return bool(addresses(article) or (article.header.get("X-Published") and not publications(article)))


def versions(article: Catalog) -> dict[str, tuple[int, str]]:
    """Return the number (1-based, by time) and kind of each published version, by its digest."""
    found: dict[str, tuple[int, str]] = {}
    for each in sorted(publications(article), key=_time):
        if each.kind != "withdrawn" and each.digest not in found:
            found[each.digest] = len(found) + 1, each.kind or ("update" if found else "first")
    return found


def newest_version(article: Catalog) -> int:
    """Return the number of the version that was published last; 0 for none."""
    known = versions(article)
    pages = [each for each in sorted(publications(article), key=_time) if each.kind != "withdrawn"]
    return known[pages[-1].digest][0] if pages else 0


def version_of(article: Catalog, digest: str) -> tuple[int, str]:
    """Return the number of a version and its kind, which a refile changes; (0, "") if unknown."""
    number, kind = versions(article).get(digest, (0, ""))
    for each in sorted(publications(article), key=_time):
        if each.digest == digest and each.kind == "refile":
            kind = each.kind
    return number, kind


def is_withdrawn(article: Catalog) -> bool:
    """Return True if the story was published, and is nowhere now."""
    return bool(publications(article)) and not addresses(article)


def default_kind(article: Catalog, address: str, digest: str, noted: Mapping[str, str]) -> str:
    """Return the default kind for publishing a version at an address.

    A version that was published before keeps its kind. Otherwise it is a correction or else a
    clarification if such a note was written since the last publication (`noted` maps each kind of
    note to the time of the newest one), or else an update.
    """
    known_versions, newest_here = versions(article), _newest_by_address(article).get(address)
    if newest_here and newest_here.digest == digest and newest_here.kind != "withdrawn":
        return newest_here.kind or known_versions[digest][1]
    if digest in known_versions:
        return known_versions[digest][1]
    if not known_versions:
        return "first"
    last = max(map(_time, publications(article)))
    return next((kind for kind in NOTED if noted.get(kind, "") >= last), "update")


def checked_address(address: str) -> str:
    """Return the address unchanged. Raise UsageError unless it is an http or https URL."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(MESSAGES("no-address", address=address))
    return address


def with_publications(article: Catalog, new: Iterable[Publication]) -> Catalog:
    """Return the article with records added, except those that add nothing to earlier ones."""
    for each in new:
        records = sorted((known for known in publications(article) if known.address == each.address), key=_time)
        before = next(
            (known for known in reversed(records) if known.time <= each.time), records[0] if records else None
        )
        kind = before and (before.kind or versions(article)[before.digest][1])
        if each not in records and (before is None or (before.digest, kind) != each[2:]):
            article = _with_record(article, "X-Published", str(each))
    return article


def without_repeats(records: Iterable[Publication]) -> list[Publication]:
    """Return the records without those equal to the previous record of the same address.

    Such duplicates arise when two people record the same publication.
    """
    newest: dict[str, Publication] = {}
    kept = []
    for each in sorted(records, key=_time):
        previous = newest.get(each.address)
        if previous is None or previous[2:] != each[2:]:
            kept.append(each)
        newest[each.address] = each
    return kept


def with_withdrawal(article: Catalog, address: str, now: str) -> Catalog:
    """Return the article with a record that the story was removed from an address."""
    known = _newest_by_address(article)[address]
    return with_publications(article, [known._replace(time=max(now, known.time), kind="withdrawn")])


def notices(article: Catalog) -> tuple[Notice, ...]:
    """Return every notice in header order, ignoring what cannot be parsed."""
    return tuple(filter(None, map(parse_notice, NOTICE.finditer(article.header.get("X-Notice")))))


def parse_notice(match: re.Match[str]) -> Notice | None:
    try:
        return Notice(match[1], match[2], match[3], match[4], decode_json(match[5]))
    except ValueError:
        return None


def with_notice(article: Catalog, new: Notice) -> Catalog:
    """Return the article with a notice added, unless it has the same notice already."""
    return article if new in notices(article) else _with_record(article, "X-Notice", str(new))


def unreadable_parts(article: Catalog) -> list[tuple[str, str]]:
    """Return (field name, text) for the unparsable parts of X-Published and X-Notice."""
    found = []
    for name, pattern, known_kinds in (("X-Published", RECORD, VERSIONS), ("X-Notice", NOTICE, VERSIONS)):
        value = article.header.get(name)
        invalid = [match[0] for match in pattern.finditer(value) if (match[4] or VERSIONS[0]) not in known_kinds]
        invalid += [match[0] for match in pattern.finditer(value) if name == "X-Notice" and match[3] not in CAUSES]
        if leftover := [*pattern.sub("", value).split(), *invalid]:
            found.append((name, " ".join(leftover)))
    return found


def _with_record(article: Catalog, name: str, record: str) -> Catalog:
    """Append a record to a header field, keeping its present value even if that is unreadable."""
    return _with_fields(article, **{name.replace("-", "_"): f"{article.header.get(name)} {record}".strip()})


def story_id(article: Catalog) -> str:
    """Return X-Id, or an empty string if it is missing or not a UUID."""
    value = article.header.get("X-Id")
    return value if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) else ""


def new_id(project: str, locale: str, slug: str, taken: Container[str]) -> str:
    """Return the permanent id (X-Id) of a new story, a UUID that is not in `taken`.

    A slug that is used again gets another id.
    """
    number = 0
    while True:
        name = "\0".join((project, locale, slug, *([str(number)] if number else [])))
        if (candidate := str(uuid5(UUID(_NAMESPACE), name))) not in taken:
            return candidate
        number += 1


def kill_record(article: Catalog) -> Act | None:
    """Return who killed the story, when and why, or None for a live story."""
    who, _, rest = article.header.get("X-Killed").partition(" ")
    time, _, reason = rest.partition(" ")
    return Act(who, time, reason) if who else None


def with_kill_record(article: Catalog, act: Act | None) -> Catalog:
    """Return the article killed by `act` or, if `act` is None, revived."""
    return _with_fields(article, X_Killed=" ".join(act).rstrip() if act else "")


def withheld_people(article: Catalog) -> frozenset[str]:
    """Return the ids of people whose names this story does not print although they worked on it."""
    return frozenset(article.header.get("X-Withheld").split())


def with_withheld_person(article: Catalog, person: str, *, undo: bool = False) -> Catalog:
    """Return the article with a person's name withheld or, with `undo`, printed again."""
    people = withheld_people(article) - {person} if undo else withheld_people(article) | {person}
    return _with_fields(article, X_Withheld=" ".join(sorted(people)))


def _with_fields(article: Catalog, **fields: str) -> Catalog:
    """Set header fields; an empty value removes the field."""
    return article.replace(header=article.header.replace(**{name: value or None for name, value in fields.items()}))
