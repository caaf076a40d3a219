"""Steps of people on units, as the git history of their catalogs shows it.

Invariant: an old text of a unit that was redacted, or that holds words which must not be printed
any more, is not told; people are named as findings name
them. What is not committed yet is an event without a commit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from transflow.actions.units.limited_history import LimitedSentences, limited_behind
from transflow.attribution.shown_people import is_shown, shown_id
from transflow.errors import UnreadableError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Settings
from transflow.model.unit import Act, Unit
from transflow.po.catalog import parse
from transflow.project import CatalogRef, Project, git, git_objects
from transflow.proof.commits import CommitObject, objects
from transflow.proof.trust import has_address
from transflow.proof.unit_changes import CommittedUnit, UnitChange, UnitKey, unit_changes

MESSAGES = Messages(
    __name__,
    {
        "no-git": "there is no history here: the project is in no git repository. {command} shows what the record says.",
        "altered": "git shows another history here than was recorded (`git replace`, or a file of grafts). Use a fresh "
        "clone.",
    },
)


class UnitEvent(NamedTuple):
    """A step on a unit."""

    kind: str
    """wrote, changed, removed-text, source, approved, withdrew, returned, omitted, cut, waived,
    redacted, added, renamed or removed.
    """
    who: str = ""
    """Id of the person whom the record names, or a machine; empty if it names nobody."""
    time: str = ""
    """Time of the step (UTC) by the record, else that of the commit."""
    commit: str = ""
    """Empty for a change that is not committed yet."""
    recorded_by: str = ""
    """Id of the person whose commit it is, if it is somebody else's of the project."""
    old: str = ""
    """The text before: of the target, the source, or the path."""
    new: str = ""
    """The text after; the reason of a decision."""
    by_stranger: bool = False
    """True if the author of the commit is nobody of the project."""


class Lineage(NamedTuple):
    """The history of units: events by unit, newest first."""

    events: Mapping[UnitKey, tuple[UnitEvent, ...]]
    is_shallow: bool
    """True if the clone lacks older commits."""


Progress = Callable[[int, int], None]
"""Called with the number of commits read, and of all."""


def lineage(
    project: Project, present: Mapping[UnitKey, CommittedUnit], progress: Progress = lambda *_: None
) -> Lineage:
    """Return the events of units that the project has now, from one walk through the history.

    Raise UsageError outside git, and where git shows another history than was recorded.
    """
    root = project.root
    if not git.is_inside(root):
        raise UsageError(MESSAGES("no-git", command=CommandRef("unit show")))
    if git.has_altered_history(root):
        raise UsageError(MESSAGES("altered"))
    changes: dict[UnitKey, list[UnitChange]] = {key: [] for key in present}
    head = git.commit_id(root, "HEAD")
    if head:
        total, done = git.count_commits(root, head), 0

        def passed() -> None:
            nonlocal done
            done += 1
            progress(done, total)

        for change in unit_changes(root, present, head, passed):
            changes[change.key].append(change)
    for key, unsaved in _uncommitted(project, present, head).items():
        changes[key].insert(0, unsaved)
    commits = dict(objects(root, {each.commit for found in changes.values() for each in found if each.commit}))
    limited, events = limited_behind(project, present), {}
    for key, found in changes.items():
        unit, path = present[key].unit, present[key].path
        hiding = limited.get(path, LimitedSentences())
        events[key] = tuple(_events(found, commits, project.settings, unit, hiding))
    return Lineage(events, git.is_shallow(root))


def present_units(place: CatalogRef, units: Iterable[Unit]) -> dict[UnitKey, CommittedUnit]:
    """Return units of a catalog of the project, as `lineage` takes them."""
    return {(place.locale, unit.id): CommittedUnit(place.path, unit) for unit in units}


def _uncommitted(project: Project, present: Mapping[UnitKey, CommittedUnit], head: str) -> Mapping[UnitKey, UnitChange]:
    """Return the differences between the last commit and the files."""
    committed = _committed(project, present, head) if head else {}
    return {
        key: UnitChange("", key, committed.get(key), now) for key, now in present.items() if committed.get(key) != now
    }


def _committed(project: Project, present: Mapping[UnitKey, CommittedUnit], head: str) -> dict[UnitKey, CommittedUnit]:
    """Return the units as the last commit has them, whatever their catalogs are called there."""
    locales = {locale for locale, _ in present}
    blobs = git.committed_blobs(project.root, "locales", head)
    own = {each.path for each in present.values()}
    found: dict[UnitKey, CommittedUnit] = {}
    for paths in ([path for path in blobs if path in own], [path for path in blobs if path not in own]):
        if present.keys() <= found.keys():
            break
        read = {blobs[path]: path for path in paths if path.split("/")[1] in locales and path.endswith(".po")}
        for blob, data in git_objects.objects(project.root, read):
            for unit in _units(data, read[blob]):
                key = read[blob].split("/")[1], unit.id
                if key in present:
                    found.setdefault(key, CommittedUnit(read[blob], unit))
    return found


def _units(data: bytes, path: str) -> Collection[Unit]:
    try:
        return parse(data.decode("utf-8"), path, torn_ok=True).units
    except (UnreadableError, UnicodeDecodeError):
        return ()


def _events(
    changes: Iterable[UnitChange],
    commits: Mapping[str, CommitObject],
    settings: Settings,
    now: Unit,
    limited: LimitedSentences,
) -> Iterator[UnitEvent]:
    """Yield the events of a unit, newest first."""
    for change in changes:
        commit = commits.get(change.commit)
        owner = _owner(settings, commit.author) if commit else ""
        for event in reversed([*_steps(change.before, change.after)]):
            is_text = event.kind in ("wrote", "changed", "removed-text", "source")
            hidden = {
                name
                for name, text in (("old", event.old), ("new", event.new))
                if (now.redacted is not None and is_text) or limited.hide(text, change, now)
            }
            yield event._replace(
                who=event.who and shown_id(settings, event.who),
                time=event.time or (commit.time if commit else ""),
                commit=change.commit,
                by_stranger=commit is not None and not owner and _has_addresses(settings, event.who),
                recorded_by=shown_id(settings, owner) if owner and event.who and owner != event.who else "",
                **dict.fromkeys(hidden, ""),
            )


def _owner(settings: Settings, address: str) -> str:
    """Return the id of the person with an address; empty if it is nobody's of the project."""
    return next((person.id for person in settings.people if has_address(person, address)), "")


def _has_addresses(settings: Settings, person_id: str) -> bool:
    """Return whether a person's addresses may be in the project: not those of protected people."""
    person = settings.person(person_id)
    return is_shown(settings, person_id) and not (person and person.protected)


def _steps(before: CommittedUnit | None, after: CommittedUnit | None) -> Iterator[UnitEvent]:
    """Yield what a change did, without its commit, in the order in which it can have happened."""
    if after is None:
        yield UnitEvent("removed", old=before.unit.target if before else "")
        return
    if before is None:
        yield UnitEvent("added", new=after.unit.source)
    elif before.path != after.path:
        yield UnitEvent("renamed", old=before.path, new=after.path)
    old, new = before.unit if before else Unit(after.unit.id, after.unit.source), after.unit
    if old.source != new.source:
        yield UnitEvent("source", old=old.source, new=new.source)
    if old.target != new.target:
        yield _text_step(old, new)
    yield from _decisions(old, new)


def _text_step(old: Unit, new: Unit) -> UnitEvent:
    kind = "redacted" if new.redacted and not old.redacted else "wrote" if not old.target else "changed"
    if not new.target:
        kind = "removed-text"
    if kind == "redacted" and new.redacted:
        return UnitEvent(kind, new.redacted.who, new.redacted.time)
    known = {(each.who, each.time) for each in old.by}
    latest = max(
        (each for each in new.by if (each.who, each.time) not in known), key=lambda each: each.time, default=None
    )
    who, time = (latest.who, latest.time) if latest else ("", "")
    return UnitEvent(kind, who, time, old=old.target, new=new.target)


def _decisions(old: Unit, new: Unit) -> Iterator[UnitEvent]:
    if new.approved and new.approved != old.approved:
        yield UnitEvent("approved", new.approved.who, new.approved.time, new=new.target)
    elif old.approved and not new.approved and old.target == new.target and not new.returned:
        yield UnitEvent("withdrew", old=new.target)
    acts: tuple[tuple[str, Act | None, Act | None], ...] = (
        ("returned", old.returned, new.returned),
        ("omitted", old.omitted, new.omitted),
        ("cut", old.cut, new.cut),
    )
    for kind, was, now in acts:
        if now and now != was:
            yield UnitEvent(kind, now.who, now.time, new=now.reason)
    for waiver in new.waivers:
        if waiver not in old.waivers:
            yield UnitEvent("waived", waiver.who, waiver.time, old=waiver.check, new=waiver.reason)
