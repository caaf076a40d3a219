"""Messages for both people when their work met: two texts of one sentence, and files kept as ours.

Invariant: who brings the two together and who gets the result later are told the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from shlex import quote
from typing import NamedTuple

from transflow.attribution.credits import main_author
from transflow.errors import UnreadableError
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import load
from transflow.project import CatalogRef, git_objects
from transflow.project.git_command import run_text
from transflow.project.git_writing import ChangedEntry
from transflow.sync.clone import Clone
from transflow.sync.placing import catalog_at

MESSAGES = Messages(
    __name__,
    {
        "two-texts": "{ref} has two texts now: {first}’s “{text}” stands, {others} beside it. Nobody’s was lost; {command} "
        "decides.",
        "other": "{who}’s “{text}”",
        "kept": "{path} was changed on both sides, and cannot be put together. {who}’s version stands. The other one is in "
        "the history ({commit}): `git show {commit}:{path}`. An editor decides what counts.",
        "somebody": "somebody",
    },
)
TRAILER = "Transflow-kept"
"""Line of the message of a merge that names a file of which one side was kept, and the commit with
the other version.
"""
_TRAILER = re.compile(rf"^{TRAILER}: ([0-9a-f]{{40,64}}) (.+)$", re.MULTILINE)
_LONGEST = 60


class DoubleText(NamedTuple):
    """A sentence or paragraph that has several texts since the last exchange."""

    place: CatalogRef
    number: int
    texts: tuple[tuple[str, str], ...]
    """(id of the author, text); the first one stands."""

    def ref(self, clone: Clone) -> str:
        return clone.project.ref(self.place, self.number)

    def message(self, clone: Clone) -> Message:
        (first, text), *others = self.texts
        listed = ", ".join(MESSAGES("other", who=_name(clone, who), text=_short(other)) for who, other in others)
        ref = self.ref(clone)
        command = CommandRef(f"unit resolve {ref}")
        return MESSAGES(
            "two-texts", ref=ref, first=_name(clone, first), text=_short(text), others=listed, command=command
        )


class Kept(NamedTuple):
    """A file of which one side's version stands."""

    path: str
    commit: str
    """The commit with the other version."""
    who: str
    """Name of whoever merged."""

    def message(self) -> Message:
        return MESSAGES("kept", path=quote(self.path), who=self.who, commit=self.commit[:10])


def _name(clone: Clone, who: str) -> str:
    person = clone.project.settings.person(who)
    return (person.name if person and not person.protected else "") or who or str(MESSAGES("somebody"))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def two_texts(clone: Clone, entries: Sequence[ChangedEntry]) -> list[DoubleText]:
    """Return the sentences that have two texts in the new versions and had one in the old ones."""
    catalogs = [(place, each) for each in entries if (place := catalog_at(clone.inside(each.path))) and each.new[1]]
    blobs = [blob for _, each in catalogs for _, blob in (each.old, each.new) if blob]
    contents = dict(git_objects.objects(clone.root, dict.fromkeys(blobs)))
    found: list[DoubleText] = []
    for place, each in catalogs:
        if b"@conflict" in (new := contents[each.new[1]]):
            found += _new_conflicts(place, contents.get(each.old[1], b""), new)
    return found


def _new_conflicts(place: CatalogRef, old: bytes, new: bytes) -> Iterator[DoubleText]:
    with suppress(UnreadableError):
        before = _conflicts(load(old, place.path)) if b"@conflict" in old else {}
        for number, unit in enumerate(load(new, place.path).units, 1):
            if unit.conflicts and _texts(unit) != before.get(unit.id):
                authors = ((each.who, each.text) for each in unit.conflicts)
                yield DoubleText(place, number, ((main_author(unit), unit.target), *authors))


def _conflicts(catalog: Catalog) -> dict[str, frozenset[str]]:
    return {unit.id: _texts(unit) for unit in catalog.units if unit.conflicts}


def _texts(unit: Unit) -> frozenset[str]:
    return frozenset((unit.target, *(each.text for each in unit.conflicts)))


def trailers(paths: Iterable[str], theirs: str) -> list[str]:
    """Return the lines for the message of a merge that kept our version of files."""
    return [f"{TRAILER}: {theirs} {path}" for path in paths]


def kept_in(clone: Clone, old: str, new: str) -> list[Kept]:
    """Return the files that merges between two commits kept as they were on one side."""
    revisions = [f"^{old}", new] if old else [new]
    listed = run_text(clone.root, "log", "--merges", "--format=%an%x01%B%x00", *revisions, "--") or ""
    return [
        Kept(path, commit, who.strip())
        for each in listed.split("\0")
        for who, _, body in [each.partition("\1")]
        for commit, path in _TRAILER.findall(body)
    ]
