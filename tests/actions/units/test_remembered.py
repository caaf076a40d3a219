"""Texts of the memory that are used again: everybody keeps their words, machines too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import TEXTS, done, refusal, transflow
from support.machines import ENGINE, draft, set_rule
from support.stories import actor
from transflow.actions.language.memory import Memory
from transflow.actions.units import pasted, reuse, steps
from transflow.actions.units.remembered import MachineDraft
from transflow.attribution.machines import MEMORY, engine_words, engines
from transflow.errors import RefusedError
from transflow.memory.match import Match
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.units.workflow import state

LATER = "2024-03-26T04:00:00Z"
AGAIN = "---\ntitle: 다시\n---\n\n시는 6일 복구를 시작했다. 다친 사람은 없다.\n"


@pytest.fixture
def again(room: Path) -> Path:
    """Return a project whose report `again` repeats two sentences: one by claire, one a machine's
    that leejin confirmed.
    """
    set_rule(room)
    steps.confirm(actor(room, "claire"), "flood#4", TEXTS[3])
    draft(room, 3, TEXTS[2])
    steps.confirm(actor(room, "leejin"), "flood#3")
    (room / "sources" / "again.md").write_text(AGAIN, encoding="utf-8")
    done(room, "update", user="claire")
    return room


def unit(folder: Path, number: int, name: str = "again") -> Unit:
    return Project(folder).load(CatalogRef("en", "reports", name)).units[number - 1]


def shares(folder: Path, number: int, name: str = "again") -> dict[str, int]:
    return {each.who: each.words for each in unit(folder, number, name).by}


def match(folder: Path, number: int) -> Match:
    memory = Memory(Project(folder), "en", clock=lambda: LATER)
    try:
        return memory.lookup(unit(folder, number).source)[0]
    finally:
        memory.close()


def suggest(folder: Path) -> None:
    done(folder, "suggest", "again", user="claire")


def take(folder: Path) -> None:
    """Take both matches as on the screen, and confirm them unchanged."""
    for number in (2, 3):
        found = match(folder, number)
        given = MachineDraft(MEMORY, found.target, found.origin)
        steps.confirm(actor(folder, "leejin", LATER), f"again#{number}", found.target, drafted=given)


WAYS = pytest.mark.parametrize("way", [suggest, take])


@WAYS
def test_a_persons_sentence_that_is_repeated_is_no_machines_and_one_of_a_machine_is(
    again: Path, way: Callable[[Path], None]
) -> None:
    way(again)
    assert shares(again, 2)["claire"] == 7
    assert shares(again, 3)[ENGINE] == 3
    assert [engine_words(unit(again, number)) for number in (2, 3)] == [0, 3]
    assert [engines(unit(again, number)) for number in (2, 3)] == [(), (ENGINE,)]


def test_a_draft_of_the_memory_waits_for_a_person_also_without_its_flag(again: Path) -> None:
    suggest(again)
    path = again / "locales/en/reports/again.po"
    path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
    assert transflow(again, "check", "--all").out.count("record.unconfirmed") == 2


def test_a_similar_sentence_leaves_the_words_that_stay_to_their_authors(again: Path) -> None:
    steps.confirm(actor(again, "claire"), "flood#2", TEXTS[1])
    text = AGAIN.replace("시는 6일 복구를 시작했다", "강변시 다리 4곳이 5일 밤 끊겼다")
    (again / "sources/again.md").write_text(text, encoding="utf-8")
    done(again, "update", "again", user="claire")
    suggest(again)
    assert unit(again, 2).target == TEXTS[1].replace("Three", "Four")
    assert shares(again, 2) == {"claire": 8, MEMORY: 1}


def test_a_text_under_the_same_sentence_keeps_its_authors(again: Path) -> None:
    (again / "sources/twice.md").write_text(
        "---\ntitle: 두 번\n---\n\n다친 사람은 없다.\n\n다친 사람은 없다.\n", encoding="utf-8"
    )
    done(again, "update", user="claire")
    draft(again, 2, "Nobody was hurt.", name="twice")
    steps.confirm(actor(again, "claire"), "twice#2")
    reuse.fill_same(actor(again, "claire", LATER), "twice#3", unit(again, 2, "twice").id)
    assert engine_words(unit(again, 3, "twice")) == 3


def test_where_machines_are_not_allowed_only_what_people_wrote_is_repeated(again: Path) -> None:
    set_rule(again, use="memory")
    ran = transflow(again, "suggest", "again", user="claire")
    assert ran.out == "en:again: 1 sentence drafted; it needs another look.\n"
    assert (
        "mt:deepl/m wrote what the memory has, and [machine] in transflow.toml allows no words of machines" in ran.err
    )
    assert [bool(unit(again, number).target) for number in (2, 3)] == [True, False]
    found = match(again, 3)
    given = MachineDraft(MEMORY, found.target, found.origin)
    with pytest.raises(RefusedError, match="mt:deepl/m wrote what the memory has"):
        steps.confirm(actor(again, "leejin", LATER), "again#3", found.target, drafted=given)
    set_rule(again, use="never")
    assert 'use = "never"' in refusal(again, "suggest", "again", user="claire")


def test_a_machines_sentence_that_went_through_a_file_of_translations_is_still_its(again: Path, tmp_path: Path) -> None:
    done(again, "memory", "export", str(tmp_path / "all.tmx"))
    assert f'changeid="{ENGINE}"' in (tmp_path / "all.tmx").read_text(encoding="utf-8")
    done(again, "memory", "import", str(tmp_path / "all.tmx"))
    for name in ("sources/flood.md", "locales/en/reports/flood.po"):  # so that the file alone has them
        (again / name).unlink()
    suggest(again)
    assert [engine_words(unit(again, number)) for number in (2, 3)] == [0, 3]


def test_a_file_of_another_program_takes_no_machines_words_from_it(again: Path, tmp_path: Path) -> None:
    (tmp_path / "omegat.tmx").write_text(
        '<?xml version="1.0"?><tmx version="1.4"><header creationtool="OmegaT" segtype="sentence" srclang="KO-KR"/><body>'
        '<tu><tuv xml:lang="KO-KR"><seg>다친 사람은 없다.</seg></tuv><tuv xml:lang="EN-US" changeid="leejin" '
        f'changedate="20240326T040000Z"><seg>{TEXTS[2]}</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    done(again, "memory", "import", str(tmp_path / "omegat.tmx"))
    suggest(again)
    assert engine_words(unit(again, 3)) == 3


def test_a_match_whose_authors_are_unknown_is_the_text_of_whoever_took_it(again: Path) -> None:
    found = match(again, 2)
    strange = found.origin._replace(catalog="memory/old.tmx", who="somebody")
    given = MachineDraft(MEMORY, TEXTS[4], strange)
    steps.confirm(actor(again, "leejin", LATER), "again#1", TEXTS[4], drafted=given)
    assert shares(again, 1) == {"leejin": 4}


# Pasted texts, and texts of other programs


def test_an_empty_name_of_a_machine_is_a_mistake(room: Path) -> None:
    for command in (("set", "flood#1", TEXTS[0]), ("confirm", "flood#1")):
        assert "is no name of a machine" in refusal(room, "unit", *command, "--with", "", user="claire", code=2)


def test_a_text_that_stands_there_is_recorded_as_the_machines_when_it_is_set_again(room: Path) -> None:
    set_rule(room)
    steps.confirm(actor(room, "claire"), "flood#1", TEXTS[0])
    pasted.write(actor(room, "claire", LATER), "flood#1", TEXTS[0], "chatgpt")
    assert (shares(room, 1, "flood"), state(unit(room, 1, "flood"))) == (
        {"mt:chatgpt/default": 5, "claire": 0},
        "translated",
    )


def test_a_draft_that_was_touched_in_an_editor_before_it_was_committed_stays_the_machines(room: Path) -> None:
    set_rule(room)
    draft(room, 2, TEXTS[1])
    path = room / "locales/en/reports/flood.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#, fuzzy\n", "").replace("Three bridges", "Three bridge"), encoding="utf-8")
    done(room, "unit", "claim", "flood#2", user="claire")
    assert shares(room, 2, "flood") == {ENGINE: 9, "claire": 0}


def test_corrections_of_checks_are_no_evidence_that_anybody_read_a_machines_text(room: Path) -> None:
    set_rule(room, one_by_one=True)
    for number in (2, 3):
        draft(room, number, TEXTS[number - 1].replace(" ", "  ", 1))
    steps.confirm(actor(room, "claire"), "flood#3", seen=(state_digest(unit(room, 3, "flood")),))
    ran = transflow(room, "check", "--all", "--fix", user="claire")
    assert [unit(room, number, "flood").target for number in (2, 3)] == [TEXTS[1], TEXTS[2].replace(" ", "  ", 1)]
    assert (unit(room, 2, "flood").seen, unit(room, 2, "flood").fuzzy) == ((), True)
    assert "flood#3: not fixed" in ran.out + ran.err
