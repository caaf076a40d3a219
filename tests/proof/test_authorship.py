"""Words that a commit attributes to another person than its author."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proof.conftest import Newsroom, edit_settings
from support.newsrooms import SLUG
from transflow.actions.units import regroup, steps

WARNING = (
    "Claire Lee is recorded as an author of it, in a commit from Leejin Jun's computer. Ask Claire Lee whether the "
    "words are theirs."
)
NEW = "Only buses cross the first bridge."


def test_words_of_another_person_in_somebodys_commit_are_a_warning(room: Newsroom) -> None:
    trusted = room.head()
    room.clone("claire").write(f"{SLUG}#4", NEW, 100)
    room.clone("leejin").write(f"{SLUG}#5", "Anybody can cross the second one.", 101)
    room.commit("leejin")
    assert room.faults(since=trusted) == [f"{SLUG}#4: {WARNING}"]
    assert room.faults() == []


def test_ones_own_commit_a_co_author_and_a_shared_computer_are_fine(
    room: Newsroom, branch: Callable[[str], None]
) -> None:
    trusted = room.head()
    room.clone("claire").write(f"{SLUG}#4", NEW, 100)
    branch("own")
    room.commit("claire")
    assert room.faults(since=trusted) == []
    room.git("reset", "-q", "--soft", trusted)
    room.commit("leejin", "-m", "Co-authored-by: Claire <claire@example.org>")
    assert room.faults(since=trusted) == []
    room.git("reset", "-q", "--soft", trusted)
    room.commit("office")
    assert room.faults(since=trusted) == []
    room.git("reset", "-q", "--soft", trusted)
    room.commit("leejin")
    assert len(room.faults(since=trusted)) == 1
    edit_settings(room.root, "\n[proof]", "\n[workflow]\nact_as = true\n\n[proof]")
    assert room.faults(since=trusted) == []


def test_who_joins_splits_or_renames_attributes_nothing_anew(room: Newsroom) -> None:
    trusted = room.head()
    regroup.join(room.clone("leejin").actor(100), f"{SLUG}#2-3")
    room.commit("leejin")
    regroup.split(room.clone("leejin").actor(101), f"{SLUG}#2", "공사는", "The mayor")
    room.git("mv", f"locales/en/reports/{SLUG}.po", "locales/en/reports/crossings.po")
    room.commit("leejin")
    assert room.faults(since=trusted) == []


def test_who_joins_gives_the_time_of_either_half_to_its_author_and_attributes_nothing_anew(room: Newsroom) -> None:
    trusted = room.head()
    room.clone("leejin").write(f"{SLUG}#3", "Closed since spring, both spans carry cars now.", 100)
    room.commit("leejin")
    later = {each.who: each for each in room.clone("leejin").unit(3).by}["claire"]
    assert later.words == 0
    regroup.join(room.clone("leejin").actor(101), f"{SLUG}#2-3")
    room.commit("leejin")
    whole = {each.who: each for each in room.clone("leejin").unit(2).by}["claire"]
    assert (whole.time, bool(whole.words)) == (later.time, True)
    assert room.faults(since=trusted) == []


def two_texts(room: Newsroom, branch: Callable[[str], None]) -> None:
    """Let sora write a sentence on a branch; on main, claire writes it, and leejin mends it."""
    branch("other")
    room.clone("sora").write(f"{SLUG}#4", "Buses alone may go over the first one.", 140)
    room.commit("sora")
    branch("main")
    room.clone("claire").write(f"{SLUG}#4", NEW, 100)
    room.commit("claire")
    room.clone("leejin").write(f"{SLUG}#4", NEW.replace("bridge", "span"), 101)
    room.commit("leejin")


@pytest.mark.parametrize(("mine", "theirs", "is_at_once"), [("main", "other", False), ("other", "main", True)])
def test_deciding_for_a_text_of_several_people_gives_it_back_to_them(
    room: Newsroom, branch: Callable[[str], None], mine: str, theirs: str, is_at_once: bool
) -> None:
    """Whichever side of the merge their text came from, and in the commit of the merge too."""
    trusted = room.head()
    two_texts(room, branch)
    room.git("checkout", "-q", mine)
    room.git("merge", "-q", theirs, who="noah", fails=None)
    if not is_at_once:
        room.commit("noah", "--allow-empty")
    assert room.clone("noah").unit(4).conflicts[0].text == NEW.replace("bridge", "span")
    steps.resolve(room.clone("noah").actor(150), f"{SLUG}#4", 1)
    room.commit("noah")
    assert [each.who for each in room.clone("noah").unit(4).by if each.words] == ["claire", "leejin"]
    assert room.faults(since=trusted) == []


def test_a_rebase_beside_a_decision_brings_words_back_and_attributes_nothing_anew(
    room: Newsroom, branch: Callable[[str], None]
) -> None:
    trusted = room.head()
    two_texts(room, branch)
    room.git("branch", "mended")
    room.git("merge", "-q", "other", who="noah", fails=None)
    steps.resolve(room.clone("noah").actor(150), f"{SLUG}#4", 0)
    room.commit("noah")
    assert [each.who for each in room.clone("noah").unit(4).by] == ["sora", "noah"]
    room.git("checkout", "-q", "mended")
    room.clone("minho").write(f"{SLUG}#4", NEW.replace("bridge", "river"), 160)
    room.commit("minho")
    room.git("rebase", "-q", "main", who="minho", fails=None)
    room.git("add", "-A")
    room.git("-c", "core.editor=true", "rebase", "--continue", who="minho", fails=None)
    assert "claire" in {each.who for each in room.clone("minho").unit(4).by if each.words}
    assert room.faults(since=trusted) == []
    assert room.faults(since="main") == []


def test_a_revert_brings_words_back_and_attributes_nothing_anew(room: Newsroom) -> None:
    trusted = room.head()
    room.clone("claire").write(f"{SLUG}#4", NEW, 100)
    room.commit("claire")
    room.clone("leejin").write(f"{SLUG}#4", "Crossing it is for public transport.", 101)
    replaced = room.commit("leejin")
    room.git("revert", "--no-edit", "HEAD", who="minho")
    assert room.clone("minho").unit(4).target == NEW
    assert room.faults(since=trusted) == []
    assert room.faults(since=replaced) == []


def test_words_that_never_were_somebodys_stay_a_warning_when_they_come_back(room: Newsroom) -> None:
    """Nor does it help to name somebody without words first."""
    trusted = room.head()
    room.clone("claire").write(f"{SLUG}#4", NEW, 100)
    room.commit("leejin")
    room.clone("minho").write(f"{SLUG}#4", "Crossing it is for public transport.", 101)
    room.commit("minho")
    assert room.faults(since=trusted) == []
    room.git("revert", "--no-edit", "HEAD", who="minho")
    assert room.faults(since=trusted) == [f"{SLUG}#4: {WARNING}"]
