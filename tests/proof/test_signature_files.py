"""Signature files: written by what people decide, and proving it in any commit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest.mock import ANY

import pytest

from proof.conftest import TEXTS, Newsroom, edit_settings
from proof.test_author import FROM_LEEJIN, NO_EDITOR, make_editor
from support.keys import computer, make_key
from support.newsrooms import SLUG
from transflow.actions.privacy.mv import move
from transflow.actions.privacy.protect import protect
from transflow.actions.privacy.redact import redact_text
from transflow.actions.units import regroup, review, steps
from transflow.errors import RefusedError
from transflow.privacy.redact import Redaction
from transflow.proof.signature_lines import known_lines

Branch = Callable[[str], None]
BACK = "Mina Park's approval had been withdrawn, and came back. Ask Mina Park to approve again."
FIRST = f"{SLUG}#1: {FROM_LEEJIN}"


def approve(room: Newsroom, *numbers: int, who: str = "mina", minute: int = 100, again: bool = False) -> str:
    """Approve units of the report in one step on the approver's own computer; return what is not
    signed.
    """
    ref = f"{SLUG}#{','.join(map(str, numbers))}"
    with room.keys_of(who):
        return steps.approve(room.clone(who).actor(minute), ref, again=again).unsigned


def send_back(room: Newsroom, number: int, who: str = "noah", minute: int = 120) -> None:
    with room.keys_of(who):
        steps.send_back(room.clone(who).actor(minute), f"{SLUG}#{number}", "Which bridges?")


def text(room: Newsroom) -> str:
    return room.signatures().read_text(encoding="utf-8")


def rewrite(room: Newsroom, new: str) -> None:
    room.signatures().parent.mkdir(exist_ok=True)
    room.signatures().write_text(new, encoding="utf-8")


def note(room: Newsroom) -> None:
    (room.root / "notes.txt").write_text("A note.\n", encoding="utf-8")
    room.commit("claire")


# What is written


def test_an_approval_is_one_line_for_all_its_units(room: Newsroom) -> None:
    approve(room, 1, 2, 3)
    (line,) = known_lines(text(room))
    assert (line.verb, line.who, line.time, line.locale) == ("approve", "mina", "2024-03-26T01:40:00Z", "en")
    assert [item.about for item in line.items] == sorted(unit.id for unit in room.clone("mina").load().units[:3])
    assert text(room).splitlines() == [line.text]


def test_the_signed_bytes_are_those_before_the_signature(room: Newsroom, tmp_path: Path) -> None:
    approve(room, 1)
    (line,) = known_lines(text(room))
    (tmp_path / "allowed").write_text(f"mina {room.public_key('mina')}\n", encoding="utf-8")
    (tmp_path / "sig").write_bytes(line.armored)
    command = ["ssh-keygen", "-Y", "verify", "-n", "transflow", "-I", "mina", "-f", str(tmp_path / "allowed")]
    payload = text(room).removesuffix(f"{line.signature}\n").encode()
    subprocess.run([*command, "-s", str(tmp_path / "sig")], input=payload, check=True, capture_output=True)


def test_a_send_back_and_an_undone_approval_are_revocations(room: Newsroom) -> None:
    approve(room, 1)
    send_back(room, 1)
    before = room.clone("mina").load()
    approve(room, 2, minute=130)
    with room.keys_of("mina"):
        actor = room.clone("mina").actor(131)
        review.undo(actor, room.clone("mina").place(), before, room.clone("mina").load())
    assert [(line.verb, line.who) for line in known_lines(text(room))] == [
        ("approve", "mina"),
        ("revoke", "noah"),
        ("approve", "mina"),
        ("revoke", "mina"),
    ]


def test_an_undone_send_back_leaves_the_file_as_it_was(room: Newsroom) -> None:
    approve(room, 1, 2)
    signed, before = text(room), room.clone("noah").load()
    send_back(room, 1)
    assert text(room) != signed
    with room.keys_of("noah"):
        actor = room.clone("noah").actor(121)
        review.undo(actor, room.clone("noah").place(), before, room.clone("noah").load())
    assert text(room) == signed


def test_approved_sent_back_and_approved_in_one_second_is_approved(room: Newsroom) -> None:
    approve(room, 1)
    send_back(room, 1, who="mina", minute=100)
    steps.confirm(room.clone("claire").actor(100), f"{SLUG}#1")
    approve(room, 1)
    assert [line.verb for line in known_lines(text(room))][-1] == "approve"
    room.commit("leejin")
    assert room.faults() == []


def test_a_step_that_is_done_again_after_a_kill_between_both_files_signs_once(room: Newsroom) -> None:
    unapproved = room.path().read_bytes()
    approve(room, 1)
    signed = text(room)
    room.path().write_bytes(unapproved)
    approve(room, 1)
    assert text(room) == signed


def test_without_the_private_key_the_approval_is_unsigned_and_says_so(room: Newsroom) -> None:
    with room.keys_of("nobody"):
        done = steps.approve(room.clone("mina").actor(100), f"{SLUG}#1")
    assert done.unsigned.startswith("Not signed: none of the keys of mina in transflow.toml is in the SSH agent")
    assert not room.signatures().exists()


def test_a_key_with_a_passphrase_does_not_sign_and_nothing_is_asked(room: Newsroom, tmp_path: Path) -> None:
    public = make_key(tmp_path / "home" / ".ssh" / "id_ed25519", "secret")
    edit_settings(room.root, room.public_key("mina"), public)
    with computer(tmp_path / "home"):
        done = steps.approve(room.clone("mina").actor(100), f"{SLUG}#1")
    assert done.unsigned.startswith("Not signed: ")
    assert done.catalog.units[0].approved


def test_where_signatures_are_required_an_unsigned_approval_is_refused_and_nothing_changes(room: Newsroom) -> None:
    server = f'\n[proof]\nservers = ["{room.public_key("server")}"]\n'
    edit_settings(room.root, server, '\n[gate]\nproof = "signed"\n')
    before = room.path().read_bytes()
    with room.keys_of("nobody"), pytest.raises(RefusedError, match="here approvals have to be signed"):
        steps.approve(room.clone("mina").actor(100), f"{SLUG}#1")
    assert room.path().read_bytes() == before
    approve(room, 1)
    with room.keys_of("nobody"):  # taking back is always possible
        back = steps.send_back(room.clone("noah").actor(120), f"{SLUG}#1", "Which bridges?")
    assert back.unsigned
    assert not back.catalog.units[0].approved


def test_people_without_keys_in_a_project_without_proof_are_told_nothing(room: Newsroom) -> None:
    edit_settings(room.root, f'keys = ["{room.public_key("mina")}"]\n', "")
    assert approve(room, 1) == ""
    edit_settings(room.root, "\n[proof]", '\n[gate]\nproof = "author"\n\n[proof]')
    assert (
        approve(room, 2, minute=101) == "Not signed: transflow.toml has no key of mina (`transflow keys add` adds one)."
    )


# Commits of others that the signatures prove


def test_whoever_commits_it_the_signature_proves_it_and_only_what_it_names(room: Newsroom) -> None:
    approve(room, 1, 2)
    room.approve(3)
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#3: {FROM_LEEJIN}"]
    assert len(room.faults("signed")) == 1


def test_a_squash_a_cherry_pick_and_a_rebase_by_others_are_proved(room: Newsroom, branch: Branch) -> None:
    for number, name in enumerate(("squashed", "picked", "rebased"), 1):
        branch(name)
        approve(room, number, minute=100 + number)
        room.commit("mina")
        branch("main")
    room.git("merge", "-q", "--squash", "squashed", who="leejin")
    room.commit("leejin")
    room.git("cherry-pick", "picked", who="claire")
    room.git("rebase", "-q", "main", "rebased", who="claire")
    assert len(known_lines(text(room))) == 3
    assert room.faults() == room.faults("signed") == []


def test_a_merge_and_an_octopus_keep_the_lines_of_all_sides(room: Newsroom, branch: Branch) -> None:
    for number, who in enumerate(("mina", "noah"), 1):
        branch(who)
        approve(room, number, who=who)
        room.commit(who)
    branch("main")
    note(room)
    room.git("merge", "-q", "--no-edit", "mina", who="leejin")
    room.git("merge", "-q", "--no-edit", "noah", who="leejin")
    assert len(known_lines(text(room))) == 2
    assert room.faults("signed") == []


def test_a_reverted_send_back_brings_nothing_back(room: Newsroom) -> None:
    approve(room, 1)
    approved = room.path().read_bytes()
    room.commit("mina")
    send_back(room, 1)
    room.commit("noah")
    room.git("revert", "--no-edit", "HEAD", who="leejin")
    assert room.path().read_bytes() == approved
    assert "revoke" not in text(room)
    assert room.faults() == [f"{SLUG}#1: {BACK}"]


def test_an_approval_that_a_text_merge_brings_back_is_void_while_its_revocation_stays(room: Newsroom) -> None:
    approve(room, 1)
    approved = room.path().read_bytes()
    room.commit("mina")
    send_back(room, 1)
    room.commit("noah")
    room.path().write_bytes(approved)
    room.commit("mina")
    assert room.faults() == [f"{SLUG}#1: {BACK}"]


def test_an_approval_after_the_revocation_counts(room: Newsroom) -> None:
    approve(room, 1)
    send_back(room, 1)
    steps.confirm(room.clone("claire").actor(125), f"{SLUG}#1")
    approve(room, 1, minute=130)
    room.commit("leejin")
    assert room.faults() == []


def test_waivers_are_signed_too(room: Newsroom) -> None:
    room.clone("claire").write(f"{SLUG}#4", "탈북민 crossed the first bridge.", 90)
    with room.keys_of("mina"):
        steps.waive(room.clone("mina").actor(100), f"{SLUG}#4", "untranslated", "It is meant.")
    assert [line.verb for line in known_lines(text(room))] == ["waive"]
    room.commit("leejin")
    assert room.faults() == []
    path = room.path()
    path.write_text(path.read_text(encoding="utf-8").replace("meant", "fine"), encoding="utf-8")
    room.commit("leejin")
    assert len(room.faults()) == 1


def test_a_replaced_key_still_proves_what_it_signed_before(room: Newsroom) -> None:
    approve(room, 1)
    room.commit("leejin")
    edit_settings(room.root, room.public_key("mina"), room.public_key("leejin").replace("leejin", "mina"))
    room.commit("noah")
    assert room.faults() == []


# Joining, splitting, renaming, removing


def test_a_join_that_is_taken_back_leaves_the_signatures_in_force(room: Newsroom) -> None:
    approve(room, 2, 3)
    signed, before = text(room), room.clone("mina").load()
    with room.keys_of("claire"):
        regroup.join(room.clone("claire").actor(110), f"{SLUG}#2-3")
        assert text(room) == signed
        review.undo(room.clone("claire").actor(111), room.clone("mina").place(), before, room.clone("mina").load())
    room.commit("leejin")
    assert room.faults() == []


def test_an_obsolete_unit_that_comes_back_is_proved_by_its_line(room: Newsroom) -> None:
    approve(room, 3)
    report = (room.root / "sources" / f"{SLUG}.md").read_text(encoding="utf-8")
    room.clone("claire").revise(report.replace(" 공사는 석 달 걸렸다.", ""), 110)
    room.clone("claire").revise(report, 111)
    assert room.clone("claire").unit(3).approved
    room.commit("leejin")
    assert room.faults() == []


def test_a_renamed_report_takes_its_signatures_along(room: Newsroom) -> None:
    approve(room, 1)
    signed = text(room)
    room.commit("leejin")
    move(room.clone("claire").actor(110), SLUG, "crossings")
    assert not room.signatures().exists()
    assert room.signatures("crossings").read_text(encoding="utf-8") == signed
    room.commit("leejin")
    assert room.faults() == []


def test_redaction_removes_the_lines_that_name_the_unit_and_says_what_to_approve_again(room: Newsroom) -> None:
    approve(room, 1, 2)
    approve(room, 3, minute=101)
    done = redact_text(room.clone("mina").actor(110), Redaction(TEXTS[0].removesuffix("."), "[redacted]"))
    assert [line.time for line in known_lines(text(room))] == ["2024-03-26T01:41:00Z"]
    assert done.done.owed.approve == (f"{SLUG}#1",)
    assert done.done.owed.renew == (f"en:{SLUG}#2",)
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#2: {FROM_LEEJIN}"]


def test_protection_removes_the_lines_of_the_person_and_counts_what_is_to_be_renewed(room: Newsroom) -> None:
    approve(room, 1, 2)
    approve(room, 3, who="noah", minute=101)
    done = protect(room.clone("noah").actor(110), "mina", 4711)
    assert done.done.owed.renew == (f"en:{SLUG}#1", f"en:{SLUG}#2")
    assert [line.who for line in known_lines(text(room))] == ["noah"]
    room.commit("noah", key="noah")
    assert len(room.faults()) == 2


# Forgeries


def test_lines_that_were_changed_or_made_by_hand_prove_nothing(room: Newsroom) -> None:
    for number in range(4, 7):
        room.clone("claire").write(f"{SLUG}#{number}", f"Sentence {number} of the report.", number)
    for number in range(1, 7):
        approve(room, number, minute=100 + number)
    units = room.clone("mina").load().units
    signed = text(room).splitlines()
    forged = [
        signed[0].replace("mina", "noah"),  # another person
        signed[1].replace(units[1].id, units[2].id),  # another unit
        signed[2].replace(" en ", " vi "),  # another language
        signed[3].replace("T01:44", "T01:45"),  # another time
        signed[4][:-8] + "AAAAAAA=",  # another signature
        signed[5].replace("v1 approve", "v1 clear"),  # another act
    ]
    rewrite(room, "\n".join((*forged, "")))
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#{number}: {FROM_LEEJIN}" for number in range(1, 7)]


def signature(room: Newsroom, key: str, payload: bytes, namespace: str) -> str:
    command = ["ssh-keygen", "-Y", "sign", "-n", namespace, "-f", str(room.keys / key)]
    done = subprocess.run(command, input=payload, capture_output=True, check=True)
    return "".join(done.stdout.decode().splitlines()[1:-1])


@pytest.mark.parametrize(("key", "namespace"), [("leejin", "transflow"), ("mina", "git"), ("mina", "file")])
def test_a_signature_by_another_key_or_for_another_purpose_proves_nothing(
    room: Newsroom, key: str, namespace: str
) -> None:
    approve(room, 1)
    (line,) = known_lines(text(room))
    rewrite(room, line._replace(signature=signature(room, key, line.payload, namespace)).text + "\n")
    room.commit("leejin")
    assert room.faults() == room.faults("signed") == [FIRST]


def test_a_line_is_not_replayed_on_the_same_unit_in_another_language(room: Newsroom) -> None:
    approve(room, 1)
    edit_settings(room.root, 'locales = ["en"]', 'locales = ["en", "vi"]')
    locales = room.root / "locales"
    shutil.copytree(locales / "en", locales / "vi")
    catalog = locales / "vi" / "reports" / f"{SLUG}.po"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("Language: en", "Language: vi"), encoding="utf-8")
    room.commit("leejin")
    assert room.faults() == []
    assert room.faults(locales=("vi",)) == [FIRST]


def test_a_line_is_not_replayed_on_a_text_that_came_later(room: Newsroom) -> None:
    approve(room, 1)
    approved = room.clone("mina").unit(1).approved
    room.clone("claire").write(f"{SLUG}#1", "Two bridges reopened on Tuesday.", 99)
    room.approve(1)
    assert approved
    assert room.clone("mina").unit(1).approved == approved._replace(digest=ANY)
    room.commit("leejin")
    assert room.faults() == [FIRST]


def test_a_key_that_its_thief_records_does_not_count(room: Newsroom) -> None:
    edit_settings(room.root, room.public_key("mina"), room.public_key("leejin").replace(" leejin", ""))
    with room.keys_of("leejin"):
        assert not steps.approve(room.clone("mina").actor(100), f"{SLUG}#1").unsigned
    room.commit("leejin")
    assert room.faults() == [FIRST]


def test_a_key_that_an_editor_removed_signs_nothing_new(room: Newsroom) -> None:
    settings = (room.root / "transflow.toml").read_bytes()
    edit_settings(room.root, f'keys = ["{room.public_key("mina")}"]\n', "")
    room.commit("noah")
    removed = (room.root / "transflow.toml").read_bytes()
    (room.root / "transflow.toml").write_bytes(settings)
    approve(room, 1)
    (room.root / "transflow.toml").write_bytes(removed)
    room.commit("leejin")
    assert room.faults() == [FIRST]


@pytest.mark.parametrize("way", ["with it", "before it", "in a merge", "in a chain", "rolled back"])
def test_whoever_makes_themselves_an_editor_signs_for_nothing(room: Newsroom, branch: Branch, way: str) -> None:
    if way == "rolled back":
        make_editor(room, "leejin")
        room.commit("mina")
        former = (room.root / "transflow.toml").read_bytes()
        edit_settings(room.root, 'roles = ["editor"]', 'roles = ["translator"]')  # leejin's is the first
        room.commit("mina")
        (room.root / "transflow.toml").write_bytes(former)
        room.commit("leejin")
    elif way == "in a merge":
        branch("role")
        make_editor(room, "leejin")
        room.commit("leejin")
        branch("main")
        note(room)
        room.git("merge", "-q", "--no-edit", "role", who="claire")
    elif way == "in a chain":
        make_editor(room, "claire")
        room.commit("claire")
        make_editor(room, "leejin")
        room.commit("claire")
    else:
        make_editor(room, "leejin")
        if way == "before it":
            room.commit("leejin")
    approve(room, 1, who="leejin")
    room.commit("claire" if way == "in a merge" else "leejin")
    assert room.signatures().exists()
    assert len(room.faults()) == 1
    assert [NO_EDITOR in each for each in room.faults("signed")] == [True]


def test_a_revocation_by_nobody_known_takes_nothing_back(room: Newsroom) -> None:
    approve(room, 1)
    (line,) = known_lines(text(room))
    back = line._replace(verb="revoke", who="noah", time="2024-03-26T03:00:00Z", signature="")
    rewrite(
        room, text(room) + back._replace(signature=signature(room, "leejin", back.payload, "transflow")).text + "\n"
    )
    room.commit("leejin")
    assert room.faults() == []


def test_who_deletes_a_revocation_and_later_restores_the_approval_is_found(room: Newsroom) -> None:
    approve(room, 1)
    room.commit("leejin")
    catalog, signed = room.path().read_bytes(), text(room)
    send_back(room, 1)
    room.commit("noah")
    rewrite(room, signed)
    room.commit("leejin")
    room.path().write_bytes(catalog)
    room.commit("leejin")
    assert room.faults() == [f"{SLUG}#1: {BACK}"]


def test_a_signature_without_an_approval_in_the_catalog_approves_nothing(room: Newsroom) -> None:
    unapproved = room.path().read_bytes()
    approve(room, 1)
    room.path().write_bytes(unapproved)
    assert not room.clone("mina").unit(1).approved


def test_a_signature_in_no_commit_proves_nothing_in_the_clones_of_others(room: Newsroom) -> None:
    approve(room, 1)
    signed = text(room)
    room.signatures().unlink()
    room.commit("leejin")
    rewrite(room, signed)
    assert room.faults() == [FIRST]
