"""Files of the work tree after the branch was moved to what the others did.

Invariant: the list of what is to be placed is on the disk before the branch is moved, and gone only
after the last file has its new content. A file that somebody wrote meanwhile is merged, never
overwritten. What is not the record is placed only where nobody changed it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from shlex import quote
from typing import NamedTuple

from transflow.errors import RefusedError, UnreadableError
from transflow.json_text import decode_json, encode_json
from transflow.merge.glossary import merge_glossary
from transflow.messages import Message, Messages
from transflow.po.catalog import load
from transflow.po.syntax import decode
from transflow.project import CatalogRef, Project, files, git, git_objects
from transflow.project.git_command import run, run_text
from transflow.project.git_writing import ChangedEntry, changed_entries, head_commit, index_entries
from transflow.project.places import is_slug
from transflow.project.project import ChangedUnderneathError
from transflow.project.writes import QueuedWrite, digest, is_record, placing
from transflow.sync.clone import Clone, NotSharedError

MESSAGES = Messages(
    __name__,
    {
        "in-the-way": "the others changed {path}, and it is changed here too, outside transflow. Nothing was brought in. "
        "Commit it, or put it aside with `git stash`, and do this again.",
        "staged": "the others changed {path}, of which you have chosen a part for a commit of your own. Nothing was brought "
        "in. Commit that part, or give it up with `git restore --staged {path}`; then do this again.",
        "filter": "the others changed {path}, which git brings in with a program ({program}). transflow runs none: `git "
        "pull` brings it in.",
        "both": "{path} was changed here while the others' version came. Yours stands; theirs is in the history.",
    },
)
_LIST = "placing"
_MISSING = ("000000", "")
_SUBMODULE, _LINK, _PROGRAM = "160000", "120000", "100755"


class Placed(NamedTuple):
    """Files that were brought up to date, and messages for people."""

    paths: tuple[str, ...] = ()
    told: tuple[Message, ...] = ()


def check_free(clone: Clone, entries: Sequence[ChangedEntry], waiting: Iterable[str]) -> None:
    """Raise an error if a file that is to be placed was changed here and cannot be merged.

    `waiting` are files of the record that were not committed. Raise RefusedError, NotSharedError.
    """
    uncommitted = set(waiting)
    staged = index_entries(clone.root, [each.path for each in entries])
    for each in entries:
        inside = clone.inside(each.path)
        if staged.get(each.path, _MISSING) not in (each.old, each.new) or (inside and inside in uncommitted):
            key = "staged" if inside not in uncommitted else "in-the-way"
            raise RefusedError(MESSAGES(key, path=quote(each.path)))
        if not (inside and is_record(inside)) and not _is_free(clone, each):
            raise RefusedError(MESSAGES("in-the-way", path=quote(each.path)))
    named = [each.path for each in entries if each.new[1] and each.new[0] != _SUBMODULE]
    for (path, _), program in _filters(clone, named):
        raise NotSharedError(MESSAGES("filter", path=path, program=program))


def _filters(clone: Clone, paths: Sequence[str]) -> Iterator[tuple[tuple[str, str], str]]:
    for start in range(0, len(paths), 500):
        found = git.attributes(clone.top, ("filter",), paths[start : start + 500])
        yield from ((key, value) for key, value in found.items() if value not in ("unspecified", "unset"))


def _is_free(clone: Clone, entry: ChangedEntry) -> bool:
    """Return whether a file outside the record is as it was committed, or as it shall be."""
    if _SUBMODULE in (entry.old[0], entry.new[0]):
        return True
    path = clone.top / entry.path
    if not os.path.lexists(path):
        return True
    if path.is_symlink():
        data = os.fsencode(path.readlink())
    elif path.is_file():
        data = path.read_bytes()
    else:
        return False
    return any(blob and git.has_blob_id(blob, data) for _, blob in (entry.old, entry.new))


def plan(clone: Clone, old: str, new: str) -> None:
    """Write the list of what is to be placed: whatever differs between two commits."""
    path = clone.queue.folder / _LIST
    files.write(path.parent, path, encode_json({"old": old, "new": new}).encode(), mode=0o600)
    path.with_suffix(".done").unlink(missing_ok=True)


def is_pending(clone: Clone) -> bool:
    """Return whether a process was killed before everything was placed."""
    return (clone.queue.folder / _LIST).exists()


def finish(clone: Clone) -> Placed:
    """Place what the list names, if there is one.

    It is dropped if the branch never came to the commit of the list, or left it since by hand.
    """
    path = clone.queue.folder / _LIST
    try:
        named = decode_json(path.read_bytes())
        old, new = str(named["old"]), str(named["new"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return Placed()
    placed = Placed()
    if _is_ancestor(clone, new, head_commit(clone.root)):
        placed = _place_all(clone, changed_entries(clone.root, old or _empty(clone), new))
    path.unlink()
    path.with_suffix(".done").unlink(missing_ok=True)
    return placed


def _empty(clone: Clone) -> str:
    return (run_text(clone.root, "mktree") or "").strip()


def _is_ancestor(clone: Clone, commit: str, head: str) -> bool:
    result = run(clone.root, "merge-base", "--is-ancestor", commit, head) if head else None
    return result is not None and result.returncode == 0


def _place_all(clone: Clone, entries: Sequence[ChangedEntry]) -> Placed:
    done_path = (clone.queue.folder / _LIST).with_suffix(".done")
    done = (
        set(done_path.read_text(encoding="utf-8", errors="surrogateescape").split("\0"))
        if done_path.exists()
        else set()
    )
    paths: list[str] = []
    told: list[Message] = []
    with (
        git_objects.object_reader(clone.root) as reader,
        done_path.open("a", encoding="utf-8", errors="surrogateescape") as log,
    ):
        for each in sorted(entries, key=lambda entry: (clone.inside(entry.path) != "transflow.toml", entry.path)):
            if each.path in done or _SUBMODULE in (each.old[0], each.new[0]):
                continue
            contents = [next(iter(reader.read([blob])))[1] if blob else None for _, blob in (each.old, each.new)]
            told += _place(clone, each, contents[0], contents[1])
            paths.append(each.path)
            log.write(f"{each.path}\0")
            log.flush()
    return Placed(tuple(paths), tuple(told))


def _place(clone: Clone, entry: ChangedEntry, old: bytes | None, new: bytes | None) -> list[Message]:
    inside = clone.inside(entry.path)
    if not (inside and is_record(inside)):
        _place_other(clone, entry, new)
        return []
    for _ in range(20):
        try:
            return _place_record(clone, inside, old, new)
        except ChangedUnderneathError:
            continue
    return _place_record(clone, inside, old, new)


def _place_record(clone: Clone, path: str, old: bytes | None, new: bytes | None) -> list[Message]:
    """Place a file of the record under its lock, merged with what somebody wrote meanwhile."""
    project = clone.project
    with project.locked(path):
        present = project.read(path) if project.has(path) else None
        if digest(present) == digest(new) or _is_based_on(clone, path, new, present):
            return []
        if digest(present) == digest(old):
            _write(project, path, new, present)
            return []
        if new is None or present is None:
            return []  # what was changed stays, and is committed again
        merged, told = _merged(path, old, present, new)
        _write(project, path, merged, present)
        _follow(clone, path, new, merged)
        return told


def _is_based_on(clone: Clone, path: str, new: bytes | None, present: bytes | None) -> bool:
    """Return whether what stands there was made from what is to be placed."""
    writes = clone.queue.pending().get(path, [])
    after = digest(present)
    return any(each.before == digest(new) for each in writes) and any(each.after == after for each in writes)


def _write(project: Project, path: str, new: bytes | None, present: bytes | None) -> None:
    def check_unchanged() -> None:
        now = project.read(path) if project.has(path) else None
        if project.local_git.is_locked() or now != present:
            raise ChangedUnderneathError(path)

    with placing():
        if new is None:
            check_unchanged()
            files.remove(project.root, project.root / path)
        else:
            files.write(project.root, project.root / path, new, check_unchanged)


def _follow(clone: Clone, path: str, new: bytes, merged: bytes) -> None:
    """Note that the merged content is the work of those who wrote, on top of what was placed."""

    def changed(lines: list[QueuedWrite]) -> list[QueuedWrite]:
        own = [each for each in lines if each.path == path and not each.settled and each.who]
        kept = [each for each in lines if each.path != path]
        if not own:
            return kept
        others = tuple(dict.fromkeys(each.who for each in own if each.who != own[-1].who))
        return [*kept, QueuedWrite(path, digest(new), digest(merged), own[-1].who, own[-1].time, "", others)]

    clone.queue.replace(changed)


def _merged(path: str, old: bytes | None, ours: bytes, theirs: bytes) -> tuple[bytes, list[Message]]:
    """Merge a file that somebody wrote while another version came."""
    merge = {"catalog": _merged_catalog, "glossary": _merged_glossary, "lines": _merged_lines}.get(_kind(path))
    if merge is not None:
        with suppress(UnreadableError):
            return merge(path, old, ours, theirs), []
    return ours, [MESSAGES("both", path=path)]


def _kind(path: str) -> str:
    place = catalog_at(path)
    if place is not None:
        return "catalog"
    if path.endswith("/glossary.po"):
        return "glossary"
    return "lines" if path.endswith((".sigs", "/words.txt")) else ""


def catalog_at(path: str) -> CatalogRef | None:
    """Return the catalog at a path; None if it is none."""
    parts = path.removesuffix(".po").split("/", 3)
    if len(parts) != 4 or parts[0] != "locales" or not path.endswith(".po") or not is_slug(parts[3]):
        return None
    if parts[2] == "reports":
        return CatalogRef(parts[1], "reports", parts[3])
    return CatalogRef(parts[1], "articles", parts[3]) if parts[2] == "articles" else None


def _merged_catalog(path: str, old: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """Loads the merge and the word counts, which only such a meeting needs."""
    from transflow.attribution.tallies import ready_to_write
    from transflow.merge import merge
    from transflow.po.catalog import serialize

    base = load(old, path) if old is not None else None
    merged, _ = merge(base, load(ours, path), load(theirs, path))
    return serialize(ready_to_write(merged)).encode("utf-8")


def _merged_glossary(path: str, old: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    base = decode(old, path) if old is not None else None
    return merge_glossary(base, decode(ours, path), decode(theirs, path), path)[0].encode("utf-8")


def _merged_lines(_path: str, old: bytes | None, ours: bytes, theirs: bytes) -> bytes:
    """Return the lines of both sides, without those that one of them removed."""
    before, mine, others = ((data or b"").splitlines(keepends=True) for data in (old, ours, theirs))
    removed = (set(before) - set(mine)) | (set(before) - set(others))
    return b"".join(dict.fromkeys(each for each in (*others, *mine) if each not in removed))


def _place_other(clone: Clone, entry: ChangedEntry, new: bytes | None) -> None:
    """Place a file that is not of the record; `check_free` has found that nobody changed it."""
    path, (mode, _) = clone.top / entry.path, entry.new
    files.check_no_links(clone.top, entry.path)
    if not _is_free(clone, entry):
        return  # somebody changed it since: it stays, as a change of theirs
    if new is None:
        path.unlink(missing_ok=True)
        with suppress(OSError):
            for folder in path.relative_to(clone.top).parents:
                (clone.top / folder).rmdir()
    elif mode == _LINK:
        temporary = files.temporary_path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        temporary.symlink_to(os.fsdecode(new))
        temporary.replace(path)
    else:
        if path.is_symlink():
            path.unlink()
        files.write(clone.top, path, new)
        path.chmod(path.stat().st_mode | 0o111 if mode == _PROGRAM else path.stat().st_mode & ~0o111)
