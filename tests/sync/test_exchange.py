"""Exchanges between clones: nobody's words are lost, whatever git does beside them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from support.exchanges import Day, Sharer, first_authors, settle, shared_newsroom
from support.keys import computer, make_key, with_key
from support.newsrooms import SLUG, cloned
from transflow.actions.checks.proof import ProofChecker
from transflow.errors import RefusedError
from transflow.project.merge_driver import DRIVER, driver_command
from transflow.project.writes import WriteQueue
from transflow.sync import placing, remote, syncing
from transflow.sync.clone import BusyError, NotSharedError, open_clone, sharing
from transflow.sync.remote import OfflineError, PushRefusedError

CATALOG = f"locales/en/reports/{SLUG}.po"


def log(person: Sharer, form: str = "%an: %s") -> list[str]:
    return person.git("log", "--first-parent", f"--format={form}").splitlines()


def test_parallel_edits_of_one_sentence_overwrite_nothing_silently_as_in_decap_1500(tmp_path: Path) -> None:
    claire, leejin = shared_newsroom(tmp_path, "leejin")
    claire.write(1, "The bridges reopen.", 10)
    leejin.write(1, "Bridges open again.", 20)
    claire.sync()
    told = leejin.sync().two_texts
    heard = claire.sync().two_texts
    assert claire.texts() == leejin.texts() == {"The bridges reopen.", "Bridges open again."}
    assert told == heard, "both people are told the same"
    said = told[0].message(open_clone(leejin.clone.project))
    assert "Claire Lee’s “The bridges reopen.”" in said
    assert "`transflow unit resolve bridges#1`" in said
    assert leejin.sync().two_texts == ()


def test_parallel_edits_of_two_sentences_overwrite_nothing_silently_as_in_sveltia_1002(tmp_path: Path) -> None:
    claire, leejin = shared_newsroom(tmp_path, "leejin")
    claire.write(1, "One.", 10)
    leejin.write(2, "Two.", 11)
    leejin.write(6, "Six.", 12)
    assert claire.sync().sent == (CATALOG,)
    done = leejin.sync()
    assert (done.received, done.sent, done.two_texts) == ((CATALOG,), (CATALOG,), ())
    settle(claire, leejin)
    assert [claire.targets()[number] for number in (0, 1, 5)] == ["One.", "Two.", "Six."]
    assert {text: who.split()[0] for text, who in first_authors(claire).items() if text in claire.texts()} == {
        "One.": "claire@example.org",
        "Two.": "leejin@example.org",
        "Six.": "leejin@example.org",
    }


def test_an_approval_that_sync_commits_is_proved(tmp_path: Path) -> None:
    claire, mina = shared_newsroom(tmp_path, "mina")
    home = tmp_path / "home"
    with_key(claire.root, "mina", make_key(home / ".ssh" / "id_ed25519"))
    claire.git("commit", "-qam", "a key")
    first = claire.git("rev-parse", "HEAD").strip()
    claire.write(1, "One.", 10)
    claire.sync()
    mina.sync()
    with computer(home):
        mina.approve(1, 20)
        mina.sync()
    place = mina.clone.place()
    for level in ("author", "signed"):
        checker = ProofChecker(mina.clone.project, level, first, ("en",))
        assert list(checker.issues(place, mina.clone.load())) == []
    assert "SSH SIGNATURE" in mina.git("cat-file", "commit", "HEAD")
    mina.git("rm", "-q", f"locales/en/approvals/{SLUG}.sigs")
    checker = ProofChecker(mina.clone.project, "signed", first, ("en",))
    assert list(checker.issues(place, mina.clone.load())) == [], "also without the file of signatures"


def test_the_others_work_is_merged_into_what_somebody_writes_just_then(tmp_path: Path) -> None:
    claire, leejin = shared_newsroom(tmp_path, "leejin")
    claire.write(1, "One.", 10)
    claire.sync()
    plan = placing.plan

    def plan_while_she_writes(*arguments: object) -> None:
        plan(*arguments)  # type: ignore[arg-type]
        leejin.write(2, "Two, written meanwhile.", 20)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "plan", plan_while_she_writes)
        leejin.sync()
    assert leejin.targets()[:2] == ["One.", "Two, written meanwhile."]
    settle(leejin, claire)
    assert claire.targets()[:2] == ["One.", "Two, written meanwhile."]
    assert "leejin" in first_authors(claire)["Two, written meanwhile."]


class TestBesideTheUsersOwnGit:
    def test_what_is_staged_stays_staged_and_is_not_sent(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        (claire.root / "notes.txt").write_text("mine\n", encoding="utf-8")
        claire.git("add", "notes.txt")
        claire.write(1, "One.")
        claire.sync()
        assert claire.status() == "A  notes.txt\n"
        claire.git("commit", "-qm", "my notes")
        assert claire.targets()[0] == "One.", "a commit of what was staged brings no old text back"
        assert claire.git("show", f"HEAD:{CATALOG}").count("One.") == 1

    def test_a_catalog_that_is_staged_in_part_waits_and_says_so(self, tmp_path: Path) -> None:
        claire, leejin = shared_newsroom(tmp_path, "leejin")
        claire.write(1, "One.")
        claire.git("add", "-A")
        claire.write(2, "Two.")
        (waits,) = claire.sync().waits
        assert "git add -p" in waits.why
        leejin.write(6, "Six.")
        leejin.sync()
        with pytest.raises(RefusedError, match="Nothing was brought in"):
            claire.sync()
        claire.git("commit", "-qm", "one")
        claire.sync()
        assert [claire.targets()[number] for number in (0, 1, 5)] == ["One.", "Two.", "Six."]
        assert claire.status() == ""

    def test_another_program_is_nobody_and_what_was_written_before_it_has_its_author(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.write(1, "One.")
        claire.sync()
        claire.edit("One.", "Uno.")
        claire.write(2, "Two.")
        claire.sync()
        assert log(claire)[:3] == [
            f"claire: Work on {CATALOG}",
            f"Changed outside transflow: Changed outside transflow: {CATALOG}",
            f"claire: Work on {CATALOG}",
        ]
        assert claire.git("show", f"HEAD~1:{CATALOG}").count("Uno.") == 1

    def test_two_people_at_one_computer_are_two_authors(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.write(1, "One.")
        claire.write(2, "Two.", who="leejin")
        claire.write(6, "Six.")
        claire.sync()
        assert log(claire, "%ae %ce")[:3] == [
            "claire@example.org claire@example.org",
            "leejin@example.org claire@example.org",
            "claire@example.org claire@example.org",
        ]
        assert "leejin" in first_authors(claire)["Two."]

    def test_a_rebase_that_is_under_way_is_left_alone(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        (claire.root / ".git" / "rebase-merge").mkdir()
        with pytest.raises(BusyError, match="git rebase --abort"):
            claire.sync()

    def test_a_deletion_that_nobody_meant_reaches_nobody(self, tmp_path: Path) -> None:
        claire, leejin = shared_newsroom(tmp_path, "leejin")
        claire.write(1, "One.")
        claire.sync()
        claire.clone.path().unlink()
        (waits,) = claire.sync().waits
        assert f"git checkout HEAD -- {CATALOG}" in waits.why
        leejin.sync()
        assert leejin.targets()[0] == "One."

    def test_random_days_with_commits_stashes_and_rebases_lose_nothing(self, tmp_path: Path) -> None:
        one_day(tmp_path, seed=6, rounds=12)

    @pytest.mark.soak
    @pytest.mark.parametrize("seed", range(60))
    def test_many_random_days_lose_nothing(self, tmp_path: Path, seed: int) -> None:
        one_day(tmp_path, seed, rounds=40)


def one_day(folder: Path, seed: int, rounds: int) -> None:
    people = shared_newsroom(folder, "leejin")
    for each in people:
        each.git("config", DRIVER, driver_command(sys.executable))
    day = Day(seed, *people)
    day.run(rounds)
    settle(*people)
    assert day.lost() == {}
    assert people[0].git("fsck", "--strict").count("error") == 0


class TestReportsAndOtherFiles:
    def test_a_report_that_two_people_changed_stays_as_it_is_here_and_both_are_told(self, tmp_path: Path) -> None:
        claire, leejin = shared_newsroom(tmp_path, "leejin")
        report = f"sources/{SLUG}.md"
        for each, word in ((claire, "나라"), (leejin, "마을")):
            path = each.root / report
            path.write_text(path.read_text(encoding="utf-8").replace("강변시의", f"{word}의"), encoding="utf-8")
            told = each.sync().kept
        assert [each.path for each in told] == [report]
        assert f"git show {told[0].commit[:10]}:{report}" in told[0].message()
        assert claire.sync().kept == told
        assert "마을의" in (claire.root / report).read_text(encoding="utf-8")

    def test_two_people_who_were_added_in_two_clones_are_both_there(self, tmp_path: Path) -> None:
        claire, leejin = shared_newsroom(tmp_path, "leejin")
        for each, name in ((claire, "ann"), (leejin, "bob")):
            with (each.root / "transflow.toml").open("a", encoding="utf-8") as file:
                file.write(f'\n[[people]]\nid = "{name}"\nname = "{name}"\nroles = ["writer"]\n')
            each.sync()
        assert {"ann", "bob"} <= {each.id for each in leejin.clone.project.settings.people}

    def test_a_file_outside_the_record_that_is_changed_here_stops_before_anything_is_done(self, tmp_path: Path) -> None:
        claire, leejin = shared_newsroom(tmp_path, "leejin")
        for each in (claire, leejin):
            (each.root / "notes.txt").write_text(f"{each.who}\n", encoding="utf-8")
        claire.git("add", "-A")
        claire.git("commit", "-qm", "notes")
        claire.sync()
        before = leejin.git("rev-parse", "HEAD")
        with pytest.raises(RefusedError, match=r"notes\.txt"):
            leejin.sync()
        assert leejin.git("rev-parse", "HEAD") == before
        assert (leejin.root / "notes.txt").read_text(encoding="utf-8") == "leejin\n"
        (leejin.root / "notes.txt").unlink()
        leejin.sync()
        assert (leejin.root / "notes.txt").read_text(encoding="utf-8") == "claire\n"


class TestKilled:
    """A process that is killed before any change of the disk; the next exchange completes it."""

    def check(self, folder: Path, steps: range) -> None:
        for step in steps:
            room = folder / str(step)
            room.mkdir()
            claire, leejin = shared_newsroom(room, "leejin")
            claire.write(1, "One.", 10)
            claire.write(3, "Three of claire.", 11)
            claire.sync()
            leejin.write(2, "Two.", 12)
            leejin.write(3, "Three of leejin.", 13)
            was_killed = leejin.is_killed(step)
            leejin.clone.load()
            settle(leejin, claire)
            assert claire.texts() == {"One.", "Two.", "Three of claire.", "Three of leejin."}, step
            assert "leejin" in first_authors(claire)["Two."]
            if not was_killed:
                return

    @pytest.mark.parametrize("step", [60, 100, 137])
    def test_is_completed_by_the_next_exchange(self, tmp_path: Path, step: int) -> None:
        self.check(tmp_path, range(step, step + 1))

    @pytest.mark.soak
    def test_at_every_change_of_the_disk(self, tmp_path: Path) -> None:
        self.check(tmp_path, range(1000))


class TestWhatStopsIt:
    def test_without_a_connection_what_was_written_is_kept_and_sent_later(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.write(1, "One.")
        claire.git("remote", "set-url", "origin", "https://127.0.0.1:9/newsroom.git")
        with pytest.raises(OfflineError, match="What was written here is kept"):
            claire.sync()
        assert syncing.waiting(open_clone(claire.clone.project)) == (0, 1, False)
        claire.git("remote", "set-url", "origin", str(tmp_path / "origin.git"))
        assert claire.sync().sent == (CATALOG,)
        assert syncing.waiting(open_clone(claire.clone.project)).message() == ""

    def test_a_host_that_refuses_says_why_and_nothing_is_lost(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        hook = tmp_path / "origin.git" / "hooks" / "pre-receive"
        hook.write_text("#!/bin/sh\necho The branch is protected. >&2\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
        claire.write(1, "One.")
        with pytest.raises(PushRefusedError, match="protected"):
            claire.sync()
        assert log(claire)[0] == f"claire: Work on {CATALOG}"

    def test_a_program_in_the_settings_of_the_clone_is_not_run(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.git("config", "credential.helper", "!touch ran; false")
        claire.git("config", "remote.origin.uploadpack", "touch ran; git-upload-pack")
        with pytest.raises(NotSharedError, match="git config --global"):
            claire.sync()
        assert not (claire.root / "ran").exists()

    def test_another_project_at_the_shared_place_is_not_mixed_in(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        (tmp_path / "other").mkdir()
        (other,) = shared_newsroom(tmp_path / "other")
        other.write(1, "Something else.")
        other.sync()
        claire.git("remote", "set-url", "origin", str(tmp_path / "other" / "origin.git"))
        claire.git("commit", "-q", "--amend", "-m", "another beginning")
        with pytest.raises(NotSharedError, match="did not begin as one"):
            claire.sync()

    @pytest.mark.parametrize(
        ("prepare", "words"),
        [
            (("checkout", "-q", "--detach"), "git switch main"),
            (("remote", "remove", "origin"), "git remote add origin ADDRESS"),
            (("config", "core.bare", "true"), "bare"),
        ],
        ids=lambda value: value[0] if isinstance(value, tuple) else "",
    )
    def test_what_keeps_a_clone_from_being_shared_is_said_with_the_way_out(
        self, tmp_path: Path, prepare: tuple[str, ...], words: str
    ) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.git(*prepare)
        with pytest.raises(NotSharedError, match=words):
            claire.sync()

    def test_a_shallow_clone_is_named(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        claire.write(1, "One.")
        claire.sync()
        claire.git("clone", "-q", "--depth", "1", f"file://{tmp_path / 'origin.git'}", str(tmp_path / "shallow"))
        shallow = Sharer(type(claire.clone)(tmp_path / "shallow", "claire"))
        with pytest.raises(NotSharedError, match="git fetch --unshallow"):
            shallow.sync()

    def test_two_exchanges_at_once_do_not_meet(self, tmp_path: Path) -> None:
        (claire,) = shared_newsroom(tmp_path)
        clone = open_clone(claire.clone.project)
        entered, refused = threading.Event(), list[BusyError]()

        def second() -> None:
            try:
                claire.sync()
            except BusyError as error:
                refused.append(error)
            entered.set()

        with sharing(clone):
            thread = threading.Thread(target=second)
            thread.start()
            entered.wait(30)
        thread.join()
        assert len(refused) == 1


def test_two_who_send_at_once_both_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claire, leejin = shared_newsroom(tmp_path, "leejin")
    claire.write(1, "One.", 10)
    leejin.write(2, "Two.", 11)
    push, others = remote.push, [leejin]

    def push_after_leejin(*arguments: Any, **options: Any) -> bool:
        for each in others:
            others.remove(each)
            each.sync()
        return push(*arguments, **options)

    monkeypatch.setattr(remote, "push", push_after_leejin)
    done = claire.sync()
    assert done.received == (CATALOG,)
    leejin.sync()
    assert leejin.targets()[:2] == ["One.", "Two."]


def test_without_sync_no_queue_is_kept(tmp_path: Path) -> None:
    (claire,) = shared_newsroom(tmp_path)
    other = Sharer(cloned(tmp_path / "origin.git", tmp_path / "other", "leejin"))
    other.write(1, "One.")
    assert WriteQueue(other.root).all() == []
    claire.write(1, "One.")
    assert len(WriteQueue(claire.root).pending()[CATALOG]) == 1


def test_work_is_committed_after_a_quiet_time_and_never_much_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (claire,) = shared_newsroom(tmp_path)
    clone = open_clone(claire.clone.project)
    claire.write(1, "One.")
    assert syncing.commit_due(clone, "claire").files == ()
    monkeypatch.setattr("transflow.sync.committing.QUIET", 0.0)
    assert syncing.commit_due(clone, "claire").files == (("claire", CATALOG),)
    claire.write(2, "Two.")
    monkeypatch.setattr("transflow.sync.committing.QUIET", 1e9)
    assert syncing.commit_due(clone, "claire").files == ()
    monkeypatch.setattr("transflow.sync.committing.LONGEST", 0.0)
    assert syncing.commit_due(clone, "claire").files == (("claire", CATALOG),)
