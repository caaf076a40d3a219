"""Changes of a story's header by somebody who may not make them.

These are names that are withheld or printed again by neither the person nor an editor, stories that
are killed or revived by no editor, and clearances and words that a story is ready that somebody
else took out by hand, or deleted with the story: `transflow ready --undo` is for writers and
editors. Nothing is said of commits of nobody in the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from transflow.errors import UnreadableError
from transflow.model.catalog import Header
from transflow.model.settings import Person
from transflow.po import header
from transflow.project import Project, git
from transflow.project.git_history import FileChange
from transflow.project.git_objects import object_reader
from transflow.proof.commits import changes, objects
from transflow.proof.trust import History, Trust, has_address

_STORY = re.compile(r"locales/([^/]+)/articles/.+\.po")
_UNDOING_ROLES = ("writer", "editor")
HeaderFault = Literal["withheld", "killed", "revived", "deleted", "ready", "clearance"]
_FIELDS: dict[str, HeaderFault] = {"X-Ready": "ready", "X-Cleared": "clearance"}


class HeaderChange(NamedTuple):
    """A change of a header: what it is about, and whose name or word it concerns, if anybody's."""

    fault: HeaderFault
    locale: str
    story: str
    """Id of the story; its slug if it has none."""
    who: str
    path: str = ""
    """Path of a story that was deleted, from the project's folder."""


def story_key(fields: Header) -> str:
    return fields.get("X-Id") or fields.get("X-Article")


def has_claim(fields: Header, fault: HeaderFault) -> bool:
    """Return whether a header says that a story is ready, cleared or killed."""
    if fault in ("killed", "revived"):
        return bool(fields.get("X-Killed"))
    return any(fields.get(name) for name, each in _FIELDS.items() if each == fault)


def changed_by_others(project: Project, root: str) -> dict[HeaderChange, str]:
    """Return the newest changes after `root` whose author may not make them, with the author's id.

    A change counts if nobody who may has made the same one since.
    """
    head = git.commit_id(project.root, "HEAD")
    history, found = History(project.root, root, "off", head), dict[HeaderChange, str]()
    prefix, is_judged = git.prefix(project.root), set[HeaderChange]()
    with object_reader(project.root) as reader:
        for step in changes(project.root, root, head, ":(glob)locales/*/articles/**"):
            mine = [each for each in step.files if len(each.old) == 1 and _locale(each.path, prefix)]
            blobs = reader.read([blob for each in mine for blob in (*each.old, each.new) if blob])
            texts = {name: data.decode("utf-8", "surrogateescape") for name, data in dict(blobs).items()}
            kept = {_story(texts.get(each.new, "")) for each in mine}
            made = {each for file in mine for each in _changes(file, prefix, texts)}
            new = sorted({each for each in made if each.fault != "deleted" or each.story not in kept} - is_judged)
            if not new:
                continue
            is_judged.update(new)
            trust, commit = history.before(step.commit), dict(objects(project.root, [step.commit]))[step.commit]
            owner = trust.owner(commit.author)
            found |= {each: owner for each in new if owner and not _may(trust, each, owner, commit.author, commit.time)}
    return found


def _locale(path: str, prefix: str) -> str:
    """Return the locale of a story's catalog by its path; empty for other files."""
    match = _STORY.fullmatch(path.removeprefix(prefix)) if path.startswith(prefix) else None
    return match[1] if match else ""


def _story(text: str) -> str:
    """Return the id of the story in a catalog's text; empty if it cannot be read."""
    try:
        return story_key(header.read(text.partition("\n\n")[0] + "\n", "")[0]) if text else ""
    except UnreadableError:
        return ""


def _changes(file: FileChange, prefix: str, texts: dict[str, str]) -> Iterator[HeaderChange]:
    """Yield the changes of a file that not everybody may make."""
    before, after = texts.get(file.old[0], ""), texts.get(file.new, "")
    old_head, _, old_body = before.partition("\n\n")
    new_head, _, new_body = after.partition("\n\n")
    if not before or old_head == new_head:
        return
    try:
        old = header.read(f"{old_head}\n", "")[0]
        new = header.read(f"{new_head}\n", "")[0] if after else Header()
    except UnreadableError:
        return
    locale, story = _locale(file.path, prefix), story_key(old)
    if not after:
        if (old.get("X-Ready") or old.get("X-Cleared")) and not old.get("X-Killed"):
            yield HeaderChange("deleted", locale, story, "", file.path.removeprefix(prefix))
        return
    for who in set(old.get("X-Withheld").split()) ^ set(new.get("X-Withheld").split()):
        yield HeaderChange("withheld", locale, story, who)
    if old.get("X-Killed") != new.get("X-Killed"):
        yield HeaderChange("killed" if new.get("X-Killed") else "revived", locale, story, "")
    for name, fault in _FIELDS.items():
        if old.get(name) and not new.get(name) and old_body == new_body:
            yield HeaderChange(fault, locale, story, old.get(name).partition(" ")[0])


def _may(trust: Trust, change: HeaderChange, owner: str, address: str, time: str) -> bool:
    """Return whether the author of a commit may make a change."""
    author: Person = trust.person(owner)
    if change.fault in ("killed", "revived"):
        return author.has_role("editor", time)
    roles = ("editor",) if change.fault == "withheld" else _UNDOING_ROLES
    is_own = owner == change.who or has_address(trust.person(change.who), address)
    return is_own or any(author.has_role(role, time) for role in roles)
