"""Clones that are traps: programs in configuration, attributes and hooks; bare-looking folders."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from support.commands import done, new_project
from support.newsrooms import git

HOOKS = (
    "post-index-change",
    "reference-transaction",
    "pre-commit",
    "fsmonitor-watchman",
    "post-checkout",
    "pre-auto-gc",
)


class Traps:
    """Programs that create a file when anything runs them."""

    def __init__(self, folder: Path) -> None:
        self.marks = folder / "marks"
        self.marks.mkdir(parents=True)
        self.program = folder / "trap"
        self.program.write_text(f'#!/bin/sh\ntouch "{self.marks}/$1"\ncat >/dev/null 2>&1 </dev/null\nexit 0\n')
        self.program.chmod(0o755)

    def config(self) -> str:
        trap = self.program
        return f"""
[core]
\tfsmonitor = {trap} fsmonitor
\tpager = {trap} pager
\teditor = {trap} editor
\tsshCommand = {trap} ssh
\taskPass = {trap}
\tgitProxy = {trap} proxy
\talternateRefsCommand = {trap} alternates
\thooksPath = {self.hooks()}
[log]
\tshowSignature = true
[gpg]
\tprogram = {self.gpg()}
[gpg "ssh"]
\tprogram = {self.gpg()}
[diff]
\texternal = {trap} external
[diff "command"]
\tcommand = {trap} diff-command
[diff "text"]
\ttextconv = {trap} textconv
[filter "clean"]
\tclean = {trap} clean; cat
\tsmudge = {trap} smudge; cat
[filter "process"]
\tprocess = {trap} process
[credential]
\thelper = !{trap} credential
[pager]
\tlog = {trap} pager-log
\tshow = {trap} pager-show
\tstatus = {trap} pager-status
[alias]
\tlog = !{trap} alias
\tls-tree = !{trap} alias
[extensions]
\tpartialClone = away
[remote "away"]
\turl = ext::{trap} remote
\tpromisor = true
\tpartialclonefilter = blob:none
\tuploadpack = {trap} uploadpack
[protocol "ext"]
\tallow = always
"""

    def gpg(self) -> Path:
        return self._named("gpg")

    def hooks(self) -> Path:
        folder = self.marks.parent / "hooks"
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            shutil.copy(self._named(name), folder / name)
        return folder

    def _named(self, mark: str) -> Path:
        """Return the program with a mark, for settings that add arguments of their own."""
        path = self.program.with_name(f"trap-{mark}")
        path.write_text(f"#!/bin/sh\nexec {self.program} {mark}\n")
        path.chmod(0o755)
        return path

    def went_off(self) -> set[str]:
        return {path.name for path in self.marks.iterdir()}


def committed(folder: Path) -> Path:
    """Return a clone with a project and two commits, the last of which seems to be signed."""
    new_project(folder)
    git(folder, "init", "-q")
    for key, value in (("user.name", "Claire"), ("user.email", "claire@example.org"), ("commit.gpgSign", "false")):
        git(folder, "config", key, value)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    done(folder, "unit", "set", "flood#2", "Three bridges failed on the night of the 5th.", user="claire")
    git(folder, "commit", "-qam", "two")
    signed = git(folder, "cat-file", "commit", "HEAD").replace(
        "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----\n\n", 1
    )
    path = folder.with_name("signed")
    path.write_text(signed)
    git(folder, "update-ref", "HEAD", git(folder, "hash-object", "-t", "commit", "-w", str(path)).strip())
    return folder


def set_traps(clone: Path, traps: Traps) -> None:
    """Set traps in the configuration, attributes and hooks of a clone with a missing object."""
    with (clone / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write(traps.config())
    (clone / ".git" / "info").mkdir(exist_ok=True)
    (clone / ".git" / "info" / "attributes").write_text(
        "*.po filter=clean diff=text\n*.md filter=process diff=command\n"
    )
    (clone / ".git" / "objects" / "info" / "alternates").write_text(f"{clone / '.git' / 'objects'}\n")
    for path in (*(clone / "locales").rglob("*.po"), *(clone / "sources").iterdir()):
        os.utime(path, (0, 0))  # git must look into it to say whether it changed


def embedded(outer: Path, traps: Traps) -> Path:
    """Create a project in a folder that looks like a bare repository."""
    outer.mkdir()
    git(outer, "init", "-q")
    project = new_project(outer / "room")
    inner = committed(outer.parent / "inner")
    set_traps(inner, traps)
    for name in ("HEAD", "objects", "refs", "info"):
        made = inner / ".git" / name
        (shutil.copytree if made.is_dir() else shutil.copy)(made, project / name)
    settings = (
        (inner / ".git" / "config").read_text(encoding="utf-8").replace("bare = false", "bare = false\n\tworktree = .")
    )
    (project / "config").write_text(settings, encoding="utf-8")
    shutil.copy(inner / ".git" / "index", project / "index")
    return project
