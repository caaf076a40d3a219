"""The drafts journal: typed text survives the end of the process, whatever its cause."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.presenters.journal import Journal, UnsavedText, replay
from transflow.user_folders import drafts_folder

PLACE = "locales/en/reports/un-letter.po"


def typed(text: str) -> UnsavedText:
    return UnsavedText(text, "mark", "2022-03-25T10:00:00Z")


def test_a_draft_is_there_at_the_next_start(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.put(PLACE, "k7f3q2mx", typed("유엔\n“x”"))
    journal.close()
    again = Journal(tmp_path)
    assert again.drafts_of(PLACE) == {"k7f3q2mx": typed("유엔\n“x”")}
    again.close()


def test_a_dropped_draft_is_gone_and_an_empty_journal_leaves_no_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.put(PLACE, "a", typed("x"))
    journal.drop(PLACE, "a")
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_two_processes_keep_their_drafts_apart_while_they_live(tmp_path: Path) -> None:
    first, second = Journal(tmp_path), Journal(tmp_path)
    first.put(PLACE, "a", typed("first"))
    second.put(PLACE, "b", typed("second"))
    first.close()
    third = Journal(tmp_path)
    assert third.drafts_of(PLACE) == {"a": typed("first")}
    second.close()
    third.close()
    last = Journal(tmp_path)
    assert last.drafts_of(PLACE) == {"a": typed("first"), "b": typed("second")}
    last.close()


def test_a_journal_is_for_its_owner_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "drafts")
    journal.put(PLACE, "a", typed("secret"))
    journal.flush()
    assert [path.stat().st_mode & 0o077 for path in (tmp_path / "drafts").iterdir()] == [0]
    journal.close()


@pytest.mark.slow
def test_a_long_journal_is_written_anew(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for number in range(6):
        journal.put(PLACE, "a", typed(str(number) * 100_000))
        journal.flush()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 400_000
    journal.close()
    again = Journal(tmp_path)
    assert again.drafts_of(PLACE)["a"].text == "5" * 100_000
    again.close()


@given(st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.text(max_size=5)), max_size=8), st.data())
def test_a_journal_that_was_cut_short_has_what_was_whole(
    steps: list[tuple[str, str | None]], data: st.DataObject
) -> None:
    from json import dumps

    lines = [dumps({"place": PLACE, "unit": unit, "text": text}).encode() + b"\n" for unit, text in steps]
    whole = b"".join(lines)
    cut = data.draw(st.integers(0, len(whole)))
    complete = sum(1 for i in range(len(lines)) if len(b"".join(lines[: i + 1])) - 1 <= cut)
    wanted: dict[str, str] = {}
    for unit, text in steps[:complete]:
        if text is None:
            wanted.pop(unit, None)
        else:
            wanted[unit] = text
    assert {unit: draft.text for (_, unit), draft in replay(whole[:cut]).items()} == wanted


def test_projects_and_people_have_folders_of_their_own(tmp_path: Path) -> None:
    assert (
        len(
            {
                drafts_folder(tmp_path / "a") / "claire",
                drafts_folder(tmp_path / "b") / "claire",
                drafts_folder(tmp_path / "a") / "mina",
            }
        )
        == 3
    )


KILLED = """
import sys, time
from pathlib import Path
from transflow.presenters.journal import Journal, UnsavedText
journal = Journal(Path(sys.argv[1]))
text = ""
while True:
    text += "가"
    journal.put("place", "unit", UnsavedText(text, ""))
    print(len(text), time.monotonic(), flush=True)
    time.sleep(0.005)
"""
"""Types without end, and prints the time and the number of typed characters."""


def kill_while_typing(where: Path, after: float) -> tuple[int, int]:
    """Kill a typing process, and return the characters typed 300 ms earlier, and those saved."""
    command = [sys.executable, "-c", KILLED, str(where)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(after)
        killed = time.monotonic()
        process.kill()
        whole, _, _ = (first + process.stdout.read()).rpartition("\n")  # the last line may be incomplete
    lines = map(str.split, whole.splitlines())
    typed_before = [int(count) for count, at in lines if float(at) <= killed - 0.3]
    journal = Journal(where)
    draft = journal.get("place", "unit")
    journal.close()
    return max(typed_before, default=0), len(draft.text) if draft else 0


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.35, 0.5])
def test_a_kill_loses_no_more_than_the_last_300_ms(tmp_path: Path, after: float) -> None:
    before, saved = kill_while_typing(tmp_path, after)
    assert saved >= before > 0


@pytest.mark.soak
def test_a_hundred_kills_lose_no_more_than_the_last_300_ms(tmp_path: Path) -> None:
    for number in range(100):
        before, saved = kill_while_typing(tmp_path / str(number), 0.3 + number % 37 / 100)
        assert saved >= before


def test_a_journal_without_a_disk_says_so_and_writes_when_it_can(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    mine, journal._file = journal._file, os.open("/dev/full", os.O_WRONLY)
    journal.put(PLACE, "a", typed("x"))
    for _ in range(200):
        if journal.error:
            break
        time.sleep(0.01)
    assert journal.error
    journal._file = mine
    journal.flush()
    assert not journal.error
    journal.close()
    again = Journal(tmp_path)
    assert again.drafts_of(PLACE)["a"].text == "x"
    again.close()


def test_a_journal_of_the_first_version_is_read_and_one_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    from json import dumps

    old = {"place": PLACE, "unit": "k7f3q2mx", "text": "Old.", "since": "mark", "time": "2022-03-25T10:00:00Z"}
    (tmp_path / "1-a.jsonl").write_text(f"\n{dumps(old)}\n", encoding="utf-8")
    later = tmp_path / "2-b.jsonl"
    later.write_text(f'{{"version": 3}}\n{dumps({**old, "unit": "new"})}\n', encoding="utf-8")
    journal = Journal(tmp_path)
    assert journal.drafts_of(PLACE) == {"k7f3q2mx": UnsavedText("Old.", "mark", "2022-03-25T10:00:00Z", "")}
    journal.close()
    assert later.exists()
    assert not (tmp_path / "1-a.jsonl").exists()


def test_the_source_is_kept_with_the_draft(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.put(PLACE, "k7f3q2mx", typed("x")._replace(source="유엔은 서한을 보냈다."))
    journal.close()
    again = Journal(tmp_path)
    assert again.drafts_of(PLACE)["k7f3q2mx"].source == "유엔은 서한을 보냈다."
    again.close()
