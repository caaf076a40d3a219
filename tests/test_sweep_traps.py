"""Every command in clones that are traps: nothing runs, nothing outside is read or written.

Traps are programs that git's configuration, attributes and hooks name, repositories that lead
elsewhere, links, pipes, devices, and files of gigabytes. The normal run takes a sample of traps and
commands, with a seed that it prints; `make soak` goes on with all of them where it ended last.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from support.newsrooms import git
from support.shares import share
from support.sweeps import Runner, formats, invocations, newsroom
from support.traps import HOOKS, Traps, set_traps

SEED = int(os.environ.get("SWEEP_SEED", "1"))
SAMPLE = 15
SECRET = "ghp_token-of-the-runner"
CODES = {0, 1, 2, 3, 130}
FILES = (
    "transflow.toml",
    "sources/flood.md",
    "locales/en/glossary.po",
    "locales/en/reports/flood.po",
    "locales/en/articles/river.po",
    "locales/en/memory/new.tmx",
    "templates/story.css",
    "build/en/river.html",
    ".gitattributes",
    ".gitignore",
    ".transflow/.gitignore",
    ".transflow/locks/locales~en~reports~flood.po.lock",
    ".git/HEAD",
    ".git/config",
    ".git/index",
    ".git/info/attributes",
    ".git/objects/info/alternates",
)
FOLDERS = (
    "sources",
    "locales",
    "locales/en",
    "locales/en/reports",
    "locales/en/articles",
    "locales/en/memory",
    "templates",
    "build",
    "build/en",
    ".transflow",
    ".transflow/locks",
)
OUTSIDE_GIT = ("config", "HEAD")


class Clones:
    """Copies of one clone with a trap, always in the same place."""

    def __init__(self, folder: Path) -> None:
        self.work, self.kept, self.outside = folder / "work", folder / "kept", folder / "outside"
        self.work.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
                patch.setenv(name, str(self.work / name))
            self.room = newsroom(self.work)
        (self.room / ".git").mkdir()
        git(self.room, "init", "-q")
        git(self.room, "add", "-A")
        git(self.room, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "-qm", "one")
        (self.room / ".git/info/attributes").touch()
        (self.room / ".git/objects/info/alternates").touch()
        shutil.copytree(self.work, self.kept)
        self.traps = Traps(folder / "traps")
        shutil.copytree(self.room, self.outside)
        for path in self.outside.rglob("*"):
            if path.is_file() and ".git" not in path.parts:
                path.write_bytes(path.read_bytes() + f"\n# {SECRET}\n".encode())
        (self.outside / "secret").write_text(f"{SECRET}\n", encoding="utf-8")
        with (self.outside / ".git/config").open("a", encoding="utf-8") as file:
            file.write(self.traps.config() + f"[secret]\n\ttoken = {SECRET}\n")
        self.before = self.seen()
        """Files outside, when the trap was set."""

    def fresh(self, trap: str) -> None:
        """Make a new copy with a trap."""
        shutil.rmtree(self.work)
        shutil.copytree(self.kept, self.work)
        for mark in self.traps.marks.iterdir():
            mark.unlink()
        TRAPS[trap](self)
        self.before = self.seen()

    def replaced(self, name: str) -> Path:
        """Remove a file or folder of the clone, and return its path."""
        path = self.room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        return path

    def seen(self) -> dict[str, bytes]:
        """Return all files outside the clone."""
        return {str(path): path.read_bytes() for path in sorted(self.outside.rglob("*")) if path.is_file()}

    def config(self, text: str) -> None:
        with (self.room / ".git/config").open("a", encoding="utf-8") as file:
            file.write(text)

    def written(self) -> Iterator[Path]:
        """Yield the files that a command may have written, without following links."""
        for folder, _, names in os.walk(self.work):
            for name in names:
                path = Path(folder, name)
                status = path.lstat()
                if stat.S_ISREG(status.st_mode) and status.st_size < 2**20:
                    yield path


def programs(clones: Clones) -> None:
    set_traps(clones.room, clones.traps)


def hooks(clones: Clones) -> None:
    for name in (*HOOKS, "post-commit", "post-merge", "prepare-commit-msg", "post-rewrite"):
        shutil.copy(clones.traps.program, clones.room / ".git/hooks" / name)


def drivers(clones: Clones) -> None:
    trap = clones.traps.program
    clones.config(f'[merge "transflow"]\n\tdriver = {trap} merge\n[merge "own"]\n\tdriver = {trap} merge\n')
    clones.config(
        f"[diff]\n\torderFile = {clones.outside}/secret\n[blame]\n\tignoreRevsFile = {clones.outside}/secret\n"
    )
    (clones.room / ".gitattributes").write_text("*.po merge=own diff=text filter=clean\n", encoding="utf-8")
    clones.config(clones.traps.config())


def bare(clones: Clones) -> None:
    """Make the project look like a bare repository inside another one."""
    programs(clones)
    inner = clones.room / ".git"
    for name in ("HEAD", "objects", "refs", "info", "index"):
        made = inner / name
        (shutil.copytree if made.is_dir() else shutil.copy)(made, clones.room / name)
    shutil.copy(inner / "config", clones.room / "config")
    shutil.rmtree(inner)
    git(clones.work, "init", "-q")


def work_tree(clones: Clones) -> None:
    clones.config(f"[core]\n\tworktree = {clones.outside}\n\tattributesFile = {clones.outside}/secret\n"
                  f"\texcludesFile = {clones.outside}/secret\n")  # fmt: skip


def include(clones: Clones) -> None:
    clones.config(f"[include]\n\tpath = {clones.outside}/.git/config\n[commit]\n\ttemplate = {clones.outside}/secret\n"
                  f"[mailmap]\n\tfile = {clones.outside}/secret\n")  # fmt: skip


def git_file(clones: Clones) -> None:
    clones.replaced(".git").write_text(f"gitdir: {clones.outside}/.git\n", encoding="utf-8")


def git_link(clones: Clones) -> None:
    clones.replaced(".git").symlink_to(clones.outside / ".git")


def common(clones: Clones) -> None:
    (clones.room / ".git/commondir").write_text(f"{clones.outside}/.git\n", encoding="utf-8")


def modules(clones: Clones) -> None:
    trap = clones.traps.program
    text = f'[submodule "x"]\n\tpath = x\n\turl = ext::{trap} module\n\tupdate = !{trap} update\n'
    (clones.room / ".gitmodules").write_text(text, encoding="utf-8")
    clones.config(text)


def archives(clones: Clones) -> None:
    """Put compressed data, and archives with paths that lead elsewhere, in the place of texts."""
    packed = shutil.make_archive(str(clones.work / "packed"), "zip", clones.outside)
    for name in ("sources/flood.md", "locales/en/memory/new.tmx", "../new.md", "../new.tmx", "../new.csv"):
        shutil.copy(packed, clones.room / name)
    shutil.copy(
        shutil.make_archive(str(clones.work / "packed"), "gztar", clones.outside), clones.room / "sources/more.md"
    )


def link(name: str) -> Callable[[Clones], None]:
    def make(clones: Clones) -> None:
        target = clones.outside / name
        clones.replaced(name).symlink_to(target if target.exists() else clones.outside / "secret")

    return make


def pipe(name: str) -> Callable[[Clones], None]:
    return lambda clones: os.mkfifo(clones.replaced(name))


def device(name: str) -> Callable[[Clones], None]:
    """Make a device that never ends, which root can; another user can make a link to it."""

    def make(clones: Clones) -> None:
        path = clones.replaced(name)
        try:
            os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
        except PermissionError:
            path.symlink_to("/dev/zero")

    return make


def huge(name: str) -> Callable[[Clones], None]:
    """Make a file of 64 GB, which takes no space."""
    return lambda clones: os.truncate(clones.room / name, 64 * 2**30)


TRAPS: Mapping[str, Callable[[Clones], None]] = {
    **{each.__name__: each for each in (programs, hooks, drivers, bare, work_tree, include, git_file, git_link, common,
                                        modules, archives)},
    **{f"link {name}": link(name) for name in (*FILES, *FOLDERS)},
    **{f"pipe {name}": pipe(name) for name in (*FILES, *FOLDERS)},
    **{f"device {name}": device(name) for name in FILES},
    **{f"64 GB in {name}": huge(name) for name in FILES if not name.startswith(".git/")},
}  # fmt: skip


@pytest.fixture(scope="module")
def clones(tmp_path_factory: pytest.TempPathFactory) -> Clones:
    return Clones(tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def runner(clones: Clones) -> Iterator[Runner]:
    with Runner(clones.work) as server:
        yield server


def sprung(clones: Clones, runner: Runner, trap: str, arguments: tuple[str, ...], *, terminal: bool = False) -> None:
    """Run a command in a new copy with a trap, and check that the trap did not go off."""
    clones.fresh(trap)
    code, out = runner.run(clones.room, *arguments, terminal=terminal, environment={"GIT_CONFIG_GLOBAL": os.devnull})
    run = f"SWEEP_SEED={SEED}: {trap}: transflow {' '.join(arguments)}"
    assert code in CODES or "\x1b[?1049h" in out, f"{run}: exit code {code}: {out[-2000:]}"
    assert "Traceback" not in out, f"{run}: {out[-2000:]}"
    assert clones.traps.went_off() == set(), run
    assert SECRET not in out, f"{run}: {out}"
    assert clones.seen() == clones.before, run
    for path in clones.written():
        assert SECRET.encode() not in path.read_bytes() or path.name == "packed.zip", f"{run}: {path}"


def test_the_traps_go_off_for_git_itself(clones: Clones) -> None:
    gone_off = set[str]()
    for trap in ("programs", "bare", "include", "git_file"):
        clones.fresh(trap)
        for arguments in (("status",), ("log", "-1"), ("log", "-p", "--ext-diff"), ("diff",)):
            git(clones.room, *arguments, fails=None)
        assert clones.traps.went_off(), trap
        gone_off |= clones.traps.went_off()
    assert {"fsmonitor", "clean", "process"} <= gone_off
    clones.fresh("work_tree")
    assert str(clones.outside) in git(clones.room, "rev-parse", "--show-toplevel")


def test_a_sample_springs_no_trap(clones: Clones, runner: Runner) -> None:
    chance = random.Random(SEED)
    quick = [each for each in invocations() if each.arguments[:1] not in ((), ("story",), ("review",), ("translate",))]
    for _ in range(SAMPLE):
        sprung(clones, runner, chance.choice(list(TRAPS)), chance.choice(quick).arguments)


@pytest.mark.soak
@pytest.mark.timeout(20_000)
def test_no_command_springs_a_trap(clones: Clones, runner: Runner, pytestconfig: pytest.Config) -> None:
    product = [(trap, each.arguments) for trap in TRAPS for each in formats()]
    for number, (trap, arguments) in enumerate(share(pytestconfig, "traps", product, SEED)):
        sprung(clones, runner, trap, arguments, terminal=bool(number % 2))
