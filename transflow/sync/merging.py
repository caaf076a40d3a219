"""The merge of the others' work with ours, without touching a file.

Invariant: catalogs are merged sentence by sentence by our driver, whatever this clone is set up to
do; no other program of the clone is run. Of what cannot be merged, ours is kept, and it is said.
Nothing that one side changed is deleted because the other removed it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from transflow.errors import TransflowError
from transflow.messages import Messages
from transflow.project import git, git_objects
from transflow.project.git_command import GitError, run, run_text
from transflow.project.git_writing import changed_tree, output, write_blob
from transflow.project.merge_driver import DRIVER, driver_command
from transflow.project.project import parse_settings
from transflow.sync.clone import Clone, NotSharedError

MESSAGES = Messages(
    __name__,
    {
        "unrelated": "the project here and the one at the shared place did not begin as one, so they cannot be put together. "
        "Take the shared one into a new folder (`git clone`), and bring over what was written here.",
        "no-answer": "git did not merge: {why}",
    },
)
_ENTRY = re.compile(r"([0-7]{6}) ([0-9a-f]+) ([123])\t(.*)", re.DOTALL)
_IN_ONE_LINE = b"\1"
"""Line end within a part of the settings; no valid TOML has this character."""
_ATTRIBUTES = """locales/**/*.po merge=transflow
locales/**/*.sigs merge=union
locales/*/words.txt merge=union
.gitattributes merge=union
.gitignore merge=union
"""


class Merged(NamedTuple):
    """The result of a merge: a tree, and the files of which ours were kept."""

    tree: str
    kept: tuple[str, ...] = ()
    """Paths from the top."""


def merge(clone: Clone, ours: str, theirs: str) -> Merged:
    """Merge two commits. Raise NotSharedError if they have no common one; GitError."""
    if not git.common_commit(clone.root, ours, theirs):
        raise NotSharedError(MESSAGES("unrelated"))
    attributes = clone.queue.folder / "attributes"
    attributes.write_text(_ATTRIBUTES, encoding="ascii")
    settings = [
        f"core.attributesFile={attributes}",
        f"{DRIVER}={driver_command(sys.executable)}",
        *_other_drivers(clone),
    ]
    command = [word for each in settings for word in ("-c", each)]
    # `git merge` names what it merges in the same way: `actions.project.git_merge.is_ancestor`
    result = run(
        clone.root,
        *command,
        *("merge-tree", "--write-tree", "-z", ours, theirs),
        more={f"GITHEAD_{theirs}": "theirs"},
    )
    if result is None or result.returncode not in (0, 1):
        why = result.stderr.decode("utf-8", "replace") if result else ""
        raise GitError(("merge-tree",), MESSAGES("no-answer", why=why.strip()))
    tree, *fields = result.stdout.decode("utf-8", "surrogateescape").split("\0")
    return _resolved(clone, tree, fields) if result.returncode else Merged(tree)


def _other_drivers(clone: Clone) -> list[str]:
    """Return settings with which git itself does what other drivers of the clone would do."""
    listed = run_text(clone.root, "config", "--name-only", "--get-regexp", r"^merge\..*\.driver$") or ""
    names = {line for line in listed.split("\n") if line and line != DRIVER}
    return [f"{name}=git merge-file -q --marker-size=%L %A %O %B" for name in sorted(names)]


class _Stages(NamedTuple):
    """The versions of a file with a conflict: stage -> mode and name."""

    versions: Mapping[int, tuple[str, str]]

    def kept(self) -> tuple[str, str]:
        """Return ours; theirs if we removed what they changed; nothing if both removed it."""
        return self.versions.get(2) or self.versions.get(3) or ("0", "")


def _resolved(clone: Clone, tree: str, fields: Sequence[str]) -> Merged:
    """Return a merge with conflicts, with a decision for each file."""
    stages: dict[str, dict[int, tuple[str, str]]] = {}
    for field in fields:
        match = _ENTRY.fullmatch(field)
        if match is None:
            break  # what follows are messages for people
        stages.setdefault(match[4], {})[int(match[3])] = match[1], match[2]
    changes: dict[str, tuple[str, str]] = {}
    kept: list[str] = []
    for path, versions in stages.items():
        inside = clone.inside(path)
        if len(versions) == 3 and _is_merged_catalog(clone, tree, path, inside):
            continue
        if len(versions) == 3 and inside == "transflow.toml" and (blob := _both_settings(clone, versions)):
            changes[path] = versions[2][0], blob
            continue
        changes[path] = _Stages(versions).kept()
        if len(versions) == 3 or (2 in versions and 3 in versions):
            kept.append(path)
    merged = changed_tree(clone.root, tree, changes, clone.branch.own_index) if changes else tree
    return Merged(merged, tuple(kept))


def _is_merged_catalog(clone: Clone, tree: str, path: str, inside: str) -> bool:
    """Return whether our driver merged a file: then both texts are in it, and no markers."""
    if not (inside.startswith("locales/") and inside.endswith(".po")):
        return False
    data = output(clone.root, "cat-file", "blob", f"{tree}:{path}")
    return b"\n<<<<<<< " not in data and data.startswith((b"#", b"msgid"))


def _both_settings(clone: Clone, versions: Mapping[int, tuple[str, str]]) -> str:
    """Return a transflow.toml with the parts of both sides; empty if that is no valid one.

    Two people who were added in two clones are parts at the same place. Parts are separated by
    empty lines, and stand in one line each while they are merged.
    """
    base, ours, theirs = (versions[stage][1] for stage in (1, 2, 3))
    contents = dict(git_objects.objects(clone.root, (base, ours, theirs)))
    folder = clone.queue.folder
    names: list[str] = []
    for blob in (ours, base, theirs):
        path = folder / f"side-{len(names)}"
        path.write_bytes(
            contents[blob].rstrip(b"\n").replace(b"\n", _IN_ONE_LINE).replace(_IN_ONE_LINE * 2, b"\n") + b"\n"
        )
        names.append(str(path))
    result = run(clone.root, "merge-file", "-p", "--union", *names)
    for name in names:
        (folder / name).unlink()
    with suppress(TransflowError):
        if result is not None and not result.returncode:
            text = result.stdout.rstrip(b"\n").replace(b"\n", b"\n\n").replace(_IN_ONE_LINE, b"\n") + b"\n"
            parse_settings(text)
            return write_blob(clone.root, text)
    return ""
