"""Files of the record: each is always complete, and only regular files are written."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import get_native_id

import pytest

from transflow.errors import RefusedError, UnreadableError
from transflow.project import files
from transflow.project.files import NotWrittenError, read, write

OLD = b"old " * 5000
NEW = b"new! " * 4000


def litter(folder: Path) -> list[str]:
    """Return temporary files in the folder and below."""
    return [path.name for path in folder.rglob("*.tmp")]


def test_what_was_written_is_what_is_read(tmp_path: Path) -> None:
    write(tmp_path, tmp_path / "sources" / "2024" / "flood.md", NEW)
    assert read(tmp_path / "sources" / "2024" / "flood.md", "flood.md") == NEW
    assert litter(tmp_path) == []


def test_a_file_keeps_its_permissions_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    path.chmod(0o640)
    before = os.umask(0o027)
    try:
        write(tmp_path, path, NEW)
        write(tmp_path, tmp_path / "b.po", NEW)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "b.po").stat().st_mode & 0o777 == 0o640


def test_a_reader_that_has_the_file_open_goes_on_reading_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    with path.open("rb") as file:
        write(tmp_path, path, NEW)
        assert file.read() == OLD


# kill -9

SAVE_FOR_EVER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from transflow.project.files import write
root = Path(sys.argv[1])
texts = [sys.argv[2].encode() * 5000, sys.argv[3].encode() * 4000]
print("ready", flush=True)
while True:
    for text in texts:
        write(root, root / "a.po", text)
"""


def rounds_of_kill_9(folder: Path, rounds: int, seed: int) -> int:
    """Kill a process while it saves a file, again and again; the file must have one of two texts.

    Return the number of kills that left a temporary file, which means that they came during a save.
    """
    chance = random.Random(seed)
    (folder / "a.po").write_bytes(OLD)
    in_the_middle = 0
    for _ in range(rounds):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(folder), "old ", "new! "], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert (folder / "a.po").read_bytes() in (OLD, NEW)
        in_the_middle += bool(litter(folder))
        assert len(litter(folder)) <= 1, "the next process puts away what the one before it left"
    return in_the_middle


def test_a_file_is_whole_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    rounds_of_kill_9(tmp_path, 12, seed=1)
    write(tmp_path, tmp_path / "a.po", b"the end")
    assert litter(tmp_path) == []


@pytest.mark.soak
def test_a_file_is_whole_whenever_its_writer_is_killed_300_times(tmp_path: Path) -> None:
    assert rounds_of_kill_9(tmp_path, 300, seed=2) > 30, "most of the time goes into the middle of a save"
    write(tmp_path, tmp_path / "a.po", b"the end")
    assert litter(tmp_path) == []


@pytest.mark.parametrize("step", ["open", "write", "fsync", "replace", "open folder", "fsync folder"])
def test_a_file_is_whole_if_its_writer_is_killed_right_before_any_step(tmp_path: Path, step: str) -> None:
    (tmp_path / "a.po").write_bytes(OLD)
    code = f"""
import os, signal, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from transflow.project.files import write
def die_at(number, function):
    def wrapped(*args, **options):
        wrapped.calls += 1
        if wrapped.calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **options)
    wrapped.calls = 0
    return wrapped
name, _, later = {step!r}.partition(" ")
if name == "replace":
    Path.replace = die_at(1, Path.replace)
else:
    setattr(os, name, die_at(2 if later else 1, getattr(os, name)))
write(Path(sys.argv[1]), Path(sys.argv[1]) / "a.po", b"new! " * 4000)
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "a.po").read_bytes() == (NEW if "folder" in step else OLD)
    write(tmp_path, tmp_path / "a.po", b"next")
    assert (tmp_path / "a.po").read_bytes() == b"next"
    assert litter(tmp_path) == []


def dead_process() -> int:
    """Return the process id of a process that has ended."""
    with subprocess.Popen(["true"]) as process:
        pass
    return process.pid


def test_the_next_save_of_a_file_puts_away_what_killed_processes_left_of_it(tmp_path: Path) -> None:
    stale = [tmp_path / f".a.po.{number}.tmp" for number in (dead_process(), f"1.{dead_process()}")]
    stale.append(tmp_path / f".a.po.{get_native_id()}.{os.getpid()}.tmp")  # of the same numbers in another container
    others = [
        tmp_path / f".b.po.{dead_process()}.tmp",
        tmp_path / ".a.po.notes.tmp",
        tmp_path / f".a.po.{os.getppid()}.tmp",
    ]
    for path in (*stale, *others):
        path.write_bytes(b"half")
    write(tmp_path, tmp_path / "a.po", NEW)
    assert [path.exists() for path in stale] == [False, False, False]
    assert [path.exists() for path in others] == [True, True, True], "another file's, no process's, a living one's"


# Full disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a nearly full disk of 200 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_file_an_error_and_no_litter(small_disk: Path) -> None:
    path = small_disk / "a.po"
    path.write_bytes(OLD)
    with pytest.raises(
        NotWrittenError, match=r"a\.po was not written: the disk is full\. The old file is as it was"
    ) as error:
        write(small_disk, path, b"x" * 500_000)
    assert error.value.exit_code == 3
    assert path.read_bytes() == OLD
    assert litter(small_disk) == []


def test_a_write_that_fails_half_way_leaves_the_old_file_an_error_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        with pytest.raises(NotWrittenError, match="File too large") as error:
            write(tmp_path, path, NEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert error.value.exit_code == 3
    assert path.read_bytes() == OLD
    assert litter(tmp_path) == []


def test_a_disk_that_fails_to_sync_is_an_error_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(NotWrittenError, match="Input/output error"):
        write(tmp_path, path, NEW)
    assert path.read_bytes() == OLD
    assert litter(tmp_path) == []


# Files that are never written


def test_a_read_only_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    path.chmod(0o444)
    with pytest.raises(NotWrittenError, match=r"read-only.*chmod u\+w"):
        write(tmp_path, path, NEW)
    assert path.read_bytes() == OLD


def test_a_symbolic_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "room", tmp_path / "outside.po"
    root.mkdir()
    outside.write_bytes(OLD)
    (root / "a.po").symlink_to(outside)
    with pytest.raises(RefusedError, match=r"a\.po is a symbolic link"):
        write(root, root / "a.po", NEW)
    assert outside.read_bytes() == OLD
    assert (root / "a.po").is_symlink()


def test_a_dangling_symbolic_link_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "a.po").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RefusedError, match="symbolic link"):
        write(tmp_path, tmp_path / "a.po", NEW)
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("target", ["elsewhere", "missing"])
def test_a_folder_that_is_a_symbolic_link_is_refused_and_named(tmp_path: Path, target: str) -> None:
    root = tmp_path / "room"
    (root / "locales").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (root / "locales" / "en").symlink_to(tmp_path / target)
    with pytest.raises(RefusedError, match="locales/en is a symbolic link"):
        write(root, root / "locales" / "en" / "reports" / "a.po", NEW)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "missing").exists()


def test_a_link_between_folders_of_the_project_is_refused_as_well(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "vi").symlink_to("en")
    with pytest.raises(RefusedError, match="vi is a symbolic link"):
        write(tmp_path, tmp_path / "vi" / "a.po", NEW)


def test_the_way_to_the_project_may_lead_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", tmp_path / "link" / "a.po", NEW)
    assert (tmp_path / "real" / "a.po").read_bytes() == NEW


@pytest.mark.parametrize(
    "path", ["../outside.po", "sources/../../outside.po", "sources/../inside.po", "/etc/outside.po"]
)
def test_a_path_that_leaves_the_project_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "room"
    root.mkdir()
    with pytest.raises(RefusedError, match="leads out of the project"):
        write(root, root / path, NEW)
    assert list(tmp_path.iterdir()) == [root]


def test_a_folder_or_a_pipe_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.po").mkdir()
    os.mkfifo(tmp_path / "b.po")
    for name in ("a.po", "b.po"):
        with pytest.raises(RefusedError, match="no ordinary file"):
            write(tmp_path, tmp_path / name, NEW)


def test_a_file_in_place_of_the_folder_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotWrittenError, match=r"build/en/a\.txt was not written"):
        write(tmp_path, tmp_path / "build" / "en" / "a.txt", NEW)


# The final check before a write


def test_nothing_is_written_where_the_last_look_objects(tmp_path: Path) -> None:
    def objection() -> None:
        assert litter(tmp_path), "it is asked when only the change of names is left"
        raise RefusedError("somebody else was here")

    (tmp_path / "a.po").write_bytes(OLD)
    with pytest.raises(RefusedError, match="somebody else"):
        write(tmp_path, tmp_path / "a.po", NEW, objection)
    assert (tmp_path / "a.po").read_bytes() == OLD
    assert litter(tmp_path) == []


# Reading


def test_a_file_that_is_not_there_or_no_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.po", "not there"), (tmp_path, "Is a directory")):
        with pytest.raises(UnreadableError, match=rf"locales/x\.po: the file .*{why}"):
            read(path, "locales/x.po")


def test_removing_is_durable_and_as_careful_as_writing(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_bytes(OLD)
    (tmp_path / "b.po").symlink_to("a.po")
    with pytest.raises(RefusedError, match="symbolic link"):
        files.remove(tmp_path, tmp_path / "b.po")
    files.remove(tmp_path, tmp_path / "a.po")
    assert not (tmp_path / "a.po").exists()


# Threads of one process


def test_threads_that_write_one_file_do_not_take_each_others_temporary_files(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda data: write(tmp_path, path, data), [OLD, NEW] * 20))
    assert path.read_bytes() in (OLD, NEW)
    assert litter(tmp_path) == []


def test_writing_never_changes_the_umask_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "umask", lambda _mask: pytest.fail("other threads would create files for everybody"))
    write(tmp_path, tmp_path / "a.po", NEW)
    write(tmp_path, tmp_path / "a.po", OLD)


def test_a_file_for_a_group_stays_one_whatever_the_umask_is(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(OLD)
    path.chmod(0o664)
    before = os.umask(0o077)
    try:
        write(tmp_path, path, NEW)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o664
